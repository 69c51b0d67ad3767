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

/// Lists words that are written with a point, without it, besides those with points inside (`bl.a.`). What follows them
/// belongs to the same sentence.
const ABBREVIATIONS: [&str; 74] = [
    "adm", "afd", "afs", "alm", "ang", "art", "bek", "bekg", "bl", "ca", "cf", "cirk", "cvr", "div", "dr", "ds", "dvs",
    "eks", "ekskl", "evt", "fhv", "fork", "frk", "fx", "gl", "hhv", "hr", "ifl", "ifm", "iht", "inkl", "istf", "jf",
    "jfr", "jr", "jur", "jvf", "kap", "kbh", "kgl", "lbkg", "maks", "mht", "min", "nr", "nuv", "omkr", "opr", "pba",
    "pga", "pgf", "pkt", "pr", "prof", "pt", "red", "resp", "sct", "skt", "sml", "spec", "sst", "stk", "tidl", "tlf",
    "udb", "udg", "ult", "vedk", "vedl", "vedr", "vha", "årg", "øvr",
];

/// Lists abbreviations with which a sentence may end as well: what begins with a capital after them is a new one.
const LAST_WORDS: [&str; 20] = [
    "e.l", "e.lign", "etc", "ff", "kr", "lign", "m.fl", "m.m", "m.v", "mfl", "mia", "mio", "mm", "mv", "o.l", "o.lign",
    "o.s.v", "ol", "osv", "pct",
];

/// Says whether a word, its last point taken off, is an abbreviation that keeps it.
pub fn is_abbreviation(word: &str) -> bool {
    let word = word.to_lowercase();
    ABBREVIATIONS.contains(&word.as_str()) || LAST_WORDS.contains(&word.as_str())
}

/// Says whether a sentence may end with an abbreviation, its last point taken off: `m.v`, `kr`.
pub fn may_end_sentence(word: &str) -> bool {
    LAST_WORDS.contains(&word.to_lowercase().as_str())
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
