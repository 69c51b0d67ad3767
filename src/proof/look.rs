//! What decides how a DOCX looks and what it says of itself: styles, settings and properties. Nothing there may hide
//! words, or make plain words look deleted.

use std::collections::{BTreeMap, BTreeSet};

use super::html::Part;
use super::package::Package;
use super::xml;

/// The looks a style may give to words.
const LOOKS: [&str; 13] = [
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:color",
    "w:spacing",
    "w:sz",
    "w:szCs",
    "w:shd",
    "w:lang",
    "w:rPr",
];
/// The styles that look like a mark, because they are for one, or for a link.
const MARKS: [&str; 4] = ["Udgaar", "Indsat", "Flyttet", "Hyperlink"];
/// The styles of paragraphs that never have words.
const EMPTY: [&str; 2] = ["Slut", "Streg"];
/// What the settings may say: nothing of protection, of views that hide marks, or of other files.
const SETTINGS: [&str; 13] = [
    "w:settings",
    "w:zoom",
    "w:trackRevisions",
    "w:defaultTabStop",
    "w:autoHyphenation",
    "w:consecutiveHyphenLimit",
    "w:hyphenationZone",
    "w:characterSpacingControl",
    "w:compat",
    "w:compatSetting",
    "w:themeFontLang",
    "w:decimalSymbol",
    "w:listSeparator",
];
/// The names by which Word knows the headings.
const HEADINGS: [(&str, &str); 3] = [("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2")];

/// Reads styles, settings and properties and returns the ids of the styles.
pub fn read(package: &Package) -> Result<BTreeSet<String>, &'static str> {
    settings(package.of("settings").ok_or("docx-parts")?)?;
    properties(package.parts.get("docProps/core.xml").ok_or("docx-parts")?)?;
    if let Some(numbering) = package.of("numbering") {
        xml::read(numbering, |_| Ok(()))?;
    }
    styles(package.of("styles").ok_or("docx-parts")?)
}

fn styles(part: &str) -> Result<BTreeSet<String>, &'static str> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let (mut stack, mut style): (Vec<String>, String) = (Vec::new(), String::new());
    xml::read(part, |piece| {
        match piece {
            Part::Open(tag) => {
                let value = tag.get("w:val");
                let parent = stack.last().map(String::as_str).unwrap_or_default();
                match (parent, tag.name.as_str()) {
                    (_, "w:style") => {
                        style = tag.get("w:styleId").to_string();
                        if names.insert(style.clone(), String::new()).is_some() {
                            return Err("docx-style");
                        }
                    }
                    ("w:style", "w:name") => {
                        names.insert(style.clone(), value.to_string());
                    }
                    ("w:rPr", "w:strike" | "w:u") if MARKS.contains(&style.as_str()) => {}
                    ("w:rPr", "w:color") if !is_dark(value) => return Err("docx-style"),
                    ("w:rPr", "w:sz") if !EMPTY.contains(&style.as_str()) && !is_legible(value) => {
                        return Err("docx-style");
                    }
                    ("w:rPr", name) if !LOOKS.contains(&name) => return Err("docx-style"),
                    _ => {}
                }
                stack.push(tag.name);
            }
            Part::Close => {
                stack.pop();
            }
            Part::Words(words) if !words.trim().is_empty() => return Err("words-outside"),
            Part::Words(_) => {}
        }
        Ok(())
    })?;
    if HEADINGS.iter().any(|(id, name)| names.get(*id).map(String::as_str) != Some(name)) {
        return Err("docx-style");
    }
    Ok(names.into_keys().collect())
}

/// Says whether a colour can be read on white.
fn is_dark(color: &str) -> bool {
    let channel = |i: usize| color.get(i..i + 2).and_then(|c| u8::from_str_radix(c, 16).ok());
    color.len() == 6 && [0, 2, 4].into_iter().all(|i| channel(i).is_some_and(|c| c <= 0xa0))
}

/// Says whether a size, in half points, can be read.
fn is_legible(size: &str) -> bool {
    size.parse::<u32>().is_ok_and(|n| (16..=72).contains(&n))
}

fn settings(part: &str) -> Result<(), &'static str> {
    xml::read(part, |piece| match piece {
        Part::Open(tag) if !SETTINGS.contains(&tag.name.as_str()) => Err("docx-settings"),
        _ => Ok(()),
    })
}

/// A file that is found by its title, and read aloud in the right language.
fn properties(part: &str) -> Result<(), &'static str> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    xml::read(part, |piece| {
        match piece {
            Part::Open(tag) => name = tag.name,
            Part::Close => name.clear(),
            Part::Words(words) => values.entry(name.clone()).or_default().push_str(&words),
        }
        Ok(())
    })?;
    let has = |name: &str| values.get(name).is_some_and(|value| !value.trim().is_empty());
    if !has("dc:title") {
        return Err("docx-title");
    }
    if has("dc:language") { Ok(()) } else { Err("docx-language") }
}
