//! CriticMarkup, line by line: what a redline in Markdown says when every mark is accepted, or rejected.

use super::lines;

/// Says what a stretch does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Op {
    #[default]
    Keep,
    Delete,
    Insert,
}

/// Is one line of the redline with its marks.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Its line in the file, from 1.
    pub at: usize,
    pub pieces: Vec<(Op, &'a str)>,
    /// Set when it has a mark or a comment.
    pub marked: bool,
}

impl Row<'_> {
    /// Returns what the line says on one side; `None` when nothing of a marked line is left.
    pub fn side(&self, op: Op) -> Option<String> {
        let text: String =
            self.pieces.iter().filter(|(o, _)| *o == Op::Keep || *o == op).map(|(_, text)| *text).collect();
        (!(self.marked && text.is_empty())).then_some(text)
    }
}

/// Reads the rows of a redline; empty lines mean nothing. Fails with the line and a reason.
pub fn read(markdown: &str) -> Result<Vec<Row<'_>>, (usize, &'static str)> {
    let mut out = Vec::new();
    for (i, line) in markdown.split('\n').enumerate().filter(|(_, line)| !line.is_empty()) {
        out.push(row(line, i + 1).map_err(|reason| (i + 1, reason))?);
    }
    Ok(out)
}

const MARKS: [(&str, &str, Option<Op>); 3] =
    [("{++", "++}", Some(Op::Insert)), ("{--", "--}", Some(Op::Delete)), ("{>>", "<<}", None)];

fn row(line: &str, at: usize) -> Result<Row<'_>, &'static str> {
    let mut row = Row { at, ..Row::default() };
    let mut rest = line;
    while !rest.is_empty() {
        let end = until(rest, |tail| tail.starts_with(['{', '}']));
        let (kept, tail) = rest.split_at(end);
        if !kept.is_empty() {
            row.pieces.push((Op::Keep, kept));
        }
        rest = tail;
        if rest.is_empty() {
            break;
        }
        let Some((open, close, op)) = MARKS.iter().find(|(open, _, _)| rest.starts_with(open)) else {
            return Err("stray-brace");
        };
        let body = rest.get(open.len()..).unwrap_or_default();
        let end = until(body, |tail| tail.starts_with(close) || tail.starts_with(['{', '}']));
        let (inner, tail) = body.split_at(end);
        rest = tail.strip_prefix(close).ok_or("open-mark")?;
        row.marked = true;
        if let Some(op) = op {
            row.pieces.push((*op, inner));
        }
    }
    Ok(row)
}

/// Returns where, outside escapes, something begins; the length if nowhere.
fn until(text: &str, stop: impl Fn(&str) -> bool) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if matches!(c, '{' | '}' | '+' | '-' | '<') && stop(text.get(i..).unwrap_or_default()) {
            return i;
        }
    }
    text.len()
}

/// Returns the text of one side, line by line with the line of the redline each comes from; empty lines between
/// blocks are set anew from the lines around them, and the last, empty line stands for the end of the text.
pub fn side(rows: &[Row<'_>], op: Op) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    for row in rows {
        let Some(line) = row.side(op) else { continue };
        if let Some((_, before)) = out.last()
            && !(lines::is_item(before) && lines::is_item(&line))
        {
            out.push((row.at, String::new()));
        }
        out.push((row.at, line));
    }
    if let Some((at, _)) = out.last() {
        out.push((*at, String::new()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(line: &str) -> Result<(Option<String>, Option<String>), &'static str> {
        let row = row(line, 1)?;
        Ok((row.side(Op::Insert), row.side(Op::Delete)))
    }

    #[test]
    fn reads_marks() {
        let ok = |a: &str, b: &str| Ok((Some(a.to_string()), Some(b.to_string())));
        assert_eq!(both("a {--b--}{++c++} d{>>fordi<<}"), ok("a c d", "a b d"));
        assert_eq!(both("{++    a) ny++}"), Ok((Some("    a) ny".into()), None)));
        assert_eq!(both("{--væk--}{>>se § 3<<}"), Ok((None, Some("væk".into()))));
        assert_eq!(both("\\{++ikke et mærke++\\}"), ok("\\{++ikke et mærke++\\}", "\\{++ikke et mærke++\\}"));
        assert_eq!(both("{+++++}{++\\\\++}"), Ok((Some("+\\\\".into()), None)));
    }

    #[test]
    fn refuses_what_is_no_mark() {
        for line in ["{++a", "{++a{--b--}++}", "a++}", "{==a==}", "{~~a~>b~~}", "{", "{++a\\++}", "{--a++}"] {
            assert!(both(line).is_err(), "{line}");
        }
    }

    #[test]
    fn sets_empty_lines_anew() {
        let rows = read("a\n\n\n1) b\n\n2) c\nd\n").unwrap();
        let text: Vec<String> = side(&rows, Op::Insert).into_iter().map(|(_, line)| line).collect();
        assert_eq!(text.join("\n"), "a\n\n1) b\n2) c\n\nd\n");
    }
}
