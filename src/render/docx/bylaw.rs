//! The bylaw for Word.

use super::frame::{self, Block};
use super::package::Package;
use super::styles::{self, Sort};
use super::words::{Names, run, tab};
use super::xml::Xml;
use crate::render::typeset::nbsp;
use crate::render::view::{BylawDoc, LineView};

/// Prints the file.
pub fn file(doc: &BylawDoc) -> Vec<u8> {
    let lang = frame::language(&doc.frame);
    let mut package = Package::default();
    package.part("styles", "styles", styles::part(Sort::Law, &lang));
    package.part("settings", "settings", frame::settings(&lang, false));
    let section = frame::section(&mut package, &doc.frame, Block::Header, &[]);
    let (mut x, mut names) = (Xml::default(), Names::default());
    let mut before = Before::default();
    for (i, line) in doc.lines.iter().enumerate() {
        let opens = before.opens(line.kind, &line.section);
        let ends = ends_list(line.kind, doc.lines.get(i + 1).map(|l| l.kind));
        print(&mut x, &mut names, line, opens, ends);
    }
    package.finish(frame::document(&x.finish(), &section), &doc.frame, &lang)
}

fn print(x: &mut Xml, names: &mut Names, line: &LineView, opens: Opens, ends: bool) {
    x.open("w:p", &[]).open("w:pPr", &[]);
    set(x, style(line.kind, &line.label, opens), ends);
    x.close("w:pPr");
    if opens != Opens::Nothing {
        names.mark(x, &line.section);
    } else if line.kind == "chapter" {
        names.mark(x, &line.anchor);
    }
    run(x, sign(line.kind, &line.label), &nbsp(&line.label));
    if !line.label.is_empty() && !line.text.is_empty() {
        if is_item(line.kind) { tab(x) } else { run(x, "", " ") }
    }
    run(x, "", &nbsp(&line.text));
    x.close("w:p").line();
}

/// Says what a line opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// Nothing.
    Nothing,
    /// A §, by its heading.
    Headed,
    /// A § that has no heading and wants air instead.
    Bare,
}

/// Knows which § the line before belongs to.
#[derive(Default)]
pub struct Before {
    section: String,
}

impl Before {
    /// Says what the next line opens.
    pub fn opens(&mut self, kind: &str, section: &str) -> Opens {
        let same = self.section == section;
        self.section = section.to_string();
        match (section.is_empty() || same, kind) {
            (true, _) => Opens::Nothing,
            (false, "heading") => Opens::Headed,
            (false, _) => Opens::Bare,
        }
    }
}

/// Writes how a line is set. After a list comes as much air as after any paragraph.
pub fn set(x: &mut Xml, style: &str, ends_list: bool) {
    x.value("w:pStyle", style);
    if ends_list {
        x.void("w:spacing", &[("w:after", "140")]);
    }
}

/// Says whether a line is the last item of its list.
pub fn ends_list(kind: &str, next: Option<&str>) -> bool {
    is_item(kind) && !next.is_some_and(is_item)
}

/// Says whether a line is an item of a list.
pub fn is_item(kind: &str) -> bool {
    matches!(kind, "point" | "letter")
}

/// Returns the style of a line.
pub fn style(kind: &str, label: &str, opens: Opens) -> &'static str {
    match kind {
        "title" => "Title",
        "preamble" => "Indledning",
        "chapter" => "Heading1",
        "heading" => "Heading2",
        "point" => "Nummer",
        "letter" => "Litra",
        "subsection" if !label.starts_with('§') => "Stykke",
        "subsection" if opens == Opens::Bare => "ParagrafUdenRubrik",
        "subsection" => "Paragraf",
        _ => "Tekst",
    }
}

/// Returns the style of a label: a § is set otherwise than a stk.
pub fn sign(kind: &str, label: &str) -> &'static str {
    match kind {
        "subsection" if label.starts_with('§') => "Paragraftegn",
        "subsection" => "Stykketegn",
        _ => "Listetegn",
    }
}
