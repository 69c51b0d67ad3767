//! How long it takes to check a project, and to compare two texts at 1×, 10× and 100× the Copenhagen bylaw, beside the
//! tools that a user would pick instead. `cargo bench`; see benches/README.md.

#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use vedtaegt::check::{Checked, check};
use vedtaegt::diag::Findings;
use vedtaegt::diff::{Identity, NoCauses, compare};
use vedtaegt::document::print::markdown;
use vedtaegt::document::{Block, Bylaw, NodeId, OriginKind, Text};
use vedtaegt::model::{Model, Version};
use vedtaegt::parse::loose;
use vedtaegt::rules;
use vedtaegt::world::Disk;

const SCALES: [usize; 3] = [1, 10, 100];

/// Reads, checks and compiles every version of the project.
fn project() -> Checked {
    let disk = Disk::open(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut findings = Findings::default();
    let (_, rules) = rules::load(&disk, &mut findings);
    let checked = check(Model::new(rules.unwrap(), &mut findings), &mut findings).unwrap();
    assert!(!findings.has_errors());
    checked
}

/// Repeats the chapters; each copy has ids and numbers of its own, and about every seventh long word is another.
fn scaled(bylaw: &Bylaw, copies: usize) -> Bylaw {
    let sections: usize = bylaw.chapters.iter().map(|c| c.sections.len()).sum();
    let mut out = bylaw.clone();
    for copy in 1..copies {
        for chapter in &bylaw.chapters {
            let mut chapter = chapter.clone();
            rename(&mut chapter.id, copy);
            reword(&mut chapter.title, copy);
            chapter.number = shifted(&chapter.number, copy * bylaw.chapters.len());
            for section in &mut chapter.sections {
                rename(&mut section.id, copy);
                section.number = shifted(&section.number, copy * (sections + 10));
                section.heading.iter_mut().for_each(|heading| reword(heading, copy));
                for subsection in &mut section.subsections {
                    rename(&mut subsection.id, copy);
                    for block in &mut subsection.blocks {
                        match block {
                            Block::Text(paragraph) => {
                                rename(&mut paragraph.id, copy);
                                reword(&mut paragraph.text, copy);
                            }
                            Block::List(points) => {
                                for point in points {
                                    rename(&mut point.id, copy);
                                    reword(&mut point.text, copy);
                                    for letter in &mut point.letters {
                                        rename(&mut letter.id, copy);
                                        reword(&mut letter.text, copy);
                                    }
                                }
                            }
                        }
                    }
                }
            }
            out.chapters.push(chapter);
        }
    }
    out
}

fn rename(id: &mut NodeId, copy: usize) {
    id.0 = format!("k{copy}/{}", id.0);
}

/// Adds to the number and keeps the letter: `7 a` becomes `107 a`.
fn shifted(number: &str, by: usize) -> String {
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let (digits, rest) = number.split_at(digits);
    digits.parse::<usize>().map_or_else(|_| number.to_string(), |n| format!("{}{rest}", n + by))
}

/// Changes words by what they are and which copy it is, so that both texts change alike.
fn reword(text: &mut Text, copy: usize) {
    for run in &mut text.0 {
        if let OriginKind::Reference(ids) = &mut run.origin.kind {
            ids.iter_mut().for_each(|id| rename(id, copy));
        }
        let words: Vec<String> = run
            .text
            .split(' ')
            .map(|word| {
                let long = word.chars().count() >= 5 && word.chars().all(|c| c.is_alphabetic() && c.is_lowercase());
                let sum = word.bytes().fold(copy as u32, |h, b| (h ^ u32::from(b)).wrapping_mul(16_777_619));
                if long && sum % 100 < 15 { format!("{}{word}", PREFIXES[sum as usize % 10]) } else { word.to_string() }
            })
            .collect();
        run.text = words.join(" ");
    }
}

const PREFIXES: [&str; 10] = ["nord", "syd", "øst", "vest", "skov", "strand", "mark", "bakke", "fjord", "hede"];

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
