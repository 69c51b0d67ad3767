//! Writes the XML of a DOCX: every tag closed, every attribute quoted, every text escaped.

use std::fmt::Write as _;

/// Collects a part.
#[derive(Default)]
pub struct Xml {
    out: String,
}

impl Xml {
    /// Begins a part.
    pub fn part() -> Xml {
        Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".into() }
    }

    /// Opens an element.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(tag, attributes);
        self.out.push('>');
        self
    }

    /// Writes an element without content.
    pub fn void(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(tag, attributes);
        self.out.push_str("/>");
        self
    }

    /// Writes an element whose only attribute is its value: `<w:pStyle w:val="Title"/>`.
    pub fn value(&mut self, tag: &str, value: &str) -> &mut Self {
        self.void(tag, &[("w:val", value)])
    }

    /// Closes an element.
    pub fn close(&mut self, tag: &str) -> &mut Self {
        let _ = write!(self.out, "</{tag}>");
        self
    }

    /// Begins a new line in the file, where space between elements means nothing.
    pub fn line(&mut self) -> &mut Self {
        self.out.push('\n');
        self
    }

    /// Writes words.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(&mut self.out, text);
        self
    }

    /// Writes an element with words in it.
    pub fn leaf(&mut self, tag: &str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// Writes what another writer of this kind has made.
    pub fn raw(&mut self, xml: &str) -> &mut Self {
        self.out.push_str(xml);
        self
    }

    /// Returns the part.
    pub fn finish(self) -> String {
        self.out
    }

    fn tag(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.out, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.out, " {name}=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// Escapes for text and for attributes. Tabs and line breaks are spaces, as they are to whoever wrote the text; a
/// character that XML forbids becomes U+FFFD.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let mut xml = Xml::default();
        xml.leaf("w:t", &[("w:val", "a\"b")], "<w:p> & ]]> a\tb\u{0}\u{fffe}");
        assert_eq!(xml.finish(), "<w:t w:val=\"a&quot;b\">&lt;w:p&gt; &amp; ]]&gt; a b\u{fffd}\u{fffd}</w:t>");
    }
}
