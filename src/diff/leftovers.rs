//! Pairs what stands under another parent now: the same text anywhere, then what is left and alike.

use super::align::{Pairs, Trees};
use super::likeness::{Likeness, Scope, exact, in_order};
use super::lists;
use super::tree::{Shape, Tree};
use crate::document::units::UnitKind;

/// Texts of fewer words are found elsewhere only if they are the same and stand once in both texts.
const WORDS: usize = 3;
/// What is less alike than this did not move.
const ALIKE: u32 = 550;
/// Texts of fewer than [`LONG`] words must keep this share of their words in order, and be alike at least this much:
/// a false move is worse than a deletion and an insertion.
const SHORT_ORDER: u32 = 700;
/// See [`SHORT_ORDER`].
const LEAST: u32 = 400;
/// Or they have the same words in another order.
const SAME_WORDS: u32 = 900;
/// A word of fewer letters is too short to be known again.
const LETTERS: usize = 5;
/// From this many different words on a text is long.
const LONG: usize = 10;
/// The kinds of lines that can move by themselves, the outer before the inner.
const KINDS: [UnitKind; 4] = [UnitKind::Subsection, UnitKind::Text, UnitKind::Point, UnitKind::Letter];

/// Pairs lines whose text stands once in both texts, wherever that is.
///
/// With `repeated`, also those that stand as often in both: the first is the first, the second the second.
pub(super) fn same_text(trees: Trees<'_, '_>, likeness: &Likeness, repeated: bool, pairs: &mut Pairs) {
    for kind in KINDS {
        let item = matches!(kind, UnitKind::Point | UnitKind::Letter);
        let least = if item && !repeated { 1 } else { WORDS };
        let texts = |tree: &Tree<'_>, partners: &[Option<usize>], words: &dyn Fn(usize) -> usize| {
            let known = |n: &usize| {
                words(*n) >= WORDS
                    || tree.nodes[*n].tokens.iter().any(|t| t.text(&tree.nodes[*n].text).len() >= LETTERS)
            };
            let of_kind = (0..tree.nodes.len()).filter(|&n| tree.nodes[n].shape == Shape::Line(kind));
            let of_kind = of_kind.filter(|&n| !repeated || partners[n].is_none());
            let mut out: Vec<_> =
                of_kind.filter(|&n| words(n) >= least).filter(known).map(|n| (exact(tree, n), n)).collect();
            out.sort_unstable();
            out
        };
        let old = texts(trees.old, &pairs.to_new, &|n| likeness.old(n, Scope::Line).len());
        let new = texts(trees.new, &pairs.to_old, &|n| likeness.new_(n, Scope::Line).len());
        let mut found = Vec::new();
        let (mut a, mut b) = (old.chunk_by(|x, y| x.0 == y.0).peekable(), new.chunk_by(|x, y| x.0 == y.0).peekable());
        while let (Some([x, ..]), Some([y, ..])) = (a.peek(), b.peek()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    let (x, y) = (a.next().unwrap_or_default(), b.next().unwrap_or_default());
                    if x.len() == y.len() && (x.len() == 1 || repeated) {
                        found.extend(x.iter().zip(y).map(|(x, y)| (x.1, y.1)));
                    }
                }
            }
        }
        found.sort_unstable();
        for (o, n) in found {
            pairs.add(o, n);
        }
    }
}

/// Pairs what is left, the likest first, and what stands below it.
pub(super) fn pair(trees: Trees<'_, '_>, likeness: &Likeness, pairs: &mut Pairs) {
    same_text(trees, likeness, true, pairs);
    for kind in KINDS {
        // What came with a line of the same text that moved goes along.
        for new in 0..trees.new.nodes.len() {
            if let Some(old) = pairs.to_old[new]
                && trees.new.nodes[new].shape == Shape::Line(kind)
                && !pairs.same_parent(trees, old, new)
            {
                lists::below(trees, likeness, lists::ALIKE, old, new, pairs);
            }
        }
        let old: Vec<usize> = (0..trees.old.nodes.len())
            .filter(|&o| pairs.to_new[o].is_none() && trees.old.nodes[o].shape == Shape::Line(kind))
            .filter(|&o| likeness.old(o, Scope::Line).len() >= WORDS)
            .collect();
        let new: Vec<usize> = (0..trees.new.nodes.len())
            .filter(|&n| pairs.to_old[n].is_none() && trees.new.nodes[n].shape == Shape::Line(kind))
            .filter(|&n| likeness.new_(n, Scope::Line).len() >= WORDS)
            .collect();
        for (score, o, n) in likeness.candidates(&old, &new, LEAST, &pairs.expected()) {
            let long = likeness.old(o, Scope::Whole).len().min(likeness.new_(n, Scope::Whole).len()) >= LONG;
            let kept = || score >= SAME_WORDS || in_order(trees, o, n) >= SHORT_ORDER;
            let alike = if long { score >= ALIKE } else { kept() };
            if alike && pairs.add(o, n) {
                lists::below(trees, likeness, lists::ALIKE, o, n, pairs);
            }
        }
    }
}
