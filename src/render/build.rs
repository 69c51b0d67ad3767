//! Makes the view data from the tree, the redline and what the caller knows of each change.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::Frame;
use super::places;
use super::view::*;
use super::words;
use crate::lang::danish;
use crate::diff::{Change, Class, Redline, Row, RowState, Segment, SegmentOp};
use crate::document::units::{UnitKind, units};
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
            .map(|(i, change)| summary_row(i, change, info(i), &rows))
            .collect();
        let by_administration = administrations
            .iter()
            .map(|a| {
                let mine = |i: &usize| info(*i).administrations.contains(&a.id);
                administration(a, (0..summary.len()).filter(mine).collect(), &summary)
            })
            .collect();
        let mut counts = Counts::default();
        for change in &redline.changes {
            match change.class {
                Class::Substance => counts.substance += 1,
                Class::Renaming => counts.renaming += 1,
                Class::Renumbering | Class::Reference | Class::Punctuation => counts.consequence += 1,
            }
        }
        let counted = words::counts(&counts);
        RedlineDoc { frame, counts, counted, groups: groups(redline, &summary), summary, by_administration, rows }
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
        TraceDoc { frame, rows, clauses }
    }
}

fn summary_row(i: usize, change: &Change, info: &ChangeInfo, rows: &[RowView]) -> SummaryRow {
    // A move is met where it arrives; everything else where it first shows.
    let shown = || change.rows.iter().filter_map(|r| rows.get(*r));
    let row = shown().find(|r| r.state == "moved-to").or_else(|| shown().next());
    SummaryRow {
        number: i + 1,
        kind: info.kind.clone().unwrap_or_else(|| words::kind(change.kind).into()),
        class: change.class.name(),
        old: place(change.old.as_ref()),
        new: place(change.new.as_ref()),
        committees: info.committees.clone(),
        why: info.why.clone(),
        clauses: info.clauses.clone(),
        effect: info.effect.clone(),
        anchor: row.map(|r| r.anchor.clone()).unwrap_or_default(),
    }
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
                changes: Vec::new(),
                places: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.changes.push(i);
            for clause in &row.clauses {
                if class != "consequence" && !group.clauses.contains(clause) {
                    group.clauses.push(clause.clone());
                }
            }
        }
    }
    let order = |class: &str| ["substance", "renaming", "consequence"].iter().position(|c| *c == class);
    // What has no reason comes last in its class, and gets a name where others have one.
    groups.sort_by_key(|g| (order(g.class), g.title.is_empty()));
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
        kinds: kinds
            .into_iter()
            .map(|(kind, changes)| KindView { kind: kind.into(), places: places::places(summary, &changes) })
            .collect(),
        consequences: follow.len(),
        changes,
    }
}

/// Orders ids as people count: `5.2` before `5.10`.
fn natural(id: &str) -> Vec<(String, u64)> {
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

fn rows(redline: &Redline, infos: &[ChangeInfo], administrations: &[AdministrationInfo]) -> Vec<RowView> {
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
                note: note(row),
                other: end.and_then(|e| names.get(e).cloned()),
                from: later(row, infos),
                changes: row.changes.clone(),
                administrations: touched(row, infos, administrations),
            }
        })
        .collect()
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
    Seg {
        op,
        class: if kept { "" } else { segment.class.name() },
        text: segment.text.clone(),
        change: segment.change,
    }
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

fn note(row: &Row) -> Option<String> {
    let (word, side) = match row.state {
        RowState::MovedFrom => ("flyttet til", &row.new),
        RowState::MovedTo => ("flyttet fra", &row.old),
        RowState::Kept | RowState::Inserted | RowState::Deleted => return None,
    };
    let address = side.as_ref().map(|s| s.address.to_string()).unwrap_or_default();
    Some(if address.is_empty() { "flyttet".into() } else { format!("{word} {address}") })
}

/// Returns the place of a row in the text it stands in.
fn here(row: &Row) -> Option<&Address> {
    let (first, second) = if row.in_new() { (&row.new, &row.old) } else { (&row.old, &row.new) };
    first.as_ref().or(second.as_ref()).map(|s| &s.address)
}

fn unit(row: &Row) -> String {
    let (first, second) = if row.in_new() { (&row.new, &row.old) } else { (&row.old, &row.new) };
    first.as_ref().or(second.as_ref()).map(|s| s.id.0.clone()).unwrap_or_default()
}

/// Returns for each row the name of the § it is shown under: neighbours with the same § share one.
fn sections(rows: &[Row]) -> Vec<String> {
    let id = |row: &Row| {
        let side = if row.in_new() { row.new.as_ref() } else { row.old.as_ref() };
        side.map(|s| s.section.0.clone()).unwrap_or_default()
    };
    let mut out = Vec::with_capacity(rows.len());
    let mut used = BTreeMap::new();
    let mut start = 0;
    while let Some(first) = rows.get(start) {
        let section = id(first);
        let run = rows.iter().skip(start).take_while(|r| id(r) == section).count().max(1);
        let group = || rows.iter().skip(start).take(run);
        let name = if section.is_empty() {
            String::new()
        } else {
            let lead = group().find(|r| r.in_new());
            let prefix = if lead.is_some() { "" } else { "tidligere-" };
            let address = lead.or(group().next()).and_then(here).cloned().unwrap_or_default();
            let name = section_anchor(&address, prefix);
            unique(&mut used, if name.is_empty() { "par".into() } else { name })
        };
        out.extend(std::iter::repeat_n(name, run));
        start += run;
    }
    out
}

/// Returns the words that go and the words that come with a change.
fn words_of(redline: &Redline, index: usize, change: &Change) -> (String, String) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in change.rows.iter().filter_map(|r| redline.rows.get(*r)) {
        let whole = |op| {
            let pick = |s: &&Segment| s.op == SegmentOp::Keep || s.op == op;
            let text = |segs: &[Segment]| segs.iter().filter(pick).map(|s| s.text.as_str()).collect::<String>();
            format!("{} {}", text(&row.label), text(&row.text)).trim().to_string()
        };
        let part = |op| {
            let mine = |s: &&Segment| s.op == op && s.change.is_none_or(|c| c == index);
            marks(row).filter(mine).map(|s| s.text.trim()).collect::<Vec<_>>().join(" … ")
        };
        match row.state {
            RowState::Inserted | RowState::MovedTo => after.push(whole(SegmentOp::Insert)),
            RowState::Deleted | RowState::MovedFrom => before.push(whole(SegmentOp::Delete)),
            RowState::Kept => {
                before.push(part(SegmentOp::Delete));
                after.push(part(SegmentOp::Insert));
            }
        }
    }
    (distinct(before), distinct(after))
}

/// Joins the words of several places, one a line; the same words in many places stand once.
fn distinct(parts: Vec<String>) -> String {
    let mut seen = BTreeSet::new();
    parts.into_iter().filter(|p| !p.is_empty() && seen.insert(p.clone())).collect::<Vec<_>>().join("\n")
}

fn place(address: Option<&Address>) -> String {
    address.map(Address::to_string).unwrap_or_default()
}

/// Hands out names for lines to link to, each once.
#[derive(Default)]
struct Anchors {
    used: BTreeMap<String, usize>,
}

impl Anchors {
    fn line(&mut self, kind: UnitKind, address: &Address, prefix: &str) -> String {
        let section = section_anchor(address, "");
        let name = match kind {
            UnitKind::Title => "titel".to_string(),
            UnitKind::Preamble => "indledning".to_string(),
            UnitKind::Chapter => format!("kapitel-{}", slug(address.chapter.as_deref().unwrap_or_default())),
            UnitKind::Heading => format!("{section}-rubrik"),
            UnitKind::Subsection | UnitKind::Text | UnitKind::Point | UnitKind::Letter => {
                let mut name = format!("{section}-stk-{}", address.subsection.unwrap_or(1));
                if let Some(n) = address.point {
                    name.push_str(&format!("-nr-{n}"));
                }
                if let Some(letter) = &address.letter {
                    name.push_str(&format!("-litra-{}", slug(letter)));
                }
                name
            }
        };
        self.unique(format!("{prefix}{name}"))
    }

    fn unique(&mut self, name: String) -> String {
        unique(&mut self.used, name)
    }
}

fn unique(used: &mut BTreeMap<String, usize>, name: String) -> String {
    let mut n = used.get(&name).copied().unwrap_or(0);
    loop {
        n += 1;
        let candidate = if n == 1 { name.clone() } else { format!("{name}_{n}") };
        if n == 1 || !used.contains_key(&candidate) {
            used.insert(name, n);
            used.entry(candidate.clone()).or_insert(1);
            return candidate;
        }
    }
}

fn section_anchor(address: &Address, prefix: &str) -> String {
    match &address.section {
        Some(number) => format!("{prefix}par-{}", slug(number)),
        None => String::new(),
    }
}

fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_string()
}
