//! What is known of a whole part before it is walked: which words change alike in which lines.

use super::tree::{Kind, Node, Path};
use super::walk::{Draft, Key, gaps, keep, key};
use super::words::{Cut, Names, count, find, hunks, replace};
use crate::instrument::{Order, Pair, Scope};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Names a line of a node: its own words, or the heading before it.
pub(super) type LineKey = (Key, bool);

/// Is a change of words: those that go and those that come.
pub(super) type Words = (String, String);

/// The number of places above which words are changed everywhere instead of place for place (lovkvalitet 3.4.5.2).
const FEW: usize = 5;

/// Holds the lines that stay and the changes they share.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// What a line that stays is to read.
    goals: HashMap<LineKey, String>,
    /// The § (or other top line) in which a line stands.
    tops: HashMap<LineKey, Key>,
    /// The lines in which words change so.
    alike: BTreeMap<Words, Vec<LineKey>>,
    /// What is gone.
    gone: HashSet<Key>,
}

/// Returns the changes of words between two lines with how often each occurs.
pub(super) fn changes(old: &str, new: &str, names: &Names) -> BTreeMap<Words, usize> {
    let (a, b) = (Cut::new(old, names), Cut::new(new, names));
    let mut out = BTreeMap::new();
    for hunk in hunks(&a, &b) {
        let words = (a.span(&hunk.old).to_string(), b.span(&hunk.new).to_string());
        if !words.0.is_empty() && !words.1.is_empty() {
            *out.entry(words).or_insert(0) += 1;
        }
    }
    out
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
            for words in changes(old, new, names).into_keys().filter(telling) {
                self.alike.entry(words).or_default().push(line.clone());
            }
        }
        self.tops.insert(line.clone(), top.clone());
        self.goals.insert(line, new.to_string());
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

    /// Returns what a line that stays is to read.
    pub fn goal(&self, line: &LineKey) -> Option<&str> {
        self.goals.get(line).map(String::as_str)
    }

    /// Finds a line in the running text.
    pub fn path(&self, root: &Node, line: &LineKey) -> Option<Path> {
        if line.0 == key(root) {
            return Some(Vec::new());
        }
        let top = self.tops.get(line)?;
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
        let mut done: BTreeSet<&Words> = BTreeSet::new();
        for &words in &candidates {
            if done.contains(words) {
                continue;
            }
            let meets = |a: &Words, b: &Words| !find(&a.1, &b.0).is_empty() || !find(&b.1, &a.0).is_empty();
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
                    if let Some(new) = replace(text, &pairs) {
                        *text = new;
                    }
                });
                let pairs = pairs.into_iter().map(|(old, new)| Pair { old, new }).collect();
                let orders = vec![Order::Replace { scopes: vec![Scope::everywhere()], pairs }];
                drafts.push(Draft { orders, keys, places });
                done.extend(set);
                break;
            }
        }
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
            let Some(goal) = self.goals.get(line) else { return };
            let changes = changes(text, goal, names);
            for ((words, found), places) in set.iter().zip(&counts).zip(&mut places) {
                let found = found.unwrap_or(0);
                fits &= changes.get(*words).copied().unwrap_or(0) == found;
                *places += found;
            }
        });
        (fits && places.iter().all(|n| *n > FEW)).then(|| (keys, places.iter().sum()))
    }
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
