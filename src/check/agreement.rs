//! Every rule rests on a clause or a decision, and every clause of the agreement is discharged.

use crate::diag::{Code, Findings};
use crate::model::{Model, OpWhat};
use crate::report;
use crate::source::Span;
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    // Without an agreement, each change is its own decision.
    let required = !model.rules.agreement.clauses.is_empty();
    let mut used: BTreeMap<&str, Span> = BTreeMap::new();
    let mut without: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for op in &model.operations {
        let change = model.rules.changes.get(op.change);
        // A transitional provision rests on what its transfer rests on.
        let own = !matches!(op.what, OpWhat::Transition(..));
        if required && op.basis.is_empty() && own && change.is_some_and(|c| c.amendment.is_none()) {
            without.entry(op.change).or_default().push(op.span);
        }
        for clause in &op.basis {
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
            for clause in basis {
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
    }
}
