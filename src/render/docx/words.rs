//! Runs of words, and the names that a document gives to places in it.

use std::collections::BTreeMap;

use super::xml::Xml;

/// Writes a run in a character style; an empty style is that of the paragraph.
pub fn run(x: &mut Xml, style: &str, text: &str) {
    piece(x, style, "w:t", text);
}

/// Writes a run of deleted words.
pub fn deleted(x: &mut Xml, style: &str, text: &str) {
    piece(x, style, "w:delText", text);
}

fn piece(x: &mut Xml, style: &str, tag: &str, text: &str) {
    if !text.is_empty() {
        open(x, style);
        x.leaf(tag, &[("xml:space", "preserve")], text).close("w:r");
    }
}

/// Writes a tab.
pub fn tab(x: &mut Xml) {
    x.open("w:r", &[]).void("w:tab", &[]).close("w:r");
}

/// Opens a run.
pub fn open(x: &mut Xml, style: &str) {
    x.open("w:r", &[]);
    if !style.is_empty() {
        x.open("w:rPr", &[]).value("w:rStyle", style).close("w:rPr");
    }
}

/// Opens a paragraph in a style.
pub fn paragraph(x: &mut Xml, style: &str) {
    x.open("w:p", &[]).open("w:pPr", &[]).value("w:pStyle", style).close("w:pPr");
}

/// Writes a paragraph of plain words, or nothing if there are none.
pub fn plain(x: &mut Xml, style: &str, text: &str) {
    if !text.is_empty() {
        paragraph(x, style);
        run(x, "", text);
        x.close("w:p").line();
    }
}

/// Writes a field that Word fills in: `PAGE`, `NUMPAGES`.
pub fn field(x: &mut Xml, code: &str) {
    x.open("w:fldSimple", &[("w:instr", &format!(" {code} "))]);
    run(x, "", "1");
    x.close("w:fldSimple");
}

/// Hands out numbers and names, each once in a document.
#[derive(Default)]
pub struct Names {
    next: usize,
    used: BTreeMap<String, usize>,
    bookmarks: BTreeMap<String, String>,
}

impl Names {
    /// Returns a number that nothing else in the document has.
    pub fn number(&mut self) -> String {
        self.next += 1;
        self.next.to_string()
    }

    /// Returns the bookmark of a place. Word takes forty letters, digits and low lines, a letter first; two places
    /// whose names would become one get a number.
    pub fn bookmark(&mut self, anchor: &str) -> String {
        if let Some(name) = self.bookmarks.get(anchor) {
            return name.clone();
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "æøåÆØÅ".contains(c);
        let letters = anchor.chars().map(|c| if plain(c) { c } else { '_' });
        let mut stem: String = letters.take(32).collect();
        if !stem.starts_with(char::is_alphabetic) {
            stem.insert(0, 's');
        }
        let n = self.used.entry(stem.to_lowercase()).or_insert(0);
        *n += 1;
        let name = if *n == 1 { stem } else { format!("{stem}__{n}") };
        self.bookmarks.insert(anchor.to_string(), name.clone());
        name
    }

    /// Writes the bookmark of a place.
    pub fn mark(&mut self, x: &mut Xml, anchor: &str) {
        let (id, name) = (self.number(), self.bookmark(anchor));
        x.void("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]).void("w:bookmarkEnd", &[("w:id", &id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_are_short_and_each_is_one() {
        let mut names = Names::default();
        assert_eq!(names.bookmark("par-7-a"), "par_7_a");
        assert_eq!(names.bookmark("par-7_a"), "par_7_a__2");
        assert_eq!(names.bookmark("par-7-a"), "par_7_a");
        assert_eq!(names.bookmark("7"), "s7");
        assert!(names.bookmark(&"æ".repeat(99)).chars().count() <= 40);
        assert_ne!(names.number(), names.number());
    }
}
