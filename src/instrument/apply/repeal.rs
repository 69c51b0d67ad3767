//! Takes units away: `ophæves`.

use super::place::Spot;
use super::sentences::{chosen, list_of};
use super::trouble::{Why, say};
use super::words::{self, Edit};
use super::{Applier, At, Doubt, What};
use crate::instrument::text::Node;
use crate::instrument::{Kind, Target};
use std::collections::{BTreeMap, BTreeSet};

impl Applier {
    /// Repeals places; all are found before any of them goes.
    pub(super) fn repeal(&mut self, targets: &[Target]) -> Result<(), (String, Why)> {
        let mut spots = Vec::new();
        for target in targets {
            spots.push(self.find(target).map_err(|why| (say(Some(target)), why))?);
        }
        for spot in &spots {
            self.touches_all(spot);
            if let Spot::Section(i) = spot {
                self.touches(At { node: *i, slot: super::Slot::Heading });
            }
        }
        let first = || say(targets.first());
        self.take(&spots).map_err(|why| (first(), why))
    }

    /// Takes the lines of places away and numbers what is left anew.
    fn take(&mut self, spots: &[Spot]) -> Result<(), Why> {
        let mut nodes: BTreeSet<usize> = BTreeSet::new();
        let mut headings: BTreeSet<usize> = BTreeSet::new();
        let mut chapters: BTreeSet<usize> = BTreeSet::new();
        let mut stks: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut rows: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        let mut edits: BTreeMap<(usize, usize, usize), Vec<Edit>> = BTreeMap::new();
        for spot in spots {
            match spot {
                Spot::Line(i) => {
                    let alone = matches!(self.text.nodes.get(*i), Some(Node::Line(r)) if r.kind != Kind::Title);
                    if !alone {
                        return Err(Why::new("not-alone"));
                    }
                    nodes.insert(*i);
                }
                Spot::Preamble(lines) => nodes.extend(lines),
                Spot::Chapter(range) => {
                    nodes.extend(range.clone());
                    chapters.extend(range.clone());
                }
                Spot::Section(i) => {
                    nodes.insert(*i);
                }
                Spot::Heading(i) => {
                    headings.insert(*i);
                }
                Spot::Subsection(i, k) => {
                    stks.insert((*i, *k));
                }
                Spot::Rows(i, k, range) => {
                    if range.contains(&0) {
                        return Err(Why::new("first-paragraph"));
                    }
                    rows.entry((*i, *k)).or_default().extend(range.clone());
                }
                Spot::Sentences(i, k, within, (first, last)) => {
                    let Some(stk) = self.stk(*i, *k) else { return Err(Why::new("gone")) };
                    for (row, range) in chosen(stk, within, *first, *last) {
                        let edit = Edit { place: (range.start, range.end), new: String::new() };
                        edits.entry((*i, *k, row)).or_default().push(edit);
                    }
                    let lists = (*first..=*last).flat_map(|n| list_of(stk, within, n)).collect::<Vec<_>>();
                    rows.entry((*i, *k)).or_default().extend(lists);
                }
            }
        }
        // A line that loses its last sentence goes.
        let mut changed: Vec<(At, String)> = Vec::new();
        let mut merge: Vec<(usize, usize)> = Vec::new();
        for ((i, k, r), edits) in edits {
            let at = At { node: i, slot: super::Slot::Row(k, r) };
            let left = self.row(at).map(|row| words::edit(&row.words, edits)).unwrap_or_default();
            let kind = self.row(at).map(|row| row.kind).unwrap_or_default();
            if !left.is_empty() {
                changed.push((at, left));
            } else if kind == Kind::Subsection {
                let gone = rows.get(&(i, k)).cloned().unwrap_or_default();
                let next = self.stk(i, k).and_then(|s| {
                    s.rows.iter().enumerate().skip(1).find(|(n, _)| !gone.contains(n)).map(|(_, row)| row.kind)
                });
                if next != Some(Kind::Text) {
                    return Err(Why::new("left-empty"));
                }
                merge.push((i, k));
            } else {
                rows.entry((i, k)).or_default().insert(r);
            }
        }
        for (i, k) in &stks {
            rows.remove(&(*i, *k));
            let Some(Node::Section(section)) = self.text.nodes.get(*i) else { continue };
            let all = (0..section.subsections.len()).all(|k| stks.contains(&(*i, k)));
            if all && !nodes.contains(i) {
                return Err(Why::new("left-empty"));
            }
        }
        // Nothing can go wrong from here on.
        let clock = self.clock;
        for (at, words) in changed {
            if let Some(row) = self.row_mut(at) {
                row.words = words;
            }
        }
        for ((i, k), gone) in &rows {
            let stk = self.stk_mut(*i, *k)?;
            let mut at = 0..stk.rows.len();
            stk.rows.retain(|_| !at.next().is_some_and(|r| gone.contains(&r)));
        }
        for (i, k) in merge {
            let stk = self.stk_mut(i, k)?;
            if stk.rows.len() > 1 {
                let next = stk.rows.remove(1);
                if let Some(first) = stk.rows.first_mut() {
                    first.words = next.words;
                }
            }
        }
        for (i, k) in rows.keys() {
            self.stk_mut(*i, *k)?.renumber(clock);
        }
        let touched: BTreeSet<usize> = stks.iter().map(|(i, _)| *i).collect();
        for i in touched {
            let section = self.section_mut(i)?;
            let mut at = 0..section.subsections.len();
            section.subsections.retain(|_| !at.next().is_some_and(|k| stks.contains(&(i, k))));
            section.renumber(clock);
        }
        for i in headings {
            self.section_mut(i)?.heading = None;
        }
        for i in nodes.iter().rev() {
            // A heading between §§ that go, goes with them; the first one is to be repealed by a number of its own.
            let first = i.checked_sub(1).is_none_or(|before| !nodes.contains(&before));
            self.remove(*i, first && !chapters.contains(i));
        }
        Ok(())
    }

    /// Removes a node. A heading that still has a § without one after it stays and stands before that; else it goes, and
    /// where nothing names it, that is told.
    fn remove(&mut self, i: usize, told: bool) {
        let gone = self.splice(i..i + 1, Vec::new()).pop();
        let Some(Node::Section(section)) = gone else { return };
        let Some(heading) = section.heading else { return };
        match self.text.nodes.get_mut(i) {
            Some(Node::Section(next)) if next.heading.is_none() => next.heading = Some(heading),
            _ if told => {
                self.doubts.push(Doubt::of(What::Heading { section: section.number, heading: heading.words }));
            }
            _ => {}
        }
    }
}
