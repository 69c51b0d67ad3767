//! The words of a paper: what the PDF says is what the Markdown says.

use super::{Block, words};
use crate::diag::Findings;
use crate::proof::paper::{differs, framed, read};
use crate::proof::{Files, bytes, damaged, text};

/// Proves that a PDF says what the Markdown says, word for word; what stands around the paper may have an order of its
/// own. Returns the number of words.
pub fn paper(files: &Files, file: &str, markdown: &str, findings: &mut Findings) -> usize {
    let (bytes, markdown) = (bytes(files, file, findings), text(files, markdown, findings));
    let (Some(bytes), Some(markdown)) = (bytes, markdown) else { return 0 };
    let blocks = match words(bytes) {
        Ok(blocks) => blocks,
        Err(reason) => {
            damaged(findings, file, reason);
            return 0;
        }
    };
    let want: Vec<String> = read(markdown).iter().flat_map(|line| split(&line.words)).collect();
    let found: Vec<(usize, String)> = blocks.iter().filter(|b| b.role != "Lbl").flat_map(on_pages).collect();
    if let Some((page, expected, found)) = framed(want, &found) {
        differs(findings, &super::on(file, page), 0, &expected, &found);
    }
    found.len()
}

fn split(text: &str) -> impl Iterator<Item = String> {
    super::law::visible(text).split_whitespace().map(crate::proof::lines::fold).collect::<Vec<_>>().into_iter()
}

fn on_pages(block: &Block) -> impl Iterator<Item = (usize, String)> {
    let page = block.page;
    split(&block.words).map(move |word| (page, word))
}
