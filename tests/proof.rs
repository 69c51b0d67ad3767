//! The proofs: they hold for what the compiler writes, and every way to damage it is found. A control that damages no
//! byte proves nothing and fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cases/proof/controls.rs"]
mod controls;
#[path = "cases/proof/docx.rs"]
mod docx;
#[path = "cases/proof/parallel.rs"]
mod parallel;
#[path = "cases/proof/real.rs"]
mod real;
#[path = "cases/proof/sample.rs"]
mod sample;
#[path = "cases/proof/tagged.rs"]
mod tagged;

use std::fs;
use std::path::Path;

use controls::{Control, MANIFEST, Seal};
use proptest::prelude::*;
use sample::{Sample, sample};
use vedtaegt::diag::{Code, Findings};
use vedtaegt::proof::{MAX_BYTES, prove};

#[test]
fn the_proofs_hold_for_what_is_written() {
    let (figures, findings) = sample().prove();
    assert!(findings.is_empty(), "{:#?}", findings.sorted());
    let count = |proof: &str| figures.iter().filter(|f| f.proof == proof).count();
    for (proof, times) in [
        ("manifest", 3),
        ("readings", 3),
        ("bylaw-html", 2),
        ("bylaw-docx", 2),
        ("bylaw-pdf", 2),
        ("redline-md", 3),
        ("redline-html", 3),
        ("redline-html-fra-1", 1),
        ("redline-html-begge", 1),
        ("redline-docx", 3),
        ("extracts", 2),
        ("redline-pdf", 3),
        ("ownership", 2),
        ("ownership-html", 2),
        ("explained", 2),
        ("explained-html", 2),
        ("explained-docx", 2),
        ("reasons-html", 2),
        ("trace-html", 2),
        ("instrument", 2),
        ("instrument-html", 2),
        ("instrument-docx", 2),
        ("parallel", 2),
        ("parallel-docx", 2),
        ("cover", 2),
        ("follow-up", 1),
        ("calendar", 1),
        ("plans", 1),
    ] {
        assert_eq!(count(proof), times, "{proof}");
    }
    let files = sample().files;
    let each = |ending: &str| files.keys().filter(|path| path.ends_with(ending)).count();
    assert_eq!(count("pdf"), each(".pdf"));
    let words = ["bylaw-pdf", "redline-pdf", "paper-pdf", "instrument-pdf", "parallel-pdf"];
    assert_eq!(words.iter().map(|proof| count(proof)).sum::<usize>(), each(".pdf"));
    // Nothing but Markdown, which the others are compared with, is there that no proof reads.
    for path in files.keys().filter(|path| !path.ends_with(".md")) {
        assert!(figures.iter().any(|f| f.file == *path), "{path}");
    }
    for figure in &figures {
        assert!(figure.checked > 1, "{figure:?}");
    }
}

#[test]
fn a_set_without_pdfs_says_so() {
    let mut sample = sample();
    let within = |path: &str| match path.split_once('/') {
        Some((folder, _)) if folder.starts_with("reading-") => format!("{folder}/"),
        _ => String::new(),
    };
    let before = sample.prove().0;
    sample.files.retain(|path, _| !path.ends_with(".pdf"));
    for folder in ["", "reading-1/", "reading-2/"] {
        let outputs = sample.files.keys().filter(|path| within(path) == folder).count() - 1;
        sample.json(&format!("{folder}manifest.json"), |m| {
            m["pdf"] = false.into();
            m["typst"] = serde_json::Value::Null;
            let proofs = m["proofs"].as_array_mut().unwrap();
            proofs.retain(|p| !p["proof"].as_str().unwrap().contains("pdf"));
            proofs[0]["checked"] = outputs.into();
        });
    }
    sample.seal();
    let (figures, findings) = sample.prove();
    assert!(findings.is_empty(), "{:#?}", findings.sorted());
    assert_eq!(figures.len(), before.iter().filter(|f| !f.proof.contains("pdf")).count());
}

#[test]
fn reading_1_stands_alone_and_reading_2_does_not() {
    let mut first = sample();
    first.files.retain(|path, _| path.starts_with("reading-1/"));
    let (_, findings) = first.prove();
    assert!(findings.is_empty(), "{:#?}", findings.sorted());
    let mut second = sample();
    second.files.retain(|path, _| path.starts_with("reading-2/"));
    let (_, findings) = second.prove();
    assert!(says(&findings, Code::OutputDamaged, "reading-1/styrelsesvedtaegt.md"));
}

/// Says whether a finding with this code names the file in one of its arguments.
fn says(findings: &Findings, code: Code, file: &str) -> bool {
    let args = findings.sorted();
    args.iter().any(|d| d.code == code && (file.is_empty() || d.args.iter().any(|(_, value)| value.contains(file))))
}

fn run(control: &Control, whole: &Sample) -> Result<(), String> {
    let mut damaged = whole.clone();
    (control.damage)(&mut damaged);
    if damaged == *whole {
        return Err("damages no byte".into());
    }
    if control.seal == Seal::Renewed {
        let pdfs = |s: &Sample| {
            s.files.iter().filter(|(p, _)| p.ends_with(".pdf")).map(|(_, b)| b.clone()).collect::<Vec<_>>()
        };
        if pdfs(&damaged) == pdfs(whole) && !control.file.ends_with("manifest.json") {
            damaged.without_pdfs();
        }
        damaged.seal();
    }
    // A reading stands without what belongs to the whole project, and reading 1 without reading 2: what is not damaged and
    // not needed is not read again.
    let spare = |path: &str| match control.file.split_once('/') {
        Some(("reading-1", _)) => !path.starts_with("reading-1/"),
        Some(("reading-2", _)) => !path.starts_with("reading-"),
        _ => false,
    };
    let spared = |s: &Sample| s.files.iter().filter(|(p, _)| spare(p)).map(|(_, b)| b.clone()).collect::<Vec<_>>();
    if damaged.files.contains_key(MANIFEST) && spared(&damaged) == spared(whole) {
        damaged.files.retain(|path, _| !spare(path));
    }
    let (_, findings) = damaged.prove();
    if says(&findings, control.code, control.file) {
        Ok(())
    } else {
        Err(format!("{:?} for {:?} is not among {:#?}", control.code, control.file, findings.sorted()))
    }
}

fn controls() -> Vec<&'static Control> {
    controls::CONTROLS.iter().chain(docx::CONTROLS).collect()
}

#[test]
fn every_damage_is_found() {
    let whole = sample();
    let controls = controls();
    let failed: Vec<String> = std::thread::scope(|scope| {
        let halves: Vec<_> = controls
            .chunks(controls.len().div_ceil(2))
            .map(|half| {
                let whole = &whole;
                scope.spawn(move || {
                    half.iter()
                        .filter_map(|c| run(c, whole).err().map(|e| format!("{}: {e}", c.name)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        halves.into_iter().flat_map(|h| h.join().expect("no panic")).collect()
    });
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), controls.len(), failed.join("\n"));
}

/// The parallel text as it is read by its own proof: nothing else need find the damage.
#[test]
fn every_damage_to_the_parallel_text_is_found() {
    let whole = sample();
    let failed: Vec<String> =
        parallel::controls().iter().filter_map(|c| run(c, &whole).err().map(|e| format!("{}: {e}", c.name))).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_controls_have_names_of_their_own() {
    let (controls, own) = (controls(), parallel::controls());
    let controls: Vec<&Control> = controls.into_iter().chain(&own).collect();
    let mut names: Vec<&str> = controls.iter().map(|c| c.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), controls.len());
}

#[test]
fn a_control_that_damages_nothing_fails() {
    let idle = Control { name: "idle", code: Code::OutputDamaged, file: "", seal: Seal::Renewed, damage: |_| () };
    assert!(run(&idle, &sample()).is_err());
}

#[test]
fn the_first_difference_is_shown_from_both_sides() {
    let mut sample = sample();
    sample.line("reading-1/redline.md", |l| l.starts_with("Stk. 2. ") && !l.contains('{'), |l| format!("{l} Ikke."));
    sample.seal();
    let (_, findings) = sample.prove();
    let finding = findings.sorted().into_iter().find(|d| d.code == Code::RedlineDiffers).cloned().expect("a finding");
    let arg = |name: &str| finding.args.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    assert_eq!(arg("file"), "reading-1/redline.md");
    assert!(arg("found").ends_with("Ikke.") && !arg("expected").contains("Ikke."), "{finding:?}");
    let line: usize = arg("line").parse().expect("a number");
    assert!(sample.text("reading-1/redline.md").lines().nth(line - 1).expect("a line").ends_with("Ikke."));
}

/// What is neither markup nor a mark may stand in a text; taking its escape away makes it one.
#[test]
fn braces_of_the_text_are_no_marks() {
    let mut sample = sample();
    let md = |l: &str| format!("{l} \\{{++x++\\}} \\\\ \\*");
    let html = |l: &str| l.replacen("</span></h", " {++x++} \\ *</span></h", 1);
    sample.current = sample.current.replacen('\n', " \\{++x++\\} \\\\ \\*\n", 1);
    for folder in ["reading-1", "reading-2"] {
        for name in ["styrelsesvedtaegt", "redline", "redline-fra-1-behandling"] {
            let path = format!("{folder}/{name}");
            if sample.files.contains_key(&format!("{path}.md")) {
                sample.line(&format!("{path}.md"), |l| l.starts_with("# "), md);
                // The page of reading 2 says the title in each of its texts.
                let page = format!("{path}.html");
                let title = |l: &str| l.contains("data-kind=\"title\"") && !l.contains("{++x");
                for _ in 0..sample.text(&page).matches("data-kind=\"title\"").count() {
                    sample.line(&page, title, html);
                }
                sample.pdf(&format!("{path}.pdf"), |_| ());
                let word = |text: &str| {
                    assert!(text.contains(" Kommune</w:t>"), "{path}.docx has no title");
                    text.replacen(" Kommune</w:t>", " Kommune {++x++} \\ *</w:t>", 1)
                };
                docx::edit(&mut sample, &format!("{path}.docx"), "word/document.xml", word);
            }
        }
    }
    // The instrument is one that changes the text as it is now.
    sample.seal();
    let figures = sample.prove().0;
    sample.claim(&figures);
    let (_, findings) = sample.prove();
    assert!(findings.is_empty(), "{:#?}", findings.sorted());
    let mut bare = sample.clone();
    bare.swap("reading-1/redline.md", "\\{++x++\\}", "{++x++}");
    bare.seal();
    assert!(says(&bare.prove().1, Code::RedlineDiffers, "reading-1/redline.md"));
    sample.swap("reading-1/redline.md", "\\{++x++\\}", "\\{++x++}");
    sample.seal();
    assert!(says(&sample.prove().1, Code::OutputDamaged, "reading-1/redline.md:1"));
}

#[test]
fn nothing_at_all_proves_nothing() {
    let mut findings = Findings::default();
    assert!(prove(&Default::default(), "", &mut findings).is_empty());
    assert!(findings.contains(Code::OutputDamaged));
}

#[test]
fn hostile_files_are_survived() {
    let whole = sample();
    let n = 40_000;
    let hostile: Vec<(&str, Vec<u8>)> = vec![
        ("redline.md", "{++".repeat(n).into_bytes()),
        ("redline.md", "{++a++}{--b--}".repeat(n / 4).into_bytes()),
        ("redline.md", "{--x--}\n\n".repeat(n / 4).into_bytes()),
        ("redline.md", "\\".repeat(n + 1).into_bytes()),
        ("styrelsesvedtaegt.md", "1) a\n".repeat(n / 4).into_bytes()),
        ("redline.html", "<p>".repeat(n).into_bytes()),
        ("redline.html", format!("<p {}>", "a=\"\" ".repeat(n)).into_bytes()),
        ("redline.html", "<!DOCTYPE html [<!ENTITY a \"aaaa\">]>&a;".into()),
        ("redline.html", "&#38;".repeat(n).into_bytes()),
        ("ressortoversigt.json", "[".repeat(n).into_bytes()),
        ("ressortoversigt.json", format!("{{\"intervals\":{}", "{\"task\":".repeat(n)).into_bytes()),
        ("ressortoversigt.html", "<table><tbody><tr>".repeat(n / 4).into_bytes()),
        ("sporbarhed.json", format!("{{\"rows\":[{}", "0,".repeat(n)).into_bytes()),
        ("manifest.json", vec![0xff; n]),
        ("styrelsesvedtaegt.pdf", b"<?xpacket begin=".repeat(n / 8)),
        ("redline.pdf", Vec::new()),
        ("redline.pdf", pdf(&format!("1 0 obj\n{}", "[".repeat(n)))),
        ("redline.pdf", pdf(&format!("1 0 obj\n{}", "<</A".repeat(n)))),
        ("redline.pdf", pdf("1 0 obj\n<</Pages 1 0 R/StructTreeRoot 1 0 R/Type/Pages/Kids[1 0 R 1 0 R]>>\nendobj")),
        ("redline.pdf", pdf("1 0 obj\n<</Pages 2 0 R/StructTreeRoot 1 0 R/K 1 0 R>>\nendobj\n")),
        ("redline.pdf", pdf("1 0 obj\n1 0 R\nendobj")),
        ("redline.pdf", "xref\n0 4294967295\n".repeat(n / 8).into_bytes()),
        ("redline.md", vec![b' '; MAX_BYTES + 1]),
    ];
    for (name, bytes) in hostile {
        let mut sample = whole.clone();
        let path = format!("reading-1/{name}");
        if !name.ends_with(".pdf") {
            sample.without_pdfs();
        }
        sample.files.insert(path.clone(), bytes);
        sample.seal_others(&path);
        let (_, findings) = sample.prove();
        assert!(findings.has_errors(), "{name}");
        let (errors, _) = findings.count();
        assert!(errors < 200, "{name}: {errors}");
    }
}

/// Returns reading 1 as it is published, with the text in force beside it: nothing but the redline's PDF and what it is
/// proved against.
fn published() -> Sample {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read(root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    let names = ["redline.pdf", "styrelsesvedtaegt.pdf", "styrelsesvedtaegt.md"];
    let files = names.iter().map(|n| (format!("reading-1/{n}"), read(&format!("output/reading-1/{n}")))).collect();
    Sample { files, current: String::from_utf8(read("rules/current/styrelsesvedtaegt.md")).expect("text") }
}

/// Returns the findings about the redline's PDF.
fn about_the_redline(sample: &Sample) -> Vec<String> {
    let (_, findings) = sample.prove();
    let mine = |d: &&&vedtaegt::diag::Diagnostic| {
        d.args.iter().any(|(name, value)| *name == "file" && value.starts_with("reading-1/redline.pdf"))
    };
    findings.sorted().iter().filter(mine).map(|d| format!("{:?} {:?}", d.code, d.args)).collect()
}

#[test]
fn what_typst_wrote_is_read_and_every_change_to_it_is_found() {
    const PDF: &str = "reading-1/redline.pdf";
    let whole = published();
    assert_eq!(about_the_redline(&whole), Vec::<String>::new(), "build output/ anew");
    let bytes = whole.files[PDF].clone();
    let with = |bytes: Vec<u8>| {
        let mut sample = whole.clone();
        sample.files.insert(PDF.into(), bytes);
        about_the_redline(&sample)
    };
    // Taken apart and put together it is still the same document.
    assert_eq!(with(real::Pdf::open(&bytes).close()), Vec::<String>::new());
    for change in real::CHANGES {
        let mut pdf = real::Pdf::open(&bytes);
        let before = pdf.close();
        (change.change)(&mut pdf);
        let after = pdf.close();
        assert_ne!(before, after, "{}: changes no byte", change.name);
        assert!(!with(after).is_empty(), "{} is not found", change.name);
    }
    assert!(!with(whole.files["reading-1/styrelsesvedtaegt.pdf"].clone()).is_empty(), "another document");
    for end in [bytes.len() / 2, bytes.len() - 1, bytes.len() - 700] {
        assert!(!with(bytes[..end].to_vec()).is_empty(), "cut at {end}");
    }
    // Something appended in the way that PDFs are edited.
    let again = [
        bytes.as_slice(),
        b"\n1 0 obj\n<<>>\nendobj\nxref\n1 1\n0000000000 00000 n \ntrailer\n<</Prev 1>>\nstartxref\n1\n%%EOF",
    ]
    .concat();
    assert!(!with(again).is_empty(), "appended");
}

/// A PDF of one object.
fn pdf(object: &str) -> Vec<u8> {
    let start = b"%PDF-1.7\n".to_vec();
    let at = start.len();
    tagged::finish([start, object.as_bytes().to_vec()].concat(), &[at])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// One byte changed anywhere, with manifests that do not know of it.
    #[test]
    fn any_changed_byte_is_found(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte: u8) {
        let mut sample = sample();
        let path = file.get(&sample.files.keys().cloned().collect::<Vec<_>>()).clone();
        prop_assume!(!path.ends_with("manifest.json"));
        let bytes = sample.files.get_mut(&path).expect("the file");
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        prop_assert!(sample.prove().1.has_errors(), "{path} at {at}");
    }

    /// One character of the redline changed, with manifests that know of it. What is said in a comment is free.
    #[test]
    fn any_changed_character_of_the_redline_is_found(at in any::<prop::sample::Index>(), c in "[a-zæøå{}+0-9 -]") {
        let mut sample = sample();
        sample.without_pdfs();
        sample.files.retain(|path, _| path.starts_with("reading-1/"));
        let text = sample.text("reading-1/redline.md");
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        let before: String = chars[..at].iter().collect();
        let in_comment = before.rfind("{>>").is_some_and(|open| !before[open..].contains("<<}"));
        prop_assume!(!in_comment && chars[at].to_string() != c);
        // An empty line between two lines means nothing.
        prop_assume!(chars[at] != '\n');
        let after: String = chars[at + 1..].iter().collect();
        sample.put("reading-1/redline.md", format!("{before}{c}{after}"));
        sample.seal();
        prop_assert!(sample.prove().1.has_errors(), "{} at {at}: {c}", chars[at]);
    }
}

/// Lists the parts of the crate that a source file names, and the parts of the instrument.
fn imports(text: &str) -> Vec<String> {
    let word = |t: &str| t.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut out = Vec::new();
    for after in text.split("crate::").skip(1) {
        let name = word(after);
        // `crate::instrument::{read, text as view}` names two parts.
        match after.strip_prefix("instrument::") {
            Some(parts) if name == "instrument" => match parts.strip_prefix('{') {
                Some(list) => {
                    let list = list.split('}').next().unwrap_or_default();
                    out.extend(list.split(',').map(|part| format!("instrument::{}", word(part.trim()))));
                }
                None => out.push(format!("instrument::{}", word(parts))),
            },
            _ => out.push(name),
        }
    }
    out
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else {
            out.push((path.display().to_string(), fs::read_to_string(&path).expect("source")));
        }
    }
    out
}

/// A proof that shared code with what it proves would share its mistakes.
#[test]
fn the_proofs_import_nothing_that_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut looked = 0;
    for (path, text) in sources(&root.join("src/proof")) {
        looked += 1;
        // The instrument is read and carried out; that code has never seen its printer.
        let instrument = ["instrument.rs", "parallel.rs", "forms.rs"].iter().any(|file| path.ends_with(file));
        let own = ["instrument::read", "instrument::apply", "instrument::text"];
        for name in imports(&text) {
            let known = ["diag", "report", "proof"].contains(&name.as_str());
            assert!(known || instrument && own.contains(&name.as_str()), "{path}: crate::{name}");
        }
        for name in ["vedtaegt::", "include_str!", "include!", "pulldown_cmark", "tera::", "super::super::super"] {
            assert!(!text.contains(name), "{path}: {name}");
        }
    }
    assert!(looked > 20, "{looked}");
}

/// What reads and applies an instrument knows nothing of what derives and prints one, nor of the compiler's documents.
#[test]
fn the_reader_of_instruments_has_never_seen_the_printer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/instrument");
    let mut files = sources(&folder.join("read"));
    files.extend(sources(&folder.join("apply")));
    files.push(("text.rs".into(), fs::read_to_string(folder.join("text.rs")).expect("source")));
    assert!(files.len() > 10, "{}", files.len());
    for (path, text) in files {
        for name in imports(&text) {
            let own = !["instrument::print", "instrument::derive"].contains(&name.as_str());
            let part = name.starts_with("instrument::") && own;
            assert!(part || ["diag", "source", "lang", "document"].contains(&name.as_str()), "{path}: crate::{name}");
        }
        // Of the tree nothing but the type of a place is shared, of the language nothing that prints.
        for after in text.split("crate::document").skip(1) {
            assert!(after.starts_with("::Address"), "{path}: crate::document{}", &after[..20.min(after.len())]);
        }
        for after in text.split("crate::lang").skip(1) {
            assert!(after.starts_with("::danish"), "{path}: crate::lang{}", &after[..20.min(after.len())]);
        }
        for name in ["super::print", "super::derive", "include_str!", "include!"] {
            assert!(!text.contains(name), "{path}: {name}");
        }
    }
}
