//! The overview of who owns what: every part of every task has exactly one owner at every instant.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::json::{self, present};
use super::{Files, damaged, dates, full};
use crate::diag::{Code, Findings};
use crate::report;

#[derive(Deserialize)]
struct Overview {
    intervals: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    task: String,
    part: String,
    owners: Vec<Tenure>,
}

/// Is one owner's time: from a day to a day not included; `null` for always and for good.
#[derive(Deserialize)]
struct Tenure {
    owner: String,
    #[serde(deserialize_with = "present")]
    from: Option<String>,
    #[serde(deserialize_with = "present")]
    to: Option<String>,
}

/// Proves the overview. Returns the number of parts.
pub fn check(files: &Files, file: &str, findings: &mut Findings) -> usize {
    let Some(overview) = json::read::<Overview>(files, file, findings) else { return 0 };
    if overview.intervals.is_empty() {
        damaged(findings, file, "empty");
    }
    let mut seen = BTreeSet::new();
    for part in &overview.intervals {
        if part.task.is_empty() || !seen.insert((&part.task, &part.part)) {
            report!(findings, Code::OwnershipDiffers, None, file = file, task = part.task, part = part.part);
        }
        if let Some((found, expected)) = broken(part) {
            report!(
                findings,
                Code::OwnershipDiffers,
                None,
                file = file,
                task = part.task,
                part = part.part,
                found = found,
                expected = expected
            );
        }
        if full(findings, file) {
            break;
        }
    }
    overview.intervals.len()
}

/// Returns the first interval that does not begin where the one before ended: what it is and where it should begin.
fn broken(part: &Part) -> Option<(String, String)> {
    let mut next: Option<&str> = None;
    let mut open = true;
    for (i, tenure) in part.owners.iter().enumerate() {
        let show = || {
            let day = |d: &Option<String>| d.clone().unwrap_or_else(|| "…".into());
            format!("{} {}/{}", tenure.owner, day(&tenure.from), day(&tenure.to))
        };
        let expected = || format!("{}/", next.unwrap_or("…"));
        let joins = open && tenure.from.as_deref() == next && (i > 0) == next.is_some();
        let from = tenure.from.as_deref().map(dates::day);
        let to = tenure.to.as_deref().map(dates::day);
        let dated = from != Some(None) && to != Some(None);
        let empty = matches!((from, to), (Some(Some(from)), Some(Some(to))) if from >= to);
        if tenure.owner.is_empty() || !joins || !dated || empty {
            return Some((show(), expected()));
        }
        open = tenure.to.is_some();
        next = tenure.to.as_deref();
    }
    open.then(|| ("@nothing".into(), format!("{}/", next.unwrap_or("…"))))
}
