//! Finds the place an instrument points at, by the numbers that stand in the text when the item is reached.

use super::missing;
use super::sentences::{chosen, is_paragraph, list_of, sentences};
use super::trouble::{Why, say};
use super::{Applier, At, Slot};
use crate::instrument::text::{Node, Row, Section, Subsection, letter_number};
use crate::instrument::{Kind, LAST, Target};
use std::ops::Range;

/// Is a place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A line outside the §§.
    Line(usize),
    /// The whole preamble.
    Preamble(Vec<usize>),
    /// A chapter: its heading and everything to the next one.
    Chapter(Range<usize>),
    /// The heading before a §.
    Heading(usize),
    /// A § without its heading.
    Section(usize),
    /// A stk.
    Subsection(usize, usize),
    /// A point with its letters, a letter, or a paragraph without a label.
    Rows(usize, usize, Range<usize>),
    /// Sentences: the stk., and which of the sentences in `within` of its lines.
    Sentences(usize, usize, Range<usize>, (u32, u32)),
}

impl Spot {
    /// Returns the nodes it stands in.
    pub(super) fn nodes(&self) -> Range<usize> {
        match self {
            Spot::Preamble(lines) => lines.first().copied().unwrap_or(0)..lines.last().map_or(0, |l| l + 1),
            Spot::Chapter(range) => range.clone(),
            Spot::Line(i) | Spot::Heading(i) | Spot::Section(i) => *i..i + 1,
            Spot::Subsection(i, _) | Spot::Rows(i, ..) | Spot::Sentences(i, ..) => *i..i + 1,
        }
    }
}

impl Applier {
    /// Finds a target.
    pub(super) fn find(&mut self, target: &Target) -> Result<Spot, Why> {
        let address = &target.address;
        if let Some(name) = address.named {
            return self.named(name, target);
        }
        if let Some(number) = &address.chapter {
            let range = self.chapter(number).ok_or_else(|| self.no_chapter(number))?;
            return Ok(if address.heading { Spot::Line(range.start) } else { Spot::Chapter(range) });
        }
        let Some(number) = &address.section else { return Err(Why::new("no-section-named")) };
        let node = self.section(number)?;
        let Some(Node::Section(section)) = self.text.nodes.get(node) else { return Err(Why::new("gone")) };
        if let Some(was) = target.was.as_ref().and_then(|was| was.section.as_ref())
            && was != number
            && !self.former.get(number).is_some_and(|had| had.contains(was))
        {
            return Err(Why::new("was-not").with("from", format!("§ {was}")).with("value", format!("§ {number}")));
        }
        if address.heading {
            return match section.heading {
                Some(_) => Ok(Spot::Heading(node)),
                None => Err(Why::new("no-heading").with("name", format!("§ {number}"))),
            };
        }
        let deeper = address.point.is_some()
            || address.letter.is_some()
            || target.sentences.is_some()
            || target.paragraph.is_some();
        let at = match address.subsection {
            None if !deeper => return Ok(Spot::Section(node)),
            None if section.subsections.len() == 1 => 0,
            None => {
                return Err(Why::new("several-subsections")
                    .with("name", format!("§ {number}"))
                    .with("count", section.subsections.len()));
            }
            Some(n) => subsection(section, n)?,
        };
        let Some(stk) = section.subsections.get(at) else { return Err(Why::new("gone")) };
        let clock = self.clock;
        if let Some(was) = target.was.as_ref().and_then(|was| was.subsection)
            && address.subsection.is_some_and(|now| now != was)
            && !stk.number.was(was, clock)
        {
            return Err(Why::new("was-not")
                .with("from", format!("stk. {was}"))
                .with("value", format!("stk. {}", stk.number.now)));
        }
        let mut rows = 0..stk.rows.len();
        if let Some(n) = address.point {
            rows = point(stk, n)?;
            let row = stk.rows.get(rows.start);
            if let Some(was) = target.was.as_ref().and_then(|was| was.point)
                && was != n
                && !row.is_some_and(|r| r.number.was(was, clock))
            {
                return Err(Why::new("was-not").with("from", format!("nr. {was}")).with("value", format!("nr. {n}")));
            }
            if let Some(letter) = &address.letter {
                rows = letter_in(stk, rows, letter)?;
                let row = stk.rows.get(rows.start);
                if let Some(was) = target.was.as_ref().and_then(|was| was.letter.as_ref())
                    && was != letter
                    && !row.is_some_and(|r| letter_number(was).is_some_and(|was| r.number.was(was, clock)))
                {
                    return Err(Why::new("was-not")
                        .with("from", format!("litra {was}"))
                        .with("value", format!("litra {letter}")));
                }
            }
        }
        // In a list whose points are letters, `litra b` is a point.
        if let (None, Some(letter)) = (address.point, &address.letter) {
            let lettered = |r: &Row| r.kind == Kind::Point && r.label.trim_end_matches([')', '.']) == letter;
            let found = stk.rows.iter().position(lettered);
            let found = found.ok_or_else(|| Why::new("no-letter").with("value", letter).with("count", 0))?;
            rows = found..end_of_point(stk, found);
        }
        if let Some(n) = target.paragraph {
            let paragraphs: Vec<usize> = rows.clone().filter(|i| is_paragraph(stk, *i)).collect();
            let found = n.checked_sub(1).and_then(|i| paragraphs.get(i as usize)).copied();
            let Some(found) = found else {
                return Err(Why::new("no-paragraph").with("count", paragraphs.len()));
            };
            rows = found..found + 1;
        }
        match target.sentences {
            Some((first, last)) => {
                let count = sentences(stk, &rows).len();
                let end = u32::try_from(count).unwrap_or(LAST);
                let (first, last) = if first == LAST { (end, end) } else { (first, last) };
                if first == 0 || last < first || last as usize > count {
                    return Err(Why::new("no-sentence").with("count", count).with("found", said(stk, &rows)));
                }
                if let Some(were) = target.were
                    && !self.sentences_were(number, stk, &rows, were, (first, last))
                {
                    let say = |n: (u32, u32)| say(Some(&Target { sentences: Some(n), ..Target::default() }));
                    let (from, value) = (say(were), say((first, last)));
                    return Err(Why::new("was-not").with("from", from).with("value", value));
                }
                Ok(Spot::Sentences(node, at, rows, (first, last)))
            }
            None if address.point.is_some() || address.letter.is_some() || target.paragraph.is_some() => {
                Ok(Spot::Rows(node, at, rows))
            }
            None => Ok(Spot::Subsection(node, at)),
        }
    }

    fn named(&self, name: &str, target: &Target) -> Result<Spot, Why> {
        let is = |kind: Kind| move |(_, node): &(usize, &Node)| matches!(node, Node::Line(row) if row.kind == kind);
        let lines = |kind: Kind| self.text.nodes.iter().enumerate().filter(is(kind)).map(|(i, _)| i);
        if name == "titlen" {
            return lines(Kind::Title).next().map(Spot::Line).ok_or_else(|| Why::new("no-title"));
        }
        let preamble: Vec<usize> = lines(Kind::Preamble).collect();
        match (target.paragraph, preamble.as_slice()) {
            (_, []) => Err(Why::new("no-preamble")),
            (None, [only]) => Ok(Spot::Line(*only)),
            (None, _) => Ok(Spot::Preamble(preamble)),
            (Some(n), _) => match n.checked_sub(1).and_then(|i| preamble.get(i as usize)) {
                Some(at) => Ok(Spot::Line(*at)),
                None => Err(Why::new("no-paragraph").with("count", preamble.len())),
            },
        }
    }

    /// Returns the nodes of a chapter.
    pub(super) fn chapter(&self, number: &str) -> Option<Range<usize>> {
        let heads = || {
            self.text.nodes.iter().enumerate().filter_map(|(i, node)| match node {
                Node::Line(row) if row.kind == Kind::Chapter => Some((i, chapter_number(&row.label))),
                _ => None,
            })
        };
        let (start, _) = heads().find(|(_, n)| n.eq_ignore_ascii_case(number))?;
        let end = heads().map(|(i, _)| i).find(|i| *i > start).unwrap_or(self.text.nodes.len());
        Some(start..end)
    }

    /// Returns the node of a §.
    pub(super) fn section(&mut self, number: &str) -> Result<usize, Why> {
        let name = format!("§ {number}");
        let found = self.sections.at(number);
        // While an item inserts a § and sends on the one that had the number, the older one is meant.
        let item = self.clock.item;
        let old = |i: &&usize| matches!(self.text.nodes.get(**i), Some(Node::Section(s)) if s.born != item);
        match found {
            [one] => Ok(*one),
            [] => Err(self.no_section(number)),
            several => match several.iter().filter(old).collect::<Vec<_>>().as_slice() {
                [one] => Ok(**one),
                _ => Err(Why::new("section-twice").with("name", name)),
            },
        }
    }

    /// Returns the lines of a place, each with the part of its words that belongs to it; `None` for all of them.
    pub(super) fn pieces(&self, spot: &Spot) -> Vec<(At, Option<Range<usize>>)> {
        let mut out = Vec::new();
        let mut node = |i: usize, heading: bool| match self.text.nodes.get(i) {
            Some(Node::Line(_)) => out.push((At { node: i, slot: Slot::Line }, None)),
            Some(Node::Section(section)) => {
                if heading && section.heading.is_some() {
                    out.push((At { node: i, slot: Slot::Heading }, None));
                }
                for (k, stk) in section.subsections.iter().enumerate() {
                    out.extend((0..stk.rows.len()).map(|r| (At { node: i, slot: Slot::Row(k, r) }, None)));
                }
            }
            None => {}
        };
        match spot {
            Spot::Line(i) => node(*i, true),
            Spot::Preamble(lines) => lines.iter().for_each(|i| node(*i, true)),
            Spot::Chapter(range) => range.clone().for_each(|i| node(i, true)),
            Spot::Section(i) => node(*i, false),
            Spot::Heading(i) => out.push((At { node: *i, slot: Slot::Heading }, None)),
            Spot::Subsection(i, k) => {
                let rows = self.stk(*i, *k).map_or(0, |s| s.rows.len());
                out.extend((0..rows).map(|r| (At { node: *i, slot: Slot::Row(*k, r) }, None)));
            }
            Spot::Rows(i, k, rows) => {
                out.extend(rows.clone().map(|r| (At { node: *i, slot: Slot::Row(*k, r) }, None)));
            }
            Spot::Sentences(i, k, rows, (first, last)) => {
                let Some(stk) = self.stk(*i, *k) else { return out };
                for (row, range) in chosen(stk, rows, *first, *last) {
                    out.push((At { node: *i, slot: Slot::Row(*k, row) }, Some(range)));
                }
                // A list belongs to the sentence that introduces it.
                for at in list_of(stk, rows, *last) {
                    out.push((At { node: *i, slot: Slot::Row(*k, at) }, None));
                }
            }
        }
        out
    }

    /// Returns the lines of the whole bylaw.
    pub(super) fn everything(&self) -> Vec<(At, Option<Range<usize>>)> {
        (0..self.text.nodes.len()).flat_map(|i| self.pieces(&Spot::Chapter(i..i + 1))).collect()
    }

    /// Returns a stk.
    pub(super) fn stk(&self, node: usize, at: usize) -> Option<&Subsection> {
        match self.text.nodes.get(node) {
            Some(Node::Section(section)) => section.subsections.get(at),
            _ => None,
        }
    }

    /// Returns a stk. to change.
    pub(super) fn stk_mut(&mut self, node: usize, at: usize) -> Result<&mut Subsection, Why> {
        match self.text.nodes.get_mut(node) {
            Some(Node::Section(section)) => section.subsections.get_mut(at).ok_or_else(|| Why::new("gone")),
            _ => Err(Why::new("gone")),
        }
    }

    /// Returns a § to change.
    pub(super) fn section_mut(&mut self, node: usize) -> Result<&mut Section, Why> {
        match self.text.nodes.get_mut(node) {
            Some(Node::Section(section)) => Ok(section),
            _ => Err(Why::new("gone")),
        }
    }
}

fn subsection(section: &Section, n: u32) -> Result<usize, Why> {
    let found: Vec<usize> =
        section.subsections.iter().enumerate().filter(|(_, s)| s.number.now == n).map(|(i, _)| i).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(missing::no_subsection(section, n)),
        _ => Err(Why::new("number-twice").with("name", format!("stk. {n}"))),
    }
}

/// Returns the lines of a point with its letters.
fn point(stk: &Subsection, n: u32) -> Result<Range<usize>, Why> {
    let points = || stk.rows.iter().enumerate().filter(|(_, row)| row.kind == Kind::Point);
    let found: Vec<usize> = points().filter(|(_, row)| row.number.now == n).map(|(i, _)| i).collect();
    match found.as_slice() {
        [one] => Ok(*one..end_of_point(stk, *one)),
        [] => Err(missing::no_point(stk, n)),
        _ => Err(Why::new("number-twice").with("name", format!("nr. {n}"))),
    }
}

/// Returns the line after a point and its letters.
pub(super) fn end_of_point(stk: &Subsection, point: usize) -> usize {
    let rest = stk.rows.iter().enumerate().skip(point + 1);
    rest.take_while(|(_, row)| row.kind == Kind::Letter).last().map_or(point + 1, |(i, _)| i + 1)
}

fn letter_in(stk: &Subsection, rows: Range<usize>, letter: &str) -> Result<Range<usize>, Why> {
    let rows = rows.start..end_of_point(stk, rows.start);
    let wanted = letter_number(letter);
    let letters = || rows.clone().skip(1).filter(|i| stk.rows.get(*i).is_some_and(|r| r.kind == Kind::Letter));
    let found = letters().find(|i| stk.rows.get(*i).is_some_and(|r| Some(r.number.now) == wanted));
    let why = || Why::new("no-letter").with("value", letter).with("count", letters().count());
    found.map(|i| i..i + 1).ok_or_else(why)
}

fn said(stk: &Subsection, rows: &Range<usize>) -> String {
    stk.rows.get(rows.start).map(|r| r.words.clone()).unwrap_or_default()
}

/// Returns the number in a chapter's label.
pub(super) fn chapter_number(label: &str) -> &str {
    label.strip_prefix("Kapitel").unwrap_or(label).trim().trim_end_matches('.')
}

/// Returns what §§ are ordered by: the figure, then the letters.
pub(super) fn section_key(number: &str) -> (u32, String) {
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let figure = number.get(..end).and_then(|n| n.parse().ok()).unwrap_or(0);
    (figure, number.get(end..).unwrap_or_default().trim().to_string())
}
