//! The instrument as a paper, for the formats that people read in the council: what it changes stands in italics.

use super::orders::{Piece, item};
use crate::instrument::{Instrument, Kind, Line};
use crate::lang::amending::QUOTES;
use crate::render::frame::Frame;
use crate::render::paper::{Block, Look, Paper, Span, Style};

/// Makes a paper of an instrument; the frame is what stands around it, and bears its title.
pub fn paper(instrument: &Instrument, frame: Frame) -> Paper {
    let mut blocks = Vec::new();
    let section =
        |number: &str| Block::Heading { level: 1, text: format!("§ {number}"), anchor: format!("par-{number}") };
    for part in &instrument.parts {
        if !part.number.is_empty() {
            blocks.push(section(&part.number));
        }
        if !part.intro.is_empty() {
            blocks.push(Block::text(&part.intro));
        }
        for number in &part.items {
            let mut first = Some(Span::new(Look::Strong, format!("{}. ", number.number)));
            for piece in item(number) {
                match piece {
                    Piece::Words(spans) => {
                        let lead = first.take();
                        let style = if lead.is_some() { Style::Item } else { Style::Body };
                        blocks.push(Block::styled(style, lead.into_iter().chain(spans).collect()));
                    }
                    Piece::Quote(lines) => quote(&lines, &mut blocks),
                }
            }
        }
    }
    if !instrument.closing.is_empty() {
        blocks.push(section(&(instrument.parts.len() + 1).to_string()));
        for line in &instrument.closing {
            blocks.push(Block::Paragraph { style: Style::Body, text: labelled(line, Look::Emphasis) });
        }
    }
    Paper { frame, blocks }
}

/// Returns a line with its label.
fn labelled(line: &Line, look: Look) -> Vec<Span> {
    if line.label.is_empty() {
        return vec![Span::plain(&line.text)];
    }
    vec![Span::new(look, &line.label), Span::plain(format!(" {}", line.text))]
}

fn quote(lines: &[Line], blocks: &mut Vec<Block>) {
    for (i, line) in lines.iter().enumerate() {
        let style = match line.kind {
            Kind::Title | Kind::Chapter | Kind::Heading => Style::QuotedHeading,
            Kind::Point => Style::QuotedPoint,
            Kind::Letter => Style::QuotedLetter,
            Kind::Preamble | Kind::Subsection | Kind::Text => Style::Quoted,
        };
        // As in the bylaw, the § is strong and the stk. in italics.
        let look = match line.label.chars().next() {
            Some('§') => Look::Strong,
            Some('S') => Look::Emphasis,
            _ => Look::Plain,
        };
        let mut text = labelled(line, look);
        if i == 0 {
            text.insert(0, Span::plain(QUOTES.0));
        }
        if i + 1 == lines.len() {
            text.push(Span::plain(QUOTES.1));
        }
        blocks.push(Block::styled(style, text));
    }
}
