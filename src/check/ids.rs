//! No id is given twice: the last one must not win silently.

use crate::diag::{Code, Diagnostic, Findings};
use crate::model::{Model, Node, NodeKind, OpWhat};
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
    for op in &model.operations {
        match &op.what {
            OpWhat::Provision(p) => {
                if let ProvisionChange::Insert(place, Inserted::Subsection(rule)) = &p.what
                    && let Some(id) = &rule.id
                {
                    let parent = place.node.value.split('/').next().unwrap_or("");
                    extra.push(Spanned::new(format!("{parent}/{}", id.value), id.span));
                }
                if let ProvisionChange::Insert(_, Inserted::Section(rule)) = &p.what {
                    trees.push(Node::section(rule, None));
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
    let mut seen = BTreeMap::new();
    for tree in &trees {
        tree.walk(&mut |node| {
            // Nothing points at a list of tasks; that there is only one of a group is checked with the remits.
            if !matches!(node.kind, NodeKind::Tasks(..)) {
                twice(&mut seen, &node.id, node.span, findings);
            }
        });
    }
    for id in &extra {
        twice(&mut seen, &id.value, id.span, findings);
    }
}
