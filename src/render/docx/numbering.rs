//! The lists of a paper. Numbers of the law are literal text; only a paper's own lists are numbered by Word.

use super::package::W;
use super::xml::Xml;

/// Hands out lists: every numbered list begins at 1 anew.
#[derive(Default)]
pub struct Lists {
    ordered: Vec<bool>,
}

impl Lists {
    /// Begins a list and returns its number.
    pub fn begin(&mut self, ordered: bool) -> String {
        self.ordered.push(ordered);
        self.ordered.len().to_string()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ordered.is_empty()
    }

    /// Writes `word/numbering.xml`.
    pub fn part(&self) -> String {
        let mut x = Xml::part();
        x.open("w:numbering", &[("xmlns:w", W)]).line();
        for (id, format, text) in [("0", "bullet", "–"), ("1", "decimal", "%1.")] {
            x.open("w:abstractNum", &[("w:abstractNumId", id)]).value("w:multiLevelType", "singleLevel");
            x.open("w:lvl", &[("w:ilvl", "0")]).value("w:start", "1").value("w:numFmt", format);
            x.value("w:lvlText", text).value("w:lvlJc", "left");
            x.open("w:pPr", &[]).void("w:ind", &[("w:left", "425"), ("w:hanging", "425")]).close("w:pPr");
            x.close("w:lvl").close("w:abstractNum").line();
        }
        for (i, ordered) in self.ordered.iter().enumerate() {
            x.open("w:num", &[("w:numId", &(i + 1).to_string())]);
            x.value("w:abstractNumId", if *ordered { "1" } else { "0" });
            if *ordered {
                x.open("w:lvlOverride", &[("w:ilvl", "0")]).value("w:startOverride", "1").close("w:lvlOverride");
            }
            x.close("w:num").line();
        }
        x.close("w:numbering").line();
        x.finish()
    }
}
