//! The amended bylaw as a page: it says what the Markdown says, and has no marks.

use super::critic::Op;
use super::page::{self, Zone};
use super::shown::{self, Spot};
use super::{Files, damaged_at, full, lines, redline, text};
use crate::diag::Findings;

/// Proves the page. Returns the number of lines.
pub fn html(files: &Files, file: &str, markdown: &str, findings: &mut Findings) -> usize {
    let rows = page::lines(files, file, Zone::Main, findings);
    let markdown = text(files, markdown, findings);
    let (Some(rows), Some(markdown)) = (rows, markdown) else { return 0 };
    for row in rows.iter().filter(|row| row.state != "kept" || row.is_marked()) {
        damaged_at(findings, file, row.at, "mark");
        if full(findings, file) {
            break;
        }
    }
    if let Some((line, want, found)) =
        redline::differs(rows.iter().map(|row| row.side(Op::Keep)), &lines::read(markdown))
    {
        shown::document(findings, Spot { file, line }, want.as_deref(), found.as_deref());
    }
    rows.len()
}
