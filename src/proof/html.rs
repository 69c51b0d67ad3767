//! Reads a page as the elements and words that a browser and an XML reader both see; where they would differ
//! (`<p/>`, CDATA, processing instructions, unquoted values) it is refused.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Is how deep elements may stand in each other.
const MAX_DEPTH: usize = 64;
/// Is how many attributes an element may have; the reader compares each with all before it.
const MAX_ATTRIBUTES: usize = 32;
/// The elements that never have content.
const VOID: [&str; 7] = ["meta", "input", "br", "hr", "img", "link", "col"];

/// Is an element as it begins.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// Returns an attribute; empty if it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
    /// Says whether it is an element of this name with this class first among its classes.
    pub fn is(&self, name: &str, class: &str) -> bool {
        self.name == name && self.get("class").split(' ').next() == Some(class)
    }
    /// Says whether it has only these attributes.
    pub fn only(&self, names: &[&str]) -> bool {
        self.attributes.iter().all(|(name, _)| names.contains(&name.as_str()))
    }
}

/// Is a piece of a page.
#[derive(Clone, Debug)]
pub enum Part {
    Open(Tag),
    Close,
    Words(String),
}

/// Reads a page and hands over its parts, each with its line. Fails with the line and a reason.
pub fn read(
    page: &str,
    mut part: impl FnMut(usize, Part) -> Result<(), &'static str>,
) -> Result<(), (usize, &'static str)> {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    let (mut line, mut counted) = (1, 0);
    loop {
        let event = reader.read_event().map_err(|_| (line, "not-well-formed"))?;
        let step = match event {
            Event::Eof => break,
            Event::Start(start) => tag(&start).and_then(|tag| {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err("too-deep");
                }
                part(line, Part::Open(tag))
            }),
            Event::Empty(start) => tag(&start).and_then(|tag| {
                // To a browser `<del/>` is the beginning of a deletion.
                if !VOID.contains(&tag.name.as_str()) {
                    return Err("not-well-formed");
                }
                part(line, Part::Open(tag))?;
                part(line, Part::Close)
            }),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                part(line, Part::Close)
            }
            Event::Text(text) => part(line, Part::Words(text.into_inner().into_owned())),
            Event::GeneralRef(reference) => match character(&reference) {
                Some(c) => part(line, Part::Words(c.to_string())),
                None => Err("entity"),
            },
            Event::DocType(_) => Ok(()),
            Event::Comment(_) | Event::CData(_) | Event::PI(_) | Event::Decl(_) => Err("not-well-formed"),
        };
        step.map_err(|reason| (line, reason))?;
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(page.len());
        line += page.as_bytes().get(counted..position).unwrap_or_default().iter().filter(|b| **b == b'\n').count();
        counted = position.max(counted);
    }
    if depth == 0 { Ok(()) } else { Err((line, "not-well-formed")) }
}

/// Reads an element as it begins.
pub fn tag(start: &BytesStart<'_>) -> Result<Tag, &'static str> {
    let mut tag = Tag { name: start.name().as_ref().to_string(), attributes: Vec::new() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| "not-well-formed")?;
        if tag.attributes.len() >= MAX_ATTRIBUTES {
            return Err("too-deep");
        }
        let value = value(&attribute.value).ok_or("entity")?;
        tag.attributes.push((attribute.key.as_ref().to_string(), value));
    }
    Ok(tag)
}

/// Resolves the references in an attribute's value.
fn value(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';')?;
        out.push(character(name)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// Resolves a reference that XML and HTML understand alike.
pub fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())
        }
    }
}
