//! How long an instrument takes to derive, to print, to read and to carry out, at 1×, 10× and 100× the Copenhagen bylaw.

#![allow(clippy::unwrap_used, missing_docs)]

mod city;

use city::{SCALES, project, scaled};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use vedtaegt::document::print::markdown;
use vedtaegt::instrument::apply::{When, apply};
use vedtaegt::instrument::derive::{Step, derive};
use vedtaegt::instrument::{print, read, text};
use vedtaegt::model::Version;

fn instrument(c: &mut Criterion) {
    let checked = project();
    let version = |version| &checked.version(version).unwrap().bylaw;
    let (old, new) = (version(Version::in_force()), version(Version::reading(checked.model.last_reading())));
    let mut group = c.benchmark_group("instrument");
    group.sample_size(10);
    for scale in SCALES {
        let (old, new) = (scaled(old, scale), scaled(new, scale));
        let step = Step { effect: None, before: &old, after: &new, redline: None };
        let made = derive(&[step]).instrument;
        let printed = print::markdown(&made, "");
        let (orders, unread) = read::read(&printed);
        assert!(unread.iter().all(|u| !u.is_error()), "{unread:?}");
        let before = text::read(&markdown(&old));
        let items: usize = orders.parts.iter().map(|p| p.items.len()).sum();
        eprintln!("{scale}×: {items} items");
        assert_eq!(text::print(&apply(&orders, &before, When::Always).unwrap()), markdown(&new));
        group.bench_with_input(BenchmarkId::new("derive", scale), &scale, |b, _| {
            b.iter(|| black_box(derive(&[step])));
        });
        group.bench_with_input(BenchmarkId::new("print", scale), &scale, |b, _| {
            b.iter(|| black_box(print::markdown(&made, "")));
        });
        group.bench_with_input(BenchmarkId::new("read", scale), &scale, |b, _| {
            b.iter(|| black_box(read::read(&printed)));
        });
        group.bench_with_input(BenchmarkId::new("apply", scale), &scale, |b, _| {
            b.iter(|| black_box(apply(&orders, &before, When::Always).unwrap()));
        });
    }
    group.finish();
}

criterion_group!(benches, instrument);
criterion_main!(benches);
