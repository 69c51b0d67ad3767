//! What has drifted since a reading was locked: the rules, the text in force, the text the reading would have now.

use super::{Lock, Locks};
use crate::check::Checked;
use crate::diag::{Code, Diagnostic, Findings};
use crate::document::print::markdown;
use crate::lang::danish;
use crate::model::Version;
use crate::proof::pair;
use crate::rules::readings;
use crate::source::yaml::{self, Node, Value};
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Reports what has drifted under each lock.
pub fn check(checked: &Checked, findings: &mut Findings) {
    for lock in &checked.locks.list {
        rules(&checked.model.rules.sources, lock, true, findings);
        let reading = checked.model.rules.readings.iter().find(|r| r.number.value == lock.record.reading);
        if let Some(rule) = reading.filter(|r| r.date.value.to_string() != lock.record.date) {
            let found = Diagnostic::new(Code::LockDrift, rule.date.span).arg("id", lock.id());
            findings.push(found.arg("file", "rules/readings.yaml").arg("reason", "lock-date"));
        }
        text(checked, lock, findings);
    }
}

/// Reports what has drifted in rules that do not hold together. With `whole`, every file of them could be read.
pub fn check_files(sources: &Sources, locks: &[Lock], whole: bool, findings: &mut Findings) {
    locks.iter().for_each(|lock| rules(sources, lock, whole, findings));
}

/// Reports the files that are not what they were: one that bears on the text is an error, another a warning.
fn rules(sources: &Sources, lock: &Lock, whole: bool, findings: &mut Findings) {
    let now: BTreeMap<&str, (FileId, &str)> =
        sources.iter().map(|(id, f)| (f.path.as_str(), (id, f.text.as_str()))).collect();
    let was: BTreeMap<&str, &str> =
        lock.inputs().map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap_or_default())).collect();
    let paths: BTreeSet<&str> = now.keys().chain(was.keys()).copied().collect();
    for path in paths {
        let Some(code) = weight(path, lock.record.reading) else { continue };
        let (old, new) = (was.get(path).copied(), now.get(path).map(|(_, text)| *text));
        if same(path, old, new) || new.is_none() && !whole {
            continue;
        }
        let place = now.get(path).map(|(id, text)| first_difference(*id, old.unwrap_or_default(), text));
        let mut found = Diagnostic::new(code, place).arg("id", lock.id()).arg("file", path);
        if new.is_none() || old.is_none() {
            found = found.arg("reason", if new.is_none() { "lock-file-gone" } else { "lock-file-new" });
        }
        findings.push(found);
    }
}

/// Says how much it matters that a file has changed; nothing when it does not.
fn weight(path: &str, reading: i64) -> Option<Code> {
    match path {
        // Dates and amendments of later readings are what comes after the lock.
        "rules/readings.yaml" | crate::rules::REVIEWED | crate::rules::EDITIONS => None,
        "rules/agreement.yaml" => Some(Code::LockBeside),
        _ if path.starts_with("rules/amendments/") && reading == 1 => None,
        // What people write for the papers, and which other documents follow, goes on after the reading.
        "rules/documents.yaml" => None,
        _ if path.starts_with("rules/papers/") => None,
        _ if path.ends_with(".typ") => Some(Code::LockBeside),
        _ => Some(Code::LockDrift),
    }
}

/// Says whether two files mean the same; comments and layout of YAML do not count.
fn same(path: &str, old: Option<&str>, new: Option<&str>) -> bool {
    if old == new {
        return true;
    }
    let (Some(old), Some(new)) = (old, new) else { return false };
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    // How far an application has come goes on after the reading.
    let beside: &[&str] = if path == "rules/bylaw.yaml" { &["approvals", "status"] } else { &[] };
    is_yaml && meaning(old, beside).is_some_and(|meaning_of_old| Some(meaning_of_old) == meaning(new, beside))
}

/// Writes what a file says, without what stands under the keys of `beside`, the last in the one before it.
fn meaning(text: &str, beside: &[&str]) -> Option<String> {
    let mut quiet = Findings::default();
    let node = yaml::parse(FileId::default(), text, &mut quiet)?;
    let mut out = String::new();
    write(&node, beside, &mut out);
    Some(out)
}

fn write(node: &Node, beside: &[&str], out: &mut String) {
    match &node.value {
        Value::Seq(items) => {
            out.push('[');
            items.iter().for_each(|item| write(item, beside, out));
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for entry in entries {
                let within = match beside.split_first() {
                    Some((key, [])) if *key == entry.key => continue,
                    Some((key, within)) if *key == entry.key => within,
                    _ => &[],
                };
                *out += &format!("{:?}:", entry.key);
                write(&entry.value, within, out);
            }
            out.push('}');
        }
        other => *out += &format!("{other:?},"),
    }
}

/// Returns the first line of a file that is not what it was.
fn first_difference(file: FileId, old: &str, new: &str) -> Span {
    let mut start = 0;
    let mut before = old.split_inclusive('\n');
    for line in new.split_inclusive('\n') {
        if before.next() != Some(line) {
            let end = start + line.trim_end().len();
            return Span { file, start: start as u32, end: end as u32 };
        }
        start += line.len();
    }
    Span { file, start: 0, end: new.lines().next().map_or(0, str::len) as u32 }
}

/// Reports the first line of the text that would read otherwise today.
fn text(checked: &Checked, lock: &Lock, findings: &mut Findings) {
    let live = Locks::live_of(&checked.locks, lock.record.reading);
    let Some(live) = live else { return };
    let (was, now) = (lock.markdown(), markdown(&live.bylaw));
    if was == now || postponed(checked, lock, &was) == now {
        return;
    }
    let (mut a, mut b) = (was.lines(), now.lines());
    for line in 1.. {
        let (old, new) = (a.next(), b.next());
        if old != new || old.is_none() {
            let (expected, found) = pair(old, new);
            let finding = Diagnostic::new(Code::LockTextDrift, None).arg("id", lock.id()).arg("line", line);
            findings.push(finding.arg("expected", expected).arg("found", found));
            return;
        }
    }
}

/// Returns the locked text with the days that the later readings have now in the place of those they had: that a meeting
/// is held on another day than was planned is no drift.
fn postponed(checked: &Checked, lock: &Lock, text: &str) -> String {
    let mut quiet = Findings::default();
    let rules = lock.inputs().find(|(path, _)| *path == "rules/readings.yaml");
    let rules = rules.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let node = rules.and_then(|rules| yaml::parse(FileId::default(), rules, &mut quiet));
    let then = node.map(|node| readings::read(&node, &mut quiet).0).unwrap_or_default();
    let mut out = text.to_string();
    for old in then.iter().filter(|r| r.number.value > lock.record.reading) {
        let new = checked.model.rules.readings.iter().find(|r| r.number.value == old.number.value);
        if let Some(new) = new {
            out = out.replace(&danish::den(old.date.value), &danish::den(new.date.value));
        }
    }
    out
}

impl Locks {
    /// Returns a locked reading as the rules have it now.
    pub fn live_of(&self, reading: i64) -> Option<&crate::compile::Compiled> {
        self.live.iter().find(|c| c.version == Version::reading(reading))
    }
}
