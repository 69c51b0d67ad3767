//! The redline as a page: how to read it, the changes with their reasons, each administration's, and the marked text.

use super::bylaw::{Shell, tag};
use super::xml::Xml;
use super::{marks, page};
use crate::lang::danish;
use crate::render::view::{AdministrationView, Group, PlaceView, RedlineDoc, RowView, SummaryRow};
use crate::render::words;

const SCRIPT: &str = include_str!("../assets/redline.js");

/// Prints the page.
pub fn page(doc: &RedlineDoc) -> String {
    page::page(&doc.frame, "redline", Some(SCRIPT), |x| {
        page::masthead(x, &doc.frame, true);
        contents(x, doc);
        controls(x, doc);
        x.open("main", &[]).line();
        legend(x, doc);
        summary(x, doc);
        administrations(x, doc);
        text(x, doc);
        x.close("main").line();
    })
}

fn contents(x: &mut Xml, doc: &RedlineDoc) {
    x.open("nav", &[("aria-label", "Indhold")]).open("ul", &[]);
    let by = (!doc.by_administration.is_empty()).then_some(("#forvaltninger", "Forvaltning for forvaltning"));
    let parts = [
        Some(("#signatur", "Sådan læses dokumentet")),
        Some(("#aendringer", "Ændringerne")),
        by,
        Some(("#tekst", "Vedtægten med ændringerne markeret")),
    ];
    for (href, name) in parts.into_iter().flatten() {
        x.open("li", &[]).leaf("a", &[("href", href)], name).close("li");
    }
    x.close("ul").close("nav").line();
}

fn controls(x: &mut Xml, doc: &RedlineDoc) {
    x.open("form", &[("class", "controls"), ("hidden", "hidden"), ("aria-label", "Visning")]).line();
    if !doc.by_administration.is_empty() {
        x.open("label", &[]).text("Vis ").open("select", &[("id", "vis-forvaltning")]);
        x.leaf("option", &[("value", "alle")], "alle forvaltninger");
        for (i, administration) in doc.by_administration.iter().enumerate() {
            x.leaf("option", &[("value", &i.to_string())], &administration.name);
        }
        x.close("select").close("label").line();
    }
    x.open("label", &[]).void("input", &[("type", "checkbox"), ("id", "skjul-foelge")]);
    x.text(" Skjul følgeændringer").close("label").line();
    x.leaf("button", &[("type", "button"), ("id", "forrige")], "Forrige ændring").line();
    x.leaf("button", &[("type", "button"), ("id", "naeste")], "Næste ændring").line();
    x.open("output", &[("id", "status"), ("aria-live", "polite")]).close("output").line();
    x.close("form").line();
}

fn legend(x: &mut Xml, doc: &RedlineDoc) {
    x.open("section", &[("id", "signatur"), ("aria-labelledby", "signatur-h")]).line();
    x.leaf("h2", &[("id", "signatur-h")], "Sådan læses dokumentet").line();
    x.open("p", &[("class", "counts")]).text(&doc.counted).close("p").line();
    x.open("ul", &[("class", "legend")]).line();
    for (sign, tag, class, sample, meaning) in words::LEGEND {
        x.open("li", &[]).leaf("span", &[("class", "sign")], sign).own(" ");
        x.leaf(tag, &[("data-class", class), ("class", "sample")], sample);
        x.own(" ").text(meaning).close("li").line();
    }
    x.open("li", &[]).leaf("span", &[("class", "sign")], "12").own(" ").text(words::MARGIN).close("li").line();
    x.close("ul").close("section").line();
}

fn summary(x: &mut Xml, doc: &RedlineDoc) {
    x.open("section", &[("id", "aendringer"), ("aria-labelledby", "aendringer-h")]).line();
    x.leaf("h2", &[("id", "aendringer-h")], "Ændringerne").line();
    for (class, heading) in words::GROUPS {
        let groups: Vec<&Group> = doc.groups.iter().filter(|g| g.class == class).collect();
        if groups.is_empty() {
            continue;
        }
        let consequence = class == "consequence";
        x.leaf("h3", &[], heading).line();
        if consequence {
            x.leaf("p", &[("class", "hint")], words::CONSEQUENCES).line();
        }
        for group in groups {
            if consequence {
                x.open("details", &[]);
                let n = group.changes.len();
                x.leaf("summary", &[], &format!("{} ({n})", words::consequence(&group.title))).line();
                places(x, &group.places);
                x.close("details").line();
                continue;
            }
            x.open("section", &[("class", "group")]).line();
            x.some("h4", &[], &group.title).line();
            x.some("p", &[("class", "effect")], &words::circumstances(group)).line();
            page::clauses(x, &group.clauses);
            if class == "renaming" {
                places(x, &group.places);
            } else {
                changes(x, doc, &group.changes);
            }
            x.close("section").line();
        }
    }
    x.close("section").line();
}

/// Prints places as a list; every change has its name to link to.
fn places(x: &mut Xml, places: &[PlaceView]) {
    x.open("ul", &[("class", "places")]).line();
    for place in places {
        x.open("li", &[]);
        for change in &place.changes {
            x.open("span", &[("id", &format!("aendring-{}", change + 1))]).close("span");
        }
        x.leaf("span", &[("class", "number")], &place.numbers).own(" ");
        link(x, place);
        x.close("li").line();
    }
    x.close("ul").line();
}

fn link(x: &mut Xml, place: &PlaceView) {
    if place.anchor.is_empty() {
        x.text(&place.text);
    } else {
        x.leaf("a", &[("href", &format!("#{}", place.anchor))], &place.text);
    }
}

fn changes(x: &mut Xml, doc: &RedlineDoc, indices: &[usize]) {
    page::table(x, "changes", &["Nr.", "Ændring", "Sted før", "Sted efter", "Ordlyd"]);
    for row in indices.iter().filter_map(|i| doc.summary.get(*i)) {
        x.open("tr", &[("id", &format!("aendring-{}", row.number))]);
        x.leaf("td", &[("class", "number")], &row.number.to_string());
        x.leaf("td", &[], &row.kind);
        cell(x, row, &row.old, row.new.is_empty());
        cell(x, row, &row.new, !row.new.is_empty());
        x.leaf("td", &[("class", "excerpt")], &row.words);
        x.close("tr").line();
    }
    page::end_table(x);
}

fn cell(x: &mut Xml, row: &SummaryRow, place: &str, link: bool) {
    x.open("td", &[("class", "place")]);
    if place.is_empty() {
        x.text("–");
    } else if link && !row.anchor.is_empty() {
        x.leaf("a", &[("href", &format!("#{}", row.anchor))], place);
    } else {
        x.text(place);
    }
    x.close("td");
}

fn administrations(x: &mut Xml, doc: &RedlineDoc) {
    if doc.by_administration.is_empty() {
        return;
    }
    x.open("section", &[("id", "forvaltninger"), ("aria-labelledby", "forvaltninger-h")]).line();
    x.leaf("h2", &[("id", "forvaltninger-h")], "Forvaltning for forvaltning").line();
    let untouched = |a: &&AdministrationView| a.kinds.is_empty() && a.consequences == 0;
    let names: Vec<&str> = doc.by_administration.iter().filter(untouched).map(|a| a.name.as_str()).collect();
    if !names.is_empty() {
        x.leaf("p", &[], &format!("Ingen ændringer for {}.", danish::join(&names))).line();
    }
    if names.len() == doc.by_administration.len() {
        x.close("section").line();
        return;
    }
    page::table(x, "administrations", &["Forvaltning", "Ændringer", "Følgeændringer"]);
    for administration in doc.by_administration.iter().filter(|a| !untouched(a)) {
        x.open("tr", &[]).open("th", &[("scope", "row")]).text(&administration.name);
        if !administration.abbreviation.is_empty() {
            x.text(&format!(" ({})", administration.abbreviation));
        }
        x.close("th").open("td", &[]);
        if administration.kinds.is_empty() {
            x.text("Ingen");
        }
        for kind in &administration.kinds {
            x.open("p", &[]).leaf("strong", &[], &kind.kind).own(": ");
            for (i, place) in kind.places.iter().enumerate() {
                x.own(if i > 0 { "; " } else { "" });
                link(x, place);
            }
            x.close("p");
        }
        x.close("td").leaf("td", &[], &administration.consequences.to_string()).close("tr").line();
    }
    page::end_table(x);
    x.close("section").line();
}

fn text(x: &mut Xml, doc: &RedlineDoc) {
    x.open("article", &[("id", "tekst"), ("aria-labelledby", "tekst-h")]).line();
    x.leaf("h2", &[("id", "tekst-h")], "Vedtægten med ændringerne markeret").line();
    let mut shell = Shell::default();
    for row in &doc.rows {
        shell.before(x, row.kind, &row.section, &format!("{}-kapitel", row.anchor));
        line(x, doc, row);
    }
    shell.end(x);
    x.close("article").line();
}

fn line(x: &mut Xml, doc: &RedlineDoc, row: &RowView) {
    // One level deeper than in the bylaw itself, whose title is the page's main heading.
    let tag = match tag(row.kind) {
        "h1" => "h3",
        "h2" => "h4",
        "h3" => "h5",
        other => other,
    };
    let marked = if row.sign.is_empty() { "" } else { " marked" };
    let follows = if row.consequence { " follows" } else { "" };
    let class = format!("line {}{marked}{follows}", row.kind);
    let administrations: Vec<String> = row.administrations.iter().map(usize::to_string).collect();
    x.open(
        tag,
        &[
            ("class", &class),
            ("id", &row.anchor),
            ("data-kind", row.kind),
            ("data-unit", &row.unit),
            ("data-state", row.state),
            ("data-administrations", &administrations.join(" ")),
        ],
    );
    if !row.sign.is_empty() {
        x.open("span", &[("class", "margin")]);
        x.leaf("span", &[("class", "sign"), ("aria-hidden", "true")], row.sign);
        for change in row.numbers.iter().filter_map(|c| doc.summary.get(*c)) {
            let number = change.number.to_string();
            let spoken = format!("Ændring {number}: {}. {}", change.kind, change.why);
            x.open(
                "a",
                &[("href", &format!("#aendring-{number}")), ("title", &change.why), ("aria-label", spoken.trim())],
            );
            x.text(&number).close("a");
        }
        x.close("span");
    }
    marks::words(x, row);
    if let Some(note) = &row.note {
        let href = row.other.as_ref().map(|a| format!("#{a}")).unwrap_or_default();
        let tag = if href.is_empty() { "span" } else { "a" };
        x.own(" ").leaf(tag, &[("class", "note"), ("href", &href)], note);
    }
    if let Some(from) = &row.from {
        x.own(" ").leaf("span", &[("class", "from")], from);
    }
    x.close(tag).line();
}
