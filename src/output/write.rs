//! Writes a set whole or not at all: stage beside the folder, swap by renaming, and finish an interrupted swap first.
//!
//! `.NAME.vedtaegt-tmp` is being written, `.NAME.vedtaegt-new` is complete, `.NAME.vedtaegt-old` is what it replaces.
//! At every instant either the old folder or the new one is complete, and [`Folder::recover`] brings it back to its name.

use super::Files;
use crate::lang::Lang;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Says why a folder could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The folder holds something that is not ours; its name.
    Foreign(String),
    /// Somebody else is writing it.
    Busy,
    /// The system says no; where.
    Io(PathBuf, io::Error),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WriteError::Foreign(name) => write!(f, "mappen indeholder »{name}«, som vedtaegt ikke har skrevet"),
            WriteError::Busy => write!(f, "en anden kørsel skriver i mappen"),
            WriteError::Io(path, e) => write!(f, "{}: {e}", path.display()),
        }
    }
}

impl WriteError {
    /// Says it in the language of the user.
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (WriteError::Foreign(name), Lang::En) => format!("it holds “{name}”, which vedtaegt did not write"),
            (WriteError::Busy, Lang::En) => "another run is writing it".into(),
            _ => self.to_string(),
        }
    }
}

/// Lists files that a system puts into folders by itself; nobody misses them.
const LEFT_BY_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Is an output folder with the names that a swap uses beside it.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Names a folder; it need not exist.
    pub fn new(path: &Path) -> Folder {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        Folder { path }
    }

    /// Returns its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn beside(&self, what: &str) -> PathBuf {
        let name = self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| "output".into());
        self.path.with_file_name(format!(".{name}.vedtaegt-{what}"))
    }

    /// Takes the lock that keeps two runs apart; it is let go when the file is dropped, also by a kill.
    pub fn lock(&self) -> Result<File, WriteError> {
        // A path that is still a link after it was followed leads to nothing.
        if self.path.is_symlink() {
            return Err(at(&self.path)(io::Error::from(io::ErrorKind::NotFound)));
        }
        let path = self.beside("lock");
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        let file = File::options().create(true).append(true).open(&path).map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => Err(WriteError::Busy),
            Err(fs::TryLockError::Error(e)) => Err(at(&path)(e)),
        }
    }

    /// Takes the lock, and waits for whoever has it.
    pub fn wait(&self) -> Result<File, WriteError> {
        match self.lock() {
            Err(WriteError::Busy) => {
                let path = self.beside("lock");
                let file = File::options().append(true).open(&path).map_err(at(&path))?;
                file.lock().map_err(at(&path))?;
                Ok(file)
            }
            other => other,
        }
    }

    /// Says whether an interrupted swap has left anything behind.
    pub fn interrupted(&self) -> bool {
        ["tmp", "new", "old"].iter().any(|w| self.beside(w).exists())
    }

    /// Finishes or undoes an interrupted swap. The lock must be held.
    pub fn recover(&self) -> Result<(), WriteError> {
        let (tmp, new, old) = (self.beside("tmp"), self.beside("new"), self.beside("old"));
        remove(&tmp)?;
        if new.exists() {
            if self.path.exists() {
                remove(&old)?;
                fs::rename(&self.path, &old).map_err(at(&self.path))?;
            }
            fs::rename(&new, &self.path).map_err(at(&new))?;
        } else if old.exists() && !self.path.exists() {
            fs::rename(&old, &self.path).map_err(at(&old))?;
        }
        remove(&old)
    }

    /// Reads every file of the folder; empty if there is none.
    pub fn read(&self) -> Result<Files, WriteError> {
        let mut files = Files::new();
        if self.path.exists() {
            walk(&self.path, "", &mut files)?;
        }
        Ok(files)
    }

    /// Refuses a folder that holds anything we did not write: what neither its manifest names nor the new files replace.
    pub fn ours(&self, files: &Files) -> Result<(), WriteError> {
        if !self.path.exists() {
            return Ok(());
        }
        // A text on a day lies in a folder of its own, without readings.
        if files.contains_key("manifest.json") {
            let listed = listed(&self.path);
            let known = |file: &str| listed.contains(file) || files.contains_key(file);
            let left = |file: &str| LEFT_BY_THE_SYSTEM.iter().any(|l| file.ends_with(l));
            let foreign = self.read()?.into_keys().find(|file| !known(file) && !left(file));
            return foreign.map_or(Ok(()), |file| Err(WriteError::Foreign(file)));
        }
        let entries = fs::read_dir(&self.path).map_err(at(&self.path))?;
        for entry in entries {
            let entry = entry.map_err(at(&self.path))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let known = name.strip_prefix("reading-").is_some_and(|n| n.parse::<u32>().is_ok());
            if LEFT_BY_THE_SYSTEM.contains(&name.as_str()) {
                continue;
            }
            if !known || !entry.path().is_dir() {
                let mut held = Files::new();
                if entry.path().is_dir() {
                    walk(&entry.path(), &name, &mut held)?;
                }
                return Err(WriteError::Foreign(held.into_keys().next().unwrap_or(name)));
            }
            let listed = listed(&entry.path());
            let mut held = Files::new();
            walk(&entry.path(), "", &mut held)?;
            let new: BTreeSet<&str> =
                files.keys().filter_map(|k| k.strip_prefix("reading-")?.split_once('/')).map(|(_, f)| f).collect();
            let replaced = |file: &str| {
                // A set without PDFs replaces one with them.
                let page = file.strip_suffix(".pdf").map(|stem| format!("{stem}.html"));
                new.contains(file) || page.is_some_and(|page| new.contains(page.as_str()))
            };
            let left = |file: &str| LEFT_BY_THE_SYSTEM.iter().any(|l| file.ends_with(l));
            if let Some(foreign) = held.keys().find(|f| !listed.contains(*f) && !replaced(f) && !left(f)) {
                return Err(WriteError::Foreign(format!("{name}/{foreign}")));
            }
        }
        Ok(())
    }

    /// Replaces the folder by a set of files. The lock must be held and an interrupted swap finished.
    pub fn replace(&self, files: &Files) -> Result<(), WriteError> {
        self.ours(files)?;
        let (tmp, new, old) = (self.beside("tmp"), self.beside("new"), self.beside("old"));
        remove(&tmp)?;
        if let Err(error) = write_all(&tmp, files) {
            // On a full disk what was begun is in the way of everything else.
            let _ = remove(&tmp);
            return Err(error);
        }
        fs::rename(&tmp, &new).map_err(at(&tmp))?;
        if self.path.exists() {
            remove(&old)?;
            fs::rename(&self.path, &old).map_err(at(&self.path))?;
        }
        fs::rename(&new, &self.path).map_err(at(&new))?;
        remove(&old)
    }
}

pub(super) fn write_all(folder: &Path, files: &Files) -> Result<(), WriteError> {
    for (path, bytes) in files {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        let mut file = File::create(&target).map_err(at(&target))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at(&target))?;
    }
    Ok(())
}

/// Returns the files that the manifest of a reading's folder names; none when it is gone or cannot be understood, as
/// after a merge with conflicts.
fn listed(folder: &Path) -> BTreeSet<String> {
    let path = folder.join("manifest.json");
    let bytes = if path.is_file() { fs::read(path).unwrap_or_default() } else { Vec::new() };
    let manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let outputs = manifest.get("outputs").and_then(|o| o.as_array()).map(Vec::as_slice).unwrap_or_default();
    outputs.iter().filter_map(|o| o.get("path")?.as_str().map(str::to_string)).collect()
}

pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_path_buf();
    move |e| WriteError::Io(path, e)
}

pub(super) fn remove(path: &Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(at(path)(e)),
        _ => Ok(()),
    }
}

pub(super) fn walk(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), WriteError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let kind = entry.file_type().map_err(at(&entry.path()))?;
        if kind.is_dir() {
            walk(&entry.path(), &path, files)?;
        } else if !kind.is_file() {
            // A link or a pipe: reading it may never end.
            return Err(WriteError::Foreign(path));
        } else {
            files.insert(path, fs::read(entry.path()).map_err(at(&entry.path()))?);
        }
    }
    Ok(())
}
