//! Does the rules one at a time and stamps every word with the operation that touched it.

use super::measure::{Line, Token, cut, lines};
use std::collections::{BTreeMap, BTreeSet};
use vedtaegt::compile::compile;
use vedtaegt::diag::Findings;
use vedtaegt::document::OpId;
use vedtaegt::model::{Model, Version};
use vedtaegt::rules::Effect;
use vedtaegt::template::Templates;

/// Is a word of the first or the last text, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Tells the word from every other one that ever stood in a text.
    pub id: usize,
    /// The operations that wrote, renamed or removed it between the two texts; none for a word that stayed.
    pub ops: BTreeSet<OpId>,
}

/// Is a line of one of the texts with its stamps.
#[derive(Clone, Debug)]
pub struct Stamps {
    /// Its words, in the order of [`Line::words`].
    pub words: Vec<Word>,
    /// The operations that gave it another label.
    pub label: BTreeSet<OpId>,
    /// The operations that moved it to another place, if it stands in another one.
    pub moved: BTreeSet<OpId>,
}

/// Is the truth about two texts.
pub struct Stamped {
    /// The lines of the new text: what the rules come to, one at a time.
    pub last: Vec<Line>,
    /// The lines of the old text.
    pub first: Vec<Line>,
    /// The stamps of the old lines, by id.
    pub old: BTreeMap<String, Stamps>,
    /// The stamps of the new lines, by id.
    pub new: BTreeMap<String, Stamps>,
    /// The operations that changed what stands under each parent.
    lists: BTreeMap<String, BTreeSet<OpId>>,
    /// The words of either text by what tells them apart.
    texts: (BTreeMap<usize, String>, BTreeMap<usize, String>),
}

/// Is a line on its way from the first text to the last.
struct Live {
    line: Line,
    words: Vec<Word>,
    label: BTreeSet<OpId>,
    moved: BTreeSet<OpId>,
}

impl Stamped {
    /// Returns the operations that the punctuation at the end of a line, or a reference in it, can follow from: those that
    /// changed what stands in its list, or in that of what it points at.
    pub fn follows(&self, line: &Line, key: &str) -> BTreeSet<OpId> {
        let of = |parent: &str| self.lists.get(parent).cloned().unwrap_or_default();
        match key.chars().next() {
            Some('\u{1}') => {
                let targets = self.first.iter().chain(&self.last).filter(|l| key.contains(&format!("\"{}\"", l.id)));
                targets.flat_map(|l| of(&l.parent)).collect()
            }
            Some('\u{3}') => {
                let same = self.first.iter().chain(&self.last).filter(|l| l.id == line.id);
                same.flat_map(|l| of(&l.parent)).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Returns the words of a word with whether they were touched: of a name what is between its common beginning and
    /// end, of a reference the numbers that are others.
    pub fn parts(&self, word: &Token, stamp: &Word, old: bool) -> Vec<((usize, usize), bool)> {
        let own = cut(&word.text);
        let at = |i: usize| (word.bytes.0 + own[i].0, word.bytes.0 + own[i].1);
        let other = if old { self.texts.1.get(&stamp.id) } else { self.texts.0.get(&stamp.id) };
        let Some(other) = other.filter(|_| word.key != word.text) else {
            let touched = other.is_none_or(|o| *o != word.text);
            return (0..own.len()).map(|i| (at(i), touched)).collect();
        };
        let theirs = cut(other);
        let (a, b): (Vec<&str>, Vec<&str>) =
            (own.iter().map(|c| &word.text[c.0..c.1]).collect(), theirs.iter().map(|c| &other[c.0..c.1]).collect());
        if word.key.starts_with(['\u{1}', '\u{3}']) {
            if a.len() == b.len() && word.key.starts_with('\u{1}') {
                return (0..a.len()).map(|i| (at(i), a[i] != b[i])).collect();
            }
            let kept = longest(a.len(), b.len(), |i, j| usize::from(a[i] == b[j]));
            return (0..a.len()).map(|i| (at(i), !kept.iter().any(|k| k.0 == i))).collect();
        }
        let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let rest = a.len().min(b.len()) - head;
        let tail = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
        (0..a.len()).map(|i| (at(i), i >= head && i < a.len() - tail)).collect()
    }

    /// Lets a reference that stands where another stood be the same, and so the end of an item: what counts is what they
    /// read.
    fn same_references(&mut self) {
        for line in &self.last {
            let (Some(old), Some(new)) = (self.old.get(&line.id), self.new.get_mut(&line.id)) else { continue };
            let Some(was) = self.first.iter().find(|l| l.id == line.id) else { continue };
            let kept: BTreeSet<usize> = new.words.iter().map(|w| w.id).collect();
            let mut free = was.words.iter().zip(&old.words).filter(|(t, w)| is_reference(t) && !kept.contains(&w.id));
            let mut renamed: BTreeMap<usize, BTreeSet<OpId>> = BTreeMap::new();
            let first: BTreeSet<usize> = old.words.iter().map(|w| w.id).collect();
            for (token, word) in line.words.iter().zip(new.words.iter_mut()) {
                if is_reference(token)
                    && !first.contains(&word.id)
                    && let Some((_, same)) = free.find(|(t, _)| t.key.chars().next() == token.key.chars().next())
                {
                    word.id = same.id;
                    word.ops.extend(&same.ops);
                    renamed.insert(word.id, word.ops.clone());
                }
            }
            if let Some(old) = self.old.get_mut(&line.id) {
                for word in &mut old.words {
                    word.ops = renamed.remove(&word.id).unwrap_or_else(|| word.ops.clone());
                }
            }
        }
    }

    /// Compiles the old text, then again after each operation that the new one has and it has not.
    pub fn new(model: &Model, templates: &Templates, old: Version, new: Version) -> Stamped {
        let done: BTreeSet<OpId> = model.applied(old).into_iter().collect();
        let wanted = model.applied(new);
        let mut applied: BTreeSet<OpId> = done.clone();
        let first = text(model, templates, new, &applied);
        let mut next = 0;
        let mut fresh = |op: Option<OpId>| {
            next += 1;
            Word { id: next, ops: op.into_iter().collect() }
        };
        let mut live: BTreeMap<String, Live> = BTreeMap::new();
        let mut before: BTreeMap<String, Vec<Word>> = BTreeMap::new();
        for line in &first {
            let words: Vec<Word> = line.words.iter().map(|_| fresh(None)).collect();
            before.insert(line.id.clone(), words.clone());
            live.insert(
                line.id.clone(),
                Live { line: line.clone(), words, label: BTreeSet::new(), moved: BTreeSet::new() },
            );
        }
        let mut gone: BTreeMap<usize, BTreeSet<OpId>> = BTreeMap::new();
        let mut lost: BTreeMap<String, (Live, OpId)> = BTreeMap::new();
        let mut last = first.clone();
        let mut lists: BTreeMap<String, BTreeSet<OpId>> = BTreeMap::new();
        for op in wanted.into_iter().filter(|op| !done.contains(op)) {
            applied.insert(op);
            let now = text(model, templates, new, &applied);
            let ids: BTreeSet<&str> = now.iter().map(|l| l.id.as_str()).collect();
            let dead: Vec<String> = live.keys().filter(|id| !ids.contains(id.as_str())).cloned().collect();
            for id in dead {
                if let Some(line) = live.remove(&id) {
                    lost.insert(id, (line, op));
                }
            }
            for line in &now {
                // A committee can end before its items have gone to another, on the same day.
                if let Some((mut back, _)) = lost.remove(&line.id) {
                    if back.line.parent != line.parent {
                        back.moved.insert(op);
                    }
                    live.insert(line.id.clone(), back);
                }
                let Some(state) = live.get_mut(&line.id) else {
                    let words = line.words.iter().map(|_| fresh(Some(op))).collect();
                    let stamps = BTreeSet::from([op]);
                    live.insert(
                        line.id.clone(),
                        Live { line: line.clone(), words, label: stamps.clone(), moved: stamps },
                    );
                    continue;
                };
                if state.line.label != line.label {
                    state.label.insert(op);
                }
                if state.line.words != line.words {
                    let pairs = common(&state.line.words, &line.words);
                    let mut words: Vec<Word> = Vec::new();
                    let mut kept = pairs.iter().peekable();
                    for (at, word) in line.words.iter().enumerate() {
                        match kept.next_if(|p| p.1 == at) {
                            Some(&(from, _)) => {
                                let mut same = state.words[from].clone();
                                if state.line.words[from].text != word.text {
                                    same.ops.insert(op);
                                }
                                words.push(same);
                            }
                            None => words.push(fresh(Some(op))),
                        }
                    }
                    for (at, word) in state.words.iter().enumerate() {
                        if !pairs.iter().any(|p| p.0 == at) {
                            let ops = gone.entry(word.id).or_default();
                            ops.extend(word.ops.iter().copied());
                            ops.insert(op);
                        }
                    }
                    state.words = words;
                }
                state.line = line.clone();
            }
            for id in moved(&last, &now) {
                if let Some(state) = live.get_mut(&id) {
                    state.moved.insert(op);
                }
            }
            let (was, is) = (children(&last), children(&now));
            for parent in was.keys().chain(is.keys()).filter(|p| was.get(*p) != is.get(*p)) {
                lists.entry((*parent).to_string()).or_default().insert(op);
            }
            last = now;
        }
        for (word, op) in lost.into_values().flat_map(|(line, op)| line.words.into_iter().map(move |w| (w, op))) {
            let ops = gone.entry(word.id).or_default();
            ops.extend(word.ops);
            ops.insert(op);
        }
        let net = moved(&first, &last);
        let kept: BTreeMap<usize, BTreeSet<OpId>> =
            live.values().flat_map(|l| &l.words).map(|w| (w.id, w.ops.clone())).collect();
        let mut stamped =
            Stamped { last, first, old: BTreeMap::new(), new: BTreeMap::new(), texts: Default::default(), lists };
        for line in &stamped.first {
            let words: Vec<Word> = before
                .remove(&line.id)
                .unwrap_or_default()
                .into_iter()
                .map(|w| {
                    let ops = kept.get(&w.id).or(gone.get(&w.id)).cloned().unwrap_or_default();
                    Word { ops, ..w }
                })
                .collect();
            let now = live.get(&line.id);
            let label = now.filter(|l| l.line.label != line.label).map(|l| l.label.clone()).unwrap_or_default();
            let moved = now.filter(|_| net.contains(&line.id)).map(|l| l.moved.clone()).unwrap_or_default();
            stamped.old.insert(line.id.clone(), Stamps { words, label, moved });
        }
        let was: BTreeMap<&str, &Line> = stamped.first.iter().map(|l| (l.id.as_str(), l)).collect();
        for line in &stamped.last {
            let state = &live[&line.id];
            let label = was.get(line.id.as_str()).is_none_or(|w| w.label != line.label);
            stamped.new.insert(
                line.id.clone(),
                Stamps {
                    words: state.words.clone(),
                    label: if label { state.label.clone() } else { BTreeSet::new() },
                    moved: if net.contains(&line.id) { state.moved.clone() } else { BTreeSet::new() },
                },
            );
        }
        stamped.same_references();
        let texts = |lines: &[Line], stamps: &BTreeMap<String, Stamps>| -> BTreeMap<usize, String> {
            let of = |line: &Line| -> Vec<(usize, String)> {
                let words = line.words.iter().zip(&stamps[&line.id].words);
                words.map(|(word, stamp)| (stamp.id, word.text.clone())).collect()
            };
            lines.iter().flat_map(of).collect()
        };
        stamped.texts = (texts(&stamped.first, &stamped.old), texts(&stamped.last, &stamped.new));
        stamped
    }
}

/// Compiles the text with these operations done and no others.
fn text(model: &Model, templates: &Templates, version: Version, done: &BTreeSet<OpId>) -> Vec<Line> {
    let mut model = model.clone();
    for (index, operation) in model.operations.iter_mut().enumerate() {
        if !done.contains(&OpId(index as u32)) {
            operation.effect = Effect::Towards(9999);
        }
    }
    // Half of what belongs together may be missing on the way: that is not what is tested.
    let compiled = compile(&model, templates, version, &mut Findings::default()).unwrap();
    lines(&compiled.bylaw)
}

/// Returns the lines that stand under another parent, or in another order and were touched last by an operation.
fn moved(before: &[Line], after: &[Line]) -> BTreeSet<String> {
    let was: BTreeMap<&str, (usize, &Line)> = before.iter().enumerate().map(|(i, l)| (l.id.as_str(), (i, l))).collect();
    let mut out = BTreeSet::new();
    let mut lists: BTreeMap<&str, Vec<(usize, &Line)>> = BTreeMap::new();
    for line in after {
        let Some(&(place, old)) = was.get(line.id.as_str()) else { continue };
        if old.parent != line.parent {
            out.insert(line.id.clone());
        } else {
            lists.entry(&line.parent).or_default().push((place, line));
        }
    }
    for list in lists.values() {
        for (at, (place, line)) in list.iter().enumerate() {
            let out_of_order = list.iter().take(at).any(|o| o.0 > *place) || list.iter().skip(at).any(|o| o.0 < *place);
            if out_of_order && line.op != was[line.id.as_str()].1.op {
                out.insert(line.id.clone());
            }
        }
    }
    out
}

/// Returns the longest common subsequence of two lines, by what the words are.
fn common(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let mut out = longest(a.len(), b.len(), |i, j| usize::from(a[i].key == b[j].key));
    // New or lost words begin with the comma before them, not with the one after.
    for at in 1..out.len() {
        let ((i, j), (x, y)) = (out[at - 1], out[at]);
        let comma = a[i].key == "," && b[j].key == ",";
        if comma && x == i + 1 && y > j + 1 && b[y - 1].key == "," {
            out[at - 1] = (i, y - 1);
        } else if comma && y == j + 1 && x > i + 1 && a[x - 1].key == "," {
            out[at - 1] = (x - 1, j);
        }
    }
    out
}

fn longest(a: usize, b: usize, weight: impl Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0_usize; b + 1]; a + 1];
    for i in (0..a).rev() {
        for j in (0..b).rev() {
            let both = if weight(i, j) > 0 { best[i + 1][j + 1] + weight(i, j) } else { 0 };
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a && j < b {
        if weight(i, j) > 0 && best[i][j] == best[i + 1][j + 1] + weight(i, j) {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] > best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

fn is_reference(token: &Token) -> bool {
    token.key.starts_with(['\u{1}', '\u{3}'])
}

/// Returns what stands under each parent, in order.
fn children(lines: &[Line]) -> BTreeMap<&str, Vec<&str>> {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    lines.iter().for_each(|line| out.entry(&line.parent).or_default().push(&line.id));
    out
}
