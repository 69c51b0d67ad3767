//! Pairs the children of matched parents: the same text first, then alike ones in order.

use super::align::{Pairs, Trees};
use super::hunks;
use super::likeness::{Likeness, Scope, all_sentences, by_letters, exact, share};
use super::sections::gaps;
use super::tokens::TokenKind;
use super::tree::{Node, Shape, Tree};
use crate::document::units::UnitKind;
use std::collections::{BTreeMap, HashMap};

/// Children that are less alike than this are different ones.
pub(super) const ALIKE: u32 = 300;
/// Children that are this alike are the same whatever else there is.
pub(super) const SURE: u32 = 600;
/// Children of one parent that are this alike are the same one in another place.
const REORDERED: u32 = 550;
/// The most pairs weighed against each other in one gap; above, only those that share a rare word are.
const GAP: usize = 40_000;

/// Pairs everything below the roots; sections must be paired.
///
/// What is less alike than `least` is left for later.
pub(super) fn pair_all(trees: Trees<'_, '_>, likeness: &Likeness, least: u32, pairs: &mut Pairs) {
    let top = |tree: &Tree<'_>, shape: Shape| -> Vec<usize> {
        tree.nodes[0].children.iter().copied().filter(|&c| tree.nodes[c].shape == shape).collect()
    };
    for kind in [UnitKind::Title, UnitKind::Preamble] {
        let (old, new) = (top(trees.old, Shape::Line(kind)), top(trees.new, Shape::Line(kind)));
        if let ([o], [n]) = (old.as_slice(), new.as_slice()) {
            pairs.add(*o, *n);
        }
        siblings(trees, likeness, least, &old, &new, pairs);
    }
    chapters(trees, likeness, least, pairs);
    for new in 0..trees.new.nodes.len() {
        if trees.new.nodes[new].shape == Shape::Section
            && let Some(old) = pairs.to_old[new]
        {
            below(trees, likeness, least, old, new, pairs);
        }
    }
}

/// Pairs everything below two nodes that are a pair.
pub(super) fn below(trees: Trees<'_, '_>, likeness: &Likeness, least: u32, old: usize, new: usize, pairs: &mut Pairs) {
    let of = |tree: &Tree<'_>, node: usize, kind: UnitKind| -> Vec<usize> {
        let children = tree.nodes[node].children.iter().copied();
        children.filter(|&c| tree.nodes[c].shape.fits(Shape::Line(kind))).collect()
    };
    for kind in [UnitKind::Heading, UnitKind::Subsection, UnitKind::Text, UnitKind::Point, UnitKind::Letter] {
        let (a, b) = (of(trees.old, old, kind), of(trees.new, new, kind));
        if kind == UnitKind::Heading {
            if let (Some(&a), Some(&b)) = (a.first(), b.first()) {
                pairs.add(a, b);
            }
            continue;
        }
        siblings(trees, likeness, least, &a, &b, pairs);
        for n in b {
            if let Some(o) = pairs.to_old[n]
                && pairs.same_parent(trees, o, n)
            {
                below(trees, likeness, least, o, n, pairs);
            }
        }
    }
}

/// Pairs chapters by headings that stand once in both texts, then by the sections they share, then by their place.
fn chapters(trees: Trees<'_, '_>, likeness: &Likeness, least: u32, pairs: &mut Pairs) {
    let of = |tree: &Tree<'_>| -> Vec<usize> {
        let children = tree.nodes[0].children.iter().copied();
        children.filter(|&c| tree.nodes[c].shape.fits(Shape::Line(UnitKind::Chapter))).collect()
    };
    let (old, new) = (of(trees.old), of(trees.new));
    let texts = |tree: &Tree<'_>, nodes: &[usize]| -> Vec<Vec<u32>> { nodes.iter().map(|&n| exact(tree, n)).collect() };
    only_ones(&old, &texts(trees.old, &old), &new, &texts(trees.new, &new), pairs);
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (new, node) in trees.new.nodes.iter().enumerate() {
        if node.shape == Shape::Section
            && let Some(old) = pairs.to_old[new]
        {
            *shared.entry((trees.old.nodes[old].parent, node.parent)).or_default() += 1;
        }
    }
    let mut found: Vec<_> = shared.into_iter().collect();
    found.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    for ((old, new), _) in found {
        pairs.add(old, new);
    }
    siblings(trees, likeness, least, &old, &new, pairs);
}

/// Pairs the children of one sort that stand under two nodes that are a pair.
fn siblings(trees: Trees<'_, '_>, likeness: &Likeness, least: u32, old: &[usize], new: &[usize], pairs: &mut Pairs) {
    let all_paired = |pairs: &Pairs| {
        old.iter().all(|&o| pairs.to_new[o].is_some()) || new.iter().all(|&n| pairs.to_old[n].is_some())
    };
    if !all_paired(pairs) {
        let texts =
            |tree: &Tree<'_>, nodes: &[usize]| -> Vec<Vec<u32>> { nodes.iter().map(|&n| exact(tree, n)).collect() };
        same_text(old, &texts(trees.old, old), new, &texts(trees.new, new), pairs);
    }
    if !all_paired(pairs) {
        for (a, b) in gaps(old, new, pairs) {
            gap(trees, likeness, least, (&a, &b), pairs);
        }
    }
    heads(trees, old, new, pairs);
    let free_old: Vec<usize> = old.iter().copied().filter(|&o| pairs.to_new[o].is_none()).collect();
    let free_new: Vec<usize> = new.iter().copied().filter(|&n| pairs.to_old[n].is_none()).collect();
    if free_old.is_empty() || free_new.is_empty() {
        return;
    }
    for (_, o, n) in likeness.candidates(&free_old, &free_new, REORDERED.max(least), &[]) {
        pairs.add(o, n);
    }
}

/// Pairs what stands between the same neighbours by how alike it is.
fn gap(trees: Trees<'_, '_>, likeness: &Likeness, least: u32, (old, new): (&[usize], &[usize]), pairs: &mut Pairs) {
    if old.len() * new.len() > GAP {
        for (_, o, n) in likeness.candidates(old, new, least, &[]) {
            pairs.add(o, n);
        }
        return;
    }
    let sentences = |tree: &Tree<'_>, nodes: &[usize]| -> Vec<Vec<Vec<u32>>> {
        nodes.iter().map(|&n| all_sentences(tree, n)).collect()
    };
    let (a, b) = (sentences(trees.old, old), sentences(trees.new, new));
    let weigh = |i: usize, j: usize| {
        let (o, n) = (old[i], new[j]);
        let words = likeness.nearby(o, n, Scope::Line).max(likeness.nearby(o, n, Scope::Whole));
        let mut score = words.max(by_letters(trees.old, o, trees.new, n));
        if share(&a[i], &b[j]) {
            score = score.max(SURE);
        }
        if score >= least { u64::from(score) } else { 0 }
    };
    for (i, j) in in_order(old.len(), new.len(), weigh) {
        pairs.add(old[i], new[j]);
    }
}

/// Lets the beginning of a line that was cut in two keep its identity, and that of two lines that became one.
fn heads(trees: Trees<'_, '_>, old: &[usize], new: &[usize], pairs: &mut Pairs) {
    for (at, &rest) in new.iter().enumerate() {
        let Some(whole) = pairs.to_old[rest] else { continue };
        let before = new.iter().take(at).rev().take(AHEAD).copied();
        let head = before
            .filter(|&head| pairs.to_old[head].is_none())
            .find(|&head| begins(&trees.old.nodes[whole], &trees.new.nodes[head], &trees.new.nodes[rest]));
        if let Some(head) = head {
            pairs.again(whole, head);
        }
    }
    for (at, &rest) in old.iter().enumerate() {
        let Some(whole) = pairs.to_new[rest] else { continue };
        let before = old.iter().take(at).rev().take(AHEAD).copied();
        let head = before
            .filter(|&head| pairs.to_new[head].is_none())
            .find(|&head| begins(&trees.new.nodes[whole], &trees.old.nodes[head], &trees.old.nodes[rest]));
        if let Some(head) = head {
            pairs.again(head, whole);
        }
    }
}

/// How far before the rest of a line its beginning can stand.
const AHEAD: usize = 4;

/// Says whether a line is mostly what two others are one after the other.
fn begins(whole: &Node<'_>, head: &Node<'_>, rest: &Node<'_>) -> bool {
    let (all, own) = (whole.tokens.len(), head.tokens.len());
    if own < 2 || all <= own || (own + rest.tokens.len()).abs_diff(all) > all / 4 {
        return false;
    }
    let same = whole
        .tokens
        .iter()
        .zip(&head.tokens)
        .filter(|(a, b)| a.key == b.key || a.kind == b.kind && a.kind == TokenKind::Reference);
    let same = same.count();
    same == own || own >= 6 && same * 100 >= own * HEAD
}

/// From this share of its beginning on, in percent, a line begins with another one.
const HEAD: usize = 70;

/// Pairs nodes of the same text: in order where they can be, then those that are the only ones of their text.
pub(super) fn same_text(
    old: &[usize],
    old_texts: &[Vec<u32>],
    new: &[usize],
    new_texts: &[Vec<u32>],
    pairs: &mut Pairs,
) {
    let mut seen: HashMap<&[u32], u32> = HashMap::new();
    // Nodes that have a partner are like nothing else.
    let mut next = u32::MAX;
    let mut ids: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
    for (side, (nodes, texts)) in [(old, old_texts), (new, new_texts)].into_iter().enumerate() {
        for (&node, text) in nodes.iter().zip(texts) {
            let partner = if side == 0 { pairs.to_new[node] } else { pairs.to_old[node] };
            let id = if partner.is_some() {
                next -= 1;
                next
            } else {
                let fresh = seen.len() as u32;
                *seen.entry(text.as_slice()).or_insert(fresh)
            };
            ids[side].push(id);
        }
    }
    let [a, b] = ids;
    let mut found = Vec::new();
    hunks::diff(&a, &b, (0, 0), hunks::UNITS, &mut found);
    for hunk in found.into_iter().filter(|h| h.kept) {
        for (i, j) in hunk.old.zip(hunk.new) {
            pairs.add(old[i], new[j]);
        }
    }
    let only = |ids: &[u32]| {
        let mut at: HashMap<u32, Option<usize>> = HashMap::new();
        for (index, &id) in ids.iter().enumerate() {
            at.entry(id).and_modify(|a| *a = None).or_insert(Some(index));
        }
        at
    };
    let old_only = only(&a);
    let new_only = only(&b);
    for (j, id) in b.iter().enumerate() {
        if !new_texts[j].is_empty()
            && new_only.get(id) == Some(&Some(j))
            && let Some(Some(i)) = old_only.get(id)
        {
            pairs.add(old[*i], new[j]);
        }
    }
}

/// Pairs nodes whose text stands once on either side.
fn only_ones(old: &[usize], old_texts: &[Vec<u32>], new: &[usize], new_texts: &[Vec<u32>], pairs: &mut Pairs) {
    let mut seen: HashMap<&[u32], (Option<usize>, usize, usize)> = HashMap::new();
    for (&node, text) in old.iter().zip(old_texts).filter(|(_, t)| !t.is_empty()) {
        let entry = seen.entry(text).or_default();
        (entry.0, entry.1) = (Some(node), entry.1 + 1);
    }
    new_texts.iter().for_each(|text| seen.entry(text).or_default().2 += 1);
    for (&node, text) in new.iter().zip(new_texts) {
        if let Some(&(Some(old), 1, 1)) = seen.get(text.as_slice()) {
            pairs.add(old, node);
        }
    }
}

/// Returns the best pairs of two sequences that keep the order of both; a likeness of 0 never makes a pair.
pub(super) fn in_order(old: usize, new: usize, likeness: impl Fn(usize, usize) -> u64) -> Vec<(usize, usize)> {
    let width = new + 1;
    let mut best = vec![0_u64; (old + 1) * width];
    let mut scores = vec![0_u64; old * new];
    for i in (0..old).rev() {
        for j in (0..new).rev() {
            let score = likeness(i, j);
            scores[i * new + j] = score;
            let mut most = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            if score > 0 {
                most = most.max(score + best[(i + 1) * width + j + 1]);
            }
            best[i * width + j] = most;
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < old && j < new {
        let score = scores[i * new + j];
        let here = best[i * width + j];
        if score > 0 && here == score + best[(i + 1) * width + j + 1] {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order() {
        let scores = [[0, 900, 0], [800, 0, 0], [0, 0, 500]];
        assert_eq!(in_order(3, 3, |i, j| scores[i][j]), [(0, 1), (2, 2)]);
        assert!(in_order(0, 3, |_, _| 1).is_empty());
    }
}
