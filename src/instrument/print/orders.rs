//! One number of the instrument: its orders as sentences, with what they quote.

use super::{address, italics};
use crate::document::{Address, number};
use crate::instrument::sentences;
use crate::instrument::{Item, Kind, Line, Order, Pair, Place, Places, Scope, Side, Target, Unit};
use crate::lang::amending::{self, QUOTES};
use crate::lang::danish;
use crate::render::paper::{Look, Span};

/// Is one piece of an item, a paragraph of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the instrument.
    Words(Vec<Span>),
    /// Text of the bylaw that it quotes, a line each; the marks of quotation are left to the format.
    Quote(Vec<Line>),
}

/// Returns an item without its number.
pub fn item(item: &Item) -> Vec<Piece> {
    let mut out = Sentences::default();
    let orders: Vec<&Order> = item.operations.iter().map(|o| &o.order).collect();
    let mut at = 0;
    while let Some(order) = orders.get(at) {
        match order {
            Order::Replace { scopes, .. } | Order::Delete { scopes, .. } | Order::InsertWords { scopes, .. } => {
                let run = orders[at..].iter().take_while(|o| words_of(o).is_some_and(|s| s == scopes)).count().max(1);
                out.words(scopes, &orders[at..at + run]);
                at += run;
                continue;
            }
            Order::Recast { targets, text } => out.quoting(targets, " affattes således:", text),
            Order::Repeal { targets } => {
                out.subject(targets);
                out.plain(" ophæves");
                out.end();
            }
            Order::Exchange { targets, text } => out.quoting(targets, " ophæves, og i stedet indsættes:", text),
            Order::Insert { place, unit, text } => out.insert(place, *unit, text),
            Order::Renumber { from, to } => {
                let along = orders[at + 1..].iter().map_while(|o| shifts_along(&from.0, o));
                let run: Vec<address::Run> = std::iter::once((from.clone(), to.clone())).chain(along).collect();
                out.close();
                out.plain(&address::shifts(&run));
                out.end();
                at += run.len();
                continue;
            }
        }
        at += 1;
    }
    out.close();
    out.pieces
}

fn words_of(order: &Order) -> Option<&Vec<Scope>> {
    match order {
        Order::Replace { scopes, .. } | Order::Delete { scopes, .. } | Order::InsertWords { scopes, .. } => {
            Some(scopes)
        }
        _ => None,
    }
}

/// Returns what shifts in the same list as another unit: stk., nr. and litra shift all at once, §§ one by one.
fn shifts_along(with: &Address, order: &Order) -> Option<address::Run> {
    match order {
        Order::Renumber { from, to } if address::are_listed_together(with, &from.0) => Some((from.clone(), to.clone())),
        _ => None,
    }
}

/// Gathers sentences into paragraphs.
#[derive(Default)]
struct Sentences {
    pieces: Vec<Piece>,
    spans: Vec<Span>,
}

impl Sentences {
    fn push(&mut self, look: Look, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut text = text.to_string();
        if self.spans.is_empty() {
            text = danish::capital(&text);
        }
        match self.spans.last_mut() {
            Some(last) if last.look == look => last.text.push_str(&text),
            _ => self.spans.push(Span::new(look, text)),
        }
    }

    fn plain(&mut self, text: &str) {
        self.push(Look::Plain, text);
    }

    fn marked(&mut self, text: &str) {
        self.push(Look::Emphasis, text);
    }

    /// Names places; `closed` says whether a comma closes them.
    fn places(&mut self, words: &str, closed: bool) {
        let comma = if closed && !words.ends_with(',') { "," } else { "" };
        for (look, words) in italics::stretches(&format!("{words}{comma}")) {
            self.push(look, words);
        }
    }

    /// Ends a sentence with a point, unless what is quoted at its end has one.
    fn end(&mut self) {
        let text: String = self.spans.iter().map(|s| s.text.as_str()).collect();
        let quoted = text.trim_end_matches(QUOTES.1);
        if quoted.len() == text.len() || !quoted.ends_with(['.', '!', '?', ':']) {
            self.plain(".");
        }
        self.close();
    }

    fn close(&mut self) {
        if !self.spans.is_empty() {
            self.pieces.push(Piece::Words(std::mem::take(&mut self.spans)));
        }
    }

    /// Begins a sentence with the places it is about.
    fn subject(&mut self, targets: &[Target]) {
        self.close();
        let (words, closed) = address::targets(targets);
        self.places(&words, closed);
    }

    fn quoting(&mut self, targets: &[Target], verb: &str, text: &[Line]) {
        self.subject(targets);
        self.plain(verb);
        self.close();
        self.pieces.push(Piece::Quote(text.to_vec()));
    }

    /// Says which words change, in one sentence.
    fn words(&mut self, scopes: &[Scope], orders: &[&Order]) {
        self.close();
        let everywhere = scopes.iter().any(|s| s.target.is_none());
        let all = scopes.first().is_some_and(|s| s.places == Places::All);
        let (places, closed) = address::scopes(scopes);
        let lead = match (everywhere, all) {
            (true, _) => "Overalt i vedtægten".to_string(),
            (_, true) => format!("Overalt {}", danish::small(&places)),
            _ => places,
        };
        let except: Vec<Target> = scopes.iter().flat_map(|s| &s.except).cloned().collect();
        if everywhere {
            self.plain(&lead);
        } else {
            let lead = if except.is_empty() { lead.as_str() } else { lead.trim_end_matches(',') };
            self.places(lead, closed && except.is_empty());
        }
        if !except.is_empty() {
            let (words, _) = address::targets(&except);
            self.plain(&format!(", bortset fra i {},", words.trim_end_matches(',')));
        }
        let clauses: Vec<Clause<'_>> = orders.iter().flat_map(|o| clauses(o)).collect();
        let last = clauses.len().saturating_sub(1);
        for (i, clause) in clauses.into_iter().enumerate() {
            match i {
                0 => self.plain(" "),
                _ if i == last => self.plain(", og "),
                _ => self.plain(", "),
            }
            self.clause(&clause, i == 0);
        }
        self.end();
    }

    fn clause(&mut self, clause: &Clause<'_>, first: bool) {
        let quote = |words: &str| format!("{}{words}{}", QUOTES.0, QUOTES.1);
        match (clause, first) {
            (Clause::Replace(pair), true) => {
                self.plain(&format!("ændres {} til: {}", quote(&pair.old), quote(&pair.new)));
            }
            (Clause::Replace(pair), false) => {
                self.plain(&format!("{} ændres til: {}", quote(&pair.old), quote(&pair.new)));
            }
            (Clause::Delete(words), true) => {
                self.plain(&format!("udgår {}", quote(words)));
            }
            (Clause::Delete(words), false) => {
                self.plain(&format!("{} udgår", quote(words)));
            }
            (Clause::Insert(side, beside, new), first) => {
                let side = if *side == Side::After { "efter" } else { "før" };
                let verb = if first { format!("indsættes {side} ") } else { format!("{side} ") };
                let rest = if first { ": " } else { " indsættes: " };
                self.plain(&format!("{verb}{}{rest}{}", quote(beside), quote(new)));
            }
        }
    }

    fn insert(&mut self, place: &Place, unit: Unit, text: &[Line]) {
        self.close();
        let several = count(unit, text) > 1;
        let kind = amending::new_unit(unit, several);
        match (place, unit) {
            (Place::InChapter(chapter), _) => {
                self.places(&format!("I kapitel {chapter}"), false);
                self.plain(" indsættes:");
            }
            (Place::As(target), Unit::Sentence) if target.sentences.is_some() => {
                let ((parent, closed), (own, _)) = address::parent_and_own(target);
                self.places(&format!("I {parent}"), closed);
                self.plain(&format!(" indsættes som {own}:"));
            }
            (Place::As(target), _) => {
                let ((parent, closed), (own, _)) = address::parent_and_own(target);
                self.places(&format!("I {parent}"), closed);
                self.plain(" indsættes som ");
                let numbers = numbers_from(target, count(unit, text));
                self.marked(&format!("{}:", if several { numbers } else { own }));
            }
            (Place::Before(target), Unit::Heading) => {
                self.plain(&format!("Før {} indsættes som ", address::closed(address::place(target))));
                self.marked("overskrift:");
            }
            (Place::After(target), Unit::Section) if target.address.chapter.is_some() => {
                let (section, chapter) = (&target.address.section, &target.address.chapter);
                let of = |n: &Option<String>| n.clone().unwrap_or_default();
                self.plain(&format!("Efter § {} indsættes i kapitel {}:", of(section), of(chapter)));
            }
            (Place::Between(after, before), _) => {
                let after = address::closed(address::place(after));
                self.plain(&format!("Efter {after} indsættes før {}:", address::place(before).0));
            }
            (Place::After(target) | Place::Before(target), Unit::Section | Unit::Chapter | Unit::Heading) => {
                let side = if matches!(place, Place::After(_)) { "Efter" } else { "Før" };
                self.plain(&format!("{side} {} indsættes:", address::closed(address::place(target))));
            }
            (Place::After(target) | Place::Before(target), _) => {
                let kind = match (unit, target.dashes, several) {
                    (Unit::Point, true, false) => "ny pind",
                    (Unit::Point, true, true) => "nye pinde",
                    _ => kind,
                };
                let side = if matches!(place, Place::After(_)) { "efter" } else { "før" };
                let ((parent, closed), own) = address::parent_and_own(target);
                let own = address::closed(own);
                if parent.is_empty() {
                    self.plain(&format!("{side} {own} indsættes som "));
                } else {
                    self.places(&format!("I {parent}"), closed);
                    self.plain(&format!(" indsættes {side} {own} som "));
                }
                self.marked(&format!("{kind}:"));
            }
        }
        self.close();
        self.pieces.push(Piece::Quote(text.to_vec()));
    }
}

/// Is one change of words in a sentence.
enum Clause<'a> {
    Replace(&'a Pair),
    Delete(&'a str),
    Insert(Side, &'a str, &'a str),
}

fn clauses(order: &Order) -> Vec<Clause<'_>> {
    match order {
        Order::Replace { pairs, .. } => pairs.iter().map(Clause::Replace).collect(),
        Order::Delete { words, .. } => words.iter().map(|w| Clause::Delete(w)).collect(),
        Order::InsertWords { side, beside, new, .. } => vec![Clause::Insert(*side, beside, new)],
        _ => Vec::new(),
    }
}

/// Counts the units of a kind that begin in quoted text; the first stk. of a § may stand there without a label.
fn count(unit: Unit, text: &[Line]) -> usize {
    let labelled = |kind: Kind| text.iter().filter(|l| l.kind == kind).count();
    match unit {
        Unit::Chapter => labelled(Kind::Chapter),
        Unit::Heading => labelled(Kind::Heading),
        Unit::Section => text.iter().filter(|l| l.label.starts_with('§')).count(),
        Unit::Subsection => {
            labelled(Kind::Subsection) + usize::from(text.first().is_some_and(|l| l.kind == Kind::Text))
        }
        Unit::Point => labelled(Kind::Point),
        Unit::Letter => labelled(Kind::Letter),
        Unit::Sentence => text.iter().map(|l| sentences::split(&l.text).map_or(1, |all| all.len())).sum(),
        Unit::Text => labelled(Kind::Text) + labelled(Kind::Preamble),
    }
}

/// Returns the numbers that new units get: `stk. 2 og 3`.
fn numbers_from(target: &Target, count: usize) -> String {
    let mut targets = Vec::new();
    for i in 0..u32::try_from(count).unwrap_or(0) {
        let mut address = Address::default();
        let from = &target.address;
        match (&from.letter, from.point, from.subsection) {
            (Some(letter), ..) => {
                address.letter = Some(number::letter(number::letter_number(letter).unwrap_or(1) + i));
            }
            (None, Some(point), _) => address.point = Some(point + i),
            (None, None, Some(subsection)) => address.subsection = Some(subsection + i),
            (None, None, None) => {}
        }
        targets.push(Target::at(address));
    }
    address::targets(&targets).0
}
