//! No-break spaces where Danish legal text must not break: after §, stk., nr. and the like, and inside dates.
//!
//! Only ordinary spaces are replaced, so folding spaces gives the text back. It is done where text is typeset (HTML,
//! PDF) and nowhere else.

use serde_json::Value;

use crate::lang::danish::MONTHS;

const NBSP: char = '\u{a0}';

/// Words that must stay with the number or name after them.
const HOLDS_NEXT: [&str; 14] = [
    "§", "§§", "stk.", "nr.", "pkt.", "kap.", "kapitel", "kapitlet", "litra", "kl.", "bilag", "art.", "artikel", "ca.",
];
/// Units that must stay with the number before them, without their full stop.
const HELD_BY_NUMBER: [&str; 6] = ["pct", "kr", "mio", "mia", "pkt", "%"];

/// Replaces the spaces at which a line must not break.
pub fn nbsp(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    bind(&chars).into_iter().collect()
}

/// Replaces such spaces in pieces that are read together, as the marked and unmarked pieces of one line are.
pub fn nbsp_pieces<'a>(pieces: impl Iterator<Item = &'a mut String>) {
    let pieces: Vec<&mut String> = pieces.collect();
    let chars: Vec<char> = pieces.iter().flat_map(|p| p.chars()).collect();
    let mut bound = bind(&chars).into_iter();
    for piece in pieces {
        let n = piece.chars().count();
        *piece = bound.by_ref().take(n).collect();
    }
}

/// Replaces such spaces in every text of a serialised view. The pieces of a line (`[{"op", "text"}, …]`, or with
/// "look") are read together; keys, ids and anchors have no spaces and stay as they are.
pub fn value(data: &mut Value) {
    match data {
        Value::String(text) => *text = nbsp(text),
        Value::Array(items) if items.iter().all(|i| i.get("op").is_some() || i.get("look").is_some()) => {
            nbsp_pieces(items.iter_mut().filter_map(|item| match item.get_mut("text") {
                Some(Value::String(text)) => Some(text),
                _ => None,
            }));
        }
        Value::Array(items) => items.iter_mut().for_each(value),
        Value::Object(map) => map.iter_mut().for_each(|(_, item)| value(item)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn bind(chars: &[char]) -> Vec<char> {
    let mut out = chars.to_vec();
    for (i, c) in chars.iter().enumerate() {
        if *c == ' ' {
            let (start, before) = word_before(chars, i);
            let (_, earlier) = word_before(chars, start.saturating_sub(1));
            if holds(&earlier, &before, &word_after(chars, i)) {
                out[i] = NBSP;
            }
        }
    }
    out
}

fn holds(earlier: &str, before: &str, after: &str) -> bool {
    let number = after.starts_with(|c: char| c.is_ascii_digit());
    if HOLDS_NEXT.contains(&before) {
        return match before {
            "litra" => number || !after.is_empty() && after.chars().count() <= 2,
            "§" | "§§" => !after.is_empty(),
            _ => number || is_roman(after),
        };
    }
    if before == "den" {
        return number;
    }
    if before.ends_with(|c: char| c.is_ascii_digit()) && HELD_BY_NUMBER.contains(&after) {
        return true;
    }
    // "§ 7 a": one small letter belongs to the number of a § or a chapter.
    let suffixed = matches!(earlier, "§" | "§§" | "kapitel" | "kap.") && all_digits(before);
    if suffixed && after.chars().count() == 1 && after.chars().all(char::is_lowercase) && after != "i" && after != "å"
    {
        return true;
    }
    // "1. januar", "1. pkt."
    let ordinal = before.strip_suffix('.').is_some_and(all_digits);
    if ordinal && (MONTHS.contains(&after) || after == "pkt") {
        return true;
    }
    // A dash opens no line: it stays with the word before it.
    after == "–" && !before.is_empty()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// Returns where the word that ends at `end` begins, and the word in small letters without what opens before it.
fn word_before(chars: &[char], end: usize) -> (usize, String) {
    let start = chars[..end].iter().rposition(|c| c.is_whitespace()).map_or(0, |p| p + 1);
    let word: String = chars[start..end].iter().collect();
    (start, word.trim_start_matches(['(', '»', '"', '”']).to_lowercase())
}

/// Returns the word after the space at `i`, without what closes after it.
fn word_after(chars: &[char], i: usize) -> String {
    let rest = &chars[i + 1..];
    let end = rest.iter().position(|c| c.is_whitespace()).unwrap_or(rest.len());
    let word: String = rest[..end].iter().collect();
    word.trim_end_matches([',', '.', ')', ';', ':', '«']).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        nbsp(text).replace(NBSP, "_")
    }

    #[test]
    fn holds_numbers_to_their_words() {
        assert_eq!(shown("jf. § 14, stk. 1, nr. 3, litra a, og §§ 3-5"), "jf. §_14, stk._1, nr._3, litra_a, og §§_3-5");
        assert_eq!(shown("1. pkt. og pkt. 2 i kapitel 3"), "1._pkt. og pkt._2 i kapitel_3");
        assert_eq!(shown("Stk. 2. Mødet holdes kl. 17.30."), "Stk._2. Mødet holdes kl._17.30.");
    }

    #[test]
    fn holds_suffixes_and_units() {
        assert_eq!(
            shown("§ 7 a, stk. 2, og § 8 i loven"),
            "§_7 a, stk._2, og § 8 i loven".replace("7 a", "7_a").replace("§ 8", "§_8")
        );
        assert_eq!(shown("25 mio. kr., 5 pct. og 3 skoler"), "25_mio. kr., 5_pct. og 3 skoler");
    }

    #[test]
    fn holds_dates_together() {
        assert_eq!(shown("træder i kraft den 1. januar 2026"), "træder i kraft den_1._januar 2026");
        assert_eq!(shown("den der, den 3 gang"), "den der, den_3 gang");
        assert_eq!(shown("litra legal"), "litra legal");
    }

    #[test]
    fn folding_spaces_gives_the_text_back() {
        for text in ["§ 1  § 2 ", " ", "§", "den 1. maj § ", "nr. ", "stk. \u{a0}2"] {
            assert_eq!(nbsp(text).replace(NBSP, " "), text.replace(NBSP, " "));
        }
    }

    #[test]
    fn reads_pieces_together() {
        let mut pieces = vec!["jf. § ".to_string(), "14".into(), "15, stk.".into(), " 2".into()];
        nbsp_pieces(pieces.iter_mut());
        assert_eq!(pieces, ["jf. §\u{a0}", "14", "15, stk.", "\u{a0}2"]);
    }
}
