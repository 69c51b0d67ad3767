//! Properties of what is adopted: adopting and starting over gives the same bytes as compiling straight, on every day.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::BTreeMap;
use vedtaegt::check::{Checked, check};
use vedtaegt::diag::{Findings, show};
use vedtaegt::document::print::markdown;
use vedtaegt::instrument::apply::{When, apply};
use vedtaegt::lang::Lang;
use vedtaegt::model::{Model, Version};
use vedtaegt::output::instrument::instrument;
use vedtaegt::rules;
use vedtaegt::world::{ReadError, World};

/// A project in memory.
#[derive(Clone, Default)]
struct Memory(BTreeMap<String, String>);

impl World for Memory {
    fn read(&self, path: &str, _: u64) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).map(|t| t.as_bytes().to_vec()).ok_or(ReadError::Missing)
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        Ok(self.0.keys().filter(|p| p.starts_with(&format!("{folder}/"))).cloned().collect())
    }
}

/// How many independent tracks there are: each has a § and a task of its own.
const TRACKS: usize = 3;
const OWNERS: [&str; 2] = ["et", "to"];

/// What happens on one day of a track.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// The track's first stk. gets new words.
    Amend,
    /// A stk. comes.
    Insert,
    /// The stk. that came last goes again, if there is one.
    Repeal,
    /// The track's task goes to the other committee.
    Transfer,
    /// The committee that has the track's number gets its next name, if it has one.
    Rename,
    /// A part of the common task would move towards a year; only words in the transitional § follow.
    Pending,
}

/// How the day of an event is written.
#[derive(Clone, Copy, Debug)]
enum Day {
    Fixed,
    Latest,
    /// At the latest two days later, and decided since.
    Decided,
}

/// Files of changes: their ids and their texts.
type Written = Vec<(String, String)>;

type Track = (Vec<(Event, Day)>, usize);

fn tracks() -> impl Strategy<Value = Vec<Track>> {
    let event = prop_oneof![
        Just(Event::Amend),
        Just(Event::Insert),
        Just(Event::Repeal),
        Just(Event::Transfer),
        Just(Event::Rename),
        Just(Event::Pending),
    ];
    let day = prop_oneof![3 => Just(Day::Fixed), 1 => Just(Day::Latest), 1 => Just(Day::Decided)];
    let track = (prop::collection::vec((event, day), 0..6), 0usize..7);
    prop::collection::vec(track, TRACKS)
}

fn nth(n: usize) -> Date {
    date(2026, 1, 1).checked_add(jiff::Span::new().days(n as i64)).unwrap()
}

fn base() -> Memory {
    let mut files = BTreeMap::new();
    let mut put = |path: &str, text: String| files.insert(format!("rules/{path}"), text);
    put(
        "bylaw.yaml",
        "title: T\nmunicipality: {name: B}\ncouncil: {name: Byrådet, members: 9}\nform: udvalgsstyre\ntransitional: overgang\n".into(),
    );
    let names = |id: &str| {
        let name = |i: usize| format!("{{id: n{i}, committee: {{definite: Udvalg {id}{i}}}}}");
        [name(0), name(1), name(2), name(3), name(4), name(5), name(6)].join(", ")
    };
    let committee =
        |id: &str, kind: &str| format!("  - {{id: {id}, kind: {kind}, members: 3, names: [{}]}}\n", names(id));
    put("committees.yaml", format!("committees:\n{}{}", committee("et", "økonomiudvalg"), committee("to", "stående")));
    let task = |i: usize| format!("  - {{id: opgave-{i}, owner: et, wording: opgave {i}}}\n");
    let part = |i: usize| format!("      - {{id: del-{i}, owner: et, wording: del {i}}}\n");
    let common = format!(
        "  - id: faelles\n    wording: fælles\n    listed: false\n    parts:\n{}",
        (0..18).map(part).collect::<String>()
    );
    let keep = "  - {id: blivende, owner: et, wording: blivende}\n  - {id: faste, owner: to, wording: faste}\n";
    put("tasks.yaml", format!("tasks:\n{keep}{}{common}", (0..TRACKS).map(task).collect::<String>()));
    let section = |i: usize| {
        format!(
            "      - id: p{i}\n        number: \"{}\"\n        subsections:\n          - {{id: a, text: \"{{et}} gør {i}.\"}}\n",
            i + 3
        )
    };
    let remit = |id: &str, n: usize| {
        format!("      - {{id: r-{id}, number: \"{n}\", remit: {id}, formula: herunder, field: opgaver}}\n")
    };
    put(
        "provisions.yaml",
        format!(
            "chapters:\n  - id: k\n    number: \"1\"\n    title: K\n    sections:\n{}{}{}      - id: overgang\n        number: \"9\"\n        subsections:\n          - {{id: x, text: Fast.}}\n",
            remit("et", 1),
            remit("to", 2),
            (0..TRACKS).map(section).collect::<String>(),
        ),
    );
    let readings = "readings: [{number: 1, date: 2025-01-01}, {number: 2, date: 2025-02-01}]\n";
    put("readings.yaml", readings.into());
    Memory(files)
}

/// Writes the events of all tracks as files: those before a track's cut, and those after it.
fn files(tracks: &[Track]) -> (Written, Written) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let (mut owner, mut names, mut parts) = ([0usize; TRACKS], [0usize; 2], 0usize);
    let mut alive: Vec<Vec<String>> = vec![Vec::new(); TRACKS];
    let most = tracks.iter().map(|(events, _)| events.len()).max().unwrap_or(0);
    for n in 0..most {
        for (t, (events, cut)) in tracks.iter().enumerate() {
            let Some((event, day)) = events.get(n) else { continue };
            // Days of one track lie apart, so that a latest day does not pass the next event's.
            let on = n * 10 + t * 2 + 1;
            let effect = match day {
                Day::Fixed => nth(on).to_string(),
                Day::Latest => format!("{{latest: {}}}", nth(on)),
                Day::Decided => format!("{{latest: {}, decided: {}}}", nth(on + 1), nth(on)),
            };
            let id = format!("c{n}-{t}");
            let what = match event {
                Event::Amend => format!("provisions: [{{amend: {{id: p{t}/a, text: \"{{to}} gør {id}.\"}}}}]"),
                Event::Insert => {
                    alive[t].push(format!("p{t}/{id}"));
                    format!(
                        "provisions: [{{insert: {{last_in: p{t}, subsection: {{id: {id}, text: \"Nyt {{et}} {id}.\"}}}}}}]"
                    )
                }
                Event::Repeal => match alive[t].pop() {
                    Some(node) => format!("provisions: [{{repeal: {{id: {node}}}}}]"),
                    None => continue,
                },
                Event::Transfer => {
                    let (from, to) = (OWNERS[owner[t]], OWNERS[1 - owner[t]]);
                    owner[t] = 1 - owner[t];
                    format!("transfers: [{{task: opgave-{t}, from: {from}, to: {to}}}]")
                }
                Event::Rename if t < 2 && names[t] < 6 => {
                    names[t] += 1;
                    format!("renames: [{{committee: {}, from: n{}, to: n{}}}]", OWNERS[t], names[t] - 1, names[t])
                }
                Event::Rename => continue,
                Event::Pending => {
                    parts += 1;
                    format!(
                        "transfers: [{{task: faelles, parts: [del-{}], from: et, to: to, effect: {{towards: 2030}}, transition: {{id: o-{id}, undated: \"Del {id} venter.\"}}}}]",
                        parts - 1
                    )
                }
            };
            // What waits stands from its file's day, and that must be one.
            let effect = if matches!(event, Event::Pending) { nth(on).to_string() } else { effect };
            let text = format!("id: {id}\ntitle: c\neffect: {effect}\n{what}\n");
            if n < *cut { before.push((id, text)) } else { after.push((id, text)) }
        }
    }
    (before, after)
}

fn compiled(world: &Memory) -> Checked {
    let mut findings = Findings::default();
    let (sources, rules) = rules::load(world, &mut findings);
    let shown = |f: &Findings| show::human(f, &sources, Lang::En, false);
    let model = Model::new(rules.unwrap_or_else(|| panic!("{}", shown(&findings))), &mut findings);
    let checked = check(model, &mut findings).unwrap_or_else(|| panic!("{}", shown(&findings)));
    assert!(!findings.has_errors(), "{}", shown(&findings));
    checked
}

fn text(checked: &Checked, version: Version) -> String {
    markdown(&checked.version(version).unwrap_or_else(|| panic!("{version:?}")).bylaw)
}

/// Takes what was decided since out of an effect.
fn undecided(text: &str) -> String {
    match text.split_once(", decided: ") {
        Some((head, tail)) => format!("{head}{}", &tail[10..]),
        None => text.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn adopting_and_starting_over_is_compiling_straight(tracks in tracks()) {
        let (before, after) = files(&tracks);
        let (mut straight, mut adopted, mut plain) = (base(), base(), base());
        let readings = adopted.0["rules/readings.yaml"].clone();
        adopted.0.insert("rules/editions.yaml".into(), "editions: [{id: foer, adopted: 2025-02-01}]\n".into());
        adopted.0.insert("rules/adopted/foer/readings.yaml".into(), readings);
        for (id, text) in &before {
            straight.0.insert(format!("rules/changes/a-{id}.yaml"), text.clone());
            adopted.0.insert(format!("rules/adopted/foer/changes/a-{id}.yaml"), text.clone());
            plain.0.insert(format!("rules/changes/a-{id}.yaml"), undecided(text));
        }
        for (id, text) in &after {
            straight.0.insert(format!("rules/changes/b-{id}.yaml"), text.clone());
            adopted.0.insert(format!("rules/changes/b-{id}.yaml"), text.clone());
        }
        let (straight, adopted, plain) = (compiled(&straight), compiled(&adopted), compiled(&plain));
        for n in 0..70 {
            let day = nth(n);
            let (a, b) = (straight.model.on_day(day), adopted.model.on_day(day));
            prop_assert_eq!(text(&straight, a), text(&adopted, b), "on {}", day);
        }
        for reading in [1, 2] {
            let version = Version::reading(reading);
            prop_assert_eq!(text(&straight, version), text(&adopted, version));
        }
        // The text in force is what was adopted, as it was adopted.
        prop_assert_eq!(text(&adopted, Version::in_force()), text(&plain, Version::reading(2)));
        // The text on a day is the text in force with the instrument's items up to it.
        for checked in [&straight, &adopted] {
            let derived = instrument(checked, 2).unwrap();
            let start = vedtaegt::instrument::text::read(&text(checked, Version::in_force()));
            let dates = checked.model.new_dates(2);
            for (i, date) in dates.iter().enumerate() {
                let mut upto = derived.instrument.clone();
                upto.parts.retain(|part| part.effect.is_some_and(|d| d <= *date));
                let applied = apply(&upto, &start, When::Always).map_err(|t| TestCaseError::fail(format!("{t:?}")))?;
                let last = i + 1 == dates.len();
                let version = if last { Version::reading(2) } else { checked.model.through(*date, 2) };
                // On the way there are texts that only the instrument needs.
                if let Some(compiled) = checked.version(version) {
                    prop_assert_eq!(vedtaegt::instrument::text::print(&applied), markdown(&compiled.bylaw));
                }
            }
        }
        // The way from the text in force to the reading ends there.
        let steps = adopted.model.new_dates(2);
        if let Some(last) = steps.last() {
            let version = adopted.model.through(*last, 2);
            let ops = adopted.model.applied(version);
            prop_assert_eq!(ops, adopted.model.applied(Version::reading(2)));
        }
    }
}
