//! `manifest.json`: what a set was made of, what it holds, and what was proved of it.

use super::Files;
use crate::check::Checked;
use crate::model::Model;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Is the manifest of one reading's folder, or of what belongs to the whole project.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// `vedtaegt` with its version.
    pub tool: String,
    /// What Typst calls itself; nothing when there are no PDFs.
    pub typst: Option<String>,
    /// The reading; 0 for what belongs to the whole project.
    pub reading: i64,
    /// Whether the PDFs are among the files.
    pub pdf: bool,
    /// The notice that the text is no official one.
    pub notice: String,
    /// The readings.
    pub readings: Vec<ReadingEntry>,
    /// The readings that were locked when this one was made.
    pub locked: Vec<Locked>,
    /// Every file of the rules and templates.
    pub inputs: Vec<Entry>,
    /// Every other file of the folder.
    pub outputs: Vec<Entry>,
    /// What each proof looked at.
    pub proofs: Vec<Proved>,
}

/// Is a reading as the manifest names it.
#[derive(Clone, Debug, Serialize)]
pub struct ReadingEntry {
    /// 1 or 2.
    pub number: i64,
    /// Its day.
    pub date: String,
    /// Whether the day is only planned.
    pub planned: bool,
}

/// Is a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path: of an input below the project folder, of an output below the manifest's.
    pub path: String,
    /// Its hash; of an input after the byte order mark is taken off and CRLF is made LF.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: usize,
}

impl Entry {
    /// Makes the entry of a file.
    pub fn new(path: &str, bytes: &[u8]) -> Entry {
        Entry { path: path.to_string(), sha256: sha256(bytes), bytes: bytes.len() }
    }
}

/// Is a reading whose documents were copied from its lock.
#[derive(Clone, Debug, Serialize)]
pub struct Locked {
    /// The reading.
    pub reading: i64,
    /// The hash of its manifest.
    pub sha256: String,
}

/// Is what one proof looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Proved {
    /// The proof.
    pub proof: String,
    /// The file.
    pub file: String,
    /// How many.
    pub checked: usize,
    /// Of what.
    pub what: String,
}

/// Returns a hash in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Is where the manifest of a reading lies; 0 is the whole project.
pub fn path(reading: i64) -> String {
    format!("{}manifest.json", folder(reading))
}

fn folder(reading: i64) -> String {
    if reading == 0 { String::new() } else { format!("reading-{reading}/") }
}

/// Returns the name of the compiler with its version.
pub fn tool() -> String {
    concat!("vedtaegt ", env!("CARGO_PKG_VERSION")).to_string()
}

/// Returns every file that was read and bears on a document.
pub fn inputs(model: &Model) -> Vec<Entry> {
    let files = model.rules.sources.iter().filter(|(_, f)| crate::lock::make::is_kept(&f.path));
    let mut inputs: Vec<Entry> = files.map(|(_, f)| Entry::new(&f.path, f.text.as_bytes())).collect();
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    inputs
}

/// Makes the manifest of a reading's folder; with 0, of what lies beside the folders.
pub fn manifest(checked: &Checked, reading: i64, typst: Option<&str>, files: &Files, proofs: Vec<Proved>) -> Manifest {
    let model = &checked.model;
    let folder = folder(reading);
    let own = |path: &str| {
        reading != 0 || !model.rules.readings.iter().any(|r| path.starts_with(&self::folder(r.number.value)))
    };
    Manifest {
        tool: tool(),
        typst: typst.map(str::to_string),
        reading,
        pdf: typst.is_some(),
        notice: model.rules.bylaw.notice.clone(),
        readings: model
            .rules
            .readings
            .iter()
            .map(|r| ReadingEntry { number: r.number.value, date: r.date.value.to_string(), planned: r.planned })
            .collect(),
        locked: locked(checked, reading, files),
        inputs: inputs(model),
        outputs: files
            .iter()
            .filter_map(|(path, bytes)| path.strip_prefix(&folder).map(|name| (name, bytes)))
            .filter(|(name, _)| *name != "manifest.json" && own(name))
            .map(|(name, bytes)| Entry::new(name, bytes))
            .collect(),
        proofs,
    }
}

/// Names the earlier readings that are locked; for what belongs to the whole project, all of them.
fn locked(checked: &Checked, reading: i64, files: &Files) -> Vec<Locked> {
    let earlier = checked.locks.list.iter().map(|lock| lock.record.reading).filter(|n| reading == 0 || *n < reading);
    earlier
        .filter_map(|n| {
            let bytes = files.get(&format!("reading-{n}/manifest.json"))?;
            Some(Locked { reading: n, sha256: sha256(bytes) })
        })
        .collect()
}
