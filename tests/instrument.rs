//! Amending instruments: what is printed is read back, and what people write is read and carried out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use vedtaegt::check::{Checked, check};
use vedtaegt::diag::{Findings, show};
use vedtaegt::document::print::markdown;
use vedtaegt::instrument::apply::{When, apply};
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
        if std::env::var_os("SHOW").is_some() {
            fs::write(format!("/tmp/i/forslag-{reading}.md"), &instrument).unwrap();
        }
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
        let mut before = text::read(&current);
        if text::print(&before) != current {
            before = text::read(&markdown(&vedtaegt::parse::loose::read(&current).0));
        }
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

#[test]
fn the_parallel_text_shows_every_item_and_what_it_touches() {
    let project = project();
    let current = markdown(&project.version(Version::in_force()).expect("a version").bylaw);
    for reading in [1, 2] {
        let instrument = printed(&project, reading);
        let frame = vedtaegt::render::frame::Frame { document_title: "Paralleltekst".into(), ..Default::default() };
        let paper = vedtaegt::output::parallel::parallel(frame, &instrument, &current).expect("a parallel text");
        if std::env::var_os("SHOW").is_some() {
            fs::write(format!("/tmp/i/parallel-{reading}.html"), vedtaegt::render::paper::html(&paper)).unwrap();
            fs::write(format!("/tmp/i/parallel-{reading}.md"), vedtaegt::render::paper::markdown(&paper)).unwrap();
        }
    }
}
