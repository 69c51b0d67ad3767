//! Two steps in one text: dropping the marks of one or both gives each of the three texts, whatever they are.

use proptest::prelude::*;
use vedtaegt::diff::{Identity, NoCauses, compare};
use vedtaegt::document::Bylaw;
use vedtaegt::parse::loose;
use vedtaegt::render::frame::Frame;
use vedtaegt::render::layers::both;
use vedtaegt::render::view::{BothDoc, BothSeg, BylawDoc, RedlineDoc};

/// Returns the lines of one of the three texts.
fn stage(doc: &BothDoc, stage: usize) -> Vec<String> {
    let stands = |seg: &BothSeg| match (seg.op, seg.layer) {
        ("keep", "") => true,
        ("delete", "1") => stage == 0,
        ("insert", "1") => stage > 0,
        ("delete", "2") => stage < 2,
        ("insert", "2") => stage == 2,
        ("delete", "1 2") => stage == 1,
        other => panic!("{other:?}"),
    };
    let text = |segs: &[BothSeg]| segs.iter().filter(|s| stands(s)).map(|s| s.text.as_str()).collect::<String>();
    let lines = doc.rows.iter().map(|row| format!("{} {}", text(&row.label), text(&row.text)).trim().to_string());
    lines.filter(|line| !line.is_empty()).collect()
}

fn lines(bylaw: &Bylaw) -> Vec<String> {
    let doc = BylawDoc::new(bylaw, Frame::default());
    doc.lines.iter().map(|l| format!("{} {}", l.label, l.text).trim().to_string()).filter(|l| !l.is_empty()).collect()
}

fn redline(old: &Bylaw, new: &Bylaw) -> RedlineDoc {
    RedlineDoc::new(Frame::default(), &compare(old, new, Identity::Unknown, &NoCauses), &[], &[])
}

fn layered(texts: [&str; 3]) -> (Option<BothDoc>, [Bylaw; 3]) {
    let bylaws = texts.map(|text| loose::read(text).0);
    let (first, second) = (redline(&bylaws[0], &bylaws[1]), redline(&bylaws[1], &bylaws[2]));
    (both(&first, &second, ["a", "b", "c"].map(String::from), "a.html".into()), bylaws)
}

/// Is a small text: two §§ with points of a few words, so that much is alike and much moves.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["drift", "tilsyn", "skoler", "parker", "og", "veje", "ø"]);
    let point = prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "));
    prop::collection::vec(prop::collection::vec(point, 0..5), 1..4).prop_map(|sections| {
        let mut out = String::from("# Vedtægt\n");
        for (i, points) in sections.iter().enumerate() {
            out += &format!("\n§ {}. Udvalget varetager:\n\n", i + 1);
            for (n, point) in points.iter().enumerate() {
                out += &format!("{}) {point},\n", n + 1);
            }
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_of_three_texts_is_there(a in text(), b in text(), c in text()) {
        let (doc, bylaws) = layered([&a, &b, &c]);
        let doc = doc.expect("the steps follow each other");
        for (n, bylaw) in bylaws.iter().enumerate() {
            prop_assert_eq!(stage(&doc, n), lines(bylaw), "text {}", n);
        }
        let mut names: Vec<&str> = doc.rows.iter().map(|r| r.anchor.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), all);
    }
}

#[test]
fn what_comes_and_goes_again_is_marked_by_both_steps() {
    let (doc, _) = layered(["# V\n\n§ 1. Et to.\n", "# V\n\n§ 1. Et nyt to.\n", "# V\n\n§ 1. Et to tre.\n"]);
    let doc = doc.expect("the steps follow each other");
    let row = doc.rows.iter().find(|r| r.kind == "subsection").expect("the line");
    let marks: Vec<(&str, &str, &str)> =
        row.text.iter().filter(|s| s.op != "keep").map(|s| (s.op, s.layer, s.text.trim())).collect();
    assert!(marks.contains(&("delete", "1 2", "nyt")), "{marks:?}");
    assert!(
        marks.iter().any(|(op, layer, text)| (*op, *layer) == ("insert", "2") && text.contains("tre")),
        "{marks:?}"
    );
}

#[test]
fn steps_that_do_not_meet_are_refused() {
    let texts = ["# V\n\n§ 1. Et.\n", "# V\n\n§ 1. To.\n", "# V\n\n§ 1. Tre.\n"];
    let bylaws = texts.map(|text| loose::read(text).0);
    let step = redline(&bylaws[0], &bylaws[1]);
    assert!(both(&step, &step, ["a", "b", "c"].map(String::from), String::new()).is_none());
}
