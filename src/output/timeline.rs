//! Everything that changes over time, day by day; what has no day stands apart and is never given one.

use super::StateCauses;
use super::describe::{Describer, effect_words, operations};
use super::words::Words;
use crate::check::Checked;
use crate::compile::Compiled;
use crate::diff::{Identity, compare};
use crate::document::OpId;
use crate::model::{Model, OpWhat, Version};
use crate::rules::Effect;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Is the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// The days on which anything changes.
    pub dates: Vec<Day>,
    /// What happens towards a year and has no day.
    pub phases: Vec<Phase>,
    /// What happens when a condition is met and has no day.
    pub conditions: Vec<ConditionEntry>,
}

/// Is a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The day, `2026-01-01`.
    pub date: String,
    /// `on` for a day that is fixed, `latest` for one that may still be brought forward.
    pub kind: &'static str,
    /// What happens.
    pub operations: Vec<Step>,
}

/// Is a year towards which something happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// The year.
    pub towards: i64,
    /// What happens.
    pub operations: Vec<Step>,
}

/// Is a condition that something waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionEntry {
    /// Its id.
    pub condition: String,
    /// The condition in words.
    pub text: String,
    /// What happens.
    pub operations: Vec<Step>,
}

/// Is one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it does, in words.
    pub what: String,
    /// The file of changes, by its id.
    pub change: String,
    /// The file's title.
    pub title: String,
    /// `proposed`, or the id of the edition by which it was adopted.
    pub status: String,
    /// Where it is written.
    pub rule: String,
    /// The clauses it rests on.
    pub clauses: Vec<String>,
    /// The committees it touches, by their ids.
    pub committees: Vec<String>,
    /// The places in the bylaw whose words it changes that day; those it will be told of at, for what has no day.
    pub addresses: Vec<String>,
    /// What it waited for, when its day was decided later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waited_for: Option<String>,
}

/// Makes the timeline with the amendments that were adopted.
pub fn timeline(checked: &Checked) -> Timeline {
    let model = &checked.model;
    let last = model.last_reading();
    let first = if model.rules.editions.is_empty() { Version::in_force() } else { Version::origin() };
    let mut out = Timeline { dates: Vec::new(), phases: Vec::new(), conditions: Vec::new() };
    let Some(mut before) = checked.version(first) else { return out };
    for date in model.dates(last) {
        let Some(after) = checked.version(Version::on(date, last)) else { continue };
        let day = Days { model, before, after, places: places(model, before, after) };
        out.dates.extend(day.entries(date, last));
        before = after;
    }
    // What waits is told with the names and places of the text after everything that has a day.
    let after = before;
    let waiting = Days { model, before, after, places: BTreeMap::new() };
    let amendments = model.amendments(last);
    for (id, op) in model.live() {
        let counts = model.rules.changes.get(op.change).is_some_and(|c| model.counts(c, &amendments));
        if !counts {
            continue;
        }
        match &op.effect {
            Effect::Towards(year) => {
                let step = waiting.step(id);
                match out.phases.iter_mut().find(|p| p.towards == *year) {
                    Some(phase) => phase.operations.extend(step),
                    None => out.phases.push(Phase { towards: *year, operations: step.into_iter().collect() }),
                }
            }
            Effect::When(condition) => {
                let step = waiting.step(id);
                match out.conditions.iter_mut().find(|c| c.condition == condition.id) {
                    Some(entry) => entry.operations.extend(step),
                    None => out.conditions.push(ConditionEntry {
                        condition: condition.id.clone(),
                        text: condition.text.clone(),
                        operations: step.into_iter().collect(),
                    }),
                }
            }
            _ => {}
        }
    }
    out.phases.sort_by_key(|p| p.towards);
    out
}

struct Days<'a> {
    model: &'a Model,
    before: &'a Compiled,
    after: &'a Compiled,
    places: BTreeMap<OpId, Vec<String>>,
}

impl Days<'_> {
    /// Returns what happens on a day: what is fixed and what is only the latest day stand apart.
    fn entries(&self, date: Date, reading: i64) -> Vec<Day> {
        let mut out: Vec<Day> = Vec::new();
        for (_, id) in self.model.ordered(reading).into_iter().filter(|(d, _)| *d == date) {
            let latest = self.model.operation(id).is_some_and(|op| matches!(op.effect, Effect::Latest(_)));
            let kind = if latest { "latest" } else { "on" };
            let step = self.step(id);
            match out.iter_mut().find(|day| day.kind == kind) {
                Some(day) => day.operations.extend(step),
                None => out.push(Day { date: date.to_string(), kind, operations: step.into_iter().collect() }),
            }
        }
        out.sort_by_key(|day| day.kind == "latest");
        out
    }

    fn step(&self, id: OpId) -> Option<Step> {
        let op = self.model.operation(id)?;
        let change = self.model.change_of(id)?;
        let (line, _) = self.model.rules.sources.line_column(op.span);
        let edition = change.edition.and_then(|i| self.model.rules.editions.get(i));
        let describer = Describer::new(self.model, self.before, self.after);
        let mut addresses = self.places.get(&id).cloned().unwrap_or_default();
        if op.effect.date().is_none() {
            addresses = self.announced(id);
        }
        Some(Step {
            what: Words::new(self.model, self.before, self.after).operation(op),
            change: change.id.value.clone(),
            title: change.title.clone(),
            status: edition.map_or_else(|| "proposed".into(), |e| e.id.value.clone()),
            rule: format!("{}:{line}", self.model.rules.sources.path(op.span.file)),
            clauses: op.basis.iter().map(|b| b.value.clone()).collect(),
            committees: describer.touched(op),
            addresses,
            waited_for: match &op.effect {
                Effect::Decided(_, before) => Some(effect_words(before)),
                _ => None,
            },
        })
    }

    /// Returns where the bylaw says of a transfer without a day that it waits, and where its items stand meanwhile.
    fn announced(&self, id: OpId) -> Vec<String> {
        let Some(OpWhat::Transfer(transfer)) = self.model.operation(id).map(|op| &op.what) else { return Vec::new() };
        let mut ids: Vec<String> = Vec::new();
        for piece in self.after.state.remits.values().flatten().filter(|p| p.task == transfer.task.value) {
            let moves = |part: &String| transfer.parts.is_empty() || transfer.parts.iter().any(|p| p.value == *part);
            if piece.parts.iter().any(moves) {
                ids.push(piece.id.clone());
            }
        }
        if let (Some(rule), Some(section)) = (&transfer.transition, &self.model.rules.bylaw.transitional) {
            ids.push(format!("{}/{}", section.value, rule.id.value));
        }
        ids.iter().filter_map(|id| super::words::address(self.after, id)).map(|a| a.to_string()).collect()
    }
}

/// Returns the places that each operation changes between two texts.
fn places(model: &Model, before: &Compiled, after: &Compiled) -> BTreeMap<OpId, Vec<String>> {
    let causes = StateCauses { model, state: &after.state };
    let redline = compare(&before.bylaw, &after.bylaw, Identity::Known, &causes);
    let mut out: BTreeMap<OpId, Vec<String>> = BTreeMap::new();
    for change in redline.changes.iter().filter(|c| !c.class.is_consequence()) {
        let ops: BTreeSet<OpId> = change.causes.iter().flat_map(operations).collect();
        let place = change.new.as_ref().or(change.old.as_ref()).map(ToString::to_string).unwrap_or_default();
        for op in ops {
            let list = out.entry(op).or_default();
            if !list.contains(&place) {
                list.push(place.clone());
            }
        }
    }
    out
}
