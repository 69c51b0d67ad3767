//! What a PDF says of itself.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::diag::Findings;
use crate::proof::{Files, bytes, damaged};

/// Is the largest packet of properties that is read, in bytes.
const MAX_PACKET: usize = 1 << 20;
/// Is how deep its elements may stand in each other, and how many attributes one may have.
const MAX_NESTED: usize = 64;

/// Proves that a file calls itself PDF/A-2a and PDF/UA-1 with a title and a language. Returns the number of properties.
pub fn check(files: &Files, file: &str, findings: &mut Findings) -> usize {
    let Some(bytes) = bytes(files, file, findings) else { return 0 };
    let tail = bytes.get(bytes.len().saturating_sub(1024)..).unwrap_or_default();
    if !bytes.starts_with(b"%PDF-") || find(tail, b"%%EOF").is_none() {
        damaged(findings, file, "not-pdf");
        return 0;
    }
    let Some(properties) = packet(bytes).and_then(properties) else {
        damaged(findings, file, "pdf-properties");
        return 0;
    };
    let has = |name: &str, value: &str| {
        let mut values = properties.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let first = values.next();
        values.next().is_none() && first.is_some_and(|v| if value.is_empty() { !v.is_empty() } else { v == value })
    };
    for (name, value, reason) in [
        ("pdfaid:part", "2", "pdf-a"),
        ("pdfaid:conformance", "A", "pdf-a"),
        ("pdfuaid:part", "1", "pdf-ua"),
        ("dc:title", "", "pdf-title"),
        ("dc:language", "", "pdf-language"),
    ] {
        if !has(name, value) {
            damaged(findings, file, reason);
        }
    }
    5
}

/// Returns the one packet of properties (XMP), which PDF/A keeps uncompressed.
fn packet(bytes: &[u8]) -> Option<&str> {
    let start = find(bytes, b"<?xpacket begin=")?;
    let rest = bytes.get(start..)?;
    let end = find(rest, b"<?xpacket end=")?;
    let more = find(rest.get(end..)?, b"<?xpacket begin=");
    if more.is_some() || end > MAX_PACKET {
        return None;
    }
    std::str::from_utf8(rest.get(..end)?).ok()
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    // The first byte is rare, so this is linear in practice; needles are a few bytes long.
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// Reads the properties, written as elements or as attributes; of a list the words of its items.
fn properties(packet: &str) -> Option<Vec<(String, String)>> {
    let mut reader = Reader::from_str(packet);
    let mut stack: Vec<String> = Vec::new();
    let mut out: Vec<(String, String)> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            Event::Start(start) => {
                attributes(&start, &mut out)?;
                let name = start.name().as_ref().to_string();
                if !name.starts_with("rdf:") && !name.starts_with("x:") {
                    out.push((name.clone(), String::new()));
                }
                stack.push(name);
                if stack.len() > MAX_NESTED {
                    return None;
                }
            }
            Event::Empty(start) => attributes(&start, &mut out)?,
            Event::End(_) => {
                stack.pop();
            }
            Event::Text(text) => add(&stack, &mut out, text.into_inner().trim()),
            Event::GeneralRef(_) => add(&stack, &mut out, "&"),
            Event::CData(_) | Event::DocType(_) => return None,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
    stack.is_empty().then_some(out)
}

fn attributes(start: &quick_xml::events::BytesStart<'_>, out: &mut Vec<(String, String)>) -> Option<()> {
    for (i, attribute) in start.attributes().enumerate() {
        let attribute = attribute.ok().filter(|_| i < MAX_NESTED)?;
        let name: &str = attribute.key.as_ref();
        if name.contains(':') && !name.starts_with("xmlns:") && !name.starts_with("xml:") {
            out.push((name.to_string(), attribute.value.to_string()));
        }
    }
    Some(())
}

fn add(stack: &[String], out: &mut [(String, String)], words: &str) {
    let owner = stack.iter().rev().find(|name| !name.starts_with("rdf:") && !name.starts_with("x:"));
    if let (Some(owner), Some((name, value))) = (owner, out.last_mut())
        && owner == name
    {
        value.push_str(words);
    }
}
