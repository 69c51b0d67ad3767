//! Every rule rests on a clause or a decision, and every clause of the agreement is discharged.

use crate::diag::{Code, Findings};
use crate::lang::danish;
use crate::model::{Model, OpWhat};
use crate::output::coverage::is_suspect;
use crate::report;
use crate::source::Span;
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    // Without an agreement, each change is its own decision.
    let required = !model.rules.agreement.clauses.is_empty();
    let mut used: BTreeMap<&str, Span> = BTreeMap::new();
    let mut without: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    let amendments = model.amendments(model.last_reading());
    for (_, op) in model.live() {
        let change = model.rules.changes.get(op.change);
        // A transitional provision rests on what its transfer rests on.
        let own = !matches!(op.what, OpWhat::Transition(..));
        if required && op.basis.is_empty() && own && change.is_some_and(|c| c.amendment.is_none()) {
            without.entry(op.change).or_default().push(op.span);
        }
        // What was not adopted discharges nothing.
        let counts = change.is_some_and(|c| model.counts(c, &amendments));
        for clause in op.basis.iter().filter(|_| counts) {
            used.entry(&clause.value).or_insert(clause.span);
        }
    }
    for (change, spans) in &without {
        let Some(change) = model.rules.changes.get(*change) else { continue };
        // When several lack it, it is the file's own that is missing.
        let place = if let [only] = spans.as_slice() { *only } else { change.id.span };
        report!(findings, Code::OpWithoutBasis, place, change = change.id.value);
    }
    for change in &model.rules.changes {
        for obligation in &change.obligations {
            let basis = if obligation.basis.is_empty() { &change.basis } else { &obligation.basis };
            if required && basis.is_empty() && change.amendment.is_none() {
                report!(findings, Code::OpWithoutBasis, obligation.id.span, change = change.id.value);
            }
            let counts = model.counts(change, &amendments);
            for clause in basis.iter().filter(|_| counts) {
                used.entry(&clause.value).or_insert(clause.span);
            }
        }
    }
    for clause in &model.rules.agreement.clauses {
        match (used.get(clause.id.value.as_str()), &clause.no_effect) {
            // A basis that is misspelt is reported as such.
            (None, None) if findings.contains(Code::UnknownClause) => {}
            (None, None) => report!(findings, Code::ClauseUndischarged, clause.id.span, clause = clause.id.value),
            (Some(place), Some(reason)) => {
                let diagnostic =
                    crate::diag::Diagnostic::new(Code::ClauseTwice, reason.span).arg("clause", &clause.id.value);
                findings.push(diagnostic.other(*place));
            }
            _ => {}
        }
        if is_suspect(model, clause) {
            let rests = rests_on(model, &clause.id.value);
            let id = &clause.id.value;
            report!(findings, Code::ClauseSuspect, clause.id.span, clause = id, found = danish::join(&rests));
        }
    }
}

/// Lists the changes and obligations that rest on a clause, by their ids.
fn rests_on(model: &Model, clause: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        if !out.iter().any(|known| known == id) {
            out.push(id.to_string());
        }
    };
    for change in &model.rules.changes {
        let own =
            model.operations.iter().filter(|op| model.rules.changes.get(op.change).is_some_and(|c| c.id == change.id));
        if own.flat_map(|op| &op.basis).any(|b| b.value == clause) {
            add(&change.id.value);
        }
        for obligation in &change.obligations {
            let basis = if obligation.basis.is_empty() { &change.basis } else { &obligation.basis };
            if basis.iter().any(|b| b.value == clause) {
                add(&obligation.id.value);
            }
        }
    }
    out
}
