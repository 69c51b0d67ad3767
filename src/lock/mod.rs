//! What was put to a reading, kept as it was: the tree with its causes, the rules, the published documents.
//!
//! From the day a reading is locked its documents are copied, never made again, and what comes later is compared with
//! the tree that is kept. `proof::locks` says whether a lock is whole; this reads one that is.

pub mod adopt;
pub mod drift;
pub mod make;
mod tree;

use crate::compile::Compiled;
use crate::model::{Model, Version};
use crate::output::Files;
use crate::output::manifest::Entry;
use serde::{Deserialize, Serialize};
use tree::Tree;

/// Is the folder of the locks.
pub const FOLDER: &str = "rules/locks";

/// Is what `lock.json` says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// `vedtaegt` with its version.
    pub tool: String,
    /// The reading.
    pub reading: i64,
    /// The day of the reading.
    pub date: String,
    /// Every other file of the lock.
    pub files: Vec<Entry>,
}

/// Is a reading that is locked.
#[derive(Clone, Debug)]
pub struct Lock {
    /// What the lock says of itself.
    pub record: Record,
    files: Files,
    tree: Tree,
}

impl Lock {
    /// Reads a lock from its files; `None` for one that is not whole.
    pub fn read(files: Files) -> Option<Lock> {
        let record = serde_json::from_slice(files.get("lock.json")?).ok()?;
        let tree = serde_json::from_slice(files.get("tree.json")?).ok()?;
        Some(Lock { record, files, tree })
    }

    /// Returns `reading-1`.
    pub fn id(&self) -> String {
        format!("reading-{}", self.record.reading)
    }

    /// Returns the published documents: path below the output folder and bytes.
    pub fn output(&self) -> Files {
        let own = self.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("output/")?, bytes)));
        own.map(|(name, bytes)| (format!("{}/{name}", self.id()), bytes.clone())).collect()
    }

    /// Returns the clean text.
    pub fn markdown(&self) -> String {
        crate::document::print::markdown(&self.tree.bylaw)
    }

    /// Returns the rules as they were: path below the project folder and text.
    pub fn inputs(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("inputs/")?, bytes.as_slice())))
    }

    /// Returns the reading as it was put to the council; what the tree does not say, the rules of today do.
    fn compiled(&self, model: &Model, live: &Compiled) -> Compiled {
        let mut state = live.state.clone();
        for (committee, name) in &self.tree.names {
            let names = model.committee(committee).map(|c| c.names.as_slice()).unwrap_or_default();
            let at = names.iter().position(|n| n.id.value == *name);
            if let (Some(at), Some(entry)) = (at, state.names.get_mut(committee)) {
                entry.0 = at;
            }
        }
        Compiled { version: live.version, state, bylaw: self.tree.bylaw(model) }
    }
}

/// Holds the readings that are locked, and what the rules would make of them today.
#[derive(Clone, Debug, Default)]
pub struct Locks {
    /// The locks, by the number of the reading.
    pub list: Vec<Lock>,
    /// The locked readings as the rules have them now.
    pub live: Vec<Compiled>,
}

impl Locks {
    /// Returns the lock of a reading.
    pub fn of(&self, reading: i64) -> Option<&Lock> {
        self.list.iter().find(|lock| lock.record.reading == reading)
    }

    /// Reads the locks from the files below [`FOLDER`].
    pub fn read(files: &Files) -> Vec<Lock> {
        let of = |n: i64| {
            let folder = format!("reading-{n}/");
            let own = files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&folder)?, bytes.clone())));
            let own: Files = own.map(|(path, bytes)| (path.to_string(), bytes)).collect();
            if own.is_empty() { None } else { Lock::read(own) }
        };
        [1, 2].into_iter().filter_map(of).collect()
    }

    /// Puts the locked readings in the place of what the rules would make of them today.
    pub fn put(list: Vec<Lock>, model: &Model, versions: &mut [Compiled]) -> Locks {
        let mut live = Vec::new();
        for lock in &list {
            let version = Version::reading(lock.record.reading);
            if let Some(found) = versions.iter_mut().find(|c| c.version == version) {
                live.push(std::mem::replace(found, lock.compiled(model, found)));
            }
        }
        Locks { list, live }
    }
}
