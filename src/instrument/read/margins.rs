//! What stands around the numbers of an instrument: commencement, signatures, notes, remarks.

use super::lex::{Kind, Token};
use std::ops::Range;

/// Says whether words tell when something takes effect.
pub(super) fn is_closing(words: &[Token]) -> bool {
    let kraft = |w: &[Token]| matches!(w, [a, b, c] if a.text == "træder" && b.text == "i" && c.text == "kraft");
    let late = |w: &[Token]| matches!(w, [a, .., c] if a.text == "træder" && c.text == "i");
    let effect = |w: &[Token]| matches!(w, [a, b, _] if matches!(a.text.as_str(), "har" | "får" | "med") && b.text == "virkning");
    let headed = words.first().is_some_and(|t| t.text.starts_with("ikrafttræd"))
        && words.get(1).is_some_and(|t| t.text == ":" || t.starts_line);
    let with = matches!(words, [a, b, ..] if a.text == "med" && b.text == "virkning");
    let applies = |w: &[Token]| matches!(w, [a, b, c] if a.text == "gælder" && b.text == "fra" && (c.text == "den" || c.kind == Kind::Number));
    headed || with || words.windows(3).any(|w| kraft(w) || late(w) || effect(w) || applies(w))
}

/// What a line about the day begins with.
const STEMS: &[&str] = &[
    "ændring",
    "forslag",
    "vedtægt",
    "tillæg",
    "nærværende",
    "styrelsesvedtægt",
    "denne",
    "bestemmels",
    "lov",
    "bekendtgørels",
    "regulativ",
    "beslutning",
    "ikrafttræd",
    "med",
    "nr",
    "nummer",
    "numrene",
];

/// Finds words after the last number that tell when everything takes effect; they may have the last number themselves.
pub(super) fn commencement(tokens: &[Token], range: Range<usize>) -> Option<usize> {
    let stem = |t: &Token| t.capital && STEMS.iter().any(|stem| t.text.starts_with(stem));
    let own = tokens.get(range.clone()).unwrap_or_default();
    let sentence = own.iter().position(|t| t.text == ".").unwrap_or(own.len());
    if own.first().is_some_and(stem) && is_closing(own.get(..sentence).unwrap_or_default()) {
        return Some(range.start);
    }
    let lines = range.clone().filter(|i| tokens.get(*i).is_some_and(|t| t.starts_line && (stem(t) || t.text == "§")));
    lines.into_iter().find(|i| is_closing(tokens.get(*i..(i + 30).min(range.end)).unwrap_or_default()))
}

/// Finds who adopted the instrument and signed it: `Således vedtaget af …`, `Byrådet, den 1. november 2025`.
pub(super) fn footer(tokens: &[Token], range: Range<usize>) -> Option<usize> {
    const WORDS: &[&str] = &["således", "vedtaget", "godkendt", "stadfæstet", "tiltrådt", "underskrevet"];
    let mut lines = range.clone().filter(|i| tokens.get(*i).is_some_and(|t| t.after_blank && t.capital));
    lines.find(|i| {
        let line = tokens.get(*i..(i + 8).min(range.end)).unwrap_or_default();
        let signed = |w: &[Token]| matches!(w, [a, b, c] if a.text == "," && b.text == "den" && c.kind == Kind::Number);
        let adopted = line.first().is_some_and(|t| WORDS.contains(&t.text.as_str()));
        adopted
            || line.windows(3).any(signed) && line.iter().all(|t| t.text != "§" && !matches!(t.kind, Kind::Quote(_)))
    })
}

/// Finds a note under a number: `Begrundelse: …`.
pub(super) fn note(tokens: &[Token], range: Range<usize>) -> Option<usize> {
    const WORDS: &[&str] = &["begrundelse", "bemærkning", "bemærkninger", "motivering", "note", "kommentar"];
    let at = |i: usize| tokens.get(i);
    let mut lines = range.filter(|i| at(*i).is_some_and(|t| t.starts_line && WORDS.contains(&t.text.as_str())));
    lines.find(|i| at(i + 1).is_some_and(|t| t.text == ":"))
}

/// Says whether a line begins the remarks that follow an instrument: `## Bemærkninger`, `Bemærkninger til forslaget`.
pub(super) fn remarks(line: &[Token], whole: bool) -> bool {
    const WORDS: &[&str] = &["bemærkninger", "almindelige", "bilag", "paralleltekst", "noter"];
    let Some(first) = line.first() else { return false };
    if first.level > 0 {
        return WORDS.contains(&first.text.as_str());
    }
    let plain = first.text == "bemærkninger"
        || first.text == "almindelige" && line.get(1).is_some_and(|t| t.text == "bemærkninger");
    let ends = line.last().is_some_and(|t| matches!(t.text.as_str(), "." | ";"));
    plain && whole && first.capital && first.after_blank && line.len() < 10 && !ends
}
