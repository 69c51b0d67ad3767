//! The rules' texts as plain words in one version, for tables and lists.

use crate::compile::Compiled;
use crate::document::NodeId;
use crate::document::units::units;
use crate::lang::danish;
use crate::model::Model;
use crate::rules::{Piece, TaskRule, Wording};
use std::collections::BTreeMap;

/// Joins what tasks or parts are called: `a, b og c`, or `a og b; c` where one of them has an »og« or a comma itself.
pub fn listed(words: &[String]) -> String {
    let simple = words.len() < 2 || words.iter().all(|w| !w.contains(" og ") && !w.contains(','));
    if simple { danish::join(words) } else { words.join("; ") }
}

/// Prints texts of the rules as they read in one version.
pub struct Plain<'a> {
    model: &'a Model,
    compiled: &'a Compiled,
    places: BTreeMap<NodeId, String>,
}

impl<'a> Plain<'a> {
    /// Prepares for a version.
    pub fn new(model: &'a Model, compiled: &'a Compiled) -> Plain<'a> {
        let mut places: BTreeMap<NodeId, String> = BTreeMap::new();
        for unit in units(&compiled.bylaw) {
            let section = unit.address.section.clone().unwrap_or_default();
            places.entry(unit.section.clone()).or_insert_with(|| format!("§ {section}"));
            places.insert(unit.id, unit.address.to_string());
        }
        Plain { model, compiled, places }
    }

    /// Returns the words of a task as it reads in the version.
    pub fn task(&self, task: &TaskRule) -> String {
        self.words(&self.compiled.state.wording(task))
    }

    /// Returns the words of a text.
    pub fn words(&self, wording: &Wording) -> String {
        wording.pieces.iter().map(|p| self.piece(p)).collect()
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Text(text) => text.clone(),
            Piece::Name { committee, form, capital, current } => self
                .compiled
                .state
                .name_set(self.model, committee, *current)
                .and_then(|n| n.form(*form))
                .map(|n| if *capital { danish::capital(&n.value) } else { n.value.clone() })
                .unwrap_or_default(),
            Piece::Reference { ids, .. } => {
                let places: Vec<String> =
                    ids.iter().filter_map(|id| self.places.get(&NodeId::new(id)).cloned()).collect();
                danish::join(&places)
            }
            Piece::External { text, .. } => text.clone(),
            Piece::Date(_) | Piece::Reading(_) | Piece::Effect => String::new(),
        }
    }
}
