//! Makes a lock: the files that keep a reading, and the line that records it.

use super::tree::Tree;
use super::{FOLDER, Record};
use crate::check::Checked;
use crate::compile::Compiled;
use crate::output::Files;
use crate::output::manifest::{Entry, sha256, tool};
use crate::output::set::json;
use crate::rules::ReadingRule;

/// Is the file that records when a lock was made or replaced, and why.
pub const LOG: &str = "rules/locks/log.yaml";

/// Returns the files of a lock below its own folder. `published` holds the documents of the output folder.
pub fn files(checked: &Checked, reading: &ReadingRule, compiled: &Compiled, published: &Files) -> Files {
    let number = reading.number.value;
    let mut out = Files::new();
    for (_, file) in checked.model.rules.sources.iter().filter(|(_, f)| is_kept(&f.path)) {
        out.insert(format!("inputs/{}", file.path), file.text.clone().into_bytes());
    }
    for (path, bytes) in published {
        if let Some(name) = path.strip_prefix(&format!("reading-{number}/")) {
            out.insert(format!("output/{name}"), bytes.clone());
        }
    }
    out.insert("tree.json".into(), json(&Tree::new(&checked.model, compiled)));
    let record = Record {
        tool: tool(),
        reading: number,
        date: reading.date.value.to_string(),
        files: out.iter().map(|(path, bytes)| Entry::new(path, bytes)).collect(),
    };
    out.insert("lock.json".into(), json(&record));
    out
}

/// Says whether a file is one of the rules a reading rests on.
pub fn is_kept(path: &str) -> bool {
    path != crate::rules::REVIEWED
}

/// Returns the files with their paths below the project folder.
pub fn placed(number: i64, files: &Files) -> Files {
    files.iter().map(|(path, bytes)| (format!("{FOLDER}/reading-{number}/{path}"), bytes.clone())).collect()
}

/// Returns the log with one line more. It closes with the hash of all that stands before it, so that no byte of the log
/// can change unseen.
pub fn logged(log: &str, reading: &ReadingRule, before: Option<&str>, now: &Files, reason: &str) -> String {
    let hash = now.get("lock.json").map(|bytes| sha256(bytes)).unwrap_or_default();
    let before = before.map(|b| format!(" was: {b},")).unwrap_or_default();
    let reason = serde_json::Value::from(reason).to_string();
    let head = "# Hvornår en behandling blev låst eller låst om, og hvorfor. Skrives af vedtaegt lock.\n";
    let log = if log.is_empty() { head } else { log };
    let (number, date) = (reading.number.value, reading.date.value);
    let log = format!("{log}- {{reading: {number}, date: {date}, now: {hash},{before} reason: {reason}");
    let seal = sha256(log.as_bytes());
    format!("{log}, seal: {seal}}}\n")
}
