//! Pairs the children of matched parents in order.

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
pub(super) fn pair_all(_: super::align::Trees<'_, '_>, _: &super::likeness::Likeness, _: &mut super::align::Pairs) {}
