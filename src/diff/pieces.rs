//! Finds words that became a line of their own, and lines that became part of another.

use super::align::Trees;
use super::rows::Draft;
use super::{Class, RowState, Segment, SegmentOp};
use std::collections::HashMap;

/// Fewer words than this are no piece.
const WORDS: usize = 4;

/// Is a stretch of marks that is the whole of another line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The first segment.
    pub first: usize,
    /// The segment after the last.
    pub end: usize,
    /// The old node the words stood in.
    pub old: usize,
    /// The new node they stand in.
    pub new: usize,
}

/// Turns deleted words that are all of a new line, and inserted words that are all of a deleted one, into moves.
pub(super) fn find(trees: Trees<'_, '_>, drafts: &mut [Draft]) {
    for (gone, op) in [(RowState::Inserted, SegmentOp::Delete), (RowState::Deleted, SegmentOp::Insert)] {
        // By the section and the words; two of the same in one section are none.
        let mut whole: HashMap<(Option<usize>, String), Option<usize>> = HashMap::new();
        let section = |draft: &Draft| match op {
            SegmentOp::Delete => draft.new.and_then(|n| trees.new.section(n)),
            _ => draft.old.and_then(|o| trees.old.section(o)),
        };
        for (index, draft) in drafts.iter().enumerate().filter(|(_, d)| d.state == gone) {
            let text: String = draft.text.iter().map(|s| s.text.as_str()).collect();
            if text.split_whitespace().count() >= WORDS {
                whole.entry((section(draft), text.trim().to_string())).and_modify(|d| *d = None).or_insert(Some(index));
            }
        }
        if whole.is_empty() {
            continue;
        }
        for index in 0..drafts.len() {
            let (Some(old), Some(new)) = (drafts[index].old, drafts[index].new) else { continue };
            if drafts[index].state == RowState::MovedFrom || drafts[index].piece {
                continue;
            }
            for (first, end, text) in stretches(&drafts[index].text, op) {
                let key = (section(&drafts[index]), text.trim().to_string());
                let Some(other) = whole.get_mut(&key).and_then(Option::take) else { continue };
                let piece = match (op, drafts[other].old, drafts[other].new) {
                    (SegmentOp::Delete, None, Some(new)) => Piece { first, end, old, new },
                    (SegmentOp::Insert, Some(old), None) => Piece { first, end, old, new },
                    _ => continue,
                };
                let line = &mut drafts[other];
                line.state = if op == SegmentOp::Delete { RowState::MovedTo } else { RowState::MovedFrom };
                (line.old, line.new, line.piece) = (Some(piece.old), Some(piece.new), true);
                line.text.iter_mut().for_each(|s| (s.op, s.class) = (SegmentOp::Keep, Class::default()));
                drafts[index].pieces.push(piece);
            }
        }
    }
}

/// Returns the stretches of marks of one sort, with their words.
fn stretches(segments: &[Segment], op: SegmentOp) -> Vec<(usize, usize, String)> {
    let mut out: Vec<(usize, usize, String)> = Vec::new();
    for (at, segment) in segments.iter().enumerate().filter(|(_, s)| s.op == op) {
        match out.last_mut() {
            Some((_, end, text)) if *end == at => {
                *end = at + 1;
                text.push_str(&segment.text);
            }
            _ => out.push((at, at + 1, segment.text.clone())),
        }
    }
    out.retain(|(_, _, text)| text.split_whitespace().count() >= WORDS);
    out
}
