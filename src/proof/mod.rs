//! Reads the written files back and proves that they say the same. Shares nothing with the code that wrote them.
//!
//! Every proof works on bytes and the published formats alone (a test forbids the imports that would let a mistake
//! in a printer hide itself). A proof fails closed: a file that is missing, too large or not understood is a finding,
//! never a reason to skip. Any bytes at all give findings, no panic, and time that grows with the size of the files.

mod bylaw;
mod critic;
mod dates;
mod docx;
mod extracts;
mod forms;
mod html;
pub mod instrument;
mod json;
mod lines;
mod locks;
mod look;
mod manifest;
mod ownership;
mod package;
mod page;
mod paper;
mod paper_html;
mod parallel;
mod pdf;
mod reasons;
mod redline;
mod shown;
mod tables;
mod trace;
mod whole;
mod word;
mod xml;

pub use locks::prove_locks;
pub use shown::pair;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Findings};
use crate::report;
use page::Zone;

/// All files of a set: path below the output folder (`reading-1/redline.md`) and bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Is the largest file that is read, in bytes.
pub const MAX_BYTES: usize = 16 << 20;

/// How many bytes one proof searches for words before the files count as too large to prove.
const MAX_WORK: usize = 1 << 30;

/// How many findings one proof reports.
const MOST: usize = 20;

/// The readings there can be: a bylaw is read twice (kommunestyrelsesloven § 2, stk. 2).
const READINGS: [i64; 2] = [1, 2];
/// The amended bylaw.
const TEXT: &str = "styrelsesvedtaegt";
/// The redline against the text in force.
const REDLINE: &str = "redline";
/// The redline of reading 2 against what was put to reading 1.
const REDLINE_FROM_1: &str = "redline-fra-1-behandling";

/// The amendments moved between the readings, where there are any.
const AMENDMENTS: &str = "aendringsforslag";
/// The amending instrument.
const INSTRUMENT: &str = "forslag";
/// The text in force beside the instrument.
const PARALLEL: &str = "paralleltekst";

/// Is what a proof that held has checked, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The proof, `redline-md`.
    pub proof: &'static str,
    /// The reading; 0 for what belongs to the whole project.
    pub reading: i64,
    /// The file that was read, path below the output folder.
    pub file: String,
    /// How many things were checked.
    pub checked: usize,
    /// What they are: `lines`, `files`, …
    pub what: &'static str,
}

/// Runs every proof on the readings in `files`. `current` is the text in force as clean Markdown. Returns the figures
/// of the proofs that held; a proof that did not hold has left at least one finding instead.
pub fn prove(files: &Files, current: &str, findings: &mut Findings) -> Vec<Figure> {
    let readings: Vec<i64> = READINGS.into_iter().filter(|n| any(files, *n)).collect();
    let mut found = Findings::default();
    if readings.is_empty() {
        damaged(&mut found, "reading-1", "missing");
    }
    let mut run = Run { files, reading: 0, figures: Vec::new(), findings: &mut found };
    let mut manifests = Vec::new();
    for n in readings {
        run.reading = n;
        manifests.extend(run.manifest(n));
        let pdf = manifests.last().filter(|m| m.reading == n).is_none_or(|m| m.pdf);
        run.reading(n, current, pdf);
    }
    // What belongs to the whole project comes last: it tells what the readings say.
    if files.keys().any(|path| belongs(path, 0)) {
        run.reading = 0;
        manifests.extend(run.manifest(0));
        let pdf = manifests.last().filter(|m| m.reading == 0).is_none_or(|m| m.pdf);
        run.whole(pdf);
    }
    let figures = run.figures;
    manifest::agree(files, &manifests, &mut found);
    // A proof that did not hold has no figure, and that is reported already.
    if found.is_empty() {
        manifest::figures(&manifests, &figures, &mut found);
    }
    findings.extend(found);
    figures
}

/// Proves a single text in the formats it was written in: the page says what the Markdown says, the PDF keeps its form.
pub fn prove_text(files: &Files, pdf: bool, findings: &mut Findings) {
    let (text, page, printed) = (format!("{TEXT}.md"), format!("{TEXT}.html"), format!("{TEXT}.pdf"));
    bylaw::html(files, &page, &text, findings);
    if pdf {
        pdf::check(files, &printed, findings);
    }
}

/// Is a run of the proofs over a set of files.
struct Run<'a> {
    files: &'a Files,
    reading: i64,
    figures: Vec<Figure>,
    findings: &'a mut Findings,
}

impl Run<'_> {
    /// Runs one proof; its figure counts only when the proof has found nothing.
    fn proof(
        &mut self,
        proof: &'static str,
        file: &str,
        what: &'static str,
        run: impl FnOnce(&Files, &mut Findings) -> usize,
    ) {
        let mut found = Findings::default();
        let checked = run(self.files, &mut found);
        if found.is_empty() {
            self.figures.push(Figure { proof, reading: self.reading, file: file.to_string(), checked, what });
        }
        self.findings.extend(found);
    }

    fn manifest(&mut self, n: i64) -> Option<manifest::Manifest> {
        let file = path(n, "manifest.json");
        let mut manifest = None;
        self.proof("manifest", &file, "files", |files, findings| {
            manifest = manifest::read(files, n, findings);
            manifest.as_ref().map_or(0, |m| manifest::check(m, files, n, findings))
        });
        if let Some(m) = &manifest {
            self.proof("readings", &file, "days", |_, findings| manifest::readings(m, &file, findings));
        }
        manifest
    }

    fn reading(&mut self, n: i64, current: &str, pdf: bool) {
        let text = path(n, &format!("{TEXT}.md"));
        let page = path(n, &format!("{TEXT}.html"));
        self.proof("bylaw-html", &page, "lines", |files, f| bylaw::html(files, &page, &text, f));
        let word = path(n, &format!("{TEXT}.docx"));
        self.proof("bylaw-docx", &word, "lines", |files, f| docx::bylaw(files, &word, &text, f));
        // The page of reading 2 holds its redline against reading 1 and both steps too.
        let zone = if n == 2 { Zone::Among(page::TEXT) } else { Zone::Only(page::TEXT) };
        self.redline(n, REDLINE, zone, Old::Current(current));
        if n == 2 {
            let first = path(1, &format!("{TEXT}.md"));
            self.redline(n, REDLINE_FROM_1, Zone::Only(page::TEXT), Old::File(&first));
            self.layers(n, current, &first);
        }
        self.pdfs(n, current, pdf);
        self.instrument(n, current, pdf);
        let owners = path(n, "ressortoversigt.json");
        self.proof("ownership", &owners, "parts", |files, f| ownership::check(files, &owners, f));
        let (trace, marked) = (path(n, "sporbarhed.json"), path(n, &format!("{REDLINE}.md")));
        let shown = path(n, &format!("{REDLINE}.html"));
        self.proof("explained", &trace, "words", |files, f| trace::words(files, &trace, &marked, f));
        self.proof("explained-html", &trace, "marks", |files, f| trace::marks(files, &trace, &shown, zone, f));
        self.proof("reasons-html", &shown, "changes", |files, f| reasons::check(files, &shown, &trace, f));
        self.extracts(n, pdf);
        let papers = DOCUMENTS.iter().filter(|d| d.is_paper() && d.from <= n && d.is_in(self.files, n));
        papers.for_each(|d| self.paper(&path(n, d.name)));
        let cover = path(n, "indstilling.md");
        self.proof("cover", &cover, "tasks", |files, f| whole::cover(files, &cover, &owners, n, f));
        let word = path(n, &format!("{REDLINE}.docx"));
        self.proof("explained-docx", &word, "comments", |files, f| docx::explained(files, &word, &trace, f));
        let page = path(n, "ressortoversigt.html");
        self.proof("ownership-html", &page, "rows", |files, f| tables::ownership(files, &page, &owners, f));
        let page = path(n, "sporbarhed.html");
        self.proof("trace-html", &page, "rows", |files, f| tables::trace(files, &page, &trace, f));
    }

    /// Proves that the amending instrument, carried out, gives the amended text, and that every form of it says the same.
    fn instrument(&mut self, n: i64, current: &str, pdf: bool) {
        let (text, md) = (path(n, &format!("{TEXT}.md")), path(n, &format!("{INSTRUMENT}.md")));
        self.proof("instrument", &md, "items", |files, f| instrument::file(files, &md, current, &text, f));
        let page = path(n, &format!("{INSTRUMENT}.html"));
        self.proof("instrument-html", &page, "paragraphs", |files, f| forms::page(files, &page, &md, f));
        let word = path(n, &format!("{INSTRUMENT}.docx"));
        self.proof("instrument-docx", &word, "paragraphs", |files, f| forms::word(files, &word, &md, f));
        let print = path(n, &format!("{INSTRUMENT}.pdf"));
        if pdf {
            self.proof("instrument-pdf", &print, "paragraphs", |files, f| forms::print(files, &print, &md, f));
        }
        let (page, word) = (path(n, &format!("{PARALLEL}.html")), path(n, &format!("{PARALLEL}.docx")));
        self.proof("parallel", &page, "rows", |files, f| parallel::html(files, &page, &md, current, f));
        self.proof("parallel-docx", &word, "paragraphs", |files, f| parallel::word(files, &word, &page, f));
        let print = path(n, &format!("{PARALLEL}.pdf"));
        if pdf {
            self.proof("parallel-pdf", &print, "paragraphs", |files, f| parallel::print(files, &print, &page, f));
        }
    }

    fn pdfs(&mut self, n: i64, current: &str, pdf: bool) {
        let new = path(n, &format!("{TEXT}.md"));
        for document in DOCUMENTS.iter().filter(|d| d.from <= n && d.is_in(self.files, n) && d.formats.contains(&"pdf"))
        {
            let file = path(n, &format!("{}.pdf", document.name));
            if !pdf {
                if self.files.contains_key(&file) {
                    damaged(self.findings, &file, "unexpected");
                }
                continue;
            }
            self.proof("pdf", &file, "properties", |files, f| pdf::check(files, &file, f));
            let first = path(1, &format!("{TEXT}.md"));
            match document.name {
                TEXT => self.proof("bylaw-pdf", &file, "words", |files, f| pdf::bylaw(files, &file, &new, f)),
                REDLINE | REDLINE_FROM_1 => {
                    let old = if document.name == REDLINE { Old::Current(current) } else { Old::File(&first) };
                    self.proof("redline-pdf", &file, "words", |files, f| pdf::redline(files, &file, &old, &new, f));
                }
                // What is said of these, the proofs of the instrument say.
                INSTRUMENT | PARALLEL => {}
                name => self.paper_pdf(&path(n, name)),
            }
        }
    }

    /// Proves that the extracts say the same in each of their formats, and together what the overview says.
    fn extracts(&mut self, n: i64, pdf: bool) {
        let overview = path(n, "ressortoversigt.json");
        self.proof("extracts", &overview, "moves", |files, f| extracts::check(files, n, f));
        for stem in extracts::stems(self.files, n) {
            let (md, page) = (format!("{stem}.md"), format!("{stem}.html"));
            self.paper(&stem);
            self.proof("paper-html", &page, "words", |files, f| paper_html::check(files, &page, &md, f));
            if pdf {
                let file = format!("{stem}.pdf");
                self.proof("pdf", &file, "properties", |files, f| pdf::check(files, &file, f));
                self.paper_pdf(&stem);
            }
        }
    }

    /// Proves that a paper's PDF says what its Markdown says.
    fn paper_pdf(&mut self, stem: &str) {
        let (file, md) = (format!("{stem}.pdf"), format!("{stem}.md"));
        self.proof("paper-pdf", &file, "words", |files, f| pdf::paper(files, &file, &md, f));
    }

    /// Proves that a paper says the same in each of its formats.
    fn paper(&mut self, stem: &str) {
        let (md, word) = (format!("{stem}.md"), format!("{stem}.docx"));
        self.proof("paper-docx", &word, "paragraphs", |files, f| paper::word(files, &word, &md, f));
    }

    fn whole(&mut self, pdf: bool) {
        let Some(overview) = whole::overview(self.files) else { return };
        let (list, calendar) = (path(0, "opfoelgning.md"), path(0, "opfoelgning.ics"));
        let trace = path(overview, "sporbarhed.json");
        self.proof("follow-up", &list, "obligations", |files, f| whole::obligations(files, &list, &trace, f));
        self.proof("calendar", &calendar, "events", |files, f| whole::calendar(files, &calendar, &trace, f));
        let owners = path(overview, "ressortoversigt.json");
        self.proof("plans", &owners, "tasks", |files, f| whole::plans(files, &owners, f));
        for stem in whole::papers(self.files) {
            self.paper(&stem);
            if pdf {
                let file = format!("{stem}.pdf");
                self.proof("pdf", &file, "properties", |files, f| pdf::check(files, &file, f));
                self.paper_pdf(&stem);
            }
        }
    }

    /// Proves what the page of reading 2 holds beside its own redline.
    fn layers(&mut self, n: i64, current: &str, first: &str) {
        let (file, new) = (path(n, &format!("{REDLINE}.html")), path(n, &format!("{TEXT}.md")));
        let zone = Zone::Among(page::FROM_FIRST);
        self.proof("redline-html-fra-1", &file, "lines", |files, f| {
            redline::html(files, &file, zone, &Old::File(first), &new, f)
        });
        self.proof("redline-html-begge", &file, "lines", |files, f| {
            let (first, new) = (text(files, first, f), text(files, &new, f));
            let (Some(first), Some(new)) = (first, new) else { return 0 };
            redline::both(files, &file, Zone::Among(page::BOTH), [current, first, new], f)
        });
    }

    fn redline(&mut self, n: i64, name: &str, zone: Zone, old: Old<'_>) {
        let (md, html) = (path(n, &format!("{name}.md")), path(n, &format!("{name}.html")));
        let new = path(n, &format!("{TEXT}.md"));
        self.proof("redline-md", &md, "lines", |files, f| redline::markdown(files, &md, &old, &new, f));
        let word = path(n, &format!("{name}.docx"));
        self.proof("redline-docx", &word, "lines", |files, f| docx::redline(files, &word, &old, &new, f));
        self.proof("redline-html", &html, "lines", |files, f| redline::html(files, &html, zone, &old, &new, f));
    }
}

/// Is the text a redline must reject to.
enum Old<'a> {
    /// The text in force.
    Current(&'a str),
    /// Another file of the set.
    File(&'a str),
}

impl<'a> Old<'a> {
    fn text(&self, files: &'a Files, findings: &mut Findings) -> Option<&'a str> {
        match self {
            Old::Current(current) => Some(current),
            Old::File(file) => text(files, file, findings),
        }
    }
}

fn folder(n: i64) -> String {
    if n == 0 { String::new() } else { format!("reading-{n}/") }
}

fn path(n: i64, name: &str) -> String {
    format!("{}{name}", folder(n))
}

/// Says whether a file belongs to a reading, or with 0 to the whole project: then it lies in no reading's folder.
fn belongs(path: &str, n: i64) -> bool {
    match n {
        0 => !READINGS.iter().any(|n| path.starts_with(&folder(*n))),
        n => path.starts_with(&folder(n)),
    }
}

fn any(files: &Files, n: i64) -> bool {
    let folder = folder(n);
    files.range(folder.clone()..).next().is_some_and(|(path, _)| path.starts_with(&folder))
}

/// Is a document of a reading's folder with the formats it must have.
struct Document {
    name: &'static str,
    formats: &'static [&'static str],
    /// The first reading that has it.
    from: i64,
    /// Whether a set may be without it; it has every format or none.
    optional: bool,
}

impl Document {
    /// Says whether a set must have it: always, or because any of its formats is there.
    fn is_in(&self, files: &Files, n: i64) -> bool {
        let there = |format: &&str| files.contains_key(&path(n, &format!("{}.{format}", self.name)));
        !self.optional || self.formats.iter().any(there)
    }
    /// Says whether it is a paper: Markdown and a Word file that say the same, and no marks.
    fn is_paper(&self) -> bool {
        let has = |format: &str| self.formats.contains(&format);
        has("md") && has("docx") && !matches!(self.name, TEXT | REDLINE | REDLINE_FROM_1 | INSTRUMENT)
    }
}

/// Everything a reading's folder must hold, beside its manifest.
const DOCUMENTS: &[Document] = &[
    Document { name: TEXT, formats: &["md", "html", "docx", "pdf"], from: 1, optional: false },
    Document { name: REDLINE, formats: &["md", "html", "docx", "pdf"], from: 1, optional: false },
    Document { name: REDLINE_FROM_1, formats: &["md", "html", "docx", "pdf"], from: 2, optional: false },
    Document { name: INSTRUMENT, formats: &["md", "html", "docx", "pdf"], from: 1, optional: false },
    Document { name: PARALLEL, formats: &["html", "docx", "pdf"], from: 1, optional: false },
    Document { name: "indstilling", formats: &["md", "docx", "pdf"], from: 1, optional: false },
    Document { name: AMENDMENTS, formats: &["md", "docx", "pdf"], from: 2, optional: true },
    Document { name: "ressortoversigt", formats: &["html", "json"], from: 1, optional: false },
    Document { name: "sporbarhed", formats: &["html", "json"], from: 1, optional: false },
];

/// The formats of the extracts, of which there is one for each committee.
const EXTRACT: &[&str] = &["md", "html", "docx", "pdf"];

/// Returns the files a folder must hold.
fn expected(files: &Files, n: i64, pdf: bool) -> BTreeSet<String> {
    if n == 0 {
        return whole::expected(files, pdf);
    }
    let mut out = BTreeSet::from([path(n, "manifest.json")]);
    for document in DOCUMENTS.iter().filter(|d| d.from <= n && d.is_in(files, n)) {
        let formats = document.formats.iter().filter(|format| pdf || **format != "pdf");
        out.extend(formats.map(|format| path(n, &format!("{}.{format}", document.name))));
    }
    for stem in extracts::stems(files, n) {
        let formats = EXTRACT.iter().filter(|format| pdf || **format != "pdf");
        out.extend(formats.map(|format| format!("{stem}.{format}")));
    }
    out
}

/// Returns a file's bytes; a file that is missing or too large is a finding.
fn bytes<'a>(files: &'a Files, file: &str, findings: &mut Findings) -> Option<&'a [u8]> {
    match files.get(file) {
        None => damaged(findings, file, "missing"),
        Some(bytes) if bytes.len() > MAX_BYTES => damaged(findings, file, "too-large"),
        Some(bytes) => return Some(bytes),
    }
    None
}

/// Returns a file's text; one that is not UTF-8 is a finding.
fn text<'a>(files: &'a Files, file: &str, findings: &mut Findings) -> Option<&'a str> {
    let bytes = bytes(files, file, findings)?;
    let text = std::str::from_utf8(bytes).ok();
    if text.is_none() {
        damaged(findings, file, "not-utf8");
    }
    text
}

/// Reports a file that is not what it was when it was written.
fn damaged(findings: &mut Findings, file: &str, reason: &str) {
    report!(findings, Code::OutputDamaged, None, file = file, reason = shown::reason(reason));
}

/// Reports a PDF at a page of it.
fn damaged_on(findings: &mut Findings, file: &str, page: usize, reason: &str) {
    damaged(findings, &pdf::on(file, page), reason);
}

/// Says whether a proof has found enough; the last finding says that there may be more.
fn full(findings: &mut Findings, file: &str) -> bool {
    let (errors, warnings) = findings.count();
    let full = errors + warnings >= MOST;
    if full {
        damaged(findings, file, "more");
    }
    full
}

/// Reports a file at a place in it.
fn damaged_at(findings: &mut Findings, file: &str, line: usize, reason: &str) {
    report!(findings, Code::OutputDamaged, None, file = format!("{file}:{line}"), reason = shown::reason(reason));
}
