//! A paper as a web page, in the frame and style of the others.

use super::{Block, Cell, Figure, Look, Paper, Span, Style, Table, merged, placed, safe_link};
use crate::render::html::page;
use crate::render::html::xml::Xml;
use crate::render::typeset::nbsp_pieces;

/// Prints a paper. Headings begin at the second level: the title is the first.
pub fn html(paper: &Paper) -> String {
    page::page(&paper.frame, "paper", &[], |x| {
        page::masthead(x, &paper.frame, true);
        x.open("main", &[]).line();
        for placed in placed(&paper.blocks) {
            match placed.block {
                Block::Heading { text, .. } => {
                    let tag = ["h1", "h2", "h3", "h4"].get(usize::from(placed.level)).copied().unwrap_or("h4");
                    x.leaf(tag, &[("id", placed.anchor)], text).line();
                }
                block => print(x, block),
            }
        }
        x.close("main").line();
    })
}

fn print(x: &mut Xml, block: &Block) {
    match block {
        Block::Heading { .. } => {}
        Block::Paragraph { style, text } => {
            x.open("p", &[("class", class(*style))]);
            spans(x, text);
            x.close("p").line();
        }
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            x.open(tag, &[]).line();
            for item in items {
                x.open("li", &[]);
                spans(x, item);
                x.close("li").line();
            }
            x.close(tag).line();
        }
        Block::Table(table) => print_table(x, table),
        Block::Figure(picture) => figure(x, picture),
    }
}

fn class(style: Style) -> &'static str {
    match style {
        Style::Body => "",
        Style::Lead => "lead",
        Style::Item => "item",
        Style::Quoted => "quoted",
        Style::QuotedPoint => "quoted quoted-point",
        Style::QuotedLetter => "quoted quoted-letter",
        Style::QuotedHeading => "quoted quoted-heading",
        Style::Note => "small",
    }
}

fn spans(x: &mut Xml, spans: &[Span]) {
    let mut spans: Vec<Span> = merged(spans).into_iter().map(|s| s.into_owned()).collect();
    nbsp_pieces(spans.iter_mut().map(|s| &mut s.text));
    for span in &spans {
        let link = span.link.as_deref().and_then(safe_link);
        if let Some(link) = link {
            x.open("a", &[("href", link)]);
        }
        look(x, span);
        if link.is_some() {
            x.close("a");
        }
    }
}

fn look(x: &mut Xml, span: &Span) {
    let (tag, class, spoken) = match span.look {
        Look::Plain => {
            x.verbatim(&span.text);
            return;
        }
        Look::Strong => ("strong", "", ""),
        Look::Emphasis => ("em", "", ""),
        Look::Deleted => ("del", "substance", "slettet: "),
        Look::Inserted => ("ins", "substance", "indsat: "),
        Look::Moved => ("ins", "moved", "flyttet: "),
        Look::Missing => ("mark", "", ""),
    };
    x.open(tag, &[("data-class", class)]);
    if !spoken.is_empty() {
        x.open("span", &[("class", "sr")]).own(spoken).close("span");
    }
    x.verbatim(&span.text).close(tag);
}

fn print_table(x: &mut Xml, table: &Table) {
    x.open("table", &[("class", "paper")]).line();
    x.some("caption", &[], &table.caption);
    let all: u64 = table.columns.iter().map(|c| u64::from(c.width)).sum();
    // In steps of five hundredths, for which the style sheet has classes.
    let share = |width: u32| (u64::from(width) * 20 + all / 2).checked_div(all).map(|twentieths| twentieths * 5);
    let shares: Vec<u64> = table.columns.iter().filter_map(|column| share(column.width)).collect();
    if !shares.is_empty() {
        x.open("colgroup", &[]);
        for share in shares {
            x.void("col", &[("class", &format!("w{}", share.clamp(5, 95)))]);
        }
        x.close("colgroup").line();
    }
    x.open("thead", &[]).open("tr", &[]);
    for column in &table.columns {
        x.leaf("th", &[("scope", "col")], &column.title);
    }
    x.close("tr").close("thead").line().open("tbody", &[]).line();
    for row in &table.rows {
        x.open("tr", &[]);
        for i in 0..table.columns.len() {
            x.open("td", &[]);
            if let Some(cell) = row.get(i) {
                print_cell(x, cell);
            }
            x.close("td");
        }
        x.close("tr").line();
    }
    x.close("tbody").close("table").line();
}

fn print_cell(x: &mut Xml, cell: &Cell) {
    match cell.blocks.as_slice() {
        [Block::Paragraph { style: Style::Body, text }] => spans(x, text),
        blocks => {
            for block in blocks.iter().filter(|b| matches!(b, Block::Paragraph { .. } | Block::List { .. })) {
                print(x, block);
            }
        }
    }
}

/// Prints a picture; its words stand beside it for everybody, since a long text alternative helps all.
pub fn figure(x: &mut Xml, figure: &Figure) {
    x.open("figure", &[]).line();
    let label = if figure.caption.is_empty() { figure.alt.as_str() } else { figure.caption.as_str() };
    x.open("div", &[("class", "picture"), ("role", "img"), ("aria-label", label)]);
    x.picture(&figure.svg).close("div").line();
    x.some("figcaption", &[], &figure.caption).line();
    if !figure.alt.is_empty() && figure.alt != label {
        x.open("details", &[]).leaf("summary", &[], "Billedet i ord");
        for line in figure.alt.lines() {
            x.leaf("p", &[], line);
        }
        x.close("details").line();
    }
    x.close("figure").line();
}
