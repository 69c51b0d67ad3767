//! `vedtaegt coverage`: how each clause of the agreement is discharged, and where.

use super::project;
use super::{Context, End, data, talk};
use crate::output::coverage::{Coverage, coverage, reviewed};
use crate::output::set::json;
use crate::output::step::{Plan, Project};
use crate::rules::REVIEWED;
use clap::ValueEnum;

/// Vis, hvordan hvert led i aftalen er opfyldt, og hvor
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt coverage [VALG]",
    after_help = "\
Eksempler:
  vedtaegt coverage                  hvert led: ændring, forpligtelse eller hvorfor intet følger (1, hvis et led mangler)
  vedtaegt coverage --reviewed 5.1   leddet har fået ny ordlyd, og reglerne passer stadig
  vedtaegt coverage --accept         alle led er set efter

Ordlyden, der er set på, huskes i rules/reviewed.yaml."
)]
pub(super) struct Args {
    /// Hvordan svaret vises: table eller json (ellers table)
    #[arg(long, value_name = "FORM", default_value = "table", hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Disse led er set efter (flere med komma imellem)
    #[arg(long, value_name = "LED", value_delimiter = ',', conflicts_with = "accept")]
    reviewed: Vec<String>,
    /// Alle led er set efter
    #[arg(long)]
    accept: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    // A clause that nothing discharges is an error of the rules, and this is where it must show.
    let opened = project::open(context, &context.project)?;
    let Some(checked) = &opened.checked else {
        context.show(&opened.findings, &opened.sources);
        return Ok(End::Findings);
    };
    let agreement = &checked.model.rules.agreement;
    if agreement.clauses.is_empty() {
        context.say(
            "projektet har ingen aftale (rules/agreement.yaml)",
            "the project has no agreement (rules/agreement.yaml)",
        );
        return Ok(End::Fine);
    }
    if args.accept || !args.reviewed.is_empty() {
        if let Some(unknown) = args.reviewed.iter().find(|id| agreement.clause(id).is_none()) {
            context.say(
                &format!("der er intet led »{unknown}« i aftalen"),
                &format!("the agreement has no clause `{unknown}`"),
            );
            return Ok(End::CouldNotRun);
        }
        let looked = if args.accept { None } else { Some(args.reviewed.as_slice()) };
        let text = reviewed(agreement, checked.model.rules.reviewed.as_ref(), looked);
        let mut plan = Plan::default();
        plan.puts.insert(REVIEWED.into(), text.into_bytes());
        let step = Project::new(&opened.root);
        let trouble = |e: crate::output::write::WriteError| anyhow::anyhow!("{}", e.say(context.lang));
        let _lock = step.lock().map_err(trouble)?;
        step.take(&plan).map_err(trouble)?;
        let count = if args.accept { agreement.clauses.len() } else { args.reviewed.len() };
        context.say(
            &format!("{count} led er set efter; husket i {REVIEWED}"),
            &format!("{count} clauses are reviewed; kept in {REVIEWED}"),
        );
        return Ok(End::Fine);
    }
    let table = coverage(checked);
    let end = match args.format {
        Format::Json => data(&json(&table)),
        Format::Table => data(print(&table).as_bytes()),
    };
    if end == End::CouldNotRun {
        return Ok(end);
    }
    let (count, open, suspect) = (table.clauses, table.undischarged.len(), table.suspect.len());
    context.say(
        &format!("{count} led, heraf {open} uopfyldte og {suspect}, der skal ses efter igen"),
        &format!("{count} clauses, {open} of them undischarged, {suspect} to look at again"),
    );
    for id in &table.undischarged {
        talk(&format!("  {id}"));
    }
    Ok(if table.undischarged.is_empty() { End::Fine } else { End::Findings })
}

fn print(table: &Coverage) -> String {
    let mut out = String::new();
    for area in table.areas.iter().filter(|a| !a.clauses.is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        match area.number {
            Some(number) => out += &format!("Område {number}: {}\n", area.title),
            None => out += &format!("{}\n", area.title),
        }
        for clause in &area.clauses {
            let sign = if clause.discharged { "✓" } else { "✗" };
            let suspect = if clause.suspect { "  (ændret; skal ses efter)" } else { "" };
            out += &format!("  {sign} {}  {}{suspect}\n", clause.id, clause.text);
            if !clause.discharged {
                out += "      intet opfylder leddet\n";
            }
            for by in &clause.by {
                let places =
                    if by.addresses.is_empty() { String::new() } else { format!("  [{}]", by.addresses.join("; ")) };
                let when = if by.when.is_empty() { String::new() } else { format!("{}: ", by.when) };
                let said = match by.kind {
                    "no-effect" => format!("uden virkning for vedtægten: {}", by.what),
                    "obligation" => by.what.clone(),
                    _ => format!("{when}{}", by.what),
                };
                out += &format!("      {said}{places}  · {}\n", by.rule);
            }
        }
    }
    out
}
