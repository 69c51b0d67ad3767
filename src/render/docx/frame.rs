//! What stands around the text: the title block, headers and footers, settings, and the page.

use super::package::{Package, R, W};
use super::words::{field, paragraph, plain, run, tab};
use super::xml::Xml;
use crate::render::frame::Frame;
use crate::render::typeset::nbsp;

/// Is how many letters a line of the header has room for.
const LINE: usize = 96;

/// Says where the title block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// In the header of the first page, so that the body is the text alone.
    Header,
    /// In the body, as the beginning of a paper.
    Body,
}

/// Returns the language as Word names it.
pub fn language(frame: &Frame) -> String {
    match frame.lang.as_str() {
        "" | "da" => "da-DK".into(),
        other => other.into(),
    }
}

/// Writes the title block of a bylaw, with lines of its own at the end.
pub fn masthead(x: &mut Xml, frame: &Frame, more: &[String]) {
    plain(x, "Kommune", &frame.municipality);
    plain(x, "Dokumentart", &frame.kind);
    about(x, frame);
    for line in more {
        plain(x, "Notits", &nbsp(line));
    }
    rule(x);
}

/// Writes the title block of a paper.
pub fn title(x: &mut Xml, frame: &Frame) {
    plain(x, "Kommune", &frame.municipality);
    match (frame.kind.is_empty(), frame.document_title.is_empty()) {
        (true, _) => plain(x, "Title", &nbsp(&frame.title())),
        (false, empty) => {
            plain(x, "Title", &nbsp(&frame.kind));
            if !empty {
                plain(x, "Subtitle", &nbsp(&frame.document_title));
            }
        }
    }
    about(x, frame);
    rule(x);
}

fn about(x: &mut Xml, frame: &Frame) {
    for line in frame.lines() {
        plain(x, "Ramme", &nbsp(line));
    }
    plain(x, "Notits", &nbsp(&frame.notice));
}

fn rule(x: &mut Xml) {
    paragraph(x, "Streg");
    x.close("w:p").line();
}

/// Adds the headers and footers and returns the properties of the section that shows them.
pub fn section(package: &mut Package, frame: &Frame, block: Block, more: &[String]) -> String {
    let mut first = part("w:hdr");
    match block {
        Block::Header => masthead(&mut first, frame, more),
        Block::Body => {
            paragraph(&mut first, "Normal");
            first.close("w:p");
        }
    }
    first.close("w:hdr").line();
    let mut running = part("w:hdr");
    paragraph(&mut running, "Header");
    let name = if frame.kind.is_empty() { frame.title() } else { frame.kind.clone() };
    // Where both do not fit on a line, the one that the footer has too is left out.
    let both = name.chars().count() + frame.reading_line.chars().count() < LINE;
    if both || frame.reading_line.is_empty() {
        run(&mut running, "", &nbsp(&name));
        tab(&mut running);
    }
    run(&mut running, "", &nbsp(&frame.reading_line));
    running.close("w:p").close("w:hdr").line();
    let mut x = Xml::default();
    x.open("w:sectPr", &[]);
    for (sort, name, xml) in [("first", "header1", first.finish()), ("default", "header2", running.finish())] {
        let id = package.part("header", name, xml);
        x.void("w:headerReference", &[("w:type", sort), ("r:id", &id)]);
    }
    for (sort, name) in [("first", "footer1"), ("default", "footer2")] {
        let id = package.part("footer", name, footer(frame));
        x.void("w:footerReference", &[("w:type", sort), ("r:id", &id)]);
    }
    x.void("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
    x.void(
        "w:pgMar",
        &[
            ("w:top", "1531"),
            ("w:right", "1587"),
            ("w:bottom", "1701"),
            ("w:left", "1588"),
            ("w:header", "794"),
            ("w:footer", "624"),
            ("w:gutter", "0"),
        ],
    );
    x.void("w:cols", &[("w:space", "708")]).void("w:titlePg", &[]).close("w:sectPr");
    x.finish()
}

fn footer(frame: &Frame) -> String {
    let mut x = part("w:ftr");
    plain(&mut x, "Footer", &nbsp(&frame.notice));
    paragraph(&mut x, "Footer");
    run(&mut x, "", &nbsp(&frame.title()));
    tab(&mut x);
    run(&mut x, "", "Side\u{a0}");
    field(&mut x, "PAGE");
    run(&mut x, "", " af\u{a0}");
    field(&mut x, "NUMPAGES");
    x.close("w:p").close("w:ftr").line();
    x.finish()
}

fn part(tag: &str) -> Xml {
    let mut x = Xml::part();
    x.open(tag, &[("xmlns:w", W), ("xmlns:r", R)]).line();
    x
}

/// Writes the document around its body.
pub fn document(body: &str, section: &str) -> String {
    let mut x = part("w:document");
    x.open("w:body", &[]).line().raw(body).raw(section).close("w:body").close("w:document").line();
    x.finish()
}

/// Writes `word/settings.xml`. In a redline further edits are tracked too.
pub fn settings(lang: &str, tracked: bool) -> String {
    let mut x = Xml::part();
    x.open("w:settings", &[("xmlns:w", W)]);
    x.void("w:zoom", &[("w:percent", "100")]);
    if tracked {
        x.void("w:trackRevisions", &[]);
    }
    x.value("w:defaultTabStop", "567").void("w:autoHyphenation", &[]).value("w:consecutiveHyphenLimit", "2");
    x.value("w:hyphenationZone", "425").value("w:characterSpacingControl", "doNotCompress");
    x.open("w:compat", &[]);
    let uri = "http://schemas.microsoft.com/office/word";
    for (name, value) in [("compatibilityMode", "15"), ("overrideTableStyleFontSizeAndJustification", "1")] {
        x.void("w:compatSetting", &[("w:name", name), ("w:uri", uri), ("w:val", value)]);
    }
    x.close("w:compat").value("w:themeFontLang", lang).value("w:decimalSymbol", ",").value("w:listSeparator", ";");
    x.close("w:settings").line();
    x.finish()
}
