//! The documents for Word: accept all is the amended text, reject all the text before; the bylaw says what its Markdown
//! says; every change of substance and every move has its comment.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::critic::Op;
use super::lines::{self, Line, fold};
use super::shown::{self, Spot};
use super::word::{self, Document, Paragraph};
use super::{Files, Old, bytes, damaged, damaged_at, full, json, package, redline, text};
use crate::diag::Findings;

/// Proves a bylaw. Returns the number of lines.
pub fn bylaw(files: &Files, file: &str, markdown: &str, findings: &mut Findings) -> usize {
    let document = open(files, file, findings);
    let markdown = text(files, markdown, findings);
    let (Some(document), Some(markdown)) = (document, markdown) else { return 0 };
    if document.marks > 0 {
        damaged(findings, file, "mark");
    }
    let Some(found) = sides(&document, Op::Keep, file, findings) else { return 0 };
    if let Some((line, want, found)) = redline::differs(found.into_iter(), &lines::read(markdown)) {
        shown::document(findings, Spot { file, line }, want.as_deref(), found.as_deref());
    }
    document.paragraphs.len()
}

/// Proves a redline. Returns the number of paragraphs.
pub fn redline(files: &Files, file: &str, old: &Old<'_>, new: &str, findings: &mut Findings) -> usize {
    let (old, new) = (old.text(files, findings), text(files, new, findings));
    let document = open(files, file, findings);
    let (Some(document), Some(old), Some(new)) = (document, old, new) else { return 0 };
    for (op, text) in [(Op::Insert, new), (Op::Delete, old)] {
        let Some(found) = sides(&document, op, file, findings) else { return 0 };
        if let Some((line, want, found)) = redline::differs(found.into_iter(), &lines::read(text)) {
            shown::redline(findings, Spot { file, line }, want.as_deref(), found.as_deref());
        }
    }
    moves(&document, file, findings);
    document.paragraphs.len()
}

/// Opens a file for Word.
pub fn open(files: &Files, file: &str, findings: &mut Findings) -> Option<Document> {
    let bytes = bytes(files, file, findings)?;
    let package = match package::open(bytes) {
        Ok(package) => package,
        Err(reason) => {
            damaged(findings, file, reason);
            return None;
        }
    };
    match word::read(&package) {
        Ok(document) => Some(document),
        Err((at, reason)) => {
            damaged_at(findings, file, at, reason);
            None
        }
    }
}

/// Returns the kind of line that a style is for.
fn kind(style: &str) -> Option<&'static str> {
    Some(match style {
        "Title" => "title",
        "Indledning" => "preamble",
        "Heading1" => "chapter",
        "Heading2" => "heading",
        "Paragraf" | "ParagrafUdenRubrik" | "Stykke" => "subsection",
        "Tekst" => "text",
        "Nummer" => "point",
        "Litra" => "letter",
        _ => return None,
    })
}

/// Returns the lines as they are when every change is accepted, or rejected. As in Word, what is left of a paragraph
/// whose mark goes runs into the next one.
fn sides(document: &Document, op: Op, file: &str, findings: &mut Findings) -> Option<Vec<Line>> {
    let mut out = Vec::new();
    let mut carried = String::new();
    let last = document.paragraphs.len();
    for paragraph in &document.paragraphs {
        let at = paragraph.at;
        let (label, words) = (joined(paragraph, op, true), joined(paragraph, op, false));
        let Some(kind) = kind(&paragraph.style).filter(|_| !paragraph.in_table) else {
            // Only what ends the document has another style, and no words.
            if at == last && paragraph.style == "Slut" && paragraph.pieces.is_empty() && paragraph.mark == Op::Keep {
                continue;
            }
            damaged_at(findings, file, at, "docx-style");
            return None;
        };
        let goes = paragraph.mark != Op::Keep && paragraph.mark != op;
        if goes {
            carried = format!("{carried}{label}{words}");
            continue;
        }
        let line = if carried.trim().is_empty() {
            Line { at, kind: kind.into(), label: fold(&label), text: fold(&words) }
        } else {
            Line { at, kind: kind.into(), label: String::new(), text: fold(&format!("{carried}{label}{words}")) }
        };
        carried.clear();
        out.push(line);
    }
    if !carried.trim().is_empty() {
        out.push(Line { at: last, kind: String::new(), label: String::new(), text: fold(&carried) });
    }
    Some(out)
}

fn joined(paragraph: &Paragraph, op: Op, label: bool) -> String {
    let kept = paragraph.pieces.iter().filter(|p| p.label == label && (p.op == Op::Keep || p.op == op));
    kept.map(|p| p.text.as_str()).collect()
}

/// What moved says where it went and where it came from.
fn moves(document: &Document, file: &str, findings: &mut Findings) {
    let said = |paragraph: &Paragraph| {
        let of = |id: &String| document.comments.get(id);
        paragraph.comments.iter().filter_map(of).flatten().any(|line| line.starts_with("Flyttet"))
    };
    for paragraph in document.paragraphs.iter().filter(|p| p.moved) {
        if !said(paragraph) {
            damaged_at(findings, file, paragraph.at, "docx-move-comment");
        }
        if full(findings, file) {
            return;
        }
    }
    let ends = |word: &str| -> BTreeSet<String> {
        let lines = document.comments.values().filter_map(|lines| lines.first());
        lines.filter(|line| line.starts_with(word)).filter_map(|line| number(line)).collect()
    };
    if ends("Flyttet fra") != ends("Flyttet til") {
        damaged(findings, file, "docx-move-comment");
    }
}

/// Returns the number of the change that the first line of a comment tells: `(ændring 12)`.
fn number(line: &str) -> Option<String> {
    let (_, rest) = line.rsplit_once("(ændring ")?;
    rest.strip_suffix(')').map(str::to_string)
}

#[derive(Deserialize)]
struct Trace {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    number: usize,
    class: String,
    effect: String,
    rules: Vec<Rule>,
    clauses: Vec<Clause>,
}

#[derive(Deserialize)]
struct Rule {
    path: String,
}

#[derive(Deserialize)]
struct Clause {
    id: String,
}

/// Proves that every change of substance in the trace is explained by a comment, with its rules, its clauses and from
/// when. Returns the number of comments.
pub fn explained(files: &Files, file: &str, trace: &str, findings: &mut Findings) -> usize {
    let document = open(files, file, findings);
    let trace: Option<Trace> = json::read(files, trace, findings);
    let (Some(document), Some(trace)) = (document, trace) else { return 0 };
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for lines in document.comments.values() {
        if let Some(number) = lines.first().and_then(|line| number(line)) {
            said.entry(number).or_default().push(fold(&lines.join(" ")));
        }
    }
    for row in trace.rows.iter().filter(|row| row.class == "substance") {
        let comments = said.get(&row.number.to_string()).map(Vec::as_slice).unwrap_or_default();
        let clauses = row.clauses.iter().map(|clause| &clause.id);
        let wanted: Vec<String> =
            row.rules.iter().map(|rule| &rule.path).chain(clauses).chain([&row.effect]).map(|w| fold(w)).collect();
        let whole = |comment: &String| wanted.iter().all(|word| comment.contains(word));
        if comments.is_empty() || !comments.iter().all(whole) {
            shown::document(findings, Spot { file, line: row.number }, Some(&format!("ændring {}", row.number)), None);
        }
        if full(findings, file) {
            break;
        }
    }
    document.comments.len()
}
