//! Names the nodes of a text from a file by their places.

use crate::document::{Block, Bylaw, NodeId};
use std::collections::HashMap;

/// Gives every node an id from its place; a second of the same gets `~2`.
pub(super) fn identify(bylaw: &mut Bylaw) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut id = |text: String| {
        let times = seen.entry(text.clone()).and_modify(|n| *n += 1).or_insert(1);
        NodeId(if *times > 1 { format!("{text}~{times}") } else { text })
    };
    for (i, paragraph) in bylaw.preamble.iter_mut().enumerate() {
        paragraph.id = id(format!("indledning/{}", i + 1));
    }
    for chapter in &mut bylaw.chapters {
        chapter.id = id(format!("kapitel {}", chapter.number));
        for section in &mut chapter.sections {
            section.id = id(format!("§{}", section.number));
            for subsection in &mut section.subsections {
                subsection.id = id(format!("{}/{}", section.id, subsection.number));
                let mut texts = 0;
                for (at, block) in subsection.blocks.iter_mut().enumerate() {
                    match block {
                        Block::Text(paragraph) if at == 0 => paragraph.id = subsection.id.clone(),
                        Block::Text(paragraph) => {
                            texts += 1;
                            paragraph.id = id(format!("{}/tekst {texts}", subsection.id));
                        }
                        Block::List(points) => {
                            for point in points {
                                point.id = id(format!("{}/{}", subsection.id, point.number));
                                for letter in &mut point.letters {
                                    letter.id = id(format!("{}/{}", point.id, letter.label.trim_end_matches(')')));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
