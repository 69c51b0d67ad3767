//! A line of the redline cut into pieces: what is done to each, by whom, and at what time.

use super::bylaw::{is_item, sign};
use crate::render::typeset::nbsp_pieces;
use crate::render::view::{RowView, Seg};

/// Changes of substance.
pub const SUBSTANCE: &str = "Vedtægt: substans";
/// New names, which a decision gives and many places follow.
pub const RENAMING: &str = "Vedtægt: navneændring";
/// Numbers, references and punctuation that follow from other changes.
pub const CONSEQUENCE: &str = "Vedtægt: konsekvensrettelse";
/// What moved.
pub const MOVED: &str = "Vedtægt: flytning";

/// Says what is done to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// They stay.
    Keep,
    /// They come.
    Insert,
    /// They go.
    Delete,
}

impl Op {
    /// Returns the element of the mark; kept words have none.
    pub fn tag(self) -> &'static str {
        match self {
            Op::Keep => "",
            Op::Insert => "w:ins",
            Op::Delete => "w:del",
        }
    }
}

/// Is a stretch of words with who does what to it.
pub struct Piece {
    /// What is done.
    pub op: Op,
    /// By whom; empty for kept words.
    pub author: &'static str,
    /// For which change, where the words say.
    pub change: Option<usize>,
    /// The character style.
    pub style: &'static str,
    /// The words, typeset; a tab stands alone.
    pub text: String,
}

/// Returns what is done to a line as a whole.
pub fn whole(state: &str) -> Op {
    match state {
        "inserted" | "moved-to" => Op::Insert,
        "deleted" | "moved-from" => Op::Delete,
        _ => Op::Keep,
    }
}

/// Returns the author for a class of marks.
pub fn author(class: &str) -> &'static str {
    match class {
        "renaming" => RENAMING,
        "renumbering" | "reference" | "punctuation" => CONSEQUENCE,
        _ => SUBSTANCE,
    }
}

/// Returns who a line comes or goes by.
pub fn author_of(row: &RowView) -> &'static str {
    if moved(row) {
        return MOVED;
    }
    author(row.text.iter().chain(&row.label).find(|s| !s.text.is_empty()).map_or("", |s| s.class))
}

fn moved(row: &RowView) -> bool {
    matches!(row.state, "moved-to" | "moved-from")
}

/// Returns the label as the line's own side has it.
pub fn label(row: &RowView) -> String {
    let other = if whole(row.state) == Op::Delete { "insert" } else { "delete" };
    row.label.iter().filter(|s| s.op != other).map(|s| s.text.as_str()).collect()
}

/// Cuts a line into pieces.
pub fn pieces(row: &RowView) -> Vec<Piece> {
    let sign = sign(row.kind, &label(row));
    let mut out: Vec<Piece> = typeset(&row.label).iter().map(|seg| piece(row, seg, true, sign)).collect();
    let text: Vec<Piece> = typeset(&row.text).iter().map(|seg| piece(row, seg, false, "")).collect();
    out.extend(between(row, &out, &text));
    out.extend(text);
    out
}

fn typeset(segs: &[Seg]) -> Vec<Seg> {
    let mut segs: Vec<Seg> = segs.iter().filter(|s| !s.text.is_empty()).cloned().collect();
    nbsp_pieces(segs.iter_mut().map(|s| &mut s.text));
    segs
}

fn piece(row: &RowView, seg: &Seg, label: bool, style: &'static str) -> Piece {
    let op = match (seg.op, whole(row.state)) {
        ("delete", _) => Op::Delete,
        ("insert", _) => Op::Insert,
        (_, whole) => whole,
    };
    // What is kept in a line that moved came along, and so did the label, whatever its number.
    let author = match op {
        Op::Keep => "",
        _ if moved(row) && (label || seg.op == "keep") => MOVED,
        _ => author(seg.class),
    };
    // In a line that comes or goes as a whole, what its own author does is one mark.
    let change = if whole(row.state) != Op::Keep && author == author_of(row) { None } else { seg.change };
    Piece { op, author, change, style, text: seg.text.clone() }
}

/// Returns what stands between the label and the words, on the sides that have both.
fn between(row: &RowView, label: &[Piece], text: &[Piece]) -> Option<Piece> {
    let has = |pieces: &[Piece], op: Op| pieces.iter().any(|p| p.op == Op::Keep || p.op == op);
    let side = |op: Op| has(label, op) && has(text, op);
    let op = match (side(Op::Delete), side(Op::Insert)) {
        (false, false) => return None,
        (true, true) => Op::Keep,
        (true, false) => Op::Delete,
        (false, true) => Op::Insert,
    };
    let like = label.iter().chain(text).find(|p| p.op == op);
    let (author, change) = like.map_or(("", None), |p| (p.author, p.change));
    let space = if is_item(row.kind) { "\t" } else { " " };
    Some(Piece { op, author, change, style: "", text: space.into() })
}

/// The times of the marks.
pub mod clock {
    use crate::render::frame::DocumentDate;

    /// Minutes of a day.
    const DAY: usize = 24 * 60;

    /// Dates the marks. LibreOffice takes neighbours by one author within a minute for one change, and then rejects
    /// two paragraphs as one; so each change in each line has a minute of its own on the document's day.
    pub struct Clock {
        day: String,
        next: usize,
        row: Vec<(&'static str, Option<usize>, usize)>,
    }

    impl Clock {
        /// Starts at midnight.
        pub fn new(date: DocumentDate) -> Clock {
            Clock { day: date.iso(), next: 0, row: Vec::new() }
        }

        /// Begins a line.
        pub fn row(&mut self) {
            self.row.clear();
        }

        /// Returns the time of a change in this line.
        pub fn date(&mut self, author: &'static str, change: Option<usize>) -> String {
            let known = self.row.iter().find(|(a, c, _)| (*a, *c) == (author, change));
            let minute = known.map(|(.., minute)| *minute).unwrap_or_else(|| {
                self.next += 1;
                self.row.push((author, change, self.next));
                self.next
            });
            let minute = minute % DAY;
            format!("{}T{:02}:{:02}:00Z", self.day, minute / 60, minute % 60)
        }
    }
}
