//! The amending instrument: what it orders, as data. The printer makes Danish of it, the reader makes it of Danish, the
//! applier carries it out; those three share these types and nothing else.
//!
//! ```text
//!  two trees + their changes ──derive──▶ Instrument ──print──▶ Danish ──read──▶ Instrument ──apply──▶ the amended text
//! ```
//!
//! Danish instruments are sequential: each item sees the result of those before it (Vejledning om lovkvalitet 3.4.5).

use crate::document::Address;
use jiff::civil::Date;
use std::ops::Range;

/// Is a whole instrument: `Forslag til ændring af Styrelsesvedtægt for …`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instrument {
    /// The title line.
    pub title: String,
    /// The §§ that amend, one for each date of effect, in the order of their dates.
    pub parts: Vec<Part>,
}

/// Is one § of the instrument that amends: everything that takes effect on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its number, `1`.
    pub number: String,
    /// The day it takes effect, as the closing § says; `None` where that names none.
    pub effect: Option<Date>,
    /// Its items in order.
    pub items: Vec<Item>,
}

/// Is one number of the instrument: one change, or changes that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its number, from 1 in each part.
    pub number: u32,
    /// What it orders, in the order it is to be carried out.
    pub operations: Vec<Operation>,
    /// Where it stands in the text that was read, in bytes; empty for one that was not.
    pub span: Range<usize>,
}

/// Is the smallest order of an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What is ordered.
    pub order: Order,
    /// Where it stands in the text that was read, in bytes; empty for one that was not.
    pub span: Range<usize>,
}

/// Is a place an instrument points at, as numbered when the item is reached: `§ 10, stk. 3, 2. pkt.`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The place.
    pub address: Address,
    /// The sentences (pkt.), first to last, from 1.
    pub sentences: Option<(u32, u32)>,
    /// The number it has after the shift that a former item caused: `stk. 3, der bliver stk. 4`.
    pub becomes: Option<Address>,
}

/// Says at how many places words are to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// Just one, the usual.
    One,
    /// A number that the instrument names: `to steder`.
    Exactly(u32),
    /// Every one: `overalt i vedtægten`, `overalt i § 3`.
    All,
}

/// Is a kind of unit that can be inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// kapitel
    Chapter,
    /// overskrift
    Heading,
    /// §
    Section,
    /// stykke
    Subsection,
    /// nummer
    Point,
    /// litra
    Letter,
    /// punktum
    Sentence,
    /// A paragraph without a label, after a list in the same stk.
    Text,
}

/// Says where a new unit is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before a unit.
    Before(Target),
    /// After a unit.
    After(Target),
    /// With a number of its own at the end of a unit: `indsættes som stk. 2`.
    As(Target),
    /// At the end of a chapter, as its last §.
    InChapter(String),
}

/// Is what an operation orders. Quoted text is lines of the clean Markdown profile without its prefixes: a label and
/// words for each line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// `ændres »a« til: »b«`; `None` for the target means the whole bylaw.
    Replace {
        /// Where.
        target: Option<Target>,
        /// At how many places.
        places: Places,
        /// The words that go.
        old: String,
        /// The words that come.
        new: String,
    },
    /// `udgår »a«`.
    Delete {
        /// Where.
        target: Option<Target>,
        /// At how many places.
        places: Places,
        /// The words that go.
        old: String,
    },
    /// `affattes således: »…«`.
    Recast {
        /// What.
        target: Target,
        /// The new text.
        text: Vec<Line>,
    },
    /// `ophæves`.
    Repeal {
        /// What.
        target: Target,
    },
    /// `indsættes`.
    Insert {
        /// Where.
        place: Place,
        /// What kind of unit.
        unit: Unit,
        /// The new text.
        text: Vec<Line>,
    },
    /// `Nr. 4 og 5 bliver herefter nr. 5 og 6.`: a statement about what follows anyway, and checked.
    Renumber {
        /// The first that shifts, and the last.
        from: (Address, Address),
        /// What they become.
        to: (Address, Address),
    },
}

/// Is one line of quoted text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What stands before the words: `§ 7 a.`, `Stk. 2.`, `4)`; empty for none.
    pub label: String,
    /// The words.
    pub text: String,
}
