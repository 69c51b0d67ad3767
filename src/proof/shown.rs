//! How a difference is shown: the first line that differs, from both sides, cut to what a person can take in.

use crate::diag::{Code, Findings};
use crate::report;

/// How many characters of a line are shown.
const WIDTH: usize = 120;
/// How many characters are shown before the first that differs.
const LEAD: usize = 40;

/// Returns a reason as an argument: a stock word that the languages say.
pub fn reason(word: &str) -> String {
    format!("@proof-{word}")
}

/// Is a line in a file; 0 for a file that has none.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    pub file: &'a str,
    pub line: usize,
}

/// Reports the first line of a redline that differs. `None` stands for a line that is not there.
pub fn redline(findings: &mut Findings, spot: Spot<'_>, expected: Option<&str>, found: Option<&str>) {
    let (expected, found) = pair(expected, found);
    let Spot { file, line } = spot;
    let line = if line == 0 { String::new() } else { line.to_string() };
    report!(findings, Code::RedlineDiffers, None, file = file, line = line, expected = expected, found = found);
}

/// Reports the first line of another document that differs.
pub fn document(findings: &mut Findings, spot: Spot<'_>, expected: Option<&str>, found: Option<&str>) {
    let (expected, found) = pair(expected, found);
    let Spot { file, line } = spot;
    let line = if line == 0 { String::new() } else { line.to_string() };
    report!(findings, Code::DocumentDiffers, None, file = file, line = line, expected = expected, found = found);
}

/// Cuts both lines to the neighbourhood of their first difference.
pub fn pair(expected: Option<&str>, found: Option<&str>) -> (String, String) {
    let (a, b) = (expected.unwrap_or_default(), found.unwrap_or_default());
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    (side(expected, same), side(found, same))
}

fn side(line: Option<&str>, same: usize) -> String {
    match line {
        None => "@nothing".into(),
        Some("") => reason("empty-line"),
        Some(line) => {
            let start = same.saturating_sub(LEAD);
            let mut out = String::new();
            if start > 0 {
                out.push('…');
            }
            let mut rest = line.chars().skip(start);
            out.extend(rest.by_ref().take(WIDTH));
            if rest.next().is_some() {
                out.push('…');
            }
            out
        }
    }
}

/// Cuts words to what a person can take in.
pub fn brief(text: &str) -> String {
    side(Some(text), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_neighbourhood_of_the_difference() {
        let long = "ord ".repeat(100);
        let (a, b) = pair(Some(&format!("{long}nu")), Some(&format!("{long}før")));
        assert!(a.starts_with('…') && a.ends_with("nu") && b.ends_with("før"), "{a} {b}");
        assert_eq!(pair(None, Some("x")), ("@nothing".into(), "x".into()));
    }
}
