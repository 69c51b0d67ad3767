//! Reads Markdown from anywhere: the profile and what people make of it, with a note for each liberty taken.
//!
//! Nothing is lost: what cannot be placed becomes a paragraph. Labels stay as they were found.

mod clean;
mod ids;
mod marker;
mod notes;

use crate::document::{Block, Bylaw, Chapter, Letter, Paragraph, Point, Section, Subsection, Text};
use marker::{Expected, Marker, bare, marker};
use notes::Notes;

/// Reads a bylaw. The notes are in Danish, one for each sort of liberty, with the first line it was taken on.
///
/// Ids are positional (`§12/2/3`) and mean nothing across texts; numbers and labels are those found.
pub fn read(markdown: &str) -> (Bylaw, Vec<String>) {
    let text = clean::file(markdown);
    let mut reader = Reader::default();
    let lines: Vec<&str> = text.lines().collect();
    reader.headed = lines.iter().any(|l| l.trim_start().starts_with('#'));
    let mut at = reader.front_matter(&lines);
    while at < lines.len() {
        reader.line = at + 1;
        reader.take(&lines, at);
        at += 1;
    }
    reader.end();
    ids::identify(&mut reader.bylaw);
    (reader.bylaw, reader.notes.texts())
}

/// Is the thing a line without a label can go on from.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// Nothing: a blank line, or the beginning.
    #[default]
    None,
    Title,
    Preamble,
    Chapter,
    Heading,
    Paragraph,
    Point,
    Letter,
}

#[derive(Default)]
struct Reader {
    bylaw: Bylaw,
    notes: Notes,
    line: usize,
    headed: bool,
    titled: bool,
    /// What the line before belongs to.
    last: Last,
    /// Whether a blank line came after it.
    blank: bool,
    /// A heading that waits for its §.
    heading: Option<String>,
    /// How far the last point was indented.
    indent: usize,
    section: u32,
    point: Option<u32>,
}

impl Reader {
    fn note(&mut self, what: &'static str) {
        self.notes.add(what, self.line);
    }

    /// Skips YAML between lines of dashes at the very beginning.
    fn front_matter(&mut self, lines: &[&str]) -> usize {
        if lines.first() != Some(&"---") {
            return 0;
        }
        let yaml = |l: &&str| {
            l.is_empty() || l.starts_with([' ', '-']) || l.split_once(": ").is_some_and(|(k, _)| !k.contains(' '))
        };
        let end =
            lines.iter().skip(1).position(|l| *l == "---").filter(|&end| lines.iter().skip(1).take(end).all(yaml));
        end.map_or(0, |end| {
            self.line = 1;
            self.note("oplysninger før teksten er sprunget over");
            end + 2
        })
    }

    fn take(&mut self, lines: &[&str], at: usize) {
        let raw = lines.get(at).copied().unwrap_or_default();
        let line = raw.trim();
        if line.is_empty() {
            self.blank = true;
            return;
        }
        let indent = raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let bare = bare(line);
        if bare.len() != line.len() {
            self.note("fremhævelse af en betegnelse er udeladt");
        }
        let expected = Expected { section: self.section, point: self.point, inside: self.in_section() };
        match marker(&bare, expected) {
            Marker::Section { rest, .. } | Marker::Subsection { rest, .. } if self.wrapped(rest) => {
                self.text(line, indent)
            }
            Marker::Hash { level, rest } => self.hash(level, rest),
            Marker::Chapter { number, rest } => {
                self.note("en kapiteloverskrift uden ## er læst som kapitel");
                self.chapter(number, rest);
            }
            Marker::Section { number, rest, exact } => {
                if !exact {
                    self.note("en §-betegnelse i en anden form er læst som »§ 1.«");
                }
                self.new_section(number, rest);
            }
            Marker::Subsection { number, rest, exact } if self.in_section() => {
                if !exact {
                    self.note("en stk.-betegnelse i en anden form er læst som »Stk. 2.«");
                }
                self.subsection(number, rest);
            }
            Marker::Subsection { .. } => {
                self.note("et stk. uden § er læst som indledning");
                self.text(line, indent);
            }
            Marker::Point { label, rest, exact } => {
                let nested = self.point.is_some() && indent >= self.indent + 2 && self.last != Last::Paragraph;
                if !exact {
                    self.note("et punkt med et andet mærke end 1), – eller • er læst som punkt");
                }
                if nested {
                    self.note("et indrykket punkt er læst som litra");
                    self.letter(label, rest);
                } else {
                    self.indent = indent;
                    self.new_point(label, rest);
                }
            }
            Marker::Letter { label, rest } if self.point.is_some() => self.letter(label, rest),
            Marker::Letter { label, rest } if self.in_section() => {
                self.note("et litra uden nr. er læst som punkt");
                self.new_point(label, rest);
            }
            Marker::Letter { .. } => self.text(line, indent),
            Marker::Rule(sign) => {
                if sign == '=' && self.last == Last::Preamble && !self.titled && self.bylaw.preamble.len() == 1 {
                    self.bylaw.title = self.bylaw.preamble.pop().map(|p| p.text).unwrap_or_default();
                    self.titled = true;
                    self.last = Last::Title;
                }
                self.note("en skillelinje er udeladt");
                self.blank = true;
            }
            Marker::Text(_) if line.starts_with("<!--") && line.ends_with("-->") => {
                self.note("en kommentar er udeladt");
            }
            Marker::Text(_) if self.is_heading(lines, at) => {
                self.note("en linje før en § er læst som dens overskrift");
                self.start_heading(line);
            }
            Marker::Text(_) => self.text(line, indent),
        }
        self.blank = false;
    }

    /// Says whether what looks like a label is a reference that a line break came before.
    fn wrapped(&self, rest: &str) -> bool {
        let before = match self.last {
            Last::Preamble => self.bylaw.preamble.last().map(|p| &p.text),
            Last::Paragraph => match self.subsections().and_then(|s| s.last()?.blocks.last()) {
                Some(Block::Text(p)) => Some(&p.text),
                _ => None,
            },
            _ => None,
        };
        let open = before
            .and_then(|t| t.0.last())
            .is_some_and(|r| !r.text.is_empty() && !r.text.ends_with(['.', ':', ';', '!', '?', ')']));
        !self.blank && open && !rest.starts_with(char::is_uppercase)
    }

    fn subsections(&self) -> Option<&Vec<Subsection>> {
        Some(&self.bylaw.chapters.last()?.sections.last()?.subsections)
    }

    fn in_section(&self) -> bool {
        self.bylaw.chapters.last().is_some_and(|c| !c.sections.is_empty())
    }

    fn hash(&mut self, level: usize, rest: &str) {
        if let Some(Marker::Chapter { number, rest }) = marker::chapter(rest) {
            if level != 2 {
                self.note("en kapiteloverskrift på et andet niveau end ## er læst som kapitel");
            }
            return self.chapter(number, rest);
        }
        let expected = Expected { section: self.section, ..Expected::default() };
        if let Marker::Section { number, rest, .. } = marker(rest, expected) {
            self.note("en overskrift med § er læst som § med overskrift");
            let heading = Some(rest.to_string()).filter(|r| !r.is_empty());
            self.flush_heading();
            self.heading = heading;
            return self.new_section(number, "");
        }
        match level {
            1 if !self.titled && self.bylaw.chapters.is_empty() => {
                self.titled = true;
                self.bylaw.title = Text::plain(clean::inline(rest));
                self.last = Last::Title;
            }
            1 | 2 => {
                self.note("en overskrift uden »Kapitel« er læst som kapitel uden nummer");
                self.chapter("", rest);
            }
            _ => self.start_heading(rest),
        }
    }

    fn chapter(&mut self, number: &str, title: &str) {
        self.flush_heading();
        let title = Text::plain(clean::inline(title));
        self.bylaw.chapters.push(Chapter { number: number.to_string(), title, ..Chapter::default() });
        self.last = Last::Chapter;
        self.point = None;
    }

    fn start_heading(&mut self, text: &str) {
        self.flush_heading();
        self.heading = Some(text.to_string());
        self.last = Last::Heading;
        self.point = None;
    }

    /// Makes a heading that no § came after a paragraph.
    fn flush_heading(&mut self) {
        if let Some(heading) = self.heading.take() {
            self.note("en overskrift uden § er læst som tekst");
            self.paragraph(&heading);
            self.last = Last::None;
        }
    }

    fn new_section(&mut self, number: String, text: &str) {
        if self.bylaw.chapters.is_empty() {
            self.bylaw.chapters.push(Chapter::default());
        }
        let found = number.parse::<u32>().ok();
        if found.is_some_and(|n| n <= self.section) {
            self.note("et §-nummer går igen eller går tilbage");
        }
        self.section = found.unwrap_or(self.section);
        let heading = self.heading.take().map(|h| Text::plain(clean::inline(&h)));
        let section = Section { number, heading, ..Section::default() };
        if let Some(chapter) = self.bylaw.chapters.last_mut() {
            chapter.sections.push(section);
        }
        self.point = None;
        self.last = Last::Paragraph;
        if let Some(Marker::Subsection { number: 1, rest, .. }) = marker::subsection(text) {
            self.note("»Stk. 1.« efter § er udeladt");
            self.subsection(1, rest);
        } else if !text.is_empty() {
            self.subsection(1, text);
        }
    }

    fn subsection(&mut self, number: u32, text: &str) {
        self.flush_heading();
        let Some(section) = self.bylaw.chapters.last_mut().and_then(|c| c.sections.last_mut()) else { return };
        let before = section.subsections.last().map_or(0, |s| s.number);
        let mut notes = Vec::new();
        let number = if section.subsections.is_empty() {
            if number > 1 {
                notes.push("et stk. efter en § uden tekst er læst som § uden stk. 1");
                section.subsections.push(Subsection {
                    number: 1,
                    blocks: vec![Block::Text(Paragraph::default())],
                    ..Subsection::default()
                });
            }
            number.max(1)
        } else if number <= 1 {
            notes.push("et »Stk. 1.« efter et andet stk. har fået det næste nummer");
            before + 1
        } else {
            if number != before + 1 {
                notes.push("et stk.-nummer går igen eller mangler");
            }
            number
        };
        let blocks = vec![Block::Text(paragraph(text))];
        section.subsections.push(Subsection { number, blocks, ..Subsection::default() });
        notes.into_iter().for_each(|n| self.note(n));
        self.point = None;
        self.last = Last::Paragraph;
    }

    /// Returns the stk. that lines without a label belong to, and makes one for a § without text.
    fn current(&mut self) -> Option<&mut Subsection> {
        let section = self.bylaw.chapters.last_mut()?.sections.last_mut()?;
        if section.subsections.is_empty() {
            section.subsections.push(Subsection {
                number: 1,
                blocks: vec![Block::Text(Paragraph::default())],
                ..Subsection::default()
            });
        }
        section.subsections.last_mut()
    }

    fn new_point(&mut self, label: &str, text: &str) {
        self.flush_heading();
        let digits: Option<u32> = label.trim_end_matches([')', '.']).parse().ok();
        let due = self.point.map_or(1, |n| n + 1);
        if digits.is_some_and(|n| n != due) && self.point.is_some() {
            self.note("et nummer i en liste går igen eller mangler");
        }
        let number = digits.unwrap_or(due);
        let point = Point { number, label: label.to_string(), text: plain(text), ..Point::default() };
        if let Some(subsection) = self.current() {
            match subsection.blocks.last_mut() {
                Some(Block::List(points)) => points.push(point),
                _ => subsection.blocks.push(Block::List(vec![point])),
            }
        }
        self.point = Some(number);
        self.last = Last::Point;
    }

    fn letter(&mut self, label: &str, text: &str) {
        let letter = Letter { label: label.to_string(), text: plain(text), ..Letter::default() };
        let points = self.current().and_then(|s| match s.blocks.last_mut() {
            Some(Block::List(points)) => points.last_mut(),
            _ => None,
        });
        if let Some(point) = points {
            point.letters.push(letter);
        }
        self.last = Last::Letter;
    }

    /// Takes a line without a label: it goes on from the line before, or is a paragraph of its own.
    fn text(&mut self, line: &str, indent: usize) {
        self.flush_heading();
        let item = matches!(self.last, Last::Point | Last::Letter);
        let goes_on =
            if self.blank { item && indent >= 2 } else { self.last != Last::None && self.last != Last::Heading };
        let untitled = self.last == Last::Chapter && self.bylaw.chapters.last().is_some_and(|c| c.title.is_empty());
        if self.last == Last::Title && !self.blank || self.last == Last::Chapter && !untitled {
            return self.paragraph(line);
        }
        if !goes_on && !untitled {
            return self.paragraph(line);
        }
        let line = clean::inline(line);
        let note = match self.last {
            Last::Chapter => "kapitlets overskrift stod på linjen efter",
            _ => "flere linjer er læst som ét afsnit",
        };
        let last = self.last;
        let text = match last {
            Last::None | Last::Heading | Last::Title => None,
            Last::Chapter => self.bylaw.chapters.last_mut().map(|c| &mut c.title),
            Last::Preamble => self.bylaw.preamble.last_mut().map(|p| &mut p.text),
            Last::Paragraph => self.current().and_then(|s| match s.blocks.last_mut() {
                Some(Block::Text(p)) => Some(&mut p.text),
                _ => None,
            }),
            Last::Point | Last::Letter => self.current().and_then(|s| match s.blocks.last_mut() {
                Some(Block::List(points)) => points.last_mut().map(|p| match p.letters.last_mut() {
                    Some(letter) if last == Last::Letter => &mut letter.text,
                    _ => &mut p.text,
                }),
                _ => None,
            }),
        };
        let Some(text) = text else { return self.paragraph(&line) };
        let fresh = text.is_empty();
        match text.0.first_mut() {
            Some(run) => clean::join(&mut run.text, &line),
            None => *text = Text::plain(line),
        }
        if !fresh || last == Last::Chapter {
            self.note(note);
        }
    }

    fn paragraph(&mut self, line: &str) {
        let within = self.bylaw.chapters.last().is_some_and(|c| !c.sections.is_empty());
        let paragraph = paragraph(line);
        if within {
            let fresh = self.current().is_some_and(|s| match s.blocks.as_mut_slice() {
                [Block::Text(only)] if only.text.is_empty() => {
                    *only = paragraph.clone();
                    true
                }
                _ => false,
            });
            if !fresh && let Some(subsection) = self.current() {
                subsection.blocks.push(Block::Text(paragraph));
            }
            self.last = Last::Paragraph;
            self.point = None;
        } else if let Some(chapter) = self.bylaw.chapters.last_mut() {
            // Text between a chapter's heading and its first § has no place of its own.
            match chapter.title.0.first_mut() {
                Some(run) => clean::join(&mut run.text, &paragraph.text.to_plain()),
                None => chapter.title = paragraph.text,
            }
            self.note("tekst efter en kapiteloverskrift er læst som en del af den");
            self.last = Last::Chapter;
        } else if !self.titled && self.bylaw.preamble.is_empty() && !line.ends_with('.') {
            self.note("den første linje er læst som titel");
            self.titled = true;
            self.bylaw.title = paragraph.text;
            self.last = Last::Title;
        } else {
            self.bylaw.preamble.push(paragraph);
            self.last = Last::Preamble;
        }
    }

    /// Says whether an unmarked line is the heading of the § that begins after it: only in files without `#`.
    fn is_heading(&self, lines: &[&str], at: usize) -> bool {
        let line = lines.get(at).map_or("", |l| l.trim());
        let short = line.split_whitespace().count() <= 12 && !line.ends_with(['.', ',', ':', ';']);
        let expected = Expected { section: self.section, ..Expected::default() };
        let next = lines.iter().skip(at + 1).map(|l| l.trim()).find(|l| !l.is_empty());
        let titled = self.titled || !self.bylaw.chapters.is_empty() || !self.bylaw.preamble.is_empty();
        // The title of a chapter that stood alone comes first.
        let untitled = self.last == Last::Chapter && self.bylaw.chapters.last().is_some_and(|c| c.title.is_empty());
        !self.headed
            && short
            && titled
            && !untitled
            && next.is_some_and(|l| matches!(marker(&bare(l), expected), Marker::Section { .. }))
    }

    fn end(&mut self) {
        self.flush_heading();
        // A § that never got a text still has its line.
        for chapter in &mut self.bylaw.chapters {
            for section in &mut chapter.sections {
                if section.subsections.is_empty() {
                    let blocks = vec![Block::Text(Paragraph::default())];
                    section.subsections.push(Subsection { number: 1, blocks, ..Subsection::default() });
                }
            }
        }
    }
}

fn plain(text: &str) -> Text {
    Text::plain(clean::inline(text))
}

fn paragraph(text: &str) -> Paragraph {
    Paragraph { text: plain(text), ..Paragraph::default() }
}
