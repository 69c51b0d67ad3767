//! `readings.yaml`: the two readings and the term they prepare.

use super::read::Fields;
use crate::diag::Findings;
use crate::source::yaml::{Node, Value};
use crate::source::{Span, Spanned};
use jiff::civil::Date;

/// Is one of the readings (behandlinger) the council must hold.
#[derive(Clone, Debug)]
pub struct ReadingRule {
    /// 1 or 2.
    pub number: Spanned<i64>,
    /// The day.
    pub date: Spanned<Date>,
    /// Whether the day is only planned.
    pub planned: bool,
    /// Ids of the amendments that are part of its text when they were adopted.
    pub amendments: Vec<Spanned<String>>,
    /// Where it is written.
    pub span: Span,
}

/// Is the term (valgperiode) that the bylaw prepares.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its first day.
    pub begins: Spanned<Date>,
    /// The day of its constituting meeting.
    pub constituting_meeting: Spanned<Date>,
    /// Whether the meeting's day is only planned.
    pub planned: bool,
}

pub(crate) fn read(node: &Node, findings: &mut Findings) -> (Vec<ReadingRule>, Option<Term>) {
    let Some(mut f) = Fields::new(node, "readings.yaml", findings) else { return (Vec::new(), None) };
    let mut readings = Vec::new();
    for node in f.required_list("readings", findings) {
        let Some(mut r) = Fields::new(node, "reading", findings) else { continue };
        let number = r.required_int("number", findings);
        let date = r.required_date("date", findings);
        let planned = r.bool("planned", findings).is_some_and(|b| b.value);
        let amendments = r.texts("amendments", findings);
        r.finish(findings);
        if let (Some(number), Some(date)) = (number, date) {
            readings.push(ReadingRule { number, date, planned, amendments, span: node.span });
        }
    }
    readings.sort_by_key(|r| r.number.value);
    let mut term = None;
    if let Some(mut t) = f.node("term").and_then(|n| Fields::new(n, "term", findings)) {
        let begins = t.required_date("begins", findings);
        let meeting = t.required_date("constituting_meeting", findings);
        let planned = t.bool("planned", findings).is_some_and(|b| b.value);
        t.finish(findings);
        if let (Some(begins), Some(constituting_meeting)) = (begins, meeting) {
            term = Some(Term { begins, constituting_meeting, planned });
        }
    }
    f.finish(findings);
    (readings, term)
}

/// Writes the day of the reading in the place of every `effect: {reading: 2}` below a node; one that is not there stays.
pub(super) fn on_their_days(node: &mut Node, readings: &[ReadingRule]) {
    match &mut node.value {
        Value::Seq(nodes) => nodes.iter_mut().for_each(|n| on_their_days(n, readings)),
        Value::Map(entries) => {
            for entry in entries {
                match day(&entry.value, readings).filter(|_| entry.key == "effect") {
                    Some(day) => {
                        entry.value.raw = day.to_string();
                        entry.value.value = Value::Text(day.to_string());
                    }
                    None => on_their_days(&mut entry.value, readings),
                }
            }
        }
        _ => {}
    }
}

/// Returns the day that `{reading: 2}` means.
fn day(node: &Node, readings: &[ReadingRule]) -> Option<Date> {
    let Value::Map(entries) = &node.value else { return None };
    let [entry] = entries.as_slice() else { return None };
    let Value::Int(number) = entry.value.value else { return None };
    readings.iter().find(|r| entry.key == "reading" && r.number.value == number).map(|r| r.date.value)
}
