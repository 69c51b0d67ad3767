//! Recognises what a line begins with.

use crate::lang::danish;

/// Is what a line begins with; `rest` is what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker<'t> {
    /// `#` to `######`, by level.
    Hash { level: usize, rest: &'t str },
    /// `Kapitel 1.`, without or after `#`.
    Chapter { number: &'t str, rest: &'t str },
    /// `§ 12.`; `exact` if it is written as the profile has it.
    Section { number: String, rest: &'t str, exact: bool },
    /// `Stk. 2.`
    Subsection { number: u32, rest: &'t str, exact: bool },
    /// `1)`, `–`, `•`; or `1.` and `-`, which are not `exact`.
    Point { label: &'t str, rest: &'t str, exact: bool },
    /// `a)`
    Letter { label: &'t str, rest: &'t str },
    /// A line of dashes or of `=`.
    Rule(char),
    /// Anything else.
    Text(&'t str),
}

/// Is what the lines before tell of the next numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expected {
    /// The number of the last §, if it is plain digits.
    pub section: u32,
    /// The number of the last point, `None` outside a list.
    pub point: Option<u32>,
    /// The letter that is due in a list, for those who write `a.`
    pub letter: Option<char>,
    /// Whether a § has begun, so that there can be points.
    pub inside: bool,
}

/// Takes the emphasis off a label at the beginning of a line: `**§ 1.** text`.
pub(super) fn bare(line: &str) -> std::borrow::Cow<'_, str> {
    for sign in ["**", "__", "*", "_"] {
        if let Some((label, rest)) = line.strip_prefix(sign).and_then(|inner| inner.split_once(sign)) {
            let lower = label.trim_start().to_lowercase();
            if lower.starts_with('§') || lower.starts_with("stk") || lower.starts_with("kapitel ") {
                let (label, rest) = (label.trim(), rest.trim());
                let space = if rest.starts_with(['.', ':']) { "" } else { " " };
                return format!("{label}{space}{rest}").trim().to_string().into();
            }
        }
    }
    line.into()
}

/// Takes the mark of a list off a line that goes on with a label: `- Stk. 2. …`.
pub(super) fn unlisted(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '–', '•', '*', '+'])?;
    let label = rest.strip_prefix(' ')?.trim_start();
    let plain = bare(label);
    let section = || section(&plain, Expected::default()).is_some();
    (subsection(&plain).is_some() || section()).then_some(label)
}

/// Reads what a trimmed line begins with.
pub(super) fn marker(line: &str, expected: Expected) -> Marker<'_> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let after = line.get(hashes..).unwrap_or_default();
    if (1..=6).contains(&hashes) && (after.is_empty() || after.starts_with([' ', '\t'])) {
        let rest = after.trim();
        let closed = rest.trim_end_matches('#');
        let rest = if closed.len() < rest.len() && closed.ends_with(' ') { closed.trim_end() } else { rest };
        return Marker::Hash { level: hashes, rest };
    }
    if line.len() >= 3
        && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '=') || line.chars().all(|c| c == '*'))
    {
        return Marker::Rule(line.chars().next().unwrap_or('-'));
    }
    // No prose: that has more words, or goes on with a small letter.
    let short = line.split_whitespace().nth(15).is_none();
    let prose = |m: &Marker| matches!(m, Marker::Chapter { rest, .. } if rest.starts_with(char::is_lowercase));
    chapter(line)
        .filter(|m| short && !prose(m))
        .or_else(|| section(line, expected))
        .or_else(|| subsection(line))
        .or_else(|| point(line, expected))
        .or_else(|| letter(line, expected))
        .unwrap_or(Marker::Text(line))
}

/// Reads `Kapitel 1. Title`, `KAPITEL I: Title` or `Kapitel 2 a`.
pub(super) fn chapter(line: &str) -> Option<Marker<'_>> {
    let (word, rest) = line.split_once([' ', '\t'])?;
    if word.to_lowercase() != "kapitel" {
        return None;
    }
    let rest = rest.trim_start();
    let mut end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let number = rest.get(..end)?;
    let numeral = !number.is_empty()
        && (number.starts_with(|c: char| c.is_ascii_digit()) || number.chars().all(|c| "IVXLCl".contains(c)));
    if !numeral {
        return None;
    }
    // `2 a`
    let mut tail = rest.get(end..).unwrap_or_default().chars();
    if let (Some(' '), Some(letter), None | Some('.' | ':')) = (tail.next(), tail.next(), tail.next())
        && letter.is_lowercase()
    {
        end += 1 + letter.len_utf8();
    }
    let number = rest.get(..end)?;
    let rest = rest.get(end..).unwrap_or_default();
    let sign = rest.starts_with(['.', ':', ' ']);
    if !rest.is_empty() && !sign {
        return None;
    }
    if rest.starts_with(['.', ':']) {
        let title = rest.trim_start_matches(['.', ':']).trim();
        return Some(Marker::Chapter { number, rest: title });
    }
    let rest = rest.trim();
    let rest = rest.strip_prefix(['-', '–', '—']).filter(|r| r.starts_with(' ')).map_or(rest, str::trim);
    // Prose begins like this: `Kapitel 3 gælder ikke …`.
    if rest.starts_with(char::is_lowercase) || rest.starts_with([',', ';']) {
        return None;
    }
    Some(Marker::Chapter { number, rest })
}

fn section(line: &str, expected: Expected) -> Option<Marker<'_>> {
    let after = line.strip_prefix('§')?;
    let rest = after.trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if digits == 0 {
        return None;
    }
    let mut end = digits;
    let tail = rest.get(digits..)?;
    // `§ 7 a Byrådet`, but not `§ 7 i Lov om …`.
    let begins = |t: &str| t.strip_prefix(' ').is_some_and(|t| t.starts_with(char::is_uppercase));
    let stop = |t: &str| t.is_empty() || t.starts_with(['.', ':']);
    for skip in [0, 1] {
        let letter = tail.get(skip..).and_then(|t| t.chars().next()).filter(|c| c.is_lowercase());
        if let Some(letter) = letter
            && (skip == 0 || tail.starts_with(' '))
            && tail
                .get(skip + letter.len_utf8()..)
                .is_some_and(|t| stop(t) || !matches!(letter, 'i' | 'å') && begins(t))
        {
            end = digits + skip + letter.len_utf8();
            break;
        }
    }
    let number = rest.get(..end)?;
    let tail = rest.get(end..)?;
    let dotted = tail.strip_prefix(['.', ':']).filter(|t| t.is_empty() || t.starts_with(char::is_whitespace));
    let exact = after.starts_with(' ')
        && !after.starts_with("  ")
        && tail.starts_with('.')
        && dotted.is_some_and(|t| !t.is_empty());
    if let Some(text) = dotted {
        return Some(Marker::Section { number: number.to_string(), rest: text.trim_start(), exact });
    }
    // Without a point it is a label only alone on the line, or where a later § can come and a sentence begins.
    let figure = number.get(..digits).and_then(|n| n.parse::<u32>().ok());
    let due = figure.is_some_and(|n| n > expected.section || n == expected.section && number.len() > digits);
    let text = tail.trim_start();
    let begins = tail.starts_with(' ') && text.starts_with(char::is_uppercase);
    (tail.is_empty() || due && begins).then(|| Marker::Section { number: number.to_string(), rest: text, exact: false })
}

/// Reads `Stk. 2.`, `Stk.2.`, `stk 2:`, `Stk. 2 Formanden …`; not `Stk. 2 og 3 gælder …`.
pub(super) fn subsection(line: &str) -> Option<Marker<'_>> {
    let word = line.get(..3).filter(|w| w.eq_ignore_ascii_case("stk"))?;
    let after = line.get(3..)?;
    let rest = after.strip_prefix('.').unwrap_or(after).trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest.get(..digits).filter(|d| d.len() < 9)?.parse().ok()?;
    let tail = rest.get(digits..)?;
    let text = match tail.strip_prefix(['.', ':', ')']) {
        Some(text) => text.trim_start(),
        // Without a point it is a label where a sentence begins.
        None => {
            let text = tail.trim_start();
            let text = text.strip_prefix(['-', '–']).filter(|t| t.starts_with(' ')).map_or(text, str::trim_start);
            let begins = tail.starts_with([' ', '\t']) && text.starts_with(char::is_uppercase);
            if !tail.is_empty() && !begins {
                return None;
            }
            text
        }
    };
    let exact = word == "Stk" && after.starts_with(". ") && !after.starts_with(".  ") && tail.starts_with(". ");
    Some(Marker::Subsection { number, rest: text, exact })
}

fn point(line: &str, expected: Expected) -> Option<Marker<'_>> {
    if !expected.inside {
        return None;
    }
    let first = line.chars().next()?;
    if matches!(first, '-' | '–' | '—' | '•' | '*' | '+' | '·' | '▪' | '◦') {
        let (label, rest) = line.split_at_checked(first.len_utf8())?;
        let spaced = rest.starts_with([' ', '\t']) || matches!(first, '•' | '▪');
        let exact = matches!(first, '–' | '•') && rest.starts_with(' ');
        return spaced.then(|| Marker::Point { label, rest: rest.trim_start(), exact });
    }
    let digits = line.find(|c: char| !c.is_ascii_digit())?;
    let number = line.get(..digits).filter(|d| !d.is_empty() && d.len() < 9)?;
    let tail = line.get(digits..)?;
    let sign = tail.chars().next().filter(|c| matches!(c, ')' | '.'))?;
    let (label, rest) = line.split_at_checked(digits + 1)?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim_start();
    if sign == '.' {
        // `1. januar 2026` is a date, `7. …` out of nowhere is no list.
        let month = rest.split([' ', ',', '.']).next().unwrap_or_default().to_lowercase();
        let due = number.parse::<u32>().ok() == Some(expected.point.map_or(1, |n| n + 1));
        if danish::MONTHS.contains(&month.as_str()) || !due {
            return None;
        }
    }
    Some(Marker::Point { label, rest, exact: sign == ')' })
}

fn letter(line: &str, expected: Expected) -> Option<Marker<'_>> {
    let end = line.find([')', '.']).filter(|&e| (1..=4).contains(&e))?;
    let stem = line.get(..end)?;
    if stem.chars().count() > 2 || !stem.chars().all(char::is_lowercase) {
        return None;
    }
    let (label, rest) = line.split_at_checked(end + 1)?;
    if label.ends_with('.') && (stem.chars().count() != 1 || stem.chars().next() != expected.letter || rest.is_empty())
    {
        return None;
    }
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| Marker::Letter { label, rest: rest.trim_start() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Marker<'_> {
        marker(line, Expected { section: 1, inside: true, ..Expected::default() })
    }

    #[test]
    fn tells_labels_from_prose() {
        let section = |number: &str, rest: &'static str, exact| Marker::Section { number: number.into(), rest, exact };
        assert_eq!(read("§ 2. Byrådet"), section("2", "Byrådet", true));
        assert_eq!(read("§ 7 a. Byrådet"), section("7 a", "Byrådet", true));
        assert_eq!(read("§2"), section("2", "", false));
        assert_eq!(read("§ 2 Byrådet"), section("2", "Byrådet", false));
        assert_eq!(read("§ 2, stk. 2 om møder"), Marker::Text("§ 2, stk. 2 om møder"));
        assert_eq!(read("Stk.2. Ja"), Marker::Subsection { number: 2, rest: "Ja", exact: false });
        assert_eq!(read("Stk. 2 og 3 gælder"), Marker::Text("Stk. 2 og 3 gælder"));
        assert_eq!(read("1. januar 2026"), Marker::Text("1. januar 2026"));
        assert_eq!(read("1. Økonomiudvalg"), Marker::Point { label: "1.", rest: "Økonomiudvalg", exact: false });
        assert_eq!(read("1\\) nej"), Marker::Text("1\\) nej"));
        assert_eq!(read("a) ja"), Marker::Letter { label: "a)", rest: "ja" });
        assert_eq!(chapter("Kapitel I: Byrådet"), Some(Marker::Chapter { number: "I", rest: "Byrådet" }));
        assert_eq!(chapter("Kapitel 2 a. Byrådet"), Some(Marker::Chapter { number: "2 a", rest: "Byrådet" }));
        assert_eq!(chapter("Kapitel 3 gælder ikke"), None);
    }
}
