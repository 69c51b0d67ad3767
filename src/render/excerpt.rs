//! The words of a change: all of them for the trace, a few of them for the overview.

use std::collections::BTreeSet;

use crate::diff::{Change, Redline, Row, RowState, Segment, SegmentOp};
use crate::document::units::UnitKind;

/// Says how many characters of a text an overview shows.
const CLIP: usize = 90;

/// Returns the words that go and the words that come with a change; several places stand on lines of their own.
pub(super) fn words_of(redline: &Redline, index: usize, change: &Change) -> (String, String) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in change.rows.iter().filter_map(|r| redline.rows.get(*r)) {
        let (old, new) = row_words(row, index, true);
        before.push(old);
        after.push(new);
    }
    (distinct(before), distinct(after))
}

/// Returns what a row says before and after: the whole line if it comes, goes or moves, else what is changed in it.
fn row_words(row: &Row, index: usize, label: bool) -> (String, String) {
    let whole = |op| {
        let pick = |s: &&Segment| s.op == SegmentOp::Keep || s.op == op;
        let text = |segs: &[Segment]| segs.iter().filter(pick).map(|s| s.text.as_str()).collect::<String>();
        let label = if label { text(&row.label) } else { String::new() };
        format!("{label} {}", text(&row.text)).trim().to_string()
    };
    match row.state {
        RowState::Inserted | RowState::MovedTo => (String::new(), whole(SegmentOp::Insert)),
        RowState::Deleted | RowState::MovedFrom => (whole(SegmentOp::Delete), String::new()),
        RowState::Kept => {
            let stretches = || [&row.label, &row.text].into_iter().flat_map(|segs| stretches(segs, index));
            let told = |side: fn(&Stretch) -> &str| {
                stretches()
                    .map(|s| side(&s).trim().to_string())
                    .filter(|s| !s.is_empty())
                    .collect::<Vec<_>>()
                    .join(" … ")
            };
            (told(|s| &s.before), told(|s| &s.after))
        }
    }
}

/// Is a part of a line in which marks of one change stand close together.
struct Stretch {
    before: String,
    after: String,
}

/// Says how many kept words may stand between two marks that are told together.
const CLOSE: usize = 5;

/// Tells the marks of a change in a label or a text, with the kept words between marks that stand close.
fn stretches(segs: &[Segment], index: usize) -> Vec<Stretch> {
    let mine = |s: &Segment| s.op != SegmentOp::Keep && s.change.is_none_or(|c| c == index);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (i, _) in segs.iter().enumerate().filter(|(_, s)| mine(s)) {
        match spans.last_mut() {
            Some((_, last)) if kept_words(segs.get(*last + 1..i)) <= CLOSE => *last = i,
            _ => spans.push((i, i)),
        }
    }
    spans.into_iter().filter_map(|(first, last)| stretch(segs, first, last)).collect()
}

fn kept_words(segs: Option<&[Segment]>) -> usize {
    let kept = segs.unwrap_or_default().iter().filter(|s| s.op == SegmentOp::Keep);
    kept.map(|s| s.text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()).sum()
}

fn stretch(segs: &[Segment], first: usize, last: usize) -> Option<Stretch> {
    let span = segs.get(first..=last)?;
    let side = |out: SegmentOp| span.iter().filter(|s| s.op != out).map(|s| s.text.as_str()).collect::<String>();
    let (mut before, mut after) = (side(SegmentOp::Insert), side(SegmentOp::Delete));
    // "Kultur-, Fritids- og …" is not understood without the word that its comma follows.
    let joined = span.first().is_some_and(|s| !s.text.starts_with(|c: char| c.is_alphanumeric() || c == '§'));
    let words = |text: &str| text.chars().any(char::is_alphanumeric);
    if joined && words(&before) && words(&after) {
        let lead = first.checked_sub(1).and_then(|i| segs.get(i)).map_or("", |s| s.text.as_str());
        let lead = last_word(lead);
        before.insert_str(0, lead);
        after.insert_str(0, lead);
    }
    Some(Stretch { before, after })
}

/// Returns the last word, with the word before it if it is a number: `stk. 4`.
fn last_word(text: &str) -> &str {
    let start = |end: usize| text.get(..end).and_then(|t| t.rfind(' ')).map_or(0, |i| i + 1);
    let one = start(text.len());
    let number = text.get(one..).is_some_and(|w| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit()));
    let from = if number && one > 0 { start(one - 1) } else { one };
    text.get(from..).unwrap_or_default()
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
    let (before, after) = row_words(row, index, false);
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
    Some(format!("»{} …«", short.trim_end_matches([',', ';', ':'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_word() {
        assert_eq!(last_word("efter § 28, stk. 4"), "stk. 4");
        assert_eq!(last_word("og Kultur-"), "Kultur-");
        assert_eq!(last_word("4"), "4");
        assert_eq!(last_word("ø "), "");
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(quote(" ni, ", 90).as_deref(), Some("»ni«"));
        assert_eq!(quote("udvikling og drift af parker", 12).as_deref(), Some("»udvikling og …«"));
        assert_eq!(quote(",", 12), None);
        assert_eq!(quote(&"x".repeat(500), 12).map(|q| q.chars().count()), Some(16));
    }
}
