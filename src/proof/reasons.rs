//! The reasons a redline's page gives for each change: they are those of the trace.

use serde::Deserialize;

use super::html::{self, Part};
use super::lines::fold;
use super::shown::{self, Spot};
use super::{Files, damaged, damaged_at, full, json, text};
use crate::diag::Findings;

/// What the page tells of its changes is data in an element of this id, from which script makes what a reader sees.
const DATA: &str = "data-tekst";

#[derive(Deserialize)]
struct Trace {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    number: u64,
    kind: String,
    class: String,
    old: String,
    new: String,
    rules: Vec<Rule>,
    clauses: Vec<Clause>,
    why: String,
    effect: String,
}

#[derive(Deserialize)]
struct Rule {
    path: String,
    id: String,
}

#[derive(Deserialize)]
struct Clause {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Data {
    clauses: Vec<Clause>,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    key: String,
    kind: String,
    class: String,
    old: String,
    new: String,
    rules: Vec<Rule>,
    clauses: Vec<usize>,
    why: String,
    effect: String,
}

/// Proves that the page gives every change of the trace its places, its rules, its clauses, its reason and its date,
/// and tells of no other. Returns the number of changes.
pub fn check(files: &Files, file: &str, trace: &str, findings: &mut Findings) -> usize {
    let trace = json::read::<Trace>(files, trace, findings);
    let (Some(trace), Some((line, data))) = (trace, data(files, file, findings)) else { return 0 };
    let mut told = data.changes.iter();
    let mut listed = trace.rows.iter();
    loop {
        let (want, found) = (listed.next(), told.next());
        let (want, found) = (want.map(Row::say), found.map(|change| change.say(&data.clauses)));
        if want != found {
            shown::document(findings, Spot { file, line }, want.as_deref(), found.as_deref());
        }
        if want.is_none() || found.is_none() || full(findings, file) {
            return data.changes.len();
        }
    }
}

/// Reads the data, with the line it begins on.
fn data(files: &Files, file: &str, findings: &mut Findings) -> Option<(usize, Data)> {
    let page = text(files, file, findings)?;
    let (mut found, mut count, mut stack, mut at) = (String::new(), 0, Vec::new(), 1);
    let read = html::read(page, |line, part| {
        match part {
            Part::Open(tag) => {
                let own = tag.get("id") == DATA;
                count += usize::from(own);
                if own {
                    at = line;
                    if tag.name != "script" || tag.get("type") != "application/json" {
                        return Err("element");
                    }
                }
                stack.push(own);
            }
            Part::Close => {
                stack.pop();
            }
            Part::Words(words) if stack.last() == Some(&true) => found.push_str(&words),
            Part::Words(_) => {}
        }
        Ok(())
    });
    if let Err((line, reason)) = read {
        damaged_at(findings, file, line, reason);
        return None;
    }
    let data = if count == 1 { serde_json::from_str(&found).ok() } else { None };
    if data.is_none() {
        damaged(findings, file, "reasons");
    }
    Some((at, data?))
}

impl Row {
    fn say(&self) -> String {
        let clauses = self.clauses.iter().map(|c| (c.id.as_str(), c.text.as_str()));
        let head = [&self.number.to_string(), &self.kind, &self.class, &self.old, &self.new, &self.why, &self.effect];
        say(&head, &self.rules, clauses)
    }
}

impl Change {
    fn say(&self, clauses: &[Clause]) -> String {
        let known = self.clauses.iter().map(|i| clauses.get(*i).map_or(("", ""), |c| (&c.id, &c.text)));
        let head = [&self.key, &self.kind, &self.class, &self.old, &self.new, &self.why, &self.effect];
        say(&head, &self.rules, known)
    }
}

/// Says everything in one line, with signs between that tell the fields apart.
fn say<'a>(head: &[&String], rules: &[Rule], clauses: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut out: Vec<String> = head.iter().map(|text| fold(text)).collect();
    out.extend(rules.iter().map(|rule| format!("{{{}}} {}", fold(&rule.id), fold(&rule.path))));
    out.extend(clauses.map(|(id, text)| format!("[{}] {}", fold(id), fold(text))));
    out.join(" | ")
}
