//! Makes the view data from the tree, the redline and what the caller knows of each change.

use std::collections::BTreeMap;

use super::anchors::{Anchors, section_anchor};
use super::excerpt::{excerpt, words_of};
use super::frame::Frame;
use super::rows::rows;
use super::view::*;
use super::{places, words};
use crate::diff::{Change, Class, Redline};
use crate::document::units::units;
use crate::document::{Address, Bylaw};

impl BylawDoc {
    /// Makes the view of a bylaw.
    pub fn new(bylaw: &Bylaw, frame: Frame) -> BylawDoc {
        let mut anchors = Anchors::default();
        let lines = units(bylaw)
            .into_iter()
            .map(|unit| LineView {
                kind: unit.kind.name(),
                label: unit.label,
                text: unit.text.to_plain(),
                anchor: anchors.line(unit.kind, &unit.address, ""),
                section: section_anchor(&unit.address, ""),
                address: unit.address.to_string(),
                unit: unit.id.0,
            })
            .collect();
        BylawDoc { frame, lines }
    }
}

impl RedlineDoc {
    /// Makes the view of a redline. `infos[i]` tells of change `i`; what is missing is left empty.
    pub fn new(
        frame: Frame,
        redline: &Redline,
        infos: &[ChangeInfo],
        administrations: &[AdministrationInfo],
    ) -> RedlineDoc {
        let none = ChangeInfo::default();
        let info = |i: usize| infos.get(i).unwrap_or(&none);
        let rows = rows(redline, infos, administrations);
        let summary: Vec<SummaryRow> = redline
            .changes
            .iter()
            .enumerate()
            .map(|(i, change)| summary_row(redline, i, info(i), &rows, change))
            .collect();
        let by_administration = administrations
            .iter()
            .map(|a| {
                let mine = |i: &usize| info(*i).administrations.contains(&a.id);
                administration(a, (0..summary.len()).filter(mine).collect(), &summary)
            })
            .collect();
        let by_area = areas(infos, summary.len());
        let mut counts = Counts::default();
        for change in &redline.changes {
            match change.class {
                Class::Substance => counts.substance += 1,
                Class::Renaming => counts.renaming += 1,
                Class::Renumbering | Class::Reference | Class::Punctuation => counts.consequence += 1,
            }
        }
        let counted = words::counts(&counts);
        let (before, after) = (words::BEFORE.to_string(), words::AFTER.to_string());
        RedlineDoc {
            frame,
            before,
            after,
            counts,
            counted,
            groups: groups(redline, &summary),
            by_administration,
            by_area,
            sections: super::sections::sections(&rows, &summary),
            summary,
            rows,
        }
    }
}

impl TraceDoc {
    /// Makes the trace of a redline. `infos[i]` tells of change `i`; `clauses` are all clauses of the agreement.
    pub fn new(frame: Frame, redline: &Redline, infos: &[ChangeInfo], clauses: Vec<ClauseView>) -> TraceDoc {
        let none = ChangeInfo::default();
        let rows = redline
            .changes
            .iter()
            .enumerate()
            .map(|(i, change)| {
                let info = infos.get(i).unwrap_or(&none);
                let (before, after) = words_of(redline, i, change);
                TraceRow {
                    number: i + 1,
                    kind: info.kind.clone().unwrap_or_else(|| words::kind(change.kind).into()),
                    class: change.class.name(),
                    old: place(change.old.as_ref()),
                    new: place(change.new.as_ref()),
                    before,
                    after,
                    rules: info.rules.clone(),
                    clauses: info.clauses.clone(),
                    why: info.why.clone(),
                    effect: info.effect.clone(),
                }
            })
            .collect();
        TraceDoc { frame, rows, clauses, reservations: Reservations::default(), obligations: Vec::new() }
    }
}

fn summary_row(redline: &Redline, i: usize, info: &ChangeInfo, rows: &[RowView], change: &Change) -> SummaryRow {
    // A move is met where it arrives; everything else where it first shows.
    let shown = || change.rows.iter().filter_map(|r| rows.get(*r));
    let row = shown().find(|r| r.state == "moved-to").or_else(|| shown().next());
    SummaryRow {
        number: i + 1,
        kind: info.kind.clone().unwrap_or_else(|| words::kind(change.kind).into()),
        code: change.kind.name(),
        class: change.class.name(),
        old: place(change.old.as_ref()),
        new: place(change.new.as_ref()),
        words: excerpt(redline, i, change),
        committees: info.committees.clone(),
        why: info.why.clone(),
        rules: info.rules.clone(),
        clauses: info.clauses.clone(),
        effect: info.effect.clone(),
        anchor: row.map(|r| r.anchor.clone()).unwrap_or_default(),
    }
}

/// Gathers the changes by area, in the agreement's order; what belongs to none comes last.
fn areas(infos: &[ChangeInfo], changes: usize) -> Vec<AreaView> {
    let mut areas: BTreeMap<&AreaInfo, Vec<usize>> = BTreeMap::new();
    let mut none = Vec::new();
    for (i, info) in infos.iter().enumerate().take(changes) {
        info.areas.iter().for_each(|area| areas.entry(area).or_default().push(i));
        if info.areas.is_empty() {
            none.push(i);
        }
    }
    let rest = (!areas.is_empty() && !none.is_empty()).then(|| AreaView {
        id: "andet".into(),
        name: words::NO_AREA.into(),
        changes: none,
    });
    let view = |(area, changes): (&AreaInfo, Vec<usize>)| AreaView {
        id: area.number.to_string(),
        name: format!("{}. {}", area.number, area.title),
        changes,
    };
    areas.into_iter().map(view).chain(rest).collect()
}

/// Gathers what a reader takes in one go: the same reason and date; consequences by their kind.
fn groups(redline: &Redline, summary: &[SummaryRow]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut index: BTreeMap<(&'static str, String, String), usize> = BTreeMap::new();
    for (i, (change, row)) in redline.changes.iter().zip(summary).enumerate() {
        let (class, title, effect) = match change.class {
            Class::Substance => ("substance", row.why.clone(), row.effect.clone()),
            Class::Renaming => ("renaming", row.why.clone(), row.effect.clone()),
            class => ("consequence", words::class(class).to_string(), String::new()),
        };
        let at = *index.entry((class, title.clone(), effect.clone())).or_insert_with(|| {
            groups.push(Group {
                class,
                title,
                effect,
                clauses: Vec::new(),
                committees: Vec::new(),
                changes: Vec::new(),
                places: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.changes.push(i);
            for committee in &row.committees {
                if class != "consequence" && !group.committees.contains(committee) {
                    group.committees.push(committee.clone());
                }
            }
            for clause in &row.clauses {
                if class != "consequence" && !group.clauses.contains(clause) {
                    group.clauses.push(clause.clone());
                }
            }
        }
    }
    let order = |class: &str| ["substance", "renaming", "consequence"].iter().position(|c| *c == class);
    // What has no reason comes last in its class, and gets a name where others have one.
    groups.sort_by_key(|g| (order(g.class), g.title.is_empty(), natural(&g.title)));
    for i in 0..groups.len() {
        let others = groups.iter().any(|g| Some(g.class) == groups.get(i).map(|g| g.class) && !g.title.is_empty());
        if let Some(group) = groups.get_mut(i) {
            if others && group.title.is_empty() {
                group.title = words::OTHER.into();
            }
            group.clauses.sort_by_key(|c| natural(&c.id));
            group.places = places::places(summary, &group.changes);
        }
    }
    groups
}

fn administration(info: &AdministrationInfo, changes: Vec<usize>, summary: &[SummaryRow]) -> AdministrationView {
    let (follow, own): (Vec<usize>, Vec<usize>) =
        changes.iter().partition(|i| summary.get(**i).is_some_and(|row| words::follows(row.class)));
    let mut kinds: Vec<(&str, Vec<usize>)> = Vec::new();
    for (i, row) in own.iter().filter_map(|i| summary.get(*i).map(|row| (*i, row))) {
        match kinds.iter_mut().find(|(kind, _)| *kind == row.kind) {
            Some((_, changes)) => changes.push(i),
            None => kinds.push((&row.kind, vec![i])),
        }
    }
    AdministrationView {
        id: info.id.clone(),
        name: info.name.clone(),
        abbreviation: info.abbreviation.clone(),
        committee: info.committee.clone(),
        kinds: kinds
            .into_iter()
            .map(|(kind, changes)| KindView { kind: kind.into(), places: places::places(summary, &changes) })
            .collect(),
        consequences: follow.len(),
        changes,
    }
}

/// Orders ids as people count: `5.2` before `5.10`.
pub(super) fn natural(id: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0u64)];
    for c in id.chars() {
        let Some(last) = parts.last_mut() else { break };
        match c.to_digit(10) {
            Some(digit) => last.1 = last.1.saturating_mul(10).saturating_add(u64::from(digit)),
            None if last.1 > 0 => parts.push((c.to_string(), 0)),
            None => last.0.push(c),
        }
    }
    parts
}

fn place(address: Option<&Address>) -> String {
    address.map(Address::to_string).unwrap_or_default()
}
