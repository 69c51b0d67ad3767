//! Places as an instrument names them: joined, closed by commas, with the numbers they had.

use crate::document::Address;
use crate::document::number::{letter, letter_number};
use crate::instrument::{Places, Scope, Target};
use crate::lang::amending;
use crate::lang::danish;

/// Is a place in words, with whether a comma closes it.
pub(super) type Words = (String, bool);

/// What a point without a number is called.
const DASH: &str = "pind";

/// Is a step of an address: what it is called, and its number.
type Step = (&'static str, String);

/// Returns the steps of an address: what each is called, and its number.
fn steps(address: &Address) -> Vec<Step> {
    named(address, false)
}

/// Returns the steps of an address whose points may be dashes, which are counted.
fn named(address: &Address, dashes: bool) -> Vec<Step> {
    let mut out = Vec::new();
    if let Some(name) = address.named {
        out.push((name, String::new()));
    }
    if let Some(chapter) = &address.chapter {
        out.push(("kapitel", chapter.clone()));
    }
    if let Some(section) = &address.section {
        out.push(("§", section.clone()));
    }
    if let Some(n) = address.subsection {
        out.push(("stk.", n.to_string()));
    }
    if let Some(n) = address.point {
        out.push(if dashes { (DASH, format!("{n}.")) } else { ("nr.", n.to_string()) });
    }
    if let Some(letter) = &address.letter {
        out.push(("litra", letter.clone()));
    }
    out
}

fn say(steps: &[Step]) -> String {
    let each = steps.iter().map(|(name, n)| match *name {
        DASH => format!("{n} {name}"),
        _ if n.is_empty() => (*name).to_string(),
        _ => format!("{name} {n}"),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Says an address step by step, with the number each step has become: `§ 10, stk. 3, der bliver stk. 4, nr. 2`.
fn shifted(was: &[Step], now: &[Step]) -> String {
    let each = was.iter().zip(now).map(|(was, now)| {
        let own = say(std::slice::from_ref(was));
        if was == now { own } else { format!("{own}, der bliver {}", say(std::slice::from_ref(now))) }
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Returns the tail of a target that is no address: sentences and paragraphs.
fn tail(target: &Target) -> Option<String> {
    let run = |(a, b): (u32, u32)| match b.saturating_sub(a) {
        0 => format!("{a}. pkt."),
        1 => format!("{a}. og {b}. pkt."),
        _ => format!("{a}.-{b}. pkt."),
    };
    match (target.sentences, target.were, target.paragraph) {
        (Some(now), Some(were), _) => Some(format!("{}, der bliver {}", run(were), run(now))),
        (Some(now), None, _) => Some(run(now)),
        (None, _, Some(n)) => Some(format!("{n}. afsnit")),
        (None, _, None) => None,
    }
}

/// Returns a place in words.
pub(super) fn place(target: &Target) -> Words {
    let address = &target.address;
    if address.heading {
        return (address.to_string(), false);
    }
    let now = named(address, target.dashes);
    let was = target.was.as_ref().map(|was| named(was, target.dashes));
    let mut out = shifted(was.as_deref().unwrap_or(&now), &now);
    if let Some(tail) = tail(target) {
        out.push_str(&format!(", {tail}"));
    }
    let closed = out.contains(", ");
    (out, closed)
}

/// Returns a place without its last step, and the last step: `(§ 15, stk. 1,)`, `(efter) nr. 3, der bliver nr. 5,`.
pub(super) fn parent_and_own(target: &Target) -> (Words, Words) {
    let now = named(&target.address, target.dashes);
    let was = target.was.as_ref().map_or_else(|| now.clone(), |was| named(was, target.dashes));
    if let Some(tail) = tail(target) {
        let (words, closed) = place(&Target { sentences: None, paragraph: None, ..target.clone() });
        return ((words, closed), (tail, false));
    }
    let depth = now.len().saturating_sub(1);
    let said = |to: std::ops::Range<usize>| {
        let (was, now) = (was.get(to.clone()).unwrap_or(&[]), now.get(to).unwrap_or(&[]));
        let words = shifted(was, now);
        let closed = words.contains(", ");
        (words, closed)
    };
    (said(0..depth), said(depth..now.len()))
}

/// Joins places that are repealed or recast: §§ and siblings together.
pub(super) fn targets(list: &[Target]) -> Words {
    joined(list.iter().collect())
}

/// Joins places in which words are changed, with how often: `I § 3, stk. 1, og § 5 og to steder i § 7, stk. 2`.
pub(super) fn scopes(list: &[Scope]) -> Words {
    let times = |scope: &Scope| match scope.places {
        Places::Exactly(n) => n,
        Places::One | Places::All => 1,
    };
    let grouped = groups(list, true, &times);
    // `i overskriften før § 2, i § 3` could be read as one place; `og i § 3` cannot.
    let early = grouped.iter().rev().skip(2).any(|(_, group)| ends_in_heading(group));
    // In `litra d, og i overskriften` the word would be a letter.
    let letter = |group: &[&Target]| group.last().is_some_and(|t| t.address.letter.is_some() && t.sentences.is_none());
    let early = early || grouped.iter().rev().skip(1).any(|(_, group)| letter(group));
    let mut groups = if early { groups(list, false, &times) } else { grouped };
    // Those with one place come first, so that none of them is taken for one that is named with a number.
    groups.sort_by_key(|(n, _)| *n != 1);
    let each: Vec<Words> = groups
        .into_iter()
        .map(|(n, group)| {
            let (words, closed) = joined(group);
            let words = words.trim_end_matches(',');
            if n == 1 { (format!("i {words}"), closed) } else { (format!("{} i {words}", amending::times(n)), closed) }
        })
        .collect();
    let closed = each.last().is_some_and(|p| p.1);
    (danish::capital(&amending::join_places(&each)), closed)
}

/// Groups places by how often words stand there, and where headings are told apart, by whether they are headings: what
/// follows a heading is not what it stands before.
fn groups<'t>(list: &'t [Scope], apart: bool, times: &dyn Fn(&Scope) -> u32) -> Vec<(u32, Vec<&'t Target>)> {
    let mut out: Vec<(u32, Vec<&Target>)> = Vec::new();
    for scope in list {
        let Some(target) = &scope.target else { continue };
        let like = |group: &[&Target]| !apart || ends_in_heading(group) == target.address.heading;
        match out.iter_mut().rev().find(|(n, _)| *n == times(scope)).filter(|(_, group)| like(group)) {
            Some((_, group)) => group.push(target),
            None => out.push((times(scope), vec![target])),
        }
    }
    out
}

fn joined(list: Vec<&Target>) -> Words {
    let mut places: Vec<Words> = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let run = list[at..].iter().take_while(|t| siblings(list[at], t)).count().max(1);
        places.push(together(&list[at..at + run]));
        at += run;
    }
    let closed = places.last().is_some_and(|p| p.1);
    (amending::join_places(&places), closed)
}

/// Says whether two places differ in their last number alone.
fn siblings(a: &Target, b: &Target) -> bool {
    let plain = |t: &Target| t.was.is_none() && t.sentences.is_none() && t.paragraph.is_none() && !t.address.heading;
    let (x, y) = (named(&a.address, a.dashes), named(&b.address, b.dashes));
    plain(a) && plain(b) && in_one_list(&x, &y) && a.address.named.is_none()
}

/// Says whether the steps of two places differ in their last number alone.
fn in_one_list(a: &[Step], b: &[Step]) -> bool {
    let above = |of: &[Step]| of.len().saturating_sub(1);
    a.len() == b.len() && a[..above(a)] == b[..above(b)] && a.last().map(|s| s.0) == b.last().map(|s| s.0)
}

/// Says whether two units stand in one list of a § and are numbered by it: stk., nr. and litra, not §§ and chapters.
pub(super) fn are_listed_together(a: &Address, b: &Address) -> bool {
    let listed = a.subsection.is_some() || a.point.is_some() || a.letter.is_some();
    listed && in_one_list(&steps(a), &steps(b))
}

/// Returns places that differ in their last number alone as one: `§ 15, stk. 1, nr. 3, 5 og 7-9`, `§§ 2 og 3`.
fn together(group: &[&Target]) -> Words {
    let [first, _, ..] = group else {
        return group.first().map_or_else(|| (String::new(), false), |t| place(t));
    };
    let above = named(&first.address, first.dashes);
    let name = above.last().map_or("", |s| s.0);
    let numbers: Vec<String> = group.iter().filter_map(|t| steps(&t.address).pop().map(|s| s.1)).collect();
    let own = match name {
        "§" => format!("§§ {}", amending::numbers(&numbers)),
        DASH => format!("{} {name}", amending::ordinals(&numbers)),
        _ => format!("{name} {}", amending::numbers(&numbers)),
    };
    match above.len() {
        1 => (own, false),
        n => (format!("{}, {own}", say(&above[..n - 1])), true),
    }
}

/// Is what shifts and what it becomes, each from its first to its last.
pub(super) type Run = ((Address, Address), (Address, Address));

/// Returns shifts of numbers in one list: `Nr. 4 og 6-8 bliver herefter nr. 3 og 4-6`.
pub(super) fn shifts(all: &[Run]) -> String {
    let said = |pick: fn(&Run) -> &(Address, Address)| {
        let numbers: Vec<String> = all.iter().map(pick).flat_map(|(first, last)| from_to(first, last)).collect();
        let name = all.first().and_then(|run| steps(&pick(run).0).pop()).map_or("", |step| step.0);
        let name = if name == "§" && numbers.len() > 1 { "§§" } else { name };
        format!("{name} {}", amending::numbers(&numbers))
    };
    danish::capital(&format!("{} bliver herefter {}", said(|run| &run.0), said(|run| &run.1)))
}

/// Returns the numbers from one unit to another of its list.
fn from_to(first: &Address, last: &Address) -> Vec<String> {
    let own = |address: &Address| steps(address).pop().map(|step| step.1).unwrap_or_default();
    let (first_number, last_number) = (own(first), own(last));
    let lettered = first.letter.is_some();
    let figure = |n: &str| if lettered { letter_number(n) } else { n.parse().ok() };
    match (figure(&first_number), figure(&last_number)) {
        (Some(a), Some(b)) if a < b => (a..=b).map(|n| if lettered { letter(n) } else { n.to_string() }).collect(),
        _ => vec![first_number],
    }
}

/// Returns a place with the comma that closes it.
pub(super) fn closed((words, closed): Words) -> String {
    if closed { format!("{words},") } else { words }
}

/// Says whether a group of places ends in a heading.
fn ends_in_heading(group: &[&Target]) -> bool {
    group.last().is_some_and(|t| t.address.heading)
}
