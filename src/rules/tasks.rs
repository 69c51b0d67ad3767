//! `tasks.yaml`: every task, its wording, its parts and who owns each today.

use super::provisions::{LetterRule, letter};
use super::read::{Fields, text_of};
use super::wording::Wording;
use crate::diag::{Code, Findings};
use crate::report;
use crate::source::yaml::{Node, Value};
use crate::source::{Span, Spanned};

/// Says who owns something: a committee by its id, or the council itself on a basis.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerRule {
    /// A committee's id.
    Committee(String),
    /// The council, outside every committee, on this basis: `§ 65 e`.
    Council(String),
}

/// Is a part of a task.
#[derive(Clone, Debug)]
pub struct PartRule {
    /// Its id; for a task without parts, the task's own.
    pub id: Spanned<String>,
    /// Who owns it today; `None` if nobody is said to.
    pub owner: Option<Spanned<OwnerRule>>,
    /// How it is called alone.
    pub wording: Wording,
}

/// Says how an item reads for one who owns exactly these parts.
#[derive(Clone, Debug)]
pub struct Division {
    /// The parts' ids.
    pub parts: Vec<Spanned<String>>,
    /// The item's words.
    pub wording: Wording,
}

/// Is a task.
#[derive(Clone, Debug)]
pub struct TaskRule {
    /// Its permanent id.
    pub id: Spanned<String>,
    /// How the item reads for one who owns all of it.
    pub wording: Wording,
    /// Its parts, at least one.
    pub parts: Vec<PartRule>,
    /// How the item reads when it is divided.
    pub divided: Vec<Division>,
    /// Whether it is an item in a remit.
    pub listed: bool,
    /// The list of the remit it stands in, where a remit has several.
    pub group: Option<Spanned<String>>,
    /// The letters under the item of one who owns all of it.
    pub letters: Vec<LetterRule>,
    /// The change by which its item comes; `None`: it stands there today.
    pub created_by: Option<Spanned<String>>,
    /// The change by which its item goes.
    pub abolished_by: Option<Spanned<String>>,
    /// The paragraph that reserves it for the økonomiudvalg.
    pub reserved: Option<Spanned<String>>,
    /// The § that states it, for what the council owns.
    pub stated_in: Option<Spanned<String>>,
    /// Its KLE number.
    pub kle: String,
    /// What is assumed.
    pub assumption: String,
    /// Where it is written.
    pub span: Span,
}

impl TaskRule {
    /// Says whether the task is owned as one piece.
    pub fn is_whole(&self) -> bool {
        self.parts.len() == 1 && self.parts[0].id.value == self.id.value
    }
}

pub(super) fn read(node: &Node, findings: &mut Findings) -> Vec<TaskRule> {
    let mut tasks = Vec::new();
    if let Some(mut f) = Fields::new(node, "tasks.yaml", findings) {
        for node in f.list("tasks", findings) {
            tasks.extend(task(node, findings));
        }
        f.finish(findings);
    }
    tasks
}

pub(super) fn owner(node: &Node, findings: &mut Findings) -> Option<Spanned<OwnerRule>> {
    if let Value::Map(_) = node.value {
        let mut f = Fields::new(node, "owner", findings)?;
        let basis = f.required_text("council", findings);
        f.finish(findings);
        return Some(Spanned::new(OwnerRule::Council(basis?.value), node.span));
    }
    if let Value::Seq(nodes) = &node.value
        && let [first, second, ..] = nodes.as_slice()
        && let (Some(first), Some(second)) = (first.as_text(), second.as_text())
    {
        report!(findings, Code::TwoOwners, node.span, owner = first, other = second);
        return None;
    }
    let text = text_of(node, "owner", findings)?;
    Some(Spanned::new(OwnerRule::Committee(text.value), text.span))
}

fn task(node: &Node, findings: &mut Findings) -> Option<TaskRule> {
    let mut f = Fields::new(node, "task", findings)?;
    let id = f.required_id("id", findings);
    let wording = f.required_text("wording", findings).map(|t| Wording::parse(&t, findings));
    let whole_owner = f.node("owner").and_then(|n| owner(n, findings));
    let mut parts = Vec::new();
    for node in f.list("parts", findings) {
        parts.extend(part(node, whole_owner.as_ref(), findings));
    }
    let mut divided = Vec::new();
    for node in f.list("divided", findings) {
        divided.extend(division(node, findings));
    }
    let listed = f.bool("listed", findings).is_none_or(|b| b.value);
    let group = f.id("group", findings);
    let letters = f.list("letters", findings).into_iter().filter_map(|n| letter(n, findings)).collect();
    let created_by = f.id("created_by", findings);
    let abolished_by = f.id("abolished_by", findings);
    let reserved = f.text("reserved", findings);
    let stated_in = f.text("stated_in", findings);
    let kle = f.text("kle", findings).map(|s| s.value).unwrap_or_default();
    let assumption = f.text("assumption", findings).map(|s| s.value).unwrap_or_default();
    f.finish(findings);
    let (id, wording) = (id?, wording?);
    if parts.is_empty() {
        parts.push(PartRule { id: id.clone(), owner: whole_owner, wording: wording.clone() });
    }
    Some(TaskRule {
        id,
        wording,
        parts,
        divided,
        listed,
        group,
        letters,
        created_by,
        abolished_by,
        reserved,
        stated_in,
        kle,
        assumption,
        span: node.span,
    })
}

fn part(node: &Node, whole: Option<&Spanned<OwnerRule>>, findings: &mut Findings) -> Option<PartRule> {
    let mut f = Fields::new(node, "part", findings)?;
    let id = f.required_id("id", findings);
    let owner = f.node("owner").and_then(|n| owner(n, findings)).or_else(|| whole.cloned());
    let wording = f.required_text("wording", findings).map(|t| Wording::parse(&t, findings));
    f.finish(findings);
    Some(PartRule { id: id?, owner, wording: wording? })
}

fn division(node: &Node, findings: &mut Findings) -> Option<Division> {
    let mut f = Fields::new(node, "divided", findings)?;
    let parts = f.texts("parts", findings);
    let wording = f.required_text("wording", findings).map(|t| Wording::parse(&t, findings));
    f.finish(findings);
    Some(Division { parts, wording: wording? })
}
