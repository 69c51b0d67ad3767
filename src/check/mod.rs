//! Everything that must hold before anything is built; each file is one check, and all report in one run.
//!
//! One mistake is one finding: where something could not be read or is named twice, nothing is said of what is missing
//! for that reason, and the text is compiled only when every rule finds what it points at.

mod agreement;
pub mod conflicts;

mod amends;
mod ids;
mod links;
mod names;
mod ownership;
mod procedure;
mod shape;

use crate::compile::{Compiled, compile};
use crate::diag::{Code, Findings};
use crate::lock::Locks;
use crate::model::{Model, Version};
use crate::template::Templates;

/// Is a project that was checked: the model and every version that must hold.
pub struct Checked {
    /// The model.
    pub model: Model,
    /// In force, each day on which anything changes, each reading, in that order.
    pub versions: Vec<Compiled>,
    /// The readings that are locked; their versions are the locked ones.
    pub locks: Locks,
}

impl Checked {
    /// Puts locked readings in the place of what the rules would make of them today.
    pub fn locked(mut self, locks: Vec<crate::lock::Lock>) -> Checked {
        self.locks = Locks::put(locks, &self.model, &mut self.versions);
        self
    }

    /// Returns a version, if it is one of those that were compiled.
    pub fn version(&self, version: Version) -> Option<&Compiled> {
        self.versions.iter().find(|c| c.version == version)
    }
}

/// Runs every check. `None` when the rules or the templates cannot be compiled; the findings say why.
pub fn check(model: Model, findings: &mut Findings) -> Option<Checked> {
    let mut unread = findings.has_errors();
    ids::check(&model, findings);
    unread |= findings.has_errors();
    let mut own = Findings::default();
    links::check(&model, &mut own);
    let mut linked = !unread && !own.has_errors();
    if linked {
        amends::check(&model, &mut own);
        linked = !own.has_errors();
    }
    ownership::check(&model, &mut own);
    linked &= !own.contains(Code::NoOwner);
    conflicts::check(&model, &mut own);
    procedure::check(&model, &mut own);
    agreement::check(&model, &mut own);
    shape::check_sizes(&model, &mut own);
    linked &= shape::check_numbers(&model, &mut own);
    names::check_names(&model, &mut own);
    if unread {
        own.retain(|d| !is_about_absence(d.code));
    }
    findings.extend(own);
    if !linked {
        return None;
    }
    let templates = Templates::load(&model.rules, findings)?;
    let mut versions = Vec::new();
    for version in model.versions() {
        // What fails in one version fails in the next.
        let compiled = compile(&model, &templates, version, findings)?;
        if findings.contains(Code::TemplateLostNode) {
            return None;
        }
        shape::check_version(&model, &compiled, findings);
        procedure::adviser(&model, &compiled, findings);
        names::check(&model, &compiled, findings);
        versions.push(compiled);
    }
    Some(Checked { model, versions, locks: Locks::default() })
}

/// Says whether a finding may be there only because something else could not be read.
fn is_about_absence(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownName
            | Code::MissingForm
            | Code::UnknownReference
            | Code::UnknownAct
            | Code::BadPlaceholder
            | Code::UnknownCommittee
            | Code::UnknownTask
            | Code::UnknownPart
            | Code::UnknownNode
            | Code::UnknownClause
            | Code::UnknownChange
            | Code::BadValue
            | Code::NoOwner
            | Code::NotTheOwner
            | Code::OwnerNotInForce
            | Code::ReservedTask
            | Code::MissingKey
            | Code::FinanceCommittee
            | Code::ReadingsMissing
            | Code::AmendmentNotRead
            | Code::ClauseUndischarged
            | Code::OpWithoutBasis
    )
}
