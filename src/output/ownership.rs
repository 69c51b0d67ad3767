//! Who owns what before and after, as tables and as intervals.

use super::describe::{Describer, effect_words};
use super::flow;
use super::papers::moves::moves;
use super::papers::names::Names;
use super::plain::{Plain, listed};
use crate::compile::Compiled;
use crate::document::OpId;
use crate::lang::danish;
use crate::model::{Lives, Model, Owner, Ownership, PartKey};
use crate::render::frame::Frame;
use crate::render::view::{
    ClauseRef, CommitteeView, IntervalView, MoveView, OwnedTask, OwnershipDoc, TaskState, TenureView,
};
use crate::rules::TaskRule;

/// Makes the overview for a reading.
pub fn document(
    model: &Model,
    ownership: &Ownership,
    old: &Compiled,
    new: &Compiled,
    describer: &Describer<'_>,
    frame: Frame,
) -> OwnershipDoc {
    let lives = model.lives(new.version.reading);
    let after = Plain::new(model, new);
    let maker = Maker { model, ownership, lives, describer, after };
    let names = Names::new(model, old, new);
    OwnershipDoc {
        frame,
        picture: flow::figure(&moves(model, ownership, &names), &names),
        moves: maker.moves(false),
        deferred: maker.moves(true),
        committees: model.rules.committees.iter().map(|c| maker.committee(&c.id.value, old, new)).collect(),
        intervals: maker.intervals(),
    }
}

/// Is parts of a task with the same owners before and after.
struct Held {
    before: Option<Owner>,
    after: Option<Owner>,
    op: Option<OpId>,
    parts: Vec<String>,
}

/// Returns how a task and its parts are called in a table: the parts alone where they say the task too.
fn named(task: String, parts: Vec<String>, of: usize) -> (String, String) {
    let part = if parts.len() == of { String::new() } else { listed(&parts) };
    if part.starts_with(&task) { (part, String::new()) } else { (task, part) }
}

struct Maker<'a> {
    model: &'a Model,
    ownership: &'a Ownership,
    lives: Lives,
    describer: &'a Describer<'a>,
    after: Plain<'a>,
}

impl Maker<'_> {
    fn key(&self, task: &TaskRule, part: &str) -> PartKey {
        PartKey { task: task.id.value.clone(), part: part.to_string() }
    }

    fn name(&self, owner: Option<&Owner>, after: bool) -> String {
        match owner {
            Some(Owner::Committee(id)) if after => self.describer.name(id),
            Some(Owner::Committee(id)) => self.describer.old_name(id),
            Some(Owner::Council { .. }) => self.model.rules.bylaw.council.clone(),
            None => String::new(),
        }
    }

    /// Lists what moves, each operation's parts of a task together; with `pending`, what has no date.
    fn moves(&self, pending: bool) -> Vec<MoveView> {
        let mut found: Vec<(OpId, &TaskRule, Option<Owner>, Vec<String>)> = Vec::new();
        for task in &self.model.rules.tasks {
            for part in &task.parts {
                let key = self.key(task, &part.id.value);
                let tenures = self.ownership.tenures.get(&key).map(Vec::as_slice).unwrap_or_default();
                let steps: Vec<(OpId, Option<Owner>)> = if pending {
                    let last = tenures.last().map(|t| t.owner.clone());
                    let list = self.ownership.pending.get(&key).map(Vec::as_slice).unwrap_or_default();
                    list.iter().map(|p| (p.op, last.clone())).collect()
                } else {
                    tenures
                        .windows(2)
                        .filter_map(|w| match w {
                            [a, b] => {
                                b.op.filter(|op| !self.model.is_settled(*op)).map(|op| (op, Some(a.owner.clone())))
                            }
                            _ => None,
                        })
                        .collect()
                };
                for (op, before) in steps {
                    let words = self.after.words(&part.wording);
                    match found.iter_mut().find(|f| f.0 == op && f.1.id.value == task.id.value && f.2 == before) {
                        Some(entry) => entry.3.push(words),
                        None => found.push((op, task, before, vec![words])),
                    }
                }
            }
        }
        found.sort_by_key(|f| f.0);
        found.into_iter().filter_map(|(op, task, before, parts)| self.moved(op, task, before, parts)).collect()
    }

    fn moved(&self, id: OpId, task: &TaskRule, before: Option<Owner>, parts: Vec<String>) -> Option<MoveView> {
        let op = self.model.operation(id)?;
        let crate::model::OpWhat::Transfer(transfer) = &op.what else { return None };
        // References are those of the amended text, which is where the reader looks them up.
        let (task, part) = named(self.after.task(task), parts, task.parts.len());
        Some(MoveView {
            task,
            part,
            before: self.name(before.as_ref(), false),
            after: self.name(Some(&Owner::from(&transfer.to.value)), true),
            from: effect_words(&op.effect),
            clauses: op
                .basis
                .iter()
                .filter_map(|b| self.model.rules.agreement.clause(&b.value))
                .map(|c| ClauseRef { id: c.id.value.clone(), text: c.text.clone() })
                .collect(),
            rule: self.model.change_of(id).map(|c| c.id.value.clone()).unwrap_or_default(),
        })
    }

    fn committee(&self, id: &str, old: &Compiled, new: &Compiled) -> CommitteeView {
        let exists = |c: &Compiled| c.state.committees.iter().any(|(other, _)| other == id);
        let names = new.state.name_set(self.model, id, false);
        CommitteeView {
            id: id.to_string(),
            before: if exists(old) { self.describer.old_name(id) } else { String::new() },
            after: if exists(new) { self.describer.name(id) } else { String::new() },
            abbreviation: names.and_then(|n| n.abbreviation.as_ref()).map(|a| a.value.clone()).unwrap_or_default(),
            administration: names
                .and_then(|n| n.administration.as_ref())
                .map(|a| a.definite.value.clone())
                .unwrap_or_default(),
            tasks: self.model.rules.tasks.iter().flat_map(|t| self.owned(id, t, old, new)).collect(),
        }
    }

    /// Returns the rows of a task in a committee's table: parts with the same owners before and after in one.
    fn owned(&self, id: &str, task: &TaskRule, old: &Compiled, new: &Compiled) -> Vec<OwnedTask> {
        let mut rows: Vec<Held> = Vec::new();
        for part in &task.parts {
            let key = self.key(task, &part.id.value);
            // Who has a task that comes or goes had or has it only while it is there.
            let owner = |c: &Compiled| {
                let owner = c.state.owner(&task.id.value, &part.id.value);
                owner.cloned().filter(|_| c.state.holds(&task.id.value))
            };
            let (before, after) = (owner(old), owner(new));
            let op = self.ownership.last(&key).and_then(|t| t.op).filter(|op| !self.model.is_settled(*op));
            if before.as_ref().map(Owner::id) != Some(id) && after.as_ref().map(Owner::id) != Some(id) {
                continue;
            }
            let words = self.after.words(&part.wording);
            match rows.iter_mut().find(|r| r.before == before && r.after == after && r.op == op) {
                Some(row) => row.parts.push(words),
                None => rows.push(Held { before, after, op, parts: vec![words] }),
            }
        }
        rows.into_iter()
            .map(|Held { before, after, op, parts }| {
                let state =
                    match (before.as_ref().map(Owner::id) == Some(id), after.as_ref().map(Owner::id) == Some(id)) {
                        (true, false) => TaskState::Given,
                        (false, true) => TaskState::Received,
                        _ => TaskState::Stays,
                    };
                let life = self.lives.task(&task.id.value);
                let turns = life.begins.or(life.ends).filter(|_| state != TaskState::Stays);
                let effect = op.filter(|_| state != TaskState::Stays).and_then(|op| self.model.operation(op));
                let (task, part) = named(self.after.task(task), parts, task.parts.len());
                OwnedTask {
                    task,
                    part,
                    before: self.name(before.as_ref(), false),
                    after: self.name(after.as_ref(), true),
                    from: effect.map(|o| effect_words(&o.effect)).or(turns.map(danish::date)).unwrap_or_default(),
                    state,
                }
            })
            .collect()
    }

    fn intervals(&self) -> Vec<IntervalView> {
        self.ownership
            .tenures
            .iter()
            .map(|(key, tenures)| IntervalView {
                task: key.task.clone(),
                part: key.part.clone(),
                owners: tenures
                    .iter()
                    .map(|t| TenureView {
                        owner: t.owner.id().to_string(),
                        from: t.from.map(|d| d.to_string()),
                        to: t.to.map(|d| d.to_string()),
                    })
                    .collect(),
            })
            .collect()
    }
}
