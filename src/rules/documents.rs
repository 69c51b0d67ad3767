//! `documents.yaml`: other documents of the city that name a committee or a task, so that they follow when it changes.

use super::read::Fields;
use crate::diag::{Code, Findings};
use crate::report;
use crate::source::yaml::Node;
use crate::source::{Span, Spanned};

/// Lists the kinds of documents.
pub const DOCUMENT_KINDS: [&str; 5] = ["delegationsplan", "forretningsorden", "kommissorium", "vejledning", "andet"];

/// Is what a document names.
#[derive(Clone, Debug)]
pub enum Named {
    /// A committee, a § 17, stk. 4 committee or another body, by its id.
    Committee(Spanned<String>),
    /// A task, or only some of its parts.
    Task(Spanned<String>, Vec<Spanned<String>>),
}

/// Is a place in a document that names something.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it names.
    pub named: Named,
    /// Where in the document.
    pub place: String,
    /// The document's own words.
    pub quotes: String,
}

/// Is a document of the city.
#[derive(Clone, Debug)]
pub struct DocumentRule {
    /// Its id.
    pub id: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Who decides it: a committee's id, or text for others.
    pub owner: Spanned<String>,
    /// What it names.
    pub names: Vec<Mention>,
    /// What is assumed about it.
    pub assumption: String,
    /// Where it is written.
    pub span: Span,
}

pub(super) fn read(node: &Node, findings: &mut Findings) -> Vec<DocumentRule> {
    let mut out = Vec::new();
    if let Some(mut f) = Fields::new(node, "documents.yaml", findings) {
        for node in f.list("documents", findings) {
            out.extend(document(node, findings));
        }
        f.finish(findings);
    }
    out
}

fn document(node: &Node, findings: &mut Findings) -> Option<DocumentRule> {
    let mut f = Fields::new(node, "document", findings)?;
    let id = f.required_id("id", findings);
    let title = f.required_text("title", findings);
    let kinds = DOCUMENT_KINDS.map(|k| (k, k.to_string()));
    let kind = f.required_choice("kind", &kinds, findings);
    let owner = f.required_text("owner", findings);
    let names = f.required_list("names", findings).into_iter().filter_map(|n| mention(n, findings)).collect();
    let assumption = f.text("assumption", findings).map(|s| s.value).unwrap_or_default();
    f.finish(findings);
    Some(DocumentRule {
        id: id?,
        title: title?.value,
        kind: kind?.value,
        owner: owner?,
        names,
        assumption,
        span: node.span,
    })
}

fn mention(node: &Node, findings: &mut Findings) -> Option<Mention> {
    let mut f = Fields::new(node, "mention", findings)?;
    let committee = f.id("committee", findings);
    let task = f.id("task", findings);
    let parts = f.ids("parts", findings);
    let place = f.text("where", findings).map(|s| s.value).unwrap_or_default();
    let quotes = f.text("quotes", findings).map(|s| s.value).unwrap_or_default();
    let head = f.head();
    f.finish(findings);
    let named = match (committee, task) {
        (Some(id), None) => Named::Committee(id),
        (None, Some(id)) => Named::Task(id, parts),
        _ => {
            report!(findings, Code::WrongShape, head, expected = "@committee-or-task");
            return None;
        }
    };
    Some(Mention { named, place, quotes })
}
