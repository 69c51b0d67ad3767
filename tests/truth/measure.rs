//! Measures a redline by the stamps: words marked that were not touched, words touched that are not marked, and the rest.

use super::stamp::{Stamped, Stamps};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use vedtaegt::diff::{Cause, ChangeKind, Redline, Row, RowState, Segment, SegmentOp};
use vedtaegt::document::units::units;
use vedtaegt::document::{Bylaw, OpId, OriginKind};

/// Is a word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is: its letters, or for a name and a reference what it stands for.
    pub key: String,
    /// Its letters.
    pub text: String,
    /// Where it stands in the line, in bytes.
    pub bytes: (usize, usize),
}

/// Is a line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its identity.
    pub id: String,
    /// The identity of what it stands under.
    pub parent: String,
    /// Its label.
    pub label: String,
    /// The operation the model says made it.
    pub op: Option<OpId>,
    /// Its words and signs.
    pub words: Vec<Token>,
}

/// Returns the lines of a text.
pub fn lines(bylaw: &Bylaw) -> Vec<Line> {
    let mut sections = BTreeMap::new();
    for chapter in &bylaw.chapters {
        for section in &chapter.sections {
            sections.insert(section.id.0.clone(), chapter.id.0.clone());
        }
    }
    let line = |unit: &vedtaegt::document::units::Unit<'_>| {
        let plain = unit.text.to_plain();
        let mut at = 0;
        let runs: Vec<(usize, usize, &OriginKind)> = unit
            .text
            .0
            .iter()
            .map(|run| {
                at += run.text.len();
                (at - run.text.len(), at, &run.origin.kind)
            })
            .collect();
        let mut words: Vec<Token> = Vec::new();
        let mut last = None;
        for (start, end) in cut(&plain) {
            let named = runs.iter().position(|&(a, b, kind)| {
                a < end && start < b && matches!(kind, OriginKind::Name { historical: false, .. })
            });
            let referring = runs.iter().position(|&(a, b, kind)| {
                a <= start && start < b && matches!(kind, OriginKind::Reference(_) | OriginKind::Separator)
            });
            let run = named.or(referring);
            let text = plain[start..end].to_string();
            match run {
                // A name is one word, however long, and so is a reference.
                Some(run) if last == Some(run) => {
                    let word = words.last_mut().unwrap();
                    word.bytes.1 = end;
                    word.text = plain[word.bytes.0..end].to_string();
                }
                Some(run) => {
                    let key = match runs[run].2 {
                        OriginKind::Name { committee, .. } => format!("\u{2}{committee}"),
                        OriginKind::Separator => "\u{3}".into(),
                        OriginKind::Reference(ids) => format!("\u{1}{ids:?}"),
                        _ => text.clone(),
                    };
                    words.push(Token { key, text, bytes: (start, end) });
                }
                None => words.push(Token { key: text.clone(), text, bytes: (start, end) }),
            }
            last = run;
        }
        Line {
            id: unit.id.0.clone(),
            parent: if unit.parent.0.is_empty() { String::new() } else { unit.parent.0.clone() },
            label: unit.label.clone(),
            op: unit.op,
            words,
        }
    };
    units(bylaw).iter().map(line).collect()
}

/// Cuts a text into words (letters and digits with what joins them) and signs.
pub fn cut(text: &str) -> Vec<(usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map_or(' ', |c| c.1);
    let end = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
    let (mut i, mut out) = (0, Vec::new());
    while i < chars.len() {
        let start = i;
        if at(i).is_whitespace() {
            i += 1;
            continue;
        }
        i += 1;
        if at(start).is_alphanumeric() {
            let joins = |i: usize| {
                at(i) == '-'
                    || matches!(at(i), '.' | ',') && at(i - 1).is_ascii_digit() && at(i + 1).is_ascii_digit()
                    || matches!(at(i), '\'' | '’') && at(i + 1).is_alphabetic()
            };
            while at(i).is_alphanumeric() || joins(i) {
                i += 1;
                if at(i - 1) == '-' && !at(i).is_alphanumeric() {
                    break;
                }
            }
        }
        out.push((end(start), end(i)));
    }
    out
}

/// Is what was found.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    /// Words and signs shown as deleted, inserted or moved.
    pub marked: usize,
    /// Of these, those that were touched.
    pub right: usize,
    /// Words and signs that were touched.
    pub touched: usize,
    /// Of these, those that are marked.
    pub found: usize,
    /// Lines that moved.
    pub moves: usize,
    /// Of these, those shown as moved.
    pub moves_shown: usize,
    /// Lines shown as moved that did not.
    pub false_moves: usize,
    /// Touched words shown as nothing but moved.
    pub hidden: usize,
    /// Words with a mark inside.
    pub split: usize,
    /// Words shown as kept that are two different words.
    pub mispaired: usize,
    /// Lines of the old text that are not as they were when all is rejected.
    pub reject: usize,
    /// Lines of the new text that are not as they are when all is accepted.
    pub accept: usize,
    /// Marks that do not name just the rules that touched their words.
    pub wrong_causes: usize,
    /// Stretches of marks.
    pub islands: usize,
    /// Stretches of touched words, each line by itself.
    pub edits: usize,
    /// Lines whose marks are other ones than the truth's and no more.
    pub ties: usize,
    trouble: Vec<String>,
}

impl Measures {
    /// Returns the share of marked words that were touched.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.marked.max(1) as f64
    }
    /// Returns the share of touched words that are marked.
    pub fn recall(&self) -> f64 {
        self.found as f64 / self.touched.max(1) as f64
    }
    /// Says whether there is nothing to find fault with.
    pub fn is_perfect(&self) -> bool {
        let faults = [self.false_moves, self.hidden, self.split, self.mispaired, self.reject, self.accept];
        self.right == self.marked
            && self.found == self.touched
            && self.moves == self.moves_shown
            && faults.iter().all(|&n| n == 0)
            && self.wrong_causes == 0
            && self.islands <= self.edits
            && self.ties <= TIES
    }
    fn note(&mut self, what: String) {
        if self.trouble.len() < 90 {
            self.trouble.push(what);
        }
    }
}

impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Measures { moves, moves_shown, false_moves, hidden, split, mispaired, reject, accept, .. } = self;
        write!(f, "precision {:.4} ({} of {}), ", self.precision(), self.right, self.marked)?;
        write!(f, "recall {:.4} ({} of {}), ", self.recall(), self.found, self.touched)?;
        write!(f, "moves {moves_shown} of {moves} and {false_moves} false, hidden {hidden}, split {split}, ")?;
        write!(f, "mispaired {mispaired}, reject {reject}, accept {accept}, wrong causes {}, ", self.wrong_causes)?;
        write!(f, "islands {} of {}, ties {}", self.islands, self.edits, self.ties)?;
        self.trouble.iter().try_for_each(|t| write!(f, "\n  {t}"))
    }
}

/// Is a word as the redline shows it.
struct Shown {
    /// What sort of mark; `None` for a word with several.
    op: Option<SegmentOp>,
    change: Option<usize>,
}

/// Measures a redline.
pub fn measure(redline: &Redline, truth: &Stamped) -> Measures {
    let mut out = Measures::default();
    let mut seen: [BTreeSet<String>; 2] = Default::default();
    for row in &redline.rows {
        let mut kept: [Vec<usize>; 2] = Default::default();
        let tie = is_tie(row, truth);
        out.ties += usize::from(tie);
        for (side, at) in [(SegmentOp::Delete, 0), (SegmentOp::Insert, 1)] {
            let (here, place) = if at == 0 { (row.in_old(), &row.old) } else { (row.in_new(), &row.new) };
            let Some(place) = place.as_ref().filter(|_| here) else { continue };
            let all = if at == 0 { &truth.first } else { &truth.last };
            let Some(line) = all.iter().find(|l| l.id == place.id.0) else {
                if at == 0 {
                    out.reject += 1
                } else {
                    out.accept += 1
                }
                continue;
            };
            seen[at].insert(line.id.clone());
            kept[at] = side_of(&mut out, redline, row, (side, tie), line, truth);
        }
        if row.state == RowState::Kept && !tie {
            let wrong =
                kept[0].iter().zip(&kept[1]).filter(|(a, b)| a != b).count() + kept[0].len().abs_diff(kept[1].len());
            out.mispaired += wrong;
            if wrong > 0 {
                out.note(format!("{wrong} words paired wrongly in {:?}", row.new.as_ref().map(|s| &s.id)));
            }
        }
        out.islands += islands(row);
    }
    out.reject += truth.first.iter().filter(|l| !seen[0].contains(&l.id)).count();
    out.accept += truth.last.iter().filter(|l| !seen[1].contains(&l.id)).count();
    out.edits = edits(truth);
    out
}

/// In so many lines of a text may the marks be others, and no more, than the truth's.
const TIES: usize = 4;
/// So many words may be others there.
const TIED: usize = 4;

/// Says whether a line's marks are right in another way than the truth's: `a og b` that became `b og a` has kept one word
/// of the three, and which one nobody can say. As many words are kept, and they read the same on both sides.
fn is_tie(row: &Row, truth: &Stamped) -> bool {
    let (RowState::Kept, Some(old), Some(new)) = (row.state, &row.old, &row.new) else { return false };
    let (mut kept, mut texts, mut other) = ([0, 0], [Vec::new(), Vec::new()], 0);
    for (at, side, id) in [(0, SegmentOp::Delete, &old.id.0), (1, SegmentOp::Insert, &new.id.0)] {
        let (lines, stamps) = if at == 0 { (&truth.first, &truth.old) } else { (&truth.last, &truth.new) };
        let (Some(line), Some(stamps)) = (lines.iter().find(|l| l.id == *id), stamps.get(id)) else { return false };
        for (word, stamp) in line.words.iter().zip(&stamps.words) {
            for (bytes, touched) in truth.parts(word, stamp, at == 0) {
                let shown = shown(&row.text, side, bytes);
                kept[at] += usize::from(!touched);
                let whole = shown.op == Some(side);
                other += usize::from(whole != touched);
                if !whole {
                    let text = word.text.get(bytes.0 - word.bytes.0..bytes.1 - word.bytes.0);
                    texts[at].push(text.unwrap_or_default().to_string());
                }
            }
        }
    }
    other > 0 && other <= TIED && texts[0] == texts[1] && texts[0].len() >= kept[0].max(kept[1])
}

/// Measures one side of a row; returns which words are kept.
fn side_of(
    out: &mut Measures,
    redline: &Redline,
    row: &Row,
    (side, tie): (SegmentOp, bool),
    line: &Line,
    truth: &Stamped,
) -> Vec<usize> {
    let Some(stamps) = (if side == SegmentOp::Delete { truth.old.get(&line.id) } else { truth.new.get(&line.id) })
    else {
        return Vec::new();
    };
    let old = side == SegmentOp::Delete;
    let on = |segments: &[Segment]| -> String {
        segments.iter().filter(|s| s.op == SegmentOp::Keep || s.op == side).map(|s| s.text.as_str()).collect()
    };
    let (label, text) = (on(&row.label), on(&row.text));
    let same = label == line.label && cut(&text).len() >= line.words.len() && words_of(&text, line);
    if !same {
        if old {
            out.reject += 1
        } else {
            out.accept += 1
        }
        out.note(format!("{}: »{label} {text}«", line.id));
        return Vec::new();
    }
    let mut kept = Vec::new();
    let moved_row = matches!(row.state, RowState::MovedFrom | RowState::MovedTo);
    let moved = !stamps.moved.is_empty() && stamps.words.iter().any(|w| w.ops.is_empty());
    if moved {
        out.moves += 1;
        out.moves_shown += usize::from(moved_row);
        if !moved_row {
            out.note(format!("{} moved and is not shown as moved", line.id));
        }
    } else if moved_row {
        out.false_moves += 1;
        out.note(format!("{} is shown as moved and did not", line.id));
    }
    if moved_row {
        causes(
            out,
            redline,
            row.changes.iter().copied().find(|&c| redline.changes[c].kind == ChangeKind::Move),
            (&stamps.moved, &stamps.moved, false),
            line,
            "the move",
        );
    }
    for (word, stamp) in line.words.iter().zip(&stamps.words) {
        for (bytes, touched) in truth.parts(word, stamp, old) {
            let text = &text[bytes.0..bytes.1];
            let shown = shown(&row.text, side, bytes);
            let whole = shown.op == Some(side);
            out.split += usize::from(shown.op.is_none());
            let excused = tie && whole != touched;
            let touched = if tie { whole } else { touched };
            let marked = whole || moved_row;
            out.marked += usize::from(marked);
            out.right += usize::from(marked && (touched || moved));
            out.touched += usize::from(touched || moved);
            out.found += usize::from(marked && (touched || moved));
            out.hidden += usize::from(touched && moved_row && !whole);
            if whole != touched || shown.op.is_none() {
                let what = if touched { "touched" } else { "not touched" };
                out.note(format!("{}: »{text}« was {what} by {:?} and is shown as {:?}", line.id, stamp.ops, shown.op));
            }
            if whole && !excused {
                // A line that is new is one change: of all who wrote it.
                let all: BTreeSet<OpId> = stamps.words.iter().flat_map(|w| w.ops.iter().copied()).collect();
                let whole_line = row.state == RowState::Inserted;
                let mut ops = stamp.ops.clone();
                ops.extend(truth.follows(line, &word.key));
                causes(
                    out,
                    redline,
                    shown.change,
                    (if whole_line { &all } else { &stamp.ops }, &ops, word.key.starts_with('\u{1}')),
                    line,
                    text,
                );
            } else if shown.op == Some(SegmentOp::Keep) {
                kept.push(stamp.id);
            }
        }
    }
    let label_marked = row.label.iter().any(|s| s.op == side);
    if !line.label.is_empty() && label_marked == stamps.label.is_empty() && row.state == RowState::Kept {
        out.note(format!("{}: the label is wrongly shown", line.id));
        if label_marked { out.marked += 1 } else { out.touched += 1 }
    }
    if label_marked && row.state == RowState::Kept {
        let change = row.label.iter().find(|s| s.op == side).and_then(|s| s.change);
        causes(out, redline, change, (&stamps.label, &stamps.label, false), line, &line.label);
    }
    kept
}

fn words_of(text: &str, line: &Line) -> bool {
    line.words.iter().all(|w| text.get(w.bytes.0..w.bytes.1) == Some(w.text.as_str()))
        && line.words.last().map_or(0, |w| w.bytes.1) == text.trim_end().len()
}

/// Returns how the bytes of one side of a line are shown.
fn shown(segments: &[Segment], side: SegmentOp, (start, end): (usize, usize)) -> Shown {
    let mut at = 0;
    let mut ops = BTreeSet::new();
    let mut change = None;
    for segment in segments.iter().filter(|s| s.op == SegmentOp::Keep || s.op == side) {
        let next = at + segment.text.len();
        if at < end && start < next {
            ops.insert(segment.op);
            change = change.or(segment.change);
        }
        at = next;
    }
    Shown { op: ops.first().copied().filter(|_| ops.len() == 1), change }
}

/// Checks that a mark names just the rules that touched its word.
fn causes(
    out: &mut Measures,
    redline: &Redline,
    change: Option<usize>,
    (truth, followed, is_reference): (&BTreeSet<OpId>, &BTreeSet<OpId>, bool),
    line: &Line,
    what: &str,
) {
    let change = change.and_then(|c| redline.changes.get(c));
    let named: BTreeSet<OpId> = change
        .iter()
        .flat_map(|c| &c.causes)
        .flat_map(|cause| match cause {
            Cause::Clause(op) | Cause::Amendment(op) => vec![*op],
            Cause::Consequence(ops) => ops.clone(),
            Cause::Unknown => Vec::new(),
        })
        .collect();
    // A number can go up and down again on the way: what follows names some of the rules that shifted it. A word that
    // was written twice is the work of the last.
    let follows = change.is_some_and(|c| c.class.is_consequence());
    let right = if follows {
        named.is_subset(followed) || named.is_subset(truth)
    } else {
        named == *truth
            || named.len() == 1
                && (named.iter().all(|op| truth.last() == Some(op)) || is_reference && named.is_subset(truth))
    };
    // An item that came with its task is the work of the rule that made the task.
    let made = line.op.is_some_and(|op| named == BTreeSet::from([op]));
    if !right && !made || named.is_empty() {
        out.wrong_causes += 1;
        let kind = change.map(|c| c.kind);
        out.note(format!("{}: »{what}« ({kind:?}) names {named:?}; it was {truth:?}", line.id));
    }
}

/// Counts the stretches of marks in a row.
fn islands(row: &Row) -> usize {
    let mut count = 0;
    let mut inside = false;
    for segment in row.label.iter().chain(&row.text).filter(|s| !s.text.trim().is_empty()) {
        let marked = segment.op != SegmentOp::Keep;
        count += usize::from(marked && !inside);
        inside = marked;
    }
    count
}

/// Counts the stretches of touched words, those of a line that stands in both texts once.
fn edits(truth: &Stamped) -> usize {
    let mut count = 0;
    for line in truth.first.iter().filter(|l| !truth.new.contains_key(&l.id)) {
        count += usize::from(!line.label.is_empty() || !line.words.is_empty());
    }
    for line in &truth.last {
        let Some(new) = truth.new.get(&line.id) else { continue };
        let Some(old) = truth.old.get(&line.id) else {
            count += usize::from(!line.label.is_empty() || !line.words.is_empty());
            continue;
        };
        // Between two words that stayed there is one edit, whatever went and came there.
        let was = truth.first.iter().find(|l| l.id == line.id);
        let gaps = |line: &Line, stamps: &Stamps, is_old: bool| -> BTreeSet<usize> {
            let mut kept = 0;
            let mut out = BTreeSet::new();
            for (word, stamp) in line.words.iter().zip(&stamps.words) {
                for (_, touched) in truth.parts(word, stamp, is_old) {
                    if touched {
                        out.insert(kept);
                    } else {
                        kept += 1;
                    }
                }
            }
            out
        };
        let (mut a, b) = (was.map(|l| gaps(l, old, true)).unwrap_or_default(), gaps(line, new, false));
        let moved = !new.moved.is_empty();
        if moved {
            // A moved line is shown twice, each with its own edits.
            count += a.len() + b.len() + 2 * usize::from(!new.label.is_empty());
        } else {
            a.extend(b);
            count += a.len() + usize::from(!new.label.is_empty());
        }
    }
    count
}
