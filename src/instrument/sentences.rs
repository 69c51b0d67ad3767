//! Sentences (pkt.) as whoever writes an instrument counts them: only where there is just one way to.
//!
//! The applier has a cutter of its own. Where the two could differ, this one says nothing.

use crate::lang::danish;
use std::ops::Range;

/// Lists short words that are no abbreviations: a sentence may end with them.
const SHORT: [&str; 20] = [
    "alt", "by", "dag", "del", "dem", "den", "det", "her", "ham", "hende", "lov", "mål", "ret", "råd", "sag", "sal",
    "tid", "uge", "vej", "år",
];

/// Cuts words into sentences, without the spaces between them; `None` where they could be counted in another way.
pub fn split(text: &str) -> Option<Vec<Range<usize>>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let end = at + c.len_utf8();
        let rest = text.get(end..)?;
        if rest.is_empty() {
            break;
        }
        if ends(text.get(start..at)?, c, rest)? {
            out.push(start..end);
            start = end + 1;
        }
    }
    let tail = text.get(start..)?;
    if !tail.is_empty() {
        out.push(start..text.len());
    }
    Some(out)
}

/// Says whether a sign ends a sentence between what is before it and what follows; `None` where it is not sure.
fn ends(before: &str, sign: char, rest: &str) -> Option<bool> {
    let Some(next) = rest.strip_prefix(' ') else {
        // Inside a number, an abbreviation, a bracket or a quotation that goes on.
        let after = rest.trim_start_matches([')', '»', '«', '”', '“', '"']);
        let goes_on = after.len() == rest.len() || after.is_empty() || after.starts_with([',', '.', ';', ':']);
        return goes_on.then_some(false);
    };
    let token = before.rsplit(' ').next()?;
    let earlier = before.get(..before.len() - token.len())?.trim_end().rsplit(' ').next()?;
    let word = token.trim_start_matches(['(', '»', '“', '"', '„']);
    let first = next.chars().next()?;
    let capital = first.is_uppercase() || matches!(first, '§' | '»' | '“' | '"');
    let small = first.is_lowercase() || first.is_ascii_digit();
    if sign != '.' {
        return None;
    }
    if word.ends_with([')', '«', '”', '“', '"']) {
        return capital.then_some(true);
    }
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let month = next.split(|c: char| !c.is_alphabetic()).next()?.to_lowercase();
        let numbered = matches!(earlier, "§" | "§§" | "stk." | "nr." | "pkt." | "kapitel" | "kap.");
        return match (capital, small) {
            (true, _) if danish::MONTHS.contains(&month.as_str()) => None,
            (true, _) => (numbered || word.len() == 4).then_some(true),
            (_, small) => small.then_some(false),
        };
    }
    if word.contains('.') || danish::is_abbreviation(word) {
        return if danish::may_end_sentence(word) && !small { None } else { Some(false) };
    }
    let letters = word.chars().count();
    if letters == 1 {
        let figure = earlier.bytes().next().is_some_and(|b| b.is_ascii_digit());
        let number = earlier == "litra" || figure;
        return (capital && number && word.chars().all(char::is_lowercase)).then_some(true);
    }
    let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '/' | '%'));
    let known = letters > 3 || SHORT.contains(&word.to_lowercase().as_str());
    (plain && known && (capital || first.is_ascii_digit() && letters > 3)).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_where_it_is_sure() {
        let cut = |text: &str| split(text).map(|all| all.into_iter().map(|r| text[r].to_string()).collect::<Vec<_>>());
        let some = |all: &[&str]| Some(all.iter().map(|s| (*s).to_string()).collect::<Vec<_>>());
        assert_eq!(
            cut("Rådet mødes. Det vælger, jf. § 2, stk. 1."),
            some(&["Rådet mødes.", "Det vælger, jf. § 2, stk. 1."])
        );
        assert_eq!(cut("Efter § 7 a. Rådet (jf. § 3). Så."), some(&["Efter § 7 a.", "Rådet (jf. § 3).", "Så."]));
        assert_eq!(cut("Den 1. januar 2026. Derefter"), some(&["Den 1. januar 2026.", "Derefter"]));
        assert_eq!(cut("Veje m.v. Rådet"), None);
        assert_eq!(cut("Højst 500 kr. Beløbet"), None);
        assert_eq!(cut("Højst 500 kr. om året, bl.a. Odense."), some(&["Højst 500 kr. om året, bl.a. Odense."]));
        assert_eq!(cut("Det hedder »Rådet mødes.« Så."), None);
        assert_eq!(cut("Hvem? Rådet."), None);
        assert_eq!(cut(""), some(&[]));
    }
}
