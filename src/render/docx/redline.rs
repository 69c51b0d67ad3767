//! The redline for Word: tracked changes whose author says what sort of change it is, and comments that say why.
//!
//! A line that comes or goes has its paragraph mark tracked too. A move is a deletion and an insertion by an author of
//! its own; words changed on the way stand inside with the author of their class, so nothing hides in a move.

use super::bylaw::{Before, ends_list, set, style};
use super::comments::{Comment, Comments};
use super::frame::{self, Block};
use super::package::Package;
use super::pieces::{Op, Piece, clock::Clock, label, pieces, whole};
use super::styles::{self, Sort};
use super::words::{Names, deleted, paragraph, run, tab};
use super::xml::Xml;
use crate::render::view::{RedlineDoc, RowView};

/// Prints the file.
pub fn file(doc: &RedlineDoc) -> Vec<u8> {
    let lang = frame::language(&doc.frame);
    let mut package = Package::default();
    package.part("styles", "styles", styles::part(Sort::Redline, &lang));
    package.part("settings", "settings", frame::settings(&lang, true));
    let section = frame::section(&mut package, &doc.frame, Block::Header, std::slice::from_ref(&doc.counted));
    let mut writer = Writer {
        x: Xml::default(),
        names: Names::default(),
        clock: Clock::new(doc.frame.date),
        comments: Xml::default(),
    };
    let comments = Comments::new(doc);
    let mut before = Before::default();
    for (i, row) in doc.rows.iter().enumerate() {
        let opens = before.opens(row.kind, &row.section);
        let ends = ends_list(row.kind, doc.rows.get(i + 1).map(|r| r.kind));
        writer.row(row, style(row.kind, &label(row), opens), ends, comments.of(i, row));
    }
    // A last line that comes or goes needs a paragraph to leave its mark to.
    if doc.rows.last().is_some_and(|row| whole(row.state) != Op::Keep) {
        paragraph(&mut writer.x, "Slut");
        writer.x.close("w:p").line();
    }
    let comments = writer.comments.finish();
    if !comments.is_empty() {
        package.part("comments", "comments", super::comments::part(&comments));
    }
    package.finish(frame::document(&writer.x.finish(), &section), &doc.frame, &lang)
}

struct Writer {
    x: Xml,
    names: Names,
    clock: Clock,
    /// The comments that are written so far.
    comments: Xml,
}

impl Writer {
    fn row(&mut self, row: &RowView, style: &str, ends: bool, comments: Vec<Comment>) {
        let (whole, author) = (whole(row.state), super::pieces::author_of(row));
        let pieces = pieces(row);
        self.clock.row();
        self.x.open("w:p", &[]).open("w:pPr", &[]);
        set(&mut self.x, style, ends);
        if whole != Op::Keep {
            self.x.open("w:rPr", &[]);
            self.mark(whole, author, None, true);
            self.x.close("w:rPr");
        }
        self.x.close("w:pPr");
        let placed: Vec<(String, usize, usize)> = comments
            .into_iter()
            .map(|comment| {
                let id = self.names.number();
                let (first, last) = reach(&pieces, comment.change);
                comment.write(&mut self.comments, &id, &self.clock.date(comment.author, comment.change));
                (id, first, last)
            })
            .collect();
        let mut open: Option<(Op, &'static str, Option<usize>)> = None;
        for i in 0..pieces.len().max(1) {
            if placed.iter().any(|(_, first, _)| *first == i) {
                self.end(&mut open);
                for (id, ..) in placed.iter().filter(|(_, first, _)| *first == i) {
                    self.x.void("w:commentRangeStart", &[("w:id", id)]);
                }
            }
            if let Some(piece) = pieces.get(i) {
                self.piece(piece, &mut open);
            }
            if placed.iter().any(|(.., last)| *last == i) {
                self.end(&mut open);
                for (id, ..) in placed.iter().filter(|(.., last)| *last == i) {
                    self.refer(id, whole, author);
                }
            }
        }
        self.end(&mut open);
        self.x.close("w:p").line();
    }

    /// Writes a piece; neighbours that are one change share a mark.
    fn piece(&mut self, piece: &Piece, open: &mut Option<(Op, &'static str, Option<usize>)>) {
        let key = (piece.op != Op::Keep).then_some((piece.op, piece.author, piece.change));
        if *open != key {
            self.end(open);
            if let Some((op, author, change)) = key {
                self.mark(op, author, change, false);
            }
            *open = key;
        }
        match piece.op {
            _ if piece.text == "\t" => tab(&mut self.x),
            Op::Delete => deleted(&mut self.x, piece.style, &piece.text),
            Op::Keep | Op::Insert => run(&mut self.x, piece.style, &piece.text),
        }
    }

    fn mark(&mut self, op: Op, author: &'static str, change: Option<usize>, empty: bool) {
        let (id, date) = (self.names.number(), self.clock.date(author, change));
        let attributes = [("w:id", id.as_str()), ("w:author", author), ("w:date", date.as_str())];
        if empty {
            self.x.void(op.tag(), &attributes);
        } else {
            self.x.open(op.tag(), &attributes);
        }
    }

    fn end(&mut self, open: &mut Option<(Op, &'static str, Option<usize>)>) {
        if let Some((op, ..)) = open.take() {
            self.x.close(op.tag());
        }
    }

    /// Ends the reach of a comment. In a line that comes or goes the sign of the comment comes or goes with it.
    fn refer(&mut self, id: &str, whole: Op, author: &'static str) {
        self.x.void("w:commentRangeEnd", &[("w:id", id)]);
        if whole != Op::Keep {
            self.mark(whole, author, None, false);
        }
        super::words::open(&mut self.x, "CommentReference");
        self.x.void("w:commentReference", &[("w:id", id)]).close("w:r");
        if whole != Op::Keep {
            self.x.close(whole.tag());
        }
    }
}

/// Returns the first and the last piece that a comment is about: those of its change, or the whole line.
fn reach(pieces: &[Piece], change: Option<usize>) -> (usize, usize) {
    let own = |p: &Piece| change.is_some() && p.op != Op::Keep && p.change == change;
    let first = pieces.iter().position(own).unwrap_or(0);
    let last = pieces.iter().rposition(own).unwrap_or(pieces.len().saturating_sub(1));
    (first, last)
}
