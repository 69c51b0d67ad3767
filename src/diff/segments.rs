//! The redline as one stream: plain text with labels, one line a row.

use super::{Redline, Row, RowState, Segment, SegmentOp};

/// Returns the redline as `(op, text)`: `=` kept, `-` deleted, `+` inserted, `<` moved from here, `>` moved to here.
///
/// All of `=`, `-` and `<` is the old text, all of `=`, `+` and `>` the new one: label, space and text of every line.
pub fn segments(redline: &Redline) -> Vec<(char, String)> {
    let mut out = Vec::new();
    for row in &redline.rows {
        for segment in &row.label {
            push(&mut out, op(row, segment), &segment.text);
        }
        let whole = match row.state {
            RowState::Kept => '=',
            RowState::Inserted => '+',
            RowState::Deleted => '-',
            RowState::MovedFrom => '<',
            RowState::MovedTo => '>',
        };
        match (spaced(row, SegmentOp::Delete), spaced(row, SegmentOp::Insert)) {
            (true, true) => push(&mut out, whole, " "),
            (true, false) => push(&mut out, if row.state == RowState::Kept { '-' } else { whole }, " "),
            (false, true) => push(&mut out, if row.state == RowState::Kept { '+' } else { whole }, " "),
            (false, false) => {}
        }
        for segment in &row.text {
            push(&mut out, op(row, segment), &segment.text);
        }
        push(&mut out, whole, "\n");
    }
    out
}

fn push(out: &mut Vec<(char, String)>, op: char, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some((last, whole)) if *last == op => whole.push_str(text),
        _ => out.push((op, text.to_string())),
    }
}

fn op(row: &Row, segment: &Segment) -> char {
    match (segment.op, row.state) {
        (SegmentOp::Delete, _) => '-',
        (SegmentOp::Insert, _) => '+',
        (SegmentOp::Keep, RowState::MovedFrom) => '<',
        (SegmentOp::Keep, RowState::MovedTo) => '>',
        (SegmentOp::Keep, _) => '=',
    }
}

/// Says whether a space stands between label and text on one side of a row: the old one for `Delete`.
fn spaced(row: &Row, side: SegmentOp) -> bool {
    let here = match side {
        SegmentOp::Delete => row.in_old(),
        _ => row.in_new(),
    };
    let shown = |s: &Segment| (s.op == SegmentOp::Keep || s.op == side) && !s.text.is_empty();
    here && row.label.iter().any(shown) && row.text.iter().any(shown)
}
