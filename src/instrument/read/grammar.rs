//! The small parts of the grammar: words, numbers, lists of numbers, places.

use super::lex::{Kind, Token};
use crate::document::Address;
use crate::instrument::text::{letter_number, letter_of};
use crate::instrument::{LAST, Target};
use std::cell::{Cell, RefCell};
use winnow::combinator::{alt, opt};
use winnow::error::{EmptyError, ParserError as _};
use winnow::stream::Stateful;
use winnow::{Parser, Result};

/// The most units one range may name.
const MOST: u32 = 2000;

/// Is what the parsers share.
#[derive(Debug)]
pub(super) struct Memory<'t> {
    /// The file.
    pub(super) text: &'t str,
    /// The furthest token at which something was missing (how many are left), and what.
    pub(super) mark: Cell<(usize, &'static str)>,
    /// A place that can be read but means nothing, and what is missing there; it is told before the mark.
    pub(super) wrong: Cell<Option<(usize, &'static str)>>,
    /// The last place named in the item, for `Nr. 4 bliver herefter nr. 5`.
    pub(super) last: RefCell<Option<Target>>,
    /// How many clauses are inside each other.
    pub(super) depth: Cell<u32>,
}

/// How many clauses one sentence may have.
const DEEPEST: u32 = 200;

/// Goes one clause deeper, if there are not too many.
pub(super) fn deeper<T>(input: &mut In<'_>, run: impl FnOnce(&mut In<'_>) -> Got<T>) -> Got<T> {
    let depth = input.state.depth.get();
    if depth >= DEEPEST {
        return miss(input, "read-end");
    }
    input.state.depth.set(depth + 1);
    let got = run(input);
    input.state.depth.set(depth);
    got
}

/// Is what the parsers read from.
pub(super) type In<'t> = Stateful<&'t [Token], &'t Memory<'t>>;
/// Is what they give.
pub(super) type Got<T> = Result<T, EmptyError>;

/// Fails, and remembers what was looked for if nothing else got further.
pub(super) fn miss<T>(input: &In<'_>, expected: &'static str) -> Got<T> {
    let (left, _) = input.state.mark.get();
    if input.input.len() < left {
        input.state.mark.set((input.input.len(), expected));
    }
    Err(EmptyError::from_input(input))
}

/// Fails at a place that was read and means nothing.
pub(super) fn wrong<T>(input: &In<'_>, at: &In<'_>, expected: &'static str) -> Got<T> {
    if input.state.wrong.get().is_none() {
        input.state.wrong.set(Some((at.input.len(), expected)));
    }
    Err(EmptyError::from_input(input))
}

/// Takes a token that is as it should be.
pub(super) fn take<'t>(input: &mut In<'t>, expected: &'static str, test: impl Fn(&Token) -> bool) -> Got<&'t Token> {
    match input.input.split_first() {
        Some((first, rest)) if test(first) => {
            input.input = rest;
            Ok(first)
        }
        _ => miss(input, expected),
    }
}

/// Reads one of some words.
pub(super) fn word<'t>(words: &'static [&'static str], expected: &'static str) -> impl FnMut(&mut In<'t>) -> Got<()> {
    move |input| take(input, expected, |t| t.kind == Kind::Word && words.contains(&t.text.as_str())).map(|_| ())
}

/// Reads a sign.
pub(super) fn sign<'t>(signs: &'static [&'static str], expected: &'static str) -> impl FnMut(&mut In<'t>) -> Got<()> {
    move |input| take(input, expected, |t| t.kind == Kind::Sign && signs.contains(&t.text.as_str())).map(|_| ())
}

/// Reads a number.
pub(super) fn number(input: &mut In<'_>) -> Got<u32> {
    let before = *input;
    let token = take(input, "read-number", |t| t.kind == Kind::Number)?;
    match token.text.parse() {
        Ok(n) if n < 1_000_000_000 => Ok(n),
        _ => {
            *input = before;
            miss(input, "read-number")
        }
    }
}

/// Reads quoted text: its place in the file.
pub(super) fn quote<'t>(input: &mut In<'t>) -> Got<&'t Token> {
    take(input, "read-quote", |t| matches!(t.kind, Kind::Quote(_)))
}

/// Reads a comma that may be missing.
pub(super) fn comma(input: &mut In<'_>) -> Got<()> {
    opt(sign(&[","], "read-end")).void().parse_next(input)
}

/// Says what the next tokens are, without taking them.
pub(super) fn next<'t>(input: &In<'t>, at: usize) -> Option<&'t Token> {
    input.input.get(at)
}

/// Says whether a token is one of some words.
pub(super) fn is(token: Option<&Token>, words: &[&str]) -> bool {
    token.is_some_and(|t| words.contains(&t.text.as_str()) && !matches!(t.kind, Kind::Quote(_)))
}

/// Reads what stands between the things of a list: `,`, `og`, `, og`, `samt`, `eller`.
fn between(input: &mut In<'_>) -> Got<()> {
    alt((
        (sign(&[","], "read-end"), opt(word(&["og", "samt", "eller"], "read-end"))).void(),
        word(&["og", "samt", "eller"], "read-end"),
    ))
    .parse_next(input)
}

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
    let dotted = dot == 1 && is(next(input, 2), &["og", "-", "–", "til"]);
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
fn chapter_numbers(input: &mut In<'_>) -> Got<Vec<String>> {
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
const DASHED: &[&str] = &["pind", "strækpunkt", "bullet"];

/// Reads `2. pind`: a point of a list without numbers.
fn dashed(input: &mut In<'_>) -> Got<u32> {
    let n = ordinal(input)?;
    word(DASHED, "read-place")(input)?;
    Ok(n)
}

/// Reads `1. pkt.`, `1. og 2. pkt.`, `1.-3. pkt.`, `2. punktum`.
pub(super) fn sentences(input: &mut In<'_>) -> Got<(u32, u32)> {
    if is(next(input, 0), &["sidste"]) && is(next(input, 1), SENTENCE) {
        take(input, "read-number", |_| true)?;
        word(SENTENCE, "read-place")(input)?;
        let _ = opt(sign(&["."], "read-end")).parse_next(input)?;
        return Ok((LAST, LAST));
    }
    let first = ordinal(input)?;
    let before = *input;
    let second = alt((sign(&["-", "–"], "read-number"), word(&["og", "til"], "read-number")))
        .parse_next(input)
        .and_then(|()| ordinal(input));
    let last = second.unwrap_or_else(|_| {
        *input = before;
        first
    });
    word(SENTENCE, "read-place")(input)?;
    let _ = opt(sign(&["."], "read-end")).parse_next(input)?;
    Ok((first, last))
}

/// Reads `2. afsnit`.
pub(super) fn paragraph(input: &mut In<'_>) -> Got<u32> {
    let n = ordinal(input)?;
    word(&["afsnit"], "read-place")(input)?;
    Ok(n)
}

/// Is one level of a place: which, and its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Section(Vec<String>),
    Subsection(Vec<u32>),
    Point(Vec<u32>),
    Letter(Vec<u32>),
    Sentences(u32, u32),
    Paragraph(u32),
    Chapter(Vec<String>),
}

/// Reads one level with its numbers: `stk. 2-4`, `nr. 3`, `litra a og b`, `1. pkt.`, `§§ 2 og 3`, `kapitel 4`.
pub(super) fn level(input: &mut In<'_>) -> Got<Level> {
    fn named<'t>(words: &'static [&'static str]) -> impl FnMut(&mut In<'t>) -> Got<()> {
        move |input| (word(words, "read-place"), opt(sign(&["."], "read-number"))).void().parse_next(input)
    }
    alt((
        (sections_sign, section_numbers).map(|(_, n)| Level::Section(n)),
        (named(&["stk", "stykke"]), numbers).map(|(_, n)| Level::Subsection(n)),
        (named(&["nr", "nummer", "punkt", "numrene", "nrr"]), numbers).map(|(_, n)| Level::Point(n)),
        (named(&["litra", "bogstav"]), letters).map(|(_, n)| Level::Letter(n)),
        (named(&["kapitel", "kap", "kapitlerne"]), chapter_numbers).map(|(_, n)| Level::Chapter(n)),
        sentences.map(|(a, b)| Level::Sentences(a, b)),
        paragraph.map(Level::Paragraph),
        dashed.map(|n| Level::Point(vec![n])),
    ))
    .parse_next(input)
}

fn sections_sign(input: &mut In<'_>) -> Got<()> {
    let _ =
        opt(word(&["vedtægtens", "styrelsesvedtægtens", "lovens", "bekendtgørelsens", "regulativets"], "read-place"))
            .parse_next(input)?;
    sign(&["§"], "read-place")(input)?;
    opt(sign(&["§"], "read-place")).void().parse_next(input)
}

/// Reads `der bliver stk. 4`, also `som herefter bliver til nr. 2`.
fn becoming(input: &mut In<'_>) -> Got<Level> {
    comma(input)?;
    word(&["der", "som"], "read-becomes")(input)?;
    let _ = opt(word(&["nu", "herefter"], "read-becomes")).parse_next(input)?;
    word(&["bliver"], "read-becomes")(input)?;
    let _ = opt(word(&["herefter", "nu"], "read-becomes")).parse_next(input)?;
    let _ = opt(word(&["til"], "read-becomes")).parse_next(input)?;
    level(input)
}

/// Puts a level into targets: each target becomes as many as the level has numbers.
fn within(targets: Vec<Target>, level: &Level) -> Vec<Target> {
    let mut out = Vec::new();
    for target in targets {
        match level {
            Level::Section(numbers) => out
                .extend(numbers.iter().map(|n| Target::at(Address { section: Some(n.clone()), ..Address::default() }))),
            Level::Chapter(numbers) => out
                .extend(numbers.iter().map(|n| Target::at(Address { chapter: Some(n.clone()), ..Address::default() }))),
            Level::Subsection(numbers) => out.extend(numbers.iter().map(|n| {
                set(&target, |a| {
                    a.subsection = Some(*n);
                    a.point = None;
                    a.letter = None;
                })
            })),
            Level::Point(numbers) => out.extend(numbers.iter().map(|n| {
                set(&target, |a| {
                    a.point = Some(*n);
                    a.letter = None;
                })
            })),
            Level::Letter(numbers) => {
                out.extend(numbers.iter().map(|n| set(&target, |a| a.letter = Some(letter_of(*n)))));
            }
            Level::Sentences(a, b) => out.push(Target { sentences: Some((*a, *b)), ..target }),
            Level::Paragraph(n) => out.push(Target { paragraph: Some(*n), sentences: None, ..target }),
        }
    }
    out
}

fn set(target: &Target, change: impl Fn(&mut Address)) -> Target {
    let mut out = Target { sentences: None, were: None, paragraph: None, ..target.clone() };
    change(&mut out.address);
    if let Some(was) = &mut out.was {
        change(was);
    }
    out
}

/// Returns how deep a level is.
fn depth(level: &Level) -> u8 {
    match level {
        Level::Section(_) | Level::Chapter(_) => 0,
        Level::Subsection(_) => 1,
        Level::Point(_) => 2,
        Level::Letter(_) => 3,
        Level::Paragraph(_) => 4,
        Level::Sentences(..) => 5,
    }
}

/// Reads one place, from the largest unit to the smallest; what it leaves out is as in `base`.
pub(super) fn place<'t>(base: &Target) -> impl FnMut(&mut In<'t>) -> Got<Vec<Target>> {
    let base = base.clone();
    move |input| {
        if let Ok(found) = named(input) {
            return Ok(found);
        }
        if let Ok(found) = heading(input) {
            return Ok(found);
        }
        let first = level(input)?;
        let mut found = within(vec![base.clone()], &first);
        let mut deep = depth(&first);
        let mut levels = vec![first.clone()];
        becomes(input, &mut found)?;
        loop {
            let before = *input;
            // `Stk. 2 i § 4`, `Nr. 2, litra b, i § 4`: the smaller unit first.
            let comma_first = usize::from(is(next(input, 0), &[","]));
            let smaller = depth(&first) > 0 && found.iter().all(|t| t.was.is_none() && t.were.is_none());
            if smaller && is(next(input, comma_first), &["i"]) && is(next(input, comma_first + 1), &["§"]) {
                comma(input)?;
                word(&["i"], "read-place")(input)?;
                return Ok(levels.iter().fold(nested(input)?, within));
            }
            let deeper = comma(input).and_then(|()| level(input));
            match deeper {
                // `§§ 3 og 4, stk. 2`: of both, or of the last? No one knows.
                Ok(level) if depth(&level) > deep && found.len() > 1 => {
                    return wrong(input, &before, "read-one-place");
                }
                Ok(level) if depth(&level) > deep && !matches!(first, Level::Chapter(_)) => {
                    levels.push(level.clone());
                    deep = depth(&level);
                    found = within(found, &level);
                    becomes(input, &mut found)?;
                }
                _ => {
                    *input = before;
                    return Ok(found);
                }
            }
        }
    }
}

/// Reads the place that a smaller unit was named before.
fn nested(input: &mut In<'_>) -> Got<Vec<Target>> {
    let found = deeper(input, |input| place(&Target::default())(input))?;
    if found.len() > 1 { miss(input, "read-place") } else { Ok(found) }
}

/// Reads `der bliver …` after a level and gives the targets their numbers now and before.
fn becomes(input: &mut In<'_>, found: &mut [Target]) -> Got<()> {
    let before = *input;
    let Ok(level) = becoming(input) else {
        *input = before;
        return Ok(());
    };
    if let (Level::Sentences(a, b), [target]) = (&level, &mut *found)
        && let Some((first, last)) = target.sentences
        && *b - *a == last - first
    {
        target.were = target.sentences.replace((*a, *b));
        return Ok(());
    }
    let count = match &level {
        Level::Section(n) | Level::Chapter(n) => n.len(),
        Level::Subsection(n) | Level::Point(n) | Level::Letter(n) => n.len(),
        _ => 0,
    };
    if count != found.len() {
        *input = before;
        return miss(input, "read-number");
    }
    for (i, target) in found.iter_mut().enumerate() {
        let was = target.was.take().unwrap_or_else(|| target.address.clone());
        match &level {
            Level::Section(n) => target.address.section = n.get(i).cloned(),
            Level::Chapter(n) => target.address.chapter = n.get(i).cloned(),
            Level::Subsection(n) => target.address.subsection = n.get(i).copied(),
            Level::Point(n) => target.address.point = n.get(i).copied(),
            Level::Letter(n) => target.address.letter = n.get(i).map(|n| letter_of(*n)),
            _ => {}
        }
        target.was = Some(was);
    }
    Ok(())
}

/// Reads `titlen`, `vedtægtens titel`, `indledningen, 2. afsnit`.
fn named(input: &mut In<'_>) -> Got<Vec<Target>> {
    let _ = opt(word(&["vedtægtens", "styrelsesvedtægtens"], "read-place")).parse_next(input)?;
    let at = |name| Target::at(Address { named: Some(name), ..Address::default() });
    let mut target = alt((
        word(&["titlen", "titel"], "read-place").map(|()| at("titlen")),
        word(&["indledningen", "indledning", "præamblen"], "read-place").map(|()| at("indledningen")),
    ))
    .parse_next(input)?;
    let before = *input;
    if target.address.named == Some("indledningen") {
        match comma(input).and_then(|()| paragraph(input)) {
            Ok(n) => target.paragraph = Some(n),
            Err(_) => *input = before,
        }
        let before = *input;
        match comma(input).and_then(|()| sentences(input)) {
            Ok(n) => target.sentences = Some(n),
            Err(_) => *input = before,
        }
    }
    Ok(vec![target])
}

/// Reads `overskriften før § 2`, `overskriften til kapitel 4`, `overskrifterne før §§ 2 og 3`.
fn heading(input: &mut In<'_>) -> Got<Vec<Target>> {
    word(&["overskriften", "overskrifterne", "rubrikken", "kapiteloverskriften"], "read-place")(input)?;
    word(&["før", "til", "over", "i", "foran"], "read-place")(input)?;
    let found = within(vec![Target::default()], &level(input)?);
    if found.iter().any(|t| t.address.section.is_none() && t.address.chapter.is_none()) {
        return miss(input, "read-place");
    }
    Ok(found
        .into_iter()
        .map(|mut t| {
            t.address.heading = true;
            t
        })
        .collect())
}

/// Reads places in a list; each may leave out what the one before it named: `§ 3, stk. 2, og stk. 4`.
pub(super) fn places<'t>(base: &Target) -> impl FnMut(&mut In<'t>) -> Got<Vec<Target>> {
    let base = base.clone();
    move |input| {
        let mut out = place(&base)(input)?;
        loop {
            let before = *input;
            let from = out.last().cloned().unwrap_or_default();
            let from = Target { sentences: None, were: None, paragraph: None, was: None, ..from };
            match between(input).and_then(|()| place(&from)(input)) {
                Ok(more) if out.len() + more.len() <= MOST as usize => out.extend(more),
                _ => {
                    *input = before;
                    return Ok(out);
                }
            }
        }
    }
}
