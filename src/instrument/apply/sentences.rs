//! Sentences (pkt.): where they stand in a line, which of a stk. are meant, and which numbers they had.

use super::Applier;
use super::place::end_of_point;
use crate::instrument::Kind;
use crate::instrument::text::{Clock, Node, Row, Subsection};
use crate::lang::danish;
use std::ops::Range;

/// Is one sentence: the line of its stk. and where in its words.
pub(super) type Sentence = (usize, Range<usize>);

pub(super) fn is_paragraph(stk: &Subsection, row: usize) -> bool {
    stk.rows.get(row).is_some_and(|r| matches!(r.kind, Kind::Subsection | Kind::Text))
}

/// Returns the sentences of some lines of a stk.: of its paragraphs, or of the one point or letter.
pub(super) fn sentences(stk: &Subsection, rows: &Range<usize>) -> Vec<Sentence> {
    let whole = rows.len() == stk.rows.len();
    let lines = rows.clone().filter(|i| is_paragraph(stk, *i) || !whole && *i == rows.start);
    let cut = |i: usize| {
        let line = stk.rows.get(i).map_or("", |r| r.words.as_str());
        split(line).into_iter().map(move |range| (i, range))
    };
    lines.flat_map(cut).collect()
}

/// Returns sentences by their numbers.
pub(super) fn chosen(stk: &Subsection, rows: &Range<usize>, first: u32, last: u32) -> Vec<Sentence> {
    let skip = (first as usize).saturating_sub(1);
    sentences(stk, rows).into_iter().skip(skip).take((last as usize).saturating_sub(skip)).collect()
}

/// Returns the lines of the list that belongs to a sentence: those after its paragraph, if it is the last in it.
pub(super) fn list_of(stk: &Subsection, rows: &Range<usize>, sentence: u32) -> Vec<usize> {
    let all = sentences(stk, rows);
    let at = (sentence as usize).saturating_sub(1);
    let Some((row, _)) = all.get(at) else { return Vec::new() };
    if all.get(at + 1).is_some_and(|(next, _)| next == row) || !is_paragraph(stk, *row) {
        return Vec::new();
    }
    let rest = row + 1..rows.end;
    rest.take_while(|i| stk.rows.get(*i).is_some_and(|r| matches!(r.kind, Kind::Point | Kind::Letter))).collect()
}

/// Says whether sentences of a stk. had other numbers in it before.
fn sentences_shifted(
    before: &Subsection,
    stk: &Subsection,
    rows: &Range<usize>,
    were: (u32, u32),
    now: (u32, u32),
    clock: Clock,
) -> bool {
    let old_rows = match stk.rows.get(rows.start).filter(|_| rows.len() < stk.rows.len()) {
        Some(row) if row.kind == Kind::Point => {
            let same = |old: &Row| old.kind == Kind::Point && row.number.was(old.number.now, clock);
            let Some(found) = before.rows.iter().position(same) else { return false };
            found..end_of_point(before, found)
        }
        Some(_) => return false,
        None => 0..before.rows.len(),
    };
    let said = |stk: &Subsection, rows: &Range<usize>, (a, b): (u32, u32)| -> Vec<String> {
        let words = |(row, range): Sentence| stk.rows.get(row).and_then(|r| r.words.get(range)).map(str::to_string);
        chosen(stk, rows, a, b).into_iter().filter_map(words).collect()
    };
    let (old, new) = (said(before, &old_rows, were), said(stk, rows, now));
    let count = |stk: &Subsection, rows: &Range<usize>| i64::try_from(sentences(stk, rows).len()).unwrap_or(0);
    let shift = count(stk, rows) - count(before, &old_rows);
    !old.is_empty() && (old == new || i64::from(now.0) - i64::from(were.0) == shift)
}

impl Applier {
    /// Says whether sentences had other numbers before the instrument: if they are the same words, or if as many came or
    /// went as the numbers shift.
    pub(super) fn sentences_were(
        &self,
        section: &str,
        stk: &Subsection,
        rows: &Range<usize>,
        were: (u32, u32),
        now: (u32, u32),
    ) -> bool {
        let had = self.former.get(section).map_or(&[] as &[String], Vec::as_slice);
        let mut olds =
            [&self.before, &self.part].into_iter().flat_map(|text| &text.nodes).filter_map(|node| match node {
                Node::Section(s) if s.number == section || had.contains(&s.number) => {
                    s.subsections.iter().find(|s| stk.number.was(s.number.now, self.clock))
                }
                _ => None,
            });
        olds.any(|before| sentences_shifted(before, stk, rows, were, now, self.clock))
    }
}

/// Returns where the sentences of a line stand, without the spaces between them.
pub(super) fn split(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let end = at + c.len_utf8();
        let rest = line.get(end..).unwrap_or_default();
        let next = rest.trim_start();
        if next.is_empty() || rest.len() == next.len() {
            continue;
        }
        if !ends(line.get(start..at).unwrap_or_default(), c, next) {
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

/// Says whether a sign ends a sentence between what is before it and what follows the space after it.
fn ends(before: &str, sign: char, next: &str) -> bool {
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let earlier = before.get(..before.len() - token.len()).unwrap_or_default().trim_end();
    let word = token.trim_start_matches(['(', '»', '“', '"', '„']);
    let first = next.chars().next();
    let capital = first.is_some_and(|c| c.is_uppercase() || matches!(c, '§' | '»' | '“' | '"' | '„'));
    // A sentence may begin with a figure or a bracket, after what is surely no abbreviation and no number.
    let loose = first.is_some_and(|c| c.is_ascii_digit() || c == '(');
    if sign != '.' || word.ends_with([')', '«', '”', '“', '"']) {
        return capital || loose;
    }
    let letters = word.chars().count();
    if word.contains('.') && !word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return capital && danish::may_end_sentence(word);
    }
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let month = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        return capital && !danish::MONTHS.contains(&month.as_str());
    }
    if letters == 1 {
        // `§ 7 a.`, `litra b.`, not `H. C.`
        let number = earlier.ends_with(|c: char| c.is_ascii_digit()) || earlier.ends_with("litra");
        return capital && number && word.chars().all(char::is_lowercase);
    }
    if danish::is_abbreviation(word) {
        return capital && danish::may_end_sentence(word);
    }
    letters > 0 && (capital || loose && letters > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_know_abbreviations() {
        let cut = |line: &str| -> Vec<String> { split(line).into_iter().map(|r| line[r].to_string()).collect() };
        assert_eq!(
            cut("Efter § 2, stk. 1. Derefter m.v. Og nr. 3."),
            ["Efter § 2, stk. 1.", "Derefter m.v.", "Og nr. 3."]
        );
        assert_eq!(cut("Rådet (jf. § 3). Derefter."), ["Rådet (jf. § 3).", "Derefter."]);
        assert_eq!(cut("Et »Grønt Råd«. Det er 500.000 kr. Det"), ["Et »Grønt Råd«.", "Det er 500.000 kr.", "Det"]);
        assert_eq!(cut("Jf. § 7 a. Udvalg iht. Loven, jf. Lov."), ["Jf. § 7 a.", "Udvalg iht. Loven, jf. Lov."]);
        assert_eq!(cut("Den 1. Januar. To medlemmer. 2 vælges"), ["Den 1. Januar.", "To medlemmer.", "2 vælges"]);
        assert_eq!(cut("H. C. Andersen bl.a. Odense"), ["H. C. Andersen bl.a. Odense"]);
        assert_eq!(cut("Den 1. januar 2026. Ja! Nej? jo"), ["Den 1. januar 2026.", "Ja!", "Nej? jo"]);
        assert_eq!(cut(""), Vec::<String>::new());
        assert_eq!(cut("Æblet. Øst. Å"), ["Æblet.", "Øst.", "Å"]);
    }
}
