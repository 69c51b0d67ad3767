//! Writes units anew: `affattes således`, `ophæves, og i stedet indsættes`.

use super::place::{Spot, chapter_number};
use super::sentences::{chosen, list_of};
use super::trouble::Why;
use super::words::{self, Edit};
use super::{Applier, build};
use crate::instrument::text::{Node, Row};
use crate::instrument::{Kind, Line, Target};
use std::ops::Range;

impl Applier {
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
        let all = spots.iter().map(Spot::nodes).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(0..0);
        let saved = self.text.nodes.get(all.clone()).unwrap_or_default().to_vec();
        let behind = self.text.nodes.len() - all.end.min(self.text.nodes.len());
        for (spot, lines) in spots.iter().zip(groups).rev() {
            if let Err(why) = self.recast_one(spot, lines) {
                self.splice(all.start..self.text.nodes.len() - behind, saved);
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
                self.splice(first..end, text.iter().map(row).collect());
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
