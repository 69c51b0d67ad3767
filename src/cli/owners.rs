//! `vedtaegt owners`: who owns what, over time or on a day.

use super::project;
use super::{Context, End, data, talk};
use crate::check::Checked;
use crate::diag::Findings;
use crate::lang::danish;
use crate::model::{Model, Owner, Tenure, Version};
use crate::output::set::json;
use crate::rules::{Piece, TaskRule, Wording};
use clap::ValueEnum;
use jiff::civil::Date;
use serde::Serialize;

/// Vis, hvem der har hvilke opgaver, og fra hvornår
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt owners [VALG]",
    after_help = "\
Eksempler:
  vedtaegt owners --task bemandede-legepladser
  vedtaegt owners --at 2026-03-01 --format json
  vedtaegt owners --format csv > ejere.csv"
)]
pub(super) struct Args {
    /// Kun på denne dag (ÅÅÅÅ-MM-DD)
    #[arg(long, value_name = "DATO")]
    at: Option<String>,
    /// Kun denne opgave
    #[arg(long, value_name = "ID")]
    task: Option<String>,
    /// Hvordan svaret vises: table, json eller csv (ellers table)
    #[arg(long, value_name = "FORM", default_value = "table", hide_default_value = true, hide_possible_values = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

/// Is one line of the answer.
#[derive(Serialize)]
struct Line {
    task: String,
    part: String,
    wording: String,
    owner: String,
    name: String,
    /// The first day; nothing for always.
    from: Option<String>,
    /// The last day; nothing for good.
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let (_, checked) = match project::sound(context, &context.project)? {
        Ok(both) => both,
        Err(end) => return Ok(end),
    };
    let model = &checked.model;
    let at = match args.at.as_deref().map(str::parse::<Date>) {
        Some(Err(_)) => {
            let text = args.at.as_deref().unwrap_or_default();
            context.say(
                &format!("»{text}« er ikke en dato; skriv den som 2026-01-31"),
                &format!("`{text}` is no date; write it as 2026-01-31"),
            );
            return Ok(End::CouldNotRun);
        }
        Some(Ok(date)) => Some(date),
        None => None,
    };
    if let Some(id) = &args.task
        && model.task(id).is_none()
    {
        let known: Vec<&str> = model.rules.tasks.iter().map(|t| t.id.value.as_str()).collect();
        let near = crate::rules::read::nearest(id, &known);
        let hint = near.map(|n| format!(" ({n}?)")).unwrap_or_default();
        context.say(&format!("der er ingen opgave »{id}«{hint}"), &format!("there is no task `{id}`{hint}"));
        return Ok(End::Findings);
    }
    let lines = lines(&checked, at, args.task.as_deref());
    let out = match args.format {
        Format::Json => json(&lines),
        Format::Csv => csv(&lines).into_bytes(),
        Format::Table => table(&lines, at).into_bytes(),
    };
    Ok(data(&out))
}

fn lines(checked: &Checked, at: Option<Date>, only: Option<&str>) -> Vec<Line> {
    let model = &checked.model;
    let day = at.and_then(|at| project::moment(&at.to_string(), checked)).unwrap_or_else(Version::in_force);
    let state = checked.version(day).map(|c| &c.state);
    let ownership = model.ownership(model.last_reading(), &mut Findings::default());
    let lives = model.lives(model.last_reading());
    let mut out = Vec::new();
    for task in model.rules.tasks.iter().filter(|t| only.is_none_or(|o| o == t.id.value)) {
        let life = lives.task(&task.id.value);
        if at.is_some_and(|at| !life.holds(at)) {
            continue;
        }
        for part in &task.parts {
            let key = crate::model::PartKey { task: task.id.value.clone(), part: part.id.value.clone() };
            let all = ownership.tenures.get(&key).map(Vec::as_slice).unwrap_or_default();
            let shown: Vec<&Tenure> = match at {
                Some(date) => ownership.owner(&key, Some(date)).into_iter().collect(),
                None => all.iter().collect(),
            };
            let last = all.last();
            for tenure in shown {
                let (from, to) = life.within(tenure.from, tenure.to);
                if from.zip(to).is_some_and(|(from, to)| from >= to) {
                    continue;
                }
                let pending = ownership.pending.get(&key).filter(|_| last == Some(tenure)).map(|list| {
                    let words: Vec<String> = list
                        .iter()
                        .map(|p| {
                            format!("{} ({})", name(model, &p.to, at), crate::output::describe::effect_words(&p.effect))
                        })
                        .collect();
                    words.join("; ")
                });
                let wording = state.filter(|_| task.is_whole()).map(|s| s.wording(task));
                let wording = wording.as_ref().unwrap_or(&part.wording);
                let tenure = Tenure { from, to, ..tenure.clone() };
                out.push(line(model, task, &part.id.value, wording, &tenure, at, pending));
            }
        }
    }
    out
}

fn line(
    model: &Model,
    task: &TaskRule,
    part: &str,
    wording: &Wording,
    tenure: &Tenure,
    at: Option<Date>,
    pending: Option<String>,
) -> Line {
    Line {
        task: task.id.value.clone(),
        part: if task.is_whole() { String::new() } else { part.to_string() },
        wording: plain(model, wording, at.or(tenure.from)),
        owner: tenure.owner.id().to_string(),
        name: name(model, &tenure.owner, at.or(tenure.from)),
        from: tenure.from.map(|d| d.to_string()),
        until: tenure.to.and_then(|d| d.yesterday().ok()).map(|d| d.to_string()),
        pending,
    }
}

/// Returns an owner's name on a day.
fn name(model: &Model, owner: &Owner, at: Option<Date>) -> String {
    match owner {
        Owner::Committee(id) => committee_name(model, id, at),
        Owner::Council { basis } => format!("{} ({basis})", model.rules.bylaw.council),
    }
}

fn committee_name(model: &Model, id: &str, at: Option<Date>) -> String {
    let Some(committee) = model.committee(id) else { return id.to_string() };
    let mut name = committee.names.first();
    for (date, op) in model.ordered(model.last_reading()) {
        if at.is_some_and(|at| date <= at)
            && let Some(crate::model::OpWhat::Rename(rename)) = model.operation(op).map(|o| &o.what)
            && rename.committee.value == id
        {
            name = committee.names.iter().find(|n| n.id.value == rename.to.value);
        }
    }
    name.map_or_else(|| id.to_string(), |n| n.committee.definite.value.clone())
}

fn plain(model: &Model, wording: &Wording, at: Option<Date>) -> String {
    wording
        .pieces
        .iter()
        .map(|p| match p {
            Piece::Text(text) => text.clone(),
            Piece::Name { committee, .. } => committee_name(model, committee, at),
            _ => "…".to_string(),
        })
        .collect()
}

fn csv(lines: &[Line]) -> String {
    let quote = |text: &str| {
        // A cell that a spreadsheet would take for a formula is made text.
        let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_string() };
        if text.contains([',', ';', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let mut out = String::from("task,part,wording,owner,name,from,until,pending\n");
    for l in lines {
        let from = l.from.clone().unwrap_or_default();
        let until = l.until.clone().unwrap_or_default();
        let pending = l.pending.clone().unwrap_or_default();
        let cells = [&l.task, &l.part, &l.wording, &l.owner, &l.name, &from, &until, &pending];
        out += &cells.map(|c| quote(c)).join(",");
        out.push('\n');
    }
    out
}

fn table(lines: &[Line], at: Option<Date>) -> String {
    let mut out = String::new();
    if let Some(date) = at {
        out += &format!("Ansvaret den {}\n\n", danish::date(date));
    }
    let mut before = "";
    for l in lines {
        if l.task != before {
            out += &format!("{}\n", l.task);
            before = &l.task;
        }
        let what = if l.part.is_empty() { &l.wording } else { &l.part };
        let time = match (&l.from, &l.until) {
            _ if at.is_some() => String::new(),
            (None, None) => String::new(),
            (None, Some(until)) => format!("  til og med {}", short(until)),
            (Some(from), None) => format!("  fra {}", short(from)),
            (Some(from), Some(until)) => format!("  fra {} til og med {}", short(from), short(until)),
        };
        let pending = l.pending.as_ref().map(|p| format!("  → senere: {p}")).unwrap_or_default();
        out += &format!("  {:<14} {}{time}  · {what}{pending}\n", l.owner, l.name);
    }
    if lines.is_empty() {
        talk("ingen opgaver");
    }
    out
}

/// Writes an ISO date as 1.1.2026.
fn short(iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.to_string(), |d| format!("{}.{}.{}", d.day(), d.month(), d.year()))
}
