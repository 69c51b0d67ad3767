//! Finds references in plain text (`§ 12, stk. 2, nr. 3`) and what they point at in the same bylaw.

use super::tokens::{Token, TokenKind};
use super::tree::{Shape, Tree};
use crate::document::OriginKind;
use crate::document::units::UnitKind;
use std::collections::HashMap;

/// Makes every reference in plain text one token and notes its targets; with `identities`, only in runs nothing is
/// known of.
pub(super) fn find(tree: &mut Tree<'_>, identities: bool) {
    let mut sections: HashMap<String, usize> = HashMap::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.shape == Shape::Section {
            sections.entry(node.number.to_lowercase()).or_insert(index);
        }
    }
    for index in 0..tree.nodes.len() {
        let node = &tree.nodes[index];
        if !node.text.contains('§') && !node.text.to_lowercase().contains("stk") {
            continue;
        }
        let found = Finder { tree, sections: &sections, index, identities }.run();
        let mut tokens = Vec::with_capacity(tree.nodes[index].tokens.len());
        let mut at = 0;
        for (range, targets) in found {
            let old = &tree.nodes[index].tokens;
            let (Some(first), Some(last)) = (old.get(range.start), old.get(range.end - 1)) else { continue };
            tree.references.push(targets);
            let reference = tree.references.len() as u32;
            tokens.extend(old.iter().take(range.start).skip(at));
            tokens.push(Token { end: last.end, kind: TokenKind::Reference, reference, ..*first });
            at = range.end;
        }
        tokens.extend(tree.nodes[index].tokens.iter().skip(at));
        tree.nodes[index].tokens = tokens;
    }
}

struct Finder<'t, 'a> {
    tree: &'t Tree<'a>,
    sections: &'t HashMap<String, usize>,
    index: usize,
    identities: bool,
}

type Found = (std::ops::Range<usize>, Vec<usize>);

impl Finder<'_, '_> {
    fn run(&self) -> Vec<Found> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.tree.nodes[self.index].tokens.len() {
            let found = if self.readable(at) { self.reference(at) } else { None };
            match found {
                Some((end, targets)) => {
                    if !self.is_external(at, end) {
                        out.push((at..end, targets));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        out
    }

    fn token(&self, at: usize) -> &str {
        let node = &self.tree.nodes[self.index];
        node.tokens.get(at).map_or("", |t| t.text(&node.text))
    }

    fn readable(&self, at: usize) -> bool {
        let node = &self.tree.nodes[self.index];
        let Some(token) = node.tokens.get(at) else { return false };
        let run = node.unit.as_ref().and_then(|u| u.text.0.get(token.run as usize));
        matches!(token.kind, TokenKind::Word | TokenKind::Sign)
            && (!self.identities || run.is_some_and(|r| r.origin.kind == OriginKind::Unknown))
    }

    /// Reads a reference that begins at a token; returns the token after it and the targets (none if unresolved).
    fn reference(&self, start: usize) -> Option<(usize, Vec<usize>)> {
        let mut at = start;
        let mut place = None;
        if self.token(at) == "§" {
            at += 1;
            if self.token(at) == "§" {
                at += 1;
            }
            let (first, second, end) = self.section_number(at)?;
            at = end;
            place = first;
            let last = second;
            if last.is_none() && self.token(at) == "," && self.named(at + 1, "stk").is_some() {
                at += 1;
            } else if last.is_none() && self.token(at) == "," && self.named(at + 1, "nr").is_some() {
                let only = place.filter(|&s| self.nth(s, UnitKind::Subsection, 2).is_none());
                let (end, point) = self.part(at + 1, "nr", only.and_then(|s| self.nth(s, UnitKind::Subsection, 1)))?;
                return Some((end, point.into_iter().collect()));
            } else {
                return Some((at, place.into_iter().chain(last).collect()));
            }
        } else if !self.token(at).eq_ignore_ascii_case("stk") {
            return None;
        }
        let section = if at == start { self.tree.section(self.index) } else { place };
        let (end, mut target) = self.part(at, "stk", section)?;
        at = end;
        if at + 2 > start && matches!(self.token(at), "og" | "eller") && is_number(self.token(at + 1)) {
            // `stk. 2 og 3`: both ends.
            let other = self.token(at + 1).parse().ok();
            let last = section.zip(other).and_then(|(s, n)| self.nth(s, UnitKind::Subsection, n));
            if last.is_some() {
                return Some((at + 2, target.into_iter().chain(last).collect()));
            }
        }
        for (name, kind) in [("nr", UnitKind::Point), ("litra", UnitKind::Letter)] {
            if self.token(at) == "," && self.named(at + 1, name).is_some() {
                let (end, next) = self.part_of(at + 1, name, target, kind)?;
                at = end;
                target = next;
            }
        }
        Some((at, target.into_iter().collect()))
    }

    /// Reads the number of a section, or two with a hyphen or `og` between them.
    fn section_number(&self, at: usize) -> Option<(Option<usize>, Option<usize>, usize)> {
        let word = self.token(at);
        if let Some((a, b)) = word.split_once(['-', '–']) {
            if !is_number(a) || !is_number(b) {
                return None;
            }
            return Some((self.sections.get(a).copied(), self.sections.get(b).copied(), at + 1));
        }
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (first, mut end) = self.single_number(at);
        let mut last = None;
        let several = at >= 2 && self.token(at - 2) == "§";
        if several && matches!(self.token(end), "og" | "–" | "-") && is_number(self.token(end + 1)) {
            let (second, after) = self.single_number(end + 1);
            last = second;
            end = after;
        }
        Some((first, last, end))
    }

    fn single_number(&self, at: usize) -> (Option<usize>, usize) {
        let number = self.token(at);
        let suffix = self.token(at + 1);
        if suffix.chars().count() == 1 && suffix.chars().all(char::is_lowercase) {
            let long = format!("{number} {suffix}");
            if let Some(&section) = self.sections.get(&long) {
                return (Some(section), at + 2);
            }
        }
        (self.sections.get(&number.to_lowercase()).copied(), at + 1)
    }

    /// Returns the index of the value after `stk.`, `nr.` or `litra`.
    fn named(&self, at: usize, name: &str) -> Option<usize> {
        if !self.token(at).eq_ignore_ascii_case(name) {
            return None;
        }
        let value = if self.token(at + 1) == "." { at + 2 } else { at + 1 };
        let text = self.token(value);
        let fine = if name == "litra" { text.chars().count() <= 2 && !text.is_empty() } else { is_number(text) };
        fine.then_some(value)
    }

    fn part(&self, at: usize, name: &str, under: Option<usize>) -> Option<(usize, Option<usize>)> {
        let kind = if name == "stk" { UnitKind::Subsection } else { UnitKind::Point };
        self.part_of(at, name, under, kind)
    }

    fn part_of(&self, at: usize, name: &str, under: Option<usize>, kind: UnitKind) -> Option<(usize, Option<usize>)> {
        let value = self.named(at, name)?;
        let text = self.token(value);
        let target = under.and_then(|under| match kind {
            UnitKind::Letter => self.letter(under, text),
            _ => self.nth(under, kind, text.parse().ok()?),
        });
        Some((value + 1, target))
    }

    fn nth(&self, under: usize, kind: UnitKind, n: u32) -> Option<usize> {
        let children = self.tree.nodes[under].children.iter().copied();
        let mut of_kind = children.filter(|&c| self.tree.nodes[c].shape.fits(Shape::Line(kind)));
        of_kind.nth(n.checked_sub(1)? as usize)
    }

    fn letter(&self, under: usize, letter: &str) -> Option<usize> {
        let children = self.tree.nodes[under].children.iter().copied();
        children
            .into_iter()
            .find(|&c| self.tree.nodes[c].unit.as_ref().is_some_and(|u| u.label.trim_end_matches(')') == letter))
    }

    /// Says whether the words around a reference put it in another act: `lovens § 17`, `§ 17 i lov om …`.
    fn is_external(&self, start: usize, end: usize) -> bool {
        let law = |w: &str| {
            let w = w.to_lowercase();
            ["lovens", "loven", "bekendtgørelsens", "bekendtgørelsen", "cirkulærets"].iter().any(|s| w.ends_with(s))
                || w == "lov"
                || w == "bekendtgørelse"
        };
        if start > 0 && law(self.token(start - 1)) || self.token(end) == "i" && law(self.token(end + 1)) {
            return true;
        }
        // `§ 2, stk. 2, § 64 a og § 65 i lov om …`: what comes last says where all of them are.
        let mut at = end;
        while matches!(self.token(at), "," | "og" | "eller") && self.token(at + 1) == "§" {
            let Some((after, _)) = self.reference(at + 1) else { return false };
            at = after;
        }
        at > end && self.token(at) == "i" && law(self.token(at + 1))
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 9 && text.bytes().all(|b| b.is_ascii_digit())
}
