//! Weighs how alike two stretches of text are. All in whole numbers, so that every machine finds the same.

use super::align::Trees;
use super::sentences::sentences;
use super::tails;
use super::tokens::TokenKind;
use super::tree::{Shape, Tree};
use crate::document::units::UnitKind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Is the most two texts can be alike.
pub(super) const SAME: u32 = 1_000;

/// How many of the rarest words of a text lead to the texts it is weighed against.
const RARE: usize = 12;
/// A word that stands in more texts than this leads only to those nearest to where the text should be.
const COMMON: usize = 64;
/// How many of them, on either side.
const NEAR: usize = 8;
/// From this many shared words on, a text that stands inside a longer one counts as alike.
const CONTAINED: usize = 8;
/// From this share of the smaller text on, two texts in the same place are alike.
const MOST: u32 = 650;
/// How much likelier what stays in order is.
const IN_ORDER: u32 = 100;
/// Texts of at most this many words are also weighed by their letters.
const SHORT: usize = 4;

/// Is the words of one text.
#[derive(Default)]
struct Side {
    /// The different words of each line, sorted.
    lines: Vec<Vec<u32>>,
    /// The same of everything below a node and itself.
    whole: Vec<Vec<u32>>,
}

/// Knows the words of both texts and how rare each is.
pub(super) struct Likeness {
    old: Side,
    new: Side,
    weights: Vec<u32>,
}

/// Says whether a node is weighed by its own line or with everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Its own line.
    Line,
    /// Everything below it too.
    Whole,
}

impl Likeness {
    /// Collects the words.
    pub fn new(trees: Trees<'_, '_>) -> Likeness {
        let (old, new) = (side(trees.old), side(trees.new));
        let lines = || old.lines.iter().chain(&new.lines);
        let size = lines().filter_map(|l| l.last()).max().map_or(0, |&w| w as usize + 1);
        let mut counts = vec![0_usize; size];
        lines().flatten().for_each(|&w| counts[w as usize] += 1);
        let all = lines().filter(|l| !l.is_empty()).count().max(1);
        let weights = counts.into_iter().map(|n| 1 + (all / n.max(1)).max(1).ilog2()).collect();
        Likeness { old, new, weights }
    }

    /// Reads old words that were renamed as what they became, in lines that have no partner yet.
    pub fn rename(&mut self, trees: Trees<'_, '_>, free: &[bool], became: &BTreeMap<u32, Vec<u32>>) {
        let counted: BTreeSet<u32> = self.new.lines.iter().flatten().copied().collect();
        for (index, words) in self.old.lines.iter_mut().enumerate() {
            if free[index] && words.iter().any(|w| became.contains_key(w)) {
                let other = |w: &u32| became.get(w).map_or(vec![*w], |b| b.clone());
                let mut now: Vec<u32> = words.iter().flat_map(other).filter(|w| counted.contains(w)).collect();
                now.extend(words.iter().filter(|w| !became.contains_key(w) && !counted.contains(w)));
                now.sort_unstable();
                now.dedup();
                *words = now;
            }
        }
        self.old.gather(trees.old);
    }

    /// Returns the words of an old node.
    pub fn old(&self, node: usize, scope: Scope) -> &[u32] {
        self.old.words(node, scope)
    }

    /// Returns the words of a new node.
    pub fn new_(&self, node: usize, scope: Scope) -> &[u32] {
        self.new.words(node, scope)
    }

    /// Returns how alike two nodes are, up to [`SAME`].
    pub fn of(&self, old: usize, new: usize, scope: Scope) -> u32 {
        self.words(self.old(old, scope), self.new_(new, scope))
    }

    /// Returns how alike two nodes are that stand in the same place: there, what holds most of the other is alike too.
    pub fn nearby(&self, old: usize, new: usize, scope: Scope) -> u32 {
        let (a, b) = (self.old(old, scope), self.new_(new, scope));
        let contained = self.shared(a, b).2;
        let nearby = if contained >= MOST { contained / 2 } else { 0 };
        self.words(a, b).max(nearby)
    }

    /// Returns how alike two sets of words are: what they share of all, or nearly what they share of the smaller.
    fn words(&self, a: &[u32], b: &[u32]) -> u32 {
        let (count, jaccard, contained) = self.shared(a, b);
        // A text inside a longer one is alike too, the more so the less else there is.
        if count >= CONTAINED { jaccard.max(contained * 65 / 100 + jaccard / 5) } else { jaccard }
    }

    /// Returns how many words two sets share, and their weight among all words and among those of the smaller set.
    fn shared(&self, a: &[u32], b: &[u32]) -> (usize, u32, u32) {
        let weight = |w: &u32| u64::from(self.weights.get(*w as usize).copied().unwrap_or(1));
        let (mut i, mut j, mut shared, mut count) = (0, 0, 0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            if x == y {
                shared += weight(x);
                count += 1;
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        if shared == 0 {
            return (0, 0, 0);
        }
        let (x, y): (u64, u64) = (a.iter().map(weight).sum(), b.iter().map(weight).sum());
        let share = |of: u64| (shared * u64::from(SAME) / of.max(1)) as u32;
        (count, share(x + y - shared), share(x.min(y)))
    }

    /// Returns the pairs of nodes worth weighing, the likest first, of equals those that stand where `expected` says.
    pub fn candidates(
        &self,
        old: &[usize],
        new: &[usize],
        least: u32,
        expected: &[(usize, usize)],
    ) -> Vec<(u32, usize, usize)> {
        let scope = Scope::Whole;
        let mut postings: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, &node) in new.iter().enumerate() {
            for &word in self.new_(node, scope) {
                postings.entry(word).or_default().push(at);
            }
        }
        let mut out = Vec::new();
        let mut seen = vec![usize::MAX; new.len()];
        for (at, &node) in old.iter().enumerate() {
            let words = self.old(node, scope).iter().filter_map(|w| postings.get(w));
            let mut lists: Vec<&[usize]> = words.map(Vec::as_slice).collect();
            // Rarest first; the words come sorted and the sort is stable, so that equals stay as they are.
            lists.sort_by_key(|list| list.len());
            let here = expected.get(node).map_or(at, |place| new.partition_point(|&n| n < place.0));
            let near = |list: &'_ [usize]| -> std::ops::Range<usize> {
                let middle = list.partition_point(|&candidate| candidate < here);
                if list.len() <= COMMON {
                    0..list.len()
                } else {
                    middle.saturating_sub(NEAR)..list.len().min(middle + NEAR)
                }
            };
            for list in lists.into_iter().take(RARE) {
                for &candidate in list.get(near(list)).unwrap_or_default() {
                    if seen[candidate] == at {
                        continue;
                    }
                    seen[candidate] = at;
                    let score = self.of(node, new[candidate], scope);
                    if score >= least {
                        out.push((score, node, new[candidate]));
                    }
                }
            }
        }
        // What stays in order is likelier than what does not.
        let place = |&(score, old, new): &(u32, usize, usize)| {
            let Some(&(first, last)) = expected.get(old) else { return (Reverse(score), 0, old, new) };
            let stays = first <= new && new <= last;
            (Reverse(score + if stays { IN_ORDER } else { 0 }), first.abs_diff(new), old, new)
        };
        out.sort_by_cached_key(place);
        out
    }
}

impl Side {
    /// Gathers the words of everything that has something below it.
    fn gather(&mut self, tree: &Tree<'_>) {
        let Side { lines, whole } = self;
        whole.clear();
        whole.resize(lines.len(), Vec::new());
        for (index, node) in tree.nodes.iter().enumerate().rev() {
            let gathers = !matches!(node.shape, Shape::Root | Shape::Untitled | Shape::Line(UnitKind::Chapter));
            if !gathers || node.children.is_empty() {
                continue;
            }
            let mut all = lines[index].clone();
            for &child in &node.children {
                all.extend(if whole[child].is_empty() { &lines[child] } else { &whole[child] });
            }
            all.sort_unstable();
            all.dedup();
            whole[index] = all;
        }
    }
    fn words(&self, node: usize, scope: Scope) -> &[u32] {
        match scope {
            Scope::Line => &self.lines[node],
            Scope::Whole if self.whole[node].is_empty() => &self.lines[node],
            Scope::Whole => &self.whole[node],
        }
    }
}

fn side(tree: &Tree<'_>) -> Side {
    let mut lines: Vec<Vec<u32>> = Vec::with_capacity(tree.nodes.len());
    for (index, node) in tree.nodes.iter().enumerate() {
        let end = body(tree, index);
        let counts = |kind| matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Name);
        let words = node.tokens.iter().take(end).filter(|t| counts(t.kind));
        let mut line: Vec<u32> = words.map(|t| t.key).collect();
        line.sort_unstable();
        line.dedup();
        line.shrink_to_fit();
        lines.push(line);
    }
    let mut out = Side { lines, whole: Vec::new() };
    out.gather(tree);
    out
}

/// Returns how many tokens of a line are its own and not the punctuation of its list.
pub(super) fn body(tree: &Tree<'_>, node: usize) -> usize {
    match tree.nodes[node].shape {
        Shape::Line(UnitKind::Point | UnitKind::Letter) => tails::start(tree, node),
        _ => tree.nodes[node].tokens.len(),
    }
}

/// Returns what makes two lines the same text: their tokens without references and the punctuation of lists.
pub(super) fn exact(tree: &Tree<'_>, node: usize) -> Vec<u32> {
    let own = tree.nodes[node].tokens.iter().take(body(tree, node));
    own.map(|t| if t.kind == TokenKind::Reference { u32::MAX } else { t.key }).collect()
}

/// Returns how alike two short lines are by their letters; 0 for long ones.
pub(super) fn by_letters(old: &Tree<'_>, a: usize, new: &Tree<'_>, b: usize) -> u32 {
    let letters = |tree: &Tree<'_>, node: usize| -> Option<Vec<[char; 3]>> {
        let it = &tree.nodes[node];
        let own: Vec<&str> = it.tokens.iter().take(body(tree, node)).map(|t| t.text(&it.text)).collect();
        let words = it.tokens.iter().take(body(tree, node)).filter(|t| t.is_word()).count();
        if words > SHORT {
            return None;
        }
        let chars: Vec<char> = own.join(" ").to_lowercase().chars().collect();
        let mut out: Vec<[char; 3]> = chars.windows(3).filter_map(|w| w.try_into().ok()).collect();
        out.sort_unstable();
        Some(out)
    };
    let (Some(x), Some(y)) = (letters(old, a), letters(new, b)) else { return 0 };
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
        shared += u32::from(p == q);
        i += usize::from(p <= q);
        j += usize::from(q <= p);
    }
    2 * SAME * shared / ((x.len() + y.len()) as u32).max(1)
}

/// A sentence of fewer words than this says nothing of the line it stands in.
const SENTENCE: usize = 3;

/// Returns the sentences of a line, sorted.
pub(super) fn all_sentences(tree: &Tree<'_>, node: usize) -> Vec<Vec<u32>> {
    let it = &tree.nodes[node];
    let cut = sentences(&it.tokens, &it.text);
    let long = |tokens: &&[super::tokens::Token]| tokens.iter().filter(|t| t.is_word()).count() >= SENTENCE;
    let keys = |tokens: &[super::tokens::Token]| -> Vec<u32> {
        tokens.iter().map(|t| if t.kind == TokenKind::Reference { u32::MAX } else { t.key }).collect()
    };
    let mut out: Vec<Vec<u32>> =
        cut.into_iter().filter_map(|range| it.tokens.get(range)).filter(long).map(keys).collect();
    out.sort_unstable();
    out
}

/// Says whether two sorted lists of sentences share one.
pub(super) fn share(a: &[Vec<u32>], b: &[Vec<u32>]) -> bool {
    a.iter().any(|sentence| b.binary_search(sentence).is_ok())
}

/// Returns what two lines keep in order, of the words of the longer one, up to [`SAME`]; 0 for long lines.
pub(super) fn in_order(trees: Trees<'_, '_>, old: usize, new: usize) -> u32 {
    let words = |tree: &Tree<'_>, node: usize| -> Vec<u32> {
        let own = tree.nodes[node].tokens.iter().take(body(tree, node)).filter(|t| t.is_word());
        own.map(|t| if t.kind == TokenKind::Reference { u32::MAX } else { t.key }).take(LONGEST + 1).collect()
    };
    let (a, b) = (words(trees.old, old), words(trees.new, new));
    if a.len() > LONGEST || b.len() > LONGEST {
        return 0;
    }
    let kept = super::lists::in_order(a.len(), b.len(), |i, j| u64::from(a[i] == b[j])).len();
    (kept as u32 * SAME) / (a.len().max(b.len()) as u32).max(1)
}

/// Lines of more words than this are weighed by which words they have, not by their order.
const LONGEST: usize = 24;
