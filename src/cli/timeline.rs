//! `vedtaegt timeline`: every day on which anything changes, and what waits for a day.

use super::project;
use super::{Context, End, data};
use crate::lang::danish;
use crate::output::set::json;
use crate::output::timeline::{Step, Timeline, timeline};
use clap::ValueEnum;
use jiff::civil::Date;

/// Vis, hvad der ændres hvornår, og hvad der endnu ikke har en dato
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt timeline [VALG]",
    after_help = "\
Eksempler:
  vedtaegt timeline
  vedtaegt timeline --format json"
)]
pub(super) struct Args {
    /// Hvordan svaret vises: table eller json (ellers table)
    #[arg(long, value_name = "FORM", default_value = "table", hide_default_value = true, hide_possible_values = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let (_, checked) = match project::sound(context, &context.project)? {
        Ok(both) => both,
        Err(end) => return Ok(end),
    };
    let timeline = timeline(&checked);
    Ok(match args.format {
        Format::Json => data(&json(&timeline)),
        Format::Table => {
            let text = table(&timeline);
            if text.is_empty() {
                context.say("intet ændres", "nothing changes");
            }
            data(text.as_bytes())
        }
    })
}

fn table(timeline: &Timeline) -> String {
    let mut out = String::new();
    for day in &timeline.dates {
        let date = day.date.parse::<Date>().map_or_else(|_| day.date.clone(), danish::den);
        let head = if day.kind == "latest" { format!("senest {date}") } else { date };
        section(&mut out, &head, &day.operations);
    }
    for phase in &timeline.phases {
        section(&mut out, &format!("frem mod {} (ingen dato)", phase.towards), &phase.operations);
    }
    for entry in &timeline.conditions {
        section(&mut out, &format!("{} (ingen dato; {})", entry.text, entry.condition), &entry.operations);
    }
    out
}

fn section(out: &mut String, head: &str, steps: &[Step]) {
    if !out.is_empty() {
        out.push('\n');
    }
    *out += &format!("{head}\n");
    let mut before = "";
    for step in steps {
        if step.title != before {
            let status =
                if step.status == "proposed" { String::new() } else { format!("  (vedtaget {})", step.status) };
            *out += &format!("  {}{status}\n", step.title);
            before = &step.title;
        }
        let places =
            if step.addresses.is_empty() { String::new() } else { format!("  [{}]", step.addresses.join("; ")) };
        let clauses =
            if step.clauses.is_empty() { String::new() } else { format!("  · led {}", step.clauses.join(", ")) };
        let waited = step.waited_for.as_ref().map(|w| format!("  (var: {w})")).unwrap_or_default();
        *out += &format!("    {}{places}{clauses}{waited}\n", step.what);
    }
}
