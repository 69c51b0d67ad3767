//! Cuts text into tokens: words, numbers, signs. A word is never split.

use crate::document::OriginKind;
use std::collections::HashMap;

/// Says what a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, with inner and trailing hyphens: `løn-`, `pædagogisk-psykologisk`.
    Word,
    /// Digits, with points and commas inside: `500.000`.
    Number,
    /// Any other sign.
    Sign,
    /// A whole reference to another place: `§ 12, stk. 2`.
    Reference,
    /// A whole form of a committee's name.
    Name,
}

/// Is a token of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Where it begins, in bytes of the line's text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What makes two tokens the same; for a reference read from plain text it is found when lines are compared.
    pub key: u32,
    /// The run it begins in.
    pub run: u32,
    /// What it is.
    pub kind: TokenKind,
    /// Index into the tree's references plus one; 0 for none.
    pub reference: u32,
}

impl Token {
    /// Returns the token's text.
    pub fn text<'t>(&self, line: &'t str) -> &'t str {
        line.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
    /// Says whether a reader counts it as a word.
    pub fn is_word(&self) -> bool {
        self.kind != TokenKind::Sign
    }
}

/// Numbers texts, the same for both bylaws.
#[derive(Default)]
pub(super) struct Keys(HashMap<String, u32>);

impl Keys {
    /// Returns the number of a text.
    pub fn of(&mut self, text: &str) -> u32 {
        if let Some(&key) = self.0.get(text) {
            return key;
        }
        let key = self.0.len() as u32;
        self.0.insert(text.to_string(), key);
        key
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Cuts plain text into byte ranges with their kinds.
pub(super) fn cut(text: &str) -> Vec<(usize, usize, TokenKind)> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        if !in_word(c) {
            out.push((start, start + c.len_utf8(), TokenKind::Sign));
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut digits = c.is_ascii_digit();
        while let Some(&(at, next)) = chars.peek() {
            let after = text.get(at + next.len_utf8()..).and_then(|rest| rest.chars().next());
            let last_is_digit = text.get(..end).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
            let goes_on = in_word(next)
                || is_hyphen(next) && !after.is_some_and(is_hyphen)
                || matches!(next, '.' | ',') && last_is_digit && after.is_some_and(|c| c.is_ascii_digit())
                || matches!(next, '\'' | '’') && after.is_some_and(char::is_alphabetic);
            if !goes_on {
                break;
            }
            digits &= !in_word(next) || next.is_ascii_digit();
            end = at + next.len_utf8();
            chars.next();
            if is_hyphen(next) && !after.is_some_and(in_word) {
                break;
            }
        }
        out.push((start, end, if digits { TokenKind::Number } else { TokenKind::Word }));
    }
    out
}

/// Returns the key text of a token: signs that only look different are the same.
fn key_text(text: &str) -> &str {
    match text {
        "“" | "”" | "„" | "»" | "«" | "\"" => "\"",
        "’" | "‘" | "'" => "'",
        "–" | "—" | "-" => "-",
        other => other,
    }
}

/// Tokenizes a line. With `identities`, references and names that the rules wrote become single tokens.
pub(super) fn tokenize(text: &crate::document::Text, identities: bool, keys: &mut Keys) -> (String, Vec<Token>) {
    let plain = text.to_plain();
    let mut ends = Vec::with_capacity(text.0.len());
    let mut at = 0;
    for run in &text.0 {
        at += run.text.len();
        ends.push(at);
    }
    let mut out: Vec<Token> = Vec::new();
    let mut run = 0;
    for (start, end, kind) in cut(&plain) {
        while ends.get(run).is_some_and(|&e| e <= start) {
            run += 1;
        }
        // A word can begin in one run and end in the next; the run that names something decides.
        let named = (run..)
            .take_while(|&r| ends.get(r.wrapping_sub(1)).is_none_or(|&e| r == run || e < end) && r < text.0.len())
            .find_map(|r| whole(&text.0.get(r)?.origin.kind).filter(|_| identities).map(|w| (r, w)));
        let Some((r, (kind_of_whole, key))) = named else {
            let word = key_text(plain.get(start..end).unwrap_or_default());
            // The end of an item is the end of an item, whatever comma stands before it.
            let ends = identities && text.0.get(run).is_some_and(|r| r.origin.kind == OriginKind::Separator);
            let key = if ends { keys.of(&format!("\u{3}{word}")) } else { keys.of(word) };
            out.push(Token { start: start as u32, end: end as u32, key, run: run as u32, kind, reference: 0 });
            continue;
        };
        match out.last_mut() {
            Some(last) if last.run == r as u32 && last.kind == kind_of_whole => last.end = end as u32,
            _ => {
                let key = keys.of(&key);
                out.push(Token {
                    start: start as u32,
                    end: end as u32,
                    key,
                    run: r as u32,
                    kind: kind_of_whole,
                    reference: 0,
                });
            }
        }
    }
    (plain, out)
}

/// Returns what makes a run one token, and its key.
fn whole(kind: &OriginKind) -> Option<(TokenKind, String)> {
    match kind {
        OriginKind::Reference(ids) => {
            let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
            Some((TokenKind::Reference, format!("\u{1}{}", ids.join("\u{1}"))))
        }
        OriginKind::Name { committee, historical: false, .. } => Some((TokenKind::Name, format!("\u{2}{committee}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        cut(text).iter().map(|&(a, b, _)| &text[a..b]).collect()
    }

    #[test]
    fn keeps_words_whole() {
        assert_eq!(words("Klima-, Miljø- og Teknikudvalget."), ["Klima-", ",", "Miljø-", "og", "Teknikudvalget", "."]);
        assert_eq!(words("over 500.000 kr., jf. § 7"), ["over", "500.000", "kr", ".", ",", "jf", ".", "§", "7"]);
        assert_eq!(words("pædagogisk-psykologisk 3,5. EU's"), ["pædagogisk-psykologisk", "3,5", ".", "EU's"]);
        assert_eq!(words("a--b – c"), ["a", "-", "-", "b", "–", "c"]);
        assert!(words("").is_empty());
    }
}
