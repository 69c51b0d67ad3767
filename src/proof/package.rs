//! The archive of a DOCX: every part is there once, says what it is, is related to the document and can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::html::Part;
use super::{MAX_BYTES, xml};

/// Is the most parts that are read.
const MAX_PARTS: usize = 64;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
const WORDS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
/// What a document may refer to. Macros, templates, embedded objects and the like are none of it.
const KNOWN: [&str; 6] = ["styles", "settings", "header", "footer", "comments", "numbering"];

/// Is an archive that has been read.
#[derive(Debug, Default)]
pub struct Package {
    /// The parts by name: `word/document.xml`.
    pub parts: BTreeMap<String, String>,
    /// What the document refers to: the reference, the kind, the name of the part or the place elsewhere.
    pub relations: BTreeMap<String, (String, String)>,
}

impl Package {
    /// Returns the part of a kind that there is at most one of.
    pub fn of(&self, kind: &str) -> Option<&str> {
        let (_, target) = self.relations.values().find(|(k, _)| k == kind)?;
        self.parts.get(target).map(String::as_str)
    }

    /// Says whether a reference leads to a part or place of this kind.
    pub fn leads(&self, id: &str, kind: &str) -> bool {
        self.relations.get(id).is_some_and(|(k, _)| k == kind)
    }
}

/// Opens an archive. Fails with a reason.
pub fn open(bytes: &[u8]) -> Result<Package, &'static str> {
    let parts = unpack(bytes)?;
    let types = types(parts.get("[Content_Types].xml").ok_or("docx-parts")?)?;
    let root = relations(parts.get("_rels/.rels").ok_or("docx-parts")?)?;
    let main = "word/document.xml";
    let mut seen = BTreeSet::from(["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"]);
    for relation in &root {
        let (kind, content) = match relation.target.as_str() {
            "word/document.xml" => (format!("{RELATIONS}officeDocument"), format!("{WORDS}document.main+xml")),
            "docProps/core.xml" => {
                (CORE.to_string(), "application/vnd.openxmlformats-package.core-properties+xml".to_string())
            }
            _ => return Err("docx-parts"),
        };
        let (name, _) = parts.get_key_value(&relation.target).ok_or("docx-parts")?;
        let right = relation.kind == kind && types.get(name) == Some(&content) && !relation.external;
        if !right || !seen.insert(name) {
            return Err("docx-parts");
        }
    }
    let mut package = Package::default();
    let mut once = BTreeSet::new();
    for relation in relations(parts.get("word/_rels/document.xml.rels").ok_or("docx-parts")?)? {
        let kind = relation.kind.strip_prefix(RELATIONS).ok_or("docx-parts")?.to_string();
        let target = if relation.external {
            if kind != "hyperlink" {
                return Err("docx-parts");
            }
            relation.target
        } else {
            let target = format!("word/{}", relation.target);
            let (name, _) = parts.get_key_value(&target).ok_or("docx-parts")?;
            let many = matches!(kind.as_str(), "header" | "footer");
            let right = KNOWN.contains(&kind.as_str()) && types.get(name) == Some(&format!("{WORDS}{kind}+xml"));
            if !right || !seen.insert(name) || !(many || once.insert(kind.clone())) {
                return Err("docx-parts");
            }
            target
        };
        if package.relations.insert(relation.id, (kind, target)).is_some() {
            return Err("docx-parts");
        }
    }
    // What nothing refers to, or is said to be and is not, does not belong here.
    let whole = seen.contains(main) && parts.keys().all(|name| seen.contains(name.as_str()));
    if !whole || !types.keys().all(|name| parts.contains_key(name)) {
        return Err("docx-parts");
    }
    package.parts = parts;
    Ok(package)
}

fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, String>, &'static str> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| "not-zip")?;
    let fine = archive.offset() == 0 && archive.comment().is_empty() && !archive.has_duplicate_names();
    if !fine || archive.has_overlapping_entries().unwrap_or(true) {
        return Err("not-zip");
    }
    if archive.len() > MAX_PARTS {
        return Err("too-large");
    }
    let mut parts = BTreeMap::new();
    let mut left = u64::try_from(4 * MAX_BYTES).unwrap_or(u64::MAX);
    for i in 0..archive.len() {
        let file = archive.by_index(i).map_err(|_| "not-zip")?;
        let name = file.name().map_err(|_| "not-zip")?.to_string();
        let plain = name.split('/').all(|step| !matches!(step, "" | "." | ".."));
        if !plain || file.encrypted() || !file.is_file() {
            return Err("not-zip");
        }
        // A small archive can hold endless words; what it says of their number is not believed.
        let mut text = String::new();
        file.take(left + 1).read_to_string(&mut text).map_err(|_| "not-zip")?;
        left = left.checked_sub(u64::try_from(text.len()).unwrap_or(u64::MAX)).ok_or("too-large")?;
        parts.insert(name, text);
    }
    Ok(parts)
}

/// Returns the content type of every part that is named.
fn types(part: &str) -> Result<BTreeMap<String, String>, &'static str> {
    let mut out = BTreeMap::new();
    let mut defaults = BTreeSet::new();
    xml::read(part, |piece| {
        let Part::Open(tag) = piece else { return Ok(()) };
        match tag.name.as_str() {
            "Types" => Ok(()),
            "Default"
                if tag.only(&["Extension", "ContentType"]) && defaults.insert(tag.get("Extension").to_string()) =>
            {
                match (tag.get("Extension"), tag.get("ContentType")) {
                    ("rels", "application/vnd.openxmlformats-package.relationships+xml") => Ok(()),
                    ("xml", "application/xml") => Ok(()),
                    _ => Err("docx-parts"),
                }
            }
            "Override" if tag.only(&["PartName", "ContentType"]) => {
                let name = tag.get("PartName").strip_prefix('/').ok_or("docx-parts")?;
                let twice = out.insert(name.to_string(), tag.get("ContentType").to_string()).is_some();
                if twice { Err("docx-parts") } else { Ok(()) }
            }
            _ => Err("docx-parts"),
        }
    })?;
    if defaults.len() == 2 { Ok(out) } else { Err("docx-parts") }
}

struct Relation {
    id: String,
    kind: String,
    target: String,
    external: bool,
}

fn relations(part: &str) -> Result<Vec<Relation>, &'static str> {
    let mut out = Vec::new();
    xml::read(part, |piece| {
        let Part::Open(tag) = piece else { return Ok(()) };
        match tag.name.as_str() {
            "Relationships" => Ok(()),
            "Relationship" if tag.only(&["Id", "Type", "Target", "TargetMode"]) => {
                let text = |name: &str| tag.get(name).to_string();
                let external = match tag.get("TargetMode") {
                    "" => false,
                    "External" => true,
                    _ => return Err("docx-parts"),
                };
                out.push(Relation { id: text("Id"), kind: text("Type"), target: text("Target"), external });
                if tag.get("Id").is_empty() { Err("docx-parts") } else { Ok(()) }
            }
            _ => Err("docx-parts"),
        }
    })?;
    Ok(out)
}
