//! Turns what is kept and changed into marked text: every byte of both lines, once.

use super::hunks::{Hunk, WORDS, Weight, diff};
use super::tokens::{Token, TokenKind, cut};
use super::tree::Node;
use super::{Class, Segment, SegmentOp};
use crate::document::{Origin, OriginKind};

/// Says which tokens at the end of an item only follow from its place in the list: those from here on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tail {
    /// The first such token of the old line.
    pub old: Option<usize>,
    /// The first such token of the new line.
    pub new: Option<usize>,
}

/// Marks the words of a line that stands in both texts.
pub(super) fn marks(old: &Node<'_>, new: &Node<'_>, hunks: &[Hunk], tail: Tail) -> Vec<Segment> {
    let mut marker = Marker { old, new, at: (0, 0), out: Vec::new() };
    for hunk in hunks {
        if hunk.kept {
            for (a, b) in hunk.old.clone().zip(hunk.new.clone()) {
                marker.kept(a, b);
            }
        } else {
            marker.changed(hunk, tail);
        }
    }
    marker.gap(old.text.len(), new.text.len());
    marker.out
}

/// Marks a whole line.
pub(super) fn whole(node: &Node<'_>, op: SegmentOp) -> Vec<Segment> {
    let mut out = Vec::new();
    for run in node.unit.iter().flat_map(|u| &u.text.0) {
        add(&mut out, op, &run.text, Class::Substance, &run.origin);
    }
    out
}

/// Marks a label that stands in both texts.
pub(super) fn label(old: &str, new: &str) -> Vec<Segment> {
    let origin = Origin::default();
    let mut out = Vec::new();
    let first = |label: &str| cut(label).first().and_then(|&(a, b, _)| label.get(a..b)).map(str::to_string);
    // `§ 14.` and `Stk. 2.` have nothing in common; `b)` and `c)` have.
    let named = first(old).is_some_and(|f| f == "§" || f.chars().count() > 2 && f.chars().all(char::is_alphabetic));
    if named && first(old) != first(new) {
        add(&mut out, SegmentOp::Delete, old, Class::Renumbering, &origin);
        add(&mut out, SegmentOp::Insert, new, Class::Renumbering, &origin);
    } else {
        inner(&mut out, (old, &origin), (new, &origin), Class::Renumbering);
    }
    out
}

fn add(out: &mut Vec<Segment>, op: SegmentOp, text: &str, class: Class, origin: &Origin) {
    let class = if op == SegmentOp::Keep { Class::default() } else { class };
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.op == op && last.class == class && last.origin == *origin => last.text.push_str(text),
        _ => out.push(Segment { op, text: text.to_string(), class, origin: origin.clone(), change: None }),
    }
}

struct Marker<'n, 'a> {
    old: &'n Node<'a>,
    new: &'n Node<'a>,
    at: (usize, usize),
    out: Vec<Segment>,
}

fn origin<'n>(node: &'n Node<'_>, run: u32) -> &'n Origin {
    static NONE: Origin = Origin { kind: OriginKind::Unknown, span: None, op: None };
    let runs = node.unit.as_ref().map(|u| &u.text.0);
    runs.and_then(|r| r.get(run as usize).or(r.last())).map_or(&NONE, |r| &r.origin)
}

impl Marker<'_, '_> {
    /// Marks the space before the next tokens, up to these bytes.
    fn gap(&mut self, old_to: usize, new_to: usize) {
        let a = self.old.text.get(self.at.0..old_to).unwrap_or_default();
        let b = self.new.text.get(self.at.1..new_to).unwrap_or_default();
        self.at = (old_to, new_to);
        let near = self.out.last().map(|s| (s.class, s.origin.clone()));
        let (class, from) = near.unwrap_or_else(|| (Class::Substance, origin(self.new, 0).clone()));
        if a == b {
            add(&mut self.out, SegmentOp::Keep, a, class, &from);
        } else {
            add(&mut self.out, SegmentOp::Delete, a, class, &from);
            add(&mut self.out, SegmentOp::Insert, b, class, &from);
        }
    }

    fn kept(&mut self, a: usize, b: usize) {
        let (Some(a), Some(b)) = (self.old.tokens.get(a), self.new.tokens.get(b)) else { return };
        self.gap(a.start as usize, b.start as usize);
        self.at = (a.end as usize, b.end as usize);
        let (before, after) = (a.text(&self.old.text), b.text(&self.new.text));
        let (from, to) = (origin(self.old, a.run), origin(self.new, b.run));
        let class = match b.kind {
            TokenKind::Reference => Class::Reference,
            TokenKind::Name => Class::Renaming,
            _ => Class::Substance,
        };
        inner(&mut self.out, (before, from), (after, to), class);
    }

    fn changed(&mut self, hunk: &Hunk, tail: Tail) {
        let (old, new) = (self.old, self.new);
        let (a, b) = (old.tokens.get(hunk.old.clone()), new.tokens.get(hunk.new.clone()));
        let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
        if let (Some(x), Some(y)) = (a.first(), b.first()) {
            let before = old.text.get(self.at.0..x.start as usize);
            if before == new.text.get(self.at.1..y.start as usize) {
                self.gap(x.start as usize, y.start as usize);
            }
        }
        // One reference for another: number by number.
        if let ([x], [y]) = (a, b)
            && (x.kind, y.kind) == (TokenKind::Reference, TokenKind::Reference)
        {
            self.gap(x.start as usize, y.start as usize);
            self.at = (x.end as usize, y.end as usize);
            let texts = ((x.text(&old.text), origin(old, x.run)), (y.text(&new.text), origin(new, y.run)));
            return inner(&mut self.out, texts.0, texts.1, Class::Substance);
        }
        let in_tail = |from: Option<usize>, at: usize| from.is_some_and(|from| at >= from);
        for (at, token) in hunk.old.clone().zip(a) {
            let class = class(old, token, in_tail(tail.old, at));
            let text = old.text.get(self.at.0..token.end as usize).unwrap_or_default();
            add(&mut self.out, SegmentOp::Delete, text, class, origin(old, token.run));
            self.at.0 = token.end as usize;
        }
        for (at, token) in hunk.new.clone().zip(b) {
            let class = class(new, token, in_tail(tail.new, at));
            let text = new.text.get(self.at.1..token.end as usize).unwrap_or_default();
            add(&mut self.out, SegmentOp::Insert, text, class, origin(new, token.run));
            self.at.1 = token.end as usize;
        }
    }
}

fn class(node: &Node<'_>, token: &Token, in_tail: bool) -> Class {
    if in_tail || origin(node, token.run).kind == OriginKind::Separator { Class::Punctuation } else { Class::Substance }
}

/// Marks what differs inside two texts that stand for the same: a reference, a name, a label.
fn inner(out: &mut Vec<Segment>, old: (&str, &Origin), new: (&str, &Origin), class: Class) {
    if old.0 == new.0 {
        return add(out, SegmentOp::Keep, new.0, class, new.1);
    }
    let (a, b) = (pieces(old.0), pieces(new.0));
    let mut keys = super::tokens::Keys::default();
    let x: Vec<u32> = a.iter().map(|p| keys.of(p.1)).collect();
    let y: Vec<u32> = b.iter().map(|p| keys.of(p.1)).collect();
    let mut hunks = Vec::new();
    // Same form, other numbers: number by number.
    let same_form =
        a.len() == b.len() && a.iter().zip(&b).all(|(p, q)| p.2 == q.2 && (p.2 == Weight::Solid || p.1 == q.1));
    if class == Class::Renaming {
        // What a new name has in common with the old one is its beginning and its end; between them it is new.
        let head = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
        let rest = x.len().min(y.len()) - head;
        let tail = x.iter().rev().zip(y.iter().rev()).take(rest).take_while(|(p, q)| p == q).count();
        super::hunks::push(&mut hunks, 0..head, 0..head, true);
        super::hunks::push(&mut hunks, head..x.len() - tail, head..y.len() - tail, false);
        super::hunks::push(&mut hunks, x.len() - tail..x.len(), y.len() - tail..y.len(), true);
    } else if same_form {
        for (i, (p, q)) in x.iter().zip(&y).enumerate() {
            super::hunks::push(&mut hunks, i..i + 1, i..i + 1, p == q);
        }
    } else {
        diff(&x, &y, (0, 0), WORDS, &mut hunks);
    }
    let (mut at_old, mut at_new) = (0, 0);
    for hunk in hunks {
        let end = |pieces: &[Piece<'_>], range: &std::ops::Range<usize>, at: usize| {
            range.end.checked_sub(1).filter(|_| !range.is_empty()).and_then(|i| pieces.get(i)).map_or(at, |p| p.0)
        };
        let (to_old, to_new) = (end(&a, &hunk.old, at_old), end(&b, &hunk.new, at_new));
        let gone = old.0.get(at_old..to_old).unwrap_or_default();
        let come = new.0.get(at_new..to_new).unwrap_or_default();
        if gone == come {
            add(out, SegmentOp::Keep, come, class, new.1);
        } else {
            let space = |t: &str| t.len() - t.trim_start().len();
            let lead = if gone.get(..space(gone)) == come.get(..space(come)) { space(gone) } else { 0 };
            add(out, SegmentOp::Keep, come.get(..lead).unwrap_or_default(), class, new.1);
            if hunk.kept {
                // The spaces before the words differ, the words do not.
                let (s, t) = (space(gone), space(come));
                add(out, SegmentOp::Delete, gone.get(..s).unwrap_or_default(), class, old.1);
                add(out, SegmentOp::Insert, come.get(..t).unwrap_or_default(), class, new.1);
                if gone.get(s..) == come.get(t..) {
                    add(out, SegmentOp::Keep, come.get(t..).unwrap_or_default(), class, new.1);
                } else {
                    add(out, SegmentOp::Delete, gone.get(s..).unwrap_or_default(), class, old.1);
                    add(out, SegmentOp::Insert, come.get(t..).unwrap_or_default(), class, new.1);
                }
            } else {
                add(out, SegmentOp::Delete, gone.get(lead..).unwrap_or_default(), class, old.1);
                add(out, SegmentOp::Insert, come.get(lead..).unwrap_or_default(), class, new.1);
            }
        }
        (at_old, at_new) = (to_old, to_new);
    }
    add(out, SegmentOp::Delete, old.0.get(at_old..).unwrap_or_default(), class, old.1);
    add(out, SegmentOp::Insert, new.0.get(at_new..).unwrap_or_default(), class, new.1);
}

/// Is where a piece ends, its text and its weight.
type Piece<'t> = (usize, &'t str, Weight);

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let weigh = |t: &str, kind: TokenKind| match kind {
        TokenKind::Sign if t == "§" => Weight::Short,
        TokenKind::Sign => Weight::Sign,
        TokenKind::Word if t.ends_with('-') => Weight::Hanging,
        TokenKind::Word if t.chars().count() <= 5 => Weight::Short,
        _ => Weight::Solid,
    };
    let piece = |(a, b, kind): (usize, usize, TokenKind)| {
        let t = text.get(a..b).unwrap_or_default();
        (b, t, weigh(t, kind))
    };
    cut(text).into_iter().map(piece).collect()
}
