//! The tag tree: the document as those hear it who cannot see the pages.

use std::collections::{BTreeMap, BTreeSet};

use super::content::Pages;
use super::file::File;
use super::object::{self, Dict, Object};

/// Is how deep elements may stand in each other.
const MAX_DEPTH: usize = 64;
/// The names that Typst gives a meaning of its own, and what they are.
const ROLES: [(&str, &str); 5] =
    [("Datetime", "Span"), ("Em", "Span"), ("Strong", "Span"), ("Terms", "Part"), ("Title", "P")];

/// Is an element of the tree.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// What it is: `P`, `H1`, `LI`, `Span`, …
    pub role: String,
    /// Its words are struck through.
    pub strike: bool,
    /// Its words are underlined.
    pub underline: bool,
    /// What stands for a picture.
    pub alt: Option<String>,
    /// What it holds, in reading order.
    pub kids: Vec<Kid>,
}

/// Is what an element holds.
#[derive(Clone, Debug)]
pub enum Kid {
    Element(Element),
    /// Words, with their page from 1.
    Words(usize, String),
}

/// Reads the tree; every stretch of words stands in it once.
pub fn read(file: &File<'_>, catalog: &Dict, pages: Pages) -> Result<Element, &'static str> {
    let root = file.dict(catalog, "StructTreeRoot")?;
    if let Some(roles) = root.get("RoleMap") {
        let Object::Dict(roles) = file.follow(roles)? else { return Err("pdf-tags") };
        if !roles.iter().all(|(name, is)| ROLES.iter().any(|(n, i)| n == name && is.name() == Some(i))) {
            return Err("pdf-tags");
        }
    }
    let numbers = pages.order.iter().enumerate().map(|(i, number)| (*number, i + 1)).collect();
    let mut reader = Reader { file, numbers, words: pages.words, seen: BTreeSet::new() };
    let mut top = Element::default();
    reader.kids(&root, None, 0, &mut top.kids)?;
    if reader.words.values().any(|words| !words.trim().is_empty()) {
        return Err("pdf-untagged");
    }
    match (top.kids.pop(), top.kids.is_empty()) {
        (Some(Kid::Element(document)), true) if document.role == "Document" => Ok(document),
        _ => Err("pdf-tags"),
    }
}

struct Reader<'r, 'a> {
    file: &'r File<'a>,
    numbers: BTreeMap<u32, usize>,
    words: BTreeMap<(u32, u32), String>,
    seen: BTreeSet<u32>,
}

impl Reader<'_, '_> {
    fn kids(&mut self, of: &Dict, page: Option<u32>, depth: usize, out: &mut Vec<Kid>) -> Result<(), &'static str> {
        if depth > MAX_DEPTH {
            return Err("too-deep");
        }
        match of.get("K") {
            None => Ok(()),
            Some(Object::List(kids)) => kids.iter().try_for_each(|kid| self.kid(kid, page, depth, out)),
            Some(kid) => self.kid(kid, page, depth, out),
        }
    }

    fn kid(&mut self, kid: &Object, page: Option<u32>, depth: usize, out: &mut Vec<Kid>) -> Result<(), &'static str> {
        let wrong = "pdf-tags";
        let dict = match kid {
            Object::Integer(_) => {
                let mark = kid.number().ok_or(wrong)?;
                return self.stretch(page.ok_or(wrong)?, mark, out);
            }
            Object::Reference(number) => {
                // An element that stands in the tree twice would be read twice, or for ever.
                if !self.seen.insert(*number) {
                    return Err(wrong);
                }
                match self.file.get(*number)?.object {
                    Object::Dict(dict) => dict,
                    Object::List(kids) => {
                        if depth > MAX_DEPTH {
                            return Err("too-deep");
                        }
                        return kids.iter().try_for_each(|kid| self.kid(kid, page, depth + 1, out));
                    }
                    _ => return Err(wrong),
                }
            }
            Object::Dict(dict) => dict.clone(),
            _ => return Err(wrong),
        };
        let own = match dict.get("Pg") {
            Some(Object::Reference(page)) => Some(*page),
            Some(_) => return Err(wrong),
            None => None,
        };
        match dict.get("Type").and_then(Object::name) {
            // A link's place on the page; its words stand in the tree beside it.
            Some("OBJR") => Ok(()),
            Some("MCR") => {
                let mark = dict.get("MCID").and_then(Object::number).ok_or(wrong)?;
                self.stretch(own.or(page).ok_or(wrong)?, mark, out)
            }
            Some("StructElem") | None => {
                let mut element = self.element(&dict)?;
                self.kids(&dict, own.or(page), depth + 1, &mut element.kids)?;
                out.push(Kid::Element(element));
                Ok(())
            }
            Some(_) => Err(wrong),
        }
    }

    fn stretch(&mut self, page: u32, mark: u32, out: &mut Vec<Kid>) -> Result<(), &'static str> {
        let words = self.words.remove(&(page, mark)).ok_or("pdf-tags")?;
        let number = self.numbers.get(&page).copied().ok_or("pdf-tags")?;
        out.push(Kid::Words(number, words));
        Ok(())
    }

    fn element(&self, dict: &Dict) -> Result<Element, &'static str> {
        let wrong = "pdf-tags";
        let mut element =
            Element { role: dict.get("S").and_then(Object::name).ok_or(wrong)?.to_string(), ..Element::default() };
        // What replaces or classifies words from elsewhere would be heard and is not what can be seen.
        if ["ActualText", "E", "C", "NS"].iter().any(|key| dict.contains_key(*key)) {
            return Err(wrong);
        }
        if let Some(alt) = dict.get("Alt") {
            let Object::Text(alt) = self.file.follow(alt)? else { return Err(wrong) };
            element.alt = Some(object::text(&alt).ok_or(wrong)?);
        }
        let attributes = match dict.get("A") {
            None => Vec::new(),
            Some(a) => match self.file.follow(a)? {
                Object::List(list) => list,
                one => vec![one],
            },
        };
        for attributes in &attributes {
            let Object::Dict(attributes) = self.file.follow(attributes)? else { return Err(wrong) };
            match attributes.get("TextDecorationType").map(Object::name) {
                None | Some(Some("None")) => {}
                Some(Some("LineThrough")) => element.strike = true,
                Some(Some("Underline")) => element.underline = true,
                Some(_) => return Err(wrong),
            }
        }
        Ok(element)
    }
}
