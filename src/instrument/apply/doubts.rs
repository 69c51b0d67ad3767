//! What was carried out as it is written and may not be meant.

use super::{MOST, When, due, name, words};
use crate::diag::{Code, Diagnostic};
use crate::instrument::text::Text;
use crate::instrument::{Instrument, Kind, Order, Places};
use crate::source::{FileId, Span};
use std::ops::Range;

/// Is something that was carried out and may not be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The item: `§ 1, nr. 3`; empty for the whole instrument.
    pub item: String,
    /// Where it stands in the instrument.
    pub span: Range<usize>,
    /// What it is.
    pub what: What,
}

/// Says what may not be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Words changed everywhere that still stand with the other kind of first letter.
    OtherCase {
        /// The words of the instrument.
        words: String,
        /// The words that still stand.
        stands: String,
        /// At how many places.
        count: usize,
    },
    /// A heading that went with the only § below it, though the instrument does not name it.
    Heading {
        /// The §.
        section: String,
        /// The heading.
        heading: String,
    },
    /// The instrument is for another town than the text.
    OtherTown {
        /// The town of the instrument.
        instrument: String,
        /// The town of the text.
        text: String,
    },
}

impl Doubt {
    /// Makes a doubt of the operation at work, which is named later.
    pub(super) fn of(what: What) -> Doubt {
        Doubt { item: String::new(), span: 0..0, what }
    }

    /// Makes the finding, with its place in the instrument's file.
    pub fn diagnostic(&self, file: Option<FileId>) -> Diagnostic {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let span = file.filter(|_| !self.span.is_empty()).map(|file| Span {
            file,
            start: small(self.span.start),
            end: small(self.span.end),
        });
        match &self.what {
            What::OtherCase { words, stands, count } => Diagnostic::new(Code::InstrumentOtherCase, span)
                .arg("item", &self.item)
                .arg("value", words)
                .arg("found", stands)
                .arg("count", count),
            What::Heading { section, heading } => Diagnostic::new(Code::InstrumentHeadingWent, span)
                .arg("item", &self.item)
                .arg("name", format!("§ {section}"))
                .arg("found", heading),
            What::OtherTown { instrument, text } => {
                Diagnostic::new(Code::InstrumentOtherTown, span).arg("found", instrument).arg("expected", text)
            }
        }
    }
}

/// Finds words that an `overalt` of the whole bylaw left because they begin with the other kind of letter.
pub(super) fn other_case(instrument: &Instrument, after: &Text, when: When) -> Vec<Doubt> {
    let mut out = Vec::new();
    for part in &instrument.parts {
        for item in part.items.iter().filter(|item| due(part, item, when) == Ok(true)) {
            for operation in &item.operations {
                let (scopes, olds): (_, Vec<&str>) = match &operation.order {
                    Order::Replace { scopes, pairs } => (scopes, pairs.iter().map(|p| p.old.as_str()).collect()),
                    Order::Delete { scopes, words } => (scopes, words.iter().map(String::as_str).collect()),
                    _ => continue,
                };
                if !scopes.iter().any(|s| s.target.is_none() && s.places == Places::All && s.except.is_empty()) {
                    continue;
                }
                for old in olds.into_iter().take(MOST) {
                    let Some(stands) = other_first(old) else { continue };
                    let count = after.rows().map(|row| words::find(&row.words, &stands).len()).sum();
                    if count > 0 && out.len() < MOST {
                        let what = What::OtherCase { words: old.to_string(), stands, count };
                        out.push(Doubt { item: name(part, item), span: operation.span.clone(), what });
                    }
                }
            }
        }
    }
    out
}

/// Returns words with the other kind of first letter; `None` where there is no other kind.
fn other_first(words: &str) -> Option<String> {
    let first = words.chars().next()?;
    let other: String =
        if first.is_uppercase() { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
    let rest = words.get(first.len_utf8()..)?;
    (!other.starts_with(first)).then(|| format!("{other}{rest}"))
}

/// Says whether the instrument names another town than the title of the text.
pub(super) fn other_town(instrument: &Instrument, text: &Text) -> Option<Doubt> {
    let named = instrument.parts.iter().map(|p| p.intro.as_str()).chain([instrument.title.as_str()]).find_map(town)?;
    let own = text.rows().find(|row| row.kind == Kind::Title).and_then(|row| town(&row.words))?;
    let differs = named.to_lowercase() != own.to_lowercase();
    let what = What::OtherTown { instrument: named.to_string(), text: own.to_string() };
    differs.then_some(Doubt { item: String::new(), span: 0..0, what })
}

/// Finds the town in a title: `Københavns Kommune` in `Styrelsesvedtægt for Københavns Kommune`.
fn town(title: &str) -> Option<&str> {
    let from = title.find(" for ")? + " for ".len();
    let rest = title.get(from..)?;
    let end = rest.to_lowercase().find(" kommune")? + " kommune".len();
    let found = rest.get(..end)?;
    (found.split(' ').count() <= 4).then_some(found)
}
