//! The procedure the law prescribes: two readings, six days, effect after both, approvals, notice.

use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic, Findings};
use crate::document::units::units;
use crate::lang::danish;
use crate::model::{Model, OpWhat};
use crate::report;
use crate::rules::read::nearest;
use crate::rules::{ApprovalStatus, ChangeRule, Decision, Effect, OwnerRule, PartRule, TransferRule};
use std::collections::BTreeSet;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    readings(model, findings);
    effects(model, findings);
    transitions(model, findings);
    amendments(model, findings);
    editions(model, findings);
    approvals(model, findings);
    for approval in &model.rules.bylaw.approvals {
        if approval.status != ApprovalStatus::Given {
            report!(
                findings,
                Code::ApprovalMissing,
                approval.id.span,
                name = approval.subject,
                value = approval.status.word(),
                period = approval.period,
            );
        }
    }
}

/// L1: two readings, at least six days apart.
fn readings(model: &Model, findings: &mut Findings) {
    let find = |n: i64| model.rules.readings.iter().find(|r| r.number.value == n);
    let (Some(first), Some(second)) = (find(1), find(2)) else {
        let span = model.rules.readings.first().map(|r| r.span);
        // A city that has not written a change yet has nothing to read.
        if model.rules.changes.iter().all(|c| c.edition.is_some()) {
            return;
        }
        report!(findings, Code::ReadingsMissing, span, count = model.rules.readings.len());
        return;
    };
    for reading in model.rules.readings.iter().filter(|r| !(1..=2).contains(&r.number.value)) {
        report!(
            findings,
            Code::BadValue,
            reading.number.span,
            key = "number",
            value = reading.number.value,
            allowed = "1, 2"
        );
    }
    let days = first.date.value.until(second.date.value).map_or(0, |span| span.get_days());
    let (from, to) = (danish::date(first.date.value), danish::date(second.date.value));
    if days < 0 {
        report!(findings, Code::ReadingsTooClose, second.date.span, reason = "order", from = from, to = to);
    } else if days == 1 {
        report!(findings, Code::ReadingsTooClose, second.date.span, reason = "one-day", from = from, to = to);
    } else if days < 6 {
        report!(findings, Code::ReadingsTooClose, second.date.span, count = days, from = from, to = to);
    } else if days == 6 {
        report!(findings, Code::ReadingsExactlySix, second.date.span, from = from, to = to);
    }
}

/// L3: nothing takes effect before the second reading, and what begins with a term is decided before it is constituted.
fn effects(model: &Model, findings: &mut Findings) {
    let Some(second) = model.rules.readings.iter().find(|r| r.number.value == 2) else { return };
    let mut seen = BTreeSet::new();
    for (_, op) in model.proposed() {
        let Some(date) = op.effect.date() else { continue };
        let change = model.rules.changes.get(op.change);
        let own = match &op.what {
            OpWhat::Transfer(transfer) => transfer.effect.as_ref(),
            OpWhat::Provision(provision) => provision.effect.as_ref(),
            _ => None,
        };
        let span = own.or(change.and_then(|c| c.effect.as_ref())).map_or(op.span, |e| e.span);
        if date < second.date.value && seen.insert((span, date)) {
            let to = danish::date(second.date.value);
            let change = change.map_or("", |c| c.id.value.as_str());
            report!(findings, Code::EffectBeforeReading, span, change = change, date = danish::date(date), to = to);
        }
        let Some(term) = &model.rules.term else { continue };
        if matches!(op.what, OpWhat::Create(_) | OpWhat::Abolish(_)) && date != term.begins.value {
            report!(findings, Code::MidTermCommittees, op.span, date = danish::date(date));
        }
    }
    if let Some(term) = &model.rules.term
        && model.proposed().any(|(_, op)| op.effect.date() == Some(term.begins.value))
        && second.date.value > term.constituting_meeting.value
    {
        let (date, to) = (danish::date(second.date.value), danish::date(term.constituting_meeting.value));
        report!(findings, Code::AfterConstituting, second.date.span, date = date, to = to);
    }
}

/// What moves later than the rest, or at no date yet, is told of in a transitional provision: nothing else in the text
/// says who has the task until then. One provision is enough for what a change moves at the same time.
fn transitions(model: &Model, findings: &mut Findings) {
    let first = model.proposed().filter_map(|(_, op)| op.effect.date()).min();
    let adopted = model.amendments(model.last_reading());
    let mut told = BTreeSet::new();
    for (_, op) in model.proposed() {
        let OpWhat::Transfer(TransferRule { transition: Some(transition), .. }) = &op.what else { continue };
        let date = op.effect.date();
        let words = match &op.effect {
            Effect::Latest(_) => transition.latest.as_ref().or(transition.dated.as_ref()),
            _ if date.is_some() => transition.dated.as_ref(),
            _ => transition.undated.as_ref(),
        };
        if words.is_some() {
            told.insert((op.change, date));
        }
    }
    for (_, op) in model.proposed() {
        let OpWhat::Transfer(transfer) = &op.what else { continue };
        let Some(change) = model.rules.changes.get(op.change) else { continue };
        let waits = match &op.effect {
            Effect::On(_) => false,
            Effect::Decided(date, _) => Some(*date) > first,
            Effect::Latest(date) => Some(*date) > first,
            Effect::Towards(_) | Effect::When(_) => change.effect.is_some() || transfer.effect.is_some(),
        };
        let counts = change.amendment.is_none() || adopted.contains(change.id.value.as_str());
        let listed = model.task(&transfer.task.value).is_some_and(|t| t.listed);
        if waits && counts && listed && told.insert((op.change, op.effect.date())) {
            let (span, task) = (transfer.task.span, &transfer.task.value);
            match op.effect.date() {
                Some(date) => {
                    report!(findings, Code::LateWithoutTransition, span, task = task, date = danish::date(date));
                }
                None => report!(findings, Code::LateWithoutTransition, span, task = task),
            }
        }
    }
}

/// L2: what was moved between the readings is listed with what became of it.
fn amendments(model: &Model, findings: &mut Findings) {
    let rules = &model.rules;
    let known: Vec<&str> = rules.changes.iter().filter(|c| is_new(c)).map(|c| c.id.value.as_str()).collect();
    let mut named = BTreeSet::new();
    let mut unknown = false;
    for reading in &rules.readings {
        for id in &reading.amendments {
            named.insert(id.value.clone());
            let change = model.change(&id.value);
            match change.filter(|c| c.edition.is_none()).and_then(|c| c.amendment.as_ref().map(|info| (c, info))) {
                Some((change, info)) => {
                    if info.decision == Decision::Open {
                        let place = change.id.span;
                        findings
                            .push(Diagnostic::new(Code::AmendmentUndecided, place).arg("id", &id.value).other(id.span));
                    }
                    if reading.number.value == 1 {
                        report!(findings, Code::AmendmentNotRead, id.span, id = id.value, reason = "at-first");
                    }
                }
                None => {
                    unknown = true;
                    let name = nearest(&id.value, &known).unwrap_or_default();
                    let reason = if change.is_some() { "no-amendment" } else { "" };
                    report!(findings, Code::UnknownChange, id.span, id = id.value, name = name, reason = reason);
                }
            }
        }
    }
    // One that is listed by a wrong name, or has no reading to be listed at, is reported as such.
    if unknown || rules.readings.len() < 2 {
        return;
    }
    for change in rules.changes.iter().filter(|c| is_new(c)) {
        if let Some(info) = &change.amendment
            && info.decision == Decision::Adopted
            && !named.contains(&change.id.value)
        {
            report!(findings, Code::AmendmentNotRead, change.id.span, id = change.id.value, reason = "at-none");
        }
    }
}

/// L9: an approval covers the term in which what rests on it takes effect, and nothing rests on one that is not listed.
fn approvals(model: &Model, findings: &mut Findings) {
    let approvals = &model.rules.bylaw.approvals;
    if let Some(term) = &model.rules.term {
        let year = i64::from(term.begins.value.year());
        for approval in approvals.iter().filter(|a| a.status == ApprovalStatus::Given) {
            let years: Vec<i64> = approval.period.split(['-', '–']).filter_map(|y| y.trim().parse().ok()).collect();
            let covers = matches!(years.as_slice(), [from, to] if (*from..=*to).contains(&year)) || years == [year];
            if !covers {
                let (name, period) = (&approval.subject, &approval.period);
                let date = danish::den(term.begins.value);
                report!(findings, Code::ApprovalPeriod, approval.id.span, name = name, period = period, date = date);
            }
        }
    }
    for task in &model.rules.tasks {
        let audit = |o: &OwnerRule| matches!(o, OwnerRule::Council(basis) if basis.contains("65 c"));
        let own = task.parts.iter().filter_map(|p| p.owner.as_ref()).find(|o| audit(&o.value));
        let (Some(owner), Some(section)) = (own, &task.stated_in) else { continue };
        let listed = approvals.iter().flat_map(|a| &a.provisions).any(|p| p.value == section.value);
        if !listed {
            report!(findings, Code::ApprovalUnlisted, owner.span, task = task.id.value, id = section.value);
        }
    }
}

/// § 65 e: the § that places the citizens' adviser outside the committees lays down its function: guidance of citizens and
/// supervision of the administration. Looked at in every version, since a change may take the words away.
pub(super) fn adviser(model: &Model, compiled: &Compiled, findings: &mut Findings) {
    for task in &model.rules.tasks {
        let outside = |p: &PartRule| {
            let owner = compiled.state.owner(&task.id.value, &p.id.value);
            matches!(owner, Some(crate::model::Owner::Council { basis }) if basis.contains("65 e"))
        };
        let Some(section) = task.stated_in.as_ref().filter(|_| task.parts.iter().any(outside)) else { continue };
        let own = units(&compiled.bylaw).into_iter().filter(|u| u.section.0 == section.value);
        let words: Vec<(String, String)> =
            own.map(|u| (u.text.to_plain().to_lowercase(), u.address.section.clone().unwrap_or_default())).collect();
        let Some((_, number)) = words.first() else { continue };
        let says = |stems: &[&str]| words.iter().any(|(text, _)| stems.iter().any(|stem| text.contains(stem)));
        let reason = match (says(&["vejled", " rådgiv"]), says(&["tilsyn"])) {
            (true, true) => continue,
            (false, _) => "no-guidance",
            (true, false) => "no-supervision",
        };
        report!(findings, Code::AdviserFunction, section.span, found = format!("§ {number}"), reason = reason);
    }
}

/// L13: Ankestyrelsen is told of what was adopted, and residents can read it.
fn editions(model: &Model, findings: &mut Findings) {
    for edition in &model.rules.editions {
        let reason = match (&edition.notified, &edition.published) {
            (Some(_), Some(_)) => continue,
            (None, Some(_)) => "notify",
            (Some(_), None) => "publish",
            (None, None) => "notify-publish",
        };
        let date = danish::den(edition.adopted.value);
        report!(findings, Code::NotifyAndPublish, edition.id.span, date = date, reason = reason);
    }
}

/// Says whether a file is an amendment to what is proposed now.
fn is_new(change: &ChangeRule) -> bool {
    change.amendment.is_some() && change.edition.is_none()
}
