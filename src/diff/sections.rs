//! Pairs §§ by what stands in them.

use super::align::{Pairs, Trees};
use super::likeness::{Likeness, Scope, exact};
use super::tree::{Shape, Tree};
use std::collections::HashMap;

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
    super::lists::same_text(&old, &texts(trees.old, &old), &new, &texts(trees.new, &new), 1, pairs);
    let free = |pairs: &Pairs| -> (Vec<usize>, Vec<usize>) {
        (
            old.iter().copied().filter(|&o| pairs.to_new[o].is_none()).collect(),
            new.iter().copied().filter(|&n| pairs.to_old[n].is_none()).collect(),
        )
    };
    let (a, b) = free(pairs);
    for (_, o, n) in likeness.candidates(&a, &b, Scope::Whole, ALIKE) {
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
                let score = likeness.of(a, b, Scope::Whole) + if heading { ALIKE } else { 0 };
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
        let is = tree.nodes[first].shape == Shape::Line(crate::document::units::UnitKind::Heading);
        is.then(|| exact(tree, first))
    };
    let found = heading(trees.old, old);
    found.as_ref().is_some_and(|h| !h.is_empty()) && found == heading(trees.new, new)
}

/// Returns the unmatched nodes that stand between the same matched neighbours.
pub(super) fn gaps(old: &[usize], new: &[usize], pairs: &Pairs) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut after: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    let mut last = None;
    for &n in new {
        match pairs.to_old[n] {
            Some(o) => last = Some(o),
            None => after.entry(last).or_default().push(n),
        }
    }
    let mut out = Vec::new();
    let (mut last, mut gap) = (None, Vec::new());
    let mut close = |last: Option<usize>, gap: &mut Vec<usize>| {
        if !gap.is_empty()
            && let Some(found) = after.remove(&last)
        {
            out.push((std::mem::take(gap), found));
        }
        gap.clear();
    };
    for &o in old {
        if pairs.to_new[o].is_some() {
            close(last, &mut gap);
            last = Some(o);
        } else {
            gap.push(o);
        }
    }
    close(last, &mut gap);
    out
}
