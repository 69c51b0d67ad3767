//! Puts units in: `indsættes`.

use super::place::{Spot, chapter_number, end_of_point, section_key};
use super::sentences::{chosen, list_of};
use super::trouble::Why;
use super::words::{self, Edit};
use super::{Applier, At, Slot, build};
use crate::document::Address;
use crate::instrument::text::{Node, Row, letter_number};
use crate::instrument::{Kind, Line, Place, Target, Unit};
use std::ops::Range;

impl Applier {
    /// Puts a unit in.
    pub(super) fn insert(&mut self, place: &Place, unit: Unit, text: &[Line]) -> Result<(), Why> {
        match unit {
            Unit::Sentence => self.insert_sentence(place, &build::words(text)?),
            Unit::Text => self.insert_text(place, text),
            Unit::Heading => {
                let words = build::words(text)?;
                let (Place::Before(target) | Place::As(target)) = place else { return Err(Why::new("wrong-place")) };
                let target = Target::at(Address { heading: false, ..target.address.clone() });
                let Spot::Section(i) = self.find(&target)? else { return Err(Why::new("wrong-place")) };
                let section = self.section_mut(i)?;
                if let Some(heading) = &section.heading {
                    return Err(Why::new("heading-exists").with("found", &heading.words));
                }
                section.heading = Some(Row { kind: Kind::Heading, words, ..Row::default() });
                Ok(())
            }
            Unit::Section | Unit::Chapter => self.insert_nodes(place, text),
            Unit::Subsection => {
                let (i, at) = self.among(place, Kind::Subsection)?;
                self.beside(At { node: i, slot: Slot::Row(at.saturating_sub(1), 0) });
                let clock = self.clock;
                let section = self.section_mut(i)?;
                let first = u32::try_from(at).unwrap_or(u32::MAX - 1) + 1;
                let new = build::subsections(text, &section.number.clone(), first, clock)?;
                section.subsections.splice(at..at, new);
                section.renumber(clock);
                Ok(())
            }
            Unit::Point => {
                let (i, k, at) = self.among_rows(place, Kind::Point)?;
                self.beside(At { node: i, slot: Slot::Row(k, at.saturating_sub(1)) });
                let clock = self.clock;
                let stk = self.stk_mut(i, k)?;
                let before = stk.rows.iter().take(at).filter(|r| r.kind == Kind::Point).count();
                let first = u32::try_from(before).unwrap_or(u32::MAX - 1) + 1;
                let mark = stk.rows.iter().find(|r| r.kind == Kind::Point).map(|r| r.label.clone());
                let new = build::points(text, first, mark.as_deref(), clock)?;
                stk.rows.splice(at..at, new);
                stk.renumber(clock);
                Ok(())
            }
            Unit::Letter => {
                let (i, k, at) = self.among_rows(place, Kind::Letter)?;
                self.beside(At { node: i, slot: Slot::Row(k, at.saturating_sub(1)) });
                let clock = self.clock;
                let stk = self.stk_mut(i, k)?;
                let head = stk.rows.get(..at).unwrap_or_default();
                let before = head.iter().rev().take_while(|r| r.kind == Kind::Letter).count();
                let first = u32::try_from(before).unwrap_or(u32::MAX - 1) + 1;
                let new = build::letters(text, first, clock)?;
                stk.rows.splice(at..at, new);
                stk.renumber(clock);
                Ok(())
            }
        }
    }

    /// Returns the § and the position among its stk. where a stk. comes.
    fn among(&mut self, place: &Place, kind: Kind) -> Result<(usize, usize), Why> {
        let (target, offset) = match place {
            Place::Before(target) => (target, 0),
            Place::After(target) => (target, 1),
            Place::As(target) => {
                let address = &target.address;
                let only = |a: &Address| Address { section: a.section.clone(), ..Address::default() };
                let whole = Target { was: target.was.as_ref().map(only), ..Target::at(only(address)) };
                let Spot::Section(i) = self.find(&whole)? else { return Err(Why::new("wrong-place")) };
                let count = self.section_mut(i)?.subsections.len();
                let n = address.subsection.map_or(count + 1, |n| n as usize);
                return Ok((i, self.next(n, count, "stk.")?));
            }
            Place::InChapter(_) | Place::Between(..) => return Err(Why::new("wrong-place")),
        };
        match self.find(target)? {
            Spot::Subsection(i, k) if kind == Kind::Subsection => Ok((i, k + offset)),
            // `efter § 3 … som nyt stykke` means after its last stk.
            Spot::Section(i) if offset == 1 => Ok((i, self.section_mut(i)?.subsections.len())),
            Spot::Section(i) => Ok((i, 0)),
            _ => Err(Why::new("wrong-place")),
        }
    }

    /// Returns where a unit comes that is to have a number: at the end, or where the clause of the item sends the rest on.
    fn next(&self, number: usize, count: usize, unit: &str) -> Result<usize, Why> {
        if number == count + 1 || self.renumbers && (1..=count).contains(&number) {
            return Ok(number - 1);
        }
        if (1..=count).contains(&number) {
            return Err(Why::new("exists").with("name", format!("{unit} {number}")).with("count", count));
        }
        Err(Why::new("not-next").with("name", format!("{unit} {number}")).with("count", count))
    }

    /// Returns the stk. and the line where a point or a letter comes.
    fn among_rows(&mut self, place: &Place, kind: Kind) -> Result<(usize, usize, usize), Why> {
        let (target, after) = match place {
            Place::Before(target) => (target, false),
            Place::After(target) => (target, true),
            Place::As(target) => return self.as_row(target, kind),
            Place::InChapter(_) | Place::Between(..) => return Err(Why::new("wrong-place")),
        };
        match (self.find(target)?, kind) {
            (Spot::Rows(i, k, rows), _)
                if self.stk(i, k).and_then(|s| s.rows.get(rows.start)).is_some_and(|r| r.kind == kind) =>
            {
                Ok((i, k, if after { rows.end } else { rows.start }))
            }
            _ => Err(Why::new("wrong-place")),
        }
    }

    fn as_row(&mut self, target: &Target, kind: Kind) -> Result<(usize, usize, usize), Why> {
        let mut parent = Target { was: target.was.clone(), ..Target::at(target.address.clone()) };
        let wanted = if kind == Kind::Point { parent.address.point.take() } else { None };
        let letter = parent.address.letter.take();
        if let Some(was) = &mut parent.was {
            was.point = was.point.filter(|_| kind != Kind::Point);
            was.letter = None;
        }
        let (i, k, rows) = match self.find(&parent)? {
            Spot::Section(i) if self.section_mut(i)?.subsections.len() == 1 => (i, 0, None),
            Spot::Subsection(i, k) => (i, k, None),
            Spot::Rows(i, k, rows) if kind == Kind::Letter => (i, k, Some(rows)),
            Spot::Section(i) => {
                let count = self.section_mut(i)?.subsections.len();
                let name = parent.address.to_string();
                return Err(Why::new("several-subsections").with("name", name).with("count", count));
            }
            _ => return Err(Why::new("wrong-place")),
        };
        let Some(stk) = self.stk(i, k) else { return Err(Why::new("gone")) };
        let of_kind = |from: Range<usize>| -> Vec<usize> {
            from.filter(|r| stk.rows.get(*r).is_some_and(|row| row.kind == kind)).collect()
        };
        let items = of_kind(rows.clone().unwrap_or(0..stk.rows.len()));
        let (n, unit) = match (kind, &letter) {
            (Kind::Letter, Some(letter)) => (letter_number(letter).unwrap_or(0) as usize, "litra"),
            (Kind::Letter, None) => (items.len() + 1, "litra"),
            _ => (wanted.map_or(items.len() + 1, |n| n as usize), "nr."),
        };
        let at = self.next(n, items.len(), unit)?;
        let end = match (items.last(), &rows) {
            (Some(last), _) if kind == Kind::Point => end_of_point(stk, *last),
            (Some(last), _) => last + 1,
            (None, Some(rows)) => rows.end,
            (None, None) => stk.rows.len(),
        };
        Ok((i, k, items.get(at).copied().unwrap_or(end)))
    }

    fn insert_sentence(&mut self, place: &Place, new: &str) -> Result<(), Why> {
        let (target, after) = match place {
            Place::Before(target) => (target.clone(), false),
            Place::After(target) => (target.clone(), true),
            Place::As(target) => {
                // After the sentence before it, which must be the last unless the rest is sent on.
                let mut before = target.clone();
                match target.sentences {
                    Some((n, _)) if n > 1 => before.sentences = Some((n - 1, n - 1)),
                    Some(_) => return self.insert_sentence(&Place::Before(target.clone()), new),
                    None => before.sentences = None,
                }
                (before, true)
            }
            Place::InChapter(_) | Place::Between(..) => return Err(Why::new("wrong-place")),
        };
        let spot = self.find(&target)?;
        let (i, k, row, byte, list_end) = match &spot {
            Spot::Sentences(i, k, within, (first, last)) => {
                let Some(stk) = self.stk(*i, *k) else { return Err(Why::new("gone")) };
                let found = chosen(stk, within, *first, *last);
                let Some((row, range)) = (if after { found.last() } else { found.first() }) else {
                    return Err(Why::new("gone"));
                };
                let list = if after { list_of(stk, within, *last).last().copied() } else { None };
                (*i, *k, *row, if after { range.end } else { range.start }, list)
            }
            // Without a sentence named, the new one is the last of the place.
            Spot::Section(_) | Spot::Subsection(..) | Spot::Rows(..) if after => {
                let pieces = self.pieces(&spot);
                let last = pieces.iter().rev().find(|(at, _)| {
                    self.row(*at).is_some_and(|r| {
                        matches!(r.kind, Kind::Subsection | Kind::Text) || matches!(spot, Spot::Rows(..))
                    })
                });
                let Some(&(At { node, slot: Slot::Row(k, r) }, _)) = last else {
                    return Err(Why::new("wrong-place"));
                };
                let Some(stk) = self.stk(node, k) else { return Err(Why::new("gone")) };
                let list = (r + 1..stk.rows.len())
                    .take_while(|i| stk.rows.get(*i).is_some_and(|x| matches!(x.kind, Kind::Point | Kind::Letter)))
                    .last()
                    .filter(|_| !matches!(spot, Spot::Rows(..)));
                (node, k, r, stk.rows.get(r).map_or(0, |x| x.words.len()), list)
            }
            _ => return Err(Why::new("wrong-place")),
        };
        self.touches(At { node: i, slot: Slot::Row(k, row) });
        let stk = self.stk_mut(i, k)?;
        if let Some(end) = list_end {
            // A sentence after a list is a paragraph of its own.
            stk.rows.insert(end + 1, Row { kind: Kind::Text, words: new.to_string(), ..Row::default() });
        } else if let Some(row) = stk.rows.get_mut(row) {
            row.words = words::edit(&row.words, vec![Edit { place: (byte, byte), new: new.to_string() }]);
        }
        Ok(())
    }

    fn insert_text(&mut self, place: &Place, text: &[Line]) -> Result<(), Why> {
        if let Some(line) = text.iter().find(|l| !l.label.is_empty()) {
            return Err(Why::new("misplaced").with("found", &line.label));
        }
        let (target, after) = match place {
            Place::Before(target) => (target.clone(), false),
            Place::After(target) => (target.clone(), true),
            Place::As(target) => {
                let mut before = target.clone();
                match target.paragraph {
                    Some(n) if n > 1 => before.paragraph = Some(n - 1),
                    _ => before.paragraph = None,
                }
                // The first paragraph of a preamble that there is not yet comes after the title.
                let none = before.address.named == Some("indledningen") && self.find(&before).is_err();
                if none {
                    before = Target::at(Address { named: Some("titlen"), ..Address::default() });
                }
                (before, true)
            }
            Place::InChapter(_) | Place::Between(..) => return Err(Why::new("wrong-place")),
        };
        let rows = |kind: Kind| {
            text.iter().map(move |l| Row { kind, words: l.text.clone(), ..Row::default() }).collect::<Vec<_>>()
        };
        match self.find(&target)? {
            Spot::Line(i) => {
                let at = if after { i + 1 } else { i };
                self.splice(at..at, rows(Kind::Preamble).into_iter().map(Node::Line).collect());
            }
            Spot::Preamble(lines) => {
                let at = if after { lines.last().map_or(0, |l| l + 1) } else { lines.first().copied().unwrap_or(0) };
                self.splice(at..at, rows(Kind::Preamble).into_iter().map(Node::Line).collect());
            }
            Spot::Rows(i, k, range) => {
                self.beside(At { node: i, slot: Slot::Row(k, range.start) });
                let clock = self.clock;
                let stk = self.stk_mut(i, k)?;
                let mut at = if after { range.end } else { range.start };
                // A named paragraph is a line with the list that follows it.
                if after && target.paragraph.is_some() {
                    let listed = |r: &&Row| matches!(r.kind, Kind::Point | Kind::Letter);
                    at += stk.rows.iter().skip(at).take_while(listed).count();
                }
                stk.rows.splice(at..at, rows(Kind::Text));
                stk.renumber(clock);
            }
            Spot::Subsection(i, k) if after => self.stk_mut(i, k)?.rows.extend(rows(Kind::Text)),
            Spot::Section(i) if after && self.section_mut(i)?.subsections.len() == 1 => {
                self.stk_mut(i, 0)?.rows.extend(rows(Kind::Text));
            }
            _ => return Err(Why::new("wrong-place")),
        }
        Ok(())
    }

    fn insert_nodes(&mut self, place: &Place, text: &[Line]) -> Result<(), Why> {
        let mut new = build::nodes(text, self.clock)?;
        let at = self.node_place(place, &new)?;
        let chapters = new.iter().filter_map(|node| match node {
            Node::Line(row) if row.kind == Kind::Chapter => Some(chapter_number(&row.label)),
            _ => None,
        });
        for number in chapters {
            if self.chapter(number).is_some() && !self.renumbers {
                return Err(Why::new("exists").with("name", format!("kapitel {number}")));
            }
        }
        // `efter overskriften før § 8`: the heading comes to stand before what is new.
        if let (Place::After(target), Some(Node::Section(first))) = (place, new.first_mut())
            && target.address.heading
            && target.address.chapter.is_none()
            && let Some(Node::Section(next)) = self.text.nodes.get_mut(at)
        {
            if let Some(heading) = &first.heading {
                return Err(Why::new("heading-exists").with("found", &heading.words));
            }
            first.heading = next.heading.take();
        }
        self.put(at..at, new);
        Ok(())
    }

    /// Returns before which node §§ or chapters come.
    fn node_place(&mut self, place: &Place, new: &[Node]) -> Result<usize, Why> {
        let (target, after) = match place {
            Place::InChapter(number) => {
                let target = Target::at(Address { chapter: Some(number.clone()), ..Address::default() });
                return match self.find(&target)? {
                    Spot::Chapter(range) => Ok(range.end),
                    _ => Err(Why::new("wrong-place")),
                };
            }
            Place::As(target) => return Ok(self.by_number(target, new)),
            Place::Between(after, before) => {
                let at = self.node_place(&Place::Before((**before).clone()), new)?;
                let same = self.node_place(&Place::After((**after).clone()), new)? == at;
                return if same { Ok(at) } else { Err(Why::new("not-neighbours")) };
            }
            Place::Before(target) => (target, false),
            Place::After(target) => (target, true),
        };
        let mut target = target.clone();
        if target.address.section.is_some() && !target.address.heading {
            target.address.chapter = None;
        }
        match self.find(&target)? {
            Spot::Section(i) | Spot::Line(i) if after => Ok(i + 1),
            Spot::Section(i) | Spot::Line(i) | Spot::Heading(i) => Ok(i),
            Spot::Chapter(range) if after => Ok(range.end),
            Spot::Chapter(range) => Ok(range.start),
            Spot::Preamble(lines) if after => Ok(lines.last().map_or(0, |l| l + 1)),
            _ => Err(Why::new("wrong-place")),
        }
    }

    /// Returns where §§ or chapters belong by their number: after the last one below it.
    fn by_number(&self, target: &Target, new: &[Node]) -> usize {
        let chapter = target.address.chapter.is_some()
            || matches!(new.first(), Some(Node::Line(row)) if row.kind == Kind::Chapter);
        if chapter {
            return self.text.nodes.len();
        }
        let number = target.address.section.clone().unwrap_or_default();
        let key = section_key(&number);
        let below = |node: &Node| matches!(node, Node::Section(s) if section_key(&s.number) < key);
        self.text.nodes.iter().rposition(below).map_or(self.text.nodes.len(), |i| i + 1)
    }

    /// Puts nodes in the place of others, and remembers to look at their numbers when the item is done.
    pub(super) fn put(&mut self, place: Range<usize>, new: Vec<Node>) {
        self.fresh.extend(new.iter().filter_map(|node| match node {
            Node::Section(section) => Some(section.number.clone()),
            Node::Line(_) => None,
        }));
        self.splice(place, new);
    }

    /// Checks that a § that the item brought stands alone with its number and in its order.
    pub(super) fn fits(&self, number: &str) -> Result<(), Why> {
        let found = self.sections.at(number);
        let [at] = found else {
            return if found.is_empty() {
                Ok(())
            } else {
                Err(Why::new("exists").with("name", format!("§ {number}")))
            };
        };
        let sections = |nodes: &[Node]| -> Vec<String> {
            let number = |node: &Node| match node {
                Node::Section(s) => Some(s.number.clone()),
                Node::Line(_) => None,
            };
            nodes.iter().filter_map(number).collect()
        };
        let (before, rest) = self.text.nodes.split_at(*at);
        let after = rest.get(1..).unwrap_or_default();
        let key = section_key(number);
        let last = before.iter().rev().find(|n| matches!(n, Node::Section(_))).map(std::slice::from_ref);
        let next = after.iter().find(|n| matches!(n, Node::Section(_))).map(std::slice::from_ref);
        let last = sections(last.unwrap_or_default()).pop().filter(|n| section_key(n) > key);
        let next = sections(next.unwrap_or_default()).pop().filter(|n| section_key(n) < key);
        match (last, next) {
            (None, None) => Ok(()),
            (Some(n), _) => {
                Err(Why::new("not-in-order").with("name", format!("§ {number}")).with("from", format!("§ {n}")))
            }
            (_, Some(n)) => {
                Err(Why::new("not-in-order").with("name", format!("§ {number}")).with("to", format!("§ {n}")))
            }
        }
    }
}
