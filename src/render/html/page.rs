//! What every page has: head, style, title block, notice.

use super::xml::Xml;
use crate::render::frame::{Frame, PageLink};
use crate::render::view::ClauseRef;

/// The style sheet, in the order in which later rules win.
const STYLE: [&str; 6] = [
    include_str!("../assets/base.css"),
    include_str!("../assets/text.css"),
    include_str!("../assets/tables.css"),
    include_str!("../assets/review.css"),
    include_str!("../assets/paper.css"),
    include_str!("../assets/print.css"),
];

/// Prints a page around a body. `kind` names the page to the style sheet.
pub fn page(frame: &Frame, kind: &str, script: &[&'static str], body: impl FnOnce(&mut Xml)) -> String {
    let mut x = Xml::default();
    x.own("<!DOCTYPE html>\n");
    let lang = if frame.lang.is_empty() { "da" } else { &frame.lang };
    x.open("html", &[("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", lang)]).line();
    x.open("head", &[]).line();
    x.void("meta", &[("charset", "utf-8")]).line();
    x.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]).line();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
    x.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]).line();
    x.void("meta", &[("name", "color-scheme"), ("content", "light dark")]).line();
    x.void("meta", &[("name", "date"), ("content", &frame.date.iso())]).line();
    if !frame.municipality.is_empty() {
        x.void("meta", &[("name", "author"), ("content", &frame.municipality)]).line();
    }
    x.leaf("title", &[], &frame.title()).line();
    x.open("style", &[]).line();
    STYLE.into_iter().for_each(|part| {
        x.own(part);
    });
    running(&mut x, frame);
    x.close("style").line();
    x.close("head").line();
    x.open("body", &[("class", kind)]).line();
    body(&mut x);
    footer(&mut x, frame);
    if !script.is_empty() {
        x.open("script", &[]).line();
        script.iter().for_each(|part| {
            x.own(part);
        });
        x.close("script").line();
    }
    x.close("body").line().close("html").line();
    x.finish()
}

/// Prints what stands at the head and foot of every printed page.
fn running(x: &mut Xml, frame: &Frame) {
    x.own("@page { @top-left { content: \"").css(&frame.title()).own("\"; font-size: 8pt; }");
    x.own(" @bottom-left { content: \"").css(&frame.reading_line).own("\"; font-size: 8pt; } }\n");
}

/// Prints the block at the top: which municipality, what document, which text. With `title` the document's name is
/// the page's main heading; a bylaw has that in its own text.
pub fn masthead(x: &mut Xml, frame: &Frame, title: bool) {
    x.open("header", &[("class", "masthead")]).line();
    x.some("p", &[("class", "municipality")], &frame.municipality);
    if title {
        x.line().open("h1", &[]);
        x.some("span", &[("class", "kind")], &frame.kind);
        x.own(" ").some("span", &[("class", "name")], &frame.document_title);
        x.close("h1").line();
    } else {
        x.some("p", &[("class", "kind")], &frame.kind).line();
    }
    for line in frame.lines() {
        x.leaf("p", &[("class", "frame")], line).line();
    }
    x.some("p", &[("class", "notice")], &frame.notice);
    x.close("header").line();
    for links in frame.links.chunk_by(|a, b| a.group == b.group) {
        group(x, links);
    }
}

/// Prints links of one kind; those of a group after its word.
fn group(x: &mut Xml, links: &[PageLink]) {
    let word = links.first().map_or("", |l| l.group);
    if word.is_empty() {
        nav(x, "Dokumenter", links.iter().map(|l| (l.href.clone(), l.name.clone())));
        return;
    }
    x.open("nav", &[("aria-label", word), ("class", "short")]).open("ul", &[]);
    x.leaf("li", &[], &format!("{word}:"));
    for link in links {
        x.open("li", &[]).leaf("a", &[("href", &link.href), ("title", &link.title)], &link.name).close("li");
    }
    x.close("ul").close("nav").line();
}

/// Prints links as a landmark of its own.
pub fn nav(x: &mut Xml, name: &str, links: impl Iterator<Item = (String, String)>) {
    x.open("nav", &[("aria-label", name)]).open("ul", &[]);
    for (href, name) in links {
        x.open("li", &[]).leaf("a", &[("href", &href)], &name).close("li");
    }
    x.close("ul").close("nav").line();
}

fn footer(x: &mut Xml, frame: &Frame) {
    x.open("footer", &[]).line();
    x.leaf("p", &[], &frame.title()).line();
    x.some("p", &[], &frame.notice);
    x.close("footer").line();
}

/// Prints clauses as "Aftalens pkt. 5.1: …", one a line.
pub fn clauses(x: &mut Xml, clauses: &[ClauseRef]) {
    for clause in clauses {
        x.open("p", &[("class", "clause")]);
        x.leaf("span", &[("class", "clause-id")], &clause.id);
        if !clause.text.is_empty() {
            x.own(" ").text(&clause.text);
        }
        x.close("p").line();
    }
}

/// Opens a table with a header row; a column whose name begins with `*` shows no name.
pub fn table(x: &mut Xml, class: &str, columns: &[&str]) {
    x.open("table", &[("class", class)]).open("thead", &[]).open("tr", &[]);
    for column in columns {
        x.open("th", &[("scope", "col")]);
        // A column of signs has its heading for those who hear it.
        match column.strip_prefix('*') {
            Some(spoken) => x.leaf("span", &[("class", "sr")], spoken),
            None => x.text(column),
        };
        x.close("th");
    }
    x.close("tr").close("thead").line().open("tbody", &[]).line();
}

/// Closes a table that [`table`] opened.
pub fn end_table(x: &mut Xml) {
    x.close("tbody").close("table").line();
}
