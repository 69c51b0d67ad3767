//! The small parts of the grammar: words, signs, and what is remembered of what was missing.

use super::lex::{Kind, Token};
use crate::instrument::Target;
use std::cell::{Cell, RefCell};
use winnow::combinator::{alt, opt};
use winnow::error::{EmptyError, ParserError as _};
use winnow::stream::Stateful;
use winnow::{Parser, Result};

/// The most units one range may name.
pub(super) const MOST: u32 = 2000;

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

/// Fails at the token that was read last: it is read, and means nothing.
pub(super) fn wrong_before<T>(input: &In<'_>, expected: &'static str) -> Got<T> {
    if input.state.wrong.get().is_none() {
        input.state.wrong.set(Some((input.input.len() + 1, expected)));
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
pub(super) fn between(input: &mut In<'_>) -> Got<()> {
    alt((
        (sign(&[","], "read-end"), opt(word(&["og", "samt", "eller"], "read-end"))).void(),
        word(&["og", "samt", "eller"], "read-end"),
    ))
    .parse_next(input)
}
