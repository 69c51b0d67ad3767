//! What belongs to the whole project: the plans, the follow-up list and its calendar say what the overview and the
//! trace of the last reading say.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::lines::squeeze;
use super::paper::{self, Line, differs};
use super::{Files, READINGS, belongs, damaged_at, dates, full, json, path, text};
use crate::diag::Findings;

/// The follow-up list.
const LIST: &str = "opfoelgning";
/// The folder of the plans.
const PLANS: &str = "implementering/";

#[derive(Deserialize)]
struct Trace {
    obligations: Vec<Obligation>,
}

#[derive(Deserialize)]
struct Obligation {
    id: String,
    subject: String,
    by: String,
    to: String,
    #[serde(deserialize_with = "json::present")]
    date: Option<String>,
    due: String,
    period: String,
    clauses: Vec<String>,
}

#[derive(Deserialize)]
struct Overview {
    moves: Vec<Moved>,
    deferred: Vec<Moved>,
}

#[derive(Deserialize)]
struct Moved {
    task: String,
    part: String,
    before: String,
    after: String,
    rule: String,
}

impl Moved {
    /// Returns the words by which a paper tells what moves: the parts where only they move.
    fn words(&self) -> &str {
        if self.part.is_empty() { &self.task } else { &self.part }
    }
}

/// Returns the reading that the whole is made of: the last there is.
pub fn overview(files: &Files) -> Option<i64> {
    READINGS.into_iter().rev().find(|n| files.keys().any(|p| belongs(p, *n)))
}

/// Returns the files there must be beside the readings' folders: one plan for each change that moves tasks.
pub fn expected(files: &Files, pdf: bool) -> BTreeSet<String> {
    let mut stems = BTreeSet::from([LIST.to_string()]);
    let owners = overview(files).map(|n| path(n, "ressortoversigt.json"));
    let overview = owners.and_then(|owners| json::read::<Overview>(files, &owners, &mut Findings::default()));
    for moved in overview.iter().flat_map(|o| o.moves.iter().chain(&o.deferred)) {
        stems.insert(format!("{PLANS}{}", moved.rule));
    }
    let mut out = BTreeSet::from(["manifest.json".to_string(), format!("{LIST}.ics")]);
    for stem in stems {
        out.insert(format!("{stem}.md"));
        out.insert(format!("{stem}.docx"));
        if pdf {
            out.insert(format!("{stem}.pdf"));
        }
    }
    out
}

/// Returns the papers there must be, without their endings.
pub fn papers(files: &Files) -> Vec<String> {
    expected(files, true).into_iter().filter_map(|p| p.strip_suffix(".pdf").map(str::to_string)).collect()
}

/// Is the rows of a paper's tables, without spaces.
struct Rows(Vec<Line>);

fn rows(text: &str) -> Rows {
    let rows = paper::read(text).into_iter().filter(|line| line.row);
    Rows(rows.map(|line| Line { words: squeeze(&line.words), ..line }).collect())
}

/// Proves that every obligation of the trace stands in a row of the list with who must do it, who gets it, when, and
/// the clauses. Returns how many.
pub fn obligations(files: &Files, file: &str, trace: &str, findings: &mut Findings) -> usize {
    let trace = json::read::<Trace>(files, trace, findings);
    let list = text(files, file, findings);
    let (Some(trace), Some(list)) = (trace, list) else { return 0 };
    let mut read = rows(list).0;
    for obligation in &trace.obligations {
        let mut words = vec![obligation.subject.as_str(), &obligation.by, &obligation.to, &obligation.due];
        words.extend(obligation.clauses.iter().map(String::as_str));
        let words: Vec<String> = words.iter().map(|w| squeeze(w).to_lowercase()).collect();
        let found = read.iter().position(|row| {
            let row = row.words.to_lowercase();
            words.iter().all(|w| row.contains(w.as_str()))
        });
        match found {
            // A row tells one obligation, so that of two that are alike neither is forgotten.
            Some(at) => drop(read.remove(at)),
            None => differs(findings, file, read.first().map_or(1, |r| r.at), &obligation.subject, ""),
        }
        if full(findings, file) {
            break;
        }
    }
    trace.obligations.len()
}

/// Proves that the calendar is well formed and has every obligation that has a date, on that date. Returns how many
/// days it has.
pub fn calendar(files: &Files, file: &str, trace: &str, findings: &mut Findings) -> usize {
    let trace = json::read::<Trace>(files, trace, findings);
    let calendar = text(files, file, findings);
    let (Some(trace), Some(calendar)) = (trace, calendar) else { return 0 };
    let events = match events(calendar) {
        Ok(events) => events,
        Err((line, reason)) => {
            damaged_at(findings, file, line, reason);
            return 0;
        }
    };
    let mut known = BTreeSet::new();
    for (line, event) in &events {
        let day = event.get("DTSTART;VALUE=DATE").map(String::as_str).unwrap_or_default();
        let iso = format!("{}-{}-{}", part(day, 0, 4), part(day, 4, 6), part(day, 6, 8));
        let uid = event.get("UID").map(String::as_str).unwrap_or_default();
        if day.len() != 8 || dates::day(&iso).is_none() || event.get("DTSTAMP").is_none_or(|s| s.len() != 16) {
            damaged_at(findings, file, *line, "date");
        }
        if uid.is_empty() || !known.insert(uid.to_string()) {
            damaged_at(findings, file, *line, "listed-twice");
        }
    }
    for obligation in trace.obligations.iter().filter(|o| o.date.is_some()) {
        let date = obligation.date.clone().unwrap_or_default().replace('-', "");
        let event =
            events.iter().find(|(_, e)| e.get("UID").is_some_and(|u| u.split('@').next() == Some(&obligation.id)));
        let (line, event) = event.map_or((1, None), |(line, event)| (*line, Some(event)));
        let says = |key: &str, wanted: &str| {
            let found = event.and_then(|e| e.get(key)).map(String::as_str).unwrap_or_default();
            squeeze(found).to_lowercase() == squeeze(wanted).to_lowercase()
        };
        let repeats = event.is_some_and(|e| e.contains_key("RRULE")) != obligation.period.is_empty();
        if !says("DTSTART;VALUE=DATE", &date) || !says("SUMMARY", &obligation.subject) || !repeats {
            let found = event.and_then(|e| e.get("SUMMARY")).map(String::as_str).unwrap_or_default();
            differs(findings, file, line, &format!("{date} {}", obligation.subject), found);
        }
        if full(findings, file) {
            break;
        }
    }
    events.len()
}

fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

type Properties = BTreeMap<String, String>;

/// Reads the events of a calendar, unfolded and unescaped, each with its line.
fn events(text: &str) -> Result<Vec<(usize, Properties)>, (usize, &'static str)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let Some(line) = line.strip_suffix("\r\n").filter(|l| !l.contains('\r')) else {
            return Err((i + 1, "calendar"));
        };
        // A line is at most 75 octets; a longer one goes on after a space.
        if line.len() > 75 {
            return Err((i + 1, "calendar"));
        }
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            (Some(_), None) => return Err((i + 1, "calendar")),
            (None, _) => lines.push((i + 1, line.to_string())),
        }
    }
    let ends = |at: Option<&(usize, String)>, words: &str| at.is_some_and(|(_, line)| line == words);
    if !ends(lines.first(), "BEGIN:VCALENDAR") || !ends(lines.last(), "END:VCALENDAR") {
        return Err((1, "calendar"));
    }
    let mut out: Vec<(usize, Properties)> = Vec::new();
    let mut inside = false;
    for (at, line) in lines.get(1..lines.len() - 1).unwrap_or_default() {
        let (key, value) = line.split_once(':').ok_or((*at, "calendar"))?;
        match (key, value, inside) {
            ("BEGIN", "VEVENT", false) => {
                inside = true;
                out.push((*at, Properties::new()));
            }
            ("END", "VEVENT", true) => inside = false,
            ("BEGIN" | "END", ..) => return Err((*at, "calendar")),
            (key, value, true) => {
                let Some((_, event)) = out.last_mut() else { return Err((*at, "calendar")) };
                if event.insert(key.to_string(), plain(value)).is_some() {
                    return Err((*at, "listed-twice"));
                }
            }
            (_, _, false) => {}
        }
    }
    if inside { Err((1, "calendar")) } else { Ok(out) }
}

/// Takes the escapes of a text value away.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

/// Proves that every plan says each of its tasks with who gives and who receives it. Returns how many tasks.
pub fn plans(files: &Files, owners: &str, findings: &mut Findings) -> usize {
    let Some(overview) = json::read::<Overview>(files, owners, findings) else { return 0 };
    let mut read_plans: BTreeMap<&str, Option<Rows>> = BTreeMap::new();
    let all: Vec<&Moved> = overview.moves.iter().chain(&overview.deferred).collect();
    for moved in &all {
        let file = format!("{PLANS}{}.md", moved.rule);
        let plan = read_plans.entry(&moved.rule).or_insert_with(|| text(files, &file, findings).map(rows));
        let Some(plan) = plan else { continue };
        let told = [&moved.before, &moved.after].map(|w| squeeze(w));
        let words = squeeze(moved.words()).to_lowercase();
        let says = plan.0.iter().any(|row| {
            told.iter().all(|t| row.words.contains(t.as_str())) && row.words.to_lowercase().contains(&words)
        });
        if !says {
            differs(findings, &file, plan.0.first().map_or(1, |r| r.at), moved.words(), "");
        }
        if full(findings, &file) {
            break;
        }
    }
    all.len()
}

/// Proves that a cover paper says which reading it is for, that the bylaw is amended, and each task that moves with who
/// gives and who receives it. Returns how many tasks.
pub fn cover(files: &Files, file: &str, owners: &str, n: i64, findings: &mut Findings) -> usize {
    let overview = json::read::<Overview>(files, owners, findings);
    let text = text(files, file, findings);
    let (Some(overview), Some(text)) = (overview, text) else { return 0 };
    let words: String = paper::read(text).iter().map(|l| squeeze(&l.words)).collect::<String>().to_lowercase();
    let reading = format!("({n}. behandling)");
    if !words.contains(&squeeze(&reading)) {
        differs(findings, file, 1, &reading, "");
    }
    let all: Vec<&Moved> = overview.moves.iter().chain(&overview.deferred).collect();
    for moved in &all {
        for wanted in [moved.before.as_str(), &moved.after, moved.words()] {
            if !words.contains(&squeeze(wanted).to_lowercase()) {
                differs(findings, file, 1, wanted, "");
            }
        }
        if full(findings, file) {
            break;
        }
    }
    all.len() + 1
}
