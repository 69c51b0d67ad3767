//! The clean Markdown: one paragraph a line, every label in plain text, no ids.
//!
//! The profile: `# title`, `## Kapitel 1. …`, `### rubrik`, `§ 12. text`, `Stk. 2. text`, `1) …`, `    a) …`; one
//! empty line between blocks, none between the items of a list.

use super::Bylaw;
use super::units::{Unit, UnitKind, units};

/// Prints the tree as clean Markdown.
pub fn markdown(bylaw: &Bylaw) -> String {
    let mut out = String::new();
    let mut before: Option<UnitKind> = None;
    for unit in units(bylaw) {
        out.push_str(gap(before, unit.kind));
        out.push_str(&line(&unit));
        before = Some(unit.kind);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Returns what stands between two lines of the profile.
pub fn gap(before: Option<UnitKind>, kind: UnitKind) -> &'static str {
    match (before, kind) {
        (None, _) => "",
        (Some(UnitKind::Point | UnitKind::Letter), UnitKind::Point | UnitKind::Letter) => "\n",
        _ => "\n\n",
    }
}

/// Returns what a line of this kind begins with, before its label.
pub fn prefix(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Title => "# ",
        UnitKind::Chapter => "## ",
        UnitKind::Heading => "### ",
        UnitKind::Letter => "    ",
        UnitKind::Preamble | UnitKind::Subsection | UnitKind::Text | UnitKind::Point => "",
    }
}

fn line(unit: &Unit<'_>) -> String {
    let mut text = escape(&unit.text.to_plain());
    // An item's words begin a block of their own to CommonMark, like those of a paragraph without a label.
    if matches!(unit.kind, UnitKind::Preamble | UnitKind::Text | UnitKind::Point) {
        text = guard(&text);
    }
    let space = if unit.label.is_empty() || text.is_empty() { "" } else { " " };
    format!("{}{}{}{}", prefix(unit.kind), unit.label, space, text)
}

/// Escapes what Markdown or CriticMarkup would take for markup, so that the text reads back as it was.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '&' | '~' | '{' | '}' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Takes the look of a label away from the beginning of a paragraph that has none: `Stk\. 2.`, `1\) `, `\- `.
pub fn guard(text: &str) -> String {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return String::new() };
    if matches!(first, '-' | '+' | '=') {
        return format!("\\{text}");
    }
    let end = text.find([' ', '\u{a0}']).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    let tail = match head.chars().last() {
        Some(c @ (')' | '.')) => c,
        _ if matches!(head, "§" | "–" | "•") => {
            // A section sign or a bullet is no ASCII punctuation and cannot be escaped; an entity can stand for it.
            return format!("&#{};{rest}", first as u32);
        }
        _ => return text.to_string(),
    };
    let stem = &head[..head.len() - 1];
    let short = stem.chars().all(|c| c.is_ascii_digit()) && !stem.is_empty()
        || tail == ')' && stem.chars().count() <= 2
        || stem.eq_ignore_ascii_case("stk");
    if short { format!("{stem}\\{tail}{rest}") } else { text.to_string() }
}
