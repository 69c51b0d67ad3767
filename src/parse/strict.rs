//! Reads the one Markdown profile exactly: anything it does not have is an error with its line.
//!
//! `pulldown-cmark` finds the blocks and takes the escapes away; the literal markers are checked in the source, since
//! CommonMark renumbers lists and would take "1. januar" at a line's start for one.

use super::marks::{self, Marked, Marks};
use crate::document::number::{letter_label, number};
use crate::document::{
    Block, Bylaw, Chapter, Letter, NodeId, OpId, Origin, OriginKind, Paragraph, Point, Run, Section, Subsection, Text,
};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Says what is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Markup that the profile does not have.
    Markup,
    /// A paragraph that belongs to nothing.
    Stray,
    /// A line that goes on where the profile has one paragraph a line.
    Wrapped,
    /// A label that is not the next one: what stands there, what was expected.
    Label(String, String),
    /// A block without the id it should carry.
    NoId,
    /// A private mark that does not belong there.
    Mark(String),
    /// No title.
    NoTitle,
}

/// Is what is wrong with a line of Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub trouble: Trouble,
}

/// Is a stretch of words with the place it stands in the source.
type Words = Vec<(String, Range<usize>)>;

enum Raw {
    Heading(u8, Words),
    Paragraph(Vec<Words>),
    List(Vec<Vec<Words>>),
}

/// Reads a text. With `marks`, it is what a template rendered and every block must carry its id.
pub fn read(markdown: &str, marks: Option<&Marks>) -> Result<Bylaw, Vec<ProfileError>> {
    let mut reader =
        Reader { source: markdown, marks, errors: Vec::new(), bylaw: Bylaw::default(), heading: None, titled: false };
    for (raw, at) in reader.blocks() {
        reader.block(raw, at);
    }
    if !reader.titled {
        reader.errors.push(ProfileError { line: 1, trouble: Trouble::NoTitle });
    }
    if reader.errors.is_empty() {
        number(&mut reader.bylaw);
        Ok(reader.bylaw)
    } else {
        Err(reader.errors)
    }
}

struct Reader<'s> {
    source: &'s str,
    marks: Option<&'s Marks>,
    errors: Vec<ProfileError>,
    bylaw: Bylaw,
    heading: Option<Text>,
    titled: bool,
}

impl<'s> Reader<'s> {
    fn error(&mut self, at: usize, trouble: Trouble) {
        let line = self.source.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
        self.errors.push(ProfileError { line, trouble });
    }

    /// Makes a flat list of blocks out of the events, each with the place it begins.
    fn blocks(&mut self) -> Vec<(Raw, usize)> {
        let mut out = Vec::new();
        let mut lines: Vec<Words> = Vec::new();
        let mut items: Option<Vec<Vec<Words>>> = None;
        let mut depth = 0usize;
        let mut start = 0;
        for (event, range) in Parser::new_ext(self.source, Options::empty()).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    start = range.start;
                    lines = vec![Vec::new()];
                }
                Event::End(TagEnd::Heading(level)) => {
                    let level = match level {
                        HeadingLevel::H1 => 1,
                        HeadingLevel::H2 => 2,
                        HeadingLevel::H3 => 3,
                        _ => 9,
                    };
                    let words = lines.drain(..).next().unwrap_or_default();
                    out.push((Raw::Heading(level, words), start));
                }
                Event::Start(Tag::Paragraph) => {
                    if items.is_none() {
                        start = range.start;
                        lines = vec![Vec::new()];
                    } else if lines.last().is_none_or(|l| !l.is_empty()) {
                        lines.push(Vec::new());
                    }
                }
                Event::End(TagEnd::Paragraph) => {
                    if items.is_none() {
                        out.push((Raw::Paragraph(std::mem::take(&mut lines)), start));
                    }
                }
                Event::Start(Tag::List(_)) => {
                    depth += 1;
                    if depth > 1 {
                        self.error(range.start, Trouble::Markup);
                    } else {
                        start = range.start;
                        items = Some(Vec::new());
                    }
                }
                Event::End(TagEnd::List(_)) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0
                        && let Some(items) = items.take()
                    {
                        out.push((Raw::List(items), start));
                    }
                }
                Event::Start(Tag::Item) => lines = vec![vec![(String::new(), range.start..range.start)]],
                Event::End(TagEnd::Item) => {
                    if let Some(items) = &mut items {
                        items.push(std::mem::take(&mut lines));
                    }
                }
                Event::Text(text) => match lines.last_mut() {
                    Some(line) => line.push((text.to_string(), range)),
                    None => self.error(range.start, Trouble::Stray),
                },
                Event::SoftBreak => lines.push(Vec::new()),
                _ => self.error(range.start, Trouble::Markup),
            }
        }
        out
    }

    fn block(&mut self, raw: Raw, at: usize) {
        match raw {
            Raw::Heading(1, words) if !self.titled => {
                self.titled = true;
                let (_, text) = self.text(&words, 0);
                self.bylaw.title = text;
            }
            Raw::Heading(2, words) => self.chapter(&words, at),
            Raw::Heading(3, words) => {
                let (_, text) = self.text(&words, 0);
                if self.heading.replace(text).is_some() {
                    self.error(at, Trouble::Stray);
                }
            }
            Raw::Heading(..) => self.error(at, Trouble::Markup),
            Raw::Paragraph(lines) if lines.iter().all(|l| bullet(self.source, l).is_some()) => {
                let mut points = Vec::new();
                for line in &lines {
                    if let Some(label) = bullet(self.source, line) {
                        let label = label.to_string();
                        self.point(&mut points, label, line, 2);
                    }
                }
                self.list(points, at);
            }
            Raw::Paragraph(lines) => self.bullets_or_paragraph(lines, at),
            Raw::List(items) => self.numbered(items, at),
        }
    }

    /// A paragraph is one line; bullets with letters under them arrive as one paragraph of several.
    fn bullets_or_paragraph(&mut self, lines: Vec<Words>, at: usize) {
        let mut lines = lines.into_iter();
        let Some(first) = lines.next() else { return };
        if bullet(self.source, &first).is_none() {
            self.paragraph(&first, at);
            for line in lines {
                let place = line.first().map_or(at, |w| w.1.start);
                self.error(place, Trouble::Wrapped);
            }
            return;
        }
        let mut points = Vec::new();
        for line in std::iter::once(first).chain(lines) {
            match bullet(self.source, &line).map(str::to_string) {
                Some(label) => self.point(&mut points, label, &line, 2),
                None => self.letter(&mut points, &line, at),
            }
        }
        self.list(points, at);
    }

    fn numbered(&mut self, items: Vec<Vec<Words>>, at: usize) {
        let mut points: Vec<Point> = Vec::new();
        let mut next = self.open_points() + 1;
        for lines in items {
            let mut lines = lines.into_iter();
            let Some(first) = lines.next() else { continue };
            let place = first.first().map_or(at, |w| w.1.start);
            let found: String =
                self.source[place..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, ')' | '.')).collect();
            let expected = format!("{next})");
            if found != expected {
                self.error(place, Trouble::Label(found, expected.clone()));
            }
            next += 1;
            self.point(&mut points, expected, &first, 0);
            for line in lines {
                self.letter(&mut points, &line, place);
            }
        }
        self.list(points, at);
    }

    /// Returns how many points the open subsection has already.
    fn open_points(&mut self) -> usize {
        let Some(subsection) = self.open_subsection() else { return 0 };
        subsection.blocks.iter().map(|b| if let Block::List(p) = b { p.len() } else { 0 }).sum()
    }

    fn open_section(&mut self) -> Option<&mut Section> {
        self.bylaw.chapters.last_mut()?.sections.last_mut()
    }

    fn open_subsection(&mut self) -> Option<&mut Subsection> {
        self.open_section()?.subsections.last_mut()
    }

    fn point(&mut self, points: &mut Vec<Point>, label: String, words: &Words, skip: usize) {
        let (ids, text) = self.text(words, skip);
        let (id, op) = self.id(ids.first(), words);
        points.push(Point { id, op, number: 0, label, text, letters: Vec::new() });
    }

    fn letter(&mut self, points: &mut [Point], words: &Words, at: usize) {
        let at = words.first().map_or(at, |w| w.1.start);
        let Some(point) = points.last_mut() else { return self.error(at, Trouble::Stray) };
        let expected = letter_label(point.letters.len() as u32 + 1);
        let source = self.source[at..].trim_start();
        if !source.starts_with(&format!("{expected} ")) {
            let found: String = source.chars().take_while(|c| !c.is_whitespace()).collect();
            let trouble = if found.ends_with(')') { Trouble::Label(found, expected) } else { Trouble::Wrapped };
            return self.error(at, trouble);
        }
        let (ids, text) = self.text(words, expected.chars().count() + 1);
        let (id, op) = self.id(ids.first(), words);
        point.letters.push(Letter { id, op, label: expected, text });
    }

    fn list(&mut self, mut points: Vec<Point>, at: usize) {
        let marked = self.marks.is_some();
        let before = self.open_points();
        let Some(subsection) = self.open_subsection() else { return self.error(at, Trouble::Stray) };
        if !marked {
            for (i, point) in points.iter_mut().enumerate() {
                point.id = NodeId(format!("{}/{}", subsection.id, before + i + 1));
                for (k, letter) in point.letters.iter_mut().enumerate() {
                    letter.id = NodeId(format!("{}/{}", point.id, k + 1));
                }
            }
        }
        subsection.blocks.push(Block::List(points));
    }

    fn chapter(&mut self, words: &Words, at: usize) {
        let plain: String = words.iter().map(|w| w.0.as_str()).collect();
        let visible =
            marks::split(&plain).into_iter().map(|m| if let Marked::Text(t) = m { t } else { "" }).collect::<String>();
        let number =
            visible.strip_prefix("Kapitel ").and_then(|rest| rest.split_once(". ")).map(|(n, _)| n.to_string());
        let skip = number.as_ref().map_or(0, |n| "Kapitel . ".chars().count() + n.chars().count());
        let (ids, title) = self.text(words, skip);
        let place = self.bylaw.chapters.len() + 1;
        let (mut id, op) = self.id(ids.first(), words);
        if self.marks.is_none() {
            id = NodeId(format!("kapitel-{place}"));
        }
        if self.heading.take().is_some() {
            self.error(at, Trouble::Stray);
        }
        self.bylaw.chapters.push(Chapter { id, op, number: number.unwrap_or_default(), title, sections: Vec::new() });
    }

    fn paragraph(&mut self, words: &Words, at: usize) {
        let source = &self.source[at..];
        if let Some(number) = section_number(source) {
            return self.section(number, words, at);
        }
        if let Some(found) = subsection_number(source) {
            return self.subsection(found, words, at);
        }
        let (ids, text) = self.text(words, 0);
        let (mut id, op) = self.id(ids.first(), words);
        let unmarked = self.marks.is_none();
        if let Some(subsection) = self.open_subsection() {
            if unmarked {
                id = NodeId(format!("{}/tekst-{}", subsection.id, subsection.blocks.len()));
            }
            subsection.blocks.push(Block::Text(Paragraph { id, op, text }));
        } else if self.bylaw.chapters.is_empty() {
            if unmarked {
                id = NodeId(format!("indledning-{}", self.bylaw.preamble.len() + 1));
            }
            self.bylaw.preamble.push(Paragraph { id, op, text });
        } else {
            self.error(at, Trouble::Stray);
        }
    }

    fn section(&mut self, number: String, words: &Words, at: usize) {
        let (ids, text) = self.text(words, number.chars().count() + "§ . ".chars().count());
        let (mut id, op) = self.id(ids.first(), words);
        let (mut sub, sub_op) =
            if self.marks.is_some() { self.id(ids.get(1), words) } else { (NodeId::default(), None) };
        if self.marks.is_none() {
            let taken = self.bylaw.chapters.iter().flat_map(|c| &c.sections).filter(|s| s.number == number).count();
            let again = if taken > 0 { format!("#{}", taken + 1) } else { String::new() };
            id = NodeId(format!("§{number}{again}"));
            sub = NodeId(format!("{id}/1"));
        }
        let heading = self.heading.take();
        if self.bylaw.chapters.is_empty() {
            self.bylaw.chapters.push(Chapter::default());
        }
        let paragraph = Paragraph { id: sub.clone(), op: sub_op, text };
        let first = Subsection { id: sub, number: 1, blocks: vec![Block::Text(paragraph)] };
        match self.bylaw.chapters.last_mut() {
            Some(chapter) => {
                chapter.sections.push(Section { id, op, number, heading, subsections: vec![first] });
            }
            None => self.error(at, Trouble::Stray),
        }
    }

    fn subsection(&mut self, found: String, words: &Words, at: usize) {
        let (ids, text) = self.text(words, found.chars().count() + "Stk. . ".chars().count());
        let (mut id, op) = self.id(ids.first(), words);
        let unmarked = self.marks.is_none();
        let Some(section) = self.open_section() else { return self.error(at, Trouble::Stray) };
        let number = section.subsections.len() as u32 + 1;
        if unmarked {
            id = NodeId(format!("{}/{number}", section.id));
        }
        let paragraph = Paragraph { id: id.clone(), op, text };
        section.subsections.push(Subsection { id, number, blocks: vec![Block::Text(paragraph)] });
        if found != number.to_string() {
            self.error(at, Trouble::Label(format!("Stk. {found}."), format!("Stk. {number}.")));
        }
    }

    fn id(&mut self, mark: Option<&usize>, words: &Words) -> (NodeId, Option<OpId>) {
        let Some(marks) = self.marks else { return Default::default() };
        match mark.and_then(|i| marks.nodes.get(*i)) {
            Some(node) => (node.id.clone(), node.op),
            None => {
                self.error(words.first().map_or(0, |w| w.1.start), Trouble::NoId);
                Default::default()
            }
        }
    }

    /// Turns words into runs, the first `skip` characters (the label) left out, and returns the node marks among them.
    fn text(&mut self, words: &Words, skip: usize) -> (Vec<usize>, Text) {
        let mut plain: String = words.iter().map(|w| w.0.as_str()).collect();
        let at = words.first().map_or(0, |w| w.1.start);
        // A dash list is no list to CommonMark, so its marker and the space after it are still in the text.
        let cut = plain.char_indices().nth(skip).map_or(plain.len(), |(i, _)| i);
        let Some(marks) = self.marks else {
            plain.drain(..cut);
            return (Vec::new(), Text::plain(plain));
        };
        plain.drain(..cut);
        let mut ids = Vec::new();
        let mut runs: Vec<Run> = Vec::new();
        let mut open: Option<Origin> = None;
        for part in marks::split(&plain) {
            let words = match part {
                Marked::Node(i) => {
                    ids.push(i);
                    continue;
                }
                Marked::Begin(i) => {
                    open = marks.origins.get(i).cloned();
                    if open.is_none() {
                        self.error(at, Trouble::Mark(format!("o{i}")));
                    }
                    // A reference is filled in once numbers are known, so its run must be there even when empty.
                    runs.push(Run { text: String::new(), origin: open.clone().unwrap_or_default() });
                    continue;
                }
                Marked::End => {
                    open = None;
                    continue;
                }
                Marked::Unknown(name) => {
                    self.error(at, Trouble::Mark(name.to_string()));
                    continue;
                }
                Marked::Bracket => "⟦",
                Marked::Text(words) => words,
            };
            match (&open, runs.last_mut()) {
                (Some(_), Some(run)) => run.text.push_str(words),
                (None, _) => {
                    let origin = Origin { kind: OriginKind::Template, ..Origin::default() };
                    runs.push(Run { text: words.to_string(), origin });
                }
                (Some(_), None) => {}
            }
        }
        runs.retain(|r| !r.text.is_empty() || matches!(r.origin.kind, OriginKind::Reference(_)));
        (ids, Text(runs))
    }
}

fn bullet<'s>(source: &'s str, words: &Words) -> Option<&'s str> {
    let at = words.first()?.1.start;
    let rest = source.get(at..)?;
    ["–", "•"].into_iter().find(|b| rest.strip_prefix(b).is_some_and(|r| r.starts_with(' '))).map(|b| &rest[..b.len()])
}

/// Reads `§ 12. ` or `§ 7 a. ` at the beginning of a line.
fn section_number(source: &str) -> Option<String> {
    let rest = source.strip_prefix("§ ")?;
    let (number, after) = rest.split_once('.')?;
    let (digits, suffix) = number.split_once(' ').unwrap_or((number, "a"));
    let good = !digits.is_empty()
        && digits.len() <= 4
        && digits.chars().all(|c| c.is_ascii_digit())
        && suffix.chars().count() <= 2
        && !suffix.is_empty()
        && suffix.chars().all(char::is_lowercase);
    (good && (after.starts_with(' ') || after.starts_with('\n') || after.is_empty())).then(|| number.to_string())
}

/// Reads `Stk. 2. ` at the beginning of a line.
fn subsection_number(source: &str) -> Option<String> {
    let rest = source.strip_prefix("Stk. ")?;
    let (number, after) = rest.split_once('.')?;
    let good = !number.is_empty() && number.len() <= 4 && number.chars().all(|c| c.is_ascii_digit());
    (good && (after.starts_with(' ') || after.starts_with('\n') || after.is_empty())).then(|| number.to_string())
}
