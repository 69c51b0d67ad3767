//! `readings.yaml`: the two readings and the term they prepare.

use super::read::Fields;
use crate::diag::Findings;
use crate::source::yaml::Node;
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
