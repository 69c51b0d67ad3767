//! The redline of every project here against the truth: which rule touched which word, found by doing the rules one at a
//! time. Nothing of `vedtaegt::diff` but its result is used, and every measure must be perfect.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod measure;
mod stamp;

use measure::{Measures, measure};
use stamp::Stamped;
use std::path::PathBuf;
use vedtaegt::check::{Checked, check};
use vedtaegt::diag::Findings;
use vedtaegt::diff::{Cause, ChangeKind, Identity, Redline, RowState, SegmentOp, compare};
use vedtaegt::model::{Model, Version};
use vedtaegt::output::StateCauses;
use vedtaegt::rules;
use vedtaegt::template::Templates;
use vedtaegt::world::Disk;

struct Project {
    checked: Checked,
    templates: Templates,
}

fn project(folder: &str) -> Project {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let disk = Disk::open(path).unwrap();
    let mut findings = Findings::default();
    let (_, rules) = rules::load(&disk, &mut findings);
    let rules = rules.unwrap();
    let templates = Templates::load(&rules, &mut findings).unwrap();
    let checked = check(Model::new(rules, &mut findings), &mut findings).unwrap();
    assert!(!findings.has_errors());
    Project { checked, templates }
}

impl Project {
    /// Returns the redline between two versions as the program makes it, and the truth.
    fn pair(&self, old: Version, new: Version) -> (Redline, Stamped) {
        let (a, b) = (self.checked.version(old).unwrap(), self.checked.version(new).unwrap());
        let causes = StateCauses { model: &self.checked.model, state: &b.state };
        let redline = compare(&a.bylaw, &b.bylaw, Identity::Known, &causes);
        let truth = Stamped::new(&self.checked.model, &self.templates, old, new);
        assert_eq!(truth.last, measure::lines(&b.bylaw), "the rules one at a time come to what they come to together");
        (redline, truth)
    }

    /// Returns what is compared: both readings with the text in force, the second with the first, every date.
    fn pairs(&self, dates_too: bool) -> Vec<(Version, Version)> {
        let model = &self.checked.model;
        let readings: Vec<Version> = model.rules.readings.iter().map(|r| Version::reading(r.number.value)).collect();
        let mut out: Vec<_> = readings.iter().map(|&r| (Version::in_force(), r)).collect();
        out.extend(readings.windows(2).map(|w| (w[0], w[1])));
        if !dates_too {
            return out;
        }
        let dates = model.dates(model.last_reading());
        let on: Vec<Version> = dates.iter().map(|&d| Version::on(d, model.last_reading())).collect();
        out.extend(on.first().map(|&first| (Version::in_force(), first)));
        out.extend(on.windows(2).map(|w| (w[0], w[1])));
        out
    }
}

fn perfect(folder: &str, dates: bool) {
    let project = project(folder);
    let mut seen = 0;
    for (old, new) in project.pairs(dates) {
        let (redline, truth) = project.pair(old, new);
        let found = measure(&redline, &truth);
        assert!(found.is_perfect(), "{folder}: {old:?} → {new:?}\n{found}");
        seen += found.marked;
    }
    assert!(seen > 0, "{folder}: nothing was compared");
}

#[test]
fn copenhagen() {
    perfect("", false);
}

#[test]
#[ignore = "compiles the whole text some hundred times"]
fn copenhagen_on_every_date() {
    perfect("", true);
}

#[test]
fn lyngvig() {
    perfect("tests/cases/city/lyngvig", true);
}

#[test]
fn holmen() {
    perfect("tests/cases/city/holmen", true);
}

/// Every measure falls when the redline is damaged in the way it is there for; one that did not would measure nothing.
#[test]
fn damage_is_measured() {
    let project = project("tests/cases/city/lyngvig");
    let last = Version::reading(project.checked.model.last_reading());
    let (redline, truth) = project.pair(Version::in_force(), last);
    let damaged = |what: &str, damage: &dyn Fn(&mut Redline)| -> Measures {
        let mut copy = redline.clone();
        damage(&mut copy);
        assert_ne!(copy, redline, "{what}: nothing was damaged");
        let found = measure(&copy, &truth);
        assert!(!found.is_perfect(), "{what}: {found}");
        found
    };
    let text = |r: &Redline, op: SegmentOp, state: RowState| {
        let fits = |s: &vedtaegt::diff::Segment| s.op == op && s.text.trim().len() > 3;
        let row = r.rows.iter().position(|row| row.state == state && row.text.iter().any(fits)).unwrap();
        (row, r.rows[row].text.iter().position(fits).unwrap())
    };

    let lost = damaged("a mark is lost", &|r| {
        let (row, at) = text(r, SegmentOp::Insert, RowState::Kept);
        r.rows[row].text[at].op = SegmentOp::Keep;
    });
    assert!(lost.recall() < 1.0 && lost.reject > 0);

    let word = damaged("a kept word is marked", &|r| {
        let (row, at) = text(r, SegmentOp::Keep, RowState::Kept);
        let kept = r.rows[row].text.remove(at);
        for op in [SegmentOp::Insert, SegmentOp::Delete] {
            r.rows[row].text.insert(at, vedtaegt::diff::Segment { op, ..kept.clone() });
        }
    });
    assert!(word.precision() < 1.0 && word.accept + word.reject == 0);

    let moves = damaged("a move is a deletion and an insertion", &|r| {
        for row in &mut r.rows {
            let (state, op) = match row.state {
                RowState::MovedFrom => (RowState::Deleted, SegmentOp::Delete),
                RowState::MovedTo => (RowState::Inserted, SegmentOp::Insert),
                _ => continue,
            };
            row.state = state;
            row.label.iter_mut().chain(&mut row.text).for_each(|s| s.op = op);
        }
    });
    assert!(moves.moves_shown < moves.moves);

    let hidden = damaged("an edit hides in a move", &|r| {
        let row = r.rows.iter_mut().find(|row| row.state == RowState::MovedTo);
        let row = row.unwrap();
        row.text.iter_mut().chain(&mut row.label).for_each(|s| s.op = SegmentOp::Keep);
    });
    assert!(hidden.hidden > 0);

    let split = damaged("a word is cut", &|r| {
        let (row, at) = text(r, SegmentOp::Keep, RowState::Kept);
        let row = &mut r.rows[row].text;
        let mut tail = row[at].clone();
        let half = tail.text.char_indices().nth(2).unwrap().0;
        row[at].text.truncate(half);
        tail.text.drain(..half);
        tail.op = SegmentOp::Insert;
        row.insert(at + 1, tail);
    });
    assert!(split.split > 0);

    let swapped = damaged("two lines exchange what they say they were", &|r| {
        let kept: Vec<usize> = (0..r.rows.len()).filter(|&i| r.rows[i].state == RowState::Kept).collect();
        let (a, b) = (kept[3], kept[4]);
        let (x, y) = (r.rows[a].old.clone(), r.rows[b].old.clone());
        (r.rows[a].old, r.rows[b].old) = (y, x);
    });
    assert!(swapped.mispaired > 0);

    let cause = damaged("a change names another rule", &|r| {
        let at = r.changes.iter().position(|c| matches!(c.causes.as_slice(), [Cause::Clause(_)])).unwrap();
        let other = r.changes.iter().find_map(|c| match c.causes.as_slice() {
            [cause @ Cause::Clause(_)] if *cause != r.changes[at].causes[0] => Some(cause.clone()),
            _ => None,
        });
        r.changes[at].causes = vec![other.unwrap()];
    });
    assert!(cause.wrong_causes > 0);

    let nameless = damaged("a change names no rule", &|r| {
        let at = r.changes.iter().position(|c| c.kind == ChangeKind::Renumber).unwrap();
        r.changes[at].causes.clear();
    });
    assert!(nameless.wrong_causes > 0);
}
