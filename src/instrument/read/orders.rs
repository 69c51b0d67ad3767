//! The sentences of an item: what is to be done, where.

use super::grammar::{
    Got, In, Level, comma, deeper, is, level, miss, next, number, place, places, quote, sign, take, word, wrong,
};
use super::lex::{Kind as Tok, Token};
use super::quote as quoted;
use crate::document::Address;
use crate::instrument::text::letter_of;
use crate::instrument::{Kind, Line, Operation, Order, Pair, Place, Places, Scope, Side, Target, Unit};
use winnow::Parser;
use winnow::combinator::{alt, opt};

const BYLAW: &[&str] = &[
    "vedtægten",
    "styrelsesvedtægten",
    "loven",
    "bekendtgørelsen",
    "regulativet",
    "forretningsordenen",
    "teksten",
    "dokumentet",
];
const CHANGED: &[&str] = &["ændres", "erstattes", "udskiftes", "rettes", "ændrer"];
const TO: &[&str] = &["til", "af", "med", "ved"];
const GO: &[&str] = &["udgår", "slettes", "fjernes", "stryges", "udgaar"];
const REPEALED: &[&str] = &["ophæves", "udgår", "slettes", "bortfalder", "ophaeves"];
const COME: &[&str] = &["indsættes", "tilføjes", "indføjes", "indsaettes"];
const RECAST: &[&str] = &["affattes", "formuleres"];
const THUS: &[&str] = &["således", "sådan", "saaledes"];

/// Is the place a chain of clauses goes on about.
#[derive(Clone, Debug)]
struct Context {
    scopes: Vec<Scope>,
}

impl Context {
    fn of(targets: Vec<Target>) -> Context {
        Context { scopes: targets.into_iter().map(Scope::one).collect() }
    }
    /// Returns the place as far as it can be added to: `I § 35 … stk. 1`.
    fn base(&self) -> Target {
        self.scopes.last().and_then(|s| s.target.clone()).unwrap_or_default()
    }
}

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
    let context = if is(next(input, 0), &["efter", "før", "foran", "som"]) {
        Context { scopes: Vec::new() }
    } else if matches!(next(input, 0), Some(t) if matches!(t.kind, Tok::Quote(_))) || is(next(input, 0), WORDS) {
        return words_first(input, out);
    } else if let Some(context) = scopes(input)? {
        context
    } else {
        *input = before;
        let base = Target::default();
        return places_first(input, &base, out);
    };
    chain(input, context, out)
}

/// Reads what says where words are changed: `I § 5, stk. 1,`, `To steder i § 3`, `Overalt i vedtægten`. Nothing if the
/// sentence begins with its places.
fn scopes(input: &mut In<'_>) -> Got<Option<Context>> {
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
            let found = places(&base)(input)?;
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

/// Reads `I`, `Overalt i`, `To steder i`, `I hele`.
fn how_often(input: &mut In<'_>) -> Got<Places> {
    fn inside(input: &mut In<'_>) -> Got<()> {
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

/// Reads clauses that go on about the same place.
fn chain(input: &mut In<'_>, context: Context, out: &mut Vec<Operation>) -> Got<()> {
    let mut context = context;
    clause(input, &mut context, out)?;
    loop {
        let before = *input;
        let known = out.len();
        let joined = joiner(input).and_then(|()| clause(input, &mut context, out));
        if joined.is_err() {
            *input = before;
            out.truncate(known);
            return end(input);
        }
    }
}

fn joiner(input: &mut In<'_>) -> Got<()> {
    alt((
        (sign(&[",", ";"], "read-end"), opt(word(&["og", "samt"], "read-end"))).void(),
        word(&["og", "samt"], "read-end"),
    ))
    .parse_next(input)
}

/// Reads the end of a sentence: a full stop, new text that ended it, or the end of the item.
fn end(input: &mut In<'_>) -> Got<()> {
    match next(input, 0) {
        None => Ok(()),
        Some(token) if is(Some(token), &["."]) || token.starts_line || token.capital => Ok(()),
        Some(_) => miss(input, "read-end"),
    }
}

fn push(input: &In<'_>, from: &In<'_>, out: &mut Vec<Operation>, order: Order) {
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
        Order::Insert { place: Place::InChapter(_), .. } | Order::Renumber { .. } => None,
    };
    if let Some(named) = named {
        input.state.last.replace(Some(named));
    }
    out.push(Operation { order, span: first..last });
}

/// Reads one clause.
fn clause(input: &mut In<'_>, context: &mut Context, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let first = next(input, 0);
    if is(first, CHANGED) {
        return changed(input, context, out);
    }
    if is(first, COME) {
        return insert(input, context, out);
    }
    if is(first, &["efter", "før", "foran", "som"]) {
        return insert(input, context, out);
    }
    if is(first, &["i"]) && is(next(input, 1), &["stedet"]) {
        return instead(input, out);
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
        let targets = if is(next(input, 0), THUS) { vec![base.clone()] } else { places(&base)(input)? };
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

/// Reads scopes that leave out what the sentence has named.
fn relative(input: &mut In<'_>, base: &Target) -> Got<Option<Context>> {
    let how = how_often(input)?;
    let scopes = if word(BYLAW, "read-place")(input).is_ok() {
        vec![Scope { target: None, places: how, except: Vec::new() }]
    } else {
        let found = places(base)(input)?;
        found.into_iter().map(|t| Scope { target: Some(t), places: how, except: Vec::new() }).collect()
    };
    comma(input)?;
    Ok(Some(Context { scopes }))
}

const WORDS: &[&str] = &["ordet", "ordene", "betegnelsen", "beløbet", "tallet", "sætningen", "udtrykket"];

/// Returns what comes after the word for words: `ordene »a«`.
fn words_after<'t>(input: &In<'t>, at: usize) -> Option<&'t Tok> {
    let mut at = at;
    if is(next(input, at), &["overalt"]) {
        at += 1;
    }
    if is(next(input, at + 1), &["steder"]) {
        at += 2;
    }
    if is(next(input, at), WORDS) {
        at += 1;
    }
    next(input, at).map(|t| &t.kind)
}

/// Reads `to steder` or `overalt` after the verb.
fn places_after(input: &mut In<'_>, context: &Context) -> Got<Vec<Scope>> {
    let mut scopes = context.scopes.clone();
    let before = *input;
    let how = match alt((word(&["overalt"], "read-quote").map(|()| Places::All), count)).parse_next(input) {
        Ok(how) => Some(how),
        Err(_) => {
            *input = before;
            None
        }
    };
    if let Some(how) = how {
        for scope in &mut scopes {
            scope.places = how;
        }
    }
    if scopes.is_empty() {
        return miss(input, "read-place");
    }
    Ok(scopes)
}

/// Reads quoted words, one or several: `ordene »a« og »b«`.
fn quotes(input: &mut In<'_>) -> Got<Vec<String>> {
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
fn words(input: &mut In<'_>) -> Got<String> {
    let before = *input;
    let _ = opt(word(WORDS, "read-quote")).parse_next(input)?;
    let token = quote(input)?;
    let found = quoted::words(raw(input, token));
    if found.is_empty() {
        *input = before;
        return miss(input, "read-quote");
    }
    Ok(found)
}

fn raw<'t>(input: &In<'t>, token: &Token) -> &'t str {
    match &token.kind {
        Tok::Quote(range) => input.state.text.get(range.clone()).unwrap_or_default(),
        _ => "",
    }
}

/// Reads `ændres »a« til: »b«, og »c« ændres til: »d«` after the places, or `ændres således: »…«`.
fn changed(input: &mut In<'_>, context: &Context, out: &mut Vec<Operation>) -> Got<()> {
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
        let targets = places(&context.base())(input)?;
        word(&["til"], "read-to")(input)?;
        let _ = opt(sign(&[":"], "read-quote")).parse_next(input)?;
        let token = quote(input)?;
        let text = lines(input, token, unit_of(targets.first()));
        Ok(Order::Recast { targets, text })
    };
    let found = read(input).ok();
    if found.is_none() {
        *input = before;
    }
    found
}

/// Reads `to steder`, `begge steder`, `overalt` after the words.
fn often_after(input: &mut In<'_>, often: &mut Option<Places>) {
    let before = *input;
    match alt((word(&["overalt"], "read-quote").map(|()| Places::All), count)).parse_next(input) {
        Ok(how) => *often = Some(how),
        Err(_) => *input = before,
    }
}

/// Gives scopes what was said after the words. Where as many places are named as words are to stand at, each has them once.
fn repeated(input: &In<'_>, scopes: &mut [Scope], often: Option<Places>) -> Got<()> {
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

/// Reads the pairs of words after the verb; more pairs may follow with the verb after the words or before them.
fn pairs(input: &mut In<'_>, often: &mut Option<Places>) -> Got<Vec<Pair>> {
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
fn words_then(input: &mut In<'_>, scopes: &[Scope], out: &mut Vec<Operation>) -> Got<()> {
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

/// Reads a sentence that begins with words: `Ordet »a« i § 5 ændres til »b«.`
fn words_first(input: &mut In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let old = quotes(input)?;
    let context = match scopes(input)? {
        Some(context) => context,
        None => return miss(input, "read-place"),
    };
    if is(next(input, 0), GO) || is(next(input, 0), REPEALED) {
        take(input, "read-order", |_| true)?;
        push(input, &from, out, Order::Delete { scopes: context.scopes, words: old });
        return end(input);
    }
    word(CHANGED, "read-order")(input)?;
    let mut often = None;
    let pairs = to(input, old, &mut often)?;
    let mut scopes = context.scopes;
    repeated(input, &mut scopes, often)?;
    push(input, &from, out, Order::Replace { scopes, pairs });
    end(input)
}

/// Reads a sentence or clause that begins with its places: `§ 7, stk. 3, ophæves.`, `§ 1 affattes således: »…«`.
fn places_first(input: &mut In<'_>, base: &Target, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let targets = places(base)(input)?;
    comma(input)?;
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
            Ok(lines(input, token, unit_of(targets.first())))
        });
        match instead {
            Ok(text) => {
                push(input, &from, out, Order::Exchange { targets, text });
                return end(input);
            }
            Err(_) => *input = before,
        }
        push(input, &from, out, Order::Repeal { targets: targets.clone() });
        return more(input, Context::of(targets), out);
    }
    if is(next(input, 0), RECAST) || is(next(input, 0), CHANGED) || is(next(input, 0), &["får"]) {
        take(input, "read-order", |_| true)?;
        thus(input)?;
        let token = quote(input)?;
        let text = lines(input, token, unit_of(targets.first()));
        push(input, &from, out, Order::Recast { targets: targets.clone(), text });
        return more(input, Context::of(targets), out);
    }
    if is(next(input, 0), COME) {
        // `§ 3 tilføjes som stk. 2: »…«`
        return chain(input, Context::of(targets), out);
    }
    miss(input, "read-order")
}

/// Goes on with further clauses about the same places.
fn more(input: &mut In<'_>, context: Context, out: &mut Vec<Operation>) -> Got<()> {
    let before = *input;
    let known = out.len();
    let joined = joiner(input).and_then(|()| deeper(input, |input| chain(input, context, out)));
    if joined.is_err() {
        *input = before;
        out.truncate(known);
        return end(input);
    }
    Ok(())
}

/// Reads `således:`, `til:`, `følgende ordlyd:`.
fn thus(input: &mut In<'_>) -> Got<()> {
    alt((
        word(THUS, "read-thus"),
        word(&["til"], "read-thus"),
        (word(&["følgende"], "read-thus"), word(&["ordlyd", "affattelse", "formulering"], "read-thus")).void(),
    ))
    .parse_next(input)?;
    opt(sign(&[":"], "read-thus")).void().parse_next(input)
}

fn text(input: &mut In<'_>, context: &Context) -> Got<Vec<Line>> {
    let token = quote(input)?;
    Ok(lines(input, token, unit_of(context.scopes.last().and_then(|s| s.target.as_ref()))))
}

/// Returns the kind of unit a target is, for new text whose labels could be read in two ways.
fn unit_of(target: Option<&Target>) -> Option<Unit> {
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
fn lines(input: &In<'_>, token: &Token, unit: Option<Unit>) -> Vec<Line> {
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
    out
}

/// Is what `som …` says of new text.
#[derive(Clone, Debug, Default)]
struct As {
    unit: Option<Unit>,
    level: Option<Level>,
}

/// Reads `som nyt stykke`, `som stk. 2`, `som nye numre`, `som § 7 a`, `et nyt stk. 2`, `følgende overskrift`.
fn as_what(input: &mut In<'_>) -> Got<As> {
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

fn numbered(input: &mut In<'_>) -> Got<As> {
    let before = *input;
    let Ok(found) = level(input) else {
        *input = before;
        return miss(input, "read-where");
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
    let side = alt((
        word(&["efter"], "read-where").map(|()| Side::After),
        word(&["før", "foran"], "read-where").map(|()| Side::Before),
    ))
    .parse_next(input)?;
    if matches!(words_after(input, 0), Some(Tok::Quote(_))) {
        return Ok(Where::Words(side, vec![words(input)?]));
    }
    let found = place(base)(input)?;
    match found.as_slice() {
        [one] => Ok(Where::Beside(side, Box::new(one.clone()))),
        _ => miss(input, "read-place"),
    }
}

/// Reads what is put in: `indsættes efter stk. 1 som nyt stykke: »…«`, `Efter § 7 indsættes: »…«`.
fn insert(input: &mut In<'_>, context: &Context, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let mut context = context.clone();
    let mut base = context.base();
    let mut place_named: Option<Where> = None;
    let mut what: Option<As> = None;
    let mut verb = false;
    let mut last = false;
    loop {
        let before = *input;
        if !verb && word(COME, "read-order")(input).is_ok() {
            verb = true;
        } else if let Ok(found) = position(input, &base) {
            // `Efter § 7 indsættes før overskriften før § 8`: the second is the more precise.
            place_named = Some(found);
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
                last = true;
            } else {
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
    }
    let _ = last;
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
        lines(input, token, what.unit.filter(|u| matches!(u, Unit::Sentence | Unit::Heading | Unit::Letter)));
    if text.is_empty() {
        return miss(input, "read-quote");
    }
    let target = match &place_named {
        Some(Where::Beside(_, target)) => Some(target.as_ref()),
        _ => context.scopes.last().and_then(|s| s.target.as_ref()),
    };
    let Some(unit) = what.unit.or_else(|| infer(&text, target, place_named.is_some())) else {
        return wrong(input, &from, "read-where");
    };
    give_labels(&mut text, unit, what.level.as_ref());
    let place = match (place_named, &what.level) {
        (Some(Where::Chapter(number)), _) => Place::InChapter(number),
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
        Some(Level::Sentences(a, b)) => out.sentences = Some((*a, *b)),
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

/// Reads `i stedet indsættes: »…«` after a clause that repealed.
fn instead(input: &mut In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    word(&["i"], "read-order")(input)?;
    word(&["stedet"], "read-order")(input)?;
    word(COME, "read-order")(input)?;
    let _ = opt(as_what).parse_next(input)?;
    let _ = opt(sign(&[":"], "read-quote")).parse_next(input)?;
    let token = quote(input)?;
    match out.pop() {
        Some(Operation { order: Order::Repeal { targets }, span }) => {
            let text = lines(input, token, unit_of(targets.first()));
            out.push(Operation { order: Order::Exchange { targets, text }, span: span.start..token.span.end });
            Ok(())
        }
        Some(other) => {
            out.push(other);
            miss(input, "read-order")
        }
        None => miss(input, "read-order"),
    }
}

/// Reads `Nr. 4 og 5 bliver herefter nr. 5 og 6.`
fn shift(input: &mut In<'_>, out: &mut Vec<Operation>) -> Got<()> {
    let from = *input;
    let _ = opt(word(&["de", "den", "det"], "read-place")).parse_next(input)?;
    let _ = opt(word(&["hidtidige", "hidtidigt", "nuværende", "tidligere"], "read-place")).parse_next(input)?;
    let base = input.state.last.borrow().clone().unwrap_or_default();
    let base = Target::at(base.address);
    let old = shifting(input, &base)?;
    comma(input)?;
    alt((
        word(&["bliver"], "read-becomes"),
        (word(&["ændres", "rykker", "omnummereres"], "read-becomes"), opt(word(&["nummer"], "read-becomes"))).void(),
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
        return end(input);
    }
    for (from_run, to_run) in runs(&old, &new) {
        push(input, &from, out, Order::Renumber { from: from_run, to: to_run });
    }
    // `…, og nr. 6 bliver nr. 8.`
    let before = *input;
    let known = out.len();
    if joiner(input).and_then(|()| deeper(input, |input| shift(input, out))).is_err() {
        *input = before;
        out.truncate(known);
    }
    end(input)
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
