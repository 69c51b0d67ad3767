//! Pairs §§ by what stands in them.

use super::align::{Pairs, Trees};
use super::likeness::{Likeness, Scope, exact};
use super::order::heaviest_increasing;
use super::tree::{Shape, Tree};
use crate::document::units::UnitKind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Sections that are less alike than this are different sections.
const ALIKE: u32 = 300;
/// The most pairs weighed against each other between two matched sections.
const GAP: usize = 400;

/// Pairs the sections of two texts.
pub(super) fn pair(trees: Trees<'_, '_>, likeness: &Likeness, pairs: &mut Pairs) {
    let (old, new) = (all(trees.old), all(trees.new));
    let texts = |tree: &Tree<'_>, sections: &[usize]| -> Vec<Vec<u32>> {
        sections.iter().map(|&s| whole_text(tree, s)).collect()
    };
    super::lists::same_text(&old, &texts(trees.old, &old), &new, &texts(trees.new, &new), pairs);
    by_lines(trees, pairs);
    let free = |pairs: &Pairs| -> (Vec<usize>, Vec<usize>) {
        (
            old.iter().copied().filter(|&o| pairs.to_new[o].is_none()).collect(),
            new.iter().copied().filter(|&n| pairs.to_old[n].is_none()).collect(),
        )
    };
    let (a, b) = free(pairs);
    for (_, o, n) in likeness.candidates(&a, &b, ALIKE, &pairs.expected()) {
        pairs.add(o, n);
    }
    // What stands between the same neighbours is weighed too, however common its words are.
    for (o, n) in gaps(&old, &new, pairs) {
        if o.len() * n.len() > GAP {
            continue;
        }
        let mut found = Vec::new();
        for &a in &o {
            for &b in &n {
                let heading = same_heading(trees, a, b);
                let score = likeness.nearby(a, b, Scope::Whole) + if heading { ALIKE } else { 0 };
                found.push((score, a, b));
            }
        }
        found.sort_unstable_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        for (score, a, b) in found {
            if score >= ALIKE {
                pairs.add(a, b);
            }
        }
    }
}

/// Pairs sections that share at least half of the paragraphs of one of them, word for word: whole lists can move.
fn by_lines(trees: Trees<'_, '_>, pairs: &mut Pairs) {
    let paragraph = |shape| matches!(shape, Shape::Line(UnitKind::Subsection | UnitKind::Text));
    let sizes = |tree: &Tree<'_>| {
        let mut out = vec![0_usize; tree.nodes.len()];
        for (index, node) in tree.nodes.iter().enumerate().filter(|(_, n)| paragraph(n.shape)) {
            if let Some(section) = tree.section(index) {
                out[section] += node.tokens.len();
            }
        }
        out
    };
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (old, new) in pairs.to_new.iter().enumerate() {
        if let Some(new) = *new
            && paragraph(trees.old.nodes[old].shape)
            && let (Some(a), Some(b)) = (trees.old.section(old), trees.new.section(new))
            && pairs.free(a, b)
        {
            *shared.entry((a, b)).or_default() += trees.old.nodes[old].tokens.len();
        }
    }
    if shared.is_empty() {
        return;
    }
    let (old, new) = (sizes(trees.old), sizes(trees.new));
    let mut found: Vec<_> = shared.into_iter().collect();
    found.sort_by_key(|&(_, words)| Reverse(words));
    for ((a, b), words) in found {
        if 2 * words >= old[a].min(new[b]) {
            pairs.add(a, b);
        }
    }
}

fn all(tree: &Tree<'_>) -> Vec<usize> {
    (0..tree.nodes.len()).filter(|&n| tree.nodes[n].shape == Shape::Section).collect()
}

fn whole_text(tree: &Tree<'_>, section: usize) -> Vec<u32> {
    let mut out = Vec::new();
    for line in tree.lines(section) {
        out.extend(exact(tree, line));
        out.push(u32::MAX - 1);
    }
    out
}

fn same_heading(trees: Trees<'_, '_>, old: usize, new: usize) -> bool {
    let heading = |tree: &Tree<'_>, section: usize| {
        let first = tree.nodes[section].children.first().copied()?;
        let is = tree.nodes[first].shape == Shape::Line(UnitKind::Heading);
        is.then(|| exact(tree, first))
    };
    let found = heading(trees.old, old);
    found.as_ref().is_some_and(|h| !h.is_empty()) && found == heading(trees.new, new)
}

/// Returns the unmatched nodes that stand between the same neighbours; what moved is no neighbour.
pub(super) fn gaps(old: &[usize], new: &[usize], pairs: &Pairs) -> Vec<(Vec<usize>, Vec<usize>)> {
    let position: HashMap<usize, usize> = old.iter().enumerate().map(|(at, &o)| (o, at)).collect();
    let matched: Vec<(usize, usize)> =
        new.iter().enumerate().filter_map(|(at, &n)| Some((*position.get(&pairs.to_old[n]?)?, at))).collect();
    let sequence: Vec<(usize, u64)> = matched.iter().map(|&(at, _)| (at, 1)).collect();
    let mut anchors: Vec<(usize, usize)> =
        heaviest_increasing(&sequence).into_iter().filter_map(|i| matched.get(i).copied()).collect();
    anchors.push((old.len(), new.len()));
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    for (x, y) in anchors {
        let gone: Vec<usize> = (i..x).map(|at| old[at]).filter(|&o| pairs.to_new[o].is_none()).collect();
        let come: Vec<usize> = (j..y).map(|at| new[at]).filter(|&n| pairs.to_old[n].is_none()).collect();
        if !gone.is_empty() && !come.is_empty() {
            out.push((gone, come));
        }
        (i, j) = (x + 1, y + 1);
    }
    out
}
