//! Stretches of two token sequences that are kept or changed, and how they are made readable.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Is a stretch of both sequences. A kept one is as long on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    /// The tokens of the old sequence.
    pub old: Range<usize>,
    /// The tokens of the new one.
    pub new: Range<usize>,
    /// Whether they are the same.
    pub kept: bool,
}

/// Adds a hunk and joins it to the one before if both are of a kind.
pub(super) fn push(out: &mut Vec<Hunk>, old: Range<usize>, new: Range<usize>, kept: bool) {
    if old.is_empty() && new.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(last) if last.kept == kept => {
            last.old.end = old.end;
            last.new.end = new.end;
        }
        _ => out.push(Hunk { old, new, kept }),
    }
}

/// Up to this many words the shortest script is found; above, one that is quick to find.
pub(super) const WORDS: usize = 1_500;
/// The same for units, which differ less than words do.
pub(super) const UNITS: usize = 2_000;

/// Compares two sequences of keys; `at` is where they begin in their lines.
pub(super) fn diff(old: &[u32], new: &[u32], at: (usize, usize), shortest: usize, out: &mut Vec<Hunk>) {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (a, b) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - tail).unwrap_or_default(), b.get(..b.len() - tail).unwrap_or_default());
    let (x, y) = (at.0 + head, at.1 + head);
    push(out, at.0..x, at.1..y, true);
    if a.is_empty() || b.is_empty() {
        push(out, x..x + a.len(), y..y + b.len(), false);
    } else {
        let algorithm = if a.len() + b.len() <= shortest { Algorithm::RawMyers } else { Algorithm::Histogram };
        for op in capture_diff_slices(algorithm, a, b) {
            let kept = matches!(op, DiffOp::Equal { .. });
            let (o, n) = (op.old_range(), op.new_range());
            push(out, x + o.start..x + o.end, y + n.start..y + n.end, kept);
        }
    }
    push(out, x + a.len()..at.0 + old.len(), y + b.len()..at.1 + new.len(), true);
}

/// Says of a token how the tidying treats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// A comma and the like.
    Sign,
    /// The point, question mark or exclamation mark that may end a sentence.
    Stop,
    /// A word of at most five letters.
    Short,
    /// A word that waits for the end of another: `Klima-`.
    Hanging,
    /// Anything that is worth keeping by itself: longer words, numbers, references, names.
    Solid,
}

/// Folds a single short word or a comma that is kept between two replaced stretches into the change.
///
/// Two words that each stand for one other word are two changes, unless the first hangs: `Teknik- og Miljøudvalget`.
pub(super) fn fold(hunks: Vec<Hunk>, weights: &[Weight]) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for (index, hunk) in hunks.iter().enumerate() {
        let between = hunks.get(index + 1).zip(out.last());
        let hanging = hunk.new.start.checked_sub(1).and_then(|i| weights.get(i)) == Some(&Weight::Hanging);
        let thin = hunk.kept && between.is_some_and(|(after, before)| replaces(before, after, hanging)) && {
            let kept = weights.get(hunk.new.clone()).unwrap_or_default();
            let short = kept.iter().filter(|w| **w == Weight::Short).count();
            kept.iter().all(|w| matches!(w, Weight::Short | Weight::Sign)) && short <= 1 && kept.len() <= 2
        };
        push(&mut out, hunk.old.clone(), hunk.new.clone(), hunk.kept && !thin);
    }
    out
}

/// Says whether two changes with little between them read as one replacement.
fn replaces(before: &Hunk, after: &Hunk, hanging: bool) -> bool {
    let both = |h: &Hunk| !h.kept && !h.old.is_empty() && !h.new.is_empty();
    let single = |h: &Hunk| h.old.len() == 1 && h.new.len() == 1;
    both(before) && both(after) && (hanging || !single(before) || !single(after))
}

/// Slides a pure insertion or deletion so that it begins after the end of a sentence or with its comma.
pub(super) fn slide(hunks: &mut [Hunk], old: &[u32], new: &[u32], weights: (&[Weight], &[Weight])) {
    for index in 1..hunks.len().saturating_sub(1) {
        let (Some(before), Some(hunk), Some(after)) = (hunks.get(index - 1), hunks.get(index), hunks.get(index + 1))
        else {
            continue;
        };
        if hunk.kept || !before.kept || !after.kept || hunk.old.is_empty() == hunk.new.is_empty() {
            continue;
        }
        let (keys, range, weights) =
            if hunk.old.is_empty() { (new, hunk.new.clone(), weights.1) } else { (old, hunk.old.clone(), weights.0) };
        let same = |a: usize, b: usize| keys.get(a).is_some() && keys.get(a) == keys.get(b);
        let mut best = (score(weights, &range), 0_isize);
        let mut moved = range.clone();
        for step in 1..before.new.len() as isize {
            if moved.start == 0 || !same(moved.start - 1, moved.end - 1) {
                break;
            }
            moved = moved.start - 1..moved.end - 1;
            best = best.max((score(weights, &moved), -step));
        }
        moved = range.clone();
        for step in 1..after.new.len() as isize {
            if !same(moved.start, moved.end) {
                break;
            }
            moved = moved.start + 1..moved.end + 1;
            if score(weights, &moved) > best.0 {
                best = (score(weights, &moved), step);
            }
        }
        shift(hunks, index, best.1);
    }
}

fn shift(hunks: &mut [Hunk], index: usize, by: isize) {
    let moved = |at: usize| at.saturating_add_signed(by);
    if let Some([before, hunk, after]) = hunks.get_mut(index - 1..index + 2)
        && by != 0
    {
        before.old.end = moved(before.old.end);
        before.new.end = moved(before.new.end);
        hunk.old = moved(hunk.old.start)..moved(hunk.old.end);
        hunk.new = moved(hunk.new.start)..moved(hunk.new.end);
        after.old.start = moved(after.old.start);
        after.new.start = moved(after.new.start);
    }
}

/// Says how well a stretch can stand by itself.
fn score(weights: &[Weight], range: &Range<usize>) -> u8 {
    let before = range.start.checked_sub(1).and_then(|i| weights.get(i));
    let (first, last) = (weights.get(range.start), range.end.checked_sub(1).and_then(|i| weights.get(i)));
    if before == Some(&Weight::Stop) && last == Some(&Weight::Stop) {
        3
    } else if first == Some(&Weight::Sign) {
        2
    } else if last == Some(&Weight::Sign) {
        1
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_a_lone_conjunction() {
        let hunks = vec![
            Hunk { old: 0..1, new: 0..2, kept: false },
            Hunk { old: 1..2, new: 2..3, kept: true },
            Hunk { old: 2..3, new: 3..4, kept: false },
        ];
        let weights = [Weight::Solid, Weight::Hanging, Weight::Short, Weight::Solid];
        assert_eq!(fold(hunks, &weights), [Hunk { old: 0..3, new: 0..4, kept: false }]);
    }
}
