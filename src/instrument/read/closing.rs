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
                Some((_, at)) if of_bylaw(own.get(..at).unwrap_or_default()) => {
                    // `§ 3 i vedtægten har virkning fra …` is no day of the instrument; no one may think it is kept.
                    reader.ignore(tokens, sentence);
                }
                Some((date, at)) => {
                    let whole = own.get(..at).unwrap_or_default();
                    let mut known = give(whole, date, instrument) && !excepts(whole);
                    // `§ 1 træder i kraft den 1. januar 2026, og § 2 træder i kraft den 1. august 2026.`
                    match others(own.get(at + 1..).unwrap_or_default()) {
                        Some(more) => {
                            for (subject, date) in more {
                                known &= give(&with_section(subject, whole), date, instrument);
                            }
                        }
                        None => known = false,
                    }
                    if !known {
                        let span = own.first().zip(own.last()).map_or(0..0, |(a, b)| a.span.start..b.span.end);
                        reader.report(span, "", "effect-of-what", 0);
                    }
                }
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

/// Says whether the words before the verb name a § or a chapter of the bylaw and not of the instrument.
fn of_bylaw(subject: &[Token]) -> bool {
    const OWN: &[&str] = &["vedtægten", "vedtægtens", "styrelsesvedtægten", "styrelsesvedtægtens"];
    let has = |words: &[&str]| subject.iter().any(|t| words.contains(&t.text.as_str()));
    has(&["§"]) && has(OWN) || has(&["kapitel", "kap", "bilag"]) && !has(&["§"])
}

/// What leaves something out of what a sentence says.
const EXCEPT: &[&str] = &["dog", "bortset", "undtagen", "undtaget", "undtagelse", "mens", "først", "men"];

/// Says whether words leave something out; `jf. dog stk. 2` only points at where that is done.
fn excepts(words: &[Token]) -> bool {
    let cited = |i: usize| words.get(i.saturating_sub(2)..i).is_some_and(|w| w.iter().any(|t| t.text == "jf"));
    words.iter().enumerate().any(|(i, t)| EXCEPT.contains(&t.text.as_str()) && !cited(i))
}

/// Finds what else of the instrument a sentence gives a day, after its first verb; nothing if that is not clear.
fn others(words: &[Token]) -> Option<Vec<(&[Token], Date)>> {
    let dated = first_date(words).map_or(0, |(at, _)| at);
    let verbs: Vec<usize> =
        (dated..words.len()).filter(|i| words.get(*i).is_some_and(|t| t.text == "træder")).collect();
    if verbs.is_empty() {
        return (!excepts(words.get(dated..).unwrap_or_default())).then(Vec::new);
    }
    let mut out = Vec::new();
    let mut from = dated;
    for (n, verb) in verbs.iter().enumerate() {
        let end = verbs.get(n + 1).copied().unwrap_or(words.len());
        let after = words.get(verb + 1..end).unwrap_or_default();
        let day = first_date(after);
        // `… træder i kraft`, or `dog træder … i kraft`.
        let verbal = after.iter().position(|t| t.text == "i").unwrap_or(0);
        let named = |words: &'_ [Token]| words.iter().position(|t| t.text == "§" || t.text == "nr");
        let before = words.get(from..*verb).unwrap_or_default();
        let inverted = after.get(..verbal).unwrap_or_default();
        let subject = match (named(before), named(inverted)) {
            (_, Some(at)) => inverted.get(at..),
            (Some(at), None) => before.get(at..),
            (None, None) => None,
        }?;
        match day {
            Some((_, day)) => out.push((subject, day)),
            // A whole § that waits for something else has no day.
            None if subject.iter().any(|t| t.text == "nr") => return None,
            None => {}
        }
        from = end.min(verb + 1 + day.map_or(0, |(at, _)| at));
    }
    Some(out)
}

/// Returns what is said of `nr. 3` with the § the sentence began with, if it names one.
fn with_section(subject: &[Token], whole: &[Token]) -> Vec<Token> {
    let sections: Vec<usize> = (0..whole.len()).filter(|i| whole.get(*i).is_some_and(|t| t.text == "§")).collect();
    let mut out = Vec::new();
    if let [at] = sections.as_slice()
        && !subject.iter().any(|t| t.text == "§")
    {
        out.extend_from_slice(whole.get(*at..at + 2).unwrap_or_default());
    }
    out.extend_from_slice(subject);
    out
}

/// Finds the day in a sentence, and where what takes effect ends.
fn effect(words: &[Token]) -> Option<(Date, usize)> {
    let headed = words.first().is_some_and(|t| t.text.starts_with("ikrafttræd"));
    if headed || words.first().is_some_and(|t| t.text == "med") && words.get(1).is_some_and(|t| t.text == "virkning") {
        // `Ikrafttræden: 1. januar 2026.`, `Med virkning fra den 1. januar 2026.`
        return first_date(words).map(|(_, day)| (day, 0));
    }
    let verb = words.iter().position(|t| matches!(t.text.as_str(), "træder" | "har" | "får" | "gælder"))?;
    let about = words.iter().skip(verb).any(|t| matches!(t.text.as_str(), "kraft" | "virkning" | "gælder"));
    let (_, date) = first_date(words.get(verb..)?)?;
    about.then_some((date, verb))
}

/// Finds the first day in some words, and where it begins.
fn first_date(words: &[Token]) -> Option<(usize, Date)> {
    (0..words.len()).find_map(|at| Some((at, date(words.get(at..)?)?)))
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
/// Says whether it is there.
fn give(subject: &[Token], date: Date, instrument: &mut Instrument) -> bool {
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
        // `Ændring nr. 2 træder i kraft …` in an instrument of one part.
        let ours = |t: &Token| t.text == "nr" || t.text == "nummer" || t.text.starts_with("ændring");
        if let Some(at) =
            subject.iter().position(|t| t.kind == Kind::Number).filter(|_| subject.first().is_some_and(ours))
        {
            let items = numbers(subject.get(at..).unwrap_or_default());
            let [part] = instrument.parts.as_mut_slice() else { return false };
            for item in part.items.iter_mut().filter(|i| items.contains(&i.number)) {
                item.effect = Some(date);
            }
            return items.iter().all(|n| part.items.iter().any(|i| i.number == *n));
        }
        // A number alone names something, and not the whole instrument.
        if subject.iter().find(|t| t.text != ".").is_some_and(|t| t.kind == Kind::Number) {
            return false;
        }
        for part in &mut instrument.parts {
            part.effect.get_or_insert(date);
        }
        return true;
    };
    let direct = sign == 0 || subject.first().is_some_and(|t| t.text.starts_with("ændring"));
    let mut known = true;
    let mut groups = subject.get(sign..).unwrap_or_default().split(|t| t.text == "§").filter(|g| !g.is_empty());
    for group in &mut groups {
        let nr = group.iter().position(|t| matches!(t.text.as_str(), "nr" | "nummer"));
        let head = group.get(..nr.unwrap_or(group.len())).unwrap_or_default();
        // A § of the instrument has no stk. that amends: a § of the bylaw is meant.
        if head.iter().any(|t| t.text == "stk") {
            known = false;
            continue;
        }
        let parts = numbers(head);
        let named = |n: &u32| instrument.parts.iter().any(|p| p.number.parse() == Ok(*n));
        known &= parts.iter().all(named);
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
                    known &= items.iter().all(|n| part.items.iter().any(|i| i.number == *n));
                }
            }
        }
    }
    known || !direct
}
