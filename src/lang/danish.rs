//! Danish formulas: dates, lists, ordinals and amounts, in one place for all documents.

use jiff::civil::Date;

/// The months, from January.
pub const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// Lists words that are written with a point, without it, besides those with points inside (`bl.a.`, `m.v.`).
const ABBREVIATIONS: [&str; 48] = [
    "adm", "afd", "afs", "art", "bek", "bekg", "bl", "ca", "cirk", "dvs", "eks", "ekskl", "evt", "ff", "fx", "hhv",
    "inkl", "jf", "jfr", "jr", "kap", "kgl", "kr", "lbkg", "lign", "maks", "mfl", "mia", "min", "mio", "mm", "mv",
    "nr", "ol", "osv", "pct", "pga", "pgf", "pkt", "sml", "sst", "stk", "tlf", "udg", "vedr", "vha", "årg", "øvr",
];

/// Says whether a word, its last point taken off, is an abbreviation that keeps it.
pub fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Writes a date out: `1. januar 2026`.
pub fn date(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()).wrapping_sub(1)).unwrap_or(&"");
    format!("{}. {month} {}", date.day(), date.year())
}

/// Writes a date as it stands in a sentence: `den 1. januar 2026`.
pub fn den(day: Date) -> String {
    format!("den {}", date(day))
}

/// Reads a date written `2026-01-01`, `1. januar 2026` or `den 1. januar 2026`.
pub fn read(text: &str) -> Option<Date> {
    let text = text.strip_prefix("den ").unwrap_or(text);
    if text.len() == 10 && text.is_ascii() && !text.contains(' ') {
        return text.parse().ok();
    }
    let (day, rest) = text.split_once(". ")?;
    let (month, year) = rest.split_once(' ')?;
    let month = MONTHS.iter().position(|m| *m == month)? + 1;
    Date::new(year.parse().ok()?, i8::try_from(month).ok()?, day.parse().ok()?).ok()
}

/// Joins with commas and "og" before the last, no comma before it: `a, b og c`.
pub fn join<S: AsRef<str>>(items: &[S]) -> String {
    join_with(items, "og")
}

/// Joins with commas and "eller" before the last.
pub fn join_or<S: AsRef<str>>(items: &[S]) -> String {
    join_with(items, "eller")
}

fn join_with<S: AsRef<str>>(items: &[S], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// Writes a number below thirteen as a word, `ét` and the rest as counted things are; larger ones in figures.
pub fn number(n: u64) -> String {
    const WORDS: [&str; 13] =
        ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];
    usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| n.to_string(), |w| (*w).to_string())
}

/// Writes an ordinal as a word up to `tolvte`; after that `13.`.
pub fn ordinal(n: u64) -> String {
    const WORDS: [&str; 13] = [
        "nulte", "første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende",
        "ellevte", "tolvte",
    ];
    usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| format!("{n}."), |w| (*w).to_string())
}

/// Makes the first letter large.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Makes the first letter small.
pub fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// Counts things: `1 fejl`, `2 advarsler`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
