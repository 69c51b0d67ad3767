//! The redline as one stream: plain text with labels, one line a row.

use super::{ChangeKind, Redline, Row, RowState, Segment, SegmentOp};

/// Returns the redline as `(op, text)`: `=` kept, `-` deleted, `+` inserted, `<` moved from here, `>` moved to here.
///
/// All of `=`, `-` and `<` is the old text, all of `=`, `+` and `>` the new one: label, space and text of every line.
///
/// A line whose end became the next line is shown as what it is: a line break and a label that are new.
pub fn segments(redline: &Redline) -> Vec<(char, String)> {
    let mut out = Vec::new();
    let mut cut = None;
    for (index, row) in redline.rows.iter().enumerate() {
        for segment in &row.label {
            push(&mut out, op(redline, row, segment), &segment.text);
        }
        let whole = match row.state {
            RowState::Kept => '=',
            RowState::Inserted => '+',
            RowState::Deleted => '-',
            RowState::MovedFrom => '<',
            RowState::MovedTo => '>',
        };
        let kept = row.state == RowState::Kept;
        match (spaced(row, SegmentOp::Delete), spaced(row, SegmentOp::Insert)) {
            (true, true) => push(&mut out, whole, " "),
            (true, false) => push(&mut out, if kept { '-' } else { whole }, " "),
            (false, true) => push(&mut out, if kept || cut.is_some() { '+' } else { whole }, " "),
            (false, false) => {}
        }
        if let Some(end) = cut.take() {
            // The words stand where they stood; only what is before them is new.
            push(&mut out, '=', end);
            push(&mut out, '=', "\n");
            continue;
        }
        let next = redline.rows.get(index + 1);
        cut = next.and_then(|next| cut_off(redline, row, next));
        let kept = row.text.len() - usize::from(cut.is_some());
        for segment in row.text.iter().take(kept) {
            push(&mut out, op(redline, row, segment), &segment.text);
        }
        if let Some(end) = cut {
            let gone = row.text.last().map_or("", |s| &s.text);
            push(&mut out, '-', gone.get(..gone.len() - end.len()).unwrap_or_default());
            push(&mut out, '+', "\n");
        } else {
            push(&mut out, whole, "\n");
        }
    }
    out
}

/// Returns the words at the end of a row that are all of the next one, where a split made it.
fn cut_off<'r>(redline: &'r Redline, row: &'r Row, next: &Row) -> Option<&'r str> {
    let last = row.text.last().filter(|s| s.op == SegmentOp::Delete && row.state == RowState::Kept)?;
    let split = redline.changes.get(last.change?).is_some_and(|c| c.kind == ChangeKind::Split);
    let whole: String = next.text.iter().map(|s| s.text.as_str()).collect();
    let shown = next.state == RowState::MovedTo && next.text.iter().all(|s| s.op == SegmentOp::Keep);
    let end = last.text.trim_start();
    (split && shown && next.text.iter().all(|s| s.change.is_none()) && end == whole).then_some(end)
}

fn push(out: &mut Vec<(char, String)>, op: char, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some((last, whole)) if *last == op => whole.push_str(text),
        _ => out.push((op, text.to_string())),
    }
}

fn op(redline: &Redline, row: &Row, segment: &Segment) -> char {
    let kind = segment.change.and_then(|c| redline.changes.get(c)).map(|c| c.kind);
    match (segment.op, row.state) {
        // Words that became a line of their own, or were one, did not go and come: they moved.
        (SegmentOp::Delete, RowState::Kept) if kind == Some(ChangeKind::Split) => '<',
        (SegmentOp::Insert, RowState::Kept) if kind == Some(ChangeKind::Merge) => '>',
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
