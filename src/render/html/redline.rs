//! The redline as a page: how to read it, the changes with their reasons, each administration's, and the marked text.
//!
//! The page of a later reading holds three texts, one after the other: against the text in force, against the reading
//! before, and both steps in one. Script shows one at a time; without it, and in `data-layer`, each stands by itself.

use super::text::{self, Part};
use super::xml::Xml;
use super::{controls, overview, page};
use crate::render::view::{LayersDoc, RedlineDoc};
use crate::render::words;

/// The script, in the order it runs.
const SCRIPT: [&str; 9] = [
    "(function () {\n\"use strict\";\n",
    include_str!("../assets/review/data.js"),
    include_str!("../assets/review/state.js"),
    include_str!("../assets/review/filter.js"),
    include_str!("../assets/review/columns.js"),
    include_str!("../assets/review/card.js"),
    include_str!("../assets/review/list.js"),
    include_str!("../assets/review/main.js"),
    "})();\n",
];

const MAIN: Part<'_> = Part { id: "tekst", heading: "Vedtægten med ændringerne markeret", layer: "", prefix: "" };
const FROM_FIRST: Part<'_> = Part {
    id: "tekst-fra-1",
    heading: "Vedtægten med ændringerne i forhold til 1. behandling",
    layer: "fra-1",
    prefix: "fra-1-",
};
const BOTH: Part<'_> =
    Part { id: "tekst-begge", heading: "Vedtægten med begge trin", layer: "begge", prefix: "begge-" };

/// Prints the page.
pub fn page(doc: &RedlineDoc, layers: Option<&LayersDoc>) -> String {
    page::page(&doc.frame, "redline", &SCRIPT, |x| {
        x.leaf("a", &[("class", "skip"), ("href", "#tekst")], "Gå til teksten").line();
        page::masthead(x, &doc.frame, true);
        contents(x, doc, layers);
        controls::print(x, doc, layers);
        let layer = if layers.is_some() { "gaeldende" } else { "" };
        x.open("main", &[]).line();
        overview::legend(x, doc);
        overview::print(x, doc, &Part { layer, ..MAIN });
        text::redline(x, &Part { layer, ..MAIN }, doc);
        if let Some(layers) = layers {
            overview::print(x, &layers.from_first, &FROM_FIRST);
            text::redline(x, &FROM_FIRST, &layers.from_first);
            overview::both(x, &layers.both, &BOTH);
            text::both(x, &BOTH, &layers.both);
        }
        x.close("main").line();
    })
}

fn contents(x: &mut Xml, doc: &RedlineDoc, layers: Option<&LayersDoc>) {
    let by = (!doc.by_administration.is_empty()).then_some(("#forvaltninger", words::BY_ADMINISTRATION));
    let others = layers.map(|_| [("#tekst-fra-1", FROM_FIRST.heading), ("#tekst-begge", BOTH.heading)]);
    let parts = [("#signatur", words::HOW_TO_READ), ("#aendringer", words::CHANGES)];
    let parts = parts.into_iter().chain(by).chain([("#tekst", MAIN.heading)]).chain(others.into_iter().flatten());
    page::nav(x, "Indhold", parts.map(|(href, name)| (href.to_string(), name.to_string())));
}
