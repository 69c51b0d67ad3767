//! What does not apply: the item, the target, and what stands there instead.

use crate::diag::{Code, Diagnostic};
use crate::instrument::{LAST, Target};
use crate::source::{FileId, Span};
use std::ops::Range;

/// Is an operation that could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The item: `§ 1, nr. 3`.
    pub item: String,
    /// Where the operation stands in the instrument.
    pub span: Range<usize>,
    /// The place it points at; empty for the whole bylaw.
    pub target: String,
    /// Why it cannot be done.
    pub why: Why,
}

/// Is a reason, by the name of its wording and what fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The name of the wording, `words-gone`.
    pub reason: &'static str,
    /// What fills the wording.
    pub args: Vec<(&'static str, String)>,
}

impl Why {
    /// Makes a reason.
    pub(super) fn new(reason: &'static str) -> Why {
        Why { reason, args: Vec::new() }
    }
    /// Adds what fills the wording.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Why {
        self.args.push((name, value.to_string()));
        self
    }
}

impl Trouble {
    /// Makes the finding, with its place in the instrument's file.
    pub fn diagnostic(&self, file: Option<FileId>) -> Diagnostic {
        let span = file.map(|file| Span { file, start: small(self.span.start), end: small(self.span.end) });
        let mut d = Diagnostic::new(Code::InstrumentNotApplied, span)
            .arg("item", &self.item)
            .arg("path", closed(&self.target))
            .arg("reason", self.why.reason);
        for (name, value) in &self.why.args {
            d = d.arg(name, value);
        }
        d
    }
}

/// Closes a place of several levels with the comma that comes after it in a sentence.
fn closed(target: &str) -> String {
    let comma = if target.contains(", ") && !target.ends_with('.') { "," } else { "" };
    format!("{target}{comma}")
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Says a target as an instrument does: `§ 10, stk. 3, 2. pkt.`; nothing for the whole bylaw.
pub fn say(target: Option<&Target>) -> String {
    let Some(target) = target else { return String::new() };
    let mut out = target.address.to_string();
    let mut add = |words: String| {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&words);
    };
    if let Some(n) = target.paragraph {
        add(format!("{n}. afsnit"));
    }
    match target.sentences {
        Some((LAST, _)) => add("sidste pkt.".into()),
        Some((a, b)) if a == b => add(format!("{a}. pkt.")),
        Some((a, b)) => add(format!("{a}.-{b}. pkt.")),
        None => {}
    }
    out
}
