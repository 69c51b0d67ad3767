//! `vedtaegt text`: the clean text of one version on stdout.

use super::project;
use super::{Context, End, data};
use crate::document::print::markdown;

/// Skriv vedtægtens tekst, som den gælder eller kommer til at lyde
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt text [VALG] [HVILKEN]",
    after_help = "\
Eksempler:
  vedtaegt text                      teksten efter sidste behandling
  vedtaegt text current              teksten, som reglerne siger den gælder nu
  vedtaegt text 2026-03-01           teksten den dag"
)]
pub(super) struct Args {
    /// current, reading-1, reading-2 eller en dato; uden: den sidste behandling
    #[arg(help_heading = "Tekst", value_name = "HVILKEN")]
    which: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    // What is locked can be shown whatever the rules say by now.
    if let Some(which) = args.which.as_deref()
        && let Ok(root) = std::fs::canonicalize(&context.project)
    {
        project::recover(context, &root)?;
        let mut findings = crate::diag::Findings::default();
        let locks = super::lock::locks(&root, &mut findings);
        if let Some(lock) = locks.iter().find(|lock| lock.id() == which).filter(|_| findings.is_empty()) {
            return Ok(data(lock.markdown().as_bytes()));
        }
    }
    let (_, checked) = match project::sound(context, &context.project)? {
        Ok(both) => both,
        Err(end) => return Ok(end),
    };
    let last = project::last(&checked);
    let which = args.which.as_deref().unwrap_or(&last);
    let compiled = project::version(which, &checked);
    let Some(compiled) = compiled else {
        context.say(
            &format!("»{which}« er hverken current, reading-1, reading-2 eller en dato som 2026-01-31"),
            &format!("`{which}` is neither current, reading-1, reading-2 nor a date such as 2026-01-31"),
        );
        return Ok(End::CouldNotRun);
    };
    Ok(data(markdown(&compiled.bylaw).as_bytes()))
}
