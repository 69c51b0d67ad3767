//! The bylaw as a tree: chapters, sections (§), subsections (stk.), points (nr.) and letters (litra).
//!
//! Identity ([`NodeId`]) is permanent and is not the place ([`Address`]), and the place is not what is
//! printed before the text ([`Label`]). Labels of § and chapters are data on the node; those of stk., nr.
//! and litra come from [`number`].

pub mod address;
pub mod number;
pub mod print;
pub mod units;

pub use address::Address;

use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Names a node for as long as it lives, whatever number it carries: `medlemmer/2`, `opgave/parker`.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct NodeId(pub String);

impl NodeId {
    /// Makes an identity from its text.
    pub fn new(text: impl Into<String>) -> Self {
        NodeId(text.into())
    }
    /// Returns the text of the identity.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for NodeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Is what stands printed before a node's text: `§ 14.`, `Stk. 2.`, `3)`, `a)`; empty for none.
pub type Label = String;

/// Says what produced a stretch of text.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum OriginKind {
    /// The wording of a provision in the rules.
    Provision,
    /// A task's wording; the task's id.
    Task(String),
    /// A form of a committee's name; the committee's id and the form (`definite`, `genitive`, …).
    Name {
        /// The committee's id.
        committee: String,
        /// Which of its forms.
        form: String,
        /// Set when the name is deliberately that of an earlier day.
        historical: bool,
    },
    /// A reference to another place in the bylaw; the targets' ids, first to last.
    Reference(Vec<NodeId>),
    /// A reference to another act; never renumbered.
    External(String),
    /// A date or another figure taken from the rules; the name it was asked for by.
    Data(String),
    /// The punctuation between the items of a list: follows from the item's place.
    Separator,
    /// The literal words of a template.
    #[default]
    Template,
    /// Text that was read from a published file, so that nothing is known of it.
    Unknown,
}

/// Identifies the operation that made a piece of text what it is: an index into [`crate::model::Model::operations`].
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId(pub u32);

/// Is where a stretch of text comes from: the rule that wrote it and the operation that changed it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// What produced the text.
    pub kind: OriginKind,
    /// Where in the rules or templates it is written.
    #[serde(skip)]
    pub span: Option<Span>,
    /// The operation that made it so, if it is not as in the text in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OpId>,
}

/// Is a stretch of text with one origin. The text is plain: one ordinary space between words, NFC, no markup.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Where they come from.
    pub origin: Origin,
}

/// Is a reference as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Citation {
    /// Points at a place (or, with two, a range of places) in this bylaw.
    Internal(Vec<NodeId>),
    /// Points into another act.
    External {
        /// The act's id in `bylaw.yaml`.
        act: String,
        /// The reference as printed, `§ 17, stk. 4`.
        text: String,
    },
}

impl Run {
    /// Returns the reference this run is, if it is one.
    pub fn citation(&self) -> Option<Citation> {
        match &self.origin.kind {
            OriginKind::Reference(ids) => Some(Citation::Internal(ids.clone())),
            OriginKind::External(act) => Some(Citation::External { act: act.clone(), text: self.text.clone() }),
            _ => None,
        }
    }
}

/// Is a stretch of running text: runs in order.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Run>);

impl Text {
    /// Makes a text of unknown origin.
    pub fn plain(text: impl Into<String>) -> Self {
        let origin = Origin { kind: OriginKind::Unknown, ..Origin::default() };
        Text(vec![Run { text: text.into(), origin }])
    }
    /// Returns the words without their origins.
    pub fn to_plain(&self) -> String {
        self.0.iter().map(|r| r.text.as_str()).collect()
    }
    /// Says whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|r| r.text.is_empty())
    }
}

/// Is a whole bylaw.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Bylaw {
    /// The title line.
    pub title: Text,
    /// Paragraphs between the title and the first chapter or §.
    pub preamble: Vec<Paragraph>,
    /// The chapters; a bylaw without chapters has one with an empty label and title.
    pub chapters: Vec<Chapter>,
}

/// Is a paragraph that is not part of a §.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Permanent identity.
    pub id: NodeId,
    /// The operation that made it what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OpId>,
    /// Its words.
    pub text: Text,
}

/// Is a chapter: `## Kapitel 1. Borgerrepræsentationen`.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Chapter {
    /// Permanent identity.
    pub id: NodeId,
    /// The operation that made its heading what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OpId>,
    /// `1`, `2 a`, `IV`; empty where the bylaw has no chapters.
    pub number: String,
    /// The heading's words.
    pub title: Text,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// Is a § with its heading (rubrik).
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Section {
    /// Permanent identity.
    pub id: NodeId,
    /// The operation that made its heading what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OpId>,
    /// `14`, `7 a`.
    pub number: String,
    /// The heading before the §, if there is one.
    pub heading: Option<Text>,
    /// Its subsections, at least one in a bylaw that was compiled.
    pub subsections: Vec<Subsection>,
}

/// Is a stk.: blocks, since text and a second list can follow a list.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Subsection {
    /// Permanent identity.
    pub id: NodeId,
    /// Its place in the §, from 1; set by [`number`].
    pub number: u32,
    /// What it holds; the first block is a [`Block::Text`] that carries the label.
    pub blocks: Vec<Block>,
}

/// Is one block of a subsection.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph of text.
    Text(Paragraph),
    /// A list of points.
    List(Vec<Point>),
}

/// Is a nr. (or a bullet) in a list.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Point {
    /// Permanent identity.
    pub id: NodeId,
    /// The operation that put it here or made it what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OpId>,
    /// Its place in the list, from 1; set by [`number`].
    pub number: u32,
    /// `3)`, `–` or `•` as printed.
    pub label: Label,
    /// Its words with the punctuation that ends it.
    pub text: Text,
    /// Its letters.
    pub letters: Vec<Letter>,
}

/// Is a litra under a point.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct Letter {
    /// Permanent identity.
    pub id: NodeId,
    /// The operation that made it what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OpId>,
    /// `a)` as printed; set by [`number`].
    pub label: Label,
    /// Its words with the punctuation that ends it.
    pub text: Text,
}
