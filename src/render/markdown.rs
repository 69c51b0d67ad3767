//! The redline as Markdown with CriticMarkup: `{++new++}`, `{--gone--}`, `{>>said about it<<}`.
//!
//! One line a row, in the profile of [`crate::document::print`]. A line that is new or gone as a whole has the mark
//! around all of it. A brace of the text itself is escaped, so that what looks like a mark is one.

use super::words;
use crate::diff::{Redline, Row, RowState, Segment, SegmentOp};
use crate::document::print::{escape, gap, guard, prefix};
use crate::document::units::UnitKind;

/// Prints a redline.
pub fn redline(redline: &Redline) -> String {
    let mut out = String::new();
    let mut before = None;
    for row in &redline.rows {
        out.push_str(gap(before, row.kind));
        out.push_str(&line(redline, row));
        before = Some(row.kind);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn line(redline: &Redline, row: &Row) -> String {
    let whole = match row.state {
        RowState::Kept => return kept(row),
        RowState::Inserted | RowState::MovedTo => format!("{{++{}++}}", side(row, SegmentOp::Insert)),
        RowState::Deleted | RowState::MovedFrom => format!("{{--{}--}}", side(row, SegmentOp::Delete)),
    };
    match words::note(redline, row) {
        Some(note) => format!("{whole}{{>>{}<<}}", escape(&note)),
        None => whole,
    }
}

/// Returns the whole line as it stands on one side.
fn side(row: &Row, op: SegmentOp) -> String {
    let join = |segments: &[Segment]| -> String {
        segments.iter().filter(|s| s.op == SegmentOp::Keep || s.op == op).map(|s| s.text.as_str()).collect()
    };
    let (label, text) = (join(&row.label), guarded(row.kind, &join(&row.text)));
    let space = if label.is_empty() || text.is_empty() { "" } else { " " };
    format!("{}{label}{space}{text}", prefix(row.kind))
}

fn guarded(kind: UnitKind, text: &str) -> String {
    let text = escape(text);
    if matches!(kind, UnitKind::Preamble | UnitKind::Text | UnitKind::Point) { guard(&text) } else { text }
}

fn kept(row: &Row) -> String {
    let (old, new) = (side(row, SegmentOp::Delete), side(row, SegmentOp::Insert));
    if old == new {
        return new;
    }
    let mut out = prefix(row.kind).to_string();
    out += &marked(&row.label);
    let text = marked(&row.text);
    if !row.label.is_empty() && !row.text.is_empty() {
        out.push(' ');
    }
    out += &text;
    // Where the first word must be guarded, or only one side has a label or words, the line is marked as a whole.
    let plain = |op| {
        let join = |s: &[Segment]| {
            s.iter().filter(|s| s.op == SegmentOp::Keep || s.op == op).map(|s| escape(&s.text)).collect::<String>()
        };
        let (label, text) = (join(&row.label), join(&row.text));
        (label.is_empty() == row.label.is_empty() && text.is_empty() == row.text.is_empty()).then(|| {
            format!("{}{label}{}{text}", prefix(row.kind), if label.is_empty() || text.is_empty() { "" } else { " " })
        })
    };
    if plain(SegmentOp::Delete).as_deref() == Some(old.as_str())
        && plain(SegmentOp::Insert).as_deref() == Some(new.as_str())
    {
        out
    } else {
        format!("{{--{old}--}}{{++{new}++}}")
    }
}

fn marked(segments: &[Segment]) -> String {
    let mut out = String::new();
    let mut open = SegmentOp::Keep;
    for segment in segments.iter().filter(|s| !s.text.is_empty()) {
        if segment.op != open {
            out.push_str(close(open));
            out.push_str(match segment.op {
                SegmentOp::Keep => "",
                SegmentOp::Delete => "{--",
                SegmentOp::Insert => "{++",
            });
            open = segment.op;
        }
        out.push_str(&escape(&segment.text));
    }
    out.push_str(close(open));
    out
}

fn close(op: SegmentOp) -> &'static str {
    match op {
        SegmentOp::Keep => "",
        SegmentOp::Delete => "--}",
        SegmentOp::Insert => "++}",
    }
}
