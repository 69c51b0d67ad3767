//! The rules: from YAML with places to values that mean something.

pub mod read;
