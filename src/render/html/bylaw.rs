//! The bylaw as a page: chapters and §§ as sections with names to link to.

use super::page;
use super::xml::Xml;
use crate::render::view::{BylawDoc, LineView};

/// Prints the page.
pub fn page(doc: &BylawDoc) -> String {
    page::page(&doc.frame, "bylaw", &[], |x| {
        page::masthead(x, &doc.frame, false);
        x.open("main", &[]).line();
        let (mut shell, mut levels) = (Shell::default(), Levels::default());
        for line in &doc.lines {
            shell.before(x, line.kind, &line.section, &format!("{}-kapitel", line.anchor));
            print(x, line, levels.tag(line.kind));
        }
        shell.end(x);
        x.close("main").line();
    })
}

fn print(x: &mut Xml, line: &LineView, tag: &str) {
    let class = format!("line {}", line.kind);
    x.open(
        tag,
        &[
            ("class", &class),
            ("id", &line.anchor),
            ("data-kind", line.kind),
            ("data-unit", &line.unit),
            ("data-state", "kept"),
        ],
    );
    x.some("span", &[("class", label_class(&line.label))], &line.label);
    if !line.label.is_empty() {
        x.own(" ");
    }
    x.leaf("span", &[("class", "text")], &line.text);
    x.close(tag).line();
}

/// Says at which level headings stand: each under the one that is there, so that no level is left out.
#[derive(Default)]
pub struct Levels {
    /// How many headings are over the text.
    over: usize,
    title: bool,
    chapter: bool,
}

impl Levels {
    /// Begins under so many headings.
    pub fn under(over: usize) -> Levels {
        Levels { over, ..Levels::default() }
    }

    /// Returns the element for a kind of line.
    pub fn tag(&mut self, kind: &str) -> &'static str {
        let under = match kind {
            "title" => {
                self.title = true;
                0
            }
            "chapter" => {
                self.chapter = true;
                usize::from(self.title)
            }
            "heading" => usize::from(self.title) + usize::from(self.chapter),
            _ => return "p",
        };
        ["h1", "h2", "h3", "h4", "h5"].get(self.over + under).copied().unwrap_or("h5")
    }
}

/// Returns the class of a label: a § is set otherwise than a stk.
pub fn label_class(label: &str) -> &'static str {
    if label.trim_start().starts_with('§') { "label par" } else { "label" }
}

/// Opens and closes the sections around chapters and §§.
#[derive(Default)]
pub struct Shell {
    chapter: bool,
    section: String,
}

impl Shell {
    /// Opens and closes what must be before a line of this kind that belongs to this §.
    pub fn before(&mut self, x: &mut Xml, kind: &str, section: &str, chapter_id: &str) {
        if self.section != section || kind == "chapter" {
            self.end_section(x);
        }
        if kind == "chapter" {
            self.end(x);
            x.open("section", &[("class", "kapitel"), ("id", chapter_id)]).line();
            self.chapter = true;
        }
        if self.section != section {
            x.open("section", &[("class", "paragraf"), ("id", section)]).line();
            self.section = section.to_string();
        }
    }

    /// Closes what is open.
    pub fn end(&mut self, x: &mut Xml) {
        self.end_section(x);
        if self.chapter {
            x.close("section").line();
            self.chapter = false;
        }
    }

    fn end_section(&mut self, x: &mut Xml) {
        if !self.section.is_empty() {
            x.close("section").line();
            self.section.clear();
        }
    }
}
