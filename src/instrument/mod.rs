//! The amending instrument: what it orders, as data. The printer makes Danish of it, the reader makes it of Danish, the
//! applier carries it out; those three share these types and nothing else.
//!
//! ```text
//!  two trees + their changes ──derive──▶ Instrument ──print──▶ Danish ──read──▶ Instrument ──apply──▶ the amended text
//! ```
//!
//! What an instrument means:
//!
//! - Items are sequential: each sees the result of those before it (Vejledning om lovkvalitet 3.4.5). So are the
//!   operations of an item, but one operation works at once: all its targets are found before any of them changes, and
//!   all its pairs of words are looked for in the text as it stood.
//! - Numbers of stk., nr. and litra follow by themselves from the order; those of §§ and chapters never do. Nothing else
//!   follows by itself: not a reference, not the comma after a point.
//! - Words match from word start to word end: a letter, a digit or a hyphen next to the match is part of a longer word, and
//!   so are the rest of `500.000`, `12,5`, `m.v.` and `§ 7 a`. A no-break space is a space. Labels are not words.
//! - Where words go, one of the two spaces around them goes too; at the end, or before `,.;:!?)`, the space before them.
//!   Where words come, a space is put between them and words beside them, but not before `,.;:!?)`.
//! - A point or a paragraph of which no word would be left is not emptied but refused: it is to be repealed.
//! - Several places before a smaller unit (`§§ 3 og 4, stk. 2`) may mean two things and are refused.
//! - `2. pkt., der bliver 3. pkt.` holds if the sentence is the same, or if as many came or went as the numbers shift.
//! - A list belongs to the sentence that introduces it: text after the list is the next sentence of the stk. (`2. pkt.`).
//! - `I § 3` means its stk., not the heading before it; a chapter is everything in it, its own heading too; the whole
//!   bylaw is every line, the title too.
//! - Where a § is repealed, the heading before it goes too if nothing but it stood under that heading: if the next line is
//!   a heading of a § or a chapter, or the end. Otherwise the heading stays and stands before the next §.
//! - `Efter § 7` is after the last line of § 7; `før § 8` is before its heading, if it has one.

pub mod apply;
pub mod derive;
pub mod print;
pub mod read;
mod sentences;
pub mod text;

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
    /// The §§ after them that do not amend: commencement. Their days are in [`Part::effect`] already.
    pub closing: Vec<Line>,
}

/// Is one § of the instrument that amends: everything that takes effect on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its number, `1`; empty in an instrument without §§.
    pub number: String,
    /// The introduction, `I Styrelsesvedtægt for … foretages følgende ændringer:`; empty where there is none.
    pub intro: String,
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
    /// The day it takes effect, where the closing § names another for it than for its part.
    pub effect: Option<Date>,
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

/// Is the number of the last sentence of a place, `sidste pkt.`, until the place is found.
pub const LAST: u32 = u32::MAX;

/// Is a place an instrument points at: `§ 10, stk. 3, 2. pkt.`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The place, as numbered when the operation is reached.
    pub address: Address,
    /// The number it had in the text before the instrument, or before the item, where the words name both: `§ 10, stk. 3,
    /// der bliver stk. 4` has stk. 3 here and stk. 4 in the address. Checked.
    pub was: Option<Address>,
    /// The sentences (pkt.), first to last, from 1.
    pub sentences: Option<(u32, u32)>,
    /// The sentences they were before the instrument: `2. pkt., der bliver 3. pkt.`. Checked.
    pub were: Option<(u32, u32)>,
    /// The paragraph without a label, from 1: of the preamble (`indledningen, 2. afsnit`), or of a stk. that has text
    /// after a list (its first paragraph is the one with the label).
    pub paragraph: Option<u32>,
    /// Whether its points have no numbers, so that they are counted: `2. pind`. Only the printer asks.
    pub dashes: bool,
}

/// Is where words are to be found, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Where; `None` means the whole bylaw.
    pub target: Option<Target>,
    /// At how many places in it.
    pub places: Places,
    /// What is left out of it: `Overalt i vedtægten, bortset fra i § 5, …`.
    pub except: Vec<Target>,
}

/// Says at how many places words are to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// Just one, the usual.
    One,
    /// A number that the instrument names: `to steder`.
    Exactly(u32),
    /// Every one, at least one: `overalt i vedtægten`, `overalt i § 3`.
    All,
}

/// Is words that go and words that come in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The words that go.
    pub old: String,
    /// The words that come.
    pub new: String,
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
    /// punktum: the words join the paragraph, with a space between.
    Sentence,
    /// A paragraph without a label: of the preamble, or after a list in the same stk.
    Text,
}

/// Says where a new unit is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before a unit.
    Before(Target),
    /// After a unit. A § whose address names its chapter too is the last one there, and what comes is to be the last one:
    /// `Efter § 7 indsættes i kapitel 2`.
    After(Target),
    /// Between two neighbours, where only both say which side of a heading: `Efter § 7 indsættes før overskriften før § 8`.
    Between(Box<Target>, Box<Target>),
    /// With the number it is to have, which is the next one free in its unit: `indsættes som stk. 2`, `som litra c`.
    As(Target),
    /// At the end of a chapter, as its last §.
    InChapter(String),
}

/// Says on which side of other words new words are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// før
    Before,
    /// efter
    After,
}

/// Is what an operation orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// `ændres »a« til: »b«, og »c« ændres til: »d«`. In each scope each pair is found as often as the scope says; all
    /// are looked for in the text as it stood, so that two words can change places.
    Replace {
        /// Where.
        scopes: Vec<Scope>,
        /// Which words.
        pairs: Vec<Pair>,
    },
    /// `udgår »a« og »b«`.
    Delete {
        /// Where.
        scopes: Vec<Scope>,
        /// Which words.
        words: Vec<String>,
    },
    /// `indsættes efter »a«: »b«`.
    InsertWords {
        /// Where.
        scopes: Vec<Scope>,
        /// The side of the words that stand there.
        side: Side,
        /// The words that stand there.
        beside: String,
        /// The words that come.
        new: String,
    },
    /// `affattes således: »…«`: as many units as the targets name. A heading before a § changes only if one is quoted.
    Recast {
        /// What.
        targets: Vec<Target>,
        /// The new text.
        text: Vec<Line>,
    },
    /// `ophæves`; all are found before any of them goes.
    Repeal {
        /// What.
        targets: Vec<Target>,
    },
    /// `ophæves, og i stedet indsættes: »…«`: neighbours go, and any number of units comes in their place.
    Exchange {
        /// What goes.
        targets: Vec<Target>,
        /// What comes.
        text: Vec<Line>,
    },
    /// `indsættes`.
    Insert {
        /// Where.
        place: Place,
        /// What kind of unit comes first.
        unit: Unit,
        /// The new text.
        text: Vec<Line>,
    },
    /// `Nr. 4 og 5 bliver herefter nr. 5 og 6.` For stk., nr. and litra this states what follows anyway, and is checked
    /// against the numbers before the item; §§ and chapters get their new numbers by it.
    Renumber {
        /// The first that shifts, and the last.
        from: (Address, Address),
        /// What they become.
        to: (Address, Address),
    },
}

/// Says what a line of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The title.
    Title,
    /// A paragraph before the first chapter or §.
    Preamble,
    /// A chapter's heading; its label is `Kapitel 4.`.
    Chapter,
    /// The heading before a §.
    Heading,
    /// The first paragraph of a stk.; its label is `§ 7 a.` or `Stk. 2.`.
    Subsection,
    /// Words without a label: text after a list, a sentence, the first stk. where it is recast alone.
    #[default]
    Text,
    /// A point: `4)`, `–`.
    Point,
    /// A letter: `b)`.
    Letter,
}

/// Is one line of quoted text: plain words, without the signs of Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// What stands before the words: `§ 7 a.`, `Stk. 2.`, `4)`; empty for none.
    pub label: String,
    /// The words.
    pub text: String,
}

impl Line {
    /// Makes a line.
    pub fn new(kind: Kind, label: impl Into<String>, text: impl Into<String>) -> Line {
        Line { kind, label: label.into(), text: text.into() }
    }
}

impl Target {
    /// Makes a target of a place and nothing more.
    pub fn at(address: Address) -> Target {
        Target { address, ..Target::default() }
    }
}

impl Scope {
    /// Makes a scope in which words stand once.
    pub fn one(target: Target) -> Scope {
        Scope { target: Some(target), places: Places::One, except: Vec::new() }
    }
    /// Makes the scope of `Overalt i vedtægten`.
    pub fn everywhere() -> Scope {
        Scope { target: None, places: Places::All, except: Vec::new() }
    }
}

impl Instrument {
    /// Returns the same instrument without its places in a file, to compare what it orders.
    pub fn unplaced(mut self) -> Instrument {
        for item in self.parts.iter_mut().flat_map(|part| &mut part.items) {
            item.span = 0..0;
            for operation in &mut item.operations {
                operation.span = 0..0;
            }
        }
        self
    }
}
