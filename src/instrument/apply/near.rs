//! What stands at a place instead of the words an instrument looks for.

use super::trouble::Why;
use super::{Applier, At, Slot, sentences, words};
use crate::instrument::text::Node;
use std::ops::Range;

/// How many comparisons of characters are spent on similar words in one application.
pub(super) const EFFORT: usize = 40_000_000;

impl Applier {
    /// Says that words are not there, and what is: the most similar words of the place, or where else they stand.
    pub(super) fn gone(&mut self, words: &str, placed: bool, pieces: &[(At, Option<Range<usize>>)]) -> Why {
        let mut why = Why::new("words-gone").with("value", words);
        let lines: Vec<String> = pieces
            .iter()
            .filter_map(|(at, part)| {
                let line = &self.row(*at)?.words;
                Some(part.as_ref().map_or(line.as_str(), |part| line.get(part.clone()).unwrap_or_default()).to_string())
            })
            .collect();
        let similar = similar(words, &lines, &mut self.effort);
        match similar {
            Some(found) => why = why.with("found", found),
            None if placed => {
                let first = lines.iter().find(|line| !line.is_empty()).map_or("", String::as_str);
                let sentence = sentences::split(first).into_iter().next().unwrap_or(0..0);
                why = why.with("other", first.get(sentence).unwrap_or_default());
            }
            None => {}
        }
        if placed {
            let elsewhere = self
                .everything()
                .into_iter()
                .find(|(at, _)| self.row(*at).is_some_and(|row| !words::find(&row.words, words).is_empty()));
            if let Some((at, _)) = elsewhere {
                why = why.with("name", self.address(at));
            }
        }
        why
    }

    /// Says the place of a line.
    fn address(&self, at: At) -> String {
        match (self.text.nodes.get(at.node), at.slot) {
            (Some(Node::Section(s)), Slot::Heading) => format!("overskriften før § {}", s.number),
            (Some(Node::Section(s)), Slot::Row(k, r)) => {
                let mut out = format!("§ {}", s.number);
                let Some(stk) = s.subsections.get(k) else { return out };
                if s.subsections.len() > 1 {
                    out.push_str(&format!(", stk. {}", stk.number.now));
                }
                let point = stk.rows.iter().take(r + 1).rev().find(|row| row.kind == crate::instrument::Kind::Point);
                let listed = stk.rows.get(r).is_some_and(|row| row.number.now > 0);
                if let Some(point) = point.filter(|_| listed) {
                    out.push_str(&format!(", nr. {}", point.number.now));
                }
                out
            }
            (Some(Node::Line(row)), _) => row.said(),
            _ => String::new(),
        }
    }
}

/// Returns the words that are most like those looked for, if any are.
fn similar(words: &str, lines: &[String], effort: &mut usize) -> Option<String> {
    let wanted: Vec<char> = words.chars().take(400).collect();
    let count = words.split(' ').count();
    let mut best: Option<(usize, String)> = None;
    for line in lines {
        let starts: Vec<Range<usize>> = tokens(line);
        for i in 0..starts.len() {
            for n in count.saturating_sub(1).max(1)..=count + 1 {
                let (Some(first), Some(last)) = (starts.get(i), starts.get(i + n - 1)) else { continue };
                let text = line.get(first.start..last.end).unwrap_or_default();
                let text = text.trim_end_matches(|c| !words.ends_with(c) && matches!(c, '.' | ',' | ';' | ':' | ')'));
                let text = text.trim_start_matches(|c| !words.starts_with(c) && matches!(c, '(' | '»'));
                let found: Vec<char> = text.chars().take(400).collect();
                let cost = wanted.len() * found.len();
                let apart = wanted.len().abs_diff(found.len());
                if apart * 3 > wanted.len() || text == words && best.is_some() {
                    continue;
                }
                *effort = effort.checked_sub(cost)?;
                let distance = distance(&wanted, &found);
                // A third of the characters may differ.
                if distance * 3 <= wanted.len().max(found.len()) && best.as_ref().is_none_or(|(d, _)| distance < *d) {
                    best = Some((distance, text.to_string()));
                }
            }
        }
    }
    best.map(|(_, text)| text)
}

fn tokens(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                out.push(from..i);
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    out
}

/// Returns how many characters must be changed, put in or taken out to make one text of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let cost = (corner + usize::from(x != y)).min(left + 1).min(*above + 1);
            corner = *above;
            *above = cost;
            left = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
