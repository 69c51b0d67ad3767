//! No id is given twice: the last one must not win silently.

use crate::diag::{Code, Diagnostic, Findings};
use crate::model::{Model, Node, NodeKind, OpWhat, inserted_id};
use crate::rules::{Inserted, ProvisionChange};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    let rules = &model.rules;
    let owners = rules.committees.iter().map(|c| &c.id);
    unique(owners.chain(rules.special.iter().map(|b| &b.id)).chain(rules.bodies.iter().map(|b| &b.id)), findings);
    for committee in &rules.committees {
        unique(committee.names.iter().map(|n| &n.id), findings);
    }
    unique(rules.tasks.iter().map(|t| &t.id), findings);
    for task in &rules.tasks {
        unique(task.parts.iter().map(|p| &p.id).chain(task.letters.iter().filter_map(|l| l.id.as_ref())), findings);
    }
    unique(rules.changes.iter().map(|c| &c.id), findings);
    unique(rules.changes.iter().flat_map(|c| &c.obligations).map(|o| &o.id), findings);
    unique(rules.agreement.clauses.iter().map(|c| &c.id), findings);
    unique(rules.agreement.open_questions.iter().map(|q| &q.id), findings);
    unique(rules.documents.iter().map(|d| &d.id), findings);
    unique(rules.bylaw.approvals.iter().map(|a| &a.id), findings);
    numbers(rules.agreement.areas.iter().map(|a| &a.number), findings);
    numbers(rules.readings.iter().map(|r| &r.number), findings);
    nodes(model, findings);
}

fn unique<'a>(ids: impl Iterator<Item = &'a Spanned<String>>, findings: &mut Findings) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for id in ids {
        twice(&mut seen, &id.value, id.span, findings);
    }
}

fn numbers<'a>(ids: impl Iterator<Item = &'a Spanned<i64>>, findings: &mut Findings) {
    let texts: Vec<Spanned<String>> = ids.map(|n| Spanned::new(n.value.to_string(), n.span)).collect();
    unique(texts.iter(), findings);
}

fn twice<'a>(seen: &mut BTreeMap<&'a str, Span>, id: &'a str, span: Span, findings: &mut Findings) {
    match seen.get(id) {
        Some(first) => findings.push(Diagnostic::new(Code::DuplicateId, span).arg("id", id).other(*first)),
        None => {
            seen.insert(id, span);
        }
    }
}

/// Every node of the provisions, those that changes insert included, has an id of its own.
fn nodes(model: &Model, findings: &mut Findings) {
    let mut trees: Vec<Node> = model.rules.chapters.iter().map(Node::chapter).collect();
    let mut extra: Vec<Spanned<String>> = model.rules.preamble.iter().map(|(id, _)| id.clone()).collect();
    for (_, op) in model.live() {
        match &op.what {
            OpWhat::Provision(p) => {
                let ProvisionChange::Insert(place, what) = &p.what else { continue };
                let own = match what {
                    Inserted::Section(rule) => {
                        trees.push(Node::section(rule, None));
                        None
                    }
                    Inserted::Subsection(rule) => rule.id.as_ref(),
                    Inserted::Point(rule) => rule.id.as_ref(),
                    Inserted::Letter(rule) => rule.id.as_ref(),
                };
                if let (Some(own), Some(id)) = (own, inserted_id(place, what)) {
                    extra.push(Spanned::new(id, own.span));
                }
            }
            OpWhat::Transition(rule, _, _) => {
                if let Some(section) = &model.rules.bylaw.transitional {
                    extra.push(Spanned::new(format!("{}/{}", section.value, rule.id.value), rule.id.span));
                }
            }
            _ => {}
        }
    }
    remits(&trees, findings);
    let mut seen = BTreeMap::new();
    for tree in &trees {
        tree.walk(&mut |node| {
            // Nothing points at a list of tasks; that there is only one of a group is checked with the remits.
            if !matches!(node.kind, NodeKind::Tasks(..)) {
                twice(&mut seen, &node.id, node.id_span, findings);
            }
        });
    }
    for id in &extra {
        twice(&mut seen, &id.value, id.span, findings);
    }
}

/// No list of a remit is there twice from the start.
fn remits(trees: &[Node], findings: &mut Findings) {
    let mut seen = BTreeMap::new();
    for tree in trees.iter().filter(|t| t.kind == NodeKind::Chapter) {
        tree.walk(&mut |node| {
            let NodeKind::Tasks(committee, group) = &node.kind else { return };
            match seen.get(&(committee, group)) {
                None => {
                    seen.insert((committee, group), node.id_span);
                }
                Some(first) => findings.push(
                    Diagnostic::new(Code::DuplicateId, node.id_span)
                        .arg("id", committee)
                        .arg("name", "remit")
                        .other(*first),
                ),
            }
        });
    }
}
