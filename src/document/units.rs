//! The tree as lines: every stretch of text in the order it is printed, with its label and place.

use super::{Address, Block, Bylaw, Label, NodeId, OpId, Text};

/// Says what kind of line a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// The title of the bylaw.
    Title,
    /// A paragraph before the first chapter.
    Preamble,
    /// A chapter heading; its label is `Kapitel 1.`.
    Chapter,
    /// The heading before a §.
    Heading,
    /// The first paragraph of a stk.; its label is `§ 14.` or `Stk. 2.`.
    Subsection,
    /// A paragraph after a list in the same stk.; it has no label.
    Text,
    /// A point.
    Point,
    /// A letter.
    Letter,
}

impl UnitKind {
    /// Returns the kind's name in the machine-readable outputs.
    pub fn name(self) -> &'static str {
        match self {
            UnitKind::Title => "title",
            UnitKind::Preamble => "preamble",
            UnitKind::Chapter => "chapter",
            UnitKind::Heading => "heading",
            UnitKind::Subsection => "subsection",
            UnitKind::Text => "text",
            UnitKind::Point => "point",
            UnitKind::Letter => "letter",
        }
    }
}

/// Is one line of the bylaw.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// What kind of line it is.
    pub kind: UnitKind,
    /// Identity of the line; unlike a node's it is unique per line: a section's heading is `<section>#rubrik`.
    pub id: NodeId,
    /// Identity of the unit it hangs under: a chapter for §§, a subsection for its points; empty at the top.
    pub parent: NodeId,
    /// Identity of the section it belongs to; empty outside the §§.
    pub section: NodeId,
    /// What is printed before the text.
    pub label: Label,
    /// The text.
    pub text: &'a Text,
    /// The operation that made the node what it is.
    pub op: Option<OpId>,
    /// Its place.
    pub address: Address,
}

/// Returns the identity of the heading line of a section.
pub fn heading_id(section: &NodeId) -> NodeId {
    NodeId(format!("{section}#rubrik"))
}

/// Returns every line of the bylaw in printed order.
pub fn units(bylaw: &Bylaw) -> Vec<Unit<'_>> {
    let mut out = Vec::new();
    let none = NodeId::default();
    out.push(Unit {
        kind: UnitKind::Title,
        id: NodeId::new("#titel"),
        parent: none.clone(),
        section: none.clone(),
        label: String::new(),
        text: &bylaw.title,
        op: None,
        address: Address { named: Some("titlen"), ..Address::default() },
    });
    for paragraph in &bylaw.preamble {
        out.push(Unit {
            kind: UnitKind::Preamble,
            id: paragraph.id.clone(),
            parent: none.clone(),
            section: none.clone(),
            label: String::new(),
            text: &paragraph.text,
            op: paragraph.op,
            address: Address { named: Some("indledningen"), ..Address::default() },
        });
    }
    for chapter in &bylaw.chapters {
        if !(chapter.number.is_empty() && chapter.title.is_empty()) {
            out.push(Unit {
                kind: UnitKind::Chapter,
                id: chapter.id.clone(),
                parent: none.clone(),
                section: none.clone(),
                label: if chapter.number.is_empty() { String::new() } else { format!("Kapitel {}.", chapter.number) },
                text: &chapter.title,
                op: chapter.op,
                address: Address { chapter: Some(chapter.number.clone()), heading: true, ..Address::default() },
            });
        }
        for section in &chapter.sections {
            section_units(&mut out, &chapter.id, section);
        }
    }
    out
}

fn section_units<'a>(out: &mut Vec<Unit<'a>>, chapter: &NodeId, section: &'a super::Section) {
    let base = Address { section: Some(section.number.clone()), ..Address::default() };
    if let Some(heading) = &section.heading {
        out.push(Unit {
            kind: UnitKind::Heading,
            id: heading_id(&section.id),
            parent: chapter.clone(),
            section: section.id.clone(),
            label: String::new(),
            text: heading,
            op: section.op,
            address: Address { heading: true, ..base.clone() },
        });
    }
    let several = section.subsections.len() > 1;
    for subsection in &section.subsections {
        let address = Address { subsection: several.then_some(subsection.number), ..base.clone() };
        let mut first = true;
        for block in &subsection.blocks {
            match block {
                Block::Text(paragraph) => {
                    let (kind, id, label) = if first {
                        let label = if subsection.number <= 1 {
                            format!("§ {}.", section.number)
                        } else {
                            format!("Stk. {}.", subsection.number)
                        };
                        (UnitKind::Subsection, subsection.id.clone(), label)
                    } else {
                        (UnitKind::Text, paragraph.id.clone(), String::new())
                    };
                    out.push(Unit {
                        kind,
                        id,
                        parent: if first { section.id.clone() } else { subsection.id.clone() },
                        section: section.id.clone(),
                        label,
                        text: &paragraph.text,
                        op: paragraph.op,
                        address: address.clone(),
                    });
                }
                Block::List(points) => {
                    for point in points {
                        point_units(out, section, subsection, &address, point);
                    }
                }
            }
            first = false;
        }
    }
}

fn point_units<'a>(
    out: &mut Vec<Unit<'a>>,
    section: &'a super::Section,
    subsection: &'a super::Subsection,
    address: &Address,
    point: &'a super::Point,
) {
    let address = Address { point: Some(point.number), ..address.clone() };
    out.push(Unit {
        kind: UnitKind::Point,
        id: point.id.clone(),
        parent: subsection.id.clone(),
        section: section.id.clone(),
        label: point.label.clone(),
        text: &point.text,
        op: point.op,
        address: address.clone(),
    });
    for letter in &point.letters {
        out.push(Unit {
            kind: UnitKind::Letter,
            id: letter.id.clone(),
            parent: point.id.clone(),
            section: section.id.clone(),
            label: letter.label.clone(),
            text: &letter.text,
            op: letter.op,
            address: Address { letter: Some(letter.label.trim_end_matches(')').to_string()), ..address.clone() },
        });
    }
}
