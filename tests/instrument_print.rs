//! How an instrument is printed: a folder for each formula in `tests/cases/instrument/print`, with the text before, the
//! text after and the items that make the one the other. `UPDATE=1` writes what is printed now; read it before it is kept.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

use std::path::{Path, PathBuf};
use vedtaegt::diff::{Identity, NoCauses, compare};
use vedtaegt::document::Bylaw;
use vedtaegt::document::print::markdown;
use vedtaegt::instrument::apply::{When, apply};
use vedtaegt::instrument::derive::{Step, derive, identify};
use vedtaegt::instrument::{print, read, text};
use vedtaegt::parse::loose;

fn bylaw(folder: &Path, name: &str) -> Bylaw {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let (bylaw, _) = loose::read(&text);
    assert_eq!(markdown(&bylaw), text, "{} is not in the profile", folder.join(name).display());
    bylaw
}

/// Prints the items that make the text before the text after, and proves that they do.
fn printed(folder: &Path) -> String {
    let (before, mut after) = (bylaw(folder, "before.md"), bylaw(folder, "after.md"));
    let redline = compare(&before, &after, Identity::Unknown, &NoCauses);
    identify(&mut after, &redline);
    let step = Step { effect: None, before: &before, after: &after, redline: None };
    let mut instrument = derive(&[step]).instrument;
    instrument.title = "Forslag".into();
    let out = print::markdown(&instrument, "");
    let (orders, unread) = read::read(&out);
    assert!(!unread.iter().any(|u| u.is_error()), "{}: {unread:?}\n{out}", folder.display());
    let found = apply(&orders, &text::read(&markdown(&before)), When::Always);
    let found = found.map(|t| text::print(&t));
    assert_eq!(found.as_deref(), Ok(markdown(&after).as_str()), "{}\n{out}", folder.display());
    out.trim_start_matches("# Forslag\n\n## § 1\n\n").to_string()
}

#[test]
fn every_formula() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/instrument/print");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 30, "where are the cases?");
    let mut wrong = Vec::new();
    for folder in folders {
        let (file, found) = (folder.join("expected.md"), printed(&folder));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if expected != found {
            wrong.push(format!("{}\n--- expected\n{expected}--- printed\n{found}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
