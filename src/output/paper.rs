//! Puts a paper into a set in the formats it is published in.

use super::set::{BuildError, Maker};
use crate::render::paper::pdf::{PaperDoc, TEMPLATE};
use crate::render::paper::{Paper, html, markdown};

/// Are the formats of a paper that people read in the repository and in the council.
pub const PAPER: &[Format] = &[Format::Markdown, Format::Pdf, Format::Docx];

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
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        for format in formats {
            match format {
                Format::Markdown => self.put(folder, &format!("{name}.md"), markdown(paper).into_bytes()),
                Format::Html => self.put(folder, &format!("{name}.html"), html(paper).into_bytes()),
                Format::Pdf => {
                    self.print(folder, &format!("{name}.pdf"), TEMPLATE, &PaperDoc::new(paper), &paper.frame)?;
                }
                Format::Docx => self.put(folder, &format!("{name}.docx"), crate::render::docx::paper(paper)),
            }
        }
        Ok(())
    }
}
