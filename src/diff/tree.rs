//! A bylaw laid out for comparison: one node for everything that can be matched, in printed order.

use super::tokens::{Keys, Token, tokenize};
use crate::document::units::{Unit, UnitKind, units};
use crate::document::{Block, Bylaw, NodeId, OpId, Text};

/// Says what a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// The bylaw.
    Root,
    /// A § with everything in it; it has no line of its own.
    Section,
    /// A stk. that begins with a list: it has no line of its own.
    Bare,
    /// A chapter without a heading.
    Untitled,
    /// A line of this kind.
    Line(UnitKind),
}

impl Shape {
    /// Says whether two nodes of these shapes can stand for each other without one having moved.
    pub fn fits(self, other: Shape) -> bool {
        self.group() == other.group()
    }
    fn group(self) -> Shape {
        match self {
            Shape::Bare => Shape::Line(UnitKind::Subsection),
            Shape::Untitled => Shape::Line(UnitKind::Chapter),
            other => other,
        }
    }
}

/// Is a node.
pub(super) struct Node<'a> {
    /// What it is.
    pub shape: Shape,
    /// Its identity, meaningful only when identities are known.
    pub id: NodeId,
    /// The node it stands under; the root stands under itself.
    pub parent: usize,
    /// What stands under it.
    pub children: Vec<usize>,
    /// Its line, if it has one.
    pub unit: Option<Unit<'a>>,
    /// The operation that made it what it is.
    pub op: Option<OpId>,
    /// The number of a section.
    pub number: String,
    /// The text of the line.
    pub text: String,
    /// The tokens of the line.
    pub tokens: Vec<Token>,
}

/// Is a bylaw as nodes; children come after their parents, and the order is the printed one.
pub(super) struct Tree<'a> {
    /// The nodes; the first is the root.
    pub nodes: Vec<Node<'a>>,
    /// What the references read from plain text point at.
    pub references: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// Lays out a bylaw.
    pub fn new(bylaw: &'a Bylaw, identities: bool, keys: &mut Keys) -> Tree<'a> {
        let mut build = Build { nodes: Vec::new(), units: units(bylaw).into_iter(), keys, identities };
        build.bylaw(bylaw);
        let mut tree = Tree { nodes: build.nodes, references: Vec::new() };
        super::references::find(&mut tree, identities);
        tree
    }
    /// Returns the section a node belongs to, if it belongs to one.
    pub fn section(&self, mut node: usize) -> Option<usize> {
        while node != 0 {
            if self.nodes[node].shape == Shape::Section {
                return Some(node);
            }
            node = self.nodes[node].parent;
        }
        None
    }
    /// Returns the nodes of a subtree that have lines, in printed order.
    pub fn lines(&self, top: usize) -> Vec<usize> {
        (top..self.end(top)).filter(|&n| self.nodes[n].unit.is_some()).collect()
    }
    /// Returns the index after the last node of a subtree.
    pub fn end(&self, mut top: usize) -> usize {
        while let Some(&last) = self.nodes[top].children.last() {
            top = last;
        }
        top + 1
    }
}

struct Build<'a, 'k> {
    nodes: Vec<Node<'a>>,
    units: std::vec::IntoIter<Unit<'a>>,
    keys: &'k mut Keys,
    identities: bool,
}

impl<'a> Build<'a, '_> {
    fn node(&mut self, shape: Shape, id: &NodeId, parent: usize, op: Option<OpId>, text: Option<&Text>) -> usize {
        let index = self.nodes.len();
        let unit = if text.is_some() { self.units.next() } else { None };
        let (text, tokens) = match text {
            Some(text) => tokenize(text, self.identities, self.keys),
            None => Default::default(),
        };
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(index);
        }
        let id = unit.as_ref().map_or(id, |u| &u.id).clone();
        let children = Vec::new();
        self.nodes.push(Node { shape, id, parent, children, unit, op, number: String::new(), text, tokens });
        index
    }

    fn line(&mut self, kind: UnitKind, id: &NodeId, parent: usize, op: Option<OpId>, text: &Text) -> usize {
        self.node(Shape::Line(kind), id, parent, op, Some(text))
    }

    /// Walks the bylaw in the order of [`units`].
    fn bylaw(&mut self, bylaw: &'a Bylaw) {
        let none = NodeId::default();
        self.node(Shape::Root, &none, 0, None, None);
        self.line(UnitKind::Title, &none, 0, None, &bylaw.title);
        for p in &bylaw.preamble {
            self.line(UnitKind::Preamble, &p.id, 0, p.op, &p.text);
        }
        for chapter in &bylaw.chapters {
            let node = if chapter.number.is_empty() && chapter.title.is_empty() {
                self.node(Shape::Untitled, &chapter.id, 0, chapter.op, None)
            } else {
                self.line(UnitKind::Chapter, &chapter.id, 0, chapter.op, &chapter.title)
            };
            for section in &chapter.sections {
                self.section(node, section);
            }
        }
    }

    fn section(&mut self, chapter: usize, section: &'a crate::document::Section) {
        let node = self.node(Shape::Section, &section.id, chapter, section.op, None);
        self.nodes[node].number.clone_from(&section.number);
        if let Some(heading) = &section.heading {
            self.line(UnitKind::Heading, &section.id, node, section.op, heading);
        }
        for subsection in &section.subsections {
            let mut blocks = subsection.blocks.iter();
            let under = if let Some(Block::Text(p)) = subsection.blocks.first() {
                blocks.next();
                self.line(UnitKind::Subsection, &subsection.id, node, p.op, &p.text)
            } else {
                self.node(Shape::Bare, &subsection.id, node, None, None)
            };
            for block in blocks {
                match block {
                    Block::Text(p) => {
                        self.line(UnitKind::Text, &p.id, under, p.op, &p.text);
                    }
                    Block::List(points) => {
                        for point in points {
                            let at = self.line(UnitKind::Point, &point.id, under, point.op, &point.text);
                            for letter in &point.letters {
                                self.line(UnitKind::Letter, &letter.id, at, letter.op, &letter.text);
                            }
                        }
                    }
                }
            }
        }
    }
}
