//! Quoted text: as words on one line, and as lines of the bylaw with their labels.

use crate::instrument::{Kind, Line};
use crate::lang::danish;
use unicode_normalization::UnicodeNormalization;

/// Returns quoted words on one line: no markup, one space between words.
pub(super) fn words(raw: &str) -> String {
    let mut out = String::new();
    for part in bare(raw).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Takes the signs of Markdown away.
fn bare(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if let Some(tag) = ["<br>", "<br/>", "<br />", "&nbsp;", "&#160;"].into_iter().find(|t| rest.starts_with(t)) {
            out.push(' ');
            rest = rest.get(tag.len()..).unwrap_or_default();
            continue;
        }
        if let Some((entity, tail)) = rest.strip_prefix("&#").and_then(|r| r.split_once(';'))
            && let Some(c) = entity.parse().ok().filter(|_| entity.len() < 8).and_then(char::from_u32)
        {
            out.push(c);
            rest = tail;
            continue;
        }
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                let escaped = after.chars().next().unwrap_or('\\');
                out.push(escaped);
                rest = after.get(escaped.len_utf8()..).unwrap_or_default();
                continue;
            }
            '*' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            '_' if !(out.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)) => {}
            _ => out.push(c),
        }
        rest = after;
    }
    out.nfc().collect()
}

/// Returns quoted text as lines of the bylaw. `inline` says that everything stands on one line, so that lists may too.
pub(super) fn lines(raw: &str, inline: bool) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    // Whether the next line without a label goes on from the last one, and whether the last looks like a heading.
    let mut open = false;
    let inline = inline && !raw.contains('\n');
    for physical in raw.split('\n') {
        let line = physical.trim().trim_start_matches('>').trim();
        let line = line.strip_suffix('\\').unwrap_or(line).trim_end();
        if line.is_empty() {
            open = false;
            continue;
        }
        for piece in pieces(line, &out, inline) {
            let new = one(piece, out.last());
            let goes_on = open && new.label.is_empty() && new.kind == Kind::Text;
            let titled = |l: &Line| l.kind == Kind::Chapter && l.text.is_empty();
            match out.last_mut() {
                Some(last) if new.label.is_empty() && new.kind != Kind::Chapter && titled(last) => last.text = new.text,
                // `## § 8 a` alone on its line.
                Some(last)
                    if last.kind == Kind::Subsection
                        && last.text.is_empty()
                        && new.label.is_empty()
                        && new.kind == Kind::Text =>
                {
                    last.text = new.text;
                }
                Some(last) if goes_on && !matches!(last.kind, Kind::Heading | Kind::Chapter) => {
                    last.text.push(' ');
                    last.text.push_str(&new.text);
                }
                _ => out.push(new),
            }
            open = true;
        }
    }
    // Words without a label before a § are its heading.
    for i in 1..out.len() {
        let section = out.get(i).is_some_and(|l| l.label.starts_with('§'));
        if section
            && let Some(line) = out.get_mut(i - 1)
            && line.kind == Kind::Text
            && (i == 1 || !line.text.ends_with(['.', ',', ';', ':']))
        {
            line.kind = Kind::Heading;
        }
    }
    out
}

/// Returns what one line of quoted text is.
pub(super) fn kind(line: &str) -> Kind {
    one(line, None).kind
}

/// Cuts a line that holds several units: `Stk. 2. … Stk. 3. …`, and `1) … 2) …` where everything is on one line.
fn pieces<'t>(line: &'t str, before: &[Line], inline: bool) -> Vec<&'t str> {
    let mut out = Vec::new();
    let mut rest = line;
    let mut stk = before.iter().rev().find(|l| l.kind == Kind::Subsection).map(|l| number(&l.label));
    let mut point = 0;
    let mut from = 0;
    if let (Kind::Subsection, label, _) = label(&flat(line)) {
        stk = Some(number(&label));
    }
    if let (Kind::Point, label, _) = label(&flat(line)) {
        point = number(&label);
    }
    while let Some(i) = rest.get(from..).and_then(|t| t.find(' ')) {
        let at = from + i;
        from = at + 1;
        let (head, tail) = (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default());
        let ended = head.ends_with(['.', ';', ':', '!', '?', '«']);
        let next = stk.map_or(0, |n| if n == 0 { 2 } else { n + 1 });
        let is_stk = ended
            && next > 1
            && (tail.starts_with(&format!("Stk. {next}. ")) || tail.starts_with(&format!("Stk.\u{a0}{next}. ")));
        let listed = inline && tail.starts_with(&format!("{}) ", point + 1)) && (point > 0 || head.ends_with(':'));
        if is_stk || listed {
            out.push(head);
            rest = tail;
            from = 0;
            if is_stk {
                stk = Some(next);
                point = 0;
            } else {
                point += 1;
            }
        }
    }
    out.push(rest);
    out
}

/// Returns the number in a label; 0 for a §.
fn number(label: &str) -> u32 {
    if label.starts_with('§') { 0 } else { crate::instrument::text::digits(label).unwrap_or(0) }
}

/// Makes no-break spaces plain.
fn flat(line: &str) -> String {
    line.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// Reads one line.
fn one(piece: &str, before: Option<&Line>) -> Line {
    let piece = piece.trim();
    let hashes = piece.len() - piece.trim_start_matches('#').len();
    let headed = (1..=6).contains(&hashes) && piece.get(hashes..).is_some_and(|r| r.starts_with(' '));
    let emphasised = ["***", "**", "*", "_"].into_iter().any(|sign| {
        let inner = piece.strip_prefix(sign).and_then(|p| p.strip_suffix(sign));
        inner.is_some_and(|p| !p.is_empty() && !p.contains(['*', '_']))
    });
    let piece = if headed { piece.trim_start_matches('#').trim() } else { piece };
    // An escaped sign is no label: `1\)`.
    let (kind, label, rest) = label(&unmarked(piece));
    if !label.is_empty() {
        return Line { kind, label, text: words(&rest) };
    }
    let text = words(piece);
    let after_chapter = before.is_some_and(|l| l.kind == Kind::Chapter && l.text.is_empty());
    let kind = if (headed && hashes > 1 || emphasised) && !after_chapter { Kind::Heading } else { Kind::Text };
    Line { kind, label, text }
}

/// Takes emphasis off the label of a line and makes its spaces plain.
fn unmarked(piece: &str) -> String {
    let mut line = flat(piece);
    for sign in ["**", "__", "*", "_"] {
        let inner = line.strip_prefix(sign).and_then(|inner| inner.split_once(sign));
        if let Some((label, rest)) = inner
            && label.len() < 24
        {
            line = format!("{} {}", label.trim(), rest.trim()).trim().to_string();
            break;
        }
    }
    line
}

/// Says whether a sentence begins after a label without a full stop: `§ 8 Vederlaget …`, not `§ 8 i loven`.
fn begins(rest: &str) -> bool {
    rest.strip_prefix(' ').is_some_and(|words| words.trim_start().starts_with(char::is_uppercase))
}

/// Splits the label off a line; the label as the profile writes it.
fn label(line: &str) -> (Kind, String, String) {
    let none = || (Kind::Text, String::new(), line.to_string());
    let lower = line.to_lowercase();
    if let Some(after) = line.strip_prefix('§') {
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (figure, tail) = after.split_at(end);
        if figure.is_empty() {
            return none();
        }
        let spaced = tail.trim_start();
        let letter: String = spaced.chars().take_while(|c| c.is_lowercase()).collect();
        let after_letter = spaced.get(letter.len()..).unwrap_or_default();
        let lettered = letter.chars().count() == 1
            && (after_letter.is_empty() || after_letter.starts_with('.') || begins(after_letter));
        let (number, tail) =
            if lettered { (format!("{figure} {letter}"), after_letter) } else { (figure.into(), tail) };
        return match tail.strip_prefix('.') {
            Some(text) => (Kind::Subsection, format!("§ {number}."), text.trim().to_string()),
            None if tail.is_empty() || begins(tail) => {
                (Kind::Subsection, format!("§ {number}."), tail.trim().to_string())
            }
            None => none(),
        };
    }
    if let Some(after) = lower.strip_prefix("stk").filter(|_| line.starts_with("Stk")) {
        let skipped = after.len() - after.trim_start_matches(['.', ' ']).len();
        let tail = line.get(3 + skipped..).unwrap_or_default();
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (figure, text) = tail.split_at(end);
        let text = text.strip_prefix(['.', ':']).or_else(|| Some(text).filter(|t| t.is_empty() || begins(t)));
        return match text {
            Some(text) if !figure.is_empty() => (Kind::Subsection, format!("Stk. {figure}."), text.trim().to_string()),
            _ => none(),
        };
    }
    if lower.starts_with("kapitel ") && line.starts_with(['K', 'k']) {
        let after = line.get("kapitel ".len()..).unwrap_or_default();
        let end = after.find([' ', '.', ':']).unwrap_or(after.len());
        let (figure, tail) = after.split_at(end);
        let numeral = figure.starts_with(|c: char| c.is_ascii_digit()) || figure.chars().all(|c| "IVXLC".contains(c));
        if figure.is_empty() || !numeral {
            return none();
        }
        let letter = tail.strip_prefix(' ').and_then(|t| t.chars().next()).filter(|c| c.is_lowercase());
        let after_letter = tail.get(1 + letter.map_or(0, char::len_utf8)..).unwrap_or_default();
        let lettered = letter.is_some() && (after_letter.is_empty() || after_letter.starts_with(['.', ':', ' ']));
        let (number, tail) = match letter {
            Some(letter) if lettered => (format!("{figure} {letter}"), after_letter),
            _ => (figure.to_string(), tail),
        };
        return (Kind::Chapter, format!("Kapitel {number}."), tail.trim_start_matches(['.', ':', ' ']).to_string());
    }
    let (first, text) = line.split_once(' ').unwrap_or((line, ""));
    let text = text.trim().to_string();
    if matches!(first, "–" | "•" | "-" | "*" | "·") && !text.is_empty() {
        let sign = if first == "•" { "•" } else { "–" };
        return (Kind::Point, sign.into(), text);
    }
    let stem = first.strip_suffix([')', '.']).unwrap_or_default();
    let figures = !stem.is_empty() && stem.len() < 9 && stem.bytes().all(|b| b.is_ascii_digit());
    let month = text.split([' ', ',', '.']).next().unwrap_or_default().to_lowercase();
    let dated = first.ends_with('.') && danish::MONTHS.contains(&month.as_str());
    let counted = first.ends_with('.') && matches!(month.as_str(), "pkt" | "punktum" | "behandling");
    if figures && !dated && !counted {
        return (Kind::Point, format!("{stem})"), text);
    }
    if first.ends_with(')') && (1..=2).contains(&stem.chars().count()) && stem.chars().all(char::is_lowercase) {
        return (Kind::Letter, format!("{stem})"), text);
    }
    none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Vec<String> {
        lines(raw, !raw.contains('\n')).iter().map(|l| format!("{:?}|{}|{}", l.kind, l.label, l.text)).collect()
    }

    #[test]
    fn labels_are_found() {
        assert_eq!(read("§ 7 a. Ja."), ["Subsection|§ 7 a.|Ja."]);
        assert_eq!(read("**§\u{a0}7 a.** Ja."), ["Subsection|§ 7 a.|Ja."]);
        assert_eq!(
            read("Møder\n\n§ 7 a. Ja.\n\nStk. 2. Nej."),
            ["Heading||Møder", "Subsection|§ 7 a.|Ja.", "Subsection|Stk. 2.|Nej."]
        );
        assert_eq!(
            read("Stk.2. A:\n1) a,\n   a) x og\n2) b."),
            ["Subsection|Stk. 2.|A:", "Point|1)|a,", "Letter|a)|x og", "Point|2)|b."]
        );
        assert_eq!(read("Stk. 2. A. Stk. 3. B."), ["Subsection|Stk. 2.|A.", "Subsection|Stk. 3.|B."]);
        assert_eq!(
            read("§ 2. A. Stk. 2. B: 1) x og 2) y."),
            ["Subsection|§ 2.|A.", "Subsection|Stk. 2.|B:", "Point|1)|x og", "Point|2)|y."]
        );
        assert_eq!(
            read("Kapitel 4 a\nBorgere\n\n### Møder\n\n§ 7. Ja"),
            ["Chapter|Kapitel 4 a.|Borgere", "Heading||Møder", "Subsection|§ 7.|Ja"]
        );
        assert_eq!(read("1. januar 2026"), ["Text||1. januar 2026"]);
        assert_eq!(read("1\\) nej"), ["Text||1) nej"]);
        assert_eq!(read("Et langt\nafsnit\n\nto"), ["Text||Et langt afsnit", "Text||to"]);
        assert_eq!(read("§ 20, stk. 4,"), ["Text||§ 20, stk. 4,"]);
    }
}
