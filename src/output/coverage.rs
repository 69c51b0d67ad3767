//! How each clause of the agreement is discharged, and where; and which clauses somebody must look at again.

use super::describe::{Describer, effect_words};
use super::manifest::sha256;
use super::timeline::{Step, timeline};
use crate::check::Checked;
use crate::model::{Model, Version};
use crate::rules::{Agreement, Clause};
use serde::Serialize;

/// Is the whole table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The agreement's title.
    pub agreement: String,
    /// Its areas, and what lies outside them.
    pub areas: Vec<AreaView>,
    /// How many clauses there are.
    pub clauses: usize,
    /// The clauses that nothing discharges.
    pub undischarged: Vec<String>,
    /// The clauses whose words somebody must look at again.
    pub suspect: Vec<String>,
}

/// Is an area with its clauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AreaView {
    /// Its number; nothing for what lies outside the areas.
    pub number: Option<i64>,
    /// Its title.
    pub title: String,
    /// Its clauses.
    pub clauses: Vec<ClauseEntry>,
}

/// Is a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseEntry {
    /// `5.1`
    pub id: String,
    /// What kind of clause.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// Whether anything discharges it.
    pub discharged: bool,
    /// Whether its words, or that it is there, are newer than the last look.
    pub suspect: bool,
    /// What discharges it.
    pub by: Vec<Discharge>,
}

/// Is one thing that discharges a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Discharge {
    /// `change`, `pending` for one without a day, `obligation` or `no-effect`.
    pub kind: &'static str,
    /// What it is, in words.
    pub what: String,
    /// When, in words; empty where nothing is said.
    pub when: String,
    /// The file of changes, by its id; empty for a reason.
    pub change: String,
    /// Where it is written.
    pub rule: String,
    /// The places in the bylaw.
    pub addresses: Vec<String>,
}

/// Makes the table.
pub fn coverage(checked: &Checked) -> Coverage {
    let model = &checked.model;
    let agreement = &model.rules.agreement;
    let steps = steps(checked);
    let mut areas: Vec<AreaView> = agreement
        .areas
        .iter()
        .map(|a| AreaView { number: Some(a.number.value), title: a.title.clone(), clauses: Vec::new() })
        .collect();
    let mut outside = AreaView { number: None, title: "Uden for områderne".into(), clauses: Vec::new() };
    let mut out = Coverage {
        agreement: agreement.title.clone(),
        areas: Vec::new(),
        clauses: agreement.clauses.len(),
        undischarged: Vec::new(),
        suspect: Vec::new(),
    };
    for clause in &agreement.clauses {
        let by = discharges(checked, clause, &steps);
        let suspect = is_suspect(model, clause);
        let id = clause.id.value.clone();
        if by.is_empty() {
            out.undischarged.push(id.clone());
        }
        if suspect {
            out.suspect.push(id.clone());
        }
        let (kind, text) = (clause.kind.value.clone(), clause.text.clone());
        let entry = ClauseEntry { id, kind, text, discharged: !by.is_empty(), suspect, by };
        match areas.iter_mut().find(|a| a.number.is_some() && a.number == clause.area) {
            Some(area) => area.clauses.push(entry),
            None => outside.clauses.push(entry),
        }
    }
    if !outside.clauses.is_empty() {
        areas.push(outside);
    }
    out.areas = areas;
    out
}

/// Lists every operation with when it happens, in words; what has no day is told apart.
fn steps(checked: &Checked) -> Vec<(&'static str, String, Step)> {
    let timeline = timeline(checked);
    let mut out = Vec::new();
    for day in timeline.dates {
        let date = day.date.parse().map_or_else(|_| day.date.clone(), crate::lang::danish::date);
        let when = if day.kind == "latest" { format!("senest {date}") } else { date };
        out.extend(day.operations.into_iter().map(|step| ("change", when.clone(), step)));
    }
    for phase in timeline.phases {
        let when = format!("frem mod {}", phase.towards);
        out.extend(phase.operations.into_iter().map(|step| ("pending", when.clone(), step)));
    }
    for entry in timeline.conditions {
        out.extend(entry.operations.into_iter().map(|step| ("pending", entry.text.clone(), step)));
    }
    out
}

fn discharges(checked: &Checked, clause: &Clause, steps: &[(&'static str, String, Step)]) -> Vec<Discharge> {
    let model = &checked.model;
    let id = &clause.id.value;
    let place = |span| {
        let (line, _) = model.rules.sources.line_column(span);
        format!("{}:{line}", model.rules.sources.path(span.file))
    };
    let mut out: Vec<Discharge> = steps
        .iter()
        .filter(|(_, _, step)| step.clauses.contains(id))
        .map(|(kind, when, step)| Discharge {
            kind,
            what: step.what.clone(),
            when: when.clone(),
            change: step.change.clone(),
            rule: step.rule.clone(),
            addresses: step.addresses.clone(),
        })
        .collect();
    let versions = (checked.version(Version::in_force()), checked.version(last(model)));
    let amendments = model.amendments(model.last_reading());
    for change in model.rules.changes.iter().filter(|c| model.counts(c, &amendments)) {
        for obligation in &change.obligations {
            let basis = if obligation.basis.is_empty() { &change.basis } else { &obligation.basis };
            if basis.iter().any(|b| b.value == *id) {
                let (Some(old), Some(new)) = versions else { continue };
                out.push(Discharge {
                    kind: "obligation",
                    what: Describer::new(model, old, new).obligation(obligation),
                    when: change.effect.as_ref().map(|e| effect_words(&e.value)).unwrap_or_default(),
                    change: change.id.value.clone(),
                    rule: place(obligation.id.span),
                    addresses: Vec::new(),
                });
            }
        }
    }
    if let Some(reason) = &clause.no_effect {
        out.push(Discharge {
            kind: "no-effect",
            what: reason.value.clone(),
            when: String::new(),
            change: String::new(),
            rule: place(reason.span),
            addresses: Vec::new(),
        });
    }
    out
}

fn last(model: &Model) -> Version {
    match model.last_reading() {
        0 => Version::in_force(),
        number => Version::reading(number),
    }
}

/// Returns what a clause's words are remembered by: a change of blanks is no change.
pub fn fingerprint(clause: &Clause) -> String {
    let words: Vec<&str> = clause.text.split_whitespace().collect();
    sha256(words.join(" ").as_bytes()).chars().take(12).collect()
}

/// Says whether a clause has other words than those somebody looked at; nothing is suspect where nobody keeps count.
pub fn is_suspect(model: &Model, clause: &Clause) -> bool {
    let Some(reviewed) = &model.rules.reviewed else { return false };
    let seen = reviewed.iter().find(|(id, _)| id.value == clause.id.value);
    seen.is_none_or(|(_, print)| *print != fingerprint(clause))
}

/// Returns `reviewed.yaml` after somebody has looked at these clauses, or at all of them.
pub fn reviewed(
    agreement: &Agreement,
    before: Option<&Vec<(crate::source::Spanned<String>, String)>>,
    looked: Option<&[String]>,
) -> String {
    let mut out = String::from(
        "# Hvilken ordlyd af hvert led i aftalen nogen har set på. Skrives af vedtaegt coverage --reviewed og --accept.\nreviewed:\n",
    );
    for clause in &agreement.clauses {
        let id = &clause.id.value;
        let old =
            before.and_then(|list| list.iter().find(|(seen, _)| seen.value == *id)).map(|(_, print)| print.clone());
        let print = match looked {
            Some(ids) if !ids.contains(id) => old,
            _ => Some(fingerprint(clause)),
        };
        if let Some(print) = print {
            out += &format!("  {}: \"{print}\"\n", serde_json::Value::from(id.as_str()));
        }
    }
    out
}
