//! A compiler for the bylaws by which Danish municipalities are governed (styrelsesvedtægter).
//!
//! ```text
//!  rules/*.yaml ──load──▶ Ruleset ──check──▶ Model: who owns what, from when, on what authority
//!                                              │ a state: in force, a reading, a date
//!  templates/**/*.tera ──────compile───────────▼
//!                              marked Markdown ──parse──▶ Bylaw (tree with ids and origins)
//!                                                          │ print: the clean Markdown
//!      compare(before, after) ──▶ Redline: rows and changes, each with its cause
//!                                                          │
//!                       render ──▶ documents ──proof──▶ output/, all or nothing
//! ```
//!
//! The library never prints and never reads the clock or the environment; [`cli`] does the talking.

pub mod check;
pub mod cli;
pub mod compile;
pub mod diag;
pub mod diff;
pub mod document;
pub mod instrument;
pub mod lang;
pub mod lock;
pub mod model;
pub mod output;
pub mod parse;
pub mod proof;
pub mod render;
pub mod rules;
pub mod source;
pub mod template;
pub mod world;
