//! The locks: what is kept of a reading is what was kept, and the published documents are still those.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::manifest::sha256;
use super::{Figure, Files, shown};
use crate::diag::{Code, Findings};
use crate::report;

/// Is the file that records when a lock was made or replaced, and why.
const LOG: &str = "log.yaml";

/// Are the files that a system leaves in a folder when somebody looks into it.
const LEFT_BY_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

#[derive(Deserialize)]
struct Lock {
    reading: i64,
    date: String,
    files: Vec<Kept>,
}

/// Is the manifest of what belongs to the whole project.
#[derive(Deserialize)]
struct Whole {
    #[serde(default)]
    locked: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    reading: i64,
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
    for (path, bytes) in locks.iter().filter(|(path, _)| *path != LOG && !left(path)) {
        match path.split_once('/') {
            Some((folder, file)) => {
                by_folder.entry(folder).or_default().insert(file.to_string(), bytes.clone());
            }
            None => damaged(findings, path, path, "unexpected"),
        }
    }
    let log = locks.get(LOG).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    sealed(&log, findings);
    for n in recorded(&log).chain(output.into_iter().flat_map(published_as_locked)).collect::<BTreeSet<i64>>() {
        let id = format!("reading-{n}");
        if !by_folder.contains_key(id.as_str()) {
            damaged(findings, &id, &format!("{id}/lock.json"), "missing");
        }
    }
    let mut figures = Vec::new();
    for (folder, files) in &by_folder {
        let mut found = Findings::default();
        let reading = folder.strip_prefix("reading-").and_then(|n| n.parse::<i64>().ok());
        let checked = match reading {
            Some(n) if super::READINGS.contains(&n) => lock(folder, n, files, &log, output, &mut found),
            _ => {
                damaged(&mut found, folder, &format!("{folder}/lock.json"), "unexpected");
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

/// Says whether a file is one that a system left.
fn left(path: &str) -> bool {
    LEFT_BY_THE_SYSTEM.contains(&path.rsplit('/').next().unwrap_or_default())
}

/// Returns the reading of a line of the log.
fn reading_of(line: &str) -> Option<i64> {
    line.strip_prefix("- {reading: ")?.split_once(',')?.0.parse().ok()
}

/// Returns the readings that the log says are locked.
fn recorded(log: &str) -> impl Iterator<Item = i64> {
    log.lines().filter_map(reading_of).filter(|n| super::READINGS.contains(n))
}

/// Returns the readings that were locked when the published documents were made.
fn published_as_locked(output: &Files) -> Vec<i64> {
    let manifest = output.get("manifest.json").and_then(|bytes| serde_json::from_slice::<Whole>(bytes).ok());
    manifest.into_iter().flat_map(|m| m.locked).map(|l| l.reading).collect()
}

/// The log is as it was written: each of its lines closes with the hash of all that stands before it.
fn sealed(log: &str, findings: &mut Findings) {
    let wrong = |log: &str| {
        let (mut at, mut open) = (0, None);
        for line in log.split_inclusive('\n') {
            match reading_of(line) {
                Some(n) => {
                    let seal = line.rsplit_once(", seal: ").and_then(|(own, seal)| {
                        let before = log.get(..at + own.len())?;
                        Some(sha256(before.as_bytes()) == seal.strip_suffix("}\n")?)
                    });
                    if seal != Some(true) {
                        return Some(n);
                    }
                    open = None;
                }
                None => open = Some(1),
            }
            at += line.len();
        }
        open
    };
    if let Some(n) = wrong(log) {
        let turned = wrong(&log.replace("\r\n", "\n")).is_none();
        damaged(findings, &format!("reading-{n}"), LOG, if turned { "line-ends" } else { "log-unsealed" });
    }
}

/// Says how a file is not the one with a hash; nothing where it is.
fn differs(bytes: &[u8], hash: &str) -> Option<&'static str> {
    if sha256(bytes) == hash {
        return None;
    }
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    Some(if sha256(text.as_bytes()) == hash { "line-ends" } else { "lock-sha256" })
}

fn lock(id: &str, n: i64, files: &Files, log: &str, output: Option<&Files>, findings: &mut Findings) -> usize {
    let own = |file: &str| format!("{id}/{file}");
    let record = own("lock.json");
    let Some(bytes) = files.get("lock.json") else {
        damaged(findings, id, &record, "missing");
        return 0;
    };
    let Ok(lock) = serde_json::from_slice::<Lock>(bytes) else {
        damaged(findings, id, &record, "json");
        return 0;
    };
    if lock.reading != n || super::dates::day(&lock.date).is_none() {
        damaged(findings, id, &record, "manifest");
    }
    // A checkout that turns the ends of lines turns them in all files: that is said once.
    let mut turned = Vec::new();
    let logged = log.lines().rfind(|line| reading_of(line) == Some(n));
    let hash = logged.and_then(|line| line.split_once(" now: ")?.1.split(',').next()).unwrap_or_default();
    match differs(bytes, hash) {
        Some("line-ends") => turned.push(record.clone()),
        Some(_) => damaged(findings, id, &record, "not-logged"),
        None => {}
    }
    let mut listed = BTreeSet::from(["lock.json".to_string()]);
    for kept in &lock.files {
        let path = own(&kept.path);
        match files.get(&kept.path) {
            None => damaged(findings, id, &path, "missing"),
            Some(bytes) => match differs(bytes, &kept.sha256) {
                Some("line-ends") => turned.push(path),
                _ if u64::try_from(bytes.len()) != Ok(kept.bytes) => damaged(findings, id, &path, "lock-size"),
                Some(reason) => damaged(findings, id, &path, reason),
                None => {}
            },
        }
        if !listed.insert(kept.path.clone()) {
            damaged(findings, id, &record, "listed-twice");
        }
    }
    if let Some(first) = turned.first() {
        damaged(findings, id, first, "line-ends");
    }
    for path in files.keys().filter(|path| !listed.contains(*path)) {
        damaged(findings, id, &own(path), "lock-unlisted");
    }
    if !files.contains_key("tree.json") || !files.contains_key("output/manifest.json") {
        damaged(findings, id, &record, "manifest");
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
    for name in names.into_iter().filter(|name| there.get(name) != kept.get(name) && !left(name)) {
        let (file, reason) = (format!("{folder}{name}"), shown::reason("not-as-locked"));
        report!(findings, Code::OutputDamaged, None, file = file, reason = reason);
    }
}

/// Reports a file below `rules/locks/`.
fn damaged(findings: &mut Findings, id: &str, file: &str, reason: &str) {
    let path = format!("rules/locks/{file}");
    report!(findings, Code::LockDamaged, None, id = id, file = path, reason = shown::reason(reason));
}
