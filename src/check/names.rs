//! L11: in every version only the names that are in use then; a retired one may stand only where it is meant so.

use crate::compile::Compiled;
use crate::diag::{Code, Findings};
use crate::document::units::units;
use crate::document::{OriginKind, Text};
use crate::lang::danish;
use crate::model::Model;
use crate::report;
use crate::rules::{NameForm, Piece, Wording};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(model: &Model, compiled: &Compiled, findings: &mut Findings) {
    let mut valid = BTreeSet::new();
    let mut other: BTreeMap<String, String> = BTreeMap::new();
    for committee in &model.rules.committees {
        let now = compiled.state.names.get(&committee.id.value).map_or(0, |(i, _)| *i);
        for (i, set) in committee.names.iter().enumerate() {
            for (word, form) in NameForm::ALL {
                let Some(name) = set.form(form) else { continue };
                let id = &committee.id.value;
                let written = if word == "definite" { format!("{{{id}}}") } else { format!("{{{id}:{word}}}") };
                for said in [danish::capital(&name.value), name.value.clone()] {
                    if i == now {
                        valid.insert(said);
                    } else {
                        other.entry(said).or_insert_with(|| written.clone());
                    }
                }
            }
        }
    }
    other.retain(|name, _| !valid.contains(name) && name.chars().count() > 2);
    // By first word, so that a long text is not searched for every name.
    let mut by_word: BTreeMap<&str, Vec<(&String, &String)>> = BTreeMap::new();
    for (name, expected) in &other {
        by_word.entry(first_word(name)).or_default().push((name, expected));
    }
    for unit in units(&compiled.bylaw) {
        let (plain, span) = without_historical(unit.text);
        let words: BTreeSet<&str> = words(&plain).chain([""]).collect();
        for (name, expected) in words.iter().filter_map(|word| by_word.get(word)).flatten() {
            if has_word(&plain, name) && !hidden_by(&plain, name, &valid) {
                let found = &unit.address;
                report!(findings, Code::RetiredName, span, name = name, found = found, expected = expected);
            }
        }
        if !span.is_some_and(|span| findings.has(Code::DoubledPunctuation, span)) {
            slips(&without_names(unit.text), span, findings);
        }
    }
}

/// Looks for slips of the pen where the names and the items of lists are written.
pub(super) fn check_names(model: &Model, findings: &mut Findings) {
    for set in model.rules.committees.iter().flat_map(|c| &c.names) {
        for (_, form) in NameForm::ALL {
            if let Some(name) = set.form(form) {
                slips(&name.value, Some(name.span), findings);
            }
        }
    }
    for task in &model.rules.tasks {
        let whole = std::iter::once(&task.wording).filter(|_| task.letters.is_empty());
        let parts = task.parts.iter().filter(|_| !task.is_whole()).map(|p| &p.wording);
        for words in whole.chain(parts).chain(task.divided.iter().map(|d| &d.wording)) {
            ending(words, findings);
        }
    }
}

/// An item gets its comma or period from the list; an abbreviation keeps its own.
fn ending(words: &Wording, findings: &mut Findings) {
    let Some(Piece::Text(last)) = words.pieces.last() else { return };
    let word = last.rsplit(' ').next().unwrap_or("");
    let stem = word.trim_end_matches('.');
    let abbreviation = stem.contains('.') || danish::is_abbreviation(stem);
    if last.ends_with([',', ';', ':']) || last.ends_with('.') && !abbreviation {
        report!(findings, Code::DoubledPunctuation, words.span, found = word);
    }
}

/// Returns the text without the names in it, which are looked at where they are written.
fn without_names(text: &Text) -> String {
    let run = |r: &crate::document::Run| match r.origin.kind {
        OriginKind::Name { .. } => "\u{fffc}".to_string(),
        _ => r.text.clone(),
    };
    text.0.iter().map(run).collect()
}

/// Returns the text with historical names blanked, and the place of its first run.
fn without_historical(text: &Text) -> (String, Option<Span>) {
    let span = text.0.iter().find_map(|r| match r.origin.kind {
        OriginKind::Name { .. } => None,
        _ => r.origin.span,
    });
    let plain = text
        .0
        .iter()
        .map(|r| match r.origin.kind {
            OriginKind::Name { historical: true, .. } => "\u{fffc}",
            _ => r.text.as_str(),
        })
        .collect();
    (plain, span)
}

/// Splits a text where no name's first word can go on.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

/// Returns what a name begins with up to the first sign; nothing if it begins with one.
fn first_word(name: &str) -> &str {
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(name.len());
    &name[..end]
}

fn has_word(text: &str, word: &str) -> bool {
    places(text, word).next().is_some()
}

/// Finds a word that neither begins nor ends inside another.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).map(|(i, _)| i).filter(move |i| {
        let before = text[..*i].chars().last();
        let after = text[i + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        !joins(before) && !joins(after)
    })
}

/// Says whether a retired name only stands there as part of a longer name that is in use.
fn hidden_by(text: &str, name: &str, valid: &BTreeSet<String>) -> bool {
    let longer: Vec<&str> = valid.iter().map(String::as_str).filter(|v| v.contains(name)).collect();
    places(text, name)
        .all(|i| longer.iter().any(|v| text.match_indices(*v).any(|(j, _)| j <= i && i + name.len() <= j + v.len())))
}

/// Slips of the pen in names: a missing suspended hyphen, doubled punctuation.
fn slips(text: &str, span: Option<Span>, findings: &mut Findings) {
    for (i, word) in text.match_indices(", og ") {
        let before: String = text[..i].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        let before: String = before.chars().rev().collect();
        let earlier = text[..i - before.len()].trim_end();
        let next = text[i + word.len()..].split_whitespace().next().unwrap_or("");
        let name_like = before.chars().next().is_some_and(char::is_uppercase)
            && next.chars().next().is_some_and(char::is_uppercase);
        if earlier.ends_with("-,") && name_like {
            let next = next.trim_end_matches(['.', ',', ';', ':']);
            let found = format!("{before}, og {next}");
            report!(findings, Code::SuspendedHyphen, span, found = found, expected = format!("{before}- og {next}"));
        }
    }
    for slip in [",,", ", .", " ,", " .", "..", ";,", ",."] {
        if let Some(i) = text.find(slip)
            && !text[i..].starts_with("...")
        {
            report!(findings, Code::DoubledPunctuation, span, found = slip);
        }
    }
}
