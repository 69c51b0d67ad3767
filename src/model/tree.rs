//! Provisions as the rules have them: a tree of nodes whose words remember which operation wrote them.

use crate::document::OpId;
use crate::rules::{
    LetterRule, ListedCommittees, NameForm, PointRule, SectionRule, SubBlock, SubsectionRule, Wording, wording,
};
use crate::source::{Span, Spanned};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Is one piece of a text with the operation that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The piece.
    pub piece: wording::Piece,
    /// The operation; `None` for the text in force.
    pub op: Option<OpId>,
    /// Where it is written.
    pub span: Span,
}

/// Is a text whose words remember which operation wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layered(pub Vec<Layer>);

impl Layered {
    /// Makes a text that one operation wrote.
    pub fn new(words: &Wording, op: Option<OpId>) -> Layered {
        Layered(words.pieces.iter().map(|p| Layer { piece: p.clone(), op, span: words.span }).collect())
    }

    /// Returns the text after an operation gave it new words: words that stay keep who wrote them.
    pub fn amended(&self, words: &Wording, op: OpId) -> Layered {
        let old: Vec<Layer> = self.0.iter().flat_map(tokens).collect();
        let new: Vec<Layer> = Layered::new(words, Some(op)).0.iter().flat_map(tokens).collect();
        let key = |layers: &[Layer]| layers.iter().map(|l| l.piece.clone()).collect::<Vec<_>>();
        let mut out: Vec<Layer> = Vec::new();
        for diff in capture_diff_slices(Algorithm::RawMyers, &key(&old), &key(&new)) {
            match diff {
                DiffOp::Equal { old_index, len, .. } => {
                    for layer in old.iter().skip(old_index).take(len) {
                        push(&mut out, Layer { span: words.span, ..layer.clone() });
                    }
                }
                DiffOp::Delete { .. } => {}
                DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
                    for layer in new.iter().skip(new_index).take(new_len) {
                        push(&mut out, layer.clone());
                    }
                }
            }
        }
        Layered(out)
    }

    /// Says whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Splits plain words into single words, each with the space before it.
fn tokens(layer: &Layer) -> Vec<Layer> {
    let wording::Piece::Text(text) = &layer.piece else { return vec![layer.clone()] };
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        if c == ' ' && i > start {
            out.push(&text[start..i]);
            start = i;
        }
    }
    out.push(&text[start..]);
    out.into_iter().map(|t| Layer { piece: wording::Piece::Text(t.to_string()), ..layer.clone() }).collect()
}

fn push(out: &mut Vec<Layer>, layer: Layer) {
    if let (Some(last), wording::Piece::Text(text)) = (out.last_mut(), &layer.piece)
        && let wording::Piece::Text(before) = &mut last.piece
        && last.op == layer.op
        && last.span == layer.span
    {
        before.push_str(text);
        return;
    }
    out.push(layer);
}

/// Says what a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A chapter.
    Chapter,
    /// A §.
    Section,
    /// A stk. whose first paragraph a template writes from the committee's names.
    Remit(String),
    /// A stk.
    Subsection,
    /// A paragraph after a list.
    Text,
    /// A list of committees, and the form in which each is named.
    Committees(ListedCommittees, NameForm, bool),
    /// A committee's task list: all of it, or one group.
    Tasks(String, Option<String>),
    /// An item.
    Point,
    /// A letter.
    Letter,
}

/// Is a node of the provisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Permanent id.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Number of a chapter or §.
    pub number: Spanned<String>,
    /// Its words: a chapter's title, a paragraph, an item; the field of a remit.
    pub text: Layered,
    /// A §'s heading.
    pub heading: Option<Layered>,
    /// A remit's formula.
    pub formula: String,
    /// What stands below it.
    pub children: Vec<Node>,
    /// The operation that put it here or changed it last.
    pub op: Option<OpId>,
    /// The operation that changed a §'s heading last.
    pub heading_op: Option<OpId>,
    /// Where it is written.
    pub span: Span,
    /// Where its id is written, else where it is.
    pub id_span: Span,
}

impl Node {
    fn new(id: String, kind: NodeKind, words: &Wording, op: Option<OpId>) -> Node {
        Node {
            id,
            kind,
            number: Spanned::new(String::new(), words.span),
            text: Layered::new(words, op),
            heading: None,
            formula: String::new(),
            children: Vec::new(),
            op,
            heading_op: op,
            span: words.span,
            id_span: words.span,
        }
    }

    /// Makes a chapter without its §§.
    pub fn chapter(rule: &crate::rules::ChapterRule) -> Node {
        let mut node = Node::new(rule.id.value.clone(), NodeKind::Chapter, &rule.title, None);
        node.number = Spanned::new(rule.number.clone(), rule.id.span);
        node.span = rule.id.span;
        node.id_span = rule.id.span;
        node.children = rule.sections.iter().map(|s| Node::section(s, None)).collect();
        node
    }

    /// Makes a § with everything in it.
    pub fn section(rule: &SectionRule, op: Option<OpId>) -> Node {
        let empty = Wording { pieces: Vec::new(), span: rule.id.span };
        let id = rule.id.value.clone();
        let mut node = Node::new(id.clone(), NodeKind::Section, &empty, op);
        node.number = rule.number.clone();
        node.heading = rule.heading.as_ref().map(|h| Layered::new(h, op));
        for (i, subsection) in rule.subsections.iter().enumerate() {
            node.children.push(Node::subsection(&id, i + 1, subsection, op));
        }
        node
    }

    /// Makes a stk.; `number` names it where it has no id.
    pub fn subsection(section: &str, number: usize, rule: &SubsectionRule, op: Option<OpId>) -> Node {
        let id = own_id(section, rule.id.as_ref(), number);
        let mut node = Node::new(id.clone(), NodeKind::Subsection, &rule.text, op);
        node.id_span = rule.id.as_ref().map_or(node.span, |id| id.span);
        if let Some(formula) = &rule.formula {
            node.kind = NodeKind::Remit(formula.committee.value.clone());
            node.formula = formula.name.value.clone();
            node.span = formula.name.span;
        }
        let (mut points, mut texts) = (0, 0);
        let empty = Wording { pieces: Vec::new(), span: rule.span };
        for block in &rule.blocks {
            match block {
                SubBlock::Text(words) => {
                    texts += 1;
                    node.children.push(Node::new(format!("{id}/tekst-{texts}"), NodeKind::Text, words, op));
                }
                SubBlock::Committees(which, form, capital) => {
                    let kind = NodeKind::Committees(*which, *form, *capital);
                    node.children.push(Node::new(format!("{id}/udvalg"), kind, &empty, op));
                }
                SubBlock::Remit(remit) => {
                    let kind = NodeKind::Tasks(remit.committee.value.clone(), remit.group.clone());
                    let own = remit.group.as_ref().map_or_else(String::new, |g| format!("-{g}"));
                    let mut tasks = Node::new(format!("{id}/opgaver{own}"), kind, &empty, op);
                    tasks.span = remit.committee.span;
                    tasks.id_span = remit.committee.span;
                    node.children.push(tasks);
                }
                SubBlock::Points(list) => {
                    for point in list {
                        points += 1;
                        node.children.push(Node::point(&id, points, point, op));
                    }
                }
            }
        }
        node
    }

    /// Makes an item.
    pub fn point(subsection: &str, number: usize, rule: &PointRule, op: Option<OpId>) -> Node {
        let id = own_id(subsection, rule.id.as_ref(), number);
        let mut node = Node::new(id.clone(), NodeKind::Point, &rule.text, op);
        node.id_span = rule.id.as_ref().map_or(node.span, |id| id.span);
        node.children = rule.letters.iter().enumerate().map(|(i, l)| Node::letter(&id, i + 1, l, op)).collect();
        node
    }

    /// Makes a letter.
    pub fn letter(point: &str, number: usize, rule: &LetterRule, op: Option<OpId>) -> Node {
        let mut node = Node::new(own_id(point, rule.id.as_ref(), number), NodeKind::Letter, &rule.text, op);
        node.id_span = rule.id.as_ref().map_or(node.span, |id| id.span);
        node
    }

    /// Finds a node among this one and those below it.
    pub fn find(&self, id: &str) -> Option<&Node> {
        if self.id == id {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(id))
    }

    /// Walks the node and everything below it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }
}

fn own_id(parent: &str, id: Option<&Spanned<String>>, number: usize) -> String {
    match id {
        Some(id) => format!("{parent}/{}", id.value),
        None => format!("{parent}/{number}"),
    }
}
