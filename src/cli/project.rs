//! Opens a project folder for a command: finishes an interrupted swap, reads, checks.

use super::{Context, End};
use crate::check::{Checked, check};
use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic, Findings};
use crate::lang::Lang;
use crate::model::{Model, Version};
use crate::output::step::Project;
use crate::output::write::{Folder, WriteError};
use crate::rules;
use crate::source::Sources;
use crate::world::Disk;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Is a project that was read and checked.
pub(super) struct Opened {
    /// Its folder.
    pub(super) root: PathBuf,
    /// Its files.
    pub(super) sources: Sources,
    /// The model and its versions; `None` when the findings are too grave.
    pub(super) checked: Option<Checked>,
    /// What was found.
    pub(super) findings: Findings,
}

/// Reads and checks a project folder. Fails when there is no such folder.
pub(super) fn open(context: &Context, folder: &Path) -> anyhow::Result<Opened> {
    let disk = Disk::open(folder).map_err(|e| no_project(context, folder, Some(e)))?;
    if !disk.root().join("rules").exists() {
        return Err(no_project(context, folder, None));
    }
    recover(context, disk.root())?;
    let mut findings = Findings::default();
    let (sources, rules) = rules::load(&disk, &mut findings);
    let whole = rules.is_some();
    let checked = rules.and_then(|rules| {
        let model = Model::new(rules, &mut findings);
        check(model, &mut findings)
    });
    let before = findings.count().0;
    let locks = super::lock::locks(disk.root(), &mut findings);
    // What drifted is named also where it left rules that do not hold together.
    if before > 0 && findings.count().0 == before {
        crate::lock::drift::check_files(&sources, &locks, whole, &mut findings);
    }
    let checked = checked.map(|checked| checked.locked(locks));
    Ok(Opened { root: disk.root().to_path_buf(), sources, checked, findings })
}

/// Finishes or undoes what an earlier run left half done.
pub(super) fn recover(context: &Context, root: &Path) -> anyhow::Result<()> {
    let (output, project) = (Folder::new(&root.join("output")), Project::new(root));
    let trouble = |e: WriteError| anyhow::anyhow!("{}", e.say(context.lang));
    if project.interrupted() {
        // A step that is being taken right now is short: wait for it.
        let _lock = output.wait().map_err(trouble)?;
        project.recover().map_err(trouble)?;
    }
    if output.interrupted()
        && let Ok(_lock) = output.lock()
    {
        output.recover().map_err(trouble)?;
    }
    Ok(())
}

/// Returns the numbers of the readings.
pub(super) fn readings(checked: &Checked) -> Vec<i64> {
    checked.model.rules.readings.iter().map(|r| r.number.value).collect()
}

/// Adds what has drifted since a reading was locked.
pub(super) fn drift(opened: &mut Opened, checked: &Checked) {
    crate::lock::drift::check(checked, &mut opened.findings);
}

/// Says that a folder is no project.
fn no_project(context: &Context, folder: &Path, error: Option<std::io::Error>) -> anyhow::Error {
    let why = match (&error, context.lang) {
        (None, Lang::Da) => "der er ingen mappe rules/ i den".to_string(),
        (None, Lang::En) => "there is no folder rules/ in it".to_string(),
        (Some(e), Lang::Da) if e.kind() == std::io::ErrorKind::NotFound => "den findes ikke".to_string(),
        (Some(e), Lang::En) if e.kind() == std::io::ErrorKind::NotFound => "it does not exist".to_string(),
        (Some(e), _) => e.to_string(),
    };
    let path = folder.display();
    match context.lang {
        Lang::Da => anyhow::anyhow!("{path} er ingen projektmappe: {why}. Angiv mappen med --project"),
        Lang::En => anyhow::anyhow!("{path} is no project folder: {why}. Name the folder with --project"),
    }
}

/// Opens a project and shows what was found; `Err` holds how to end when there are errors.
pub(super) fn sound(context: &Context, folder: &Path) -> anyhow::Result<Result<(Opened, Checked), End>> {
    let mut opened = open(context, folder)?;
    if opened.findings.has_errors() {
        context.show(&opened.findings, &opened.sources);
        return Ok(Err(End::Findings));
    }
    Ok(match opened.checked.take() {
        Some(checked) => Ok((opened, checked)),
        None => Err(End::Findings),
    })
}

/// Returns the name of the last reading; before there is one, that of the text in force.
pub(super) fn last(checked: &Checked) -> String {
    match checked.model.last_reading() {
        0 => "current".into(),
        number => format!("reading-{number}"),
    }
}

/// Returns a version by its name: as [`moment`] reads it, or `reading-1-rules` for a locked reading as the rules have it
/// now.
pub(super) fn version<'c>(text: &str, checked: &'c Checked) -> Option<&'c Compiled> {
    if let Some(number) = text.strip_prefix("reading-").and_then(|t| t.strip_suffix("-rules")) {
        let number: i64 = number.parse().ok()?;
        let live = checked.locks.live_of(number);
        return live.or_else(|| checked.version(Version::reading(number)));
    }
    moment(text, checked).and_then(|version| checked.version(version))
}

/// Reads `current`, `reading-1`, `reading-2` or a day.
pub(super) fn moment(text: &str, checked: &Checked) -> Option<Version> {
    if text == "current" {
        return Some(Version::in_force());
    }
    if let Some(number) = text.strip_prefix("reading-") {
        let number: i64 = number.parse().ok()?;
        let known = checked.model.rules.readings.iter().any(|r| r.number.value == number);
        return known.then(|| Version::reading(number));
    }
    let date: Date = text.parse().ok()?;
    Some(checked.model.on_day(date))
}

/// Returns a finding about the project as a whole.
pub(super) fn finding(code: Code) -> Diagnostic {
    Diagnostic::new(code, None)
}
