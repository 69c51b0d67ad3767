//! The instrument as Markdown: a heading for each §, a paragraph for each sentence, a line for each line it quotes.

use super::orders::{Piece, item};
use crate::document::print::{escape, guard};
use crate::instrument::{Instrument, Kind, Line};
use crate::lang::amending::QUOTES;

/// Prints an instrument; `notice` is put before it as a block quotation, and is none of its own words.
pub fn markdown(instrument: &Instrument, notice: &str) -> String {
    let mut out = format!("# {}\n", escape(&instrument.title));
    if !notice.is_empty() {
        out.push_str(&format!("\n> {}\n", escape(notice)));
    }
    for part in &instrument.parts {
        if !part.number.is_empty() {
            out.push_str(&format!("\n## § {}\n", part.number));
        }
        if !part.intro.is_empty() {
            out.push_str(&format!("\n{}\n", escape(&part.intro)));
        }
        for number in &part.items {
            let mut first = Some(format!("{}. ", number.number));
            for piece in item(number) {
                out.push('\n');
                let lead = first.take().unwrap_or_default();
                match piece {
                    Piece::Words(spans) => {
                        let text: String = spans.iter().map(|s| s.text.as_str()).collect();
                        out.push_str(&format!("{lead}{}\n", escape(&text)));
                    }
                    Piece::Quote(lines) => quote(&lines, &mut out),
                }
            }
        }
    }
    if !instrument.closing.is_empty() {
        out.push_str(&format!("\n## § {}\n", instrument.parts.len() + 1));
        for line in &instrument.closing {
            let space = if line.label.is_empty() { "" } else { " " };
            out.push_str(&format!("\n{}{space}{}\n", line.label, escape(&line.text)));
        }
    }
    out
}

/// Prints what is quoted as the bylaw prints it, without the signs before headings.
fn quote(lines: &[Line], out: &mut String) {
    let mut before: Option<Kind> = None;
    for (i, line) in lines.iter().enumerate() {
        let list = |kind: Kind| matches!(kind, Kind::Point | Kind::Letter);
        if before.is_some() {
            out.push_str(if before.is_some_and(list) && list(line.kind) { "\n" } else { "\n\n" });
        }
        match line.kind {
            Kind::Letter if i > 0 => out.push_str("    "),
            // A heading that ends as a sentence does would be taken for one.
            Kind::Heading if i > 0 && line.text.ends_with(['.', ',', ';', ':']) => out.push_str("### "),
            _ => {}
        }
        if i == 0 {
            out.push_str(QUOTES.0);
        }
        let mut text = escape(&line.text);
        if line.label.is_empty() || line.kind == Kind::Point {
            text = guard(&text);
        }
        let space = if line.label.is_empty() || text.is_empty() { "" } else { " " };
        out.push_str(&format!("{}{space}{text}", line.label));
        if i + 1 == lines.len() {
            out.push_str(QUOTES.1);
        }
        before = Some(line.kind);
    }
    out.push('\n');
}
