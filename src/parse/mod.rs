//! Reads Markdown back into the tree: strictly for what the compiler writes, loosely for texts from anywhere.

pub mod loose;
pub mod marks;
pub mod strict;

pub use strict::{ProfileError, Trouble};
