//! How long it takes to check a project, and to compare two texts at 1×, 10× and 100× the Copenhagen bylaw, beside the
//! tools that a user would pick instead. `cargo bench`; see benches/README.md.

#![allow(clippy::unwrap_used, missing_docs)]

mod city;

use city::{SCALES, project, scaled};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use vedtaegt::diff::{Identity, NoCauses, compare};
use vedtaegt::document::print::markdown;
use vedtaegt::model::Version;
use vedtaegt::parse::loose;

fn checking(c: &mut Criterion) {
    c.bench_function("load, check and compile every version", |b| b.iter(|| black_box(project())));
}

fn comparing(c: &mut Criterion) {
    let checked = project();
    let text = |version| &checked.version(version).unwrap().bylaw;
    let (old, new) = (text(Version::in_force()), text(Version::reading(checked.model.last_reading())));
    let folder = tempfile::tempdir().unwrap();
    let mut group = c.benchmark_group("compare");
    group.sample_size(10);
    for scale in SCALES {
        let (old, new) = (scaled(old, scale), scaled(new, scale));
        group.bench_with_input(BenchmarkId::new("ids known", scale), &scale, |b, _| {
            b.iter(|| black_box(compare(&old, &new, Identity::Known, &NoCauses)));
        });
        let (old, new) = (markdown(&old), markdown(&new));
        let words = old.split_whitespace().count();
        eprintln!("{scale}×: {words} words before, {} after", new.split_whitespace().count());
        let read = (loose::read(&old).0, loose::read(&new).0);
        group.bench_with_input(BenchmarkId::new("from files", scale), &scale, |b, _| {
            b.iter(|| black_box(compare(&read.0, &read.1, Identity::Unknown, &NoCauses)));
        });
        let (a, b) = (folder.path().join(format!("old-{scale}.md")), folder.path().join(format!("new-{scale}.md")));
        std::fs::write(&a, &old).unwrap();
        std::fs::write(&b, &new).unwrap();
        for (name, program, args) in PEERS {
            if !runs(program) {
                eprintln!("{name} is not here and is left out");
                continue;
            }
            group.bench_with_input(BenchmarkId::new(name, scale), &scale, |bench, _| {
                bench.iter(|| peer(program, args, &a, &b));
            });
        }
    }
    group.finish();
}

/// Tools that mark words, as processes: their start is in the time.
const PEERS: [(&str, &str, &[&str]); 2] = [
    (
        "git diff --word-diff (process)",
        "git",
        &["diff", "--no-index", "--word-diff=porcelain", "-U100000", "--diff-algorithm=histogram"],
    ),
    ("wdiff (process)", "wdiff", &[]),
];

fn runs(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn peer(program: &str, args: &[&str], old: &Path, new: &Path) {
    // Both end with 1 when the files differ.
    let status = Command::new(program).args(args).args([old, new]).stdout(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(1));
}

criterion_group!(benches, checking, comparing);
criterion_main!(benches);
