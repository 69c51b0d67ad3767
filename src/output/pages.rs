//! What the web pages of the readings say of each other: links between them, and what the texts are called.

use crate::render::frame::PageLink;

/// The pages of a reading's folder: file, name, the first reading that has it.
const PAGES: [(&str, &str, i64); 7] = [
    ("redline.html", "Ændringer i forhold til den gældende tekst", 1),
    ("redline-fra-1-behandling.html", "Ændringer i forhold til 1. behandling", 2),
    ("forslag.html", "Forslag til ændring", 1),
    ("paralleltekst.html", "Gældende tekst og forslag", 1),
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

/// Returns the links from a page of a reading to the others; reading 2 leads back to reading 1.
pub fn links(reading: i64, own: &str) -> Vec<PageLink> {
    let beside = PAGES.iter().filter(|(file, _, from)| *from <= reading && *file != own);
    let beside = beside.map(|(file, name, _)| PageLink { href: file.to_string(), name: name.to_string() });
    let before =
        (reading == 2).then(|| PageLink { href: REDLINE_1.into(), name: "Ændringerne til 1. behandling".into() });
    beside.chain(before).collect()
}
