//! Places: `§ 10, stk. 3, 2. pkt.`, `overskriften før § 2`, `§ 3, stk. 2, og stk. 4`.

use super::grammar::{Got, In, MOST, between, comma, deeper, is, miss, next, sign, word, wrong};
use super::numbers::{chapter_numbers, dashed, letters, numbers, paragraph, section_numbers, sentences};
use crate::document::Address;
use crate::instrument::Target;
use crate::instrument::text::letter_of;
use winnow::Parser;
use winnow::combinator::{alt, opt};

/// Is one level of a place: which, and its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Section(Vec<String>),
    Subsection(Vec<u32>),
    Point(Vec<u32>),
    Letter(Vec<u32>),
    Sentences(Vec<(u32, u32)>),
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
        (named(&["stk", "stykke", "stykker"]), numbers).map(|(_, n)| Level::Subsection(n)),
        (named(&["nr", "nummer", "punkt", "numrene", "numre", "nrr"]), numbers, opt(sign(&[")"], "read-place")))
            .map(|(_, n, _)| Level::Point(n)),
        (named(&["litra", "bogstav"]), letters).map(|(_, n)| Level::Letter(n)),
        (named(&["kapitel", "kap", "kapitlerne"]), chapter_numbers).map(|(_, n)| Level::Chapter(n)),
        sentences.map(Level::Sentences),
        paragraph.map(Level::Paragraph),
        dashed.map(Level::Point),
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
            Level::Sentences(runs) => {
                out.extend(runs.iter().map(|run| Target { sentences: Some(*run), ..target.clone() }));
            }
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
    if let Level::Sentences(runs) = &level
        && runs.len() == found.len()
        && found.iter().zip(runs).all(|(t, (a, b))| t.sentences.is_some_and(|(first, last)| b - a == last - first))
    {
        for (target, run) in found.iter_mut().zip(runs) {
            target.were = target.sentences.replace(*run);
        }
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
        if let Ok(runs) = comma(input).and_then(|()| sentences(input)) {
            return Ok(within(vec![target], &Level::Sentences(runs)));
        }
        *input = before;
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

/// Puts sentences that follow each other together, for they go or are written anew as one: `1. og 2. pkt.`
pub(super) fn joined(targets: Vec<Target>) -> Vec<Target> {
    let follow = |a: Option<(u32, u32)>, b: Option<(u32, u32)>| match (a, b) {
        (Some(a), Some(b)) => a.1.checked_add(1) == Some(b.0),
        _ => false,
    };
    let mut out: Vec<Target> = Vec::new();
    for target in targets {
        match out.last_mut() {
            Some(last)
                if last.address == target.address
                    && last.was == target.was
                    && last.paragraph == target.paragraph
                    && follow(last.sentences, target.sentences)
                    && (last.were.is_none() && target.were.is_none() || follow(last.were, target.were)) =>
            {
                let run = |a: Option<(u32, u32)>, b: Option<(u32, u32)>| a.zip(b).map(|(a, b)| (a.0, b.1));
                last.sentences = run(last.sentences, target.sentences);
                last.were = run(last.were, target.were);
            }
            _ => out.push(target),
        }
    }
    out
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
