//! Builds the files of the readings in memory and proves them before anything is written.

use super::describe::{Describer, frame};
use super::extracts::{self, Extracts};
use super::instrument::instrument;
use super::manifest::{self, Proved, manifest};
use super::paper::{PAPER, attachments};
use super::papers::{COVER, FOLLOW_UP, PLAN, follow, names::Names, papers};
use super::{Files, StateCauses, ownership, pages};
use crate::check::Checked;
use crate::compile::Compiled;
use crate::diag::{Code, Findings};
use crate::diff::{Cause, Identity, Redline, compare};
use crate::document::print::markdown;
use crate::lang::{amending, danish};
use crate::model::{Ownership, Version};
use crate::proof::{Figure, prove};
use crate::render::docx;
use crate::render::frame::Frame;
use crate::render::pdf::{self, PdfError, Typst};
use crate::render::view::{BylawDoc, ChangeInfo, LayersDoc, RedlineDoc, TraceDoc};
use crate::render::{html, layers};
use crate::report;
use crate::rules::ReadingRule;
use serde::Serialize;

/// Says whether PDFs are made.
pub enum Pdf<'a> {
    /// With this Typst.
    With(&'a Typst),
    /// No; the manifest says so.
    Without,
}

/// Says why a set could not be built.
#[derive(Debug)]
pub enum BuildError {
    /// There are findings.
    Findings,
    /// A PDF could not be made; which, and why.
    Pdf(String, PdfError),
}

/// Builds the folders of the given readings. `progress` is told each file's path before it is made.
pub fn build(
    checked: &Checked,
    readings: &[i64],
    pdf: &Pdf<'_>,
    progress: &mut dyn FnMut(&str),
    findings: &mut Findings,
) -> Result<Files, BuildError> {
    baseline(checked, findings);
    let mut maker = Maker::new(checked, pdf, progress);
    for reading in &checked.model.rules.readings {
        if !readings.contains(&reading.number.value) {
            continue;
        }
        // What was put to the council is copied, never made again.
        if let Some(lock) = checked.locks.of(reading.number.value) {
            maker.files.extend(lock.output());
        } else {
            maker.reading(reading, findings)?;
        }
    }
    maker.papers(readings, findings)?;
    if findings.has_errors() {
        return Err(BuildError::Findings);
    }
    let mut files = maker.files;
    seal(checked, readings, pdf, &mut files, findings);
    if findings.has_errors() { Err(BuildError::Findings) } else { Ok(files) }
}

/// Writes the manifests, proves the files as they will lie on disk, and notes the figures.
fn seal(checked: &Checked, readings: &[i64], pdf: &Pdf<'_>, files: &mut Files, findings: &mut Findings) {
    let typst = match pdf {
        Pdf::With(typst) => Some(typst.version()),
        Pdf::Without => None,
    };
    let current = current(checked).unwrap_or_default();
    let manifests = |files: &mut Files, figures: &[Figure]| {
        let made = |number: &&i64| checked.locks.of(**number).is_none();
        for number in std::iter::once(&0).chain(readings.iter().filter(made)) {
            let proofs = figures.iter().filter(|f| f.reading == *number).map(proved).collect();
            let manifest = manifest(checked, *number, typst, files, proofs);
            files.insert(manifest::path(*number), json(&manifest));
        }
    };
    // The first round only counts: a manifest without its figures is not yet the one that must hold.
    manifests(files, &[]);
    let figures = prove(files, &current, &mut Findings::default());
    manifests(files, &figures);
    prove(files, &current, findings);
}

fn proved(figure: &Figure) -> Proved {
    Proved {
        proof: figure.proof.to_string(),
        file: figure.file.clone(),
        checked: figure.checked,
        what: figure.what.to_string(),
    }
}

fn current(checked: &Checked) -> Option<String> {
    let rules = &checked.model.rules;
    rules.current.and_then(|file| rules.sources.get(file)).map(|f| f.text.clone())
}

/// Proof 1: the tree compiled for the state before prints exactly the text in force.
pub fn baseline(checked: &Checked, findings: &mut Findings) {
    let Some(compiled) = checked.version(Version::in_force()) else { return };
    let printed = markdown(&compiled.bylaw);
    let Some(current) = current(checked) else {
        let command = format!("vedtaegt text current > {}", crate::rules::CURRENT);
        report!(findings, Code::MissingFile, None, file = crate::rules::CURRENT, expected = command);
        return;
    };
    if printed == current {
        return;
    }
    let (mut ours, mut theirs) = (printed.lines(), current.lines());
    for line in 1.. {
        let (a, b) = (ours.next(), theirs.next());
        if a != b || a.is_none() {
            let at = checked.model.rules.current.map(|file| {
                let start: usize = current.split_inclusive('\n').take(line - 1).map(str::len).sum();
                crate::source::Span { file, start: start as u32, end: (start + b.map_or(0, str::len)) as u32 }
            });
            let (expected, found) = (a.unwrap_or("(slut)"), b.unwrap_or("(slut)"));
            report!(findings, Code::BaselineDiffers, at, line = line, expected = expected, found = found);
            return;
        }
    }
}

/// Makes the documents.
pub(super) struct Maker<'a> {
    pub(super) checked: &'a Checked,
    pdf: &'a Pdf<'a>,
    pub(super) files: Files,
    progress: &'a mut dyn FnMut(&str),
}

impl<'a> Maker<'a> {
    /// Begins an empty set.
    pub(super) fn new(checked: &'a Checked, pdf: &'a Pdf<'a>, progress: &'a mut dyn FnMut(&str)) -> Maker<'a> {
        Maker { checked, pdf, files: Files::new(), progress }
    }
}

/// Is a comparison with everything that is known of its changes.
struct Described {
    redline: Redline,
    infos: Vec<ChangeInfo>,
    doc: RedlineDoc,
}

impl Maker<'_> {
    fn reading(&mut self, reading: &ReadingRule, findings: &mut Findings) -> Result<(), BuildError> {
        let number = reading.number.value;
        let model = &self.checked.model;
        let versions = (self.checked.version(Version::in_force()), self.checked.version(Version::reading(number)));
        let (Some(before), Some(after)) = versions else { return Ok(()) };
        let folder = format!("reading-{number}");
        let frame = |kind: &str, page: &str| Frame {
            links: pages::links(model, after, page),
            ..frame(model, Some(reading), kind)
        };
        let doc = BylawDoc::new(&after.bylaw, frame("Ændret vedtægt", "styrelsesvedtaegt.html"));
        self.put(&folder, "styrelsesvedtaegt.md", markdown(&after.bylaw).into_bytes());
        self.put(&folder, "styrelsesvedtaegt.html", html::bylaw_doc(&doc).into_bytes());
        self.put(&folder, "styrelsesvedtaegt.docx", docx::bylaw(&doc));
        self.print(&folder, "styrelsesvedtaegt.pdf", pdf::BYLAW, &doc, &doc.frame)?;

        let kind = "Ændringer i forhold til den gældende tekst";
        let redline = self.redline(before, after, frame(kind, "redline.html"), findings);
        self.marked(&folder, "redline", &redline)?;
        let mut layers = None;
        if number == 2
            && let Some(first) = self.checked.version(Version::reading(1))
        {
            let kind = "Ændringer i forhold til 1. behandling";
            let mut frame = frame(kind, "redline-fra-1-behandling.html");
            let put = model.rules.readings.iter().find(|r| r.number.value == 1);
            if let Some(put) = put {
                let day = danish::den(put.date.value);
                frame.edition_line = format!("Sammenlignet med udkastet til 1. behandling {day}");
            }
            let from_first = self.redline(first, after, frame.clone(), findings);
            self.marked(&folder, "redline-fra-1-behandling", &from_first)?;
            self.put(&folder, "redline-fra-1-behandling.html", html::redline(&from_first.doc).into_bytes());
            let to_first = self.redline(before, first, frame, findings);
            let names = pages::NAMES.map(String::from);
            let page = pages::REDLINE_1.to_string();
            layers = layers::both(&to_first.doc, &from_first.doc, names, page)
                .map(|both| LayersDoc { from_first: from_first.doc, both });
            self.amendments(reading)?;
        }
        let page = match &layers {
            Some(layers) => html::review(&redline.doc, layers),
            None => html::redline(&redline.doc),
        };
        self.put(&folder, "redline.html", page.into_bytes());

        if let Some(derived) = instrument(self.checked, number) {
            self.instrument(number, frame("Forslag", "forslag.html"), &derived)?;
        }
        self.parallel(&folder, frame(amending::PARALLEL, "paralleltekst.html"), &markdown(&before.bylaw))?;

        let describer = Describer::new(model, before, after);
        let mut trace = TraceDoc::new(
            frame("Sporbarhed", "sporbarhed.html"),
            &redline.redline,
            &redline.infos,
            describer.clause_views(&redline.infos),
        );
        trace.reservations = describer.reservations();
        trace.obligations = follow::obligations(model, number, &Names::new(model, before, after));
        self.put(&folder, "sporbarhed.html", html::trace(&trace).into_bytes());
        self.put(&folder, "sporbarhed.json", json(&trace));

        let owners: Ownership = model.ownership(number, &mut Findings::default());
        let frame = frame("Ressortoversigt", "ressortoversigt.html");
        let overview = ownership::document(model, &owners, before, after, &describer, frame);
        let (doc, obligations) = (&redline.doc, &trace.obligations);
        let (redline, infos) = (&redline.redline, redline.infos.as_slice());
        let extracts = Extracts { describer: &describer, owners: &overview, redline, infos, doc, obligations };
        for (id, mut paper) in extracts.papers(&overview.frame) {
            paper.frame.links = pages::links(model, after, &pages::extract(&id));
            self.extract(&format!("{folder}/{}/{id}", extracts::FOLDER), &paper)?;
        }
        self.put(&folder, "ressortoversigt.html", html::ownership(&overview).into_bytes());
        self.put(&folder, "ressortoversigt.json", json(&overview));
        Ok(())
    }

    /// Makes the cover papers, the plans and the follow-up list.
    fn papers(&mut self, readings: &[i64], findings: &mut Findings) -> Result<(), BuildError> {
        let papers = papers(self.checked, &|n| attachments(&self.files, n), findings);
        if findings.has_errors() {
            return Err(BuildError::Findings);
        }
        // The cover paper of a locked reading is one of the documents that were copied.
        let made = |number: &i64| readings.contains(number) && self.checked.locks.of(*number).is_none();
        for (number, paper) in papers.covers.iter().filter(|(number, _)| made(number)) {
            self.paper(&format!("reading-{number}/{COVER}"), paper, PAPER)?;
        }
        for (id, paper) in &papers.plans {
            self.paper(&format!("{PLAN}/{id}"), paper, PAPER)?;
        }
        self.paper(FOLLOW_UP, &papers.follow_up, PAPER)?;
        self.put("", &format!("{FOLLOW_UP}.ics"), papers.calendar.into_bytes());
        Ok(())
    }

    /// Compares two versions and describes every change.
    fn redline(&self, before: &Compiled, after: &Compiled, frame: Frame, findings: &mut Findings) -> Described {
        let model = &self.checked.model;
        let causes = StateCauses { model, state: &after.state };
        let redline = compare(&before.bylaw, &after.bylaw, Identity::Known, &causes);
        explained(&redline, findings);
        let describer = Describer::new(model, before, after);
        let infos = describer.infos(&redline);
        let mut doc = RedlineDoc::new(frame, &redline, &infos, &describer.administrations());
        doc.before = pages::name(before.version.reading);
        doc.after = pages::name(after.version.reading);
        Described { redline, infos, doc }
    }

    /// Writes a redline as Markdown, DOCX and PDF.
    fn marked(&mut self, folder: &str, name: &str, described: &Described) -> Result<(), BuildError> {
        let doc = &described.doc;
        self.put(folder, &format!("{name}.md"), crate::render::markdown::redline(&described.redline).into_bytes());
        self.put(folder, &format!("{name}.docx"), docx::redline(doc));
        self.print(folder, &format!("{name}.pdf"), pdf::REDLINE, doc, &doc.frame)
    }

    /// Returns the text of a file that has been put.
    pub(super) fn written(&self, folder: &str, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(&path(folder, name))?).ok()
    }

    /// Puts a file into a folder of the set; the empty folder is the set's own.
    pub(super) fn put(&mut self, folder: &str, name: &str, bytes: Vec<u8>) {
        self.files.insert(path(folder, name), bytes);
    }

    /// Prints a document as PDF, where PDFs are made.
    pub(super) fn print(
        &mut self,
        folder: &str,
        name: &str,
        template: &str,
        doc: &impl Serialize,
        frame: &Frame,
    ) -> Result<(), BuildError> {
        let Pdf::With(typst) = self.pdf else { return Ok(()) };
        let path = path(folder, name);
        (self.progress)(&path);
        let templates = typst_templates(self.checked);
        let borrowed: Vec<(&str, &str)> = templates.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        match typst.pdf(&borrowed, template, doc, frame.date) {
            Ok(bytes) => {
                self.files.insert(path, bytes);
                Ok(())
            }
            Err(e) => Err(BuildError::Pdf(path, e)),
        }
    }
}

fn path(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

/// Returns the Typst templates: the project's own where it has them, else those that come with the compiler.
fn typst_templates(checked: &Checked) -> Vec<(String, String)> {
    let rules = &checked.model.rules;
    let mut out: Vec<(String, String)> = Vec::new();
    for (name, file) in &rules.typst {
        if let Some(source) = rules.sources.get(*file) {
            out.push((name.clone(), source.text.clone()));
        }
    }
    for (name, text) in pdf::TEMPLATES {
        if !out.iter().any(|(own, _)| own == name) {
            out.push((name.to_string(), text.to_string()));
        }
    }
    out
}

/// Proof 5: every change has a cause that a rule gives.
fn explained(redline: &Redline, findings: &mut Findings) {
    for change in &redline.changes {
        let known = change.causes.iter().any(|c| match c {
            Cause::Clause(_) | Cause::Amendment(_) => true,
            Cause::Consequence(ops) => !ops.is_empty(),
            Cause::Unknown => false,
        });
        if !known {
            let place = change.new.as_ref().or(change.old.as_ref()).map(ToString::to_string).unwrap_or_default();
            report!(findings, Code::Unexplained, None, value = place, id = change.node);
        }
    }
}

/// Proof 5 for every reading, without making a document.
pub fn explain_all(checked: &Checked, findings: &mut Findings) {
    let model = &checked.model;
    let Some(before) = checked.version(Version::in_force()) else { return };
    for reading in &model.rules.readings {
        if let Some(after) = checked.version(Version::reading(reading.number.value)) {
            let causes = StateCauses { model, state: &after.state };
            explained(&compare(&before.bylaw, &after.bylaw, Identity::Known, &causes), findings);
        }
    }
}

/// Makes the papers for their findings alone.
pub fn check_papers(checked: &Checked, findings: &mut Findings) {
    papers(checked, &|_| Vec::new(), findings);
}

/// Serialises a document for disk: indented, with a line's end.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    let mut out = serde_json::to_vec_pretty(value).unwrap_or_default();
    out.push(b'\n');
    out
}
