//! The lines of a bylaw in the tag tree: kind, label and words, with strike and underline as the marks.
//!
//! The text begins at the last heading of the first level. Emphasis holds notes (`[flyttet fra § …]`, the numbers in
//! the margin) and never words of the law; signs in the margin are no part of the tree.

use super::tree::{Element, Kid};
use super::{Text, text};
use crate::diag::Findings;
use crate::proof::critic::Op;
use crate::proof::lines::{self, Line};
use crate::proof::page::{Piece, Row};
use crate::proof::redline::differs;
use crate::proof::shown::{self, Spot};
use crate::proof::{Files, Old, bytes, damaged, damaged_on};

/// The signs that may stand beside a line.
const SIGNS: [&str; 5] = ["+", "−", "~", "↑", "↓"];

/// Proves a redline: accept all is the amended text, reject all the text before, by kind, label and words of every
/// line. Returns the number of words.
pub fn redline(files: &Files, file: &str, old: &Old<'_>, new: &str, findings: &mut Findings) -> usize {
    let (old, new) = (old.text(files, findings), crate::proof::text(files, new, findings));
    let (Some(rows), Some(old), Some(new)) = (read(files, file, &SIGNS, findings), old, new) else { return 0 };
    for (op, text) in [(Op::Insert, new), (Op::Delete, old)] {
        if let Some((page, want, found)) = differs(rows.iter().map(|row| side(row, op)), &expected(text)) {
            shown::redline(findings, Spot { file: &on(file, page), line: 0 }, want.as_deref(), found.as_deref());
        }
    }
    count(&rows)
}

/// Proves the amended bylaw: it says what the Markdown says, and has no marks. Returns the number of words.
pub fn bylaw(files: &Files, file: &str, markdown: &str, findings: &mut Findings) -> usize {
    let markdown = crate::proof::text(files, markdown, findings);
    let (Some(rows), Some(markdown)) = (read(files, file, &[], findings), markdown) else { return 0 };
    if let Some(row) = rows.iter().find(|row| row.is_marked()) {
        damaged_on(findings, file, row.at, "mark");
    }
    if let Some((page, want, found)) = differs(rows.iter().map(|row| side(row, Op::Keep)), &expected(markdown)) {
        shown::document(findings, Spot { file: &on(file, page), line: 0 }, want.as_deref(), found.as_deref());
    }
    count(&rows)
}

fn count(rows: &[Row]) -> usize {
    rows.iter().flat_map(|row| row.label.iter().chain(&row.text)).map(|p| p.text.split_whitespace().count()).sum()
}

/// Names a page of a file as a link to it does.
pub fn on(file: &str, page: usize) -> String {
    format!("{file}#page={page}")
}

/// Leaves out what has no look of its own: soft hyphens, joiners, marks of direction. A PDF does not keep them.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(|c| !hidden(*c)).collect()
}

fn expected(markdown: &str) -> Vec<Line> {
    let mut lines = lines::read(markdown);
    for line in &mut lines {
        line.label = lines::fold(&visible(&line.label));
        line.text = lines::fold(&visible(&line.text));
    }
    lines.retain(|line| !(line.label.is_empty() && line.text.is_empty()));
    lines
}

/// Returns a row as it is on one side. The label of a chapter stands in its heading.
fn side(row: &Row, op: Op) -> Line {
    let mut line = row.side(op);
    if line.kind == "chapter" {
        let (label, text) = line.text.split_at(lines::chapter_label(&line.text));
        (line.label, line.text) = (label.to_string(), text.trim_start().to_string());
    }
    line
}

fn read(files: &Files, file: &str, signs: &[&str], findings: &mut Findings) -> Option<Vec<Row>> {
    let bytes = bytes(files, file, findings)?;
    match text(bytes) {
        Err(reason) => {
            damaged(findings, file, reason);
            None
        }
        Ok(text) => match rows(&text, signs) {
            Err((page, reason)) => {
                damaged_on(findings, file, page, reason);
                None
            }
            Ok(rows) => Some(rows),
        },
    }
}

type Wrong = (usize, &'static str);

fn rows(text: &Text, signs: &[&str]) -> Result<Vec<Row>, Wrong> {
    let kids = &text.document.kids;
    let is_top = |kid: &Kid| matches!(kid, Kid::Element(e) if e.role == "H1");
    let start = kids.iter().rposition(is_top).ok_or((1, "no-lines"))?;
    let mut reader = Reader::default();
    for kid in kids.iter().skip(start) {
        reader.top(kid)?;
    }
    let first = reader.rows.first().map_or(1, |row| row.at);
    for (page, words) in text.beside.iter().filter(|(page, _)| *page >= first) {
        if !words.split_whitespace().all(|word| signs.contains(&word)) {
            return Err((*page, "words-outside"));
        }
    }
    Ok(reader.rows)
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    /// The last page that was met.
    page: usize,
    chapter: bool,
    inside: bool,
}

impl Reader {
    fn wrong<T>(&self, reason: &'static str) -> Result<T, Wrong> {
        Err((self.page.max(1), reason))
    }

    fn top(&mut self, kid: &Kid) -> Result<(), Wrong> {
        let Kid::Element(element) = kid else { return self.wrong("words-outside") };
        match element.role.as_str() {
            "H1" | "H2" | "H3" => self.heading(element),
            "P" => self.paragraph(element),
            "L" => self.list(element, "point"),
            _ => self.note(element),
        }
    }

    /// Reads a heading. Where there are chapters, those of §§ stand a level below.
    fn heading(&mut self, element: &Element) -> Result<(), Wrong> {
        let mut row = Row::default();
        self.words(element, Op::Keep, &mut row.text)?;
        let numbered = |op| lines::chapter_label(&row.side(op).text) > 0;
        row.kind = match element.role.as_str() {
            "H1" => "title",
            "H2" if self.chapter || numbered(Op::Insert) || numbered(Op::Delete) => "chapter",
            _ => "heading",
        }
        .into();
        self.chapter |= row.kind == "chapter";
        self.inside |= row.kind != "title";
        self.add(row);
        Ok(())
    }

    fn paragraph(&mut self, element: &Element) -> Result<(), Wrong> {
        let mut row = Row::default();
        for kid in &element.kids {
            match kid {
                Kid::Element(label) if label.role == "Strong" && row.text.is_empty() => {
                    self.words(label, Op::Keep, &mut row.label)?;
                }
                kid => self.piece(kid, Op::Keep, &mut row.text)?,
            }
        }
        self.inside |= !row.label.is_empty();
        let kind = if !row.label.is_empty() {
            "subsection"
        } else if self.inside {
            "text"
        } else {
            "preamble"
        };
        row.kind = kind.into();
        self.add(row);
        Ok(())
    }

    /// Reads a list; the list after a point is that of its letters.
    fn list(&mut self, list: &Element, kind: &'static str) -> Result<(), Wrong> {
        for item in &list.kids {
            let parts = match item {
                Kid::Element(item) if item.role == "LI" => item.kids.as_slice(),
                Kid::Element(letters) if letters.role == "L" && kind == "point" => {
                    self.list(letters, "letter")?;
                    continue;
                }
                _ => return self.wrong("element"),
            };
            let [Kid::Element(label), Kid::Element(body)] = parts else { return self.wrong("element") };
            if label.role != "Lbl" || body.role != "LBody" {
                return self.wrong("element");
            }
            let mut row = Row { kind: kind.into(), ..Row::default() };
            self.words(label, Op::Keep, &mut row.label)?;
            let mut said = false;
            for kid in &body.kids {
                let Kid::Element(part) = kid else { return self.wrong("words-outside") };
                match part.role.as_str() {
                    "P" if !said => {
                        said = true;
                        self.words(part, Op::Keep, &mut row.text)?;
                    }
                    _ => self.note(part)?,
                }
            }
            self.add(row);
        }
        Ok(())
    }

    fn add(&mut self, mut row: Row) {
        row.at = row.label.first().or(row.text.first()).map_or(self.page, |piece| piece.at);
        self.rows.push(row);
    }

    fn words(&mut self, element: &Element, op: Op, out: &mut Vec<Piece>) -> Result<(), Wrong> {
        element.kids.iter().try_for_each(|kid| self.piece(kid, op, out))
    }

    fn piece(&mut self, kid: &Kid, op: Op, out: &mut Vec<Piece>) -> Result<(), Wrong> {
        match kid {
            Kid::Words(page, words) => {
                self.page = *page;
                out.push(Piece { at: *page, op, text: visible(words), ..Piece::default() });
                Ok(())
            }
            Kid::Element(element) if element.alt.is_some() => self.wrong("element"),
            Kid::Element(element) if element.role == "Span" => {
                let own = match (element.strike, element.underline) {
                    (true, true) => return self.wrong("pdf-mark"),
                    (true, false) => Op::Delete,
                    (false, true) => Op::Insert,
                    (false, false) => op,
                };
                // Words that go and come at once would stand in neither text, or in both.
                if op != Op::Keep && own != op {
                    return self.wrong("pdf-mark");
                }
                self.words(element, own, out)
            }
            Kid::Element(element) => self.note(element),
        }
    }

    /// Reads a note: a link to the list of changes, or where something moved. Its words are no part of the text.
    fn note(&mut self, element: &Element) -> Result<(), Wrong> {
        let mut said = String::new();
        self.emphasis(element, false, &mut said)?;
        let said = said.trim();
        let numbers = said.split_whitespace().all(|word| word.bytes().all(|b| b.is_ascii_digit()));
        if numbers || said.starts_with('[') && said.ends_with(']') { Ok(()) } else { self.wrong("words-outside") }
    }

    fn emphasis(&mut self, element: &Element, inside: bool, out: &mut String) -> Result<(), Wrong> {
        let inside = inside || element.role == "Em";
        if !matches!(element.role.as_str(), "Em" | "Link" | "Span") || element.alt.is_some() {
            return self.wrong("element");
        }
        for kid in &element.kids {
            match kid {
                Kid::Words(page, words) if inside || words.trim().is_empty() => {
                    self.page = *page;
                    out.push_str(words);
                }
                Kid::Words(..) => return self.wrong("words-outside"),
                Kid::Element(kid) => self.emphasis(kid, inside, out)?,
            }
        }
        Ok(())
    }
}
