//! What is put in: `indsættes efter stk. 1 som nyt stykke: »…«`, `Efter § 7 indsættes: »…«`.

use super::grammar::{Got, In, comma, is, miss, next, quote, sign, take, word, wrong, wrong_before};
use super::lex::Kind as Tok;
use super::orders::{COME, lines, push};
use super::places::{Level, joined, level, place, places};
use super::scopes::Context;
use super::wording::{words, words_after};
use crate::document::Address;
use crate::instrument::text::letter_of;
use crate::instrument::{Kind, Line, Operation, Order, Place, Side, Target, Unit};
use winnow::Parser;
use winnow::combinator::{alt, opt};

/// Is what `som …` says of new text.
#[derive(Clone, Debug, Default)]
pub(super) struct As {
    unit: Option<Unit>,
    level: Option<Level>,
}

/// Reads `som nyt stykke`, `som stk. 2`, `som nye numre`, `som § 7 a`, `et nyt stk. 2`, `følgende overskrift`.
pub(super) fn as_what(input: &mut In<'_>) -> Got<As> {
    const NEW: &[&str] =
        &["nyt", "ny", "nye", "et", "en", "to", "tre", "fire", "fem", "følgende", "yderligere", "sidste"];
    let before = *input;
    let som = opt(word(&["som"], "read-where")).parse_next(input)?;
    let mut new = false;
    while is(next(input, 0), NEW) {
        take(input, "read-where", |_| true)?;
        new = true;
    }
    if som.is_none() && !new {
        *input = before;
        return miss(input, "read-where");
    }
    if let Ok(found) = numbered(input) {
        return Ok(found);
    }
    const UNITS: [(&[&str], Unit); 8] = [
        (&["stykke", "stykker", "stk"], Unit::Subsection),
        (&["nummer", "numre", "punkt", "punkter", "nr", "pind", "pinde"], Unit::Point),
        (&["litra", "litraer", "bogstav", "bogstaver"], Unit::Letter),
        (&["punktum", "punktummer", "pkt", "sætning", "sætninger"], Unit::Sentence),
        (&["paragraf", "paragraffer", "bestemmelse", "bestemmelser", "§"], Unit::Section),
        (&["kapitel", "kapitler"], Unit::Chapter),
        (&["overskrift", "rubrik"], Unit::Heading),
        (&["afsnit"], Unit::Text),
    ];
    for (words, unit) in UNITS {
        if is(next(input, 0), words) {
            take(input, "read-where", |_| true)?;
            while is(next(input, 0), &[".", "§"]) {
                take(input, "read-where", |_| true)?;
            }
            return Ok(As { unit: Some(unit), level: None });
        }
    }
    if som.is_none() && new {
        return Ok(As::default());
    }
    miss(input, "read-where")
}

/// Reads the unit new text is to be with its number: `stk. 2`, `3. og 4. pkt.`
fn numbered(input: &mut In<'_>) -> Got<As> {
    let before = *input;
    let together = |runs: &[(u32, u32)]| runs.windows(2).all(|w| matches!(w, [a, b] if a.1 + 1 == b.0));
    let found = match level(input) {
        // `som 1. og 3. pkt.`: which words are which is not said.
        Ok(Level::Sentences(runs)) if !together(&runs) => return wrong(input, &before, "read-one-place"),
        Ok(found) => found,
        Err(_) => {
            *input = before;
            return miss(input, "read-where");
        }
    };
    let unit = match &found {
        Level::Section(_) => Unit::Section,
        Level::Subsection(_) => Unit::Subsection,
        Level::Point(_) => Unit::Point,
        Level::Letter(_) => Unit::Letter,
        Level::Sentences(..) => Unit::Sentence,
        Level::Paragraph(_) => Unit::Text,
        Level::Chapter(_) => Unit::Chapter,
    };
    Ok(As { unit: Some(unit), level: Some(found) })
}

/// Is where new text or new words come.
enum Where {
    Beside(Side, Box<Target>),
    Between(Box<Target>, Box<Target>),
    Words(Side, Vec<String>),
    Chapter(String),
}

/// Reads `efter nr. 3`, `før overskriften før § 8`, `efter »a«`, `i kapitel 2`.
fn position(input: &mut In<'_>, base: &Target) -> Got<Where> {
    if is(next(input, 0), &["i", "under"]) && is(next(input, 1), &["kapitel", "kap"]) {
        take(input, "read-where", |_| true)?;
        return match level(input)? {
            Level::Chapter(numbers) => Ok(Where::Chapter(numbers.concat())),
            _ => miss(input, "read-place"),
        };
    }
    if word(&["mellem"], "read-where")(input).is_ok() {
        return neighbours(input, base).map(|first| Where::Beside(Side::After, Box::new(first)));
    }
    let side = alt((
        word(&["efter"], "read-where").map(|()| Side::After),
        word(&["før", "foran"], "read-where").map(|()| Side::Before),
    ))
    .parse_next(input)?;
    if matches!(words_after(input, 0), Some(Tok::Quote(_))) {
        return Ok(Where::Words(side, vec![words(input)?]));
    }
    let found = joined(place(base)(input)?);
    match found.as_slice() {
        [one] => Ok(Where::Beside(side, Box::new(one.clone()))),
        _ => miss(input, "read-place"),
    }
}

/// Reads `1. og 2. pkt.`, `stk. 2 og 3` after `mellem`, and returns the first. Two §§ may have another between them.
fn neighbours(input: &mut In<'_>, base: &Target) -> Got<Target> {
    let before = *input;
    let found = places(base)(input)?;
    if let [a, b] = found.as_slice() {
        let follows = |a: Option<u32>, b: Option<u32>| a.is_some() && a.and_then(|n| n.checked_add(1)) == b;
        let (x, y) = (&a.address, &b.address);
        let sentences = x == y && follows(a.sentences.map(|s| s.1), b.sentences.map(|s| s.0));
        let same = x.section == y.section && x.letter == y.letter && a.sentences.is_none() && b.sentences.is_none();
        let points = same && x.subsection == y.subsection && follows(x.point, y.point);
        let stks = same && x.point.is_none() && y.point.is_none() && follows(x.subsection, y.subsection);
        if sentences || points || stks {
            return Ok(a.clone());
        }
    }
    wrong(input, &before, "read-where")
}

/// Reads what is put in: `indsættes efter stk. 1 som nyt stykke: »…«`, `Efter § 7 indsættes: »…«`.
pub(super) fn insert(input: &mut In<'_>, context: &Context, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let mut context = context.clone();
    let mut base = context.base();
    let mut place_named: Option<Where> = None;
    let mut what: Option<As> = None;
    let mut verb = false;
    loop {
        let before = *input;
        if !verb && word(COME, "read-order")(input).is_ok() {
            verb = true;
        } else if let Ok(found) = position(input, &base) {
            // `Efter § 7 indsættes før overskriften før § 8` says both; else the second is the more precise.
            place_named = Some(match (place_named, found) {
                (Some(Where::Beside(Side::After, after)), Where::Beside(Side::Before, before)) => {
                    Where::Between(after, before)
                }
                (_, found) => found,
            });
        } else if verb
            && place_named.is_none()
            && let Ok(found) = {
                *input = before;
                inside(input, &base)
            }
        {
            // `I § 4 indsættes i stk. 1 efter nr. 4`
            base = found.clone();
            context = Context::of(vec![found]);
        } else if what.is_none()
            && let Ok(found) = {
                *input = before;
                as_what(input)
            }
        {
            what = Some(found);
        } else {
            *input = before;
            let at_end = alt((
                (word(&["i"], "read-where"), word(&["slutningen"], "read-where")).void(),
                (word(&["til"], "read-where"), word(&["sidst"], "read-where")).void(),
                word(&["sidst", "følgende", "ordene", "ordet"], "read-where"),
            ))
            .parse_next(input);
            if at_end.is_ok() {
                continue;
            }
            *input = before;
            let glue = !is(next(input, 1), &["og"]) && is(next(input, 0), &[","]);
            if glue && !matches!(next(input, 1).map(|t| &t.kind), Some(Tok::Quote(_))) {
                comma(input)?;
                if position(&mut input.clone(), &base).is_ok()
                    || as_what(&mut input.clone()).is_ok()
                    || !verb && is(next(input, 0), COME)
                {
                    continue;
                }
                *input = before;
            }
            break;
        }
    }
    let _ = opt((
        word(&["med"], "read-quote"),
        word(&["følgende", "denne"], "read-quote"),
        word(&["ordlyd", "tekst", "indhold"], "read-quote"),
    ))
    .parse_next(input)?;
    if !verb {
        return miss(input, "read-order");
    }
    let _ = opt(sign(&[":"], "read-quote")).parse_next(input)?;
    if let Some(Where::Words(side, beside)) = place_named {
        let new = words(input)?;
        if context.scopes.is_empty() {
            return miss(input, "read-place");
        }
        let beside = beside.concat();
        push(input, &from, out, Order::InsertWords { scopes: context.scopes.clone(), side, beside, new });
        return Ok(());
    }
    if place_named.is_none()
        && what.is_none()
        && let Some((side, new, beside)) = new_first(input)
    {
        if context.scopes.is_empty() {
            return miss(input, "read-place");
        }
        push(input, &from, out, Order::InsertWords { scopes: context.scopes.clone(), side, beside, new });
        return Ok(());
    }
    let token = quote(input)?;
    let what = what.unwrap_or_default();
    let mut text =
        lines(input, token, what.unit.filter(|u| matches!(u, Unit::Sentence | Unit::Heading | Unit::Letter)))?;
    if text.is_empty() {
        return miss(input, "read-quote");
    }
    let target = match &place_named {
        Some(Where::Beside(_, target) | Where::Between(target, _)) => Some(target.as_ref()),
        _ => context.scopes.last().and_then(|s| s.target.as_ref()),
    };
    let Some(unit) = what.unit.or_else(|| infer(&text, target, place_named.is_some())) else {
        // `Efter § 2 indsættes: »Udvalget …«`: a § or a sentence?
        return wrong_before(input, "read-label");
    };
    give_labels(&mut text, unit, what.level.as_ref());
    let place = match (place_named, &what.level) {
        (Some(Where::Chapter(number)), _) => Place::InChapter(number),
        (Some(Where::Between(after, before)), _) => Place::Between(after, before),
        (Some(Where::Beside(Side::Before, target)), _) => Place::Before(*target),
        (Some(Where::Beside(Side::After, target)), _) => Place::After(*target),
        (_, level) => {
            if let Some(chapter) = base.address.chapter.clone().filter(|_| unit == Unit::Section && level.is_none()) {
                Place::InChapter(chapter)
            } else {
                Place::As(numbered_target(&base, unit, level.as_ref()))
            }
        }
    };
    push(input, &from, out, Order::Insert { place, unit, text });
    Ok(())
}

/// Reads `i stk. 1` after the verb.
fn inside(input: &mut In<'_>, base: &Target) -> Got<Target> {
    word(&["i"], "read-where")(input)?;
    match place(base)(input)?.as_slice() {
        [one] if one.address.section.is_some() => Ok(one.clone()),
        // `I § 8, stk. 2, indsættes i indledningen …` is not the bylaw's.
        [one] if one.address.named.is_some() && *base == Target::default() => Ok(one.clone()),
        _ => miss(input, "read-where"),
    }
}

/// Reads `»mindst« før »7«`: the new words, and those they come beside.
fn new_first(input: &mut In<'_>) -> Option<(Side, String, String)> {
    let before = *input;
    let read = |input: &mut In<'_>| -> Got<(Side, String, String)> {
        let new = words(input)?;
        let side = alt((
            word(&["efter"], "read-where").map(|()| Side::After),
            word(&["før", "foran"], "read-where").map(|()| Side::Before),
        ))
        .parse_next(input)?;
        Ok((side, new, words(input)?))
    };
    let found = read(input).ok();
    if found.is_none() {
        *input = before;
    }
    found
}

/// Returns the place of a unit that is named by the number it is to have.
fn numbered_target(base: &Target, unit: Unit, level: Option<&Level>) -> Target {
    let mut out = base.clone();
    match level {
        Some(Level::Section(n)) => out = Target::at(Address { section: n.first().cloned(), ..Address::default() }),
        Some(Level::Chapter(n)) => out = Target::at(Address { chapter: n.first().cloned(), ..Address::default() }),
        Some(Level::Subsection(n)) => out.address.subsection = n.first().copied(),
        Some(Level::Point(n)) => out.address.point = n.first().copied(),
        Some(Level::Letter(n)) => out.address.letter = n.first().map(|n| letter_of(*n)),
        Some(Level::Sentences(runs)) => out.sentences = runs.first().zip(runs.last()).map(|(a, b)| (a.0, b.1)),
        Some(Level::Paragraph(n)) => out.paragraph = Some(*n),
        None if unit == Unit::Subsection => out.address.subsection = None,
        None => {}
    }
    out
}

/// Finds out what kind of unit new text is.
fn infer(text: &[Line], target: Option<&Target>, beside: bool) -> Option<Unit> {
    let first = text.first()?;
    Some(match first.kind {
        Kind::Chapter => Unit::Chapter,
        Kind::Heading if text.len() > 1 => Unit::Section,
        Kind::Heading => Unit::Heading,
        Kind::Subsection if first.label.starts_with('§') => Unit::Section,
        Kind::Subsection => Unit::Subsection,
        Kind::Point => Unit::Point,
        Kind::Letter => Unit::Letter,
        _ => {
            let target = target?;
            let address = &target.address;
            if target.sentences.is_some() {
                Unit::Sentence
            } else if target.paragraph.is_some() || address.point.is_some() || address.named.is_some() {
                Unit::Text
            } else if address.subsection.is_some() && beside {
                Unit::Subsection
            } else {
                return None;
            }
        }
    })
}

/// Gives new text without labels those that the words before it name: `som stk. 2: »Udvalget …«`.
fn give_labels(text: &mut [Line], unit: Unit, level: Option<&Level>) {
    let Some(first) = text.first_mut().filter(|l| l.label.is_empty() && l.kind == Kind::Text) else { return };
    let (kind, label) = match (unit, level) {
        (Unit::Subsection, Some(Level::Subsection(n))) => (Kind::Subsection, n.first().map(|n| format!("Stk. {n}."))),
        (Unit::Point, Some(Level::Point(n))) => (Kind::Point, n.first().map(|n| format!("{n})"))),
        (Unit::Letter, Some(Level::Letter(n))) => (Kind::Letter, n.first().map(|n| format!("{})", letter_of(*n)))),
        (Unit::Section, Some(Level::Section(n))) => (Kind::Subsection, n.first().map(|n| format!("§ {n}."))),
        (Unit::Heading, _) => (Kind::Heading, None),
        _ => return,
    };
    first.kind = kind;
    first.label = label.unwrap_or_default();
}
