//! `vedtaegt build`: the documents of both readings.

use super::project::{self, Opened, finding};
use super::{Context, End, data};
use crate::check::Checked;
use crate::diag::{Code, Diagnostic, Findings};
use crate::output::write::{Folder, WriteError};
use crate::output::{BuildError, Files, Pdf};
use crate::render::pdf::{PdfError, Typst};
use crate::source::{Sources, Span};
use crate::world::environment;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Dan dokumenterne til begge behandlinger: vedtægt, redline, ressortoversigt og sporbarhed
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt build [VALG]",
    after_help = "\
Eksempler:
  vedtaegt build                     alt, i output/
  vedtaegt build --reading 1         kun 1. behandling
  vedtaegt build --check             er output/ det, reglerne siger? (skriver intet; 1, hvis ikke)
  vedtaegt build --no-pdf            uden PDF, hvis typst ikke er installeret
  vedtaegt build --at 2026-03-01 --out marts   vedtægten, som den gælder den dag"
)]
pub(super) struct Args {
    /// Kun denne behandling (1 eller 2)
    #[arg(long, value_name = "NR", value_parser = clap::value_parser!(i64).range(1..=2))]
    reading: Option<i64>,
    /// Mappen, der skrives i; den må kun indeholde, hvad vedtaegt har skrevet
    #[arg(long, value_name = "MAPPE")]
    out: Option<PathBuf>,
    /// Skriv intet; sig, om mappen er ajour med reglerne
    #[arg(long)]
    check: bool,
    /// Teksten, som den gælder på en dag (ÅÅÅÅ-MM-DD); skrives i den mappe, --out nævner
    #[arg(long, value_name = "DATO", requires = "out", conflicts_with_all = ["reading", "check"])]
    at: Option<String>,
    /// Dan ikke PDF
    #[arg(long)]
    no_pdf: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let (mut opened, checked) = match project::sound(context, &context.project)? {
        Ok(both) => both,
        Err(end) => return Ok(end),
    };
    // Both are always made and proved: what is said of the second reading rests on the first.
    let readings = project::readings(&checked);
    if let Some(day) = &args.at {
        return on_a_day(context, args, day, opened, &checked);
    }
    let proposes = checked.model.rules.changes.iter().any(|c| c.edition.is_none());
    if readings.is_empty() && !proposes && !checked.model.rules.editions.is_empty() {
        return Ok(nothing_proposed(context, args));
    }
    if readings.is_empty() {
        opened.findings.push(finding(Code::ReadingsMissing));
        context.show(&opened.findings, &opened.sources);
        return Ok(End::Findings);
    }
    // What rests on a reading that was locked must not rest on other rules.
    project::drift(&mut opened, &checked);
    if opened.findings.has_errors() {
        context.show(&opened.findings, &opened.sources);
        return Ok(End::Findings);
    }
    let typst = match typst(context, args, &mut opened) {
        Ok(typst) => typst,
        Err(end) => return Ok(end),
    };
    let pdf = typst.as_ref().map_or(Pdf::Without, Pdf::With);
    let built = shown(|progress| crate::output::build(&checked, &readings, &pdf, progress, &mut opened.findings));
    let files = match built {
        Ok(mut files) => {
            if let Some(number) = args.reading {
                files.retain(|path, _| path.starts_with(&format!("reading-{number}/")));
            }
            files
        }
        Err(BuildError::Findings) => {
            context.show(&opened.findings, &opened.sources);
            return Ok(End::Findings);
        }
        Err(BuildError::Pdf(path, error)) => {
            let end = unprinted(&path, &error, &opened.sources, &mut opened.findings);
            context.show(&opened.findings, &opened.sources);
            return Ok(end);
        }
    };
    context.show(&opened.findings, &opened.sources);
    let folder = Folder::new(&args.out.clone().unwrap_or_else(|| context.project.join("output")));
    if args.check {
        return Ok(fresh(context, &folder, files, args, &opened.sources));
    }
    match write(&folder, files, args.reading.is_some()) {
        Ok(count) => {
            let path = folder.path().display();
            context.say(&format!("{count} filer skrevet i {path}"), &format!("{count} files written to {path}"));
            Ok(End::Fine)
        }
        Err(error) => Ok(refused(context, &folder, &error, &opened.sources)),
    }
}

/// Finds Typst where PDFs are asked for.
fn typst(context: &Context, args: &Args, opened: &mut Opened) -> Result<Option<Typst>, End> {
    if args.no_pdf {
        return Ok(None);
    }
    Typst::find(&environment).map(Some).map_err(|error| {
        opened.findings.push(pdf_finding("", &error));
        context.show(&opened.findings, &opened.sources);
        End::CouldNotRun
    })
}

/// Runs a build and shows on a terminal which file is being made.
fn shown<T>(build: impl FnOnce(&mut dyn FnMut(&str)) -> T) -> T {
    let live = std::io::stderr().is_terminal();
    let mut progress = |path: &str| {
        if live {
            let _ = write!(std::io::stderr(), "\r\x1b[K  {path}");
        }
    };
    let built = build(&mut progress);
    if live {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    built
}

/// Writes the text on a day into a folder of its own.
fn on_a_day(context: &Context, args: &Args, day: &str, mut opened: Opened, checked: &Checked) -> anyhow::Result<End> {
    let Ok(date) = day.parse::<jiff::civil::Date>() else {
        context.say(
            &format!("»{day}« er ikke en dato; skriv den som 2026-01-31"),
            &format!("`{day}` is no date; write it as 2026-01-31"),
        );
        return Ok(End::CouldNotRun);
    };
    let out = args.out.clone().unwrap_or_default();
    let folder = Folder::new(&out);
    let published = opened.root.join("output");
    let inside = [&published, &opened.root.join("rules")].iter().any(|own| folder.path().starts_with(own));
    let absolute = std::path::absolute(&out).unwrap_or_else(|_| out.clone());
    if inside || absolute.starts_with(&published) || folder.path() == opened.root {
        context.say(
            "teksten på en dag skrives i en mappe for sig, ikke i projektets output/ eller rules/",
            "the text on a day goes into a folder of its own, not into the project's output/ or rules/",
        );
        return Ok(End::CouldNotRun);
    }
    let typst = match typst(context, args, &mut opened) {
        Ok(typst) => typst,
        Err(end) => return Ok(end),
    };
    let pdf = typst.as_ref().map_or(Pdf::Without, Pdf::With);
    let built = shown(|progress| crate::output::at::build(checked, date, &pdf, progress, &mut opened.findings));
    context.show(&opened.findings, &opened.sources);
    let files = match built {
        Ok(files) => files,
        Err(BuildError::Findings) => return Ok(End::Findings),
        Err(BuildError::Pdf(path, error)) => {
            let mut findings = Findings::default();
            let end = unprinted(&path, &error, &opened.sources, &mut findings);
            context.show(&findings, &opened.sources);
            return Ok(end);
        }
    };
    Ok(match write(&folder, files, false) {
        Ok(count) => {
            let path = folder.path().display();
            context.say(&format!("{count} filer skrevet i {path}"), &format!("{count} files written to {path}"));
            End::Fine
        }
        Err(error) => refused(context, &folder, &error, &opened.sources),
    })
}

/// Between two changes there is nothing to put to the council: no documents, and none may be left from before.
fn nothing_proposed(context: &Context, args: &Args) -> End {
    let folder = args.out.clone().unwrap_or_else(|| context.project.join("output"));
    let left = Folder::new(&folder).read().unwrap_or_default();
    let text = crate::rules::CURRENT;
    context.say(
        &format!("der er intet forslag at danne dokumenter til; den gældende tekst er {text}"),
        &format!("nothing is proposed, so there are no documents to make; the text in force is {text}"),
    );
    if args.check && !left.is_empty() { End::Findings } else { End::Fine }
}

fn refused(context: &Context, folder: &Folder, error: &WriteError, sources: &Sources) -> End {
    let mut findings = Findings::default();
    findings
        .push(finding(Code::OutputFolder).arg("path", folder.path().display()).arg("reason", error.say(context.lang)));
    context.show(&findings, sources);
    End::CouldNotRun
}

/// Writes the files; with `keep`, the folders of the other readings stay as they are.
fn write(folder: &Folder, mut files: Files, keep: bool) -> Result<usize, WriteError> {
    let _lock = folder.lock()?;
    folder.recover()?;
    folder.ours(&files)?;
    let count = files.len();
    if keep {
        let own: Vec<String> = files.keys().filter_map(|k| k.split('/').next().map(str::to_string)).collect();
        for (path, bytes) in folder.read()? {
            if !own.iter().any(|f| path.split('/').next() == Some(f.as_str())) {
                files.insert(path, bytes);
            }
        }
    }
    folder.replace(&files)?;
    Ok(count)
}

/// Finishes or undoes a swap that was interrupted.
fn recovered(folder: &Folder) -> Result<(), WriteError> {
    if !folder.interrupted() {
        return Ok(());
    }
    let _lock = folder.lock()?;
    folder.recover()
}

/// Says whether the folder holds just these files, and names those that differ.
fn fresh(context: &Context, folder: &Folder, files: Files, args: &Args, sources: &Sources) -> End {
    let found = recovered(folder).and_then(|()| folder.read());
    let mut found = match found {
        Ok(found) => found,
        Err(error) => return refused(context, folder, &error, sources),
    };
    if let Some(number) = args.reading {
        found.retain(|path, _| path.starts_with(&format!("reading-{number}/")));
    }
    // Without PDFs, neither they nor the manifest that lists them can be compared.
    let skip =
        |path: &str| args.no_pdf && (path.ends_with(".pdf") || path.split('/').next_back() == Some("manifest.json"));
    let mut stale: Vec<&str> = Vec::new();
    for path in files.keys().chain(found.keys()) {
        if files.get(path) != found.get(path) && !skip(path) && !stale.contains(&path.as_str()) {
            stale.push(path);
        }
    }
    stale.sort_unstable();
    if stale.is_empty() {
        let left = if args.no_pdf { (" (PDF ikke sammenlignet)", " (PDFs not compared)") } else { ("", "") };
        context.say(&format!("output er ajour{}", left.0), &format!("output is fresh{}", left.1));
        return End::Fine;
    }
    let mut findings = Findings::default();
    let first = stale.first().copied().unwrap_or_default();
    findings.push(finding(Code::OutputStale).arg("count", stale.len()).arg("file", first));
    context.show(&findings, sources);
    data((stale.join("\n") + "\n").as_bytes());
    End::Findings
}

pub(super) fn pdf_finding(path: &str, error: &PdfError) -> crate::diag::Diagnostic {
    match error {
        PdfError::Missing => finding(Code::TypstMissing),
        other => {
            finding(Code::TypstFailed).arg("file", if path.is_empty() { "typst" } else { path }).arg("reason", other)
        }
    }
}

/// Says why a PDF could not be made, and how the command ends. Characters that the fonts lack are findings about the
/// rules; where they are first written is shown if it can be found.
pub(super) fn unprinted(path: &str, error: &PdfError, sources: &Sources, findings: &mut Findings) -> End {
    let lacking = error.lacking();
    for c in lacking.iter().take(MOST_CHARACTERS) {
        let at = sources.iter().find_map(|(file, source)| {
            let start = u32::try_from(source.text.find(*c)?).ok()?;
            Some(Span { file, start, end: start + u32::try_from(c.len_utf8()).ok()? })
        });
        let shown = if c.is_control() { String::new() } else { c.to_string() };
        let id = format!("U+{:04X}", u32::from(*c));
        findings.push(Diagnostic::new(Code::PdfCharacter, at).arg("file", path).arg("value", shown).arg("id", id));
    }
    if lacking.is_empty() {
        findings.push(pdf_finding(path, error));
        return End::CouldNotRun;
    }
    End::Findings
}

/// How many characters that the fonts lack are told.
const MOST_CHARACTERS: usize = 20;
