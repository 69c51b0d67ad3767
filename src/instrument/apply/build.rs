//! Makes units of quoted lines, and checks that their labels are the ones the place gives them.

use super::trouble::Why;
use crate::instrument::text::{
    Clock, Node, Number, Row, Section, Subsection, digits, letter_number, letter_of, next_label, take_first,
};
use crate::instrument::{Kind, Line};

/// Makes a line.
fn row(line: &Line, number: Number) -> Row {
    Row { kind: line.kind, label: line.label.clone(), words: line.text.clone(), number, origin: None }
}

/// Says that a label is not the one that belongs there.
fn label(found: &str, expected: String) -> Why {
    Why::new("label").with("found", found).with("expected", expected)
}

fn misplaced(line: &Line) -> Why {
    Why::new("misplaced").with("found", if line.label.is_empty() { &line.text } else { &line.label })
}

/// Makes §§, and chapters with their §§.
pub(super) fn nodes(lines: &[Line], clock: Clock) -> Result<Vec<Node>, Why> {
    let mut out: Vec<Node> = Vec::new();
    let mut heading: Option<Row> = None;
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        match line.kind {
            Kind::Chapter if heading.is_none() => {
                let mut row = row(line, Number::default());
                if !row.label.ends_with('.') {
                    row.label.push('.');
                }
                out.push(Node::Line(row));
                rest = after;
            }
            Kind::Heading if heading.is_none() => {
                heading = Some(row(line, Number::default()));
                rest = after;
            }
            Kind::Subsection if line.label.starts_with('§') => {
                let inside = |l: &&Line| !is_section(l) && !matches!(l.kind, Kind::Heading | Kind::Chapter);
                let end = 1 + after.iter().take_while(inside).count();
                let (own, after) = rest.split_at(end);
                let number = section_number(&line.label);
                let subsections = subsections(own, &number, 1, clock)?;
                let names_first = take_first(&mut line.text.clone());
                let heading = heading.take();
                out.push(Node::Section(Section { number, heading, subsections, names_first, born: clock.item }));
                rest = after;
            }
            _ => return Err(misplaced(line)),
        }
    }
    match heading {
        Some(row) => Err(Why::new("misplaced").with("found", row.words)),
        None if out.is_empty() => Err(Why::new("nothing-quoted")),
        None => Ok(out),
    }
}

fn is_section(line: &Line) -> bool {
    line.kind == Kind::Subsection && line.label.starts_with('§')
}

/// Returns the number in the label of a §.
pub(super) fn section_number(label: &str) -> String {
    label.trim_start_matches('§').trim().trim_end_matches('.').trim().to_string()
}

/// Makes stk. of lines; the first has a number, and its label may be left out.
pub(super) fn subsections(lines: &[Line], section: &str, first: u32, clock: Clock) -> Result<Vec<Subsection>, Why> {
    let mut out: Vec<Subsection> = Vec::new();
    for line in lines {
        let begins = line.kind == Kind::Subsection || out.is_empty();
        if begins {
            if !matches!(line.kind, Kind::Subsection | Kind::Text) {
                return Err(misplaced(line));
            }
            let due = first + u32::try_from(out.len()).unwrap_or(u32::MAX - first);
            let expected = if due == 1 { format!("§ {section}.") } else { format!("Stk. {due}.") };
            let fits = if line.label.starts_with('§') {
                due == 1 && section_number(&line.label) == section
            } else {
                line.label.is_empty() || digits(&line.label) == Some(due)
            };
            if !fits || line.label.is_empty() && !out.is_empty() {
                return Err(label(&line.label, expected));
            }
            let mut words = line.text.clone();
            if due == 1 {
                take_first(&mut words);
            }
            let head = Row { kind: Kind::Subsection, label: expected, words, ..Row::default() };
            out.push(Subsection { number: Number::inserted(due, clock), rows: vec![head] });
        } else if let Some(stk) = out.last_mut() {
            push(&mut stk.rows, line, clock)?;
        }
    }
    if out.is_empty() { Err(Why::new("nothing-quoted")) } else { Ok(out) }
}

/// Puts a point, a letter or a paragraph after the lines of a stk.
fn push(rows: &mut Vec<Row>, line: &Line, clock: Clock) -> Result<(), Why> {
    let last = |kind: Kind| rows.iter().rev().find(|r| r.kind == kind).map_or(0, |r| r.number.now);
    let number = match line.kind {
        Kind::Point => {
            let due = last(Kind::Point) + 1;
            if digits(&line.label).is_some_and(|n| n != due) {
                return Err(label(&line.label, format!("{due})")));
            }
            due
        }
        Kind::Letter => {
            let in_point = rows.iter().rev().take_while(|r| r.kind == Kind::Letter).count();
            if !rows.last().is_some_and(|r| matches!(r.kind, Kind::Point | Kind::Letter)) {
                return Err(misplaced(line));
            }
            let due = u32::try_from(in_point).unwrap_or(u32::MAX - 1) + 1;
            check_letter(&line.label, due)?;
            due
        }
        Kind::Text => 0,
        _ => return Err(misplaced(line)),
    };
    rows.push(row(line, Number::inserted(number, clock)));
    Ok(())
}

fn check_letter(found: &str, due: u32) -> Result<(), Why> {
    let stem = found.trim_end_matches([')', '.']);
    if !stem.is_empty() && letter_number(stem) != Some(due) {
        return Err(label(found, format!("{})", letter_of(due))));
    }
    Ok(())
}

/// Makes points with their letters; the first has a number. A point that comes into a list of dashes is a dash.
pub(super) fn points(lines: &[Line], first: u32, mark: Option<&str>, clock: Clock) -> Result<Vec<Row>, Why> {
    let mut out: Vec<Row> = Vec::new();
    let mut due = first;
    let mut letters = 0;
    for (i, line) in lines.iter().enumerate() {
        match line.kind {
            Kind::Point | Kind::Text if line.kind == Kind::Point || i == 0 => {
                // A list of dashes or letters takes no figures, and a list of figures nothing else.
                let expected = next_label(mark.unwrap_or(if line.label.is_empty() { "1)" } else { &line.label }), due);
                let found = digits(&line.label);
                let same = line.label.is_empty()
                    || line.label == expected
                    || found.is_some() && found == digits(&expected)
                    || found.is_none() && matches!(line.label.as_str(), "–" | "•") && digits(&expected).is_none();
                if !same {
                    return Err(label(&line.label, expected));
                }
                let label = expected;
                let number = Number::inserted(due, clock);
                out.push(Row { kind: Kind::Point, label, words: line.text.clone(), number, origin: None });
                due += 1;
                letters = 0;
            }
            Kind::Letter if !out.is_empty() => {
                letters += 1;
                check_letter(&line.label, letters)?;
                out.push(row(line, Number::inserted(letters, clock)));
            }
            Kind::Text => out.push(row(line, Number::default())),
            _ => return Err(misplaced(line)),
        }
    }
    if out.is_empty() { Err(Why::new("nothing-quoted")) } else { Ok(out) }
}

/// Makes letters; the first has a number.
pub(super) fn letters(lines: &[Line], first: u32, clock: Clock) -> Result<Vec<Row>, Why> {
    let mut out = Vec::new();
    for (due, line) in (first..).zip(lines) {
        if !matches!(line.kind, Kind::Letter | Kind::Text) || line.kind == Kind::Text && !out.is_empty() {
            return Err(misplaced(line));
        }
        check_letter(&line.label, due)?;
        let label = format!("{})", letter_of(due));
        let number = Number::inserted(due, clock);
        out.push(Row { kind: Kind::Letter, label, words: line.text.clone(), number, origin: None });
    }
    if out.is_empty() { Err(Why::new("nothing-quoted")) } else { Ok(out) }
}

/// Returns the words of the only line, which has no label.
pub(super) fn words(lines: &[Line]) -> Result<String, Why> {
    match lines {
        [only] if only.label.is_empty() => Ok(only.text.clone()),
        [] => Err(Why::new("nothing-quoted")),
        [only] | [_, only, ..] => Err(misplaced(only)),
    }
}
