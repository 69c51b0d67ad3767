//! `provisions.yaml`: chapters and §§, the text that is not a task list.

use super::read::{Fields, text_of};
use super::wording::{NameForm, Wording};
use crate::diag::{Code, Findings};
use crate::report;
use crate::source::yaml::{Node, Value};
use crate::source::{Span, Spanned};

/// Says which committees a list made from `committees.yaml` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListedCommittees {
    /// The standing ones.
    Standing,
    /// All, the økonomiudvalg first.
    All,
}

/// Names the whole of a bylaw that has no chapters.
pub const UNDIVIDED: &str = "vedtaegten";

/// Is a chapter.
#[derive(Clone, Debug)]
pub struct ChapterRule {
    /// Its id.
    pub id: Spanned<String>,
    /// Its number as printed.
    pub number: String,
    /// Its heading.
    pub title: Wording,
    /// Its §§.
    pub sections: Vec<SectionRule>,
}

/// Is a §.
#[derive(Clone, Debug)]
pub struct SectionRule {
    /// Its id.
    pub id: Spanned<String>,
    /// Its number as printed: `14`, `7 a`; empty where §§ are numbered through.
    pub number: Spanned<String>,
    /// The heading before it.
    pub heading: Option<Wording>,
    /// Its stk.; a `remit` of the § itself is the first.
    pub subsections: Vec<SubsectionRule>,
}

/// Is a remit's lead that a template writes.
#[derive(Clone, Debug)]
pub struct FormulaRule {
    /// The committee.
    pub committee: Spanned<String>,
    /// The template, `templates/ressort/<name>.tera`.
    pub name: Spanned<String>,
}

/// Is a stk.
#[derive(Clone, Debug)]
pub struct SubsectionRule {
    /// Its own id, without the §'s; `None`: its number in the file.
    pub id: Option<Spanned<String>>,
    /// Its first paragraph; with a formula, the field that the formula is filled with.
    pub text: Wording,
    /// The formula that writes the first paragraph.
    pub formula: Option<FormulaRule>,
    /// What comes after.
    pub blocks: Vec<SubBlock>,
    /// Where it is written.
    pub span: Span,
}

/// Is a block of a stk. after its first paragraph.
#[derive(Clone, Debug)]
pub enum SubBlock {
    /// A paragraph.
    Text(Wording),
    /// Items.
    Points(Vec<PointRule>),
    /// A list of committees, and the form in which each is named.
    Committees(ListedCommittees, NameForm, bool),
    /// A committee's tasks, or those of one group.
    Remit(RemitRule),
}

/// Says whose tasks a list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemitRule {
    /// The committee.
    pub committee: Spanned<String>,
    /// The group; `None` takes every task whose group has no list of its own.
    pub group: Option<String>,
}

/// Is an item of a list.
#[derive(Clone, Debug)]
pub struct PointRule {
    /// Its own id; `None`: its number in the file.
    pub id: Option<Spanned<String>>,
    /// Its words without punctuation at the end.
    pub text: Wording,
    /// Its letters.
    pub letters: Vec<LetterRule>,
}

/// Is a letter under an item.
#[derive(Clone, Debug)]
pub struct LetterRule {
    /// Its own id; `None`: its number in the file.
    pub id: Option<Spanned<String>>,
    /// Its words without punctuation at the end.
    pub text: Wording,
}

/// Reads `provisions.yaml`: the preamble's paragraphs with their ids, and the chapters.
pub(super) fn read(node: &Node, findings: &mut Findings) -> (Vec<(Spanned<String>, Wording)>, Vec<ChapterRule>) {
    let (mut preamble, mut chapters) = (Vec::new(), Vec::new());
    if let Some(mut f) = Fields::new(node, "provisions.yaml", findings) {
        for node in f.list("preamble", findings) {
            if let Some(mut p) = Fields::new(node, "preamble", findings) {
                let id = p.required_id("id", findings);
                let text = p.required_text("text", findings);
                p.finish(findings);
                if let (Some(id), Some(text)) = (id, text) {
                    preamble.push((id, Wording::parse(&text, findings)));
                }
            }
        }
        if let Some(node) = f.node("sections") {
            // A bylaw without chapters: one that is not printed.
            let sections = f.list("sections", findings).into_iter().filter_map(|n| section(n, findings)).collect();
            let id = Spanned::new(UNDIVIDED.to_string(), node.span);
            let title = Wording { pieces: Vec::new(), span: node.span };
            chapters.push(ChapterRule { id, number: String::new(), title, sections });
            if let Some(span) = f.key_span("chapters") {
                report!(findings, Code::WrongShape, span, expected = "chapters eller sections", found = "begge");
                f.allow(&["chapters"]);
            }
        } else {
            for node in f.required_list("chapters", findings) {
                chapters.extend(chapter(node, findings));
            }
        }
        f.finish(findings);
    }
    (preamble, chapters)
}

fn chapter(node: &Node, findings: &mut Findings) -> Option<ChapterRule> {
    let mut f = Fields::new(node, "chapter", findings)?;
    let id = f.required_id("id", findings);
    let number = f.text("number", findings).map(|s| s.value).unwrap_or_default();
    let title = f.text("title", findings).map(|t| Wording::parse(&t, findings));
    let mut sections = Vec::new();
    for node in f.list("sections", findings) {
        sections.extend(section(node, findings));
    }
    f.finish(findings);
    let title = title.unwrap_or(Wording { pieces: Vec::new(), span: node.span });
    Some(ChapterRule { id: id?, number, title, sections })
}

pub(super) fn section(node: &Node, findings: &mut Findings) -> Option<SectionRule> {
    let mut f = Fields::new(node, "section", findings)?;
    let id = f.required_id("id", findings);
    let number = f.text("number", findings).unwrap_or(Spanned::new(String::new(), node.span));
    let heading = f.text("heading", findings).map(|t| Wording::parse(&t, findings));
    let mut subsections = Vec::new();
    let nodes = match remit(&mut f, findings) {
        Some(remit) => {
            let (text, formula) = formula(&mut f, &remit, findings);
            let span = text.span;
            subsections.push(SubsectionRule { id: None, text, formula, blocks: vec![SubBlock::Remit(remit)], span });
            f.list("subsections", findings)
        }
        None => f.required_list("subsections", findings),
    };
    for node in nodes {
        subsections.extend(subsection(node, findings));
    }
    f.finish(findings);
    Some(SectionRule { id: id?, number, heading, subsections })
}

/// Reads `remit: teknik` and `group: drift`.
fn remit(f: &mut Fields<'_>, findings: &mut Findings) -> Option<RemitRule> {
    let committee = f.id("remit", findings)?;
    let group = f.id("group", findings).map(|g| g.value);
    Some(RemitRule { committee, group })
}

/// Reads what a template writes a remit's lead from.
fn formula(f: &mut Fields<'_>, remit: &RemitRule, findings: &mut Findings) -> (Wording, Option<FormulaRule>) {
    let span = remit.committee.span;
    let name = f.text("formula", findings).unwrap_or(Spanned::new("herunder".into(), span));
    let field = f.text("field", findings).map(|t| Wording::parse(&t, findings));
    let formula = FormulaRule { committee: remit.committee.clone(), name };
    (field.unwrap_or(Wording { pieces: Vec::new(), span }), Some(formula))
}

pub(super) fn subsection(node: &Node, findings: &mut Findings) -> Option<SubsectionRule> {
    let mut f = Fields::new(node, "subsection", findings)?;
    let id = f.id("id", findings);
    let mut blocks = Vec::new();
    // Whose lead a template writes has a remit and no text of its own.
    let by_formula = if f.has("text") { None } else { remit(&mut f, findings) };
    let (text, formula) = match &by_formula {
        Some(remit) => {
            let (text, formula) = formula(&mut f, remit, findings);
            (Some(text), formula)
        }
        None => (f.required_text("text", findings).map(|t| Wording::parse(&t, findings)), None),
    };
    lists(&mut f, &mut blocks, findings);
    for node in f.list("then", findings) {
        if let Some(mut t) = Fields::new(node, "then", findings) {
            if let Some(text) = t.text("text", findings) {
                blocks.push(SubBlock::Text(Wording::parse(&text, findings)));
            }
            lists(&mut t, &mut blocks, findings);
            t.finish(findings);
        }
    }
    f.finish(findings);
    Some(SubsectionRule { id, text: text?, formula, blocks, span: node.span })
}

/// Reads the lists of one block; several are one list in print.
fn lists(f: &mut Fields<'_>, blocks: &mut Vec<SubBlock>, findings: &mut Findings) {
    if let Some(node) = f.node("committees") {
        blocks.extend(listed(node, findings));
    }
    blocks.extend(remit(f, findings).map(SubBlock::Remit));
    let points: Vec<PointRule> = f.list("points", findings).into_iter().filter_map(|n| point(n, findings)).collect();
    if !points.is_empty() {
        blocks.push(SubBlock::Points(points));
    }
}

/// Reads `stående`, `alle` or `{which: stående, form: indefinite}`.
fn listed(node: &Node, findings: &mut Findings) -> Option<SubBlock> {
    let words = [("stående", ListedCommittees::Standing), ("alle", ListedCommittees::All)];
    let known = |text: &Spanned<String>, findings: &mut Findings| {
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, which)| *which);
        if found.is_none() {
            let (value, allowed) = (&text.value, "stående | alle");
            report!(findings, Code::BadValue, text.span, key = "committees", value = value, allowed = allowed);
        }
        found
    };
    if !matches!(node.value, Value::Map(_)) {
        let text = text_of(node, "committees", findings)?;
        return Some(SubBlock::Committees(known(&text, findings)?, NameForm::Definite, false));
    }
    let mut f = Fields::new(node, "committees", findings)?;
    let which = f.required_text("which", findings).and_then(|t| known(&t, findings));
    let mut form = (NameForm::Definite, false);
    if let Some(text) = f.text("form", findings) {
        match NameForm::parse(&text.value) {
            Some(found) => form = found,
            None => {
                let allowed = NameForm::ALL.map(|(s, _)| s).join(" | ");
                report!(findings, Code::BadValue, text.span, key = "form", value = text.value, allowed = allowed);
            }
        }
    }
    f.finish(findings);
    Some(SubBlock::Committees(which?, form.0, form.1))
}

pub(super) fn point(node: &Node, findings: &mut Findings) -> Option<PointRule> {
    let mut f = Fields::new(node, "point", findings)?;
    let id = f.id("id", findings);
    let text = f.required_text("text", findings).map(|t| Wording::parse(&t, findings));
    let letters = f.list("letters", findings).into_iter().filter_map(|n| letter(n, findings)).collect();
    f.finish(findings);
    Some(PointRule { id, text: text?, letters })
}

pub(super) fn letter(node: &Node, findings: &mut Findings) -> Option<LetterRule> {
    let mut f = Fields::new(node, "letter", findings)?;
    let id = f.id("id", findings);
    let text = f.required_text("text", findings).map(|t| Wording::parse(&t, findings));
    f.finish(findings);
    Some(LetterRule { id, text: text? })
}
