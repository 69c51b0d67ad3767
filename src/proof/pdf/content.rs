//! What the pages say: the words of every marked stretch, and that nothing is said outside them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::file::File;
use super::font::Font;
use super::object::{self, Dict, Lexer, Object, Token};

/// Is how deep pages, forms and marks may stand in each other.
const MAX_DEPTH: usize = 32;
/// Is how many pages there may be.
const MAX_PAGES: usize = 20_000;

/// Is the words of the pages: those of each marked stretch by page (its object's number) and mark, and those beside
/// the text.
#[derive(Debug, Default)]
pub struct Pages {
    /// The pages in order, by their objects' numbers.
    pub order: Vec<u32>,
    /// The words of each stretch.
    pub words: BTreeMap<(u32, u32), String>,
    /// The page and the words of what is no part of the text and no header or footer: signs in the margin.
    pub beside: Vec<(u32, String)>,
}

/// Reads all pages.
pub fn read(file: &mut File<'_>, catalog: &Dict) -> Result<Pages, &'static str> {
    let Some(Object::Reference(root)) = catalog.get("Pages") else { return Err("pdf-object") };
    let mut pages = Pages::default();
    let mut found = Vec::new();
    leaves(file, *root, 0, &mut found)?;
    let mut fonts = BTreeMap::new();
    for (number, page) in found {
        let resources = file.dict(&page, "Resources")?;
        let content = match page.get("Contents") {
            Some(Object::Reference(stream)) => file.stream(*stream)?.1,
            None => Vec::new(),
            Some(_) => return Err("pdf-object"),
        };
        pages.order.push(number);
        let mut reader = Reader { file, fonts: &mut fonts, pages: &mut pages, page: number, marks: Vec::new() };
        reader.stream(&content, &resources, 0)?;
        if !reader.marks.is_empty() {
            return Err("pdf-content");
        }
    }
    Ok(pages)
}

fn leaves(file: &File<'_>, number: u32, depth: usize, out: &mut Vec<(u32, Dict)>) -> Result<(), &'static str> {
    let Object::Dict(node) = file.get(number)?.object else { return Err("pdf-object") };
    match node.get("Type").and_then(Object::name) {
        Some("Page") if out.len() < MAX_PAGES && out.iter().all(|(n, _)| *n != number) => {
            out.push((number, node));
            Ok(())
        }
        Some("Pages") if depth < MAX_DEPTH && !node.contains_key("Resources") => {
            let Some(Object::List(kids)) = node.get("Kids") else { return Err("pdf-object") };
            for kid in kids {
                let Object::Reference(kid) = kid else { return Err("pdf-object") };
                leaves(file, *kid, depth + 1, out)?;
            }
            Ok(())
        }
        _ => Err("pdf-object"),
    }
}

/// Says what a mark in a page's content means for the words in it.
#[derive(Clone, Debug)]
enum Mark {
    /// They belong to the stretch with this number.
    Stretch(u32),
    /// They are replaced by these.
    Said(String),
    /// They are a header or a footer.
    Frame,
    /// They are no part of the text; what they are so far.
    Beside(String),
}

struct Reader<'r, 'a> {
    file: &'r mut File<'a>,
    fonts: &'r mut BTreeMap<u32, Rc<Font>>,
    pages: &'r mut Pages,
    page: u32,
    marks: Vec<Mark>,
}

impl Reader<'_, '_> {
    fn stream(&mut self, content: &[u8], resources: &Dict, depth: usize) -> Result<(), &'static str> {
        let wrong = "pdf-content";
        if depth > MAX_DEPTH {
            return Err("too-deep");
        }
        let outer = self.marks.len();
        let mut lexer = Lexer::new(content, 0);
        let mut operands: Vec<Object> = Vec::new();
        let mut font: Option<Rc<Font>> = None;
        let mut saved = Vec::new();
        while let Some(token) = lexer.token().map_err(|()| wrong)? {
            let operator = match token {
                Token::Object(object) => {
                    operands.push(object);
                    continue;
                }
                Token::Word(word) => word,
            };
            match (operator.as_str(), operands.as_slice()) {
                ("q", _) if saved.len() < 1000 => saved.push(font.clone()),
                ("Q", _) => font = saved.pop().ok_or(wrong)?,
                ("Tf", [Object::Name(name), _]) => font = Some(self.font(resources, name)?),
                // Painted, and in no other way: neither invisible nor as an outline to cut with.
                ("Tr", [Object::Integer(0)]) => {}
                ("Tj", [Object::Text(codes)]) => self.show(font.as_deref(), &[codes])?,
                ("TJ", [Object::List(list)]) => {
                    let codes: Vec<&Vec<u8>> = list
                        .iter()
                        .filter_map(|o| if let Object::Text(codes) = o { Some(codes) } else { None })
                        .collect();
                    self.show(font.as_deref(), &codes)?;
                }
                ("BDC", [Object::Name(tag), Object::Dict(properties)]) => self.begin(tag, properties)?,
                ("BMC", [Object::Name(tag)]) => self.begin(tag, &Dict::new())?,
                ("EMC", []) if self.marks.len() > outer => self.end()?,
                ("Do", [Object::Name(name)]) => self.external(resources, name, depth)?,
                // These without their operands, other ways to show words, and pictures within the content.
                (
                    "q" | "Tf" | "Tr" | "Tj" | "TJ" | "BDC" | "BMC" | "EMC" | "Do" | "'" | "\"" | "BI" | "ID" | "EI",
                    _,
                ) => {
                    return Err(wrong);
                }
                _ => {}
            }
            operands.clear();
        }
        if self.marks.len() != outer || !saved.is_empty() {
            return Err(wrong);
        }
        Ok(())
    }

    fn font(&mut self, resources: &Dict, name: &str) -> Result<Rc<Font>, &'static str> {
        let fonts = self.file.dict(resources, "Font")?;
        let Some(Object::Reference(number)) = fonts.get(name) else { return Err("pdf-font") };
        if let Some(font) = self.fonts.get(number) {
            return Ok(font.clone());
        }
        let Object::Dict(dict) = self.file.get(*number)?.object else { return Err("pdf-font") };
        let font = Rc::new(Font::read(self.file, &dict)?);
        self.fonts.insert(*number, font.clone());
        Ok(font)
    }

    fn show(&mut self, font: Option<&Font>, codes: &[&Vec<u8>]) -> Result<(), &'static str> {
        let font = font.ok_or("pdf-font")?;
        let mut words = String::new();
        for codes in codes {
            font.say(codes, &mut words)?;
        }
        // Words that are replaced are said when their mark ends.
        if self.marks.iter().any(|m| matches!(m, Mark::Said(_))) {
            return Ok(());
        }
        self.say(&words)
    }

    fn say(&mut self, words: &str) -> Result<(), &'static str> {
        match self.marks.last_mut() {
            Some(Mark::Stretch(mark)) => {
                self.pages.words.entry((self.page, *mark)).or_default().push_str(words);
                Ok(())
            }
            Some(Mark::Beside(said)) => {
                said.push_str(words);
                Ok(())
            }
            Some(Mark::Frame) => Ok(()),
            Some(Mark::Said(_)) | None => Err("words-outside"),
        }
    }

    fn begin(&mut self, tag: &str, properties: &Dict) -> Result<(), &'static str> {
        let wrong = "pdf-content";
        let said = properties.get("ActualText");
        let mark = match (properties.get("MCID"), said, tag) {
            (Some(mark), None, _) if self.marks.is_empty() => {
                let mark = mark.number().ok_or(wrong)?;
                // Every number stands for one stretch.
                if self.pages.words.insert((self.page, mark), String::new()).is_some() {
                    return Err(wrong);
                }
                Mark::Stretch(mark)
            }
            (None, Some(Object::Text(said)), "Span") if !self.marks.iter().any(|m| matches!(m, Mark::Said(_))) => {
                Mark::Said(object::text(said).ok_or(wrong)?)
            }
            (None, None, "Artifact") if self.marks.is_empty() => {
                let subtype = properties.get("Subtype").and_then(Object::name);
                let frame = properties.get("Type").and_then(Object::name) == Some("Pagination");
                match subtype {
                    Some("Header" | "Footer") if frame => Mark::Frame,
                    _ => Mark::Beside(String::new()),
                }
            }
            _ => return Err(wrong),
        };
        if self.marks.len() >= MAX_DEPTH {
            return Err("too-deep");
        }
        self.marks.push(mark);
        Ok(())
    }

    fn end(&mut self) -> Result<(), &'static str> {
        match self.marks.pop() {
            Some(Mark::Said(words)) => self.say(&words),
            Some(Mark::Beside(words)) if !words.trim().is_empty() => {
                self.pages.beside.push((self.page, words));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Reads what stands elsewhere in the file and is shown here: a picture, or a form with content of its own.
    fn external(&mut self, resources: &Dict, name: &str, depth: usize) -> Result<(), &'static str> {
        let objects = self.file.dict(resources, "XObject")?;
        let Some(Object::Reference(number)) = objects.get(name) else { return Err("pdf-object") };
        let Object::Dict(dict) = self.file.get(*number)?.object else { return Err("pdf-object") };
        match dict.get("Subtype").and_then(Object::name) {
            Some("Image") => Ok(()),
            Some("Form") => {
                let (dict, content) = self.file.stream(*number)?;
                let resources =
                    if dict.contains_key("Resources") { self.file.dict(&dict, "Resources")? } else { Dict::new() };
                self.stream(&content, &resources, depth + 1)
            }
            _ => Err("pdf-object"),
        }
    }
}
