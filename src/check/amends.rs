//! No text is written twice on one day: the last one must not win silently. An amendment may write over a change.

use crate::diag::{Code, Diagnostic, Findings};
use crate::lang::danish;
use crate::model::{Model, OpWhat};
use crate::report;
use crate::rules::ProvisionChange;
use crate::source::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Is what may be written once: by an edition, by an amendment, of a node, a text, on a day.
type Written<'a> = (Option<usize>, Option<&'a str>, &'a str, &'a str, Date);

pub(super) fn check(model: &Model, findings: &mut Findings) {
    let adopted = model.amendments(model.last_reading());
    let mut seen: BTreeMap<Written<'_>, Span> = BTreeMap::new();
    for (_, op) in model.live() {
        let (OpWhat::Provision(provision), Some(date)) = (&op.what, op.effect.date()) else { continue };
        let ProvisionChange::Amend(id, amend) = &provision.what else { continue };
        let Some(change) = model.rules.changes.get(op.change).filter(|c| model.counts(c, &adopted)) else { continue };
        // Two amendments that exclude each other are reported as such.
        let by = change.amendment.as_ref().map(|_| change.id.value.as_str());
        let keys = [
            ("text", amend.text.is_some()),
            ("heading", amend.heading.is_some()),
            ("field", amend.field.is_some()),
            ("formula", amend.formula.is_some()),
        ];
        for (key, _) in keys.into_iter().filter(|(_, there)| *there) {
            if let Some(first) = seen.insert((change.edition, by, id.value.as_str(), key, date), id.span) {
                let diagnostic = Diagnostic::new(Code::StaleAmend, id.span).arg("id", &id.value);
                let diagnostic = diagnostic.arg("date", danish::den(date)).arg("reason", "amended-twice");
                findings.push(diagnostic.other(first));
            }
        }
    }
    states(model, findings);
}

/// Every operation finds what it works on, in every version.
fn states(model: &Model, findings: &mut Findings) {
    for version in model.versions() {
        let state = model.state(version, findings);
        // The § named for transitional provisions may be new, but it must come.
        if let Some(section) = &model.rules.bylaw.transitional
            && version.moment == crate::model::Moment::Adopted
            && version.reading == model.last_reading()
            && !state.has(&section.value)
            && !findings.has_errors()
        {
            report!(findings, Code::UnknownNode, section.span, id = section.value);
        }
    }
}
