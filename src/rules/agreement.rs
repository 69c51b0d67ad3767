//! `agreement.yaml`: the political agreement, clause by clause, and the questions it leaves open.

use super::read::Fields;
use crate::diag::Findings;
use crate::source::Spanned;
use crate::source::yaml::Node;

/// Is one of the agreement's areas.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its number.
    pub number: Spanned<i64>,
    /// Its title.
    pub title: String,
    /// The scenario it refers to.
    pub scenario: String,
}

/// Is a clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// `5.1`
    pub id: Spanned<String>,
    /// The area; `None` for the parties, the renaming and the implementation.
    pub area: Option<i64>,
    /// What kind of clause.
    pub kind: Spanned<String>,
    /// What it says, in own words.
    pub text: String,
    /// Why nothing in the bylaw follows.
    pub no_effect: Option<Spanned<String>>,
}

/// Is a question the agreement leaves open.
#[derive(Clone, Debug)]
pub struct OpenQuestion {
    /// Its id.
    pub id: Spanned<String>,
    /// The question.
    pub question: String,
    /// What the rules do meanwhile.
    pub assumed: String,
    /// The clauses it concerns.
    pub clauses: Vec<Spanned<String>>,
}

/// Holds what `agreement.yaml` says.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    /// Its title.
    pub title: String,
    /// Its date.
    pub dated: Option<jiff::civil::Date>,
    /// Who made it.
    pub parties: Vec<String>,
    /// Its areas.
    pub areas: Vec<Area>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// What it leaves open.
    pub open_questions: Vec<OpenQuestion>,
}

impl Agreement {
    /// Finds a clause.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|c| c.id.value == id)
    }
}

/// Lists the kinds of clauses.
pub const CLAUSE_KINDS: [&str; 10] =
    ["party", "aim", "transfer", "renaming", "provision", "obligation", "process", "finance", "timing", "background"];

pub(super) fn read(node: &Node, findings: &mut Findings) -> Agreement {
    let mut out = Agreement::default();
    let Some(mut f) = Fields::new(node, "agreement.yaml", findings) else { return out };
    out.title = f.required_text("title", findings).map(|s| s.value).unwrap_or_default();
    out.dated = f.date("dated", findings).map(|d| d.value);
    out.parties = f.texts("parties", findings).into_iter().map(|s| s.value).collect();
    for node in f.list("areas", findings) {
        if let Some(mut a) = Fields::new(node, "area", findings) {
            let number = a.required_int("number", findings);
            let title = a.required_text("title", findings);
            let scenario = a.text("scenario", findings).map(|s| s.value).unwrap_or_default();
            a.finish(findings);
            if let (Some(number), Some(title)) = (number, title) {
                out.areas.push(Area { number, title: title.value, scenario });
            }
        }
    }
    for node in f.required_list("clauses", findings) {
        out.clauses.extend(clause(node, findings));
    }
    for node in f.list("open_questions", findings) {
        if let Some(mut q) = Fields::new(node, "open question", findings) {
            let id = q.required_text("id", findings);
            let question = q.required_text("question", findings);
            let assumed = q.text("assumed", findings).map(|s| s.value).unwrap_or_default();
            let clauses = q.texts("clauses", findings);
            q.finish(findings);
            if let (Some(id), Some(question)) = (id, question) {
                out.open_questions.push(OpenQuestion { id, question: question.value, assumed, clauses });
            }
        }
    }
    f.finish(findings);
    out
}

fn clause(node: &Node, findings: &mut Findings) -> Option<Clause> {
    let mut f = Fields::new(node, "clause", findings)?;
    let id = f.required_text("id", findings);
    let area = f.int("area", findings).map(|a| a.value);
    let kinds = CLAUSE_KINDS.map(|k| (k, k.to_string()));
    let kind = f.required_choice("kind", &kinds, findings);
    let text = f.required_text("text", findings);
    let no_effect = f.text("no_effect", findings);
    f.finish(findings);
    Some(Clause { id: id?, area, kind: kind?, text: text?.value, no_effect })
}
