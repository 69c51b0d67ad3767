//! A paper as Markdown: plain CommonMark with pipe tables, every word of the data escaped.
//!
//! Marks of change are those of CriticMarkup, as in the redline: `{--gone--}`, `{++new++}`, `{==moved==}`. What is
//! quoted from the bylaw stands in a block quote. A picture is told by its words.

use super::{Block, Cell, Figure, Look, Paper, Span, Style, Table, merged, placed};
use crate::document::print::escape;

/// Prints a paper.
pub fn markdown(paper: &Paper) -> String {
    let frame = &paper.frame;
    let mut out = Lines::default();
    // What a paper is, and which text it is about, as in the other formats.
    let about = if frame.kind.is_empty() { "" } else { frame.document_title.as_str() };
    let title = if frame.kind.is_empty() { frame.title() } else { frame.kind.clone() };
    out.block(&format!("# {}", words(&title)));
    out.block(&paragraph_of(about));
    if !frame.municipality.is_empty() {
        out.block(&paragraph_of(&frame.municipality));
    }
    for line in frame.lines() {
        out.block(&paragraph_of(line));
    }
    if !frame.notice.is_empty() {
        out.block(&paragraph_of(&frame.notice));
    }
    let mut quoted = false;
    for placed in placed(&paper.blocks) {
        let block = placed.block;
        let quotes = matches!(block, Block::Paragraph { style, .. } if style.is_quoted());
        if quotes && quoted {
            // One quotation, several paragraphs.
            out.line(">");
            out.join = true;
        }
        quoted = quotes;
        print(&mut out, block, placed.level);
    }
    out.finish()
}

/// Collects blocks with an empty line between them.
#[derive(Default)]
struct Lines {
    out: String,
    /// The next block follows the last line without an empty one.
    join: bool,
}

impl Lines {
    fn block(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !self.out.is_empty() && !self.join {
            self.out.push('\n');
        }
        self.join = false;
        self.line(text);
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn finish(self) -> String {
        self.out
    }
}

fn print(out: &mut Lines, block: &Block, level: u8) {
    match block {
        Block::Heading { text, .. } => {
            let marks = "#".repeat(usize::from(level) + 1);
            out.block(&format!("{marks} {}", words(text)));
        }
        Block::Paragraph { style, text } => {
            let line = paragraph(text);
            if !line.is_empty() {
                out.block(&if style.is_quoted() { format!("> {line}") } else { line });
            }
        }
        Block::List { ordered, items } => out.block(&list(*ordered, items, "")),
        Block::Table(table) => print_table(out, table),
        Block::Figure(figure) => print_figure(out, figure),
    }
}

fn list(ordered: bool, items: &[Vec<Span>], indent: &str) -> String {
    let lines: Vec<String> = items
        .iter()
        .enumerate()
        .map(|(i, item)| {
            let marker = if ordered { format!("{}.", i + 1) } else { "-".to_string() };
            format!("{indent}{marker} {}", paragraph(item)).trim_end().to_string()
        })
        .collect();
    lines.join("\n")
}

fn print_figure(out: &mut Lines, figure: &Figure) {
    if !figure.caption.is_empty() {
        out.block(&paragraph(&[Span::new(Look::Strong, figure.caption.clone())]));
    }
    let lines: Vec<Vec<Span>> = figure.alt.lines().map(|line| vec![Span::plain(line)]).collect();
    match lines.as_slice() {
        [one] => out.block(&paragraph(one)),
        lines => out.block(&list(false, lines, "")),
    }
}

/// Prints a pipe table, or, where a cell holds more than one paragraph, a numbered list of its rows.
fn print_table(out: &mut Lines, table: &Table) {
    if !table.caption.is_empty() {
        out.block(&paragraph(&[Span::new(Look::Strong, table.caption.clone())]));
    }
    let simple = |cell: &Cell| matches!(cell.blocks.as_slice(), [] | [Block::Paragraph { .. }]);
    if table.rows.iter().flatten().all(simple) && !table.columns.is_empty() {
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let mut lines = vec![row(table.columns.iter().map(|c| words(&c.title)).collect())];
        lines.push(row(table.columns.iter().map(|_| "---".to_string()).collect()));
        for cells in &table.rows {
            let mut printed: Vec<String> = cells.iter().map(cell_words).collect();
            printed.resize(table.columns.len(), String::new());
            lines.push(row(printed));
        }
        out.block(&lines.join("\n"));
        return;
    }
    let mut lines = Vec::new();
    for (n, cells) in table.rows.iter().enumerate() {
        let number = format!("{}. ", n + 1);
        let margin = " ".repeat(number.len());
        for (i, cell) in cells.iter().enumerate() {
            let title = table.columns.get(i).map(|c| c.title.as_str()).unwrap_or_default();
            let indent = if i == 0 { &number } else { &margin };
            let label = if title.is_empty() { String::new() } else { format!("**{}:**", words(title)) };
            let mut rest = cell.blocks.iter();
            let first = match rest.clone().next() {
                Some(Block::Paragraph { text, .. }) => {
                    rest.next();
                    inline(text)
                }
                _ => String::new(),
            };
            let head = [label, first].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
            lines.push(format!("{indent}- {}", guard(head)));
            let within = format!("{margin}  ");
            for block in rest {
                match block {
                    Block::Paragraph { text, .. } if !inline(text).is_empty() => {
                        lines.push(String::new());
                        lines.push(format!("{within}{}", paragraph(text)));
                    }
                    Block::List { ordered, items } if !items.is_empty() => {
                        lines.push(String::new());
                        lines.push(list(*ordered, items, &within));
                    }
                    _ => {}
                }
            }
        }
    }
    // An item that is only a label before a nested block has nothing on its own line.
    let lines: Vec<&str> = lines.iter().map(|l| l.trim_end()).collect();
    out.block(&lines.join("\n"));
}

fn cell_words(cell: &Cell) -> String {
    match cell.blocks.as_slice() {
        [Block::Paragraph { text, .. }] => inline(text),
        _ => String::new(),
    }
}

/// Returns words as one paragraph that begins nothing but a paragraph.
fn paragraph(text: &[Span]) -> String {
    guard(inline(text))
}

fn paragraph_of(text: &str) -> String {
    guard(words(text))
}

/// Returns words on one line, escaped.
fn words(text: &str) -> String {
    escape(&folded(text)).trim().to_string()
}

/// Takes line breaks and control characters out; they would end the block.
fn folded(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Takes the look of a list item or of an underline away from the beginning of a paragraph.
fn guard(text: String) -> String {
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text.get(digits..).and_then(|rest| rest.chars().next()) {
        Some(mark @ ('.' | ')')) if digits > 0 => {
            format!("{}\\{mark}{}", &text[..digits], &text[digits + 1..])
        }
        _ => text,
    }
}

/// Returns spans on one line with their looks.
fn inline(spans: &[Span]) -> String {
    let spans = merged(spans);
    let mut out = String::new();
    for (i, span) in spans.iter().enumerate() {
        let text = folded(&span.text);
        // A mark touches the words it marks: spaces at the edges stand outside.
        let inner = text.trim_matches(' ');
        let before = &text[..text.len() - text.trim_start_matches(' ').len()];
        let after = if inner.is_empty() { "" } else { &text[text.trim_end_matches(' ').len()..] };
        out.push_str(before);
        if !inner.is_empty() {
            let next = match after.chars().next() {
                Some(c) => Some(c),
                None => spans.get(i + 1).and_then(|s| s.text.chars().next()),
            };
            let styled = spans.get(i + 1).is_some_and(|s| after.is_empty() && s.look.is_marked());
            let mark = delimiter(span.look);
            let printed = escape(inner);
            let linked = match span.link.as_deref().and_then(target) {
                Some(link) => format!("[{printed}]({link})"),
                None => printed,
            };
            match mark {
                (open, close) if open.starts_with('{') => {
                    out.push_str(open);
                    out.push_str(&linked);
                    out.push_str(close);
                }
                ("", _) => out.push_str(&linked),
                (open, close)
                    if !styled
                        && opens(out.chars().last(), linked.chars().next())
                        && closes(linked.chars().last(), next) =>
                {
                    out.push_str(open);
                    out.push_str(&linked);
                    out.push_str(close);
                }
                // Where CommonMark would not take the mark for one, the words stand without it.
                _ => out.push_str(&linked),
            }
        }
        out.push_str(after);
    }
    out.trim().to_string()
}

fn delimiter(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::Plain | Look::Missing => ("", ""),
        Look::Strong => ("**", "**"),
        Look::Emphasis => ("*", "*"),
        Look::Deleted => ("{--", "--}"),
        Look::Inserted => ("{++", "++}"),
        Look::Moved => ("{==", "==}"),
    }
}

/// Returns a link as Markdown writes it; a place in the paper has no name in Markdown.
fn target(link: &str) -> Option<String> {
    let safe = super::safe_link(link).filter(|l| !l.starts_with('#'))?;
    (!safe.contains(['<', '>', '\\', '\n'])).then(|| format!("<{safe}>"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Mark,
    Letter,
    /// Nothing that CommonMark's own tables need be asked about.
    Unknown,
}

fn sort(c: Option<char>) -> Sort {
    match c {
        None => Sort::Space,
        Some(c) if c.is_whitespace() => Sort::Space,
        Some(c) if c.is_alphanumeric() => Sort::Letter,
        Some(c) if c.is_ascii_punctuation() || "»«„“”’‘–—…§•".contains(c) => Sort::Mark,
        Some(_) => Sort::Unknown,
    }
}

/// Says whether a mark between these two opens emphasis. A mark beside another mark is left out: whose it is would
/// take CommonMark's rule of three to tell.
fn opens(before: Option<char>, after: Option<char>) -> bool {
    let (before, after) = (if before == Some('*') { Sort::Unknown } else { sort(before) }, sort(after));
    match after {
        Sort::Space | Sort::Unknown => false,
        Sort::Mark => matches!(before, Sort::Space | Sort::Mark),
        Sort::Letter => before != Sort::Unknown,
    }
}

fn closes(before: Option<char>, after: Option<char>) -> bool {
    let (before, after) = (sort(before), sort(after));
    match before {
        Sort::Space | Sort::Unknown => false,
        Sort::Mark => matches!(after, Sort::Space | Sort::Mark),
        Sort::Letter => after != Sort::Unknown,
    }
}

impl Style {
    fn is_quoted(self) -> bool {
        matches!(self, Style::Quoted | Style::QuotedPoint | Style::QuotedLetter | Style::QuotedHeading)
    }
}

impl Look {
    fn is_marked(self) -> bool {
        matches!(self, Look::Strong | Look::Emphasis)
    }
}
