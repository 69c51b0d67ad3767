//! `vedtaegt verify`: the proofs on the output folder as it stands, from the files alone.

use super::{Context, End, talk};
use crate::diag::{Code, Findings};
use crate::lang::Lang;
use crate::output::Files;
use crate::output::write::Folder;
use crate::rules::CURRENT;
use crate::source::Sources;
use crate::world::{Disk, World};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Bevis, at dokumenterne i output/ siger det samme; læser kun filerne, ikke reglerne
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt verify [VALG]",
    after_help = "\
Eksempler:
  vedtaegt verify                    output/ mod den gældende tekst
  vedtaegt verify --out a            en anden mappe"
)]
pub(super) struct Args {
    /// Mappen med dokumenterne
    #[arg(long, value_name = "MAPPE")]
    out: Option<PathBuf>,
    /// Kun denne behandling (1 eller 2); ellers skal alle være der
    #[arg(long, value_name = "NR", value_parser = clap::value_parser!(i64).range(1..=2))]
    reading: Option<i64>,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let disk = Disk::open(&context.project).map_err(|e| anyhow::anyhow!("{}: {e}", context.project.display()))?;
    let folder = Folder::new(&args.out.clone().unwrap_or_else(|| context.project.join("output")));
    super::project::recover(context, disk.root())?;
    if folder.interrupted()
        && let Ok(_lock) = folder.lock()
    {
        folder.recover().map_err(|e| anyhow::anyhow!("{e}"))?;
    }
    let mut findings = Findings::default();
    let current = match disk.read(CURRENT, crate::rules::MAX_BYTES) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim_start_matches('\u{feff}').to_string(),
        Err(_) => {
            findings.push(super::project::finding(Code::MissingFile).arg("file", CURRENT));
            context.show(&findings, &Sources::default());
            return Ok(End::CouldNotRun);
        }
    };
    let files = folder.read().map_err(|e| anyhow::anyhow!("{}: {}", folder.path().display(), e.say(context.lang)))?;
    if files.is_empty() {
        let path = folder.path().display();
        context.say(
            &format!("der er ingen dokumenter i {path}; kør vedtaegt build"),
            &format!("no documents in {path}; run vedtaegt build"),
        );
        return Ok(End::CouldNotRun);
    }
    if args.reading.is_none() {
        whole(&files, &mut findings);
    }
    let kept = Folder::new(&disk.root().join(crate::lock::FOLDER));
    let mut figures = match kept.read() {
        Ok(kept) => crate::proof::prove_locks(&kept, Some(&files), &mut findings),
        Err(error) => {
            let found = super::project::finding(Code::LockDamaged).arg("file", crate::lock::FOLDER);
            findings.push(found.arg("reason", error.say(context.lang)));
            Vec::new()
        }
    };
    figures.extend(crate::proof::prove(&files, &current, &mut findings));
    context.show(&findings, &Sources::default());
    if findings.has_errors() {
        return Ok(End::Findings);
    }
    for figure in &figures {
        let what = match context.lang {
            Lang::Da => danish(figure.what),
            Lang::En => figure.what,
        };
        talk(&format!("  {}  {} {what}", figure.file, figure.checked));
    }
    let count = figures.len();
    context.say(&format!("{count} beviser holder"), &format!("{count} proofs hold"));
    Ok(End::Fine)
}

/// Reports a reading that a manifest names and whose folder is gone: half a set proves nothing of the other half.
fn whole(files: &Files, findings: &mut Findings) {
    let mut named: BTreeSet<i64> = BTreeSet::new();
    for bytes in files.iter().filter(|(path, _)| path.ends_with("/manifest.json")).map(|(_, bytes)| bytes) {
        let manifest: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
        let readings = manifest.get("readings").and_then(|r| r.as_array()).map(Vec::as_slice).unwrap_or_default();
        named.extend(readings.iter().filter_map(|r| r.get("number")?.as_i64()));
    }
    if !named.is_empty() && !files.contains_key("manifest.json") {
        let missing = super::project::finding(Code::OutputDamaged).arg("file", "manifest.json");
        findings.push(missing.arg("reason", "@proof-missing"));
    }
    for number in named {
        let folder = format!("reading-{number}/");
        if !files.keys().any(|path| path.starts_with(&folder)) {
            let file = format!("{folder}manifest.json");
            findings
                .push(super::project::finding(Code::OutputDamaged).arg("file", file).arg("reason", "@proof-missing"));
        }
    }
}

/// Says in Danish what a proof counted.
fn danish(what: &str) -> &str {
    match what {
        "files" => "filer",
        "days" => "dage mellem behandlingerne",
        "lines" => "linjer",
        "items" => "numre",
        "words" => "ord",
        "marks" => "mærker",
        "parts" => "dele af opgaver",
        "rows" => "rækker",
        "events" => "begivenheder",
        "paragraphs" => "afsnit",
        "obligations" => "forpligtelser",
        "tasks" => "opgaver",
        "elements" => "elementer",
        "properties" => "egenskaber",
        other => other,
    }
}
