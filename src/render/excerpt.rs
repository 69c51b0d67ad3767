//! The words of a change: all of them for the trace, a few of them for the overview.

use std::collections::BTreeSet;

use crate::diff::{Change, Redline, Row, RowState, Segment, SegmentOp};
use crate::document::units::UnitKind;

/// Says how many characters of a text an overview shows.
const CLIP: usize = 90;

/// Returns the words that go and the words that come with a change.
pub(super) fn words_of(redline: &Redline, index: usize, change: &Change) -> (String, String) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in change.rows.iter().filter_map(|r| redline.rows.get(*r)) {
        let whole = |op| {
            let pick = |s: &&Segment| s.op == SegmentOp::Keep || s.op == op;
            let text = |segs: &[Segment]| segs.iter().filter(pick).map(|s| s.text.as_str()).collect::<String>();
            format!("{} {}", text(&row.label), text(&row.text)).trim().to_string()
        };
        let part = |op| marked(row, op, index);
        match row.state {
            RowState::Inserted | RowState::MovedTo => after.push(whole(SegmentOp::Insert)),
            RowState::Deleted | RowState::MovedFrom => before.push(whole(SegmentOp::Delete)),
            RowState::Kept => {
                before.push(part(SegmentOp::Delete));
                after.push(part(SegmentOp::Insert));
            }
        }
    }
    (distinct(before), distinct(after))
}

/// Returns the words with one mark that belong to a change; what stands apart is joined with an ellipsis.
fn marked(row: &Row, op: SegmentOp, index: usize) -> String {
    let mut stretches: Vec<String> = Vec::new();
    for segments in [&row.label, &row.text] {
        let mut apart = true;
        for segment in segments {
            if segment.op == op && segment.change.is_none_or(|c| c == index) {
                match stretches.last_mut() {
                    Some(last) if !apart => last.push_str(&segment.text),
                    _ => stretches.push(segment.text.clone()),
                }
                apart = false;
            } else if segment.op == SegmentOp::Keep && !segment.text.is_empty() {
                apart = true;
            }
        }
    }
    let words = |text: &String| text.chars().any(char::is_alphanumeric);
    let wordless = !stretches.iter().any(words);
    let stretches = stretches.iter().filter(|s| wordless || words(s)).map(|s| s.trim());
    stretches.collect::<Vec<_>>().join(" … ")
}

/// Joins the words of several places, one a line; the same words in many places stand once.
fn distinct(parts: Vec<String>) -> String {
    let mut seen = BTreeSet::new();
    parts.into_iter().filter(|p| !p.is_empty() && seen.insert(p.clone())).collect::<Vec<_>>().join("\n")
}

/// Tells a change in a few words: `»ni« bliver »11«`, `»udvikling og drift af Amager Strandpark …«`.
pub(super) fn excerpt(redline: &Redline, index: usize, change: &Change) -> String {
    let rows = || change.rows.iter().filter_map(|r| redline.rows.get(*r));
    // A whole § is told by its first words, not by its heading; a move by what arrives.
    let row = rows()
        .find(|r| r.state == RowState::MovedTo)
        .or_else(|| rows().find(|r| r.kind != UnitKind::Heading))
        .or_else(|| rows().next());
    let Some(row) = row else { return String::new() };
    let whole = |op| {
        let pick = |s: &&Segment| s.op == SegmentOp::Keep || s.op == op;
        row.text.iter().filter(pick).map(|s| s.text.as_str()).collect::<String>()
    };
    let part = |op| marked(row, op, index);
    let (before, after) = match row.state {
        RowState::Inserted | RowState::MovedTo => (String::new(), whole(SegmentOp::Insert)),
        RowState::Deleted | RowState::MovedFrom => (whole(SegmentOp::Delete), String::new()),
        RowState::Kept => (part(SegmentOp::Delete), part(SegmentOp::Insert)),
    };
    match (quote(&before, CLIP), quote(&after, CLIP)) {
        (None, None) => String::new(),
        (Some(words), None) if row.state == RowState::Kept => format!("{words} udgår"),
        (None, Some(words)) if row.state == RowState::Kept => format!("{words} indsættes"),
        (Some(words), None) | (None, Some(words)) => words,
        (Some(before), Some(after)) => format!("{before} bliver {after}"),
    }
}

/// Puts words in quotes, cut at a word if they are many; `None` if there are none.
fn quote(text: &str, most: usize) -> Option<String> {
    let text = text.trim().trim_end_matches([',', '.', ';', ':']).trim_start_matches([',', '.', ';', ':']).trim();
    if text.is_empty() {
        return None;
    }
    if text.chars().count() <= most {
        return Some(format!("»{text}«"));
    }
    let mut short = String::new();
    for word in text.split_whitespace() {
        if !short.is_empty() && short.chars().count() + word.chars().count() > most {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.extend(word.chars().take(most));
    }
    Some(format!("»{} …«", short.trim_end_matches([',', '.', ';', ':'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut() {
        assert_eq!(quote(" ni, ", 90).as_deref(), Some("»ni«"));
        assert_eq!(quote("udvikling og drift af parker", 12).as_deref(), Some("»udvikling og …«"));
        assert_eq!(quote(",", 12), None);
        assert_eq!(quote(&"x".repeat(500), 12).map(|q| q.chars().count()), Some(16));
    }
}
