//! Writes HTML that is well-formed XML too: every tag closed, every attribute quoted, every text escaped.

use std::fmt::Write as _;

use crate::render::typeset::{self, nbsp};

/// Collects a document.
#[derive(Default)]
pub struct Xml {
    out: String,
}

impl Xml {
    /// Opens an element. An attribute with an empty value is left out.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(tag, attributes);
        self.out.push('>');
        self
    }

    /// Writes an element that has no content: `<meta charset="utf-8"/>`.
    pub fn void(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.tag(tag, attributes);
        self.out.push_str("/>");
        self
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

    /// Writes words, typeset.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.verbatim(&nbsp(text))
    }

    /// Writes words exactly as they are.
    pub fn verbatim(&mut self, text: &str) -> &mut Self {
        escape(&mut self.out, text);
        self
    }

    /// Writes an element with words in it.
    pub fn leaf(&mut self, tag: &str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// Writes an element with words in it, or nothing if there are no words.
    pub fn some(&mut self, tag: &str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        if !text.is_empty() {
            self.leaf(tag, attributes, text);
        }
        self
    }

    /// Writes the project's own style or script, which needs no escaping.
    pub fn own(&mut self, text: &'static str) -> &mut Self {
        self.out.push_str(text);
        self
    }

    /// Writes a picture that was made as SVG by this program.
    pub fn picture(&mut self, svg: &str) -> &mut Self {
        self.out.push_str(svg);
        self
    }

    /// Writes data for script. What HTML or XML would read as markup is written as JSON escapes.
    pub fn json(&mut self, data: &impl serde::Serialize) -> &mut Self {
        let mut data = serde_json::to_value(data).unwrap_or_default();
        typeset::value(&mut data);
        let json = data.to_string();
        for c in json.chars() {
            match c {
                // Only strings hold these, so an escape says the same.
                '<' | '>' | '&' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => {
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                _ => self.out.push(c),
            }
        }
        self
    }

    /// Writes words into a string of a style sheet; all but plain letters and digits as escapes.
    pub fn css(&mut self, text: &str) -> &mut Self {
        for c in text.chars().filter(|c| !c.is_control()) {
            if c == ' ' || c.is_ascii_alphanumeric() {
                self.out.push(c);
            } else {
                let _ = write!(self.out, "\\{:x} ", u32::from(c));
            }
        }
        self
    }

    /// Returns the document.
    pub fn finish(self) -> String {
        self.out
    }

    fn tag(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.out, "<{tag}");
        for (name, value) in attributes {
            if !value.is_empty() {
                let _ = write!(self.out, " {name}=\"");
                escape(&mut self.out, value);
                self.out.push('"');
            }
        }
    }
}

/// Escapes for text and for attributes; a character that XML forbids becomes U+FFFD.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&#38;"),
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_never_becomes_markup() {
        let mut xml = Xml::default();
        let hostile = "</script><b> & ]]> \u{0}\u{2028}\u{ffff}æ";
        xml.json(&hostile);
        let written = xml.finish();
        assert!(!written.contains(['<', '>', '&', '\u{0}', '\u{ffff}']), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), hostile);
    }

    #[test]
    fn words_never_leave_a_style_sheets_string() {
        let mut xml = Xml::default();
        xml.css("Æ \"; } </style>\\\n");
        assert_eq!(xml.finish(), "\\c6  \\22 \\3b  \\7d  \\3c \\2f style\\3e \\5c ");
    }

    #[test]
    fn text_never_becomes_markup() {
        let mut xml = Xml::default();
        xml.leaf("p", &[("id", "a\"b"), ("class", "")], "<b> & ]]> 'x' \u{0}");
        assert_eq!(xml.finish(), "<p id=\"a&#34;b\">&#60;b&#62; &#38; ]]&#62; &#39;x&#39; \u{fffd}</p>");
    }
}
