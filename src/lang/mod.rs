//! The wording of every finding, in Danish and English, and the Danish formulas that documents are made of.

pub mod amending;
mod da;
pub mod danish;
mod en;

use crate::diag::Code;
use crate::source::yaml;

/// Is a language that findings are worded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

impl Lang {
    /// Chooses by a locale name: `da…` and nothing at all give Danish, the rest English.
    pub fn from_locale(locale: &str) -> Lang {
        let locale = locale.trim().to_ascii_lowercase();
        if locale.is_empty() || locale.starts_with("da") { Lang::Da } else { Lang::En }
    }
}

/// Is what is said about one kind of finding; `{name}` is filled from the finding's arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The fact, in one line.
    pub message: &'static str,
    /// What to type or do.
    pub hint: &'static str,
    /// Why it matters, the law where there is one, and how to mend it.
    pub explanation: &'static str,
}

/// The names that a slot may have; anything else in braces is text.
pub const SLOTS: &[&str] = &[
    "item",
    "task",
    "part",
    "owner",
    "other",
    "from",
    "to",
    "date",
    "id",
    "key",
    "value",
    "allowed",
    "file",
    "change",
    "clause",
    "committee",
    "count",
    "limit",
    "name",
    "found",
    "expected",
    "line",
    "path",
    "reason",
    "period",
];

/// Returns the wording of a code.
pub fn wording(code: Code, lang: Lang) -> Wording {
    match lang {
        Lang::Da => da::wording(code),
        Lang::En => en::wording(code),
    }
}

/// Says a stock word in the language. An argument that is one begins with `@`: `@list`, `@task`; the rest is data
/// and stays as it is.
pub fn term(word: &str, lang: Lang) -> &str {
    let stock = word.strip_prefix('@').and_then(|word| match lang {
        Lang::Da => da::term(word),
        Lang::En => en::term(word),
    });
    stock.unwrap_or(word)
}

/// Makes the argument that [`term`] says in the language; a word that is no stock word stays as it is.
pub fn stock(word: &str) -> String {
    if da::term(word).is_some() { format!("@{word}") } else { word.to_string() }
}

/// Fills the slots. A stretch in `[…]` goes when any of its slots has no argument; a bare slot without one just goes.
pub fn fill(template: &str, args: &[(&'static str, String)], lang: Lang) -> String {
    let said = |slot: &str| args.iter().find(|(name, value)| *name == slot && !value.is_empty());
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((inner, after)) = optional(rest) {
            if slots(inner).iter().all(|slot| said(slot).is_some()) {
                out.push_str(&fill(inner, args, lang));
            }
            rest = after;
        } else if let Some((slot, after)) = slot_at(rest) {
            if let Some((_, value)) = said(slot) {
                out.push_str(&say(slot, value, args, lang));
            }
            rest = after;
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Shows a template to a reader who has no arguments: the slots stay, the brackets go.
pub fn bare(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = match optional(&rest[at..]) {
            Some((inner, after)) => {
                out.push_str(inner);
                after
            }
            None => {
                out.push('[');
                &rest[at + 1..]
            }
        };
    }
    out.push_str(rest);
    out
}

/// Takes a stretch in brackets that holds a slot; other brackets are text.
fn optional(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('[')?.split_once(']').filter(|(inner, _)| !slots(inner).is_empty())
}

/// Says one argument: stock words in the language, dates and large numbers written out, nothing that hides.
fn say(slot: &str, value: &str, args: &[(&'static str, String)], lang: Lang) -> String {
    match slot {
        "date" | "from" | "to" | "other" => match danish::read(value) {
            Some(date) if lang == Lang::En => en::date(date),
            Some(date) => danish::date(date),
            None => visible(value),
        },
        "count" | "limit" if value.len() > 4 && value.bytes().all(|b| b.is_ascii_digit()) => {
            let mark = if lang == Lang::Da { '.' } else { ',' };
            let mut out = String::new();
            for (i, digit) in value.chars().enumerate() {
                if i > 0 && (value.len() - i).is_multiple_of(3) {
                    out.push(mark);
                }
                out.push(digit);
            }
            out
        }
        // Some reasons are a sentence with slots of its own.
        "reason" => {
            let why = stock(&format!("why-{value}"));
            match term(&why, lang) {
                sentence if sentence != why => {
                    let others: Vec<_> = args.iter().filter(|(name, _)| *name != "reason").cloned().collect();
                    fill(sentence, &others, lang)
                }
                _ => visible(term(value, lang)),
            }
        }
        _ => visible(term(value, lang)),
    }
}

/// Makes a text harmless to show on one line: what cannot be seen becomes U+FFFD, and a long text has an end.
pub fn visible(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut out: String = text.chars().take(LONGEST).map(shown).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// Returns the character to show for one that may be in a file.
pub fn shown(c: char) -> char {
    match c {
        '\n' | '\t' | '\r' => ' ',
        c if yaml::forbidden(c) => '\u{fffd}',
        c => c,
    }
}

/// Lists the slots of a template in their order.
pub fn slots(template: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        rest = &rest[at..];
        match slot_at(rest) {
            Some((slot, after)) => {
                found.push(slot);
                rest = after;
            }
            None => rest = &rest[1..],
        }
    }
    found
}

fn slot_at(text: &str) -> Option<(&str, &str)> {
    let (slot, after) = text.strip_prefix('{')?.split_once('}')?;
    SLOTS.contains(&slot).then_some((slot, after))
}
