//! What comes before the marked text: how to read it, the changes with their reasons, each administration's changes.

use super::marks;
use super::page;
use super::text::Part;
use super::xml::Xml;
use crate::lang::danish;
use crate::render::view::{AdministrationView, BothDoc, Group, PlaceView, RedlineDoc, RuleRef, SummaryRow};
use crate::render::{places, words};

/// Prints how to read the page.
pub fn legend(x: &mut Xml, doc: &RedlineDoc) {
    section(x, "signatur", words::HOW_TO_READ, "");
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

/// Prints the changes of a redline and each administration's.
pub fn print(x: &mut Xml, doc: &RedlineDoc, part: &Part<'_>) {
    let first = part.prefix.is_empty();
    let heading = if first { words::CHANGES } else { &doc.frame.kind };
    section(x, &format!("{}aendringer", part.prefix), heading, part.layer);
    if !first {
        x.some("p", &[("class", "hint")], &doc.frame.edition_line).line();
        x.leaf("p", &[("class", "counts")], &doc.counted).line();
    }
    for (class, heading) in words::GROUPS {
        let groups: Vec<&Group> = doc.groups.iter().filter(|g| g.class == class).collect();
        if groups.is_empty() {
            continue;
        }
        x.open("div", &[("class", "groups")]).leaf("h3", &[], heading).line();
        if class == "consequence" {
            x.leaf("p", &[("class", "hint")], words::CONSEQUENCES).line();
        }
        for group in groups {
            match class {
                "consequence" => consequences(x, doc, group, part),
                _ => decided(x, doc, group, part),
            }
        }
        x.close("div").line();
    }
    x.close("section").line();
    administrations(x, doc, part);
}

/// Prints what the second of two layers changes; the first has a page of its own.
pub fn both(x: &mut Xml, doc: &BothDoc, part: &Part<'_>) {
    section(x, &format!("{}aendringer", part.prefix), words::BOTH, part.layer);
    let [current, first, second] = &doc.names;
    let tells = format!("Teksten viser to trin: fra {current} til {first}, og derfra til {second}.");
    x.leaf("p", &[], &tells).line();
    x.open("ul", &[("class", "legend")]).line();
    for (layer, tag, sample, meaning) in words::LAYERS {
        x.open("li", &[]).leaf(tag, &[("data-class", "substance"), ("data-layer", layer), ("class", "sample")], sample);
        x.own(" ").text(meaning).close("li").line();
    }
    x.close("ul").line();
    x.open("p", &[]).text("Tal uden bogstav er numrene i ");
    x.leaf("a", &[("href", &doc.first_page)], "ændringerne til 1. behandling").text(".").close("p").line();
    let rows = doc.second.iter().enumerate();
    let rows: Vec<(String, &SummaryRow)> =
        rows.map(|(i, r)| (marks::key(doc.first.len() + i, doc.first.len()), r)).collect();
    if rows.is_empty() {
        x.leaf("p", &[], words::SAME).line();
    } else {
        changes(x, rows.into_iter(), part);
    }
    x.close("section").line();
}

fn section(x: &mut Xml, id: &str, heading: &str, layer: &str) {
    let labelled = format!("{id}-h");
    x.open("section", &[("id", id), ("aria-labelledby", &labelled), ("data-layer", layer)]).line();
    x.leaf("h2", &[("id", &labelled)], heading).line();
}

/// Prints changes with a reason: the reason, its clauses, then each change.
fn decided(x: &mut Xml, doc: &RedlineDoc, group: &Group, part: &Part<'_>) {
    x.open("div", &[("class", "group")]).line();
    x.some("h4", &[], &group.title).line();
    x.some("p", &[("class", "effect")], &words::circumstances(group)).line();
    page::clauses(x, &group.clauses);
    if group.class == "renaming" {
        rules(x, &rules_of(doc, &group.changes));
        list(x, &group.places, part);
    } else {
        let rows = group.changes.iter().filter_map(|i| doc.summary.get(*i).map(|row| (marks::key(*i, 0), row)));
        changes(x, rows, part);
    }
    x.close("div").line();
}

/// Prints changes that follow, by what they follow from.
fn consequences(x: &mut Xml, doc: &RedlineDoc, group: &Group, part: &Part<'_>) {
    x.open("details", &[("class", "group")]);
    let n = group.changes.len();
    x.leaf("summary", &[], &format!("{} ({n})", words::consequence(&group.title))).line();
    let mut reasons: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    for (i, row) in group.changes.iter().filter_map(|i| doc.summary.get(*i).map(|row| (*i, row))) {
        let at = *known.entry(row.why.as_str()).or_insert_with(|| {
            reasons.push((&row.why, Vec::new()));
            reasons.len() - 1
        });
        if let Some((_, changes)) = reasons.get_mut(at) {
            changes.push(i);
        }
    }
    for (why, changes) in reasons {
        x.some("p", &[("class", "effect")], why).line();
        rules(x, &rules_of(doc, &changes));
        list(x, &places::places(&doc.summary, &changes), part);
    }
    x.close("details").line();
}

fn rules_of<'a>(doc: &'a RedlineDoc, changes: &[usize]) -> Vec<&'a RuleRef> {
    let mut seen = std::collections::BTreeSet::new();
    let all = changes.iter().filter_map(|i| doc.summary.get(*i)).flat_map(|row| &row.rules);
    all.filter(|rule| seen.insert((&rule.path, &rule.id))).collect()
}

fn rules(x: &mut Xml, rules: &[&RuleRef]) {
    if rules.is_empty() {
        return;
    }
    x.open("p", &[("class", "rule")]).text(if rules.len() > 1 { "Regler: " } else { "Regel: " });
    for (i, rule) in rules.iter().enumerate() {
        x.own(if i > 0 { "; " } else { "" }).leaf("code", &[], &rule.id).own(" ");
        x.leaf("span", &[("class", "path")], &rule.path);
    }
    x.close("p").line();
}

/// Prints places as a list; every change has its name to link to.
fn list(x: &mut Xml, places: &[PlaceView], part: &Part<'_>) {
    x.open("ul", &[("class", "places")]).line();
    for place in places {
        let keys: Vec<String> = place.changes.iter().map(|c| marks::key(*c, 0)).collect();
        x.open("li", &[("data-changes", &keys.join(" "))]);
        for key in &keys {
            x.open("span", &[("id", &format!("{}aendring-{key}", part.prefix))]).close("span");
        }
        x.leaf("span", &[("class", "number")], &place.numbers).own(" ");
        link(x, &place.text, &place.anchor, part, keys.first().map_or("", String::as_str));
        x.close("li").line();
    }
    x.close("ul").line();
}

/// Prints a place that leads to the text; `key` is the change that is met there.
fn link(x: &mut Xml, text: &str, anchor: &str, part: &Part<'_>, key: &str) {
    if anchor.is_empty() {
        x.text(text);
    } else {
        x.leaf("a", &[("href", &format!("#{}{anchor}", part.prefix)), ("data-key", key)], text);
    }
}

fn changes<'a>(x: &mut Xml, rows: impl Iterator<Item = (String, &'a SummaryRow)>, part: &Part<'_>) {
    page::table(x, "changes", &["Nr.", "Ændring", "Sted før", "Sted efter", "Ordlyd og grundlag"]);
    for (key, row) in rows {
        x.open("tr", &[("id", &format!("{}aendring-{key}", part.prefix)), ("data-changes", &key)]);
        x.leaf("td", &[("class", "number")], &key);
        x.leaf("td", &[], &row.kind);
        cell(x, row, &row.old, row.new.is_empty(), part, &key);
        cell(x, row, &row.new, !row.new.is_empty(), part, &key);
        x.open("td", &[("class", "excerpt")]).text(&row.words);
        basis(x, row);
        x.close("td").close("tr").line();
    }
    page::end_table(x);
}

/// Prints the clauses by number and the rules of one change; the clauses' words stand over the table.
fn basis(x: &mut Xml, row: &SummaryRow) {
    let numbers: Vec<String> = row.clauses.iter().map(|c| c.id.clone()).collect();
    if numbers.is_empty() && row.rules.is_empty() {
        return;
    }
    x.open("p", &[("class", "rule")]);
    // An amendment is a clause by its own name and has no number.
    let numbered = numbers.iter().all(|n| n.contains('.'));
    if !numbers.is_empty() {
        x.text(if numbered { "Pkt. " } else { "" }).text(&danish::join(&numbers)).text(". ");
    }
    for rule in &row.rules {
        x.leaf("code", &[], &rule.id).own(" ").leaf("span", &[("class", "path")], &rule.path).own(" ");
    }
    x.close("p");
}

fn cell(x: &mut Xml, row: &SummaryRow, place: &str, leads: bool, part: &Part<'_>, key: &str) {
    x.open("td", &[("class", "place")]);
    if place.is_empty() {
        x.text("–");
    } else if leads {
        link(x, place, &row.anchor, part, key);
    } else {
        x.text(place);
    }
    x.close("td");
}

fn administrations(x: &mut Xml, doc: &RedlineDoc, part: &Part<'_>) {
    if doc.by_administration.is_empty() {
        return;
    }
    section(x, &format!("{}forvaltninger", part.prefix), words::BY_ADMINISTRATION, part.layer);
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
        x.open("tr", &[("data-administration", &administration.id)]);
        x.open("th", &[("scope", "row")]).text(&administration.name);
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
                let key = place.changes.first().map(|c| marks::key(*c, 0)).unwrap_or_default();
                link(x, &place.text, &place.anchor, part, &key);
            }
            x.close("p");
        }
        x.close("td").leaf("td", &[], &administration.consequences.to_string()).close("tr").line();
    }
    page::end_table(x);
    x.close("section").line();
}
