//! Puts a paper into a set in the formats it is published in.

use super::Files;
use super::papers::context::Attachment;
use super::set::{BuildError, Maker};
use crate::lang::amending;
use crate::render::docx;
use crate::render::paper::pdf::{PaperDoc, TEMPLATE};
use crate::render::paper::{Paper, html, markdown};

/// Are the formats of a paper that people read in the repository and in the council.
pub const PAPER: &[Format] = &[Format::Markdown, Format::Pdf, Format::Docx];

/// Are the formats of an extract: the same, and a page.
const EXTRACT: &[Format] = &[Format::Markdown, Format::Html, Format::Pdf, Format::Docx];

/// Is a format that a paper can be put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.md`
    Markdown,
    /// `.html`
    Html,
    /// `.pdf`, where PDFs are made.
    Pdf,
    /// `.docx`
    Docx,
}

impl Maker<'_> {
    /// Puts a paper under a path without its ending: `reading-1/indstilling`, `opfoelgning`.
    pub(super) fn paper(&mut self, stem: &str, paper: &Paper, formats: &[Format]) -> Result<(), BuildError> {
        self.printed(stem, paper, formats, &PaperDoc::new(paper))
    }

    /// Puts an extract under a path without its ending; its PDF is set close.
    pub(super) fn extract(&mut self, stem: &str, paper: &Paper) -> Result<(), BuildError> {
        self.printed(stem, paper, EXTRACT, &PaperDoc::dense(paper))
    }

    fn printed(&mut self, stem: &str, paper: &Paper, formats: &[Format], pdf: &PaperDoc) -> Result<(), BuildError> {
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        for format in formats {
            match format {
                Format::Markdown => self.put(folder, &format!("{name}.md"), markdown(paper).into_bytes()),
                Format::Html => self.put(folder, &format!("{name}.html"), html(paper).into_bytes()),
                Format::Pdf => {
                    self.print(folder, &format!("{name}.pdf"), TEMPLATE, pdf, &paper.frame)?;
                }
                Format::Docx => self.put(folder, &format!("{name}.docx"), docx::paper(paper)),
            }
        }
        Ok(())
    }
}

/// Are the documents of a reading as a cover paper lists them.
const ATTACHED: [(&str, &str); 8] = [
    ("forslag", "Forslag til ændring af styrelsesvedtægten"),
    ("redline", "Styrelsesvedtægten med ændringerne markeret"),
    ("redline-fra-1-behandling", "Ændringer i forslaget siden 1. behandling"),
    ("paralleltekst", amending::PARALLEL),
    ("styrelsesvedtaegt", "Styrelsesvedtægten, som den bliver"),
    ("ressortoversigt", "Ressortoversigt: hvem har opgaverne før og efter"),
    ("sporbarhed", "Hver ændring med dens regel og grundlag"),
    ("aendringsforslag", "Ændringsforslag"),
];

/// Lists what lies in a reading's folder, each document once, in the form that is easiest to open.
pub(super) fn attachments(files: &Files, reading: i64) -> Vec<Attachment> {
    let there = |file: &String| files.contains_key(&format!("reading-{reading}/{file}"));
    ATTACHED
        .iter()
        .filter_map(|(stem, title)| {
            let file = ["html", "md"].iter().map(|format| format!("{stem}.{format}")).find(there)?;
            Some(Attachment { title: (*title).to_string(), file })
        })
        .collect()
}
