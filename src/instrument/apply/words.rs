//! Words in a line: where they stand, how a line is cut into sentences, and what becomes of the spaces around a change.

use crate::lang::danish;
use std::ops::Range;

/// Returns where words stand in a line, from word start to word end, from left to right.
pub(super) fn find(line: &str, words: &str) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    if !line.contains(is_hard_space) {
        return whole(line, words);
    }
    // No-break spaces count as spaces.
    let mut from = Vec::with_capacity(line.len() + 1);
    let mut plain = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let c = if is_hard_space(c) { ' ' } else { c };
        plain.push(c);
        from.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    from.push(line.len());
    let place = |found: Range<usize>| Some(*from.get(found.start)?..*from.get(found.end)?);
    whole(&plain, words).into_iter().filter_map(place).collect()
}

/// Returns where words stand whole; where what looks like them is part of a longer word, they may begin inside it.
fn whole(line: &str, words: &str) -> Vec<Range<usize>> {
    let step = words.chars().next().map_or(1, char::len_utf8);
    let (mut out, mut from) = (Vec::new(), 0);
    while let Some(found) = line.get(from..).and_then(|rest| rest.find(words)) {
        let place = from + found..from + found + words.len();
        if is_whole(line, &place) {
            from = place.end;
            out.push(place);
        } else {
            from = place.start + step;
        }
    }
    out
}

fn is_hard_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

/// Says whether a place is not the beginning, the middle or the end of a longer word.
fn is_whole(line: &str, place: &Range<usize>) -> bool {
    let before = line.get(..place.start).and_then(|l| l.chars().next_back());
    let after = line.get(place.end..).and_then(|l| l.chars().next());
    let inside = line.get(place.clone()).unwrap_or_default();
    let (first, last) = (inside.chars().next(), inside.chars().next_back());
    let joined = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if is_wordy(a) && is_wordy(b));
    !joined(before, first) && !joined(last, after)
}

/// Says whether a character belongs to a word. A hyphen does: `Teknik-` is a form of its own. An apostrophe does not, but
/// a word with one is cut by no one.
fn is_wordy(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '\'' | '’')
        || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Returns where the sentences of a line stand, without the spaces between them.
pub(super) fn sentences(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let end = at + c.len_utf8();
        let rest = line.get(end..).unwrap_or_default();
        let next = rest.trim_start();
        let opens = next.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '§' | '»' | '“' | '"'));
        if rest.len() == next.len() || !opens {
            continue;
        }
        let word = line.get(start..at).unwrap_or_default();
        let from = word.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + 1);
        let from = (from..=word.len()).find(|i| word.is_char_boundary(*i)).unwrap_or(word.len());
        let word = word.get(from..).unwrap_or_default();
        let single = word.chars().count() == 1 && !word.chars().all(|c| c.is_ascii_digit());
        if word.is_empty() || single || danish::is_abbreviation(word) {
            continue;
        }
        out.push(start..end);
        start = end + (rest.len() - next.len());
    }
    let tail = line.get(start..).unwrap_or_default().trim_end();
    if !tail.is_empty() {
        out.push(start..start + tail.len());
    }
    out
}

/// Is a change of a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    /// The place of the words that go, or an empty one where words come.
    pub(super) place: Range2,
    /// The words that come.
    pub(super) new: String,
}

/// Is a range that can be ordered.
pub(super) type Range2 = (usize, usize);

/// Makes several changes of one line at once.
pub(super) fn edit(line: &str, mut edits: Vec<Edit>) -> String {
    edits.sort();
    edits.dedup();
    let mut out = line.to_string();
    for Edit { place: (start, end), new } in edits.into_iter().rev() {
        let (Some(left), Some(right)) = (out.get(..start), out.get(end..)) else { continue };
        let mut left = left.to_string();
        let mut right = right.to_string();
        if new.is_empty() {
            let tight = right.is_empty() || right.starts_with([' ', ',', '.', ';', ':', '!', '?', ')']);
            if tight && left.ends_with(' ') {
                left.pop();
            } else if left.is_empty() {
                right = right.trim_start().to_string();
            }
        } else if start == end {
            // Words that come beside others get the space that no one quotes.
            if left.chars().next_back().is_some_and(|c| !c.is_whitespace() && c != '(') && !is_tight(&new) {
                left.push(' ');
            }
            if right.chars().next().is_some_and(|c| !c.is_whitespace()) && !is_tight(&right) {
                right.insert(0, ' ');
            }
        }
        out = format!("{left}{new}{right}");
    }
    out
}

/// Says whether words stand close to what comes before them.
fn is_tight(words: &str) -> bool {
    words.starts_with([',', '.', ';', ':', '!', '?', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let count = |line: &str, words: &str| find(line, words).len();
        assert_eq!(count("Miljøudvalget og Miljøudvalgets", "Miljøudvalget"), 1);
        assert_eq!(count("Teknik- og Miljøudvalget", "Teknik"), 0);
        assert_eq!(count("Teknik- og Miljøudvalget", "Teknik-"), 1);
        assert_eq!(count("fælles it-drift og it", "it"), 1);
        assert_eq!(count("efter § 20, stk. 4", "§ 2"), 0);
        assert_eq!(count("efter §\u{a0}20, stk.\u{a0}4, og", "§ 20, stk. 4"), 1);
        assert_eq!(count("KFU's og KFU", "KFU"), 1);
        assert_eq!(count("a a a", "a"), 3);
        assert_eq!(count("næstformand", "formand"), 0);
    }

    #[test]
    fn sentences_know_abbreviations() {
        let cut = |line: &str| -> Vec<String> { sentences(line).into_iter().map(|r| line[r].to_string()).collect() };
        assert_eq!(
            cut("Efter § 2, stk. 1. Derefter m.v. Og nr. 3."),
            ["Efter § 2, stk. 1.", "Derefter m.v. Og nr. 3."]
        );
        assert_eq!(cut("Den 1. januar 2026. Ja! Nej? jo"), ["Den 1. januar 2026.", "Ja!", "Nej? jo"]);
        assert_eq!(cut(""), Vec::<String>::new());
        assert_eq!(cut("Æblet. Øst. Å"), ["Æblet.", "Øst.", "Å"]);
    }

    #[test]
    fn spaces_follow() {
        let go = |line: &str, words: &str, new: &str| {
            let place = find(line, words).remove(0);
            edit(line, vec![Edit { place: (place.start, place.end), new: new.into() }])
        };
        assert_eq!(go("a b c", "b", ""), "a c");
        assert_eq!(go("a b.", "b", ""), "a.");
        assert_eq!(go("a b", "b", ""), "a");
        assert_eq!(go("b c", "b", ""), "c");
        assert_eq!(go("a, b, c", ", b", ""), "a, c");
        let beside = |line: &str, at: usize, new: &str| edit(line, vec![Edit { place: (at, at), new: new.into() }]);
        assert_eq!(beside("a c", 1, "b"), "a b c");
        assert_eq!(beside("a c", 1, ", b"), "a, b c");
        assert_eq!(beside("a c", 2, "b"), "a b c");
        assert_eq!(beside("a.", 1, "b"), "a b.");
        assert_eq!(beside("c", 0, "b"), "b c");
    }
}
