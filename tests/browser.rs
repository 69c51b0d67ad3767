//! The web pages in a real browser: no error, no request, filters, keys, columns, layers, paper, and axe finds nothing.
//!
//! Needs Chromium, Node.js 20 and `npm ci --prefix tests/browser`, so it is ignored unless asked for:
//! `cargo test --test browser -- --ignored`. `VEDTAEGT_CHROMIUM` names the browser (else `/usr/bin/chromium`).
//! The checks themselves are in `tests/browser/pages.test.mjs`; this makes the pages they open.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs the compiler in a folder and returns what it writes to standard output.
fn vedtaegt(folder: &Path, project: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_vedtaegt"))
        .args(["--project", project, "--lang", "en"])
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the compiler runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Compares two texts and keeps the page.
fn page(folder: &Path, name: &str, old: &str, new: &str) {
    fs::write(folder.join("gammel.md"), old).unwrap();
    fs::write(folder.join("ny.md"), new).unwrap();
    fs::write(folder.join(name), vedtaegt(folder, ROOT, &["diff", "gammel.md", "ny.md", "--format", "html"])).unwrap();
}

/// Returns a text of 50 §§ with 100 points each; every tenth point has another word when `edited`.
fn large(edited: bool) -> String {
    let mut text = String::from("# Vedtægt\n\n## Kapitel 1. Opgaver\n");
    for section in 1..=50 {
        let _ = write!(text, "\n### Område {section}\n\n§ {section}. Udvalget varetager:\n\n");
        for point in 1..=100 {
            let word = if edited && point % 10 == 0 { "tilsyn" } else { "drift" };
            let _ = writeln!(text, "{point}) {word} og vedligehold af anlæg nummer {section}-{point} i kommunen,");
        }
    }
    text
}

#[test]
#[ignore = "needs Chromium, Node.js and npm ci, see the top of the file"]
fn the_pages_in_a_browser() {
    let tests = Path::new(ROOT).join("tests/browser");
    let installed = tests.join("node_modules/playwright-core").is_dir();
    assert!(installed, "the browser's driver is not installed: npm ci --prefix tests/browser");
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();

    vedtaegt(folder, ROOT, &["build", "--no-pdf", "--out", folder.join("output").to_str().unwrap()]);
    let city = Path::new(ROOT).join("tests/cases/city/holmen");
    let (city, out) = (city.to_str().unwrap(), folder.join("holmen"));
    vedtaegt(folder, city, &["build", "--no-pdf", "--out", out.to_str().unwrap()]);
    let current = vedtaegt(folder, ROOT, &["text", "current"]);
    fs::write(folder.join("gaeldende.md"), &current).unwrap();
    let current = String::from_utf8(current).unwrap();
    page(folder, "ens.html", &current, &current);
    page(folder, "stor.html", &large(false), &large(true));
    let hostile =
        "</script><script>window.ramt = 1</script><b>fed</b> <img src=x onerror=\"ramt = 1\"> ]]> &amp; '\" \u{202e}";
    let hostile = |word: &str| {
        format!(
            "# {hostile}\n\n## Kapitel 1. {hostile}\n\n### {hostile}\n\n§ 1. {word} {hostile}\n\n1) {hostile} {word}\n"
        )
    };
    page(folder, "fjendtlig.html", &hostile("før"), &hostile("nu"));
    // The last pair stays beside its page, to compare with.
    let amended = fs::read_to_string(folder.join("output/reading-2/styrelsesvedtaegt.md")).unwrap();
    page(folder, "diff.html", &current, &amended);

    let status = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .current_dir(&tests)
        .env("VEDTAEGT_PAGES", folder)
        .status()
        .expect("node must be installed");
    assert!(status.success(), "the browser tests failed, see above");
}
