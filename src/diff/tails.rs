//! Finds the punctuation that an item has only because of its place in the list: `,`, ` og` and `.`.

use super::align::Trees;
use super::marks::Tail;
use super::tree::{Shape, Tree};
use crate::document::units::UnitKind;

/// Returns the ends of two items that follow from their places: nothing unless the places are of another sort.
pub(super) fn tail(trees: Trees<'_, '_>, old: usize, new: usize) -> Tail {
    let item =
        |tree: &Tree<'_>, n: usize| matches!(tree.nodes[n].shape, Shape::Line(UnitKind::Point | UnitKind::Letter));
    if !item(trees.old, old) || !item(trees.new, new) || place(trees.old, old) == place(trees.new, new) {
        return Tail::default();
    }
    Tail { old: Some(start(trees.old, old)), new: Some(start(trees.new, new)) }
}

/// Says whether an item is the last of its list (0), the one before it (1) or an earlier one (2).
fn place(tree: &Tree<'_>, node: usize) -> usize {
    let siblings = tree.nodes[tree.nodes[node].parent].children.iter().rev();
    siblings.take_while(|&&s| s != node && tree.nodes[s].shape == tree.nodes[node].shape).count().min(2)
}

/// Returns the first token of the punctuation that ends an item; the number of tokens if there is none.
pub(super) fn start(tree: &Tree<'_>, node: usize) -> usize {
    let node = &tree.nodes[node];
    let text = |at: usize| node.tokens.get(at).map_or("", |t| t.text(&node.text));
    let mut at = node.tokens.len();
    if at > 1 && matches!(text(at - 1), "." | "," | ";") {
        at -= 1;
    }
    if at > 1 && matches!(text(at - 1), "og" | "samt" | "eller") {
        at -= 1;
        if at > 1 && matches!(text(at - 1), "," | ";") {
            at -= 1;
        }
    }
    at
}
