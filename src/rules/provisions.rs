//! `provisions.yaml`: chapters and §§, the text that is not a task list.

use super::read::Fields;
use super::wording::Wording;
use crate::diag::Findings;
use crate::source::yaml::Node;
use crate::source::{Span, Spanned};

/// Says which committees a list made from `committees.yaml` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListedCommittees {
    /// The standing ones.
    Standing,
    /// All, the økonomiudvalg first.
    All,
}

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
    /// The committee whose task list is its stk. 1.
    pub remit: Option<Spanned<String>>,
    /// The template of the remit's lead.
    pub formula: Option<Spanned<String>>,
    /// The words the remit's lead is filled with.
    pub field: Option<Wording>,
    /// Its stk. (after the task list, in a remit).
    pub subsections: Vec<SubsectionRule>,
}

/// Is a stk.
#[derive(Clone, Debug)]
pub struct SubsectionRule {
    /// Its own id, without the §'s; `None`: its number in the file.
    pub id: Option<Spanned<String>>,
    /// Its first paragraph.
    pub text: Wording,
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
    /// A list of committees.
    Committees(ListedCommittees),
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
        for node in f.required_list("chapters", findings) {
            chapters.extend(chapter(node, findings));
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
    let remit = f.text("remit", findings);
    let formula = f.text("formula", findings);
    let field = f.text("field", findings).map(|t| Wording::parse(&t, findings));
    let mut subsections = Vec::new();
    let nodes =
        if remit.is_some() { f.list("subsections", findings) } else { f.required_list("subsections", findings) };
    for node in nodes {
        subsections.extend(subsection(node, findings));
    }
    f.finish(findings);
    Some(SectionRule { id: id?, number, heading, remit, formula, field, subsections })
}

pub(super) fn subsection(node: &Node, findings: &mut Findings) -> Option<SubsectionRule> {
    let mut f = Fields::new(node, "subsection", findings)?;
    let id = f.id("id", findings);
    let text = f.required_text("text", findings).map(|t| Wording::parse(&t, findings));
    let mut blocks = Vec::new();
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
    Some(SubsectionRule { id, text: text?, blocks, span: node.span })
}

fn lists(f: &mut Fields<'_>, blocks: &mut Vec<SubBlock>, findings: &mut Findings) {
    let which = [("stående", ListedCommittees::Standing), ("alle", ListedCommittees::All)];
    if let Some(c) = f.choice("committees", &which, findings) {
        blocks.push(SubBlock::Committees(c.value));
    }
    let points: Vec<PointRule> = f.list("points", findings).into_iter().filter_map(|n| point(n, findings)).collect();
    if !points.is_empty() {
        blocks.push(SubBlock::Points(points));
    }
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
