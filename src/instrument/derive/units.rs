//! Units that come and go in a § or a list, and the numbers that follow from it.

use super::tree::{Kind, Node};
use super::walk::{Draft, Gap, Walk, key, zero};
use crate::document::Address;
use crate::document::number::{Marker, letter};
use crate::instrument::{Line, Order, Place, Target, Unit};
use std::ops::Range;

impl Walk<'_> {
    /// Takes a run of children out and puts others in its place, with the numbers that follow from it.
    pub(super) fn exchange(&mut self, path: &[usize], gone: Range<usize>, come: &[Node]) {
        if gone.is_empty() && come.is_empty() {
            return;
        }
        let Some(parent) = self.root.at(path) else { return };
        let targets: Vec<Target> = gone.clone().map(|i| self.root.target(&[path, &[i]].concat())).collect();
        let mut orders = Vec::new();
        let mut after = parent.clone();
        let mut inserted = come.to_vec();
        inserted.iter_mut().for_each(|n| {
            n.was = 0;
            zero(n);
        });
        after.children.splice(gone.clone(), inserted);
        let text: Vec<Line> = (gone.start..gone.start + come.len())
            .filter_map(|i| Some(after.children.get(i)?.lines(after.ordinal(i))))
            .flatten()
            .collect();
        match (gone.is_empty(), come.first()) {
            (false, None) => orders.push(Order::Repeal { targets }),
            (false, Some(_)) if gone.len() == come.len() => orders.push(Order::Recast { targets, text }),
            (false, Some(_)) => orders.push(Order::Exchange { targets, text }),
            (true, Some(first)) => {
                let unit = match first.kind {
                    Kind::Subsection => Unit::Subsection,
                    Kind::Point => Unit::Point,
                    Kind::Letter => Unit::Letter,
                    _ => Unit::Text,
                };
                orders.push(Order::Insert { place: self.place(path, gone.start, &after), unit, text });
            }
            (true, None) => {}
        }
        let keys = parent.children[gone.clone()].iter().chain(come).map(key).collect();
        let shift = self.shift(path, &gone, come.len(), &after);
        orders.extend(shift);
        if let Some(node) = self.root.at_mut(path) {
            *node = after;
        }
        let places = gone.len().max(come.len());
        self.drafts.push(Draft { orders, keys, places });
    }

    /// Repeals units at several places of a list in one item; says whether it did. What comes or goes at one place only is
    /// left to [`Walk::exchange`].
    pub(super) fn repeal_scattered(&mut self, path: &[usize], kept: &[(usize, usize)], all: &[Gap]) -> bool {
        let Some(parent) = self.root.at(path) else { return false };
        let gone: Vec<usize> = all.iter().flat_map(|(gone, _, _)| gone.clone()).collect();
        let places = all.iter().filter(|(gone, _, _)| !gone.is_empty()).count();
        let comes = all.iter().any(|(_, come, _)| !come.is_empty());
        let Some(kind) = gone.first().map(|i| parent.children[*i].kind) else { return false };
        let alike = parent.children.iter().all(|n| n.kind == kind);
        if places < 2 || comes || kept.is_empty() || !alike || kind == Kind::Text {
            return false;
        }
        let numbered = kind != Kind::Point || parent.children.iter().all(|n| n.marker == Marker::Number);
        let targets = gone.iter().map(|i| self.root.target(&[path, &[*i]].concat())).collect();
        let keys = gone.iter().map(|i| key(&parent.children[*i])).collect();
        let base = self.root.target(path).address;
        let mut runs: Vec<((u32, u32), (u32, u32))> = Vec::new();
        for (now, &(before, _)) in (1..).zip(kept) {
            let was = parent.ordinal(before);
            match runs.last_mut() {
                Some((from, to)) if from.1 + 1 == was && to.1 + 1 == now => (from.1, to.1) = (was, now),
                _ => runs.push(((was, was), (now, now))),
            }
        }
        let address = |n: u32| numbered_address(&base, kind, n);
        let shift = |(from, to): ((u32, u32), (u32, u32))| Order::Renumber {
            from: (address(from.0), address(from.1)),
            to: (address(to.0), address(to.1)),
        };
        let moved = runs.into_iter().filter(|(from, to)| numbered && from != to).map(shift);
        let orders = std::iter::once(Order::Repeal { targets }).chain(moved).collect();
        let places = gone.len();
        if let Some(node) = self.root.at_mut(path) {
            let mut at = 0..node.children.len();
            node.children.retain(|_| !at.next().is_some_and(|i| gone.contains(&i)));
        }
        self.drafts.push(Draft { orders, keys, places });
        true
    }

    /// Returns where new children go that will stand at an index.
    fn place(&self, path: &[usize], index: usize, after: &Node) -> Place {
        let kind = after.children.get(index).map(|c| c.kind);
        let Some(parent) = self.root.at(path) else { return Place::InChapter(String::new()) };
        let like = |i: usize| parent.children.get(i).is_some_and(|c| Some(c.kind) == kind);
        let numbered = after.children.get(index).is_some_and(|c| c.kind != Kind::Point || c.marker == Marker::Number);
        if index >= parent.children.len() && numbered {
            // The number is that of the text to come; the § may have had one stk. until now.
            let mut target = self.root.target(path);
            let number = after.ordinal(index);
            for address in [Some(&mut target.address), target.was.as_mut()].into_iter().flatten() {
                *address = numbered_address(address, kind.unwrap_or(Kind::Letter), number);
            }
            return Place::As(target);
        }
        match index.checked_sub(1).filter(|i| like(*i)) {
            Some(before) => {
                let mut target = self.root.target(&[path, &[before]].concat());
                name_the_only(&mut target, kind);
                Place::After(target)
            }
            None => {
                let mut target = self.root.target(&[path, &[index]].concat());
                name_the_only(&mut target, kind);
                Place::Before(target)
            }
        }
    }

    /// Returns the clause that says which numbers follow.
    fn shift(&self, path: &[usize], gone: &Range<usize>, come: usize, after: &Node) -> Option<Order> {
        let parent = self.root.at(path)?;
        let kind = parent.children.get(gone.start).or_else(|| after.children.get(gone.start)).map(|c| c.kind)?;
        let numbered = |c: &Node| c.kind == kind && (kind != Kind::Point || c.marker == Marker::Number);
        let rest = |from: usize, node: &Node| -> Vec<usize> {
            (from..node.children.len()).filter(|i| node.children.get(*i).is_some_and(numbered)).collect()
        };
        let (old, new) = (rest(gone.end, parent), rest(gone.start + come, after));
        let (first_old, last_old) = (*old.first()?, *old.last()?);
        let (first_new, last_new) = (*new.first()?, *new.last()?);
        if parent.ordinal(first_old) == after.ordinal(first_new) {
            return None;
        }
        let base = self.root.target(path).address;
        let address = |n: u32| numbered_address(&base, kind, n);
        Some(Order::Renumber {
            from: (address(parent.ordinal(first_old)), address(parent.ordinal(last_old))),
            to: (address(after.ordinal(first_new)), address(after.ordinal(last_new))),
        })
    }
}

/// Names the only stk. of a § by its number where another comes beside it.
fn name_the_only(target: &mut Target, kind: Option<Kind>) {
    for address in [Some(&mut target.address), target.was.as_mut()].into_iter().flatten() {
        if kind == Some(Kind::Subsection) && address.subsection.is_none() {
            address.subsection = Some(1);
        }
    }
}

/// Returns the address of a unit in a § or a list by its number.
fn numbered_address(base: &Address, kind: Kind, number: u32) -> Address {
    let mut address = base.clone();
    match kind {
        Kind::Subsection => address.subsection = Some(number),
        Kind::Point => address.point = Some(number),
        _ => address.letter = Some(letter(number)),
    }
    address
}
