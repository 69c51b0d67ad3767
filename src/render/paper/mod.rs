//! A document that is neither the bylaw nor a redline: an instrument, a parallel text, a cover paper, an extract.
//!
//! A [`Paper`] is content only. Each format prints it: Markdown, HTML, PDF (through Typst, as data) and DOCX.

pub mod html;
pub mod markdown;
pub mod pdf;

use super::frame::Frame;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

pub use html::html;
pub use markdown::markdown;

/// Is a document of headings, paragraphs, lists, tables and pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// What stands around the text; its title is the document's main heading.
    pub frame: Frame,
    /// The content in reading order.
    pub blocks: Vec<Block>,
}

/// Is one block of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "block")]
pub enum Block {
    /// A heading below the title: level 1, 2 or 3, none skipped.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        /// Its words.
        text: String,
        /// A name to link to; empty for none.
        anchor: String,
    },
    /// A paragraph.
    Paragraph {
        /// How it is set.
        style: Style,
        /// Its words.
        text: Vec<Span>,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Span>>,
    },
    /// A table.
    Table(Table),
    /// A picture with a text that says the same.
    Figure(Figure),
}

/// Says how a paragraph is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Running text.
    #[default]
    Body,
    /// An introduction, or words that stand out.
    Lead,
    /// A number of an amending instrument; its first span is the number.
    Item,
    /// Text of the bylaw that is quoted: a § or stk.
    Quoted,
    /// Text of the bylaw that is quoted: a point; set in.
    QuotedPoint,
    /// Text of the bylaw that is quoted: a letter; set in further.
    QuotedLetter,
    /// Text of the bylaw that is quoted: a heading, centred or in italics.
    QuotedHeading,
    /// A remark in small type.
    Note,
}

/// Is a stretch of words with one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their look.
    pub look: Look,
    /// Where they link to; `None` for nowhere. `#name` for a place in the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Is how words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// As the rest.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Words that go: struck through.
    Deleted,
    /// Words that come: underlined.
    Inserted,
    /// Words that moved: double underline.
    Moved,
    /// Something people must still write: `[udfyldes af …]`.
    Missing,
}

/// Is a table; its header row is repeated on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows; empty for no caption.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// For each row and each block of its first cell: what stands in the head of a page that the block begins, since it
    /// goes on with something from the page before. Empty for nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goes_on: Vec<Vec<String>>,
}

/// Is a column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its share of the width, relative to the others.
    pub width: u32,
}

/// Is a cell: blocks, of which only paragraphs and lists may stand here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its content.
    pub blocks: Vec<Block>,
}

/// Is a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The picture as SVG without anything loaded from elsewhere.
    pub svg: String,
    /// What it shows, in words, for those who cannot see it.
    pub alt: String,
    /// What stands under it.
    pub caption: String,
}

impl Span {
    /// Makes words without a look of their own.
    pub fn plain(text: impl Into<String>) -> Span {
        Span { text: text.into(), ..Span::default() }
    }
    /// Makes words with a look.
    pub fn new(look: Look, text: impl Into<String>) -> Span {
        Span { text: text.into(), look, link: None }
    }
}

impl Block {
    /// Makes a heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Block {
        Block::Heading { level, text: text.into(), anchor: String::new() }
    }
    /// Makes a paragraph of running text.
    pub fn text(text: impl Into<String>) -> Block {
        Block::Paragraph { style: Style::Body, text: vec![Span::plain(text)] }
    }
    /// Makes a paragraph in a style.
    pub fn styled(style: Style, text: Vec<Span>) -> Block {
        Block::Paragraph { style, text }
    }
}

impl Cell {
    /// Makes a cell of one paragraph.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { blocks: vec![Block::text(text)] }
    }
}

/// Is a block as it is printed.
pub(super) struct Placed<'a> {
    pub(super) block: &'a Block,
    /// Of a heading: 1 to 3, none skipped; 0 for what is no heading.
    pub(super) level: u8,
    /// Of a heading: the name to link to, which only the first of several has.
    pub(super) anchor: &'a str,
}

/// Returns the blocks in order.
pub(super) fn placed(blocks: &[Block]) -> impl Iterator<Item = Placed<'_>> {
    let (mut above, mut named) = (0, BTreeSet::new());
    blocks.iter().map(move |block| match block {
        Block::Heading { level, anchor, .. } => {
            above = (*level).clamp(1, 3).min(above + 1);
            let anchor = if named.insert(anchor.as_str()) { anchor.as_str() } else { "" };
            Placed { block, level: above, anchor }
        }
        _ => Placed { block, level: 0, anchor: "" },
    })
}

/// Returns the spans without empty ones, those that look and lead alike in one.
pub(super) fn merged(spans: &[Span]) -> Vec<Cow<'_, Span>> {
    let mut out: Vec<Cow<'_, Span>> = Vec::new();
    for span in spans.iter().filter(|s| !s.text.is_empty()) {
        match out.last_mut() {
            Some(last) if last.look == span.look && last.link == span.link => last.to_mut().text.push_str(&span.text),
            _ => out.push(Cow::Borrowed(span)),
        }
    }
    out
}

/// Returns a link that a reader may follow: a place in the paper, a file beside it, or a page on the web.
pub(super) fn safe_link(link: &str) -> Option<&str> {
    let plain = !link.is_empty() && !link.chars().any(|c| c.is_control() || c.is_whitespace());
    let web = link.starts_with("https://") || link.starts_with("http://");
    (plain && (web || !link.contains(':') && !link.starts_with(['/', '\\']))).then_some(link)
}
