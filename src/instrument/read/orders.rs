//! The sentences of an item: what is to be done, where.

use super::grammar::{Got, In, comma, deeper, is, miss, next, quote, sign, take, word, wrong_before};
use super::insertion::{as_what, insert};
use super::lex::{Kind as Tok, Token};
use super::places::{joined, places};
use super::quote as quoted;
use super::scopes::{Context, how_often, often_after, places_after, relative, repeated, scopes};
use super::shifts::{shift, shifted};
use super::wording::{WORDS, changed, quotes, words, words_after, words_first, words_then};
use crate::instrument::{Kind, Line, Operation, Order, Pair, Place, Target, Unit};
use winnow::Parser;
use winnow::combinator::{alt, opt};

pub(super) const CHANGED: &[&str] = &["ændres", "erstattes", "udskiftes", "rettes", "ændrer"];
pub(super) const TO: &[&str] = &["til", "af", "med", "ved"];
pub(super) const GO: &[&str] = &["udgår", "slettes", "fjernes", "stryges", "udgaar"];
pub(super) const REPEALED: &[&str] = &["ophæves", "udgår", "slettes", "bortfalder", "ophaeves"];
pub(super) const COME: &[&str] = &["indsættes", "tilføjes", "indføjes", "indsaettes"];
const RECAST: &[&str] = &["affattes", "formuleres"];
const THUS: &[&str] = &["således", "sådan", "saaledes"];

/// Reads all sentences of an item.
pub(super) fn item(input: &mut In<'_>) -> Got<Vec<Operation>> {
    let mut out = Vec::new();
    loop {
        while is(next(input, 0), &[".", ";"]) {
            take(input, "read-end", |_| true)?;
        }
        if input.input.is_empty() {
            return if out.is_empty() { miss(input, "read-item") } else { Ok(out) };
        }
        sentence(input, &mut out)?;
    }
}

fn sentence(input: &mut In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    let before = *input;
    if let Ok(()) = shift(input, out) {
        return Ok(());
    }
    *input = before;
    let context = if is(next(input, 0), &["efter", "før", "foran", "mellem", "som"]) {
        Context { scopes: Vec::new() }
    } else if matches!(next(input, 0), Some(t) if matches!(t.kind, Tok::Quote(_))) || is(next(input, 0), WORDS) {
        return words_first(input, out);
    } else if is(next(input, 0), &["der"]) && is(next(input, 1), COME) {
        // `Der indsættes en ny § 9 a med følgende ordlyd:`
        take(input, "read-order", |_| true)?;
        Context { scopes: Vec::new() }
    } else if let Some(context) = scopes(input)? {
        let _ = opt(sign(&[":"], "read-order")).parse_next(input)?;
        context
    } else {
        *input = before;
        let base = Target::default();
        return places_first(input, &base, out);
    };
    chain(input, context, out)
}

/// Reads clauses that go on about the same place.
fn chain(input: &mut In<'_>, context: Context, out: &mut Vec<Operation>) -> Got<()> {
    let mut context = context;
    clause(input, &mut context, out)?;
    rest(input, context, out)
}

/// Reads the clauses after the first, to the end of the sentence; one may say what becomes of the numbers.
fn rest(input: &mut In<'_>, context: Context, out: &mut Vec<Operation>) -> Got<()> {
    let mut context = context;
    loop {
        let before = *input;
        let known = out.len();
        if joiner(input).and_then(|()| shifted(input, out)).is_ok() {
            continue;
        }
        *input = before;
        out.truncate(known);
        let joined = joiner(input).and_then(|()| deeper(input, |input| clause(input, &mut context, out)));
        if joined.is_err() {
            *input = before;
            out.truncate(known);
            return end(input);
        }
    }
}

/// Reads the comma or the `og` between two clauses.
pub(super) fn joiner(input: &mut In<'_>) -> Got<()> {
    alt((
        (sign(&[",", ";"], "read-end"), opt(word(&["og", "samt"], "read-end"))).void(),
        word(&["og", "samt"], "read-end"),
    ))
    .parse_next(input)
}

/// Reads the end of a sentence: a full stop, new text that ended it, or the end of the item.
pub(super) fn end(input: &mut In<'_>) -> Got<()> {
    match next(input, 0) {
        None => Ok(()),
        Some(token) if is(Some(token), &["."]) || token.starts_line || token.capital => Ok(()),
        Some(_) => miss(input, "read-end"),
    }
}

pub(super) fn push(input: &In<'_>, from: &In<'_>, out: &mut Vec<Operation>, order: Order) {
    let first = from.input.first().map_or(0, |t| t.span.start);
    let used = from.input.len().saturating_sub(input.input.len());
    let last = used.checked_sub(1).and_then(|i| from.input.get(i)).map_or(first, |t| t.span.end);
    let named = match &order {
        Order::Replace { scopes, .. } | Order::Delete { scopes, .. } | Order::InsertWords { scopes, .. } => {
            scopes.last().and_then(|s| s.target.clone())
        }
        Order::Recast { targets, .. } | Order::Repeal { targets } | Order::Exchange { targets, .. } => {
            targets.last().cloned()
        }
        Order::Insert { place: Place::Before(t) | Place::After(t) | Place::As(t), .. } => Some(t.clone()),
        Order::Insert { place: Place::Between(t, _), .. } => Some(t.as_ref().clone()),
        Order::Insert { place: Place::InChapter(_), .. } | Order::Renumber { .. } => None,
    };
    if let Some(named) = named {
        input.state.last.replace(Some(named));
    }
    out.push(Operation { order, span: first..last });
}

/// Reads one clause.
fn clause(input: &mut In<'_>, context: &mut Context, out: &mut Vec<Operation>) -> Got<()> {
    if is(next(input, 0), &["skal"]) {
        // `I § 5 skal »7« ændres til »9«`
        take(input, "read-order", |_| true)?;
    }
    let from = *input;
    let first = next(input, 0);
    if is(first, CHANGED) {
        return changed(input, context, out);
    }
    if is(first, COME) {
        return insert(input, context, out);
    }
    if is(first, &["efter", "før", "foran", "mellem", "som"]) {
        return insert(input, context, out);
    }
    if is(first, &["i"]) && is(next(input, 1), &["stedet"]) {
        return instead(input, &from, out);
    }
    if is(first, GO) && matches!(words_after(input, 1), Some(Tok::Quote(_))) {
        take(input, "read-order", |_| true)?;
        let mut scopes = places_after(input, context)?;
        let words = quotes(input)?;
        let mut often = None;
        often_after(input, &mut often);
        repeated(input, &mut scopes, often)?;
        push(input, &from, out, Order::Delete { scopes, words });
        return Ok(());
    }
    if matches!(words_after(input, 0), Some(Tok::Quote(_))) {
        return words_then(input, &context.scopes, out);
    }
    if is(first, RECAST) || is(first, REPEALED) {
        // `I § 5 affattes stk. 2 således:`, `I § 5 ophæves stk. 2 og 3`
        let repealed = is(first, REPEALED);
        take(input, "read-order", |_| true)?;
        let base = context.base();
        let targets = if is(next(input, 0), THUS) { vec![base.clone()] } else { joined(places(&base)(input)?) };
        if repealed {
            push(input, &from, out, Order::Repeal { targets });
            return Ok(());
        }
        thus(input)?;
        let text = text(input, context)?;
        push(input, &from, out, Order::Recast { targets, text });
        return Ok(());
    }
    // `…, og i stk. 3, der bliver stk. 2, udgår »…«`
    let before = *input;
    if how_often(&mut input.clone()).is_ok() {
        let base = context.base();
        if let Some(more) = relative(input, &base)? {
            *context = more;
            return clause(input, context, out);
        }
        *input = before;
    }
    places_first(input, &context.base(), out)
}

pub(super) fn raw<'t>(input: &In<'t>, token: &Token) -> &'t str {
    match &token.kind {
        Tok::Quote(range) => input.state.text.get(range.clone()).unwrap_or_default(),
        _ => "",
    }
}

/// Reads a sentence or clause that begins with its places: `§ 7, stk. 3, ophæves.`, `§ 1 affattes således: »…«`.
fn places_first(input: &mut In<'_>, base: &Target, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let named = places(base)(input)?;
    let targets = joined(named.clone());
    comma(input)?;
    let words = |at: usize| matches!(words_after(input, at), Some(Tok::Quote(_)));
    let verb = is(next(input, 0), CHANGED) || is(next(input, 0), GO);
    if verb && words(1) || is(next(input, 0), &[":"]) && words(1) {
        // `§ 5, stk. 2, udgår »4 år«`, `§ 2: »a« ændres til »b«`
        let _ = opt(sign(&[":"], "read-order")).parse_next(input)?;
        return chain(input, Context::of(named), out);
    }
    if is(next(input, 0), &["skal"]) {
        take(input, "read-order", |_| true)?;
    }
    if is(next(input, 0), REPEALED) {
        take(input, "read-order", |_| true)?;
        let before = *input;
        let instead = joiner(input).and_then(|()| {
            word(&["i"], "read-order")(input)?;
            word(&["stedet"], "read-order")(input)?;
            word(COME, "read-order")(input)?;
            let _ = opt(as_what).parse_next(input)?;
            sign(&[":"], "read-quote")(input)?;
            let token = quote(input)?;
            lines(input, token, unit_of(targets.first()))
        });
        match instead {
            Ok(text) => {
                push(input, &from, out, Order::Exchange { targets: targets.clone(), text });
                return rest(input, Context::of(targets), out);
            }
            Err(_) => *input = before,
        }
        push(input, &from, out, Order::Repeal { targets: targets.clone() });
        return rest(input, Context::of(targets), out);
    }
    if is(next(input, 0), RECAST) || is(next(input, 0), CHANGED) || is(next(input, 0), &["får"]) {
        take(input, "read-order", |_| true)?;
        thus(input)?;
        let token = quote(input)?;
        let text = lines(input, token, unit_of(targets.first()))?;
        let whole = |t: &Target| t.address.section.is_some() && unit_of(Some(t)).is_none() && !t.address.heading;
        let sections = text.iter().filter(|l| l.label.starts_with('§')).count();
        if targets.iter().all(whole) && sections > targets.len() {
            return wrong_before(input, "read-one-section");
        }
        push(input, &from, out, Order::Recast { targets: targets.clone(), text });
        return rest(input, Context::of(targets), out);
    }
    if is(next(input, 0), COME) {
        // `§ 3 tilføjes som stk. 2: »…«`
        return chain(input, Context::of(targets), out);
    }
    miss(input, "read-order")
}

/// Reads `således:`, `til:`, `følgende ordlyd:`, `af følgende:`, `som følger:`.
fn thus(input: &mut In<'_>) -> Got<()> {
    const WORDING: &[&str] = &["ordlyd", "affattelse", "formulering", "tekst"];
    alt((
        word(THUS, "read-thus"),
        (word(&["som"], "read-thus"), word(&["følger"], "read-thus")).void(),
        (
            opt(word(TO, "read-thus")),
            word(&["følgende", "denne"], "read-thus"),
            opt(alt((word(WORDING, "read-thus"), (word(&["nye"], "read-thus"), word(WORDING, "read-thus")).void()))),
        )
            .void(),
        word(&["til", "af"], "read-thus"),
    ))
    .parse_next(input)?;
    opt(sign(&[":"], "read-thus")).void().parse_next(input)
}

/// Reads the new text of the place the clauses are about.
fn text(input: &mut In<'_>, context: &Context) -> Got<Vec<Line>> {
    let token = quote(input)?;
    lines(input, token, unit_of(context.scopes.last().and_then(|s| s.target.as_ref())))
}

/// Returns the kind of unit a target is, for new text whose labels could be read in two ways.
pub(super) fn unit_of(target: Option<&Target>) -> Option<Unit> {
    let target = target?;
    let address = &target.address;
    Some(if target.sentences.is_some() {
        Unit::Sentence
    } else if address.heading || address.named.is_some() {
        Unit::Heading
    } else if address.letter.is_some() {
        Unit::Letter
    } else if address.point.is_some() {
        Unit::Point
    } else {
        return None;
    })
}

/// Returns quoted text as lines. Words that can have no label have none, whatever they look like.
pub(super) fn lines(input: &In<'_>, token: &Token, unit: Option<Unit>) -> Got<Vec<Line>> {
    let raw = raw(input, token);
    let mut out = quoted::lines(raw, !token.starts_line);
    match (unit, out.as_mut_slice()) {
        (Some(Unit::Sentence | Unit::Heading), [only])
            if only.kind != Kind::Chapter && !matches!(only.label.chars().next(), Some('§')) =>
        {
            let kind = if unit == Some(Unit::Heading) { Kind::Heading } else { Kind::Text };
            *only = Line::new(kind, "", quoted::words(raw.trim().trim_start_matches('#')));
        }
        // `a) …` alone is a letter; in a list of points marked with letters it is a point all the same.
        (Some(Unit::Letter), all) => {
            for line in all.iter_mut().filter(|l| l.kind == Kind::Point && l.label.ends_with(')')) {
                line.kind = Kind::Letter;
            }
        }
        _ => {}
    }
    // A label with no words is no text; a list may come under it.
    let empty = |(i, line): (usize, &Line)| {
        let listed = out.get(i + 1).is_some_and(|l| matches!(l.kind, Kind::Point | Kind::Letter));
        line.kind == Kind::Subsection && line.text.is_empty() && !listed
    };
    if out.iter().enumerate().any(empty) {
        return wrong_before(input, "read-words");
    }
    Ok(out)
}

/// Reads `i stedet indsættes: »…«` after a clause that repealed, or took words away.
fn instead(input: &mut In<'_>, from: &In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    word(&["i"], "read-order")(input)?;
    word(&["stedet"], "read-order")(input)?;
    word(COME, "read-order")(input)?;
    let Some(last) = out.last().cloned() else { return miss(from, "read-order") };
    let order = match last.order {
        Order::Repeal { targets } => {
            let _ = opt(as_what).parse_next(input)?;
            let _ = opt(sign(&[":"], "read-quote")).parse_next(input)?;
            let token = quote(input)?;
            let text = lines(input, token, unit_of(targets.first()))?;
            Order::Exchange { targets, text }
        }
        // Of several words that go, which are the new ones for? Only of one it is clear.
        Order::Delete { scopes, words: old } if old.len() == 1 => {
            let _ = opt(sign(&[":"], "read-quote")).parse_next(input)?;
            let new = words(input)?;
            Order::Replace { scopes, pairs: vec![Pair { old: old.concat(), new }] }
        }
        _ => return miss(from, "read-order"),
    };
    let used = from.input.len().saturating_sub(input.input.len());
    let end = used.checked_sub(1).and_then(|i| from.input.get(i)).map_or(last.span.end, |t| t.span.end);
    out.pop();
    out.push(Operation { order, span: last.span.start..end });
    Ok(())
}
