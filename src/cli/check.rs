//! `vedtaegt check`: rules, references, procedure; writes nothing.

use super::project;
use super::{Context, End, data};
use crate::diag::show;
use crate::output::set;
use clap::ValueEnum;

/// Undersøg regler, henvisninger og procedure; skriver intet
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt check [VALG]",
    after_help = "\
Eksempler:
  vedtaegt check                     alle fund, med fil, linje og hvad der skal gøres
  vedtaegt check --deny-warnings     også advarsler tæller
  vedtaegt check --format github     som anmærkninger i en pull request"
)]
pub(super) struct Args {
    /// Hvordan fundene vises: human, json eller github (ellers human)
    #[arg(long, value_name = "FORM", default_value = "human", hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Lad også advarsler give slutkode 1
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Human,
    Json,
    Github,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let mut opened = project::open(context, &context.project)?;
    if let Some(checked) = &opened.checked
        && !opened.findings.has_errors()
    {
        set::baseline(checked, &mut opened.findings);
        set::check_papers(checked, &mut opened.findings);
        let before = opened.findings.count().0;
        crate::lock::drift::check(checked, &mut opened.findings);
        // What has drifted from under a lock has no rule to name, and that is said already.
        if opened.findings.count().0 == before {
            set::explain_all(checked, &mut opened.findings);
        }
    }
    let (findings, sources) = (&opened.findings, &opened.sources);
    match args.format {
        Format::Human => context.show(findings, sources),
        Format::Json => {
            if data(show::json(findings, sources, context.lang).as_bytes()) == End::CouldNotRun {
                return Ok(End::CouldNotRun);
            }
        }
        Format::Github => {
            if data(show::github(findings, sources, context.lang).as_bytes()) == End::CouldNotRun {
                return Ok(End::CouldNotRun);
            }
        }
    }
    let (errors, warnings) = findings.count();
    if errors > 0 || args.deny_warnings && warnings > 0 {
        return Ok(End::Findings);
    }
    if findings.is_empty() {
        context.say("intet at bemærke", "nothing to remark");
    }
    Ok(End::Fine)
}
