//! Reads when an instrument takes effect: `§ 1 træder i kraft den 1. januar 2026.`

use super::layout::Layout;
use super::lex::{Kind, Token};
use super::{Reader, quote};
use crate::instrument::{Instrument, Kind as LineKind};
use crate::lang::danish;
use jiff::civil::Date;
use std::ops::Range;

/// Reads the §§ that do not amend, and gives the others their days.
pub(super) fn read(reader: &mut Reader<'_>, tokens: &[Token], layout: &Layout, instrument: &mut Instrument) {
    for range in &layout.closing {
        lines(reader, tokens, range, instrument);
        for sentence in sentences(tokens, range.clone()) {
            let own = tokens.get(sentence.clone()).unwrap_or_default();
            match effect(own) {
                Some((date, at)) => give(own.get(..at).unwrap_or_default(), date, instrument),
                None => {
                    // Nothing may be ordered here: it would not be carried out.
                    let orders = own
                        .iter()
                        .any(|t| matches!(t.text.as_str(), "ændres" | "indsættes" | "affattes" | "udgår" | "ophæves"));
                    let kraft = own.iter().any(|t| t.text == "kraft" || t.text == "virkning");
                    if orders && !kraft {
                        reader.ignore(tokens, sentence);
                    }
                }
            }
        }
    }
}

/// Keeps the words as lines.
fn lines(reader: &Reader<'_>, tokens: &[Token], range: &Range<usize>, instrument: &mut Instrument) {
    let (Some(first), Some(last)) = (tokens.get(range.start), tokens.get(range.end.saturating_sub(1))) else { return };
    let raw = reader.text.get(first.span.start..last.span.end).unwrap_or_default();
    let mut own = quote::lines(raw, false);
    for line in own.iter_mut().filter(|line| line.label.is_empty()) {
        line.kind = LineKind::Subsection;
    }
    instrument.closing.extend(own);
}

/// Cuts the words into sentences.
fn sentences(tokens: &[Token], range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for i in range.clone() {
        let next = tokens.get(i + 1);
        let dot = tokens.get(i).is_some_and(|t| t.text == ".");
        let opens = i + 1 >= range.end || next.is_some_and(|t| t.capital || t.text == "§" || t.starts_line);
        if dot && opens {
            out.push(start..i + 1);
            start = i + 1;
        }
    }
    if start < range.end {
        out.push(start..range.end);
    }
    out
}

/// Finds the day in a sentence, and where what takes effect ends.
fn effect(words: &[Token]) -> Option<(Date, usize)> {
    let verb = words.iter().position(|t| matches!(t.text.as_str(), "træder" | "har" | "får" | "gælder"))?;
    let about = words.iter().skip(verb).any(|t| matches!(t.text.as_str(), "kraft" | "virkning" | "gælder"));
    let date = (verb..words.len()).find_map(|i| date(words.get(i..)?))?;
    about.then_some((date, verb))
}

/// Reads `1. januar 2026`, `1.1.2026`, `2026-01-01` at the beginning of some words.
fn date(words: &[Token]) -> Option<Date> {
    let figure = |i: usize| {
        let token = words.get(i).filter(|t| t.kind == Kind::Number)?;
        token.text.parse::<i16>().ok()
    };
    let sign = |i: usize, signs: &[&str]| words.get(i).is_some_and(|t| signs.contains(&t.text.as_str()));
    let small = |n: i16| i8::try_from(n).ok();
    let day = figure(0)?;
    if sign(1, &["."])
        && let Some(month) = words.get(2).and_then(|t| danish::MONTHS.iter().position(|m| *m == t.text))
    {
        return Date::new(figure(3)?, i8::try_from(month + 1).ok()?, small(day)?).ok();
    }
    if sign(1, &["-"]) && sign(3, &["-"]) && day > 31 {
        return Date::new(day, small(figure(2)?)?, small(figure(4)?)?).ok();
    }
    let separated = sign(1, &[".", "-", "/"]);
    let gap = usize::from(sign(3, &[".", "-", "/"]));
    if separated {
        return Date::new(figure(3 + gap).filter(|y| *y > 999)?, small(figure(2)?)?, small(day)?).ok();
    }
    None
}

/// Gives the day to what the words before the verb name: parts, items of a part, or everything.
fn give(subject: &[Token], date: Date, instrument: &mut Instrument) {
    let numbers = |words: &[Token]| -> Vec<u32> {
        let mut out: Vec<u32> = Vec::new();
        let mut range = false;
        for token in words {
            match (&token.kind, token.text.parse::<u32>()) {
                (Kind::Number, Ok(n)) => {
                    if let Some(last) = out.last().copied().filter(|l| range && *l < n && n - l < 10_000) {
                        out.extend(last + 1..n);
                    }
                    out.push(n);
                    range = false;
                }
                _ => range = matches!(token.text.as_str(), "-" | "–" | "til"),
            }
        }
        out
    };
    // `Stk. 2.` at the beginning is the label.
    let labelled = subject.first().is_some_and(|t| t.text == "stk");
    let subject = if labelled { subject.get(3..).unwrap_or_default() } else { subject };
    let Some(sign) = subject.iter().position(|t| t.text == "§") else {
        for part in &mut instrument.parts {
            part.effect.get_or_insert(date);
        }
        return;
    };
    let mut groups = subject.get(sign..).unwrap_or_default().split(|t| t.text == "§").filter(|g| !g.is_empty());
    for group in &mut groups {
        let nr = group.iter().position(|t| matches!(t.text.as_str(), "nr" | "nummer"));
        let parts = numbers(group.get(..nr.unwrap_or(group.len())).unwrap_or_default());
        for part in &mut instrument.parts {
            if !part.number.parse().is_ok_and(|n: u32| parts.contains(&n)) {
                continue;
            }
            match nr {
                None => part.effect = Some(date),
                Some(at) => {
                    let items = numbers(group.get(at..).unwrap_or_default());
                    for item in part.items.iter_mut().filter(|i| items.contains(&i.number)) {
                        item.effect = Some(date);
                    }
                }
            }
        }
    }
}
