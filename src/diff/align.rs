//! Pairs the nodes of two bylaws: by identity where that is known, else by structure and likeness.

use super::likeness::Likeness;
use super::order::heaviest_increasing;
use super::tree::{Shape, Tree};
use super::{Identity, leftovers, lists, renames, sections};
use crate::document::NodeId;
use crate::document::units::UnitKind;
use std::collections::{HashMap, VecDeque};

/// Is which node of the old text is which node of the new one. The roots are always a pair.
pub(super) struct Pairs {
    /// The new node of every old one.
    pub to_new: Vec<Option<usize>>,
    /// The old node of every new one.
    pub to_old: Vec<Option<usize>>,
}

impl Pairs {
    fn new(old: &Tree<'_>, new: &Tree<'_>) -> Pairs {
        let mut pairs = Pairs { to_new: vec![None; old.nodes.len()], to_old: vec![None; new.nodes.len()] };
        pairs.add(0, 0);
        pairs
    }
    /// Makes a pair unless one of the two has a partner already.
    pub fn add(&mut self, old: usize, new: usize) -> bool {
        let free = self.free(old, new);
        if free {
            self.to_new[old] = Some(new);
            self.to_old[new] = Some(old);
        }
        free
    }
    /// Makes a pair and takes both from the partners they had.
    pub fn again(&mut self, old: usize, new: usize) {
        if let Some(before) = self.to_new[old].take() {
            self.to_old[before] = None;
        }
        if let Some(before) = self.to_old[new].take() {
            self.to_new[before] = None;
        }
        self.add(old, new);
    }
    /// Says whether neither of the two has a partner.
    pub fn free(&self, old: usize, new: usize) -> bool {
        self.to_new[old].is_none() && self.to_old[new].is_none()
    }
    /// Returns between which new nodes every old node would stand if it had not moved.
    pub fn expected(&self) -> Vec<(usize, usize)> {
        let matched: Vec<(usize, usize)> =
            self.to_new.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect();
        let sequence: Vec<(usize, u64)> = matched.iter().map(|&(_, new)| (new, 1)).collect();
        let mut out = vec![(0, self.to_old.len()); self.to_new.len()];
        let (mut done, mut last) = (0, 0);
        for (old, new) in heaviest_increasing(&sequence).into_iter().filter_map(|i| matched.get(i).copied()) {
            out.iter_mut().take(old).skip(done).for_each(|place| *place = (last, new));
            (done, last) = (old, new);
        }
        out.iter_mut().skip(done).for_each(|place| place.0 = last);
        out
    }
    /// Says whether two nodes stand under nodes that are a pair.
    pub fn same_parent(&self, trees: Trees<'_, '_>, old: usize, new: usize) -> bool {
        self.to_new[trees.old.nodes[old].parent] == Some(trees.new.nodes[new].parent)
    }
}

/// Is the two bylaws.
#[derive(Clone, Copy)]
pub(super) struct Trees<'t, 'a> {
    /// The old one.
    pub old: &'t Tree<'a>,
    /// The new one.
    pub new: &'t Tree<'a>,
}

/// Pairs the nodes.
pub(super) fn align(trees: Trees<'_, '_>, identity: Identity) -> Pairs {
    let mut pairs = Pairs::new(trees.old, trees.new);
    match identity {
        Identity::Known => by_identity(trees, &mut pairs),
        Identity::Unknown => {
            let mut likeness = Likeness::new(trees);
            leftovers::same_text(trees, &likeness, false, &mut pairs);
            sections::pair(trees, &likeness, &mut pairs);
            lists::pair_all(trees, &likeness, lists::SURE, &mut pairs);
            // What is left is alike in the light of what the pairs so far teach.
            let renamed = renames::learn(trees, &pairs);
            if !renamed.is_empty() {
                let free: Vec<bool> = pairs.to_new.iter().map(Option::is_none).collect();
                likeness.rename(trees, &free, &renamed);
            }
            lists::pair_all(trees, &likeness, lists::ALIKE, &mut pairs);
            leftovers::pair(trees, &likeness, &mut pairs);
        }
    }
    pairs
}

fn by_identity(trees: Trees<'_, '_>, pairs: &mut Pairs) {
    // A chapter, its first § and that one's first stk. may carry one name; lines below a stk. share one space, since a
    // point can become a stk.
    fn space(shape: Shape) -> u8 {
        match shape {
            Shape::Root => 0,
            Shape::Section => 1,
            Shape::Untitled | Shape::Line(UnitKind::Chapter) => 2,
            Shape::Line(UnitKind::Title) => 3,
            Shape::Line(UnitKind::Heading) => 4,
            Shape::Bare | Shape::Line(_) => 5,
        }
    }
    // Should an identity stand twice, the first is the first and the second the second.
    let mut by_id: HashMap<(u8, &NodeId), VecDeque<usize>> = HashMap::new();
    for (index, node) in trees.old.nodes.iter().enumerate() {
        by_id.entry((space(node.shape), &node.id)).or_default().push_back(index);
    }
    for (index, node) in trees.new.nodes.iter().enumerate() {
        let found = by_id.get_mut(&(space(node.shape), &node.id)).and_then(VecDeque::pop_front);
        if let Some(old) = found {
            pairs.add(old, index);
        }
    }
}
