//! Changes of words: `ændres »a« til: »b«`, `»c« udgår`, `Ordet »a« i § 5 ændres til »b«`.

use super::grammar::{Got, In, is, miss, next, quote, sign, take, word, wrong_before};
use super::lex::Kind as Tok;
use super::orders::{CHANGED, COME, GO, REPEALED, TO, end, joiner, lines, push, raw, unit_of};
use super::places::{joined, places};
use super::quote as quoted;
use super::scopes::{Context, often_after, places_after, repeated, scopes};
use crate::instrument::{Operation, Order, Pair, Places, Scope};
use winnow::Parser;
use winnow::combinator::opt;

pub(super) const WORDS: &[&str] = &["ordet", "ordene", "betegnelsen", "beløbet", "tallet", "sætningen", "udtrykket"];

/// Returns what comes after the word for words: `ordene »a«`.
pub(super) fn words_after<'t>(input: &In<'t>, at: usize) -> Option<&'t Tok> {
    let mut at = at;
    if is(next(input, at), &["overalt"]) {
        at += 1;
    }
    if is(next(input, at + 1), &["steder"]) {
        at += 2;
    }
    if is(next(input, at), &["fra"]) {
        at += 1;
    }
    if is(next(input, at), WORDS) {
        at += 1;
    }
    next(input, at).map(|t| &t.kind)
}

/// Reads quoted words, one or several: `ordene »a« og »b«`.
pub(super) fn quotes(input: &mut In<'_>) -> Got<Vec<String>> {
    let mut out = vec![words(input)?];
    loop {
        let before = *input;
        // A quotation that a verb follows belongs to the next clause.
        let more = joiner(input).and_then(|()| words(input));
        let verb = is(next(input, 0), CHANGED) || is(next(input, 0), GO) || is(next(input, 0), COME);
        match more {
            Ok(more) if !verb => out.push(more),
            _ => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

/// Reads quoted words.
pub(super) fn words(input: &mut In<'_>) -> Got<String> {
    let before = *input;
    let _ = opt(word(WORDS, "read-quote")).parse_next(input)?;
    let token = quote(input)?;
    let raw = raw(input, token);
    // A list is no words: it would be written on one line.
    if raw.contains('\n') && quoted::lines(raw, false).iter().skip(1).any(|l| !l.label.is_empty()) {
        return wrong_before(input, "read-one-line");
    }
    let found = quoted::words(raw);
    if found.is_empty() {
        *input = before;
        return miss(input, "read-quote");
    }
    Ok(found)
}

/// Reads `ændres »a« til: »b«, og »c« ændres til: »d«` after the places, or `ændres således: »…«`.
pub(super) fn changed(input: &mut In<'_>, context: &Context, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    word(CHANGED, "read-order")(input)?;
    if let Some(order) = unit_to(input, context) {
        push(input, &from, out, order);
        return Ok(());
    }
    let mut scopes = places_after(input, context)?;
    let mut often = None;
    let pairs = pairs(input, &mut often)?;
    repeated(input, &mut scopes, often)?;
    push(input, &from, out, Order::Replace { scopes, pairs });
    Ok(())
}

/// Reads `ændres litra a til: »a) …«`, which writes a unit anew; nothing if words follow the verb.
fn unit_to(input: &mut In<'_>, context: &Context) -> Option<Order> {
    const UNITS: &[&str] = &["stk", "stykke", "nr", "nummer", "litra", "bogstav", "§", "overskriften", "sidste"];
    if !is(next(input, 0), UNITS) {
        return None;
    }
    let before = *input;
    let read = |input: &mut In<'_>| -> Got<Order> {
        let targets = joined(places(&context.base())(input)?);
        word(&["til"], "read-to")(input)?;
        let _ = opt(sign(&[":"], "read-quote")).parse_next(input)?;
        let token = quote(input)?;
        let text = lines(input, token, unit_of(targets.first()))?;
        Ok(Order::Recast { targets, text })
    };
    let found = read(input).ok();
    if found.is_none() {
        *input = before;
    }
    found
}

/// Reads the pairs of words after the verb; more pairs may follow with the verb after the words or before them.
fn pairs(input: &mut In<'_>, often: &mut Option<Places>) -> Got<Vec<Pair>> {
    let _ = opt(word(&["fra"], "read-quote")).parse_next(input)?;
    let olds = quotes(input)?;
    let mut out = to(input, olds, often)?;
    loop {
        let before = *input;
        let more = joiner(input).and_then(|()| {
            let verb = opt(word(CHANGED, "read-order")).parse_next(input)?;
            let olds = quotes(input)?;
            if verb.is_none() {
                let _ = opt(word(CHANGED, "read-order")).parse_next(input)?;
            }
            // What is said of these words alone cannot be said of the first too.
            let mut own = *often;
            let more = to(input, olds, &mut own)?;
            if own == *often { Ok(more) } else { miss(input, "read-end") }
        });
        match more {
            Ok(more) => out.extend(more),
            Err(_) => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

/// Reads `til: »b«`, and gives each of the words that go what comes for it.
fn to(input: &mut In<'_>, olds: Vec<String>, often: &mut Option<Places>) -> Got<Vec<Pair>> {
    often_after(input, often);
    word(TO, "read-to")(input)?;
    let _ = opt(word(&["henholdsvis"], "read-quote")).parse_next(input)?;
    let _ = opt(sign(&[":"], "read-quote")).parse_next(input)?;
    let mut news = vec![words(input)?];
    while news.len() < olds.len() {
        let before = *input;
        match joiner(input).and_then(|()| words(input)) {
            Ok(new) if !(is(next(input, 0), CHANGED) || is(next(input, 0), TO)) => news.push(new),
            _ => {
                *input = before;
                break;
            }
        }
    }
    often_after(input, often);
    let pair = |(old, new): (String, &String)| Pair { old, new: new.clone() };
    match news.as_slice() {
        [one] => Ok(olds.into_iter().map(|old| pair((old, one))).collect()),
        all if all.len() == olds.len() => Ok(olds.into_iter().zip(all).map(pair).collect()),
        _ => miss(input, "read-quote"),
    }
}

/// Reads a clause that begins with words: `»c« ændres til: »d«`, `»c« udgår`.
pub(super) fn words_then(input: &mut In<'_>, scopes: &[Scope], out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let old = quotes(input)?;
    if is(next(input, 0), GO) || is(next(input, 0), REPEALED) {
        take(input, "read-order", |_| true)?;
        push(input, &from, out, Order::Delete { scopes: scopes.to_vec(), words: old });
        return Ok(());
    }
    word(CHANGED, "read-order")(input)?;
    let mut often = None;
    let mut found = to(input, old, &mut often)?;
    let before = *input;
    let mut own = often;
    match joiner(input).and_then(|()| pairs(input, &mut own)) {
        Ok(more) if own == often => found.extend(more),
        _ => *input = before,
    }
    let mut scopes = scopes.to_vec();
    repeated(input, &mut scopes, often)?;
    push(input, &from, out, Order::Replace { scopes, pairs: found });
    Ok(())
}

/// Reads a sentence that begins with words: `Ordet »a« i § 5 ændres til »b«`, `»a« ændres overalt i vedtægten til »b«`.
pub(super) fn words_first(input: &mut In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let old = quotes(input)?;
    let before = scopes(input)?;
    let goes = is(next(input, 0), GO) || is(next(input, 0), REPEALED);
    if goes {
        take(input, "read-order", |_| true).map(|_| ())?
    } else {
        word(CHANGED, "read-order")(input)?
    }
    let context = match before {
        Some(context) => context,
        None => match scopes(input)? {
            Some(context) => context,
            None => return miss(input, "read-place"),
        },
    };
    if goes {
        push(input, &from, out, Order::Delete { scopes: context.scopes, words: old });
        return end(input);
    }
    let mut often = None;
    let pairs = to(input, old, &mut often)?;
    let mut scopes = context.scopes;
    repeated(input, &mut scopes, often)?;
    push(input, &from, out, Order::Replace { scopes, pairs });
    end(input)
}
