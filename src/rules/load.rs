//! Reads a project folder: every rule file, every template, the text in force.

use super::agreement::{self, Agreement};
use super::bylaw::{self, BylawRules};
use super::changes::{self, ChangeRule};
use super::committees::{self, Body, Committee};
use super::documents::{self, DocumentRule};
use super::editions::{self, ADOPTED, EDITIONS, EditionRule, REVIEWED};
use super::provisions::{self, ChapterRule};
use super::read::nearest;
use super::readings::{self, ReadingRule, Term};
use super::tasks::{self, TaskRule};
use super::wording::Wording;
use crate::diag::{Code, Findings};
use crate::report;
use crate::source::yaml::{self, Node};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::world::{ReadError, World};

/// Is the largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 1 << 20;
/// Is where the text in force stands.
pub const CURRENT: &str = "rules/current/styrelsesvedtaegt.md";

/// Is a text that people wrote for a paper: `rules/papers/<paper>/<heading>.md`.
#[derive(Clone, Debug)]
pub struct PaperText {
    /// The paper: `indstilling`, `opfoelgning` or the id of a change.
    pub paper: String,
    /// The place in the paper that asks for it.
    pub heading: String,
    /// The file.
    pub file: FileId,
}

/// Is where people's texts for the papers lie.
const PAPERS: &str = "rules/papers/";

/// Holds everything a project's files say.
#[derive(Clone, Debug)]
pub struct Ruleset {
    /// The files.
    pub sources: Sources,
    /// `bylaw.yaml`
    pub bylaw: BylawRules,
    /// The committees.
    pub committees: Vec<Committee>,
    /// § 17, stk. 4 committees.
    pub special: Vec<Body>,
    /// Boards and task forces.
    pub bodies: Vec<Body>,
    /// The tasks.
    pub tasks: Vec<TaskRule>,
    /// Paragraphs before the first chapter.
    pub preamble: Vec<(Spanned<String>, Wording)>,
    /// The chapters.
    pub chapters: Vec<ChapterRule>,
    /// The agreement.
    pub agreement: Agreement,
    /// What was adopted, edition by edition; then the changes and the amendments, each in the order of their paths.
    pub changes: Vec<ChangeRule>,
    /// What the council has adopted, earliest first.
    pub editions: Vec<EditionRule>,
    /// The fingerprint of each clause that somebody looked at; nothing when no file says so.
    pub reviewed: Option<Vec<(Spanned<String>, String)>>,
    /// The readings.
    pub readings: Vec<ReadingRule>,
    /// The term.
    pub term: Option<Term>,
    /// The templates: name below `templates/` and file.
    pub templates: Vec<(String, FileId)>,
    /// The project's own Typst templates: file name and file.
    pub typst: Vec<(String, FileId)>,
    /// Other documents of the city that name a committee or a task.
    pub documents: Vec<DocumentRule>,
    /// What people wrote for the papers.
    pub papers: Vec<PaperText>,
    /// The text in force, if there is one yet.
    pub current: Option<FileId>,
}

/// Reads a project. Returns `None` when something is missing without which nothing can be checked; the findings say what.
pub fn load(world: &dyn World, findings: &mut Findings) -> (Sources, Option<Ruleset>) {
    let mut sources = Sources::default();
    let mut rules = read_all(world, &mut sources, findings);
    // What one file lacks because it cannot be read at all, every other file would miss.
    if findings.contains(Code::YamlSyntax) || findings.contains(Code::MissingFile) {
        rules = None;
    }
    let sources_out = sources.clone();
    (sources_out, rules.map(|r| Ruleset { sources, ..r }))
}

fn read_all(world: &dyn World, sources: &mut Sources, findings: &mut Findings) -> Option<Ruleset> {
    let bylaw =
        document(world, "rules/bylaw.yaml", true, sources, findings).and_then(|node| bylaw::read(&node, findings));
    let (committees, special, bodies) = document(world, "rules/committees.yaml", true, sources, findings)
        .map(|node| committees::read(&node, findings))
        .unwrap_or_default();
    let mut task_rules = Vec::new();
    let mut task_files = list(world, "rules/tasks", findings);
    if task_files.is_empty() {
        task_files.push("rules/tasks.yaml".into());
    } else if world.read("rules/tasks.yaml", MAX_BYTES).is_ok() {
        task_files.insert(0, "rules/tasks.yaml".into());
    }
    for path in task_files {
        if let Some(node) = document(world, &path, true, sources, findings) {
            task_rules.extend(tasks::read(&node, findings));
        }
    }
    let (preamble, chapters) = document(world, "rules/provisions.yaml", true, sources, findings)
        .map(|node| provisions::read(&node, findings))
        .unwrap_or_default();
    let agreement = document(world, "rules/agreement.yaml", false, sources, findings)
        .map(|node| agreement::read(&node, findings))
        .unwrap_or_default();
    let reviewed = document(world, REVIEWED, false, sources, findings).map(|node| editions::reviewed(&node, findings));
    let mut edition_rules = document(world, EDITIONS, false, sources, findings)
        .map(|node| editions::read(&node, findings))
        .unwrap_or_default();
    let mut change_rules = Vec::new();
    for (index, edition) in edition_rules.iter_mut().enumerate() {
        let folder = format!("{ADOPTED}/{}", edition.id.value);
        let mut own = change_files(world, &folder, sources, findings);
        own.iter_mut().for_each(|change| change.edition = Some(index));
        change_rules.extend(own);
        let path = format!("{folder}/readings.yaml");
        let node = document(world, &path, true, sources, findings);
        edition.readings = node.map(|node| readings::read(&node, findings).0).unwrap_or_default();
    }
    let new = change_files(world, "rules", sources, findings);
    let (readings, term) = document(world, "rules/readings.yaml", !new.is_empty(), sources, findings)
        .map(|node| readings::read(&node, findings))
        .unwrap_or_default();
    change_rules.extend(new);
    let documents = document(world, "rules/documents.yaml", false, sources, findings)
        .map(|node| documents::read(&node, findings))
        .unwrap_or_default();
    let papers = paper_texts(world, sources, findings);
    let mut templates = Vec::new();
    for path in files(world, "templates", ".tera", findings) {
        if let Some(file) = text(world, &path, true, sources, findings) {
            templates.push((path.trim_start_matches("templates/").to_string(), file));
        }
    }
    let mut typst = Vec::new();
    for path in files(world, "templates/typst", ".typ", findings) {
        if let Some(file) = text(world, &path, true, sources, findings) {
            typst.push((path.trim_start_matches("templates/typst/").to_string(), file));
        }
    }
    let current = text(world, CURRENT, false, sources, findings);
    strays(world, &edition_rules, sources, findings);
    Some(Ruleset {
        sources: Sources::default(),
        bylaw: bylaw?,
        committees,
        special,
        bodies,
        tasks: task_rules,
        preamble,
        chapters,
        agreement,
        changes: change_rules,
        editions: edition_rules,
        reviewed,
        readings,
        term,
        templates,
        typst,
        documents,
        papers,
        current,
    })
}

/// Reads what people wrote for the papers; a file that lies deeper or higher is told by [`strays`].
fn paper_texts(world: &dyn World, sources: &mut Sources, findings: &mut Findings) -> Vec<PaperText> {
    let mut out = Vec::new();
    for path in files(world, "rules/papers", ".md", findings) {
        let Some((paper, name)) = path.strip_prefix(PAPERS).and_then(|p| p.split_once('/')) else { continue };
        let heading = name.strip_suffix(".md").unwrap_or(name).to_string();
        if !heading.contains('/')
            && let Some(file) = text(world, &path, true, sources, findings)
        {
            out.push(PaperText { paper: paper.to_string(), heading, file });
        }
    }
    out
}

/// Reads the changes and the amendments of a folder. Its readings are read beforehand for their days alone; what is wrong
/// with them is told when they are read in their turn.
fn change_files(world: &dyn World, folder: &str, sources: &mut Sources, findings: &mut Findings) -> Vec<ChangeRule> {
    let mut out = Vec::new();
    let mut quiet = Findings::default();
    let days = document(world, &format!("{folder}/readings.yaml"), false, &mut Sources::default(), &mut quiet)
        .map(|node| readings::read(&node, &mut quiet).0)
        .unwrap_or_default();
    for (name, is_amendment) in [("changes", false), ("amendments", true)] {
        for path in list(world, &format!("{folder}/{name}"), findings) {
            if let Some(mut node) = document(world, &path, true, sources, findings) {
                readings::on_their_days(&mut node, &days);
                out.extend(changes::read(&node, &path, is_amendment, findings));
            }
        }
    }
    out
}

fn list(world: &dyn World, folder: &str, findings: &mut Findings) -> Vec<String> {
    files(world, folder, ".yaml", findings)
}

fn files(world: &dyn World, folder: &str, ending: &str, findings: &mut Findings) -> Vec<String> {
    match world.list(folder) {
        Ok(mut paths) => {
            paths.retain(|p| is_a(p, ending));
            paths
        }
        Err(e) => {
            unreadable(folder, e, findings);
            Vec::new()
        }
    }
}

/// Says whether a file is of a kind; `.yml` is YAML too, and Windows cares little for capitals.
fn is_a(path: &str, ending: &str) -> bool {
    let path = path.to_lowercase();
    path.ends_with(ending) || ending == ".yaml" && path.ends_with(".yml")
}

/// Reports files that nobody reads: what rules in the wrong place say would silently be forgotten, and Notepad makes
/// `06-havne.yaml.txt` of `06-havne.yaml`. Notes to oneself (`.md`) are welcome.
fn strays(world: &dyn World, editions: &[EditionRule], sources: &Sources, findings: &mut Findings) {
    let places = [
        "rules/bylaw.yaml",
        "rules/committees.yaml",
        "rules/tasks.yaml",
        "rules/provisions.yaml",
        "rules/agreement.yaml",
        "rules/readings.yaml",
        "rules/documents.yaml",
        EDITIONS,
        REVIEWED,
        "rules/tasks/",
        "rules/changes/",
        "rules/amendments/",
    ];
    // What is kept of earlier readings and editions is for proofs and for people; it is no rule.
    let mut kept: Vec<String> = editions.iter().map(|e| format!("{ADOPTED}/{}/", e.id.value)).collect();
    kept.push("rules/locks/".into());
    for path in files(world, "rules", "", findings) {
        if kept.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let yaml = is_a(&path, ".yaml");
        let known = yaml && places.iter().any(|p| path == *p || p.ends_with('/') && path.starts_with(p));
        if known || sources.iter().any(|(_, f)| f.path == path) {
            continue;
        }
        if yaml {
            let name = nearest(&path, &places).unwrap_or_default();
            report!(findings, Code::UnknownFile, None, file = path, name = name);
        } else if path.starts_with(PAPERS) && is_a(&path, ".md") {
            let name = "rules/papers/indstilling/oekonomi.md";
            report!(findings, Code::UnknownFile, None, file = path, name = name);
        } else if !path.starts_with("rules/current/") && !path.ends_with(".md") {
            report!(findings, Code::IgnoredFile, None, file = path);
        }
    }
}

fn document(
    world: &dyn World,
    path: &str,
    required: bool,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Node> {
    let file = text(world, path, required, sources, findings)?;
    let text = sources.get(file)?.text.clone();
    yaml::parse(file, &text, findings)
}

/// Reads a text file; takes the byte order mark off and makes CRLF LF.
fn text(
    world: &dyn World,
    path: &str,
    required: bool,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<FileId> {
    let bytes = match world.read(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) if !required => return None,
        Err(e) => {
            unreadable(path, e, findings);
            return None;
        }
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let good = e.utf8_error().valid_up_to();
            let bytes = e.into_bytes();
            let line = bytes[..good].iter().filter(|b| **b == b'\n').count() + 1;
            let file = sources.add(path, String::from_utf8_lossy(&bytes));
            let at = Span { file, start: good as u32, end: good as u32 + 1 };
            report!(findings, Code::NotUtf8, at, file = path, line = line);
            return None;
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    if let Some(at) = text.find('\0') {
        let file = sources.add(path, text.as_str());
        let span = Span { file, start: at as u32, end: at as u32 + 1 };
        report!(findings, Code::ForbiddenCharacter, span, found = "U+0000", file = path);
        return None;
    }
    Some(sources.add(path, text))
}

fn unreadable(path: &str, error: ReadError, findings: &mut Findings) {
    match error {
        ReadError::Missing => report!(findings, Code::MissingFile, None, file = path),
        ReadError::TooLarge(size) => {
            report!(findings, Code::FileTooLarge, None, file = path, count = size, limit = MAX_BYTES)
        }
        ReadError::Outside => report!(findings, Code::OutsideProject, None, file = path),
        ReadError::TooMany(limit) => {
            report!(findings, Code::TooMany, None, name = "@files-or-folders", file = path, limit = limit)
        }
        ReadError::Io(e) => report!(findings, Code::Unreadable, None, file = path, reason = e),
    }
}
