//! Who is who in the papers: an owner's name before and after, and the administration that serves it.

use crate::compile::Compiled;
use crate::model::{Model, Owner};
use crate::output::plain::Plain;
use crate::rules::NameSet;

/// Returns the names of two versions.
pub struct Names<'a> {
    /// The model.
    pub model: &'a Model,
    /// The version before.
    pub old: &'a Compiled,
    /// The version after.
    pub new: &'a Compiled,
    /// The texts of the rules as they read after.
    pub plain: Plain<'a>,
}

impl<'a> Names<'a> {
    /// Prepares for two versions.
    pub fn new(model: &'a Model, old: &'a Compiled, new: &'a Compiled) -> Names<'a> {
        Names { model, old, new, plain: Plain::new(model, new) }
    }

    /// Returns the names of a committee after; those before if it is gone.
    pub fn set(&self, id: &str) -> Option<&'a NameSet> {
        let new = self.new.state.name_set(self.model, id, false);
        new.or_else(|| self.old.state.name_set(self.model, id, false))
    }

    /// Returns an owner's name in the text in force.
    pub fn before(&self, owner: &Owner) -> String {
        match owner {
            Owner::Committee(id) => {
                let set = self.old.state.name_set(self.model, id, false).or_else(|| self.set(id));
                set.map_or_else(|| id.clone(), |n| n.committee.definite.value.clone())
            }
            Owner::Council { .. } => self.model.rules.bylaw.council.clone(),
        }
    }

    /// Returns an owner's name after.
    pub fn after(&self, owner: &Owner) -> String {
        match owner {
            Owner::Committee(id) => self.committee(id),
            Owner::Council { .. } => self.model.rules.bylaw.council.clone(),
        }
    }

    /// Returns a committee's name after, or the id.
    pub fn committee(&self, id: &str) -> String {
        self.set(id).map_or_else(|| id.to_string(), |n| n.committee.definite.value.clone())
    }

    /// Returns the administration that serves an owner after; the owner's own name where it has none.
    pub fn office(&self, owner: &Owner) -> String {
        match owner {
            Owner::Committee(id) => self.administration(id),
            Owner::Council { .. } => self.model.rules.bylaw.council.clone(),
        }
    }

    /// Returns the administration of a committee after; the committee's own name where it has none.
    pub fn administration(&self, id: &str) -> String {
        let office = self.set(id).and_then(|n| n.administration.as_ref()).map(|a| a.definite.value.clone());
        office.unwrap_or_else(|| self.committee(id))
    }

    /// Returns who is meant where the rules name a committee by its id, or others in words.
    pub fn whoever(&self, words: &str) -> String {
        if self.model.committee(words).is_some() {
            return self.committee(words);
        }
        let rules = &self.model.rules;
        let body = rules.special.iter().chain(&rules.bodies).find(|b| b.id.value == words);
        body.map_or_else(|| words.to_string(), |b| b.name.value.clone())
    }
}
