//! Two amendments that cannot both be adopted are found: both change one place, or move one part.

use crate::diag::{Code, Diagnostic, Findings};
use crate::model::Model;
use crate::report;
use crate::rules::read::nearest;
use crate::rules::{ChangeRule, Decision, ProvisionChange};
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    let moved: Vec<&ChangeRule> = amendments(model).filter(|c| !is_out(c)).collect();
    alternatives(model, findings);
    for (i, first) in moved.iter().enumerate() {
        for second in moved.iter().skip(i + 1) {
            let common = common(first, second);
            let declared = declares(first, second) || declares(second, first);
            if common.is_none() && !declared {
                continue;
            }
            let both = is_adopted(first) && is_adopted(second);
            let code = match (both, declared) {
                (true, _) => Code::Conflict,
                (false, true) => continue,
                (false, false) => Code::UndeclaredAlternative,
            };
            let found = Diagnostic::new(code, first.id.span).arg("id", &first.id.value).arg("other", &second.id.value);
            findings.push(found.arg("name", common.unwrap_or_default()).other(second.id.span));
        }
    }
}

/// Walks the amendments to what is proposed now.
pub fn amendments(model: &Model) -> impl Iterator<Item = &ChangeRule> {
    model.rules.changes.iter().filter(|c| c.amendment.is_some() && c.edition.is_none())
}

fn is_out(change: &ChangeRule) -> bool {
    change.amendment.as_ref().is_some_and(|a| matches!(a.decision, Decision::Rejected | Decision::Lapsed))
}

fn is_adopted(change: &ChangeRule) -> bool {
    change.amendment.as_ref().is_some_and(|a| a.decision == Decision::Adopted)
}

/// Says whether an amendment names another as its alternative.
pub fn declares(change: &ChangeRule, other: &ChangeRule) -> bool {
    let named = change.amendment.iter().flat_map(|a| &a.alternatives);
    named.into_iter().any(|id| id.value == other.id.value)
}

/// Every alternative that is named is an amendment.
fn alternatives(model: &Model, findings: &mut Findings) {
    let known: Vec<&str> = amendments(model).map(|c| c.id.value.as_str()).collect();
    for id in amendments(model).flat_map(|c| &c.amendment).flat_map(|a| &a.alternatives) {
        if !known.contains(&id.value.as_str()) {
            let name = nearest(&id.value, &known).unwrap_or_default();
            report!(findings, Code::UnknownChange, id.span, id = id.value, name = name);
        }
    }
}

/// Returns what two amendments both change, as the rules name it.
pub fn common(first: &ChangeRule, second: &ChangeRule) -> Option<String> {
    let (a, b) = (claims(first), claims(second));
    for (place, keys) in &a {
        for (other, more) in &b {
            let below = |x: &str, y: &str| y.strip_prefix(x).is_some_and(|rest| rest.starts_with('/'));
            let gone = |keys: &[&str]| keys.contains(&"*");
            let same = place == other && (gone(keys) || gone(more) || keys.iter().any(|k| more.contains(k)));
            let inside = below(place, other) && gone(keys) || below(other, place) && gone(more);
            if same || inside {
                return Some(format!("»{}«", if place.len() > other.len() { place } else { other }));
            }
        }
    }
    for transfer in &first.transfers {
        for other in second.transfers.iter().filter(|t| t.task.value == transfer.task.value) {
            let all = transfer.parts.is_empty() || other.parts.is_empty();
            let part = transfer.parts.iter().find(|p| other.parts.iter().any(|o| o.value == p.value));
            let taken = transfer.from.iter().any(|f| other.from.iter().any(|o| o.value == f.value));
            if taken && (all || part.is_some()) {
                let part = part.map(|p| format!(" ({})", p.value)).unwrap_or_default();
                return Some(format!("»{}«{part}", transfer.task.value));
            }
        }
    }
    let rename = first.renames.iter().find(|r| second.renames.iter().any(|o| o.committee.value == r.committee.value));
    rename.map(|r| format!("»{}«", r.committee.value))
}

/// Returns the nodes an amendment changes and what of each; `*` for a node that goes.
fn claims(change: &ChangeRule) -> BTreeMap<&str, Vec<&'static str>> {
    let mut out: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for op in &change.provisions {
        match &op.what {
            ProvisionChange::Amend(id, amend) => {
                let keys = [
                    ("text", amend.text.is_some()),
                    ("heading", amend.heading.is_some()),
                    ("field", amend.field.is_some()),
                    ("formula", amend.formula.is_some()),
                ];
                let keys = keys.into_iter().filter(|(_, there)| *there).map(|(key, _)| key);
                out.entry(&id.value).or_default().extend(keys);
            }
            ProvisionChange::Repeal(id) => out.entry(&id.value).or_default().push("*"),
            ProvisionChange::Insert(..) => {}
        }
    }
    out
}
