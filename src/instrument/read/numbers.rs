//! Numbers: `2-6`, `2, 3 og 5`, `7 a-7 c`, `litra a og b`, `1. og 3. pkt.`

use super::grammar::{Got, In, MOST, between, is, miss, next, number, sign, take, word};
use super::lex::{Kind, Token};
use crate::instrument::LAST;
use crate::instrument::text::{letter_number, letter_of};
use winnow::Parser;
use winnow::combinator::{alt, opt};

/// Reads `3`, `2 og 3`, `2-6`, `2, 3 og 5`, `3 til 5` as the numbers one by one. A number that counts sentences or places
/// does not belong to the list.
pub(super) fn numbers(input: &mut In<'_>) -> Got<Vec<u32>> {
    let mut out = span(input)?;
    loop {
        let before = *input;
        if between(input).is_err() || counts(input) {
            *input = before;
            return Ok(out);
        }
        match span(input) {
            Ok(more) if out.len() + more.len() <= MOST as usize => out.extend(more),
            _ => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

/// Says whether the next number counts sentences, paragraphs or places: `1. pkt.`, `2 steder`.
fn counts(input: &In<'_>) -> bool {
    let dot = usize::from(is(next(input, 1), &["."]));
    let dotted = dot == 1 && is(next(input, 2), &["og", ",", "-", "–", "til"]);
    dotted
        || is(next(input, 1 + dot), &["pkt", "punktum", "sætning", "afsnit", "steder"])
        || is(next(input, 1 + dot), DASHED)
}

fn span(input: &mut In<'_>) -> Got<Vec<u32>> {
    let first = number(input)?;
    let before = *input;
    let dash = alt((sign(&["-", "–", "—", "‑", "‐"], "read-number"), word(&["til"], "read-number"))).parse_next(input);
    if dash.is_err() {
        *input = before;
        return Ok(vec![first]);
    }
    match number(input) {
        Ok(last) if last >= first && last - first < MOST => Ok((first..=last).collect()),
        _ => {
            *input = before;
            Ok(vec![first])
        }
    }
}

fn letter(input: &mut In<'_>) -> Got<u32> {
    let before = *input;
    // `litra a, og to steder i …`: a number, not a letter.
    if is(next(input, 1), &["steder"]) || is(next(input, 0), &["i"]) && is(next(input, 1), &["§"]) {
        return miss(input, "read-letter");
    }
    let token = take(input, "read-letter", |t| t.kind == Kind::Word && t.text.chars().count() <= 2 && t.text != "og")?;
    match letter_number(&token.text) {
        Some(n) => Ok(n),
        None => {
            *input = before;
            miss(input, "read-letter")
        }
    }
}

/// Reads `b`, `b og c`, `b-d` as the letters' numbers.
pub(super) fn letters(input: &mut In<'_>) -> Got<Vec<u32>> {
    let one = |input: &mut In<'_>| -> Got<Vec<u32>> {
        let first = letter(input)?;
        let before = *input;
        let last = sign(&["-", "–"], "read-letter")(input).and_then(|()| letter(input));
        Ok(match last {
            Ok(last) if last >= first && last - first < MOST => (first..=last).collect(),
            _ => {
                *input = before;
                vec![first]
            }
        })
    };
    let mut out = one(input)?;
    loop {
        let before = *input;
        match between(input).and_then(|()| one(input)) {
            Ok(more) if out.len() < MOST as usize => out.extend(more),
            _ => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

/// Reads the number of a § or a chapter: `7`, `7 a`, `7a`. `i` is never the letter of one: `§ 7 i vedtægten`.
fn section_number(input: &mut In<'_>) -> Got<String> {
    let figure = number(input)?;
    let spaced = next(input, 0).is_some_and(|t| {
        let letter = t.kind == Kind::Word && t.text.chars().count() == 1 && t.text != "i" && !t.capital;
        letter && letter_number(&t.text).is_some()
    });
    if !spaced {
        return Ok(figure.to_string());
    }
    let letter = take(input, "read-number", |_| true)?;
    Ok(format!("{figure} {}", letter.text))
}

/// Reads `7`, `7 a-7 c`, `2, 3 og 5` as the §§ one by one.
pub(super) fn section_numbers(input: &mut In<'_>) -> Got<Vec<String>> {
    let mut out = section_span(input)?;
    loop {
        let before = *input;
        let more = between(input).and_then(|()| if counts(input) { miss(input, "read-number") } else { Ok(()) });
        match more.and_then(|()| section_span(input)) {
            Ok(more) if out.len() < MOST as usize => out.extend(more),
            _ => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

/// Reads the numbers of chapters: `4`, `4 a`, `II`, `I og III`.
pub(super) fn chapter_numbers(input: &mut In<'_>) -> Got<Vec<String>> {
    let roman = |t: &Token| t.capital && t.text.chars().all(|c| "ivxlc".contains(c));
    let one = |input: &mut In<'_>| -> Got<String> {
        take(input, "read-number", |t| t.kind == Kind::Word && roman(t)).map(|t| t.text.to_uppercase())
    };
    if !next(input, 0).is_some_and(roman) {
        return section_numbers(input);
    }
    let mut out = vec![one(input)?];
    loop {
        let before = *input;
        match between(input).and_then(|()| one(input)) {
            Ok(more) if out.len() < MOST as usize => out.push(more),
            _ => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

fn section_span(input: &mut In<'_>) -> Got<Vec<String>> {
    let first = section_number(input)?;
    let before = *input;
    let last = alt((sign(&["-", "–", "—", "‑"], "read-number"), word(&["til"], "read-number")))
        .parse_next(input)
        .and_then(|()| {
            let _ = opt(sign(&["§"], "read-number")).parse_next(input)?;
            section_number(input)
        });
    let range = last.ok().and_then(|last| between_sections(&first, &last));
    Ok(range.unwrap_or_else(|| {
        *input = before;
        vec![first]
    }))
}

/// Returns the §§ from one to another, by figures or by letters.
fn between_sections(first: &str, last: &str) -> Option<Vec<String>> {
    if let (Ok(a), Ok(b)) = (first.parse::<u32>(), last.parse::<u32>()) {
        return (a <= b && b - a < MOST).then(|| (a..=b).map(|n| n.to_string()).collect());
    }
    let (figure, a) = first.split_once(' ')?;
    let (same, b) = last.split_once(' ')?;
    let (a, b) = (letter_number(a)?, letter_number(b)?);
    (figure == same && a <= b).then(|| (a..=b).map(|n| format!("{figure} {}", letter_of(n))).collect())
}

/// Reads an ordinal: `1.`, `første`.
fn ordinal(input: &mut In<'_>) -> Got<u32> {
    const WORDS: [[&str; 2]; 10] = [
        ["første", "første"],
        ["andet", "anden"],
        ["tredje", "tredie"],
        ["fjerde", "fjerde"],
        ["femte", "femte"],
        ["sjette", "sjette"],
        ["syvende", "syvende"],
        ["ottende", "ottende"],
        ["niende", "niende"],
        ["tiende", "tiende"],
    ];
    if let Some(i) = WORDS.iter().position(|forms| is(next(input, 0), forms)) {
        take(input, "read-number", |_| true)?;
        return Ok(u32::try_from(i).unwrap_or(0) + 1);
    }
    let n = number(input)?;
    sign(&["."], "read-number")(input)?;
    Ok(n)
}

const SENTENCE: &[&str] = &["pkt", "punktum", "punktummer", "sætning"];
const DASHED: &[&str] = &["pind", "pinde", "strækpunkt", "bullet"];

/// Reads `2. pind`, `1. og 3.-5. pind`: points of a list without numbers.
pub(super) fn dashed(input: &mut In<'_>) -> Got<Vec<u32>> {
    let all = runs(input)?;
    word(DASHED, "read-place")(input)?;
    let count: u32 = all.iter().map(|(first, last)| (last - first).saturating_add(1)).fold(0, u32::saturating_add);
    if count > MOST {
        return miss(input, "read-number");
    }
    Ok(all.into_iter().flat_map(|(first, last)| first..=last).collect())
}

/// Reads `1. pkt.`, `1. og 3. pkt.`, `1.-3. pkt.`, `1., 3. og 4. pkt.` as runs, each from its first to its last.
pub(super) fn sentences(input: &mut In<'_>) -> Got<Vec<(u32, u32)>> {
    if is(next(input, 0), &["sidste"]) && is(next(input, 1), SENTENCE) {
        take(input, "read-number", |_| true)?;
        word(SENTENCE, "read-place")(input)?;
        let _ = opt(sign(&["."], "read-end")).parse_next(input)?;
        return Ok(vec![(LAST, LAST)]);
    }
    let out = runs(input)?;
    word(SENTENCE, "read-place")(input)?;
    let _ = opt(sign(&["."], "read-end")).parse_next(input)?;
    Ok(out)
}

/// Reads `1.`, `1. og 3.`, `1., 3. og 5.-7.` as runs in their order.
fn runs(input: &mut In<'_>) -> Got<Vec<(u32, u32)>> {
    let mut out: Vec<(u32, u32)> = vec![ordinals(input)?];
    loop {
        let before = *input;
        match between(input).and_then(|()| ordinals(input)) {
            // They are changed from the last to the first, so they must be named in their order.
            Ok(run) if out.len() < MOST as usize && out.last().is_some_and(|last| last.1 < run.0) => out.push(run),
            _ => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

/// Reads `1.`, `1.-3.`, `1. til 3.` as a run.
fn ordinals(input: &mut In<'_>) -> Got<(u32, u32)> {
    let first = ordinal(input)?;
    let before = *input;
    let dash = alt((sign(&["-", "–", "—", "‑"], "read-number"), word(&["til"], "read-number"))).parse_next(input);
    match dash.and_then(|()| ordinal(input)) {
        Ok(last) if first <= last => Ok((first, last)),
        _ => {
            *input = before;
            Ok((first, first))
        }
    }
}

/// Reads `2. afsnit`.
pub(super) fn paragraph(input: &mut In<'_>) -> Got<u32> {
    let n = ordinal(input)?;
    word(&["afsnit"], "read-place")(input)?;
    Ok(n)
}
