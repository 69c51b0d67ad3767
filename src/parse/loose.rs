//! Reads Markdown from anywhere: the profile and what people make of it, with a note for each liberty taken.
//!
//! Nothing is lost: what cannot be placed becomes a paragraph. Labels stay as they were found.

mod clean;
mod ids;
mod marker;
mod notes;
mod together;

use crate::document::print;
use crate::document::{Block, Bylaw, Chapter, Letter, Paragraph, Point, Section, Subsection, Text};
use marker::{Expected, Marker, bare, marker};
use notes::Notes;

/// Reads a bylaw. The notes are in Danish, one for each sort of liberty, with the first line it was taken on.
///
/// Ids are positional (`§12/2/3`) and mean nothing across texts; numbers and labels are those found.
pub fn read(markdown: &str) -> (Bylaw, Vec<String>) {
    Reader::default().read(markdown)
}

/// Is between the two headings of a § that stands under a heading for several, until they are printed.
const SPLIT: char = '\u{1f}';

/// Puts a text into the profile as far as that changes no words, for somebody who is to amend it and nothing else: the
/// label `Stk. 1.` stays where it is written, and so does a heading over several §§. The notes are those of [`read()`].
pub fn tidy(markdown: &str) -> (String, Vec<String>) {
    let (bylaw, notes) = Reader { keeps: true, ..Reader::default() }.read(markdown);
    (print::markdown(&bylaw).replace(SPLIT, "\n\n### "), notes)
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
    /// Whether labels and headings that have no place in the tree stay as words.
    keeps: bool,
    /// The level of the headings that are §§.
    level: Option<usize>,
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
    fn read(mut self, markdown: &str) -> (Bylaw, Vec<String>) {
        clean::liberties(markdown).into_iter().for_each(|(what, line)| self.notes.add(what, line));
        let mut text = clean::file(markdown);
        if let Some(bare) = clean::unquoted(&text) {
            self.notes.add("> foran linjerne er udeladt", 1);
            text = bare;
        }
        let lines: Vec<&str> = text.lines().collect();
        self.headed = lines.iter().any(|l| l.trim_start().starts_with('#'));
        self.level = lines.iter().filter_map(|l| section_level(l)).min();
        let mut at = self.front_matter(&lines);
        while at < lines.len() {
            self.line = at + 1;
            self.take(&lines, at);
            at += 1;
        }
        self.end();
        ids::identify(&mut self.bylaw);
        (self.bylaw, self.notes.texts())
    }

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
        let mut line = raw.trim();
        if line.is_empty() {
            self.blank = true;
            return;
        }
        if line.contains("  ") {
            self.note("flere mellemrum efter hinanden er læst som ét");
        }
        if let Some(label) = marker::unlisted(line) {
            self.note("en §- eller stk.-betegnelse i en liste er læst uden listens mærke");
            line = label;
        }
        let indent = raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let bare = bare(line);
        if bare.len() != line.len() {
            self.note("fremhævelse af en betegnelse er udeladt");
        }
        let expected =
            Expected { section: self.section, point: self.point, letter: self.due_letter(), inside: self.in_section() };
        let found = marker(&bare, expected);
        if indent > 0 && matches!(found, Marker::Section { .. } | Marker::Subsection { .. } | Marker::Chapter { .. }) {
            self.note("en indrykket betegnelse er læst, som om den ikke var indrykket");
        }
        match found {
            Marker::Section { rest, .. } | Marker::Subsection { rest, .. }
                if self.wrapped(rest, line.starts_with("stk")) =>
            {
                self.text(line, indent)
            }
            // A line that is a § and its heading, and all of it bold.
            Marker::Section { number, rest, .. } if is_title(rest) && all_bold(line) => {
                self.headed_section(number, rest);
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
                let label = if self.keeps { kept(label) } else { label };
                if nested {
                    self.note("et indrykket punkt er læst som litra");
                    self.letter(label, rest);
                } else {
                    self.indent = indent;
                    self.new_point(label, rest);
                }
            }
            Marker::Letter { label, rest } if self.in_section() => {
                let label = if label.ends_with('.') {
                    self.note("et litra i en anden form er læst som »a)«");
                    label.replace('.', ")")
                } else {
                    label.to_string()
                };
                if self.point.is_some() && !(self.lettered() && indent <= self.indent) {
                    self.letter(&label, rest);
                } else {
                    self.note("et litra uden nr. er læst som punkt");
                    self.indent = indent;
                    self.new_point(&label, rest);
                }
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
            Marker::Text(_) if !line.contains(char::is_alphanumeric) && clean::inline(line).is_empty() => {
                self.note("en linje uden ord er udeladt");
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
    fn wrapped(&self, rest: &str, small: bool) -> bool {
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
        // `… efter § 2,` and then `stk. 1. Valget …`
        let reference = small && before.and_then(|t| t.0.last()).is_some_and(|r| r.text.ends_with(','));
        !self.blank && open && (reference || !rest.starts_with(char::is_uppercase))
    }

    /// Returns the points of the list that is open.
    fn points(&self) -> &[Point] {
        match self.subsections().and_then(|s| s.last()?.blocks.last()) {
            Some(Block::List(points)) if self.point.is_some() => points,
            _ => &[],
        }
    }

    /// Says whether the points of the open list are letters.
    fn lettered(&self) -> bool {
        self.points().last().is_some_and(|p| p.label.starts_with(char::is_lowercase))
    }

    /// Returns the letter that comes next.
    fn due_letter(&self) -> Option<char> {
        let count = match self.points().last() {
            Some(_) if self.lettered() => self.points().len(),
            Some(point) => point.letters.len(),
            None => 0,
        };
        ('a'..='z').nth(count)
    }

    fn subsections(&self) -> Option<&Vec<Subsection>> {
        Some(&self.bylaw.chapters.last()?.sections.last()?.subsections)
    }

    fn in_section(&self) -> bool {
        self.bylaw.chapters.last().is_some_and(|c| !c.sections.is_empty())
    }

    fn hash(&mut self, level: usize, rest: &str) {
        let title = level == 1 && !self.titled && self.bylaw.chapters.is_empty();
        if clean::inline(rest).is_empty() && !title {
            return self.note("en tom overskrift er udeladt");
        }
        let whole = bare(rest);
        if let Some(Marker::Chapter { number, rest }) = marker::chapter(&whole) {
            if level != 2 {
                self.note("en kapiteloverskrift på et andet niveau end ## er læst som kapitel");
            }
            if !whole.starts_with(&format!("Kapitel {number}. ")) {
                self.note("en kapiteloverskrift i en anden form er læst som »Kapitel 1. Titel«");
            }
            return self.chapter(number, rest);
        }
        let expected = Expected { section: self.section, inside: self.in_section(), ..Expected::default() };
        match marker(&whole, expected) {
            Marker::Section { number, rest, .. } if is_title(rest) => {
                return self.headed_section(number, rest);
            }
            Marker::Section { number, rest, .. } => {
                self.note("en overskrift med § er læst som §");
                return self.new_section(number, rest);
            }
            Marker::Subsection { number, rest, .. } if self.in_section() => {
                self.note("en overskrift med stk. er læst som stk.");
                return self.subsection(number, rest);
            }
            _ => {}
        }
        // `## Kapitel 3` and then `## Economy`.
        if level <= 2
            && self.last == Last::Chapter
            && let Some(chapter) = self.bylaw.chapters.last_mut()
            && chapter.title.is_empty()
            && !chapter.number.is_empty()
        {
            chapter.title = Text::plain(clean::inline(rest));
            return self.note("kapitlets overskrift stod på linjen efter");
        }
        match level {
            2.. if self.level.is_some_and(|sections| level >= sections) => {
                if level == 2 {
                    self.note("en overskrift på samme niveau som §§ er læst som overskrift før en §");
                }
                self.start_heading(rest);
            }
            1 if title => {
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

    /// Begins a § with a heading after its label: `## § 5. Moves`.
    fn headed_section(&mut self, number: String, heading: &str) {
        self.note("en overskrift med § er læst som § med overskrift");
        if !heading.is_empty() {
            self.start_heading(heading);
        }
        self.new_section(number, "");
    }

    fn start_heading(&mut self, text: &str) {
        if let Some(group) = self.heading.as_mut().filter(|_| self.keeps) {
            group.push(SPLIT);
            group.push_str(text);
            return self
                .note("en overskrift, som en anden overskrift følger efter, er læst som overskrift til flere §§");
        }
        self.flush_heading();
        self.heading = Some(text.to_string());
        self.last = Last::Heading;
        self.point = None;
    }

    /// Makes a heading that no § came after a paragraph.
    fn flush_heading(&mut self) {
        if let Some(heading) = self.heading.take() {
            self.note("en overskrift uden § er læst som tekst");
            heading.split(SPLIT).for_each(|one| self.paragraph(one));
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
        // Each of several headings on its own, and none of them the less for it.
        let inline = |h: String| h.split(SPLIT).map(clean::inline).collect::<Vec<_>>().join(&SPLIT.to_string());
        let heading = self.heading.take().map(|h| Text::plain(inline(h)));
        let section = Section { number, heading, ..Section::default() };
        if let Some(chapter) = self.bylaw.chapters.last_mut() {
            chapter.sections.push(section);
        }
        self.point = None;
        self.last = Last::Paragraph;
        if let Some(Marker::Subsection { number: 1, rest, exact }) = marker::subsection(&bare(text)) {
            if !self.keeps {
                self.note("»Stk. 1.« efter § er udeladt");
            } else if !exact {
                self.note("en stk.-betegnelse i en anden form er læst som »Stk. 2.«");
            }
            self.subsection(1, rest);
        } else if !text.is_empty() {
            self.add_subsection(1, text, false);
        }
    }

    fn subsection(&mut self, number: u32, text: &str) {
        self.add_subsection(number, text, true);
    }

    /// Adds a stk.; `named` if it has a label of its own.
    fn add_subsection(&mut self, number: u32, text: &str, named: bool) {
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
        let mut words = paragraph(text);
        if self.keeps && number == 1 && named {
            words.text = Text::plain(format!("Stk. 1. {}", words.text.to_plain()).trim_end().to_string());
        }
        let blocks = vec![Block::Text(words)];
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
        if let Some(section) = together::part(&mut self.bylaw) {
            self.notes.say(format!("§ {section}: stk., der stod i samme afsnit, er læst hver for sig"));
        }
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

/// Says whether what follows the label of a § is a heading and no sentence.
fn is_title(rest: &str) -> bool {
    !rest.ends_with(['.', ':', ';', ',']) && rest.split_whitespace().count() <= 12
}

/// Says whether a line is bold from end to end.
fn all_bold(line: &str) -> bool {
    ["**", "__"].iter().any(|sign| {
        let inner = line.strip_prefix(sign).and_then(|l| l.strip_suffix(sign));
        inner.is_some_and(|l| !l.contains(sign))
    })
}

/// Returns the level of a heading that is a §.
fn section_level(line: &str) -> Option<usize> {
    let Marker::Hash { level, rest } = marker(line.trim(), Expected::default()) else { return None };
    let section = matches!(marker(&bare(rest), Expected::default()), Marker::Section { .. });
    section.then_some(level)
}

/// Returns the mark of a list that the profile has or can keep.
fn kept(label: &str) -> &str {
    match label {
        "*" | "+" => "-",
        "—" => "–",
        "·" | "▪" | "◦" => "•",
        _ => label,
    }
}
