//! Findings: a stable code, a place, and arguments. The wording stands in [`crate::lang`], in Danish and English.

mod codes;
pub mod show;

pub use codes::{Code, Severity};

use crate::source::Span;
use std::collections::HashSet;

/// Is one finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of finding; decides severity and wording.
    pub code: Code,
    /// Where it was caused; `None` when it concerns the project as a whole.
    pub span: Option<Span>,
    /// Other places that explain it: "first given here".
    pub others: Vec<Span>,
    /// What fills the `{…}` of the wording.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// Makes a finding at a place.
    pub fn new(code: Code, span: impl Into<Option<Span>>) -> Self {
        Diagnostic { code, span: span.into(), others: Vec::new(), args: Vec::new() }
    }
    /// Adds an argument.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
    /// Adds another place.
    pub fn other(mut self, span: Span) -> Self {
        self.others.push(span);
        self
    }
}

/// Collects the findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    list: Vec<Diagnostic>,
    seen: HashSet<Diagnostic>,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert(diagnostic.clone()) {
            self.list.push(diagnostic);
        }
    }
    /// Adds all of another collection.
    pub fn extend(&mut self, other: Findings) {
        for d in other.list {
            self.push(d);
        }
    }
    /// Keeps only those of which something holds.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }
    /// Says whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.code.severity() == Severity::Error)
    }
    /// Says whether there is no finding at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
    /// Returns how many errors and how many warnings there are.
    pub fn count(&self) -> (usize, usize) {
        let errors = self.list.iter().filter(|d| d.code.severity() == Severity::Error).count();
        (errors, self.list.len() - errors)
    }
    /// Returns the findings ordered by file and place, those without a place last.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut out: Vec<&Diagnostic> = self.list.iter().collect();
        out.sort_by_key(|d| (d.span.is_none(), d.span, d.code.severity(), d.code));
        out
    }
    /// Says whether this was found at this place.
    pub fn has(&self, code: Code, span: Span) -> bool {
        self.list.iter().any(|d| d.code == code && d.span == Some(span))
    }
    /// Says whether a finding with this code is among them.
    pub fn contains(&self, code: Code) -> bool {
        self.list.iter().any(|d| d.code == code)
    }
}

/// Reports a finding: `report!(findings, Code::NoOwner, span, task = id, date = d)`.
#[macro_export]
macro_rules! report {
    ($findings:expr, $code:expr, $span:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $findings.push($crate::diag::Diagnostic::new($code, $span)$(.arg(stringify!($name), &$value))*)
    };
}
