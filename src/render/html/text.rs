//! The marked text of a redline's page, with what script needs to know of its changes beside it.

use serde::Serialize;

use super::bylaw::{Levels, Shell};
use super::marks::{self, Line};
use super::xml::Xml;
use crate::lang::danish;
use crate::render::view::{AdministrationView, AreaView, BothDoc, ClauseRef, RedlineDoc, RuleRef, SummaryRow};

/// Is a marked text in a page: its id, its heading, the layer it belongs to and the prefix of its names.
pub struct Part<'a> {
    pub id: &'a str,
    pub heading: &'a str,
    pub layer: &'a str,
    pub prefix: &'a str,
}

/// Prints the text of a redline.
pub fn redline(x: &mut Xml, part: &Part<'_>, doc: &RedlineDoc) {
    article(x, part, doc.rows.iter().map(|row| Line::of_row(row, doc, part.prefix)));
    let changes = doc.summary.iter().enumerate().map(|(i, row)| (marks::key(i, 0), row));
    data(x, part, &[&doc.before, &doc.after], changes, &doc.by_administration, &doc.by_area);
}

/// Prints a text with two layers.
pub fn both(x: &mut Xml, part: &Part<'_>, doc: &BothDoc) {
    article(x, part, doc.rows.iter().map(|row| Line::of_both(row, doc, part.prefix)));
    let offset = doc.first.len();
    let all = doc.first.iter().chain(&doc.second).enumerate();
    let names = doc.names.each_ref().map(|name| danish::capital(name));
    let names = names.each_ref().map(String::as_str);
    let changes = all.map(|(i, row)| (marks::key(i, offset), row));
    data(x, part, &names, changes, &doc.by_administration, &doc.by_area);
}

fn article(x: &mut Xml, part: &Part<'_>, lines: impl Iterator<Item = Line>) {
    let heading = format!("{}-h", part.id);
    x.open("article", &[("id", part.id), ("aria-labelledby", &heading), ("data-layer", part.layer)]).line();
    x.leaf("h2", &[("id", &heading)], part.heading).line();
    let mut shell = Shell::default();
    // The page's title and the heading of the text.
    let mut levels = Levels::under(2);
    for line in lines {
        shell.before(x, line.kind, &line.section, &format!("{}-kapitel", line.anchor));
        print(x, &line, levels.tag(line.kind));
    }
    shell.end(x);
    x.close("article").line();
}

fn print(x: &mut Xml, line: &Line, tag: &str) {
    let is_marked = line.signs != ["", ""];
    let marked = if is_marked { " marked" } else { "" };
    let follows = if line.follows { " follows" } else { "" };
    let class = format!("line {}{marked}{follows}", line.kind);
    x.open(
        tag,
        &[
            ("class", &class),
            ("id", &line.anchor),
            ("data-kind", line.kind),
            ("data-unit", &line.unit),
            ("data-state", line.states[0]),
            ("data-later", line.states[1]),
            ("data-changes", &line.changes.join(" ")),
        ],
    );
    if is_marked {
        margin(x, line);
    }
    marks::words(x, line);
    for (note, href) in &line.notes {
        let tag = if href.is_empty() { "span" } else { "a" };
        x.own(" ").leaf(tag, &[("class", "note"), ("href", href)], note);
    }
    for from in &line.from {
        x.own(" ").leaf("span", &[("class", "from")], from);
    }
    x.close(tag).line();
}

fn margin(x: &mut Xml, line: &Line) {
    x.open("span", &[("class", "margin")]);
    let [first, later] = line.signs;
    x.some("span", &[("class", "sign"), ("aria-hidden", "true")], first);
    x.some("span", &[("class", "sign later"), ("aria-hidden", "true")], later);
    for number in &line.numbers {
        x.open(
            "a",
            &[
                ("href", &number.href),
                ("data-key", &number.key),
                ("title", &number.title),
                ("aria-label", &number.spoken),
            ],
        );
        x.text(&number.key).close("a");
    }
    x.close("span");
}

/// Is what script knows of a text: what its columns are called, and every change with its reasons.
#[derive(Serialize)]
struct Data<'a> {
    columns: &'a [&'a str],
    clauses: Vec<&'a ClauseRef>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    key: String,
    kind: &'a str,
    code: &'a str,
    class: &'a str,
    old: &'a str,
    new: &'a str,
    words: &'a str,
    why: &'a str,
    effect: &'a str,
    rules: &'a [RuleRef],
    /// Indices into [`Data::clauses`].
    clauses: Vec<usize>,
    committees: &'a [String],
    administrations: Vec<&'a str>,
    areas: Vec<&'a str>,
}

fn data<'a>(
    x: &mut Xml,
    part: &Part<'_>,
    columns: &[&str],
    changes: impl Iterator<Item = (String, &'a SummaryRow)>,
    administrations: &[AdministrationView],
    areas: &[AreaView],
) {
    let mut clauses: Vec<&ClauseRef> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    let mut changes: Vec<Change<'_>> = changes
        .map(|(key, row)| Change {
            key,
            kind: &row.kind,
            code: row.code,
            class: row.class,
            old: &row.old,
            new: &row.new,
            words: &row.words,
            why: &row.why,
            effect: &row.effect,
            rules: &row.rules,
            clauses: row
                .clauses
                .iter()
                .map(|clause| {
                    *known.entry((&clause.id, &clause.text)).or_insert_with(|| {
                        clauses.push(clause);
                        clauses.len() - 1
                    })
                })
                .collect(),
            committees: &row.committees,
            administrations: Vec::new(),
            areas: Vec::new(),
        })
        .collect();
    for administration in administrations {
        for i in &administration.changes {
            if let Some(change) = changes.get_mut(*i) {
                change.administrations.push(&administration.id);
            }
        }
    }
    for area in areas {
        for i in &area.changes {
            if let Some(change) = changes.get_mut(*i) {
                change.areas.push(&area.id);
            }
        }
    }
    let data = Data { columns, clauses, changes };
    x.open("script", &[("type", "application/json"), ("id", &format!("data-{}", part.id))]);
    x.json(&data).close("script").line();
}
