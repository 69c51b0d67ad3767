//! The comments of a redline: why each change of substance is made, and where what moved went.

use std::collections::{BTreeMap, BTreeSet};

use super::package::W;
use super::pieces::{CONSEQUENCE, MOVED, RENAMING, SUBSTANCE, author};
use super::words::{paragraph, run};
use super::xml::Xml;
use crate::lang::danish;
use crate::render::places::route;
use crate::render::typeset::nbsp;
use crate::render::view::{RedlineDoc, RowView, SummaryRow};

/// Is a comment on a line.
pub struct Comment {
    /// Whose it is: the author of the marks it explains.
    pub author: &'static str,
    /// The change whose words it is about; `None` for the whole line.
    pub change: Option<usize>,
    /// Its paragraphs: what stands out, and the rest.
    lines: Vec<(String, String)>,
}

/// Makes the comments of a redline.
pub struct Comments<'a> {
    doc: &'a RedlineDoc,
    /// The changes of name that stand for their group.
    renamed: Vec<usize>,
    /// The changes of words in lines that moved.
    worded: BTreeSet<usize>,
    /// The lines that moved, by their names.
    moved: BTreeMap<&'a str, &'a RowView>,
}

impl<'a> Comments<'a> {
    /// Makes the comments of a redline.
    pub fn new(doc: &'a RedlineDoc) -> Comments<'a> {
        let groups = doc.groups.iter().filter(|g| g.class == "renaming");
        let words = doc.rows.iter().filter(|row| moved(row)).flat_map(|row| &row.text).filter(|s| s.op != "keep");
        Comments {
            doc,
            renamed: groups.filter_map(|g| g.changes.first().copied()).collect(),
            worded: words.filter_map(|s| s.change).collect(),
            moved: doc.rows.iter().filter(|row| moved(row)).map(|row| (row.anchor.as_str(), row)).collect(),
        }
    }

    /// Returns the comments on a line: a change is explained where it is first met, a move at both ends.
    pub fn of(&self, index: usize, row: &RowView) -> Vec<Comment> {
        let mut out = Vec::new();
        if index == 0 {
            out.push(self.legend());
        }
        let told: Vec<(usize, &SummaryRow)> = row
            .changes
            .iter()
            .filter_map(|c| Some((*c, self.doc.summary.get(*c)?)))
            .filter(|(c, summary)| summary.class == "substance" || self.renamed.contains(c))
            .collect();
        // What is said of the line's other place belongs to the change of the line, not to that of some words in it.
        // Both ends see the same changes, so both tell the same one.
        let other = row.other.as_deref().and_then(|anchor| self.moved.get(anchor)).filter(|_| moved(row));
        let shared = told.iter().map(|(c, _)| *c).filter(|c| other.is_none_or(|row| row.changes.contains(c)));
        let whole = shared.min_by_key(|c| (self.worded.contains(c), *c));
        let noted = if moved(row) { MOVED } else { SUBSTANCE };
        match (row.note.as_deref(), whole) {
            (Some(note), None) => {
                out.push(Comment { author: noted, change: None, lines: vec![(capital(note), String::new())] });
            }
            (note, whole) => {
                for (change, summary) in told {
                    let lines = |note| lines(summary, note, row.from.as_deref());
                    if note.is_some() && whole == Some(change) {
                        out.push(Comment { author: noted, change: None, lines: lines(note) });
                    } else if summary.anchor == row.anchor {
                        out.push(Comment { author: author(summary.class), change: Some(change), lines: lines(None) });
                    }
                }
            }
        }
        out
    }

    fn legend(&self) -> Comment {
        let line = |bold: &str, text: &str| (bold.to_string(), text.to_string());
        let mut lines = vec![line("Sådan læses dokumentet", ""), line("", &self.doc.counted)];
        if !self.doc.summary.is_empty() {
            lines.extend([
                line("", "Accepteres alle ændringer, står den ændrede tekst. Afvises de alle, står den hidtidige."),
                line("", "Forfatteren viser, hvad en rettelse er, så man kan vise eller acceptere én slags ad gangen:"),
                line(SUBSTANCE, " – ændringer af indhold."),
                line(RENAMING, " – nye navne på udvalg, forvaltninger og borgmestre."),
                line(
                    CONSEQUENCE,
                    " – numre, henvisninger og tegnsætning, der alene ændres som følge af de øvrige ændringer.",
                ),
                line(
                    MOVED,
                    " – tekst, der er flyttet. Den er slettet ét sted og indsat et andet, og en kommentar begge steder \
                     viser hvorfra og hvortil. Ord, der er ændret undervejs, er rettet af en af de andre forfattere.",
                ),
            ]);
        }
        Comment { author: "Vedtægt", change: None, lines }
    }
}

fn moved(row: &RowView) -> bool {
    matches!(row.state, "moved-to" | "moved-from")
}

/// Tells a change: what, where, why, on what ground, by which rule, from when, for whom.
fn lines(change: &SummaryRow, note: Option<&str>, from: Option<&str>) -> Vec<(String, String)> {
    let head = match note {
        Some(note) => capital(note),
        None => format!("{}: {}", change.kind, route(&change.old, &change.new)),
    };
    let mut out = vec![(head, format!(" (ændring {})", change.number))];
    let mut add = |bold: &str, text: String| {
        if !text.is_empty() {
            out.push((bold.to_string(), text));
        }
    };
    add("", change.why.clone());
    for clause in &change.clauses {
        add("Grundlag: ", format!("{} {}", clause.id, clause.text).trim().to_string());
    }
    for rule in &change.rules {
        add("Regel: ", format!("{} ({})", rule.id, rule.path));
    }
    add("Virkning: ", if change.effect.is_empty() { from.unwrap_or_default().into() } else { change.effect.clone() });
    add("Udvalg: ", danish::join(&change.committees));
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl Comment {
    /// Writes the comment under its number.
    pub fn write(&self, x: &mut Xml, id: &str, date: &str) {
        x.open("w:comment", &[("w:id", id), ("w:author", self.author), ("w:date", date), ("w:initials", "V")]);
        for (i, (bold, text)) in self.lines.iter().enumerate() {
            paragraph(x, "CommentText");
            if i == 0 {
                super::words::open(x, "CommentReference");
                x.void("w:annotationRef", &[]).close("w:r");
            }
            run(x, "Strong", &nbsp(bold));
            run(x, "", &nbsp(text));
            x.close("w:p");
        }
        x.close("w:comment").line();
    }
}

/// Writes `word/comments.xml` around the comments.
pub fn part(comments: &str) -> String {
    let mut x = Xml::part();
    x.open("w:comments", &[("xmlns:w", W)]).line().raw(comments).close("w:comments").line();
    x.finish()
}
