//! Every PDF in `output/` conforms to PDF/A-2a and PDF/UA-1, by a validator that is not ours; a plain PDF does not.
//!
//! Needs the Python package `page-validation`, in the Python named by `VEDTAEGT_VALIDATOR_PYTHON`, so the tests are
//! ignored unless asked for: `cargo test --test pdf -- --ignored`. `.ci/run` asks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROFILES: [&str; 2] = ["2a", "ua1"];

/// Prints `true` or `false` and up to five reasons.
///
/// Version 0.11.0 takes the last byte of a compressed stream for a line's end when it happens to be 0x0D, and then calls
/// the length wrong. That one rule is left to [`lengths_hold`], which counts for itself.
const PROGRAM: &str = "\
import sys, page
report = page.validate_pdf(sys.argv[1], profile=page.ValidationProfile(sys.argv[2]))
failures = list(report.failures)
real = [f for f in failures if 'STREAM-LENGTH-001' not in str(f)]
print('true' if report.is_compliant or failures and not real else 'false')
for failure in real[:5]:
    print(failure)
";

/// Says whether every stream is as long as it says: at its end stands `endstream`, with or without a line's end.
fn lengths_hold(pdf: &[u8]) -> bool {
    let find = |from: usize, what: &[u8]| pdf[from..].windows(what.len()).position(|w| w == what).map(|i| from + i);
    let mut at = 0;
    let mut seen = 0;
    while let Some(start) = find(at, b">>\nstream\n") {
        let dictionary = &pdf[..start];
        let key = b"/Length ";
        let Some(length) = dictionary.windows(key.len()).rposition(|w| w == key) else { return false };
        let digits: String =
            dictionary[length + key.len()..].iter().take_while(|b| b.is_ascii_digit()).map(|b| *b as char).collect();
        let Ok(length) = digits.parse::<usize>() else { return false };
        let end = start + b">>\nstream\n".len() + length;
        let rest = pdf.get(end..).unwrap_or_default();
        if !(rest.starts_with(b"\nendstream") || rest.starts_with(b"endstream")) {
            return false;
        }
        seen += 1;
        at = end;
    }
    seen > 0
}

/// Returns what the validator says of a file; fails when it cannot say.
fn validate(pdf: &Path, profile: &str) -> (bool, String) {
    let python = std::env::var_os("VEDTAEGT_VALIDATOR_PYTHON")
        .expect("VEDTAEGT_VALIDATOR_PYTHON must name a Python with page-validation, as .ci/run sets up");
    let output = Command::new(&python).args(["-c", PROGRAM]).arg(pdf).arg(profile).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {profile}: {talk}", pdf.display());
    match said.split_once('\n') {
        Some(("true", rest)) => (true, rest.to_string()),
        Some(("false", rest)) => (false, rest.to_string()),
        _ => panic!("{}: {profile}: not understood: {said}{talk}", pdf.display()),
    }
}

fn published() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("output")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file.is_dir() {
                folders.push(file);
            } else if file.extension().is_some_and(|e| e == "pdf") {
                found.push(file);
            }
        }
    }
    found.sort();
    found
}

#[test]
#[ignore = "needs page-validation, see the top of the file"]
fn published_pdfs_conform() {
    let pdfs = published();
    for wanted in ["reading-1/styrelsesvedtaegt.pdf", "reading-1/redline.pdf", "reading-2/redline.pdf"] {
        assert!(pdfs.iter().any(|p| p.ends_with(wanted)), "no output/{wanted}");
    }
    let mut wrong = Vec::new();
    for pdf in &pdfs {
        if !lengths_hold(&fs::read(pdf).unwrap()) {
            wrong.push(format!("{}: a stream is not as long as it says", pdf.display()));
        }
        for profile in PROFILES {
            let (conforms, reasons) = validate(pdf, profile);
            if !conforms {
                wrong.push(format!("{}: {profile}:\n{reasons}", pdf.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A validator that lets everything pass proves nothing.
#[test]
#[ignore = "needs page-validation, see the top of the file"]
fn a_plain_pdf_does_not_conform() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("plain.typ");
    let pdf = folder.path().join("plain.pdf");
    fs::write(&source, "= Vedtægt\n\nTekst.\n").unwrap();
    let typst = std::env::var_os("TYPST").filter(|t| !t.is_empty()).unwrap_or_else(|| "typst".into());
    let status = Command::new(typst).arg("compile").arg(&source).arg(&pdf).status().expect("typst must be installed");
    assert!(status.success() && fs::read(&pdf).unwrap().starts_with(b"%PDF-1.7"));
    for profile in PROFILES {
        let (conforms, _) = validate(&pdf, profile);
        assert!(!conforms, "the validator calls a plain PDF {profile}");
    }
}
