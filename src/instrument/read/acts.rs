//! Which act a § of the instrument amends: one that names another than the first must not touch the text at hand.

use super::lex::{Kind, Token};
use std::ops::Range;

/// What kinds of acts are called; a name ends with one of them.
const KINDS: &[&str] = &[
    "vedtægt",
    "orden",
    "regulativ",
    "lov",
    "bekendtgørelse",
    "reglement",
    "instruks",
    "cirkulære",
    "takstblad",
    "politik",
    "plan",
    "retningslinje",
    "overenskomst",
];

/// What a name of a kind may end with: `regulativet`, `forretningsordenens`.
const ENDINGS: &[&str] = &["", "en", "et", "n", "s", "ens", "ets", "ns", "er", "r", "erne", "rne"];

/// Is the name of an act in an introduction.
#[derive(Debug)]
pub(super) struct Act {
    /// Where it stands among the tokens.
    pub(super) range: Range<usize>,
    /// `vedtægt`
    kind: &'static str,
    /// What is before the kind in its word: `styrelses`.
    stem: String,
    /// Whether it points back: `vedtægten`, `samme vedtægt`.
    known: bool,
    /// What it is about or for, the first word: `Nordby`, `valg`.
    about: Option<String>,
}

impl Act {
    /// Says whether two names cannot mean the same act.
    pub(super) fn differs(&self, other: &Act) -> bool {
        let bare = |act: &Act| act.known && act.stem.is_empty();
        if self.kind != other.kind || self.stem != other.stem && !bare(self) && !bare(other) {
            return true;
        }
        matches!((&self.about, &other.about), (Some(a), Some(b)) if a != b)
    }
}

/// Finds the act an introduction names: `I Styrelsesvedtægt for … foretages`, `… foretages følgende ændringer i …:`.
pub(super) fn act(tokens: &[Token], intro: &Range<usize>) -> Option<Act> {
    const REASONS: &[&str] = &["medfør", "henhold", "overensstemmelse", "tilknytning", "forbindelse"];
    let is = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| words.contains(&t.text.as_str()));
    let verb = intro.clone().find(|i| is(*i, &["foretages"])).unwrap_or(intro.end);
    let after = (verb..intro.end).filter(|i| is(*i, &["i"])).find_map(|i| named(tokens, i + 1..intro.end));
    let first = is(intro.start, &["i"]) && !is(intro.start + 1, REASONS);
    after.or_else(|| if first { named(tokens, intro.start + 1..intro.end) } else { None })
}

/// Reads the name of an act at the beginning of some words.
fn named(tokens: &[Token], range: Range<usize>) -> Option<Act> {
    let stops = |t: &Token| {
        matches!(t.text.as_str(), "," | ":" | "." | ";" | "foretages" | "som" | "jf")
            || matches!(t.kind, Kind::Quote(_))
    };
    let end = range.clone().find(|i| tokens.get(*i).is_none_or(stops)).unwrap_or(range.end);
    let head = (range.start..end.min(range.start + 6)).find_map(|i| {
        let text = tokens.get(i)?.text.as_str();
        KINDS.iter().find_map(|kind| {
            let at = text.rfind(kind)?;
            let ending = text.get(at + kind.len()..).unwrap_or_default();
            ENDINGS.contains(&ending).then(|| (i, *kind, text.get(..at).unwrap_or_default().to_string(), ending))
        })
    });
    let (at, kind, stem, ending) = head?;
    let same = tokens.get(range.start).is_some_and(|t| matches!(t.text.as_str(), "samme" | "den" | "denne" | "nævnte"));
    let tail = tokens.get(at + 1).filter(|_| at + 1 < end);
    let about = tail.filter(|t| matches!(t.text.as_str(), "for" | "om")).and_then(|_| tokens.get(at + 2));
    Some(Act {
        range: range.start..end,
        kind,
        stem,
        known: same || matches!(ending, "en" | "et" | "n"),
        about: about.filter(|_| at + 2 < end).map(|t| t.text.clone()),
    })
}
