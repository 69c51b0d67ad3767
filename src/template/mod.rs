//! The Tera environment: the project's templates, or the ones that come with the compiler.

use crate::diag::{Code, Findings};
use crate::lang::danish;
use crate::parse::marks;
use crate::report;
use crate::rules::Ruleset;
use crate::source::{FileId, Sources, Span};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

/// Is the template of the whole bylaw.
pub const MAIN: &str = "styrelsesvedtaegt.md.tera";
/// Is the largest text a template may make, in bytes.
const MAX_RENDERED: usize = 16 << 20;
/// Is how long a template of the project's own may run. It can fail a build and never alters one.
const LIMIT: Duration = Duration::from_secs(5);

/// Comes with the compiler for projects that have no templates of their own.
const BUILT_IN: [(&str, &str); 9] = [
    (MAIN, include_str!("../../templates/styrelsesvedtaegt.md.tera")),
    ("paragraf.md.tera", include_str!("../../templates/paragraf.md.tera")),
    ("ressort/herunder.tera", include_str!("../../templates/ressort/herunder.tera")),
    ("ressort/det-er.tera", include_str!("../../templates/ressort/det-er.tera")),
    ("ressort/udvalget.tera", include_str!("../../templates/ressort/udvalget.tera")),
    ("ressort/oekonomi.tera", include_str!("../../templates/ressort/oekonomi.tera")),
    ("papers/indstilling.md.tera", include_str!("../../templates/papers/indstilling.md.tera")),
    ("papers/implementering.md.tera", include_str!("../../templates/papers/implementering.md.tera")),
    ("papers/opfoelgning.md.tera", include_str!("../../templates/papers/opfoelgning.md.tera")),
];

/// Holds the loaded templates.
pub struct Templates {
    tera: Arc<Tera>,
    files: Vec<(String, FileId)>,
    /// Whether a template was given up: it may still be running, and nothing more is started.
    stuck: AtomicBool,
}

impl Templates {
    /// Loads the project's templates; those it lacks come from the compiler.
    pub fn load(rules: &Ruleset, findings: &mut Findings) -> Option<Templates> {
        let mut tera = Tera::default();
        // Every value is escaped before it enters the context, with the marks of its origin around it.
        tera.autoescape_on(Vec::<String>::new());
        tera.register_filter("og", |list: &[Value], _: Kwargs, _: &State<'_>| -> String {
            danish::join(
                &list.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_string)).collect::<Vec<_>>(),
            )
        });
        tera.register_filter("stor", |text: &str, _: Kwargs, _: &State<'_>| -> String { danish::capital(text) });
        let mut all: Vec<(String, String)> = Vec::new();
        for (name, text) in BUILT_IN {
            if !rules.templates.iter().any(|(own, _)| own == name) {
                all.push((name.to_string(), text.to_string()));
            }
        }
        for (name, file) in &rules.templates {
            if let Some(source) = rules.sources.get(*file) {
                // A template cannot forge the marks that identity and origin travel by.
                all.push((name.clone(), source.text.replace(marks::OPEN, "⟦lp⟧")));
            }
        }
        let files = rules.templates.clone();
        if let Err(error) = tera.add_raw_templates(all) {
            explain(&error, &files, &rules.sources, findings);
            return None;
        }
        Some(Templates { tera: Arc::new(tera), files, stuck: AtomicBool::new(false) })
    }

    /// Returns the file of a template, if it is the project's own.
    pub fn file(&self, name: &str) -> Option<FileId> {
        self.files.iter().find(|(own, _)| own == name).map(|(_, file)| *file)
    }

    /// Says whether there is a template by this name.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Returns the names of the formulas a remit may use.
    pub fn formulas(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .tera
            .get_template_names()
            .filter_map(|n| n.strip_prefix("ressort/")?.strip_suffix(".tera").map(str::to_string))
            .collect();
        names.sort();
        names
    }

    /// Renders a template; `None` when it did not end in time. Loops over nothing cost time and make no text, so a
    /// limit on the text does not stop them. Those that come with the compiler end.
    fn within_limit(&self, name: &str, context: &Context) -> Option<(Vec<u8>, Result<(), tera::Error>)> {
        if self.files.is_empty() {
            return Some(rendered(&self.tera, name, context));
        }
        let (done, wait) = mpsc::channel();
        let (tera, name, context) = (Arc::clone(&self.tera), name.to_string(), context.clone());
        thread::spawn(move || {
            // Nobody waits for what came too late.
            let _ = done.send(rendered(&tera, &name, &context));
        });
        wait.recv_timeout(LIMIT).ok()
    }

    /// Renders a template.
    pub fn render(&self, name: &str, context: &Context, sources: &Sources, findings: &mut Findings) -> Option<String> {
        if self.stuck.load(Ordering::Relaxed) {
            return None;
        }
        let (out, result) = match self.within_limit(name, context) {
            Some(done) => done,
            None => {
                self.stuck.store(true, Ordering::Relaxed);
                let place = self.files.iter().find(|(own, _)| own == name);
                let span = place.map(|(_, file)| Span { file: *file, start: 0, end: 0 });
                let file = format!("templates/{name}");
                report!(findings, Code::TemplateError, span, file = file, reason = "@template-too-slow");
                return None;
            }
        };
        match result {
            Ok(()) => String::from_utf8(out).ok(),
            Err(error) => {
                if out.len() >= MAX_RENDERED {
                    let file = format!("templates/{name}");
                    report!(findings, Code::TemplateTooLong, None, file = file, limit = MAX_RENDERED);
                } else {
                    explain(&error, &self.files, sources, findings);
                }
                None
            }
        }
    }
}

/// Renders into memory, up to the limit.
fn rendered(tera: &Tera, name: &str, context: &Context) -> (Vec<u8>, Result<(), tera::Error>) {
    let mut out = Limited(Vec::new());
    let result = tera.render_to(name, context, &mut out);
    (out.0, result)
}

/// Takes bytes up to the limit, then refuses.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_RENDERED {
            self.0.resize(MAX_RENDERED, b' ');
            return Err(io::Error::other("too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Turns Tera's error into a finding at its place in the template.
fn explain(error: &tera::Error, files: &[(String, FileId)], sources: &Sources, findings: &mut Findings) {
    let (message, name, span) = match error.kind() {
        ErrorKind::SyntaxError(e) | ErrorKind::RenderingError(e) => {
            (e.message().to_string(), e.filename().to_string(), Some(e.span().clone()))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            (format!("circular include: {}", include_chain.join(" → ")), tpl.clone(), None)
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            (format!("circular extends: {}", inheritance_chain.join(" → ")), tpl.clone(), None)
        }
        other => return several(&other.to_string(), files, sources, findings),
    };
    let file = files.iter().find(|(own, _)| *own == name).map(|(_, file)| *file);
    let place = file.map(|file| {
        let text = sources.get(file).map_or("", |f| f.text.as_str());
        let offset = |line: usize, column: usize| -> u32 {
            let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let rest = text.get(start..).unwrap_or("");
            let within: usize = rest.chars().take(column).map(char::len_utf8).sum();
            (start + within) as u32
        };
        match &span {
            Some(s) => Span { file, start: offset(s.start_line, s.start_col), end: offset(s.end_line, s.end_col) },
            None => Span { file, start: 0, end: 0 },
        }
    });
    let name = if name.is_empty() { "templates".to_string() } else { format!("templates/{name}") };
    report!(findings, Code::TemplateError, place, file = name, reason = message);
}

/// Takes apart what Tera says of many mistakes at once: `error: …` and `--> name:line:column` for each.
fn several(text: &str, files: &[(String, FileId)], sources: &Sources, findings: &mut Findings) {
    for said in text.split("error: ").filter(|s| !s.trim().is_empty()) {
        let mut lines = said.lines();
        let message = lines.next().unwrap_or("").trim().to_string();
        let mut place = lines.next().and_then(|l| l.trim().strip_prefix("--> ")).unwrap_or("").rsplitn(3, ':');
        let (_, line, name) = (place.next(), place.next().and_then(|n| n.parse::<usize>().ok()), place.next());
        let file = files.iter().find(|(own, _)| Some(own.as_str()) == name).map(|(_, file)| *file);
        let span = file.zip(line).and_then(|(file, line)| {
            let text = &sources.get(file)?.text;
            let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let end = start + text.get(start..)?.lines().next()?.len();
            Some(Span { file, start: start as u32, end: end as u32 })
        });
        let name = name.map_or_else(|| "templates".to_string(), |name| format!("templates/{name}"));
        report!(findings, Code::TemplateError, span, file = name, reason = message);
    }
}
