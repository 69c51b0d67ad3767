//! Edits of words: few, readable and sure. What cannot be edited so is left to be recast.

use super::plan::{LineKey, Words, changed, changes, order};
use super::tree::{Kind, Node, Path};
use super::walk::{Draft, Key, Walk, key};
use super::words::{Cut, Hunk, Names, balanced, beside, count, delete, hunks, replace};
use crate::instrument::{Order, Pair, Places, Scope, Side, Target};

/// Is one edit inside a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    Replace(String, String),
    Delete(String),
    Insert(Side, String, String),
}

/// Is a line to be edited.
pub(super) struct LineAt {
    /// The node.
    pub path: Path,
    /// Whether it is the heading before it.
    pub heading: bool,
}

impl LineAt {
    /// Returns its words.
    pub fn of<'n>(&self, root: &'n Node) -> Option<&'n str> {
        let node = root.at(&self.path)?;
        if self.heading { node.heading.as_deref() } else { Some(&node.text) }
    }
    /// Returns its words, to change them.
    pub fn of_mut<'n>(&self, root: &'n mut Node) -> Option<&'n mut String> {
        let node = root.at_mut(&self.path)?;
        if self.heading { node.heading.as_mut() } else { Some(&mut node.text) }
    }
    /// Returns the node that an instrument names to reach the line: a paragraph after a list is reached by its stk.
    fn named(&self, root: &Node) -> Path {
        let text = root.at(&self.path).is_some_and(|n| n.kind == Kind::Text);
        let length = self.path.len() - usize::from(text);
        self.path[..length].to_vec()
    }
    /// Returns the place an instrument names to reach it.
    pub fn target(&self, root: &Node) -> Target {
        let chapter = root.at(&self.path).is_some_and(|n| n.kind == Kind::Chapter);
        if self.heading || chapter { root.heading_target(&self.path) } else { root.target(&self.named(root)) }
    }
    /// Counts words in what the instrument names to reach the line.
    fn count(&self, root: &Node, words: &str) -> Option<usize> {
        let node = root.at(&self.named(root))?;
        if self.heading {
            return count(node.heading.as_deref()?, words);
        }
        if matches!(node.kind, Kind::Root | Kind::Chapter | Kind::Preamble) {
            return count(&node.text, words);
        }
        let mut sum = Some(0);
        node.words(&mut |text| sum = sum.zip(count(text, words)).map(|(a, b)| a + b));
        sum
    }
}

impl Walk<'_> {
    /// Edits a line until it reads as it is to; says whether it does. If not, nothing is ordered for it alone.
    pub(super) fn edit(&mut self, path: &Path, heading: bool, new: &Node) -> bool {
        let line = LineAt { path: path.clone(), heading };
        let Some(goal) = (if heading { new.heading.as_deref() } else { Some(new.text.as_str()) }) else { return true };
        if line.of(&self.root) == Some(goal) {
            return true;
        }
        self.alike(&line, &(key(new), heading));
        let Some(now) = line.of(&self.root) else { return false };
        if now == goal {
            return true;
        }
        let list = self.root.at(path).is_some_and(|n| !heading && n.kind != Kind::Root && !n.children.is_empty());
        let goal = goal.to_string();
        if !heading && self.by_sentences(&line, &goal, new) {
            return true;
        }
        let Some(now) = line.of(&self.root) else { return false };
        let Some(edits) = edits(now, &goal, self.names, list, &|words| line.count(&self.root, words)) else {
            return false;
        };
        let target = line.target(&self.root);
        let places = edits.iter().map(Vec::len).sum();
        let orders = orders(edits, &target);
        if let Some(text) = line.of_mut(&mut self.root) {
            *text = goal;
        }
        self.drafts.push(Draft { orders, keys: vec![key(new)], places });
        true
    }

    /// Makes the changes that this line shares with others, or has several times, in one order for all of them.
    fn alike(&mut self, line: &LineAt, name: &LineKey) {
        let goal = self.plan.goal(name).unwrap_or_default().to_string();
        let mut tried: Vec<Words> = Vec::new();
        loop {
            let Some(now) = line.of(&self.root) else { return };
            let found = changes(now, &goal, self.names).0;
            let shared = |w: &Words, here: usize| self.plan.alike(w).len() > 1 || here > 1;
            let fresh = |w: &Words| !tried.contains(w);
            let Some(words) = found.iter().find(|(w, here)| shared(w, *here) && fresh(w)).map(|(w, _)| w.clone())
            else {
                return;
            };
            tried.push(words.clone());
            let members = self.members(&words, name);
            let mut list = vec![words];
            for (other, here) in &found {
                let both = list.iter().chain([other]).all(|(_, new)| !new.is_empty());
                if both && shared(other, *here) && !tried.contains(other) && self.members(other, name) == members {
                    list.push(other.clone());
                }
            }
            self.change_alike(members, list, name);
        }
    }

    /// Finds the lines in which words change as in this one, and nothing else near them would.
    fn members(&self, words: &Words, name: &LineKey) -> Members {
        let mut out: Members = Vec::new();
        let mut lines: Vec<&LineKey> = self.plan.alike(words).iter().collect();
        if lines.is_empty() {
            lines.push(name);
        }
        for other in lines {
            let Some(path) = self.plan.path(&self.root, other) else { continue };
            let at = LineAt { path, heading: other.1 };
            let (Some(now), Some(goal)) = (at.of(&self.root), self.plan.goal(other)) else { continue };
            let all = changes(now, goal, self.names);
            let here = all.times(words);
            let quotable = balanced(&words.0) && balanced(&words.1);
            if here > 0 && quotable && at.count(&self.root, &words.0) == Some(here) {
                out.push((at.path, other.1, here, other.0.clone()));
            }
        }
        out.sort();
        out
    }

    /// Says whether a change of words in a line leaves just what else is to change there.
    fn helps(&self, path: &Path, heading: bool, key: &Key, words: &[Words]) -> bool {
        let line = LineAt { path: path.clone(), heading };
        let (Some(now), Some(goal)) = (line.of(&self.root), self.plan.goal(&(key.clone(), heading))) else {
            return false;
        };
        let Some(new) = changed(now, words) else { return false };
        let mut left = changes(now, goal, self.names);
        left.0.retain(|(w, _)| !words.contains(w));
        changes(&new, goal, self.names).same(left)
    }

    fn change_alike(&mut self, mut members: Members, words: Vec<Words>, name: &LineKey) {
        members.retain(|(path, heading, _, key)| self.helps(path, *heading, key, &words));
        let mine = members.iter().any(|(_, heading, _, key)| *key == name.0 && *heading == name.1);
        let once = members.len() == 1 && members.iter().all(|m| m.2 == 1);
        if !mine || once {
            return;
        }
        let mut scopes: Vec<Scope> = Vec::new();
        let (mut keys, mut places): (Vec<Key>, usize) = (Vec::new(), 0);
        for (path, heading, times, key) in members {
            let line = LineAt { path, heading };
            let mut target = line.target(&self.root);
            target.sentences = self.one_sentence(&line, &words).map(|n| (n, n));
            let several = if times == 1 { Places::One } else { Places::Exactly(u32::try_from(times).unwrap_or(0)) };
            scopes.push(Scope { target: Some(target), places: several, except: Vec::new() });
            if let Some(text) = line.of_mut(&mut self.root)
                && let Some(new) = changed(text, &words)
            {
                *text = new;
            }
            keys.push(key);
            places += times * words.len();
        }
        self.drafts.push(Draft { orders: vec![order(scopes, words)], keys, places });
    }
}

/// Is the lines that change alike: where, whether it is a heading, how often, and which.
type Members = Vec<(Path, bool, usize, Key)>;

/// Returns the steps in which edits are carried out, best first: as they stand in the line, or changes before the rest,
/// since all changes are made at once.
fn schemes(edits: &[Edit]) -> [Vec<Vec<Edit>>; 2] {
    let change = |e: &Edit| matches!(e, Edit::Replace(..));
    let grouped = |edits: Vec<Edit>| {
        let mut out: Vec<Vec<Edit>> = Vec::new();
        for edit in edits {
            match out.last_mut() {
                Some(last) if change(&edit) && last.iter().all(change) => last.push(edit),
                _ => out.push(vec![edit]),
            }
        }
        out
    };
    let mut first = edits.to_vec();
    first.sort_by_key(|e| !change(e));
    [grouped(edits.to_vec()), grouped(first)]
}

/// Returns the steps as orders of one item.
pub(super) fn orders(steps: Vec<Vec<Edit>>, target: &Target) -> Vec<Order> {
    let scopes = || vec![Scope::one(target.clone())];
    let mut out = Vec::new();
    for step in steps {
        let mut pairs = Vec::new();
        for edit in step {
            match edit {
                Edit::Replace(old, new) => pairs.push(Pair { old, new }),
                Edit::Delete(old) => out.push(Order::Delete { scopes: scopes(), words: vec![old] }),
                Edit::Insert(side, beside, new) => {
                    out.push(Order::InsertWords { scopes: scopes(), side, beside, new });
                }
            }
        }
        if !pairs.is_empty() {
            out.push(Order::Replace { scopes: scopes(), pairs });
        }
    }
    out
}

/// Finds the edits that make one line another; `None` where a lawyer would write the provision anew.
pub(super) fn edits(
    old: &str,
    new: &str,
    names: &Names,
    list: bool,
    count: &dyn Fn(&str) -> Option<usize>,
) -> Option<Vec<Vec<Edit>>> {
    let (a, b) = (Cut::new(old, names), Cut::new(new, names));
    let hunks = hunks(&a, &b);
    let (first, last) = (hunks.first()?, hunks.last()?);
    let touched: usize = hunks.iter().map(|h| a.word_count(&h.old)).sum();
    let words = a.word_count(&(0..a.len()));
    let only_less = matches!(hunks.as_slice(), [one] if one.new.is_empty());
    let heavy = hunks.len() > 3 || touched * 2 > words && !only_less;
    if heavy && !list {
        return None;
    }
    let one = |hunk: &Hunk, room: (usize, usize)| edit(&a, &b, hunk, room, count);
    let many = || {
        let mut out = Vec::new();
        for (i, hunk) in hunks.iter().enumerate() {
            let left = i.checked_sub(1).and_then(|k| hunks.get(k)).map_or(0, |h| h.old.end);
            let right = hunks.get(i + 1).map_or(a.len(), |h| h.old.start);
            out.push(one(hunk, (left, right))?);
        }
        Some(out)
    };
    let whole = Hunk { old: first.old.start..last.old.end, new: first.new.start..last.new.end };
    let single = || Some(vec![one(&whole, (0, a.len()))?]);
    let holds = |edits: Vec<Edit>| {
        schemes(&edits).into_iter().find(|steps| carried_out(old, steps, count).as_deref() == Some(new))
    };
    let few = hunks.len() <= 5 && (list || !heavy);
    let found = if few { many().and_then(holds) } else { None };
    found.or_else(|| single().and_then(holds))
}

/// Carries out steps one after the other, each word found just once in all that is named; `None` where one is not.
fn carried_out(old: &str, steps: &[Vec<Edit>], around: &dyn Fn(&str) -> Option<usize>) -> Option<String> {
    let mut text = old.to_string();
    // What stands elsewhere in all that is named stays as it is.
    let once = |text: &str, words: &str| {
        let elsewhere = around(words)?.checked_sub(count(old, words)?)?;
        (elsewhere == 0 && count(text, words)? == 1).then_some(())
    };
    for step in steps {
        let mut pairs: Vec<Words> = Vec::new();
        for edit in step {
            match edit {
                Edit::Replace(words, new) => {
                    once(&text, words)?;
                    pairs.push((words.clone(), new.clone()));
                }
                Edit::Delete(words) => {
                    once(&text, words)?;
                    text = delete(&text, words);
                }
                Edit::Insert(side, anchor, new) => {
                    once(&text, anchor)?;
                    text = beside(&text, *side, anchor, new);
                }
            }
        }
        if pairs.is_empty() {
            continue;
        }
        let together = replace(&text, &pairs)?;
        // Among other clauses it cannot be told that these are carried out at once, so one after the other must do the same.
        if steps.len() > 1 {
            let mut alone = text;
            for pair in &pairs {
                once(&alone, &pair.0)?;
                alone = replace(&alone, std::slice::from_ref(pair))?;
            }
            if alone != together {
                return None;
            }
        }
        text = together;
    }
    Some(text)
}

/// Says whether words are too little to be quoted alone: a sign, or a small word.
fn slight(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
    let names = words.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    letters < 4 && !names || letters == 0
}

/// Words one change so that it is found once; `room` is how far it may reach for words around it.
fn edit(
    a: &Cut<'_>,
    b: &Cut<'_>,
    hunk: &Hunk,
    room: (usize, usize),
    count: &dyn Fn(&str) -> Option<usize>,
) -> Option<Edit> {
    let sure = |words: &str| balanced(words) && count(words) == Some(1);
    let (gone, come) = (a.span(&hunk.old), b.span(&hunk.new));
    if hunk.new.is_empty() && !slight(gone) && sure(gone) {
        return Some(Edit::Delete(gone.to_string()));
    }
    if hunk.old.is_empty() && balanced(come) {
        for start in (room.0..hunk.old.start).rev().take(8) {
            let words = a.span(&(start..hunk.old.start));
            if !slight(words) && sure(words) {
                return Some(Edit::Insert(Side::After, words.to_string(), come.to_string()));
            }
        }
        for end in (hunk.old.end + 1..=room.1).take(8) {
            let words = a.span(&(hunk.old.end..end));
            if !slight(words) && sure(words) {
                return Some(Edit::Insert(Side::Before, words.to_string(), come.to_string()));
            }
        }
    }
    let most = room.0.abs_diff(hunk.old.start) + room.1.abs_diff(hunk.old.end);
    let (mut left, mut right) = (0, 0);
    for step in 0..=most.min(16) {
        let old = a.span(&(hunk.old.start - left..hunk.old.end + right));
        let new = b.span(&(hunk.new.start - left..hunk.new.end + right));
        if !old.is_empty() && !slight(old) && !new.is_empty() && sure(old) && balanced(new) {
            return Some(Edit::Replace(old.to_string(), new.to_string()));
        }
        let (can_left, can_right) = (hunk.old.start - left > room.0, hunk.old.end + right < room.1);
        if can_left && (step % 3 != 2 || !can_right) {
            left += 1;
        } else if can_right {
            right += 1;
        } else {
            break;
        }
    }
    None
}
