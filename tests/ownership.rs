//! Properties of ownership over time: intervals agree with a naive day-by-day walk, and a stale plan is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::BTreeMap;
use vedtaegt::diag::{Code, Findings};
use vedtaegt::model::{Model, PartKey};
use vedtaegt::rules;
use vedtaegt::world::{ReadError, World};

/// A project in memory.
struct Memory(BTreeMap<String, String>);

impl World for Memory {
    fn read(&self, path: &str, _: u64) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).map(|t| t.as_bytes().to_vec()).ok_or(ReadError::Missing)
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        Ok(self.0.keys().filter(|p| p.starts_with(&format!("{folder}/"))).cloned().collect())
    }
}

const OWNERS: [&str; 3] = ["et", "to", "tre"];
const PARTS: [&str; 3] = ["a", "b", "c"];

/// One step: on this day (counted from the first) these parts go to this owner.
#[derive(Clone, Debug)]
struct Step {
    day: i64,
    parts: Vec<usize>,
    to: usize,
}

/// Steps with the owners each takes from.
type Moves = Vec<(Step, Vec<usize>)>;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (1i64..40, prop::collection::btree_set(0usize..3, 1..4), 0usize..3).prop_map(|(day, parts, to)| Step {
        day,
        parts: parts.into_iter().collect(),
        to,
    });
    prop::collection::vec(step, 0..8)
}

fn day(n: i64) -> Date {
    date(2026, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap()
}

/// Drops what the rules forbid (a part moved twice on a day, or to the one who has it) and returns the owners it takes from.
fn plan(steps: &[Step]) -> (Moves, Vec<Vec<usize>>) {
    let mut sorted = steps.to_vec();
    sorted.sort_by_key(|s| s.day);
    let mut owner = vec![0usize, 1, 2];
    let mut moved: BTreeMap<usize, i64> = BTreeMap::new();
    let mut kept = Vec::new();
    let mut by_day = vec![owner.clone()];
    let mut next = 1;
    for step in sorted {
        while next < step.day {
            by_day.push(owner.clone());
            next += 1;
        }
        let parts: Vec<usize> =
            step.parts.iter().copied().filter(|p| owner[*p] != step.to && moved.get(p) != Some(&step.day)).collect();
        if parts.is_empty() {
            continue;
        }
        let from: Vec<usize> = parts.iter().map(|p| owner[*p]).collect();
        for p in &parts {
            owner[*p] = step.to;
            moved.insert(*p, step.day);
        }
        kept.push((Step { parts, ..step }, from));
    }
    while next <= 45 {
        by_day.push(owner.clone());
        next += 1;
    }
    (kept, by_day)
}

fn project(moves: &[(Step, Vec<usize>)]) -> Memory {
    let mut files = BTreeMap::new();
    let mut put = |path: &str, text: String| files.insert(format!("rules/{path}"), text);
    put(
        "bylaw.yaml",
        "title: T\nmunicipality: {name: B}\ncouncil: {name: Byrådet, members: 9}\nform: udvalgsstyre\n".into(),
    );
    let committee = |id: &str| {
        format!(
            "  - {{id: {id}, kind: stående, members: 3, names: [{{id: n, committee: {{definite: Udvalg {id}}}}}]}}\n"
        )
    };
    put("committees.yaml", format!("committees:\n{}", OWNERS.map(committee).concat()));
    let part = |i: usize| format!("      - {{id: {}, owner: {}, wording: del {i}}}\n", PARTS[i], OWNERS[i]);
    put(
        "tasks.yaml",
        format!("tasks:\n  - id: opgave\n    wording: opgave\n    parts:\n{}", [0, 1, 2].map(part).concat()),
    );
    put("provisions.yaml", "chapters: [{id: k, sections: []}]\n".into());
    put("readings.yaml", "readings: [{number: 1, date: 2025-01-01}, {number: 2, date: 2025-02-01}]\n".into());
    for (i, (step, from)) in moves.iter().enumerate() {
        let list = |v: &[usize], names: &[&str]| v.iter().map(|n| names[*n]).collect::<Vec<_>>().join(", ");
        put(
            &format!("changes/{i:02}.yaml"),
            format!(
                "id: c{i}\ntitle: c\neffect: {}\ntransfers: [{{task: opgave, parts: [{}], from: [{}], to: {}}}]\n",
                day(step.day),
                list(&step.parts, &PARTS),
                list(from, &OWNERS),
                OWNERS[step.to],
            ),
        );
    }
    Memory(files)
}

fn model(world: &Memory) -> (Model, Findings) {
    let mut findings = Findings::default();
    let (sources, rules) = rules::load(world, &mut findings);
    let shown = vedtaegt::diag::show::human(&findings, &sources, vedtaegt::lang::Lang::En, false);
    let model = Model::new(rules.unwrap_or_else(|| panic!("{shown}")), &mut findings);
    (model, findings)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn intervals_are_what_the_days_say(steps in steps()) {
        let (moves, by_day) = plan(&steps);
        let (model, mut findings) = model(&project(&moves));
        let ownership = model.ownership(2, &mut findings);
        prop_assert!(!findings.has_errors(), "{:?}", findings.sorted());
        for (p, part) in PARTS.iter().enumerate() {
            let key = PartKey { task: "opgave".into(), part: (*part).into() };
            let tenures = &ownership.tenures[&key];
            prop_assert!(tenures[0].from.is_none() && tenures.last().unwrap().to.is_none());
            for pair in tenures.windows(2) {
                prop_assert_eq!(pair[0].to, pair[1].from);
                prop_assert_ne!(&pair[0].owner, &pair[1].owner);
            }
            for (n, owners) in by_day.iter().enumerate() {
                let owner = ownership.owner(&key, Some(day(n as i64))).unwrap();
                prop_assert_eq!(owner.owner.id(), OWNERS[owners[p]], "part {} on day {}", part, n);
            }
        }
    }

    #[test]
    fn a_plan_that_takes_from_the_wrong_one_is_refused(steps in steps(), pick in any::<prop::sample::Index>()) {
        let (mut moves, _) = plan(&steps);
        prop_assume!(!moves.is_empty());
        let i = pick.index(moves.len());
        let (step, from) = &mut moves[i];
        let wrong = (0..3).find(|o| !from.contains(o) && *o != step.to);
        prop_assume!(wrong.is_some());
        *from = vec![wrong.unwrap(); 1];
        let (model, mut findings) = model(&project(&moves));
        model.ownership(2, &mut findings);
        prop_assert!(findings.contains(Code::NotTheOwner), "{:?}", findings.sorted());
    }
}
