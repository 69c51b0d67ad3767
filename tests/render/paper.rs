//! Papers: every block, style and look in each format; hostile words stay words.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use vedtaegt::render::paper::pdf::{PaperDoc, TEMPLATE};
use vedtaegt::render::paper::{
    Block, Cell, Column, Figure, Look, Paper, Span, Style, Table, html::html, markdown::markdown,
};
use vedtaegt::render::pdf;

use crate::sample;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 40\"><rect width=\"90\" height=\"30\" \
                   fill=\"#dddddd\"/><text x=\"5\" y=\"20\" font-family=\"Libertinus Serif\">Ø § 2</text></svg>";

fn column(title: &str, width: u32) -> Column {
    Column { title: title.into(), width }
}

fn spans() -> Vec<Span> {
    let link = |to: &str| Span { text: to.into(), link: Some(to.into()), ..Span::default() };
    vec![
        Span::plain("Almindelig, "),
        Span::new(Look::Strong, "fed"),
        Span::plain(" og "),
        Span::new(Look::Emphasis, "kursiv "),
        Span::plain("tekst, jf. § "),
        Span::new(Look::Deleted, "14"),
        Span::new(Look::Inserted, "15"),
        Span::plain(", stk. 2; "),
        Span::new(Look::Moved, "flyttet"),
        Span::plain("; "),
        Span::new(Look::Missing, "[udfyldes af Økonomiforvaltningen]"),
        Span::plain("; "),
        link("#start"),
        link("redline.pdf"),
        link("https://www.retsinformation.dk/"),
        link("javascript:alert(1)"),
    ]
}

/// Returns a paper with everything a paper can have.
fn paper() -> Paper {
    let anchored = |level, text: &str, anchor: &str| Block::Heading { level, text: text.into(), anchor: anchor.into() };
    let styled = |style, text: &str| Block::styled(style, vec![Span::plain(text)]);
    let items = vec![vec![Span::plain("ét")], spans(), vec![Span::plain("1. januar 2026 er en dato")]];
    let two = Cell { blocks: vec![Block::text("Først dette."), Block::List { ordered: false, items: items.clone() }] };
    Paper {
        frame: sample::frame("Indstilling"),
        blocks: vec![
            anchored(1, "Indstilling", "start"),
            styled(Style::Lead, "Økonomiforvaltningen indstiller over for Økonomiudvalget,"),
            Block::styled(Style::Item, vec![Span::new(Look::Strong, "1."), Span::plain(" at ændringerne godkendes.")]),
            Block::styled(Style::Body, spans()),
            anchored(2, "Det, der citeres", ""),
            styled(Style::QuotedHeading, "»Kultur- og Fritidsudvalget"),
            styled(Style::Quoted, "§ 15. Udvalget varetager opgaver vedrørende:"),
            styled(Style::QuotedPoint, "1) parker, og"),
            styled(Style::QuotedLetter, "a) strande.«"),
            anchored(3, "Lister", "start"),
            Block::List { ordered: true, items: items.clone() },
            Block::List { ordered: false, items },
            Block::heading(1, "Tabeller"),
            Block::Table(Table {
                caption: "Hvem har hvad".into(),
                columns: vec![column("Opgave | del", 3), column("Før", 1), column("Efter", 1)],
                rows: vec![
                    vec![
                        Cell::text("parker"),
                        Cell::text("TMU"),
                        Cell { blocks: vec![Block::styled(Style::Body, spans())] },
                    ],
                    vec![Cell::text("strande"), Cell::default()],
                ],
                ..Table::default()
            }),
            Block::Table(Table {
                columns: vec![column("Gældende", 1), column("Forslaget", 1)],
                rows: vec![vec![Cell::text("- nej"), two.clone()], vec![two, Cell::default()]],
                goes_on: vec![vec![], vec!["§ 1 (fortsat)".into()]],
                ..Table::default()
            }),
            // A level that nothing leads to.
            Block::heading(3, "Billede"),
            Block::Figure(Figure {
                svg: SVG.into(),
                alt: "Parkerne flytter.\nFra TMU til KFU.".into(),
                caption: "Strømme".into(),
            }),
            styled(Style::Note, "Med småt."),
        ],
    }
}

const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script> & ]]> \"'",
    "# ikke en overskrift",
    "1) og 1. - + = *a* _b_ `c` [d](e) ![f](g) | h | ~~i~~ {++j++} &amp; \\",
    "```\n    kode\n***\n---",
    "#import \"x.typ\" $x$ @y <z> \\u{1F600} //",
    "\u{0}\u{7}\u{202e}\u{2028}\u{feff}",
    "https://www.kk.dk <http://x>",
    "== ^^ :: %% --",
];

/// Is the hostile text that no font has letters for; a PDF of it is refused.
const UNPRINTABLE: &str = HOSTILE[5];

fn hostile() -> Paper {
    hostile_without("")
}

fn hostile_without(left_out: &str) -> Paper {
    let mut blocks = Vec::new();
    for text in HOSTILE.into_iter().filter(|t| *t != left_out) {
        blocks.push(Block::heading(2, text));
        for look in
            [Look::Plain, Look::Strong, Look::Emphasis, Look::Deleted, Look::Inserted, Look::Moved, Look::Missing]
        {
            let span = Span { text: text.into(), look, link: Some(text.into()) };
            blocks.push(Block::styled(Style::Body, vec![span.clone(), span.clone()]));
            blocks.push(Block::List { ordered: true, items: vec![vec![span]] });
        }
        let columns = vec![column(text, 0), column("", u32::MAX)];
        blocks.push(Block::Table(Table {
            caption: text.into(),
            columns,
            rows: vec![vec![Cell::text(text); 3], vec![]],
            goes_on: vec![vec![text.into()]],
        }));
    }
    blocks.extend([
        Block::heading(1, ""),
        Block::heading(9, "ni"),
        Block::styled(Style::Item, vec![]),
        Block::List { ordered: false, items: vec![] },
        Block::List { ordered: true, items: vec![vec![]] },
        Block::Table(Table::default()),
        Block::Figure(Figure::default()),
        Block::Figure(Figure { svg: SVG.into(), ..Figure::default() }),
    ]);
    Paper { frame: sample::frame(HOSTILE[0]), blocks }
}

#[test]
fn golden_papers() {
    let page = html(&paper());
    sample::keep_for_looking("paper.html", page.as_bytes());
    sample::keep_for_looking("paper.md", markdown(&paper()).as_bytes());
    insta::assert_snapshot!("paper_html", crate::html::without(&page, "<style>", "</style>"));
    insta::assert_snapshot!("paper_md", markdown(&paper()));
    insta::assert_snapshot!("paper_json", serde_json::to_string_pretty(&PaperDoc::new(&paper())).unwrap());
}

#[test]
fn papers_print() {
    let Some(typst) = crate::pdf::typst("papers_print") else { return };
    for (name, paper) in
        [("paper", paper()), ("hostile-paper", hostile_without(UNPRINTABLE)), ("empty-paper", Paper::default())]
    {
        let bytes = typst
            .pdf(&pdf::TEMPLATES, TEMPLATE, &PaperDoc::new(&paper), paper.frame.date)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        sample::keep_for_looking(&format!("{name}.pdf"), &bytes);
    }
}

#[test]
fn a_page_is_well_formed_and_loads_nothing() {
    for page in [html(&paper()), html(&hostile()), html(&Paper::default())] {
        let (mut reader, mut depth) = (Reader::from_str(&page), 0);
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{e} at {}", reader.error_position())) {
                Xml::Start(tag) => {
                    depth += 1;
                    for a in tag.attributes() {
                        let a = a.unwrap();
                        assert!(!a.key.as_ref().starts_with("on"), "{:?}", a.key);
                        assert!(a.key.as_ref() != "href" || !a.value.contains("script:"), "{:?}", a.value);
                    }
                    assert!(!matches!(tag.name().as_ref(), "script" | "img" | "link" | "iframe"));
                }
                Xml::End(_) => depth -= 1,
                Xml::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}

/// Returns what CommonMark reads: the words without spaces, and whether there was anything but what a paper prints.
fn read(text: &str) -> (String, Vec<String>) {
    let (mut words, mut odd) = (String::new(), Vec::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Text(t) => words.extend(t.chars().filter(|c| !c.is_whitespace() && !c.is_control())),
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) | Event::Rule => odd.push(format!("{event:?}")),
            Event::Start(tag @ (Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock)) => {
                odd.push(format!("{tag:?}"))
            }
            _ => {}
        }
    }
    (words, odd)
}

#[test]
fn hostile_words_are_words_in_markdown() {
    let printed = markdown(&hostile());
    sample::keep_for_looking("hostile-paper.md", printed.as_bytes());
    let (words, odd) = read(&printed);
    assert!(odd.is_empty(), "{odd:?}");
    for text in HOSTILE {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        assert!(words.contains(&plain), "{text}");
    }
}

fn look() -> impl Strategy<Value = Look> {
    prop_oneof![Just(Look::Plain), Just(Look::Strong), Just(Look::Emphasis), Just(Look::Missing)]
}

proptest! {
    #[test]
    fn markdown_reads_back_word_for_word(
        spans in prop::collection::vec((look(), "[-+=#*_`\\[\\]()<>&|~{}!.0-9a-dæø »«§:\\\\\n]{0,8}"), 0..8),
        list in any::<bool>(),
    ) {
        let spans: Vec<Span> = spans.into_iter().map(|(look, text)| Span::new(look, text)).collect();
        let plain: String = spans.iter().flat_map(|s| s.text.chars()).filter(|c| !c.is_whitespace()).collect();
        let block = if list {
            Block::List { ordered: false, items: vec![spans] }
        } else {
            Block::styled(Style::Body, spans)
        };
        let frame = vedtaegt::render::frame::Frame::default();
        let (words, odd) = read(&markdown(&Paper { frame, blocks: vec![block] }));
        prop_assert_eq!(words, format!("Styrelsesvedtægt{plain}"));
        prop_assert!(odd.is_empty(), "{:?}", odd);
    }
}
