//! §§ and chapters that come and go, and the numbers of those that stay: data that only an order changes.

use super::tree::{Kind, Node};
use super::walk::{Draft, Key, Walk, key};
use crate::diff::heaviest_increasing;
use crate::document::Address;
use crate::instrument::{Line, Order, Place, Target, Unit};
use std::collections::HashMap;

/// Holds the numbers that §§ and chapters are to have.
pub(super) type Numbers = HashMap<Key, String>;

impl Walk<'_> {
    /// Repeals first what bears a number that something else is to have before its own turn comes: where §§ are numbered
    /// through, one number would else stand twice.
    pub(super) fn clear_the_way(&mut self, first: usize, new: &[Node]) {
        let old = &self.root.children[first..];
        let kept = super::walk::keep(old, new);
        let all = super::walk::gaps(&kept, old.len(), new.len());
        let name = |n: &Node| (n.kind, n.number.clone());
        let mut gone: HashMap<(Kind, String), usize> = HashMap::new();
        for (i, (range, _, _)) in all.iter().enumerate() {
            gone.extend(old[range.clone()].iter().map(|n| (name(n), i)));
        }
        let come = all.iter().enumerate().flat_map(|(i, (_, range, _))| new[range.clone()].iter().map(move |n| (i, n)));
        let shifted = kept.iter().enumerate().filter(|&(_, &(a, b))| old[a].number != new[b].number);
        let shifted: Vec<(usize, &Node)> = shifted.map(|(k, &(_, b))| (k, &new[b])).collect();
        // What comes must not stand before a lower number that goes later either.
        let mut lowest: Vec<Option<(u64, String)>> = vec![None; all.len() + 1];
        for (i, (range, _, _)) in all.iter().enumerate().rev() {
            let own = old[range.clone()].iter().filter(|n| n.kind == Kind::Section).map(|n| order(&n.number)).min();
            let later = lowest[i + 1].clone();
            lowest[i] = own.into_iter().chain(later).min();
        }
        let late = |i: usize, n: &Node| {
            let before = lowest.get(i + 1).and_then(Option::as_ref);
            n.kind == Kind::Section && before.is_some_and(|low| *low < order(&n.number))
        };
        // A number with a letter is given by itself, at a time when a higher one that goes may still stand before it.
        let passed = |n: &Node| {
            let higher = |(kind, number): &(Kind, String)| *kind == Kind::Section && order(number) > order(&n.number);
            n.kind == Kind::Section && n.number.parse::<u64>().is_err() && gone.keys().any(higher)
        };
        let met = come.into_iter().any(|(i, n)| gone.get(&name(n)).is_some_and(|g| *g != i) || late(i, n))
            || shifted.into_iter().any(|(i, n)| gone.contains_key(&name(n)) || late(i, n) || passed(n));
        if !met {
            return;
        }
        for (range, _, _) in all.iter().rev() {
            self.repeal_sections(first + range.start, range.len());
        }
    }

    /// Takes a run of §§ and chapter headings out and puts others in its place.
    pub(super) fn exchange_sections(&mut self, at: usize, gone: usize, come: &[Node]) {
        let old: Vec<(Kind, String)> =
            self.root.children[at..at + gone].iter().map(|n| (n.kind, n.number.clone())).collect();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (j, node) in come.iter().enumerate() {
            if let Some(i) = old.iter().position(|(kind, number)| *kind == node.kind && *number == node.number)
                && !found.iter().any(|f| f.0 == i)
            {
                found.push((i, j));
            }
        }
        let sequence: Vec<(usize, u64)> = found.iter().map(|&(i, _)| (i, 1)).collect();
        let mut same: Vec<(usize, usize)> = heaviest_increasing(&sequence).into_iter().map(|k| found[k]).collect();
        same.sort_unstable();
        let mut here = at;
        for (gone, come_range, next) in super::walk::gaps(&same, gone, come.len()) {
            self.replace_sections(here, gone.len(), &come[come_range.clone()]);
            here += come_range.len();
            if let Some(node) = next.and_then(|n| come.get(n)) {
                self.recast_section(here, node);
                here += 1;
            }
        }
    }

    /// Recasts a § or the heading of a chapter as another one with its number.
    fn recast_section(&mut self, at: usize, new: &Node) {
        let old = &self.root.children[at];
        let keys = vec![key(old), key(new)];
        let path = [at];
        let mut orders = Vec::new();
        if new.kind == Kind::Chapter {
            let targets = vec![self.root.heading_target(&path)];
            if old.text != new.text {
                orders.push(Order::Recast { targets, text: new.lines(1) });
            }
        } else {
            if old.heading.is_some() && new.heading.is_none() {
                orders.push(Order::Repeal { targets: vec![self.root.heading_target(&path)] });
            }
            orders.push(Order::Recast { targets: vec![self.root.target(&path)], text: new.lines(1) });
        }
        self.root.children[at] = fresh(new);
        for order in orders {
            self.drafts.push(Draft { orders: vec![order], keys: keys.clone(), places: 1 });
        }
    }

    /// Repeals what goes and inserts what comes, in this order unless nothing else could name the place.
    fn replace_sections(&mut self, at: usize, gone: usize, come: &[Node]) {
        let anchored = self
            .root
            .children
            .iter()
            .enumerate()
            .any(|(i, n)| !(at..at + gone).contains(&i) && n.kind != Kind::Preamble);
        let sections = |nodes: &[Node]| nodes.iter().all(|n| n.kind == Kind::Section);
        if gone > 0 && !come.is_empty() && !anchored && sections(come) && sections(&self.root.children[at..at + gone]) {
            let old = &self.root.children[at..at + gone];
            let keys = old.iter().chain(come).map(key).collect();
            let places = (at..at + gone).map(|i| vec![i]);
            let headings = places.clone().filter(|p| self.root.at(p).is_some_and(|n| n.heading.is_some()));
            let headings: Vec<Target> = headings.map(|p| self.root.heading_target(&p)).collect();
            let targets = places.map(|p| self.root.target(&p)).collect();
            let text = come.iter().flat_map(|n| n.lines(1)).collect();
            let mut orders = vec![Order::Exchange { targets, text }];
            if !headings.is_empty() {
                orders.insert(0, Order::Repeal { targets: headings });
            }
            self.root.children.splice(at..at + gone, come.iter().map(fresh));
            self.drafts.push(Draft { orders, keys, places: gone });
            return;
        }
        if gone > 0 && !come.is_empty() && !anchored {
            // Both stand there for a while, and the lower numbers must stand first.
            let numbers = |nodes: &[Node]| {
                let sections = nodes.iter().filter(|n| n.kind == Kind::Section);
                sections.map(|n| order(&n.number)).collect::<Vec<_>>()
            };
            let (old, new) = (numbers(&self.root.children[at..at + gone]), numbers(come));
            if new.iter().min().zip(old.iter().max()).is_some_and(|(new, old)| new > old) {
                self.insert_sections(at + gone, come);
                return self.repeal_sections(at, gone);
            }
            self.insert_sections(at, come);
            return self.repeal_sections(at + come.len(), gone);
        }
        // The provisions come in their order, so what is new stands first where its numbers are lower.
        let number = |n: &Node| order(&n.number);
        let old = &self.root.children[at..at + gone];
        let beside = at.checked_sub(1).is_some_and(|i| self.root.children[i].kind == Kind::Section);
        let lower = come.iter().map(number).max().zip(old.iter().map(number).min()).is_some_and(|(new, old)| new < old);
        if beside && lower && sections(old) && sections(come) {
            self.insert_sections(at, come);
            return self.repeal_sections(at + come.len(), gone);
        }
        self.repeal_sections(at, gone);
        self.insert_sections(at, come);
    }

    fn repeal_sections(&mut self, at: usize, gone: usize) {
        if gone == 0 {
            return;
        }
        let end = at + gone;
        let keys: Vec<_> = self.root.children[at..end].iter().map(key).collect();
        let mut targets = Vec::new();
        // The heading before a § is repealed by a number of its own; those between §§ that go, go with them.
        let mut headings = Vec::new();
        let mut before = None;
        // A § after it that has no heading of its own would keep the last one of the chapter.
        let clear = self.root.children.get(end).is_none_or(|n| n.kind == Kind::Chapter || n.heading.is_some());
        let mut i = at;
        while i < end {
            let node = &self.root.children[i];
            if node.kind == Kind::Chapter {
                let last = (i + 1..self.root.children.len())
                    .find(|k| self.root.children[*k].kind == Kind::Chapter)
                    .unwrap_or(self.root.children.len());
                if clear && last <= end && last > i + 1 && !node.number.is_empty() {
                    targets.push(self.root.target(&[i]));
                    i = last;
                    continue;
                }
                targets.push(self.root.heading_target(&[i]));
            } else {
                let first = i.checked_sub(1).is_none_or(|last| before != Some(last));
                if node.heading.is_some() && (first || !clear) {
                    headings.push(self.root.heading_target(&[i]));
                }
                targets.push(self.root.target(&[i]));
                before = Some(i);
            }
            i += 1;
        }
        if !headings.is_empty() {
            let places = headings.len();
            let orders = vec![Order::Repeal { targets: headings }];
            self.drafts.push(Draft { orders, keys: keys.clone(), places });
        }
        self.root.children.drain(at..end);
        self.drafts.push(Draft { orders: vec![Order::Repeal { targets }], keys, places: gone });
    }

    fn insert_sections(&mut self, at: usize, come: &[Node]) {
        let mut here = at;
        let mut rest = come;
        while let Some(first) = rest.first() {
            let end = (1..rest.len()).find(|i| ambiguous(&rest[i - 1], &rest[*i])).unwrap_or(rest.len());
            let (run, later) = rest.split_at(end);
            let place = self.section_place(here, first.kind);
            let unit = if first.kind == Kind::Chapter { Unit::Chapter } else { Unit::Section };
            let text: Vec<Line> = run.iter().flat_map(|n| n.lines(1)).collect();
            self.drafts.push(Draft {
                orders: vec![Order::Insert { place, unit, text }],
                keys: run.iter().map(key).collect(),
                places: run.len(),
            });
            self.root.children.splice(here..here, run.iter().map(fresh));
            here += run.len();
            rest = later;
        }
    }

    /// Returns where §§ or a chapter go that will stand at an index.
    fn section_place(&self, at: usize, first: Kind) -> Place {
        let nodes = &self.root.children;
        let next = nodes.get(at);
        let before = at.checked_sub(1).filter(|i| nodes[*i].kind != Kind::Preamble);
        let chapter =
            nodes[..at].iter().rposition(|n| n.kind == Kind::Chapter).filter(|i| !nodes[*i].number.is_empty());
        let splits = next.is_some_and(|n| n.kind == Kind::Section);
        let headed = next.is_some_and(|n| n.heading.is_some());
        let before_next = || match headed {
            true => Place::Before(self.root.heading_target(&[at])),
            false => Place::Before(self.root.target(&[at])),
        };
        match (first, before) {
            (Kind::Chapter, _) if splits => before_next(),
            (Kind::Chapter, Some(before)) => Place::After(self.root.target(&[chapter.unwrap_or(before)])),
            (_, Some(before)) if nodes[before].kind == Kind::Section => match chapter.filter(|_| !splits) {
                Some(chapter) => {
                    let mut target = self.root.target(&[before]);
                    target.address.chapter = Some(nodes[chapter].number.clone());
                    Place::After(target)
                }
                // New §§ after § 7 stand before the heading of § 8, not below it.
                None if headed => {
                    let (after, before) = (self.root.target(&[before]), self.root.heading_target(&[at]));
                    Place::Between(Box::new(after), Box::new(before))
                }
                None => Place::After(self.root.target(&[before])),
            },
            (_, Some(_)) if splits => before_next(),
            (_, Some(_)) => Place::InChapter(chapter.map(|i| nodes[i].number.clone()).unwrap_or_default()),
            (_, None) if next.is_some() => before_next(),
            (_, None) => Place::After(self.root.target(&[])),
        }
    }

    /// Gives a § or chapter that stays the number it is to have, and those after it that shift as far.
    pub(super) fn renumber(&mut self, at: usize, numbers: &Numbers, join: bool, depth: usize) {
        let Some(node) = self.root.children.get(at) else { return };
        let Some(wanted) = numbers.get(&key(node)).filter(|n| **n != node.number) else { return };
        let kind = node.kind;
        let far = |n: &Node| {
            let both = n.number.parse::<i64>().ok().zip(numbers.get(&key(n)).and_then(|w| w.parse::<i64>().ok()));
            both.map(|(a, b)| b - a)
        };
        let step = far(node);
        let moves = |n: &Node| numbers.get(&key(n)).is_some_and(|own| *own != n.number);
        // Upwards the last go first: one with less far to go that the others would run into, or with a letter among them.
        let up = step.is_some_and(|s| s > 0);
        let shorter = |n: &Node| far(n).zip(step).is_some_and(|(f, s)| f > 0 && f < s);
        let rest = self.root.children.iter().enumerate().skip(at + 1).filter(|(_, n)| n.kind == kind);
        let mut beyond = rest.filter(|(_, n)| figure(&n.number) && far(n).zip(step).is_some_and(|(f, s)| f < s));
        let end = beyond.next().map_or(self.root.children.len(), |(i, _)| i);
        let among = |i: usize, n: &Node| i < end && !figure(&n.number);
        // Who has the number now, or a lower one further on, gives it up first.
        let in_the_way = |i: usize, n: &Node| {
            let met = order(&n.number) < order(wanted) || up && (shorter(n) || among(i, n));
            n.kind == kind && moves(n) && (n.number == *wanted || i > at && met)
        };
        let shifts_along = |n: &Node| step.is_some() && far(n) == step;
        let mut others = self.root.children.iter().enumerate();
        let blocked = others.find(|(i, n)| *i != at && in_the_way(*i, n) && !shifts_along(n)).map(|(i, _)| i);
        if let Some(other) = blocked.filter(|_| depth < 50) {
            let before = self.drafts.len();
            self.renumber(other, numbers, join, depth + 1);
            return self.renumber(at, numbers, join || before < self.drafts.len(), depth + 1);
        }
        let mut orders = Vec::new();
        let mut keys = Vec::new();
        match (node.number.parse::<i64>(), wanted.parse::<i64>()) {
            (Ok(old), Ok(new)) => {
                let by = new - old;
                let mut runs: Vec<Vec<usize>> = Vec::new();
                let mut last = None;
                for (i, node) in self.root.children.iter().enumerate().skip(at).filter(|(_, n)| n.kind == kind) {
                    let Ok(number) = node.number.parse::<i64>() else {
                        // Downwards the first go first.
                        if by < 0 && numbers.get(&key(node)).is_some_and(|own| *own != node.number) {
                            break;
                        }
                        last = None;
                        continue;
                    };
                    let far = numbers.get(&key(node)).and_then(|n| n.parse::<i64>().ok()).map_or(by, |n| n - number);
                    if far == 0 || far.signum() != by.signum() || far.abs() < by.abs() {
                        break;
                    }
                    match runs.last_mut() {
                        Some(run) if last == Some(number - 1) => run.push(i),
                        _ => runs.push(vec![i]),
                    }
                    last = Some(number);
                }
                if by > 0 {
                    runs.reverse();
                }
                for run in runs {
                    let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
                    let from = (self.numbered(*first), self.numbered(*last));
                    for i in &run {
                        let node = &mut self.root.children[*i];
                        keys.push(key(node));
                        node.number = node.number.parse::<i64>().map_or(String::new(), |n| (n + by).to_string());
                    }
                    orders.push(Order::Renumber { from, to: (self.numbered(*first), self.numbered(*last)) });
                }
            }
            _ => {
                let from = self.numbered(at);
                keys.push(key(node));
                self.root.children[at].number.clone_from(wanted);
                let to = self.numbered(at);
                orders.push(Order::Renumber { from: (from.clone(), from), to: (to.clone(), to) });
            }
        }
        match self.drafts.last_mut().filter(|_| join) {
            Some(draft) => {
                draft.orders.extend(orders);
                draft.keys.extend(keys);
            }
            None => self.drafts.push(Draft { orders, places: keys.len(), keys }),
        }
    }

    fn numbered(&self, at: usize) -> Address {
        let target: Target = self.root.target(&[at]);
        target.address
    }
}

/// Says whether the last line of one § would be taken for the heading of the next.
fn ambiguous(before: &Node, after: &Node) -> bool {
    let open = |l: &Line| l.kind == crate::instrument::Kind::Text && !l.text.ends_with(['.', ',', ';', ':']);
    before.lines(1).last().is_some_and(open) && after.kind == Kind::Section && after.heading.is_none()
}

/// Says whether a number is a figure without a letter.
fn figure(number: &str) -> bool {
    number.parse::<i64>().is_ok()
}

/// Returns what orders the numbers of §§: figures, then letters.
fn order(number: &str) -> (u64, String) {
    let figures = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let (figure, letters) = number.split_at(figures);
    (figure.parse().unwrap_or(0), letters.trim().to_string())
}

/// Returns a node as it stands after it came.
fn fresh(node: &Node) -> Node {
    let mut node = node.clone();
    node.was = 0;
    for child in &mut node.children {
        *child = fresh(child);
    }
    node
}
