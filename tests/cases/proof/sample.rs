//! The documents of both readings, made of the project's own rules; the PDFs are small ones of our own (`tagged.rs`).

use std::sync::OnceLock;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vedtaegt::check::{self, Checked};
use vedtaegt::diag::Findings;
use vedtaegt::document::print::markdown;
use vedtaegt::model::{Model, Version};
use vedtaegt::output::{self, Pdf};
use vedtaegt::proof::{Figure, Files, prove};
use vedtaegt::rules::{CURRENT, load};
use vedtaegt::world::{Disk, ReadError, World};

use crate::tagged;

/// A set of documents and the text in force they are proved against.
#[derive(Clone, PartialEq)]
pub struct Sample {
    pub files: Files,
    pub current: String,
}

/// The project on disk with its own text in force, so that a change of rules in the making stops no test here.
struct Project {
    disk: Disk,
    current: Option<String>,
}

impl World for Project {
    fn read(&self, path: &str, max: u64) -> Result<Vec<u8>, ReadError> {
        match (&self.current, path) {
            (Some(current), CURRENT) => Ok(current.clone().into_bytes()),
            _ => self.disk.read(path, max),
        }
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        self.disk.list(folder)
    }
}

fn checked(world: &Project) -> Checked {
    let mut findings = Findings::default();
    let (_, rules) = load(world, &mut findings);
    let model = Model::new(rules.expect("the project's rules can be read"), &mut findings);
    check::check(model, &mut findings).expect("the project's templates can be used")
}

/// Returns the set; it is made once.
pub fn sample() -> Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(make).clone()
}

fn make() -> Sample {
    let disk = Disk::open(env!("CARGO_MANIFEST_DIR")).expect("the project is there");
    let mut world = Project { disk, current: None };
    let in_force = checked(&world);
    let current = markdown(&in_force.version(Version::in_force()).expect("the text in force compiles").bylaw);
    world.current = Some(current.clone());
    let checked = checked(&world);
    let mut findings = Findings::default();
    let files = match output::build(&checked, &[1, 2], &Pdf::Without, &mut |_| (), &mut findings) {
        Ok(files) => files,
        Err(error) => panic!("{error:?}: {:#?}", findings.sorted()),
    };
    let mut sample = Sample { files, current };
    // Whatever there is for Word there is as PDF.
    let stems: Vec<String> = sample.files.keys().filter_map(|p| p.strip_suffix(".docx").map(String::from)).collect();
    for stem in stems {
        let source = if stem.ends_with("paralleltekst") { "html" } else { "md" };
        let elements = elements(&stem, &sample.text(&format!("{stem}.{source}")));
        sample.files.insert(format!("{stem}.pdf"), tagged::write(&elements, ""));
    }
    for folder in ["reading-1/", "reading-2/", ""] {
        sample.json(&format!("{folder}manifest.json"), |m| {
            m["pdf"] = json!(true);
            m["typst"] = json!("typst 0.15.1");
        });
    }
    sample.seal();
    let figures = sample.prove().0;
    sample.claim(&figures);
    sample
}

/// Returns what the PDF of a document holds.
fn elements(stem: &str, markdown: &str) -> Vec<tagged::Node> {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let law = name == "styrelsesvedtaegt" || name.starts_with("redline");
    match name {
        "forslag" => tagged::instrument(markdown),
        "paralleltekst" => tagged::table(markdown),
        _ if law => tagged::law(markdown),
        _ => tagged::paper(markdown),
    }
}

impl Sample {
    /// Runs the proofs.
    pub fn prove(&self) -> (Vec<Figure>, Findings) {
        let mut findings = Findings::default();
        let figures = prove(&self.files, &self.current, &mut findings);
        (figures, findings)
    }

    /// Makes the manifests list the folders as they are now, so that only the proof in question can find the damage.
    pub fn seal(&mut self) {
        for folder in ["reading-1/", "reading-2/", ""] {
            let whole =
                |name: &str| !folder.is_empty() || !name.starts_with("reading-1/") && !name.starts_with("reading-2/");
            let listed: Vec<Value> = self
                .files
                .iter()
                .filter_map(|(path, bytes)| path.strip_prefix(folder).map(|name| (name, bytes)))
                .filter(|(name, _)| *name != "manifest.json" && whole(name))
                .map(|(name, bytes)| json!({"path": name, "sha256": sha256(bytes), "bytes": bytes.len()}))
                .collect();
            let path = format!("{folder}manifest.json");
            if self.files.contains_key(&path) {
                self.json(&path, |m| m["outputs"] = Value::Array(listed));
            }
        }
    }

    /// As [`Sample::seal`], unless the file is a manifest itself.
    pub fn seal_others(&mut self, file: &str) {
        if !file.ends_with("manifest.json") {
            self.seal();
        }
    }

    /// Makes the manifests claim these figures.
    pub fn claim(&mut self, figures: &[Figure]) {
        for (reading, folder) in [(0, ""), (1, "reading-1/"), (2, "reading-2/")] {
            let own = figures.iter().filter(|f| f.reading == reading);
            let own: Vec<Value> =
                own.map(|f| json!({"proof": f.proof, "file": f.file, "checked": f.checked, "what": f.what})).collect();
            self.json(&format!("{folder}manifest.json"), |m| m["proofs"] = Value::Array(own));
        }
    }

    /// Returns a file's text.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.files.get(path).expect(path).clone()).expect("text")
    }

    /// Replaces a file's text.
    pub fn put(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.files.insert(path.to_string(), text.into());
    }

    /// Replaces the first occurrence of some words.
    pub fn swap(&mut self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.put(path, text.replacen(from, to, 1));
    }

    /// Edits the first line that is wanted.
    pub fn line(&mut self, path: &str, wanted: impl Fn(&str) -> bool, edit: impl Fn(&str) -> String) {
        let text = self.text(path);
        let at = text.lines().position(&wanted).unwrap_or_else(|| panic!("{path} has no such line"));
        let lines: Vec<String> =
            text.split('\n').enumerate().map(|(i, l)| if i == at { edit(l) } else { l.to_string() }).collect();
        self.put(path, lines.join("\n"));
    }

    /// Leaves the PDFs out, as `--no-pdf` does, where a test is about other files: reading them takes time.
    pub fn without_pdfs(&mut self) {
        self.files.retain(|path, _| !path.ends_with(".pdf"));
        for folder in ["reading-1/", "reading-2/", ""] {
            let manifest = format!("{folder}manifest.json");
            if self.files.contains_key(&manifest) {
                self.json(&manifest, |m| {
                    m["pdf"] = json!(false);
                    m["typst"] = json!(null);
                });
            }
        }
    }

    /// Writes the PDF of a document anew from its Markdown, with other elements.
    pub fn pdf(&mut self, path: &str, edit: impl FnOnce(&mut Vec<tagged::Node>)) {
        let stem = path.strip_suffix(".pdf").expect("a PDF");
        let mut nodes = elements(stem, &self.text(&format!("{stem}.md")));
        edit(&mut nodes);
        self.put(path, tagged::write(&nodes, ""));
    }

    /// Edits a JSON file.
    pub fn json(&mut self, path: &str, edit: impl FnOnce(&mut Value)) {
        let mut value: Value = serde_json::from_str(&self.text(path)).expect("JSON");
        edit(&mut value);
        self.put(path, serde_json::to_vec_pretty(&value).expect("JSON"));
    }

    /// Replaces bytes.
    pub fn bytes(&mut self, path: &str, from: &[u8], to: &[u8]) {
        let bytes = self.files.get_mut(path).expect(path);
        let at = bytes.windows(from.len()).position(|w| w == from).expect("the bytes are there");
        bytes.splice(at..at + from.len(), to.iter().copied());
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
