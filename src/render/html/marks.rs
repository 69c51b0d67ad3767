//! Lines with their marks: what goes, what comes, what moved.

use super::xml::Xml;
use crate::render::typeset::nbsp_pieces;
use crate::render::view::{RowView, Seg};

/// Prints the label and the text of a line with their marks.
pub fn words(x: &mut Xml, row: &RowView) {
    let joined: String = row.label.iter().map(|s| s.text.as_str()).collect();
    if !joined.is_empty() {
        x.open("span", &[("class", super::bylaw::label_class(&joined))]);
        pieces(x, row, &row.label);
        x.close("span").own(" ");
    }
    x.open("span", &[("class", "text")]);
    pieces(x, row, &row.text);
    x.close("span");
}

fn pieces(x: &mut Xml, row: &RowView, segs: &[Seg]) {
    let mut segs: Vec<Seg> = segs.iter().filter(|s| !s.text.is_empty()).cloned().collect();
    nbsp_pieces(segs.iter_mut().map(|s| &mut s.text));
    for seg in &segs {
        piece(x, row, seg);
    }
}

fn piece(x: &mut Xml, row: &RowView, seg: &Seg) {
    let (tag, class, spoken) = match (seg.op, row.state) {
        ("delete", _) | (_, "deleted") => ("del", class(seg), "slettet: "),
        ("insert", _) | (_, "inserted") => ("ins", class(seg), "indsat: "),
        (_, "moved-from") => ("del", "moved", "flyttet herfra: "),
        (_, "moved-to") => ("ins", "moved", "flyttet hertil: "),
        _ => {
            x.verbatim(&seg.text);
            return;
        }
    };
    let change = seg.change.or(row.changes.first().copied()).map(|c| (c + 1).to_string()).unwrap_or_default();
    x.open(tag, &[("data-class", class), ("data-change", &change)]);
    x.open("span", &[("class", "sr")]).own(spoken).close("span");
    x.verbatim(&seg.text);
    x.close(tag);
}

fn class(seg: &Seg) -> &'static str {
    if seg.class.is_empty() { "substance" } else { seg.class }
}
