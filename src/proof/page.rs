//! The lines of a page: what stands in the labels and texts, and that nothing else that a reader sees stands between.

use super::critic::Op;
use super::html::{self, Part, Tag};
use super::lines::{Line, fold};
use super::{Files, damaged_at, text};
use crate::diag::Findings;

/// Says where a page has its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// `<main>`, for a bylaw.
    Main,
    /// `<article id="tekst">`, for a redline.
    Article,
}

impl Zone {
    fn begins(self, tag: &Tag) -> bool {
        match self {
            Zone::Main => tag.name == "main",
            Zone::Article => tag.name == "article" && tag.get("id") == "tekst",
        }
    }
}

/// Is a stretch of words with its mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The line of the file it stands in.
    pub at: usize,
    pub op: Op,
    pub text: String,
    /// The change the mark belongs to, as written.
    pub change: String,
    /// How much the mark matters, as written: `substance`, `renumbering`, `moved` …
    pub class: String,
}

/// Is one line of a page.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its line in the file, from 1.
    pub at: usize,
    pub kind: String,
    pub state: String,
    pub label: Vec<Piece>,
    pub text: Vec<Piece>,
}

impl Row {
    /// Returns the line as it is on one side; `Keep` leaves every mark out.
    pub fn side(&self, op: Op) -> Line {
        let join = |pieces: &[Piece]| {
            let text: String =
                pieces.iter().filter(|p| p.op == Op::Keep || p.op == op).map(|p| p.text.as_str()).collect();
            fold(&text)
        };
        Line { at: self.at, kind: self.kind.clone(), label: join(&self.label), text: join(&self.text) }
    }
    /// Returns the pieces that have a mark.
    pub fn marks(&self) -> impl Iterator<Item = &Piece> {
        self.label.iter().chain(&self.text).filter(|p| p.op != Op::Keep)
    }
    /// Says whether anything in it has a mark.
    pub fn is_marked(&self) -> bool {
        self.marks().next().is_some()
    }
    /// Returns what is wrong when the line's state and its marks say different things.
    pub fn contradiction(&self) -> Option<&'static str> {
        let wrong = match self.state.as_str() {
            "kept" => return None,
            "inserted" | "moved-to" => Op::Delete,
            "deleted" | "moved-from" => Op::Insert,
            _ => return Some("state"),
        };
        let stays = self.label.iter().chain(&self.text).any(|p| p.op == Op::Keep || p.op == wrong);
        stays.then_some("state")
    }
}

/// Reads the lines of a page.
pub fn lines(files: &Files, file: &str, zone: Zone, findings: &mut Findings) -> Option<Vec<Row>> {
    let page = text(files, file, findings)?;
    let mut walk = Walk::new(zone);
    let end = html::read(page, |line, part| walk.part(line, part));
    let end = end.and(if walk.zones == 1 { Ok(()) } else { Err((1, "no-lines")) });
    match end {
        Ok(()) => Some(walk.rows),
        Err((line, reason)) => {
            damaged_at(findings, file, line, reason);
            None
        }
    }
}

/// Says where in the page the walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Outside the lines' zone.
    Outside,
    /// In the zone or in one of its sections.
    Zone,
    /// In the heading over the lines.
    Title,
    /// In a line, between label and text.
    Line,
    /// In the label.
    Label,
    /// In the text.
    Text,
    /// In a mark, in the label or the text.
    Mark(Op, bool),
    /// In the words for screen readers at the beginning of a mark.
    Spoken(Op),
    /// In what stands beside a line: its sign, where it moved.
    Beside,
}

struct Walk {
    zone: Zone,
    zones: usize,
    stack: Vec<At>,
    rows: Vec<Row>,
    titled: bool,
    labelled: bool,
    texted: bool,
    spoken: Option<String>,
    words: bool,
}

impl Walk {
    fn new(zone: Zone) -> Walk {
        Walk {
            zone,
            zones: 0,
            stack: Vec::new(),
            rows: Vec::new(),
            titled: false,
            labelled: false,
            texted: false,
            spoken: None,
            words: false,
        }
    }

    fn at(&self) -> At {
        self.stack.last().copied().unwrap_or(At::Outside)
    }

    fn part(&mut self, line: usize, part: Part) -> Result<(), &'static str> {
        match part {
            Part::Open(tag) => {
                let next = self.open(line, &tag)?;
                self.stack.push(next);
                Ok(())
            }
            Part::Close => self.close(),
            Part::Words(words) => self.words(line, &words),
        }
    }

    fn open(&mut self, line: usize, tag: &Tag) -> Result<At, &'static str> {
        match self.at() {
            At::Outside => {
                if self.zone.begins(tag) {
                    self.zones += 1;
                    return if tag.only(&["id", "aria-labelledby"]) { Ok(At::Zone) } else { Err("attribute") };
                }
                if !tag.get("data-kind").is_empty() {
                    return Err("line-outside");
                }
                // Whatever holds the lines must not hide them.
                let holds = matches!(tag.name.as_str(), "html" | "body" | "main");
                let plain = tag.only(&["xmlns", "lang", "class"]);
                if holds && !plain { Err("attribute") } else { Ok(At::Outside) }
            }
            At::Zone => self.in_zone(line, tag),
            At::Line => self.in_line(tag),
            At::Label | At::Text => self.mark(line, tag),
            At::Mark(op, _) => {
                let first = self.spoken.is_none() && !self.words;
                if !(first && tag.is("span", "sr") && tag.only(&["class"])) {
                    return Err("element");
                }
                self.spoken = Some(String::new());
                Ok(At::Spoken(op))
            }
            At::Beside => {
                let known = matches!(tag.name.as_str(), "a" | "span");
                if known && !tag.only(&["class", "href", "title", "aria-label", "aria-hidden"]) {
                    return Err("attribute");
                }
                if known { Ok(At::Beside) } else { Err("element") }
            }
            At::Title | At::Spoken(_) => Err("element"),
        }
    }

    fn in_zone(&mut self, line: usize, tag: &Tag) -> Result<At, &'static str> {
        let kind = tag.get("data-kind");
        if kind.is_empty() {
            let title = self.zone == Zone::Article && tag.name == "h2" && !self.titled && self.rows.is_empty();
            if !tag.only(&["class", "id"]) {
                return Err("attribute");
            }
            if title {
                self.titled = true;
                return Ok(At::Title);
            }
            return if tag.name == "section" { Ok(At::Zone) } else { Err("element") };
        }
        if !matches!(tag.name.as_str(), "p" | "h1" | "h2" | "h3" | "h4" | "h5") {
            return Err("element");
        }
        let attributes = ["class", "id", "data-kind", "data-unit", "data-state", "data-administrations"];
        let classes: Vec<&str> = tag.get("class").split(' ').collect();
        let known = classes.iter().skip(2).all(|c| matches!(*c, "marked" | "follows"));
        if !tag.only(&attributes) || classes.first() != Some(&"line") || classes.get(1) != Some(&kind) || !known {
            return Err("attribute");
        }
        let state = tag.get("data-state").to_string();
        self.rows.push(Row { at: line, kind: kind.to_string(), state, ..Row::default() });
        (self.labelled, self.texted) = (false, false);
        Ok(At::Line)
    }

    fn in_line(&mut self, tag: &Tag) -> Result<At, &'static str> {
        if tag.is("span", "margin") || tag.is("span", "note") || tag.is("a", "note") || tag.is("span", "from") {
            let plain = tag.only(&["class", "href"]);
            return if plain { Ok(At::Beside) } else { Err("attribute") };
        }
        if tag.name != "span" || !tag.only(&["class"]) {
            return Err("element");
        }
        match tag.get("class") {
            "label" | "label par" if !self.labelled && !self.texted => {
                self.labelled = true;
                Ok(At::Label)
            }
            "text" if !self.texted => {
                self.texted = true;
                Ok(At::Text)
            }
            _ => Err("element"),
        }
    }

    fn mark(&mut self, line: usize, tag: &Tag) -> Result<At, &'static str> {
        let op = match tag.name.as_str() {
            "del" => Op::Delete,
            "ins" => Op::Insert,
            _ => return Err("element"),
        };
        if !tag.only(&["data-class", "data-change"]) {
            return Err("attribute");
        }
        let label = self.at() == At::Label;
        let change = tag.get("data-change").to_string();
        let class = tag.get("data-class").to_string();
        if let Some(row) = self.rows.last_mut() {
            let pieces = if label { &mut row.label } else { &mut row.text };
            pieces.push(Piece { at: line, op, text: String::new(), change, class });
        }
        (self.spoken, self.words) = (None, false);
        Ok(At::Mark(op, label))
    }

    fn close(&mut self) -> Result<(), &'static str> {
        let at = self.stack.pop().unwrap_or(At::Outside);
        match at {
            At::Line if !self.texted => Err("no-text"),
            // Who hears the page must hear the marks that others see.
            At::Spoken(op) => {
                let said = self.spoken.as_deref().map(str::trim).unwrap_or_default();
                let right = match op {
                    Op::Delete => matches!(said, "slettet:" | "flyttet herfra:"),
                    Op::Insert => matches!(said, "indsat:" | "flyttet hertil:"),
                    Op::Keep => false,
                };
                if right { Ok(()) } else { Err("spoken") }
            }
            At::Mark(..) if self.spoken.is_none() => Err("spoken"),
            _ => Ok(()),
        }
    }

    fn words(&mut self, line: usize, words: &str) -> Result<(), &'static str> {
        let at = self.at();
        let (op, label) = match at {
            At::Outside | At::Title | At::Beside => return Ok(()),
            At::Zone | At::Line => return if words.trim().is_empty() { Ok(()) } else { Err("words-outside") },
            At::Spoken(_) => {
                self.spoken.get_or_insert_default().push_str(words);
                return Ok(());
            }
            At::Label => (Op::Keep, true),
            At::Text => (Op::Keep, false),
            At::Mark(op, label) => {
                self.words = true;
                (op, label)
            }
        };
        let Some(row) = self.rows.last_mut() else { return Err("words-outside") };
        let pieces = if label { &mut row.label } else { &mut row.text };
        match pieces.last_mut() {
            // Every mark has begun its own piece; kept words between references like `&#38;` are one.
            Some(piece) if piece.op == op => piece.text.push_str(words),
            _ => pieces.push(Piece { at: line, op, text: words.to_string(), ..Piece::default() }),
        }
        Ok(())
    }
}
