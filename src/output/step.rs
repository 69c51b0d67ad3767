//! Changes several files of a project as one step: write all beside it, declare it by one rename, carry it out, and
//! finish or undo an interrupted step first.
//!
//! `.project.vedtaegt-tmp` is being written and counts for nothing; from the moment it is called
//! `.project.vedtaegt-step`, the step has happened, and whoever comes next carries out what is left of it.

use super::Files;
use super::write::{Folder, WriteError, at, remove, write_all};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};

/// Is what a step does: files that get these bytes, and files that go. Paths are below the project folder, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The files that come or change.
    pub puts: Files,
    /// The files that go; one that is also put stays.
    pub removes: BTreeSet<String>,
}

/// Is a project folder as one thing that is changed whole or not at all.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
}

/// The list of files that go, in the folder of a step.
const REMOVES: &str = "removes";
/// The folder of the files that come, in the folder of a step.
const PUTS: &str = "puts";

impl Project {
    /// Names a project folder.
    pub fn new(root: &Path) -> Project {
        Project { root: root.to_path_buf() }
    }

    /// Takes the lock that keeps two runs apart; the same that guards the project's output folder.
    pub fn lock(&self) -> Result<File, WriteError> {
        Folder::new(&self.root.join("output")).lock()
    }

    fn beside(&self, what: &str) -> PathBuf {
        self.root.join(format!(".project.vedtaegt-{what}"))
    }

    /// Says whether an interrupted step has left anything behind.
    pub fn interrupted(&self) -> bool {
        self.beside("tmp").exists() || self.beside("step").exists()
    }

    /// Finishes or undoes an interrupted step. The lock must be held.
    pub fn recover(&self) -> Result<(), WriteError> {
        remove(&self.beside("tmp"))?;
        if self.beside("step").exists() {
            self.carry_out()?;
        }
        Ok(())
    }

    /// Takes the step. The lock must be held and an interrupted step finished.
    pub fn take(&self, plan: &Plan) -> Result<(), WriteError> {
        let (tmp, step) = (self.beside("tmp"), self.beside("step"));
        remove(&tmp)?;
        let mut files: Files = plan.puts.iter().map(|(p, bytes)| (format!("{PUTS}/{p}"), bytes.clone())).collect();
        let gone: Vec<&str> =
            plan.removes.iter().map(String::as_str).filter(|path| !plan.puts.contains_key(*path)).collect();
        files.insert(REMOVES.into(), gone.join("\n").into_bytes());
        if let Err(error) = write_all(&tmp, &files) {
            let _ = remove(&tmp);
            return Err(error);
        }
        fs::rename(&tmp, &step).map_err(at(&tmp))?;
        self.carry_out()
    }

    /// Does what the step says and is not done yet; every part of it may be done again.
    fn carry_out(&self) -> Result<(), WriteError> {
        let step = self.beside("step");
        let mut files = Files::new();
        if step.join(PUTS).is_dir() {
            super::write::walk(&step.join(PUTS), "", &mut files)?;
        }
        for path in files.keys() {
            let target = self.below(path)?;
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(at(parent))?;
            }
            let source = step.join(PUTS).join(path);
            fs::rename(&source, &target).map_err(at(&source))?;
        }
        for path in fs::read_to_string(step.join(REMOVES)).unwrap_or_default().lines() {
            let target = self.below(path)?;
            match fs::remove_file(&target) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(at(&target)(e)),
                _ => {}
            }
            // Folders that are empty now go too; one that is not stays.
            let mut parent = target.parent();
            while let Some(folder) = parent.filter(|p| *p != self.root && p.starts_with(&self.root)) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
                parent = folder.parent();
            }
        }
        remove(&step)
    }

    /// Returns a path below the project folder; what a stranger may have left there leads nowhere else.
    fn below(&self, path: &str) -> Result<PathBuf, WriteError> {
        let inside = Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
        if inside && !path.is_empty() { Ok(self.root.join(path)) } else { Err(WriteError::Foreign(path.to_string())) }
    }
}
