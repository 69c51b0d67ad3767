//! What becomes of the numbers: `Nr. 4 og 5 bliver herefter nr. 5 og 6.`

use super::grammar::{Got, In, comma, is, miss, next, take, word};
use super::orders::{end, joiner, push};
use super::places::place;
use crate::document::Address;
use crate::instrument::{Operation, Order, Target};
use winnow::Parser;
use winnow::combinator::{alt, opt};

/// Reads a sentence about numbers: `Nr. 4 og 5 bliver herefter nr. 5 og 6, og nr. 7 bliver nr. 9.`
pub(super) fn shift(input: &mut In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    shifted(input, out)?;
    loop {
        let before = *input;
        let known = out.len();
        if joiner(input).and_then(|()| shifted(input, out)).is_err() {
            *input = before;
            out.truncate(known);
            return end(input);
        }
    }
}

/// Reads a clause about numbers: `nr. 4 og 5 bliver herefter nr. 5 og 6`, `hvorefter stk. 3 bliver stk. 2`.
pub(super) fn shifted(input: &mut In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let _ = alt((
        word(&["hvorefter", "hvorved"], "read-place"),
        (word(&["således"], "read-place"), word(&["at"], "read-place")).void(),
    ))
    .parse_next(input);
    let _ = opt(word(&["de", "den", "det"], "read-place")).parse_next(input)?;
    let _ = opt(word(&["hidtidige", "hidtidigt", "nuværende", "tidligere"], "read-place")).parse_next(input)?;
    let base = input.state.last.borrow().clone().unwrap_or_default();
    let base = Target::at(base.address);
    let old = shifting(input, &base)?;
    comma(input)?;
    let _ = opt(word(&["herefter"], "read-becomes")).parse_next(input)?;
    alt((
        word(&["bliver"], "read-becomes"),
        (word(&["ændres", "rykker", "omnummereres"], "read-becomes"), opt(word(&["nummer"], "read-thus"))).void(),
    ))
    .parse_next(input)?;
    while is(next(input, 0), &["herefter", "hermed", "derefter", "til", "nu"]) {
        take(input, "read-becomes", |_| true)?;
    }
    let parent = old.first().cloned().unwrap_or_default();
    let new = shifting(input, &Target::at(parent.address))?;
    if old.len() != new.len()
        && let (Some(a), Some(b), Some(c), Some(d)) = (old.first(), old.last(), new.first(), new.last())
    {
        // It can be read, and does not hold: the applier says so.
        let from_run = (a.address.clone(), b.address.clone());
        push(input, &from, out, Order::Renumber { from: from_run, to: (c.address.clone(), d.address.clone()) });
        return Ok(());
    }
    for (from_run, to_run) in runs(&old, &new) {
        push(input, &from, out, Order::Renumber { from: from_run, to: to_run });
    }
    Ok(())
}

/// Reads the units a clause sends on.
fn shifting(input: &mut In<'_>, base: &Target) -> Got<Vec<Target>> {
    let before = *input;
    let found = place(base)(input)?;
    let odd = |t: &Target| t.sentences.is_some() || t.address.heading || t.address.named.is_some();
    if found.iter().any(odd) {
        *input = before;
        return miss(input, "read-place");
    }
    Ok(found)
}

/// Is the first and the last of a run.
type Run = (Address, Address);

/// Puts numbers that follow each other together.
fn runs(old: &[Target], new: &[Target]) -> Vec<(Run, Run)> {
    let follows = |a: &Address, b: &Address| match (key(a), key(b)) {
        (Some(a), Some(b)) => a + 1 == b,
        _ => false,
    };
    let mut out: Vec<(Run, Run)> = Vec::new();
    for (old, new) in old.iter().zip(new) {
        let (old, new) = (&old.address, &new.address);
        match out.last_mut() {
            Some((from, to)) if follows(&from.1, old) && follows(&to.1, new) => {
                from.1 = old.clone();
                to.1 = new.clone();
            }
            _ => out.push(((old.clone(), old.clone()), (new.clone(), new.clone()))),
        }
    }
    out
}

fn key(address: &Address) -> Option<u32> {
    if let Some(letter) = &address.letter {
        return crate::instrument::text::letter_number(letter);
    }
    let whole = address.chapter.as_ref().or(address.section.as_ref());
    address.point.or(address.subsection).or_else(|| whole.and_then(|n| n.parse().ok()))
}
