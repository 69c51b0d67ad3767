//! Carries out an instrument on a text, item by item, or says what does not apply and what stands there instead.
//!
//! An operation is looked up whole before it changes anything, and the text is handed over only when every item applied.

mod build;
mod doubts;
mod insert;
mod missing;
mod near;
mod place;
mod recast;
mod renumber;
mod repeal;
mod sections;
mod sentences;
mod trouble;
mod words;

pub use doubts::{Doubt, What};
pub use trouble::{Trouble, Why, say};

use super::text::{Clock, Node, Row, Text};
use super::{Instrument, Item, Operation, Order, Pair, Part, Place, Places, Scope, Side, Target};
use jiff::civil::Date;
use sections::Sections;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use words::Edit;

/// How many troubles, and how many doubts, are told at most.
const MOST: usize = 50;

/// Says which items are to be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All of them.
    Always,
    /// Those that have taken effect by a day. One that has no day is a trouble.
    By(Date),
}

/// Carries out an instrument. Returns the amended text, or everything that does not apply.
pub fn apply(instrument: &Instrument, text: &Text, when: When) -> Result<Text, Vec<Trouble>> {
    let mut applier = Applier::new(text.clone());
    applier.run(instrument, when)?;
    Ok(applier.text)
}

/// Carries out an instrument as [`apply`] does, and says what may not be meant.
pub fn apply_noting(instrument: &Instrument, text: &Text, when: When) -> Result<(Text, Vec<Doubt>), Vec<Trouble>> {
    let mut doubts: Vec<Doubt> = doubts::other_town(instrument, text).into_iter().collect();
    let mut applier = Applier::new(text.clone());
    applier.run(instrument, when)?;
    doubts.extend(doubts::other_case(instrument, &applier.text, when));
    doubts.append(&mut applier.doubts);
    doubts.sort_by_key(|d| d.span.start);
    Ok((applier.text, doubts))
}

/// Is what an item touches of the text before the instrument: lines by their number from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touch {
    /// Lines whose words change or that go.
    pub lines: BTreeSet<u32>,
    /// Lines beside which something new is put.
    pub beside: BTreeSet<u32>,
}

/// Returns what each item touches of the text before the instrument, in the order of the items.
pub fn touched(instrument: &Instrument, text: &Text) -> Result<Vec<Touch>, Vec<Trouble>> {
    let mut text = text.clone();
    text.mark();
    Applier::new(text).run(instrument, When::Always)
}

fn due(part: &Part, item: &Item, when: When) -> Result<bool, Why> {
    match (when, item.effect.or(part.effect)) {
        (When::Always, _) => Ok(true),
        (When::By(day), Some(effect)) => Ok(effect <= day),
        (When::By(_), None) => Err(Why::new("no-day")),
    }
}

fn name(part: &Part, item: &Item) -> String {
    match part.number.as_str() {
        "" => format!("nr. {}", item.number),
        number => format!("§ {number}, nr. {}", item.number),
    }
}

/// Is a line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    node: usize,
    slot: Slot,
}

/// Is a line, and the part of its words that is meant; `None` for all of them.
type Piece = (At, Option<Range<usize>>);

/// Says which line of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    /// The one line of a node that is no §.
    Line,
    /// The heading before a §.
    Heading,
    /// A line of a stk.
    Row(usize, usize),
}

/// Is the text while it is changed.
struct Applier {
    text: Text,
    /// The text before the instrument.
    before: Text,
    /// The text before the part.
    part: Text,
    /// What the item has touched of the text before the instrument.
    touch: Touch,
    /// Where the §§ stand, by number.
    sections: Sections,
    /// The numbers that §§ with another one had before, the first one first.
    former: BTreeMap<String, Vec<String>>,
    /// The §§ the item has inserted or renumbered.
    fresh: BTreeSet<String>,
    clock: Clock,
    /// How much looking for similar words is left.
    effort: usize,
    /// Whether the item says what becomes of other numbers.
    renumbers: bool,
    /// What may not be meant.
    doubts: Vec<Doubt>,
}

impl Applier {
    fn new(text: Text) -> Applier {
        Applier {
            before: text.clone(),
            part: Text::default(),
            sections: Sections::of(&text.nodes),
            text,
            touch: Touch::default(),
            former: BTreeMap::new(),
            fresh: BTreeSet::new(),
            clock: Clock::default(),
            effort: near::EFFORT,
            renumbers: false,
            doubts: Vec::new(),
        }
    }

    /// Carries out all items that are due. Returns what each touched, or what does not apply.
    fn run(&mut self, instrument: &Instrument, when: When) -> Result<Vec<Touch>, Vec<Trouble>> {
        let (mut touched, mut troubles) = (Vec::new(), Vec::new());
        for (i, part) in (1..).zip(&instrument.parts) {
            self.clock.part = i;
            self.part = self.text.clone();
            for item in &part.items {
                self.clock.item += 1;
                match due(part, item, when) {
                    Ok(true) => {
                        self.item(part, item, &mut troubles);
                        touched.push(std::mem::take(&mut self.touch));
                    }
                    Ok(false) => {}
                    Err(why) => {
                        let (item, span) = (name(part, item), item.span.clone());
                        troubles.push(Trouble { item, span, target: String::new(), why });
                    }
                }
                if troubles.len() >= MOST {
                    return Err(troubles);
                }
            }
        }
        if troubles.is_empty() { Ok(touched) } else { Err(troubles) }
    }

    fn item(&mut self, part: &Part, item: &Item, troubles: &mut Vec<Trouble>) {
        self.fresh.clear();
        self.renumbers = item.operations.iter().any(|o| matches!(o.order, Order::Renumber { .. }));
        let before = troubles.len();
        for operation in &item.operations {
            let doubts = self.doubts.len();
            let done = self.operation(operation);
            for doubt in self.doubts.iter_mut().skip(doubts) {
                (doubt.item, doubt.span) = (name(part, item), operation.span.clone());
            }
            if let Err((target, why)) = done {
                troubles.push(Trouble { item: name(part, item), span: operation.span.clone(), target, why });
                if troubles.len() >= MOST {
                    return;
                }
            }
        }
        if troubles.len() > before {
            return;
        }
        for number in std::mem::take(&mut self.fresh) {
            if let Err(why) = self.fits(&number) {
                let target = format!("§ {number}");
                troubles.push(Trouble { item: name(part, item), span: item.span.clone(), target, why });
            }
        }
    }

    fn operation(&mut self, operation: &Operation) -> Result<(), (String, Why)> {
        match &operation.order {
            Order::Replace { scopes, pairs } => self.replace(scopes, pairs),
            Order::Delete { scopes, words } => {
                let gone = |old: &String| Pair { old: old.clone(), new: String::new() };
                self.replace(scopes, &words.iter().map(gone).collect::<Vec<_>>())
            }
            Order::InsertWords { scopes, side, beside, new } => self.insert_words(scopes, *side, beside, new),
            Order::Recast { targets, text } => self.recast(targets, text).map_err(|why| (all(targets), why)),
            Order::Repeal { targets } => self.repeal(targets),
            Order::Exchange { targets, text } => self.exchange(targets, text).map_err(|why| (all(targets), why)),
            Order::Insert { place, unit, text } => self.insert(place, *unit, text).map_err(|why| (put(place), why)),
            Order::Renumber { from, to } => {
                let place = Target::at(from.0.clone());
                self.renumber(from, to).map_err(|why| (say(Some(&place)), why))
            }
        }
    }

    /// Notes that a line is touched.
    fn touches(&mut self, at: At) {
        if let Some(line) = self.row(at).and_then(|row| row.origin) {
            self.touch.lines.insert(line);
        }
    }

    /// Notes that a place is touched.
    fn touches_all(&mut self, spot: &place::Spot) {
        for (at, _) in self.pieces(spot) {
            self.touches(at);
        }
    }

    /// Notes that something new comes beside a line.
    fn beside(&mut self, at: At) {
        if let Some(line) = self.row(at).and_then(|row| row.origin) {
            self.touch.beside.insert(line);
        }
    }

    fn row(&self, at: At) -> Option<&Row> {
        match (self.text.nodes.get(at.node)?, at.slot) {
            (Node::Line(row), Slot::Line) => Some(row),
            (Node::Section(section), Slot::Heading) => section.heading.as_ref(),
            (Node::Section(section), Slot::Row(k, r)) => section.subsections.get(k)?.rows.get(r),
            _ => None,
        }
    }

    fn row_mut(&mut self, at: At) -> Option<&mut Row> {
        match (self.text.nodes.get_mut(at.node)?, at.slot) {
            (Node::Line(row), Slot::Line) => Some(row),
            (Node::Section(section), Slot::Heading) => section.heading.as_mut(),
            (Node::Section(section), Slot::Row(k, r)) => section.subsections.get_mut(k)?.rows.get_mut(r),
            _ => None,
        }
    }

    /// Returns the lines of a scope.
    fn scope(&mut self, scope: &Scope) -> Result<Vec<Piece>, Why> {
        let mut pieces = match &scope.target {
            None => self.everything(),
            Some(target) => {
                let spot = self.find(target)?;
                self.pieces(&spot)
            }
        };
        let mut except = BTreeSet::new();
        for target in &scope.except {
            let spot = self.find(target)?;
            except.extend(self.pieces(&spot).into_iter().map(|(at, _)| at));
        }
        pieces.retain(|(at, _)| !except.contains(at));
        Ok(pieces)
    }

    fn replace(&mut self, scopes: &[Scope], pairs: &[Pair]) -> Result<(), (String, Why)> {
        let mut edits: BTreeMap<At, Vec<Edit>> = BTreeMap::new();
        for scope in scopes {
            let fail = |why: Why| (say(scope.target.as_ref()), why);
            let pieces = self.scope(scope).map_err(fail)?;
            let mut counts = vec![0_u32; pairs.len()];
            for (at, part) in &pieces {
                let Some(row) = self.row(*at) else { continue };
                for (place, pair) in places(&row.words, part.as_ref(), pairs) {
                    if let Some(count) = counts.get_mut(pair) {
                        *count += 1;
                    }
                    let new = pairs.get(pair).map(|p| p.new.clone()).unwrap_or_default();
                    edits.entry(*at).or_default().push(Edit { place: (place.start, place.end), new });
                }
            }
            for (pair, count) in pairs.iter().zip(counts) {
                self.counted(&pair.old, count, scope, &pieces).map_err(fail)?;
            }
        }
        for (at, edits) in edits {
            self.touches(at);
            let target = scopes.last().and_then(|s| s.target.as_ref());
            if let Some(row) = self.row_mut(at) {
                let new = words::edit(&row.words, edits);
                // A label with nothing after it is no text: the unit is to be repealed.
                if !new.contains(char::is_alphanumeric) {
                    return Err((say(target), Why::new("left-empty")));
                }
                row.words = new;
            }
        }
        Ok(())
    }

    fn insert_words(&mut self, scopes: &[Scope], side: Side, beside: &str, new: &str) -> Result<(), (String, Why)> {
        let mut edits: BTreeMap<At, Vec<Edit>> = BTreeMap::new();
        let pair = [Pair { old: beside.to_string(), new: String::new() }];
        for scope in scopes {
            let fail = |why: Why| (say(scope.target.as_ref()), why);
            let pieces = self.scope(scope).map_err(fail)?;
            let mut count = 0;
            for (at, part) in &pieces {
                let Some(row) = self.row(*at) else { continue };
                for (place, _) in places(&row.words, part.as_ref(), &pair) {
                    count += 1;
                    let at_byte = if side == Side::Before { place.start } else { place.end };
                    edits.entry(*at).or_default().push(Edit { place: (at_byte, at_byte), new: new.to_string() });
                }
            }
            self.counted(beside, count, scope, &pieces).map_err(fail)?;
        }
        for (at, edits) in edits {
            self.touches(at);
            if let Some(row) = self.row_mut(at) {
                row.words = words::edit(&row.words, edits);
            }
        }
        Ok(())
    }

    /// Checks at how many places words were found.
    fn counted(&mut self, words: &str, count: u32, scope: &Scope, pieces: &[Piece]) -> Result<(), Why> {
        let wanted = match scope.places {
            Places::One => 1,
            Places::Exactly(n) => n,
            Places::All => count.max(1),
        };
        if count == wanted {
            return Ok(());
        }
        if count == 0 {
            return Err(self.gone(words, scope.target.is_some(), pieces));
        }
        Err(Why::new("words-count").with("value", words).with("count", count).with("limit", wanted))
    }
}

/// Returns where pairs of words stand in a line, and which pair: from left to right, the longest first, none twice.
fn places(line: &str, part: Option<&Range<usize>>, pairs: &[Pair]) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (i, pair) in pairs.iter().enumerate() {
        found.extend(words::find(line, &pair.old).into_iter().map(|place| (place, i)));
    }
    if pairs.len() > 1 {
        found.sort_by_key(|(place, i)| (place.start, std::cmp::Reverse(place.end), *i));
    }
    let mut end = 0;
    found.retain(|(place, _)| {
        let inside = part.is_none_or(|part| part.start <= place.start && place.end <= part.end);
        let keep = inside && place.start >= end;
        if keep {
            end = place.end;
        }
        keep
    });
    found
}

/// Says several targets.
fn all(targets: &[Target]) -> String {
    match targets {
        [] => String::new(),
        [one] => say(Some(one)),
        [first, .., last] => format!("{} … {}", say(Some(first)), say(Some(last))),
    }
}

fn put(place: &Place) -> String {
    match place {
        Place::Before(target) | Place::After(target) | Place::As(target) => say(Some(target)),
        Place::Between(after, _) => say(Some(after)),
        Place::InChapter(number) => format!("kapitel {number}"),
    }
}
