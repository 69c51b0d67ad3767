//! Finds the title, the §§ and the numbers of an instrument among its words.

use super::lex::{Kind, Token};
use super::margins::{commencement, footer, is_closing, note, remarks};
use super::quote;
use crate::lang::danish;
use std::ops::Range;

/// Is what an instrument is made of, as ranges of its tokens.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
    /// The §§ that do not amend, without their numbers.
    pub(super) closing: Vec<Range<usize>>,
    /// Words that belong to none of these.
    pub(super) ignored: Vec<Range<usize>>,
    /// Notes and remarks: they may speak of what is changed, and order nothing.
    pub(super) remarks: Vec<Range<usize>>,
    /// Where a § has another number than the next, and the next.
    pub(super) odd_parts: Vec<(Range<usize>, u32)>,
}

/// Is one § that amends.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) number: String,
    pub(super) intro: Range<usize>,
    pub(super) items: Vec<Item>,
    /// The number its first item has if the numbers run on from the § before.
    pub(super) runs_on: u32,
}

/// Is one number.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) number: u32,
    /// Its words without the number.
    pub(super) tokens: Range<usize>,
    /// Where it stands in the file, number and all.
    pub(super) span: Range<usize>,
}

/// Is a § of the instrument: its number, where its words begin, and the span of its label.
struct Head {
    number: String,
    from: usize,
    body: usize,
}

/// What an item can begin with.
const BEGINS: &[&str] = &[
    "i",
    "§",
    "efter",
    "før",
    "overalt",
    "overskriften",
    "overskrifterne",
    "kapitel",
    "titlen",
    "vedtægtens",
    "indledningen",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "alle",
    "begge",
    "ordet",
    "ordene",
    "som",
    "mellem",
];

/// Says whether words begin as an item can: `I § 3`, `Der indsættes`, `Til § 8`.
fn opens(words: &[Token]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let second = rest.first().map_or("", |t| t.text.as_str());
    match first.text.as_str() {
        "der" => matches!(second, "indsættes" | "tilføjes" | "indføjes"),
        "til" | "ad" => second == "§",
        text => BEGINS.contains(&text),
    }
}

/// Lays an instrument out.
pub(super) fn layout(text: &str, tokens: &[Token]) -> Layout {
    let mut out = Layout::default();
    let (start, after) = title(text, tokens, &mut out);
    let end = after.unwrap_or(tokens.len());
    aside(tokens, end..tokens.len(), &mut out);
    let heads = heads(tokens, start, end);
    let first = heads.first().map_or(start, |h| h.from);
    if heads.is_empty() {
        let part = body(tokens, String::new(), start..end, &mut out);
        out.parts.extend(part);
    } else {
        preface(tokens, start..first, &mut out);
    }
    let mut due = 1;
    for (i, head) in heads.iter().enumerate() {
        let stop = heads.get(i + 1).map_or(end, |h| h.from);
        let number: u32 = head.number.parse().unwrap_or(0);
        if number != due
            && let Some(token) = tokens.get(head.from)
        {
            let end = tokens.get(head.from + 1).map_or(token.span.end, |t| t.span.end);
            out.odd_parts.push((token.span.start..end, due));
        }
        due = number.saturating_add(1);
        let part = body(tokens, head.number.clone(), head.body..stop, &mut out);
        match part {
            Some(part) => out.parts.push(part),
            None => out.closing.push(head.body..stop),
        }
    }
    let mut next = 1;
    for part in &mut out.parts {
        part.runs_on = next;
        next = part.items.last().map_or(next, |i| i.number.saturating_add(1));
    }
    out
}

/// Returns where a line ends, as a token.
fn line_end(tokens: &[Token], from: usize) -> usize {
    let rest = tokens.iter().enumerate().skip(from + 1);
    rest.take_while(|(_, t)| !t.starts_line).last().map_or(from + 1, |(i, _)| i + 1)
}

/// Returns where a paragraph ends, as a token.
fn paragraph_end(tokens: &[Token], from: usize, end: usize) -> usize {
    (from + 1..end).find(|i| tokens.get(*i).is_some_and(|t| t.after_blank || t.level > 0)).unwrap_or(end)
}

/// Finds the title and headings that are not §§. Returns where the rest begins, and where remarks begin.
fn title(text: &str, tokens: &[Token], out: &mut Layout) -> (usize, Option<usize>) {
    let mut start = 0;
    let mut after = None;
    let mut i = 0;
    while i < tokens.len() {
        let Some(token) = tokens.get(i) else { break };
        if !token.starts_line {
            i += 1;
            continue;
        }
        let mut end = line_end(tokens, i);
        let heading = token.level > 0 && part_label(tokens, i).is_none();
        let mut plain = i == 0 && token.level == 0 && is_title(tokens.get(i..end).unwrap_or_default());
        let whole = paragraph_end(tokens, i, tokens.len());
        if i == 0 && token.level == 0 && whole - i < 40 && is_title(tokens.get(i..whole).unwrap_or_default()) {
            (plain, end) = (true, whole);
        }
        if heading || plain {
            let own = tokens.get(i..end).unwrap_or_default();
            if out.title.is_empty() && i == start {
                let span = own.first().zip(own.last()).map_or(0..0, |(a, b)| a.span.start..b.span.end);
                out.title = quote::words(text.get(span).unwrap_or_default());
                start = end;
            } else if i == start {
                out.ignored.push(i..end);
                start = end;
            }
        }
        if i > start && remarks(tokens.get(i..end).unwrap_or_default(), whole == end) {
            after = Some(i);
            break;
        }
        i = end;
    }
    (start, after)
}

/// Says whether the first line is a title: no order, no full stop.
fn is_title(line: &[Token]) -> bool {
    let numbered = line.first().is_some_and(|t| t.kind == Kind::Number || t.text == "§");
    let ends = line.last().is_some_and(|t| matches!(t.text.as_str(), "." | ":") || matches!(t.kind, Kind::Quote(_)));
    let orders =
        line.iter().any(|t| matches!(t.text.as_str(), "ændres" | "ophæves" | "udgår" | "indsættes" | "affattes"));
    !numbered && !ends && !orders
}

/// Reads `§ 1` alone on its line, or `§ 1.` before an introduction. Returns the number and where the words begin.
fn part_label(tokens: &[Token], i: usize) -> Option<(String, usize)> {
    let at = |n: usize| tokens.get(i + n);
    let sign = at(0).filter(|t| t.text == "§" && t.starts_line)?;
    let number = at(1).filter(|t| t.kind == Kind::Number && !t.starts_line)?;
    let dot = usize::from(at(2).is_some_and(|t| t.text == "." && !t.starts_line));
    let alone = at(2 + dot).is_none_or(|t| t.starts_line);
    if alone || sign.level > 0 {
        return Some((number.text.clone(), i + 2 + dot));
    }
    if dot == 0 {
        return None;
    }
    // `§ 2. Ændringerne træder i kraft …`, `§ 1. I vedtægten foretages følgende ændringer:`
    let end = paragraph_end(tokens, i, tokens.len());
    let rest = tokens.get(i + 3..end).unwrap_or_default();
    let intro = rest.iter().take(60).any(|t| t.text == "foretages") || is_closing(rest);
    intro.then_some((number.text.clone(), i + 3))
}

fn heads(tokens: &[Token], start: usize, end: usize) -> Vec<Head> {
    let mut out = Vec::new();
    let mut i = start;
    while i < end {
        let Some(token) = tokens.get(i) else { break };
        if token.starts_line
            && let Some((number, body)) = part_label(tokens, i)
        {
            out.push(Head { number, from: i, body });
            i = body;
        } else {
            i += 1;
        }
    }
    out
}

/// Puts what stands before the first § among what orders nothing.
fn preface(tokens: &[Token], range: Range<usize>, out: &mut Layout) {
    let mut from = range.start;
    while from < range.end {
        let end = paragraph_end(tokens, from, range.end);
        out.ignored.push(from..end);
        from = end;
    }
}

/// Puts notes aside; a paragraph that begins like an amendment is none.
fn aside(tokens: &[Token], range: Range<usize>, out: &mut Layout) {
    let mut from = range.start;
    let mut whole = Vec::new();
    while from < range.end {
        let end = paragraph_end(tokens, from, range.end);
        let own = tokens.get(from..end).unwrap_or_default();
        let numbered = 2 * usize::from(own.first().is_some_and(|t| t.kind == Kind::Number));
        let words = own.get(numbered..).unwrap_or_default();
        let sure =
            words.iter().any(|t| matches!(t.text.as_str(), "ophæves" | "udgår") || matches!(t.kind, Kind::Quote(_)));
        if begins(words) && sure {
            out.ignored.push(from..end)
        } else {
            whole.push(from..end)
        }
        from = end;
    }
    if let (Some(first), Some(last)) = (whole.first(), whole.last()) {
        out.remarks.push(first.start..last.end);
    }
}

/// Lays one § out; nothing if it does not amend.
fn body(tokens: &[Token], number: String, range: Range<usize>, out: &mut Layout) -> Option<Part> {
    let starts = item_starts(tokens, range.clone());
    let mut part = Part { number, intro: range.start..range.start, ..Part::default() };
    let first = starts.first().map_or(range.end, |s| s.0);
    let mut intro_end = range.start;
    let mut from = range.start;
    while from < first {
        let end = intro_or_paragraph(tokens, from, first);
        let own = tokens.get(from..end).unwrap_or_default();
        let colon = own.last().is_some_and(|t| t.text == ":");
        let following = own.iter().any(|t| t.text == "følgende");
        let announces = own.iter().any(|t| t.text == "foretages") || colon && (following || !begins(own));
        if announces {
            part.intro = from..end;
            intro_end = end;
        } else if !starts.is_empty() {
            out.ignored.push(from..end);
            intro_end = end;
        } else if is_closing(own) {
            // In a § of its own, or as the last words of an instrument without §§.
            if part.number.is_empty() {
                out.closing.push(from..range.end);
            }
            return None;
        } else if begins(own) {
            break;
        } else {
            out.ignored.push(from..end);
            intro_end = end;
        }
        from = end;
    }
    let starts = if starts.is_empty() { unnumbered(tokens, intro_end..range.end) } else { starts };
    for (i, (from, words, number)) in starts.iter().enumerate() {
        let mut end = starts.get(i + 1).map_or(range.end, |s| s.0);
        if let Some(at) = note(tokens, *words..end) {
            aside(tokens, at..end, out);
            end = at;
        }
        // Words about when it takes effect may follow the last number without a § of their own.
        if i + 1 == starts.len()
            && let Some(at) = commencement(tokens, *words..end)
        {
            out.closing.push(at..end);
            end = at;
        }
        if i + 1 == starts.len()
            && let Some(at) = footer(tokens, *words..end)
        {
            out.ignored.push(at..end);
            end = at;
        }
        if end == *words && starts.len() > 1 {
            continue;
        }
        let bytes =
            tokens.get(*from).map_or(0, |t| t.span.start)..tokens.get(end.saturating_sub(1)).map_or(0, |t| t.span.end);
        part.items.push(Item { number: *number, tokens: *words..end, span: bytes });
    }
    (!part.items.is_empty()).then_some(part)
}

/// Returns the end of the paragraph, or of the introduction if an item follows it on the same line.
fn intro_or_paragraph(tokens: &[Token], from: usize, end: usize) -> usize {
    let stop = paragraph_end(tokens, from, end);
    let foretages = (from..stop).find(|i| tokens.get(*i).is_some_and(|t| t.text == "foretages"));
    let colon = foretages.and_then(|f| (f..stop).find(|i| tokens.get(*i).is_some_and(|t| t.text == ":")));
    colon.map_or(stop, |c| c + 1)
}

fn begins(words: &[Token]) -> bool {
    let bullet = words.first().is_some_and(|t| matches!(t.text.as_str(), "-" | "–" | "•"));
    let words = words.get(usize::from(bullet)..).unwrap_or_default();
    let Some(first) = words.first() else { return false };
    let orders = words.iter().take(80).any(|t| {
        matches!(
            t.text.as_str(),
            "ændres" | "ophæves" | "udgår" | "indsættes" | "affattes" | "erstattes" | "slettes" | "tilføjes"
        )
    });
    (opens(words) || matches!(first.kind, Kind::Quote(_))) && orders
}

/// Finds where the numbers stand: the first token, the first of the words, the number.
fn item_starts(tokens: &[Token], range: Range<usize>) -> Vec<(usize, usize, u32)> {
    let mut out: Vec<(usize, usize, u32)> = Vec::new();
    let mut i = range.start;
    while i < range.end {
        let due = out.last().map_or(1, |(_, _, n)| n + 1);
        match item_start(tokens, i, range.start, due) {
            Some((words, number)) if words <= range.end => {
                out.push((i, words, number));
                i = words.max(i + 1);
            }
            _ => i += 1,
        }
    }
    out
}

fn item_start(tokens: &[Token], i: usize, start: usize, due: u32) -> Option<(usize, u32)> {
    let at = |n: usize| tokens.get(n);
    let first = at(i)?;
    let mut n = i;
    // `Nr. 3. I § 5 …`
    if first.text == "nr" && first.starts_line {
        n += 1 + usize::from(at(i + 1).is_some_and(|t| t.text == "."));
    }
    let number = at(n).filter(|t| t.kind == Kind::Number && t.text.len() < 6)?;
    let value: u32 = number.text.parse().ok()?;
    let named = n > i;
    let dot = at(n + 1).filter(|t| !t.starts_line && matches!(t.text.as_str(), "." | ")" | ":"));
    let words = n + 1 + usize::from(dot.is_some());
    let next = at(words)?;
    let begins = opens(tokens.get(words..).unwrap_or_default()) && next.capital
        || next.text == "§"
        || matches!(next.kind, Kind::Quote(_));
    if named {
        return (begins && !matches!(next.text.as_str(), "bliver" | "og")).then_some((words, value));
    }
    let dot = dot?;
    if matches!(next.text.as_str(), "pkt" | "punktum" | "afsnit" | "og" | "-")
        || danish::MONTHS.contains(&next.text.as_str())
    {
        return None;
    }
    // `… bliver herefter nr.` at the end of a line is followed by a number that is none of the instrument's.
    let before = i.checked_sub(1).filter(|b| *b >= start).and_then(at);
    let word = if before.is_some_and(|t| t.text == ".") { i.checked_sub(2).and_then(at) } else { before };
    let cited = |t: &Token| matches!(t.text.as_str(), "nr" | "stk" | "§" | "kapitel" | "den" | "litra" | "jf");
    if word.is_some_and(cited) && !number.after_blank {
        return None;
    }
    if number.starts_line {
        let joined = before.is_some_and(|t| matches!(t.text.as_str(), "og" | "," | "-" | "til")) && !number.after_blank;
        return (!joined).then_some((words, value));
    }
    // In the middle of a line only the next number counts, after the end of a sentence and before a beginning of one.
    let ended = before.is_none_or(|t| matches!(t.text.as_str(), "." | ":") || matches!(t.kind, Kind::Quote(_)));
    (value == due && ended && begins && dot.text != ":").then_some((words, value))
}

/// Finds amendments without numbers: each line or paragraph that begins like one.
fn unnumbered(tokens: &[Token], range: Range<usize>) -> Vec<(usize, usize, u32)> {
    let mut out: Vec<(usize, usize, u32)> = Vec::new();
    for i in range.clone() {
        let Some(token) = tokens.get(i) else { break };
        let bullet = matches!(token.text.as_str(), "-" | "–" | "•") && token.starts_line;
        let ended = i == range.start || {
            let before = i.checked_sub(1).and_then(|b| tokens.get(b));
            before.is_some_and(|t| matches!(t.text.as_str(), "." | ":") || matches!(t.kind, Kind::Quote(_)))
        };
        let begins = (opens(tokens.get(i..).unwrap_or_default()) && (token.capital || token.text == "§"))
            || matches!(token.kind, Kind::Quote(_)) && i == range.start;
        let number = u32::try_from(out.len()).unwrap_or(u32::MAX - 1) + 1;
        if bullet {
            out.push((i, i + 1, number));
        } else if i == range.start || token.starts_line && (ended || token.after_blank) && begins {
            let after_bullet = out.last().is_some_and(|(_, words, _)| *words == i);
            if !after_bullet {
                out.push((i, i, number));
            }
        }
    }
    out
}
