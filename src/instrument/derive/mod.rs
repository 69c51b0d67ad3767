//! Derives the instrument that makes one text another: typed operations by identity, each with its cause.
//!
//! Nothing is addressed by its place in a file. The two trees are paired by the identity of their nodes; the orders are
//! found in the order of the provisions and carried out on a running text at once, so that each is counted and addressed
//! in what stands there when it is reached.

mod edit;
mod plan;
mod sections;
mod sentences;
mod tree;
mod units;
mod walk;
mod words;

use super::{Instrument, Item, Operation, Part};
use crate::diff::{Cause, Redline};
use crate::document::{Bylaw, NodeId, OriginKind, Text};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Is one § of the instrument to come: the text it amends, the text it makes, and from when.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The day it takes effect.
    pub effect: Option<Date>,
    /// The text before.
    pub before: &'a Bylaw,
    /// The text after.
    pub after: &'a Bylaw,
    /// What the comparison of the two found, for the causes.
    pub redline: Option<&'a Redline>,
}

/// Is why an item is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Its causes.
    pub causes: Vec<Cause>,
    /// The day it takes effect.
    pub effect: Option<Date>,
    /// At how many places it changes the text.
    pub places: usize,
}

/// Is an instrument with a note for each item of each part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// The instrument.
    pub instrument: Instrument,
    /// The notes, as the items stand.
    pub notes: Vec<Vec<Note>>,
}

/// Derives an instrument of one § for each step that changes anything.
pub fn derive(steps: &[Step<'_>]) -> Derived {
    let mut out = Derived::default();
    for step in steps {
        let names = names(step);
        let (before, after) = (tree::Node::root(step.before), tree::Node::root(step.after));
        let plan = plan::Plan::new(&before, &after, &names);
        let mut walk = walk::Walk { root: before, names: &names, plan, drafts: Vec::new() };
        walk.run(&after);
        if walk.drafts.is_empty() {
            continue;
        }
        let causes = causes(step.redline);
        let mut part = Part { effect: step.effect, ..Part::default() };
        let mut notes = Vec::new();
        for (i, draft) in walk.drafts.into_iter().enumerate() {
            let why: BTreeSet<&Cause> =
                draft.keys.iter().filter_map(|(_, id)| causes.get(id.as_str())).flatten().copied().collect();
            let why = why.into_iter().cloned().collect();
            notes.push(Note { causes: why, effect: step.effect, places: draft.places });
            let operations = draft.orders.into_iter().map(|order| Operation { order, span: 0..0 }).collect();
            part.items.push(Item { number: i as u32 + 1, operations, ..Item::default() });
        }
        part.number = (out.instrument.parts.len() + 1).to_string();
        out.instrument.parts.push(part);
        out.notes.push(notes);
    }
    out
}

/// Returns the causes of the changes of every node.
fn causes(redline: Option<&Redline>) -> BTreeMap<&str, Vec<&Cause>> {
    let mut out: BTreeMap<&str, Vec<&Cause>> = BTreeMap::new();
    for row in redline.iter().flat_map(|r| &r.rows) {
        for change in row.changes.iter().filter_map(|c| redline.and_then(|r| r.changes.get(*c))) {
            for id in row.old.iter().chain(&row.new).flat_map(|side| [&side.id, &side.section]) {
                out.entry(id.as_str()).or_default().extend(&change.causes);
            }
        }
    }
    out
}

/// Returns the names that the rules wrote in either text.
fn names(step: &Step<'_>) -> words::Names {
    let mut out = BTreeSet::new();
    for bylaw in [step.before, step.after] {
        for unit in crate::document::units::units(bylaw) {
            gather(unit.text, &mut out);
        }
    }
    words::Names::new(out)
}

fn gather(text: &Text, out: &mut BTreeSet<String>) {
    for run in &text.0 {
        if matches!(run.origin.kind, OriginKind::Name { .. }) {
            out.insert(run.text.clone());
        }
    }
}

/// Gives the nodes of `after` the identities of those in `before` that a comparison paired them with: for texts of which
/// nothing is known. What has no partner gets an identity of its own.
pub fn identify(after: &mut Bylaw, redline: &Redline) {
    let mut lines: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    let mut sections: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    for row in redline.rows.iter().filter(|r| r.in_new()) {
        let Some(new) = &row.new else { continue };
        if let Some(old) = &row.old {
            lines.insert(new.id.clone(), old.id.clone());
            if !new.section.as_str().is_empty() && !old.section.as_str().is_empty() {
                sections.entry(new.section.clone()).or_insert_with(|| old.section.clone());
            }
        }
    }
    let renamed = |map: &BTreeMap<NodeId, NodeId>, id: &mut NodeId| {
        *id = map.get(id).cloned().unwrap_or_else(|| NodeId(format!("ny:{id}")));
    };
    for paragraph in &mut after.preamble {
        renamed(&lines, &mut paragraph.id);
    }
    for chapter in &mut after.chapters {
        renamed(&lines, &mut chapter.id);
        for section in &mut chapter.sections {
            renamed(&sections, &mut section.id);
            for subsection in &mut section.subsections {
                renamed(&lines, &mut subsection.id);
                for block in &mut subsection.blocks {
                    match block {
                        crate::document::Block::Text(paragraph) => renamed(&lines, &mut paragraph.id),
                        crate::document::Block::List(points) => {
                            for point in points {
                                renamed(&lines, &mut point.id);
                                point.letters.iter_mut().for_each(|letter| renamed(&lines, &mut letter.id));
                            }
                        }
                    }
                }
            }
        }
    }
}
