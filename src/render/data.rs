//! The comparison as data for other programs: every line with its marks, every change with its place, cause and date.
//!
//! The shape is described in `docs/redline.md`; [`FORMAT`] changes when it does.

use super::view::{ChangeInfo, ClauseRef, RedlineDoc, RuleRef};
use crate::diff::{Cause, Change, Redline, Row, RowState, Segment, SegmentOp, Side};
use serde::Serialize;

/// Names the shape of the data.
pub const FORMAT: &str = "vedtaegt-comparison/1";

/// Is what `vedtaegt diff --format json` prints: the document that the pages are made of, and the comparison itself.
#[derive(Serialize)]
pub struct Data<'a> {
    comparison: Comparison<'a>,
    #[serde(flatten)]
    doc: &'a RedlineDoc,
}

#[derive(Serialize)]
struct Comparison<'a> {
    format: &'static str,
    /// Whether nothing is marked.
    equal: bool,
    changes: Vec<OneChange<'a>>,
    rows: Vec<OneRow<'a>>,
}

#[derive(Serialize)]
struct OneChange<'a> {
    number: usize,
    kind: &'static str,
    class: &'static str,
    follows: bool,
    node: &'a str,
    section: &'a str,
    old: Option<String>,
    new: Option<String>,
    effect: Option<String>,
    causes: Vec<OneCause>,
    rules: &'a [RuleRef],
    clauses: &'a [ClauseRef],
    why: &'a str,
    rows: &'a [usize],
}

#[derive(Serialize)]
struct OneCause {
    kind: &'static str,
    /// The operations, by their number in the model.
    operations: Vec<u32>,
}

#[derive(Serialize)]
struct OneRow<'a> {
    line: &'static str,
    state: &'static str,
    old: Option<OneSide<'a>>,
    new: Option<OneSide<'a>>,
    label: Vec<Mark<'a>>,
    text: Vec<Mark<'a>>,
    changes: &'a [usize],
}

#[derive(Serialize)]
struct OneSide<'a> {
    id: &'a str,
    label: &'a str,
    address: String,
}

#[derive(Serialize)]
struct Mark<'a> {
    op: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<usize>,
}

/// Puts the data together; `infos` are those of the changes, in their order, or none.
pub fn data<'a>(redline: &'a Redline, doc: &'a RedlineDoc, infos: &'a [ChangeInfo]) -> Data<'a> {
    let one = |(number, it): (usize, &'a Change)| change(number, it, infos.get(number));
    let comparison = Comparison {
        format: FORMAT,
        equal: !redline.rows.iter().any(Row::is_marked),
        changes: redline.changes.iter().enumerate().map(one).collect(),
        rows: redline.rows.iter().map(row).collect(),
    };
    Data { comparison, doc }
}

fn change<'a>(number: usize, it: &'a Change, info: Option<&'a ChangeInfo>) -> OneChange<'a> {
    let address = |a: &crate::document::Address| Some(a.to_string()).filter(|a| !a.is_empty());
    OneChange {
        number,
        kind: it.kind.name(),
        class: it.class.name(),
        follows: it.class.is_consequence(),
        node: it.node.as_str(),
        section: it.section.as_str(),
        old: it.old.as_ref().and_then(address),
        new: it.new.as_ref().and_then(address),
        effect: it.effect.map(|date| date.to_string()),
        causes: it.causes.iter().map(cause).collect(),
        rules: info.map(|i| i.rules.as_slice()).unwrap_or_default(),
        clauses: info.map(|i| i.clauses.as_slice()).unwrap_or_default(),
        why: info.map(|i| i.why.as_str()).unwrap_or_default(),
        rows: &it.rows,
    }
}

fn cause(cause: &Cause) -> OneCause {
    let (kind, operations) = match cause {
        Cause::Clause(op) => ("clause", vec![op.0]),
        Cause::Amendment(op) => ("amendment", vec![op.0]),
        Cause::Consequence(ops) => ("consequence", ops.iter().map(|op| op.0).collect()),
        Cause::Unknown => ("unknown", Vec::new()),
    };
    OneCause { kind, operations }
}

fn row(row: &Row) -> OneRow<'_> {
    OneRow {
        line: row.kind.name(),
        state: match row.state {
            RowState::Kept => "kept",
            RowState::Inserted => "inserted",
            RowState::Deleted => "deleted",
            RowState::MovedFrom => "moved-from",
            RowState::MovedTo => "moved-to",
        },
        old: row.old.as_ref().map(one_side),
        new: row.new.as_ref().map(one_side),
        label: row.label.iter().map(mark).collect(),
        text: row.text.iter().map(mark).collect(),
        changes: &row.changes,
    }
}

fn one_side(side: &Side) -> OneSide<'_> {
    OneSide { id: side.id.as_str(), label: &side.label, address: side.address.to_string() }
}

fn mark(segment: &Segment) -> Mark<'_> {
    let marked = segment.op != SegmentOp::Keep;
    Mark {
        op: match segment.op {
            SegmentOp::Keep => "=",
            SegmentOp::Delete => "-",
            SegmentOp::Insert => "+",
        },
        text: &segment.text,
        class: marked.then(|| segment.class.name()),
        change: segment.change,
    }
}
