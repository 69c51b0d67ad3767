//! What moves, as people tell it: everything between the same two owners on the same day in one go.

use super::names::Names;
use crate::lang::danish;
use crate::model::{Model, Owner, Ownership, PartKey};
use crate::output::plain::listed;
use crate::rules::Effect;
use crate::{document::OpId, output::describe::effect_words};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// Is what moves between two owners on one day by one file of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The file of changes: its id.
    pub change: String,
    /// The owner before: its id.
    #[serde(skip)]
    pub giver: String,
    /// The owner after: its id.
    #[serde(skip)]
    pub receiver: String,
    /// The owner before, as it is called today.
    pub from: String,
    /// The owner after, as it is called then.
    pub to: String,
    /// The administration of the owner before; the owner's name where it has none.
    pub from_administration: String,
    /// The administration of the owner after; the owner's name where it has none.
    pub to_administration: String,
    /// From when: `den 1. januar 2026`, `senest den 1. august 2026`, `frem mod 2027`, `når …`.
    pub when: String,
    /// The same as it closes a sentence: ` den 1. januar 2026`, `, når …`.
    #[serde(skip)]
    pub closing: String,
    /// The day it counts as.
    #[serde(skip)]
    pub date: Option<Date>,
    /// Whether it has a date.
    pub dated: bool,
    /// The tasks.
    pub tasks: Vec<MovedTask>,
    /// The tasks in one line.
    pub words: String,
    /// The clauses.
    pub clauses: Vec<String>,
}

/// Is a task on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovedTask {
    /// Its id.
    pub id: String,
    /// What moves: the task, or the parts of it that move.
    pub words: String,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Its KLE number; empty where none is known.
    pub kle: String,
    /// The parts that move: their ids.
    #[serde(skip)]
    pub parts: Vec<String>,
    /// The operation that moves it.
    #[serde(skip)]
    pub op: OpId,
    /// What does not move along, and who has it.
    pub stays: Vec<Stays>,
}

/// Is a part that does not move along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stays {
    /// The part.
    pub words: String,
    /// Who has it.
    pub owner: String,
}

/// Returns an effect as it stands in a sentence.
pub fn when(effect: &Effect) -> String {
    match effect {
        Effect::On(date) => danish::den(*date),
        Effect::Latest(date) => format!("senest {}", danish::den(*date)),
        other => effect_words(other),
    }
}

/// Returns an effect as it closes a sentence: ` den 1. januar 2026`, `, når reformen er indfaset`.
pub fn closing(effect: &Effect) -> String {
    match effect {
        Effect::When(_) => format!(", {}", when(effect)),
        other => format!(" {}", when(other)),
    }
}

/// Is one step of one part.
struct Step<'a> {
    key: &'a PartKey,
    before: &'a Owner,
    after: &'a Owner,
    op: OpId,
}

/// Lists what moves, in the order of the rules; what has a date first.
pub fn moves(model: &Model, ownership: &Ownership, names: &Names<'_>) -> Vec<Move> {
    let mut out: Vec<Move> = Vec::new();
    for pending in [false, true] {
        let mut steps = steps(ownership, pending);
        let place = |key: &PartKey| {
            let task = model.rules.tasks.iter().position(|t| t.id.value == key.task);
            let part = model.task(&key.task).and_then(|t| t.parts.iter().position(|p| p.id.value == key.part));
            (task, part)
        };
        steps.sort_by_key(|s| (model.operation(s.op).map(|o| o.change), s.op, place(s.key)));
        let mut found: Vec<Move> = Vec::new();
        for step in steps {
            add(&mut found, &step, model, names);
        }
        out.extend(found);
    }
    let along: BTreeSet<(String, PartKey)> = out
        .iter()
        .flat_map(|m| m.tasks.iter().flat_map(|t| t.parts.iter().map(|p| (m.change.clone(), key(&t.id, p)))))
        .collect();
    for moved in &mut out {
        for task in &mut moved.tasks {
            let stays = |key: &PartKey| !along.contains(&(moved.change.clone(), key.clone()));
            finish(task, &moved.giver, stays, model, ownership, names);
        }
        moved.words = listed(&moved.tasks.iter().map(|t| t.words.clone()).collect::<Vec<_>>());
    }
    out
}

fn key(task: &str, part: &str) -> PartKey {
    PartKey { task: task.to_string(), part: part.to_string() }
}

fn steps(ownership: &Ownership, pending: bool) -> Vec<Step<'_>> {
    let mut out = Vec::new();
    if pending {
        for (key, list) in &ownership.pending {
            // What waits for its day goes one after another: each from whom the one before would give it to.
            let Some(mut before) = ownership.last(key).map(|t| &t.owner) else { continue };
            for step in list {
                if &step.to != before {
                    out.push(Step { key, before, after: &step.to, op: step.op });
                }
                before = &step.to;
            }
        }
        return out;
    }
    for (key, tenures) in &ownership.tenures {
        for pair in tenures.windows(2) {
            if let [a, b] = pair
                && let Some(op) = b.op
            {
                out.push(Step { key, before: &a.owner, after: &b.owner, op });
            }
        }
    }
    out
}

fn add(out: &mut Vec<Move>, step: &Step<'_>, model: &Model, names: &Names<'_>) {
    let (Some(op), Some(file)) = (model.operation(step.op), model.change_of(step.op)) else { return };
    let (giver, receiver, when) = (step.before.id(), step.after.id(), when(&op.effect));
    let known = out
        .iter()
        .position(|m| m.change == file.id.value && m.giver == giver && m.receiver == receiver && m.when == when);
    let at = known.unwrap_or_else(|| {
        out.push(Move {
            change: file.id.value.clone(),
            giver: giver.to_string(),
            receiver: receiver.to_string(),
            from: names.before(step.before),
            to: names.after(step.after),
            from_administration: names.office(step.before),
            to_administration: names.office(step.after),
            when,
            closing: closing(&op.effect),
            date: op.effect.date(),
            dated: op.effect.date().is_some(),
            tasks: Vec::new(),
            words: String::new(),
            clauses: Vec::new(),
        });
        out.len() - 1
    });
    let Some(moved) = out.get_mut(at) else { return };
    for basis in &op.basis {
        if !moved.clauses.contains(&basis.value) {
            moved.clauses.push(basis.value.clone());
        }
    }
    match moved.tasks.iter_mut().find(|t| t.id == step.key.task && t.op == step.op) {
        Some(task) => task.parts.push(step.key.part.clone()),
        None => moved.tasks.push(MovedTask {
            id: step.key.task.clone(),
            words: String::new(),
            clauses: op.basis.iter().map(|b| b.value.clone()).collect(),
            kle: model.task(&step.key.task).map(|t| t.kle.clone()).unwrap_or_default(),
            parts: vec![step.key.part.clone()],
            op: step.op,
            stays: Vec::new(),
        }),
    }
}

/// Says what moves and what stays with the giver, once all parts are known.
fn finish(
    task: &mut MovedTask,
    giver: &str,
    stays: impl Fn(&PartKey) -> bool,
    model: &Model,
    ownership: &Ownership,
    names: &Names<'_>,
) {
    let Some(rule) = model.task(&task.id) else { return };
    let moves = |id: &str| task.parts.iter().any(|p| p == id);
    if rule.parts.iter().all(|p| moves(&p.id.value)) {
        task.words = names.plain.task(rule);
        return;
    }
    let parts = rule.parts.iter().filter(|p| moves(&p.id.value)).map(|p| names.plain.words(&p.wording));
    task.words = listed(&parts.collect::<Vec<_>>());
    let mut others: Vec<(String, Vec<String>)> = Vec::new();
    for part in &rule.parts {
        let key = key(&task.id, &part.id.value);
        let Some(owner) = ownership.last(&key).map(|t| &t.owner).filter(|o| o.id() == giver) else { continue };
        if stays(&key) {
            let (owner, words) = (names.after(owner), names.plain.words(&part.wording));
            match others.iter_mut().find(|(o, _)| *o == owner) {
                Some((_, list)) => list.push(words),
                None => others.push((owner, vec![words])),
            }
        }
    }
    task.stays = others.into_iter().map(|(owner, list)| Stays { words: listed(&list), owner }).collect();
}
