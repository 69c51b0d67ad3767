//! What a reader chooses on a redline's page, and the help. Everything is hidden until script can answer to it.

use super::xml::Xml;
use crate::render::view::{LayersDoc, RedlineDoc};
use crate::render::words;

/// What kinds the filter knows: value, words, and the codes of the changes; what has none in the page is left out.
const KINDS: [(&str, &str, &[&str]); 6] = [
    ("flyttet", "flytninger", &["move", "split", "merge"]),
    ("nyt", "nye bestemmelser", &["insert"]),
    ("udgaar", "det, der udgår", &["delete"]),
    ("ordlyd", "ny ordlyd", &["edit"]),
    ("navne", "navneændringer", &["rename"]),
    ("foelge", "følgeændringer", &["renumber", "reference", "punctuation"]),
];

/// The keys and what they do.
const KEYS: [(&str, &str); 8] = [
    ("n eller j", "næste ændring"),
    ("p eller k", "forrige ændring"),
    ("Enter", "ændringens grundlag: hvorfor, fra hvornår og efter hvilken regel"),
    ("Esc", "luk det, der er åbent"),
    ("s", "skift mellem samlet tekst og side om side"),
    ("f", "filtre"),
    ("l", "listen over ændringer"),
    ("?", "denne hjælp"),
];

/// Prints the bar, the filters and the help.
pub fn print(x: &mut Xml, doc: &RedlineDoc, layers: Option<&LayersDoc>) {
    x.open(
        "form",
        &[("class", "controls"), ("id", "visning"), ("hidden", "hidden"), ("aria-label", "Visning og filtre")],
    );
    x.line().open("div", &[("class", "bar")]).line();
    x.open("div", &[("class", "steps")]).line();
    button(x, "forrige", "Forrige");
    button(x, "naeste", "Næste");
    x.open("output", &[("id", "status")]).close("output").close("div").line();
    x.open("fieldset", &[]).leaf("legend", &[("class", "sr")], "Opstilling");
    radio(x, "opstilling-tekst", "tekst", "Samlet tekst", true);
    radio(x, "opstilling-side", "side", "Side om side", false);
    x.close("fieldset").line();
    if let Some(layers) = layers {
        let [current, first, _] = &layers.both.names;
        let (current, first) = (format!("i forhold til {current}"), format!("i forhold til {first}"));
        let options = [("gaeldende", current.as_str()), ("fra-1", first.as_str()), ("begge", "begge trin")];
        select(x, "lag", "Ændringer", options.into_iter());
    }
    x.open("span", &[("class", "tools")]);
    for (id, name) in [("filter-knap", "Filtre"), ("liste-knap", "Liste"), ("tema", "Mørk"), ("hjaelp-knap", "Hjælp")]
    {
        button(x, id, name);
    }
    x.close("span").close("div").line();
    filters(x, doc, layers);
    x.close("form").line();
    help(x);
}

fn filters(x: &mut Xml, doc: &RedlineDoc, layers: Option<&LayersDoc>) {
    x.open("div", &[("class", "filters"), ("id", "filtre"), ("hidden", "hidden")]).line();
    if !doc.by_administration.is_empty() {
        let name = |a: &crate::render::view::AdministrationView| match a.committee.as_str() {
            "" => a.name.clone(),
            committee if committee == a.name => a.name.clone(),
            committee => format!("{committee} ({})", a.name),
        };
        let all: Vec<(&str, String)> = doc.by_administration.iter().map(|a| (a.id.as_str(), name(a))).collect();
        let options = [("", "alle")].into_iter().chain(all.iter().map(|(id, name)| (*id, name.as_str())));
        select(x, "forvaltning", "Udvalg og forvaltning", options);
    }
    if !doc.by_area.is_empty() {
        let both = layers.map_or(&doc.by_area, |l| &l.both.by_area);
        let options = both.iter().map(|a| (a.id.as_str(), a.name.as_str()));
        select(x, "omraade", "Aftalens område", [("", "alle")].into_iter().chain(options));
    }
    let has = |codes: &[&str]| doc.summary.iter().any(|row| codes.contains(&row.code));
    let kinds = KINDS.iter().filter(|(_, _, codes)| has(codes)).map(|(value, name, _)| (*value, *name));
    let second = layers.map(|_| ("forslag", "ændringer ved ændringsforslag"));
    select(
        x,
        "slags",
        "Vis",
        [("", "alle ændringer"), ("indhold", "ændringer af indhold")].into_iter().chain(kinds).chain(second),
    );
    x.open("div", &[("class", "checks")]);
    checkbox(x, "uden-foelge", "Skjul følgeændringer");
    checkbox(x, "uden-navne", "Skjul navneændringer");
    checkbox(x, "kun", "Vis kun berørte bestemmelser");
    x.close("div").line();
    x.open("p", &[("class", "told")]).open("output", &[("id", "talt")]).close("output").own(" ");
    button(x, "nulstil", "Nulstil");
    x.close("p").line();
    x.leaf("p", &[("class", "hint")], words::FILTERED).line();
    x.close("div").line();
}

fn help(x: &mut Xml) {
    x.open("dialog", &[("id", "hjaelp"), ("aria-labelledby", "hjaelp-h")]).line();
    x.leaf("h2", &[("id", "hjaelp-h")], "Hjælp til siden").line();
    x.leaf("p", &[], words::HELP).line();
    x.open("table", &[("class", "keys")]).leaf("caption", &[], "Taster").open("tbody", &[]).line();
    for (key, does) in KEYS {
        x.open("tr", &[]).open("th", &[("scope", "row")]).leaf("kbd", &[], key).close("th");
        x.leaf("td", &[], does).close("tr").line();
    }
    x.close("tbody").close("table").line();
    checkbox(x, "taster", "Brug taster");
    x.open("p", &[]);
    button(x, "luk-hjaelp", "Luk");
    x.close("p").close("dialog").line();
}

fn button(x: &mut Xml, id: &str, name: &str) {
    x.leaf("button", &[("type", "button"), ("id", id)], name).line();
}

fn checkbox(x: &mut Xml, id: &str, name: &str) {
    x.open("label", &[]).void("input", &[("type", "checkbox"), ("id", id)]).own(" ").text(name).close("label").line();
}

fn radio(x: &mut Xml, id: &str, value: &str, name: &str, checked: bool) {
    let checked = if checked { "checked" } else { "" };
    let attributes = [("type", "radio"), ("name", "opstilling"), ("id", id), ("value", value), ("checked", checked)];
    x.open("label", &[]).void("input", &attributes).own(" ").text(name).close("label").line();
}

/// Prints a choice. An empty value is "all".
fn select<'a>(x: &mut Xml, id: &str, name: &str, options: impl Iterator<Item = (&'a str, &'a str)>) {
    x.open("label", &[]).leaf("span", &[], name).own(" ").open("select", &[("id", id)]);
    for (value, name) in options {
        x.leaf("option", &[("value", if value.is_empty() { "alle" } else { value })], name);
    }
    x.close("select").close("label").line();
}
