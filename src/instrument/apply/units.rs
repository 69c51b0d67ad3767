//! Puts units in, writes them anew and gives them other numbers.

use super::place::{Spot, chapter_number, chosen, end_of_point, list_of, section_key};
use super::trouble::Why;
use super::words::{self, Edit};
use super::{Applier, At, Slot, build};
use crate::document::Address;
use crate::instrument::text::{Node, Number, Row, letter_number};
use crate::instrument::{Kind, Line, Place, Target, Unit};
use std::ops::Range;

/// The most numbers one clause may send on.
const MOST: u32 = 100_000;

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
                let whole = Target::at(Address { section: address.section.clone(), ..Address::default() });
                let Spot::Section(i) = self.find(&whole)? else { return Err(Why::new("wrong-place")) };
                let count = self.section_mut(i)?.subsections.len();
                let n = address.subsection.map_or(count + 1, |n| n as usize);
                return Ok((i, self.next(n, count, "stk.")?));
            }
            Place::InChapter(_) => return Err(Why::new("wrong-place")),
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
            Place::InChapter(_) => return Err(Why::new("wrong-place")),
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
        let mut parent = Target::at(target.address.clone());
        let wanted = if kind == Kind::Point { parent.address.point.take() } else { None };
        let letter = parent.address.letter.take();
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
            Place::InChapter(_) => return Err(Why::new("wrong-place")),
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
                let Some((At { node, slot: Slot::Row(k, r) }, _)) = last.copied_at() else {
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
            Place::InChapter(_) => return Err(Why::new("wrong-place")),
        };
        let rows = |kind: Kind| {
            text.iter().map(move |l| Row { kind, words: l.text.clone(), ..Row::default() }).collect::<Vec<_>>()
        };
        match self.find(&target)? {
            Spot::Line(i) => {
                let at = if after { i + 1 } else { i };
                self.text.nodes.splice(at..at, rows(Kind::Preamble).into_iter().map(Node::Line));
                self.sections = None;
            }
            Spot::Preamble(lines) => {
                let at = if after { lines.last().map_or(0, |l| l + 1) } else { lines.first().copied().unwrap_or(0) };
                self.text.nodes.splice(at..at, rows(Kind::Preamble).into_iter().map(Node::Line));
                self.sections = None;
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
        let new = build::nodes(text, self.clock)?;
        let at = match place {
            Place::InChapter(number) => {
                let target = Target::at(Address { chapter: Some(number.clone()), ..Address::default() });
                match self.find(&target)? {
                    Spot::Chapter(range) => range.end,
                    _ => return Err(Why::new("wrong-place")),
                }
            }
            Place::Before(target) | Place::After(target) => {
                let after = matches!(place, Place::After(_));
                let mut target = target.clone();
                if target.address.section.is_some() {
                    target.address.chapter = None;
                }
                match self.find(&target)? {
                    Spot::Section(i) if after => i + 1,
                    Spot::Section(i) => i,
                    Spot::Heading(i) if !after => i,
                    Spot::Chapter(range) if after => range.end,
                    Spot::Chapter(range) => range.start,
                    Spot::Line(i) if after => i + 1,
                    Spot::Line(i) => i,
                    Spot::Preamble(lines) if after => lines.last().map_or(0, |l| l + 1),
                    _ => return Err(Why::new("wrong-place")),
                }
            }
            Place::As(target) => self.by_number(target, &new),
        };
        let chapters = new.iter().filter_map(|node| match node {
            Node::Line(row) if row.kind == Kind::Chapter => Some(chapter_number(&row.label)),
            _ => None,
        });
        for number in chapters {
            if self.chapter(number).is_some() && !self.renumbers {
                return Err(Why::new("exists").with("name", format!("kapitel {number}")));
            }
        }
        self.put(at..at, new);
        Ok(())
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
    fn put(&mut self, place: Range<usize>, new: Vec<Node>) {
        self.fresh.extend(new.iter().filter_map(|node| match node {
            Node::Section(section) => Some(section.number.clone()),
            Node::Line(_) => None,
        }));
        self.text.nodes.splice(place, new);
        self.sections = None;
    }

    /// Checks that a § that the item brought stands alone with its number and in its order.
    pub(super) fn fits(&mut self, number: &str) -> Result<(), Why> {
        let found = self.index().get(number).cloned().unwrap_or_default();
        let [at] = found.as_slice() else {
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

    /// Writes places anew.
    pub(super) fn recast(&mut self, targets: &[Target], text: &[Line]) -> Result<(), Why> {
        if let [target] = targets {
            let spot = self.find(target)?;
            return self.recast_one(&spot, text);
        }
        let mut spots = Vec::new();
        for target in targets {
            spots.push(self.find(target)?);
        }
        let groups = groups(text, &spots)?;
        if groups.len() != spots.len() {
            return Err(Why::new("units-count").with("count", groups.len()).with("limit", spots.len()));
        }
        let saved = self.text.clone();
        for (spot, lines) in spots.iter().zip(groups).rev() {
            if let Err(why) = self.recast_one(spot, lines) {
                self.text = saved;
                self.sections = None;
                return Err(why);
            }
        }
        Ok(())
    }

    fn recast_one(&mut self, spot: &Spot, text: &[Line]) -> Result<(), Why> {
        let clock = self.clock;
        match spot {
            // The whole preamble, where it is one paragraph.
            Spot::Line(i)
                if text.len() > 1
                    && matches!(self.text.nodes.get(*i), Some(Node::Line(r)) if r.kind == Kind::Preamble) =>
            {
                self.recast_one(&Spot::Preamble(vec![*i]), text)?;
            }
            Spot::Line(i) => {
                let Some(Node::Line(row)) = self.text.nodes.get_mut(*i) else { return Err(Why::new("gone")) };
                match text {
                    [line] if row.kind == Kind::Chapter && !line.label.is_empty() => {
                        if chapter_number(&line.label) != chapter_number(&row.label) {
                            let expected = row.label.clone();
                            return Err(Why::new("label").with("found", &line.label).with("expected", expected));
                        }
                        row.words = line.text.clone();
                    }
                    _ => row.words = build::words(text)?,
                }
            }
            Spot::Preamble(lines) => {
                if let Some(line) = text.iter().find(|l| !l.label.is_empty()) {
                    return Err(Why::new("misplaced").with("found", &line.label));
                }
                let first = lines.first().copied().unwrap_or(0);
                let end = lines.last().map_or(0, |l| l + 1);
                let row = |l: &Line| Node::Line(Row { kind: Kind::Preamble, words: l.text.clone(), ..Row::default() });
                self.text.nodes.splice(first..end, text.iter().map(row));
                self.sections = None;
            }
            Spot::Chapter(range) => {
                let new = build::nodes(text, clock)?;
                let number = |node: Option<&Node>| match node {
                    Some(Node::Line(row)) if row.kind == Kind::Chapter => Some(row.label.clone()),
                    _ => None,
                };
                let (old, first) = (number(self.text.nodes.get(range.start)), number(new.first()));
                if old.as_deref().map(chapter_number) != first.as_deref().map(chapter_number) {
                    let found = first.unwrap_or_default();
                    return Err(Why::new("label").with("found", found).with("expected", old.unwrap_or_default()));
                }
                self.put(range.clone(), new);
            }
            Spot::Heading(i) => {
                let words = build::words(text)?;
                if let Some(heading) = &mut self.section_mut(*i)?.heading {
                    heading.words = words;
                }
            }
            Spot::Section(i) => {
                let old = self.section_mut(*i)?.clone();
                let mut lines = text.to_vec();
                let heading = lines.first().is_some_and(|l| l.kind == Kind::Heading).then(|| lines.remove(0));
                let mut new = build::subsections(&lines, &old.number, 1, clock)?;
                for (new, old) in new.iter_mut().zip(&old.subsections) {
                    new.number = old.number.clone();
                }
                let section = self.section_mut(*i)?;
                section.subsections = new;
                if let Some(heading) = heading {
                    section.heading = Some(Row { kind: Kind::Heading, words: heading.text, ..Row::default() });
                }
            }
            Spot::Subsection(i, k) => {
                let section = self.section_mut(*i)?;
                let number = section.subsections.get(*k).map(|s| s.number.clone()).unwrap_or_default();
                let new = build::subsections(text, &section.number.clone(), number.now, clock)?;
                let [new] = <[_; 1]>::try_from(new)
                    .map_err(|all: Vec<_>| Why::new("units-count").with("count", all.len()).with("limit", 1))?;
                if let Some(old) = section.subsections.get_mut(*k) {
                    old.rows = new.rows;
                }
            }
            Spot::Rows(i, k, range) => {
                let stk = self.stk_mut(*i, *k)?;
                let Some(old) = stk.rows.get(range.start).cloned() else { return Err(Why::new("gone")) };
                let mut new = match old.kind {
                    Kind::Point => build::points(text, old.number.now, Some(&old.label), clock)?,
                    Kind::Letter => build::letters(text, old.number.now, clock)?,
                    _ => vec![Row { words: build::words(text)?, ..old.clone() }],
                };
                let units = new.iter().filter(|r| r.kind == old.kind).count();
                if units != 1 {
                    return Err(Why::new("units-count").with("count", units).with("limit", 1));
                }
                if let Some(first) = new.first_mut() {
                    first.label = old.label.clone();
                    first.number = old.number.clone();
                }
                stk.rows.splice(range.clone(), new);
            }
            Spot::Sentences(i, k, within, (first, last)) => {
                self.recast_sentences(*i, *k, within, (*first, *last), text)?
            }
        }
        Ok(())
    }

    fn recast_sentences(
        &mut self,
        i: usize,
        k: usize,
        within: &Range<usize>,
        (first, last): (u32, u32),
        text: &[Line],
    ) -> Result<(), Why> {
        let clock = self.clock;
        let Some(stk) = self.stk(i, k) else { return Err(Why::new("gone")) };
        let found = chosen(stk, within, first, last);
        let (Some((row, from)), Some((end, to))) = (found.first(), found.last()) else { return Err(Why::new("gone")) };
        if row != end {
            return Err(Why::new("several-paragraphs"));
        }
        let (row, place) = (*row, (from.start, to.end));
        let list = list_of(stk, within, last);
        let Some((line, points)) = text.split_first() else { return Err(Why::new("nothing-quoted")) };
        let new = build::words(std::slice::from_ref(line))?;
        // Words that end in a colon still introduce the list that stands there.
        if points.is_empty() && !list.is_empty() && !new.ends_with(':') {
            return Err(Why::new("list-left").with("count", list.len()));
        }
        let points = match points.first() {
            Some(_) => {
                let before = stk.rows.iter().take(row).filter(|r| r.kind == Kind::Point).count();
                let first = u32::try_from(before).unwrap_or(u32::MAX - 1) + 1;
                Some(build::points(points, first, None, clock)?)
            }
            None => None,
        };
        let stk = self.stk_mut(i, k)?;
        if let Some(row) = stk.rows.get_mut(row) {
            row.words = words::edit(&row.words, vec![Edit { place, new }]);
        }
        if let Some(points) = points {
            stk.rows.splice(row + 1..row + 1 + list.len(), points);
            stk.renumber(clock);
        }
        Ok(())
    }

    /// Puts units in the place of neighbours.
    pub(super) fn exchange(&mut self, targets: &[Target], text: &[Line]) -> Result<(), Why> {
        let mut spots = Vec::new();
        for target in targets {
            spots.push(self.find(target)?);
        }
        for spot in &spots {
            self.touches_all(spot);
        }
        let clock = self.clock;
        let apart = || Why::new("not-neighbours");
        match spots.first() {
            Some(Spot::Section(first)) => {
                let all: Vec<usize> =
                    spots.iter().filter_map(|s| if let Spot::Section(i) = s { Some(*i) } else { None }).collect();
                let range = joined(&all, spots.len(), *first).ok_or_else(apart)?;
                let mut new = build::nodes(text, clock)?;
                let old = self.section_mut(*first)?.heading.clone();
                if let Some(Node::Section(section)) = new.first_mut()
                    && section.heading.is_none()
                {
                    section.heading = old;
                }
                self.put(range, new);
            }
            Some(Spot::Subsection(node, first)) => {
                let all: Vec<usize> = spots
                    .iter()
                    .filter_map(|s| match s {
                        Spot::Subsection(i, k) if i == node => Some(*k),
                        _ => None,
                    })
                    .collect();
                let range = joined(&all, spots.len(), *first).ok_or_else(apart)?;
                let section = self.section_mut(*node)?;
                let number = u32::try_from(range.start).unwrap_or(u32::MAX - 1) + 1;
                let new = build::subsections(text, &section.number.clone(), number, clock)?;
                section.subsections.splice(range, new);
                section.renumber(clock);
            }
            Some(Spot::Rows(node, k, rows)) => {
                let mut end = rows.start;
                for spot in &spots {
                    match spot {
                        Spot::Rows(i, j, rows) if i == node && j == k && rows.start == end => end = rows.end,
                        _ => return Err(apart()),
                    }
                }
                let stk = self.stk_mut(*node, *k)?;
                let Some(old) = stk.rows.get(rows.start).cloned() else { return Err(Why::new("gone")) };
                let new = match old.kind {
                    Kind::Point => build::points(text, old.number.now, Some(&old.label), clock)?,
                    Kind::Letter => build::letters(text, old.number.now, clock)?,
                    _ => return Err(Why::new("wrong-place")),
                };
                stk.rows.splice(rows.start..end, new);
                stk.renumber(clock);
            }
            Some(spot) => {
                let spot = spot.clone();
                return if spots.len() == 1 { self.recast_one(&spot, text) } else { Err(Why::new("wrong-place")) };
            }
            None => return Err(Why::new("nothing-quoted")),
        }
        Ok(())
    }

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
        let clock = self.clock;
        for (node, old, new) in found {
            let section = self.section_mut(node)?;
            section.number.clone_from(&new);
            section.renumber(clock);
            self.former.insert(new.clone(), old);
            self.fresh.insert(new);
        }
        self.sections = None;
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

/// Says that something can be copied out of an option of a reference.
trait Copied {
    fn copied_at(self) -> Option<(At, ())>;
}

impl Copied for Option<&(At, Option<Range<usize>>)> {
    fn copied_at(self) -> Option<(At, ())> {
        self.map(|(at, _)| (*at, ()))
    }
}

/// Returns the range that neighbours make together.
fn joined(all: &[usize], wanted: usize, first: usize) -> Option<Range<usize>> {
    let neighbours = all.iter().enumerate().all(|(n, i)| *i == first + n);
    (all.len() == wanted && neighbours).then(|| first..first + all.len())
}

/// Cuts quoted lines into units of the kind of the places.
fn groups<'t>(text: &'t [Line], spots: &[Spot]) -> Result<Vec<&'t [Line]>, Why> {
    let begins = |i: usize, line: &Line| match spots.first() {
        Some(Spot::Section(_)) => {
            let after_heading = i > 0 && text.get(i - 1).is_some_and(|l| l.kind == Kind::Heading);
            line.kind == Kind::Heading || line.label.starts_with('§') && !after_heading
        }
        Some(Spot::Subsection(..)) => line.kind == Kind::Subsection || i == 0,
        Some(Spot::Rows(..)) => {
            let kind = text.first().map(|l| l.kind).unwrap_or_default();
            line.kind == kind
        }
        _ => true,
    };
    let starts: Vec<usize> = text.iter().enumerate().filter(|(i, l)| begins(*i, l)).map(|(i, _)| i).collect();
    if starts.first() != Some(&0) {
        return Err(Why::new("nothing-quoted"));
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    Ok(starts.iter().zip(ends).filter_map(|(a, b)| text.get(*a..b)).collect())
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
        out.letter = Some(crate::instrument::text::letter_of(n));
    } else if out.point.is_some() {
        out.point = Some(n);
    } else {
        out.subsection = Some(n);
    }
    Some(out)
}

fn said(address: &Address, n: u32) -> String {
    if address.letter.is_some() {
        format!("litra {}", crate::instrument::text::letter_of(n))
    } else if address.point.is_some() {
        format!("nr. {n}")
    } else {
        format!("stk. {n}")
    }
}
