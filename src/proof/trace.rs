//! The trace: every changed word of the redline belongs to a change with a rule behind it, and every clause is
//! carried out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::critic::{self, Op};
use super::json;
use super::lines::{self, fold};
use super::page::{self, Piece, Zone};
use super::{Files, MAX_WORK, damaged, damaged_at, full, shown, text};
use crate::diag::{Code, Findings};
use crate::report;

/// The classes whose changes follow from other changes and carry out no clause themselves.
pub const CONSEQUENCES: [&str; 3] = ["renumbering", "reference", "punctuation"];
/// The classes of the other changes.
const DECIDED: [&str; 2] = ["substance", "renaming"];

#[derive(Deserialize)]
struct Trace {
    rows: Vec<Row>,
    clauses: Vec<Clause>,
}

#[derive(Deserialize)]
struct Row {
    number: u64,
    class: String,
    before: String,
    after: String,
    rules: Vec<Rule>,
    clauses: Vec<Reference>,
}

#[derive(Deserialize)]
struct Rule {
    path: String,
    id: String,
}

#[derive(Deserialize)]
struct Reference {
    id: String,
}

#[derive(Deserialize)]
struct Clause {
    id: String,
    outcome: String,
}

/// Proves that every row has a cause, every clause an outcome, and every marked word of the redline in Markdown a
/// row. Returns the number of marked words.
pub fn words(files: &Files, file: &str, marked: &str, findings: &mut Findings) -> usize {
    let trace = json::read::<Trace>(files, file, findings);
    let redline = text(files, marked, findings);
    let (Some(trace), Some(redline)) = (trace, redline) else { return 0 };
    causes(&trace, file, findings);
    let rows = match critic::read(redline) {
        Ok(rows) => rows,
        Err((line, reason)) => {
            damaged_at(findings, marked, line, reason);
            return 0;
        }
    };
    let (before, after) = (gather(&trace, |row| &row.before), gather(&trace, |row| &row.after));
    let (before, after) = (set(&before), set(&after));
    let mut checked = 0;
    for row in &rows {
        for (i, (op, piece)) in row.pieces.iter().enumerate() {
            let known = match op {
                Op::Keep => continue,
                Op::Delete => &before,
                Op::Insert => &after,
            };
            let piece = if i == 0 { lines::bare(piece) } else { piece };
            let piece = fold(&lines::unescape(piece));
            for word in lines::words(&piece) {
                checked += 1;
                if !known.contains(word) {
                    let id = format!("{marked}:{}", row.at);
                    report!(findings, Code::Unexplained, None, value = shown::brief(&piece), id = id);
                    break;
                }
            }
            if full(findings, file) {
                return checked;
            }
        }
    }
    checked
}

fn gather(trace: &Trace, words: impl Fn(&Row) -> &String) -> Vec<String> {
    trace.rows.iter().map(|row| fold(words(row))).collect()
}

fn set(texts: &[String]) -> BTreeSet<&str> {
    texts.iter().flat_map(|text| lines::words(text)).collect()
}

fn causes(trace: &Trace, file: &str, findings: &mut Findings) {
    // Where nothing was agreed, the rules themselves are the decision.
    let agreed = !trace.clauses.is_empty();
    for (row, number) in trace.rows.iter().zip(1..) {
        let consequence = CONSEQUENCES.contains(&row.class.as_str());
        let class = consequence || DECIDED.contains(&row.class.as_str());
        let ruled = !row.rules.is_empty() && row.rules.iter().all(|r| !r.path.is_empty() && !r.id.is_empty());
        let based = row.clauses.iter().all(|c| !c.id.is_empty()) && (consequence || !agreed || !row.clauses.is_empty());
        let worded = !(row.before.is_empty() && row.after.is_empty());
        if row.number != number {
            damaged(findings, file, "numbers");
        }
        if !(class && ruled && based && worded) {
            let words = if row.after.is_empty() { &row.before } else { &row.after };
            let id = format!("{file} {}", row.number);
            report!(findings, Code::Unexplained, None, value = shown::brief(&fold(words)), id = id);
        }
        if full(findings, file) {
            return;
        }
    }
    for clause in trace.clauses.iter().filter(|c| c.id.is_empty() || c.outcome.trim().is_empty()) {
        report!(findings, Code::ClauseUndischarged, None, clause = clause.id);
        if full(findings, file) {
            return;
        }
    }
}

/// Proves that every mark of the redline as a page names the change in the trace whose words it marks. Returns the
/// number of marks.
pub fn marks(files: &Files, file: &str, page: &str, zone: Zone, findings: &mut Findings) -> usize {
    let trace = json::read::<Trace>(files, file, findings);
    let rows = page::lines(files, page, zone, findings);
    let (Some(trace), Some(rows)) = (trace, rows) else { return 0 };
    let changes: BTreeMap<String, Change> = trace
        .rows
        .iter()
        .map(|row| {
            let follows = CONSEQUENCES.contains(&row.class.as_str());
            (row.number.to_string(), Change { before: fold(&row.before), after: fold(&row.after), follows })
        })
        .collect();
    let mut work = 0;
    let mut used = BTreeSet::new();
    let mut checked = 0;
    for mark in rows.iter().flat_map(page::Row::marks) {
        checked += 1;
        let words = fold(&mark.text);
        let change = changes.get(&mark.change);
        let known = change.map(|change| if mark.op == Op::Delete { &change.before } else { &change.after });
        work += known.map_or(0, String::len);
        if work > MAX_WORK {
            damaged(findings, file, "too-large");
            return checked;
        }
        // A change that decides something must not be shown as one that only follows: a reader may hide those.
        let right = match mark.class.as_str() {
            class if CONSEQUENCES.contains(&class) => change.is_some_and(|change| change.follows),
            class => class == "moved" || DECIDED.contains(&class),
        };
        if !right || !known.is_some_and(|known| known.contains(&words)) {
            unexplained(page, mark, &words, findings);
        }
        used.insert(mark.change.as_str());
        if full(findings, file) {
            return checked;
        }
    }
    for (number, Change { before, after, .. }) in changes.iter().filter(|(number, _)| !used.contains(number.as_str())) {
        // A change that shows nowhere would be believed and not seen.
        let words = if after.is_empty() { before } else { after };
        let id = format!("{file} {number}");
        report!(findings, Code::Unexplained, None, value = shown::brief(words), id = id);
        if full(findings, file) {
            return checked;
        }
    }
    checked
}

/// Is what the trace says of a change.
struct Change {
    before: String,
    after: String,
    follows: bool,
}

fn unexplained(file: &str, mark: &Piece, words: &str, findings: &mut Findings) {
    let id = format!("{file}:{}", mark.at);
    report!(findings, Code::Unexplained, None, value = shown::brief(words), id = id);
}
