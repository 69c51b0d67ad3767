//! The redline in a terminal: colour where there is any, signs everywhere.

use crate::diff::{Redline, Row, RowState, Segment, SegmentOp};

const RED: &str = "\x1b[31;9m";
const GREEN: &str = "\x1b[32;4m";
const BLUE: &str = "\x1b[34m";
const DIM: &str = "\x1b[2m";
/// Before the colour of what only follows from other changes: faint.
const FOLLOWS: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Explains the signs where there is no colour.
const LEGEND: &str = "\
+ ny linje, - linje udgår, ↓ flyttet hertil, ↑ flyttet herfra, ~ ændret
[-udgår-] {+nyt+} ‹før → nu› følger af andre ændringer […] uændret tekst er udeladt
";

/// Prints the lines that are marked, each under the place it stands.
pub fn redline(redline: &Redline, color: bool) -> String {
    let mut out = String::new();
    if !redline.rows.iter().any(Row::is_marked) {
        return "Ingen forskel.\n".into();
    }
    if !color {
        out += LEGEND;
    }
    let mut section = None;
    for row in redline.rows.iter().filter(|r| r.is_marked()) {
        let side = if row.in_new() { row.new.as_ref() } else { row.old.as_ref() };
        let place = side.map(|s| s.address.section.clone().map_or_else(|| s.address.to_string(), |n| format!("§ {n}")));
        if place != section {
            if !out.is_empty() {
                out.push('\n');
            }
            let title = place.clone().unwrap_or_default();
            out += &if color { format!("{BLUE}{title}{PLAIN}\n") } else { format!("{title}\n") };
            section = place;
        }
        out += &line(redline, row, color);
    }
    out
}

fn line(redline: &Redline, row: &Row, color: bool) -> String {
    let sign = match row.state {
        RowState::Kept => "~",
        RowState::Inserted => "+",
        RowState::Deleted => "-",
        RowState::MovedFrom => "↑",
        RowState::MovedTo => "↓",
    };
    let note = super::words::note(redline, row).map(|n| format!("  ({n})"));
    // The number of a line that moved is simply that of its place.
    let moved = matches!(row.state, RowState::MovedFrom | RowState::MovedTo) && !color;
    let label = if moved { row.label.iter().map(|s| clean(&s.text)).collect() } else { words(row, &row.label, color) };
    let text = words(row, &row.text, color);
    let space = if label.is_empty() || text.is_empty() { "" } else { " " };
    let note = note.map(|n| if color { format!("{DIM}{n}{PLAIN}") } else { n }).unwrap_or_default();
    format!("  {sign} {label}{space}{text}{note}\n")
}

fn words(row: &Row, segments: &[Segment], color: bool) -> String {
    let whole = row.state != RowState::Kept;
    let mut out = String::new();
    let mut rest = segments.iter().filter(|s| !s.text.is_empty()).peekable();
    while let Some(s) = rest.next() {
        let mut text = clean(&s.text);
        // Words of several rules side by side are one mark to the eye.
        let same = |n: &&Segment| n.op == s.op && n.class.is_consequence() == s.class.is_consequence();
        while let Some(next) = rest.next_if(same) {
            text += &clean(&next.text);
        }
        let follows = s.class.is_consequence();
        out += &match (s.op, color) {
            (SegmentOp::Keep, _) if !whole => short(&text),
            (SegmentOp::Keep, _) => text,
            (SegmentOp::Delete, true) if follows => format!("{FOLLOWS}{RED}{text}{PLAIN}"),
            (SegmentOp::Insert, true) if follows => format!("{FOLLOWS}{GREEN}{text}{PLAIN}"),
            (SegmentOp::Delete, true) => format!("{RED}{text}{PLAIN}"),
            (SegmentOp::Insert, true) => format!("{GREEN}{text}{PLAIN}"),
            // A line that came or went as a whole has its sign in the margin.
            (SegmentOp::Delete, false) if whole && row.state == RowState::Deleted => text,
            (SegmentOp::Insert, false) if whole && row.state == RowState::Inserted => text,
            // What only follows has signs of its own: `‹14 → 15›`.
            (SegmentOp::Delete, false) if follows => {
                match rest.next_if(|n| n.op == SegmentOp::Insert && n.class.is_consequence()) {
                    Some(next) => format!("‹{text} → {}›", clean(&next.text)),
                    None => format!("‹−{text}›"),
                }
            }
            (SegmentOp::Insert, false) if follows => format!("‹+{text}›"),
            (SegmentOp::Delete, false) => format!("[-{text}-]"),
            (SegmentOp::Insert, false) => format!("{{+{text}+}}"),
        };
    }
    out
}

/// Leaves out the middle of a long stretch that is as it was.
fn short(text: &str) -> String {
    let size = text.chars().count();
    if size <= LONG {
        return text.to_string();
    }
    let (head, tail): (String, String) =
        (text.chars().take(AROUND).collect(), text.chars().skip(size - AROUND).collect());
    let (head, tail) =
        (head.rsplit_once(' ').map_or(head.as_str(), |h| h.0), tail.split_once(' ').map_or(tail.as_str(), |t| t.1));
    format!("{head} […] {tail}")
}

/// A stretch of more characters than this is shortened,
const LONG: usize = 240;
/// to about this many on either side.
const AROUND: usize = 80;

/// Takes out what would steer a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
