//! Gives units other numbers, or checks that they have them: `bliver herefter`.

use super::Applier;
use super::place::{Spot, chapter_number};
use super::trouble::Why;
use crate::document::Address;
use crate::instrument::text::{Node, Number, letter_number, letter_of};
use crate::instrument::{Kind, Target};

/// The most numbers one clause may send on.
const MOST: u32 = 100_000;

impl Applier {
    /// Checks that numbers became what the clause says; §§ and chapters get their numbers by it.
    pub(super) fn renumber(&mut self, from: &(Address, Address), to: &(Address, Address)) -> Result<(), Why> {
        if from.0.chapter.is_some() {
            return self.renumber_chapters(from, to);
        }
        if from.0.subsection.is_none() && from.0.point.is_none() && from.0.letter.is_none() {
            return self.renumber_sections(from, to);
        }
        let (old, last) = (deepest(&from.0), deepest(&from.1));
        let (new, end) = (deepest(&to.0), deepest(&to.1));
        let (Some(old), Some(last), Some(new), Some(end)) = (old, last, new, end) else {
            return Err(Why::new("wrong-place"));
        };
        if last < old || end < new || last - old != end - new || last - old > MOST {
            return Err(Why::new("ranges-differ"));
        }
        for n in 0..=last - old {
            let Some(address) = with_deepest(&to.0, new + n) else { return Err(Why::new("wrong-place")) };
            let (now, before) = (said(&to.0, new + n), said(&to.0, old + n));
            let spot = self.find(&Target::at(address))?;
            let number: Option<&Number> = match &spot {
                Spot::Subsection(i, k) => self.stk(*i, *k).map(|s| &s.number),
                Spot::Rows(i, k, rows) => self.stk(*i, *k).and_then(|s| s.rows.get(rows.start)).map(|r| &r.number),
                _ => None,
            };
            let Some(number) = number else { return Err(Why::new("wrong-place")) };
            if !number.was(old + n, self.clock) {
                let mut why = Why::new("shift").with("value", &now).with("from", &before);
                match number.before_item(self.clock) {
                    Some(was) => why = why.with("found", said(&to.0, was)),
                    None => why.reason = "shift-new",
                }
                return Err(why);
            }
        }
        Ok(())
    }

    fn renumber_sections(&mut self, from: &(Address, Address), to: &(Address, Address)) -> Result<(), Why> {
        let figure = |a: &Address| a.section.as_deref().and_then(|s| s.parse::<u32>().ok());
        let single = from.0 == from.1 && to.0 == to.1;
        let pairs: Vec<(String, String)> = if single {
            let number = |a: &Address| a.section.clone().unwrap_or_default();
            vec![(number(&from.0), number(&to.0))]
        } else {
            let (Some(a), Some(b), Some(c), Some(d)) = (figure(&from.0), figure(&from.1), figure(&to.0), figure(&to.1))
            else {
                return Err(Why::new("ranges-differ"));
            };
            if b < a || d < c || b - a != d - c || b - a > MOST {
                return Err(Why::new("ranges-differ"));
            }
            (0..=b - a).map(|n| ((a + n).to_string(), (c + n).to_string())).collect()
        };
        let mut found = Vec::new();
        for (old, new) in pairs {
            found.push((self.section(&old)?, old, new));
        }
        let had = |(_, old, _): &(usize, String, String)| {
            let mut all = self.former.remove(old).unwrap_or_default();
            all.push(old.clone());
            all
        };
        let former: Vec<Vec<String>> = found.iter().map(had).collect();
        for ((node, _, new), former) in found.into_iter().zip(former) {
            self.rename(node, &new);
            self.former.insert(new.clone(), former);
            self.fresh.insert(new);
        }
        Ok(())
    }

    fn renumber_chapters(&mut self, from: &(Address, Address), to: &(Address, Address)) -> Result<(), Why> {
        let number = |a: &Address| a.chapter.as_deref().and_then(|s| s.parse::<u32>().ok());
        let single = from.0 == from.1 && to.0 == to.1;
        let pairs: Vec<(String, String)> = if single {
            let name = |a: &Address| a.chapter.clone().unwrap_or_default();
            vec![(name(&from.0), name(&to.0))]
        } else {
            match (number(&from.0), number(&from.1), number(&to.0), number(&to.1)) {
                (Some(a), Some(b), Some(c), Some(d)) if a <= b && c <= d && b - a == d - c && b - a <= MOST => {
                    (0..=b - a).map(|n| ((a + n).to_string(), (c + n).to_string())).collect()
                }
                _ => return Err(Why::new("ranges-differ")),
            }
        };
        let mut found = Vec::new();
        for (old, new) in pairs {
            // Where the item has inserted a chapter with the number, the one that had it before stands after it.
            let head = |node: &Node| matches!(node, Node::Line(r) if r.kind == Kind::Chapter && chapter_number(&r.label) == old);
            let at = self.text.nodes.iter().rposition(head);
            let Some(at) = at else {
                return Err(Why::new("no-chapter").with("name", format!("kapitel {old}")));
            };
            found.push((at, new));
        }
        for (at, new) in found {
            if let Some(Node::Line(row)) = self.text.nodes.get_mut(at) {
                row.label = format!("Kapitel {new}.");
            }
        }
        Ok(())
    }
}

/// Returns the number at the end of an address.
fn deepest(address: &Address) -> Option<u32> {
    match (&address.letter, address.point, address.subsection) {
        (Some(letter), _, _) => letter_number(letter),
        (None, Some(n), _) | (None, None, Some(n)) => Some(n),
        _ => None,
    }
}

fn with_deepest(address: &Address, n: u32) -> Option<Address> {
    let mut out = address.clone();
    if out.letter.is_some() {
        out.letter = Some(letter_of(n));
    } else if out.point.is_some() {
        out.point = Some(n);
    } else {
        out.subsection = Some(n);
    }
    Some(out)
}

fn said(address: &Address, n: u32) -> String {
    if address.letter.is_some() {
        format!("litra {}", letter_of(n))
    } else if address.point.is_some() {
        format!("nr. {n}")
    } else {
        format!("stk. {n}")
    }
}
