//! The redline as one stream: plain text with labels, one line a row.

use super::{ChangeKind, Redline, Row, RowState, Segment, SegmentOp};

/// Returns the redline as `(op, text)`: `=` kept, `-` deleted, `+` inserted, `<` moved from here, `>` moved to here.
///
/// All of `=`, `-` and `<` is the old text, all of `=`, `+` and `>` the new one: label, space and text of every line.
///
/// Where a line was cut in two, or two became one, the words stand where they stood; only a line break and a label come
/// or go.
pub fn segments(redline: &Redline) -> Vec<(char, String)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(row) = redline.rows.get(at) {
        let joint = Joint::find(redline, at);
        head(&mut out, redline, row);
        let stays = joint.as_ref().map_or(row.text.len(), |j| j.first);
        for segment in row.text.iter().take(stays) {
            push(&mut out, op(redline, row, segment), &segment.text);
        }
        if let Some(joint) = joint {
            joint.print(&mut out, redline, row);
            at += joint.rows.len();
        } else {
            push(&mut out, whole(row), "\n");
        }
        at += 1;
    }
    out
}

fn whole(row: &Row) -> char {
    match row.state {
        RowState::Kept => '=',
        RowState::Inserted => '+',
        RowState::Deleted => '-',
        RowState::MovedFrom => '<',
        RowState::MovedTo => '>',
    }
}

/// Prints the label of a line and the space after it.
fn head(out: &mut Vec<(char, String)>, redline: &Redline, row: &Row) {
    let short = is_short_move(row);
    for segment in &row.label {
        // A moved word or two would be lost among the marks of its number.
        let op = if short { whole(row) } else { op(redline, row, segment) };
        push(out, op, &segment.text);
    }
    let kept = row.state == RowState::Kept;
    match (spaced(row, SegmentOp::Delete), spaced(row, SegmentOp::Insert)) {
        (true, true) => push(out, whole(row), " "),
        (true, false) => push(out, if kept { '-' } else { whole(row) }, " "),
        (false, true) => push(out, if kept { '+' } else { whole(row) }, " "),
        (false, false) => {}
    }
}

/// Is a line and those after it that were one with it, or became so.
struct Joint {
    /// The first segment of the line that belongs to the others.
    first: usize,
    /// The lines after it, with the segments that are theirs: none for lines that only came or went between them.
    rows: Vec<(usize, Option<std::ops::Range<usize>>)>,
    /// Whether the line was cut; else it took the others in.
    split: bool,
}

impl Joint {
    /// Finds out whether the end of a line is all of the lines that come next.
    fn find(redline: &Redline, at: usize) -> Option<Joint> {
        let row = redline.rows.get(at).filter(|r| r.state == RowState::Kept)?;
        let kind = |s: &Segment| redline.changes.get(s.change?).map(|c| c.kind);
        let split = |s: &Segment| s.op == SegmentOp::Delete && kind(s) == Some(ChangeKind::Split);
        let merge = |s: &Segment| s.op == SegmentOp::Insert && kind(s) == Some(ChangeKind::Merge);
        let first = row.text.iter().position(|s| split(s) || merge(s))?;
        let is_split = row.text.get(first).is_some_and(split);
        let (gone, state, between) = if is_split {
            (SegmentOp::Delete, RowState::MovedTo, RowState::Inserted)
        } else {
            (SegmentOp::Insert, RowState::MovedFrom, RowState::Deleted)
        };
        let mut rows = Vec::new();
        let mut from = first;
        while from < row.text.len() {
            let change = row.text.get(from..)?.iter().find(|s| split(s) || merge(s))?.change?;
            let mut next = at + 1 + rows.len();
            while redline.rows.get(next).is_some_and(|r| r.state == between) {
                rows.push((next, None));
                next += 1;
            }
            let line = redline.rows.get(next).filter(|r| r.state == state && r.changes.contains(&change))?;
            // All of this change, and what was lost or added between its words.
            let last = row.text.iter().rposition(|s| s.change == Some(change))?;
            let others = |s: &Segment| (split(s) || merge(s)) && s.change != Some(change);
            let mut to = last + 1;
            while row.text.get(to).is_some_and(|s| !others(s)) {
                to += 1;
            }
            let own = row.text.get(from..to)?;
            let blanks = own.iter().take_while(|s| s.text.trim().is_empty()).count();
            let own_words = own.iter().skip(blanks).filter(|s| s.change == Some(change));
            let moved: String = own_words.map(|s| s.text.as_str()).collect();
            let kept: String = line.text.iter().filter(|s| s.op == SegmentOp::Keep).map(|s| s.text.as_str()).collect();
            if moved != kept || own.iter().any(|s| s.op != gone || others(s)) {
                return None;
            }
            rows.push((next, Some(from..to)));
            from = to;
        }
        Some(Joint { first, rows, split: is_split })
    }

    fn print(&self, out: &mut Vec<(char, String)>, redline: &Redline, row: &Row) {
        // What stands in the long line only, and in the short ones only.
        let (long, short) = if self.split { ('-', '+') } else { ('+', '-') };
        for (next, range) in &self.rows {
            let Some(line) = redline.rows.get(*next) else { continue };
            let range = range.clone().unwrap_or(0..0);
            let mut words = row.text.get(range).unwrap_or_default().iter().peekable();
            let moved = |s: &Segment| {
                s.change.is_some_and(|c| line.changes.contains(&c)) && {
                    let kind = redline.changes.get(s.change.unwrap_or_default()).map(|c| c.kind);
                    matches!(kind, Some(ChangeKind::Split | ChangeKind::Merge))
                }
            };
            // The space before the words gives way to the line break.
            while let Some(space) = words.next_if(|s| s.text.trim().is_empty()) {
                push(out, long, &space.text);
            }
            push(out, short, "\n");
            for segment in &line.label {
                push(out, short, &segment.text);
            }
            if !line.label.is_empty() && !line.text.is_empty() {
                push(out, short, " ");
            }
            let mut pending = 0;
            for segment in &line.text {
                if segment.op != SegmentOp::Keep {
                    push(out, short, &segment.text);
                    continue;
                }
                pending += segment.text.len();
                while pending > 0 {
                    let Some(word) = words.next() else { break };
                    if moved(word) {
                        pending = pending.saturating_sub(word.text.len());
                        push(out, '=', &word.text);
                    } else {
                        push(out, long, &word.text);
                    }
                }
            }
            words.for_each(|word| push(out, long, &word.text));
        }
        push(out, '=', "\n");
    }
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

/// Says whether a line moved that has but a word or two.
fn is_short_move(row: &Row) -> bool {
    let moved = matches!(row.state, RowState::MovedFrom | RowState::MovedTo);
    let kept = row.text.iter().filter(|s| s.op == SegmentOp::Keep).flat_map(|s| s.text.split_whitespace()).count();
    moved && (1..=2).contains(&kept)
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
