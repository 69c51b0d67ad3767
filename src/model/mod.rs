//! What the rules mean together: the operations in their order, and the state of the bylaw at any moment.

pub mod ownership;
pub mod state;
mod tree;

pub use ownership::{Life, Lives, Owner, Ownership, PartKey, Tenure};
pub(crate) use state::inserted_id;
pub use state::{Piece, State};
pub use tree::{Layer, Layered, Node, NodeKind};

use crate::diag::{Code, Findings};
use crate::document::OpId;
use crate::report;
use crate::rules::{
    ChangeRule, Committee, Decision, Effect, ProvisionOp, RenameRule, Ruleset, TaskRule, TransferRule, TransitionRule,
    Wording,
};
use crate::source::{Span, Spanned};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// Is one operation: the smallest thing a rule does.
#[derive(Clone, Debug)]
pub struct Operation {
    /// What it does.
    pub what: OpWhat,
    /// The file it stands in: an index into [`Ruleset::changes`].
    pub change: usize,
    /// When it takes effect.
    pub effect: Effect,
    /// The clauses it rests on.
    pub basis: Vec<Spanned<String>>,
    /// Where it is written.
    pub span: Span,
}

/// Says what an operation does.
#[derive(Clone, Debug)]
pub enum OpWhat {
    /// A committee gets another name.
    Rename(RenameRule),
    /// Parts of a task get another owner.
    Transfer(TransferRule),
    /// A provision is amended, inserted or repealed.
    Provision(ProvisionOp),
    /// A transfer's transitional provision.
    Transition(TransitionRule, Wording, Option<Date>),
    /// A committee comes into being; an index into [`Ruleset::committees`].
    Create(usize),
    /// A committee ends; an index into [`Ruleset::committees`].
    Abolish(usize),
    /// A task's item comes; an index into [`Ruleset::tasks`].
    CreateTask(usize),
    /// A task's item goes; an index into [`Ruleset::tasks`].
    AbolishTask(usize),
}

/// Says which moment's text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// The text in force, before any change.
    InForce,
    /// The text on a day: everything in force that day (the material criterion).
    On(Date),
    /// The text of a reading: everything adopted that has a date (the formal criterion, lovkvalitet 11.8.3).
    Adopted,
}

/// Selects a version of the bylaw: a moment, with the amendments of the readings up to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The moment.
    pub moment: Moment,
    /// The reading up to which amendments count.
    pub reading: i64,
}

impl Version {
    /// Returns the text in force.
    pub fn in_force() -> Version {
        Version { moment: Moment::InForce, reading: 0 }
    }
    /// Returns the text of a reading.
    pub fn reading(number: i64) -> Version {
        Version { moment: Moment::Adopted, reading: number }
    }
    /// Returns the text on a day, as adopted at a reading.
    pub fn on(date: Date, reading: i64) -> Version {
        Version { moment: Moment::On(date), reading }
    }
}

/// Holds the rules with their operations in order.
#[derive(Clone, Debug)]
pub struct Model {
    /// The rules.
    pub rules: Ruleset,
    /// Every operation, in the order of the files; [`OpId`] is its index.
    pub operations: Vec<Operation>,
    committees: HashMap<String, usize>,
    tasks: HashMap<String, usize>,
    changes: HashMap<String, usize>,
}

impl Model {
    /// Lowers the rules into operations; reports what points nowhere.
    pub fn new(rules: Ruleset, findings: &mut Findings) -> Model {
        let mut operations = Vec::new();
        for (index, change) in rules.changes.iter().enumerate() {
            lower(index, change, &rules, &mut operations, findings);
        }
        let committees = index(rules.committees.iter().map(|c| &c.id.value));
        let tasks = index(rules.tasks.iter().map(|t| &t.id.value));
        let changes = index(rules.changes.iter().map(|c| &c.id.value));
        Model { rules, operations, committees, tasks, changes }
    }

    /// Returns an operation.
    pub fn operation(&self, id: OpId) -> Option<&Operation> {
        self.operations.get(id.0 as usize)
    }

    /// Returns the file an operation stands in.
    pub fn change_of(&self, id: OpId) -> Option<&ChangeRule> {
        self.operation(id).and_then(|op| self.rules.changes.get(op.change))
    }

    /// Returns the number of the last reading; 0 if there is none.
    pub fn last_reading(&self) -> i64 {
        self.rules.readings.last().map_or(0, |r| r.number.value)
    }

    /// Returns the ids of the amendments that are part of the text of a reading.
    pub fn amendments(&self, reading: i64) -> BTreeSet<&str> {
        let read = self.rules.readings.iter().filter(|r| r.number.value <= reading);
        let named: BTreeSet<&str> = read.flat_map(|r| &r.amendments).map(|a| a.value.as_str()).collect();
        self.rules
            .changes
            .iter()
            .filter(|c| c.amendment.as_ref().is_some_and(|a| a.decision == Decision::Adopted))
            .map(|c| c.id.value.as_str())
            .filter(|id| named.contains(id))
            .collect()
    }

    /// Returns the operations that make up a version, in the order they take effect.
    pub fn applied(&self, version: Version) -> Vec<OpId> {
        let limit = match version.moment {
            Moment::InForce => return Vec::new(),
            Moment::On(date) => Some(date),
            Moment::Adopted => None,
        };
        self.ordered(version.reading)
            .into_iter()
            .filter(|(date, _)| limit.is_none_or(|limit| *date <= limit))
            .map(|(_, id)| id)
            .collect()
    }

    /// Returns every operation that has a date, with its date, amendments of the readings up to one included.
    ///
    /// Those of one day keep the order of the files, but transitional provisions come last: the § they are added to may
    /// be new that day.
    pub fn ordered(&self, reading: i64) -> Vec<(Date, OpId)> {
        let amendments = self.amendments(reading);
        let mut out: Vec<(Date, OpId)> = Vec::new();
        for (i, op) in self.operations.iter().enumerate() {
            let Some(change) = self.rules.changes.get(op.change) else { continue };
            if change.amendment.is_some() && !amendments.contains(change.id.value.as_str()) {
                continue;
            }
            if let Some(date) = op.effect.date() {
                out.push((date, OpId(i as u32)));
            }
        }
        let last = |id: &OpId| self.operation(*id).is_some_and(|op| matches!(op.what, OpWhat::Transition(..)));
        out.sort_by_key(|(date, id)| (*date, last(id), *id));
        out
    }

    /// Returns the days on which anything takes effect, ascending.
    pub fn dates(&self, reading: i64) -> Vec<Date> {
        let dates: BTreeSet<Date> = self.ordered(reading).into_iter().map(|(date, _)| date).collect();
        dates.into_iter().collect()
    }

    /// Returns every version that must hold: in force, each day on which anything changes, each reading.
    pub fn versions(&self) -> Vec<Version> {
        let last = self.last_reading();
        let mut out = vec![Version::in_force()];
        out.extend(self.dates(last).into_iter().map(|date| Version::on(date, last)));
        out.extend(self.rules.readings.iter().map(|r| Version::reading(r.number.value)));
        out
    }

    /// Finds a committee.
    pub fn committee(&self, id: &str) -> Option<&Committee> {
        self.rules.committees.get(*self.committees.get(id)?)
    }

    /// Finds a task.
    pub fn task(&self, id: &str) -> Option<&TaskRule> {
        self.rules.tasks.get(*self.tasks.get(id)?)
    }

    /// Finds a file of changes.
    pub fn change(&self, id: &str) -> Option<&ChangeRule> {
        self.rules.changes.get(*self.changes.get(id)?)
    }
}

/// Maps ids to places; of two with one id the first counts.
fn index<'a>(ids: impl Iterator<Item = &'a String>) -> HashMap<String, usize> {
    let mut out = HashMap::new();
    for (i, id) in ids.enumerate() {
        out.entry(id.clone()).or_insert(i);
    }
    out
}

/// Turns a file of changes into operations.
fn lower(index: usize, change: &ChangeRule, rules: &Ruleset, out: &mut Vec<Operation>, findings: &mut Findings) {
    let file_effect = change.effect.as_ref().map(|e| e.value.clone());
    let default = file_effect.clone().unwrap_or(Effect::Towards(0));
    let mut missing = false;
    let mut push = |what: OpWhat, effect: Option<Effect>, basis: &[Spanned<String>], span: Span| {
        missing |= effect.is_none() && file_effect.is_none();
        let basis = if basis.is_empty() { change.basis.clone() } else { basis.to_vec() };
        out.push(Operation { what, change: index, effect: effect.unwrap_or_else(|| default.clone()), basis, span });
    };
    for (i, committee) in rules.committees.iter().enumerate() {
        if let Some(by) = committee.created_by.as_ref().filter(|by| by.value == change.id.value) {
            push(OpWhat::Create(i), None, &[], by.span);
        }
        if let Some(by) = committee.abolished_by.as_ref().filter(|by| by.value == change.id.value) {
            push(OpWhat::Abolish(i), None, &[], by.span);
        }
    }
    for (i, task) in rules.tasks.iter().enumerate() {
        if let Some(by) = task.created_by.as_ref().filter(|by| by.value == change.id.value) {
            push(OpWhat::CreateTask(i), None, &[], by.span);
        }
        if let Some(by) = task.abolished_by.as_ref().filter(|by| by.value == change.id.value) {
            push(OpWhat::AbolishTask(i), None, &[], by.span);
        }
    }
    for rename in &change.renames {
        push(OpWhat::Rename(rename.clone()), None, &rename.basis, rename.span);
    }
    for op in &change.provisions {
        let effect = op.effect.as_ref().map(|e| e.value.clone());
        push(OpWhat::Provision(op.clone()), effect, &op.basis, op.span);
    }
    let base = base_date(change, rules);
    for transfer in &change.transfers {
        let effect = transfer.effect.as_ref().map(|e| e.value.clone());
        let own = effect.clone().or_else(|| file_effect.clone());
        push(OpWhat::Transfer(transfer.clone()), effect, &transfer.basis, transfer.span);
        let (Some(transition), Some(base), Some(own)) = (&transfer.transition, base, own) else { continue };
        let words = match own.date() {
            None => transition.undated.as_ref(),
            Some(date) if date > base => transition.dated.as_ref(),
            Some(_) => None,
        };
        if let Some(words) = words {
            let words = own.date().map_or_else(|| words.clone(), |date| words.with_effect(date));
            let what = OpWhat::Transition(transition.clone(), words, own.date());
            push(what, Some(Effect::On(base)), &transfer.basis, transition.span);
        }
    }
    if missing && !change.effect_said {
        report!(findings, Code::MissingKey, change.span, key = "effect");
    }
}

/// Returns the day from which a change's transitional provisions stand: its own day, or for one that has none (or only
/// a latest day) the first day on which anything else takes effect; where nothing has a date, the day of adoption.
fn base_date(change: &ChangeRule, rules: &Ruleset) -> Option<Date> {
    if let Some(Effect::On(date)) = change.effect.as_ref().map(|e| &e.value) {
        return Some(*date);
    }
    rules
        .changes
        .iter()
        .filter(|c| c.amendment.is_none())
        .filter_map(|c| c.effect.as_ref().and_then(|e| e.value.date()))
        .min()
        .or_else(|| rules.readings.last().map(|r| r.date.value))
}
