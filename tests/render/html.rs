//! HTML: golden pages, well-formed XML, links that lead somewhere, both texts read back, hostile text as text.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use vedtaegt::render::html;
use vedtaegt::render::view::BylawDoc;

use crate::sample;

fn pages() -> [(&'static str, String); 4] {
    [
        ("bylaw", html::bylaw(&sample::bylaw(), &sample::frame("Ændret vedtægt"))),
        ("redline", html::redline(&sample::redline_doc())),
        ("ownership", html::ownership(&sample::ownership_doc())),
        ("trace", html::trace(&sample::trace_doc())),
    ]
}

/// Leaves out what stands between two marks, so that a golden page does not change with the style sheet.
pub fn without(page: &str, open: &str, close: &str) -> String {
    match (page.find(open), page.find(close)) {
        (Some(start), Some(end)) => format!("{}{}", &page[..start + open.len()], &page[end..]),
        _ => page.to_string(),
    }
}

#[test]
fn golden_pages() {
    for (name, page) in pages() {
        sample::keep_for_looking(&format!("{name}.html"), page.as_bytes());
        let page = without(&without(&page, "<style>", "</style>"), "<script>", "</script>");
        insta::assert_snapshot!(name, page);
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .map(|a| a.expect("an attribute that reads"))
        .find(|a| a.key.as_ref() == name)
        .map(|a| unescape(a.value.as_ref()))
}

fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).expect("known entities only").into_owned()
}

#[test]
fn every_page_is_well_formed_and_its_links_lead_somewhere() {
    let (bylaw, redline) = sample::hostile();
    let hostile = [
        ("hostile bylaw", html::bylaw(&bylaw, &sample::frame(sample::HOSTILE))),
        ("hostile redline", html::redline(&redline)),
    ];
    for (name, page) in pages().into_iter().chain(hostile) {
        let mut reader = Reader::from_str(&page);
        let (mut ids, mut links, mut depth) = (BTreeSet::new(), BTreeSet::new(), 0);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    depth += 1;
                    ids.extend(attribute(&tag, "id").map(|id| assert_new(name, id, &ids)));
                    links.extend(attribute(&tag, "href"));
                }
                Ok(Event::Empty(tag)) => ids.extend(attribute(&tag, "id")),
                Ok(Event::End(_)) => depth -= 1,
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(e) => panic!("{name}: {e} at {}", reader.error_position()),
            }
        }
        assert_eq!(depth, 0, "{name}");
        for link in links {
            let target = link.strip_prefix('#').unwrap_or_else(|| panic!("{name} leads out: {link}"));
            assert!(ids.contains(target), "{name}: nothing is called {target}");
        }
    }
}

fn assert_new(name: &str, id: String, ids: &BTreeSet<String>) -> String {
    assert!(!ids.contains(&id), "{name}: two elements are called {id}");
    id
}

/// Reads the lines of one of the two texts: what stands in label and text, without what is not in that text.
fn lines(page: &str, drop: &str) -> Vec<(String, String, String)> {
    let mut reader = Reader::from_str(page);
    let mut out = Vec::new();
    let mut stack: Vec<&'static str> = Vec::new();
    let (mut kind, mut label, mut text) = (String::new(), String::new(), String::new());
    loop {
        let words = match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let class = attribute(&tag, "class").unwrap_or_default();
                let name = tag.name().as_ref().to_string();
                let unit = attribute(&tag, "data-kind");
                stack.push(match (class.split(' ').next(), &unit) {
                    (_, Some(_)) => "line",
                    (Some("label"), _) if stack.contains(&"line") => "label",
                    (Some("text"), _) if stack.contains(&"line") => "text",
                    (Some("sr"), _) => "skip",
                    _ if name == drop => "skip",
                    _ => "other",
                });
                if let Some(unit) = unit {
                    (kind, label, text) = (unit, String::new(), String::new());
                }
                continue;
            }
            Event::End(_) => {
                if stack.pop() == Some("line") && !(label.trim().is_empty() && text.trim().is_empty()) {
                    let fold = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
                    out.push((kind.clone(), fold(&label), fold(&text)));
                }
                continue;
            }
            Event::Text(t) => t.to_string(),
            Event::GeneralRef(r) => unescape(&format!("&{};", &*r)),
            Event::Eof => break,
            _ => continue,
        };
        if stack.contains(&"skip") {
            continue;
        }
        if stack.contains(&"label") {
            label.push_str(&words);
        } else if stack.contains(&"text") {
            text.push_str(&words);
        }
    }
    out
}

#[test]
fn dropping_what_goes_gives_the_new_text() {
    let page = html::redline(&sample::redline_doc());
    let bylaw = BylawDoc::new(&sample::bylaw(), sample::frame(""));
    let amended: Vec<_> = bylaw.lines.into_iter().map(|l| (l.kind.to_string(), l.label, l.text)).collect();
    assert_eq!(lines(&page, "del"), amended);
    let old = lines(&page, "ins");
    let old: Vec<&str> = old.iter().filter(|l| l.0 == "point").map(|l| l.2.as_str()).collect();
    assert_eq!(old, ["folkebiblioteker,", "borgerservice, herunder:", "kirkegårde og begravelsespladser."]);
}

#[test]
fn hostile_text_is_text() {
    let (bylaw, redline) = sample::hostile();
    let hostile = sample::HOSTILE.to_string();
    let page = html::bylaw(&bylaw, &sample::frame(sample::HOSTILE));
    for kind in ["title", "chapter", "heading", "subsection", "point"] {
        assert!(lines(&page, "").iter().any(|l| l.0 == kind && l.2 == hostile), "{kind}");
    }
    let page = html::redline(&redline);
    assert!(lines(&page, "del").iter().any(|l| l.2 == hostile));
    assert_eq!(page.matches("<script>").count(), 1, "only our own");
    assert!(!page.contains("<b>") && !page.contains("<label>alert"));
}

#[test]
fn an_empty_redline_says_so() {
    let doc = vedtaegt::render::view::RedlineDoc::new(
        vedtaegt::render::frame::Frame::default(),
        &vedtaegt::diff::Redline::default(),
        &[],
        &[],
    );
    assert!(html::redline(&doc).contains("De to tekster er ens."));
}

/// The proofs read a page as XML, and a browser as HTML; both must see the same in styles and scripts.
#[test]
fn styles_and_scripts_need_no_escaping() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/assets")];
    let mut looked = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the assets") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("text");
            assert!(!text.contains(['<', '&']) && !text.contains("]]>"), "{}", path.display());
            looked += 1;
        }
    }
    assert!(looked > 10, "{looked}");
}
