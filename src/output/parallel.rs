//! The parallel text: what is in force on the left, the instrument's numbers on the right, a row for each provision.
//!
//! It is made from the instrument as it was written and read back, so that the two cannot differ.

use super::paper::Format;
use super::set::{BuildError, Maker};
use crate::instrument::apply::{Touch, touched};
use crate::instrument::print::{self, Piece};
use crate::instrument::read::{self, paragraphs};
use crate::instrument::text::{self, Node, Row, Section, Text};
use crate::instrument::{Instrument, Item, Kind};
use crate::lang::danish;
use crate::render::frame::Frame;
use crate::render::paper::{Block, Cell, Column, Look, Paper, Span, Style, Table};
use std::collections::BTreeSet;

impl Maker<'_> {
    /// Puts the parallel text of a reading into the set, beside the instrument that lies there.
    pub(super) fn parallel(&mut self, folder: &str, frame: Frame, current: &str) -> Result<(), BuildError> {
        let instrument = self.written(folder, &format!("{}.md", super::instrument::NAME)).unwrap_or_default();
        // Where the two do not fit, the proof of the instrument says why.
        let Some(paper) = parallel(frame, instrument, current) else { return Ok(()) };
        self.paper(&format!("{folder}/{NAME}"), &paper, &[Format::Html, Format::Pdf, Format::Docx])
    }
}

/// What its files are called.
pub const NAME: &str = "paralleltekst";

/// Stands for what is left out.
const SKIPPED: &str = "– – –";

/// Makes the parallel text of an instrument and the text in force; nothing if the one does not apply to the other.
pub fn parallel(frame: Frame, instrument: &str, current: &str) -> Option<Paper> {
    let (orders, unread) = read::read(instrument);
    if unread.iter().any(|u| u.is_error() && !u.is_empty()) {
        return None;
    }
    let mut current = text::read(current);
    let touches = touched(&orders, &current).ok()?;
    current.mark();
    let mut page = Page { text: &current, rows: Vec::new(), open: None, beside: BTreeSet::new() };
    page.instrument(instrument, &orders, &touches);
    let columns =
        ["Gældende formulering", "Forslaget"].map(|title| Column { title: title.to_string(), width: 1 }).to_vec();
    let cell = |blocks: Vec<Block>| Cell { blocks };
    let goes_on = goes_on(&current, &page.rows);
    let rows = page.rows.into_iter().map(|[left, right]| vec![cell(left), cell(right)]).collect();
    let table = Table { caption: String::new(), columns, rows, goes_on };
    Some(Paper { frame, blocks: vec![Block::Table(table)] })
}

/// Is the table as it grows.
struct Page<'t> {
    text: &'t Text,
    rows: Vec<[Vec<Block>; 2]>,
    /// The § that is being shown: its node, and how many of its lines have been shown or skipped.
    open: Option<Open>,
    /// The lines of the text in force that the last row shows.
    beside: BTreeSet<u32>,
}

struct Open {
    node: usize,
    done: usize,
}

/// Is one line of a § with what it hangs under.
struct Place<'t> {
    row: &'t Row,
    /// Which stk. it is in; `None` for the heading.
    stk: Option<usize>,
}

impl Page<'_> {
    fn instrument(&mut self, text: &str, orders: &Instrument, touches: &[Touch]) {
        let mut touches = touches.iter();
        for part in &orders.parts {
            self.close();
            let mut head = Vec::new();
            if !part.number.is_empty() {
                head.push(Block::styled(Style::Body, vec![Span::new(Look::Strong, format!("§ {}", part.number))]));
            }
            if !part.intro.is_empty() {
                head.push(Block::text(part.intro.clone()));
            }
            if !head.is_empty() {
                self.rows.push([Vec::new(), head]);
            }
            for item in &part.items {
                let Some(touch) = touches.next() else { return };
                self.item(item_blocks(text, item), touch);
            }
        }
        self.close();
        // The § on commencement, as it stands.
        let end = orders.parts.iter().flat_map(|p| &p.items).map(|i| i.span.end).max().unwrap_or(0);
        let rest: Vec<Block> = paragraphs(text, end..text.len()).into_iter().map(|p| closing(p.text)).collect();
        if !rest.is_empty() {
            self.rows.push([Vec::new(), rest]);
        }
    }

    /// Puts an item beside the provisions it touches, each in a row of its own; what the last row shows already is not
    /// shown anew: the item goes on under the one before it.
    fn item(&mut self, right: Vec<Block>, touch: &Touch) {
        let mut right = Some(right);
        let mut next = 0;
        for (i, node) in self.text.nodes.iter().enumerate() {
            let first = next;
            next += u32::try_from(node.rows().count()).unwrap_or(0);
            let lines: BTreeSet<u32> = touch.lines.range(first..next).copied().collect();
            let beside: BTreeSet<u32> = touch.beside.range(first..next).copied().collect();
            if lines.is_empty() && beside.is_empty() {
                continue;
            }
            let (left, same_row) = match node {
                Node::Line(row) => self.line(row, first),
                Node::Section(section) => self.section(i, section, first, &lines, &beside),
            };
            let right = right.take().unwrap_or_default();
            match self.rows.last_mut().filter(|_| same_row) {
                Some([before, above]) => {
                    before.extend(left);
                    above.extend(right);
                }
                None => self.rows.push([left, right]),
            }
        }
        if let Some(right) = right {
            // Nothing of the text in force is touched: a § is new, or came with an earlier number.
            self.close();
            self.rows.push([Vec::new(), right]);
        }
    }

    /// Shows a line outside the §§, and says whether it goes with the row before.
    fn line(&mut self, row: &Row, line: u32) -> (Vec<Block>, bool) {
        if self.beside.contains(&line) {
            return (Vec::new(), true);
        }
        self.close();
        self.beside.insert(line);
        (vec![shown(row)], false)
    }

    /// Shows lines of a §, going on from what the rows before have shown of it, and says whether they go with the row before.
    fn section(
        &mut self,
        node: usize,
        section: &Section,
        first: u32,
        lines: &BTreeSet<u32>,
        beside: &BTreeSet<u32>,
    ) -> (Vec<Block>, bool) {
        let places = places(section);
        let local = |line: &u32| (line - first) as usize;
        let goes_on = self.open.as_ref().is_some_and(|open| {
            open.node == node && lines.iter().all(|l| local(l) >= open.done || self.beside.contains(l))
        });
        if !goes_on {
            self.close();
        }
        let from = self.open.as_ref().map_or(0, |open| open.done);
        let to = lines.iter().chain(beside).map(|l| local(l) + 1).max().unwrap_or(0).max(from);
        self.open = Some(Open { node, done: to });
        // What introduces a list is shown with any part of the list.
        let mut wanted: BTreeSet<usize> = lines.iter().map(local).collect();
        for line in lines.iter().chain(beside) {
            wanted.extend(introductions(&places, local(line)));
        }
        let same_row = !self.beside.is_disjoint(if lines.is_empty() { beside } else { lines });
        if !same_row {
            self.beside.clear();
        }
        let seen = wanted.iter().filter(|i| (from..to).contains(i));
        self.beside.extend(seen.filter_map(|i| u32::try_from(*i).ok()).map(|i| first + i));
        (excerpt(&places, from..to, &wanted), same_row)
    }

    /// Ends the § that is being shown: what is left of it is skipped.
    fn close(&mut self) {
        self.beside.clear();
        let Some(open) = self.open.take() else { return };
        let Some(Node::Section(section)) = self.text.nodes.get(open.node) else { return };
        let places = places(section);
        let rest = excerpt(&places, open.done..places.len(), &BTreeSet::new());
        // The row that showed the § last carries the rest of it.
        if let Some([left, _]) = self.rows.iter_mut().rev().find(|[left, _]| !left.is_empty()) {
            left.extend(rest);
        }
    }
}

fn places(section: &Section) -> Vec<Place<'_>> {
    let heading = section.heading.iter().map(|row| Place { row, stk: None });
    let rows = section.subsections.iter().enumerate();
    heading.chain(rows.flat_map(|(k, s)| s.rows.iter().map(move |row| Place { row, stk: Some(k) }))).collect()
}

/// Returns the lines that introduce a line: the paragraph before its list, and the point of a letter.
fn introductions(places: &[Place<'_>], at: usize) -> Vec<usize> {
    let Some(place) = places.get(at) else { return Vec::new() };
    let before = |kinds: &[Kind]| {
        (0..at).rev().find(|i| places.get(*i).is_some_and(|p| p.stk == place.stk && kinds.contains(&p.row.kind)))
    };
    match place.row.kind {
        Kind::Point => before(&[Kind::Subsection, Kind::Text]).into_iter().collect(),
        Kind::Letter => before(&[Kind::Point]).into_iter().chain(before(&[Kind::Subsection, Kind::Text])).collect(),
        _ => Vec::new(),
    }
}

/// Shows the wanted lines of a stretch, and a line of dashes for each run of others.
fn excerpt(places: &[Place<'_>], range: std::ops::Range<usize>, wanted: &BTreeSet<usize>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut i = range.start;
    while i < range.end {
        let Some(place) = places.get(i) else { break };
        if wanted.contains(&i) {
            out.push(shown(place.row));
            i += 1;
            continue;
        }
        let kind = place.row.kind;
        // Whole stk. are skipped together, points and letters with those of their kind.
        let whole = |i: usize| {
            let stk = places.get(i).and_then(|p| p.stk);
            let own = (i..range.end).take_while(|j| places.get(*j).is_some_and(|p| p.stk == stk));
            own.clone().all(|j| !wanted.contains(&j)).then(|| own.count())
        };
        match kind {
            Kind::Heading => i += 1,
            Kind::Subsection => {
                let mut labels = Vec::new();
                while let Some(p) = places.get(i).filter(|p| p.row.kind == Kind::Subsection && i < range.end) {
                    let section = p.row.label.starts_with('§');
                    if section && !labels.is_empty() || wanted.contains(&i) {
                        break;
                    }
                    let count = whole(i);
                    labels.push(p.row.label.as_str());
                    i += count.unwrap_or(1);
                    if section || count.is_none() {
                        break;
                    }
                }
                out.push(dashes(Style::Quoted, &stk_labels(&labels)));
            }
            Kind::Point | Kind::Letter => {
                let mut labels = Vec::new();
                while let Some(p) = places.get(i).filter(|_| i < range.end && !wanted.contains(&i)) {
                    if p.row.kind == kind {
                        labels.push(p.row.label.as_str());
                    } else if !(kind == Kind::Point && p.row.kind == Kind::Letter) {
                        break;
                    }
                    i += 1;
                }
                let style = if kind == Kind::Point { Style::QuotedPoint } else { Style::QuotedLetter };
                out.push(dashes(style, &range_of(&labels)));
            }
            _ => {
                i += 1;
                out.push(dashes(Style::Quoted, ""));
            }
        }
    }
    out
}

fn dashes(style: Style, label: &str) -> Block {
    labelled(style, label, SKIPPED)
}

/// Says `Stk. 2.`, `Stk. 2 og 3.`, `Stk. 2-9.`
fn stk_labels(labels: &[&str]) -> String {
    let number = |label: &&str| label.trim_start_matches("Stk. ").trim_end_matches('.').to_string();
    match labels {
        [] => String::new(),
        [one] => (*one).to_string(),
        [a, b] => format!("Stk. {} og {}.", number(a), number(b)),
        [a, .., b] => format!("Stk. {}-{}.", number(a), number(b)),
    }
}

/// Says `6)`, `6-8)`; for dashes nothing.
fn range_of(labels: &[&str]) -> String {
    match labels {
        [] => String::new(),
        [one] if one.starts_with(char::is_alphanumeric) => (*one).to_string(),
        [a, .., b] if a.starts_with(char::is_alphanumeric) => format!("{}-{b}", a.trim_end_matches([')', '.'])),
        _ => String::new(),
    }
}

/// Says for each block on the left which § and stk. it is of, where a page begins with it: `§ 15, stk. 1 (fortsat)`.
fn goes_on(text: &Text, rows: &[[Vec<Block>; 2]]) -> Vec<Vec<String>> {
    let (mut several, mut outside) = (BTreeSet::new(), BTreeSet::new());
    for node in &text.nodes {
        match node {
            Node::Section(section) if section.subsections.len() > 1 => {
                let first = section.subsections.first().and_then(|stk| stk.rows.first());
                several.extend(first.map(|row| row.label.as_str()));
            }
            Node::Section(_) => {}
            Node::Line(row) => {
                outside.insert(row.words.as_str());
            }
        }
    }
    let (mut section, mut place) = (String::new(), String::new());
    let mut said = |block: &Block| {
        let Block::Paragraph { style, text } = block else { return String::new() };
        let label = text.first().filter(|span| span.look == Look::Strong).map_or("", |span| span.text.as_str());
        let number = label.trim_end_matches('.');
        let before = match label.chars().next() {
            Some('§') => {
                section = number.to_string();
                let first = if several.contains(label) { ", stk. 1" } else { "" };
                place = format!("{section}{first}");
                String::new()
            }
            Some('S') => {
                place = format!("{section}, {}", danish::small(number));
                section.clone()
            }
            _ if *style == Style::QuotedHeading || outside.contains(joined(text).trim()) => String::new(),
            _ => place.clone(),
        };
        if before.is_empty() { before } else { format!("{before} (fortsat)") }
    };
    rows.iter().map(|[left, _]| left.iter().map(&mut said).collect()).collect()
}

/// Shows a line of the text in force.
fn shown(row: &Row) -> Block {
    labelled(style(row.kind), &row.label, &row.words)
}

fn style(kind: Kind) -> Style {
    match kind {
        Kind::Title | Kind::Chapter | Kind::Heading => Style::QuotedHeading,
        Kind::Point => Style::QuotedPoint,
        Kind::Letter => Style::QuotedLetter,
        Kind::Preamble | Kind::Subsection | Kind::Text => Style::Quoted,
    }
}

fn labelled(style: Style, label: &str, words: &str) -> Block {
    let mut spans = Vec::new();
    let strong = label.starts_with(['§', 'S', 'K']) && !label.is_empty();
    if !label.is_empty() {
        spans.push(Span::new(if strong { Look::Strong } else { Look::Plain }, label));
    }
    let space = if label.is_empty() || words.is_empty() { "" } else { " " };
    spans.push(Span::plain(format!("{space}{words}")));
    Block::styled(style, spans)
}

/// Shows a paragraph of the § on commencement; its number is bold.
fn closing(text: String) -> Block {
    let bare = text.strip_prefix('§').is_some_and(|n| n.trim().trim_end_matches('.').parse::<u32>().is_ok());
    if bare { Block::styled(Style::Body, vec![Span::new(Look::Strong, text)]) } else { Block::text(text) }
}

/// Shows an item as it stands in the instrument, in italics what its printed form has in italics.
fn item_blocks(text: &str, item: &Item) -> Vec<Block> {
    let mut printed = print::item(item).into_iter().filter_map(|piece| match piece {
        Piece::Words(spans) => Some(spans),
        Piece::Quote(_) => None,
    });
    let mut out = Vec::new();
    for (i, paragraph) in paragraphs(text, item.span.clone()).into_iter().enumerate() {
        if let Some(kind) = paragraph.quoted {
            out.push(Block::styled(style(kind), vec![Span::plain(paragraph.text)]));
            continue;
        }
        let number = paragraph.text.find(". ").filter(|end| {
            i == 0 && paragraph.text.get(..*end).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty())
        });
        let (number, words) = paragraph.text.split_at(number.map_or(0, |end| end + 2));
        let mut spans = printed.next().unwrap_or_default();
        // Words of somebody else are shown as they are.
        if joined(&spans) != words {
            spans = vec![Span::plain(words)];
        }
        if number.is_empty() {
            out.push(Block::styled(Style::Body, spans));
        } else {
            spans.insert(0, Span::new(Look::Strong, number));
            out.push(Block::styled(Style::Item, spans));
        }
    }
    out
}

fn joined(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
