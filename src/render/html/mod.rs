//! The documents as web pages: one file each, nothing loaded from anywhere, readable by an XML reader too.
//!
//! A line of the text is an element with `data-kind`, `data-unit` and `data-state`; its words stand in
//! `<span class="label">` and `<span class="text">`. What a mark does is `<del>` or `<ins>` with `data-class` and
//! `data-change` (the change's number); in a line that moved, the words that moved along are marked with class
//! `moved`. So dropping every `<del>` (or every `<ins>`) gives the new (or the old) text. `<span class="sr">` holds
//! words for screen readers ("slettet:") and is no part of the text; nor is anything outside label and text.

mod bylaw;
mod controls;
mod marks;
mod overview;
mod ownership;
pub(crate) mod page;
mod redline;
mod text;
mod trace;
pub(crate) mod xml;

use super::frame::Frame;
use super::view::{BylawDoc, LayersDoc, OwnershipDoc, RedlineDoc, TraceDoc};
use crate::document::Bylaw;

/// Prints a bylaw.
pub fn bylaw(bylaw: &Bylaw, frame: &Frame) -> String {
    bylaw_doc(&BylawDoc::new(bylaw, frame.clone()))
}

/// Prints a bylaw from its view.
pub fn bylaw_doc(doc: &BylawDoc) -> String {
    bylaw::page(doc)
}

/// Prints a redline: the overview first, then the text with its marks.
pub fn redline(doc: &RedlineDoc) -> String {
    redline::page(doc, None)
}

/// Prints the redline of a later reading with what the reading before was told beside it.
pub fn review(doc: &RedlineDoc, layers: &LayersDoc) -> String {
    redline::page(doc, Some(layers))
}

/// Prints who owns what before and after (ressortoversigt).
pub fn ownership(doc: &OwnershipDoc) -> String {
    ownership::page(doc)
}

/// Prints every change with its words, its rule and its clause (sporbarhed).
pub fn trace(doc: &TraceDoc) -> String {
    trace::page(doc)
}
