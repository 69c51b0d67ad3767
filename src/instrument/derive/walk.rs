//! Walks the two texts in the order of the provisions and orders what makes the one the other.
//!
//! Every order is carried out on the running text at once, so that the next one is addressed and counted in what stands
//! there then. Where words cannot be edited surely or readably, the provision is recast.

use super::plan::Plan;
use super::sections::Numbers;
use super::tree::{Kind, Node, Path};
use super::words::Names;
use crate::diff::heaviest_increasing;
use crate::document::{Address, number};
use crate::instrument::{Line, Order, Place, Target, Unit};
use std::collections::{HashMap, VecDeque};
use std::ops::Range;

/// Names a line in both texts: what it is and its identity. The heading before a § has the §'s own name.
pub(super) type Key = (Kind, String);

/// Is an item on its way: what it orders and the lines it touches.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Its orders.
    pub orders: Vec<Order>,
    /// The lines it touches.
    pub keys: Vec<Key>,
    /// At how many places it changes the text.
    pub places: usize,
}

/// From how many orders on a provision may be written anew instead: fewer show better what is changed.
const MANY: usize = 4;

/// From how many items that shift the numbers of a provision it is written anew: nobody can follow them.
const SHIFTS: usize = 4;

/// Walks one part.
pub(super) struct Walk<'a> {
    /// The running text.
    pub root: Node,
    /// The names that are never cut.
    pub names: &'a Names,
    /// What is known of the whole part.
    pub plan: Plan,
    /// The items so far.
    pub drafts: Vec<Draft>,
}

/// Returns which children stay where they are: pairs of old and new places, ascending.
pub(super) fn keep(old: &[Node], new: &[Node]) -> Vec<(usize, usize)> {
    let mut places: HashMap<(Kind, &str), VecDeque<usize>> = HashMap::new();
    for (i, node) in old.iter().enumerate() {
        places.entry((node.kind, &node.id)).or_default().push_back(i);
    }
    let mut found = Vec::new();
    for (j, node) in new.iter().enumerate() {
        if let Some(i) = places.get_mut(&(node.kind, node.id.as_str())).and_then(VecDeque::pop_front) {
            found.push((i, j));
        }
    }
    let weight = |node: &Node| (1_u64 << 32) + (1 + node.children.len() as u64).min(1 << 16);
    let sequence: Vec<(usize, u64)> = found.iter().map(|&(i, j)| (i, weight(&new[j]))).collect();
    let mut out: Vec<(usize, usize)> = heaviest_increasing(&sequence).into_iter().map(|at| found[at]).collect();
    out.sort_unstable();
    out
}

impl Walk<'_> {
    /// Walks the whole text.
    pub fn run(&mut self, after: &Node) {
        self.line(&Vec::new(), false, after);
        let everywhere = self.plan.everywhere(&mut self.root, self.names);
        self.drafts.extend(everywhere);
        self.preamble(after);
        self.top(after);
        self.drafts = joined(std::mem::take(&mut self.drafts));
    }

    /// Walks the paragraphs before the first chapter: word for word where they are the same ones, else as one text.
    fn preamble(&mut self, after: &Node) {
        let is = |n: &&Node| n.kind == Kind::Preamble;
        let old: Vec<Node> = self.root.children.iter().filter(is).cloned().collect();
        let new: Vec<Node> = after.children.iter().filter(is).cloned().collect();
        if old.len() == new.len() && old.iter().zip(&new).all(|(a, b)| a.id == b.id) {
            for (i, node) in new.iter().enumerate() {
                self.line(&vec![i], false, node);
            }
            return;
        }
        let text: Vec<Line> = new.iter().flat_map(|n| n.lines(1)).collect();
        let preamble = Address { named: Some("indledningen"), ..Address::default() };
        let targets = vec![Target::at(preamble)];
        let order = match (old.is_empty(), new.is_empty()) {
            (true, _) => Order::Insert { place: Place::After(self.root.target(&[])), unit: Unit::Text, text },
            (false, true) => Order::Repeal { targets },
            (false, false) => Order::Recast { targets, text },
        };
        let keys = old.iter().chain(&new).map(key).collect();
        self.drafts.push(Draft { orders: vec![order], keys, places: 1 });
        self.root.children.splice(..old.len(), new);
    }

    /// Walks chapters and §§.
    fn top(&mut self, after: &Node) {
        let first = after.children.iter().take_while(|n| n.kind == Kind::Preamble).count();
        let new = &after.children[first..];
        self.clear_the_way(first, new);
        let kept = keep(&self.root.children[first..], new);
        let numbers: Numbers = kept.iter().map(|&(_, j)| (key(&new[j]), new[j].number.clone())).collect();
        let mut at = first;
        for (gone, come, next) in gaps(&kept, self.root.children.len() - first, new.len()) {
            let before = self.drafts.len();
            self.exchange_sections(at, gone.len(), &new[come.clone()]);
            at += come.len();
            if before < self.drafts.len() {
                for kind in [Kind::Chapter, Kind::Section] {
                    let stays = |n: &Node| n.kind == kind && numbers.contains_key(&key(n));
                    if let Some(next) = self.root.children.iter().skip(at).position(stays) {
                        self.renumber(at + next, &numbers, true, 0);
                    }
                }
                self.fold(before);
            }
            if let Some(node) = next.and_then(|n| new.get(n)) {
                self.renumber(at, &numbers, false, 0);
                if node.kind == Kind::Chapter {
                    self.line(&vec![at], false, node);
                } else {
                    self.section(at, node);
                }
                at += 1;
            }
        }
    }

    /// Makes one item of those that bring §§ to one place, where the last says what becomes of the numbers after them.
    fn fold(&mut self, from: usize) {
        let shifts = |d: &Draft| d.orders.iter().any(|o| matches!(o, Order::Renumber { .. }));
        let brings = |d: &Draft| d.orders.iter().any(|o| matches!(o, Order::Insert { .. } | Order::Recast { .. }));
        let Some(first) = self.drafts.iter().skip(from).position(brings).map(|i| from + i) else { return };
        if !self.drafts.last().is_some_and(shifts) {
            return;
        }
        for draft in self.drafts.split_off(first + 1) {
            if let Some(one) = self.drafts.last_mut() {
                one.orders.extend(draft.orders);
                one.keys.extend(draft.keys);
                one.places += draft.places;
            }
        }
    }

    /// Walks a § that stays.
    fn section(&mut self, at: usize, new: &Node) {
        self.heading(at, new);
        let start = self.drafts.len();
        let path = vec![at];
        let old = &self.root.children[at];
        if old.same_below(new) {
            return;
        }
        let kept = keep(&old.children, &new.children);
        if kept.is_empty() && !(old.children.is_empty() && new.children.is_empty()) {
            return self.recast(&path, new);
        }
        self.children(&path, new, &kept, |walk, path, node| {
            walk.subsection(path, node);
            Some(())
        });
        self.shorter(start, &path, new);
    }

    /// Takes out, puts in and walks what stands below a §, a stk. or a point; stops where a child's walk is `None`.
    fn children(
        &mut self,
        path: &[usize],
        new: &Node,
        kept: &[(usize, usize)],
        child: fn(&mut Self, &[usize], &Node) -> Option<()>,
    ) -> Option<()> {
        let all = gaps(kept, self.root.at(path)?.children.len(), new.children.len());
        let all = if self.repeal_scattered(path, kept, &all) {
            // Nothing came, so what is left stands as it will.
            let left: Vec<(usize, usize)> = (0..kept.len()).map(|i| (i, i)).collect();
            gaps(&left, kept.len(), kept.len())
        } else {
            all
        };
        let mut index = 0;
        for (gone, come, next) in all {
            self.exchange(path, index..index + gone.len(), &new.children[come.clone()]);
            index += come.len();
            if let Some(node) = next.and_then(|n| new.children.get(n)) {
                child(self, &[path, &[index]].concat(), node)?;
                index += 1;
            }
        }
        Some(())
    }

    /// Walks a stk. that stays.
    fn subsection(&mut self, path: &[usize], new: &Node) {
        let start = self.drafts.len();
        let Some(old) = self.root.at(path) else { return };
        let kept = keep(&old.children, &new.children);
        let all = gaps(&kept, old.children.len(), new.children.len());
        if !plain_list(old, new, &kept, &all) {
            return self.recast(path, new);
        }
        if self.line(&path.to_vec(), false, new) {
            return;
        }
        if self.children(path, new, &kept, Self::point).is_none() {
            return self.recast(path, new);
        }
        self.shorter(start, path, new);
    }

    /// Walks a point, a letter or a paragraph that stays; `None` where what it stands in must be recast.
    fn point(&mut self, path: &[usize], new: &Node) -> Option<()> {
        let start = self.drafts.len();
        if new.kind == Kind::Text {
            return self.edit(&path.to_vec(), false, new).then_some(());
        }
        let old = self.root.at(path)?;
        let kept = keep(&old.children, &new.children);
        if kept.is_empty() && !(old.children.is_empty() && new.children.is_empty()) {
            self.recast(path, new);
            return Some(());
        }
        if self.line(&path.to_vec(), false, new) {
            return Some(());
        }
        self.children(path, new, &kept, |walk, path, node| {
            walk.line(&path.to_vec(), false, node);
            Some(())
        });
        self.shorter(start, path, new);
        Some(())
    }

    /// Changes the heading before a §.
    fn heading(&mut self, at: usize, new: &Node) {
        let Some(old) = self.root.children.get(at) else { return };
        let target = self.root.heading_target(&[at]);
        let order = match (&old.heading, &new.heading) {
            (None, None) => return,
            (Some(_), None) => Order::Repeal { targets: vec![target] },
            (None, Some(words)) => {
                let text = vec![Line::new(crate::instrument::Kind::Heading, "", words)];
                let place = Place::Before(self.root.target(&[at]));
                Order::Insert { place, unit: Unit::Heading, text }
            }
            (Some(_), Some(_)) => {
                self.line(&vec![at], true, new);
                return;
            }
        };
        self.root.children[at].heading.clone_from(&new.heading);
        self.drafts.push(Draft { orders: vec![order], keys: vec![key(new)], places: 1 });
    }

    /// Changes the words of a line; says whether the whole provision was recast on the way.
    fn line(&mut self, path: &Path, heading: bool, new: &Node) -> bool {
        if self.edit(path, heading, new) {
            return false;
        }
        self.recast_line(path, heading, new)
    }

    /// Recasts a heading, a title or the provision a line belongs to; says whether what stands below it went along.
    fn recast_line(&mut self, path: &Path, heading: bool, new: &Node) -> bool {
        if !heading && !matches!(new.kind, Kind::Root | Kind::Chapter) {
            self.recast(path, new);
            return true;
        }
        let (target, text) = match new.kind {
            Kind::Root => (self.root.target(path), vec![Line::new(crate::instrument::Kind::Title, "", &new.text)]),
            Kind::Chapter => (self.root.heading_target(path), new.lines(1)),
            _ => {
                let words = new.heading.clone().unwrap_or_default();
                (self.root.heading_target(path), vec![Line::new(crate::instrument::Kind::Heading, "", words)])
            }
        };
        self.drafts.push(Draft {
            orders: vec![Order::Recast { targets: vec![target], text }],
            keys: vec![key(new)],
            places: 1,
        });
        if let Some(node) = self.root.at_mut(path) {
            if heading {
                node.heading.clone_from(&new.heading);
            } else {
                node.text.clone_from(&new.text);
            }
        }
        false
    }

    /// Orders a provision to read as it does in the new text, with all that stands below it.
    pub(super) fn recast(&mut self, path: &[usize], new: &Node) {
        let target = self.root.target(path);
        let text = self.quoted(path, &target, new);
        let mut keys = vec![];
        all_keys(new, &mut keys);
        if let Some(node) = self.root.at_mut(path) {
            all_keys(node, &mut keys);
            let (was, heading, number) = (node.was, node.heading.take(), std::mem::take(&mut node.number));
            let former = std::mem::take(&mut node.former);
            *node = new.clone();
            zero(node);
            (node.was, node.former) = (was, former);
            node.number = number;
            if node.kind == Kind::Section {
                node.heading = heading;
            }
        }
        keys.sort();
        keys.dedup();
        self.drafts.push(Draft { orders: vec![Order::Recast { targets: vec![target], text }], keys, places: 1 });
    }

    /// Returns the lines that recast a provision: the heading of a § is not among them, it has an order of its own.
    fn quoted(&self, path: &[usize], target: &Target, new: &Node) -> Vec<Line> {
        if new.kind == Kind::Section {
            let mut bare = new.clone();
            bare.heading = None;
            return bare.lines(1);
        }
        let Some((last, above)) = path.split_last() else { return new.lines(1) };
        let Some(parent) = self.root.at(above) else { return new.lines(1) };
        if new.kind == Kind::Subsection && target.address.subsection.is_none() {
            let mut bare = parent.clone();
            bare.heading = None;
            bare.children = vec![new.clone()];
            return bare.lines(1);
        }
        new.lines(parent.ordinal(*last))
    }

    /// Recasts a provision after all where that takes fewer words than its items do.
    fn shorter(&mut self, start: usize, path: &[usize], new: &Node) {
        let mine = &self.drafts[start..];
        let mut keys = Vec::new();
        all_keys(new, &mut keys);
        if let Some(node) = self.root.at(path) {
            all_keys(node, &mut keys);
        }
        keys.sort();
        let said = |o: &&Order| !matches!(o, Order::Renumber { .. });
        let shifts = mine.iter().filter(|d| d.orders.iter().any(|o| !said(&o))).count();
        let orders = mine.iter().flat_map(|d| &d.orders).filter(said).count();
        let local = mine.iter().all(|d| d.keys.iter().all(|k| keys.binary_search(k).is_ok() || self.plan.gone(k)));
        let heading = mine.iter().any(|d| d.orders.iter().any(of_heading));
        if orders < MANY || !local || heading {
            return;
        }
        let cost: usize = mine.iter().flat_map(|d| &d.orders).map(cost).sum();
        let mut whole = 60;
        new.words(&mut |w| whole += w.len() + 8);
        if cost > whole || shifts >= SHIFTS {
            self.drafts.truncate(start);
            self.recast(path, new);
        }
    }
}

/// Makes one item of items that write neighbours anew.
fn joined(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for draft in drafts.into_iter().filter(|d| !d.orders.is_empty()) {
        if let (Some(last), [Order::Recast { targets, text }]) = (out.last_mut(), draft.orders.as_slice())
            && let [Order::Recast { targets: before, text: above }] = last.orders.as_mut_slice()
            && let (Some(a), [b]) = (before.last(), targets.as_slice())
            && follows(a, b)
        {
            before.push(b.clone());
            above.extend(text.iter().cloned());
            last.keys.extend(draft.keys);
            last.places += draft.places;
            continue;
        }
        out.push(draft);
    }
    out
}

/// Says whether a place is the next one after another in the same list or §.
fn follows(a: &Target, b: &Target) -> bool {
    let plain = |t: &Target| t.was.is_none() && t.sentences.is_none() && t.paragraph.is_none() && !t.address.heading;
    let (mut x, y) = (a.address.clone(), &b.address);
    match (&x.letter, x.point, x.subsection) {
        (Some(letter), ..) => {
            x.letter = number::letter_number(letter).map(|n| number::letter(n + 1));
        }
        (None, Some(point), _) => x.point = Some(point + 1),
        (None, None, Some(subsection)) => x.subsection = Some(subsection + 1),
        (None, None, None) => return false,
    }
    plain(a) && plain(b) && x == *y
}

/// Says whether an order is about the heading before a §: one that a recast § does not say.
fn of_heading(order: &Order) -> bool {
    let is = |t: &Target| t.address.heading;
    match order {
        Order::Recast { targets, .. } | Order::Repeal { targets } => targets.iter().any(is),
        Order::Insert { unit, .. } => *unit == Unit::Heading,
        Order::Replace { scopes, .. } | Order::Delete { scopes, .. } | Order::InsertWords { scopes, .. } => {
            scopes.iter().any(|s| s.target.as_ref().is_some_and(is))
        }
        _ => false,
    }
}

/// Returns about how many letters an order takes.
fn cost(order: &Order) -> usize {
    let lines = |text: &[Line]| text.iter().map(|l| l.text.len() + 8).sum::<usize>();
    match order {
        Order::Replace { scopes, pairs } => {
            40 * scopes.len() + pairs.iter().map(|p| p.old.len() + p.new.len() + 20).sum::<usize>()
        }
        Order::Delete { scopes, words } => 40 * scopes.len() + words.iter().map(|w| w.len() + 8).sum::<usize>(),
        Order::InsertWords { scopes, beside, new, .. } => 50 * scopes.len() + beside.len() + new.len(),
        Order::Recast { text, .. } | Order::Exchange { text, .. } | Order::Insert { text, .. } => 70 + lines(text),
        Order::Repeal { targets } => 30 + 10 * targets.len(),
        Order::Renumber { .. } => 40,
    }
}

/// Names a line.
pub(super) fn key(node: &Node) -> Key {
    (node.kind, node.id.clone())
}

/// Names a line and all below it.
fn all_keys(node: &Node, out: &mut Vec<Key>) {
    out.push(key(node));
    for child in &node.children {
        all_keys(child, out);
    }
}

/// Forgets the numbers that what stands below had: it is new.
pub(super) fn zero(node: &mut Node) {
    for child in &mut node.children {
        child.was = 0;
        zero(child);
    }
}

/// Is what goes and what comes between two kept children, and which new child follows.
pub(super) type Gap = (Range<usize>, Range<usize>, Option<usize>);

/// Returns, between the kept children: what is gone, what comes, and which new child follows.
pub(super) fn gaps(kept: &[(usize, usize)], old: usize, new: usize) -> Vec<Gap> {
    let mut out = Vec::with_capacity(kept.len() + 1);
    let (mut i, mut j) = (0, 0);
    for &(a, b) in kept {
        out.push((i..a, j..b, Some(b)));
        (i, j) = (a + 1, b + 1);
    }
    out.push((i..old, j..new, None));
    out
}

/// Says whether what comes and goes in a stk. is points of one list that has others, so that they can be named.
fn plain_list(old: &Node, new: &Node, kept: &[(usize, usize)], gaps: &[Gap]) -> bool {
    if old.children.is_empty() && new.children.is_empty() {
        return true;
    }
    let points = kept.iter().filter(|&&(a, _)| old.children[a].kind == Kind::Point).count();
    let marker = |n: &Node| (n.kind == Kind::Point).then_some(n.marker);
    let mut markers = old.children.iter().chain(&new.children).filter_map(marker);
    let first = markers.next();
    let moved = gaps.iter().any(|(gone, come, _)| !gone.is_empty() || !come.is_empty());
    let text = |nodes: &[Node]| nodes.iter().any(|n| n.kind == Kind::Text);
    let clean = gaps.iter().all(|(gone, come, next)| {
        // New points go beside a point: not first after a paragraph, where they would be a list of their own.
        let beside = come.is_empty()
            || !gone.is_empty()
            || come.start.checked_sub(1).is_some_and(|i| new.children[i].kind == Kind::Point)
            || next.is_some_and(|n| new.children[n].kind == Kind::Point);
        !text(&old.children[gone.clone()]) && !text(&new.children[come.clone()]) && beside
    });
    !moved || (points > 0 && clean && markers.all(|m| Some(m) == first))
}
