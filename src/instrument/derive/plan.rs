//! What is known of a whole part before it is walked: which words change alike in which lines.

use super::tree::{Kind, Node, Path};
use super::walk::{Draft, Key, gaps, keep, key};
use super::words::{Cut, Names, count, delete, find, hunks, replace};
use crate::instrument::{Order, Pair, Scope};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Names a line of a node: its own words, or the heading before it.
pub(super) type LineKey = (Key, bool);

/// Is a change of words: those that go and those that come.
pub(super) type Words = (String, String);

/// The number of places above which words are changed everywhere instead of place for place (lovkvalitet 3.4.5.2).
const FEW: usize = 5;

/// Is a line that stays.
#[derive(Clone, Debug)]
struct Stays {
    /// What it read when the part began.
    start: String,
    /// What it is to read.
    goal: String,
    /// The § (or other top line) in which it stands.
    top: Key,
}

/// Holds the lines that stay and the changes they share.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// The lines that stay.
    lines: HashMap<LineKey, Stays>,
    /// The lines in which words change so.
    alike: BTreeMap<Words, Vec<LineKey>>,
    /// What is gone.
    gone: HashSet<Key>,
}

/// Is the changes of words in a line, in its order, each with how often it occurs; new words are empty where words go.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes(pub Vec<(Words, usize)>);

impl Changes {
    /// Returns how often words change so.
    pub fn times(&self, words: &Words) -> usize {
        self.0.iter().find(|(w, _)| w == words).map_or(0, |(_, n)| *n)
    }
    /// Says whether two lines' changes are the same, whatever their order.
    pub fn same(mut self, mut other: Changes) -> bool {
        self.0.sort();
        other.0.sort();
        self.0 == other.0
    }
}

/// Returns the changes of words between two lines.
pub(super) fn changes(old: &str, new: &str, names: &Names) -> Changes {
    let (a, b) = (Cut::new(old, names), Cut::new(new, names));
    let mut out: Vec<(Words, usize)> = Vec::new();
    for hunk in hunks(&a, &b) {
        let words = (a.span(&hunk.old).to_string(), b.span(&hunk.new).to_string());
        match out.iter_mut().find(|(w, _)| *w == words) {
            Some((_, n)) => *n += 1,
            None if words.0.is_empty() => {}
            None => out.push((words, 1)),
        }
    }
    Changes(out)
}

/// Returns a line with words changed alike: replaced at once, or taken out.
pub(super) fn changed(text: &str, words: &[Words]) -> Option<String> {
    match words {
        [(old, new)] if new.is_empty() => Some(delete(text, old)),
        _ => replace(text, words),
    }
}

/// Returns the order that changes words alike in some places.
pub(super) fn order(scopes: Vec<Scope>, words: Vec<Words>) -> Order {
    if words.iter().all(|(_, new)| new.is_empty()) {
        return Order::Delete { scopes, words: words.into_iter().map(|(old, _)| old).collect() };
    }
    Order::Replace { scopes, pairs: words.into_iter().map(|(old, new)| Pair { old, new }).collect() }
}

/// Says whether words say enough to be changed at several places in one breath.
fn telling(words: &Words) -> bool {
    words.0.chars().count() >= 5 && words.0.chars().any(char::is_alphanumeric)
}

impl Plan {
    /// Compares the two texts line by line.
    pub fn new(before: &Node, after: &Node, names: &Names) -> Plan {
        let mut plan = Plan::default();
        plan.pair(before, after, &key(before), names);
        plan
    }

    fn pair(&mut self, old: &Node, new: &Node, top: &Key, names: &Names) {
        self.note((key(new), false), &old.text, &new.text, top, names);
        if let (Some(a), Some(b)) = (&old.heading, &new.heading) {
            self.note((key(new), true), a, b, top, names);
        }
        let kept = keep(&old.children, &new.children);
        for (gone, _, _) in gaps(&kept, old.children.len(), new.children.len()) {
            for node in &old.children[gone] {
                self.lost(node);
            }
        }
        for (i, j) in kept {
            let top = if old.kind == Kind::Root { key(&new.children[j]) } else { top.clone() };
            self.pair(&old.children[i], &new.children[j], &top, names);
        }
    }

    fn note(&mut self, line: LineKey, old: &str, new: &str, top: &Key, names: &Names) {
        if old != new {
            for words in changes(old, new, names).0.into_iter().map(|(w, _)| w).filter(telling) {
                self.alike.entry(words).or_default().push(line.clone());
            }
        }
        self.lines.insert(line, Stays { start: old.to_string(), goal: new.to_string(), top: top.clone() });
    }

    fn lost(&mut self, node: &Node) {
        self.gone.insert(key(node));
        for child in &node.children {
            self.lost(child);
        }
    }

    /// Says whether a node goes.
    pub fn gone(&self, key: &Key) -> bool {
        self.gone.contains(key)
    }

    /// Returns the lines in which words change so.
    pub fn alike(&self, words: &Words) -> &[LineKey] {
        if telling(words) { self.alike.get(words).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// Returns what a line that stays read when the part began.
    pub fn start(&self, line: &LineKey) -> Option<&str> {
        self.lines.get(line).map(|l| l.start.as_str())
    }

    /// Returns what a line that stays is to read.
    pub fn goal(&self, line: &LineKey) -> Option<&str> {
        self.lines.get(line).map(|l| l.goal.as_str())
    }

    /// Finds a line in the running text.
    pub fn path(&self, root: &Node, line: &LineKey) -> Option<Path> {
        if line.0 == key(root) {
            return Some(Vec::new());
        }
        let top = &self.lines.get(line)?.top;
        let at = root.children.iter().position(|n| n.kind == top.0 && n.id == top.1)?;
        let mut path = vec![at];
        below(root.children.get(at)?, &line.0, &mut path).then_some(path)
    }

    /// Finds the words that change everywhere in the bylaw, changes them in the running text, and returns the items.
    pub fn everywhere(&self, root: &mut Node, names: &Names) -> Vec<Draft> {
        let mut candidates: Vec<&Words> =
            self.alike.iter().filter(|(_, lines)| lines.len() * 4 > FEW).map(|(words, _)| words).collect();
        // Longer words first, so that those inside them are not changed for them.
        candidates.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
        let mut drafts = Vec::new();
        let mut start: Vec<String> = Vec::new();
        if !candidates.is_empty() {
            lines(root, &mut |_, text| start.push(text.to_string()));
        }
        let mut done: BTreeSet<&Words> = BTreeSet::new();
        for &words in &candidates {
            if done.contains(words) {
                continue;
            }
            // What only goes has a clause of its own.
            let both = |a: &Words, b: &Words| !a.1.is_empty() && !b.1.is_empty();
            let found = |a: &Words, b: &Words| !find(&a.1, &b.0).is_empty() || !find(&b.1, &a.0).is_empty();
            let meets = |a: &Words, b: &Words| both(a, b) && found(a, b);
            let mut set: Vec<&Words> = vec![words];
            while let Some(next) =
                candidates.iter().find(|c| !set.contains(c) && !done.contains(**c) && set.iter().any(|s| meets(s, c)))
            {
                set.push(next);
            }
            for set in [set, vec![words]] {
                let Some((keys, places)) = self.fits_everywhere(root, &set, names) else { continue };
                let pairs: Vec<Words> = set.iter().map(|w| (*w).clone()).collect();
                lines_mut(root, &mut |_, text| {
                    if let Some(new) = changed(text, &pairs) {
                        *text = new;
                    }
                });
                let orders = vec![order(vec![Scope::everywhere()], pairs)];
                drafts.push(Draft { orders, keys, places });
                done.extend(set);
                break;
            }
        }
        sort(&mut drafts, &start);
        drafts
    }

    /// Says in which lines and at how many places words stand that may be changed everywhere: each at more than a few
    /// places, and nowhere where they are to stay.
    fn fits_everywhere(&self, root: &Node, set: &[&Words], names: &Names) -> Option<(Vec<Key>, usize)> {
        let mut places = vec![0; set.len()];
        let mut keys = Vec::new();
        let mut fits = true;
        let pairs: Vec<Words> = set.iter().map(|w| (*w).clone()).collect();
        lines(root, &mut |line, text| {
            if !fits {
                return;
            }
            let counts: Vec<Option<usize>> = set.iter().map(|w| count(text, &w.0)).collect();
            if counts.iter().all(|c| *c == Some(0)) {
                return;
            }
            fits &= counts.iter().all(Option::is_some) && replace(text, &pairs).is_some();
            keys.push(line.0.clone());
            let Some(goal) = self.goal(line) else { return };
            let changes = changes(text, goal, names);
            for ((words, found), places) in set.iter().zip(&counts).zip(&mut places) {
                let found = found.unwrap_or(0);
                fits &= changes.times(words) == found;
                *places += found;
            }
        });
        (fits && places.iter().all(|n| *n > FEW)).then(|| (keys, places.iter().sum()))
    }
}

/// Puts the items in the order of the first places they change, unless one works on the words of another.
fn sort(drafts: &mut Vec<Draft>, lines: &[String]) {
    let words = |draft: &Draft| -> Vec<Words> {
        match draft.orders.first() {
            Some(Order::Replace { pairs, .. }) => pairs.iter().map(|p| (p.old.clone(), p.new.clone())).collect(),
            Some(Order::Delete { words, .. }) => words.iter().map(|w| (w.clone(), String::new())).collect(),
            _ => Vec::new(),
        }
    };
    let all: Vec<Vec<Words>> = drafts.iter().map(words).collect();
    let touches = |a: &Words, b: &Words| a.0.contains(&b.0) || a.1.contains(&b.0);
    let free = all.iter().enumerate().all(|(i, a)| {
        all.iter().enumerate().all(|(j, b)| i == j || a.iter().all(|a| b.iter().all(|b| !touches(a, b))))
    });
    if !free {
        return;
    }
    let first = |words: &Vec<Words>| {
        let at = |(i, line): (usize, &String)| {
            words.iter().filter_map(|(old, _)| find(line, old).first().copied()).min().map(|at| (i, at))
        };
        lines.iter().enumerate().find_map(at)
    };
    let mut keyed: Vec<(Option<(usize, usize)>, Draft)> = all.iter().map(first).zip(std::mem::take(drafts)).collect();
    keyed.sort_by_key(|(at, _)| *at);
    drafts.extend(keyed.into_iter().map(|(_, draft)| draft));
}

/// Visits every line of the running text.
fn lines<'a>(node: &'a Node, visit: &mut dyn FnMut(&LineKey, &'a str)) {
    if let Some(heading) = &node.heading {
        visit(&(key(node), true), heading);
    }
    if node.kind != Kind::Section {
        visit(&(key(node), false), &node.text);
    }
    for child in &node.children {
        lines(child, visit);
    }
}

fn lines_mut(node: &mut Node, visit: &mut dyn FnMut(&LineKey, &mut String)) {
    let name = key(node);
    if let Some(heading) = &mut node.heading {
        visit(&(name.clone(), true), heading);
    }
    if node.kind != Kind::Section {
        visit(&(name, false), &mut node.text);
    }
    for child in &mut node.children {
        lines_mut(child, visit);
    }
}

/// Goes on from a node to the one a key names.
fn below(node: &Node, wanted: &Key, path: &mut Path) -> bool {
    if node.kind == wanted.0 && node.id == wanted.1 {
        return true;
    }
    for (i, child) in node.children.iter().enumerate() {
        path.push(i);
        if below(child, wanted, path) {
            return true;
        }
        path.pop();
    }
    false
}
