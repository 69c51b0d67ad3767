//! `editions.yaml`: what the council has adopted, edition by edition, and `reviewed.yaml`: which clauses were looked at.

use super::changes::{Effect, effect};
use super::read::Fields;
use super::readings::ReadingRule;
use crate::diag::{Code, Findings};
use crate::report;
use crate::source::yaml::{Node, Value};
use crate::source::{Span, Spanned};
use jiff::civil::Date;

/// Is the file that lists the editions.
pub const EDITIONS: &str = "rules/editions.yaml";
/// Is the folder that keeps what made each edition.
pub const ADOPTED: &str = "rules/adopted";
/// Is the file that says which text of each clause was looked at.
pub const REVIEWED: &str = "rules/reviewed.yaml";

/// Is one § of the instrument by which an edition was adopted: everything with one effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionPart {
    /// The number of the §; nothing for what has no date and so no § of its own.
    pub section: Option<i64>,
    /// From when it is in force.
    pub in_force: Effect,
}

/// Is an edition: the bylaw as the council adopted it one day.
#[derive(Clone, Debug)]
pub struct EditionRule {
    /// Its id, and the folder below `rules/adopted/`.
    pub id: Spanned<String>,
    /// The day of the second reading.
    pub adopted: Spanned<Date>,
    /// Its parts.
    pub parts: Vec<EditionPart>,
    /// The day Ankestyrelsen was told.
    pub notified: Option<Spanned<Date>>,
    /// The day the text was published.
    pub published: Option<Spanned<Date>>,
    /// The readings by which it was adopted.
    pub readings: Vec<ReadingRule>,
    /// Where it is written.
    pub span: Span,
}

pub(super) fn read(node: &Node, findings: &mut Findings) -> Vec<EditionRule> {
    let Some(mut f) = Fields::new(node, "editions.yaml", findings) else { return Vec::new() };
    let mut out: Vec<EditionRule> = Vec::new();
    for node in f.required_list("editions", findings) {
        let Some(mut e) = Fields::new(node, "edition", findings) else { continue };
        let id = e.required_text("id", findings);
        let adopted = e.required_date("adopted", findings);
        let parts = e.list("in_force", findings).into_iter().filter_map(|n| part(n, findings)).collect();
        let notified = e.date("notified", findings);
        let published = e.date("published", findings);
        e.finish(findings);
        let (Some(id), Some(adopted)) = (id, adopted) else { continue };
        if !is_folder(&id.value) {
            report!(findings, Code::BadId, id.span, value = id.value);
            continue;
        }
        if let Some(before) = out.last().filter(|b| b.adopted.value > adopted.value) {
            let diagnostic = crate::diag::Diagnostic::new(Code::BadValue, adopted.span).arg("key", "adopted");
            let diagnostic = diagnostic.arg("value", adopted.value).arg("reason", "editions-order");
            findings.push(diagnostic.other(before.adopted.span));
        }
        out.push(EditionRule { id, adopted, parts, notified, published, readings: Vec::new(), span: node.span });
    }
    f.finish(findings);
    out
}

fn part(node: &Node, findings: &mut Findings) -> Option<EditionPart> {
    let mut f = Fields::new(node, "edition", findings)?;
    let section = f.int("section", findings).map(|n| n.value);
    let in_force = f.required_node("effect", findings).and_then(|n| effect(n, findings));
    f.finish(findings);
    Some(EditionPart { section, in_force: in_force?.value })
}

/// Says whether an id can be a folder's name: small letters, digits and hyphens.
fn is_folder(id: &str) -> bool {
    !id.is_empty()
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && id.starts_with(|c: char| c != '-')
}

/// Reads `reviewed.yaml`: the fingerprint of each clause's text when somebody looked at what rests on it.
pub(super) fn reviewed(node: &Node, findings: &mut Findings) -> Vec<(Spanned<String>, String)> {
    let Some(mut f) = Fields::new(node, "reviewed.yaml", findings) else { return Vec::new() };
    let mut out = Vec::new();
    if let Some(map) = f.required_node("reviewed", findings) {
        match &map.value {
            Value::Map(entries) => {
                for entry in entries {
                    if let Value::Text(print) = &entry.value.value {
                        out.push((Spanned::new(entry.key.clone(), entry.key_span), print.clone()));
                    } else {
                        let found = entry.value.shape();
                        report!(findings, Code::WrongShape, entry.value.span, expected = "@text", found = found);
                    }
                }
            }
            _ => report!(findings, Code::WrongShape, map.span, expected = "@mapping", found = map.shape()),
        }
    }
    f.finish(findings);
    out
}
