//! The redline in a terminal: colour where there is any, signs everywhere.

use crate::diff::{Redline, Row, RowState, Segment, SegmentOp};

const RED: &str = "\x1b[31;9m";
const GREEN: &str = "\x1b[32;4m";
const BLUE: &str = "\x1b[34m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Prints the lines that are marked, each under the place it stands.
pub fn redline(redline: &Redline, color: bool) -> String {
    let mut out = String::new();
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
    let (label, text) = (words(row, &row.label, color), words(row, &row.text, color));
    let space = if label.is_empty() || text.is_empty() { "" } else { " " };
    let note = note.map(|n| if color { format!("{DIM}{n}{PLAIN}") } else { n }).unwrap_or_default();
    format!("  {sign} {label}{space}{text}{note}\n")
}

fn words(row: &Row, segments: &[Segment], color: bool) -> String {
    let whole = row.state != RowState::Kept;
    segments
        .iter()
        .filter(|s| !s.text.is_empty())
        .map(|s| {
            let text = clean(&s.text);
            match (s.op, color) {
                (SegmentOp::Delete, true) => format!("{RED}{text}{PLAIN}"),
                (SegmentOp::Insert, true) => format!("{GREEN}{text}{PLAIN}"),
                // A line that came or went as a whole has its sign in the margin.
                (SegmentOp::Delete, false) if whole && row.state == RowState::Deleted => text,
                (SegmentOp::Insert, false) if whole && row.state == RowState::Inserted => text,
                (SegmentOp::Delete, false) => format!("[-{text}-]"),
                (SegmentOp::Insert, false) => format!("{{+{text}+}}"),
                (SegmentOp::Keep, _) => text,
            }
        })
        .collect()
}

/// Takes out what would steer a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
