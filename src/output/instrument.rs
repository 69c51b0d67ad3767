//! The amending instrument of a reading: one § for each day on which anything takes effect, and when that is.

use super::StateCauses;
use super::describe::frame;
use super::paper::Format;
use super::set::{BuildError, Maker};
use crate::check::Checked;
use crate::compile::{Compiled, compile};
use crate::diag::Findings;
use crate::diff::{Identity, compare};
use crate::instrument::derive::{Derived, Step, derive};
use crate::instrument::print::{self, markdown};
use crate::instrument::{Kind, Line};
use crate::lang::amending;
use crate::model::{Model, Version};
use crate::render::frame::Frame;
use crate::rules::Effect;
use crate::template::Templates;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What its files are called.
pub const NAME: &str = "forslag";

/// Derives the instrument of a reading against the text in force; `None` if a text on the way cannot be compiled.
pub fn instrument(checked: &Checked, reading: i64) -> Option<Derived> {
    let model = &checked.model;
    let dates = model.new_dates(reading);
    let mut own: Vec<Compiled> = Vec::new();
    let templates = Templates::load(&model.rules, &mut Findings::default())?;
    for date in dates.iter().rev().skip(1).rev() {
        let version = model.through(*date, reading);
        if checked.version(version).is_none() {
            own.push(compile(model, &templates, version, &mut Findings::default())?);
        }
    }
    let on = |version: Version| checked.version(version).or_else(|| own.iter().find(|c| c.version == version));
    let mut texts = vec![(None, on(Version::in_force())?)];
    for (i, date) in dates.iter().enumerate() {
        let last = i + 1 == dates.len();
        let version = if last { Version::reading(reading) } else { model.through(*date, reading) };
        texts.push((Some(*date), on(version)?));
    }
    let mut redlines = Vec::new();
    for pair in texts.windows(2) {
        let [(_, before), (_, after)] = pair else { continue };
        let causes = StateCauses { model, state: &after.state };
        redlines.push(compare(&before.bylaw, &after.bylaw, Identity::Known, &causes));
    }
    let steps: Vec<Step<'_>> = texts
        .windows(2)
        .zip(&redlines)
        .filter_map(|(pair, redline)| match pair {
            [(_, before), (effect, after)] => {
                Some(Step { effect: *effect, before: &before.bylaw, after: &after.bylaw, redline: Some(redline) })
            }
            _ => None,
        })
        .collect();
    let mut derived = derive(&steps);
    introduce(model, reading, &mut derived);
    Some(derived)
}

impl Maker<'_> {
    /// Puts the instrument of a reading into the set.
    pub(super) fn instrument(&mut self, reading: i64, frame: Frame, derived: &Derived) -> Result<(), BuildError> {
        let folder = &format!("reading-{reading}");
        let instrument = &derived.instrument;
        let examples = examples(&self.checked.model, reading);
        let notice = if examples.is_empty() { frame.notice.clone() } else { format!("{} {examples}", frame.notice) };
        let frame = Frame { notice: notice.trim().to_string(), ..frame };
        self.put(folder, &format!("{NAME}.md"), markdown(instrument, &frame.notice).into_bytes());
        let frame = Frame { kind: String::new(), document_title: instrument.title.clone(), ..frame };
        let paper = print::paper(instrument, frame);
        self.paper(&format!("{folder}/{NAME}"), &paper, &[Format::Html, Format::Pdf, Format::Docx])
    }
}

/// Adds what is not of the texts: title, introductions, and the § on commencement.
fn introduce(model: &Model, reading: i64, derived: &mut Derived) {
    let rules = &model.rules.bylaw;
    let act = frame(model, None, "").document_title;
    let edition = super::describe::edition(model);
    let instrument = &mut derived.instrument;
    instrument.title = amending::title(&act);
    let mut before: Vec<String> = Vec::new();
    for part in &mut instrument.parts {
        part.intro = amending::intro(&act, rules.dated, &edition, &before, part.items.len());
        before.push(format!("§ {}", part.number));
    }
    let open = earlier(model, reading);
    let several = instrument.parts.len() > 1;
    let lines: Vec<String> = instrument
        .parts
        .iter()
        .map(|part| {
            let council = part.effect.filter(|date| open.contains(date)).map(|_| rules.council.as_str());
            let what = match (several, part.items.len()) {
                (true, _) => format!("§ {}", part.number),
                (false, 1) => "Ændringen".to_string(),
                (false, _) => "Ændringerne".to_string(),
            };
            amending::commencement(&what, part.effect, council)
        })
        .collect();
    for (i, text) in lines.into_iter().enumerate() {
        let label = if several { format!("Stk. {}.", i + 1) } else { String::new() };
        instrument.closing.push(Line::new(Kind::Subsection, label, text));
    }
}

/// Says which adopted amendments in the text of a reading are examples of the project; empty for none.
fn examples(model: &Model, reading: i64) -> String {
    let adopted = model.amendments(reading);
    let example = |c: &&crate::rules::ChangeRule| {
        adopted.contains(c.id.value.as_str()) && c.amendment.as_ref().is_some_and(|a| a.example)
    };
    let titles: Vec<String> = model.rules.changes.iter().filter(example).map(|c| format!("»{}«", c.title)).collect();
    amending::examples(&titles)
}

/// Returns the days that are the latest ones: the council can fix an earlier day.
fn earlier(model: &Model, reading: i64) -> BTreeSet<Date> {
    let ordered = model.ordered(reading);
    let latest = |op: crate::document::OpId| match model.operation(op).map(|op| &op.effect) {
        Some(Effect::Latest(date)) => Some(*date),
        _ => None,
    };
    ordered.into_iter().filter(|(_, op)| !model.is_settled(*op)).filter_map(|(_, op)| latest(op)).collect()
}
