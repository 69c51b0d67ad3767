//! Words of one line: cut into whole names, references and words, compared, found and put in place.

use crate::instrument::Side;
use crate::lang::danish::MONTHS;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Holds the names that are never cut: those the rules wrote.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, Vec<String>>);

impl Names {
    /// Gathers names of more than one word.
    pub fn new(names: BTreeSet<String>) -> Names {
        let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in names {
            if let Some((first, _)) = name.split_once(' ') {
                out.entry(first.to_string()).or_default().push(name);
            }
        }
        for list in out.values_mut() {
            list.sort_by_key(|n| std::cmp::Reverse(n.len()));
        }
        Names(out)
    }
}

/// Is a change inside a line: a range of the old words and a range of the new ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Tokens that go.
    pub old: Range<usize>,
    /// Tokens that come.
    pub new: Range<usize>,
}

/// Is a line cut into tokens.
pub(super) struct Cut<'a> {
    text: &'a str,
    tokens: Vec<Range<usize>>,
}

impl<'a> Cut<'a> {
    /// Cuts a line.
    pub fn new(text: &'a str, names: &Names) -> Cut<'a> {
        let pieces = pieces(text);
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let end = name(text, &pieces, at, names)
                .or_else(|| reference(text, &pieces, at))
                .or_else(|| compound(text, &pieces, at))
                .or_else(|| day(text, &pieces, at))
                .or_else(|| amount(text, &pieces, at))
                .unwrap_or(at + 1);
            tokens.push(pieces[at].start..pieces[end - 1].end);
            at = end;
        }
        Cut { text, tokens }
    }
    /// Returns how many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }
    /// Returns the words of a range of tokens.
    pub fn span(&self, range: &Range<usize>) -> &'a str {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|e| self.tokens.get(e))) {
            (Some(first), Some(last)) if range.start < range.end => &self.text[first.start..last.end],
            _ => "",
        }
    }
    /// Returns a token with whether a space stands before it: what makes two tokens the same.
    fn key(&self, index: usize) -> (bool, &'a str) {
        let token = &self.tokens[index];
        let spaced = token.start == 0 || self.text[..token.start].ends_with(' ');
        (spaced, &self.text[token.clone()])
    }
    /// Counts the tokens of a range that are words.
    pub fn word_count(&self, range: &Range<usize>) -> usize {
        let is_word = |t: &Range<usize>| self.text[t.clone()].chars().any(char::is_alphanumeric);
        self.tokens.get(range.clone()).map_or(0, |tokens| tokens.iter().filter(|t| is_word(t)).count())
    }
}

/// Compares two lines. Changes that nearly touch are one, unless each is a whole word for a whole word.
pub(super) fn hunks(old: &Cut<'_>, new: &Cut<'_>) -> Vec<Hunk> {
    let keys = |cut: &Cut<'_>| (0..cut.len()).map(|i| cut.key(i)).map(|(s, t)| (s, t.to_string())).collect::<Vec<_>>();
    let mut out: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices(Algorithm::RawMyers, &keys(old), &keys(new)) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let hunk = Hunk { old: op.old_range(), new: op.new_range() };
        let single = |h: &Hunk| h.old.len() == 1 && h.new.len() == 1;
        match out.last_mut() {
            Some(last) if last.old.end == hunk.old.start && last.new.end == hunk.new.start => {
                last.old.end = hunk.old.end;
                last.new.end = hunk.new.end;
            }
            Some(last) if old.word_count(&(last.old.end..hunk.old.start)) <= 1 && !(single(last) && single(&hunk)) => {
                last.old.end = hunk.old.end;
                last.new.end = hunk.new.end;
            }
            _ => out.push(hunk),
        }
    }
    out
}

/// Says whether a character belongs to a word.
fn in_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '\'' | '’')
        || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Finds words from word start to word end.
pub(super) fn find(text: &str, words: &str) -> Vec<usize> {
    let mut out = Vec::new();
    if words.is_empty() {
        return out;
    }
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(words)) {
        let start = at + found;
        let end = start + words.len();
        let before = text[..start].chars().next_back().is_some_and(in_word);
        let after = text[end..].chars().next().is_some_and(in_word);
        if !before && !after {
            out.push(start);
            at = end;
        } else {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out
}

/// Counts words in a line; `None` where it depends on how a sign at their edge is taken, or where they overlap.
pub(super) fn count(text: &str, words: &str) -> Option<usize> {
    let found = find(text, words).len();
    let first = words.chars().next().is_some_and(in_word);
    let last = words.chars().next_back().is_some_and(in_word);
    let (mut loose, mut at) = (0, 0);
    while let Some(hit) = text.get(at..).and_then(|rest| rest.find(words)) {
        let start = at + hit;
        let end = start + words.len();
        let before = first && text[..start].chars().next_back().is_some_and(in_word);
        let after = last && text[end..].chars().next().is_some_and(in_word);
        if !before && !after && doubtful(&text[..start], words, &text[end..]) {
            return None;
        }
        loose += usize::from(!before && !after);
        at = start + text[start..].chars().next().map_or(1, char::len_utf8);
    }
    (loose == found).then_some(found)
}

/// Says whether words may be taken for part of a number, an abbreviation or `§ 7 a`: `500` in `500.000`.
fn doubtful(left: &str, words: &str, right: &str) -> bool {
    let (mut before, mut after) = (left.chars().rev(), right.chars());
    let ends = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | ',' | '/' | ':'));
    let (sign_before, sign_after) = (sign(before.next()), sign(after.next()));
    let joined_left = ends(words.chars().next()) && sign_before && ends(before.next());
    let joined_right = ends(words.chars().next_back()) && sign_after && ends(after.next());
    let number = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let section = number.len() < words.len() && number.trim_end().ends_with('§');
    let letter = right.strip_prefix(' ').and_then(|r| r.split(|c: char| !c.is_alphanumeric()).next());
    joined_left || joined_right || section && letter.is_some_and(|l| l.chars().count() == 1)
}

/// Says whether a sign takes no space before it.
fn clings(text: &str) -> bool {
    text.starts_with([',', '.', ';', ':', '!', '?', ')'])
}

/// Returns a line with every pair's words changed, all looked for in the line as it stands; `None` where two overlap.
pub(super) fn replace(text: &str, pairs: &[(String, String)]) -> Option<String> {
    let mut hits: Vec<(usize, usize, &str)> = Vec::new();
    for (old, new) in pairs {
        hits.extend(find(text, old).into_iter().map(|start| (start, start + old.len(), new.as_str())));
    }
    hits.sort_unstable();
    if hits.windows(2).any(|w| w[0].1 > w[1].0) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end, new) in hits {
        out.push_str(&text[at..start]);
        out.push_str(new);
        at = end;
    }
    out.push_str(&text[at..]);
    Some(out)
}

/// Returns a line without words; one of the two spaces around them goes too.
pub(super) fn delete(text: &str, words: &str) -> String {
    let mut out = text.to_string();
    for start in find(text, words).into_iter().rev() {
        let (mut left, mut right) = (start, start + words.len());
        let rest = &out[right..];
        if rest.is_empty() || clings(rest) {
            left -= usize::from(out[..left].ends_with(' '));
        } else if rest.starts_with(' ') && (left == 0 || out[..left].ends_with(' ')) {
            right += 1;
        }
        out.replace_range(left..right, "");
    }
    out
}

/// Returns a line with new words beside others.
pub(super) fn beside(text: &str, side: Side, words: &str, new: &str) -> String {
    let mut out = text.to_string();
    for start in find(text, words).into_iter().rev() {
        let at = if side == Side::After { start + words.len() } else { start };
        let (left, right) = (&out[..at], &out[at..]);
        let first = if left.is_empty() || left.ends_with(' ') || clings(new) { "" } else { " " };
        let last = if right.is_empty() || right.starts_with(' ') || clings(right) { "" } else { " " };
        out = format!("{left}{first}{new}{last}{right}");
    }
    out
}

/// Says whether every quotation mark in the words has its partner, so that they can be quoted.
pub(super) fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '»' => depth += 1,
            '«' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && text.chars().filter(|c| matches!(c, '"' | '“' | '”' | '„')).count() % 2 == 0
}

/// Cuts a line into words and signs.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
        let joins = word(c)
            && out.last().is_some_and(|last| last.end == start && text[..start].chars().next_back().is_some_and(word));
        // Points and commas inside a number belong to it.
        let inside = matches!(c, '.' | ',')
            && text[..start].chars().next_back().is_some_and(|c| c.is_ascii_digit())
            && text[end..].chars().next().is_some_and(|c| c.is_ascii_digit());
        let after = c.is_ascii_digit() && out.last().is_some_and(|l| l.end == start && number_so_far(&text[l.clone()]));
        match out.last_mut() {
            Some(last) if joins || after || (inside && last.end == start) => last.end = end,
            _ => out.push(start..end),
        }
    }
    out
}

fn number_so_far(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(['.', ','])
}

fn word<'a>(text: &'a str, pieces: &[Range<usize>], at: usize) -> &'a str {
    pieces.get(at).map_or("", |p| &text[p.clone()])
}

/// Returns where a known name ends that begins here.
fn name(text: &str, pieces: &[Range<usize>], at: usize, names: &Names) -> Option<usize> {
    let start = pieces.get(at)?.start;
    let known = names.0.get(word(text, pieces, at))?;
    known.iter().find_map(|name| {
        let end = start + name.len();
        text[start..].starts_with(name.as_str()).then_some(())?;
        pieces.iter().skip(at).position(|p| p.end == end).map(|i| at + i + 1)
    })
}

/// Returns where `Kultur-, Fritids- og Borgerserviceudvalget` ends that begins here.
fn compound(text: &str, pieces: &[Range<usize>], at: usize) -> Option<usize> {
    let stem = |i: usize| {
        let w = word(text, pieces, i);
        w.len() > 1 && w.ends_with('-')
    };
    if !stem(at) {
        return None;
    }
    let mut i = at + 1;
    while word(text, pieces, i) == "," && stem(i + 1) {
        i += 2;
    }
    let last = word(text, pieces, i + 1);
    let joined = matches!(word(text, pieces, i), "og" | "eller") && last.starts_with(char::is_alphabetic);
    joined.then_some(i + 2)
}

/// Returns where `1. januar 2026` ends that begins here.
fn day(text: &str, pieces: &[Range<usize>], at: usize) -> Option<usize> {
    let number = |i: usize| {
        let w = word(text, pieces, i);
        !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit())
    };
    let dated = number(at) && word(text, pieces, at + 1) == "." && MONTHS.contains(&word(text, pieces, at + 2));
    dated.then(|| if number(at + 3) { at + 4 } else { at + 3 })
}

/// Returns where `500 kr.` or `20 pct.` ends that begins here.
fn amount(text: &str, pieces: &[Range<usize>], at: usize) -> Option<usize> {
    let number = word(text, pieces, at).starts_with(|c: char| c.is_ascii_digit());
    let mut end = at + 1;
    while matches!(word(text, pieces, end), "kr" | "pct" | "mio" | "mia") && word(text, pieces, end + 1) == "." {
        end += 2;
    }
    (number && end > at + 1).then_some(end)
}

/// Returns where a reference ends that begins here: `§ 12, stk. 1, nr. 3 og 4`.
fn reference(text: &str, pieces: &[Range<usize>], at: usize) -> Option<usize> {
    let mut end = part(text, pieces, at)?;
    loop {
        let next = if word(text, pieces, end) == "," { end + 1 } else { end };
        let deeper = matches!(word(text, pieces, next), "stk" | "nr" | "litra" | "pkt");
        match part(text, pieces, next).filter(|_| deeper) {
            Some(after) => end = after,
            None => return Some(end),
        }
    }
}

/// Returns where one step of a reference ends: `§ 7 a`, `stk. 2-4`, `nr. 3, 5 og 6`.
fn part(text: &str, pieces: &[Range<usize>], at: usize) -> Option<usize> {
    let w = |i: usize| word(text, pieces, i);
    let mut i = match w(at) {
        "§" if w(at + 1) == "§" => at + 2,
        "§" | "kapitel" | "kap" | "litra" => at + 1,
        "stk" | "nr" => at + 1,
        _ => return None,
    };
    if matches!(w(at), "stk" | "nr" | "kap") && w(i) == "." {
        i += 1;
    }
    let letters = w(at) == "litra";
    let value = |i: usize| {
        let v = w(i);
        let short = v.chars().count() <= 2 && v.chars().all(|c| c.is_lowercase());
        let digits = v.starts_with(|c: char| c.is_ascii_digit());
        !v.is_empty() && v != "og" && if letters { short && !digits } else { digits }
    };
    if !value(i) {
        return None;
    }
    i += 1;
    loop {
        // A letter that belongs to the number: `§ 7 a`, unless a word follows it that makes it one itself.
        let suffix = w(i).chars().count() == 1 && w(i).chars().all(|c| c.is_ascii_lowercase()) && w(i) != "i";
        if !letters && suffix && w(at) == "§" {
            i += 1;
        }
        match w(i) {
            "," | "og" | "eller" if value(i + 1) => i += 2,
            _ => return Some(i),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let cut = Cut::new(text, &Names::default());
        (0..cut.len()).map(|i| cut.span(&(i..i + 1))).collect()
    }

    #[test]
    fn keeps_names_references_and_days_whole() {
        assert_eq!(cut("Klima-, Miljø- og Teknikudvalget."), ["Klima-, Miljø- og Teknikudvalget", "."]);
        assert_eq!(
            cut("efter § 7 a, stk. 1, nr. 3, og §§ 14-20 gælder"),
            ["efter", "§ 7 a, stk. 1, nr. 3", ",", "og", "§§ 14-20", "gælder"]
        );
        assert_eq!(cut("den 1. januar 2026, jf. stk. 2"), ["den", "1. januar 2026", ",", "jf", ".", "stk. 2"]);
        assert_eq!(cut("4,1 mio. kr. og 20 pct."), ["4,1 mio. kr.", "og", "20 pct."]);
    }

    #[test]
    fn finds_whole_words_alone() {
        assert_eq!(find("Socialudvalgets og Socialudvalget", "Socialudvalget"), [19]);
        assert_eq!(count("a- a", "a"), Some(1));
        assert_eq!(delete("hjemmepleje for ældre,", "for ældre"), "hjemmepleje,");
        assert_eq!(beside("a, b", Side::After, "a", "c"), "a c, b");
        let swapped = replace("a og b", &[("a".into(), "b".into()), ("b".into(), "a".into())]);
        assert_eq!(swapped.as_deref(), Some("b og a"));
    }
}
