//! Everything that must hold before anything is built; each file is one check, and all report in one run.

mod agreement;
mod ids;
mod links;
mod names;
mod ownership;
mod procedure;
mod shape;

use crate::compile::{Compiled, compile};
use crate::diag::Findings;
use crate::model::{Model, Version};
use crate::template::Templates;

/// Is a project that was checked: the model and every version that must hold.
pub struct Checked {
    /// The model.
    pub model: Model,
    /// In force, each day on which anything changes, each reading, in that order.
    pub versions: Vec<Compiled>,
}

impl Checked {
    /// Returns a version, if it is one of those that were compiled.
    pub fn version(&self, version: Version) -> Option<&Compiled> {
        self.versions.iter().find(|c| c.version == version)
    }
}

/// Runs every check. `None` when the templates cannot be used at all.
pub fn check(model: Model, findings: &mut Findings) -> Option<Checked> {
    ids::check(&model, findings);
    links::check(&model, findings);
    ownership::check(&model, findings);
    procedure::check(&model, findings);
    agreement::check(&model, findings);
    shape::check_sizes(&model, findings);
    let templates = Templates::load(&model.rules, findings)?;
    let mut versions = Vec::new();
    for version in model.versions() {
        if let Some(compiled) = compile(&model, &templates, version, findings) {
            shape::check_version(&model, &compiled, findings);
            names::check(&model, &compiled, findings);
            versions.push(compiled);
        }
    }
    Some(Checked { model, versions })
}
