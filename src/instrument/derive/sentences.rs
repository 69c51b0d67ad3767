//! Changes of whole sentences: those that come, go or are written anew are named by their numbers, and so are those in
//! which words change (lovkvalitet 3.4.5.3 and 3.4.5.6).

use super::edit::{LineAt, edits, orders};
use super::plan::Words;
use super::tree::{Kind, Node};
use super::walk::{Draft, Walk, key};
use super::words::{count, find};
use crate::instrument::sentences::split;
use crate::instrument::{Kind as LineKind, Line, Order, Place, Target, Unit};
use std::collections::BTreeMap;
use std::ops::Range;

/// How alike two sentences must be to be one that changed, of 100.
const ALIKE: usize = 40;

/// The most sentences of a line that are compared.
const MOST: usize = 40;

/// Is what becomes of the sentences of a line, by their numbers in the old one and the new one, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Keep,
    Change(usize, usize),
    Exchange(Range<usize>, Range<usize>),
}

/// Is what stands around the sentences of a line in the same stk., nr. or litra.
struct Around<'n> {
    /// How many sentences stand before them.
    before: u32,
    /// How many stand after them.
    after: u32,
    /// The list that belongs to the last of them.
    list: Vec<&'n Node>,
}

impl Walk<'_> {
    /// Makes a line the new one sentence by sentence, where it or the new one has several; says whether it did.
    pub(super) fn by_sentences(&mut self, line: &LineAt, goal: &str, new: &Node) -> bool {
        let start = self.drafts.len();
        let Some(now) = line.of(&self.root).map(str::to_string) else { return false };
        if self.sentence_steps(line, &now, goal, new).is_some() {
            return true;
        }
        self.drafts.truncate(start);
        if let Some(text) = line.of_mut(&mut self.root) {
            *text = now;
        }
        false
    }

    fn sentence_steps(&mut self, line: &LineAt, now: &str, goal: &str, new: &Node) -> Option<()> {
        let cut = |text: &str| -> Option<Vec<String>> {
            let all: Vec<String> = split(text)?.into_iter().filter_map(|r| text.get(r)).map(str::to_string).collect();
            (all.join(" ") == text && !all.is_empty()).then_some(all)
        };
        let (olds, news) = (cut(now)?, cut(goal)?);
        let around = around(&self.root, line)?;
        let (before, after, list) = (around.before, around.after, !around.list.is_empty());
        if before as usize + after as usize + olds.len().max(news.len()) < 2 {
            return None;
        }
        let steps = align(&olds, &news)?;
        if olds.len() > 1 && !steps.iter().any(|s| matches!(s, Step::Keep | Step::Change(..))) {
            return None;
        }
        // Numbers that sentences had are named where it is sure how many there were when the part began.
        let begun = self.plan.start(&(key(new), line.heading)).and_then(split).map(|all| all.len());
        let counted = before == 0 && begun == Some(olds.len());
        let mut text = olds.clone();
        let (mut at, mut old) = (0, 0);
        for step in steps {
            let number = |i: usize| u32::try_from(i).ok().map(|i| before + i + 1);
            let target = |first: usize, count: usize, old: usize| -> Option<Target> {
                let mut target = line.target(&self.root);
                let run = |i: usize| Some((number(i)?, number(i + count - 1)?));
                target.sentences = run(first);
                target.were = run(old).filter(|were| counted && Some(*were) != target.sentences);
                target.sentences.is_some().then_some(target)
            };
            let last = |end: usize, text: &[String]| list && end == text.len();
            match step {
                Step::Keep => {
                    at += 1;
                    old += 1;
                    continue;
                }
                Step::Change(_, j) => {
                    let target = target(at, 1, old)?;
                    let goal = news.get(j)?;
                    let own = text.get(at)?;
                    let listed = last(at + 1, &text);
                    let around = around_list(&self.root, line);
                    let here = |words: &str| {
                        let mut sum = count(own, words);
                        for node in around.iter().filter(|_| listed) {
                            node.words(&mut |text| sum = sum.zip(count(text, words)).map(|(a, b)| a + b));
                        }
                        sum
                    };
                    let (orders, places) = match edits(own, goal, self.names, listed, &here) {
                        Some(edits) => {
                            let places = edits.iter().map(Vec::len).sum();
                            (orders(edits, &target), places)
                        }
                        None if listed && !goal.ends_with(':') => return None,
                        None => (vec![recast(target, goal)], 1),
                    };
                    *text.get_mut(at)? = goal.clone();
                    self.drafts.push(Draft { orders, keys: vec![key(new)], places });
                    at += 1;
                    old += 1;
                }
                Step::Exchange(gone, come) => {
                    let new_words = news.get(come.clone())?.join(" ");
                    if last(at + gone.len(), &text) {
                        return None;
                    }
                    let order = if come.is_empty() {
                        Order::Repeal { targets: vec![target(at, gone.len(), old)?] }
                    } else if gone.len() == come.len() {
                        recast(target(at, gone.len(), old)?, &new_words)
                    } else if !gone.is_empty() {
                        let text = vec![Line::new(LineKind::Text, "", &new_words)];
                        Order::Exchange { targets: vec![target(at, gone.len(), old)?], text }
                    } else {
                        let plain = |t: Target| Target { were: None, ..t };
                        let place = if at == 0 {
                            Place::Before(plain(target(0, 1, 0)?))
                        } else if at == text.len() && after == 0 {
                            Place::As(plain(target(at, come.len(), at)?))
                        } else {
                            Place::After(plain(target(at - 1, 1, at - 1)?))
                        };
                        let text = vec![Line::new(LineKind::Text, "", &new_words)];
                        Order::Insert { place, unit: Unit::Sentence, text }
                    };
                    text.splice(at..at + gone.len(), news.get(come.clone())?.iter().cloned());
                    self.drafts.push(Draft { orders: vec![order], keys: vec![key(new)], places: 1 });
                    at += come.len();
                    old += gone.len();
                }
            }
            // A change may make one sentence of two: `mødes.` that becomes `mødes:`.
            let whole = text.join(" ");
            if cut(&whole).as_ref() != Some(&text) {
                return None;
            }
            *line.of_mut(&mut self.root)? = whole;
        }
        (line.of(&self.root)? == goal).then_some(())
    }

    /// Returns the sentence in which all of some words stand, where the line is not the only one.
    pub(super) fn one_sentence(&self, line: &LineAt, words: &[Words]) -> Option<u32> {
        let text = line.of(&self.root)?;
        let all = split(text)?;
        let around = around(&self.root, line)?;
        if around.before as usize + around.after as usize + all.len() < 2 {
            return None;
        }
        let times = |text: &str| words.iter().map(|(old, _)| find(text, old).len()).collect::<Vec<_>>();
        let whole = times(text);
        let here = all.iter().position(|range| text.get(range.clone()).is_some_and(|s| times(s) == whole))?;
        u32::try_from(here).ok().map(|i| around.before + i + 1)
    }
}

/// Returns what stands around a line that has sentences; `None` for one that has none, or where they cannot be counted.
fn around<'n>(root: &'n Node, line: &LineAt) -> Option<Around<'n>> {
    if line.heading {
        return None;
    }
    let own = root.at(&line.path)?;
    match own.kind {
        Kind::Subsection | Kind::Text => {}
        Kind::Point | Kind::Letter => return Some(Around { before: 0, after: 0, list: Vec::new() }),
        Kind::Root | Kind::Preamble | Kind::Chapter | Kind::Section => return None,
    }
    let (stk, from) = match own.kind {
        Kind::Text => {
            let (last, above) = line.path.split_last()?;
            (root.at(above)?, last + 1)
        }
        _ => (own, 0),
    };
    let sentences = |text: &str| split(text).and_then(|all| u32::try_from(all.len()).ok());
    let texts = |nodes: &[Node]| -> Option<u32> {
        nodes.iter().filter(|n| n.kind == Kind::Text).map(|n| sentences(&n.text)).sum()
    };
    let before = match own.kind {
        Kind::Text => sentences(&stk.text)? + texts(stk.children.get(..from - 1)?)?,
        _ => 0,
    };
    Some(Around { before, after: texts(stk.children.get(from..)?)?, list: around_list(root, line) })
}

/// Returns the list that belongs to the last sentence of a line.
fn around_list<'n>(root: &'n Node, line: &LineAt) -> Vec<&'n Node> {
    let children = match (root.at(&line.path), line.path.split_last()) {
        (Some(own), Some((last, above))) if own.kind == Kind::Text => {
            root.at(above).and_then(|stk| stk.children.get(last + 1..))
        }
        (Some(own), _) if own.kind == Kind::Subsection => Some(own.children.as_slice()),
        _ => None,
    };
    children.unwrap_or_default().iter().take_while(|n| n.kind != Kind::Text).collect()
}

fn recast(target: Target, words: &str) -> Order {
    Order::Recast { targets: vec![target], text: vec![Line::new(LineKind::Text, "", words)] }
}

/// Pairs sentences that are the same or alike, in order, so that the least comes and goes; neighbours that come and go are
/// exchanged together.
fn align(olds: &[String], news: &[String]) -> Option<Vec<Step>> {
    let (n, m) = (olds.len(), news.len());
    if n > MOST || m > MOST {
        return None;
    }
    let pair: Vec<Vec<usize>> = olds.iter().map(|old| news.iter().map(|new| distance(old, new)).collect()).collect();
    let paired = |i: usize, j: usize| pair.get(i).and_then(|row| row.get(j)).copied().unwrap_or(usize::MAX);
    // The cost of the best way from each pair of places to the end.
    let mut cost = vec![vec![0_usize; m + 1]; n + 1];
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            let ways = [
                (i < n).then(|| cost[i + 1][j] + 100),
                (j < m).then(|| cost[i][j + 1] + 100),
                (i < n && j < m).then(|| cost[i + 1][j + 1].saturating_add(paired(i, j))),
            ];
            cost[i][j] = ways.into_iter().flatten().min().unwrap_or(0);
        }
    }
    let mut out: Vec<Step> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < n || j < m {
        let both = i < n && j < m && cost[i][j] == cost[i + 1][j + 1].saturating_add(paired(i, j));
        if both {
            out.push(if olds[i] == news[j] { Step::Keep } else { Step::Change(i, j) });
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let gone = i < n && cost[i][j] == cost[i + 1][j] + 100;
        let (from, to) = (i..i + usize::from(gone), j..j + usize::from(!gone));
        (i, j) = (from.end, to.end);
        match out.last_mut() {
            Some(Step::Exchange(old, new)) => (old.end, new.end) = (from.end, to.end),
            _ => out.push(Step::Exchange(from, to)),
        }
    }
    Some(out)
}

/// Returns how far two sentences are from each other: 0 for the same, below 200 for alike ones.
fn distance(old: &str, new: &str) -> usize {
    if old == new {
        return 0;
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut sum, mut same) = (0, 0);
    for word in old.split(' ') {
        *left.entry(word).or_default() += 1;
        sum += 1;
    }
    for word in new.split(' ') {
        sum += 1;
        if let Some(n) = left.get_mut(word).filter(|n| **n > 0) {
            *n -= 1;
            same += 2;
        }
    }
    let alike = same * 100 / usize::max(sum, 1);
    if alike < ALIKE { usize::MAX } else { 200 - alike * 2 + 1 }
}
