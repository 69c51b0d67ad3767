//! The Markdown that papers are written in, read into blocks: headings, paragraphs, flat lists, tables, bold, italics.
//!
//! A template may also link to a file beside the paper, set a remark in small type (`> …`), and ask, in a paragraph of
//! its own, for what only people can write (`![Økonomiforvaltningen](udfyldes:oekonomi)`) or for a picture
//! (`![Opgaver, der flytter](billede:opgaver)`). What people write is data: it can do neither.

use crate::lang::danish::MONTHS;
use crate::render::paper::{Block, Cell, Column, Look, Span, Style, Table};
use crate::source::yaml::forbidden;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Is a piece of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// The title.
    Title(String),
    /// A block.
    Block(Block),
    /// A place for what only people can write: its name, and who writes it.
    Slot(String, String),
    /// A place for a picture: its name, and what stands under it.
    Picture(String, String),
}

/// Is something a paper cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Why, in a stock word.
    pub reason: &'static str,
    /// Where in the text, in bytes.
    pub at: Range<usize>,
}

/// Says who wrote a text, and so what it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// A template.
    Template,
    /// People: no headings, links, places or pictures.
    People,
}

/// Reads a text.
pub fn read(text: &str, author: Author) -> (Vec<Piece>, Vec<Trouble>) {
    let mut reader = Reader { author, ..Reader::new() };
    for (at, c) in text.char_indices().filter(|(_, c)| *c != '\n' && *c != '\t' && forbidden(*c)) {
        reader.trouble("paper-character", at..at + c.len_utf8());
    }
    let (text, added) = dated(text);
    // Places are told as they are in the text that was written.
    let original = |at: usize| at - added.iter().filter(|a| **a < at).count();
    for (event, at) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.event(event, original(at.start)..original(at.end));
    }
    (reader.pieces, reader.troubles)
}

/// Keeps a date at the beginning of a line from being a numbered list, which `1. januar` is to CommonMark. Returns the
/// text and where it was made longer by one.
fn dated(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut added) = (String::with_capacity(text.len()), Vec::new());
    for line in text.split_inclusive('\n') {
        let start = line.trim_start_matches([' ', '-', '*', '+', '>']);
        let digits = start.bytes().take_while(u8::is_ascii_digit).count();
        let rest = start.get(digits..).and_then(|r| r.strip_prefix(". ").or_else(|| r.strip_prefix(".\u{a0}")));
        let month = rest.is_some_and(|rest| MONTHS.iter().any(|m| rest.starts_with(m)));
        if digits > 0 && month {
            let before = line.len() - start.len() + digits;
            out.push_str(line.get(..before).unwrap_or_default());
            added.push(out.len());
            out.push('\\');
            out.push_str(line.get(before..).unwrap_or_default());
        } else {
            out.push_str(line);
        }
    }
    (out, added)
}

struct Reader {
    author: Author,
    pieces: Vec<Piece>,
    troubles: Vec<Trouble>,
    /// The words of the paragraph, item or cell that is being read.
    spans: Vec<Span>,
    strong: usize,
    emphasis: usize,
    link: Option<String>,
    /// The image that is being read: where it points.
    image: Option<String>,
    /// Images read in this paragraph: where they point, and their words.
    images: Vec<(String, String)>,
    note: bool,
    list: Option<(bool, Vec<Vec<Span>>)>,
    /// Paragraphs read in the item.
    within: usize,
    table: Option<Table>,
    row: Vec<Cell>,
    /// How many refused containers are open: what is in them is not read.
    skip: usize,
}

impl Reader {
    fn new() -> Reader {
        Reader {
            author: Author::People,
            pieces: Vec::new(),
            troubles: Vec::new(),
            spans: Vec::new(),
            strong: 0,
            emphasis: 0,
            link: None,
            image: None,
            images: Vec::new(),
            note: false,
            list: None,
            within: 0,
            table: None,
            row: Vec::new(),
            skip: 0,
        }
    }

    fn trouble(&mut self, reason: &'static str, at: Range<usize>) {
        self.troubles.push(Trouble { reason, at });
    }

    fn refuse(&mut self, reason: &'static str, at: Range<usize>) {
        self.skip += 1;
        self.trouble(reason, at);
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        if self.skip > 0 {
            match event {
                Event::Start(_) => self.skip += 1,
                Event::End(_) => self.skip -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(words) => self.words(&words),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::Html(_) | Event::InlineHtml(_) => self.trouble("paper-html", at),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.trouble("paper-code", at),
            Event::Rule => self.trouble("paper-rule", at),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => self.trouble("paper-other", at),
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        let template = self.author == Author::Template;
        match tag {
            Tag::Paragraph => {
                self.within += 1;
                if self.list.is_some() && self.within > 1 {
                    self.refuse("paper-item", at);
                }
            }
            Tag::Heading { .. } if template => {}
            Tag::Heading { .. } => self.refuse("paper-heading", at),
            Tag::BlockQuote(_) if template => self.note = true,
            Tag::List(first) if self.list.is_none() => self.list = Some((first.is_some(), Vec::new())),
            Tag::List(_) => self.refuse("paper-nested", at),
            Tag::Item => self.within = 0,
            Tag::Table(_) if self.list.is_none() => self.table = Some(Table::default()),
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.spans.clear(),
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } if template => self.link = Some(dest_url.to_string()),
            Tag::Link { .. } => self.refuse("paper-link", at),
            Tag::Image { dest_url, .. } if template => {
                self.image = Some(dest_url.to_string());
                self.images.push((dest_url.to_string(), String::new()));
            }
            Tag::Image { .. } => self.refuse("paper-picture", at),
            Tag::CodeBlock(_) => self.refuse("paper-code", at),
            Tag::HtmlBlock => self.refuse("paper-html", at),
            Tag::BlockQuote(_) => self.refuse("paper-quote", at),
            _ => self.refuse("paper-other", at),
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Paragraph if self.list.is_none() => self.paragraph(at.clone()),
            TagEnd::Heading(level) => {
                let text = self.plain();
                self.pieces.push(match level {
                    HeadingLevel::H1 => Piece::Title(text),
                    level => Piece::Block(Block::heading((level as u8) - 1, text)),
                });
            }
            TagEnd::BlockQuote(_) => self.note = false,
            TagEnd::Item => {
                let item = self.taken();
                if let Some((_, items)) = self.list.as_mut().filter(|_| !item.is_empty()) {
                    items.push(item);
                }
            }
            TagEnd::List(_) => {
                if let Some((ordered, items)) = self.list.take() {
                    self.pieces.push(Piece::Block(Block::List { ordered, items }));
                }
            }
            TagEnd::TableCell => {
                let text = self.taken();
                let blocks = if text.is_empty() { Vec::new() } else { vec![Block::styled(Style::Body, text)] };
                self.row.push(Cell { blocks });
            }
            TagEnd::TableHead => {
                let titles = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.columns = titles.iter().map(|c| Column { title: words_of(c), width: 0 }).collect();
                }
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some(mut table) = self.table.take() {
                    widths(&mut table);
                    self.pieces.push(Piece::Block(Block::Table(table)));
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::Image => self.image = None,
            _ => {}
        }
        if !self.images.is_empty() && matches!(tag, TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_)) {
            self.images.clear();
            self.trouble("paper-place", at);
        }
    }

    /// Ends a paragraph: words, or a place on its own.
    fn paragraph(&mut self, at: Range<usize>) {
        let text = self.taken();
        let images = std::mem::take(&mut self.images);
        let mut images = images.into_iter();
        match (images.next(), images.next()) {
            (None, _) if text.is_empty() => {}
            (None, _) => {
                let style = if self.note { Style::Note } else { Style::Body };
                self.pieces.push(Piece::Block(Block::styled(style, text)));
            }
            (Some((to, words)), None) if text.is_empty() => match to.split_once(':') {
                Some(("udfyldes", name)) => self.pieces.push(Piece::Slot(name.to_string(), words)),
                Some(("billede", name)) => self.pieces.push(Piece::Picture(name.to_string(), words)),
                _ => self.trouble("paper-picture", at),
            },
            _ => self.trouble("paper-place", at),
        }
    }

    fn words(&mut self, words: &str) {
        if self.image.is_some() {
            if let Some((_, alt)) = self.images.last_mut() {
                alt.push_str(words);
            }
            return;
        }
        let look = match (self.strong > 0, self.emphasis > 0) {
            (true, _) => Look::Strong,
            (false, true) => Look::Emphasis,
            (false, false) => Look::Plain,
        };
        let words = words.replace('\u{a0}', " ");
        match self.spans.last_mut() {
            Some(last) if last.look == look && last.link == self.link => last.text.push_str(&words),
            _ => self.spans.push(Span { text: words, look, link: self.link.clone() }),
        }
    }

    fn taken(&mut self) -> Vec<Span> {
        let mut spans = std::mem::take(&mut self.spans);
        if let Some(first) = spans.first_mut() {
            first.text = first.text.trim_start().to_string();
        }
        if let Some(last) = spans.last_mut() {
            last.text = last.text.trim_end().to_string();
        }
        spans.retain(|s| !s.text.is_empty());
        spans
    }

    fn plain(&mut self) -> String {
        self.taken().into_iter().map(|s| s.text).collect()
    }
}

fn words_of(cell: &Cell) -> String {
    let mut out = String::new();
    for block in &cell.blocks {
        if let Block::Paragraph { text, .. } = block {
            out.extend(text.iter().map(|s| s.text.as_str()));
        }
    }
    out
}

/// Gives each column room for its longest word, and for more the more there is to read in it.
fn widths(table: &mut Table) {
    let rows = table.rows.len().max(1);
    for (i, column) in table.columns.iter_mut().enumerate() {
        let mut longest = column.title.split(' ').map(|w| w.chars().count()).max().unwrap_or(0);
        let mut all = 0;
        for cell in table.rows.iter().filter_map(|r| r.get(i)) {
            let words = words_of(cell);
            all += words.chars().count();
            longest = longest.max(words.split([' ', '-']).map(|w| w.chars().count()).max().unwrap_or(0));
        }
        let wide = (all * 12 / rows).isqrt();
        column.width = u32::try_from(longest.min(18).max(wide).clamp(4, 48)).unwrap_or(4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(text: &str, author: Author) -> Vec<&'static str> {
        read(text, author).1.into_iter().map(|t| t.reason).collect()
    }

    #[test]
    fn people_write_paragraphs_lists_and_tables() {
        let text = "Et **fedt** ord\nog *et* til.\n\n- a\n- b\n\n1. c\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n";
        let (pieces, troubles) = read(text, Author::People);
        assert!(troubles.is_empty(), "{troubles:?}");
        assert_eq!(pieces.len(), 4);
        let Piece::Block(Block::Paragraph { text, .. }) = &pieces[0] else { panic!("{pieces:?}") };
        assert_eq!(text.iter().map(|s| s.text.as_str()).collect::<String>(), "Et fedt ord og et til.");
    }

    #[test]
    fn what_people_write_can_be_nothing_else() {
        for (text, reason) in [
            ("# Overskrift", "paper-heading"),
            ("Under\n---", "paper-heading"),
            ("<b>x</b>", "paper-html"),
            ("<script>\nx\n</script>", "paper-html"),
            ("[x](javascript:alert(1))", "paper-link"),
            ("![x](udfyldes:y)", "paper-picture"),
            ("> citat", "paper-quote"),
            ("`x`", "paper-code"),
            ("    kode", "paper-code"),
            ("```\nkode\n```", "paper-code"),
            ("a\n\n***\n", "paper-rule"),
            ("- a\n  - b", "paper-nested"),
            ("- a\n\n  b", "paper-item"),
            ("a\u{202e}b", "paper-character"),
        ] {
            assert!(reasons(text, Author::People).contains(&reason), "{text}: {:?}", reasons(text, Author::People));
        }
    }

    #[test]
    fn a_date_begins_no_list() {
        let (pieces, troubles) = read("1. januar 2026\n\n- 2. februar\n- <b>\n\n3. c\n", Author::People);
        let kinds: Vec<bool> = pieces.iter().map(|p| matches!(p, Piece::Block(Block::Paragraph { .. }))).collect();
        assert_eq!(kinds, [true, false, false], "{pieces:?}");
        assert_eq!(troubles, [Trouble { reason: "paper-html", at: 31..35 }]);
    }

    #[test]
    fn a_template_asks_for_places() {
        let (pieces, troubles) =
            read("# T\n\n## A\n\n![Ø](udfyldes:x)\n\n![B](billede:y)\n\n> lille\n", Author::Template);
        assert!(troubles.is_empty());
        assert_eq!(pieces[0], Piece::Title("T".into()));
        assert_eq!(pieces[2], Piece::Slot("x".into(), "Ø".into()));
        assert_eq!(pieces[3], Piece::Picture("y".into(), "B".into()));
        for (text, reason) in [
            ("ord ![Ø](udfyldes:x)", "paper-place"),
            ("- ![Ø](udfyldes:x)", "paper-place"),
            ("![Ø](http://x)", "paper-picture"),
        ] {
            assert!(reasons(text, Author::Template).contains(&reason), "{text}");
        }
    }
}
