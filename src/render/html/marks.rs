//! Lines with their marks: what goes, what comes, what moved, in one layer or in two.

use super::xml::Xml;
use crate::render::typeset::nbsp_pieces;
use crate::render::view::{BothDoc, BothRow, BothSeg, RedlineDoc, RowView, Seg, SummaryRow};

/// Is a line as it is printed, from a redline or from a text with two layers.
pub struct Line {
    pub kind: &'static str,
    pub states: [&'static str; 2],
    pub unit: String,
    pub anchor: String,
    pub section: String,
    pub signs: [&'static str; 2],
    pub follows: bool,
    pub label: Vec<Piece>,
    pub text: Vec<Piece>,
    /// What stands after the text, and where it leads.
    pub notes: Vec<(String, String)>,
    pub from: Vec<String>,
    pub changes: Vec<String>,
    pub numbers: Vec<Number>,
}

/// Is a change's number in the margin.
pub struct Number {
    pub key: String,
    pub href: String,
    pub title: String,
    pub spoken: String,
}

/// Is a stretch of words with at most one mark.
pub struct Piece {
    pub mark: Option<Mark>,
    pub text: String,
}

/// Is a mark: the element, and what it says of itself.
pub struct Mark {
    tag: &'static str,
    class: &'static str,
    layer: &'static str,
    change: String,
    spoken: &'static str,
}

/// Returns what a change is called in the margin and in links: `12`; in the second of two layers `Æ1`.
pub fn key(index: usize, offset: usize) -> String {
    match index.checked_sub(offset) {
        Some(later) if offset > 0 => format!("Æ{}", later + 1),
        _ => (index + 1).to_string(),
    }
}

impl Line {
    /// Makes the line of a redline; `prefix` keeps names apart when a page holds several redlines.
    pub fn of_row(row: &RowView, doc: &RedlineDoc, prefix: &str) -> Line {
        let piece = |seg: &Seg| plain(row, seg);
        let number = |c: &usize| {
            let change = doc.summary.get(*c)?;
            Some(number(change, key(*c, 0), |key| format!("#{prefix}aendring-{key}")))
        };
        let other = row.other.as_ref().map(|a| format!("#{prefix}{a}")).unwrap_or_default();
        Line {
            kind: row.kind,
            states: [row.state, ""],
            unit: row.unit.clone(),
            anchor: format!("{prefix}{}", row.anchor),
            section: name(prefix, &row.section),
            signs: [row.sign, ""],
            follows: row.consequence,
            label: row.label.iter().map(piece).collect(),
            text: row.text.iter().map(piece).collect(),
            notes: row.note.iter().map(|n| (n.clone(), other.clone())).collect(),
            from: row.from.iter().cloned().collect(),
            changes: row.changes.iter().map(|c| key(*c, 0)).collect(),
            numbers: row.numbers.iter().filter_map(number).collect(),
        }
    }

    /// Makes the line of a text with two layers. Numbers of the first layer lead to the page that explains them.
    pub fn of_both(row: &BothRow, doc: &BothDoc, prefix: &str) -> Line {
        let offset = doc.first.len();
        let piece = |seg: &BothSeg| layered(seg, offset);
        let number = |c: &usize| {
            let (change, page) = match c.checked_sub(offset) {
                Some(later) => (doc.second.get(later)?, None),
                None => (doc.first.get(*c)?, Some(&doc.first_page)),
            };
            Some(number(change, key(*c, offset), |key| match page {
                Some(page) => format!("{page}#aendring-{key}"),
                None => format!("#{prefix}aendring-{key}"),
            }))
        };
        Line {
            kind: row.kind,
            states: [row.state, row.later],
            unit: row.unit.clone(),
            anchor: format!("{prefix}{}", row.anchor),
            section: name(prefix, &row.section),
            signs: row.signs,
            follows: row.consequence,
            label: row.label.iter().map(piece).collect(),
            text: row.text.iter().map(piece).collect(),
            notes: row.notes.iter().map(|n| (n.clone(), String::new())).collect(),
            from: row.from.clone(),
            changes: row.changes.iter().map(|c| key(*c, offset)).collect(),
            numbers: row.numbers.iter().filter_map(number).collect(),
        }
    }
}

fn name(prefix: &str, name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("{prefix}{name}") }
}

fn number(change: &SummaryRow, key: String, href: impl Fn(&str) -> String) -> Number {
    let spoken = format!("Ændring {key}: {}. {}", change.kind, change.why);
    Number { href: href(&key), title: change.why.clone(), spoken: spoken.trim().to_string(), key }
}

fn plain(row: &RowView, seg: &Seg) -> Piece {
    let own = if seg.class.is_empty() { "substance" } else { seg.class };
    let (tag, class, spoken) = match (seg.op, row.state) {
        ("delete", _) | (_, "deleted") => ("del", own, "slettet: "),
        ("insert", _) | (_, "inserted") => ("ins", own, "indsat: "),
        (_, "moved-from") => ("del", "moved", "flyttet herfra: "),
        (_, "moved-to") => ("ins", "moved", "flyttet hertil: "),
        _ => return Piece { mark: None, text: seg.text.clone() },
    };
    let change = seg.change.or(row.changes.first().copied()).map(|c| key(c, 0)).unwrap_or_default();
    Piece { mark: Some(Mark { tag, class, layer: "", change, spoken }), text: seg.text.clone() }
}

fn layered(seg: &BothSeg, offset: usize) -> Piece {
    let tag = match seg.op {
        "delete" => "del",
        "insert" => "ins",
        _ => return Piece { mark: None, text: seg.text.clone() },
    };
    let spoken = match (tag, seg.layer, seg.class == "moved") {
        (_, "1 2", _) => "indsat ved 1. behandling, slettet ved ændringsforslag: ",
        ("del", "2", false) => "slettet ved ændringsforslag: ",
        ("del", "2", true) => "flyttet herfra ved ændringsforslag: ",
        ("ins", "2", false) => "indsat ved ændringsforslag: ",
        ("ins", "2", true) => "flyttet hertil ved ændringsforslag: ",
        ("del", _, false) => "slettet: ",
        ("del", _, true) => "flyttet herfra: ",
        (_, _, false) => "indsat: ",
        (_, _, true) => "flyttet hertil: ",
    };
    let change = seg.change.map(|c| key(c, offset)).unwrap_or_default();
    Piece { mark: Some(Mark { tag, class: seg.class, layer: seg.layer, change, spoken }), text: seg.text.clone() }
}

/// Prints the label and the text of a line with their marks.
pub fn words(x: &mut Xml, line: &Line) {
    let joined: String = line.label.iter().map(|p| p.text.as_str()).collect();
    if !joined.is_empty() {
        x.open("span", &[("class", super::bylaw::label_class(&joined))]);
        pieces(x, &line.label);
        x.close("span").own(" ");
    }
    x.open("span", &[("class", "text")]);
    pieces(x, &line.text);
    x.close("span");
}

fn pieces(x: &mut Xml, pieces: &[Piece]) {
    let shown = || pieces.iter().filter(|p| !p.text.is_empty());
    let mut texts: Vec<String> = shown().map(|p| p.text.clone()).collect();
    nbsp_pieces(texts.iter_mut());
    for (piece, text) in shown().zip(&texts) {
        let Some(mark) = &piece.mark else {
            x.verbatim(text);
            continue;
        };
        x.open(mark.tag, &[("data-class", mark.class), ("data-change", &mark.change), ("data-layer", mark.layer)]);
        x.open("span", &[("class", "sr")]).own(mark.spoken).close("span");
        x.verbatim(text);
        x.close(mark.tag);
    }
}
