//! Every part of every task has exactly one owner at every instant, and one that the law allows.

use crate::diag::{Code, Findings};
use crate::lang::danish;
use crate::model::{Life, Model, Owner, Tenure};
use crate::report;
use crate::rules::{CommitteeKind, TaskRule, Wording, wording};
use crate::source::Span;
use jiff::civil::Date;
use std::collections::BTreeSet;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    let mut done = BTreeSet::new();
    for reading in std::iter::once(0).chain(model.rules.readings.iter().map(|r| r.number.value)) {
        // Readings with the same amendments have the same owners.
        if !done.insert(model.amendments(reading)) {
            continue;
        }
        let ownership = model.ownership(reading, findings);
        let lives = model.lives(reading);
        for (key, tenures) in &ownership.tenures {
            let Some(task) = model.task(&key.task) else { continue };
            let place = task.parts.iter().find(|p| p.id.value == key.part).map_or(task.span, |p| p.id.span);
            intervals(tenures, &key.task, key.named(), place, findings);
            for tenure in tenures {
                if let Owner::Committee(id) = &tenure.owner {
                    let lives = (lives.committee(id), lives.task(&key.task));
                    in_force(model, tenure, lives, &key.task, place, findings);
                }
                reserved(model, task, tenure, place, findings);
                outside(task, tenure, place, findings);
            }
        }
    }
}

/// The intervals must follow each other without gap, overlap or emptiness: each begins where the one before ends.
fn intervals(tenures: &[Tenure], task: &str, part: &str, place: Span, findings: &mut Findings) {
    let mut end: Option<Option<Date>> = None;
    for tenure in tenures {
        if let (Some(from), Some(to)) = (tenure.from, tenure.to)
            && to <= from
        {
            report!(findings, Code::EmptyInterval, place, task = task, part = part, from = from, to = to);
        }
        match end {
            None if tenure.from.is_some() => {
                report!(findings, Code::NoOwner, place, task = task, part = part);
            }
            Some(None) => report!(findings, Code::TwoOwners, place, task = task, part = part),
            Some(Some(last)) => match tenure.from {
                Some(from) if from > last => {
                    report!(findings, Code::NoOwner, place, task = task, part = part, from = last, to = from);
                }
                Some(from) if from == last => {}
                _ => report!(findings, Code::TwoOwners, place, task = task, part = part, date = last),
            },
            None => {}
        }
        end = Some(tenure.to);
    }
    if end.flatten().is_some() {
        report!(findings, Code::NoOwner, place, task = task, part = part);
    }
}

/// A committee owns nothing before it is created or after it is abolished; a task has no owner to miss while it is none.
fn in_force(
    model: &Model,
    tenure: &Tenure,
    (own, task): (Life, Life),
    name: &str,
    place: Span,
    findings: &mut Findings,
) {
    let (from, to) = task.within(tenure.from, tenure.to);
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        return;
    }
    let span = tenure.op.and_then(|op| model.operation(op)).map_or(place, |op| op.span);
    let owner = model.owner_name(&tenure.owner);
    if let Some(begins) = own.begins
        && from.is_none_or(|from| from < begins)
    {
        let date = from.map_or_else(String::new, danish::den);
        report!(findings, Code::OwnerNotInForce, span, task = name, owner = owner, date = date);
    }
    if let Some(ends) = own.ends
        && to.is_none_or(|to| to > ends)
    {
        report!(findings, Code::OwnerNotInForce, span, task = name, owner = owner, date = danish::den(ends));
    }
}

/// § 18, stk. 3: kasse- og regnskabsvæsen and løn- og personaleforhold stay with the økonomiudvalg.
fn reserved(model: &Model, task: &TaskRule, tenure: &Tenure, place: Span, findings: &mut Findings) {
    let words = plain(&task.wording).to_lowercase();
    let by_words = ["kasse- og regnskabsvæsen", "løn- og personaleforhold"].iter().any(|w| words.contains(w));
    let finance = model.rules.committees.iter().any(|c| c.kind == CommitteeKind::Finance);
    if task.reserved.is_none() && !by_words || !finance {
        return;
    }
    let at_finance = matches!(&tenure.owner, Owner::Committee(id)
        if model.committee(id).is_none_or(|c| c.kind == CommitteeKind::Finance));
    if !at_finance {
        let span = tenure.op.and_then(|op| model.operation(op)).map_or(place, |op| op.span);
        report!(findings, Code::ReservedTask, span, task = task.id.value, owner = model.owner_name(&tenure.owner));
    }
}

/// What the council owns itself is stated in a § (L8a).
fn outside(task: &TaskRule, tenure: &Tenure, place: Span, findings: &mut Findings) {
    if matches!(tenure.owner, Owner::Council { .. }) && task.stated_in.is_none() {
        report!(findings, Code::MissingKey, place, key = "stated_in", task = task.id.value);
    }
}

fn plain(words: &Wording) -> String {
    words.pieces.iter().map(|p| if let wording::Piece::Text(t) = p { t.as_str() } else { "…" }).collect()
}
