//! The documents for Word: real headings and styles, and in a redline real tracked changes.
//!
//! The body of a bylaw or a redline holds the lines of the text and nothing else: one paragraph a line, whose style
//! says what it is and whose first run, in a style for signs, is the label. What stands around the text is in the
//! header of the first page. A paper has its title block in the body. Labels are literal text everywhere, so that a
//! rejected change or an edit renumbers nothing.

mod bylaw;
mod comments;
mod frame;
mod numbering;
mod package;
mod paper;
mod pieces;
mod redline;
mod styles;
mod widths;
mod words;
mod xml;

use super::paper::Paper;
use super::view::{BylawDoc, RedlineDoc};

/// Prints a bylaw.
pub fn bylaw(doc: &BylawDoc) -> Vec<u8> {
    bylaw::file(doc)
}

/// Prints a redline: accepting all changes gives the amended text, rejecting all the text before.
pub fn redline(doc: &RedlineDoc) -> Vec<u8> {
    redline::file(doc)
}

/// Prints a paper.
pub fn paper(paper: &Paper) -> Vec<u8> {
    paper::file(paper)
}
