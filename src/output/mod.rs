//! Puts the documents of a reading together: what is said of each change, the frames, the manifest, the files.

mod amendments;
pub mod at;
pub mod coverage;
pub mod describe;
mod extracts;
mod flow;
pub mod instrument;
pub mod manifest;
mod ownership;
mod pages;
pub mod paper;
pub mod papers;
pub mod parallel;
mod plain;
mod proposed;
pub mod set;
pub mod step;
pub mod timeline;
pub mod words;
pub mod write;

pub use set::{BuildError, Pdf, build};

use crate::diff::Causes;
use crate::document::{NodeId, OpId};
use crate::model::{Model, State};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Holds the files of a build: path below the output folder, with `/`, and bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Tells the comparison what the state remembers of its operations.
pub struct StateCauses<'a> {
    /// The model the operations belong to.
    pub model: &'a Model,
    /// The state of the new text.
    pub state: &'a State,
}

impl Causes for StateCauses<'_> {
    fn removed(&self, node: &NodeId) -> Option<OpId> {
        self.state.removed.get(node).copied()
    }
    fn is_amendment(&self, op: OpId) -> bool {
        self.model.change_of(op).is_some_and(|c| c.amendment.is_some() && c.edition.is_none())
    }
    fn renamed(&self, committee: &str) -> Option<OpId> {
        self.state.names.get(committee).and_then(|(_, op)| *op)
    }
    fn split_from(&self, node: &NodeId) -> Option<(OpId, NodeId)> {
        self.state.split.get(node).cloned()
    }
    fn effect(&self, op: OpId) -> Option<Date> {
        self.model.operation(op)?.effect.date()
    }
    fn merged_into(&self, node: &NodeId) -> Option<(OpId, NodeId)> {
        self.state.merged.get(node).cloned()
    }
}
