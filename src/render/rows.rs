//! The lines of the redline as a reader sees them: marks, signs, notes, and whom they touch.

use std::collections::{BTreeMap, BTreeSet};

use super::anchors::{Anchors, here, sections};
use super::view::{AdministrationInfo, ChangeInfo, RowView, Seg};
use super::words;
use crate::diff::{Redline, Row, RowState, Segment, SegmentOp};
use crate::lang::danish;

/// Makes the lines of a redline.
pub fn rows(redline: &Redline, infos: &[ChangeInfo], administrations: &[AdministrationInfo]) -> Vec<RowView> {
    let mut anchors = Anchors::default();
    let sections = sections(&redline.rows);
    let names: Vec<String> = redline
        .rows
        .iter()
        .map(|row| match here(row) {
            Some(address) => anchors.line(row.kind, address, if row.in_new() { "" } else { "tidligere-" }),
            None => anchors.unique("linje".into()),
        })
        .collect();
    let mut ends: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for (i, row) in redline.rows.iter().enumerate() {
        if let (RowState::MovedFrom | RowState::MovedTo, Some(new)) = (row.state, &row.new) {
            ends.entry((new.id.as_str(), row.in_new())).or_insert(i);
        }
    }
    let other = |row: &Row| {
        let new = row.new.as_ref()?;
        ends.get(&(new.id.as_str(), !row.in_new())).copied()
    };
    redline
        .rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let moved = matches!(row.state, RowState::MovedFrom | RowState::MovedTo);
            let end = if moved { other(row) } else { None };
            RowView {
                kind: row.kind.name(),
                state: state(row.state),
                unit: unit(row),
                anchor: names.get(i).cloned().unwrap_or_default(),
                section: sections.get(i).cloned().unwrap_or_default(),
                sign: sign(row, i, end),
                consequence: is_consequence(row),
                label: row.label.iter().map(seg).collect(),
                text: row.text.iter().map(seg).collect(),
                note: words::note(redline, row),
                other: end.and_then(|e| names.get(e).cloned()),
                from: later(row, infos),
                changes: row.changes.clone(),
                numbers: numbers(redline, row),
                administrations: touched(row, infos, administrations),
            }
        })
        .collect()
}

fn numbers(redline: &Redline, row: &Row) -> Vec<usize> {
    let follows = |c: &&usize| redline.changes.get(**c).is_some_and(|c| c.class.is_consequence());
    let own: Vec<usize> = row.changes.iter().filter(|c| !follows(c)).copied().collect();
    if own.is_empty() { row.changes.clone() } else { own }
}

fn touched(row: &Row, infos: &[ChangeInfo], administrations: &[AdministrationInfo]) -> Vec<usize> {
    let ids: BTreeSet<&str> = row
        .changes
        .iter()
        .filter_map(|c| infos.get(*c))
        .flat_map(|info| info.administrations.iter().map(String::as_str))
        .collect();
    (0..administrations.len())
        .filter(|i| administrations.get(*i).is_some_and(|a| ids.contains(a.id.as_str())))
        .collect()
}

fn later(row: &Row, infos: &[ChangeInfo]) -> Option<String> {
    let mut marks: Vec<String> = Vec::new();
    for mark in row.changes.iter().filter_map(|c| infos.get(*c)).filter_map(|info| info.later.clone()) {
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    (!marks.is_empty()).then(|| danish::join(&marks))
}

fn seg(segment: &Segment) -> Seg {
    let op = match segment.op {
        SegmentOp::Keep => "keep",
        SegmentOp::Delete => "delete",
        SegmentOp::Insert => "insert",
    };
    let kept = segment.op == SegmentOp::Keep;
    Seg { op, class: if kept { "" } else { segment.class.name() }, text: segment.text.clone(), change: segment.change }
}

fn state(state: RowState) -> &'static str {
    match state {
        RowState::Kept => "kept",
        RowState::Inserted => "inserted",
        RowState::Deleted => "deleted",
        RowState::MovedFrom => "moved-from",
        RowState::MovedTo => "moved-to",
    }
}

fn marks(row: &Row) -> impl Iterator<Item = &Segment> {
    row.label.iter().chain(&row.text).filter(|s| s.op != SegmentOp::Keep)
}

fn is_consequence(row: &Row) -> bool {
    row.state == RowState::Kept && row.is_marked() && marks(row).all(|s| s.class.is_consequence())
}

/// Returns the sign in the margin; an arrow points the way the line went.
fn sign(row: &Row, at: usize, other: Option<usize>) -> &'static str {
    match row.state {
        RowState::Kept if row.is_marked() => "~",
        RowState::Kept => "",
        RowState::Inserted => "+",
        RowState::Deleted => "−",
        RowState::MovedFrom if other.is_some_and(|o| o < at) => "↑",
        RowState::MovedFrom => "↓",
        RowState::MovedTo if other.is_some_and(|o| o > at) => "↑",
        RowState::MovedTo => "↓",
    }
}

fn unit(row: &Row) -> String {
    let (first, second) = if row.in_new() { (&row.new, &row.old) } else { (&row.old, &row.new) };
    first.as_ref().or(second.as_ref()).map(|s| s.id.0.clone()).unwrap_or_default()
}
