//! The changes § by §, as a reviewer goes through them: what happens in each, why, and from when.

use std::collections::BTreeSet;

use super::places;
use super::view::{RowView, SectionGroup, SectionView, Seg, SummaryRow};
use super::words;

/// Gathers the changes of a redline under the §§ in which they show; what moved shows in both.
pub fn sections(rows: &[RowView], summary: &[SummaryRow]) -> Vec<SectionView> {
    let mut out: Vec<SectionView> = Vec::new();
    let mut at = 0;
    while let Some(first) = rows.get(at) {
        let end = rows.iter().skip(at).position(|r| r.section != first.section).map_or(rows.len(), |n| at + n);
        let own = rows.get(at..end).unwrap_or_default();
        at = end;
        let changes: BTreeSet<usize> = own.iter().flat_map(|r| r.changes.iter().copied()).collect();
        if changes.is_empty() {
            continue;
        }
        // A § that a line from elsewhere interrupts is still one.
        match out.iter_mut().find(|s| !first.section.is_empty() && s.section == first.section) {
            Some(section) => section.changes.extend(changes),
            None => out.push(SectionView {
                section: first.section.clone(),
                anchor: own.iter().find(|r| !r.changes.is_empty()).map(|r| r.anchor.clone()).unwrap_or_default(),
                place: place(own),
                title: title(own),
                changes: changes.into_iter().collect(),
                groups: Vec::new(),
                follows: Vec::new(),
            }),
        }
    }
    for section in &mut out {
        section.changes.sort_unstable();
        section.changes.dedup();
        let row = |i: &usize| summary.get(*i);
        let (follows, own): (Vec<usize>, Vec<usize>) =
            section.changes.iter().partition(|i| row(i).is_some_and(|r| words::follows(r.class)));
        section.follows = places::places(summary, &follows);
        section.groups = groups(&own, summary);
    }
    out
}

fn groups(changes: &[usize], summary: &[SummaryRow]) -> Vec<SectionGroup> {
    let mut out: Vec<SectionGroup> = Vec::new();
    for (i, row) in changes.iter().filter_map(|i| summary.get(*i).map(|row| (*i, row))) {
        match out.iter_mut().find(|g| g.title == row.why && g.effect == row.effect) {
            Some(group) => {
                group.changes.push(i);
                for clause in &row.clauses {
                    if !group.clauses.contains(&clause.id) {
                        group.clauses.push(clause.id.clone());
                    }
                }
            }
            None => out.push(SectionGroup {
                title: row.why.clone(),
                effect: row.effect.clone(),
                clauses: row.clauses.iter().map(|c| c.id.clone()).collect(),
                changes: vec![i],
            }),
        }
    }
    for group in &mut out {
        group.clauses.sort_by_key(|id| super::build::natural(id));
    }
    out
}

/// Names the § as it is now, and as it was where that is another number.
fn place(rows: &[RowView]) -> String {
    let Some(row) = rows.iter().find(|r| r.kind == "subsection") else {
        let plain = |r: &RowView| side(&r.label, "insert") + &side(&r.text, "insert");
        let kind = rows.first().map_or("", |r| r.kind);
        return match kind {
            "title" => "Titlen".into(),
            "preamble" => "Indledningen".into(),
            _ => rows.first().map(plain).unwrap_or_default(),
        };
    };
    let number = |op| side(&row.label, op).trim().trim_end_matches('.').to_string();
    let (old, new) = match row.state {
        "inserted" => (String::new(), number("insert")),
        "deleted" => (number("delete"), String::new()),
        _ => (number("delete"), number("insert")),
    };
    match (old.as_str(), new.as_str()) {
        (old, "") => old.to_string(),
        (old, new) if old == new || old.is_empty() => new.to_string(),
        (old, new) => format!("{new} (hidtil {old})"),
    }
}

/// Returns the heading over the §, as it reads afterwards.
fn title(rows: &[RowView]) -> String {
    let heading = rows.iter().find(|r| r.kind == "heading");
    let text = |op| heading.map(|r| side(&r.text, op)).unwrap_or_default();
    let new = text("insert");
    if new.trim().is_empty() { text("delete") } else { new }
}

fn side(segments: &[Seg], op: &str) -> String {
    segments.iter().filter(|s| s.op == "keep" || s.op == op).map(|s| s.text.as_str()).collect()
}
