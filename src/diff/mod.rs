//! Compares two bylaws: aligned by identity first, then by structure and likeness, then word by word.
//!
//! The result is data ([`Redline`]); nothing here knows how it is shown.

mod align;
mod changes;
mod consequences;
mod hunks;
mod leftovers;
mod likeness;
mod lists;
mod marks;
mod order;
mod pieces;
mod references;
mod renames;
mod rows;
mod sections;
mod segments;
mod sentences;
mod tails;
mod tokens;
mod tree;
mod words;

pub(crate) use order::heaviest_increasing;
pub use segments::segments;

use crate::document::units::UnitKind;
use crate::document::{Address, Bylaw, Label, NodeId, OpId, Origin};
use jiff::civil::Date;

/// Is what a stretch of text does between the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentOp {
    /// Stands in both.
    Keep,
    /// Stands only in the old text.
    Delete,
    /// Stands only in the new text.
    Insert,
}

/// Says how much a mark matters to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Class {
    /// A rule changed these words.
    #[default]
    Substance,
    /// A committee, an administration or a title got another name.
    Renaming,
    /// A number shifted because something before it came or went.
    Renumbering,
    /// A reference follows the place it points at.
    Reference,
    /// The punctuation of a list follows from which item is last.
    Punctuation,
}

impl Class {
    /// Says whether the mark follows from other changes and decides nothing itself.
    pub fn is_consequence(self) -> bool {
        matches!(self, Class::Renumbering | Class::Reference | Class::Punctuation)
    }
    /// Returns the class's name in the machine-readable outputs.
    pub fn name(self) -> &'static str {
        match self {
            Class::Substance => "substance",
            Class::Renaming => "renaming",
            Class::Renumbering => "renumbering",
            Class::Reference => "reference",
            Class::Punctuation => "punctuation",
        }
    }
}

/// Is a stretch of text in a row of the redline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Whether it is kept, deleted or inserted.
    pub op: SegmentOp,
    /// The words with the spaces that belong to them.
    pub text: String,
    /// How much the mark matters; meaningless for kept text.
    pub class: Class,
    /// Where the words come from.
    pub origin: Origin,
    /// The change this mark belongs to: an index into [`Redline::changes`]; `None` for kept text.
    pub change: Option<usize>,
}

/// Is what happened to a line of the bylaw as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowState {
    /// Stands in both, perhaps with marks inside (a shifted label, edited words).
    Kept,
    /// Stands only in the new text.
    Inserted,
    /// Stands only in the old text.
    Deleted,
    /// The place a moved line left; its segments are `Keep` (moved) and `Delete` (lost on the way).
    MovedFrom,
    /// The place a moved line came to; its segments are `Keep` (moved) and `Insert` (new on the way).
    MovedTo,
}

/// Is where a row stands in one of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The unit's identity.
    pub id: NodeId,
    /// The section it belongs to; empty outside the §§.
    pub section: NodeId,
    /// The label as printed there.
    pub label: Label,
    /// The place.
    pub address: Address,
}

/// Is one line of the redline; rows stand in the order a reader meets them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What kind of line.
    pub kind: UnitKind,
    /// What happened to it.
    pub state: RowState,
    /// Its place in the old text; for `MovedTo`, the place it came from.
    pub old: Option<Side>,
    /// Its place in the new text; for `MovedFrom`, the place it went to.
    pub new: Option<Side>,
    /// The label with its marks. `Keep` segments join to the old and the new label.
    pub label: Vec<Segment>,
    /// The text with its marks.
    pub text: Vec<Segment>,
    /// The changes that touch the row: indices into [`Redline::changes`], ascending.
    pub changes: Vec<usize>,
}

impl Row {
    /// Says whether the row stands in the new text at this place.
    pub fn in_new(&self) -> bool {
        matches!(self.state, RowState::Kept | RowState::Inserted | RowState::MovedTo)
    }
    /// Says whether the row stands in the old text at this place.
    pub fn in_old(&self) -> bool {
        matches!(self.state, RowState::Kept | RowState::Deleted | RowState::MovedFrom)
    }
    /// Says whether anything in the row is marked.
    pub fn is_marked(&self) -> bool {
        self.state != RowState::Kept || self.label.iter().chain(&self.text).any(|s| s.op != SegmentOp::Keep)
    }
}

/// Is the kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A new provision or item.
    Insert,
    /// A provision or item that is gone.
    Delete,
    /// New words in a provision that stays.
    Edit,
    /// A provision or item that stands elsewhere, with or without new words.
    Move,
    /// Part of a task went to another item.
    Split,
    /// Parts were gathered in one item.
    Merge,
    /// Only a name is another.
    Rename,
    /// Only a label shifted.
    Renumber,
    /// Only a reference follows its target.
    Reference,
    /// Only the punctuation of a list follows.
    Punctuation,
}

impl ChangeKind {
    /// Returns the kind's name in the machine-readable outputs.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Insert => "insert",
            ChangeKind::Delete => "delete",
            ChangeKind::Edit => "edit",
            ChangeKind::Move => "move",
            ChangeKind::Split => "split",
            ChangeKind::Merge => "merge",
            ChangeKind::Rename => "rename",
            ChangeKind::Renumber => "renumber",
            ChangeKind::Reference => "reference",
            ChangeKind::Punctuation => "punctuation",
        }
    }
}

/// Says why something changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// An operation that carries out clauses of the agreement.
    Clause(OpId),
    /// An operation of an amendment moved between the readings.
    Amendment(OpId),
    /// It follows from other operations: a number, a reference, a list's punctuation.
    Consequence(Vec<OpId>),
    /// Nothing is known: the texts came from files.
    Unknown,
}

/// Is one change: what happened where, why and from when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind.
    pub kind: ChangeKind,
    /// How much it matters.
    pub class: Class,
    /// The node it happened to.
    pub node: NodeId,
    /// The section it is shown under.
    pub section: NodeId,
    /// Where it stood.
    pub old: Option<Address>,
    /// Where it stands.
    pub new: Option<Address>,
    /// Why. More than one cause when several operations touch the same words.
    pub causes: Vec<Cause>,
    /// From when all of it holds; `None` when nothing is known.
    pub effect: Option<Date>,
    /// The rows that show it: indices into [`Redline::rows`].
    pub rows: Vec<usize>,
}

/// Is the whole comparison.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Redline {
    /// The lines in the order a reader meets them.
    pub rows: Vec<Row>,
    /// The changes in the order of the new text.
    pub changes: Vec<Change>,
}

impl Redline {
    /// Returns where a row's words stand otherwise: the other end of a move, the item that parts were gathered in or
    /// taken out of. `None` for words that are simply new, gone or kept.
    pub fn elsewhere(&self, row: &Row) -> Option<(ChangeKind, &Address)> {
        let change =
            |kind: ChangeKind| row.changes.iter().filter_map(|c| self.changes.get(*c)).find(|c| c.kind == kind);
        match row.state {
            // A move's ends are in the row itself; the change may be that of the whole § it moved with.
            RowState::MovedFrom | RowState::MovedTo | RowState::Kept => None,
            RowState::Deleted => Some((ChangeKind::Merge, change(ChangeKind::Merge)?.new.as_ref()?)),
            RowState::Inserted => Some((ChangeKind::Split, change(ChangeKind::Split)?.old.as_ref()?)),
        }
    }
}

/// Says what is known of the identity of nodes in the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Node ids are permanent and mean the same in both texts.
    Known,
    /// The texts come from anywhere: structure and likeness are all there is.
    Unknown,
}

/// Tells the comparison which operation made a node disappear between the two states; `None` from files.
pub trait Causes {
    /// Returns the operation that removed the node or replaced its words, if one did.
    fn removed(&self, node: &NodeId) -> Option<OpId>;
    /// Says whether the operation belongs to an amendment moved between the readings.
    fn is_amendment(&self, op: OpId) -> bool;
    /// Returns the operation that renamed a committee between the states, if one did.
    fn renamed(&self, committee: &str) -> Option<OpId>;
    /// Returns the operation by which a piece of a task came from another one, with the id it came from.
    fn split_from(&self, node: &NodeId) -> Option<(OpId, NodeId)>;
    /// Returns the day from which an operation counts, if it has one.
    fn effect(&self, _op: OpId) -> Option<Date> {
        None
    }
    /// Returns the operation by which an item was gathered in another one, with the id it went to.
    fn merged_into(&self, _node: &NodeId) -> Option<(OpId, NodeId)> {
        None
    }
}

/// Knows nothing: for two texts from files.
pub struct NoCauses;

impl Causes for NoCauses {
    fn removed(&self, _: &NodeId) -> Option<OpId> {
        None
    }
    fn is_amendment(&self, _: OpId) -> bool {
        false
    }
    fn renamed(&self, _: &str) -> Option<OpId> {
        None
    }
    fn split_from(&self, _: &NodeId) -> Option<(OpId, NodeId)> {
        None
    }
}

/// Compares two bylaws.
pub fn compare(old: &Bylaw, new: &Bylaw, identity: Identity, causes: &dyn Causes) -> Redline {
    let mut keys = tokens::Keys::default();
    let known = identity == Identity::Known;
    let (before, after) = (tree::Tree::new(old, known, &mut keys), tree::Tree::new(new, known, &mut keys));
    let trees = align::Trees { old: &before, new: &after };
    let pairs = align::align(trees, identity);
    let in_place = order::in_place(trees, &pairs);
    let mut drafts = rows::lay_out(trees, &pairs, &in_place);
    let mut words = words::Words::new(trees, &pairs, known);
    for draft in &mut drafts {
        rows::mark(trees, draft, &mut words, known);
    }
    pieces::find(trees, &mut words, &mut drafts);
    let context = changes::Context { trees, pairs: &pairs, in_place: &in_place, identity, causes };
    let changes = changes::assign(&context, &mut drafts);
    let rows = drafts.into_iter().filter_map(|draft| rows::finish(trees, draft)).collect();
    Redline { rows, changes }
}
