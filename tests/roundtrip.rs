//! Properties of the text: what is printed reads back as it was, and no text can forge a mark, a label or markup.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use vedtaegt::document::print::markdown;
use vedtaegt::document::{Block, Bylaw, Chapter, Letter, NodeId, Paragraph, Point, Section, Subsection, Text};
use vedtaegt::document::{number::number, units::units};
use vedtaegt::parse::strict;

/// Words that have a meaning somewhere: labels, markup of four languages, our own marks.
fn words() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "1)",
        "2.",
        "§",
        "§ 3.",
        "Stk.",
        "Stk. 2.",
        "a)",
        "–",
        "-",
        "+",
        "•",
        "*",
        "**x**",
        "_x_",
        "`x`",
        "#",
        "##",
        "# x",
        "<b>",
        "</b>",
        "<!--",
        "&amp;",
        "&",
        "[x](y)",
        "![x]",
        "{++x++}",
        "{--",
        "--}",
        "{>>",
        "⟦n0⟧",
        "⟦/⟧",
        "⟦",
        "\\",
        "|",
        "~~x~~",
        "=",
        "---",
        "***",
        "Kapitel 3.",
        "m.v.",
        "»x«",
        "#let",
        "$x$",
        "{{ x }}",
        "{% if %}",
        "1.",
        "10)",
        "æ",
        "www.kk.dk",
        "http://kk.dk",
        "\"x\"",
        "'x'",
        "x\\*",
        "3 a.",
        "!",
    ])
    .prop_map(str::to_string);
    let plain = "[a-zæøåA-ZÆØÅ0-9]{1,8}[,.;:)]?";
    prop::collection::vec(prop_oneof![1 => odd, 2 => plain], 1..8).prop_map(|w| w.join(" "))
}

fn text() -> impl Strategy<Value = Text> {
    words().prop_map(Text::plain)
}

prop_compose! {
    fn point()(text in text(), letters in prop::collection::vec(text(), 0..3)) -> Point {
        let letters = letters.into_iter().map(|text| Letter { text, ..Letter::default() }).collect();
        Point { text, letters, ..Point::default() }
    }
}

prop_compose! {
    fn subsection()(
        first in text(),
        points in prop::collection::vec(point(), 0..4),
        after in prop::option::of(text()),
        bullets in any::<bool>(),
    ) -> Subsection {
        let paragraph = |text| Block::Text(Paragraph { text, ..Paragraph::default() });
        let mut blocks = vec![paragraph(first)];
        if !points.is_empty() {
            let mut points = points;
            if bullets {
                points[0].label = "–".into();
            }
            blocks.push(Block::List(points));
            blocks.extend(after.map(paragraph));
        }
        Subsection { blocks, ..Subsection::default() }
    }
}

prop_compose! {
    fn bylaw()(
        title in text(),
        preamble in prop::collection::vec(text(), 0..2),
        chapters in prop::collection::vec(
            (text(), prop::collection::vec((prop::option::of(text()), prop::collection::vec(subsection(), 1..4)), 0..3)),
            1..3,
        ),
    ) -> Bylaw {
        let mut next = 0;
        let mut bylaw = Bylaw {
            title,
            preamble: preamble.into_iter().map(|text| Paragraph { text, ..Paragraph::default() }).collect(),
            chapters: Vec::new(),
        };
        for (i, (title, sections)) in chapters.into_iter().enumerate() {
            let sections = sections.into_iter().map(|(heading, subsections)| {
                next += 1;
                Section { number: next.to_string(), heading, subsections, ..Section::default() }
            }).collect();
            let id = NodeId::new("");
            bylaw.chapters.push(Chapter { id, number: (i + 1).to_string(), title, sections, op: None });
        }
        number(&mut bylaw);
        bylaw
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_printed_reads_back(bylaw in bylaw()) {
        let printed = markdown(&bylaw);
        let read = strict::read(&printed, None);
        prop_assert!(read.is_ok(), "{:?}\n{printed}", read.err());
        let read = read.unwrap();
        let lines = |b: &Bylaw| -> Vec<(String, String, String)> {
            units(b).iter().map(|u| (u.kind.name().to_string(), u.label.clone(), u.text.to_plain())).collect()
        };
        prop_assert_eq!(lines(&read), lines(&bylaw), "{}", printed);
        prop_assert_eq!(markdown(&read), printed);
    }

    #[test]
    fn nothing_makes_the_reader_panic(text in "[\\PC\n#§1-9a). –⟦⟧]{0,200}") {
        let _ = strict::read(&text, None);
    }
}
