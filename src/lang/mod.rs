//! The wording of every finding, in Danish and English, and the Danish formulas that documents are made of.

mod da;
pub mod danish;
mod en;

use crate::diag::Code;

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
    "task", "part", "owner", "other", "from", "to", "date", "id", "key", "value", "allowed", "file", "change",
    "clause", "committee", "count", "limit", "name", "found", "expected", "line", "path", "reason",
];

/// Returns the wording of a code.
pub fn wording(code: Code, lang: Lang) -> Wording {
    match lang {
        Lang::Da => da::wording(code),
        Lang::En => en::wording(code),
    }
}

/// Says a stock word in the language: shapes (`text`, `list`), what a mapping describes (`task`); others stay.
pub fn term(word: &str, lang: Lang) -> &str {
    let found = match lang {
        Lang::Da => da::term(word),
        Lang::En => en::term(word),
    };
    found.unwrap_or(word)
}

/// Fills the slots. A stretch in `[…]` goes when any of its slots has no argument; a bare slot without one just goes.
pub fn fill(template: &str, args: &[(&'static str, String)], lang: Lang) -> String {
    let mut out = String::new();
    let mut empty = false;
    let mut rest = template;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((inner, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
            if slots(inner).iter().all(|slot| args.iter().any(|(name, value)| name == slot && !value.is_empty())) {
                out.push_str(&fill(inner, args, lang));
            }
            rest = after;
        } else if let Some((slot, after)) = slot_at(rest) {
            if let Some((_, value)) = args.iter().find(|(name, _)| *name == slot) {
                out.push_str(if TERMS.contains(&slot) { term(value, lang) } else { value });
            } else {
                empty = true;
            }
            rest = after;
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    if empty { tidy(&out) } else { out }
}

/// The slots whose arguments may be stock words.
const TERMS: &[&str] = &["name", "expected", "found", "reason"];

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

/// Takes away what an empty slot leaves behind: empty quotes, doubled blanks, a blank before a comma.
fn tidy(text: &str) -> String {
    let mut out = text.to_string();
    for (from, to) in [("»«", ""), ("“”", ""), ("()", ""), ("  ", " "), (" ,", ","), (" :", ":"), (" ;", ";")] {
        while out.contains(from) {
            out = out.replace(from, to);
        }
    }
    out.trim().trim_end_matches([':', ',', ';']).to_string()
}
