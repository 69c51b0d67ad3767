//! The overview and the trace as pages: row for row they say what the data beside them says.

use serde::Deserialize;

use super::html::{self, Part};
use super::lines::squeeze;
use super::{Files, MAX_WORK, damaged, damaged_at, full, json, shown, text};
use crate::diag::{Code, Findings};
use crate::report;

#[derive(Deserialize)]
struct Overview {
    moves: Vec<Moved>,
    deferred: Vec<Moved>,
    committees: Vec<Committee>,
}

#[derive(Deserialize)]
struct Moved {
    task: String,
    part: String,
    before: String,
    after: String,
    from: String,
    #[serde(default)]
    clauses: Vec<Clause>,
}

#[derive(Deserialize)]
struct Committee {
    tasks: Vec<Moved>,
}

#[derive(Deserialize)]
struct Clause {
    id: String,
}

#[derive(Deserialize)]
struct Trace {
    rows: Vec<Change>,
    clauses: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Change {
    number: u64,
    class: String,
    before: String,
    after: String,
    rules: Vec<Rule>,
    clauses: Vec<Clause>,
}

#[derive(Deserialize)]
struct Rule {
    path: String,
    id: String,
}

#[derive(Deserialize)]
struct Outcome {
    id: String,
    outcome: String,
}

/// Proves the overview of who owns what. Returns the number of rows.
pub fn ownership(files: &Files, file: &str, data: &str, findings: &mut Findings) -> usize {
    let overview = json::read::<Overview>(files, data, findings);
    let rows = rows(files, file, findings);
    let (Some(overview), Some(rows)) = (overview, rows) else { return 0 };
    let tasks = overview.committees.iter().flat_map(|c| &c.tasks);
    let wanted = overview.moves.iter().chain(&overview.deferred).chain(tasks).map(|m| {
        let words = [&m.task, &m.part, &m.before, &m.after, &m.from];
        words.into_iter().chain(m.clauses.iter().map(|c| &c.id)).map(String::as_str).collect()
    });
    same(file, &rows, wanted.collect(), findings)
}

/// Proves the trace: first the clauses, then the changes, those that follow from others last. Returns the number of
/// rows.
pub fn trace(files: &Files, file: &str, data: &str, findings: &mut Findings) -> usize {
    let trace = json::read::<Trace>(files, data, findings);
    let rows = rows(files, file, findings);
    let (Some(trace), Some(rows)) = (trace, rows) else { return 0 };
    let numbers: Vec<String> = trace.rows.iter().map(|row| row.number.to_string()).collect();
    let mut wanted: Vec<Vec<&str>> = trace.clauses.iter().map(|c| vec![c.id.as_str(), c.outcome.as_str()]).collect();
    for follows in [false, true] {
        for (row, number) in trace.rows.iter().zip(&numbers) {
            if super::trace::CONSEQUENCES.contains(&row.class.as_str()) != follows {
                continue;
            }
            let mut words = vec![number.as_str()];
            words.extend(row.before.lines().chain(row.after.lines()));
            words.extend(row.rules.iter().flat_map(|r| [r.id.as_str(), r.path.as_str()]));
            words.extend(row.clauses.iter().map(|c| c.id.as_str()));
            wanted.push(words);
        }
    }
    same(file, &rows, wanted, findings)
}

/// Is a row of a table: its line in the file and its words without spaces.
struct Row {
    at: usize,
    words: String,
}

fn same(file: &str, rows: &[Row], wanted: Vec<Vec<&str>>, findings: &mut Findings) -> usize {
    let mut work = 0_usize;
    for i in 0..rows.len().max(wanted.len()) {
        let (row, words) = (rows.get(i), wanted.get(i));
        let searched = row.map_or(0, |r| r.words.len()).saturating_mul(words.map_or(0, Vec::len));
        work = work.saturating_add(searched);
        if work > MAX_WORK {
            damaged(findings, file, "too-large");
            break;
        }
        let at = row.or(rows.last()).map_or(1, |row| row.at);
        let lacks = match (row, words) {
            (Some(row), Some(words)) => {
                words.iter().find(|w| !row.words.contains(&squeeze(w))).map(|w| (*w).to_string())
            }
            (_, words) => Some(words.map(|w| w.join(" ")).unwrap_or_default()),
        };
        if let Some(expected) = lacks {
            let expected = if expected.is_empty() { "@nothing".to_string() } else { shown::brief(&expected) };
            let found = row.map_or("@nothing".to_string(), |row| shown::brief(&row.words));
            report!(findings, Code::DocumentDiffers, None, file = file, line = at, expected = expected, found = found);
        }
        // A row too many or too few puts every later row in the wrong place.
        if row.is_none() || words.is_none() || full(findings, file) {
            break;
        }
    }
    rows.len()
}

/// Reads the rows of every table's body.
fn rows(files: &Files, file: &str, findings: &mut Findings) -> Option<Vec<Row>> {
    let page = text(files, file, findings)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut stack: Vec<String> = Vec::new();
    let end = html::read(page, |at, part| {
        match part {
            Part::Open(tag) => {
                let hidden = ["hidden", "style", "aria-hidden"].iter().any(|name| !tag.get(name).is_empty());
                if hidden {
                    return Err("attribute");
                }
                if tag.name == "tr" && stack.iter().any(|name| name == "tr") {
                    return Err("element");
                }
                if tag.name == "tr" && stack.iter().any(|name| name == "tbody") {
                    rows.push(Row { at, words: String::new() });
                }
                stack.push(tag.name);
            }
            Part::Close => {
                stack.pop();
            }
            Part::Words(words) if stack.iter().any(|name| name == "tbody") => match rows.last_mut() {
                Some(row) => row.words.push_str(&squeeze(&words)),
                None if words.trim().is_empty() => {}
                None => return Err("words-outside"),
            },
            Part::Words(_) => {}
        }
        Ok(())
    });
    match end {
        Ok(()) => Some(rows),
        Err((line, reason)) => {
            damaged_at(findings, file, line, reason);
            None
        }
    }
}
