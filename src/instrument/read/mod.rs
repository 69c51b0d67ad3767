//! Reads an amending instrument in Danish: as a ministry's lawyer writes it, and as people do.
//!
//! ```text
//!  file ──lex──▶ words and quoted text ──parts, items──▶ one item's words ──grammar──▶ operations
//! ```
//!
//! It knows nothing of the printer. What it does not understand is told with its place, all of it; nothing is left out in
//! silence.

mod acts;
mod closing;
mod grammar;
mod insertion;
mod layout;
mod lex;
mod margins;
mod numbers;
mod orders;
mod paragraphs;
mod places;
mod quote;
mod scopes;
mod shifts;
mod wording;

pub use paragraphs::{Paragraph, paragraphs};

use super::{Instrument, Item, Part};
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};
use grammar::Memory;
use lex::Token;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use winnow::stream::Stateful;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 8 << 20;

/// How many things are told at most.
const MOST: usize = 100;

/// Is something in an instrument that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Whether it is an error, or words that order nothing.
    pub code: Code,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// The words.
    pub found: String,
    /// What was looked for, by the name of its wording; empty for nothing in particular.
    pub expected: &'static str,
    /// What is wrong, by the name of its wording; empty where `expected` says it.
    pub reason: &'static str,
    /// A number in the reason.
    pub limit: u32,
}

impl Unread {
    /// Says whether it is an error.
    pub fn is_error(&self) -> bool {
        self.code == Code::InstrumentNotRead
    }

    /// Says whether it is that the instrument has no amendments at all.
    pub fn is_empty(&self) -> bool {
        matches!(self.reason, "no-items" | "no-items-bylaw")
    }

    /// Makes the finding, with its place in the instrument's file.
    pub fn diagnostic(&self, file: Option<FileId>) -> Diagnostic {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let span = file.map(|file| Span { file, start: small(self.span.start), end: small(self.span.end) });
        let mut d = Diagnostic::new(self.code, span).arg("found", &self.found);
        if !self.expected.is_empty() {
            d = d.arg("expected", format!("@{}", self.expected));
        }
        if !self.reason.is_empty() {
            d = d.arg("reason", self.reason).arg("limit", self.limit);
        }
        d
    }
}

/// Reads an instrument. The list holds what was not understood and what orders nothing; where it has an error, the
/// instrument is not whole and must not be applied.
pub fn read(text: &str) -> (Instrument, Vec<Unread>) {
    let mut reader = Reader { text, unread: Vec::new() };
    let (tokens, loose) = lex::lex(text);
    for mark in loose {
        let reason = if mark.opens { "open-quote" } else { "close-quote" };
        let end = reader.line_end(mark.span.start);
        reader.report(mark.span.start..end, "", reason, 0);
    }
    let layout = layout::layout(text, &tokens);
    for ignored in &layout.ignored {
        reader.ignore(&tokens, ignored.clone());
    }
    for remark in &layout.remarks {
        reader.remark(&tokens, remark.clone());
    }
    for (span, limit) in &layout.odd_parts {
        reader.report(span.clone(), "", "part-number", *limit);
    }
    reader.acts(&tokens, &layout);
    let mut instrument = Instrument { title: layout.title.clone(), ..Instrument::default() };
    for part in &layout.parts {
        instrument.parts.push(reader.part(&tokens, part));
    }
    closing::read(&mut reader, &tokens, &layout, &mut instrument);
    if layout.parts.iter().all(|p| p.items.is_empty()) {
        let end = reader.line_end(0);
        let sections = text.lines().filter(|l| l.trim_start_matches(['#', '*', ' ']).starts_with('§')).count();
        if sections > 2 {
            // What a bylaw says is no list of words that order nothing.
            reader.unread.clear();
        }
        reader.report(0..end, "", if sections > 2 { "no-items-bylaw" } else { "no-items" }, 0);
    }
    reader.unread.sort_by_key(|u| (u.span.start, u.span.end));
    reader.unread.truncate(MOST);
    (instrument, reader.unread)
}

struct Reader<'t> {
    text: &'t str,
    unread: Vec<Unread>,
}

impl Reader<'_> {
    /// Reports each § that amends another act than the first one does.
    fn acts(&mut self, tokens: &[Token], layout: &layout::Layout) {
        let mut first = None;
        for part in &layout.parts {
            let Some(act) = acts::act(tokens, &part.intro) else { continue };
            let Some(known) = &first else {
                first = Some(act);
                continue;
            };
            if act.differs(known)
                && let Some((a, b)) = tokens.get(act.range.start).zip(tokens.get(act.range.end.saturating_sub(1)))
            {
                self.report(a.span.start..b.span.end, "", "other-act", part.number.parse().unwrap_or(0));
            }
        }
    }

    fn part(&mut self, tokens: &[Token], part: &layout::Part) -> Part {
        let mut out = Part { number: part.number.clone(), intro: self.said(tokens, &part.intro), ..Part::default() };
        let mut due = part.items.first().map_or(1, |item| if item.number <= 1 { 1 } else { part.runs_on });
        for item in &part.items {
            if item.number != due {
                let span = tokens.get(item.tokens.start).map_or(0..0, |t| t.span.clone());
                self.report(item.span.start..span.start.max(item.span.start + 1), "", "item-number", due);
            }
            due = item.number.saturating_add(1);
            let own = tokens.get(item.tokens.clone()).unwrap_or_default();
            let operations = match self.item(own) {
                Some(operations) => operations,
                None => continue,
            };
            out.items.push(Item { number: item.number, effect: None, operations, span: item.span.clone() });
        }
        out
    }

    fn item(&mut self, tokens: &[Token]) -> Option<Vec<super::Operation>> {
        let memory = Memory {
            text: self.text,
            mark: Cell::new((usize::MAX, "read-item")),
            wrong: Cell::new(None),
            last: RefCell::new(None),
            depth: Cell::new(0),
        };
        let mut input = Stateful { input: tokens, state: &memory };
        let empty: Vec<&Token> = tokens
            .iter()
            .filter(|t| matches!(&t.kind, lex::Kind::Quote(r) if self.text.get(r.clone()).is_some_and(|q| q.trim().is_empty())))
            .collect();
        for token in &empty {
            self.report(token.span.clone(), "", "empty-quote", 0);
        }
        if let Ok(operations) = orders::item(&mut input) {
            return empty.is_empty().then_some(operations);
        }
        if !empty.is_empty() {
            return None;
        }
        let (left, expected) = memory.wrong.get().unwrap_or(memory.mark.get());
        let at = tokens.len().saturating_sub(left.min(tokens.len()));
        let end = tokens.last().map_or(0, |t| t.span.end);
        let start = tokens.get(at).map_or(end, |t| t.span.start);
        let line = self.line_end(start).max(start);
        self.report(start..line.min(end.max(start)), expected, "", 0);
        None
    }

    /// Reports something that was not understood, with the words that stand there.
    fn report(&mut self, span: Range<usize>, expected: &'static str, reason: &'static str, limit: u32) {
        let mut span = span;
        // At the end of an item the words before the end are shown.
        if span.is_empty() {
            let from = self.text.get(..span.start).map_or(0, |t| t.trim_end().rfind(char::is_whitespace).unwrap_or(0));
            span.start = from.min(span.start);
        }
        let found = self.brief(&span);
        self.unread.push(Unread { code: Code::InstrumentNotRead, span, found, expected, reason, limit });
    }

    /// Tells that remarks are not carried out.
    fn remark(&mut self, tokens: &[Token], range: Range<usize>) {
        let own = tokens.get(range).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return };
        let span = first.span.start..last.span.end;
        let found = self.brief(&span);
        let span = span.start..self.line_end(span.start).min(span.end);
        self.unread.push(Unread { code: Code::InstrumentIgnored, span, found, expected: "", reason: "", limit: 0 });
    }

    /// Tells that words order nothing; it is an error if they look as if they did.
    fn ignore(&mut self, tokens: &[Token], range: Range<usize>) {
        let (Some(first), Some(last)) = (tokens.get(range.start), tokens.get(range.end.saturating_sub(1))) else {
            return;
        };
        let span = first.span.start..last.span.end.max(first.span.end);
        let own = tokens.get(range).unwrap_or_default();
        let ordering =
            own.iter().any(|t| matches!(t.text.as_str(), "ændres" | "ophæves" | "udgår" | "affattes" | "indsættes"));
        // `jf. § 17 i lov om …` is a § of another text.
        let cited = |i: usize| {
            let before = own.get(i.saturating_sub(2)..i).unwrap_or_default();
            let after = own.get(i..(i + 4).min(own.len())).unwrap_or_default();
            before.iter().any(|t| t.text == "jf") && after.last().is_some_and(|t| t.text.starts_with("lov"))
        };
        let section =
            own.iter().enumerate().any(|(i, t)| t.text == "§" && !cited(i) || matches!(t.kind, lex::Kind::Quote(_)));
        // What stands in a block quotation before the first § is a note on the paper.
        if !(ordering && section) && own.iter().all(|t| t.block) {
            return;
        }
        let found = self.brief(&span);
        let (code, reason) = if ordering && section {
            (Code::InstrumentNotRead, "order-outside")
        } else {
            (Code::InstrumentIgnored, "")
        };
        let end = self.line_end(span.start).min(span.end);
        self.unread.push(Unread { code, span: span.start..end, found, expected: "", reason, limit: 0 });
    }

    /// Returns the first words of a place.
    fn brief(&self, span: &Range<usize>) -> String {
        const LONGEST: usize = 70;
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let words = raw.split_whitespace().take(30).collect::<Vec<_>>().join(" ");
        if words.chars().count() <= LONGEST {
            return words;
        }
        words.chars().take(LONGEST).chain(['…']).collect()
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = at + rest.find('\n').unwrap_or(rest.len());
        self.text.get(at..end).map_or(end, |line| at + line.trim_end().len())
    }

    /// Returns the words of some tokens as they stand, on one line.
    fn said(&self, tokens: &[Token], range: &Range<usize>) -> String {
        let own = tokens.get(range.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return String::new() };
        quote::words(self.text.get(first.span.start..last.span.end).unwrap_or_default())
    }
}
