//! Compares the words of two lines that are the same unit: sentences first, then tokens.

use super::align::{Pairs, Trees};
use super::hunks::{Hunk, UNITS, WORDS, Weight, diff, fold, push, slide};
use super::sentences::sentences;
use super::tokens::{Token, TokenKind};
use super::tree::{Node, Tree};
use std::collections::HashMap;
use std::ops::Range;

/// Compares lines; keeps what it learns of references between calls.
pub(super) struct Words<'t, 'a> {
    trees: Trees<'t, 'a>,
    pairs: &'t Pairs,
    references: HashMap<Target, u32>,
    /// Whether every word is known to have stayed or not: then what stayed is kept, however little it is.
    exact: bool,
}

/// Is what a reference read from plain text points at, in terms of the new text.
#[derive(PartialEq, Eq, Hash)]
enum Target {
    Nodes(Vec<usize>),
    Text(String),
}

/// Sentences that share less than this share of their words are replaced whole, in percent.
const SAME_SENTENCE: usize = 45;
/// Unless nearly all of the shorter one stands in the longer one, in percent.
const CONTAINED: usize = 80;
/// The most pairs of sentences that are weighed against each other in one gap.
const SENTENCE_PAIRS: usize = 10_000;

impl<'t, 'a> Words<'t, 'a> {
    /// Makes a comparison of lines.
    pub fn new(trees: Trees<'t, 'a>, pairs: &'t Pairs, exact: bool) -> Self {
        Words { trees, pairs, references: HashMap::new(), exact }
    }

    /// Returns what is kept and what is changed between two lines, in tokens.
    pub fn compare(&mut self, old: usize, new: usize) -> Vec<Hunk> {
        let trees = self.trees;
        self.parts((trees.old, &trees.old.nodes[old]), (trees.new, &trees.new.nodes[new]))
    }

    /// Does the same for two lines or parts of lines that need not be nodes of their trees.
    pub fn parts(
        &mut self,
        (old_tree, before): (&Tree<'_>, &Node<'a>),
        (new_tree, after): (&Tree<'_>, &Node<'a>),
    ) -> Vec<Hunk> {
        let old_keys = self.keys(old_tree, before, true);
        let new_keys = self.keys(new_tree, after, false);
        let mut out = Vec::new();
        if old_keys == new_keys {
            push(&mut out, 0..old_keys.len(), 0..new_keys.len(), true);
            return out;
        }
        let line = Line { old: before, new: after, old_keys: &old_keys, new_keys: &new_keys, exact: self.exact };
        line.by_sentences(&mut out);
        let (w_old, w_new) = (weights(before), weights(after));
        slide(&mut out, &old_keys, &new_keys, (&w_old, &w_new));
        let out = trim(out, before, after);
        if self.exact { out } else { fold(out, &w_new) }
    }

    fn keys(&mut self, tree: &Tree<'_>, node: &Node<'_>, is_old: bool) -> Vec<u32> {
        let Node { tokens, text, .. } = node;
        let mut out = Vec::with_capacity(tokens.len());
        for token in tokens {
            let found = (token.reference as usize).checked_sub(1).and_then(|r| tree.references.get(r));
            let Some(targets) = found else {
                out.push(token.key);
                continue;
            };
            let mapped: Option<Vec<usize>> = if is_old {
                targets.iter().map(|&t| self.pairs.to_new.get(t).copied().flatten()).collect()
            } else {
                Some(targets.clone())
            };
            let target = mapped
                .filter(|t| !t.is_empty())
                .map_or_else(|| Target::Text(token.text(text).to_string()), Target::Nodes);
            let next = u32::MAX - self.references.len() as u32;
            out.push(*self.references.entry(target).or_insert(next));
        }
        out
    }
}

fn weights(node: &Node<'_>) -> Vec<Weight> {
    let mut after_number = false;
    let weigh = |token: &Token| {
        let text = token.text(&node.text);
        let ordinal = std::mem::replace(&mut after_number, token.kind == TokenKind::Number);
        match token.kind {
            TokenKind::Sign if matches!(text, "." | "!" | "?" | ";" | ":") && !ordinal => Weight::Stop,
            TokenKind::Sign => Weight::Sign,
            TokenKind::Word if text.ends_with('-') => Weight::Hanging,
            TokenKind::Word if text.chars().count() <= 5 => Weight::Short,
            _ => Weight::Solid,
        }
    };
    node.tokens.iter().map(weigh).collect()
}

/// Takes equal words off both ends of every change: a reference whose target went can still read the same.
fn trim(hunks: Vec<Hunk>, old: &Node<'_>, new: &Node<'_>) -> Vec<Hunk> {
    let mut out = Vec::with_capacity(hunks.len());
    let same = |a: usize, b: usize| {
        let (a, b) = (old.tokens.get(a), new.tokens.get(b));
        a.zip(b).is_some_and(|(a, b)| a.text(&old.text) == b.text(&new.text))
    };
    for Hunk { old, new, kept } in hunks {
        if kept {
            push(&mut out, old, new, true);
            continue;
        }
        let head = old.clone().zip(new.clone()).take_while(|&(a, b)| same(a, b)).count();
        let (a, b) = (old.start + head..old.end, new.start + head..new.end);
        let tail = a.clone().rev().zip(b.clone().rev()).take_while(|&(a, b)| same(a, b)).count();
        push(&mut out, old.start..a.start, new.start..b.start, true);
        push(&mut out, a.start..a.end - tail, b.start..b.end - tail, false);
        push(&mut out, a.end - tail..a.end, b.end - tail..b.end, true);
    }
    out
}

struct Line<'l, 'a> {
    old: &'l Node<'a>,
    new: &'l Node<'a>,
    old_keys: &'l [u32],
    new_keys: &'l [u32],
    exact: bool,
}

impl Line<'_, '_> {
    /// Pairs equal sentences, then alike ones in the gaps.
    fn by_sentences(&self, out: &mut Vec<Hunk>) {
        let old = sentences(&self.old.tokens, &self.old.text);
        let new = sentences(&self.new.tokens, &self.new.text);
        if old.len() <= 1 && new.len() <= 1 {
            return self.by_tokens(0..self.old_keys.len(), 0..self.new_keys.len(), out);
        }
        let mut seen: HashMap<&[u32], u32> = HashMap::new();
        let a: Vec<u32> = old.iter().map(|s| identify(&mut seen, self.old_keys.get(s.clone()))).collect();
        let b: Vec<u32> = new.iter().map(|s| identify(&mut seen, self.new_keys.get(s.clone()))).collect();
        let mut gaps = Vec::new();
        diff(&a, &b, (0, 0), UNITS, &mut gaps);
        for gap in gaps {
            let (o, n) = (span(&old, &gap.old), span(&new, &gap.new));
            if gap.kept {
                push(out, o, n, true);
            } else if gap.old.is_empty() || gap.new.is_empty() {
                push(out, o, n, false);
            } else if gap.old.len() * gap.new.len() > SENTENCE_PAIRS {
                self.by_tokens(o, n, out);
            } else {
                self.alike(&old[gap.old], &new[gap.new], out);
            }
        }
    }

    /// Pairs the sentences of a gap by how alike they are, in order.
    fn alike(&self, old: &[Range<usize>], new: &[Range<usize>], out: &mut Vec<Hunk>) {
        let bags = |keys: &[u32], tokens: &[Token], all: &[Range<usize>]| -> Vec<Vec<u32>> {
            all.iter().map(|s| bag(keys, tokens, s.clone())).collect()
        };
        let a = bags(self.old_keys, &self.old.tokens, old);
        let b = bags(self.new_keys, &self.new.tokens, new);
        let likeness = |i: usize, j: usize| {
            let common = common(&a[i], &b[j]);
            let share = percent(2 * common, a[i].len() + b[j].len());
            if share >= SAME_SENTENCE || percent(common, a[i].len().min(b[j].len())) >= CONTAINED {
                share.max(1) as u64
            } else {
                0
            }
        };
        let (mut i, mut j) = (0, 0);
        for (x, y) in super::lists::in_order(old.len(), new.len(), likeness) {
            push(out, span(old, &(i..x)), span(new, &(j..y)), false);
            self.by_tokens(old[x].clone(), new[y].clone(), out);
            (i, j) = (x + 1, y + 1);
        }
        push(out, span(old, &(i..old.len())), span(new, &(j..new.len())), false);
    }

    /// Compares two stretches token by token, or replaces one by the other if they have little in common.
    fn by_tokens(&self, old: Range<usize>, new: Range<usize>, out: &mut Vec<Hunk>) {
        let a = bag(self.old_keys, &self.old.tokens, old.clone());
        let b = bag(self.new_keys, &self.new.tokens, new.clone());
        let alike = |kept: usize| {
            self.exact
                || percent(2 * kept, a.len() + b.len()) >= SAME_SENTENCE
                || percent(kept, a.len().min(b.len())) >= CONTAINED
        };
        let (Some(x), Some(y)) = (self.old_keys.get(old.clone()), self.new_keys.get(new.clone())) else { return };
        if alike(common(&a, &b)) {
            let mut found = Vec::new();
            diff(x, y, (old.start, new.start), WORDS, &mut found);
            let kept = found.iter().filter(|h| h.kept).flat_map(|h| h.old.clone());
            let kept = kept.filter(|&t| self.old.tokens.get(t).is_some_and(Token::is_word)).count();
            if alike(kept) {
                return found.into_iter().for_each(|h| push(out, h.old, h.new, h.kept));
            }
        }
        // The sign that ends both stays.
        let ends = |t: usize| self.old.tokens.get(t).is_some_and(|t| !t.is_word());
        let same = x.iter().rev().zip(y.iter().rev()).zip(old.clone().rev());
        let tail = same.take_while(|&((a, b), t)| a == b && ends(t)).count();
        push(out, old.start..old.end - tail, new.start..new.end - tail, false);
        push(out, old.end - tail..old.end, new.end - tail..new.end, true);
    }
}

fn identify<'k>(seen: &mut HashMap<&'k [u32], u32>, keys: Option<&'k [u32]>) -> u32 {
    let next = seen.len() as u32;
    *seen.entry(keys.unwrap_or_default()).or_insert(next)
}

/// Returns the tokens that a range of sentences covers.
fn span(all: &[Range<usize>], range: &Range<usize>) -> Range<usize> {
    let end = |i: usize| i.checked_sub(1).and_then(|i| all.get(i)).map(|s| s.end);
    let first = all.first().map_or(0, |s| s.start);
    end(range.start).unwrap_or(first)..end(range.end).unwrap_or(first)
}

/// Returns the keys of the words in a stretch, sorted.
fn bag(keys: &[u32], tokens: &[Token], range: Range<usize>) -> Vec<u32> {
    let words = range.filter(|&t| tokens.get(t).is_some_and(Token::is_word));
    let mut out: Vec<u32> = words.filter_map(|t| keys.get(t).copied()).collect();
    out.sort_unstable();
    out
}

/// Counts what two sorted lists share.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        n += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(0)
}
