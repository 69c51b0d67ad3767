//! The PDFs, read back: objects, pages, tags, words. Shares nothing with Typst or the templates.
//!
//! What counts is what the tag tree says, since that is what a screen reader, a search and a copy get; the pages are
//! read to make sure that they show no word which the tree does not hold, and none it holds is invisible.

mod content;
mod file;
mod font;
mod law;
mod object;
mod paper;
mod properties;
mod tree;

pub use law::{bylaw, on, redline};
pub use paper::paper;
pub use properties::check;

use file::File;
use tree::{Element, Kid};

/// Is a PDF's text.
pub struct Text {
    document: Element,
    /// The page and the words of what stands beside the text.
    beside: Vec<(usize, String)>,
}

/// Reads a PDF's text through its tag tree.
pub fn text(bytes: &[u8]) -> Result<Text, &'static str> {
    let mut file = File::open(bytes)?;
    let trailer = std::mem::take(&mut file.trailer);
    let catalog = file.dict(&trailer, "Root")?;
    let mut pages = content::read(&mut file, &catalog)?;
    let beside = std::mem::take(&mut pages.beside);
    let page = |number: u32| pages.order.iter().position(|n| *n == number).map_or(0, |i| i + 1);
    let beside = beside.into_iter().map(|(number, words)| (page(number), words)).collect();
    Ok(Text { document: tree::read(&file, &catalog, pages)?, beside })
}

/// Is a paragraph, a heading, a cell or an item: its page, what it is, its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub page: usize,
    pub role: String,
    pub words: String,
}

/// Returns what a PDF says, block by block in reading order, soft hyphens taken away. What stands for a picture is a
/// block of the role `Figure`; words painted in a picture are not told.
pub fn words(bytes: &[u8]) -> Result<Vec<Block>, &'static str> {
    let mut out = Vec::new();
    blocks(&text(bytes)?.document, &mut out);
    out.retain(|block| !block.words.trim().is_empty());
    Ok(out)
}

fn blocks(element: &Element, out: &mut Vec<Block>) {
    let inline = matches!(element.role.as_str(), "Span" | "Strong" | "Em" | "Link" | "Datetime" | "Code" | "Quote");
    if !inline {
        out.push(Block { page: 0, role: element.role.clone(), words: String::new() });
    }
    if element.role == "Figure" {
        if let Some(block) = out.last_mut() {
            block.words = element.alt.clone().unwrap_or_default();
        }
        return;
    }
    let mut fresh = false;
    for kid in &element.kids {
        match kid {
            Kid::Element(kid) => {
                let before = out.len();
                blocks(kid, out);
                // Words after a block within this one begin another.
                fresh = out.len() > before;
            }
            Kid::Words(page, words) => {
                if fresh {
                    out.push(Block { page: *page, role: element.role.clone(), words: String::new() });
                    fresh = false;
                }
                if let Some(block) = out.last_mut() {
                    if block.page == 0 {
                        block.page = *page;
                    }
                    block.words.extend(words.chars().filter(|c| *c != SOFT_HYPHEN));
                }
            }
        }
    }
}

/// Stands where a word is broken at the end of a line; it is no part of the word.
const SOFT_HYPHEN: char = '\u{ad}';
