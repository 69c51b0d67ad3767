//! The locks: what is kept of a reading is what was kept, and the published documents are still those.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::manifest::sha256;
use super::{Figure, Files, shown};
use crate::diag::{Code, Findings};
use crate::report;

/// Is the file that records when a lock was made or replaced, and why.
const LOG: &str = "log.yaml";

#[derive(Deserialize)]
struct Lock {
    reading: i64,
    date: String,
    files: Vec<Kept>,
}

#[derive(Deserialize)]
struct Kept {
    path: String,
    sha256: String,
    bytes: u64,
}

/// Proves the locks. `locks` holds the files below `rules/locks/`, `output` those of the output folder, if it is to be
/// compared. Returns the number of files of each lock that held.
pub fn prove_locks(locks: &Files, output: Option<&Files>, findings: &mut Findings) -> Vec<Figure> {
    let mut by_folder: BTreeMap<&str, Files> = BTreeMap::new();
    for (path, bytes) in locks.iter().filter(|(path, _)| *path != LOG) {
        match path.split_once('/') {
            Some((folder, file)) => {
                by_folder.entry(folder).or_default().insert(file.to_string(), bytes.clone());
            }
            None => damaged(findings, path, path, "unexpected"),
        }
    }
    let log = locks.get(LOG).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let mut figures = Vec::new();
    for (folder, files) in &by_folder {
        let mut found = Findings::default();
        let reading = folder.strip_prefix("reading-").and_then(|n| n.parse::<i64>().ok());
        let checked = match reading {
            Some(n) if super::READINGS.contains(&n) => lock(folder, n, files, &log, output, &mut found),
            _ => {
                damaged(&mut found, folder, "lock.json", "unexpected");
                0
            }
        };
        if found.is_empty() {
            let file = format!("rules/locks/{folder}/lock.json");
            let reading = reading.unwrap_or_default();
            figures.push(Figure { proof: "lock", reading, file, checked, what: "files" });
        }
        findings.extend(found);
    }
    figures
}

fn lock(id: &str, n: i64, files: &Files, log: &str, output: Option<&Files>, findings: &mut Findings) -> usize {
    let Some(bytes) = files.get("lock.json") else {
        damaged(findings, id, "lock.json", "missing");
        return 0;
    };
    let Ok(lock) = serde_json::from_slice::<Lock>(bytes) else {
        damaged(findings, id, "lock.json", "json");
        return 0;
    };
    if lock.reading != n || super::dates::day(&lock.date).is_none() {
        damaged(findings, id, "lock.json", "manifest");
    }
    let logged = log.lines().rfind(|l| l.starts_with(&format!("- {{reading: {n}, ")));
    if !logged.is_some_and(|line| line.contains(&format!(" now: {},", sha256(bytes)))) {
        damaged(findings, id, "lock.json", "not-logged");
    }
    let mut listed = BTreeSet::from(["lock.json".to_string()]);
    for kept in &lock.files {
        match files.get(&kept.path) {
            None => damaged(findings, id, &kept.path, "missing"),
            Some(bytes) if u64::try_from(bytes.len()) != Ok(kept.bytes) => {
                damaged(findings, id, &kept.path, "lock-size")
            }
            Some(bytes) if sha256(bytes) != kept.sha256 => damaged(findings, id, &kept.path, "lock-sha256"),
            Some(_) => {}
        }
        if !listed.insert(kept.path.clone()) {
            damaged(findings, id, "lock.json", "listed-twice");
        }
    }
    for path in files.keys().filter(|path| !listed.contains(*path)) {
        damaged(findings, id, path, "lock-unlisted");
    }
    if !files.contains_key("tree.json") || !files.contains_key("output/manifest.json") {
        damaged(findings, id, "lock.json", "manifest");
    }
    if let Some(output) = output {
        published(id, files, output, findings);
    }
    lock.files.len()
}

/// The published folder of a locked reading is what the lock keeps, byte for byte.
fn published(id: &str, files: &Files, output: &Files, findings: &mut Findings) {
    let folder = format!("{id}/");
    let there: BTreeMap<&str, &Vec<u8>> =
        output.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&folder)?, bytes))).collect();
    // A reading that was not published in this folder is another proof's business.
    if there.is_empty() {
        return;
    }
    let kept: BTreeMap<&str, &Vec<u8>> =
        files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("output/")?, bytes))).collect();
    let names: BTreeSet<&str> = there.keys().chain(kept.keys()).copied().collect();
    for name in names.into_iter().filter(|name| there.get(name) != kept.get(name)) {
        let (file, reason) = (format!("{folder}{name}"), shown::reason("not-as-locked"));
        report!(findings, Code::OutputDamaged, None, file = file, reason = reason);
    }
}

fn damaged(findings: &mut Findings, id: &str, file: &str, reason: &str) {
    let path = format!("rules/locks/{id}/{file}");
    let path = if id == file { format!("rules/locks/{file}") } else { path };
    report!(findings, Code::LockDamaged, None, id = id, file = path, reason = shown::reason(reason));
}
