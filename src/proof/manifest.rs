//! The manifest: every file is there as it was written, none is there that is not listed, and the readings are far
//! enough apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::json::{self, present};
use super::{Figure, Files, belongs, damaged, dates, expected, folder, full, path};
use crate::diag::{Code, Findings};
use crate::report;

/// Is how many days there must be between the readings (kommunestyrelsesloven § 2, stk. 2).
const DAYS: i64 = 6;

/// Is what a manifest says; what else it holds is for people.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    tool: String,
    #[serde(deserialize_with = "present")]
    typst: Option<String>,
    /// The reading.
    pub reading: i64,
    /// Whether the set has PDFs.
    pub pdf: bool,
    inputs: Vec<Input>,
    outputs: Vec<Output>,
    readings: Vec<Reading>,
    proofs: Vec<Claim>,
    locked: Vec<Locked>,
}

/// Is a reading whose documents were copied from its lock.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Locked {
    reading: i64,
    sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Claim {
    proof: String,
    file: String,
    checked: usize,
    what: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Input {
    path: String,
    sha256: String,
    bytes: u64,
}

#[derive(Clone, Debug, Deserialize)]
struct Output {
    path: String,
    sha256: String,
    bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Reading {
    number: i64,
    date: String,
    planned: bool,
}

/// Reads the manifest of a reading.
pub fn read(files: &Files, n: i64, findings: &mut Findings) -> Option<Manifest> {
    json::read(files, &path(n, "manifest.json"), findings)
}

/// Proves that the folder holds what the manifest lists, byte for byte, and nothing else. Returns the number of files.
pub fn check(manifest: &Manifest, files: &Files, n: i64, findings: &mut Findings) -> usize {
    let file = path(n, "manifest.json");
    let typst = manifest.typst.as_ref().is_some_and(|t| !t.is_empty());
    if manifest.reading != n || manifest.tool.is_empty() || typst != manifest.pdf || !inputs(&manifest.inputs) {
        damaged(findings, &file, "manifest");
    }
    let folder = folder(n);
    let mut listed = BTreeSet::from([file.clone()]);
    for output in &manifest.outputs {
        let path = format!("{folder}{}", output.path);
        match files.get(&path) {
            None => damaged(findings, &path, "missing"),
            Some(bytes) if u64::try_from(bytes.len()) != Ok(output.bytes) => damaged(findings, &path, "size"),
            Some(bytes) if sha256(bytes) != output.sha256 => damaged(findings, &path, "sha256"),
            Some(_) => {}
        }
        if !listed.insert(path) {
            damaged(findings, &file, "listed-twice");
        }
        if full(findings, &file) {
            return 0;
        }
    }
    let there: BTreeSet<String> = files.keys().filter(|p| belongs(p, n)).cloned().collect();
    for path in there.difference(&listed) {
        damaged(findings, path, "unlisted");
        if full(findings, &file) {
            break;
        }
    }
    let wanted = expected(files, n, manifest.pdf);
    for path in wanted.difference(&there) {
        damaged(findings, path, "missing");
    }
    for path in wanted.difference(&listed) {
        damaged(findings, path, "unlisted");
    }
    // A file that no proof reads would be believed for no reason.
    for path in there.difference(&wanted) {
        damaged(findings, path, "unproved");
        if full(findings, &file) {
            break;
        }
    }
    manifest.outputs.len()
}

fn inputs(inputs: &[Input]) -> bool {
    let hex = |text: &str| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let paths: BTreeSet<&str> = inputs.iter().map(|i| i.path.as_str()).collect();
    !inputs.is_empty() && paths.len() == inputs.len() && inputs.iter().all(|i| !i.path.is_empty() && hex(&i.sha256))
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Proves that the readings are days apart. Returns the days between the first and the last.
pub fn readings(manifest: &Manifest, file: &str, findings: &mut Findings) -> usize {
    let mut days: BTreeMap<i64, (i64, &str)> = BTreeMap::new();
    for reading in &manifest.readings {
        let Some(day) = dates::day(&reading.date) else {
            damaged(findings, file, "date");
            continue;
        };
        if days.insert(reading.number, (day, &reading.date)).is_some() {
            damaged(findings, file, "readings");
        }
        if full(findings, file) {
            return 0;
        }
    }
    let (Some((first, from)), Some((second, to))) = (days.get(&1), days.get(&2)) else {
        report!(findings, Code::ReadingsMissing, None, count = days.len());
        return 0;
    };
    let between = second - first;
    if between < DAYS {
        report!(findings, Code::ReadingsTooClose, None, count = between, from = from, to = to);
    }
    usize::try_from(between).unwrap_or(0)
}

/// Proves that the manifests speak of the same rules and the same readings.
///
/// A reading that was locked was made of the rules as they were then; the others name it by its manifest, and only what
/// cannot have changed since must agree.
pub fn agree(files: &Files, manifests: &[Manifest], findings: &mut Findings) {
    let set = |m: &Manifest| m.inputs.iter().cloned().collect::<BTreeSet<Input>>();
    let tools = |m: &Manifest| (m.tool.clone(), m.typst.clone(), m.pdf);
    for pair in manifests.windows(2) {
        let [first, second] = pair else { return };
        let file = path(second.reading, "manifest.json");
        if let Some(locked) = second.locked.iter().find(|l| l.reading == first.reading) {
            let kept = files.get(&path(first.reading, "manifest.json")).map(|bytes| sha256(bytes));
            let day = |m: &Manifest| m.readings.iter().find(|r| r.number == first.reading).map(|r| r.date.clone());
            if kept.as_ref() != Some(&locked.sha256) || day(first) != day(second) {
                damaged(findings, &file, "lock-disagrees");
            }
            continue;
        }
        if set(first) != set(second) {
            damaged(findings, &file, "inputs-disagree");
        }
        if tools(first) != tools(second) || first.readings != second.readings {
            damaged(findings, &file, "manifests-disagree");
        }
    }
}

/// Proves that the manifests claim what the proofs have found.
pub fn figures(manifests: &[Manifest], figures: &[Figure], findings: &mut Findings) {
    for manifest in manifests {
        let own = figures.iter().filter(|f| f.reading == manifest.reading);
        let found = own.map(|f| Claim {
            proof: f.proof.to_string(),
            file: f.file.clone(),
            checked: f.checked,
            what: f.what.to_string(),
        });
        if !found.eq(manifest.proofs.iter().cloned()) {
            damaged(findings, &path(manifest.reading, "manifest.json"), "figures");
        }
    }
}
