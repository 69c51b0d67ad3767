//! How an amendment cites what only the proposal has: `det under nr. 13 foreslåede § 14, stk. 4`. The text in force has
//! no such place, so its number alone would point at nothing.

use super::describe::operations;
use crate::diff::Cause;
use crate::document::units::{Unit, UnitKind, units};
use crate::document::{Bylaw, NodeId, OpId};
use crate::instrument::derive::Derived;
use crate::render::paper::{Look, Span};
use std::collections::BTreeSet;

/// Returns the numbers of a proposal that carry out any of these operations: `nr. 13`, or `§ 1, nr. 13` where it has
/// several §§. A number that only follows, as a reference does, is none.
pub fn numbers(proposal: &Derived, ops: &BTreeSet<OpId>) -> Vec<String> {
    let several = proposal.instrument.parts.len() > 1;
    let mut out = Vec::new();
    for (part, notes) in proposal.instrument.parts.iter().zip(&proposal.notes) {
        for (number, note) in part.items.iter().zip(notes) {
            let own = note.causes.iter().filter(|cause| !matches!(cause, Cause::Consequence(_)));
            if own.flat_map(operations).any(|op| ops.contains(&op)) {
                let section = if several { format!("§ {}, ", part.number) } else { String::new() };
                out.push(format!("{section}nr. {}", number.number));
            }
        }
    }
    out
}

/// Is a place that comes with a proposal: how it is written, its article, and the number that proposes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    place: String,
    article: &'static str,
    number: String,
}

/// Finds the places of a text that the text in force does not have, each with the one number that proposes it.
pub fn places(in_force: &Bylaw, text: &Bylaw, proposal: &Derived) -> Vec<Proposed> {
    let old = units(in_force);
    let known: BTreeSet<(&NodeId, &NodeId)> = old.iter().map(|u| (&u.section, &u.id)).collect();
    let sections: BTreeSet<&NodeId> = old.iter().map(|u| &u.section).collect();
    let mut out: Vec<Proposed> = Vec::new();
    let labelled = |u: &&Unit<'_>| matches!(u.kind, UnitKind::Subsection | UnitKind::Point | UnitKind::Letter);
    let all = units(text);
    for unit in all.iter().filter(labelled).filter(|u| !known.contains(&(&u.section, &u.id))) {
        let ops: BTreeSet<OpId> = unit.op.into_iter().collect();
        let [number] = numbers(proposal, &ops).try_into().unwrap_or_else(|_| [String::new()]);
        if number.is_empty() {
            continue;
        }
        let whole = unit.address.section.as_ref().map(|n| format!("§ {n}"));
        let own = unit.address.to_string();
        // A new § is cited as one too.
        for place in whole.filter(|w| *w != own && !sections.contains(&unit.section)).into_iter().chain([own]) {
            let article = if place.contains(',') { "det" } else { "den" };
            if out.iter().all(|p| p.place != place) {
                out.push(Proposed { place, article, number: number.clone() });
            }
        }
    }
    // `§ 14, stk. 4, nr. 2` before `§ 14, stk. 4`.
    out.sort_by_key(|p| std::cmp::Reverse(p.place.len()));
    out
}

/// Writes the place that an order begins with as one that is proposed, if it is.
pub fn cite(spans: Vec<Span>, proposed: &[Proposed]) -> Vec<Span> {
    let text: String = spans.iter().map(|s| s.text.as_str()).collect();
    let (lead, rest) = text.strip_prefix("I ").map_or(("", text.as_str()), |rest| ("I ", rest));
    // Two places would need two numbers.
    let before_quote = rest.split('»').next().unwrap_or_default();
    if before_quote.matches('§').count() != 1 {
        return spans;
    }
    let begins =
        |place: &str| rest.strip_prefix(place).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()));
    let Some(found) = proposed.iter().find(|p| begins(&p.place)) else { return spans };
    let comma = if found.number.contains(',') { "," } else { "" };
    let mut article = found.article.to_string();
    if lead.is_empty() {
        article = crate::lang::danish::capital(&article);
    }
    let mut out = vec![Span::new(Look::Plain, format!("{lead}{article} under {}{comma} foreslåede ", found.number))];
    let mut left = lead.len();
    for mut span in spans {
        let cut = left.min(span.text.len());
        left -= cut;
        span.text.drain(..cut);
        match out.last_mut() {
            _ if span.text.is_empty() => {}
            Some(last) if last.look == span.look && last.link == span.link => last.text.push_str(&span.text),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cites_what_is_proposed() {
        let place =
            |place: &str, article, number: &str| Proposed { place: place.into(), article, number: number.into() };
        let proposed = [
            place("§ 14, stk. 4, nr. 2", "det", "§ 1, nr. 13"),
            place("§ 14, stk. 4", "det", "nr. 13"),
            place("§ 27 a", "den", "nr. 37"),
        ];
        let plain = |text: &str| {
            let spans = cite(vec![Span::plain(text)], &proposed);
            spans.iter().map(|s| s.text.as_str()).collect::<String>()
        };
        for (order, expected) in [
            (
                "I § 14, stk. 4, indsættes som 2. pkt.:",
                "I det under nr. 13 foreslåede § 14, stk. 4, indsættes som 2. pkt.:",
            ),
            ("§ 14, stk. 4, ophæves.", "Det under nr. 13 foreslåede § 14, stk. 4, ophæves."),
            (
                "I § 14, stk. 4, nr. 2, udgår »§ 3«.",
                "I det under § 1, nr. 13, foreslåede § 14, stk. 4, nr. 2, udgår »§ 3«.",
            ),
            ("I § 27 a indsættes som stk. 4:", "I den under nr. 37 foreslåede § 27 a indsættes som stk. 4:"),
            ("I § 14, stk. 40, udgår »a«.", "I § 14, stk. 40, udgår »a«."),
            ("I § 14, stk. 4, og § 15, stk. 2, udgår »a«.", "I § 14, stk. 4, og § 15, stk. 2, udgår »a«."),
            ("Efter § 27 a indsættes:", "Efter § 27 a indsættes:"),
        ] {
            assert_eq!(plain(order), expected);
        }
    }
}
