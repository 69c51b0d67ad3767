//! `vedtaegt diff`: what changes between two texts, from the rules, from files or from two project folders.

use super::project;
use super::{Context, End, talk};
use crate::check::Checked;
use crate::compile::Compiled;
use crate::diff::{Identity, NoCauses, Redline, compare, segments};
use crate::document::Bylaw;
use crate::model::{Model, Version};
use crate::output::StateCauses;
use crate::output::describe::{Describer, frame};
use crate::parse::loose;
use crate::render::frame::Frame;
use crate::render::view::{ChangeInfo, RedlineDoc};
use crate::render::{data, docx, html, markdown, text};
use clap::ValueEnum;
use std::io::IsTerminal;
use std::path::Path;

/// Vis forskellen mellem to tekster
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt diff [VALG] <GAMMEL> <NY>",
    after_help = "\
Hver side kan være: current, reading-1, reading-2, en dato, en .md-fil eller en projektmappe.

Eksempler:
  vedtaegt diff current reading-2
  vedtaegt diff 2026-07-31 2026-08-01
  vedtaegt diff gammel.md ny.md --format html > redline.html
  vedtaegt diff gammel.md ny.md --format docx > redline.docx
  vedtaegt diff ../main . --format md"
)]
pub(super) struct Args {
    /// Den gamle tekst
    #[arg(help_heading = "Tekster", display_order = 1, value_name = "GAMMEL")]
    old: String,
    /// Den nye tekst
    #[arg(help_heading = "Tekster", display_order = 2, value_name = "NY")]
    new: String,
    /// Hvordan forskellen vises: text, md, html, docx, json eller segments (ellers text)
    #[arg(long, value_name = "FORM", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Md,
    Html,
    Docx,
    Json,
    Segments,
}

/// Is one side of the comparison.
enum Side {
    /// A version of the project at hand.
    Version(String),
    /// A version of another project.
    Project(Box<Checked>, Version),
    /// A text from a file.
    File(Bylaw),
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let mut own: Option<Checked> = None;
    let mut sides = Vec::new();
    for which in [&args.old, &args.new] {
        match side(context, which, &mut own)? {
            Ok(side) => sides.push(side),
            Err(end) => return Ok(end),
        }
    }
    let (Some(new), Some(old)) = (sides.pop(), sides.pop()) else { return Ok(End::CouldNotRun) };
    let own = own.as_ref();
    let (Some((a, before)), Some((b, after))) = (tree(&old, own), tree(&new, own)) else { return Ok(End::CouldNotRun) };
    let kind = format!("Forskel fra {} til {}", args.old, args.new);
    // Only the page and the data need the whole document.
    let whole = matches!(args.format, Format::Html | Format::Docx | Format::Json);
    let (redline, doc, infos) = match (before, after, model(&new, own)) {
        // The rules of the new side say why; what the old side's rules had otherwise has no operation to name.
        (Some(before), Some(after), Some(model)) => {
            let redline = compare(a, b, Identity::Known, &StateCauses { model, state: &after.state });
            let describer = Describer::new(model, before, after);
            let infos = if whole { describer.infos(&redline) } else { Vec::new() };
            let doc = whole
                .then(|| RedlineDoc::new(frame(model, None, &kind), &redline, &infos, &describer.administrations()));
            (redline, doc, infos)
        }
        _ => {
            let redline = compare(a, b, Identity::Unknown, &NoCauses);
            let frame = || Frame { kind, document_title: b.title.to_plain(), ..Frame::default() };
            let doc = whole.then(|| RedlineDoc::new(frame(), &redline, &[], &[]));
            (redline, doc, Vec::new())
        }
    };
    if !redline.rows.iter().any(crate::diff::Row::is_marked) {
        context.say("ingen forskel", "no difference");
    }
    let bytes = print(args.format, &redline, doc.as_ref(), &infos);
    // The program ends here; taking a large comparison apart first would only cost time.
    std::mem::forget((redline, doc, old, new));
    Ok(super::data(&bytes))
}

fn print(format: Format, redline: &Redline, doc: Option<&RedlineDoc>, infos: &[ChangeInfo]) -> Vec<u8> {
    match format {
        Format::Text => {
            let color = std::io::stdout().is_terminal() && crate::world::environment("NO_COLOR").is_none();
            text::redline(redline, color).into_bytes()
        }
        Format::Md => markdown::redline(redline).into_bytes(),
        Format::Html => doc.map(|doc| html::redline(doc).into_bytes()).unwrap_or_default(),
        Format::Docx => doc.map(docx::redline).unwrap_or_default(),
        Format::Json => doc.map(|doc| crate::output::set::json(&data::data(redline, doc, infos))).unwrap_or_default(),
        Format::Segments => {
            let list: Vec<(String, String)> =
                segments(redline).into_iter().map(|(op, text)| (op.to_string(), text)).collect();
            let mut out = serde_json::to_vec(&list).unwrap_or_default();
            out.push(b'\n');
            out
        }
    }
}

fn tree<'a>(side: &'a Side, own: Option<&'a Checked>) -> Option<(&'a Bylaw, Option<&'a Compiled>)> {
    let compiled = match side {
        Side::File(bylaw) => return Some((bylaw, None)),
        Side::Version(which) => project::version(which, own?)?,
        Side::Project(checked, version) => checked.version(*version)?,
    };
    Some((&compiled.bylaw, Some(compiled)))
}

fn model<'a>(side: &'a Side, own: Option<&'a Checked>) -> Option<&'a Model> {
    match side {
        Side::File(_) => None,
        Side::Version(_) => own.map(|checked| &checked.model),
        Side::Project(checked, _) => Some(&checked.model),
    }
}

/// Finds out what one side is; `Err` holds how to end.
fn side(context: &Context, which: &str, own: &mut Option<Checked>) -> anyhow::Result<Result<Side, End>> {
    let path = Path::new(which);
    if path.is_dir() {
        return Ok(match project::sound(context, path)? {
            Ok((_, checked)) => {
                let version = Version::reading(checked.model.last_reading());
                Ok(Side::Project(Box::new(checked), version))
            }
            Err(end) => Err(end),
        });
    }
    if path.is_file() {
        let bytes = std::fs::read(path)?;
        if bytes.len() > 64 << 20 {
            context.say(&format!("{which} er for stor"), &format!("{which} is too large"));
            return Ok(Err(End::CouldNotRun));
        }
        let Ok(text) = String::from_utf8(bytes) else {
            context.say(&format!("{which} er ikke UTF-8"), &format!("{which} is not UTF-8"));
            return Ok(Err(End::CouldNotRun));
        };
        let (bylaw, notes) = loose::read(&text);
        for note in notes {
            talk(&format!("{which}: {note}"));
        }
        return Ok(Ok(Side::File(bylaw)));
    }
    if own.is_none() {
        match project::sound(context, &context.project)? {
            Ok((_, checked)) => *own = Some(checked),
            Err(end) => return Ok(Err(end)),
        }
    }
    let known = own.as_ref().is_some_and(|checked| project::version(which, checked).is_some());
    Ok(match known.then(|| which.to_string()) {
        Some(which) => Ok(Side::Version(which)),
        None => {
            context.say(
                &format!("»{which}« er hverken current, reading-1, reading-2, en dato, en fil eller en projektmappe"),
                &format!("`{which}` is neither current, reading-1, reading-2, a date, a file nor a project folder"),
            );
            Err(End::CouldNotRun)
        }
    })
}
