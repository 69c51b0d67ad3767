//! The parallel text: on the left nothing but the text in force and everything the instrument touches of it, on the right
//! the whole instrument, in order.

use std::collections::{BTreeMap, BTreeSet};

use super::html::{self, Part};
use super::lines::squeeze;
use super::{Files, bytes, damaged, damaged_at, docx, full, paper, pdf, text};
use crate::diag::Findings;
use crate::instrument::apply::touched;
use crate::instrument::{read, text as view};

/// Stands for what is left out.
const SKIPPED: &str = "–––";

/// The titles of the columns.
const TITLES: [&str; 2] = ["Gældende formulering", "Forslaget"];

/// Is a row of the table: its line in the file, and the paragraphs of its two cells without spaces.
struct Row {
    at: usize,
    cells: Vec<Vec<String>>,
}

/// Proves the page. Returns the number of rows.
pub fn html(files: &Files, file: &str, instrument: &str, current: &str, findings: &mut Findings) -> usize {
    let (rows, instrument) = (rows(files, file, findings), text(files, instrument, findings));
    let (Some(rows), Some(instrument)) = (rows, instrument) else { return 0 };
    left(file, &rows, instrument, current, findings);
    // The right column is the instrument from its first § on, word for word.
    let wanted = super::instrument::body(instrument);
    let found: Vec<(usize, String)> =
        rows.iter().filter_map(|row| Some((row.at, row.cells.get(1)?.concat()))).collect();
    if let Some((at, expected, found)) = paper::difference(&wanted, &found) {
        paper::differs(findings, file, at, &expected, &found);
    }
    rows.len()
}

/// Proves that the file for Word has the words of the page. Returns the number of paragraphs.
pub fn word(files: &Files, file: &str, page: &str, findings: &mut Findings) -> usize {
    let (document, rows) = (docx::open(files, file, findings), rows(files, page, findings));
    let (Some(document), Some(rows)) = (document, rows) else { return 0 };
    if document.marks > 0 {
        damaged(findings, file, "mark");
    }
    let wanted: Vec<(usize, String)> = rows.iter().map(|row| (row.at, row.cells.concat().concat())).collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    for paragraph in document.paragraphs.iter().filter(|p| p.in_table) {
        let words: String = paragraph.pieces.iter().map(|p| p.text.as_str()).collect();
        found.push((paragraph.at, squeeze(&words)));
    }
    // The header row has the columns' titles, which the page has in its own header.
    let titles: String = TITLES.map(squeeze).concat();
    let header: Vec<(usize, String)> = found.drain(..2.min(found.len())).collect();
    let header: String = header.into_iter().map(|(_, words)| words).collect();
    if header != titles {
        paper::differs(findings, file, 1, &titles, &header);
    }
    if let Some((at, expected, found)) = paper::difference(&wanted, &found) {
        paper::differs(findings, file, at, &expected, &found);
    }
    document.paragraphs.len()
}

/// Proves that the PDF has the words of the page. Returns the number of paragraphs.
pub fn print(files: &Files, file: &str, page: &str, findings: &mut Findings) -> usize {
    let (raw, rows) = (bytes(files, file, findings), rows(files, page, findings));
    let (Some(raw), Some(rows)) = (raw, rows) else { return 0 };
    let blocks = match pdf::words(raw) {
        Ok(blocks) => blocks,
        Err(reason) => {
            damaged(findings, file, reason);
            return 0;
        }
    };
    let said: Vec<(usize, String)> = blocks.into_iter().map(|b| (b.page, squeeze(&b.words))).collect();
    // The columns' titles end what stands around the table.
    let titles = TITLES.map(squeeze);
    let Some(header) = said.windows(2).position(|pair| pair.iter().map(|(_, w)| w).eq(titles.iter())) else {
        paper::differs(findings, file, 1, &titles.concat(), "");
        return 0;
    };
    let wanted: Vec<(usize, String)> = rows.iter().map(|row| (row.at, row.cells.concat().concat())).collect();
    if let Some((_, expected, found)) = paper::difference(&wanted, said.get(header + 2..).unwrap_or_default()) {
        paper::differs(findings, file, 1, &expected, &found);
    }
    said.len()
}

/// Checks the left column.
fn left(file: &str, rows: &[Row], instrument: &str, current: &str, findings: &mut Findings) {
    let start = view::read(current);
    let (orders, unread) = read::read(instrument);
    let touches = touched(&orders, &start);
    let (true, Ok(touches)) = (unread.iter().all(|u| !u.is_error() || u.is_empty()), touches) else {
        // The instrument's own proof says why.
        damaged(findings, file, "unexpected");
        return;
    };
    let lines: Vec<String> = start.rows().map(|row| squeeze(&row.said())).collect();
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        known.entry(line.as_str()).or_default().push(i);
    }
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    for row in rows {
        for words in row.cells.first().into_iter().flatten() {
            match known.get(words.as_str()) {
                Some(places) => shown.extend(places),
                None if is_skip(words) => {}
                None => {
                    paper::differs(findings, file, row.at, "", words);
                    if full(findings, file) {
                        return;
                    }
                }
            }
        }
    }
    for line in touches.iter().flat_map(|touch| &touch.lines) {
        let line = *line as usize;
        if !shown.contains(&line) {
            let words = lines.get(line).map_or("", String::as_str);
            paper::differs(findings, file, 1, words, "");
            if full(findings, file) {
                return;
            }
        }
    }
}

/// Says whether a paragraph stands for lines that are left out: `6-8) – – –`, `Stk. 2 og 3. – – –`.
fn is_skip(words: &str) -> bool {
    let Some(label) = words.strip_suffix(SKIPPED) else { return false };
    let figures = |text: &str| {
        let text = text.trim_end_matches(['.', ')']);
        let parts: Vec<&str> = text.split(['-', 'o']).map(|part| part.trim_start_matches('g')).collect();
        parts.len() <= 2
            && parts.iter().all(|p| !p.is_empty() && p.chars().count() <= 6 && p.chars().all(char::is_alphanumeric))
    };
    match (label.strip_prefix('§'), label.strip_prefix("Stk.")) {
        (Some(number), _) | (None, Some(number)) => figures(number),
        (None, None) => label.is_empty() || label.ends_with([')', '.']) && figures(label),
    }
}

/// Reads the rows of the table's body.
fn rows(files: &Files, file: &str, findings: &mut Findings) -> Option<Vec<Row>> {
    let page = text(files, file, findings)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut stack: Vec<String> = Vec::new();
    let end = html::read(page, |at, part| {
        let inside = stack.iter().any(|name| name == "tbody");
        match part {
            Part::Open(tag) => {
                let hidden = ["hidden", "style", "aria-hidden"].iter().any(|name| !tag.get(name).is_empty());
                let nested = matches!(tag.name.as_str(), "tr" | "td" | "p") && stack.contains(&tag.name);
                if hidden || nested || inside && matches!(tag.name.as_str(), "del" | "ins") {
                    return Err("element");
                }
                match (tag.name.as_str(), rows.last_mut()) {
                    ("tr", _) if inside => rows.push(Row { at, cells: Vec::new() }),
                    ("td", Some(row)) if inside => row.cells.push(vec![String::new()]),
                    ("p", Some(row)) if inside => {
                        if let Some(cell) = row.cells.last_mut() {
                            cell.push(String::new());
                        }
                    }
                    _ => {}
                }
                stack.push(tag.name);
            }
            Part::Close => {
                stack.pop();
            }
            Part::Words(words) if inside => {
                match rows.last_mut().and_then(|row| row.cells.last_mut()).and_then(|cell| cell.last_mut()) {
                    Some(paragraph) => paragraph.push_str(&squeeze(&words)),
                    None if words.trim().is_empty() => {}
                    None => return Err("words-outside"),
                }
            }
            Part::Words(_) => {}
        }
        Ok(())
    });
    for row in &mut rows {
        for cell in &mut row.cells {
            cell.retain(|paragraph| !paragraph.is_empty());
        }
    }
    if let Err((line, reason)) = end {
        damaged_at(findings, file, line, reason);
        return None;
    }
    if let Some(row) = rows.iter().find(|row| row.cells.len() != 2) {
        damaged_at(findings, file, row.at, "element");
        return None;
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_has_a_form() {
        for good in ["6-8)–––", "Stk.2og3.–––", "Stk.2-9.–––", "§15.–––", "§7a.–––", "–––", "a-c)–––", "4)–––"]
        {
            assert!(is_skip(good), "{good}");
        }
        for bad in ["Ordeneher–––", "–––og", "§15.Ord–––", "6-8)ord–––", "1-2-3)–––"] {
            assert!(!is_skip(bad), "{bad}");
        }
    }
}
