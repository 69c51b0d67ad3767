//! Where words are changed, and at how many places: `I § 5, stk. 1,`, `To steder i § 3`, `Overalt i vedtægten`.

use super::grammar::{Got, In, comma, is, miss, next, number, take, word};
use super::places::{joined, places};
use crate::instrument::{Places, Scope, Target};
use winnow::Parser;
use winnow::combinator::{alt, opt};

pub(super) const BYLAW: &[&str] = &[
    "vedtægten",
    "styrelsesvedtægten",
    "loven",
    "bekendtgørelsen",
    "regulativet",
    "forretningsordenen",
    "teksten",
    "dokumentet",
];

/// Is the place a chain of clauses goes on about.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) scopes: Vec<Scope>,
}

impl Context {
    pub(super) fn of(targets: Vec<Target>) -> Context {
        Context { scopes: targets.into_iter().map(Scope::one).collect() }
    }

    /// Returns the place as far as it can be added to: `I § 35 … stk. 1`.
    pub(super) fn base(&self) -> Target {
        self.scopes.last().and_then(|s| s.target.clone()).unwrap_or_default()
    }
}

/// Reads what says where words are changed: `I § 5, stk. 1,`, `To steder i § 3`, `Overalt i vedtægten`. Nothing if the
/// sentence begins with its places.
pub(super) fn scopes(input: &mut In<'_>) -> Got<Option<Context>> {
    let mut scopes = Vec::new();
    let before = *input;
    loop {
        let start = *input;
        let Ok(places_here) = how_often(input) else {
            *input = start;
            break;
        };
        let base = scopes.last().and_then(|s: &Scope| s.target.clone()).unwrap_or_default();
        if let Ok(()) = word(BYLAW, "read-place")(input) {
            scopes.push(Scope { target: None, places: places_here, except: Vec::new() });
        } else {
            let found = counted(places(&base)(input)?, places_here);
            scopes.extend(found.into_iter().map(|target| Scope {
                target: Some(target),
                places: places_here,
                except: Vec::new(),
            }));
        }
        if let Ok(except) = except(input) {
            for scope in &mut scopes {
                scope.except.clone_from(&except);
            }
        }
        let more = *input;
        let joined = (comma, opt(word(&["og", "samt"], "read-end"))).parse_next(input);
        if joined.is_err() || how_often(&mut input.clone()).is_err() {
            *input = more;
            break;
        }
    }
    if scopes.is_empty() {
        *input = before;
        return Ok(None);
    }
    comma(input)?;
    Ok(Some(Context { scopes }))
}

/// Returns the places words are counted in: `I … 1. og 2. pkt.` is each sentence, `to steder i … 1. og 2. pkt.` both.
fn counted(found: Vec<Target>, how: Places) -> Vec<Target> {
    if how == Places::One { found } else { joined(found) }
}

/// Reads `I`, `Overalt i`, `To steder i`, `I hele`.
pub(super) fn how_often(input: &mut In<'_>) -> Got<Places> {
    fn inside(input: &mut In<'_>) -> Got<()> {
        // `Til § 8 tilføjes …`, `Ad § 2: …`
        let leads = is(next(input, 0), &["ad", "til"]) && is(next(input, 1), &["§"]);
        if leads {
            return take(input, "read-place", |_| true).map(|_| ());
        }
        word(&["i"], "read-place")(input)
    }
    alt((
        (word(&["overalt"], "read-place"), inside).map(|_| Places::All),
        (word(&["alle"], "read-place"), word(&["steder"], "read-place"), inside).map(|_| Places::All),
        (inside, word(&["hele"], "read-place")).map(|_| Places::All),
        (count, inside).map(|(places, ())| places),
        inside.map(|()| Places::One),
    ))
    .parse_next(input)
}

/// Reads `to steder`, `3 steder`, `et sted`.
fn count(input: &mut In<'_>) -> Got<Places> {
    if is(next(input, 0), &["begge"]) {
        take(input, "read-number", |_| true)?;
        word(&["steder"], "read-place")(input)?;
        return Ok(Places::Exactly(2));
    }
    const WORDS: [&str; 13] =
        ["nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];
    let found = WORDS.iter().position(|w| is(next(input, 0), &[w]) || *w == "et" && is(next(input, 0), &["ét"]));
    let n = match found {
        Some(n) => {
            take(input, "read-number", |_| true)?;
            u32::try_from(n).unwrap_or(0)
        }
        None => number(input)?,
    };
    word(&["steder", "sted"], "read-place")(input)?;
    Ok(if n == 1 { Places::One } else { Places::Exactly(n) })
}

/// Reads `, bortset fra i § 5,`.
fn except(input: &mut In<'_>) -> Got<Vec<Target>> {
    let before = *input;
    let found = (|| {
        comma(input)?;
        alt((
            (word(&["bortset"], "read-end"), word(&["fra"], "read-end")).void(),
            (word(&["dog"], "read-end"), word(&["ikke"], "read-end")).void(),
            (word(&["på"], "read-end"), word(&["nær"], "read-end")).void(),
            word(&["undtagen", "undtaget"], "read-end"),
            (word(&["med"], "read-end"), word(&["undtagelse"], "read-end"), word(&["af"], "read-end")).void(),
        ))
        .parse_next(input)?;
        let _ = opt(word(&["i"], "read-place")).parse_next(input)?;
        places(&Target::default())(input)
    })();
    if found.is_err() {
        *input = before;
    }
    found
}

/// Reads scopes that leave out what the sentence has named.
pub(super) fn relative(input: &mut In<'_>, base: &Target) -> Got<Option<Context>> {
    let how = how_often(input)?;
    let scopes = if word(BYLAW, "read-place")(input).is_ok() {
        vec![Scope { target: None, places: how, except: Vec::new() }]
    } else {
        let found = counted(places(base)(input)?, how);
        found.into_iter().map(|t| Scope { target: Some(t), places: how, except: Vec::new() }).collect()
    };
    comma(input)?;
    Ok(Some(Context { scopes }))
}

/// Reads `to steder` or `overalt` after the verb.
pub(super) fn places_after(input: &mut In<'_>, context: &Context) -> Got<Vec<Scope>> {
    let mut scopes = context.scopes.clone();
    let before = *input;
    let how = match alt((word(&["overalt"], "read-quote").map(|()| Places::All), count)).parse_next(input) {
        Ok(how) => Some(how),
        Err(_) => {
            *input = before;
            None
        }
    };
    if scopes.is_empty() {
        return miss(input, "read-place");
    }
    repeated(input, &mut scopes, how)?;
    Ok(scopes)
}

/// Reads `to steder`, `begge steder`, `overalt` after the words.
pub(super) fn often_after(input: &mut In<'_>, often: &mut Option<Places>) {
    let before = *input;
    match alt((word(&["overalt"], "read-quote").map(|()| Places::All), count)).parse_next(input) {
        Ok(how) => *often = Some(how),
        Err(_) => *input = before,
    }
}

/// Gives scopes what was said after the words. Where as many places are named as words are to stand at, each has them once.
pub(super) fn repeated(input: &In<'_>, scopes: &mut [Scope], often: Option<Places>) -> Got<()> {
    let Some(how) = often else { return Ok(()) };
    let each = match how {
        Places::Exactly(n) if scopes.len() > 1 && n as usize == scopes.len() => Places::One,
        Places::Exactly(_) | Places::One if scopes.len() > 1 => return miss(input, "read-place"),
        how => how,
    };
    for scope in scopes {
        scope.places = each;
    }
    Ok(())
}
