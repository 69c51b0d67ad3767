//! The shape the law fixes: sizes, the økonomiudvalg, a remit for each committee, §§ with numbers of their own.

use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic, Findings};
use crate::model::{Model, Moment, Node, NodeKind, OpWhat};
use crate::report;
use crate::rules::{Committee, CommitteeKind, CouncilSize, Form, Inserted, Numbering, ProvisionChange};
use crate::source::Span;
use std::collections::BTreeMap;

pub(super) fn check_sizes(model: &Model, findings: &mut Findings) {
    let bylaw = &model.rules.bylaw;
    let members = bylaw.members.value;
    let (low, high) = match bylaw.size {
        CouncilSize::Ordinary => (9, 31),
        CouncilSize::Over20000 => (19, 31),
        CouncilSize::Copenhagen => (1, 55),
    };
    if members % 2 == 0 || members < low || members > high {
        report!(findings, Code::CouncilSize, bylaw.members.span, count = members, from = low, limit = high);
    }
    let half = members / 2;
    for committee in &model.rules.committees {
        let size = committee.members.value;
        if size < 1 || size % 2 == 0 || size > half {
            let span = committee.members.span;
            report!(
                findings,
                Code::CommitteeSize,
                span,
                committee = committee.id.value,
                count = size,
                reason = "odd",
                limit = half
            );
        }
    }
    for body in &model.rules.special {
        if let Some(size) = &body.members
            && (size.value < 1 || size.value > members)
        {
            let span = size.span;
            report!(
                findings,
                Code::CommitteeSize,
                span,
                committee = body.id.value,
                count = size.value,
                reason = "most",
                limit = members
            );
        }
    }
    finance(model, findings);
}

/// L5: there is one økonomiudvalg; in § 65 cities every chair of a standing committee sits in it.
fn finance(model: &Model, findings: &mut Findings) {
    let form = model.rules.bylaw.form;
    let finance: Vec<_> = model.rules.committees.iter().filter(|c| c.kind == CommitteeKind::Finance).collect();
    if form == Form::Magistrat {
        let (span, reason) = (model.rules.bylaw.form_span, "magistrat");
        report!(findings, Code::FormOfGovernment, span, value = "magistrat", reason = reason);
        return;
    }
    let [only] = finance.as_slice() else {
        let span = finance.get(1).map(|c| c.id.span);
        report!(findings, Code::FinanceCommittee, span, count = finance.len(), reason = "count");
        return;
    };
    // One that is created by a change nobody knows is reported as such.
    let comes_later = |c: &Committee| c.created_by.as_ref().is_some_and(|by| model.change(&by.value).is_some());
    let standing =
        model.rules.committees.iter().filter(|c| c.kind == CommitteeKind::Standing && !comes_later(c)).count() as i64;
    match &only.composition {
        Some(c) => {
            let sum = c.council_chair.saturating_add(c.chairs).saturating_add(c.elected);
            if sum != only.members.value {
                report!(
                    findings,
                    Code::FinanceCommittee,
                    c.span,
                    count = sum,
                    expected = only.members.value,
                    reason = "sum"
                );
            }
            if form == Form::Mellemformstyre && (c.council_chair != 1 || c.chairs != standing) {
                report!(
                    findings,
                    Code::FinanceCommittee,
                    c.span,
                    count = c.chairs,
                    expected = standing,
                    reason = "chairs"
                );
            }
        }
        None if form == Form::Mellemformstyre => {
            report!(findings, Code::FinanceCommittee, only.id.span, expected = standing, reason = "composition");
        }
        None => {}
    }
}

pub(super) fn check_version(model: &Model, compiled: &Compiled, findings: &mut Findings) {
    remits(model, compiled, findings);
    section_numbers(compiled, findings);
    for task in &model.rules.tasks {
        if let Some(section) = &task.stated_in
            && !matches!(compiled.version.moment, Moment::InForce | Moment::Origin)
            && !compiled.state.has(&section.value)
        {
            report!(findings, Code::UnknownNode, section.span, id = section.value);
        }
    }
    for approval in &model.rules.bylaw.approvals {
        for node in approval.provisions.iter().filter(|n| !compiled.state.has(&n.value)) {
            report!(findings, Code::UnknownNode, node.span, id = node.value);
        }
    }
}

/// L6: committees and remits correspond one to one.
fn remits(model: &Model, compiled: &Compiled, findings: &mut Findings) {
    let mut found: BTreeMap<String, Span> = BTreeMap::new();
    let mut lists: BTreeMap<(String, Option<String>), Span> = BTreeMap::new();
    compiled.state.walk(&mut |node| {
        let NodeKind::Tasks(committee, group) = &node.kind else { return };
        found.insert(committee.clone(), node.id_span);
        if let Some(first) = lists.insert((committee.clone(), group.clone()), node.id_span) {
            let diagnostic = Diagnostic::new(Code::DuplicateId, node.id_span).arg("id", committee).arg("name", "remit");
            findings.push(diagnostic.other(first));
        }
        if !compiled.state.committees.iter().any(|(id, _)| id == committee) && model.committee(committee).is_some() {
            report!(findings, Code::RemitWithoutCommittee, node.id_span, committee = committee);
        }
    });
    for (id, _) in &compiled.state.committees {
        let span = model.committee(id).map(|c| c.id.span);
        if !found.contains_key(id) {
            // Under a magistrate a committee may be advisory only.
            let advisory = model.rules.bylaw.form == Form::Magistrat;
            if advisory && compiled.state.remits.get(id).is_none_or(Vec::is_empty) {
                continue;
            }
            report!(findings, Code::MissingRemit, span, committee = id);
        } else if compiled.state.remits.get(id).is_none_or(Vec::is_empty) {
            report!(findings, Code::EmptyRemit, span, committee = id);
        }
    }
}

/// Every chapter and § has a number that can be cited; says whether they do.
pub(super) fn check_numbers(model: &Model, findings: &mut Findings) -> bool {
    let mut trees: Vec<Node> = model.rules.chapters.iter().map(Node::chapter).collect();
    for (_, op) in model.live() {
        if let OpWhat::Provision(p) = &op.what
            && let ProvisionChange::Insert(_, Inserted::Section(rule)) = &p.what
        {
            trees.push(Node::section(rule, None));
        }
    }
    let keep = model.rules.bylaw.numbering == Numbering::Keep;
    let mut good = true;
    for tree in &trees {
        tree.walk(&mut |node| {
            let number = &node.number;
            let allowed = match node.kind {
                NodeKind::Section if number.value.is_empty() && keep => {
                    report!(findings, Code::MissingKey, node.id_span, key = "number", name = "@section");
                    good = false;
                    return;
                }
                NodeKind::Section if keep && !is_section_number(&number.value) => "»14«, »7 a«",
                NodeKind::Chapter if !is_chapter_number(&number.value) => "»3«, »3 a«, »III«",
                _ => return,
            };
            good = false;
            report!(findings, Code::BadValue, number.span, key = "number", value = number.value, allowed = allowed);
        });
    }
    good
}

/// No two §§ have one number; of two, the one that a change brings is the mistake.
fn section_numbers(compiled: &Compiled, findings: &mut Findings) {
    let mut seen: BTreeMap<&str, &Node> = BTreeMap::new();
    compiled.state.walk(&mut |node| {
        if node.kind != NodeKind::Section {
            return;
        }
        if let Some(first) = seen.insert(node.number.value.as_str(), node) {
            let (new, old) = if first.op.is_some() && node.op.is_none() { (first, node) } else { (node, first) };
            let diagnostic = Diagnostic::new(Code::DuplicateNumber, new.number.span);
            let diagnostic = diagnostic.arg("found", format!("§ {}", new.number.value));
            findings.push(diagnostic.other(old.number.span));
        }
    });
}

fn is_chapter_number(text: &str) -> bool {
    text.is_empty() || is_section_number(text) || text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

fn is_section_number(text: &str) -> bool {
    let (digits, suffix) = text.split_once(' ').unwrap_or((text, "a"));
    (1..=4).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
        && (1..=2).contains(&suffix.chars().count())
        && suffix.chars().all(char::is_lowercase)
}
