//! PDF through the `typst` command line: the only part of rendering that touches the system.
//!
//! The document's data goes to Typst as JSON and is never markup. The bytes depend on the data, the templates and
//! the Typst version only: environment cleared, no system fonts, a fresh root holding nothing but the input, a fixed
//! timestamp, one job.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::frame::DocumentDate;
use super::typeset;

/// Is the Typst version the templates are written for.
pub const VERSION: &str = "0.15";

/// Is the wall-clock limit on one run of Typst. It can fail a build and never alters one.
pub const LIMIT: Duration = Duration::from_secs(120);

/// Are the project's own templates: name and text.
pub const TEMPLATES: [(&str, &str); 4] = [
    ("lib.typ", include_str!("../../templates/typst/lib.typ")),
    ("bylaw.typ", include_str!("../../templates/typst/bylaw.typ")),
    ("redline.typ", include_str!("../../templates/typst/redline.typ")),
    ("paper.typ", include_str!("../../templates/typst/paper.typ")),
];

/// Is the template that prints a [`super::view::BylawDoc`].
pub const BYLAW: &str = "bylaw.typ";
/// Is the template that prints a [`super::view::RedlineDoc`].
pub const REDLINE: &str = "redline.typ";

/// Says why there is no PDF.
#[derive(Debug)]
pub enum PdfError {
    /// No `typst` was found.
    Missing,
    /// The `typst` that was found is another version than the templates are written for.
    WrongVersion {
        /// What it calls itself.
        found: String,
    },
    /// Typst refused the document, or warned about it.
    Failed {
        /// What it said.
        stderr: String,
    },
    /// Typst was stopped at the time limit.
    TimedOut {
        /// The limit.
        limit: Duration,
    },
    /// The system refused something: a file could not be written, a process not started.
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        error: io::Error,
    },
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Missing => write!(f, "typst {VERSION} was not found"),
            PdfError::WrongVersion { found } => write!(f, "typst {VERSION} is needed, found `{found}`"),
            PdfError::Failed { stderr } => write!(f, "typst could not make the PDF: {}", stderr.trim()),
            PdfError::TimedOut { limit } => write!(f, "typst was stopped after {} s", limit.as_secs_f32()),
            PdfError::Io { doing, error } => write!(f, "{doing}: {error}"),
        }
    }
}

impl std::error::Error for PdfError {}

impl PdfError {
    /// Returns the characters that the fonts lack, where that is why there is no PDF.
    pub fn lacking(&self) -> Vec<char> {
        let PdfError::Failed { stderr } = self else { return Vec::new() };
        let mut out = Vec::new();
        for line in stderr.lines() {
            let text =
                line.split_once("the text `\"").and_then(|(_, rest)| rest.split_once("\"` could not be displayed"));
            let Some((text, _)) = text else { continue };
            // A character that cannot be shown is written as `\u{e000}`.
            let written = text.strip_prefix("\\u{").and_then(|t| t.strip_suffix('}'));
            match written.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
                Some(c) => out.push(c),
                None => out.extend(text.chars()),
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Is a Typst that was found and has the right version.
#[derive(Clone, Debug)]
pub struct Typst {
    program: PathBuf,
    path: OsString,
    scratch: PathBuf,
    limit: Duration,
    version: String,
}

impl Typst {
    /// Finds Typst: the program named by `TYPST`, else the first `typst` on `PATH`. `env` looks up a variable of the
    /// environment; a directory for staging is made under `TMPDIR` or the system's usual place.
    pub fn find(env: &dyn Fn(&str) -> Option<OsString>) -> Result<Typst, PdfError> {
        let path = env("PATH").unwrap_or_default();
        let named = env("TYPST").filter(|t| !t.is_empty());
        let program = match named {
            Some(program) if Path::new(&program).components().count() > 1 => Some(PathBuf::from(program)),
            Some(program) => on_path(&path, &program),
            None => on_path(&path, OsStr::new(if cfg!(windows) { "typst.exe" } else { "typst" })),
        };
        let program = program.filter(|p| p.is_file()).ok_or(PdfError::Missing)?;
        let program = fs::canonicalize(&program).map_err(io("finding typst"))?;
        let scratch = env("TMPDIR").filter(|t| !t.is_empty()).map_or_else(std::env::temp_dir, PathBuf::from);
        let mut typst = Typst { program, path, scratch, limit: LIMIT, version: String::new() };
        let mut command = typst.command();
        command.arg("--version");
        let found = String::from_utf8_lossy(&run(command, typst.limit)?.stdout).trim().to_string();
        let number = found.strip_prefix("typst ").unwrap_or_default();
        if number.strip_prefix(VERSION).is_some_and(|rest| rest.starts_with('.')) {
            // The version without the commit it was built from, which differs between builds of one release.
            typst.version = format!("typst {}", number.split_whitespace().next().unwrap_or(number));
            Ok(typst)
        } else {
            Err(PdfError::WrongVersion { found })
        }
    }

    /// Returns what it calls itself: `typst 0.15.1`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Sets another time limit.
    pub fn limit(self, limit: Duration) -> Typst {
        Typst { limit, ..self }
    }

    /// Prints a view as PDF/A-2a and PDF/UA-1. `main` names one of the templates; the view reaches it as
    /// `json(sys.inputs.at("data"))`, typeset. A warning is a failure.
    pub fn pdf(
        &self,
        templates: &[(&str, &str)],
        main: &str,
        doc: &impl Serialize,
        date: DocumentDate,
    ) -> Result<Vec<u8>, PdfError> {
        self.compile(templates, main, &data(doc)?, date)
    }

    /// Runs Typst on templates and data that is JSON already.
    pub fn compile(
        &self,
        templates: &[(&str, &str)],
        main: &str,
        data: &str,
        date: DocumentDate,
    ) -> Result<Vec<u8>, PdfError> {
        let staging = Staging::new(&self.scratch)?;
        for (name, text) in templates {
            if !is_plain_name(name) {
                return Err(PdfError::Failed { stderr: format!("a template cannot be called `{name}`") });
            }
            if text.contains("@preview") || text.contains("@local") {
                return Err(PdfError::Failed { stderr: format!("{name} imports a package; packages are not used") });
            }
            fs::write(staging.root().join(name), text).map_err(io("writing a template"))?;
        }
        fs::write(staging.root().join("data.json"), data).map_err(io("writing the data"))?;
        let out = staging.dir.join("out.pdf");
        let mut command = self.command();
        command
            .current_dir(staging.root())
            .args(["compile", "--root", "."])
            .args(["--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1", "--jobs", "1"])
            .arg("--package-path")
            .arg(staging.dir.join("none"))
            .arg("--package-cache-path")
            .arg(staging.dir.join("none"))
            .arg("--creation-timestamp")
            .arg(date.timestamp().to_string())
            .args(["--diagnostic-format", "short", "--input", "data=/data.json"])
            .arg(main)
            .arg(&out);
        let done = run(command, self.limit)?;
        let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
        if !done.success || !stderr.trim().is_empty() {
            return Err(PdfError::Failed { stderr });
        }
        fs::read(&out).map_err(io("reading the PDF"))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        // No proxy that works: were a package ever asked for, it must not be fetched.
        command.env_clear().env("PATH", &self.path).env("https_proxy", "http://127.0.0.1:9").stdin(Stdio::null());
        command
    }
}

/// Returns the view as the JSON that Typst reads: with no-break spaces, otherwise as on disk.
pub fn data(doc: &impl Serialize) -> Result<String, PdfError> {
    let failed = |e: serde_json::Error| PdfError::Failed { stderr: e.to_string() };
    let mut value = serde_json::to_value(doc).map_err(failed)?;
    typeset::value(&mut value);
    serde_json::to_string(&value).map_err(failed)
}

fn on_path(path: &OsStr, name: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(path).map(|dir| dir.join(name)).find(|p| p.is_file())
}

fn is_plain_name(name: &str) -> bool {
    name.ends_with(".typ") && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn io(doing: &'static str) -> impl Fn(io::Error) -> PdfError {
    move |error| PdfError::Io { doing, error }
}

struct Done {
    success: bool,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

/// Runs a program to its end or to the limit.
#[allow(clippy::disallowed_methods, reason = "the clock only stops a run that hangs; no output depends on it")]
fn run(mut command: Command, limit: Duration) -> Result<Done, PdfError> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(io("starting typst"))?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() >= limit => {
                stop(&mut child);
                return Err(PdfError::TimedOut { limit });
            }
            Ok(None) => thread::sleep(Duration::from_millis(4)),
            Err(error) => {
                stop(&mut child);
                return Err(PdfError::Io { doing: "waiting for typst", error });
            }
        }
    };
    let collect = |handle: thread::JoinHandle<Vec<u8>>| handle.join().unwrap_or_default();
    Ok(Done { success: status.success(), stdout: collect(stdout), stderr: collect(stderr) })
}

/// Reads a stream to its end beside the main thread, so that a full pipe cannot stop the program.
fn drain(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            let _ = stream.read_to_end(&mut bytes);
        }
        bytes
    })
}

fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Is a fresh directory of our own, gone when dropped.
struct Staging {
    dir: PathBuf,
}

impl Staging {
    fn new(scratch: &Path) -> Result<Staging, PdfError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        for _ in 0..1000 {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let dir = scratch.join(format!("vedtaegt-{}-{n}", std::process::id()));
            match create(&dir) {
                Ok(()) => {
                    let staging = Staging { dir };
                    fs::create_dir(staging.root()).map_err(io("making a directory for typst"))?;
                    return Ok(staging);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(PdfError::Io { doing: "making a directory for typst", error }),
            }
        }
        let error = io::Error::from(io::ErrorKind::AlreadyExists);
        Err(PdfError::Io { doing: "making a directory for typst", error })
    }

    fn root(&self) -> PathBuf {
        self.dir.join("root")
    }
}

#[cfg(unix)]
fn create(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn create(dir: &Path) -> io::Result<()> {
    fs::create_dir(dir)
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_characters_that_the_fonts_lack_are_told() {
        let line = |text: &str| {
            format!(
                "lib.typ:3:0: error: PDF/A-2a, PDF/UA-1 error: the text `\"{text}\"` could not be displayed with font `\"Libertinus Serif\"`\n"
            )
        };
        let stderr = line("中") + &line("\\u{e000}") + &line("中") + "error: something else\n";
        assert_eq!(PdfError::Failed { stderr }.lacking(), ['中', '\u{e000}']);
        assert!(PdfError::Failed { stderr: "error: unknown font".into() }.lacking().is_empty());
        assert!(PdfError::Missing.lacking().is_empty());
    }
}
