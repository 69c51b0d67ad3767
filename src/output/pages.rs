//! What the web pages of the readings say of each other: links between them, and what the texts are called.

use super::extracts::FOLDER;
use crate::compile::Compiled;
use crate::lang::amending;
use crate::model::Model;
use crate::render::frame::PageLink;

/// The pages of a reading's folder: file, name, the first reading that has it.
const PAGES: [(&str, &str, i64); 7] = [
    ("redline.html", "Ændringer i forhold til den gældende tekst", 1),
    ("redline-fra-1-behandling.html", "Ændringer i forhold til 1. behandling", 2),
    ("forslag.html", "Forslag til ændring", 1),
    ("paralleltekst.html", amending::PARALLEL, 1),
    ("styrelsesvedtaegt.html", "Ændret vedtægt", 1),
    ("ressortoversigt.html", "Ressortoversigt", 1),
    ("sporbarhed.html", "Sporbarhed", 1),
];

/// The texts of the two steps to reading 2.
pub const NAMES: [&str; 3] = ["den gældende tekst", "udkastet til 1. behandling", "udkastet til 2. behandling"];

/// The redline of reading 1, from the folder of reading 2.
pub const REDLINE_1: &str = "../reading-1/redline.html";

/// Returns what the text of a reading is called over a column; 0 is the text in force.
pub fn name(reading: i64) -> String {
    let name = usize::try_from(reading).ok().and_then(|n| NAMES.get(n).copied());
    crate::lang::danish::capital(name.unwrap_or_default())
}

/// Returns the links from a page of a reading to the others; reading 2 leads back to reading 1. `own` is the page's
/// path in the reading's folder.
pub fn links(model: &Model, after: &Compiled, own: &str) -> Vec<PageLink> {
    let reading = after.version.reading;
    let up = if own.contains('/') { "../" } else { "" };
    let mut links: Vec<PageLink> = PAGES
        .iter()
        .filter(|(file, _, from)| *from <= reading && *file != own)
        .map(|(file, name, _)| PageLink::new(format!("{up}{file}"), *name))
        .collect();
    if reading == 2 {
        links.push(PageLink::new(format!("{up}{REDLINE_1}"), "Ændringerne til 1. behandling"));
    }
    links.extend(extracts(model, after, up, own));
    links
}

/// Returns the links to the extracts: by abbreviation, since there is one for each administration.
fn extracts(model: &Model, after: &Compiled, up: &str, own: &str) -> Vec<PageLink> {
    let all = model.rules.committees.iter().filter_map(|committee| {
        let file = extract(&committee.id.value);
        let names = after.state.name_set(model, &committee.id.value, false).filter(|_| file != own)?;
        let office = &names.administration.as_ref().unwrap_or(&names.committee).definite.value;
        let short = names.administration_abbreviation.as_ref().or(names.abbreviation.as_ref());
        let name = short.map_or_else(|| office.clone(), |s| s.value.clone());
        let title = if name == *office { String::new() } else { office.clone() };
        Some(PageLink { title, group: "Udtræk", ..PageLink::new(format!("{up}{file}"), name) })
    });
    all.collect()
}

/// Returns the page of a committee's extract in the reading's folder.
pub fn extract(committee: &str) -> String {
    format!("{FOLDER}/{committee}.html")
}
