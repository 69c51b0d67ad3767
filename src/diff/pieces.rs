//! Finds words that became a line of their own, and lines that became part of another.

use super::align::Trees;
use super::marks;
use super::rows::Draft;
use super::tree::Node;
use super::words::Words;
use super::{Class, RowState, Segment, SegmentOp};
use std::collections::HashMap;
use std::ops::Range;

/// Fewer words than this are no piece.
const WORDS: usize = 4;
/// A piece that was edited on the way keeps this share of its words, in percent.
const ALIKE: usize = 60;
/// How many lines after a line are looked at for its pieces.
const NEAR: usize = 6;

/// Is a stretch of marks that stands in another line.
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
pub(super) fn find<'a>(trees: Trees<'_, 'a>, words: &mut Words<'_, 'a>, drafts: &mut [Draft]) {
    for split in [true, false] {
        let way = Way { trees, split };
        let mut whole = way.whole_lines(drafts);
        if whole.is_empty() {
            continue;
        }
        for index in 0..drafts.len() {
            let (Some(old), Some(new)) = (drafts[index].old, drafts[index].new) else { continue };
            if drafts[index].state == RowState::MovedFrom || drafts[index].piece {
                continue;
            }
            for stretch in way.stretches(&drafts[index].text) {
                way.neighbours(words, drafts, index, stretch.clone(), (old, new));
                way.elsewhere(drafts, index, &stretch, &mut whole, (old, new));
            }
            drafts[index].pieces.sort_by_key(|p| p.first);
        }
    }
}

/// Is the direction: out of a line, or into one.
struct Way<'t, 'a> {
    trees: Trees<'t, 'a>,
    split: bool,
}

/// Where whole lines stand, by section and text; two of the same in one section are none.
type Whole = HashMap<(Option<usize>, String), Option<usize>>;

impl<'a> Way<'_, 'a> {
    /// Returns the sort of mark that the words have in the line that stayed.
    fn op(&self) -> SegmentOp {
        if self.split { SegmentOp::Delete } else { SegmentOp::Insert }
    }

    fn is_whole(&self, draft: &Draft) -> bool {
        draft.state == if self.split { RowState::Inserted } else { RowState::Deleted }
    }

    fn section(&self, draft: &Draft) -> Option<usize> {
        if self.split {
            draft.new.and_then(|n| self.trees.new.section(n))
        } else {
            draft.old.and_then(|o| self.trees.old.section(o))
        }
    }

    fn whole_lines(&self, drafts: &[Draft]) -> Whole {
        let mut out = Whole::new();
        for (index, draft) in drafts.iter().enumerate().filter(|(_, d)| self.is_whole(d)) {
            let text = text_of(&draft.text);
            if text.split_whitespace().count() >= WORDS {
                let key = (self.section(draft), text.trim().to_string());
                out.entry(key).and_modify(|d| *d = None).or_insert(Some(index));
            }
        }
        out
    }

    /// Returns the stretches of marks of this sort, as bytes of their side of the line.
    fn stretches(&self, segments: &[Segment]) -> Vec<Range<usize>> {
        let mut out: Vec<(Range<usize>, String)> = Vec::new();
        let mut at = 0;
        let mut open = false;
        for segment in segments {
            let size = segment.text.len();
            if segment.op == self.op() {
                match out.last_mut().filter(|_| open) {
                    Some((range, text)) => {
                        range.end += size;
                        text.push_str(&segment.text);
                    }
                    None => out.push((at..at + size, segment.text.clone())),
                }
                open = true;
                at += size;
            } else if segment.op == SegmentOp::Keep {
                open = false;
                at += size;
            }
        }
        out.retain(|(_, text)| text.split_whitespace().count() >= WORDS);
        out.into_iter().map(|(range, _)| range).collect()
    }

    /// Looks for the words of a stretch in the lines that come right after, edited or not.
    fn neighbours(
        &self,
        words: &mut Words<'_, 'a>,
        drafts: &mut [Draft],
        index: usize,
        stretch: Range<usize>,
        (old, new): (usize, usize),
    ) {
        let section = self.section(&drafts[index]);
        let mut rest = stretch;
        for other in index + 1..drafts.len().min(index + 1 + NEAR) {
            let draft = &drafts[other];
            if draft.state == RowState::Kept || rest.is_empty() {
                return;
            }
            if !self.is_whole(draft) || draft.piece || self.section(draft) != section {
                continue;
            }
            let (from, to) = if self.split { (Some(old), draft.new) } else { (draft.old, Some(new)) };
            let (Some(from), Some(to)) = (from, to) else { continue };
            let side = if self.split { &self.trees.old.nodes[old] } else { &self.trees.new.nodes[new] };
            let line = if self.split { &self.trees.new.nodes[to] } else { &self.trees.old.nodes[from] };
            let Some(text) = side.text.get(rest.clone()) else { return };
            let own = line.text.trim();
            if own.split_whitespace().count() < WORDS {
                continue;
            }
            let found = match text.find(own) {
                Some(at) => rest.start + at..rest.start + at + own.len(),
                None => {
                    let lead = text.len() - text.trim_start().len();
                    rest.start + lead..rest.start + text.trim_end().len()
                }
            };
            let part = part(side, &found);
            let hunks = if self.split {
                words.parts((self.trees.old, &part), (self.trees.new, line))
            } else {
                words.parts((self.trees.old, line), (self.trees.new, &part))
            };
            let kept: usize = {
                let tokens = if self.split { &part.tokens } else { &line.tokens };
                let kept = hunks.iter().filter(|h| h.kept).flat_map(|h| h.old.clone());
                kept.filter(|&t| tokens.get(t).is_some_and(super::tokens::Token::is_word)).count()
            };
            let count = |n: &Node<'_>| n.tokens.iter().filter(|t| t.is_word()).count();
            if kept < WORDS || 200 * kept < ALIKE * (count(&part) + count(line)) {
                continue;
            }
            let (a, b) = if self.split { (&part, line) } else { (line, &part) };
            let marked = marks::marks(a, b, &hunks, marks::Tail::default());
            self.settle(drafts, (index, other), &found, marked, (from, to));
            rest = found.end..rest.end;
        }
    }

    /// Looks for a stretch that is all of a line somewhere in the section.
    fn elsewhere(
        &self,
        drafts: &mut [Draft],
        index: usize,
        stretch: &Range<usize>,
        whole: &mut Whole,
        (old, new): (usize, usize),
    ) {
        let side = if self.split { &self.trees.old.nodes[old] } else { &self.trees.new.nodes[new] };
        let Some(text) = side.text.get(stretch.clone()) else { return };
        let key = (self.section(&drafts[index]), text.trim().to_string());
        let Some(other) = whole.get_mut(&key).and_then(Option::take) else { return };
        if !self.is_whole(&drafts[other]) || drafts[other].piece {
            return;
        }
        let (from, to) = if self.split { (Some(old), drafts[other].new) } else { (drafts[other].old, Some(new)) };
        let (Some(from), Some(to)) = (from, to) else { return };
        let mut marked = drafts[other].text.clone();
        marked.iter_mut().for_each(|s| (s.op, s.class) = (SegmentOp::Keep, Class::default()));
        let lead = text.len() - text.trim_start().len();
        let found = stretch.start + lead..stretch.start + text.trim_end().len();
        self.settle(drafts, (index, other), &found, marked, (from, to));
    }

    /// Notes that the bytes of one line are the other line, with these marks between them.
    fn settle(
        &self,
        drafts: &mut [Draft],
        (index, other): (usize, usize),
        found: &Range<usize>,
        marked: Vec<Segment>,
        (old, new): (usize, usize),
    ) {
        // What stands in both is the piece; what was lost or is new on the way is an edit of its own.
        let mut bounds = vec![found.start];
        let mut moved = Vec::new();
        for segment in marked.iter().filter(|s| s.op == SegmentOp::Keep || s.op == self.op()) {
            let from = bounds.last().copied().unwrap_or_default();
            bounds.push(from + segment.text.len());
            if segment.op == SegmentOp::Keep {
                moved.push(from..from + segment.text.len());
            }
        }
        if bounds.last() != Some(&found.end) {
            return;
        }
        let draft = &mut drafts[index];
        let starts = cut_at(&mut draft.text, self.op(), &bounds);
        let before = draft.pieces.clone();
        draft.pieces.clear();
        // Cutting shifts the segments of pieces found before.
        for piece in before {
            let at = |segment: usize| starts.old.get(segment).copied().unwrap_or(segment);
            draft.pieces.push(Piece { first: at(piece.first), end: at(piece.end), ..piece });
        }
        for range in moved {
            let spans = starts.spans.iter().enumerate();
            let inside: Vec<usize> = spans
                .filter(|(at, span)| {
                    draft.text.get(*at).is_some_and(|s| s.op == self.op())
                        && range.start <= span.start
                        && span.end <= range.end
                        && !span.is_empty()
                })
                .map(|(at, _)| at)
                .collect();
            for at in inside {
                match draft.pieces.last_mut().filter(|p| p.end == at && (p.old, p.new) == (old, new)) {
                    Some(piece) => piece.end = at + 1,
                    None => draft.pieces.push(Piece { first: at, end: at + 1, old, new }),
                }
            }
        }
        // The space around the words goes with them.
        let blank =
            |text: &[Segment], at: usize| text.get(at).is_some_and(|s| s.op == self.op() && s.text.trim().is_empty());
        let count = draft.pieces.len();
        if let Some(piece) = draft.pieces.iter_mut().filter(|p| (p.old, p.new) == (old, new)).min_by_key(|p| p.first)
            && let Some(before) = piece.first.checked_sub(1).filter(|&b| blank(&draft.text, b))
        {
            piece.first = before;
        }
        if let Some(piece) = draft.pieces.get_mut(count.saturating_sub(1))
            && blank(&draft.text, piece.end)
            && draft.text.get(piece.end + 1).is_none_or(|s| s.op != self.op())
        {
            piece.end += 1;
        }
        let line = &mut drafts[other];
        line.state = if self.split { RowState::MovedTo } else { RowState::MovedFrom };
        (line.old, line.new, line.piece) = (Some(old), Some(new), true);
        line.text = marked;
    }
}

/// Is where the segments of a line are after they were cut.
struct Cut {
    /// The new index of every old segment, and the number of segments.
    old: Vec<usize>,
    /// The bytes of every segment on its side.
    spans: Vec<Range<usize>>,
}

/// Cuts the segments of one side at these bytes of it.
fn cut_at(segments: &mut Vec<Segment>, op: SegmentOp, bounds: &[usize]) -> Cut {
    let mut out = Vec::with_capacity(segments.len() + bounds.len());
    let mut cut = Cut { old: Vec::new(), spans: Vec::new() };
    let mut at = 0;
    for segment in segments.drain(..) {
        cut.old.push(out.len());
        if segment.op != op {
            let size = if segment.op == SegmentOp::Keep { segment.text.len() } else { 0 };
            cut.spans.push(at..at + size);
            at += size;
            out.push(segment);
            continue;
        }
        let mut rest = segment.text.as_str();
        while !rest.is_empty() {
            let next = bounds.iter().copied().filter(|&b| b > at && b < at + rest.len()).min();
            let size = next.map_or(rest.len(), |b| b - at);
            let (head, tail) = rest.split_at_checked(size).unwrap_or((rest, ""));
            cut.spans.push(at..at + head.len());
            at += head.len();
            out.push(Segment { text: head.to_string(), ..segment.clone() });
            rest = tail;
        }
    }
    cut.old.push(out.len());
    *segments = out;
    cut
}

/// Returns a part of a line as a line.
fn part<'a>(node: &Node<'a>, bytes: &Range<usize>) -> Node<'a> {
    let inside = node.tokens.iter().filter(|t| bytes.start <= t.start as usize && t.end as usize <= bytes.end);
    let start = bytes.start as u32;
    let tokens = inside.map(|t| super::tokens::Token { start: t.start - start, end: t.end - start, ..*t }).collect();
    Node {
        shape: node.shape,
        id: node.id.clone(),
        parent: node.parent,
        children: Vec::new(),
        unit: node.unit.clone(),
        op: node.op,
        number: String::new(),
        text: node.text.get(bytes.clone()).unwrap_or_default().to_string(),
        tokens,
    }
}

fn text_of(segments: &[Segment]) -> String {
    segments.iter().map(|s| s.text.as_str()).collect()
}
