//! The package of a DOCX: its parts, what relates them, and the archive, the same bytes on every machine.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::xml::Xml;
use crate::render::frame::Frame;

/// Is the namespace of the words.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Is the namespace of references to relationships.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const CORE_TYPE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
const MAIN: &str = "word/document.xml";
const MAIN_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// Is a part that the document refers to: `styles`, `comments`, `header1` …
struct Part {
    name: String,
    kind: &'static str,
    xml: String,
}

/// Is what the document refers to: parts of the package, and places elsewhere. The reference `rId3` is its third.
#[derive(Default)]
pub struct Package {
    parts: Vec<Part>,
    links: Vec<String>,
}

impl Package {
    /// Adds a part, `styles` with the name `styles`, and returns the reference to it.
    pub fn part(&mut self, kind: &'static str, name: &str, xml: String) -> String {
        self.parts.push(Part { name: name.to_string(), kind, xml });
        reference(self.parts.len())
    }

    /// Adds the place a link leads to and returns the reference to it; one place has one reference.
    pub fn link(&mut self, target: &str) -> String {
        let at = self.links.iter().position(|l| l == target).unwrap_or_else(|| {
            self.links.push(target.to_string());
            self.links.len() - 1
        });
        format!("rIdLink{}", at + 1)
    }

    /// Writes the archive around the document itself. `lang` is the language as Word names it, `da-DK`.
    pub fn finish(self, document: String, frame: &Frame, lang: &str) -> Vec<u8> {
        let mut files = vec![
            ("[Content_Types].xml".to_string(), self.types()),
            ("_rels/.rels".to_string(), root()),
            ("docProps/core.xml".to_string(), core(frame, lang)),
            (MAIN.to_string(), document),
            ("word/_rels/document.xml.rels".to_string(), self.relations()),
        ];
        files.extend(self.parts.into_iter().map(|part| (format!("word/{}.xml", part.name), part.xml)));
        // Writing to memory fails only beyond four gigabytes; what is not whole does not open and is not proved.
        archive(&files).unwrap_or_default()
    }

    fn types(&self) -> String {
        let mut x = Xml::part();
        x.open("Types", &[("xmlns", TYPES)]);
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        x.void("Default", &[("Extension", "rels"), ("ContentType", rels)]);
        x.void("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        x.void("Override", &[("PartName", "/docProps/core.xml"), ("ContentType", CORE_TYPE)]);
        x.void("Override", &[("PartName", &format!("/{MAIN}")), ("ContentType", MAIN_TYPE)]);
        for part in &self.parts {
            let kind = format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml", part.kind);
            x.void("Override", &[("PartName", &format!("/word/{}.xml", part.name)), ("ContentType", &kind)]);
        }
        x.close("Types").line();
        x.finish()
    }

    fn relations(&self) -> String {
        let mut x = Xml::part();
        x.open("Relationships", &[("xmlns", RELATIONS)]);
        for (i, part) in self.parts.iter().enumerate() {
            let target = format!("{}.xml", part.name);
            let kind = format!("{R}/{}", part.kind);
            x.void("Relationship", &[("Id", &reference(i + 1)), ("Type", &kind), ("Target", &target)]);
        }
        for (i, link) in self.links.iter().enumerate() {
            let (id, kind) = (format!("rIdLink{}", i + 1), format!("{R}/hyperlink"));
            x.void("Relationship", &[("Id", &id), ("Type", &kind), ("Target", link), ("TargetMode", "External")]);
        }
        x.close("Relationships").line();
        x.finish()
    }
}

fn reference(n: usize) -> String {
    format!("rId{n}")
}

fn root() -> String {
    let mut x = Xml::part();
    x.open("Relationships", &[("xmlns", RELATIONS)]);
    x.void("Relationship", &[("Id", "rId1"), ("Type", &format!("{R}/officeDocument")), ("Target", MAIN)]);
    let kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    x.void("Relationship", &[("Id", "rId2"), ("Type", kind), ("Target", "docProps/core.xml")]);
    x.close("Relationships").line();
    x.finish()
}

fn core(frame: &Frame, lang: &str) -> String {
    let mut x = Xml::part();
    let (dc, terms) = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/");
    let schema = "http://www.w3.org/2001/XMLSchema-instance";
    x.open(
        "cp:coreProperties",
        &[("xmlns:cp", CORE), ("xmlns:dc", dc), ("xmlns:dcterms", terms), ("xmlns:xsi", schema)],
    );
    x.leaf("dc:title", &[], &frame.title());
    for (tag, text) in [("dc:creator", &frame.municipality), ("dc:description", &frame.notice)] {
        if !text.is_empty() {
            x.leaf(tag, &[], text);
        }
    }
    x.leaf("dc:language", &[], lang);
    // Noon, so that it is the same day wherever it is read.
    let day = format!("{}T12:00:00Z", frame.date.iso());
    for tag in ["dcterms:created", "dcterms:modified"] {
        x.leaf(tag, &[("xsi:type", "dcterms:W3CDTF")], &day);
    }
    x.close("cp:coreProperties").line();
    x.finish()
}

fn archive(files: &[(String, String)]) -> zip::result::ZipResult<Vec<u8>> {
    // Nothing of the machine goes in: a fixed time, a fixed system, one compressor.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .system(System::Dos);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(xml.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
