//! Reads the written files back and proves that they say the same. Shares nothing with the code that wrote them.
//!
//! Every proof works on bytes and the published formats alone (a test forbids the imports that would let a mistake
//! in a printer hide itself). A proof fails closed: a file that is missing, too large or not understood is a finding,
//! never a reason to skip. Any bytes at all give findings, no panic, and time that grows with the size of the files.

mod bylaw;
mod critic;
mod dates;
mod html;
mod json;
mod lines;
mod locks;
mod manifest;
mod ownership;
mod page;
mod pdf;
mod redline;
mod shown;
mod tables;
mod trace;

pub use locks::prove_locks;
pub use shown::pair;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Findings};
use crate::report;

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

/// Is what a proof that held has checked, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The proof, `redline-md`.
    pub proof: &'static str,
    /// The reading.
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
    for stray in files.keys().filter(|path| !READINGS.iter().any(|n| path.starts_with(&folder(*n)))) {
        damaged(&mut found, stray, "unexpected");
        if full(&mut found, stray) {
            break;
        }
    }
    let mut run = Run { files, reading: 0, figures: Vec::new(), findings: &mut found };
    let mut manifests = Vec::new();
    for n in readings {
        run.reading = n;
        manifests.extend(run.manifest(n));
        let pdf = manifests.last().filter(|m| m.reading == n).is_none_or(|m| m.pdf);
        run.reading(n, current, pdf);
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
        self.redline(n, REDLINE, Old::Current(current));
        if n == 2 {
            let first = path(1, &format!("{TEXT}.md"));
            self.redline(n, REDLINE_FROM_1, Old::File(&first));
        }
        for document in DOCUMENTS.iter().filter(|d| d.from <= n && d.is_in(self.files, n) && d.formats.contains(&"pdf"))
        {
            let file = path(n, &format!("{}.pdf", document.name));
            if pdf {
                self.proof("pdf", &file, "properties", |files, f| pdf::check(files, &file, f));
            } else if self.files.contains_key(&file) {
                damaged(self.findings, &file, "unexpected");
            }
        }
        let owners = path(n, "ressortoversigt.json");
        self.proof("ownership", &owners, "parts", |files, f| ownership::check(files, &owners, f));
        let (trace, marked) = (path(n, "sporbarhed.json"), path(n, &format!("{REDLINE}.md")));
        let shown = path(n, &format!("{REDLINE}.html"));
        self.proof("explained", &trace, "words", |files, f| trace::words(files, &trace, &marked, f));
        self.proof("explained-html", &trace, "marks", |files, f| trace::marks(files, &trace, &shown, f));
        let page = path(n, "ressortoversigt.html");
        self.proof("ownership-html", &page, "rows", |files, f| tables::ownership(files, &page, &owners, f));
        let page = path(n, "sporbarhed.html");
        self.proof("trace-html", &page, "rows", |files, f| tables::trace(files, &page, &trace, f));
    }

    fn redline(&mut self, n: i64, name: &str, old: Old<'_>) {
        let (md, html) = (path(n, &format!("{name}.md")), path(n, &format!("{name}.html")));
        let new = path(n, &format!("{TEXT}.md"));
        self.proof("redline-md", &md, "lines", |files, f| redline::markdown(files, &md, &old, &new, f));
        self.proof("redline-html", &html, "lines", |files, f| redline::html(files, &html, &old, &new, f));
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
    format!("reading-{n}/")
}

fn path(n: i64, name: &str) -> String {
    format!("reading-{n}/{name}")
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
}

/// Everything a reading's folder must hold, beside its manifest.
const DOCUMENTS: &[Document] = &[
    Document { name: TEXT, formats: &["md", "html", "docx", "pdf"], from: 1, optional: false },
    Document { name: REDLINE, formats: &["md", "html", "docx", "pdf"], from: 1, optional: false },
    Document { name: REDLINE_FROM_1, formats: &["md", "html", "docx", "pdf"], from: 2, optional: false },
    Document { name: AMENDMENTS, formats: &["md", "docx", "pdf"], from: 2, optional: true },
    Document { name: "ressortoversigt", formats: &["html", "json"], from: 1, optional: false },
    Document { name: "sporbarhed", formats: &["html", "json"], from: 1, optional: false },
];

/// Returns the files a folder must hold.
fn expected(files: &Files, n: i64, pdf: bool) -> BTreeSet<String> {
    let mut out = BTreeSet::from([path(n, "manifest.json")]);
    for document in DOCUMENTS.iter().filter(|d| d.from <= n && d.is_in(files, n)) {
        let formats = document.formats.iter().filter(|format| pdf || **format != "pdf");
        out.extend(formats.map(|format| path(n, &format!("{}.{format}", document.name))));
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
