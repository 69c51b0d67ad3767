//! Writes a set whole or not at all: stage beside the folder, swap by renaming, and finish an interrupted swap first.
//!
//! `.NAME.vedtaegt-tmp` is being written, `.NAME.vedtaegt-new` is complete, `.NAME.vedtaegt-old` is what it replaces.
//! At every instant either the old folder or the new one is complete, and [`Folder::recover`] brings it back to its name.

use super::Files;
use crate::lang::Lang;
use std::collections::{BTreeMap, BTreeSet};
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
        let mut held = Files::new();
        walk(&self.path, "", &mut held)?;
        let mut listed: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for path in held.keys() {
            let (folder, name) = placed(path);
            let known = listed.entry(folder).or_insert_with(|| self::listed(&self.path.join(folder)));
            // A set without readings, such as the text on a day, replaces none.
            let own = (folder.is_empty() || files.keys().any(|path| !placed(path).0.is_empty()))
                && (name == "manifest.json" && !known.is_empty()
                    || known.contains(name)
                    || replaced(folder, name, files));
            if !own && !LEFT_BY_THE_SYSTEM.iter().any(|l| path.ends_with(l)) {
                return Err(WriteError::Foreign(path.clone()));
            }
        }
        // A folder of somebody's would be lost, even if nothing is in it yet.
        for entry in fs::read_dir(&self.path).map_err(at(&self.path))? {
            let entry = entry.map_err(at(&self.path))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let within = format!("{name}/");
            let empty = entry.path().is_dir() && !held.keys().any(|path| path.starts_with(&within));
            if empty && reading(&name).is_none() {
                return Err(WriteError::Foreign(name));
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

/// Returns the folder whose manifest must name a file, and the file's path below it.
fn placed(path: &str) -> (&str, &str) {
    match path.split_once('/') {
        Some((folder, name)) if reading(folder).is_some() => (folder, name),
        _ => ("", path),
    }
}

/// Returns the number of a reading's folder.
fn reading(folder: &str) -> Option<u32> {
    folder.strip_prefix("reading-").and_then(|n| n.parse().ok())
}

/// Says whether the new set replaces a file: by one of its name in the folder of any reading, or, since a set may be
/// made without some formats, by the page or the text of the same document.
fn replaced(folder: &str, name: &str, files: &Files) -> bool {
    let there = |name: &str| {
        files.keys().any(|key| {
            let (f, n) = placed(key);
            f.is_empty() == folder.is_empty() && n == name
        })
    };
    let stem = name.strip_suffix(".pdf").or_else(|| name.strip_suffix(".docx"));
    there(name) || stem.is_some_and(|stem| there(&format!("{stem}.html")) || there(&format!("{stem}.md")))
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
