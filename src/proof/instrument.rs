//! The amending instrument: read and carried out on the text before, it gives the text after, byte for byte.

use super::lines::squeeze;
use super::{Files, bytes, damaged, full, shown, text};
use crate::diag::{Code, Findings};
use crate::instrument::apply::{When, apply};
use crate::instrument::{read, text as view};
use crate::report;
use jiff::civil::Date;

/// Is a day, and the text as it is to be then.
pub struct Moment<'a> {
    /// The day.
    pub date: Date,
    /// The text on that day, as clean Markdown.
    pub text: &'a str,
}

/// Returns the words of an instrument from its first § on, line by line and without spaces.
pub(super) fn body(markdown: &str) -> Vec<(usize, String)> {
    let start = markdown.find("\n## §").map_or(markdown.len(), |at| at + 1);
    let before = markdown.get(..start).unwrap_or_default().matches('\n').count();
    let lines = markdown.get(start..).unwrap_or_default().lines().enumerate();
    let words = |line: &str| squeeze(&view::unescape(line.trim().trim_start_matches('#').trim()));
    lines.map(|(i, line)| (before + i + 1, words(line))).collect()
}

/// Proves an instrument in a file of the set. Returns the number of its items.
pub(super) fn file(files: &Files, file: &str, before: &str, after: &str, findings: &mut Findings) -> usize {
    let Some(after) = text(files, after, findings) else { return 0 };
    let Some(raw) = bytes(files, file, findings) else { return 0 };
    match std::str::from_utf8(raw) {
        Ok(instrument) => check(file, instrument, before, after, &[], findings),
        Err(_) => {
            damaged(findings, file, "not-utf8");
            0
        }
    }
}

/// Proves that an instrument gives the text after, and on each day the text of that day. Returns the number of items.
pub fn check(
    file: &str,
    instrument: &str,
    before: &str,
    after: &str,
    moments: &[Moment<'_>],
    findings: &mut Findings,
) -> usize {
    let start = view::read(before);
    if view::print(&start) != before {
        differs(findings, "in-force", before, &view::print(&start));
        return 0;
    }
    let (orders, unread) = read::read(instrument);
    let mut whole = true;
    // Where nothing changes there is nothing to order.
    let nothing = before == after;
    for one in unread.iter().filter(|one| one.is_error() && !(nothing && one.is_empty())) {
        whole = false;
        let d = one.diagnostic(None);
        findings.push(crate::diag::Diagnostic { args: placed(d.args, file, instrument, one.span.start), ..d });
        if full(findings, file) {
            return 0;
        }
    }
    if !whole {
        return 0;
    }
    let goals = moments.iter().map(|m| (When::By(m.date), m.text)).chain([(When::Always, after)]);
    for (when, expected) in goals {
        match apply(&orders, &start, when) {
            Ok(amended) => {
                let found = view::print(&amended);
                if found != expected {
                    differs(findings, file, expected, &found);
                    return 0;
                }
            }
            Err(troubles) => {
                for trouble in troubles {
                    let d = trouble.diagnostic(None);
                    let args = placed(d.args, file, instrument, trouble.span.start);
                    findings.push(crate::diag::Diagnostic { args, ..d });
                    if full(findings, file) {
                        break;
                    }
                }
                return 0;
            }
        }
    }
    orders.parts.iter().map(|part| part.items.len()).sum()
}

/// Adds the file and the line to the arguments of a finding.
fn placed(mut args: Vec<(&'static str, String)>, file: &str, text: &str, at: usize) -> Vec<(&'static str, String)> {
    let before = text.get(..at.min(text.len())).unwrap_or_default();
    args.push(("file", file.to_string()));
    args.push(("line", (before.matches('\n').count() + 1).to_string()));
    args
}

/// Reports the first line that differs.
fn differs(findings: &mut Findings, file: &str, expected: &str, found: &str) {
    let mut line = 1;
    let (mut a, mut b) = (expected.split('\n'), found.split('\n'));
    loop {
        let (x, y) = (a.next(), b.next());
        if x != y || x.is_none() {
            let (expected, found) = shown::pair(x, y);
            report!(
                findings,
                Code::InstrumentDiffers,
                None,
                file = file,
                line = line,
                expected = expected,
                found = found
            );
            return;
        }
        line += 1;
    }
}
