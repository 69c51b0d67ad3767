//! The papers around the text: cover papers, implementation plans, the follow-up list.
//!
//! ```text
//!  model + redline ──context──▶ template (Tera) ──▶ Markdown ──profile──▶ Paper ──▶ md · pdf · docx
//!                                    rules/papers/<paper>/<heading>.md ──▲
//! ```

pub mod context;
pub mod follow;
pub mod ics;
pub mod moves;
pub mod names;
pub mod profile;

use super::describe::{Describer, frame};
use super::{StateCauses, flow};
use crate::check::Checked;
use crate::diag::{Code, Diagnostic, Findings};
use crate::diff::{Identity, compare};
use crate::document::print::escape;
use crate::lang::stock;
use crate::model::{Model, Version};
use crate::render::frame::Frame;
use crate::render::paper::{Block, Figure, Look, Paper, Span as Words, Style};
use crate::report;
use crate::rules::ReadingRule;
use crate::rules::read::nearest;
use crate::source::{FileId, Sources, Span};
use crate::template::Templates;
use context::{Attachment, Context};
use names::Names;
use profile::{Author, Piece, Trouble};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The cover paper.
pub const COVER: &str = "indstilling";
/// The follow-up list.
pub const FOLLOW_UP: &str = "opfoelgning";
/// The folder of the plans, and the template of a plan.
pub const PLAN: &str = "implementering";

/// Are the papers of a project.
#[derive(Default)]
pub struct Papers {
    /// The cover papers by reading.
    pub covers: BTreeMap<i64, Paper>,
    /// The plans by the id of the change, in the order of the files.
    pub plans: Vec<(String, Paper)>,
    /// The follow-up list.
    pub follow_up: Paper,
    /// The same as a calendar.
    pub calendar: String,
}

/// Makes every paper; what a template or a text has that no paper can is a finding. `attachments` says what lies beside
/// a cover paper.
pub fn papers(checked: &Checked, attachments: &dyn Fn(i64) -> Vec<Attachment>, findings: &mut Findings) -> Papers {
    let mut out = Papers::default();
    let rules = &checked.model.rules;
    let Some(templates) = Templates::load(rules, findings) else { return out };
    let mut maker = Maker { model: &checked.model, templates, texts: BTreeMap::new(), asked: BTreeMap::new() };
    maker.texts(findings);
    let last = checked.model.last_reading();
    for reading in &rules.readings {
        maker.reading(checked, reading, attachments, last, &mut out, findings);
    }
    if !rules.readings.is_empty() && !findings.has_errors() {
        maker.unasked(findings);
    }
    out
}

struct Maker<'a> {
    model: &'a Model,
    templates: Templates,
    /// What people wrote, by paper and heading.
    texts: BTreeMap<(String, String), Vec<Block>>,
    /// The headings that each paper asks for.
    asked: BTreeMap<String, BTreeSet<String>>,
}

impl Maker<'_> {
    fn reading(
        &mut self,
        checked: &Checked,
        reading: &ReadingRule,
        attachments: &dyn Fn(i64) -> Vec<Attachment>,
        last: i64,
        out: &mut Papers,
        findings: &mut Findings,
    ) {
        let number = reading.number.value;
        let versions = (checked.version(Version::in_force()), checked.version(Version::reading(number)));
        let (Some(before), Some(after)) = versions else { return };
        let model = self.model;
        let names = Names::new(model, before, after);
        let redline =
            compare(&before.bylaw, &after.bylaw, Identity::Known, &StateCauses { model, state: &after.state });
        let describer = Describer::new(model, before, after);
        let infos = describer.infos(&redline);
        let maker = context::Maker { names: &names, reading, redline: &redline, infos: &infos, describer: &describer };
        let (mut context, all) = maker.context(attachments(number));
        let views = context.moved();
        let plan = |v: &context::ChangeView| Attachment {
            title: format!("Implementeringsplan: {}", v.title),
            file: format!("../{PLAN}/{}.md", v.id),
        };
        context.attachments.extend(views.iter().map(plan));
        let list = Attachment { title: "Opfølgningsliste".into(), file: format!("../{FOLLOW_UP}.md") };
        context.attachments.push(list);
        let picture = flow::figure(&all, &names);
        let frame = |kind: &str| frame(model, Some(reading), kind);
        if let Some(paper) = self.paper(COVER, COVER, &context, &picture, frame("Indstilling"), findings) {
            out.covers.insert(number, paper);
        }
        if number != last {
            return;
        }
        if let Some(paper) = self.paper(FOLLOW_UP, FOLLOW_UP, &context, &picture, frame("Opfølgningsliste"), findings)
        {
            out.follow_up = paper;
        }
        out.calendar = ics::calendar(&context, reading.date.value);
        for view in &views {
            let plan = maker.plan(&context, view, &all);
            let own: Vec<moves::Move> = all.iter().filter(|m| m.change == view.id).cloned().collect();
            let picture = flow::figure(&own, &names);
            context.change = Some(plan);
            if let Some(paper) = self.paper(PLAN, &view.id, &context, &picture, frame("Implementeringsplan"), findings)
            {
                out.plans.push((view.id.clone(), paper));
            }
        }
    }

    /// Reads what people wrote.
    fn texts(&mut self, findings: &mut Findings) {
        let rules = &self.model.rules;
        for text in &rules.papers {
            let Some(source) = rules.sources.get(text.file) else { continue };
            let (pieces, troubles) = profile::read(&source.text, Author::People);
            for trouble in troubles {
                report(&trouble, &source.text, Some(text.file), &source.path, findings);
            }
            let blocks: Vec<Block> =
                pieces.into_iter().filter_map(|p| if let Piece::Block(b) = p { Some(b) } else { None }).collect();
            // An empty file is nothing written yet.
            if !blocks.is_empty() {
                self.texts.insert((text.paper.clone(), text.heading.clone()), blocks);
            }
        }
    }

    /// Reports texts that no paper asks for: what they say would silently be forgotten.
    fn unasked(&self, findings: &mut Findings) {
        for text in &self.model.rules.papers {
            let asked = self.asked.get(&text.paper);
            if asked.is_some_and(|a| a.contains(&text.heading)) {
                continue;
            }
            let path = self.model.rules.sources.path(text.file);
            let papers: Vec<&str> = self.asked.keys().map(String::as_str).collect();
            let paper = if asked.is_some() { Some(text.paper.as_str()) } else { nearest(&text.paper, &papers) };
            let headings: Vec<&str> =
                paper.and_then(|p| self.asked.get(p)).into_iter().flatten().map(String::as_str).collect();
            let heading = nearest(&text.heading, &headings).or(headings.first().copied());
            let name = paper.zip(heading).map(|(p, h)| format!("rules/papers/{p}/{h}.md")).unwrap_or_default();
            report!(findings, Code::UnknownFile, Span { file: text.file, start: 0, end: 0 }, file = path, name = name);
        }
    }

    /// Makes a paper from its template.
    fn paper(
        &mut self,
        template: &str,
        id: &str,
        context: &Context,
        picture: &Figure,
        mut frame: Frame,
        findings: &mut Findings,
    ) -> Option<Paper> {
        let name = format!("papers/{template}.md.tera");
        let sources = &self.model.rules.sources;
        let text = self.templates.render(&name, &escaped(context)?, sources, findings)?;
        let text = text.replace("⟦lp⟧", "⟦");
        let (pieces, troubles) = profile::read(&text, Author::Template);
        for trouble in &troubles {
            self.in_template(&name, trouble, &text, sources, findings);
        }
        let asked = self.asked.entry(id.to_string()).or_default();
        let mut blocks = Vec::new();
        for piece in pieces {
            match piece {
                // The title is the paper's own; the text it is about is named in it or just below.
                Piece::Title(title) => (frame.kind, frame.document_title) = (title, String::new()),
                Piece::Block(block) => blocks.push(block),
                Piece::Slot(heading, by) => {
                    asked.insert(heading.clone());
                    match self.texts.get(&(id.to_string(), heading)) {
                        Some(written) => blocks.extend(written.iter().cloned()),
                        None => {
                            let missing = Words::new(Look::Missing, format!("[udfyldes af {by}]"));
                            blocks.push(Block::styled(Style::Body, vec![missing]));
                        }
                    }
                }
                Piece::Picture(_, caption) => {
                    blocks.push(Block::Figure(Figure { caption, ..picture.clone() }));
                }
            }
        }
        // What stands before the first heading introduces the paper.
        if let Some(Block::Paragraph { style, .. }) = blocks.first_mut() {
            *style = Style::Lead;
        }
        Some(Paper { frame, blocks })
    }

    /// Reports what a template writes that no paper can have, where the line stands in the template if it does.
    fn in_template(&self, name: &str, trouble: &Trouble, text: &str, sources: &Sources, findings: &mut Findings) {
        let file = self.templates.file(name);
        let line = text.get(trouble.at.clone()).unwrap_or_default().lines().next().unwrap_or_default().trim();
        let source = file.and_then(|f| sources.get(f)).map(|f| f.text.as_str()).unwrap_or_default();
        let at = if line.is_empty() { None } else { source.find(line) };
        let here = at.map(|start| Trouble { reason: trouble.reason, at: start..start + line.len() });
        let path = format!("templates/{name}");
        match here {
            Some(here) => report(&here, source, file, &path, findings),
            None => report(trouble, text, None, &path, findings),
        }
    }
}

/// Reports a trouble at its place.
fn report(trouble: &Trouble, text: &str, file: Option<FileId>, path: &str, findings: &mut Findings) {
    let (start, end) = (trouble.at.start as u32, trouble.at.end as u32);
    let found = text.get(trouble.at.clone()).unwrap_or_default().lines().next().unwrap_or_default();
    let diagnostic = Diagnostic::new(Code::PaperText, file.map(|file| Span { file, start, end }))
        .arg("file", path)
        .arg("reason", stock(trouble.reason))
        .arg("found", found);
    findings.push(diagnostic);
}

/// Returns the context with every text escaped for Markdown, on one line and unable to begin a list.
fn escaped(context: &impl Serialize) -> Option<tera::Context> {
    let mut value = serde_json::to_value(context).ok()?;
    escape_all(&mut value);
    tera::Context::from_serialize(&value).ok()
}

fn escape_all(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => {
            let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            *text = guarded(&escape(&line));
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(escape_all),
        serde_json::Value::Object(map) => map.iter_mut().for_each(|(_, v)| escape_all(v)),
        _ => {}
    }
}

/// Takes the look of a list item away from the beginning of a text.
fn guarded(text: &str) -> String {
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mark = text.get(digits..).and_then(|rest| rest.chars().next()).filter(|c| matches!(c, '.' | ')'));
    match mark {
        Some(mark) if digits > 0 => format!("{}\\{mark}{}", &text[..digits], &text[digits + 1..]),
        _ => text.to_string(),
    }
}
