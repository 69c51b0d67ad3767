//! The parallel text: on the left nothing but the text in force and everything the instrument touches of it, on the right
//! the whole instrument, in order, each item beside the current wording of what it touches.
//!
//! What is touched is found twice: as the applier notes it, and as what is gone or other once the instrument is carried out.

use std::collections::{BTreeMap, BTreeSet};

use super::html::{self, Part};
use super::lines::squeeze;
use super::{Files, bytes, damaged, damaged_at, docx, full, paper, pdf, text};
use crate::diag::Findings;
use crate::instrument::apply::{When, apply, touched};
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
    // The right column is the instrument from its first § on, word for word.
    let wanted = super::instrument::body(instrument);
    let found: Vec<(usize, String)> =
        rows.iter().filter_map(|row| Some((row.at, row.cells.get(1)?.concat()))).collect();
    let starts = match paper::difference(&wanted, &found) {
        Some((at, expected, found)) => {
            paper::differs(findings, file, at, &expected, &found);
            None
        }
        None => Some(Starts::of(instrument, &wanted, &found)),
    };
    left(file, &rows, instrument, current, starts.as_ref(), findings);
    rows.len()
}

/// Says in which row a place of the instrument stands.
struct Starts {
    /// Where each line of the instrument begins, in bytes.
    lines: Vec<usize>,
    /// How many signs of the right column stand before each line.
    before: BTreeMap<usize, usize>,
    /// How many signs of the right column the rows have, each with those above it.
    rows: Vec<usize>,
}

impl Starts {
    /// Measures an instrument, its words by line, and the right column that has the same words.
    fn of(instrument: &str, words: &[(usize, String)], column: &[(usize, String)]) -> Starts {
        let sums = |all: &[(usize, String)]| {
            all.iter()
                .scan(0, |sum, (_, words)| {
                    *sum += words.chars().count();
                    Some(*sum)
                })
                .collect::<Vec<usize>>()
        };
        let ends = sums(words);
        let before = words.iter().zip([0].iter().chain(&ends)).map(|((line, _), sum)| (*line, *sum)).collect();
        let lines = [0].into_iter().chain(instrument.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Starts { lines, before, rows: sums(column) }
    }

    /// Returns the row in which the line with a byte of the instrument begins.
    fn row(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|start| *start <= at);
        let before = self.before.get(&line).copied().unwrap_or(0);
        self.rows.partition_point(|end| *end <= before)
    }
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

/// Checks the left column: nothing but the text in force, and beside each item all that it touches.
fn left(file: &str, rows: &[Row], instrument: &str, current: &str, starts: Option<&Starts>, findings: &mut Findings) {
    let mut start = view::read(current);
    start.mark();
    let (orders, unread) = read::read(instrument);
    let (whole, touches) = (apply(&orders, &start, When::Always), touched(&orders, &start));
    let (true, Ok(whole), Ok(touches)) = (unread.iter().all(|u| !u.is_error() || u.is_empty()), whole, touches) else {
        // The instrument's own proof says why.
        damaged(findings, file, "unexpected");
        return;
    };
    let lines: Vec<String> = start.rows().map(|row| squeeze(&row.said())).collect();
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        known.entry(line.as_str()).or_default().push(i);
    }
    let mut shown: Vec<BTreeSet<usize>> = Vec::new();
    for row in rows {
        let mut here = BTreeSet::new();
        for words in row.cells.first().into_iter().flatten() {
            match known.get(words.as_str()) {
                Some(places) => here.extend(places),
                None if is_skip(words) => {}
                None => {
                    paper::differs(findings, file, row.at, "", words);
                    if full(findings, file) {
                        return;
                    }
                }
            }
        }
        shown.push(here);
    }
    let mut missing = |at: usize, line: usize| {
        paper::differs(findings, file, at, lines.get(line).map_or("", String::as_str), "");
        full(findings, file)
    };
    let noted = touches.iter().flat_map(|touch| &touch.lines).map(|line| *line as usize);
    for line in noted.chain(changed(&start, &whole)).collect::<BTreeSet<usize>>() {
        if !shown.iter().any(|here| here.contains(&line)) && missing(1, line) {
            return;
        }
    }
    let Some(starts) = starts else { return };
    let items: Vec<(usize, usize, usize)> = (0..)
        .zip(&orders.parts)
        .flat_map(|(p, part)| (0..).zip(&part.items).map(move |(i, item)| (p, i, item.span.start)))
        .collect();
    for (n, ((p, i, at), touch)) in items.iter().zip(&touches).enumerate() {
        let mut wanted: BTreeSet<usize> = touch.lines.iter().map(|line| *line as usize).collect();
        if wanted.is_empty() {
            // Nothing was noted: either it puts something new in, or changes what is new, or the applier forgot to note it.
            let to = |items: usize| {
                let mut orders = orders.clone();
                orders.parts.truncate(p + 1);
                orders.parts.iter_mut().skip(*p).for_each(|part| part.items.truncate(items));
                apply(&orders, &start, When::Always).ok()
            };
            let (Some(before), Some(after)) = (to(*i), to(i + 1)) else { continue };
            wanted = changed(&before, &after);
        }
        // It stands beside the rows from where it begins to where the next one does.
        let first = starts.row(*at);
        let next = items.get(n + 1).map_or(rows.len(), |(.., at)| starts.row(*at));
        let own: BTreeSet<usize> = shown.iter().take(next.max(first + 1)).skip(first).flatten().copied().collect();
        for line in wanted.difference(&own) {
            if missing(rows.get(first).map_or(1, |row| row.at), *line) {
                return;
            }
        }
    }
}

/// Returns the lines that are gone or have other words.
fn changed(before: &view::Text, after: &view::Text) -> BTreeSet<usize> {
    let left: BTreeMap<u32, &str> = after.rows().filter_map(|row| Some((row.origin?, row.words.as_str()))).collect();
    let lines = before.rows().filter_map(|row| Some((row.origin?, row.words.as_str())));
    lines.filter(|(line, words)| left.get(line) != Some(words)).map(|(line, _)| line as usize).collect()
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
