//! Merges the two texts into rows in the order a reader meets them.

use super::align::{Pairs, Trees};
use super::marks::{self, Tail};
use super::pieces::Piece;
use super::tails;
use super::tree::{Node, Tree};
use super::words::Words;
use super::{Class, Row, RowState, Segment, SegmentOp, Side};
use crate::document::Origin;
use crate::document::units::Unit;

/// Is a row before its changes are known.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// What happened to the line.
    pub state: RowState,
    /// Its node in the old tree.
    pub old: Option<usize>,
    /// Its node in the new tree.
    pub new: Option<usize>,
    /// The label with all its marks.
    pub label: Vec<Segment>,
    /// The text with all its marks.
    pub text: Vec<Segment>,
    /// The changes that touch it.
    pub changes: Vec<usize>,
    /// The marks that are the whole of another line.
    pub pieces: Vec<Piece>,
    /// Whether the line is itself such a piece of another one.
    pub piece: bool,
}

/// Lays the lines of both texts out in reading order: what is gone before what is new.
pub(super) fn lay_out(trees: Trees<'_, '_>, pairs: &Pairs, in_place: &[bool]) -> Vec<Draft> {
    let mut layout = Layout { trees, pairs, in_place, out: Vec::new() };
    layout.both(0, 0);
    layout.out
}

struct Layout<'t, 'a> {
    trees: Trees<'t, 'a>,
    pairs: &'t Pairs,
    in_place: &'t [bool],
    out: Vec<Draft>,
}

impl Layout<'_, '_> {
    fn push(&mut self, state: RowState, old: Option<usize>, new: Option<usize>) {
        let (label, text, changes, pieces) = Default::default();
        self.out.push(Draft { state, old, new, label, text, changes, pieces, piece: false });
    }

    /// Lays out a pair that stands where it stood.
    fn both(&mut self, old: usize, new: usize) {
        let (before, after) = (&self.trees.old.nodes[old], &self.trees.new.nodes[new]);
        match (&before.unit, &after.unit) {
            (Some(_), Some(_)) => self.push(RowState::Kept, Some(old), Some(new)),
            (Some(_), None) => self.push(RowState::Deleted, Some(old), None),
            (None, Some(_)) => self.push(RowState::Inserted, None, Some(new)),
            (None, None) => {}
        }
        let mut gone = before.children.iter().copied().peekable();
        let mut come = Vec::new();
        for &child in &after.children {
            let stayed = self.pairs.to_old[child].filter(|_| self.in_place[child]);
            let Some(partner) = stayed else {
                come.push(child);
                continue;
            };
            while let Some(left) = gone.next_if(|&left| left != partner) {
                self.gone(left);
            }
            gone.next();
            come.drain(..).for_each(|c| self.come(c));
            self.both(partner, child);
        }
        gone.for_each(|left| self.gone(left));
        come.into_iter().for_each(|c| self.come(c));
    }

    fn gone(&mut self, top: usize) {
        for old in self.trees.old.lines(top) {
            match self.partner(self.pairs.to_new[old], self.trees.new) {
                Some(new) => self.push(RowState::MovedFrom, Some(old), Some(new)),
                None => self.push(RowState::Deleted, Some(old), None),
            }
        }
    }

    fn come(&mut self, top: usize) {
        for new in self.trees.new.lines(top) {
            match self.partner(self.pairs.to_old[new], self.trees.old) {
                Some(old) => self.push(RowState::MovedTo, Some(old), Some(new)),
                None => self.push(RowState::Inserted, None, Some(new)),
            }
        }
    }

    fn partner(&self, node: Option<usize>, tree: &Tree<'_>) -> Option<usize> {
        node.filter(|&n| tree.nodes[n].unit.is_some())
    }
}

/// Marks the label and the words of a draft.
pub(super) fn mark(trees: Trees<'_, '_>, draft: &mut Draft, words: &mut Words<'_, '_>, known: bool) {
    let label = |node: &Node<'_>| node.unit.as_ref().map(|u| u.label.clone()).unwrap_or_default();
    let whole = |node: &Node<'_>, op: SegmentOp| {
        let origin = Origin::default();
        let text = label(node);
        let label = Segment { op, text, class: Class::Substance, origin, change: None };
        (Some(label).filter(|l| !l.text.is_empty()).into_iter().collect(), marks::whole(node, op))
    };
    match (draft.old, draft.new) {
        (Some(old), Some(new)) => {
            let hunks = words.compare(old, new);
            let tail = if known { Tail::default() } else { tails::tail(trees, old, new) };
            let (before, after) = (&trees.old.nodes[old], &trees.new.nodes[new]);
            draft.label = marks::label(&label(before), &label(after));
            draft.text = marks::marks(before, after, &hunks, tail);
        }
        (Some(old), None) => (draft.label, draft.text) = whole(&trees.old.nodes[old], SegmentOp::Delete),
        (None, Some(new)) => (draft.label, draft.text) = whole(&trees.new.nodes[new], SegmentOp::Insert),
        (None, None) => {}
    }
}

/// Makes the row of a draft whose changes are known.
pub(super) fn finish(trees: Trees<'_, '_>, draft: Draft) -> Option<Row> {
    let Draft { state, old, new, mut label, mut text, mut changes, .. } = draft;
    let old = old.and_then(|n| trees.old.nodes[n].unit.as_ref());
    let new = new.and_then(|n| trees.new.nodes[n].unit.as_ref());
    let kind = if state == RowState::MovedFrom { old.or(new) } else { new.or(old) }?.kind;
    let unseen = match state {
        RowState::MovedFrom => Some(SegmentOp::Insert),
        RowState::MovedTo => Some(SegmentOp::Delete),
        _ => None,
    };
    label.retain(|s| Some(s.op) != unseen);
    text.retain(|s| Some(s.op) != unseen);
    changes.sort_unstable();
    changes.dedup();
    Some(Row { kind, state, old: old.map(side), new: new.map(side), label, text, changes })
}

fn side(unit: &Unit<'_>) -> Side {
    Side {
        id: unit.id.clone(),
        section: unit.section.clone(),
        label: unit.label.clone(),
        address: unit.address.clone(),
    }
}
