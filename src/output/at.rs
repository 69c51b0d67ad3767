//! The bylaw as it is in force on a day, framed with what is decided and not yet in force.

use super::Files;
use super::describe::{document_date, effect_words, frame};
use super::manifest::{Entry, tool};
use super::set::{BuildError, Maker, Pdf, json};
use crate::check::Checked;
use crate::compile::Compiled;
use crate::diag::Findings;
use crate::document::print::markdown;
use crate::lang::danish;
use crate::render::frame::Frame;
use crate::render::view::BylawDoc;
use crate::render::{docx, html, pdf};
use jiff::civil::Date;
use serde::Serialize;

/// Is what is said of a text on a day beside the text: what it was made of and what it holds.
#[derive(Serialize)]
struct Manifest {
    tool: String,
    typst: Option<String>,
    /// The day.
    at: String,
    pdf: bool,
    notice: String,
    inputs: Vec<Entry>,
    outputs: Vec<Entry>,
}

/// Makes the documents of the text on a day, and proves them.
pub fn build(
    checked: &Checked,
    date: Date,
    pdf: &Pdf<'_>,
    progress: &mut dyn FnMut(&str),
    findings: &mut Findings,
) -> Result<Files, BuildError> {
    super::set::baseline(checked, findings);
    let Some(compiled) = checked.version(checked.model.on_day(date)) else { return Err(BuildError::Findings) };
    if findings.has_errors() {
        return Err(BuildError::Findings);
    }
    let mut maker = Maker::new(checked, pdf, progress);
    maker.text(compiled, framed(checked, date))?;
    let mut files: Files = maker.files;
    crate::proof::prove_text(&files, matches!(pdf, Pdf::With(_)), findings);
    if findings.has_errors() {
        return Err(BuildError::Findings);
    }
    let typst = match pdf {
        Pdf::With(typst) => Some(typst.version().to_string()),
        Pdf::Without => None,
    };
    let manifest = Manifest {
        tool: tool(),
        pdf: typst.is_some(),
        typst,
        at: date.to_string(),
        notice: checked.model.rules.bylaw.notice.clone(),
        inputs: super::manifest::inputs(&checked.model),
        outputs: files.iter().map(|(path, bytes)| Entry::new(path, bytes)).collect(),
    };
    files.insert("manifest.json".into(), json(&manifest));
    Ok(files)
}

impl Maker<'_> {
    /// Puts the text of a version in every format.
    fn text(&mut self, compiled: &Compiled, frame: Frame) -> Result<(), BuildError> {
        let doc = BylawDoc::new(&compiled.bylaw, frame);
        self.put("", "styrelsesvedtaegt.md", markdown(&compiled.bylaw).into_bytes());
        self.put("", "styrelsesvedtaegt.html", html::bylaw_doc(&doc).into_bytes());
        self.put("", "styrelsesvedtaegt.docx", docx::bylaw(&doc));
        self.print("", "styrelsesvedtaegt.pdf", pdf::BYLAW, &doc, &doc.frame)
    }
}

/// Returns what stands around the text on a day.
pub fn framed(checked: &Checked, date: Date) -> Frame {
    let model = &checked.model;
    let mut frame = frame(model, None, "Gældende vedtægt");
    frame.date = document_date(date);
    frame.reading_line = format!("Gældende pr. {}", danish::date(date));
    let proposed = model.proposed().any(|(_, op)| op.effect.date().is_some_and(|d| d <= date));
    if proposed {
        let day = model.rules.readings.last().map(|r| format!(" {}", danish::den(r.date.value))).unwrap_or_default();
        frame.reading_line += &format!(", hvis forslaget til behandling{day} vedtages");
    }
    frame.effect_line = pending(checked, date);
    frame
}

/// Lists what is adopted or proposed and not in force on the day, by when it comes.
fn pending(checked: &Checked, date: Date) -> String {
    let model = &checked.model;
    let amendments = model.amendments(model.last_reading());
    let mut adopted: Vec<(String, Vec<String>)> = Vec::new();
    let mut proposed: Vec<(String, Vec<String>)> = Vec::new();
    let told = |op: &crate::model::Operation| !matches!(op.what, crate::model::OpWhat::Transition(..));
    let mut ops: Vec<_> =
        model.live().filter(|(_, op)| told(op) && op.effect.date().is_none_or(|d| d > date)).collect();
    ops.sort_by_key(|(id, op)| (op.effect.date().is_none(), op.effect.date(), *id));
    for (_, op) in ops {
        let Some(change) = model.rules.changes.get(op.change).filter(|c| model.counts(c, &amendments)) else {
            continue;
        };
        let list = if change.edition.is_some() { &mut adopted } else { &mut proposed };
        let when = effect_words(&op.effect);
        match list.iter_mut().find(|(other, _)| *other == when) {
            Some((_, titles)) if titles.contains(&change.title) => {}
            Some((_, titles)) => titles.push(change.title.clone()),
            None => list.push((when, vec![change.title.clone()])),
        }
    }
    let said = |what: &str, list: &[(String, Vec<String>)]| {
        let items: Vec<String> = list.iter().map(|(when, titles)| format!("{when}: {}", titles.join("; "))).collect();
        if items.is_empty() {
            None
        } else {
            Some(format!("{what}, men ikke i kraft denne dag – {}", items.join(" – ")))
        }
    };
    let lines: Vec<String> = said("Vedtaget", &adopted).into_iter().chain(said("Foreslået", &proposed)).collect();
    lines.join(". ")
}
