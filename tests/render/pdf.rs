//! PDF: both documents conform (Typst checks as it writes), depend on nothing but their data, and every way for
//! Typst to fail is told apart.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use vedtaegt::diff::Redline;
use vedtaegt::document::Bylaw;
use vedtaegt::render::frame::{DocumentDate, Frame};
use vedtaegt::render::pdf::{self, PdfError, Typst};
use vedtaegt::render::view::{BylawDoc, RedlineDoc};

use crate::sample;

fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Finds Typst. Without it the test says what it skips; in CI that is a failure.
pub fn typst(test: &str) -> Option<Typst> {
    match Typst::find(&environment) {
        Ok(typst) => Some(typst),
        Err(error) if environment("CI").is_some_and(|v| v == "true") => panic!("{test}: {error}"),
        Err(error) => {
            loudly(&format!("\n*** SKIPPED: {test}: {error}. No PDF was tested. ***\n"));
            None
        }
    }
}

fn bylaw_pdf(typst: &Typst, doc: &BylawDoc) -> Vec<u8> {
    typst.pdf(&pdf::TEMPLATES, pdf::BYLAW, doc, doc.frame.date).unwrap_or_else(|e| panic!("{e}"))
}

fn redline_pdf(typst: &Typst, doc: &RedlineDoc) -> Vec<u8> {
    typst.pdf(&pdf::TEMPLATES, pdf::REDLINE, doc, doc.frame.date).unwrap_or_else(|e| panic!("{e}"))
}

fn bylaw_doc() -> BylawDoc {
    BylawDoc::new(&sample::bylaw(), sample::frame("Ændret vedtægt"))
}

#[test]
fn both_documents_print() {
    let Some(typst) = typst("both_documents_print") else { return };
    let bylaw = bylaw_pdf(&typst, &bylaw_doc());
    let redline = redline_pdf(&typst, &sample::redline_doc());
    assert!(bylaw.starts_with(b"%PDF-1.7") && redline.starts_with(b"%PDF-1.7"));
    sample::keep_for_looking("bylaw.pdf", &bylaw);
    sample::keep_for_looking("redline.pdf", &redline);
    let data = pdf::data(&sample::redline_doc()).unwrap();
    sample::keep_for_looking("redline.json", data.as_bytes());
}

#[test]
fn bytes_depend_on_nothing_but_the_data() {
    let Some(typst) = typst("bytes_depend_on_nothing_but_the_data") else { return };
    let first = redline_pdf(&typst, &sample::redline_doc());
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Typst::find(&|name| match name {
        "TMPDIR" => Some(elsewhere.path().into()),
        "TZ" => Some("Asia/Tokyo".into()),
        "LANG" => Some("C".into()),
        name => environment(name),
    })
    .unwrap();
    std::thread::sleep(Duration::from_millis(1100));
    assert!(first == redline_pdf(&other, &sample::redline_doc()), "the same data gave other bytes");
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0, "the staging directory is gone");
}

#[test]
fn odd_documents_print() {
    let Some(typst) = typst("odd_documents_print") else { return };
    let empty = Frame { document_title: String::new(), ..Frame::default() };
    bylaw_pdf(&typst, &BylawDoc::new(&Bylaw::default(), empty.clone()));
    redline_pdf(&typst, &RedlineDoc::new(empty.clone(), &Redline::default(), &[], &[]));
    // A rubric with no chapter above it skips no heading level.
    let mut flat = sample::bylaw();
    for chapter in &mut flat.chapters {
        chapter.number.clear();
        chapter.title.0.clear();
    }
    bylaw_pdf(&typst, &BylawDoc::new(&flat, sample::frame("")));
    // No reasons, no administrations: two texts from files.
    redline_pdf(&typst, &RedlineDoc::new(empty, &sample::redline(), &[], &[]));
}

#[test]
fn hostile_text_is_text() {
    let Some(typst) = typst("hostile_text_is_text") else { return };
    let (bylaw, redline) = sample::hostile();
    let bytes = bylaw_pdf(&typst, &BylawDoc::new(&bylaw, sample::frame(sample::HOSTILE)));
    redline_pdf(&typst, &redline);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("hostile.pdf");
    std::fs::write(&file, bytes).unwrap();
    let Ok(read) = Command::new("pdftotext").arg(&file).arg("-").output() else {
        assert!(std::env::var_os("CI").is_none(), "pdftotext (poppler-utils) is needed under CI");
        loudly("\n*** SKIPPED in part: no pdftotext to read the PDF back with. ***");
        return;
    };
    let fold = |s: &str| s.split_whitespace().collect::<String>();
    let text = fold(&String::from_utf8_lossy(&read.stdout)).replace('\u{ad}', "");
    assert!(text.matches(&fold(sample::HOSTILE)).count() >= 4, "{text}");
}

fn compile(template: &str) -> Option<Result<Vec<u8>, PdfError>> {
    let typst = typst("templates that fail")?;
    Some(typst.compile(&[("main.typ", template)], "main.typ", "{}", DocumentDate::default()))
}

fn failure(template: &str) -> Option<String> {
    match compile(template)? {
        Err(PdfError::Failed { stderr }) => Some(stderr),
        other => panic!("{template} gave {other:?}"),
    }
}

#[test]
fn errors_and_warnings_are_failures() {
    let head = "#set document(title: \"T\", date: datetime(year: 2025, month: 1, day: 1))\n";
    let Some(error) = failure("#nothing") else { return };
    assert!(error.contains("main.typ:1:1: error"), "{error}");
    let warned = failure(&format!("{head}#set text(font: \"Nowhere\")\nTekst")).unwrap();
    assert!(warned.contains("warning"), "{warned}");
    assert!(failure("#import \"@preview/x:1.0.0\": *").unwrap().contains("imports a package"));
    assert!(failure("#import \"@pre\" + \"view/x:1.0.0\": *").is_some());
    assert!(failure("#read(\"/../data.json\")").is_some());
    assert!(failure(&format!("{head}Ingen overskrift\n= En\n=== Tre")).unwrap().contains("skipped"));
}

#[test]
fn a_missing_typst_is_told_apart() {
    let none = Typst::find(&|_| None);
    assert!(matches!(none, Err(PdfError::Missing)));
    let none = Typst::find(&|name| (name == "TYPST").then(|| "/nowhere/typst".into()));
    assert!(matches!(none, Err(PdfError::Missing)));
}

#[cfg(unix)]
fn pretend(dir: &Path, script: &str) -> Result<Typst, PdfError> {
    use std::os::unix::fs::PermissionsExt;
    let file = dir.join("typst");
    std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    Typst::find(&|name| match name {
        "TYPST" => Some(file.clone().into()),
        name => environment(name),
    })
}

#[cfg(unix)]
#[test]
fn a_wrong_version_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    match pretend(dir.path(), "echo typst 0.13.1") {
        Err(PdfError::WrongVersion { found }) => assert_eq!(found, "typst 0.13.1"),
        other => panic!("{other:?}"),
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_hangs_is_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let typst = pretend(dir.path(), "test \"$1\" = --version || exec sleep 60; echo 'typst 0.15.1 (x)'").unwrap();
    let typst = typst.limit(Duration::from_millis(200));
    match typst.compile(&[], "main.typ", "{}", DocumentDate::default()) {
        Err(PdfError::TimedOut { limit }) => assert_eq!(limit, Duration::from_millis(200)),
        other => panic!("{other:?}"),
    }
}

/// Says something past the capture of the test harness, which shows nothing of a test that passes.
fn loudly(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
