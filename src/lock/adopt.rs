//! Adoption: what was proposed becomes a layer of the rules, and the text of the second reading the text in force.
//!
//! Nothing is rewritten. The files of the change move to `rules/adopted/<edition>/` as they are, with the readings as they
//! were put to the council, and are from then on applied before anything new. What had no day yet still has none.

use super::make;
use crate::check::Checked;
use crate::document::print::markdown;
use crate::model::Version;
use crate::output::Files;
use crate::output::step::Plan;
use crate::rules::{ADOPTED, CURRENT, EDITIONS, Effect, ReadingRule};
use crate::world::{ReadError, World};
use std::collections::BTreeSet;

/// Returns the id of the edition that a reading's adoption makes: its day, or that with a number where two are of one day.
pub fn edition_id(checked: &Checked, reading: &ReadingRule) -> String {
    let day = reading.date.value.to_string();
    let taken = |id: &str| checked.model.rules.editions.iter().any(|e| e.id.value == id);
    let numbered = (2..).map(|n| format!("{day}-{n}"));
    std::iter::once(day.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(day)
}

/// Returns the step that adopts the second reading. `project` holds every file of the rules and `published` the documents
/// of the output folder, each with its path below the project and below the output folder.
pub fn plan(checked: &Checked, reading: &ReadingRule, project: &Files, published: &Files) -> Option<Plan> {
    let id = edition_id(checked, reading);
    let folder = format!("{ADOPTED}/{id}");
    let compiled = checked.version(Version::reading(reading.number.value))?;
    let mut plan = Plan::default();
    for (path, bytes) in project {
        let Some(name) = path.strip_prefix("rules/") else { continue };
        let moves = ["changes/", "amendments/", "readings.yaml", "locks/"].iter().any(|p| name.starts_with(p));
        if moves {
            let name = name.strip_prefix("locks/").unwrap_or(name);
            plan.puts.insert(format!("{folder}/{name}"), bytes.clone());
            plan.removes.insert(path.clone());
        }
        if path == CURRENT {
            plan.puts.insert(format!("{folder}/before.md"), bytes.clone());
        }
    }
    // A reading that nobody locked is kept as it is published now.
    for rule in &checked.model.rules.readings {
        let number = rule.number.value;
        let Some(version) = checked.version(Version::reading(number)) else { continue };
        if checked.locks.of(number).is_none() {
            let kept = make::files(checked, rule, version, published);
            plan.puts.extend(kept.into_iter().map(|(p, bytes)| (format!("{folder}/reading-{number}/{p}"), bytes)));
        }
    }
    // What belongs to no reading is kept as it was published too.
    for (path, bytes) in published.iter().filter(|(path, _)| !path.starts_with("reading-")) {
        plan.puts.insert(format!("{folder}/output/{path}"), bytes.clone());
    }
    plan.removes.extend(published.keys().map(|path| format!("output/{path}")));
    plan.puts.insert(CURRENT.into(), markdown(&compiled.bylaw).into_bytes());
    let editions = project.get(EDITIONS).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    plan.puts.insert(EDITIONS.into(), recorded(checked, &id, reading, editions).into_bytes());
    Some(plan)
}

/// Returns the list of editions with one more: its day, and from when each § of its instrument is in force.
fn recorded(checked: &Checked, id: &str, reading: &ReadingRule, before: Option<String>) -> String {
    let model = &checked.model;
    let amendments = model.amendments(reading.number.value);
    let mut effects: Vec<&Effect> = Vec::new();
    for (_, op) in model.proposed() {
        let counts = model.rules.changes.get(op.change).is_some_and(|c| model.counts(c, &amendments));
        if counts && !effects.contains(&&op.effect) {
            effects.push(&op.effect);
        }
    }
    let dated: BTreeSet<jiff::civil::Date> = effects.iter().filter_map(|e| e.date()).collect();
    effects.sort_by_key(|effect| (effect.date().is_none(), effect.date(), written(effect)));
    let head = "# De udgaver, der er vedtaget. Skrives af vedtaegt adopt; notified og published skrives i hånden, når det er sket.\n";
    let mut out = before.unwrap_or_else(|| format!("{head}editions:\n"));
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out += &format!("  - id: \"{id}\"\n    adopted: {}\n    in_force:\n", reading.date.value);
    for effect in effects {
        let section = effect.date().and_then(|date| dated.iter().position(|d| *d == date));
        let section = section.map_or_else(String::new, |i| format!("section: {}, ", i + 1));
        out += &format!("      - {{{section}effect: {}}}\n", written(effect));
    }
    out
}

/// Writes an effect as the rules have it.
fn written(effect: &Effect) -> String {
    match effect {
        Effect::On(date) => date.to_string(),
        Effect::Latest(date) => format!("{{latest: {date}}}"),
        Effect::Towards(year) => format!("{{towards: {year}}}"),
        Effect::When(condition) => {
            let text = serde_json::Value::from(condition.text.as_str());
            format!("{{when: {{condition: {}, text: {text}}}}}", condition.id)
        }
        Effect::Decided(date, before) => {
            let before = written(before);
            format!("{}, decided: {date}}}", before.strip_suffix('}').unwrap_or(&before))
        }
    }
}

/// Is a project as it will be after a step.
pub struct Ahead<'a> {
    /// The project as it is.
    pub world: &'a dyn World,
    /// The step.
    pub plan: &'a Plan,
}

impl World for Ahead<'_> {
    fn read(&self, path: &str, max: u64) -> Result<Vec<u8>, ReadError> {
        match self.plan.puts.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None if self.plan.removes.contains(path) => Err(ReadError::Missing),
            None => self.world.read(path, max),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let mut out: BTreeSet<String> = self.world.list(folder)?.into_iter().collect();
        out.retain(|path| !self.plan.removes.contains(path));
        let below = format!("{folder}/");
        out.extend(self.plan.puts.keys().filter(|path| path.starts_with(&below)).cloned());
        Ok(out.into_iter().collect())
    }
}
