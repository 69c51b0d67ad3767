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
    /// The article of this id, the only one of a redline's page.
    Only(&'static str),
    /// The article of this id in a page that holds [`TEXTS`]; the others are read by proofs of their own.
    Among(&'static str),
}

/// The redline's own text.
pub const TEXT: &str = "tekst";
/// The text against the reading before, in the page of a later reading.
pub const FROM_FIRST: &str = "tekst-fra-1";
/// The text with both steps.
pub const BOTH: &str = "tekst-begge";
/// All of them.
const TEXTS: [&str; 3] = [TEXT, FROM_FIRST, BOTH];

impl Zone {
    fn begins(self, tag: &Tag) -> bool {
        match self {
            Zone::Main => tag.name == "main",
            Zone::Only(id) | Zone::Among(id) => tag.name == "article" && tag.get("id") == id,
        }
    }
    /// Says whether another proof reads what stands here.
    fn leaves(self, tag: &Tag) -> bool {
        matches!(self, Zone::Among(own) if tag.name == "article" && TEXTS.contains(&tag.get("id")) && own != tag.get("id"))
    }
    /// Says whether marks have layers here.
    fn is_layered(self) -> bool {
        matches!(self, Zone::Among(BOTH))
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
    /// Which of two steps the mark belongs to, as written: `1`, `2`, `1 2`.
    pub layer: String,
}

impl Piece {
    /// Says in which of three texts it stands; only layers that are known get this far.
    pub fn stands(&self) -> [bool; 3] {
        match (self.op, self.layer.as_str()) {
            (Op::Keep, _) => [true, true, true],
            (Op::Delete, "1") => [true, false, false],
            (Op::Delete, "2") => [true, true, false],
            (Op::Delete, _) => [false, true, false],
            (Op::Insert, "1") => [false, true, true],
            (Op::Insert, _) => [false, false, true],
        }
    }
}

/// Is one line of a page.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its line in the file, from 1.
    pub at: usize,
    pub kind: String,
    pub state: String,
    /// The state in the second of two steps; empty where there is one.
    pub later: String,
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
    /// Returns the line as it is in one of three texts.
    pub fn stage(&self, stage: usize) -> Line {
        let join = |pieces: &[Piece]| {
            let here = pieces.iter().filter(|p| p.stands().get(stage) == Some(&true));
            fold(&here.map(|p| p.text.as_str()).collect::<String>())
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
    /// As [`Row::contradiction`], with the states of both steps.
    pub fn layers_contradict(&self) -> Option<&'static str> {
        let new = |state: &str| matches!(state, "inserted" | "moved-to");
        let gone = |state: &str| matches!(state, "deleted" | "moved-from");
        let known = |state: &str| state == "kept" || new(state) || gone(state);
        if !known(&self.state) || !known(&self.later) {
            return Some("state");
        }
        let (old, late) = (&self.state, &self.later);
        let empty = [new(old) || new(late), gone(old) || new(late), gone(old) || gone(late)];
        let stands = |piece: &Piece| piece.stands().iter().zip(&empty).any(|(stands, empty)| *stands && *empty);
        self.label.iter().chain(&self.text).any(stands).then_some("state")
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
    /// In a text that another proof reads.
    Elsewhere,
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
    layer: String,
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
            layer: String::new(),
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
                    let plain = tag.only(&["id", "aria-labelledby", "data-layer"]);
                    return if plain { Ok(At::Zone) } else { Err("attribute") };
                }
                if self.zone.leaves(tag) {
                    return Ok(At::Elsewhere);
                }
                if !tag.get("data-kind").is_empty() {
                    return Err("line-outside");
                }
                // Whatever holds the lines must not hide them.
                let holds = matches!(tag.name.as_str(), "html" | "body" | "main");
                let plain = tag.only(&["xmlns", "lang", "class"]);
                if holds && !plain { Err("attribute") } else { Ok(At::Outside) }
            }
            At::Elsewhere => Ok(At::Elsewhere),
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
                if known && !tag.only(&["class", "href", "title", "aria-label", "aria-hidden", "data-key"]) {
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
            let title = self.zone != Zone::Main && tag.name == "h2" && !self.titled && self.rows.is_empty();
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
        let attributes = ["class", "id", "data-kind", "data-unit", "data-state", "data-later", "data-changes"];
        let classes: Vec<&str> = tag.get("class").split(' ').collect();
        let known = classes.iter().skip(2).all(|c| matches!(*c, "marked" | "follows"));
        if !tag.only(&attributes) || classes.first() != Some(&"line") || classes.get(1) != Some(&kind) || !known {
            return Err("attribute");
        }
        let state = tag.get("data-state").to_string();
        let later = tag.get("data-later").to_string();
        if later.is_empty() == self.zone.is_layered() {
            return Err("state");
        }
        self.rows.push(Row { at: line, kind: kind.to_string(), state, later, ..Row::default() });
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
        let layer = tag.get("data-layer");
        let known = match (self.zone.is_layered(), op) {
            (true, Op::Delete) => matches!(layer, "1" | "2" | "1 2"),
            (true, _) => matches!(layer, "1" | "2"),
            (false, _) => layer.is_empty(),
        };
        if !tag.only(&["data-class", "data-change", "data-layer"]) || !known {
            return Err("attribute");
        }
        self.layer = layer.to_string();
        let label = self.at() == At::Label;
        let change = tag.get("data-change").to_string();
        let class = tag.get("data-class").to_string();
        if let Some(row) = self.rows.last_mut() {
            let pieces = if label { &mut row.label } else { &mut row.text };
            pieces.push(Piece { at: line, op, text: String::new(), change, class, layer: self.layer.clone() });
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
                // What the second of two steps does says so too.
                let (said, later) = match said.strip_suffix(" ved ændringsforslag:") {
                    Some(said) => (said, true),
                    None => (said.trim_end_matches(':'), false),
                };
                let right = match (op, self.layer.as_str()) {
                    (Op::Delete, "1 2") => later && said == "indsat ved 1. behandling, slettet",
                    (Op::Delete, layer) => matches!(said, "slettet" | "flyttet herfra") && later == (layer == "2"),
                    (Op::Insert, layer) => matches!(said, "indsat" | "flyttet hertil") && later == (layer == "2"),
                    (Op::Keep, _) => false,
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
            At::Outside | At::Elsewhere | At::Title | At::Beside => return Ok(()),
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
