//! Other municipalities in the same formats: each folder of `tests/cases/city` is a whole project that must check, build
//! and hold its proofs, and say what its `expected/` says. `UPDATE=1 cargo test` writes `expected/` anew; never under
//! `CI=true`.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use vedtaegt::render::pdf::Typst;
use vedtaegt::world::environment;

fn folder(city: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/city").join(city)
}

fn under_ci() -> bool {
    environment("CI").is_some_and(|v| v == "true")
}

fn updating() -> bool {
    environment("UPDATE").is_some_and(|v| v == "1") && !under_ci()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Runs the program on a project; the findings are in Danish.
fn vedtaegt(project: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vedtaegt"))
        .args(["--lang", "da", "--project"])
        .arg(project)
        .args(args)
        .output()
        .unwrap()
}

/// Runs the program, which must succeed, and returns what it prints.
fn prints(project: &Path, args: &[&str]) -> String {
    let out = vedtaegt(project, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Compares with a file of `expected/`, or writes it.
fn expect(city: &str, name: &str, found: &str) {
    let path = folder(city).join("expected").join(name);
    if updating() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(found, expected, "{} (UPDATE=1 cargo test writes it anew)", path.display());
}

fn holds(city: &str, dates: &[&str]) {
    let scratch = tempfile::tempdir().unwrap();
    let project = scratch.path().join(city);
    copy(&folder(city), &project);

    let checked = vedtaegt(&project, &["check"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    expect(city, "check.txt", &String::from_utf8(checked.stderr).unwrap());

    let current = fs::read_to_string(project.join("rules/current/styrelsesvedtaegt.md")).unwrap().replace("\r\n", "\n");
    assert_eq!(prints(&project, &["text", "current"]), current);
    for reading in ["reading-1", "reading-2"] {
        expect(city, &format!("{reading}.md"), &prints(&project, &["text", reading]));
    }
    expect(city, "redline.md", &prints(&project, &["diff", "current", "reading-2", "--format", "md"]));
    for date in dates {
        expect(city, &format!("owners-{date}.txt"), &prints(&project, &["owners", "--at", date]));
        expect(city, &format!("text-{date}.md"), &prints(&project, &["text", date]));
    }

    prints(&project, &["build", "--no-pdf"]);
    prints(&project, &["verify"]);
    prints(&project, &["build", "--no-pdf", "--check"]);
    match Typst::find(&environment) {
        Ok(_) => {
            prints(&project, &["build"]);
            prints(&project, &["verify"]);
            prints(&project, &["build", "--check"]);
            for reading in ["reading-1", "reading-2"] {
                let pdf = fs::read(project.join("output").join(reading).join("redline.pdf")).unwrap();
                assert!(pdf.starts_with(b"%PDF-"));
            }
        }
        Err(_) if under_ci() => panic!("typst is missing, so the PDFs of {city} were not built"),
        Err(_) => loudly(&format!("NOT TESTED: typst is missing, so the PDFs of {city} were not built")),
    }
}

#[test]
fn an_ordinary_city() {
    holds("lyngvig", &["2025-12-31", "2026-01-01", "2026-08-01", "2026-12-31"]);
}

#[test]
fn a_city_without_chapters() {
    holds("holmen", &["2026-01-01"]);
}

/// Says something past the capture of the test harness, which shows nothing of a test that passes.
fn loudly(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
