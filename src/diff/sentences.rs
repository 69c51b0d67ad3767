//! Cuts a line into sentences; a point after a Danish abbreviation ends none.

use super::tokens::{Token, TokenKind};
use crate::lang::danish;
use std::ops::Range;

/// Returns the sentences as ranges of tokens; together they are the whole line.
pub(super) fn sentences(tokens: &[Token], text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        if ends_at(tokens, text, at) {
            out.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn ends_at(tokens: &[Token], text: &str, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    if token.kind != TokenKind::Sign || !matches!(token.text(text), "." | "!" | "?") {
        return false;
    }
    let Some(next) = tokens.get(at + 1) else { return true };
    let opens = next.text(text).chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '§' | '»' | '“' | '"'));
    if next.start == token.end || !opens {
        return false;
    }
    let Some(word) = at.checked_sub(1).and_then(|i| tokens.get(i)) else { return false };
    let word = word.text(text);
    // A single letter is an initial or the middle of `bl.a.` and `m.v.`.
    !danish::is_abbreviation(word) && (word.chars().count() > 1 || word.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{Keys, tokenize};
    use super::*;
    use crate::document::Text;

    #[test]
    fn knows_abbreviations() {
        let cut = |text: &str| {
            let (plain, tokens) = tokenize(&Text::plain(text), false, &mut Keys::default());
            sentences(&tokens, &plain).len()
        };
        assert_eq!(cut("Det sker efter § 2, jf. Styrelsesloven. Derefter intet."), 2);
        assert_eq!(cut("Den 1. januar 2026 træder den i kraft, m.v. Ellers ikke"), 1);
        assert_eq!(cut("Det gælder i 2026. Herefter ikke. Slut!"), 3);
        assert_eq!(cut(""), 0);
    }
}
