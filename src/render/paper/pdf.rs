//! A paper as the data that Typst prints: `templates/typst/paper.typ`.

use super::{Block, Cell, Figure, Paper, Span, Table, merged, placed, safe_link};
use crate::render::frame::Frame;
use serde::Serialize;

/// Is the template that prints a [`PaperDoc`].
pub const TEMPLATE: &str = "paper.typ";

/// Is a paper as Typst reads it: heading levels are right, links lead somewhere, cells are as many as the columns.
#[derive(Clone, Debug, Serialize)]
pub struct PaperDoc {
    /// What stands around the text.
    pub frame: Frame,
    /// The content.
    pub blocks: Vec<Block>,
    /// Whether it is set close, to stand on one page where it can.
    pub dense: bool,
}

impl PaperDoc {
    /// Prepares a paper.
    pub fn new(paper: &Paper) -> PaperDoc {
        let anchors: Vec<&str> = paper
            .blocks
            .iter()
            .filter_map(|b| match b {
                Block::Heading { anchor, .. } if !anchor.is_empty() => Some(anchor.as_str()),
                _ => None,
            })
            .collect();
        let blocks = placed(&paper.blocks)
            .filter(|placed| !is_empty(placed.block))
            .map(|placed| match placed.block {
                Block::Heading { text, .. } => {
                    Block::Heading { level: placed.level, text: text.clone(), anchor: placed.anchor.to_string() }
                }
                other => prepared(other, &anchors),
            })
            .collect();
        PaperDoc { frame: paper.frame.clone(), blocks, dense: false }
    }

    /// Prepares a paper that is set close.
    pub fn dense(paper: &Paper) -> PaperDoc {
        PaperDoc { dense: true, ..PaperDoc::new(paper) }
    }
}

/// Says whether a block would leave nothing to read.
fn is_empty(block: &Block) -> bool {
    match block {
        Block::Heading { text, .. } => text.trim().is_empty(),
        Block::Paragraph { text, .. } => text.iter().all(|s| s.text.trim().is_empty()),
        Block::List { items, .. } => items.is_empty(),
        Block::Table(table) => table.columns.is_empty(),
        Block::Figure(figure) => figure.svg.is_empty(),
    }
}

fn prepared(block: &Block, anchors: &[&str]) -> Block {
    match block {
        Block::Paragraph { style, text } => Block::Paragraph { style: *style, text: spans(text, anchors) },
        Block::List { ordered, items } => {
            Block::List { ordered: *ordered, items: items.iter().map(|i| spans(i, anchors)).collect() }
        }
        Block::Table(table) => Block::Table(prepared_table(table, anchors)),
        // A picture must say something to everybody.
        Block::Figure(figure) if figure.alt.trim().is_empty() => {
            let alt = if figure.caption.trim().is_empty() { "Billede" } else { figure.caption.as_str() };
            Block::Figure(Figure { alt: alt.to_string(), ..figure.clone() })
        }
        other => other.clone(),
    }
}

fn prepared_table(table: &Table, anchors: &[&str]) -> Table {
    let wide = table.columns.len();
    let mut columns = table.columns.clone();
    for column in &mut columns {
        column.width = column.width.max(1);
    }
    let rows = table.rows.iter().map(|row| {
        let mut cells: Vec<Cell> = row
            .iter()
            .take(wide)
            .map(|cell| {
                let kept = cell.blocks.iter().filter(|b| matches!(b, Block::Paragraph { .. } | Block::List { .. }));
                Cell { blocks: kept.filter(|b| !is_empty(b)).map(|b| prepared(b, anchors)).collect() }
            })
            .collect();
        cells.resize(wide, Cell::default());
        cells
    });
    Table { caption: table.caption.clone(), columns, rows: rows.collect(), goes_on: table.goes_on.clone() }
}

fn spans(text: &[Span], anchors: &[&str]) -> Vec<Span> {
    merged(text)
        .into_iter()
        .map(|span| {
            let link = span.link.as_deref().and_then(safe_link);
            // A file beside the document cannot be reached from a PDF that was sent on; its name is in the words.
            let link = link.filter(|l| match l.strip_prefix('#') {
                Some(name) => anchors.contains(&name),
                None => l.starts_with("http"),
            });
            Span { link: link.map(str::to_string), ..span.into_owned() }
        })
        .collect()
}
