//! Damages to the parallel text, each with the finding that must follow.

use vedtaegt::diag::Code;

use crate::controls::{Control, Seal};
use crate::sample::Sample;

const PAGE: &str = "reading-1/paralleltekst.html";

fn control(name: &'static str, damage: fn(&mut Sample)) -> Control {
    Control { name, code: Code::DocumentDiffers, file: PAGE, seal: Seal::Renewed, damage }
}

pub fn controls() -> Vec<Control> {
    vec![
        control("a provision that is recast without its current wording", |s| {
            left(s, "affattes således", |_| "".into())
        }),
        control("a provision that is repealed without its current wording", |s| left(s, "ophæves.", |_| "".into())),
        control("a provision with other words without its current wording", |s| left(s, "ændres", |_| "".into())),
        control("a provision that is recast as if it were untouched", |s| {
            left(s, "affattes således", |_| "<p class=\"quoted\">– – –</p>".into());
        }),
        control("another word in the current wording", |s| {
            left(s, "ophæves.", |cell| cell.replacen("</p>", " ikke</p>", 1))
        }),
        control("a word too many in the current wording", |s| {
            left(s, "ophæves.", |cell| format!("{cell}<p>Ikke.</p>"))
        }),
        control("a line of the current wording left out", |s| {
            left(s, "ophæves.", |cell| cell.split_inclusive("</p>").skip(1).collect());
        }),
        control("the current wording beside another item", |s| {
            let mut rows = rows(s);
            let at = rows.iter().position(|row| row[1].contains("affattes således")).expect("a row");
            let moved = std::mem::take(&mut rows[at][0]);
            rows[at - 1][0].push_str(&moved);
            put(s, rows);
        }),
        control("an item left out", |s| {
            let mut rows = rows(s);
            let at = rows.iter().position(|row| row[1].contains("ophæves.")).expect("a row");
            rows.remove(at);
            put(s, rows);
        }),
        control("an item that orders nothing", |s| {
            let mut rows = rows(s);
            rows.iter_mut().find(|row| row[1].contains("ophæves.")).expect("a row")[1].clear();
            put(s, rows);
        }),
        control("two items in the wrong order", |s| {
            let mut rows = rows(s);
            let at = rows.iter().position(|row| row[1].contains("ophæves.")).expect("a row");
            rows.swap(at, at + 1);
            put(s, rows);
        }),
        control("another word in an item", |s| s.swap(PAGE, "ophæves", "bevares")),
    ]
}

/// Returns the two cells of each row, as they stand in the page.
fn rows(s: &Sample) -> Vec<[String; 2]> {
    let page = s.text(PAGE);
    let body = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).expect("a table");
    let row = |row: &str| {
        let cells: Vec<&str> = row.split("<td>").skip(1).map(|c| c.split("</td>").next().unwrap_or(c)).collect();
        <[&str; 2]>::try_from(cells).expect("two cells").map(String::from)
    };
    body.split("<tr>").skip(1).map(row).collect()
}

fn put(s: &mut Sample, rows: Vec<[String; 2]>) {
    let page = s.text(PAGE);
    let (before, rest) = page.split_once("<tbody>").expect("a table");
    let (_, after) = rest.split_once("</tbody>").expect("a table");
    let rows: String = rows.iter().map(|[left, right]| format!("<tr><td>{left}</td><td>{right}</td></tr>\n")).collect();
    s.put(PAGE, format!("{before}<tbody>\n{rows}</tbody>{after}"));
}

/// Edits what stands to the left of the first item with some words that has anything there.
fn left(s: &mut Sample, words: &str, edit: fn(&str) -> String) {
    let mut rows = rows(s);
    let row = rows.iter_mut().find(|[left, right]| right.contains(words) && !left.is_empty()).expect("a row");
    row[0] = edit(&row[0]);
    put(s, rows);
}
