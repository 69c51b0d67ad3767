//! The private marks by which identity and origin travel through a template: `⟦n3⟧` names a node, `⟦o5⟧…⟦/⟧` an origin.
//!
//! Text from the rules cannot forge one: its own `⟦` is written `⟦lp⟧`. The marks are only read in what the compiler
//! rendered, never in a published file.

use crate::document::{NodeId, OpId, Origin};

/// Opens a mark.
pub const OPEN: char = '⟦';
/// Closes a mark.
pub const CLOSE: char = '⟧';

/// Is a node as a template carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeMark {
    /// Its id.
    pub id: NodeId,
    /// The operation that made it what it is.
    pub op: Option<OpId>,
}

/// Holds what the marks of one rendering stand for.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Nodes by number.
    pub nodes: Vec<NodeMark>,
    /// Origins by number.
    pub origins: Vec<Origin>,
}

impl Marks {
    /// Returns the mark of a node.
    pub fn node(&mut self, id: NodeId, op: Option<OpId>) -> String {
        self.nodes.push(NodeMark { id, op });
        format!("{OPEN}n{}{CLOSE}", self.nodes.len() - 1)
    }

    /// Returns text (already escaped for Markdown) between the marks of its origin.
    pub fn origin(&mut self, origin: Origin, escaped: &str) -> String {
        self.origins.push(origin);
        format!("{OPEN}o{}{CLOSE}{}{OPEN}/{CLOSE}", self.origins.len() - 1, protect(escaped))
    }
}

/// Makes the opening bracket in a text harmless.
fn protect(text: &str) -> String {
    text.replace(OPEN, "⟦lp⟧")
}

/// Is one thing found in a marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marked<'t> {
    /// Words outside or inside an origin.
    Text(&'t str),
    /// A literal opening bracket.
    Bracket,
    /// A node, by number.
    Node(usize),
    /// An origin begins, by number.
    Begin(usize),
    /// An origin ends.
    End,
    /// Something in brackets that is none of these.
    Unknown(&'t str),
}

/// Splits a marked text.
pub fn split(text: &str) -> Vec<Marked<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        if at > 0 {
            out.push(Marked::Text(&rest[..at]));
        }
        let body = &rest[at + OPEN.len_utf8()..];
        let Some(end) = body.find(CLOSE) else {
            out.push(Marked::Unknown(body));
            return out;
        };
        let name = &body[..end];
        out.push(match (name, name.get(1..).and_then(|n| n.parse().ok())) {
            ("lp", _) => Marked::Bracket,
            ("/", _) => Marked::End,
            (n, Some(i)) if n.starts_with('n') => Marked::Node(i),
            (n, Some(i)) if n.starts_with('o') => Marked::Begin(i),
            _ => Marked::Unknown(name),
        });
        rest = &body[end + CLOSE.len_utf8()..];
    }
    if !rest.is_empty() {
        out.push(Marked::Text(rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_forge_a_mark() {
        let mut marks = Marks::default();
        let marked = marks.origin(Origin::default(), "⟦n0⟧ og ⟦/⟧");
        let words: String = split(&marked)
            .iter()
            .map(|m| match m {
                Marked::Text(t) => *t,
                Marked::Bracket => "⟦",
                _ => "",
            })
            .collect();
        assert_eq!(words, "⟦n0⟧ og ⟦/⟧");
    }
}
