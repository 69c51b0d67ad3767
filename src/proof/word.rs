//! The paragraphs of a DOCX with their tracked changes and comments. Elements, attributes and styles are those that are
//! known here and no others, so nothing can hide words or change them.

use std::collections::{BTreeMap, BTreeSet};

use super::critic::Op;
use super::html::{Part, Tag};
use super::package::Package;
use super::{dates, look, xml};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Is how the author of what moved is called.
const MOVED: &str = "Vedtægt: flytning";

/// Is a stretch of words with its mark.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub op: Op,
    /// Set for the sign before the text.
    pub label: bool,
    pub text: String,
}

/// Is one paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// Its number in the body, from 1.
    pub at: usize,
    pub style: String,
    /// What is done to its mark.
    pub mark: Op,
    pub pieces: Vec<Piece>,
    /// Set when something in it, or the whole of it, has moved.
    pub moved: bool,
    /// The comments whose sign stands in it.
    pub comments: Vec<String>,
    /// Set in a table.
    pub in_table: bool,
}

/// Is a document that has been read.
#[derive(Debug, Default)]
pub struct Document {
    pub paragraphs: Vec<Paragraph>,
    /// The paragraphs of every comment.
    pub comments: BTreeMap<String, Vec<String>>,
    /// How many tracked changes there are.
    pub marks: usize,
}

/// Reads the document of a package with its comments. Fails with the paragraph and a reason.
pub fn read(package: &Package) -> Result<Document, (usize, &'static str)> {
    let styles = look::read(package).map_err(|reason| (1, reason))?;
    for (kind, name) in package.relations.values().filter(|(kind, _)| matches!(kind.as_str(), "header" | "footer")) {
        let zone = if kind == "header" { Zone::Header } else { Zone::Footer };
        walk(package, name, zone, &styles)?;
    }
    let body = walk(package, "word/document.xml", Zone::Body, &styles)?;
    let mut said = match package.relations.values().find(|(kind, _)| kind == "comments") {
        Some((_, name)) => walk(package, name, Zone::Comments, &styles)?,
        None => Walk::new(package, Zone::Comments, &styles),
    };
    let known: BTreeSet<String> = said.comments.keys().cloned().collect();
    // Every comment stands somewhere, and whatever stands somewhere is a comment.
    if [&body.started, &body.ended, &body.referred].iter().any(|ids| **ids != known) {
        return Err((body.paragraphs.len(), "docx-comments"));
    }
    Ok(Document { paragraphs: body.paragraphs, comments: std::mem::take(&mut said.comments), marks: body.marks })
}

/// Says which part is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Body,
    Comments,
    Header,
    Footer,
}

impl Zone {
    fn root(self) -> &'static str {
        match self {
            Zone::Body => "w:document",
            Zone::Comments => "w:comments",
            Zone::Header => "w:hdr",
            Zone::Footer => "w:ftr",
        }
    }
}

fn walk<'a>(
    package: &'a Package,
    name: &str,
    zone: Zone,
    styles: &'a BTreeSet<String>,
) -> Result<Walk<'a>, (usize, &'static str)> {
    let mut walk = Walk::new(package, zone, styles);
    let part = package.parts.get(name).ok_or((1, "docx-parts"))?;
    let end = xml::read(part, |part| walk.part(part));
    end.map_err(|reason| (walk.paragraphs.len().max(1), reason))?;
    Ok(walk)
}

struct Walk<'a> {
    package: &'a Package,
    zone: Zone,
    styles: &'a BTreeSet<String>,
    /// The elements that are open; `w:rPr` of a paragraph is called `mark`.
    stack: Vec<String>,
    paragraphs: Vec<Paragraph>,
    comments: BTreeMap<String, Vec<String>>,
    comment: String,
    marks: usize,
    /// The numbers of marks, comments and bookmarks, which must differ from one another.
    ids: BTreeSet<String>,
    started: BTreeSet<String>,
    ended: BTreeSet<String>,
    referred: BTreeSet<String>,
    /// The numbers of the bookmarks that are open, and all their names.
    open: BTreeSet<String>,
    names: BTreeSet<String>,
    /// Set in a run whose style is that of a sign.
    label: bool,
}

/// Says what may stand in an element.
fn inside(parent: &str) -> &'static [&'static str] {
    match parent {
        "w:document" => &["w:body"],
        "w:body" => &["w:p", "w:tbl", "w:sectPr"],
        "w:comments" => &["w:comment"],
        "w:comment" | "w:hdr" | "w:ftr" => &["w:p"],
        "w:tbl" => &["w:tblPr", "w:tblGrid", "w:tr"],
        "w:tblPr" => &["w:tblStyle", "w:tblW", "w:tblLayout", "w:tblLook", "w:tblCaption"],
        "w:tblGrid" => &["w:gridCol"],
        "w:tr" => &["w:trPr", "w:tc"],
        "w:trPr" => &["w:cantSplit", "w:tblHeader"],
        "w:tc" => &["w:tcPr", "w:p"],
        "w:tcPr" => &["w:tcW"],
        "w:p" => &[
            "w:pPr",
            "w:r",
            "w:ins",
            "w:del",
            "w:hyperlink",
            "w:fldSimple",
            "w:commentRangeStart",
            "w:commentRangeEnd",
            "w:bookmarkStart",
            "w:bookmarkEnd",
        ],
        "w:pPr" => &["w:pStyle", "w:keepNext", "w:numPr", "w:spacing", "w:rPr"],
        "w:numPr" => &["w:ilvl", "w:numId"],
        "mark" => &["w:ins", "w:del"],
        "w:hyperlink" | "w:fldSimple" | "w:ins" | "w:del" => &["w:r"],
        "w:r" => &["w:rPr", "w:t", "w:delText", "w:tab", "w:commentReference", "w:annotationRef"],
        "w:rPr" => &["w:rStyle"],
        "w:sectPr" => &["w:headerReference", "w:footerReference", "w:pgSz", "w:pgMar", "w:cols", "w:titlePg"],
        _ => &[],
    }
}

/// Says which attributes an element may have.
fn attributes(name: &str) -> &'static [&'static str] {
    match name {
        "w:document" | "w:hdr" | "w:ftr" | "w:comments" => &["xmlns:w", "xmlns:r"],
        "w:t" | "w:delText" => &["xml:space"],
        "w:ins" | "w:del" => &["w:id", "w:author", "w:date"],
        "w:comment" => &["w:id", "w:author", "w:date", "w:initials"],
        "w:commentRangeStart" | "w:commentRangeEnd" | "w:commentReference" | "w:bookmarkEnd" => &["w:id"],
        "w:bookmarkStart" => &["w:id", "w:name"],
        "w:pStyle" | "w:rStyle" | "w:ilvl" | "w:numId" | "w:tblStyle" | "w:tblCaption" => &["w:val"],
        "w:spacing" => &["w:after"],
        "w:hyperlink" => &["w:anchor", "r:id"],
        "w:fldSimple" => &["w:instr"],
        "w:headerReference" | "w:footerReference" => &["w:type", "r:id"],
        "w:tblW" | "w:tcW" => &["w:w", "w:type"],
        "w:tblLayout" => &["w:type"],
        "w:tblLook" => &["w:val", "w:firstRow"],
        "w:gridCol" => &["w:w"],
        "w:pgSz" => &["w:w", "w:h"],
        "w:pgMar" => &["w:top", "w:right", "w:bottom", "w:left", "w:header", "w:footer", "w:gutter"],
        "w:cols" => &["w:space"],
        _ => &[],
    }
}

impl<'a> Walk<'a> {
    fn new(package: &'a Package, zone: Zone, styles: &'a BTreeSet<String>) -> Walk<'a> {
        Walk {
            package,
            zone,
            styles,
            stack: Vec::new(),
            paragraphs: Vec::new(),
            comments: BTreeMap::new(),
            comment: String::new(),
            marks: 0,
            ids: BTreeSet::new(),
            started: BTreeSet::new(),
            ended: BTreeSet::new(),
            referred: BTreeSet::new(),
            open: BTreeSet::new(),
            names: BTreeSet::new(),
            label: false,
        }
    }

    fn part(&mut self, part: Part) -> Result<(), &'static str> {
        match part {
            Part::Open(tag) => {
                self.known(&tag)?;
                self.enter(&tag)?;
                let mark = tag.name == "w:rPr" && self.parent() == "w:pPr";
                self.stack.push(if mark { "mark".into() } else { tag.name });
                Ok(())
            }
            Part::Close => {
                self.stack.pop();
                Ok(())
            }
            Part::Words(words) => self.words(&words),
        }
    }

    fn parent(&self) -> &str {
        self.stack.last().map(String::as_str).unwrap_or_default()
    }

    fn is_in(&self, name: &str) -> bool {
        self.stack.iter().any(|n| n == name)
    }

    /// Says whether the element may stand here with these attributes.
    fn known(&self, tag: &Tag) -> Result<(), &'static str> {
        let name = tag.name.as_str();
        if name.starts_with("w:move") {
            return Err("docx-move");
        }
        let parent = self.parent();
        let here = if parent.is_empty() { name == self.zone.root() } else { inside(parent).contains(&name) };
        let marks =
            matches!(name, "w:ins" | "w:del" | "w:commentRangeStart" | "w:commentReference" | "w:bookmarkStart");
        let zone = match self.zone {
            Zone::Body => !matches!(name, "w:fldSimple" | "w:annotationRef"),
            Zone::Comments => !marks && name != "w:fldSimple" && name != "w:hyperlink",
            Zone::Header | Zone::Footer => !marks && name != "w:hyperlink",
        };
        if !here || !zone {
            return Err("element");
        }
        if !tag.only(attributes(name)) {
            return Err("attribute");
        }
        // Another namespace would make another document of it.
        let spaces = parent.is_empty().then(|| (tag.get("xmlns:w"), tag.get("xmlns:r")));
        if spaces.is_some_and(|(w, r)| w != W || !(r == R || r.is_empty())) { Err("attribute") } else { Ok(()) }
    }

    fn enter(&mut self, tag: &Tag) -> Result<(), &'static str> {
        match tag.name.as_str() {
            "w:p" => {
                let (at, in_table) = (self.paragraphs.len() + 1, self.is_in("w:tbl"));
                self.paragraphs.push(Paragraph { at, in_table, ..Paragraph::default() });
                if self.zone == Zone::Comments {
                    self.comments.entry(self.comment.clone()).or_default().push(String::new());
                }
            }
            "w:pStyle" | "w:rStyle" | "w:tblStyle" if !self.styles.contains(tag.get("w:val")) => {
                return Err("docx-style");
            }
            "w:pStyle" => self.paragraph()?.style = tag.get("w:val").to_string(),
            "w:r" => self.label = false,
            "w:rStyle" => self.label = matches!(tag.get("w:val"), "Paragraftegn" | "Stykketegn" | "Listetegn"),
            "w:ins" | "w:del" => self.mark(tag)?,
            "w:t" if self.is_in("w:del") => return Err("docx-deleted"),
            "w:delText" if !self.is_in("w:del") => return Err("docx-deleted"),
            "w:tab" => self.words_in_run("\t")?,
            "w:comment" => {
                self.signed(tag)?;
                self.comment = tag.get("w:id").to_string();
                self.comments.insert(self.comment.clone(), Vec::new());
            }
            "w:commentRangeStart" => self.id(tag).map(|id| self.started.insert(id)).map(|_| ())?,
            "w:commentRangeEnd" if !self.started.contains(tag.get("w:id")) => return Err("docx-comments"),
            "w:commentRangeEnd" => once(&mut self.ended, tag)?,
            "w:commentReference" => {
                once(&mut self.referred, tag)?;
                self.paragraph()?.comments.push(tag.get("w:id").to_string());
            }
            "w:bookmarkStart" => {
                let id = self.id(tag)?;
                self.open.insert(id);
                if !self.names.insert(tag.get("w:name").to_lowercase()) {
                    return Err("docx-id");
                }
            }
            "w:bookmarkEnd" if !self.open.remove(tag.get("w:id")) => return Err("docx-id"),
            "w:headerReference" if !self.package.leads(tag.get("r:id"), "header") => return Err("docx-parts"),
            "w:footerReference" if !self.package.leads(tag.get("r:id"), "footer") => return Err("docx-parts"),
            "w:hyperlink" if tag.get("w:anchor").is_empty() && !self.package.leads(tag.get("r:id"), "hyperlink") => {
                return Err("docx-parts");
            }
            "w:fldSimple" if !matches!(tag.get("w:instr").trim(), "PAGE" | "NUMPAGES") => return Err("docx-field"),
            _ => {}
        }
        Ok(())
    }

    fn paragraph(&mut self) -> Result<&mut Paragraph, &'static str> {
        self.paragraphs.last_mut().ok_or("words-outside")
    }

    /// Returns the number of a mark, a comment or a bookmark, which nothing else has.
    fn id(&mut self, tag: &Tag) -> Result<String, &'static str> {
        let id = tag.get("w:id").to_string();
        let number = !id.is_empty() && id.len() < 10 && id.bytes().all(|b| b.is_ascii_digit());
        if number && self.ids.insert(id.clone()) { Ok(id) } else { Err("docx-id") }
    }

    /// Whoever changes or says something has a name and a day.
    fn signed(&mut self, tag: &Tag) -> Result<(), &'static str> {
        self.id(tag)?;
        if tag.get("w:author").trim().is_empty() || !is_time(tag.get("w:date")) { Err("docx-author") } else { Ok(()) }
    }

    fn mark(&mut self, tag: &Tag) -> Result<(), &'static str> {
        self.signed(tag)?;
        self.marks += 1;
        let whole = self.parent() == "mark";
        let op = if tag.name == "w:ins" { Op::Insert } else { Op::Delete };
        let paragraph = self.paragraph()?;
        paragraph.moved |= tag.get("w:author") == MOVED;
        if whole {
            if paragraph.mark != Op::Keep {
                return Err("state");
            }
            paragraph.mark = op;
        }
        Ok(())
    }

    fn words(&mut self, words: &str) -> Result<(), &'static str> {
        if matches!(self.parent(), "w:t" | "w:delText") {
            return self.words_in_run(words);
        }
        if words.trim().is_empty() { Ok(()) } else { Err("words-outside") }
    }

    fn words_in_run(&mut self, words: &str) -> Result<(), &'static str> {
        if self.zone == Zone::Comments {
            let lines = self.comments.get_mut(&self.comment).ok_or("docx-comments")?;
            lines.last_mut().ok_or("docx-comments")?.push_str(words);
            return Ok(());
        }
        let op = match (self.is_in("w:ins"), self.is_in("w:del")) {
            (true, _) => Op::Insert,
            (_, true) => Op::Delete,
            _ => Op::Keep,
        };
        let label = self.label;
        let paragraph = self.paragraph()?;
        let begun = paragraph.pieces.iter().any(|p| !p.label && !p.text.trim().is_empty());
        if label && begun {
            return Err("element");
        }
        paragraph.pieces.push(Piece { op, label, text: words.to_string() });
        Ok(())
    }
}

fn once(ids: &mut BTreeSet<String>, tag: &Tag) -> Result<(), &'static str> {
    if ids.insert(tag.get("w:id").to_string()) { Ok(()) } else { Err("docx-comments") }
}

/// Says whether a text is a time as Word writes it: `2025-11-06T00:07:00Z`.
fn is_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else { return false };
    let parts: Vec<&str> = time.strip_suffix('Z').unwrap_or_default().split(':').collect();
    let two = |text: &str, most: u8| text.len() == 2 && text.parse::<u8>().is_ok_and(|n| n < most);
    let right = matches!(parts.as_slice(), [h, m, s] if two(h, 24) && two(m, 60) && two(s, 60));
    right && dates::day(day).is_some()
}
