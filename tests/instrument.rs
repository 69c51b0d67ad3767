//! Amending instruments: what is printed is read back, and what people write is read and carried out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use vedtaegt::check::{Checked, check};
use vedtaegt::diag::{Findings, show};
use vedtaegt::document::print::markdown;
use vedtaegt::instrument::apply::{Doubt, What, When, apply, apply_noting};
use vedtaegt::instrument::{read, text};
use vedtaegt::lang::Lang;
use vedtaegt::model::{Model, Version};
use vedtaegt::proof::instrument::{self as proof, Moment};
use vedtaegt::source::Sources;
use vedtaegt::world::Disk;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn project() -> Checked {
    let disk = Disk::open(root()).expect("the project");
    let mut findings = Findings::default();
    let (_, rules) = vedtaegt::rules::load(&disk, &mut findings);
    let model = Model::new(rules.expect("rules"), &mut findings);
    check(model, &mut findings).expect("sound rules")
}

/// Says findings in Danish.
fn say(findings: &Findings) -> String {
    show::human(findings, &Sources::default(), Lang::Da, false)
}

/// Returns the printed instrument of a reading.
fn printed(project: &Checked, reading: i64) -> String {
    let derived = vedtaegt::output::instrument::instrument(project, reading).expect("an instrument");
    vedtaegt::instrument::print::markdown(&derived.instrument, "")
}

#[test]
fn the_printed_instruments_give_the_texts_of_every_day() {
    let project = project();
    let text = |version| markdown(&project.version(version).expect("a version").bylaw);
    let current = text(Version::in_force());
    for reading in [1, 2] {
        let instrument = printed(&project, reading);
        let dates = project.model.dates(reading);
        let texts: Vec<_> = dates
            .iter()
            .filter_map(|d| project.version(Version::on(*d, reading)).map(|c| (*d, markdown(&c.bylaw))))
            .collect();
        let moments: Vec<Moment> = texts.iter().map(|(date, text)| Moment { date: *date, text }).collect();
        let mut findings = Findings::default();
        let items = proof::check(
            "forslag.md",
            &instrument,
            &current,
            &text(Version::reading(reading)),
            &moments,
            &mut findings,
        );
        assert!(findings.is_empty(), "{}", say(&findings));
        assert!(items > 10, "{items}");
    }
}

mod told {
    //! Tells what an instrument orders, so that a person can check it.

    use std::fmt::Write as _;
    use vedtaegt::instrument::apply::say;
    use vedtaegt::instrument::{Instrument, Line, Order, Place, Places, Scope, Target};

    fn targets(targets: &[Target]) -> String {
        targets.iter().map(target).collect::<Vec<_>>().join(" | ")
    }

    fn target(target: &Target) -> String {
        let was = target.was.as_ref().map(|w| format!(" (var {w})")).unwrap_or_default();
        format!("{}{was}", say(Some(target)))
    }

    fn scopes(scopes: &[Scope]) -> String {
        let one = |s: &Scope| {
            let places = match s.places {
                Places::One => String::new(),
                Places::Exactly(n) => format!(" ×{n}"),
                Places::All => " overalt".into(),
            };
            let except = if s.except.is_empty() { String::new() } else { format!(" undtagen {}", targets(&s.except)) };
            format!("{}{places}{except}", s.target.as_ref().map_or("alt".into(), target))
        };
        scopes.iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    fn lines(lines: &[Line]) -> String {
        lines.iter().map(|l| format!("\n    {:?} [{}] {}", l.kind, l.label, l.text)).collect()
    }

    fn order(order: &Order) -> String {
        match order {
            Order::Replace { scopes: s, pairs } => {
                let pairs: Vec<String> = pairs.iter().map(|p| format!("»{}« -> »{}«", p.old, p.new)).collect();
                format!("erstat i {}: {}", scopes(s), pairs.join(", "))
            }
            Order::Delete { scopes: s, words } => format!("slet i {}: »{}«", scopes(s), words.join("«, »")),
            Order::InsertWords { scopes: s, side, beside, new } => {
                format!("indsæt i {} {side:?} »{beside}«: »{new}«", scopes(s))
            }
            Order::Recast { targets: t, text } => format!("affat {}{}", targets(t), lines(text)),
            Order::Repeal { targets: t } => format!("ophæv {}", targets(t)),
            Order::Exchange { targets: t, text } => format!("ophæv {} og indsæt{}", targets(t), lines(text)),
            Order::Insert { place, unit, text } => {
                let place = match place {
                    Place::Before(t) => format!("før {}", target(t)),
                    Place::After(t) => format!("efter {}", target(t)),
                    Place::Between(a, b) => format!("efter {} og før {}", target(a), target(b)),
                    Place::As(t) => format!("som {}", target(t)),
                    Place::InChapter(n) => format!("i kapitel {n}"),
                };
                format!("indsæt {unit:?} {place}{}", lines(text))
            }
            Order::Renumber { from, to } => format!("{}..{} bliver {}..{}", from.0, from.1, to.0, to.1),
        }
    }

    /// Tells a whole instrument.
    pub fn instrument(instrument: &Instrument) -> String {
        let mut out = format!("{}\n", instrument.title);
        for part in &instrument.parts {
            let effect = part.effect.map_or("uden dato".into(), |d| d.to_string());
            let _ = writeln!(out, "\n§ {} ({effect}) {}", part.number, part.intro);
            for item in &part.items {
                let effect = item.effect.map(|d| format!(" ({d})")).unwrap_or_default();
                for operation in &item.operations {
                    let _ = writeln!(out, "{}{effect}. {}", item.number, order(&operation.order));
                }
            }
        }
        if !instrument.closing.is_empty() {
            let _ = writeln!(out, "\nikrafttræden:{}", lines(&instrument.closing));
        }
        out
    }
}

/// Compares a golden file, or writes it: `UPDATE=1 cargo test --test instrument`, never under `CI=true`.
fn golden(path: &Path, found: &str, failed: &mut Vec<String>) {
    let update = std::env::var_os("UPDATE").is_some_and(|v| v == "1");
    let ci = std::env::var_os("CI").is_some_and(|v| v == "true");
    let wanted = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if wanted == found {
        return;
    }
    if update && !ci {
        fs::write(path, found).unwrap();
        return;
    }
    failed.push(format!("{}\n--- wanted\n{wanted}\n--- found\n{found}", path.display()));
}

/// Reads and applies one case. Returns what was read, the findings in Danish, and the amended text.
fn run(folder: &Path) -> (String, String, Option<String>) {
    let instrument = fs::read_to_string(folder.join("instrument.md")).expect("instrument.md").replace("\r\n", "\n");
    let own = folder.join("current.md");
    let shared = folder.join("../../current.md");
    let current = fs::read_to_string(if own.exists() { own } else { shared }).unwrap().replace("\r\n", "\n");
    let mut sources = Sources::default();
    let file = sources.add("instrument.md", instrument.as_str());
    let mut findings = Findings::default();
    let (orders, unread) = read::read(&instrument);
    unread.iter().for_each(|u| findings.push(u.diagnostic(Some(file))));
    let mut amended = None;
    if !findings.has_errors() {
        let (clean, _) = vedtaegt::parse::loose::tidy(&current);
        let before = text::read(&clean);
        assert_eq!(text::print(&before), clean, "{}", folder.display());
        match apply(&orders, &before, When::Always) {
            Ok(after) => amended = Some(text::print(&after)),
            Err(troubles) => troubles.iter().for_each(|t| findings.push(t.diagnostic(Some(file)))),
        }
    }
    (told::instrument(&orders), show::human(&findings, &sources, Lang::Da, false), amended)
}

fn cases(kind: &str) -> Vec<std::path::PathBuf> {
    let folder = root().join("tests/cases/instrument").join(kind);
    let mut out: Vec<_> = fs::read_dir(folder).expect("cases").map(|e| e.expect("an entry").path()).collect();
    out.sort();
    assert!(out.len() > 10, "{kind}: {}", out.len());
    out
}

#[test]
fn good_cases() {
    let mut failed = Vec::new();
    for folder in cases("good") {
        let (read, findings, amended) = run(&folder);
        golden(&folder.join("read.txt"), &format!("{read}{findings}"), &mut failed);
        match amended {
            Some(text) => golden(&folder.join("expected.md"), &text, &mut failed),
            None => failed.push(format!("{}\n{findings}", folder.display())),
        }
    }
    assert!(failed.is_empty(), "{} cases\n{}", failed.len(), failed.join("\n\n"));
}

#[test]
fn bad_cases() {
    let mut failed = Vec::new();
    for folder in cases("bad") {
        let (_, findings, amended) = run(&folder);
        golden(&folder.join("expected.txt"), &findings, &mut failed);
        if amended.is_some() {
            failed.push(format!("{}: applies", folder.display()));
        }
    }
    assert!(failed.is_empty(), "{} cases\n{}", failed.len(), failed.join("\n\n"));
}

/// Words that begin a sentence are no part of `overalt`; whoever forgets them is told, and only then.
#[test]
fn words_with_another_first_letter_are_told() {
    let current = text::read("# V\n\n§ 1. Formanden leder. Siger formanden nej, er det nej.\n");
    let told = |items: &str| {
        let whole = format!("I vedtægten foretages følgende ændringer:\n\n{items}\n");
        let (orders, unread) = read::read(&whole);
        assert!(unread.is_empty(), "{unread:?}");
        let (_, missed) = apply_noting(&orders, &current, When::Always).expect("it applies");
        let told = |doubt: Doubt| match doubt.what {
            What::OtherCase { words, stands, count } => (doubt.item, words, stands, count),
            What::Heading { section, heading } => (doubt.item, section, heading, 0),
            What::OtherTown { instrument, text } => (doubt.item, instrument, text, 0),
        };
        missed.into_iter().map(told).collect::<Vec<_>>()
    };
    let one = "1. Overalt i vedtægten ændres »formanden« til: »forpersonen«.";
    assert_eq!(told(one), [("nr. 1".into(), "formanden".into(), "Formanden".into(), 1)]);
    assert_eq!(told(&format!("{one}\n\n2. I § 1 ændres »Formanden« til: »Forpersonen«.")), []);
    assert_eq!(told("1. I § 1 ændres »formanden« til: »forpersonen«."), []);
}

#[test]
fn what_may_not_be_meant_is_told() {
    let text =
        "# Vedtægt for Nordby Kommune\n\n### A\n\n§ 1. Et.\n\n§ 2. To.\n\n### B\n\n§ 3. Tre.\n\n### C\n\n§ 4. Fire.\n";
    let told = |town: &str, items: &str| {
        let whole = format!("I vedtægt for {town} Kommune foretages følgende ændringer:\n\n{items}\n");
        let (orders, unread) = read::read(&whole);
        assert!(unread.is_empty(), "{unread:?}");
        let (_, doubts) = apply_noting(&orders, &text::read(text), When::Always).expect("it applies");
        doubts.into_iter().map(|d| d.what).collect::<Vec<_>>()
    };
    let went = |section: &str, heading: &str| What::Heading { section: section.into(), heading: heading.into() };
    assert_eq!(told("Nordby", "1. § 1 ophæves."), []);
    assert_eq!(told("Nordby", "1. § 3 ophæves."), [went("3", "B")]);
    assert_eq!(told("Nordby", "1. Overskriften før § 3 ophæves.\n\n2. § 3 ophæves."), []);
    assert_eq!(told("Nordby", "1. Overskriften før § 3 ophæves.\n\n2. §§ 3 og 4 ophæves."), []);
    let other = What::OtherTown { instrument: "Sydby Kommune".into(), text: "Nordby Kommune".into() };
    assert_eq!(told("Sydby", "1. § 1 ophæves."), [other]);
}

/// Many §§ that go, one by one, from a text with many more.
#[test]
fn many_repeals_are_no_trouble() {
    let current: String = (1..=20_000).map(|n| format!("§ {n}. Tekst.\n\n")).collect();
    let whole: String = (1..=4_000).map(|n| format!("{n}. § {n} ophæves.\n\n")).collect();
    let (orders, unread) = read::read(&format!("I vedtægten foretages følgende ændringer:\n\n{whole}"));
    assert!(unread.is_empty());
    let after = apply(&orders, &text::read(&format!("# V\n\n{current}")), When::Always).expect("it applies");
    assert!(text::print(&after).starts_with("# V\n\n§ 4001. Tekst."));
}

/// Is a way of damaging a printed instrument.
type Damage = (&'static str, fn(&str) -> String);

fn swap(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "the instrument has no {old}");
    text.replacen(old, new, 1)
}

/// Takes the paragraphs of one number away.
fn without(text: &str, number: u32) -> String {
    let start = text.find(&format!("\n{number}. ")).expect("the number");
    let end = text[start + 1..].find(&format!("\n{}. ", number + 1)).map_or(text.len(), |e| start + 1 + e);
    format!("{}{}", &text[..start], &text[end..])
}

/// Finds the first line that begins and has words, and changes it.
fn line(text: &str, has: &str, change: impl Fn(&str) -> String) -> String {
    let found = text.lines().find(|l| l.contains(has)).unwrap_or_else(|| panic!("no line has {has}"));
    text.replacen(found, &change(found), 1)
}

const DAMAGES: &[Damage] = &[
    ("an old word", |t| swap(t, "ændres »Teknik- og", "ændres »Tecnik- og")),
    ("a new word", |t| swap(t, "til: »Klima-, Miljø- og Teknikudvalget«", "til: »Klima-, Miljø og Teknikudvalget«")),
    ("a number is gone", |t| without(t, 13)),
    ("the last number is gone", |t| {
        swap(&swap(t, "Nr. 16 bliver herefter nr. 12.", ""), "5. § 18, stk. 1, nr. 12-15, ophæves.", "")
    }),
    ("two numbers have changed places", |t| {
        swap(&swap(t, "\n10. ", "\n11. "), "\n11. I § 14, stk. 1, nr. 15", "\n10. I § 14, stk. 1, nr. 15")
    }),
    ("another §", |t| swap(t, "I § 14, stk. 1, nr. 14,", "I § 16, stk. 1, nr. 14,")),
    ("another stk.", |t| swap(t, "I § 15, stk. 2, ændres", "I § 15, stk. 3, ændres")),
    ("another nr.", |t| swap(t, "§ 14, stk. 1, nr. 16, ophæves", "§ 14, stk. 1, nr. 15, ophæves")),
    ("less than everywhere", |t| swap(t, "Overalt i vedtægten ændres »Teknik", "I § 11, stk. 1, ændres »Teknik")),
    ("a quotation mark that closes", |t| swap(t, "beredskab,« til", "beredskab, til")),
    ("a quotation mark that opens", |t| swap(t, "til: »beredskab og«", "til: beredskab og«")),
    ("a shift that is not so", |t| {
        swap(t, "Nr. 15 og 16 bliver herefter nr. 12 og 13.", "Nr. 15 og 16 bliver herefter nr. 13 og 14.")
    }),
    ("a label in what is quoted", |t| swap(t, "»9) kommunens", "»8) kommunens")),
    ("before and not after", |t| swap(t, "indsættes efter nr. 8 som nyt nummer", "indsættes før nr. 8 som nyt nummer")),
    ("a comma in what is quoted", |t| swap(t, "krematorier,«", "krematorier«")),
    ("a full stop in what is quoted", |t| swap(t, "»lokaludvalgene.«", "»lokaludvalgene«")),
    ("a day", |t| {
        swap(
            t,
            "den 1. august 2026. Borgerrepræsentationen kan fastsætte et tidligere tidspunkt.\n",
            "den 1. december 2025.\n",
        )
    }),
    ("the beginning of a §", |t| swap(t, "## § 2\n", "")),
    ("a word more in what is quoted", |t| swap(t, "uafhængig og hører", "ikke uafhængig og hører")),
    ("an order more", |t| {
        swap(t, "§ 16, stk. 1, nr. 12-14, ophæves.", "§ 16, stk. 1, nr. 12-14, ophæves, og § 3 ophæves.")
    }),
    ("a number twice", |t| line(t, "12. § 14, stk. 1, nr. 16, ophæves.", |l| format!("{l}\n\n{l}"))),
    ("a number that it was not", |t| swap(t, "nr. 11, der bliver nr. 14,", "nr. 11, der bliver nr. 13,")),
    ("a large letter", |t| swap(t, "»beredskab og«", "»Beredskab og«")),
    ("the second half is gone", |t| t.chars().take(t.chars().count() / 2).collect()),
    ("everything is gone", |_| String::new()),
    ("another dash", |t| swap(t, "Miljø- og Teknikforvaltningen«", "Miljø– og Teknikforvaltningen«")),
    ("another order", |t| swap(t, "§ 17, stk. 2, ophæves", "§ 17, stk. 2, bevares")),
    ("a heading in what is quoted", |t| swap(t, "»Overgangsbestemmelser\n\n§ 39", "»§ 39")),
    ("a letter that looks the same", |t| swap(t, "»beredskab,«", "»beredskаb,«")),
    ("one place for many", |t| {
        swap(t, "I § 8, stk. 2, nr. 1, og § 13, stk. 1, nr. 2, ændres", "I § 8, stk. 2, nr. 1, ændres")
    }),
];

/// Every damage is noticed by the proof; one that damages nothing proves nothing. The instrument is one that was printed,
/// kept as it was, so that the damages fit it.
#[test]
fn a_damaged_instrument_is_noticed() {
    let file = |name: &str| {
        let path = root().join("tests/cases/instrument/printed").join(name);
        fs::read_to_string(path).expect(name).replace("\r\n", "\n")
    };
    let (current, after, first) = (file("current.md"), file("expected.md"), file("2026-01-01.md"));
    let whole = file("instrument.md");
    let check = |instrument: &str| {
        let moments = [Moment { date: jiff::civil::date(2026, 1, 1), text: &first }];
        let mut findings = Findings::default();
        let items = proof::check("forslag.md", instrument, &current, &after, &moments, &mut findings);
        (items, findings)
    };
    let (items, findings) = check(&whole);
    assert!(items > 40 && findings.is_empty(), "{}", say(&findings));
    let mut failed = Vec::new();
    for (name, damage) in DAMAGES {
        let damaged = damage(&whole);
        assert_ne!(damaged, whole, "{name} damages nothing");
        if !check(&damaged).1.has_errors() {
            failed.push(*name);
        }
    }
    assert!(DAMAGES.len() >= 20);
    assert!(failed.is_empty(), "not noticed: {failed:?}");
}

/// A text with a long list, and many numbers that change it: each sees what those before it have done.
#[test]
fn a_long_list_is_no_trouble() {
    let points = 5_000;
    let mut current = String::from("# V\n\n§ 1. Udvalget:\n\n");
    for n in 1..=points {
        current.push_str(&format!("{n}) opgave {n}{}\n", if n == points { "." } else { "," }));
    }
    let mut instrument = String::from("I V foretages følgende ændringer:\n\n");
    let items = 300;
    for n in 1..=items {
        let at = n * 10;
        instrument.push_str(&match n % 3 {
            0 => format!("{n}. I § 1, nr. {at}, ændres »opgave« til: »ansvar«.\n\n"),
            1 => format!("{n}. § 1, nr. {at}, ophæves.\n\n"),
            _ => format!("{n}. I § 1 indsættes efter nr. {at} som nyt nummer: »{}) ny,«\n\n", at + 1),
        });
    }
    let (orders, unread) = read::read(&instrument);
    assert!(unread.is_empty(), "{unread:?}");
    let before = text::read(&current);
    assert_eq!(text::print(&before), current);
    let after = text::print(&apply(&orders, &before, When::Always).expect("it applies"));
    assert_eq!(after.lines().filter(|l| l.contains(") ")).count(), points);
    assert_eq!(after.lines().filter(|l| l.contains(") ansvar ")).count(), 100);
    assert!(after.contains(&format!("\n{points}) opgave {points}.\n")));
}

/// Large files of nothing but openings end, and say that they are no instrument.
#[test]
fn hostile_files_end() {
    let n = 20_000;
    for text in [
        "»".repeat(n),
        "«".repeat(n),
        "» «".repeat(n),
        "\"a ".repeat(n),
        "“x ".repeat(n),
        " «a".repeat(n),
        "1. ".repeat(n),
        "1. I § ".repeat(n),
        format!("1. {}", "I § 1, og ".repeat(n)),
        format!("1. § 1 ophæves{}", ", og § 1 ophæves".repeat(n)),
        format!("1. I § 1 ændres »a« til »b«{}", ", og »a« ændres til »b«".repeat(n)),
        format!("1. § 1, nr. 1{}, ophæves.", ", 2".repeat(n)),
        "## § 1\n".repeat(n),
        "**1.** »\n".repeat(n),
        "# ".repeat(n),
        "<!--".repeat(n),
        "1. § 1-999999999 ophæves.\n".repeat(n / 10),
        "Nr. 1-4000000000 bliver herefter nr. 2-4000000001.\n".repeat(n / 10),
        format!("1. Efter § 1 indsættes: »{}«", "1) ".repeat(n)),
        format!("1. Efter § 1 indsættes: »{}«", "Stk. 2. ".repeat(n)),
        format!("1. Efter § 1 indsættes: »{}«", "§ 2. a\n".repeat(n)),
    ] {
        let (orders, unread) = read::read(&text);
        if unread.iter().all(|u| !u.is_error()) {
            let _ = apply(&orders, &text::read("# V\n\n§ 1. a\n"), When::Always);
        }
    }
    let long = format!("# V\n\n§ 1. {}\n", "a a a ".repeat(n));
    let (orders, _) = read::read(&format!("1. I § 1 ændres »{}b« til: »c«.", "a a a ".repeat(n / 10)));
    assert!(apply(&orders, &text::read(&long), When::Always).is_err());
}

/// Words an instrument is made of, and some it is not.
fn scrap() -> impl Strategy<Value = String> {
    let words = [
        "I",
        "§",
        "§§",
        "1",
        "2",
        "7 a",
        ",",
        ".",
        ":",
        "stk.",
        "nr.",
        "litra",
        "b",
        "pkt.",
        "ændres",
        "udgår",
        "ophæves",
        "affattes således",
        "indsættes",
        "efter",
        "før",
        "som nyt stykke",
        "»a«",
        "»Stk. 2. B.«",
        "til",
        "og",
        "Overalt i",
        "vedtægten",
        "bliver herefter",
        "der bliver",
        "i stedet",
        "kapitel 1",
        "overskriften før",
        "\n",
        "\n\n",
        "1. ",
        "## § 1",
        "»",
        "«",
        "”",
        "\"",
        "**",
        "\u{a0}",
        "træder i kraft den 1. januar 2026",
        "æ",
        "🙂",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..40).prop_map(|w| w.join(" "))
}

const TEXT: &str = include_str!("cases/instrument/current.md");

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is in the file, reading and applying end without a panic, and what applies leaves the profile whole.
    #[test]
    fn any_scraps_are_survived(instrument in scrap()) {
        let (orders, unread) = read::read(&instrument);
        if unread.iter().all(|u| !u.is_error())
            && let Ok(after) = apply(&orders, &text::read(TEXT), When::Always)
        {
            let printed = text::print(&after);
            prop_assert_eq!(text::print(&text::read(&printed)), printed);
        }
    }

    /// Any bytes at all.
    #[test]
    fn any_text_is_survived(instrument in "\\PC{0,200}", current in "\\PC{0,200}") {
        let (orders, _) = read::read(&instrument);
        let text = text::read(&current);
        let _ = text::print(&text);
        let _ = apply(&orders, &text, When::Always);
    }

    /// Words that are no amendment are told, wherever they stand outside the quotation marks.
    #[test]
    fn unknown_words_are_told(words in "[a-zæøå]{4,9}( [a-zæøå]{4,9}){0,4}", at in 0usize..3) {
        prop_assume!(!["efter", "udgår", "som", "overalt", "ordet"].iter().any(|w| words.contains(w)));
        let mut items = ["1. I § 1, stk. 1, ændres »21« til: »23«.", "2. § 5 ophæves.", "3. I § 3 indsættes som stk. 2: »Stk. 2. A.«"]
            .map(String::from);
        items[at].push_str(&format!(" {words}"));
        let (_, unread) = read::read(&format!("I vedtægten foretages følgende ændringer:\n\n{}\n", items.join("\n\n")));
        prop_assert!(unread.iter().any(|u| u.is_error()), "{words}");
    }
}
