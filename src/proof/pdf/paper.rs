//! The words of a paper: what the PDF says is what the Markdown says.

use std::collections::VecDeque;

use super::{Block, words};
use crate::diag::Findings;
use crate::proof::paper::{differs, read};
use crate::proof::{Files, bytes, damaged, text};

/// Is how many words may stand around a paper: whose it is, its title, which text it is about.
const AROUND: usize = 200;

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
    if let Some((page, expected, found)) = difference(want, &found) {
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

/// Compares from the end to where the frame begins. Returns the page where they part, and the words on both sides.
fn difference(want: Vec<String>, found: &[(usize, String)]) -> Option<(usize, String, String)> {
    let same = want.iter().rev().zip(found.iter().rev()).take_while(|(w, (_, f))| *w == f).count();
    let around = |words: &[String]| {
        let mut words: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
        words.sort_unstable();
        words
    };
    let head = found.get(..found.len() - same).unwrap_or_default();
    let (page, own): (Vec<usize>, Vec<String>) = head.iter().cloned().unzip();
    let wanted = want.get(..want.len() - same).unwrap_or_default();
    if own.len() <= AROUND && around(wanted) == around(&own) {
        return None;
    }
    let end = |words: &[String]| {
        let last: VecDeque<&str> = words.iter().rev().take(12).map(String::as_str).collect();
        last.into_iter().rev().collect::<Vec<_>>().join(" ")
    };
    Some((page.last().copied().unwrap_or(1), end(wanted), end(&own)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(want: &str, found: &str) -> bool {
        let found: Vec<(usize, String)> = split(found).map(|w| (1, w)).collect();
        difference(split(want).collect(), &found).is_some()
    }

    #[test]
    fn the_frame_may_have_another_order_and_the_text_may_not() {
        assert!(!differ("Titel. Kommune. Her står", "KOMMUNE. Titel. Her står"));
        assert!(!differ("Her står", "Her står"));
        assert!(differ("Titel. Her står", "Titel. Her står ikke"));
        assert!(differ("Titel. Her står", "Titel. Her"));
        assert!(differ("Titel. Her står", "Her står"));
    }
}
