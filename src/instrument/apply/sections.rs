//! Where the §§ stand, by number, while nodes come and go.

use super::Applier;
use crate::instrument::text::Node;
use std::collections::HashMap;
use std::ops::Range;

/// Knows at which nodes the §§ of each number stand.
pub(super) struct Sections(HashMap<String, Vec<usize>>);

impl Sections {
    /// Looks through a text once.
    pub(super) fn of(nodes: &[Node]) -> Sections {
        let mut out = Sections(HashMap::new());
        out.enter(0, nodes);
        out
    }

    /// Returns where the §§ with a number stand: more than one only while an item is at work.
    pub(super) fn at(&self, number: &str) -> &[usize] {
        self.0.get(number).map_or(&[], Vec::as_slice)
    }

    fn enter(&mut self, from: usize, nodes: &[Node]) {
        for (i, node) in nodes.iter().enumerate() {
            if let Node::Section(section) = node {
                self.add(&section.number, from + i);
            }
        }
    }

    fn add(&mut self, number: &str, at: usize) {
        match self.0.get_mut(number) {
            Some(places) => places.push(at),
            None => {
                self.0.insert(number.to_string(), vec![at]);
            }
        }
    }

    fn remove(&mut self, number: &str, at: usize) {
        if let Some(places) = self.0.get_mut(number) {
            places.retain(|place| *place != at);
        }
    }
}

impl Applier {
    /// Puts nodes in the place of others and returns those. No node comes or goes in another way.
    pub(super) fn splice(&mut self, place: Range<usize>, new: Vec<Node>) -> Vec<Node> {
        let place = place.start.min(self.text.nodes.len())..place.end.min(self.text.nodes.len());
        let count = new.len();
        let gone: Vec<Node> = self.text.nodes.splice(place.clone(), new).collect();
        for (at, node) in (place.start..).zip(&gone) {
            if let Node::Section(section) = node {
                self.sections.remove(&section.number, at);
            }
        }
        if count != place.len() {
            let behind = self.sections.0.values_mut().flatten().filter(|at| **at >= place.end);
            behind.for_each(|at| *at = *at - place.len() + count);
        }
        let end = place.start + count;
        self.sections.enter(place.start, self.text.nodes.get(place.start..end).unwrap_or_default());
        gone
    }

    /// Gives a § another number.
    pub(super) fn rename(&mut self, at: usize, number: &str) {
        let clock = self.clock;
        let Some(Node::Section(section)) = self.text.nodes.get_mut(at) else { return };
        self.sections.remove(&section.number, at);
        self.sections.add(number, at);
        section.number = number.to_string();
        section.renumber(clock);
    }
}
