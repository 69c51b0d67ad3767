//! The papers: their Markdown read line by line, and the file for Word that says the same words in the same order.

use super::docx;
use super::lines::squeeze;
use super::{Files, MAX_WORK, damaged, shown, text};
use crate::diag::{Code, Findings};
use crate::report;

/// Is a line of a paper with its words as a reader sees them.
pub struct Line {
    /// Its number in the file.
    pub at: usize,
    /// Its words; of a row, of all cells.
    pub words: String,
    /// Whether it is a row of a table, below the header.
    pub row: bool,
}

/// Reads the Markdown of a paper.
pub fn read(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut below = false;
    for (i, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let table = line.starts_with('|');
        let rule = table && line.chars().all(|c| matches!(c, '|' | '-' | ' '));
        below = table && (below || rule);
        if line.is_empty() || rule {
            continue;
        }
        let words = match line.strip_prefix('#') {
            Some(rest) => rest.trim_start_matches('#'),
            None => unmarked(line),
        };
        out.push(Line { at: i + 1, words: plain(words, table), row: table && below });
    }
    out
}

/// Takes the sign of a list item or a quotation away.
fn unmarked(line: &str) -> &str {
    let line = line.strip_prefix("> ").unwrap_or(line);
    if let Some(rest) = line.strip_prefix("- ") {
        return rest;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.get(digits..).and_then(|rest| rest.strip_prefix(". ")) {
        Some(rest) if digits > 0 => rest,
        _ => line,
    }
}

/// Takes marks and escapes away; a link is its words.
fn plain(text: &str, table: bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = ["{--", "--}", "{++", "++}", "{==", "==}"].into_iter().find(|mark| rest.starts_with(mark));
        if let Some(mark) = skip {
            rest = rest.get(mark.len()..).unwrap_or_default();
            continue;
        }
        if let Some(target) = rest.strip_prefix("](<") {
            rest = target.split_once(">)").map_or("", |(_, after)| after);
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' => {
                let next = rest.chars().next().filter(char::is_ascii_punctuation);
                out.push(next.unwrap_or('\\'));
                rest = rest.get(next.map_or(0, char::len_utf8)..).unwrap_or_default();
            }
            '*' | '[' => {}
            '|' if table => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Proves that the file for Word says what the Markdown says: what stands around the paper in its own order, then word
/// for word. Returns the number of paragraphs.
pub fn word(files: &Files, file: &str, markdown: &str, findings: &mut Findings) -> usize {
    let document = docx::open(files, file, findings);
    let markdown = text(files, markdown, findings);
    let (Some(document), Some(markdown)) = (document, markdown) else { return 0 };
    if document.marks > 0 {
        damaged(findings, file, "mark");
    }
    let wanted: Vec<(usize, String)> = read(markdown).into_iter().map(|l| (l.at, squeeze(&l.words))).collect();
    let (mut around, mut body) = (Vec::new(), Vec::new());
    for paragraph in &document.paragraphs {
        let words: String = paragraph.pieces.iter().map(|p| p.text.as_str()).collect();
        let frame = matches!(paragraph.style.as_str(), "Kommune" | "Title" | "Subtitle" | "Ramme" | "Notits");
        if frame && body.is_empty() { around.push(squeeze(&words)) } else { body.push((paragraph.at, squeeze(&words))) }
    }
    if wanted.len().saturating_mul(around.len() + 1) > MAX_WORK {
        damaged(findings, file, "too-large");
        return 0;
    }
    // What stands around: the Markdown has a line for each paragraph.
    around.retain(|words| !words.is_empty());
    let lines = around.len();
    let told: String = wanted.iter().take(lines).map(|(_, words)| words.as_str()).collect();
    for words in around.iter().filter(|words| !told.contains(words.as_str())) {
        differs(findings, file, 1, words, "");
    }
    let length: usize = around.iter().map(String::len).sum();
    if told.len() != length {
        differs(findings, file, 1, &told, &around.concat());
    }
    let want = wanted.get(lines..).unwrap_or_default();
    if let Some((at, expected, found)) = difference(want, &body) {
        differs(findings, file, at, &expected, &found);
    }
    document.paragraphs.len()
}

/// Is how many words may stand around a paper: whose it is, its title, which text it is about.
const AROUND: usize = 200;

/// Compares words from the end to where what stands around the paper begins, which may have an order of its own. Returns
/// the line or places where they part, and the words on both sides.
pub fn framed(want: Vec<String>, found: &[(usize, String)]) -> Option<(usize, String, String)> {
    let same = want.iter().rev().zip(found.iter().rev()).take_while(|(w, (_, f))| *w == f).count();
    let around = |words: &[String]| {
        let mut words: Vec<String> = words.iter().map(|w| w.trim_end_matches(':').to_lowercase()).collect();
        words.sort_unstable();
        words
    };
    let head = found.get(..found.len() - same).unwrap_or_default();
    let (places, own): (Vec<usize>, Vec<String>) = head.iter().cloned().unzip();
    let wanted = want.get(..want.len() - same).unwrap_or_default();
    if own.len() <= AROUND && around(wanted) == around(&own) {
        return None;
    }
    let end = |words: &[String]| {
        let last: Vec<&str> = words.iter().rev().take(12).map(String::as_str).collect();
        last.into_iter().rev().collect::<Vec<_>>().join(" ")
    };
    Some((places.last().copied().unwrap_or(1), end(wanted), end(&own)))
}

/// Compares words, however they are divided into lines. Returns the first place in the second that differs.
pub fn difference(wanted: &[(usize, String)], found: &[(usize, String)]) -> Option<(usize, String, String)> {
    let mut want = wanted.iter().flat_map(|(_, words)| words.chars());
    for (at, words) in found {
        let here: String = want.by_ref().take(words.chars().count()).collect();
        if here != *words {
            return Some((*at, here, words.clone()));
        }
    }
    let rest: String = want.collect();
    (!rest.is_empty()).then(|| (found.last().map_or(1, |(at, _)| *at), rest, String::new()))
}

/// Reports words that are not as they should be.
pub fn differs(findings: &mut Findings, file: &str, line: usize, expected: &str, found: &str) {
    let brief = |text: &str| if text.is_empty() { "@nothing".to_string() } else { shown::brief(text) };
    let (expected, found) = (brief(expected), brief(found));
    let line = if line == 0 { String::new() } else { line.to_string() };
    report!(findings, Code::DocumentDiffers, None, file = file, line = line, expected = expected, found = found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_its_words() {
        let text =
            "# T\n\n1. **a** \\*b\\* [c](<d.md>)\n\n| A | B |\n| --- | --- |\n| x\\|y | {--z--} |\n\n- 1\\. januar\n";
        let lines = read(text);
        let words: Vec<String> = lines.iter().map(|l| squeeze(&l.words)).collect();
        assert_eq!(words, ["T", "a*b*c", "AB", "x|yz", "1.januar"]);
        assert_eq!(lines.iter().map(|l| l.row).collect::<Vec<_>>(), [false, false, false, true, false]);
    }

    #[test]
    fn the_frame_may_have_another_order_and_the_text_may_not() {
        let differ = |want: &str, found: &str| {
            let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
            let found: Vec<(usize, String)> = words(found).into_iter().map(|w| (1, w)).collect();
            framed(words(want), &found).is_some()
        };
        assert!(!differ("Titel. Kommune. Her står", "KOMMUNE. Titel. Her står"));
        assert!(!differ("Her står", "Her står"));
        assert!(differ("Titel. Her står", "Titel. Her står ikke"));
        assert!(differ("Titel. Her står", "Titel. Her"));
        assert!(differ("Titel. Her står", "Her står"));
    }

    #[test]
    fn words_are_compared_however_they_are_divided() {
        let lines = |all: &[&str]| all.iter().enumerate().map(|(i, w)| (i + 1, w.to_string())).collect::<Vec<_>>();
        assert_eq!(difference(&lines(&["ab", "cd"]), &lines(&["a", "bcd"])), None);
        assert_eq!(difference(&lines(&["ab"]), &lines(&["ax"])), Some((1, "ab".into(), "ax".into())));
        assert_eq!(difference(&lines(&["abc"]), &lines(&["ab"])), Some((1, "c".into(), String::new())));
    }
}
