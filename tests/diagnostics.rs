//! The YAML module, the reader of mappings, and how findings read: cases on disk, each a folder a lawyer could add.
//! `UPDATE=1 cargo test` writes what is expected anew; never under `CI=true`.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use vedtaegt::diag::{Code, Diagnostic, Findings, show};
use vedtaegt::lang::{self, Lang};
use vedtaegt::rules::read::{self, Fields};
use vedtaegt::source::yaml::{self, Node, Value};
use vedtaegt::source::{FileId, Sources, Span};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|v| v == "1") && std::env::var_os("CI").is_none_or(|v| v != "true")
}

/// Compares with the file, or writes it.
fn expect(path: &Path, actual: &str, wrong: &mut Vec<String>) {
    if updating() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if expected != actual {
        wrong.push(format!("{}\n--- expected\n{expected}\n--- found\n{actual}", path.display()));
    }
}

fn cases(area: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("tests/cases").join(area)).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "no cases in {area}");
    folders
}

/// Runs every case of a folder: `input.yaml` in, `expected.txt` out.
fn run(area: &str, show: fn(&str, &Path) -> String) {
    let mut wrong = Vec::new();
    for folder in cases(area) {
        let input = fs::read_to_string(folder.join("input.yaml")).unwrap().replace("\r\n", "\n");
        expect(&folder.join("expected.txt"), &show(&input, &folder), &mut wrong);
    }
    assert!(wrong.is_empty(), "UPDATE=1 cargo test rewrites these\n{}", wrong.join("\n\n"));
}

fn parse(text: &str) -> (Option<Node>, Findings, Sources) {
    let mut sources = Sources::default();
    let file = sources.add("rules/input.yaml", text);
    let mut findings = Findings::default();
    let node = yaml::parse(file, text, &mut findings);
    (node, findings, sources)
}

#[test]
fn refused_yaml() {
    run("yaml/bad", |input, folder| {
        let (node, findings, sources) = parse(input);
        assert_eq!(node.is_none(), findings.has_errors(), "{}", folder.display());
        assert!(!findings.is_empty(), "{} is good", folder.display());
        show::human(&findings, &sources, Lang::Da, false)
    });
}

#[test]
fn good_yaml() {
    run("yaml/good", |input, folder| {
        let (node, findings, sources) = parse(input);
        assert!(findings.is_empty(), "{}: {}", folder.display(), show::human(&findings, &sources, Lang::Da, false));
        let mut out = String::new();
        outline(&node.unwrap(), input, 0, &mut out);
        out
    });
}

/// Writes a tree with each node's own characters, so that a place that is a letter off can be seen.
fn outline(node: &Node, text: &str, depth: usize, out: &mut String) {
    let place = |s: Span| text[s.start as usize..s.end as usize].replace('\n', "⏎");
    let pad = "  ".repeat(depth);
    match &node.value {
        Value::Seq(nodes) => {
            writeln!(out, "list |{}|", place(node.span)).unwrap();
            for node in nodes {
                write!(out, "{pad}- ").unwrap();
                outline(node, text, depth + 1, out);
            }
        }
        Value::Map(entries) => {
            writeln!(out, "mapping |{}|", place(node.span)).unwrap();
            for entry in entries {
                write!(out, "{pad}{} |{}| = ", entry.key, place(entry.key_span)).unwrap();
                outline(&entry.value, text, depth + 1, out);
            }
        }
        value => writeln!(out, "{value:?} raw {:?} |{}|", node.raw, place(node.span)).unwrap(),
    }
}

#[test]
fn mistakes_of_shape() {
    run("read/bad", |input, _| {
        let (node, mut findings, sources) = parse(input);
        if let Some(node) = node {
            read_example(&node, &mut findings);
        }
        show::human(&findings, &sources, Lang::Da, false)
    });
}

/// Reads a made-up file with every accessor there is.
fn read_example(node: &Node, findings: &mut Findings) {
    let Some(mut fields) = Fields::new(node, "task", findings) else { return };
    fields.required_id("id", findings);
    fields.required_text("wording", findings);
    fields.text("kle", findings);
    fields.int("members", findings);
    fields.bool("listed", findings);
    fields.date("date", findings);
    fields.texts("basis", findings);
    fields.ids("from", findings);
    fields.place("after", findings);
    fields.choice("kind", &[("økonomiudvalg", 1), ("stående", 2)], findings);
    for part in fields.list("parts", findings) {
        let Some(mut part) = Fields::new(part, "part", findings) else { continue };
        part.required_id("id", findings);
        part.required_text("wording", findings);
        part.finish(findings);
    }
    fields.node("effect");
    fields.finish(findings);
}

#[test]
fn texts_read_as_written() {
    let text =
        "a: 7\nb: no\nc: 1.10\nd: true\ne: 2026-01-01\nf: 0x10\ng: null\nh: ~\ni: \"7\"\nj: 9999999999999999999\n";
    let (node, findings, _) = parse(text);
    assert!(findings.is_empty(), "{findings:?}");
    let node = node.unwrap();
    let written = |key: &str| node.get(key).unwrap().as_text().map(str::to_string);
    for (key, expected) in [
        ("a", "7"),
        ("b", "no"),
        ("c", "1.10"),
        ("d", "true"),
        ("e", "2026-01-01"),
        ("f", "0x10"),
        ("g", "null"),
        ("i", "7"),
        ("j", "9999999999999999999"),
    ] {
        assert_eq!(written(key).as_deref(), Some(expected), "{key}");
    }
    assert_eq!(written("h"), None);
    assert_eq!(node.get("a").unwrap().value, Value::Int(7));
    assert_eq!(node.get("b").unwrap().value, Value::Text("no".into()));
    assert_eq!(node.get("i").unwrap().value, Value::Text("7".into()));
}

#[test]
fn texts_are_normalised() {
    assert_eq!(yaml::normalise("  ko\u{ad}mite\u{a0}\u{2009}A\t\n B "), "komite A B");
    assert_eq!(yaml::normalise("A\u{30a}rhus"), "Århus");
    assert_eq!(yaml::normalise("A\u{ad}\u{30a}rhus"), "Århus");
    assert_eq!(yaml::normalise(" \u{a0}"), "");
}

#[test]
fn limits_hold_and_are_quick() {
    let started = std::time::Instant::now();
    let bad = |text: String, code: Code| {
        let (node, findings, sources) = parse(&text);
        assert!(node.is_none() && findings.contains(code), "{code:?}: {findings:?}");
        let _ = show::human(&findings, &sources, Lang::Da, true);
        let _ = show::json(&findings, &sources, Lang::En);
    };
    bad("- ".repeat(20_000) + "x", Code::TooDeep);
    bad("[".repeat(20_000), Code::TooDeep);
    bad("{a: ".repeat(20_000), Code::TooDeep);
    bad("? ".repeat(20_000), Code::TooDeep);
    bad("- x\n".repeat(100_001), Code::TooMany);
    bad(format!("[{}]", "x,".repeat(100_001)), Code::TooMany);
    bad(format!("a: {}", "æ".repeat(20_001)), Code::TextTooLong);
    bad(format!("a: {}", "x".repeat(1024 * 1024)), Code::FileTooLarge);
    bad("a: 1\n".repeat(90_000), Code::DuplicateKey);
    bad("\u{202e}".repeat(90_000), Code::ForbiddenCharacter);
    bad(format!("a: {}: b", "ord ".repeat(200_000)), Code::YamlSyntax);
    let (node, ..) = parse(&format!("[{}]", "x,".repeat(99_000)));
    assert!(node.is_some());
    let (node, ..) = parse(&format!("a: {}", "æ".repeat(20_000)));
    assert!(node.is_some());
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn forbidden_characters() {
    for c in ['\0', '\u{7}', '\u{85}', '\u{e000}', '\u{fffe}', '\u{fdd0}', '\u{202a}', '\u{2069}', '\u{200b}'] {
        for text in [format!("a: æ{c}b\n"), format!("a: b # {c}\n"), format!("a: \"\\U{:08x}\"\n", c as u32)] {
            let (node, findings, sources) = parse(&text);
            assert!(node.is_none() && findings.contains(Code::ForbiddenCharacter), "{text:?} {findings:?}");
            let shown = show::human(&findings, &sources, Lang::Da, false);
            assert!(!shown.contains(c), "{shown:?}");
            assert!(shown.contains(&format!("U+{:04X}", c as u32)), "{shown}");
        }
    }
}

#[test]
fn places_count_bytes_not_characters() {
    let text = "å: ææ\nøøø: §\n";
    let (node, ..) = parse(text);
    let Value::Map(entries) = node.unwrap().value else { panic!("a mapping") };
    let of = |s: Span| &text[s.start as usize..s.end as usize];
    assert_eq!(of(entries[1].key_span), "øøø");
    assert_eq!(of(entries[1].value.span), "§");
}

#[test]
fn ids_dates_and_near_words() {
    assert_eq!(read::make_id("Økonomi og Ældre"), "oekonomi-og-aeldre");
    assert_eq!(read::make_id("--Å--"), "aa");
    assert!(read::is_id("amager-strandpark") && !read::is_id("-a") && !read::is_id("") && !read::is_id("é"));
    assert_eq!(read::nearest("wordng", &["id", "owner", "wording"]), Some("wording"));
    assert_eq!(read::nearest("onwer", &["id", "owner", "wording"]), Some("owner"));
    assert_eq!(read::nearest("xyz", &["id", "owner", "wording"]), None);
    let date = |text: &str| {
        let (node, mut findings, _) = parse(&format!("a: {text}"));
        let found = read::date_of(node.unwrap().get("a").unwrap(), "a", &mut findings).map(|d| d.value.to_string());
        let hint = findings.sorted().first().map(|d| show::hint(d, Lang::Da));
        (found, hint.unwrap_or_default())
    };
    assert_eq!(date("2026-01-01").0.as_deref(), Some("2026-01-01"));
    for (written, meant) in [
        ("1. januar 2026", "2026-01-01"),
        ("den 1. januar 2026", "2026-01-01"),
        ("1/8 2026", "2026-08-01"),
        ("01-08-2026", "2026-08-01"),
        ("1. aug. 2026", "2026-08-01"),
    ] {
        let (found, hint) = date(written);
        assert!(found.is_none() && hint.contains(meant), "{written}: {hint}");
    }
    for wrong in ["2026-02-30", "2026-13-01", "20260101", "0226-01-01", "2026-1-1", "2026-01-01T00:00", "snart"] {
        assert_eq!(date(wrong).0, None, "{wrong}");
    }
}

#[test]
fn codes_are_unique_and_kebab_case() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
    for name in &names {
        assert!(read::is_id(name) && !name.contains("--"), "{name}");
        assert_eq!(Code::parse(name).map(Code::as_str), Some(*name));
    }
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn both_languages_say_everything() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let (da, en) = (lang::wording(*code, Lang::Da), lang::wording(*code, Lang::En));
        for (what, da, en) in [
            ("message", da.message, en.message),
            ("hint", da.hint, en.hint),
            ("explanation", da.explanation, en.explanation),
        ] {
            let place = format!("{} {what}", code.as_str());
            if da.trim().is_empty() || en.trim().is_empty() {
                wrong.push(format!("{place}: empty"));
            }
            if slots_of(da) != slots_of(en) {
                wrong.push(format!("{place}: not the same slots"));
            }
            for text in [da, en] {
                if text.contains("  ") || text != text.trim() {
                    wrong.push(format!("{place}: blanks"));
                }
                if what == "explanation" && !text.ends_with('.') || what == "message" && text.ends_with('.') {
                    wrong.push(format!("{place}: full stop"));
                }
                if what == "explanation" && !lang::slots(text).is_empty() {
                    wrong.push(format!("{place}: slots"));
                }
                if text.trim_start_matches('[').starts_with(|c: char| c.is_uppercase())
                    && what != "explanation"
                    && !["Ankestyrelsen", "Typst"].iter().any(|name| text.starts_with(name))
                {
                    wrong.push(format!("{place}: begins with a capital"));
                }
                wrong.extend(empty_slots(text).map(|out| format!("{place}: {out}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn slots_of(text: &str) -> Vec<&str> {
    let mut slots = lang::slots(text);
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// Fills a template with each of its slots left out in turn, and with none: no trace of them may be left.
fn empty_slots(text: &str) -> Option<String> {
    let all: Vec<(&'static str, String)> = lang::SLOTS.iter().map(|s| (*s, "x".to_string())).collect();
    let none = [("count", String::new())];
    let without =
        lang::SLOTS.iter().map(|slot| all.iter().filter(|(name, _)| name != slot).cloned().collect::<Vec<_>>());
    for args in without.chain([Vec::new(), none.to_vec()]) {
        let out = lang::fill(text, &args, Lang::Da);
        let traces = ["»«", "“”", "()", "  ", " ,", " :", " ;", " .", "{}", ": ,", ",,", "[", ": :"];
        let text_has = |t: &&str| out.contains(*t) && !lang::bare(text).contains(*t);
        let left = !lang::slots(&out).is_empty() || traces.iter().any(text_has);
        if left || out.starts_with([',', ';', ':']) || out.ends_with([',', ';', ':', ' ']) {
            return Some(out);
        }
    }
    None
}

#[test]
fn arguments_are_said_in_the_language() {
    let said = |lang, code, args: &[(&'static str, &str)]| {
        let mut d = Diagnostic::new(code, None);
        d.args = args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        show::message(&d, lang)
    };
    for date in ["2026-01-01", "1. januar 2026", "den 1. januar 2026"] {
        let args = [("task", "parker"), ("date", date)];
        assert!(said(Lang::Da, Code::TwoTransfers, &args).ends_with("flyttes to gange den 1. januar 2026"));
        assert!(said(Lang::En, Code::TwoTransfers, &args).ends_with("is moved twice on 1 January 2026"));
    }
    let shape = [("expected", "mapping"), ("found", "@text")];
    assert_eq!(said(Lang::Da, Code::WrongShape, &shape), "her skal stå nøgler med værdier, ikke en tekst");
    let sum = [("reason", "sum"), ("count", "12"), ("expected", "13")];
    assert!(said(Lang::Da, Code::FinanceCommittee, &sum).ends_with("giver tilsammen 12, men members er 13"));
    let own = [("reason", "tasks [a] {task}"), ("task", "hemmelig")];
    assert!(said(Lang::Da, Code::TemplateError, &own).ends_with("kan ikke bruges: tasks [a] {task}"));
    assert!(said(Lang::Da, Code::TooMany, &[("limit", "100000")]).contains("100.000"));
    let key = [("key", "x"), ("expected", "text")];
    assert!(!said(Lang::Da, Code::UnknownKey, &key).contains("en tekst"));
}

#[test]
fn the_index_page_is_current() {
    let mut wrong = Vec::new();
    expect(&root().join("docs/diagnostics.md"), &show::index(Lang::Da), &mut wrong);
    assert!(wrong.is_empty(), "docs/diagnostics.md is stale: UPDATE=1 cargo test");
}

#[test]
fn findings_for_people_programs_and_github() {
    let mut sources = Sources::default();
    let text = "tasks:\n  - id: parker\n    owner: æøå\n";
    let file = sources.add("rules/ta,sk:s.yaml", text);
    let other = sources.add("rules/committees.yaml", "committees: []\n");
    let at = |needle: &str| {
        let start = text.find(needle).unwrap() as u32;
        Span { file, start, end: start + needle.len() as u32 }
    };
    let mut findings = Findings::default();
    findings.push(
        Diagnostic::new(Code::NotTheOwner, at("æøå"))
            .arg("task", "parker")
            .arg("from", "100%\nkultur")
            .arg("owner", "teknik")
            .arg("date", "2026-01-01")
            .other(at("parker"))
            .other(Span { file: other, start: 0, end: 10 }),
    );
    findings.push(Diagnostic::new(Code::ReadingsMissing, None));
    findings
        .push(Diagnostic::new(Code::UnknownTask, Span { file, start: 9_000, end: 10_000 }).arg("task", "x\u{202e}"));
    findings.push(Diagnostic::new(Code::UnknownTask, Span { file: FileId(77), start: 3, end: 1 }));
    let mut wrong = Vec::new();
    let folder = root().join("tests/cases/show");
    for (name, shown) in [
        ("human-da.txt", show::human(&findings, &sources, Lang::Da, false)),
        ("human-en.txt", show::human(&findings, &sources, Lang::En, false)),
        ("json-da.json", show::json(&findings, &sources, Lang::Da)),
        ("github-da.txt", show::github(&findings, &sources, Lang::Da)),
        ("explain-da.txt", show::explain(Code::ReservedTask, Lang::Da)),
    ] {
        expect(&folder.join(name), &shown, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(show::human(&findings, &sources, Lang::Da, true).contains("\u{1b}["));
    assert_eq!(show::human(&Findings::default(), &sources, Lang::Da, false), "");
}

#[test]
fn danish_formulas() {
    use lang::danish;
    let day = jiff::civil::date(2026, 1, 1);
    assert_eq!(danish::den(day), "den 1. januar 2026");
    assert_eq!(danish::join(&["a", "b", "c"]), "a, b og c");
    assert_eq!(danish::join_or(&["a", "b"]), "a eller b");
    assert_eq!(danish::join::<&str>(&[]), "");
    assert_eq!((danish::ordinal(2), danish::ordinal(13)), ("anden".to_string(), "13.".to_string()));
    assert_eq!(danish::capital("økonomi"), "Økonomi");
    for (locale, lang) in [("da_DK.UTF-8", Lang::Da), ("", Lang::Da), ("en_US", Lang::En), ("C", Lang::En)] {
        assert_eq!(Lang::from_locale(locale), lang);
    }
}

fn never_panics(text: &str) {
    let (node, mut findings, sources) = parse(text);
    assert_eq!(node.is_none(), findings.has_errors(), "{text:?}");
    if let Some(node) = node {
        read_example(&node, &mut findings);
    }
    for lang in [Lang::Da, Lang::En] {
        show::human(&findings, &sources, lang, false);
        show::json(&findings, &sources, lang);
        show::github(&findings, &sources, lang);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        never_panics(&text);
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        never_panics(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_yaml_like_text_is_survived(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("- "), Just(": "), Just("\n"), Just("\n  "), Just("\n    "), Just("{"), Just("}"), Just("["),
                Just("]"), Just(", "), Just("\""), Just("'"), Just("#"), Just(" #"), Just("|\n"), Just(">-\n"), Just("&a "),
                Just("*a"), Just("!t "), Just("<<: "), Just("? "), Just("---\n"), Just("...\n"), Just("%x\n"), Just("\t"),
                Just("id"), Just("æøå"), Just("wording"), Just("7"), Just("~"), Just("\\"), Just("\r\n"), Just("\u{feff}"),
                Just("2026-01-01"), Just("parts: "), Just("id: "),
            ],
            0..40,
        )
    ) {
        never_panics(&pieces.concat());
    }

    #[test]
    fn normalising_twice_changes_nothing(text in any::<String>()) {
        let once = yaml::normalise(&text);
        prop_assert_eq!(yaml::normalise(&once), once);
    }

    #[test]
    fn plain_words_come_back(words in proptest::collection::vec("[a-zæøåA-ZÆØÅ]{1,8}", 1..6)) {
        let text = words.join(" ");
        let (node, findings, _) = parse(&format!("a: \"{text}\"\nb: >-\n  {text}\n"));
        prop_assert!(findings.is_empty());
        let node = node.unwrap();
        prop_assert_eq!(node.get("a").and_then(Node::as_text), Some(text.as_str()));
        prop_assert_eq!(node.get("b").and_then(Node::as_text), Some(text.as_str()));
    }
}

/// An argument that the wording has no slot for would never be shown.
#[test]
fn every_reported_argument_is_said() {
    let mut wrong = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                for call in text.split("report!(").skip(1) {
                    wrong.extend(unsaid(call).into_iter().map(|w| format!("{}: {w}", path.display())));
                }
            }
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lists the arguments of one `report!` that its code's wording does not say.
fn unsaid(call: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut parts) = (1, false, vec![String::new()]);
    for c in call.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 1 => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(c),
        }
        if depth == 0 {
            break;
        }
    }
    let name = parts.get(1).and_then(|p| p.trim().strip_prefix("Code::")).unwrap_or("");
    let Some(code) = Code::ALL.iter().find(|c| format!("{c:?}") == name) else { return Vec::new() };
    let wording = lang::wording(*code, Lang::Da);
    let said = [lang::slots(wording.message), lang::slots(wording.hint)].concat();
    // The stock sentences about committees say these.
    let sentences = match code {
        Code::FinanceCommittee | Code::CommitteeSize => vec!["count", "expected", "limit"],
        _ => Vec::new(),
    };
    let names = parts.iter().skip(3).filter_map(|p| p.split_once('=').map(|(name, _)| name.trim()));
    names.filter(|n| !said.contains(n) && !sentences.contains(n)).map(|n| format!("{name} {n}")).collect()
}
