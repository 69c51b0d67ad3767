//! The Danish words that the documents use about themselves: kinds of change, classes, headings.

use super::view::{Counts, Group};
use crate::diff::{ChangeKind, Class, Redline, Row, RowState};
use crate::lang::danish;

/// Says where a row's words stand otherwise: `flyttet til § …`, `samlet i § …`.
pub fn note(redline: &Redline, row: &Row) -> Option<String> {
    let is = |kind| row.changes.iter().filter_map(|c| redline.changes.get(*c)).any(|c| c.kind == kind);
    let (word, address) = match row.state {
        RowState::MovedFrom if is(ChangeKind::Merge) => ("samlet i", row.new.as_ref().map(|s| &s.address)),
        RowState::MovedTo if is(ChangeKind::Split) => ("udskilt fra", row.old.as_ref().map(|s| &s.address)),
        RowState::MovedFrom => ("flyttet til", row.new.as_ref().map(|s| &s.address)),
        RowState::MovedTo => ("flyttet fra", row.old.as_ref().map(|s| &s.address)),
        // Parts of a task that were gathered in another item, or taken out of one, are neither lost nor new.
        RowState::Deleted | RowState::Inserted => {
            let (kind, address) = redline.elsewhere(row)?;
            (if kind == ChangeKind::Merge { "samlet i" } else { "udskilt fra" }, Some(address))
        }
        RowState::Kept => return None,
    };
    let address = address.map(ToString::to_string).unwrap_or_default();
    Some(if address.is_empty() { "flyttet".into() } else { format!("{word} {address}") })
}

/// Returns what a change is called in a document.
pub fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Insert => "Ny",
        ChangeKind::Delete => "Udgår",
        ChangeKind::Edit => "Ny ordlyd",
        ChangeKind::Move => "Flyttet",
        ChangeKind::Split => "Opdelt",
        ChangeKind::Merge => "Samlet",
        ChangeKind::Rename => "Nyt navn",
        ChangeKind::Renumber => "Nyt nummer",
        ChangeKind::Reference => "Ny henvisning",
        ChangeKind::Punctuation => "Ny tegnsætning",
    }
}

/// Returns what the marks of a class are called in a document.
pub fn class(class: Class) -> &'static str {
    match class {
        Class::Substance => "Indhold",
        Class::Renaming => "Navneændring",
        Class::Renumbering => "Nummer",
        Class::Reference => "Henvisning",
        Class::Punctuation => "Tegnsætning",
    }
}

/// Says whether the class (by its name) follows from other changes.
pub fn follows(class: &str) -> bool {
    matches!(class, "renumbering" | "reference" | "punctuation")
}

/// Explains the signs: sign, element, class, sample, meaning.
pub const LEGEND: [(&str, &str, &str, &str, &str); 6] = [
    ("+", "ins", "substance", "Understreget", "tekst er ny."),
    ("−", "del", "substance", "Gennemstreget", "tekst udgår."),
    ("↑ ↓", "ins", "moved", "Dobbelt understreget", "tekst er flyttet hertil."),
    (
        "↑ ↓",
        "del",
        "moved",
        "Dobbelt gennemstreget",
        "tekst er flyttet herfra. Pilen viser, hvilken vej teksten er flyttet.",
    ),
    ("~", "ins", "substance", "Noget", "i linjen er ændret."),
    (
        "~",
        "del",
        "renumbering",
        "Små, gennemstregede",
        "numre og henvisninger er de hidtidige; de skifter alene som følge af de øvrige ændringer.",
    ),
];

/// Explains the numbers in the margin.
pub const MARGIN: &str = "Tallet i margenen er ændringens nummer i oversigten.";

/// Names the three parts of the overview: class of the group, heading.
pub const GROUPS: [(&str, &str); 3] =
    [("substance", "Ændringer af indhold"), ("renaming", "Navneændringer"), ("consequence", "Følgeændringer")];

/// Explains what a consequence is.
pub const CONSEQUENCES: &str = "Numre, henvisninger og tegnsætning, der alene ændres som følge af ændringerne ovenfor.";

/// Names a group of consequences.
pub fn consequence(title: &str) -> &str {
    match title {
        "Nummer" => "Ændrede numre",
        "Henvisning" => "Ændrede henvisninger",
        "Tegnsætning" => "Ændret tegnsætning i opregninger",
        other => other,
    }
}

/// Heads the part that says how to read.
pub const HOW_TO_READ: &str = "Sådan læses dokumentet";
/// Heads the changes.
pub const CHANGES: &str = "Ændringerne";
/// Heads what touches each administration.
pub const BY_ADMINISTRATION: &str = "Forvaltning for forvaltning";
/// Heads the changes of a text with two layers.
pub const BOTH: &str = "Begge trin i én tekst";
/// Says what a filter does.
pub const FILTERED: &str =
    "Ændringer, der er filtreret fra, vises i teksten, som om de var gennemført. De er fortsat en del af dokumentet.";
/// Says what a reader can do.
pub const HELP: &str = "Vælg et tal i margenen eller en markering i teksten for at se, hvorfor og fra hvornår noget ændres. Adressen i \
    browseren husker, hvor du er, og hvad du har filtreret, så den kan sendes til andre.";

/// Explains the marks of two layers: layer, element, sample, meaning.
pub const LAYERS: [(&str, &str, &str, &str); 5] = [
    ("1", "ins", "Understreget", "tekst er ny til 1. behandling."),
    ("1", "del", "Gennemstreget", "tekst udgår til 1. behandling."),
    ("2", "ins", "Understreget i ramme", "tekst er indsat ved ændringsforslag til 2. behandling."),
    ("2", "del", "Gennemstreget i ramme", "tekst er slettet ved ændringsforslag til 2. behandling."),
    (
        "1 2",
        "del",
        "Under- og gennemstreget i ramme",
        "tekst kom til 1. behandling og er slettet igen ved ændringsforslag.",
    ),
];

/// Names two texts of which nothing else is known.
pub const BEFORE: &str = "Før";
/// Names the later of them.
pub const AFTER: &str = "Efter";

/// Names the changes that belong to no area of the agreement.
pub const NO_AREA: &str = "Uden for aftalens områder";

/// Names the group of changes whose reason is not known, beside those whose reason is.
pub const OTHER: &str = "Øvrige ændringer";

/// Says that there are none.
pub const SAME: &str = "De to tekster er ens.";

/// Says from when and for whom: `Virkning: den 1. januar 2026. Udvalg: Socialudvalget.`
pub fn circumstances(group: &Group) -> String {
    let effect = (!group.effect.is_empty()).then(|| format!("Virkning: {}.", group.effect));
    let committees = (!group.committees.is_empty()).then(|| format!("Udvalg: {}.", danish::join(&group.committees)));
    effect.into_iter().chain(committees).collect::<Vec<_>>().join(" ")
}

/// Says how many changes there are: `12 ændringer af indhold, 31 navneændringer og 62 følgeændringer.`
pub fn counts(counts: &Counts) -> String {
    let some = |n: usize, one: &str, many: &str| (n > 0).then(|| danish::counted(n, one, many));
    let parts: Vec<String> = [
        some(counts.substance, "ændring af indhold", "ændringer af indhold"),
        some(counts.renaming, "navneændring", "navneændringer"),
        some(counts.consequence, "følgeændring", "følgeændringer"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { SAME.into() } else { format!("Dokumentet viser {}.", danish::join(&parts)) }
}
