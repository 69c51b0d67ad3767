//! Gathers marks into changes: what happened where, and why.

use super::align::{Pairs, Trees};
use super::consequences::Consequences;
use super::rows::Draft;
use super::tree::Shape;
use super::{Cause, Causes, Change, ChangeKind, Class, Identity, RowState, Segment, SegmentOp};
use crate::document::units::UnitKind;
use crate::document::{Address, NodeId, OpId, OriginKind};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Is everything the causes are found from.
pub(super) struct Context<'c, 't, 'a> {
    /// The two texts.
    pub trees: Trees<'t, 'a>,
    /// Which node is which.
    pub pairs: &'c Pairs,
    /// Which new nodes are where they were.
    pub in_place: &'c [bool],
    /// Whether anything is known.
    pub identity: Identity,
    /// What the operations did.
    pub causes: &'c dyn Causes,
}

/// Tells changes apart: the kind, the nodes on either side, and why.
type Key = (ChangeKind, Class, Option<usize>, Option<usize>, Vec<Cause>);

/// Finds the changes and notes them on rows and marks.
pub(super) fn assign(context: &Context<'_, '_, '_>, drafts: &mut [Draft]) -> Vec<Change> {
    let merged = merged(context);
    let mut gather = Gather {
        context,
        consequences: Consequences::new(context),
        merged,
        index: BTreeMap::new(),
        changes: Vec::new(),
    };
    for (row, draft) in drafts.iter_mut().enumerate() {
        gather.row(row, draft);
    }
    gather.changes
}

struct Gather<'g, 'c, 't, 'a> {
    context: &'g Context<'c, 't, 'a>,
    consequences: Consequences<'g, 'c, 't, 'a>,
    merged: BTreeSet<OpId>,
    index: BTreeMap<Key, usize>,
    changes: Vec<Change>,
}

impl Gather<'_, '_, '_, '_> {
    fn row(&mut self, row: usize, draft: &mut Draft) {
        let whole = match draft.state {
            RowState::Inserted => draft.new.map(|n| self.inserted(n)),
            RowState::Deleted => draft.old.map(|o| self.deleted(o)),
            _ => None,
        };
        if let Some(key) = whole {
            let change = self.change(key, row);
            draft.label.iter_mut().chain(&mut draft.text).for_each(|s| s.change = Some(change));
            draft.changes.push(change);
            return;
        }
        let (Some(old), Some(new)) = (draft.old, draft.new) else { return };
        if draft.piece {
            let key = self.piece(old, new, draft.state == RowState::MovedTo);
            let change = self.change(key, row);
            draft.label.iter_mut().for_each(|s| s.change = Some(change));
            draft.changes.push(change);
        }
        if draft.state != RowState::Kept && !draft.piece {
            let key = self.moved(old, new);
            draft.changes.push(self.change(key, row));
        }
        if !draft.piece && draft.label.iter().any(|s| s.op != SegmentOp::Keep) {
            let causes = self.following(|c| c.of_label(old, new));
            let key = (ChangeKind::Renumber, Class::Renumbering, Some(old), Some(new), causes);
            let change = self.change(key, row);
            draft.label.iter_mut().filter(|s| s.op != SegmentOp::Keep).for_each(|s| s.change = Some(change));
            draft.changes.push(change);
        }
        let mut at = 0;
        while at < draft.text.len() {
            if let Some(piece) = draft.pieces.iter().find(|p| p.first == at) {
                let split = draft.text[at].op == SegmentOp::Delete;
                let key = self.piece(piece.old, piece.new, split);
                let change = self.change(key, row);
                draft.text[at..piece.end].iter_mut().for_each(|s| s.change = Some(change));
                draft.changes.push(change);
                at = piece.end;
                continue;
            }
            let class = draft.text[at].class;
            let marked = |s: &Segment| s.op != SegmentOp::Keep && s.class == class;
            let next = draft.pieces.iter().map(|p| p.first).filter(|&f| f > at).min().unwrap_or(usize::MAX);
            let length = draft.text[at..].iter().take(next - at).take_while(|s| marked(s)).count();
            let Some(island) = draft.text.get_mut(at..at + length).filter(|i| !i.is_empty()) else {
                at += 1;
                continue;
            };
            let kind = match class {
                Class::Substance => ChangeKind::Edit,
                Class::Renaming => ChangeKind::Rename,
                Class::Renumbering => ChangeKind::Renumber,
                Class::Reference => ChangeKind::Reference,
                Class::Punctuation => ChangeKind::Punctuation,
            };
            let causes = self.of_island(class, island, old, new);
            let change = self.change((kind, class, Some(old), Some(new), causes), row);
            island.iter_mut().for_each(|s| s.change = Some(change));
            draft.changes.push(change);
            at += length;
        }
    }

    /// Returns the change of a key, and makes it when it is new.
    fn change(&mut self, key: Key, row: usize) -> usize {
        if let Some(&index) = self.index.get(&key) {
            let rows = &mut self.changes[index].rows;
            if rows.last() != Some(&row) {
                rows.push(row);
            }
            return index;
        }
        let index = self.changes.len();
        let (kind, class, old, new, causes) = key.clone();
        let Trees { old: before, new: after } = self.context.trees;
        let name = |side: Option<NodeId>, other: Option<NodeId>| side.or(other).unwrap_or_default();
        self.changes.push(Change {
            kind,
            class,
            node: name(new.map(|n| after.nodes[n].id.clone()), old.map(|o| before.nodes[o].id.clone())),
            section: name(
                new.and_then(|n| after.section(n)).map(|s| after.nodes[s].id.clone()),
                old.and_then(|o| before.section(o)).map(|s| before.nodes[s].id.clone()),
            ),
            old: old.and_then(|o| address(before, o)),
            new: new.and_then(|n| address(after, n)),
            effect: effect(&causes, self.context.causes),
            causes,
            rows: vec![row],
        });
        self.index.insert(key, index);
        index
    }

    /// Returns the change that brought a new line: that of the § or item it came with, if the causes are the same.
    fn inserted(&self, line: usize) -> Key {
        let Context { trees, pairs, causes, .. } = self.context;
        let own = self.of_inserted(line);
        let mut top = line;
        loop {
            let parent = trees.new.nodes[top].parent;
            let joins = joins(trees.new.nodes[parent].shape) && pairs.to_old[parent].is_none();
            if !joins || self.of_inserted(parent) != own {
                break;
            }
            top = parent;
        }
        let node = &trees.new.nodes[line];
        if let Some((_, source)) = causes.split_from(&node.id) {
            let old = trees.old.nodes.iter().position(|n| n.id == source);
            return (ChangeKind::Split, Class::Substance, old, Some(line), own);
        }
        if node.op.is_some_and(|op| self.merged.contains(&op)) {
            return (ChangeKind::Merge, Class::Substance, None, Some(line), own);
        }
        (ChangeKind::Insert, Class::Substance, None, Some(top), own)
    }

    fn deleted(&self, line: usize) -> Key {
        let Context { trees, pairs, causes, .. } = self.context;
        let own = self.of_deleted(line);
        // An item whose parts were gathered in another one is not lost.
        if let Some((_, target)) = causes.merged_into(&trees.old.nodes[line].id)
            && let Some(new) = trees.new.nodes.iter().position(|n| n.id == target)
        {
            return (ChangeKind::Merge, Class::Substance, Some(line), Some(new), own);
        }
        let mut top = line;
        loop {
            let parent = trees.old.nodes[top].parent;
            let joins = joins(trees.old.nodes[parent].shape) && pairs.to_new[parent].is_none();
            if !joins || trees.old.nodes[parent].unit.is_some() && self.of_deleted(parent) != own {
                break;
            }
            top = parent;
        }
        (ChangeKind::Delete, Class::Substance, Some(top), None, own)
    }

    /// Returns the change that moved a line: that of the outermost thing that moved with it.
    fn moved(&self, mut old: usize, mut new: usize) -> Key {
        let Context { trees, pairs, in_place, .. } = self.context;
        loop {
            let (above, parent) = (trees.old.nodes[old].parent, trees.new.nodes[new].parent);
            if in_place[parent] || pairs.to_old[parent] != Some(above) {
                break;
            }
            (old, new) = (above, parent);
        }
        let causes = self.known(|| self.op_of(new).or_else(|| self.removed(old)).into_iter().collect());
        (ChangeKind::Move, Class::Substance, Some(old), Some(new), causes)
    }

    /// Returns the change that made words a line of their own, or a line part of another.
    fn piece(&self, old: usize, new: usize, split: bool) -> Key {
        let kind = if split { ChangeKind::Split } else { ChangeKind::Merge };
        let causes = self.known(|| {
            let op = if split { self.op_of(new) } else { self.removed(old) };
            op.or_else(|| self.op_of(new)).or_else(|| self.removed(old)).into_iter().collect()
        });
        (kind, Class::Substance, Some(old), Some(new), causes)
    }

    fn of_inserted(&self, line: usize) -> Vec<Cause> {
        self.known(|| {
            let node = &self.context.trees.new.nodes[line];
            // Words that were inserted and then amended have both operations behind them.
            let runs = node.unit.iter().flat_map(|u| &u.text.0);
            let ops: BTreeSet<OpId> = node.op.into_iter().chain(runs.filter_map(|r| r.origin.op)).collect();
            if !ops.is_empty() {
                return ops.into_iter().collect();
            }
            let split = || self.context.causes.split_from(&node.id).map(|s| s.0);
            split().or_else(|| self.op_of(line)).into_iter().collect()
        })
    }

    fn of_deleted(&self, line: usize) -> Vec<Cause> {
        self.known(|| self.removed(line).into_iter().collect())
    }

    /// Returns the operation that made a node or, failing that, what it stands in, as long as that is new too.
    fn op_of(&self, mut node: usize) -> Option<OpId> {
        let Context { trees, pairs, .. } = self.context;
        loop {
            let it = &trees.new.nodes[node];
            let below = || it.children.iter().find_map(|&c| trees.new.nodes[c].op);
            if let Some(op) = it.op.or_else(|| if it.unit.is_none() { below() } else { None }) {
                return Some(op);
            }
            if pairs.to_old[it.parent].is_some() {
                return None;
            }
            node = it.parent;
        }
    }

    /// Returns the operation that removed a node or, failing that, what it stood in.
    fn removed(&self, mut node: usize) -> Option<OpId> {
        let Context { trees, pairs, causes, .. } = self.context;
        loop {
            if let Some(op) = causes.removed(&trees.old.nodes[node].id) {
                return Some(op);
            }
            node = trees.old.nodes[node].parent;
            if pairs.to_new[node].is_some() {
                return None;
            }
        }
    }

    fn of_island(&mut self, class: Class, island: &[Segment], old: usize, new: usize) -> Vec<Cause> {
        let Context { trees, causes, .. } = self.context;
        match class {
            Class::Renumbering => self.following(|c| c.of_label(old, new)),
            Class::Punctuation => self.following(|c| c.of_list(old, new)),
            Class::Reference => {
                let targets: Vec<&NodeId> = island
                    .iter()
                    .filter_map(|s| match &s.origin.kind {
                        OriginKind::Reference(ids) => Some(ids),
                        _ => None,
                    })
                    .flatten()
                    .collect();
                self.following(|c| c.of_targets(&targets))
            }
            Class::Substance | Class::Renaming => self.known(|| {
                let come = island.iter().filter(|s| s.op == SegmentOp::Insert);
                let mut ops: BTreeSet<OpId> = come.filter_map(|s| s.origin.op).collect();
                if ops.is_empty() && class == Class::Renaming {
                    ops.extend(island.iter().find_map(|s| match &s.origin.kind {
                        OriginKind::Name { committee, .. } => causes.renamed(committee),
                        _ => None,
                    }));
                }
                if ops.is_empty() {
                    let op = trees.new.nodes[new].op;
                    ops.extend(op.or_else(|| causes.removed(&trees.old.nodes[old].id)));
                }
                ops
            }),
        }
    }

    fn known(&self, ops: impl FnOnce() -> BTreeSet<OpId>) -> Vec<Cause> {
        if self.context.identity == Identity::Unknown {
            return vec![Cause::Unknown];
        }
        let amendment = |op| self.context.causes.is_amendment(op);
        ops().into_iter().map(|op| if amendment(op) { Cause::Amendment(op) } else { Cause::Clause(op) }).collect()
    }

    fn following(&mut self, ops: impl FnOnce(&mut Consequences<'_, '_, '_, '_>) -> BTreeSet<OpId>) -> Vec<Cause> {
        if self.context.identity == Identity::Unknown {
            return vec![Cause::Unknown];
        }
        let ops: Vec<OpId> = ops(&mut self.consequences).into_iter().collect();
        if ops.is_empty() { Vec::new() } else { vec![Cause::Consequence(ops)] }
    }
}

/// Returns the day from which the last of the causes counts.
fn effect(causes: &[Cause], known: &dyn Causes) -> Option<Date> {
    let ops = causes.iter().flat_map(|cause| match cause {
        Cause::Clause(op) | Cause::Amendment(op) => std::slice::from_ref(op),
        Cause::Consequence(ops) => ops.as_slice(),
        Cause::Unknown => &[],
    });
    ops.filter_map(|&op| known.effect(op)).max()
}

/// Says whether what is new or gone below such a node is told as one change with it.
fn joins(shape: Shape) -> bool {
    !matches!(shape, Shape::Root | Shape::Untitled | Shape::Line(UnitKind::Chapter))
}

/// Returns the address of a node; that of a section is the section's, not its heading's.
fn address(tree: &super::tree::Tree<'_>, node: usize) -> Option<Address> {
    let it = &tree.nodes[node];
    match (&it.unit, it.shape) {
        (Some(unit), _) => Some(unit.address.clone()),
        (None, Shape::Section) => Some(Address { section: Some(it.number.clone()), ..Address::default() }),
        (None, _) => None,
    }
}

/// Returns the operations that gathered several items in one: they removed at least two and made exactly one.
fn merged(context: &Context<'_, '_, '_>) -> BTreeSet<OpId> {
    let Context { trees, pairs, causes, identity, .. } = context;
    let mut gone: BTreeMap<OpId, usize> = BTreeMap::new();
    let mut come: BTreeMap<OpId, usize> = BTreeMap::new();
    if *identity == Identity::Known {
        let item = |shape| matches!(shape, Shape::Line(UnitKind::Point | UnitKind::Letter));
        for (node, partner) in trees.old.nodes.iter().zip(&pairs.to_new) {
            if let Some(op) = causes.removed(&node.id).filter(|_| partner.is_none() && item(node.shape)) {
                *gone.entry(op).or_default() += 1;
            }
        }
        for (node, partner) in trees.new.nodes.iter().zip(&pairs.to_old) {
            if let Some(op) = node.op.filter(|_| partner.is_none() && item(node.shape)) {
                *come.entry(op).or_default() += 1;
            }
        }
    }
    gone.into_iter().filter(|(op, n)| *n >= 2 && come.get(op) == Some(&1)).map(|(op, _)| op).collect()
}
