//! Ways to damage a DOCX. Each edits a part of the archive and writes the archive anew, so that only the proof of the
//! document itself can find it.

use std::io::{Cursor, Read as _, Write as _};

use vedtaegt::diag::Code;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::controls::{Control, Seal};
use crate::sample::Sample;

const REDLINE: &str = "reading-1/redline.docx";
const BYLAW: &str = "reading-1/styrelsesvedtaegt.docx";
const FROM_1: &str = "reading-2/redline-fra-1-behandling.docx";
const DOCUMENT: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";
const STYLES: &str = "word/styles.xml";
const SETTINGS: &str = "word/settings.xml";
const TYPES: &str = "[Content_Types].xml";
const LINKS: &str = "word/_rels/document.xml.rels";
const CORE: &str = "docProps/core.xml";

/// Returns the parts of an archive in their order.
pub fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut out = Vec::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).expect("a part");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        out.push((file.name().expect("a name").into_owned(), text));
    }
    out
}

/// Makes an archive of parts.
pub fn pack(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("a file");
        zip.write_all(text.as_bytes()).expect("words");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Edits a part of a document.
pub fn edit(sample: &mut Sample, file: &str, part: &str, edit: impl FnOnce(&str) -> String) {
    let mut parts = parts(&sample.files[file]);
    let (_, text) = parts.iter_mut().find(|(name, _)| name == part).expect(part);
    *text = edit(text);
    sample.put(file, pack(&parts));
}

fn swap(sample: &mut Sample, file: &str, part: &str, from: &str, to: &str) {
    edit(sample, file, part, |text| {
        assert!(text.contains(from), "{part} has no {from:?}");
        text.replacen(from, to, 1)
    });
}

/// Edits the first paragraph that holds some words.
fn paragraph(sample: &mut Sample, file: &str, holds: &[&str], with: impl Fn(&str) -> String) {
    edit(sample, file, DOCUMENT, |text| {
        let mut found = false;
        let lines = text.split('\n').map(|line| {
            if !found && line.starts_with("<w:p>") && holds.iter().all(|h| line.contains(h)) {
                found = true;
                return with(line);
            }
            line.to_string()
        });
        let out: Vec<String> = lines.collect();
        assert!(found, "no paragraph with {holds:?}");
        out.join("\n")
    });
}

/// Takes the first element of a name away, or only its tags.
fn without(text: &str, tag: &str, inner: bool) -> String {
    let start = text.find(&format!("<{tag} ")).expect(tag);
    let open = start + text[start..].find('>').expect("an end") + 1;
    if text[..open].ends_with("/>") {
        return format!("{}{}", &text[..start], &text[open..]);
    }
    let close = format!("</{tag}>");
    let end = open + text[open..].find(&close).expect("an end");
    let kept = if inner { &text[open..end] } else { "" };
    format!("{}{kept}{}", &text[..start], &text[end + close.len()..])
}

fn add(sample: &mut Sample, file: &str, name: &str, text: &str) {
    let mut all = parts(&sample.files[file]);
    all.push((name.to_string(), text.to_string()));
    sample.put(file, pack(&all));
}

macro_rules! controls {
    ($($name:literal $code:ident $file:expr, $damage:expr;)*) => {
        pub const CONTROLS: &[Control] = &[$(Control {
            name: $name, code: Code::$code, file: $file, seal: Seal::Renewed, damage: $damage,
        },)*];
    };
}

const KEPT: [&str; 2] = ["w:val=\"Nummer\"/></w:pPr><w:r>", "</w:t></w:r></w:p>"];

controls! {
    "docx: change a kept word" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &["Stk.\u{a0}2."], |p| p.replacen("en", "et", 1));
    "docx: change a word of the bylaw" DocumentDiffers BYLAW, |s| paragraph(s, BYLAW, &["Stk.\u{a0}2."], |p| p.replacen("en", "et", 1));
    "docx: change a label of the bylaw" DocumentDiffers BYLAW, |s| swap(s, BYLAW, DOCUMENT, ">1)<", ">2)<");
    "docx: drop an insertion mark" RedlineDiffers REDLINE,
        |s| paragraph(s, REDLINE, &["<w:ins "], |p| without(p, "w:ins", true));
    "docx: drop an insertion" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &["<w:r><w:t", "<w:ins "], |p| without(p, "w:ins", false));
    "docx: drop a deletion" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &["<w:del "], |p| without(p, "w:del", false));
    "docx: keep what is deleted" OutputDamaged REDLINE, |s| paragraph(s, REDLINE, &["<w:del "], |p| without(p, "w:del", true));
    "docx: an insertion becomes a deletion" OutputDamaged REDLINE, |s| edit(s, REDLINE, DOCUMENT, |t| {
        t.replace("<w:ins ", "<w:del ").replace("</w:ins>", "</w:del>")
    });
    "docx: an inserted paragraph whose mark stays" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &["<w:rPr><w:ins "], |p| {
        // The words go when it is rejected, and the empty paragraph means nothing; so let the next one run into it.
        p.replacen("<w:rPr><w:ins ", "<w:rPr><w:del ", 1)
    });
    "docx: a deleted mark under words that stay" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &KEPT, |p| {
        p.replacen("</w:pPr>", "<w:rPr><w:del w:id=\"99999\" w:author=\"x\" w:date=\"2025-11-06T00:00:00Z\"/></w:rPr></w:pPr>", 1)
    });
    "docx: lose a paragraph" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &KEPT, |_| String::new());
    "docx: say a paragraph twice" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &KEPT, |p| format!("{p}\n{p}"));
    "docx: another kind of line" RedlineDiffers REDLINE, |s| paragraph(s, REDLINE, &KEPT, |p| p.replacen("Nummer", "Litra", 1));
    "docx: a label that is text" RedlineDiffers REDLINE,
        |s| paragraph(s, REDLINE, &["Listetegn", "Nummer"], |p| p.replace("<w:rPr><w:rStyle w:val=\"Listetegn\"/></w:rPr>", ""));
    "docx: another text in force" RedlineDiffers REDLINE, |s| s.current = s.current.replacen("§ 1. ", "§ 1. Dog ", 1);
    "docx: reading 1 was something else" RedlineDiffers FROM_1, |s| s.line("reading-1/styrelsesvedtaegt.md", |l| l.starts_with("§ 3."), |l| format!("{l} Dog."));
    "docx: a mark in the clean text" OutputDamaged BYLAW, |s| paragraph(s, BYLAW, &["Nummer"], |p| {
        p.replacen("</w:p>", "<w:ins w:id=\"99999\" w:author=\"x\" w:date=\"2025-11-06T00:00:00Z\"></w:ins></w:p>", 1)
    });
    // The invariants of tracked changes.
    "docx: a number twice" OutputDamaged REDLINE, |s| edit(s, REDLINE, DOCUMENT, |t| {
        let id = t.split("<w:ins w:id=\"").nth(1).and_then(|r| r.split('"').next()).expect("an id");
        let other = t.split("<w:del w:id=\"").nth(1).and_then(|r| r.split('"').next()).expect("an id");
        t.replacen(&format!("<w:del w:id=\"{other}\""), &format!("<w:del w:id=\"{id}\""), 1)
    });
    "docx: an orphan move" OutputDamaged REDLINE, |s| edit(s, REDLINE, DOCUMENT, |t| {
        let start = t.find("</w:pPr><w:ins ").expect("an insertion") + "</w:pPr>".len();
        let (before, after) = t.split_at(start);
        let after = after.replacen("<w:ins ", "<w:moveTo ", 1).replacen("</w:ins>", "</w:moveTo>", 1);
        format!("{before}{after}")
    });
    "docx: plain words in a deletion" OutputDamaged REDLINE,
        |s| edit(s, REDLINE, DOCUMENT, |t| t.replacen("<w:delText ", "<w:t ", 1).replacen("</w:delText>", "</w:t>", 1));
    "docx: deleted words outside a deletion" OutputDamaged REDLINE, |s| paragraph(s, REDLINE, &KEPT, |p| p.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>"));
    "docx: a mark without an author" OutputDamaged REDLINE, |s| swap(s, REDLINE, DOCUMENT, " w:author=\"Vedtægt: substans\"", "");
    "docx: a mark without a date" OutputDamaged REDLINE, |s| edit(s, REDLINE, DOCUMENT, |t| {
        let start = t.find(" w:date=\"").expect("a date");
        format!("{}{}", &t[..start], &t[start + " w:date=\"2025-11-06T00:00:00Z\"".len()..])
    });
    "docx: a mark on a day that is none" OutputDamaged REDLINE, |s| swap(s, REDLINE, DOCUMENT, "T00:", "T24:");
    // Comments.
    "docx: a comment lost" OutputDamaged REDLINE, |s| edit(s, REDLINE, COMMENTS, |t| without(t, "w:comment", false));
    "docx: a comment that stands nowhere" OutputDamaged REDLINE, |s| edit(s, REDLINE, DOCUMENT, |t| without(t, "w:commentReference", false));
    "docx: a comment without an end" OutputDamaged REDLINE, |s| edit(s, REDLINE, DOCUMENT, |t| without(t, "w:commentRangeEnd", false));
    "docx: a change without its comment" DocumentDiffers REDLINE, |s| {
        let id = edit_comment(s, "Ny ordlyd");
        edit(s, REDLINE, DOCUMENT, |t| {
            let mut out = t.to_string();
            for tag in ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"] {
                out = out.replacen(&format!("<{tag} w:id=\"{id}\"/>"), "", 1);
            }
            out
        });
    };
    "docx: a comment without its rule" DocumentDiffers REDLINE, |s| edit(s, REDLINE, COMMENTS, |t| t.replacen("rules/changes/", "rules/", 9));
    "docx: a move that does not say where to" OutputDamaged REDLINE, |s| swap(s, REDLINE, COMMENTS, "Flyttet til", "Lagt i");
    // What could hide words or change them.
    "docx: hidden words" OutputDamaged REDLINE, |s| paragraph(s, REDLINE, &KEPT, |p| p.replacen("<w:rStyle ", "<w:vanish/><w:rStyle ", 1));
    "docx: a style that hides" OutputDamaged REDLINE, |s| swap(s, REDLINE, STYLES, "<w:i/><w:iCs/>", "<w:i/><w:vanish/>");
    "docx: a style that looks deleted" OutputDamaged BYLAW, |s| swap(s, BYLAW, STYLES, "<w:i/><w:iCs/>", "<w:strike/>");
    "docx: white words" OutputDamaged BYLAW, |s| swap(s, BYLAW, STYLES, "\"595959\"", "\"FFFFFF\"");
    "docx: words too small to read" OutputDamaged BYLAW, |s| swap(s, BYLAW, STYLES, "<w:sz w:val=\"23\"/>", "<w:sz w:val=\"1\"/>");
    "docx: a heading that Word does not know" OutputDamaged BYLAW, |s| swap(s, BYLAW, STYLES, "\"heading 1\"", "\"overskrift\"");
    "docx: a field in the text" OutputDamaged BYLAW, |s| paragraph(s, BYLAW, &["Nummer"], |p| {
        p.replacen("</w:pPr>", "</w:pPr><w:fldSimple w:instr=\" DATE \"/>", 1)
    });
    "docx: a field in the footer" OutputDamaged BYLAW, |s| swap(s, BYLAW, "word/footer1.xml", " PAGE ", " DATE ");
    "docx: words between paragraphs" OutputDamaged BYLAW, |s| swap(s, BYLAW, DOCUMENT, "<w:body>", "<w:body>ord");
    "docx: a text box" OutputDamaged BYLAW, |s| swap(s, BYLAW, DOCUMENT, "</w:pPr>", "</w:pPr><w:r><w:pict/></w:r>");
    "docx: another namespace" OutputDamaged BYLAW, |s| swap(s, BYLAW, DOCUMENT, "wordprocessingml/2006/main", "wordprocessingml/2007/main");
    "docx: a view that hides marks" OutputDamaged REDLINE, |s| swap(s, REDLINE, SETTINGS, "<w:trackRevisions/>", "<w:revisionView w:markup=\"0\"/>");
    // The archive.
    "docx: missing" OutputDamaged REDLINE, |s| { s.files.remove(REDLINE); };
    "docx: not an archive" OutputDamaged REDLINE, |s| s.put(REDLINE, "PK ikke et arkiv");
    "docx: cut off" OutputDamaged REDLINE, |s| {
        let bytes = s.files.get_mut(REDLINE).expect("the file");
        bytes.truncate(bytes.len() / 2);
    };
    "docx: something before the archive" OutputDamaged BYLAW, |s| { s.files.get_mut(BYLAW).expect("the file").splice(0..0, *b"#!/bin/sh\n"); };
    "docx: a part lost" OutputDamaged BYLAW, |s| {
        let kept: Vec<_> = parts(&s.files[BYLAW]).into_iter().filter(|(name, _)| name != STYLES).collect();
        s.put(BYLAW, pack(&kept));
    };
    "docx: a part that nothing refers to" OutputDamaged BYLAW, |s| add(s, BYLAW, "word/vbaProject.bin", "x");
    "docx: a part outside" OutputDamaged BYLAW, |s| add(s, BYLAW, "../ud.xml", "<a/>");
    "docx: a part whose type is not said" OutputDamaged BYLAW, |s| edit(s, BYLAW, TYPES, |t| without(t, "Override", false));
    "docx: a reference to nothing" OutputDamaged BYLAW, |s| swap(s, BYLAW, LINKS, "styles.xml", "stil.xml");
    "docx: a template from elsewhere" OutputDamaged BYLAW, |s| swap(s, BYLAW, LINKS, "</Relationships>", concat!(
        "<Relationship Id=\"rId99\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" ",
        "Target=\"https://example.org/x.dotm\" TargetMode=\"External\"/></Relationships>"));
    "docx: XML that is not well-formed" OutputDamaged BYLAW, |s| swap(s, BYLAW, DOCUMENT, "</w:body>", "");
    "docx: an entity of its own" OutputDamaged BYLAW, |s| swap(s, BYLAW, DOCUMENT, "<w:document", "<!DOCTYPE x [<!ENTITY a \"b\">]><w:document");
    "docx: no title" OutputDamaged BYLAW, |s| swap(s, BYLAW, CORE, "dc:title", "dc:subject");
    "docx: no language" OutputDamaged BYLAW, |s| swap(s, BYLAW, CORE, ">da-DK<", "><");
}

/// Takes the first comment that begins with some words away and returns its number.
fn edit_comment(sample: &mut Sample, begins: &str) -> String {
    let mut id = String::new();
    edit(sample, REDLINE, COMMENTS, |text| {
        let comments: Vec<&str> = text.split('\n').collect();
        let at = comments.iter().position(|c| c.contains(&format!("preserve\">{begins}"))).expect("such a comment");
        id = comments[at].split("w:id=\"").nth(1).and_then(|r| r.split('"').next()).expect("an id").to_string();
        comments.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect::<Vec<_>>().join("\n")
    });
    id
}

/// Returns where the words of a document are, in bytes.
fn words(document: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = document[at..].find(" xml:space=\"preserve\">").map(|i| at + i + 22) {
        let end = start + document[start..].find("</w:").expect("an end");
        out.push(start..end);
        at = end;
    }
    out
}

fn found(sample: &Sample, file: &str) -> bool {
    let findings = sample.prove().1;
    findings.sorted().iter().any(|d| d.args.iter().any(|(_, value)| value.contains(file)))
}

/// One letter of the words changed, anywhere in a redline.
#[test]
fn any_changed_letter_is_found() {
    let whole = crate::sample::sample();
    let document = parts(&whole.files[REDLINE]).into_iter().find(|(name, _)| name == DOCUMENT).expect(DOCUMENT).1;
    let lower = |range: &std::ops::Range<usize>| {
        document[range.clone()].find(|c: char| c.is_ascii_lowercase()).map(|i| range.start + i)
    };
    let letters: Vec<usize> = words(&document).iter().filter_map(lower).collect();
    let mut tried = 0;
    for at in letters.iter().step_by(letters.len() / 8).copied() {
        let letter = if document.as_bytes()[at] == b'x' { "y" } else { "x" };
        let mut sample = whole.clone();
        edit(&mut sample, REDLINE, DOCUMENT, |text| format!("{}{letter}{}", &text[..at], &text[at + 1..]));
        sample.seal();
        sample.files.retain(|path, _| !path.starts_with("reading-2/"));
        assert!(found(&sample, REDLINE), "{at}");
        tried += 1;
    }
    assert!(tried > 6, "{tried}");
}

#[test]
fn hostile_archives_are_survived() {
    let whole = crate::sample::sample();
    let with = |name: &str, text: String| {
        let mut parts = parts(&whole.files[BYLAW]);
        match parts.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = text,
            None => parts.push((name.to_string(), text)),
        }
        pack(&parts)
    };
    let many: Vec<(String, String)> = (0..200).map(|i| (format!("{i}.xml"), "<a/>".into())).collect();
    let n = 20_000;
    for (name, bytes) in [
        ("a bomb", with(DOCUMENT, " ".repeat(65 << 20))),
        ("many parts", pack(&many)),
        ("no parts", pack(&[])),
        ("deep", with(DOCUMENT, "<w:p>".repeat(n))),
        ("wide", with(DOCUMENT, format!("<w:document {}/>", "w:a=\"\" ".repeat(n)))),
        ("nothing", with(DOCUMENT, String::new())),
        (
            "no words",
            with(
                DOCUMENT,
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>".into(),
            ),
        ),
        ("types", with(TYPES, "<Types/>".into())),
        ("relations", with(LINKS, "<Relationships/>".into())),
        ("styles", with(STYLES, "<w:style/>".repeat(n))),
        ("only a header", b"PK\x03\x04".to_vec()),
        ("only an end", [b"PK\x05\x06".as_slice(), &[0; 18]].concat()),
        ("an end that lies", [b"PK\x05\x06".as_slice(), &[0xff; 18]].concat()),
        ("not UTF-8", b"\xff".repeat(n)),
    ] {
        let mut sample = whole.clone();
        sample.put(BYLAW, bytes);
        sample.seal();
        sample.files.retain(|path, _| !path.starts_with("reading-2/"));
        assert!(found(&sample, BYLAW), "{name}");
    }
}
