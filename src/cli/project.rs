//! Opens a project folder for a command: finishes an interrupted swap, reads, checks.

use super::{Context, End};
use crate::check::{Checked, check};
use crate::diag::{Code, Diagnostic, Findings};
use crate::model::{Model, Version};
use crate::output::write::Folder;
use crate::rules;
use crate::source::Sources;
use crate::world::Disk;
use anyhow::Context as _;
use jiff::civil::Date;
use std::path::Path;

/// Is a project that was read and checked.
pub(super) struct Opened {
    /// Its files.
    pub(super) sources: Sources,
    /// The model and its versions; `None` when the findings are too grave.
    pub(super) checked: Option<Checked>,
    /// What was found.
    pub(super) findings: Findings,
}

/// Reads and checks a project folder. Fails when there is no such folder.
pub(super) fn open(folder: &Path) -> anyhow::Result<Opened> {
    let disk = Disk::open(folder).with_context(|| format!("{}", folder.display()))?;
    let output = Folder::new(&disk.root().join("output"));
    if output.interrupted()
        && let Ok(_lock) = output.lock()
    {
        output.recover().map_err(|e| anyhow::anyhow!("{e}"))?;
    }
    let mut findings = Findings::default();
    let (sources, rules) = rules::load(&disk, &mut findings);
    let checked = rules.and_then(|rules| {
        let model = Model::new(rules, &mut findings);
        check(model, &mut findings)
    });
    Ok(Opened { sources, checked, findings })
}

/// Opens a project and shows what was found; `Err` holds how to end when there are errors.
pub(super) fn sound(context: &Context, folder: &Path) -> anyhow::Result<Result<(Opened, Checked), End>> {
    let mut opened = open(folder)?;
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
    let last = checked.model.last_reading();
    // A day on which nothing changes has the text of the last day before it on which something did.
    let before = checked.model.dates(last).into_iter().rfind(|d| *d <= date);
    Some(before.map_or_else(Version::in_force, |d| Version::on(d, last)))
}

/// Returns a finding about the project as a whole.
pub(super) fn finding(code: Code) -> Diagnostic {
    Diagnostic::new(code, None)
}
