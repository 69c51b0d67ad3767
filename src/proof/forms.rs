//! The instrument in its other forms: page, Word file and PDF say what its Markdown says, word for word.

use super::html::Part;
use super::lines::squeeze;
use super::{Files, bytes, damaged, damaged_at, docx, html, paper, pdf, text};
use crate::diag::Findings;
use crate::instrument::text::unescape;

/// Is what a form says: what stands before the first § of the instrument, and what follows, paragraph by paragraph.
struct Said {
    head: Vec<String>,
    body: Vec<String>,
}

impl Said {
    /// Divides paragraphs at the first heading that is a § alone.
    fn new(paragraphs: Vec<(bool, String)>) -> Said {
        let section = |(heading, words): &(bool, String)| *heading && words.starts_with('§');
        let start = paragraphs.iter().position(section).unwrap_or(paragraphs.len());
        let mut said = Said { head: Vec::new(), body: Vec::new() };
        for (i, (_, words)) in paragraphs.into_iter().enumerate() {
            if i < start { said.head.push(words) } else { said.body.push(words) }
        }
        said
    }
}

/// Reads the Markdown.
fn markdown(markdown: &str) -> Said {
    let line = |line: &str| {
        let line = line.trim_start();
        let bare = line.trim_start_matches(['#', '>']);
        let heading = line.starts_with('#') && bare.starts_with(' ');
        let quoted = line.starts_with("> ");
        (heading, squeeze(&unescape(if heading || quoted { bare } else { line })))
    };
    Said::new(markdown.lines().filter(|l| !l.is_empty()).map(line).collect())
}

/// Proves the page.
pub fn page(files: &Files, file: &str, md: &str, findings: &mut Findings) -> usize {
    let Some(page) = text(files, file, findings) else { return 0 };
    let mut open: Vec<String> = Vec::new();
    let mut out: Vec<(bool, String)> = Vec::new();
    let mut done = false;
    let read = html::read(page, |_, part| {
        match part {
            Part::Open(tag) => {
                if !done && matches!(tag.name.as_str(), "p" | "h1" | "h2" | "h3" | "h4") {
                    out.push((tag.name.starts_with('h'), String::new()));
                }
                open.push(tag.name);
            }
            // What stands under the page is not the paper.
            Part::Close => done |= open.pop().is_some_and(|name| name == "main"),
            Part::Words(words) => {
                let inside = !done && open.iter().any(|n| matches!(n.as_str(), "p" | "h1" | "h2" | "h3" | "h4"));
                if let Some((_, last)) = out.last_mut().filter(|_| inside) {
                    last.push_str(&words);
                }
            }
        }
        Ok(())
    });
    if let Err((line, reason)) = read {
        damaged_at(findings, file, line, reason);
        return 0;
    }
    compare(files, file, md, out, findings)
}

/// Proves the file for Word.
pub fn word(files: &Files, file: &str, md: &str, findings: &mut Findings) -> usize {
    let Some(document) = docx::open(files, file, findings) else { return 0 };
    if document.marks > 0 {
        damaged(findings, file, "mark");
    }
    let paragraphs = document.paragraphs.iter().map(|p| {
        (p.style.starts_with("Heading"), p.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>())
    });
    let paragraphs = paragraphs.collect();
    compare(files, file, md, paragraphs, findings)
}

/// Proves the PDF.
pub fn print(files: &Files, file: &str, md: &str, findings: &mut Findings) -> usize {
    let Some(bytes) = bytes(files, file, findings) else { return 0 };
    match pdf::words(bytes) {
        Ok(blocks) => {
            let heading = |role: &str| role.len() == 2 && role.starts_with('H');
            let paragraphs = blocks.into_iter().map(|b| (heading(&b.role), b.words)).collect();
            compare(files, file, md, paragraphs, findings)
        }
        Err(reason) => {
            damaged(findings, file, reason);
            0
        }
    }
}

/// Compares a form with the Markdown. Returns the number of paragraphs.
fn compare(files: &Files, file: &str, md: &str, said: Vec<(bool, String)>, findings: &mut Findings) -> usize {
    let Some(wanted) = text(files, md, findings).map(markdown) else { return 0 };
    let said = said.into_iter().map(|(heading, words)| (heading, squeeze(&words))).filter(|(_, w)| !w.is_empty());
    let said = Said::new(said.collect());
    let wanted_body = wanted.body.concat();
    let mut want = wanted_body.as_str();
    if wanted.body.is_empty() {
        damaged(findings, md, "no-lines");
    }
    let head = said.head.concat();
    for part in wanted.head.iter().filter(|part| !head.contains(part.as_str())) {
        paper::differs(findings, file, 1, part, &head);
    }
    for (at, words) in (1..).zip(&said.body) {
        match want.strip_prefix(words.as_str()) {
            Some(rest) => want = rest,
            None => {
                let here: String = want.chars().take(words.chars().count()).collect();
                paper::differs(findings, file, at, &here, words);
                return 0;
            }
        }
    }
    if !want.is_empty() {
        paper::differs(findings, file, said.body.len(), want, "");
    }
    said.body.len()
}
