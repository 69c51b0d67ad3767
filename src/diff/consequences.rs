//! Finds the operations a number, a reference or the punctuation of a list follows from.

use super::changes::Context;
use super::tree::Shape;
use crate::document::units::UnitKind;
use crate::document::{NodeId, OpId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Is what came to or left a list, with its position there.
#[derive(Default)]
struct Events {
    come: Vec<(usize, OpId)>,
    gone: Vec<(usize, OpId)>,
}

impl Events {
    fn before(&self, old: usize, new: usize) -> BTreeSet<OpId> {
        let up_to = |events: &[(usize, OpId)], at: usize| {
            let end = events.partition_point(|&(position, _)| position <= at);
            events.iter().take(end).map(|&(_, op)| op).collect::<BTreeSet<_>>()
        };
        let mut out = up_to(&self.come, new);
        out.append(&mut up_to(&self.gone, old));
        out
    }
    fn after(&self, old: usize, new: usize) -> BTreeSet<OpId> {
        let from = |events: &[(usize, OpId)], at: usize| {
            let start = events.partition_point(|&(position, _)| position <= at);
            events.iter().skip(start).map(|&(_, op)| op).collect::<BTreeSet<_>>()
        };
        let mut out = from(&self.come, new);
        out.append(&mut from(&self.gone, old));
        out
    }
    fn all(&self) -> BTreeSet<OpId> {
        self.come.iter().chain(&self.gone).map(|e| e.1).collect()
    }
}

/// Finds operations; remembers what happened to every list.
pub(super) struct Consequences<'g, 'c, 't, 'a> {
    context: &'g Context<'c, 't, 'a>,
    by_id: HashMap<&'t NodeId, usize>,
    sections: Option<Events>,
    lists: BTreeMap<usize, Events>,
}

impl<'g, 'c, 't, 'a> Consequences<'g, 'c, 't, 'a> {
    /// Makes an empty memory.
    pub fn new(context: &'g Context<'c, 't, 'a>) -> Self {
        let mut by_id = HashMap::new();
        // A § that shares its name with something below it is meant as the §.
        for (index, node) in context.trees.new.nodes.iter().enumerate() {
            by_id.entry(&node.id).or_insert(index);
        }
        Consequences { context, by_id, sections: None, lists: BTreeMap::new() }
    }

    /// Returns the operations that shifted the label of a line.
    pub fn of_label(&mut self, old: usize, new: usize) -> BTreeSet<OpId> {
        let trees = self.context.trees;
        let mut out = BTreeSet::new();
        let paragraph = |label: Option<&str>| label.is_some_and(|l| l.starts_with('§'));
        let label = |unit: &Option<crate::document::units::Unit<'_>>| unit.as_ref().map(|u| u.label.clone());
        let (before, after) = (label(&trees.old.nodes[old].unit), label(&trees.new.nodes[new].unit));
        let (was, is) = (paragraph(before.as_deref()), paragraph(after.as_deref()));
        if was || is {
            let sections = (trees.old.section(old), trees.new.section(new));
            if let (Some(a), Some(b)) = sections {
                if trees.old.nodes[a].number != trees.new.nodes[b].number {
                    out.append(&mut self.of_place(a, b));
                }
                out.extend(trees.new.nodes[b].op.filter(|_| !self.context.in_place[b]));
            }
        }
        if !(was && is) {
            out.append(&mut self.of_place(old, new));
        }
        if out.is_empty() { self.own(old, new) } else { out }
    }

    /// Returns the operations that changed the list a line stands in.
    pub fn of_list(&mut self, old: usize, new: usize) -> BTreeSet<OpId> {
        let parent = self.context.trees.new.nodes[new].parent;
        let same = self.context.pairs.same_parent(self.context.trees, old, new);
        let events = self.list(parent);
        // What comes after an item decides how it ends.
        let mut out = events.after(if same { old } else { usize::MAX }, new);
        if out.is_empty() && self.context.in_place[new] {
            out = self.list(parent).all();
        }
        if !self.context.in_place[new] {
            out.append(&mut self.own(old, new));
        }
        if out.is_empty() { self.own(old, new) } else { out }
    }

    /// Returns the operations that gave the targets of a reference other numbers.
    pub fn of_targets(&mut self, targets: &[&NodeId]) -> BTreeSet<OpId> {
        let trees = self.context.trees;
        let mut out = BTreeSet::new();
        for target in targets {
            let Some(&node) = self.by_id.get(*target) else { continue };
            let mut at = node;
            while at != 0 {
                let it = &trees.new.nodes[at];
                if let Some(old) = self.context.pairs.to_old[at] {
                    let label =
                        |unit: &Option<crate::document::units::Unit<'_>>| unit.as_ref().map(|u| u.label.clone());
                    let was = &trees.old.nodes[old];
                    let place = |label: Option<String>| label.filter(|l| !l.starts_with('§'));
                    if place(label(&was.unit)) != place(label(&it.unit)) || was.number != it.number {
                        out.append(&mut self.of_place(old, at));
                    }
                    if !self.context.pairs.same_parent(trees, old, at) {
                        out.append(&mut self.own(old, at));
                    }
                }
                at = it.parent;
                if it.shape == Shape::Section {
                    break;
                }
            }
        }
        out
    }

    fn own(&self, old: usize, new: usize) -> BTreeSet<OpId> {
        let Context { trees, causes, .. } = self.context;
        let mut at = new;
        loop {
            let it = &trees.new.nodes[at];
            if let Some(op) = it.op {
                return BTreeSet::from([op]);
            }
            if self.context.in_place[it.parent] {
                return causes.removed(&trees.old.nodes[old].id).into_iter().collect();
            }
            at = it.parent;
        }
    }

    /// Returns what came and went before a node among those it is counted with.
    fn of_place(&mut self, old: usize, new: usize) -> BTreeSet<OpId> {
        let trees = self.context.trees;
        if trees.new.nodes[new].shape == Shape::Section {
            let sections = match self.sections.take() {
                Some(sections) => sections,
                None => self.all_sections(),
            };
            let mut out = sections.before(old, new);
            if out.is_empty() {
                out = sections.all();
            }
            self.sections = Some(sections);
            return out;
        }
        let parent = trees.new.nodes[new].parent;
        let same = self.context.pairs.same_parent(trees, old, new);
        let events = self.list(parent);
        let mut out = events.before(if same { old } else { 0 }, new);
        if out.is_empty() {
            out = events.all();
        }
        if !self.context.in_place[new] {
            out.append(&mut self.own(old, new));
        }
        out
    }

    fn list(&mut self, parent: usize) -> &Events {
        if !self.lists.contains_key(&parent) {
            let trees = self.context.trees;
            let old = self.context.pairs.to_old[parent];
            let gone = old.map_or(&[] as &[usize], |old| &trees.old.nodes[old].children);
            let events = self.events(gone, &trees.new.nodes[parent].children);
            self.lists.insert(parent, events);
        }
        self.lists.entry(parent).or_default()
    }

    fn all_sections(&self) -> Events {
        let trees = self.context.trees;
        let sections = |tree: &super::tree::Tree<'_>| -> Vec<usize> {
            (0..tree.nodes.len()).filter(|&n| tree.nodes[n].shape == Shape::Section).collect()
        };
        self.events(&sections(trees.old), &sections(trees.new))
    }

    /// Collects what came among new nodes and what went from old ones, both in printed order.
    fn events(&self, gone: &[usize], come: &[usize]) -> Events {
        let Context { trees, pairs, in_place, causes, .. } = self.context;
        let made = |n: usize| {
            let it = &trees.new.nodes[n];
            let below = || it.children.iter().find_map(|&c| trees.new.nodes[c].op);
            it.op.or_else(|| if it.shape == Shape::Section { below() } else { None })
        };
        let unmade = |o: usize| {
            let it = &trees.old.nodes[o];
            let below = || it.children.iter().find_map(|&c| causes.removed(&trees.old.nodes[c].id));
            causes.removed(&it.id).or_else(|| if it.shape == Shape::Section { below() } else { None })
        };
        let heading = |shape| matches!(shape, Shape::Line(UnitKind::Heading));
        let mut events = Events::default();
        for &n in come {
            let it = &trees.new.nodes[n];
            if !heading(it.shape) && (pairs.to_old[n].is_none() || !in_place[n]) {
                events.come.extend(made(n).map(|op| (n, op)));
            }
        }
        for &o in gone {
            if heading(trees.old.nodes[o].shape) {
                continue;
            }
            match pairs.to_new[o] {
                None => events.gone.extend(unmade(o).map(|op| (o, op))),
                Some(n) if !in_place[n] => events.gone.extend(made(n).or_else(|| unmade(o)).map(|op| (o, op))),
                Some(_) => {}
            }
        }
        events
    }
}
