//! The running text: a tree that the derivation changes item by item, so that every address is the one valid when it is
//! reached.

use crate::document::number::{Marker, letter};
use crate::document::{Address, Block, Bylaw};
use crate::instrument::{Kind as LineKind, Line, Target};

/// Says what a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// The bylaw; its text is the title.
    Root,
    /// A paragraph before the first chapter.
    Preamble,
    /// The heading of a chapter; the §§ follow it, they do not stand below it.
    Chapter,
    /// A §; its words are in its stk.
    Section,
    /// A stk. with its first paragraph.
    Subsection,
    /// A paragraph after a list.
    Text,
    /// A nr.
    Point,
    /// A litra.
    Letter,
}

/// Is a node of the running text.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its identity in both texts.
    pub id: String,
    /// The number of a § or chapter.
    pub number: String,
    /// How a point is marked.
    pub marker: Marker,
    /// Its words.
    pub text: String,
    /// The heading before a §.
    pub heading: Option<String>,
    /// What stands below it.
    pub children: Vec<Node>,
    /// Its place among its like when the part began; 0 for one that came since.
    pub was: u32,
    /// The number of a § when the part began.
    pub former: String,
}

/// Is the way from the root to a node.
pub(super) type Path = Vec<usize>;

impl Node {
    fn new(kind: Kind, id: &str, text: String) -> Node {
        Node {
            kind,
            id: id.to_string(),
            number: String::new(),
            marker: Marker::Number,
            text,
            heading: None,
            children: Vec::new(),
            was: 0,
            former: String::new(),
        }
    }

    /// Makes the running text of a bylaw.
    pub fn root(bylaw: &Bylaw) -> Node {
        let mut root = Node::new(Kind::Root, "#titel", bylaw.title.to_plain());
        for paragraph in &bylaw.preamble {
            root.children.push(Node::new(Kind::Preamble, paragraph.id.as_str(), paragraph.text.to_plain()));
        }
        for chapter in &bylaw.chapters {
            let mut node = Node::new(Kind::Chapter, chapter.id.as_str(), chapter.title.to_plain());
            node.number.clone_from(&chapter.number);
            if !(node.number.is_empty() && node.text.is_empty()) {
                root.children.push(node);
            }
            root.children.extend(chapter.sections.iter().map(section));
        }
        root.settle();
        root
    }

    /// Notes every place as the one from which the part began.
    pub fn settle(&mut self) {
        let mut counts = [0_u32; 8];
        for child in &mut self.children {
            let count = &mut counts[child.kind as usize];
            *count += 1;
            child.was = *count;
            child.former.clone_from(&child.number);
            child.settle();
        }
    }

    /// Returns the node at the end of a path.
    pub fn at(&self, path: &[usize]) -> Option<&Node> {
        path.iter().try_fold(self, |node, i| node.children.get(*i))
    }

    /// Returns the node at the end of a path, to change it.
    pub fn at_mut(&mut self, path: &[usize]) -> Option<&mut Node> {
        path.iter().try_fold(self, |node, i| node.children.get_mut(*i))
    }

    /// Returns the place of the `index`th child among those of its kind, from 1.
    pub fn ordinal(&self, index: usize) -> u32 {
        let Some(child) = self.children.get(index) else { return 0 };
        self.children.iter().take(index + 1).filter(|c| c.kind == child.kind).count() as u32
    }

    /// Says whether two nodes read the same, with all that stands below them; number and heading of a § are left out.
    pub fn same_below(&self, other: &Node) -> bool {
        self.kind == other.kind
            && self.id == other.id
            && self.marker == other.marker
            && self.text == other.text
            && self.children.len() == other.children.len()
            && self.children.iter().zip(&other.children).all(|(a, b)| a.same_below(b))
    }

    /// Visits the words of the node and of all that stands below it, headings of §§ left out.
    pub fn words<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        if self.kind != Kind::Section {
            visit(&self.text);
        }
        for child in &self.children {
            child.words(visit);
        }
    }

    /// Returns the node as the lines an instrument quotes; `ordinal` is its place among its like.
    pub fn lines(&self, ordinal: u32) -> Vec<Line> {
        let mut out = Vec::new();
        self.push_lines(ordinal, "", &mut out);
        out
    }

    fn push_lines(&self, ordinal: u32, section: &str, out: &mut Vec<Line>) {
        match self.kind {
            Kind::Root => out.push(Line::new(LineKind::Title, "", &self.text)),
            Kind::Preamble => out.push(Line::new(LineKind::Preamble, "", &self.text)),
            Kind::Chapter if self.number.is_empty() => out.push(Line::new(LineKind::Chapter, "", &self.text)),
            Kind::Chapter => {
                out.push(Line::new(LineKind::Chapter, format!("Kapitel {}.", self.number), &self.text));
            }
            Kind::Section => {
                out.extend(self.heading.iter().map(|h| Line::new(LineKind::Heading, "", h)));
            }
            Kind::Subsection => {
                let (kind, label) = match (ordinal, section.is_empty()) {
                    (0 | 1, false) => (LineKind::Subsection, format!("§ {section}.")),
                    (0 | 1, true) => (LineKind::Text, String::new()),
                    _ => (LineKind::Subsection, format!("Stk. {ordinal}.")),
                };
                out.push(Line::new(kind, label, &self.text));
            }
            Kind::Text => out.push(Line::new(LineKind::Text, "", &self.text)),
            Kind::Point => out.push(Line::new(LineKind::Point, self.marker.label(ordinal), &self.text)),
            Kind::Letter => out.push(Line::new(LineKind::Letter, format!("{})", letter(ordinal)), &self.text)),
        }
        let own = if self.kind == Kind::Section { self.number.as_str() } else { "" };
        let mut counts = [0_u32; 8];
        for child in &self.children {
            let count = &mut counts[child.kind as usize];
            *count += 1;
            child.push_lines(*count, own, out);
        }
    }

    /// Returns the place at the end of a path, with the number it had when the part began where that is another.
    pub fn target(&self, path: &[usize]) -> Target {
        let mut now = Address::default();
        let mut before = Address::default();
        let mut target = Target::default();
        let (mut known, mut differs) = (true, false);
        let mut node = self;
        for &index in path {
            let Some(child) = node.children.get(index) else { break };
            let ordinal = node.ordinal(index);
            known &= child.was > 0;
            match child.kind {
                Kind::Root => {}
                Kind::Preamble => {
                    now.named = Some("indledningen");
                    let several = node.children.iter().filter(|c| c.kind == Kind::Preamble).count() > 1;
                    target.paragraph = several.then_some(ordinal);
                }
                Kind::Chapter => now.chapter = Some(child.number.clone()),
                Kind::Section => {
                    now.section = Some(child.number.clone());
                    before.section = Some(child.former.clone());
                    differs |= child.former != child.number;
                }
                Kind::Subsection => {
                    let several = node.children.len() > 1;
                    now.subsection = several.then_some(ordinal);
                    before.subsection = now.subsection.map(|_| child.was);
                    differs |= several && child.was != ordinal;
                }
                Kind::Text => target.paragraph = Some(ordinal + 1),
                Kind::Point => {
                    target.dashes = child.marker != Marker::Number;
                    now.point = Some(ordinal);
                    before.point = Some(child.was);
                    differs |= child.was != ordinal;
                }
                Kind::Letter => {
                    now.letter = Some(letter(ordinal));
                    before.letter = Some(letter(child.was));
                    differs |= child.was != ordinal;
                }
            }
            node = child;
        }
        if path.is_empty() {
            now.named = Some("titlen");
        }
        if known && differs {
            target.was = Some(Address { chapter: now.chapter.clone(), named: now.named, ..before });
        }
        target.address = now;
        target
    }

    /// Returns the heading of a § or chapter as a place.
    pub fn heading_target(&self, path: &[usize]) -> Target {
        let mut target = self.target(path);
        target.address.heading = true;
        target.was = None;
        target
    }
}

fn section(section: &crate::document::Section) -> Node {
    let mut node = Node::new(Kind::Section, section.id.as_str(), String::new());
    node.number.clone_from(&section.number);
    node.heading = section.heading.as_ref().map(crate::document::Text::to_plain);
    for subsection in &section.subsections {
        let mut stk = Node::new(Kind::Subsection, subsection.id.as_str(), String::new());
        for (i, block) in subsection.blocks.iter().enumerate() {
            match block {
                Block::Text(paragraph) if i == 0 => stk.text = paragraph.text.to_plain(),
                Block::Text(paragraph) => {
                    stk.children.push(Node::new(Kind::Text, paragraph.id.as_str(), paragraph.text.to_plain()));
                }
                Block::List(points) => stk.children.extend(points.iter().map(point)),
            }
        }
        node.children.push(stk);
    }
    node
}

fn point(point: &crate::document::Point) -> Node {
    let mut node = Node::new(Kind::Point, point.id.as_str(), point.text.to_plain());
    node.marker = Marker::parse(&point.label).unwrap_or_default();
    for letter in &point.letters {
        node.children.push(Node::new(Kind::Letter, letter.id.as_str(), letter.text.to_plain()));
    }
    node
}
