//! The lines of the clean Markdown, read anew: one paragraph a line, its label in plain text.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Says what kind of line it is, by the names the pages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Title,
    Preamble,
    Chapter,
    Heading,
    Subsection,
    Text,
    Point,
    Letter,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Preamble => "preamble",
            Kind::Chapter => "chapter",
            Kind::Heading => "heading",
            Kind::Subsection => "subsection",
            Kind::Text => "text",
            Kind::Point => "point",
            Kind::Letter => "letter",
        }
    }
}

/// Is one line: its kind, what stands before the text, the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its line in the file, from 1.
    pub at: usize,
    pub kind: String,
    pub label: String,
    pub text: String,
}

impl Line {
    /// Returns the line as it is shown in a finding.
    pub fn show(&self) -> String {
        let space = if self.label.is_empty() || self.text.is_empty() { "" } else { " " };
        format!("[{}] {}{space}{}", self.kind, self.label, self.text)
    }
    /// Says whether two lines say the same.
    pub fn same(&self, other: &Line) -> bool {
        self.kind == other.kind && self.label == other.label && self.text == other.text
    }
}

/// Reads the lines of a bylaw in clean Markdown: NFC, spaces folded, escapes taken away. Empty lines mean nothing.
pub fn read(markdown: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut inside = false;
    for (i, raw) in markdown.split('\n').enumerate() {
        if raw.is_empty() {
            continue;
        }
        let (kind, label, text) = split(raw, inside);
        inside |= matches!(kind, Kind::Chapter | Kind::Heading | Kind::Subsection);
        let (label, text) = (fold(label), fold(&unescape(text)));
        if !(label.is_empty() && text.is_empty()) {
            out.push(Line { at: i + 1, kind: kind.name().into(), label, text });
        }
    }
    out
}

/// Says whether a line is an item of a list; items stand without an empty line between them.
pub fn is_item(line: &str) -> bool {
    matches!(split(line, true).0, Kind::Point | Kind::Letter)
}

/// Returns a line without the sign of a heading.
pub fn bare(line: &str) -> &str {
    ["# ", "## ", "### "].iter().find_map(|prefix| line.strip_prefix(prefix)).unwrap_or(line)
}

/// Splits a line into its kind, its label and its text, still escaped.
fn split(line: &str, inside: bool) -> (Kind, &str, &str) {
    if let Some(rest) = line.strip_prefix("# ") {
        return (Kind::Title, "", rest);
    }
    if let Some(rest) = line.strip_prefix("## ") {
        let end = chapter_label(rest);
        let (label, text) = rest.split_at(end);
        return (Kind::Chapter, label, text);
    }
    if let Some(rest) = line.strip_prefix("### ") {
        return (Kind::Heading, "", rest);
    }
    if let Some(rest) = line.strip_prefix("    ") {
        let end = rest.find(' ').unwrap_or(rest.len());
        let (label, text) = rest.split_at(end);
        return if label.ends_with(')') { (Kind::Letter, label, text) } else { (Kind::Letter, "", rest) };
    }
    for prefix in ["§ ", "Stk. "] {
        if let Some(rest) = line.strip_prefix(prefix)
            && let Some(end) = number(rest)
        {
            let (label, text) = line.split_at(prefix.len() + end);
            return (Kind::Subsection, label, text);
        }
    }
    let end = line.find(' ').unwrap_or(line.len());
    let (first, rest) = line.split_at(end);
    let numbered = first.strip_suffix(')').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if numbered || matches!(first, "–" | "•") {
        return (Kind::Point, first, rest);
    }
    (if inside { Kind::Text } else { Kind::Preamble }, "", line)
}

/// Returns where the label of a chapter ends: `Kapitel 2 a.`; 0 for none.
pub fn chapter_label(rest: &str) -> usize {
    const WORD: &str = "Kapitel ";
    rest.strip_prefix(WORD).and_then(number).map_or(0, |end| WORD.len() + end)
}

/// Returns where `12.`, `7 a.` or `IV.` ends, when it is followed by a space or nothing.
fn number(rest: &str) -> Option<usize> {
    let mut end = rest.find(|c: char| !c.is_alphanumeric()).filter(|end| *end > 0)?;
    let mut tail = rest.get(end..)?.chars();
    if tail.next() == Some(' ') {
        let letter = tail.next().filter(|c| c.is_alphabetic())?;
        end += 1 + letter.len_utf8();
    }
    let after = rest.get(end..)?.strip_prefix('.')?;
    (after.is_empty() || after.starts_with(' ')).then_some(end + 1)
}

/// Takes the escapes of the profile away: `\*`, and `&#167;` for a sign that cannot be escaped.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.extend(after.chars().next());
                rest = after.get(1..).unwrap_or_default();
                continue;
            }
            '&' => {
                if let Some((c, after)) = entity(after) {
                    out.push(c);
                    rest = after;
                    continue;
                }
                out.push(c);
            }
            _ => out.push(c),
        }
        rest = after;
    }
    out
}

fn entity(after: &str) -> Option<(char, &str)> {
    let digits = after.strip_prefix('#')?;
    let end = digits.find(';').filter(|end| (1..=7).contains(end))?;
    let c = digits.get(..end)?.parse::<u32>().ok().and_then(char::from_u32)?;
    Some((c, digits.get(end + 1..)?))
}

/// Returns a text in NFC with every run of spaces, no-break ones too, as one space, and none at the ends.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        compose(&mut out, word);
    }
    out
}

/// Returns a text in NFC without any spaces, so that where a page breaks its lines does not matter.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        compose(&mut out, word);
    }
    out
}

fn compose(out: &mut String, word: &str) {
    if word.is_ascii() || is_nfc_quick(word.chars()) == IsNormalized::Yes {
        out.push_str(word);
    } else {
        out.extend(word.nfc());
    }
}

/// Cuts a text into words and signs: runs of letters and digits, every other sign alone, no spaces.
pub fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        if c.is_alphanumeric() {
            start.get_or_insert(i);
            continue;
        }
        if let Some(from) = start.take() {
            out.extend(text.get(from..i));
        }
        if !c.is_whitespace() {
            out.extend(text.get(i..i + c.len_utf8()));
        }
    }
    if let Some(from) = start {
        out.extend(text.get(from..));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> (Kind, &str, &str) {
        let (kind, label, text) = split(line, true);
        (kind, label, text.trim())
    }

    #[test]
    fn reads_every_kind() {
        assert_eq!(one("# Titel"), (Kind::Title, "", "Titel"));
        assert_eq!(one("## Kapitel 2 a. Udvalgene"), (Kind::Chapter, "Kapitel 2 a.", "Udvalgene"));
        assert_eq!(one("## Kapitel IV. Mere"), (Kind::Chapter, "Kapitel IV.", "Mere"));
        assert_eq!(one("## Kapitel om veje. Og stier"), (Kind::Chapter, "", "Kapitel om veje. Og stier"));
        assert_eq!(one("### Rubrik"), (Kind::Heading, "", "Rubrik"));
        assert_eq!(one("§ 7 a. Udvalget"), (Kind::Subsection, "§ 7 a.", "Udvalget"));
        assert_eq!(one("Stk. 12. Udvalget"), (Kind::Subsection, "Stk. 12.", "Udvalget"));
        assert_eq!(one("§ 12."), (Kind::Subsection, "§ 12.", ""));
        assert_eq!(one("12) veje,"), (Kind::Point, "12)", "veje,"));
        assert_eq!(one("– veje,"), (Kind::Point, "–", "veje,"));
        assert_eq!(one("    aa) pas,"), (Kind::Letter, "aa)", "pas,"));
        assert_eq!(one("Stk\\. 2. som tekst"), (Kind::Text, "", "Stk\\. 2. som tekst"));
        assert_eq!(one("&#167; 2. som tekst"), (Kind::Text, "", "&#167; 2. som tekst"));
    }

    #[test]
    fn takes_escapes_away() {
        assert_eq!(unescape("\\{++\\} \\\\ 1\\) &#167; &amp; \\æ"), "{++} \\ 1) § &amp; \\æ");
    }

    #[test]
    fn folds_and_cuts() {
        assert_eq!(fold(" §\u{a0}14,\t A\u{30a} "), "§ 14, Å");
        assert_eq!(words("§ 14, stk. 2 («ja»)"), ["§", "14", ",", "stk", ".", "2", "(", "«", "ja", "»", ")"]);
    }
}
