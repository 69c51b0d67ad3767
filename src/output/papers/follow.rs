//! What is to be followed up: obligations, and other documents that name what changes.

use super::moves::{Move, closing, when};
use super::names::Names;
use crate::lang::danish;
use crate::model::{Model, OpWhat};
use crate::output::describe::duration;
use crate::render::view::ObligationView;
use crate::rules::{ChangeRule, Due, Effect, Mention, Named, Obligation};
use jiff::civil::Date;
use serde::Serialize;

/// Lists the obligations of the proposal and of the adopted amendments, those with a date first.
pub fn obligations(model: &Model, reading: i64, names: &Names<'_>) -> Vec<ObligationView> {
    let adopted = model.amendments(reading);
    let mut out: Vec<ObligationView> = model
        .rules
        .changes
        .iter()
        .filter(|file| file.amendment.is_none() || adopted.contains(file.id.value.as_str()))
        .flat_map(|file| file.obligations.iter().map(|o| obligation(model, file, o, names)))
        .collect();
    // The sort is stable: what has no date keeps the order of the rules.
    out.sort_by_key(|o| (o.date.is_none(), o.date.clone()));
    out
}

fn obligation(model: &Model, file: &ChangeRule, rule: &Obligation, names: &Names<'_>) -> ObligationView {
    let by = names.whoever(&rule.by.value);
    let administration = match model.committee(&rule.by.value) {
        Some(_) => Some(names.administration(&rule.by.value)).filter(|a| *a != by),
        None => None,
    };
    let (date, due) = match &rule.due {
        Due::On(date) => (Some(*date), danish::den(*date)),
        Due::After { period, anchor } => {
            let effect = model.change(&anchor.value).and_then(|c| c.effect.as_ref()).map(|e| &e.value);
            let after = effect.map_or_else(String::new, |e| format!(" efter {}", when(e)));
            let date = effect.and_then(Effect::date).and_then(|d| later(d, period));
            let words = format!("{}{after}", duration(period));
            (date, date.map_or(words.clone(), |d| format!("{} ({words})", danish::den(d))))
        }
        Due::Open => (None, String::new()),
    };
    let basis = if rule.basis.is_empty() { &file.basis } else { &rule.basis };
    ObligationView {
        id: rule.id.value.clone(),
        what: rule.what.value.clone(),
        subject: rule.subject.clone(),
        by,
        administration: administration.unwrap_or_default(),
        to: if rule.to == "open" { String::new() } else { names.whoever(&rule.to) },
        due,
        date: date.map(|d| d.to_string()),
        every: if rule.every.is_empty() { String::new() } else { format!("hvert {}", ordinal_period(&rule.every)) },
        period: rule.every.clone(),
        clauses: basis.iter().map(|b| b.value.clone()).collect(),
        change: file.title.clone(),
        rule: file.id.value.clone(),
    }
}

/// Returns a period after "hvert": `4 years` is `fjerde år`, `1 year` is `år`.
fn ordinal_period(period: &str) -> String {
    let (count, unit) = period.split_once(' ').unwrap_or((period, ""));
    let unit = match unit.trim_end_matches('s') {
        "year" => "år",
        "month" => "måned",
        "week" => "uge",
        _ => "dag",
    };
    match count.parse::<u64>() {
        Ok(1) => unit.to_string(),
        Ok(n) => format!("{} {unit}", danish::ordinal(n)),
        Err(_) => duration(period),
    }
}

/// Returns the day that is a period after another.
pub fn later(date: Date, period: &str) -> Option<Date> {
    let (count, unit) = period.split_once(' ')?;
    let count: i64 = count.parse().ok()?;
    let span = jiff::Span::new();
    let span = match unit.trim_end_matches('s') {
        "year" => span.try_years(count),
        "month" => span.try_months(count),
        "week" => span.try_weeks(count),
        _ => span.try_days(count),
    };
    date.checked_add(span.ok()?).ok()
}

/// Is what must be amended in another document of the city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consequence {
    /// The document's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Who decides it.
    pub owner: String,
    /// What is assumed about it.
    pub assumption: String,
    /// What must be amended, place by place.
    pub items: Vec<ConsequenceItem>,
}

/// Is one thing that must be amended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsequenceItem {
    /// Where in the document; may be empty.
    pub place: String,
    /// The document's own words; may be empty.
    pub quotes: String,
    /// What and when: a sentence without its period.
    pub what: String,
    /// Whether it is a task that moves.
    #[serde(skip)]
    pub moves: bool,
    /// The day; nothing where there is none.
    pub date: Option<String>,
}

/// Lists the other documents that name what changes, and what must be amended in each.
pub fn consequences(model: &Model, reading: i64, moves: &[Move], names: &Names<'_>) -> Vec<Consequence> {
    let mut out = Vec::new();
    for rule in &model.rules.documents {
        let mut items = Vec::new();
        for mention in &rule.names {
            match &mention.named {
                Named::Committee(id) => committee(&mut items, model, reading, mention, &id.value, names),
                Named::Task(id, parts) => {
                    let named = |part: &str| parts.is_empty() || parts.iter().any(|p| p.value == part);
                    task(&mut items, mention, &rule.owner.value, &id.value, named, moves);
                }
            }
        }
        if !items.is_empty() {
            out.push(Consequence {
                id: rule.id.value.clone(),
                title: rule.title.clone(),
                kind: rule.kind.clone(),
                owner: names.whoever(&rule.owner.value),
                assumption: rule.assumption.clone(),
                items,
            });
        }
    }
    out
}

fn item(mention: &Mention, what: String, effect: &Effect) -> ConsequenceItem {
    ConsequenceItem {
        place: mention.place.clone(),
        quotes: mention.quotes.clone(),
        what: format!("{what}{}", closing(effect)),
        moves: false,
        date: effect.date().map(|d| d.to_string()),
    }
}

fn committee(
    out: &mut Vec<ConsequenceItem>,
    model: &Model,
    reading: i64,
    mention: &Mention,
    id: &str,
    names: &Names<'_>,
) {
    let adopted = model.amendments(reading);
    let counts = |change: usize| {
        let file = model.rules.changes.get(change);
        file.is_some_and(|f| f.amendment.is_none() || adopted.contains(f.id.value.as_str()))
    };
    for op in model.operations.iter().filter(|op| counts(op.change)) {
        let what = match &op.what {
            OpWhat::Rename(rename) if rename.committee.value == id => {
                let Some(committee) = model.committee(id) else { continue };
                let find = |name: &str| committee.names.iter().find(|n| n.id.value == name);
                let (Some(from), Some(to)) = (find(&rename.from.value), find(&rename.to.value)) else { continue };
                let pairs = [
                    (Some(&from.committee.definite), Some(&to.committee.definite)),
                    (
                        from.administration.as_ref().map(|n| &n.definite),
                        to.administration.as_ref().map(|n| &n.definite),
                    ),
                    (from.abbreviation.as_ref(), to.abbreviation.as_ref()),
                    (from.administration_abbreviation.as_ref(), to.administration_abbreviation.as_ref()),
                ];
                let changed: Vec<String> = pairs
                    .into_iter()
                    .filter_map(|(a, b)| Some((&a?.value, &b?.value)))
                    .filter(|(a, b)| a != b)
                    .map(|(a, b)| format!("»{a}« ændres til »{b}«"))
                    .collect();
                if changed.is_empty() {
                    continue;
                }
                danish::join(&changed)
            }
            OpWhat::Create(i) if model.rules.committees.get(*i).is_some_and(|c| c.id.value == id) => {
                format!("{} oprettes", names.committee(id))
            }
            OpWhat::Abolish(i) if model.rules.committees.get(*i).is_some_and(|c| c.id.value == id) => {
                format!("{} nedlægges", names.committee(id))
            }
            _ => continue,
        };
        out.push(item(mention, what, &op.effect));
    }
    let rules = &model.rules;
    for body in rules.special.iter().chain(&rules.bodies).filter(|b| b.id.value == id) {
        for (by, what) in [(&body.created_by, "oprettes"), (&body.abolished_by, "nedlægges")] {
            let effect = by.as_ref().and_then(|by| model.change(&by.value)).and_then(|c| c.effect.as_ref());
            if let Some(effect) = effect {
                out.push(item(mention, format!("{} {what}", body.name.value), &effect.value));
            }
        }
    }
}

/// Adds the tasks that move. Of a committee's own document only what it gives or receives is told, if there is any.
fn task(
    out: &mut Vec<ConsequenceItem>,
    mention: &Mention,
    owner: &str,
    id: &str,
    named: impl Fn(&str) -> bool,
    moves: &[Move],
) {
    let own = |m: &Move| m.giver == owner || m.receiver == owner;
    let concerned = |m: &Move| m.tasks.iter().any(|t| t.id == id && t.parts.iter().any(|p| named(p)));
    let any = moves.iter().any(|m| own(m) && concerned(m));
    for moved in moves.iter().filter(|m| !any || own(m)) {
        for task in moved.tasks.iter().filter(|t| t.id == id && t.parts.iter().any(|p| named(p))) {
            let Move { from, to, closing, .. } = moved;
            out.push(ConsequenceItem {
                place: mention.place.clone(),
                quotes: mention.quotes.clone(),
                what: format!("fra {from} til {to} flyttes{closing}: {}", task.words),
                moves: true,
                date: moved.date.map(|d| d.to_string()),
            });
        }
    }
}
