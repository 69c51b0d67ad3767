//! `vedtaegt lock`: keeps what was put to a reading, as it was.

use super::project::{self, finding};
use super::{Context, End};
use crate::check::Checked;
use crate::diag::{Code, Findings};
use crate::lock::{Locks, make};
use crate::model::Version;
use crate::output::manifest::{self, sha256};
use crate::output::step::{Plan, Project};
use crate::output::write::Folder;
use crate::output::{BuildError, Files, Pdf};
use crate::render::pdf::Typst;
use crate::rules::ReadingRule;
use crate::world::environment;

/// Lås en behandling: det, der er forelagt, gemmes og dannes aldrig om
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt lock [VALG] <NR>",
    after_help = "\
Eksempler:
  vedtaegt lock 1                    efter 1. behandling: teksten, reglerne og dokumenterne ligger fast
  vedtaegt lock 2                    efter 2. behandling: det, der er vedtaget
  vedtaegt lock 1 --replace --reason \"forkert dato i § 38\"

Dokumenterne i output/ skal være ajour. Det låste ligger i rules/locks/."
)]
pub(super) struct Args {
    /// Behandlingen (1 eller 2)
    #[arg(help_heading = "Behandling", display_order = 1, value_name = "NR", value_parser = clap::value_parser!(i64).range(1..=2))]
    reading: i64,
    /// Lås om, fordi det låste er forkert; dokumenterne dannes på ny
    #[arg(long, requires = "reason")]
    replace: bool,
    /// Hvorfor der låses om; skrives i rules/locks/log.yaml
    #[arg(long, value_name = "GRUND")]
    reason: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let (mut opened, mut checked) = match project::sound(context, &context.project)? {
        Ok(both) => both,
        Err(end) => return Ok(end),
    };
    let number = args.reading;
    let Some(reading) = checked.model.rules.readings.iter().find(|r| r.number.value == number).cloned() else {
        opened.findings.push(finding(Code::ReadingsMissing));
        context.show(&opened.findings, &opened.sources);
        return Ok(End::Findings);
    };
    let held = checked.locks.of(number).is_some();
    if held && !args.replace {
        let mut findings = Findings::default();
        findings.push(finding(Code::AlreadyLocked).arg("id", format!("reading-{number}")).arg("count", number));
        context.show(&findings, &opened.sources);
        return Ok(End::Findings);
    }
    if let Some(open) = open_amendment(&checked).filter(|_| number == 2) {
        context.say(
            &format!("ændringsforslaget »{open}« er ikke afgjort; så kan 2. behandling ikke låses"),
            &format!("the amendment `{open}` is not decided; the second reading cannot be locked"),
        );
        return Ok(End::Findings);
    }
    let root = opened.root.clone();
    let project = Project::new(&root);
    let _lock = project.lock().map_err(|e| anyhow::anyhow!("{}", e.say(context.lang)))?;
    let folder = Folder::new(&root.join("output"));
    let mut published = folder.read().map_err(|e| anyhow::anyhow!("{}", e.say(context.lang)))?;
    let mut plan = Plan::default();
    let reason = args.reason.clone().unwrap_or_else(|| "behandlingen er holdt".into());
    if held {
        // The old lock must not stand in the way of the text that takes its place, nor count as drifted.
        let rest = std::mem::take(&mut checked.locks.list).into_iter().filter(|l| l.record.reading != number);
        checked = unlocked(checked).locked(rest.collect());
        published = match rebuilt(context, &mut checked, &published)? {
            Ok(files) => files,
            Err(end) => return Ok(end),
        };
    } else if let Some(end) = stale(context, &checked, &published, number) {
        return Ok(end);
    }
    let Some(compiled) = checked.version(Version::reading(number)) else { return Ok(End::CouldNotRun) };
    let files = make::files(&checked, &reading, compiled, &published);
    let before = read(&root, &format!("rules/locks/reading-{number}/lock.json"));
    let before = before.map(|bytes| sha256(&bytes));
    let log = read(&root, make::LOG).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let log = make::logged(&log, &reading, before.as_deref(), &files, &reason);
    plan.removes = under(&root, &format!("rules/locks/reading-{number}"));
    plan.puts = make::placed(number, &files);
    plan.puts.insert(make::LOG.into(), log.into_bytes());
    relink(&checked, &reading, &mut published);
    plan.puts.extend(published.into_iter().map(|(path, bytes)| (format!("output/{path}"), bytes)));
    project.take(&plan).map_err(|e| anyhow::anyhow!("{}", e.say(context.lang)))?;
    let count = files.len();
    context.say(
        &format!("{number}. behandling er låst: {count} filer i rules/locks/reading-{number}"),
        &format!("reading {number} is locked: {count} files in rules/locks/reading-{number}"),
    );
    Ok(End::Fine)
}

/// Puts the texts that the rules give back in the place of the locked ones.
fn unlocked(mut checked: Checked) -> Checked {
    for live in std::mem::take(&mut checked.locks.live) {
        if let Some(found) = checked.versions.iter_mut().find(|c| c.version == live.version) {
            *found = live;
        }
    }
    checked
}

/// Returns an amendment of which nobody has said what became of it.
pub(super) fn open_amendment(checked: &Checked) -> Option<String> {
    let mut open = checked.model.rules.changes.iter().filter(|c| {
        let undecided = |a: &crate::rules::AmendmentInfo| a.decision == crate::rules::Decision::Open;
        c.edition.is_none() && c.amendment.as_ref().is_some_and(undecided)
    });
    open.next().map(|c| c.id.value.clone())
}

/// Makes the documents of every reading that is not locked; with PDFs where there were any.
fn rebuilt(context: &Context, checked: &mut Checked, before: &Files) -> anyhow::Result<Result<Files, End>> {
    let with_pdf = before.keys().any(|path| path.ends_with(".pdf"));
    let typst = if with_pdf { Some(Typst::find(&environment)) } else { None };
    let typst = match typst {
        Some(Err(error)) => {
            let mut findings = Findings::default();
            findings.push(super::build::pdf_finding("", &error));
            context.show(&findings, &checked.model.rules.sources);
            return Ok(Err(End::CouldNotRun));
        }
        Some(Ok(typst)) => Some(typst),
        None => None,
    };
    let pdf = typst.as_ref().map_or(Pdf::Without, Pdf::With);
    let mut findings = Findings::default();
    let built = crate::output::build(checked, &project::readings(checked), &pdf, &mut |_| (), &mut findings);
    Ok(match built {
        Ok(files) => Ok(files),
        Err(BuildError::Findings) => {
            context.show(&findings, &checked.model.rules.sources);
            Err(End::Findings)
        }
        Err(BuildError::Pdf(path, error)) => {
            let sources = &checked.model.rules.sources;
            let end = super::build::unprinted(&path, &error, sources, &mut findings);
            context.show(&findings, sources);
            Err(end)
        }
    })
}

/// Says whether the published documents are not those of the rules, or do not hold their proofs.
///
/// PDFs are not made again for this: their manifest names the rules they were made of, and the proofs read them.
pub(super) fn stale(context: &Context, checked: &Checked, published: &Files, number: i64) -> Option<End> {
    let mut findings = Findings::default();
    let built = crate::output::build(checked, &project::readings(checked), &Pdf::Without, &mut |_| (), &mut findings);
    let Ok(fresh) = built else {
        context.show(&findings, &checked.model.rules.sources);
        return Some(End::Findings);
    };
    let own = format!("reading-{number}/");
    let wrong: Vec<&String> = fresh
        .iter()
        .filter(|(path, _)| path.starts_with(&own))
        .filter(|(path, bytes)| match path.ends_with("/manifest.json") {
            true => inputs(published.get(*path)) != inputs(Some(bytes)),
            false => published.get(*path) != Some(bytes),
        })
        .map(|(path, _)| path)
        .collect();
    let mut findings = Findings::default();
    if let Some(first) = wrong.first() {
        findings.push(finding(Code::OutputStale).arg("count", wrong.len()).arg("file", first));
    } else {
        let current = checked.model.rules.current.and_then(|file| checked.model.rules.sources.get(file));
        let current = current.map(|f| f.text.clone()).unwrap_or_default();
        crate::proof::prove(published, &current, &mut findings);
    }
    if findings.has_errors() {
        context.show(&findings, &checked.model.rules.sources);
        return Some(End::Findings);
    }
    None
}

/// Returns what a manifest says it was made of.
fn inputs(manifest: Option<&Vec<u8>>) -> Option<serde_json::Value> {
    let manifest: serde_json::Value = serde_json::from_slice(manifest?).ok()?;
    Some(serde_json::json!([manifest.get("tool")?, manifest.get("inputs")?]))
}

/// Writes into the manifests of later readings, and of the whole project, that this one is locked now.
fn relink(checked: &Checked, reading: &ReadingRule, published: &mut Files) {
    let number = reading.number.value;
    let mut locked: Vec<i64> = checked.locks.list.iter().map(|l| l.record.reading).chain([number]).collect();
    locked.sort_unstable();
    let later = checked.model.rules.readings.iter().map(|r| r.number.value).filter(|n| *n > number);
    let later: Vec<i64> = later.filter(|n| checked.locks.of(*n).is_none()).chain([0]).collect();
    for other in later {
        let path = manifest::path(other);
        let Some(bytes) = published.get(&path) else { continue };
        let Ok(mut value) = serde_json::from_slice::<serde_json::Value>(bytes) else { continue };
        let named: Vec<serde_json::Value> = locked
            .iter()
            .filter(|n| other == 0 || **n < other)
            .filter_map(|n| {
                let hash = published.get(&manifest::path(*n)).map(|bytes| sha256(bytes))?;
                Some(serde_json::json!({"reading": n, "sha256": hash}))
            })
            .collect();
        if let Some(field) = value.get_mut("locked") {
            *field = serde_json::Value::Array(named);
            published.insert(path, crate::output::set::json(&value));
        }
    }
}

/// Reads a file of the project.
pub(super) fn read(root: &std::path::Path, path: &str) -> Option<Vec<u8>> {
    std::fs::read(root.join(path)).ok()
}

/// Lists the files below a folder of the project, with their paths below the project.
pub(super) fn under(root: &std::path::Path, folder: &str) -> std::collections::BTreeSet<String> {
    let files = Folder::new(&root.join(folder)).read().unwrap_or_default();
    files.into_keys().map(|path| format!("{folder}/{path}")).collect()
}

/// Reads the locks of a project; what is wrong with one is a finding, and so is one that the published documents name and
/// that is gone.
pub(super) fn locks(root: &std::path::Path, findings: &mut Findings) -> Vec<crate::lock::Lock> {
    match Folder::new(&root.join(crate::lock::FOLDER)).read() {
        Ok(files) => {
            let whole = read(root, &format!("output/{}", manifest::path(0))).map(|b| (manifest::path(0), b));
            crate::proof::prove_locks(&files, Some(&whole.into_iter().collect()), findings);
            Locks::read(&files)
        }
        Err(error) => {
            let found = finding(Code::LockDamaged).arg("file", crate::lock::FOLDER);
            findings.push(found.arg("reason", error));
            Vec::new()
        }
    }
}
