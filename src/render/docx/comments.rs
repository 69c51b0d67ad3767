//! The comments of a redline: why each change of substance is made, and where what moved went.

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
}

impl<'a> Comments<'a> {
    /// Makes the comments of a redline.
    pub fn new(doc: &'a RedlineDoc) -> Comments<'a> {
        let groups = doc.groups.iter().filter(|g| g.class == "renaming");
        Comments { doc, renamed: groups.filter_map(|g| g.changes.first().copied()).collect() }
    }

    /// Returns the comments on a line: a change is explained where it is first met, a move at both ends.
    pub fn of(&self, index: usize, row: &RowView) -> Vec<Comment> {
        let mut out = Vec::new();
        if index == 0 {
            out.push(self.legend());
        }
        let mut noted = false;
        for (change, summary) in row.changes.iter().filter_map(|c| Some((*c, self.doc.summary.get(*c)?))) {
            let told = summary.class == "substance" || self.renamed.contains(&change);
            let in_words = row.text.iter().any(|s| s.op != "keep" && s.change == Some(change));
            // What is said of the line's other place belongs to the change of the line, not to that of some words.
            let note = row.note.as_deref().filter(|_| told && !(in_words && moved(row)));
            if told && (note.is_some() || summary.anchor == row.anchor) {
                noted |= note.is_some();
                let author = if note.is_some() && moved(row) { MOVED } else { author(summary.class) };
                let change = if note.is_some() { None } else { Some(change) };
                out.push(Comment { author, change, lines: lines(summary, note, row.from.as_deref()) });
            }
        }
        if let Some(note) = row.note.as_deref().filter(|_| !noted) {
            let author = if moved(row) { MOVED } else { SUBSTANCE };
            out.push(Comment { author, change: None, lines: vec![(capital(note), String::new())] });
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
