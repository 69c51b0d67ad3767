//! The one door to files: the compiler is a pure function of what comes through it.

use std::io;
use std::path::{Path, PathBuf};

/// Gives the compiler its files. Paths are below the project folder and use `/`.
pub trait World {
    /// Reads a file whole; `max` is the largest size accepted, in bytes.
    fn read(&self, path: &str, max: u64) -> Result<Vec<u8>, ReadError>;
    /// Lists the files in a folder and the folders below it, sorted; empty if there is no such folder.
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError>;
}

/// Says why a file could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// It is larger than the limit; its size.
    TooLarge(u64),
    /// It lies outside the project folder.
    Outside,
    /// The folder holds too many files, or folders too deep in each other; the limit.
    TooMany(usize),
    /// The system says no.
    Io(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::NotFound => ReadError::Missing,
            _ => ReadError::Io(e),
        }
    }
}

/// Is a project folder on disk.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

/// Says how many folders deep a walk goes.
const MAX_DEPTH: usize = 8;
/// Says how many files a walk takes.
const MAX_FILES: usize = 2_000;

impl Disk {
    /// Opens a folder; fails if it is none.
    pub fn open(root: impl AsRef<Path>) -> io::Result<Disk> {
        let root = std::fs::canonicalize(root)?;
        if !root.is_dir() {
            return Err(io::Error::from(io::ErrorKind::NotADirectory));
        }
        Ok(Disk { root })
    }

    /// Returns the folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the real path of a file, or an error if it lies outside the folder.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadError> {
        let real = std::fs::canonicalize(self.root.join(path))?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(ReadError::Outside) }
    }

    fn walk(&self, folder: &str, depth: usize, out: &mut Vec<String>) -> Result<(), ReadError> {
        if depth > MAX_DEPTH || out.len() > MAX_FILES {
            return Err(ReadError::TooMany(if depth > MAX_DEPTH { MAX_DEPTH } else { MAX_FILES }));
        }
        let real = match self.resolve(folder) {
            Err(ReadError::Missing) => return Ok(()),
            other => other?,
        };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(real)? {
            let entry = entry?;
            // A name that is not UTF-8 cannot be one of ours.
            if let Ok(name) = entry.file_name().into_string()
                && !name.starts_with('.')
            {
                names.push(name);
            }
        }
        names.sort();
        for name in names {
            let path = format!("{folder}/{name}");
            // A link to elsewhere is listed, so that reading it says what is wrong with it.
            match self.resolve(&path) {
                Ok(real) if real.is_dir() => self.walk(&path, depth + 1, out)?,
                _ => out.push(path),
            }
            if out.len() > MAX_FILES {
                return Err(ReadError::TooMany(MAX_FILES));
            }
        }
        Ok(())
    }
}

impl World for Disk {
    fn read(&self, path: &str, max: u64) -> Result<Vec<u8>, ReadError> {
        let real = self.resolve(path)?;
        let meta = std::fs::metadata(&real)?;
        if !meta.is_file() {
            return Err(ReadError::Io(io::Error::other("@not-a-file")));
        }
        if meta.len() > max {
            return Err(ReadError::TooLarge(meta.len()));
        }
        Ok(std::fs::read(real)?)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let mut out = Vec::new();
        self.walk(folder, 0, &mut out)?;
        out.sort();
        Ok(out)
    }
}

/// Looks a variable up in the environment.
#[allow(clippy::disallowed_methods)]
pub fn environment(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}
