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
    ChangeRule, Committee, Decision, Effect, ProvisionChange, ProvisionOp, ReadingRule, RenameRule, Ruleset, TaskRule,
    TransferRule, TransitionRule, Wording,
};
use crate::source::{Span, Spanned};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Is one operation: the smallest thing a rule does.
#[derive(Clone, Debug)]
pub struct Operation {
    /// What it does.
    pub what: OpWhat,
    /// The file it stands in: an index into [`Ruleset::changes`].
    pub change: usize,
    /// When it takes effect.
    pub effect: Effect,
    /// Which of the two lives of an adopted operation this is, if its day was decided after the adoption.
    pub stage: Stage,
    /// The clauses it rests on.
    pub basis: Vec<Spanned<String>>,
    /// Where it is written.
    pub span: Span,
}

/// Says whether an operation belongs to the text as it was adopted, to what holds since a day was decided, or to both.
///
/// A change that was adopted without a day (or with a latest one) and got one later is two operations: the adopted text
/// keeps the first, and every day and every later reading has the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// To both.
    Always,
    /// To the text as it was adopted.
    Adopted,
    /// To what holds since the day was decided.
    Decided,
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
    /// The text before anything that the rules know of.
    Origin,
    /// The text in force: everything the council has adopted that had a date then, before any change that is proposed.
    InForce,
    /// The text on a day: everything in force that day (the material criterion).
    On(Date),
    /// The text in force with what is proposed up to a day: the way from the text in force to that of a reading.
    Through(Date),
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
    /// Returns the text before anything that the rules know of.
    pub fn origin() -> Version {
        Version { moment: Moment::Origin, reading: 0 }
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
    /// The committees' names when each edition was put to the council, and now: index into the committee's names.
    names: Vec<HashMap<String, usize>>,
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
        let mut model = Model { rules, operations, committees, tasks, changes, names: Vec::new() };
        model.names = model.name_history();
        model
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
            .filter(|c| c.edition.is_none() && c.amendment.as_ref().is_some_and(|a| a.decision == Decision::Adopted))
            .map(|c| c.id.value.as_str())
            .filter(|id| named.contains(id))
            .collect()
    }

    /// Returns each committee's name before the first edition, before the second, …, and before what is proposed.
    fn name_history(&self) -> Vec<HashMap<String, usize>> {
        let mut out = vec![HashMap::new()];
        for edition in 0..self.rules.editions.len() {
            let mut names = out.last().cloned().unwrap_or_default();
            for (_, id) in self.adopted(Some(edition)) {
                let Some(OpWhat::Rename(rename)) = self.operation(id).map(|op| &op.what) else { continue };
                let Some(committee) = self.committee(&rename.committee.value) else { continue };
                if let Some(to) = committee.names.iter().position(|n| n.id.value == rename.to.value) {
                    names.insert(rename.committee.value.clone(), to);
                }
            }
            out.push(names);
        }
        out
    }

    /// Returns the index of the name a committee had in the text in force when an operation was put to the council.
    pub fn current_name(&self, committee: &str, op: Option<OpId>) -> usize {
        let at = match op {
            None => 0,
            Some(op) => self.change_of(op).and_then(|c| c.edition).unwrap_or(self.rules.editions.len()),
        };
        self.names.get(at).and_then(|names| names.get(committee)).copied().unwrap_or(0)
    }

    /// Returns the readings at which an operation was or is treated.
    pub fn readings_of(&self, op: Option<OpId>) -> &[ReadingRule] {
        let edition = op.and_then(|op| self.change_of(op)).and_then(|c| c.edition);
        match edition.and_then(|i| self.rules.editions.get(i)) {
            Some(edition) => &edition.readings,
            None => &self.rules.readings,
        }
    }

    /// Says whether an operation is part of the text in force as the council adopted it.
    pub fn is_settled(&self, op: OpId) -> bool {
        self.operation(op).is_some_and(|o| o.stage != Stage::Decided && o.effect.date().is_some())
            && self.change_of(op).is_some_and(|c| c.edition.is_some())
    }

    /// Walks the operations that hold now: not those whose day was decided since they were adopted.
    pub fn live(&self) -> impl Iterator<Item = (OpId, &Operation)> {
        let all = self.operations.iter().enumerate().map(|(i, op)| (OpId(i as u32), op));
        all.filter(|(_, op)| op.stage != Stage::Adopted)
    }

    /// Walks the operations that are proposed, adopted ones left out.
    pub fn proposed(&self) -> impl Iterator<Item = (OpId, &Operation)> {
        self.live().filter(|(id, _)| self.change_of(*id).is_some_and(|c| c.edition.is_none()))
    }

    /// Returns what was adopted with a date, in one edition or in all, as it was adopted and in its order.
    fn adopted(&self, edition: Option<usize>) -> Vec<(Date, OpId)> {
        self.sorted(|op, change| {
            op.stage != Stage::Decided
                && change.edition.is_some()
                && (edition.is_none() || change.edition == edition)
                && change.amendment.as_ref().is_none_or(|a| a.decision == Decision::Adopted)
        })
    }

    /// Returns the operations that make up a version, in the order they take effect.
    pub fn applied(&self, version: Version) -> Vec<OpId> {
        let limit = match version.moment {
            Moment::Origin => return Vec::new(),
            Moment::InForce => return self.adopted(None).into_iter().map(|(_, id)| id).collect(),
            Moment::On(date) | Moment::Through(date) => Some(date),
            Moment::Adopted => None,
        };
        let kept = |id: &OpId| matches!(version.moment, Moment::Through(_)) && self.is_settled(*id);
        self.ordered(version.reading)
            .into_iter()
            .filter(|(date, id)| limit.is_none_or(|limit| *date <= limit) || kept(id))
            .map(|(_, id)| id)
            .collect()
    }

    /// Returns every operation that has a date, with its date, amendments of the readings up to one included.
    ///
    /// Those of one day keep the order of the files, but transitional provisions come last: the § they are added to may
    /// be new that day.
    pub fn ordered(&self, reading: i64) -> Vec<(Date, OpId)> {
        let amendments = self.amendments(reading);
        self.sorted(|op, change| op.stage != Stage::Adopted && self.counts(change, &amendments))
    }

    /// Says whether a file of changes is part of a text: an amendment only when it was adopted.
    pub fn counts(&self, change: &ChangeRule, amendments: &BTreeSet<&str>) -> bool {
        match (&change.amendment, change.edition) {
            (None, _) => true,
            (Some(info), Some(_)) => info.decision == Decision::Adopted,
            (Some(_), None) => amendments.contains(change.id.value.as_str()),
        }
    }

    fn sorted(&self, counts: impl Fn(&Operation, &ChangeRule) -> bool) -> Vec<(Date, OpId)> {
        let mut out: Vec<(Date, OpId)> = Vec::new();
        for (i, op) in self.operations.iter().enumerate() {
            let Some(change) = self.rules.changes.get(op.change) else { continue };
            if !counts(op, change) {
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

    /// Returns the days on which anything takes effect that the text in force does not have, ascending.
    pub fn new_dates(&self, reading: i64) -> Vec<Date> {
        let new = self.ordered(reading).into_iter().filter(|(_, id)| !self.is_settled(*id));
        let dates: BTreeSet<Date> = new.map(|(date, _)| date).collect();
        dates.into_iter().collect()
    }

    /// Returns the version on the way from the text in force to that of a reading, with what is proposed up to a day.
    pub fn through(&self, date: Date, reading: i64) -> Version {
        // Where nothing was adopted before, that is the text on the day.
        let moment = if self.rules.editions.is_empty() { Moment::On(date) } else { Moment::Through(date) };
        Version { moment, reading }
    }

    /// Returns the day on which most of what is proposed takes effect; the first of several.
    pub fn main_day(&self, reading: i64) -> Option<Date> {
        let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
        for (date, _) in self.ordered(reading).into_iter().filter(|(_, id)| !self.is_settled(*id)) {
            *counts.entry(date).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(date, count)| (*count, std::cmp::Reverse(*date))).map(|(date, _)| date)
    }

    /// Returns the version that is the text on a day.
    pub fn on_day(&self, date: Date) -> Version {
        let last = self.last_reading();
        // A day on which nothing changes has the text of the last day before it on which something did.
        let before = self.dates(last).into_iter().rfind(|d| *d <= date);
        let first = if self.rules.editions.is_empty() { Version::in_force() } else { Version::origin() };
        before.map_or(first, |d| Version::on(d, last))
    }

    /// Returns every version that must hold: in force, each day on which anything changes, each reading.
    pub fn versions(&self) -> Vec<Version> {
        let last = self.last_reading();
        let mut out = vec![Version::in_force()];
        if !self.rules.editions.is_empty() {
            out.push(Version::origin());
        }
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
    let default = change.effect.as_ref().map(|e| e.value.clone()).unwrap_or(Effect::Towards(0));
    let mut missing = false;
    let mut transitions = Vec::new();
    let mut push = |what: OpWhat, effect: Option<&Spanned<Effect>>, basis: &[Spanned<String>], span: Span| {
        missing |= effect.is_none() && change.effect.is_none();
        let basis = if basis.is_empty() { change.basis.clone() } else { basis.to_vec() };
        let effect = effect.map_or_else(|| default.clone(), |e| e.value.clone());
        for (stage, effect) in stages(change, &effect, rules) {
            out.push(Operation { what: what.clone(), change: index, effect, stage, basis: basis.clone(), span });
        }
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
        push(OpWhat::Provision(op.clone()), op.effect.as_ref(), &op.basis, op.span);
    }
    for transfer in &change.transfers {
        push(OpWhat::Transfer(transfer.clone()), transfer.effect.as_ref(), &transfer.basis, transfer.span);
        let own = transfer.effect.as_ref().or(change.effect.as_ref()).map(|e| &e.value);
        let (Some(transition), Some(own)) = (&transfer.transition, own) else { continue };
        // What was decided later changes the words of the provision, not the day from which it stands.
        let Some(base) = base_date(change, transfer, rules) else { continue };
        let basis = if transfer.basis.is_empty() { &change.basis } else { &transfer.basis };
        for (stage, effect) in stages(change, own, rules) {
            let Some(words) = transition_words(transition, &effect, base) else { continue };
            let what = OpWhat::Transition(transition.clone(), words, effect.date());
            let span = transition.span;
            let effect = Effect::On(base);
            transitions.push(Operation { what, change: index, effect, stage, basis: basis.clone(), span });
        }
    }
    out.extend(transitions);
    if missing && !change.effect_said {
        report!(findings, Code::MissingKey, change.span, key = "effect");
    }
}

/// Returns when an operation takes effect in the text as it was adopted and since; once where that is the same.
fn stages(change: &ChangeRule, effect: &Effect, rules: &Ruleset) -> Vec<(Stage, Effect)> {
    let edition = change.edition.and_then(|i| rules.editions.get(i));
    // A day that the edition names was known when it was adopted.
    let later = edition.is_some_and(|e| e.parts.iter().all(|part| part.in_force != *effect));
    if later && effect.undecided() != effect {
        return vec![(Stage::Adopted, effect.undecided().clone()), (Stage::Decided, effect.clone())];
    }
    vec![(Stage::Always, effect.clone())]
}

/// Returns the words of a transitional provision that stands from a day; nothing when its transfer is no later.
fn transition_words(rule: &TransitionRule, effect: &Effect, base: Date) -> Option<Wording> {
    let words = match effect {
        Effect::Latest(_) => rule.latest.as_ref().or(rule.dated.as_ref()),
        _ if effect.date().is_some() => rule.dated.as_ref(),
        _ => rule.undated.as_ref(),
    };
    match effect.date() {
        None => words.cloned(),
        Some(date) if date > base => words.map(|words| words.with_effect(date)),
        Some(_) => None,
    }
}

/// Returns the day from which a transfer's transitional provision stands: for one that is later than its file, the
/// file's day; else the first day on which anything of the same change of the bylaw takes effect, but not before the §
/// it is added to. Where nothing has a date, that is the day of adoption.
fn base_date(change: &ChangeRule, transfer: &TransferRule, rules: &Ruleset) -> Option<Date> {
    if let (Some(Effect::On(date)), true) = (change.effect.as_ref().map(|e| &e.value), transfer.effect.is_some()) {
        return Some(*date);
    }
    let together = rules.changes.iter().filter(|c| c.edition == change.edition && c.amendment.is_none());
    let first = together.clone().filter_map(|c| c.effect.as_ref().and_then(|e| e.value.undecided().date())).min();
    let first = first.max(together.filter_map(|c| section_day(c, rules)).min());
    let readings = match change.edition.and_then(|i| rules.editions.get(i)) {
        Some(edition) => &edition.readings,
        None => &rules.readings,
    };
    first.or_else(|| readings.last().map(|r| r.date.value))
}

/// Returns the day on which a file inserts the § for transitional provisions; nothing if it does not.
fn section_day(change: &ChangeRule, rules: &Ruleset) -> Option<Date> {
    let section = rules.bylaw.transitional.as_ref()?;
    let inserts = |op: &&ProvisionOp| match &op.what {
        ProvisionChange::Insert(place, what) => inserted_id(place, what).is_some_and(|id| id == section.value),
        _ => false,
    };
    let own = change.provisions.iter().find(inserts)?;
    own.effect.as_ref().or(change.effect.as_ref()).and_then(|e| e.value.undecided().date())
}
