//! The amendments as a council paper: to which number, moved by whom, the words, what stands against what, the order of
//! the vote, and what became of it.

use super::describe::frame;
use super::set::{BuildError, Maker};
use super::{StateCauses, instrument, paper, proposed};
use crate::check::Checked;
use crate::check::conflicts::{self, common, declares};
use crate::compile::{Compiled, compile};
use crate::diag::Findings;
use crate::diff::{Identity, compare};
use crate::document::{NodeId, OpId, units::units};
use crate::instrument::derive::{Derived, Step, derive};
use crate::instrument::print::{Piece, item};
use crate::instrument::{Kind, Line};
use crate::lang::danish;
use crate::model::{Model, Version};
use crate::render::paper::{Block, Look, Paper, Span, Style};
use crate::rules::{ChangeRule, Decision, ReadingRule};
use crate::template::Templates;
use std::collections::BTreeSet;

/// Is the paper's file name without its ending.
pub const NAME: &str = "aendringsforslag";

impl Maker<'_> {
    /// Puts the amendments into the set of the second reading, where there are any.
    pub(super) fn amendments(&mut self, reading: &ReadingRule) -> Result<(), BuildError> {
        match document(self.checked, reading) {
            Some(paper) => self.paper(&format!("reading-{}/{NAME}", reading.number.value), &paper, paper::PAPER),
            None => Ok(()),
        }
    }
}

/// Is an amendment with what it would do to the text that was put to the first reading.
struct Moved<'a> {
    change: &'a ChangeRule,
    /// What it orders, in the words of an instrument.
    derived: Derived,
    /// The operations of the proposal whose words it touches.
    touches: BTreeSet<OpId>,
    /// The places it touches.
    places: Vec<String>,
    /// How many words it changes: the more, the further it goes.
    reach: usize,
}

/// Makes the paper; `None` without amendments.
pub fn document(checked: &Checked, reading: &ReadingRule) -> Option<Paper> {
    let model = &checked.model;
    let (in_force, before) = (checked.version(Version::in_force())?, checked.version(Version::reading(1))?);
    let moved: Vec<Moved<'_>> = conflicts::amendments(model).filter_map(|c| tried(checked, before, c)).collect();
    if moved.is_empty() {
        return None;
    }
    let proposal = instrument::instrument(checked, 1).unwrap_or_default();
    let proposed = proposed::places(&in_force.bylaw, &before.bylaw, &proposal);
    let mut frame = frame(model, Some(reading), "Ændringsforslag");
    frame.effect_line = String::new();
    let mut blocks = Vec::new();
    let first = model.rules.readings.iter().find(|r| r.number.value == 1);
    let day = first.map(|r| format!(" {}", danish::den(r.date.value))).unwrap_or_default();
    blocks.push(Block::text(format!(
        "Der er stillet {} ændringsforslag til forslaget til ændring af vedtægten, som det blev forelagt ved 1. behandling{day}.",
        if moved.len() == 1 { "ét".to_string() } else { danish::number(moved.len() as u64) }
    )));
    for (i, one) in moved.iter().enumerate() {
        blocks.push(Block::heading(1, format!("Ændringsforslag {}: {}", i + 1, one.change.title)));
        section(&mut blocks, model, one, &moved, (&proposal, &proposed));
    }
    order(&mut blocks, &moved);
    Some(Paper { frame, blocks })
}

/// Works out what one amendment alone would do to the text of the first reading.
fn tried<'a>(checked: &'a Checked, before: &Compiled, change: &'a ChangeRule) -> Option<Moved<'a>> {
    let model = alone(&checked.model, &change.id.value);
    let mut quiet = Findings::default();
    let templates = Templates::load(&model.rules, &mut quiet)?;
    let after = compile(&model, &templates, Version::reading(2), &mut quiet)?;
    let redline =
        compare(&before.bylaw, &after.bylaw, Identity::Known, &StateCauses { model: &model, state: &after.state });
    let step = Step { effect: None, before: &before.bylaw, after: &after.bylaw, redline: Some(&redline) };
    let derived = derive(&[step]);
    let (mut nodes, mut places, mut reach) = (BTreeSet::new(), Vec::new(), 0);
    for change in redline.changes.iter().filter(|c| !c.class.is_consequence()) {
        nodes.insert(change.node.clone());
        nodes.insert(change.section.clone());
        let place = change.old.as_ref().or(change.new.as_ref()).map(ToString::to_string).unwrap_or_default();
        if !places.contains(&place) {
            places.push(place);
        }
        for row in change.rows.iter().filter_map(|r| redline.rows.get(*r)) {
            let marked = row.text.iter().filter(|s| s.change.is_some());
            reach += marked.map(|s| s.text.split_whitespace().count()).sum::<usize>();
        }
    }
    Some(Moved { change, touches: touched(before, &nodes), derived, places, reach })
}

/// Returns the rules as if one amendment, and no other, had been adopted.
fn alone(model: &Model, id: &str) -> Model {
    let mut rules = model.rules.clone();
    for change in rules.changes.iter_mut().filter(|c| c.edition.is_none()) {
        let own = change.id.value == id;
        if let Some(info) = &mut change.amendment {
            info.decision = if own { Decision::Adopted } else { Decision::Rejected };
        }
    }
    for reading in rules.readings.iter_mut().filter(|r| r.number.value == 2) {
        let named = crate::source::Spanned::new(id.to_string(), reading.span);
        reading.amendments = vec![named];
    }
    Model::new(rules, &mut Findings::default())
}

/// Returns the operations by which the proposal wrote the words at these places.
fn touched(before: &Compiled, nodes: &BTreeSet<NodeId>) -> BTreeSet<OpId> {
    let mut out = BTreeSet::new();
    for unit in units(&before.bylaw).iter().filter(|u| nodes.contains(&u.id)) {
        out.extend(unit.op);
        out.extend(unit.text.0.iter().filter_map(|run| run.origin.op));
    }
    out
}

fn section(
    blocks: &mut Vec<Block>,
    model: &Model,
    one: &Moved<'_>,
    all: &[Moved<'_>],
    (proposal, proposed): (&Derived, &[proposed::Proposed]),
) {
    let Some(info) = &one.change.amendment else { return };
    let example = if info.example { " (eksempel, ikke stillet i virkeligheden)" } else { "" };
    blocks.push(Block::text(format!("Stillet af {}{example}", info.mover)));
    blocks.push(Block::heading(2, heading(one, proposal)));
    let several = one.derived.instrument.parts.iter().map(|p| p.items.len()).sum::<usize>() > 1;
    for (i, number) in one.derived.instrument.parts.iter().flat_map(|p| &p.items).enumerate() {
        let mut lead = if several { vec![Span::new(Look::Strong, format!("{}) ", i + 1))] } else { Vec::new() };
        for piece in item(number) {
            match piece {
                Piece::Words(spans) => {
                    let text = lead.drain(..).chain(proposed::cite(spans, proposed)).collect();
                    blocks.push(Block::styled(Style::Item, text));
                }
                Piece::Quote(lines) => blocks.extend(quoted(&lines)),
            }
        }
    }
    if one.derived.instrument.parts.is_empty() {
        blocks.push(Block::text("Forslaget ændrer ingen ord i vedtægten."));
    }
    if !one.change.note.is_empty() {
        blocks.push(Block::styled(Style::Note, vec![Span::plain(&one.change.note)]));
    }
    let rivals: Vec<String> = all
        .iter()
        .enumerate()
        .filter(|(_, other)| other.change.id != one.change.id && exclude(one.change, other.change))
        .map(|(i, other)| format!("ændringsforslag {} (»{}«)", i + 1, other.change.title))
        .collect();
    if !rivals.is_empty() {
        blocks.push(Block::text(format!("Alternativ til {}. De kan ikke begge vedtages.", danish::join(&rivals))));
    }
    let decision = match info.decision {
        Decision::Adopted => "Vedtaget",
        Decision::Rejected => "Forkastet",
        Decision::Lapsed => "Bortfaldet",
        Decision::Open => "Ikke afgjort",
    };
    let text =
        vec![Span::new(Look::Strong, format!("{}s beslutning: ", model.rules.bylaw.council)), Span::plain(decision)];
    blocks.push(Block::styled(Style::Body, text));
}

/// Says what an amendment is to: the numbers of the proposal whose words it changes, else the places in the bylaw.
fn heading(one: &Moved<'_>, proposal: &Derived) -> String {
    let numbers = proposed::numbers(proposal, &one.touches);
    if numbers.is_empty() || numbers.len() > 3 {
        return format!("Til {}", together(&one.places));
    }
    format!("Til {} ({})", together(&numbers), together(&one.places))
}

/// Joins places; one that has a comma in it is closed by one before "og".
fn together(places: &[String]) -> String {
    match places {
        [first @ .., last] if first.last().is_some_and(|p| p.contains(',')) => {
            format!("{}, og {last}", first.join(", "))
        }
        _ => danish::join(places),
    }
}

/// Sets the bylaw's words as they are quoted, with the marks of quotation at both ends.
fn quoted(lines: &[Line]) -> Vec<Block> {
    let last = lines.len().saturating_sub(1);
    let set = |(i, line): (usize, &Line)| {
        let style = match line.kind {
            Kind::Point => Style::QuotedPoint,
            Kind::Letter => Style::QuotedLetter,
            Kind::Heading => Style::QuotedHeading,
            _ => Style::Quoted,
        };
        let open = if i == 0 { "»" } else { "" };
        let close = if i == last { "«" } else { "" };
        let label = if line.label.is_empty() { String::new() } else { format!("{} ", line.label) };
        Block::styled(style, vec![Span::plain(format!("{open}{label}{}{close}", line.text))])
    };
    lines.iter().enumerate().map(set).collect()
}

/// Says whether two amendments exclude each other: because they say so, or because both change one place.
fn exclude(first: &ChangeRule, second: &ChangeRule) -> bool {
    declares(first, second) || declares(second, first) || common(first, second).is_some()
}

/// Lists in which order to vote: of those that exclude each other, the most far-reaching first.
fn order(blocks: &mut Vec<Block>, moved: &[Moved<'_>]) {
    blocks.push(Block::heading(1, "Afstemningsrækkefølge"));
    let mut items = Vec::new();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for i in 0..moved.len() {
        if done.contains(&i) {
            continue;
        }
        let mut group = vec![i];
        let mut at = 0;
        while let Some(next) = group.get(at).copied() {
            let rivals = moved.iter().enumerate().filter(|(j, other)| {
                !group.contains(j) && moved.get(next).is_some_and(|m| exclude(m.change, other.change))
            });
            let rivals: Vec<usize> = rivals.map(|(j, _)| j).collect();
            group.extend(rivals);
            at += 1;
        }
        done.extend(&group);
        group.sort_by_key(|j| (std::cmp::Reverse(moved.get(*j).map_or(0, |m| m.reach)), *j));
        for (place, j) in group.iter().enumerate() {
            let Some(other) = moved.get(*j) else { continue };
            let mut text = format!("Ændringsforslag {}, »{}«", j + 1, other.change.title);
            if group.len() > 1 && place == 0 {
                text += ", som er det mest vidtgående af alternativerne";
            } else if place > 0 {
                text += ", hvis de foregående alternativer er forkastet";
            }
            items.push(vec![Span::plain(text)]);
        }
    }
    let remark = "Rækkefølgen er et forslag: af alternativer nævnes det først, der ændrer flest ord i teksten. Mødelederen afgør den.";
    items.push(vec![Span::plain("Forslaget som helhed med de vedtagne ændringer")]);
    blocks.push(Block::List { ordered: true, items });
    blocks.push(Block::styled(Style::Note, vec![Span::plain(remark)]));
}
