//! What the benches measure on: the Copenhagen project, and its bylaw made longer.

use vedtaegt::check::{Checked, check};
use vedtaegt::diag::Findings;
use vedtaegt::document::{Block, Bylaw, NodeId, OriginKind, Text};
use vedtaegt::model::Model;
use vedtaegt::rules;
use vedtaegt::world::Disk;

/// How many times the bylaw.
pub const SCALES: [usize; 3] = [1, 10, 100];

/// Reads, checks and compiles every version of the project.
pub fn project() -> Checked {
    let disk = Disk::open(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut findings = Findings::default();
    let (_, rules) = rules::load(&disk, &mut findings);
    let checked = check(Model::new(rules.unwrap(), &mut findings), &mut findings).unwrap();
    assert!(!findings.has_errors());
    checked
}

/// Repeats the chapters; each copy has ids and numbers of its own, and about every seventh long word is another.
pub fn scaled(bylaw: &Bylaw, copies: usize) -> Bylaw {
    let sections: usize = bylaw.chapters.iter().map(|c| c.sections.len()).sum();
    let mut out = bylaw.clone();
    for copy in 1..copies {
        for chapter in &bylaw.chapters {
            let mut chapter = chapter.clone();
            rename(&mut chapter.id, copy);
            reword(&mut chapter.title, copy);
            chapter.number = shifted(&chapter.number, copy * bylaw.chapters.len());
            for section in &mut chapter.sections {
                rename(&mut section.id, copy);
                section.number = shifted(&section.number, copy * (sections + 10));
                section.heading.iter_mut().for_each(|heading| reword(heading, copy));
                for subsection in &mut section.subsections {
                    rename(&mut subsection.id, copy);
                    for block in &mut subsection.blocks {
                        match block {
                            Block::Text(paragraph) => {
                                rename(&mut paragraph.id, copy);
                                reword(&mut paragraph.text, copy);
                            }
                            Block::List(points) => {
                                for point in points {
                                    rename(&mut point.id, copy);
                                    reword(&mut point.text, copy);
                                    for letter in &mut point.letters {
                                        rename(&mut letter.id, copy);
                                        reword(&mut letter.text, copy);
                                    }
                                }
                            }
                        }
                    }
                }
            }
            out.chapters.push(chapter);
        }
    }
    out
}

fn rename(id: &mut NodeId, copy: usize) {
    id.0 = format!("k{copy}/{}", id.0);
}

/// Adds to the number and keeps the letter: `7 a` becomes `107 a`.
fn shifted(number: &str, by: usize) -> String {
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let (digits, rest) = number.split_at(digits);
    digits.parse::<usize>().map_or_else(|_| number.to_string(), |n| format!("{}{rest}", n + by))
}

/// Changes words by what they are and which copy it is, so that both texts change alike.
fn reword(text: &mut Text, copy: usize) {
    for run in &mut text.0 {
        if let OriginKind::Reference(ids) = &mut run.origin.kind {
            ids.iter_mut().for_each(|id| rename(id, copy));
        }
        let words: Vec<String> = run
            .text
            .split(' ')
            .map(|word| {
                let long = word.chars().count() >= 5 && word.chars().all(|c| c.is_alphabetic() && c.is_lowercase());
                let sum = word.bytes().fold(copy as u32, |h, b| (h ^ u32::from(b)).wrapping_mul(16_777_619));
                if long && sum % 100 < 15 { format!("{}{word}", PREFIXES[sum as usize % 10]) } else { word.to_string() }
            })
            .collect();
        run.text = words.join(" ");
    }
}

const PREFIXES: [&str; 10] = ["nord", "syd", "øst", "vest", "skov", "strand", "mark", "bakke", "fjord", "hede"];
