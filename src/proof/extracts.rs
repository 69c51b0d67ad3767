//! The extracts for the administrations: together they tell every move of the overview, to who gives and to who gets,
//! and say that nothing is lost only where that is so.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::lines::squeeze;
use super::paper::{self, differs};
use super::{Files, full, json, path, text};
use crate::diag::Findings;

/// Is the folder of the extracts.
const FOLDER: &str = "udtraek";
/// What an extract says where its committee loses no task to nobody.
const WHOLE: &str = "Intet er faldet ud:";

#[derive(Deserialize)]
struct Overview {
    moves: Vec<Move>,
    deferred: Vec<Move>,
    committees: Vec<Committee>,
}

#[derive(Deserialize)]
struct Move {
    task: String,
    part: String,
    before: String,
    after: String,
    from: String,
    clauses: Vec<Clause>,
}

#[derive(Deserialize)]
struct Clause {
    id: String,
}

#[derive(Deserialize)]
struct Committee {
    id: String,
    before: String,
    after: String,
    tasks: Vec<Task>,
}

#[derive(Deserialize)]
struct Task {
    before: String,
    after: String,
    state: String,
}

fn overview(files: &Files, n: i64, findings: &mut Findings) -> Option<Overview> {
    json::read(files, &path(n, "ressortoversigt.json"), findings)
}

/// Returns the extracts a reading must have, without their endings: one for each committee of the overview.
pub fn stems(files: &Files, n: i64) -> Vec<String> {
    let overview = overview(files, n, &mut Findings::default());
    let committees = overview.map(|o| o.committees).unwrap_or_default();
    committees.into_iter().map(|c| path(n, &format!("{FOLDER}/{}", c.id))).collect()
}

/// Proves the extracts. Returns how many moves they tell.
pub fn check(files: &Files, n: i64, findings: &mut Findings) -> usize {
    let Some(overview) = overview(files, n, findings) else { return 0 };
    let mut rows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for committee in &overview.committees {
        let file = path(n, &format!("{FOLDER}/{}.md", committee.id));
        let Some(text) = text(files, &file, findings) else { continue };
        let lines = paper::read(text);
        let has = committee.tasks.iter().any(|t| t.state != "received");
        let lost = committee.tasks.iter().any(|t| t.state == "given" && t.after.is_empty());
        let said = lines.iter().find(|line| line.words.starts_with(WHOLE));
        if said.is_some() != (has && !lost) {
            let (expected, found) = if said.is_some() { ("", WHOLE) } else { (WHOLE, "") };
            differs(findings, &file, said.map_or(1, |line| line.at), expected, found);
        }
        // What it has today is what the overview says it has.
        if let Some(line) = said {
            let today =
                committee.tasks.iter().filter(|t| t.before == committee.before && t.state != "received").count();
            if !line.words.split_whitespace().any(|word| word == today.to_string()) {
                differs(findings, &file, line.at, &today.to_string(), &line.words);
            }
        }
        rows.insert(&committee.id, lines.iter().filter(|l| l.row).map(|l| squeeze(&l.words)).collect());
    }
    let mut told = 0;
    for moved in overview.moves.iter().chain(&overview.deferred) {
        for committee in &overview.committees {
            let (gives, gets) = (moved.before == committee.before, moved.after == committee.after);
            let other = match (gives, gets) {
                (true, false) => &moved.after,
                (false, true) => &moved.before,
                _ => continue,
            };
            let Some(rows) = rows.get_mut(committee.id.as_str()) else { continue };
            let mut words = vec![moved.task.as_str(), &moved.part, other, &moved.from];
            words.extend(moved.clauses.iter().map(|c| c.id.as_str()));
            let words: Vec<String> = words.into_iter().map(squeeze).collect();
            // A row tells one move, so that of two that are alike neither is forgotten.
            match rows.iter().position(|row| words.iter().all(|w| row.contains(w.as_str()))) {
                Some(at) => {
                    rows.remove(at);
                    told += 1;
                }
                None => {
                    let file = path(n, &format!("{FOLDER}/{}.md", committee.id));
                    let expected = if moved.part.is_empty() { &moved.task } else { &moved.part };
                    differs(findings, &file, 1, expected, "");
                    if full(findings, &file) {
                        return told;
                    }
                }
            }
        }
    }
    told
}
