//! Who owns what, as intervals: no overlap, no gap, none empty, at every instant and not at sampled dates.

use super::{Model, OpWhat, Stage};
use crate::diag::{Code, Diagnostic, Findings};
use crate::document::OpId;
use crate::lang::danish;
use crate::report;
use crate::rules::{Effect, OwnerRule};
use crate::source::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Is who owns a part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A committee, by its id.
    Committee(String),
    /// The council itself, outside every committee.
    Council {
        /// The paragraph that allows it.
        basis: String,
    },
}

impl From<&OwnerRule> for Owner {
    fn from(rule: &OwnerRule) -> Owner {
        match rule {
            OwnerRule::Committee(id) => Owner::Committee(id.clone()),
            OwnerRule::Council(basis) => Owner::Council { basis: basis.clone() },
        }
    }
}

impl Owner {
    /// Returns the committee's id, or `council`.
    pub fn id(&self) -> &str {
        match self {
            Owner::Committee(id) => id,
            Owner::Council { .. } => "council",
        }
    }
}

/// Names a part of a task.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartKey {
    /// The task's id.
    pub task: String,
    /// The part's id; the task's own for a task without parts.
    pub part: String,
}

impl PartKey {
    /// Returns the part as a finding names it; nothing for a task that is owned as one piece.
    pub fn named(&self) -> &str {
        if self.part == self.task { "" } else { &self.part }
    }
}

/// Is one owner's time: from a day (`None`: always) to a day not included (`None`: for good).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The owner.
    pub owner: Owner,
    /// The first day.
    pub from: Option<Date>,
    /// The day after the last.
    pub to: Option<Date>,
    /// The operation by which it began.
    pub op: Option<OpId>,
}

/// Is a transfer that has no date: it moves nothing until it gets one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Who must own it then.
    pub from: Vec<Owner>,
    /// Who would get it.
    pub to: Owner,
    /// The operation.
    pub op: OpId,
    /// Why it has no date.
    pub effect: Effect,
    /// Where it is written.
    pub span: Span,
}

/// Holds every part's owners over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ownership {
    /// The owners of each part, earliest first.
    pub tenures: BTreeMap<PartKey, Vec<Tenure>>,
    /// Transfers without a date.
    pub pending: BTreeMap<PartKey, Vec<Pending>>,
}

impl Ownership {
    /// Returns the owner of a part on a day; with `None`, in the text in force.
    pub fn owner(&self, key: &PartKey, date: Option<Date>) -> Option<&Tenure> {
        let tenures = self.tenures.get(key)?;
        match date {
            None => tenures.first(),
            Some(d) => tenures.iter().find(|t| t.from.is_none_or(|from| from <= d) && t.to.is_none_or(|to| d < to)),
        }
    }

    /// Returns the owner of a part after everything that has a date.
    pub fn last(&self, key: &PartKey) -> Option<&Tenure> {
        self.tenures.get(key)?.last()
    }
}

/// Returns an owner as it is written in the rules.
fn written(owner: &Owner) -> String {
    match owner {
        Owner::Committee(id) => id.clone(),
        Owner::Council { basis } => format!("{{council: \"{basis}\"}}"),
    }
}

/// Is the time something exists: from a day (`None`: always) to a day not included (`None`: for good).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// The first day.
    pub begins: Option<Date>,
    /// The day after the last.
    pub ends: Option<Date>,
}

impl Life {
    /// Says whether it exists on a day.
    pub fn holds(&self, date: Date) -> bool {
        self.begins.is_none_or(|b| b <= date) && self.ends.is_none_or(|e| date < e)
    }
    /// Returns what of a time lies within this one.
    pub fn within(&self, from: Option<Date>, to: Option<Date>) -> (Option<Date>, Option<Date>) {
        let to = match (to, self.ends) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        (from.max(self.begins), to)
    }
}

/// Holds when committees and tasks come and go; what is not among them always exists.
#[derive(Clone, Debug, Default)]
pub struct Lives {
    committees: BTreeMap<String, Life>,
    tasks: BTreeMap<String, Life>,
}

impl Lives {
    /// Returns a committee's life.
    pub fn committee(&self, id: &str) -> Life {
        self.committees.get(id).copied().unwrap_or_default()
    }
    /// Returns a task's life: the time it stands in a remit.
    pub fn task(&self, id: &str) -> Life {
        self.tasks.get(id).copied().unwrap_or_default()
    }
}

/// Is one step in a part's life, before it is checked.
struct Step {
    date: Date,
    from: Vec<Owner>,
    to: Owner,
    op: OpId,
    span: Span,
}

impl Model {
    /// Works out every part's owners with the amendments of the readings up to one, and reports what cannot be.
    pub fn ownership(&self, reading: i64, findings: &mut Findings) -> Ownership {
        let mut out = Ownership::default();
        let mut steps: BTreeMap<PartKey, Vec<Step>> = BTreeMap::new();
        self.collect_steps(reading, &mut steps, &mut out, findings);
        for task in &self.rules.tasks {
            for part in &task.parts {
                let key = PartKey { task: task.id.value.clone(), part: part.id.value.clone() };
                let Some(first) = &part.owner else {
                    report!(findings, Code::NoOwner, part.id.span, task = key.task, part = key.named());
                    continue;
                };
                // The second of two with one id is reported as such.
                if out.tenures.contains_key(&key) {
                    continue;
                }
                let mut tenures = vec![Tenure { owner: Owner::from(&first.value), from: None, to: None, op: None }];
                let mut own = steps.remove(&key).unwrap_or_default();
                own.sort_by_key(|s| (s.date, s.op));
                self.walk_steps(&key, &own, &mut tenures, findings);
                self.check_pending(&key, out.pending.get(&key), &tenures, findings);
                out.tenures.entry(key).or_default().extend(tenures);
            }
        }
        out
    }

    /// Works out when committees and tasks come and go, with the amendments of the readings up to one.
    ///
    /// A task that comes with a change has its owner from the beginning of time, as ownership has no gaps; its life
    /// says from when that means anything.
    pub fn lives(&self, reading: i64) -> Lives {
        let mut out = Lives::default();
        // A committee that is created by what has no date, or was not adopted, never exists.
        for committee in self.rules.committees.iter().filter(|c| c.created_by.is_some()) {
            out.committees.entry(committee.id.value.clone()).or_default().begins = Some(Date::MAX);
        }
        for (date, id) in self.ordered(reading) {
            let date = Some(date);
            let committee = |i: usize| self.rules.committees.get(i).map(|c| c.id.value.clone()).unwrap_or_default();
            let task = |i: usize| self.rules.tasks.get(i).map(|t| t.id.value.clone()).unwrap_or_default();
            match self.operation(id).map(|op| &op.what) {
                Some(OpWhat::Create(i)) => out.committees.entry(committee(*i)).or_default().begins = date,
                Some(OpWhat::Abolish(i)) => out.committees.entry(committee(*i)).or_default().ends = date,
                Some(OpWhat::CreateTask(i)) => out.tasks.entry(task(*i)).or_default().begins = date,
                Some(OpWhat::AbolishTask(i)) => out.tasks.entry(task(*i)).or_default().ends = date,
                _ => {}
            }
        }
        out
    }

    fn collect_steps(
        &self,
        reading: i64,
        steps: &mut BTreeMap<PartKey, Vec<Step>>,
        out: &mut Ownership,
        findings: &mut Findings,
    ) {
        let amendments = self.amendments(reading);
        for (i, op) in self.operations.iter().enumerate() {
            let OpWhat::Transfer(transfer) = &op.what else { continue };
            let change = self.rules.changes.get(op.change);
            let left_out = op.stage == Stage::Adopted || change.is_some_and(|c| !self.counts(c, &amendments));
            let Some(task) = self.task(&transfer.task.value) else { continue };
            if left_out {
                continue;
            }
            let op_id = OpId(i as u32);
            let to = Owner::from(&transfer.to.value);
            let from: Vec<Owner> = transfer.from.iter().map(|f| Owner::from(&f.value)).collect();
            if from.contains(&to) {
                report!(findings, Code::ToItself, transfer.to.span, task = task.id.value, owner = self.owner_name(&to));
            }
            for part in &task.parts {
                let named = transfer.parts.iter().find(|p| p.value == part.id.value);
                if named.is_none() && !transfer.parts.is_empty() {
                    continue;
                }
                let key = PartKey { task: task.id.value.clone(), part: part.id.value.clone() };
                let span = named.map_or(transfer.task.span, |n| n.span);
                match op.effect.date() {
                    Some(date) => steps.entry(key).or_default().push(Step {
                        date,
                        from: from.clone(),
                        to: to.clone(),
                        op: op_id,
                        span,
                    }),
                    None => {
                        let effect = op.effect.clone();
                        let pending = Pending { from: from.clone(), to: to.clone(), op: op_id, effect, span };
                        out.pending.entry(key).or_default().push(pending);
                    }
                }
            }
        }
    }

    fn walk_steps(&self, key: &PartKey, steps: &[Step], tenures: &mut Vec<Tenure>, findings: &mut Findings) {
        let amends = |step: &Step| self.change_of(step.op).is_some_and(|c| c.amendment.is_some());
        let mut before: Option<&Step> = None;
        for (i, step) in steps.iter().enumerate() {
            let Some(last) = tenures.last() else { return };
            let same_day = before.filter(|b| b.date == step.date);
            // An amendment may send on the same day what the proposal moves, or let it stay.
            if let Some(other) = same_day.filter(|other| amends(other) || !amends(step)) {
                let of = |s: &Step| self.change_of(s.op).map(|c| &c.id.value);
                // Two amendments that exclude each other are reported as such.
                if amends(other) && amends(step) && of(other) != of(step) {
                    continue;
                }
                findings.push(
                    Diagnostic::new(Code::TwoTransfers, step.span)
                        .arg("task", &key.task)
                        .arg("part", key.named())
                        .arg("date", danish::den(step.date))
                        .other(other.span),
                );
                continue;
            }
            if !step.from.contains(&last.owner) {
                findings.push(
                    self.not_the_owner(key, step.span, &step.from, &last.owner).arg("date", danish::den(step.date)),
                );
            }
            // A transfer that takes from the wrong one counts only where a later one builds on it.
            let built_on = steps[i + 1..].iter().any(|s| s.from.contains(&step.to));
            if !step.from.contains(&last.owner) && !built_on {
                continue;
            }
            before = Some(step);
            if same_day.is_some() && tenures.len() > 1 && last.from == Some(step.date) {
                tenures.pop();
            }
            let Some(last) = tenures.last_mut() else { return };
            last.to = None;
            if last.owner == step.to {
                continue;
            }
            last.to = Some(step.date);
            tenures.push(Tenure { owner: step.to.clone(), from: Some(step.date), to: None, op: Some(step.op) });
        }
    }

    /// Says that a transfer takes a part from somebody who does not own it then.
    fn not_the_owner(&self, key: &PartKey, span: Span, from: &[Owner], owner: &Owner) -> Diagnostic {
        let names: Vec<String> = from.iter().map(|o| self.owner_name(o)).collect();
        Diagnostic::new(Code::NotTheOwner, span)
            .arg("task", &key.task)
            .arg("part", key.named())
            .arg("owner", self.owner_name(owner))
            .arg("id", written(owner))
            .arg("from", danish::join(&names))
    }

    /// A transfer without a date takes from whoever owns the part after everything that has a date.
    fn check_pending(
        &self,
        key: &PartKey,
        pending: Option<&Vec<Pending>>,
        tenures: &[Tenure],
        findings: &mut Findings,
    ) {
        let (Some(pending), Some(last)) = (pending, tenures.last()) else { return };
        for step in pending.iter().filter(|s| !s.from.contains(&last.owner)) {
            findings.push(self.not_the_owner(key, step.span, &step.from, &last.owner));
        }
    }

    /// Returns the name by which a finding speaks of an owner.
    pub fn owner_name(&self, owner: &Owner) -> String {
        match owner {
            Owner::Committee(id) => match self.committee(id).and_then(|c| c.names.first()) {
                Some(names) => format!("{} ({id})", names.committee.definite.value),
                None => id.clone(),
            },
            Owner::Council { basis } => format!("{} ({basis})", self.rules.bylaw.council),
        }
    }
}
