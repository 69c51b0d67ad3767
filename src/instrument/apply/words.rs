//! Words in a line: where they stand, how a line is cut into sentences, and what becomes of the spaces around a change.

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

/// Says whether a place is not the beginning, the middle or the end of a longer word, number, abbreviation or `§ 7 a`.
fn is_whole(line: &str, place: &Range<usize>) -> bool {
    let (left, right) = (line.get(..place.start).unwrap_or_default(), line.get(place.end..).unwrap_or_default());
    let inside = line.get(place.clone()).unwrap_or_default();
    let (first, last) = (inside.chars().next(), inside.chars().next_back());
    let wordy = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if is_wordy(a) && is_wordy(b));
    let (mut before, mut after) = (left.chars().rev(), right.chars());
    let (before, after) = ((before.next(), before.next()), (after.next(), after.next()));
    !wordy(before.0, first)
        && !wordy(last, after.0)
        && !joined(before.1, before.0, first)
        && !joined(last, after.0, after.1)
        && !lettered(inside, right)
}

/// Says whether a sign joins two characters: `500.000`, `12,5`, `1/2`, `m.v`.
fn joined(left: Option<char>, sign: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(sign), Some(right)) = (left, sign, right) else { return false };
    let digits = left.is_ascii_digit() && right.is_ascii_digit() && matches!(sign, '.' | ',' | '/' | ':');
    digits || left.is_alphabetic() && right.is_lowercase() && sign == '.'
}

/// Says whether words end in the number of a § and its letter follows them: `§ 7` in `§ 7 a`.
fn lettered(words: &str, right: &str) -> bool {
    let number = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let section = number.len() < words.len() && number.trim_end().ends_with('§');
    let mut next = right.chars();
    let space = next.next().is_some_and(char::is_whitespace);
    let letter = next.next().is_some_and(|c| c.is_ascii_lowercase() && c != 'i');
    section && space && letter && !next.next().is_some_and(char::is_alphanumeric)
}

/// Says whether a character belongs to a word. A hyphen does: `Teknik-` is a form of its own. An apostrophe does not, but
/// a word with one is cut by no one.
fn is_wordy(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '\'' | '’')
        || ('\u{300}'..='\u{36f}').contains(&c)
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
        assert_eq!(count("500.000 kr., 12,5 pct., 2 1/2 og kl. 17.00", "500"), 0);
        assert_eq!(count("12,5 pct. og 12, men 17.00", "12"), 1);
        assert_eq!(count("1/2 og 1", "1"), 1);
        assert_eq!(count("m.v. og m", "m"), 1);
        assert_eq!(count("§ 7 a og § 7 i loven, § 7.", "§ 7"), 2);
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
