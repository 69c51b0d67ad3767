//! Shows findings: for people, for programs, and for GitHub.

use super::Findings;
use crate::lang::Lang;
use crate::source::Sources;

/// Shows findings for people.
pub fn human(findings: &Findings, sources: &Sources, lang: Lang, _color: bool) -> String {
    let mut out = String::new();
    for d in findings.sorted() {
        let place = d.span.map_or((1, 1), |s| sources.line_column(s));
        let message = crate::lang::fill(crate::lang::wording(d.code, lang).message, &d.args, lang);
        out.push_str(&format!("{:?} {message} {:?}\n", place, d.args));
    }
    out
}
