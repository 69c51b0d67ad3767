//! Parts stk. that were written in one paragraph: `§ 6. One. Stk. 2. Two.`

use crate::document::{Block, Bylaw, Paragraph, Section, Subsection, Text};
use crate::lang::danish;

/// Parts them where that is certain: the numbers run on, and each begins after the end of a sentence. Returns the number
/// of the first § in which it did.
pub(super) fn part(bylaw: &mut Bylaw) -> Option<String> {
    let mut first = None;
    for section in bylaw.chapters.iter_mut().flat_map(|c| &mut c.sections) {
        if part_section(section) {
            first.get_or_insert_with(|| section.number.clone());
        }
    }
    first
}

fn part_section(section: &mut Section) -> bool {
    let mut done = false;
    let mut at = 0;
    while let Some(subsection) = section.subsections.get(at) {
        at += 1;
        let Some(Block::Text(last)) = subsection.blocks.last() else { continue };
        let next = section.subsections.get(at).map(|s| s.number);
        let pieces = pieces(&last.text.to_plain(), subsection.number);
        let count = u32::try_from(pieces.len()).unwrap_or(u32::MAX);
        let runs_on = next.is_none_or(|n| Some(n) == subsection.number.checked_add(count));
        if count < 2 || !runs_on {
            continue;
        }
        let number = subsection.number;
        let mut pieces = pieces.into_iter();
        let own = pieces.next().unwrap_or_default();
        if let Some(Block::Text(last)) = section.subsections.get_mut(at - 1).and_then(|s| s.blocks.last_mut()) {
            last.text = Text::plain(own);
        }
        for (number, piece) in (number.saturating_add(1)..).zip(pieces) {
            let paragraph = Paragraph { text: Text::plain(piece), ..Paragraph::default() };
            let stk = Subsection { number, blocks: vec![Block::Text(paragraph)], ..Subsection::default() };
            section.subsections.insert(at, stk);
            at += 1;
        }
        done = true;
    }
    done
}

/// Cuts a paragraph of one stk. before the labels of the next ones, which are taken off; one piece for none.
fn pieces(text: &str, number: u32) -> Vec<String> {
    let mut out = Vec::new();
    let (mut rest, mut number) = (text, number);
    while let Some((own, after)) = number.checked_add(1).and_then(|next| cut(rest, next)) {
        out.push(own.to_string());
        rest = after;
        number += 1;
    }
    // A label that does not fit makes all of them doubtful.
    if out.is_empty() || label(rest, None).is_some() {
        return vec![text.to_string()];
    }
    out.push(rest.to_string());
    out
}

fn cut(text: &str, number: u32) -> Option<(&str, &str)> {
    label(text, Some(number))
}

/// Finds a label in the middle: what stands before it and after it.
fn label(text: &str, number: Option<u32>) -> Option<(&str, &str)> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(" Stk.") {
        let at = from + found;
        from = at + 1;
        let (before, after) = (text.get(..at)?, text.get(at + " Stk.".len()..)?.trim_start());
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let found: Option<u32> = after.get(..digits).and_then(|n| n.parse().ok());
        let Some(words) = after.get(digits..).and_then(|t| t.strip_prefix(['.', ':'])) else { continue };
        let fits = found.is_some() && (number.is_none() || found == number);
        if fits && ends(before) && words.starts_with(' ') && words.trim_start().starts_with(char::is_uppercase) {
            return Some((before.trim_end(), words.trim_start()));
        }
    }
    None
}

/// Says whether a sentence ends here; after `jf.` none does.
fn ends(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default().trim_start_matches('(').to_lowercase();
    let short = word.strip_suffix('.').is_some_and(|w| danish::is_abbreviation(w) && !danish::may_end_sentence(w));
    before.trim_end_matches(['»', '«', '"', ')', '”']).ends_with(['.', '!', '?']) && !short
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn parts_what_is_certain() {
        assert_eq!(pieces("Et. To. Stk. 2. Tre. Stk.3. Fire.", 1), ["Et. To.", "Tre.", "Fire."]);
        for whole in
            ["Et. Stk. 3. Tre.", "Et. Stk. 2. To. Stk. 4. Fire.", "Et, jf. Stk. 2. To.", "Et Stk. 2. To.", "Et."]
        {
            assert_eq!(pieces(whole, 1), [whole]);
        }
    }
}
