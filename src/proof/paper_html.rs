//! A paper as a page: it says what its Markdown says, and hides nothing.

use super::html::{self, Part, Tag};
use super::lines::fold;
use super::paper::{differs, framed, read};
use super::{Files, damaged_at, text};
use crate::diag::Findings;

/// Proves a page. Returns the number of words.
pub fn check(files: &Files, file: &str, markdown: &str, findings: &mut Findings) -> usize {
    let (page, markdown) = (text(files, file, findings), text(files, markdown, findings));
    let (Some(page), Some(markdown)) = (page, markdown) else { return 0 };
    let mut walk = Walk::default();
    let end = html::read(page, |line, part| walk.part(line, part));
    let end = end.and(if walk.mains == 1 { Ok(()) } else { Err((1, "no-text")) });
    if let Err((line, reason)) = end {
        damaged_at(findings, file, line, reason);
        return 0;
    }
    let found: Vec<(usize, String)> =
        walk.blocks.iter().flat_map(|(at, words)| words.split_whitespace().map(|w| (*at, fold(w)))).collect();
    let want = read(markdown).iter().flat_map(|l| l.words.split_whitespace().map(fold).collect::<Vec<_>>()).collect();
    if let Some((line, expected, found)) = framed(want, &found) {
        differs(findings, file, line, &expected, &found);
    }
    found.len()
}

/// Says where in the page the walk is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    /// Where nothing is read: the head, the links to other pages, the foot.
    #[default]
    Outside,
    /// In the title block or the text.
    Inside,
    /// In the words for screen readers at the beginning of a mark.
    Spoken,
}

#[derive(Default)]
struct Walk {
    stack: Vec<At>,
    mains: usize,
    spoken: String,
    /// The blocks of words, each with its line.
    blocks: Vec<(usize, String)>,
}

impl Walk {
    fn part(&mut self, line: usize, part: Part) -> Result<(), &'static str> {
        let at = self.stack.last().copied().unwrap_or_default();
        match part {
            Part::Open(tag) => {
                let next = self.open(line, at, &tag)?;
                self.stack.push(next);
            }
            Part::Close => {
                self.stack.pop();
                let said = std::mem::take(&mut self.spoken);
                if at == At::Spoken && !matches!(said.trim(), "slettet:" | "indsat:" | "flyttet:") {
                    return Err("spoken");
                }
            }
            Part::Words(words) => match at {
                At::Outside => {}
                At::Spoken => self.spoken.push_str(&words),
                At::Inside => match self.blocks.last_mut() {
                    Some((_, block)) => block.push_str(&words),
                    None => self.blocks.push((line, words)),
                },
            },
        }
        Ok(())
    }

    fn open(&mut self, line: usize, at: At, tag: &Tag) -> Result<At, &'static str> {
        if at == At::Outside {
            self.mains += usize::from(tag.name == "main");
            let holds = matches!(tag.name.as_str(), "html" | "body" | "main" | "header");
            if holds && !tag.only(&["xmlns", "lang", "class"]) {
                return Err("attribute");
            }
            return Ok(if tag.name == "main" || tag.is("header", "masthead") { At::Inside } else { At::Outside });
        }
        if at == At::Spoken {
            return Err("element");
        }
        if tag.is("span", "sr") {
            return Ok(At::Spoken);
        }
        if !tag.only(&["class", "id", "href", "scope", "data-class"]) {
            return Err("attribute");
        }
        match tag.name.as_str() {
            "p" | "h1" | "h2" | "h3" | "h4" | "li" | "td" | "th" | "caption" => self.blocks.push((line, String::new())),
            "ul" | "ol" | "table" | "thead" | "tbody" | "tr" | "colgroup" | "col" => {}
            "a" | "em" | "strong" | "del" | "ins" | "mark" | "span" => {}
            _ => return Err("element"),
        }
        Ok(At::Inside)
    }
}
