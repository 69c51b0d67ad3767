//! The documents for Word.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Read};

use vedtaegt::check;
use vedtaegt::diag::Findings;
use vedtaegt::diff::{Identity, NoCauses, compare};
use vedtaegt::document::Bylaw;
use vedtaegt::model::{Model, Version};
use vedtaegt::render::docx;
use vedtaegt::render::frame::{DocumentDate, Frame};
use vedtaegt::render::paper::{Block, Cell, Column, Figure, Look, Paper, Span, Style, Table};
use vedtaegt::render::view::{BylawDoc, LineView, RedlineDoc, RowView, Seg};
use vedtaegt::rules::load;
use vedtaegt::world::Disk;

/// Keeps a document where a person can look at it: in the target directory.
fn keep(name: &str, bytes: &[u8]) {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(path, bytes).expect("the target directory can be written");
}

fn frame(kind: &str) -> Frame {
    Frame {
        municipality: "Københavns Kommune".into(),
        document_title: "Styrelsesvedtægt for Københavns Kommune".into(),
        kind: kind.into(),
        reading_line: "Udkast til 1. behandling den 6. november 2025 (planlagt)".into(),
        edition_line: "Gældende tekst: senest ændret den 4. maj 2023".into(),
        effect_line: "Ændringerne træder i kraft den 1. januar 2026".into(),
        notice: "Teksten er en rekonstruktion og ikke kommunens egen udgave af styrelsesvedtægten.".into(),
        date: DocumentDate { year: 2025, month: 11, day: 6 },
        lang: "da".into(),
        ..Frame::default()
    }
}

fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).expect("an archive");
    let mut out = Vec::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).expect("a part");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        out.push((file.name().expect("a name").to_string(), text));
    }
    out
}

fn part(docx: &[u8], name: &str) -> String {
    parts(docx).into_iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no {name}")).1
}

fn line(kind: &'static str, label: &str, text: &str) -> LineView {
    LineView {
        kind,
        unit: String::new(),
        label: label.into(),
        text: text.into(),
        address: String::new(),
        anchor: String::new(),
        section: String::new(),
    }
}

const HOSTILE: [&str; 9] = [
    "<w:p><w:r><w:t>x</w:t></w:r></w:p> & ]]> <!--",
    "{ PAGE } \u{13} DATE \u{15}",
    "\u{0}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}",
    "a\u{30a} \u{202e}baglæns\u{202c} \u{200f} \u{ad}",
    "tab\ther\nlinje\r\nny",
    "%1. %s ${x} \\u0000",
    "\u{10ffff}\u{1f600}",
    "&#0; &amp;amp; &lt;",
    "'\"«»“”",
];

#[test]
fn hostile_text_is_text() {
    for text in HOSTILE {
        let doc = BylawDoc {
            frame: Frame { notice: text.into(), ..frame(text) },
            lines: vec![line("subsection", text, text)],
        };
        let paper = Paper {
            frame: frame(text),
            blocks: vec![
                Block::heading(1, text),
                Block::styled(
                    Style::Body,
                    vec![Span { text: text.into(), look: Look::Missing, link: Some(text.into()) }],
                ),
                Block::Figure(Figure { svg: text.into(), alt: text.into(), caption: text.into() }),
                Block::List { ordered: true, items: vec![vec![Span::plain(text)]] },
                Block::Table(Table {
                    caption: text.into(),
                    columns: vec![Column { title: text.into(), width: 0 }],
                    rows: vec![vec![Cell::text(text)], vec![]],
                    ..Table::default()
                }),
            ],
        };
        for docx in [docx::bylaw(&doc), docx::paper(&paper)] {
            for (name, xml) in parts(&docx) {
                let mut reader = quick_xml::Reader::from_str(&xml);
                loop {
                    match reader.read_event() {
                        Ok(quick_xml::events::Event::Eof) => break,
                        Ok(_) => {}
                        Err(error) => panic!("{name}: {error}"),
                    }
                }
                let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
                assert!(!xml.contains(forbidden), "{name}: {text:?}");
            }
        }
    }
}

#[test]
fn the_same_bytes_every_time() {
    let doc = BylawDoc { frame: frame("Ændret vedtægt"), lines: vec![line("title", "", "Vedtægt")] };
    assert_eq!(docx::bylaw(&doc), docx::bylaw(&doc));
    let zip = docx::bylaw(&doc);
    let mut archive = zip::ZipArchive::new(Cursor::new(&zip)).unwrap();
    for i in 0..archive.len() {
        let file = archive.by_index(i).unwrap();
        let time = file.last_modified().unwrap();
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (1980, 1, 1, 0));
    }
}

#[test]
fn a_bylaw_has_headings_and_numbers_as_text() {
    let doc = BylawDoc {
        frame: frame("Ændret vedtægt"),
        lines: vec![
            line("title", "", "Vedtægt"),
            line("chapter", "Kapitel 1.", "Rådet"),
            line("heading", "", "Medlemmer"),
            line("subsection", "§ 7 a.", "Rådet har 55 medlemmer, jf. § 3."),
            line("point", "1)", "en,"),
        ],
    };
    let xml = part(&docx::bylaw(&doc), "word/document.xml");
    for wanted in [
        "<w:pStyle w:val=\"Title\"/>",
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Heading2\"/>",
        "<w:rStyle w:val=\"Paragraftegn\"/></w:rPr><w:t xml:space=\"preserve\">§\u{a0}7\u{a0}a.</w:t>",
        "jf. §\u{a0}3.",
        "<w:t xml:space=\"preserve\">1)</w:t></w:r><w:r><w:tab/></w:r>",
    ] {
        assert!(xml.contains(wanted), "{wanted} in {xml}");
    }
    assert!(part(&docx::bylaw(&doc), "word/header1.xml").contains("rekonstruktion"));
    assert!(part(&docx::bylaw(&doc), "docProps/core.xml").contains("2025-11-06T12:00:00Z"));
}

fn sample_paper() -> Paper {
    let span = Span::plain;
    Paper {
        frame: frame("Indstilling"),
        blocks: vec![
            Block::styled(Style::Lead, vec![span("Borgerrepræsentationen skal tage stilling til forslaget.")]),
            Block::Heading { level: 1, text: "Baggrund".into(), anchor: "baggrund".into() },
            Block::styled(
                Style::Body,
                vec![
                    span("Efter § 2, stk. 2, "),
                    Span::new(Look::Strong, "skal"),
                    span(" vedtægten behandles to gange. "),
                    Span::new(Look::Missing, "[udfyldes af Økonomiforvaltningen]"),
                    span(". Se "),
                    Span { text: "bilaget".into(), look: Look::Plain, link: Some("#bilag".into()) },
                    span(" og "),
                    Span { text: "aftalen".into(), look: Look::Plain, link: Some("https://www.kk.dk/a?b=c&d".into()) },
                    span("."),
                ],
            ),
            Block::List {
                ordered: true,
                items: vec![vec![span("at forslaget godkendes,")], vec![span("at fristen følges.")]],
            },
            Block::Heading { level: 3, text: "Tal".into(), anchor: String::new() },
            Block::Table(Table {
                caption: "Udvalgenes opgaver".into(),
                columns: vec![
                    Column { title: "Udvalg".into(), width: 1 },
                    Column { title: "Før".into(), width: 2 },
                    Column { title: "Efter".into(), width: 2 },
                ],
                rows: (1..40)
                    .map(|i| {
                        vec![
                            Cell::text(format!("Udvalg {i}")),
                            Cell {
                                blocks: vec![
                                    Block::text("parker"),
                                    Block::List { ordered: false, items: vec![vec![span("strande")]] },
                                ],
                            },
                            Cell {
                                blocks: vec![Block::styled(
                                    Style::Body,
                                    vec![Span::new(Look::Deleted, "veje"), Span::new(Look::Inserted, "stier")],
                                )],
                            },
                        ]
                    })
                    .collect(),
                ..Table::default()
            }),
            Block::Heading { level: 1, text: "Bilag".into(), anchor: "bilag".into() },
            Block::styled(Style::Item, vec![Span::new(Look::Strong, "1."), span(" § 3, stk. 2, affattes således:")]),
            Block::styled(Style::QuotedHeading, vec![span("Rubrik")]),
            Block::styled(Style::Quoted, vec![span("»Stk. 2. Udvalget varetager:")]),
            Block::styled(
                Style::QuotedPoint,
                vec![span(
                    "1) veje, herunder de private fællesveje, som kommunen fører tilsyn med efter lov om private fællesveje, og",
                )],
            ),
            Block::styled(Style::QuotedLetter, vec![span("a) stier.«")]),
            Block::Figure(Figure {
                svg: "<svg/>".into(),
                alt: "Opgaverne over tid.\nParker: Teknik til 2026, derefter Kultur.".into(),
                caption: "Hvem har hvad".into(),
            }),
            Block::styled(Style::Note, vec![span("Forkortelser: KFU.")]),
        ],
    }
}

#[test]
fn a_paper_has_what_it_holds() {
    let docx = docx::paper(&sample_paper());
    keep("paper.docx", &docx);
    let xml = part(&docx, "word/document.xml");
    for wanted in [
        "<w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Tal",
        "<w:rStyle w:val=\"Mangler\"/>",
        "<w:hyperlink w:anchor=\"bilag\">",
        "w:name=\"bilag\"",
        "<w:tblHeader/>",
        "Parker: Teknik til 2026",
    ] {
        assert!(xml.contains(wanted), "{wanted}");
    }
    assert!(part(&docx, "word/_rels/document.xml.rels").contains("https://www.kk.dk/a?b=c&amp;d"));
}

#[test]
fn the_projects_own_bylaw() {
    let mut findings = Findings::default();
    let (_, rules) = load(&Disk::open(env!("CARGO_MANIFEST_DIR")).unwrap(), &mut findings);
    let model = Model::new(rules.unwrap(), &mut findings);
    let checked = check::check(model, &mut findings).unwrap();
    let compiled = checked.version(Version::reading(1)).unwrap();
    let docx = docx::bylaw(&BylawDoc::new(&compiled.bylaw, frame("Ændret vedtægt")));
    keep("bylaw.docx", &docx);
    assert!(part(&docx, "word/document.xml").matches("<w:p>").count() > 200);
}

/// Returns the redline of two empty texts.
fn empty() -> RedlineDoc {
    let none = Bylaw::default();
    let redline = compare(&none, &none, Identity::Unknown, &NoCauses);
    RedlineDoc::new(frame("Forskel"), &redline, &[], &[])
}

/// One provision of a hundred thousand words, kept, gone and new.
#[test]
fn a_long_provision() {
    let long = "ord og mere ".repeat(33_334);
    let row = |state: &'static str, op: &'static str| RowView {
        kind: "subsection",
        state,
        unit: String::new(),
        anchor: state.into(),
        section: "par-1".into(),
        sign: "",
        consequence: false,
        label: vec![Seg { op, class: "substance", text: "§ 1.".into(), change: None }],
        text: vec![Seg { op, class: "substance", text: long.clone(), change: None }],
        note: None,
        other: None,
        from: None,
        changes: vec![],
        numbers: vec![],
        administrations: vec![],
    };
    let mut doc = empty();
    doc.rows = vec![row("kept", "keep"), row("deleted", "delete"), row("inserted", "insert")];
    let docx = docx::redline(&doc);
    let xml = part(&docx, "word/document.xml");
    assert_eq!(xml.matches("ord og mere").count(), 3 * 33_334);
    // The last line comes, so a paragraph that stays follows it.
    assert!(xml.contains("<w:pStyle w:val=\"Slut\"/>"));
}

/// Two texts that are the same: an empty redline that says so.
#[test]
fn an_empty_redline_says_so() {
    let docx = docx::redline(&empty());
    assert!(part(&docx, "word/header1.xml").contains("De to tekster er ens."));
    let comments = part(&docx, "word/comments.xml");
    assert!(comments.contains("De to tekster er ens.") && !comments.contains("flytning"), "{comments}");
}
