//! A paper for Word: an instrument, a parallel text, a cover paper, an extract.

use std::collections::BTreeSet;

use super::frame::{self, Block as Around};
use super::numbering::Lists;
use super::package::Package;
use super::styles::{self, Sort};
use super::widths::widths;
use super::words::{Names, paragraph, plain, run};
use super::xml::Xml;
use crate::render::paper::{Block, Cell, Figure, Look, Paper, Span, Style, Table, merged, placed, safe_link};
use crate::render::typeset::{nbsp, nbsp_pieces};

/// Is how wide the text is, in twentieths of a point.
const WIDE: u64 = 8731;

/// Prints the file.
pub fn file(paper: &Paper) -> Vec<u8> {
    let lang = frame::language(&paper.frame);
    let mut package = Package::default();
    package.part("styles", "styles", styles::part(Sort::Paper, &lang));
    package.part("settings", "settings", frame::settings(&lang, false));
    let section = frame::section(&mut package, &paper.frame, Around::Body, &[]);
    let mut writer = Writer {
        x: Xml::default(),
        package,
        names: Names::default(),
        lists: Lists::default(),
        places: paper.blocks.iter().filter_map(anchor).map(str::to_string).collect(),
    };
    frame::title(&mut writer.x, &paper.frame);
    for (i, placed) in placed(&paper.blocks).enumerate() {
        let block = placed.block;
        if let Block::Heading { text, .. } = block {
            writer.heading(placed.level, text, placed.anchor);
        } else if orders(block, paper.blocks.get(i + 1)) {
            writer.set("AendringsNummer", true, words(block));
        } else {
            writer.block(block, false);
        }
    }
    // What ends a document must be a paragraph.
    if matches!(paper.blocks.last(), Some(Block::Table(_))) {
        paragraph(&mut writer.x, "Slut");
        writer.x.close("w:p").line();
    }
    let Writer { x, mut package, lists, .. } = writer;
    if !lists.is_empty() {
        package.part("numbering", "numbering", lists.part());
    }
    package.finish(frame::document(&x.finish(), &section), &paper.frame, &lang)
}

fn anchor(block: &Block) -> Option<&str> {
    match block {
        Block::Heading { anchor, .. } if !anchor.is_empty() => Some(anchor),
        _ => None,
    }
}

/// Says whether a block is a number of an instrument that quotes what follows.
fn orders(block: &Block, next: Option<&Block>) -> bool {
    let quoted = |style: &Style| name(*style).starts_with("Citat");
    matches!(block, Block::Paragraph { style: Style::Item, .. })
        && matches!(next, Some(Block::Paragraph { style, .. }) if quoted(style))
}

fn words(block: &Block) -> &[Span] {
    match block {
        Block::Paragraph { text, .. } => text,
        _ => &[],
    }
}

struct Writer {
    x: Xml,
    package: Package,
    names: Names,
    lists: Lists,
    /// The names that links may lead to.
    places: BTreeSet<String>,
}

impl Writer {
    fn heading(&mut self, level: u8, text: &str, anchor: &str) {
        paragraph(&mut self.x, ["Heading1", "Heading2", "Heading3"].get(usize::from(level) - 1).unwrap_or(&"Heading3"));
        if !anchor.is_empty() {
            self.names.mark(&mut self.x, anchor);
        }
        run(&mut self.x, "", &nbsp(text));
        self.x.close("w:p").line();
    }

    fn block(&mut self, block: &Block, in_table: bool) {
        match block {
            // A heading in a cell is a paragraph that stands out.
            Block::Heading { text, .. } => self.paragraph("Tabel", &[Span::new(Look::Strong, text.clone())]),
            Block::Paragraph { style: Style::Body, text } if in_table => self.paragraph("Tabel", text),
            Block::Paragraph { style: Style::Item, text } if in_table => self.paragraph("Normal", text),
            Block::Paragraph { style, text } => self.paragraph(name(*style), text),
            Block::List { ordered, items } => self.list(*ordered, items, in_table),
            Block::Table(table) if !in_table => self.table(table),
            Block::Table(_) => {}
            Block::Figure(figure) => self.figure(figure),
        }
    }

    fn paragraph(&mut self, style: &str, text: &[Span]) {
        self.set(style, false, text);
    }

    fn set(&mut self, style: &str, with_next: bool, text: &[Span]) {
        self.x.open("w:p", &[]).open("w:pPr", &[]).value("w:pStyle", style);
        if with_next {
            self.x.void("w:keepNext", &[]);
        }
        self.x.close("w:pPr");
        self.spans(text);
        self.x.close("w:p").line();
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Span>], in_table: bool) {
        let number = self.lists.begin(ordered);
        let style = if in_table {
            "Tabel"
        } else if ordered {
            "ListNumber"
        } else {
            "ListBullet"
        };
        for (i, item) in items.iter().enumerate() {
            self.x.open("w:p", &[]).open("w:pPr", &[]);
            self.x.value("w:pStyle", style);
            self.x.open("w:numPr", &[]).value("w:ilvl", "0").value("w:numId", &number).close("w:numPr");
            if i + 1 == items.len() && !in_table {
                self.x.void("w:spacing", &[("w:after", "140")]);
            }
            self.x.close("w:pPr");
            self.spans(item);
            self.x.close("w:p").line();
        }
    }

    fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        plain(&mut self.x, "Caption", &nbsp(&table.caption));
        let widths: Vec<String> = widths(table, WIDE).iter().map(u64::to_string).collect();
        let x = &mut self.x;
        x.open("w:tbl", &[]).open("w:tblPr", &[]).value("w:tblStyle", "PapirTabel");
        x.void("w:tblW", &[("w:w", &WIDE.to_string()), ("w:type", "dxa")]).void("w:tblLayout", &[("w:type", "fixed")]);
        x.void("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1")]);
        if !table.caption.is_empty() {
            x.value("w:tblCaption", &table.caption);
        }
        x.close("w:tblPr").open("w:tblGrid", &[]);
        for width in &widths {
            x.void("w:gridCol", &[("w:w", width)]);
        }
        x.close("w:tblGrid").line();
        x.open("w:tr", &[]).open("w:trPr", &[]).void("w:cantSplit", &[]).void("w:tblHeader", &[]).close("w:trPr");
        for (column, width) in table.columns.iter().zip(&widths) {
            cell(x, width);
            paragraph(x, "TabelHoved");
            run(x, "", &nbsp(&column.title));
            x.close("w:p").close("w:tc");
        }
        x.close("w:tr").line();
        for row in &table.rows {
            self.x.open("w:tr", &[]);
            if is_short(row) {
                self.x.open("w:trPr", &[]).void("w:cantSplit", &[]).close("w:trPr");
            }
            for (i, width) in widths.iter().enumerate() {
                cell(&mut self.x, width);
                self.cell(row.get(i));
                self.x.close("w:tc");
            }
            self.x.close("w:tr").line();
        }
        self.x.close("w:tbl").line();
    }

    fn cell(&mut self, cell: Option<&Cell>) {
        let blocks = cell.map(|c| c.blocks.as_slice()).unwrap_or_default();
        let shown = |b: &&Block| match b {
            Block::Table(_) => false,
            Block::List { items, .. } => !items.is_empty(),
            _ => true,
        };
        if blocks.iter().filter(shown).count() == 0 {
            self.paragraph("Tabel", &[]);
        }
        for block in blocks.iter().filter(shown) {
            self.block(block, true);
        }
    }

    /// Writes what a picture says in words: the picture itself would need fonts of its own to look the same everywhere.
    fn figure(&mut self, figure: &Figure) {
        plain(&mut self.x, "Caption", &nbsp(&figure.caption));
        for line in figure.alt.lines().filter(|l| !l.trim().is_empty()) {
            plain(&mut self.x, "Figur", &nbsp(line));
        }
    }

    fn spans(&mut self, spans: &[Span]) {
        let mut spans: Vec<Span> = merged(spans).into_iter().map(|s| s.into_owned()).collect();
        nbsp_pieces(spans.iter_mut().map(|s| &mut s.text));
        for span in &spans {
            match span.link.as_deref().and_then(|link| self.target(link)) {
                None => run(&mut self.x, look(span.look), &span.text),
                Some((name, value)) => {
                    self.x.open("w:hyperlink", &[(name, &value)]);
                    run(&mut self.x, if span.look == Look::Plain { "Hyperlink" } else { look(span.look) }, &span.text);
                    self.x.close("w:hyperlink");
                }
            }
        }
    }

    /// Returns where a link leads: to a place in the paper, to a page on the web or to a file beside it. A link that
    /// leads nowhere, or that Word would not take, is left out.
    fn target(&mut self, link: &str) -> Option<(&'static str, String)> {
        if let Some(name) = link.strip_prefix('#') {
            return self.places.contains(name).then(|| ("w:anchor", self.names.bookmark(name)));
        }
        // Word refuses a whole file for one address that is none.
        let address = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
        let link = safe_link(link).filter(|link| link.chars().all(address))?;
        Some(("r:id", self.package.link(link)))
    }
}

/// Says whether a row had better stand on one page.
fn is_short(row: &[Cell]) -> bool {
    let spans = |block: &Block| match block {
        Block::Paragraph { text, .. } => text.iter().map(|s| s.text.len()).sum(),
        Block::List { items, .. } => items.iter().flatten().map(|s| s.text.len() + 40).sum(),
        _ => 0_usize,
    };
    row.iter().all(|cell| cell.blocks.iter().map(spans).sum::<usize>() < 600)
}

fn cell(x: &mut Xml, width: &str) {
    x.open("w:tc", &[]).open("w:tcPr", &[]).void("w:tcW", &[("w:w", width), ("w:type", "dxa")]).close("w:tcPr");
}

fn name(style: Style) -> &'static str {
    match style {
        Style::Body => "Normal",
        Style::Lead => "Manchet",
        Style::Item => "AendringsNummer",
        Style::Quoted => "Citat",
        Style::QuotedPoint => "CitatNummer",
        Style::QuotedLetter => "CitatLitra",
        Style::QuotedHeading => "CitatRubrik",
        Style::Note => "Note",
    }
}

fn look(look: Look) -> &'static str {
    match look {
        Look::Plain => "",
        Look::Strong => "Strong",
        Look::Emphasis => "Emphasis",
        Look::Deleted => "Udgaar",
        Look::Inserted => "Indsat",
        Look::Moved => "Flyttet",
        Look::Missing => "Mangler",
    }
}
