//! Tells what stayed in its place from what moved: same parent and inside the heaviest increasing subsequence.

use super::align::{Pairs, Trees};

/// Returns, for every new node, whether it and everything it stands under is where it was.
pub(super) fn in_place(trees: Trees<'_, '_>, pairs: &Pairs) -> Vec<bool> {
    let mut out = vec![false; trees.new.nodes.len()];
    let weights = weights(trees);
    let mut position = vec![0; trees.old.nodes.len()];
    for node in &trees.old.nodes {
        for (at, &child) in node.children.iter().enumerate() {
            position[child] = at;
        }
    }
    if let Some(root) = out.first_mut() {
        *root = true;
    }
    for (index, node) in trees.new.nodes.iter().enumerate() {
        if !out[index] {
            continue;
        }
        let stayed: Vec<(usize, usize)> = node
            .children
            .iter()
            .filter_map(|&new| Some((pairs.to_old[new]?, new)))
            .filter(|&(old, new)| {
                pairs.to_new[trees.old.nodes[old].parent] == Some(index)
                    && trees.old.nodes[old].shape.fits(trees.new.nodes[new].shape)
            })
            .collect();
        let sequence: Vec<(usize, u64)> = stayed.iter().map(|&(old, new)| (position[old], weights[new])).collect();
        for at in heaviest_increasing(&sequence) {
            out[stayed[at].1] = true;
        }
    }
    out
}

/// Returns what a node weighs: mostly that it is one, then that no operation touched it, then how much it holds.
fn weights(trees: Trees<'_, '_>) -> Vec<u64> {
    let nodes = &trees.new.nodes;
    let mut words = vec![0_u64; nodes.len()];
    for (index, node) in nodes.iter().enumerate().rev() {
        words[index] += 1 + node.tokens.len() as u64;
        if index > 0 {
            let below = words[index];
            words[node.parent] += below;
        }
    }
    let weigh = |(index, words): (usize, u64)| {
        (1 << 44) + (u64::from(nodes[index].op.is_none()) << 30) + words.min((1 << 24) - 1)
    };
    words.into_iter().enumerate().map(weigh).collect()
}

/// Returns the indices of the heaviest strictly increasing subsequence of `(value, weight)`; values are distinct.
pub(crate) fn heaviest_increasing(sequence: &[(usize, u64)]) -> Vec<usize> {
    let size = sequence.iter().map(|s| s.0 + 1).max().unwrap_or(0);
    // A Fenwick tree of the best chain that ends at or below a value: (weight, index of its last element plus one).
    let mut best = vec![(0_u64, 0_usize); size + 1];
    let mut before = vec![0; sequence.len()];
    for (index, &(value, weight)) in sequence.iter().enumerate() {
        let mut chain = (0, 0);
        let mut at = value;
        while at > 0 {
            if best[at].0 > chain.0 {
                chain = best[at];
            }
            at &= at - 1;
        }
        before[index] = chain.1;
        let longer = (chain.0 + weight, index + 1);
        let mut at = value + 1;
        while at <= size {
            if longer.0 > best[at].0 {
                best[at] = longer;
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut end = (0, 0);
    let mut at = size;
    while at > 0 {
        if best[at].0 > end.0 {
            end = best[at];
        }
        at &= at - 1;
    }
    let mut out = Vec::new();
    let mut last = end.1;
    while last > 0 {
        out.push(last - 1);
        last = before[last - 1];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(values: &[usize]) -> Vec<usize> {
        let weighted: Vec<(usize, u64)> = values.iter().map(|&v| (v, 1)).collect();
        heaviest_increasing(&weighted).into_iter().map(|i| values[i]).collect()
    }

    #[test]
    fn keeps_the_most() {
        assert_eq!(kept(&[]), [] as [usize; 0]);
        assert_eq!(kept(&[0, 5, 1, 2, 3, 4]), [0, 1, 2, 3, 4]);
        assert_eq!(kept(&[1, 2, 3, 0]), [1, 2, 3]);
        assert_eq!(heaviest_increasing(&[(1, 9), (0, 1)]), [0]);
    }
}
