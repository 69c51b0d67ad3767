//! Learns from lines that are a pair which words became which others everywhere: a committee's new name, above all.

use super::align::{Pairs, Trees};
use super::hunks::{self, WORDS};
use super::likeness::body;
use super::tokens::TokenKind;
use std::collections::{BTreeMap, BTreeSet};

/// A word that was replaced alike in fewer lines than this was not renamed.
const LINES: usize = 2;
/// A name of more words than this is none.
const LONGEST: usize = 6;

/// Returns for each old word that is gone from the new text what stands for it now.
pub(super) fn learn(trees: Trees<'_, '_>, pairs: &Pairs) -> BTreeMap<u32, Vec<u32>> {
    let left: BTreeSet<u32> = trees.new.nodes.iter().flat_map(|n| n.tokens.iter().map(|t| t.key)).collect();
    let mut counts: BTreeMap<(u32, Vec<u32>), usize> = BTreeMap::new();
    let (mut old, mut new, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for (index, partner) in pairs.to_new.iter().enumerate() {
        let Some(partner) = *partner else { continue };
        let (before, after) = (&trees.old.nodes[index], &trees.new.nodes[partner]);
        let word = |kind| matches!(kind, TokenKind::Word | TokenKind::Name);
        let own = before.tokens.iter().take(body(trees.old, index));
        if !own.clone().any(|t| word(t.kind) && !left.contains(&t.key)) {
            continue;
        }
        old.clear();
        old.extend(own.map(|t| t.key));
        new.clear();
        new.extend(after.tokens.iter().take(body(trees.new, partner)).map(|t| t.key));
        found.clear();
        hunks::diff(&old, &new, (0, 0), WORDS, &mut found);
        for hunk in found.iter().filter(|h| !h.kept && h.old.len() == 1 && h.new.len() <= LONGEST) {
            let (Some(&gone), Some(come)) = (old.get(hunk.old.start), new.get(hunk.new.clone())) else { continue };
            let named = before.tokens.get(hunk.old.start).is_some_and(|t| word(t.kind));
            if named && !left.contains(&gone) && !come.is_empty() {
                *counts.entry((gone, come.to_vec())).or_default() += 1;
            }
        }
    }
    let mut best: BTreeMap<u32, (usize, Vec<u32>)> = BTreeMap::new();
    for ((gone, come), count) in counts.into_iter().filter(|(_, count)| *count >= LINES) {
        if best.get(&gone).is_none_or(|b| b.0 < count) {
            best.insert(gone, (count, come));
        }
    }
    best.into_iter().map(|(gone, (_, come))| (gone, come)).collect()
}
