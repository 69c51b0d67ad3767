//! Reads Markdown into the tree.

pub mod loose;
