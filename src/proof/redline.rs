//! The redlines: accept all must be the amended text, reject all the text before.

use super::critic::{self, Op};
use super::lines::{self, Line};
use super::page::{self, Zone};
use super::shown::{self, Spot};
use super::{Files, Old, damaged_at, full, text};
use crate::diag::Findings;

/// Proves a redline in Markdown, byte for byte. Returns the number of rows.
pub fn markdown(files: &Files, file: &str, old: &Old<'_>, new: &str, findings: &mut Findings) -> usize {
    let (marked, old, new) = (text(files, file, findings), old.text(files, findings), text(files, new, findings));
    let (Some(marked), Some(old), Some(new)) = (marked, old, new) else { return 0 };
    let rows = match critic::read(marked) {
        Ok(rows) => rows,
        Err((line, reason)) => {
            damaged_at(findings, file, line, reason);
            return 0;
        }
    };
    bytes(file, &critic::side(&rows, Op::Insert), new, findings);
    bytes(file, &critic::side(&rows, Op::Delete), old, findings);
    rows.len()
}

fn bytes(file: &str, side: &[(usize, String)], expected: &str, findings: &mut Findings) {
    let mut found = side.iter();
    let mut wanted = if expected.is_empty() { None } else { Some(expected.split('\n')) };
    let mut last = 0;
    loop {
        let want = wanted.as_mut().and_then(Iterator::next);
        let line = found.next();
        let at = line.map_or(last, |(at, _)| *at);
        match (want, line) {
            (None, None) => return,
            (want, line) if want == line.map(|(_, text)| text.as_str()) => last = at,
            (want, line) => {
                shown::redline(findings, Spot { file, line: at }, want, line.map(|(_, text)| text.as_str()));
                return;
            }
        }
    }
}

/// Proves a redline as a page: kind, label and text of every line, after folding. Returns the number of rows.
pub fn html(files: &Files, file: &str, zone: Zone, old: &Old<'_>, new: &str, findings: &mut Findings) -> usize {
    let (old, new) = (old.text(files, findings), text(files, new, findings));
    let rows = page::lines(files, file, zone, findings);
    let (Some(rows), Some(old), Some(new)) = (rows, old, new) else { return 0 };
    for row in &rows {
        if let Some(reason) = row.contradiction() {
            damaged_at(findings, file, row.at, reason);
        }
        if full(findings, file) {
            break;
        }
    }
    for (op, text) in [(Op::Insert, new), (Op::Delete, old)] {
        if let Some((line, want, found)) = differs(rows.iter().map(|row| row.side(op)), &lines::read(text)) {
            shown::redline(findings, Spot { file, line }, want.as_deref(), found.as_deref());
        }
    }
    rows.len()
}

/// Proves a text with two steps: dropping the marks of one or both gives each of three texts, earliest first. Returns
/// the number of rows.
pub fn both(files: &Files, file: &str, zone: Zone, texts: [&str; 3], findings: &mut Findings) -> usize {
    let Some(rows) = page::lines(files, file, zone, findings) else { return 0 };
    for row in &rows {
        if let Some(reason) = row.layers_contradict() {
            damaged_at(findings, file, row.at, reason);
        }
        if full(findings, file) {
            break;
        }
    }
    for (stage, text) in texts.into_iter().enumerate() {
        if let Some((line, want, found)) = differs(rows.iter().map(|row| row.stage(stage)), &lines::read(text)) {
            shown::redline(findings, Spot { file, line }, want.as_deref(), found.as_deref());
        }
    }
    rows.len()
}

/// Is where a page and a text differ: the line of the page, what the text says there, what the page says.
pub type Difference = (usize, Option<String>, Option<String>);

/// Returns the first line at which a page says another thing than a text. Lines without any words on this side are
/// left out.
pub fn differs(found: impl Iterator<Item = Line>, expected: &[Line]) -> Option<Difference> {
    let mut found = found.filter(|line| !(line.label.is_empty() && line.text.is_empty()));
    let mut expected = expected.iter();
    let mut last = 0;
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return None,
            (Some(want), Some(line)) if want.same(&line) => last = line.at,
            (want, line) => {
                let at = line.as_ref().map_or(last, |l| l.at);
                return Some((at, want.map(Line::show), line.map(|l| l.show())));
            }
        }
    }
}
