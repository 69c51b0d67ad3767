//! An instrument's own words, paragraph by paragraph, to be shown beside the text it amends.

use super::lex::{Kind as Tok, lex};
use super::quote;
use crate::instrument::Kind;
use std::ops::Range;

/// Is a paragraph of an instrument as it stands, without the signs of Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What kind of line of the bylaw it quotes; `None` for the instrument's own sentences.
    pub quoted: Option<Kind>,
    /// Its words, quotation marks and all.
    pub text: String,
}

/// Returns the paragraphs of a stretch of an instrument.
pub fn paragraphs(text: &str, span: Range<usize>) -> Vec<Paragraph> {
    let own = text.get(span).unwrap_or_default();
    let (tokens, _) = lex(own);
    // What is quoted on lines of its own.
    let blocks: Vec<(Range<usize>, Range<usize>)> = tokens
        .into_iter()
        .filter_map(|t| match t.kind {
            Tok::Quote(inner) if t.starts_line => Some((t.span, inner)),
            _ => None,
        })
        .collect();
    let mut blocks = blocks.into_iter().peekable();
    let mut out: Vec<Paragraph> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in own.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        while blocks.peek().is_some_and(|(whole, _)| whole.end <= range.start) {
            blocks.next();
        }
        let bare = line.trim().trim_start_matches('>').trim();
        if bare.is_empty() {
            open = false;
            continue;
        }
        let quoted = blocks.peek().filter(|(whole, _)| whole.start < range.end).map(|(_, inner)| {
            let from = inner.start.clamp(range.start, range.end);
            let to = inner.end.clamp(from, range.end);
            own.get(from..to).unwrap_or_default()
        });
        let words = quote::words(bare.trim_start_matches('#'));
        match (quoted, out.last_mut()) {
            (Some(inner), _) => {
                out.push(Paragraph { quoted: Some(quote::kind(inner)), text: words });
                open = false;
            }
            (None, Some(last)) if open && last.quoted.is_none() => {
                last.text.push(' ');
                last.text.push_str(&words);
            }
            (None, _) => {
                out.push(Paragraph { quoted: None, text: words });
                open = true;
            }
        }
    }
    // Words without a label before a § are its heading.
    for i in 1..out.len() {
        let section = out.get(i).is_some_and(|p| p.quoted == Some(Kind::Subsection) && p.text.contains('§'));
        if section
            && let Some(before) = out.get_mut(i - 1)
            && before.quoted == Some(Kind::Text)
            && !before.text.ends_with(['.', ',', ';', ':'])
        {
            before.quoted = Some(Kind::Heading);
        }
    }
    out
}
