//! The one numbering pass: stk., nr. and litra get their numbers from their place and nothing else.

use super::{Block, Bylaw};

/// Says how lists are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Marker {
    /// `1)`, `2)`, …
    #[default]
    Number,
    /// `–`
    Dash,
    /// `•`
    Bullet,
}

impl Marker {
    /// Returns the label of the `n`th point, counted from 1.
    pub fn label(self, n: u32) -> String {
        match self {
            Marker::Number => format!("{n})"),
            Marker::Dash => "–".into(),
            Marker::Bullet => "•".into(),
        }
    }
    /// Returns how a marker is written in `bylaw.yaml`.
    pub fn parse(text: &str) -> Option<Marker> {
        match text {
            "1)" => Some(Marker::Number),
            "–" | "-" => Some(Marker::Dash),
            "•" | "*" => Some(Marker::Bullet),
            _ => None,
        }
    }
}

/// Returns the letter label of the `n`th letter, counted from 1: `a)` … `z)`, `æ)`, `ø)`, `å)`, `aa)` ….
pub fn letter_label(n: u32) -> String {
    format!("{})", letter(n))
}

/// Returns the `n`th letter of a litra list, counted from 1.
pub fn letter(n: u32) -> String {
    const ALPHABET: [char; 29] = [
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
        'w', 'x', 'y', 'z', 'æ', 'ø', 'å',
    ];
    let mut n = n.max(1) - 1;
    let mut out = Vec::new();
    loop {
        out.push(ALPHABET[(n % 29) as usize]);
        if n < 29 {
            break;
        }
        n = n / 29 - 1;
    }
    out.iter().rev().collect()
}

/// Returns which letter of a litra list a label is, counted from 1; `None` for what is none of the first thousand.
pub fn letter_number(of: &str) -> Option<u32> {
    (1..1000).find(|n| letter(*n) == of)
}

/// Sets every derived number and label. A list keeps the marker its first point has; points of one subsection that
/// stand in several numbered lists run on.
pub fn number(bylaw: &mut Bylaw) {
    for chapter in &mut bylaw.chapters {
        for section in &mut chapter.sections {
            for (i, subsection) in section.subsections.iter_mut().enumerate() {
                subsection.number = i as u32 + 1;
                let mut next = 1;
                for block in &mut subsection.blocks {
                    let Block::List(points) = block else { continue };
                    let marker = points.first().and_then(|p| marker_of(&p.label)).unwrap_or_default();
                    for point in points {
                        point.number = next;
                        point.label = marker.label(next);
                        next += 1;
                        for (k, letter) in point.letters.iter_mut().enumerate() {
                            letter.label = letter_label(k as u32 + 1);
                        }
                    }
                }
            }
        }
    }
}

fn marker_of(label: &str) -> Option<Marker> {
    match label {
        "–" | "-" => Some(Marker::Dash),
        "•" | "*" => Some(Marker::Bullet),
        _ => None,
    }
}
