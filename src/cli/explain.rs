//! `vedtaegt explain`: where a provision's words come from, or what a code means.

use super::project;
use super::{Context, End, data};
use crate::check::Checked;
use crate::diag::{Code, show};
use crate::document::units::{Unit, UnitKind, units};
use crate::document::{Address, OpId, OriginKind};
use crate::output::describe::effect_words;

/// Sig, hvor ordene på et sted i vedtægten kommer fra, eller hvad en fejlkode betyder
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt explain [VALG] <STED|KODE>",
    after_help = "\
Eksempler:
  vedtaegt explain \"§ 14, stk. 1, nr. 3\"
  vedtaegt explain --in current \"§ 14, stk. 1, nr. 3\"
  vedtaegt explain not-the-owner"
)]
pub(super) struct Args {
    /// Et sted (»§ 14, stk. 1, nr. 3«) eller en kode (not-the-owner)
    #[arg(help_heading = "Spørgsmål", value_name = "STED|KODE", required = true, num_args = 1..)]
    what: Vec<String>,
    /// I hvilken tekst: current, reading-1, reading-2 eller en dato; uden: den sidste behandling
    #[arg(long = "in", value_name = "HVILKEN")]
    which: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let what = args.what.join(" ");
    if let Some(code) = Code::parse(what.trim()) {
        return Ok(data(show::explain(code, context.lang).as_bytes()));
    }
    let Some(address) = Address::parse(&spaced(&what)) else {
        context.say(
            &format!("»{what}« er hverken et sted som »§ 14, stk. 1, nr. 3« eller en kode som »not-the-owner«"),
            &format!("`{what}` is neither a place such as `§ 14, stk. 1, nr. 3` nor a code such as `not-the-owner`"),
        );
        return Ok(End::CouldNotRun);
    };
    let (_, checked) = match project::sound(context, &context.project)? {
        Ok(both) => both,
        Err(end) => return Ok(end),
    };
    let last = project::last(&checked);
    let which = args.which.as_deref().unwrap_or(&last);
    let Some(compiled) = project::version(which, &checked) else {
        context.say(&format!("ukendt tekst »{which}«"), &format!("unknown text `{which}`"));
        return Ok(End::CouldNotRun);
    };
    let found: Vec<Unit<'_>> = units(&compiled.bylaw).into_iter().filter(|u| lies_in(&u.address, &address)).collect();
    if found.is_empty() {
        context.say(&format!("der er ingen {address} i {which}"), &format!("there is no {address} in {which}"));
        return Ok(End::Findings);
    }
    let text: String = found.iter().map(|u| describe(&checked, u)).collect();
    Ok(data(text.as_bytes()))
}

/// Puts the blanks in that people leave out: `§7a,stk.1` is § 7 a, stk. 1.
fn spaced(place: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for c in place.chars() {
        let apart = matches!(last, '§' | ',' | '.') || last.is_ascii_digit() && c.is_alphabetic();
        if apart && !c.is_whitespace() && c != ',' && c != '§' {
            out.push(' ');
        }
        out.push(c);
        last = c;
    }
    out
}

/// Says whether a place is the one asked for or lies in it; the only stk. of a § may be called stk. 1.
fn lies_in(place: &Address, asked: &Address) -> bool {
    let sub = place.subsection.or(place.section.as_ref().filter(|_| !place.heading).map(|_| 1));
    place.named.is_none()
        && asked.chapter == place.chapter.clone().filter(|_| asked.chapter.is_some())
        && (asked.section.is_none() || asked.section == place.section)
        && (asked.subsection.is_none() || asked.subsection == sub)
        && (asked.point.is_none() || asked.point == place.point)
        && (asked.letter.is_none() || asked.letter == place.letter)
}

fn describe(checked: &Checked, unit: &Unit<'_>) -> String {
    let model = &checked.model;
    let mut out = format!(
        "{}\n  {}{}\n",
        unit.address,
        if unit.label.is_empty() { String::new() } else { format!("{} ", unit.label) },
        unit.text.to_plain()
    );
    if unit.kind != UnitKind::Title {
        out += &format!("  id      {}\n", unit.id);
    }
    let mut seen = Vec::new();
    for run in &unit.text.0 {
        let Some(span) = run.origin.span else { continue };
        let (line, _) = model.rules.sources.line_column(span);
        let place = format!("{}:{line}", model.rules.sources.path(span.file));
        let what = match &run.origin.kind {
            OriginKind::Task(id) => format!("opgaven {id}"),
            OriginKind::Name { committee, form, .. } => format!("navnet {committee} ({form})"),
            OriginKind::Reference(ids) => {
                format!("henvisning til {}", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            OriginKind::External(act) => format!("henvisning til {act}"),
            OriginKind::Data(name) => format!("dato {name}"),
            _ => "ordlyd".to_string(),
        };
        let entry = format!("  regel   {place}  {what}\n");
        if !seen.contains(&entry) {
            out += &entry;
            seen.push(entry);
        }
    }
    let mut ops: Vec<OpId> = unit.op.into_iter().chain(unit.text.0.iter().filter_map(|r| r.origin.op)).collect();
    ops.sort_unstable();
    ops.dedup();
    for id in ops {
        let (Some(op), Some(file)) = (model.operation(id), model.change_of(id)) else { continue };
        let (line, _) = model.rules.sources.line_column(op.span);
        out += &format!(
            "  ændret  {}:{line}  {} ({})\n",
            model.rules.sources.path(op.span.file),
            file.title,
            effect_words(&op.effect)
        );
        for basis in &op.basis {
            if let Some(clause) = model.rules.agreement.clause(&basis.value) {
                out += &format!("  aftalen {}  {}\n", clause.id.value, clause.text);
            }
        }
    }
    out.push('\n');
    out
}
