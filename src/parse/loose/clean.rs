//! Cleans text from files: line ends, odd spaces, soft hyphens, Markdown escapes.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Returns what [`file()`] puts right that can be seen or searched for, each with its line.
pub(super) fn liberties(markdown: &str) -> Vec<(&'static str, usize)> {
    let mut out = Vec::new();
    let body = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    for (number, line) in (1..).zip(body.lines()) {
        if line.is_ascii() {
            continue;
        }
        if line.contains(['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}']) {
            out.push(("bløde bindestreger og andre usynlige tegn er fjernet", number));
        }
        if line.contains(|c: char| c.is_whitespace() && !matches!(c, ' ' | '\t' | '\r')) {
            out.push(("hårde og andre særlige mellemrum er læst som almindelige", number));
        }
        if !line.chars().all(alone) && !is_nfc(line) {
            out.push(("bogstaver, der er skrevet som flere tegn (å som a og ring), er læst som ét", number));
        }
    }
    out
}

/// Takes `>` off the lines of a text that is a quotation from end to end.
pub(super) fn unquoted(text: &str) -> Option<String> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek()?;
    if !lines.all(|line| line.starts_with('>')) {
        return None;
    }
    let bare = |line: &str| line.strip_prefix('>').map_or(line, |l| l.strip_prefix(' ').unwrap_or(l)).to_string();
    Some(text.lines().map(bare).collect::<Vec<_>>().join("\n"))
}

/// Says whether a character joins with none before it: nothing below U+0300 does, nor do dashes and quotation marks.
fn alone(c: char) -> bool {
    c < '\u{300}' || ('\u{2010}'..='\u{2027}').contains(&c)
}

/// Normalises a whole file: no BOM, `\n` line ends, NFC, ordinary spaces, no soft hyphens.
pub(super) fn file(markdown: &str) -> String {
    let text = markdown.strip_prefix('\u{feff}').unwrap_or(markdown).replace("\r\n", "\n");
    let plain = |c: char| match c {
        '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | super::SPLIT => None,
        c if c.is_whitespace() && !matches!(c, '\n' | '\t') => Some(' '),
        c => Some(c),
    };
    let plain = text.chars().filter_map(plain);
    if text.chars().all(alone) { plain.collect() } else { plain.nfc().collect() }
}

/// Joins the spaces of a text to one each.
pub(super) fn spaces(text: &str) -> String {
    let odd = |pair: (char, char)| pair.0.is_whitespace() && (pair.0 != ' ' || pair.1.is_whitespace());
    let text = text.trim();
    if !text.chars().zip(text.chars().skip(1)).any(odd) {
        return text.to_string();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts a line after the one it goes on from; a word that was cut at the end of a line is made whole again.
pub(super) fn join(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    let cut = text.strip_suffix('-').is_some_and(|t| t.ends_with(char::is_alphabetic));
    let first = line.split_whitespace().next().unwrap_or_default();
    if cut && first.starts_with(char::is_lowercase) && !matches!(first, "og" | "eller" | "samt" | "og/eller") {
        text.pop();
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

/// Takes the Markdown out of a line of text: escapes, entities, emphasis.
pub(super) fn inline(text: &str) -> String {
    if !text.contains(['\\', '&', '*', '_']) {
        return spaces(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '\\' => match after.chars().next().filter(char::is_ascii_punctuation) {
                Some(escaped) => {
                    out.push(escaped);
                    after.get(escaped.len_utf8()..).unwrap_or_default()
                }
                None => {
                    out.push(c);
                    after
                }
            },
            '&' => match entity(after) {
                Some((decoded, length)) => {
                    out.push(decoded);
                    after.get(length..).unwrap_or_default()
                }
                None => {
                    out.push(c);
                    after
                }
            },
            '*' if after.starts_with('*') || emphasis(&out, after) => after.strip_prefix('*').unwrap_or(after),
            '_' if after.starts_with('_') => after.strip_prefix('_').unwrap_or(after),
            _ => {
                out.push(c);
                after
            }
        };
    }
    spaces(&out)
}

/// Says whether a single `*` opens or closes emphasis: there is a word on one side of it.
fn emphasis(before: &str, after: &str) -> bool {
    let opens = after.starts_with(|c: char| !c.is_whitespace());
    let closes = before.ends_with(|c: char| !c.is_whitespace());
    opens != closes || opens && after.starts_with(char::is_alphanumeric)
}

/// Decodes an entity after its `&`; returns its length without the `&`.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.get(..text.len().min(12)).or(text.get(..text.floor_char_boundary(12)))?.find(';')?;
    let name = text.get(..end)?;
    let decoded = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => ' ',
        "sect" => '§',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    };
    Some((decoded, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::print::{escape, guard};

    #[test]
    fn undoes_what_the_printer_does() {
        for text in ["a*b_c & <d> [e] {f} | # ~ `g` \\", "1) x", "§ 4 x", "– y", "Stk. 2. z", "- z", "a**b", "&amp;"]
        {
            assert_eq!(inline(&guard(&escape(text))), spaces(text));
        }
    }

    #[test]
    fn mends_lines() {
        let joined = |a: &str, b: &str| {
            let mut a = a.to_string();
            join(&mut a, b);
            a
        };
        assert_eq!(joined("virk-", "somhed"), "virksomhed");
        assert_eq!(joined("Kultur-", "og Fritidsudvalget"), "Kultur- og Fritidsudvalget");
        assert_eq!(file("\u{feff}a\r\nb\u{a0}c\u{ad}d"), "a\nb cd");
        assert_eq!(inline("**§ 1.** a *b* 2 * 3"), "§ 1. a b 2 * 3");
    }
}
