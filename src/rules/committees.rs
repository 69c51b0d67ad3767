//! `committees.yaml`: the committees with every form of their names, and the bodies that own nothing.

use super::read::Fields;
use super::wording::NameForm;
use crate::diag::Findings;
use crate::source::yaml::Node;
use crate::source::{Span, Spanned};

/// Says what kind of committee it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitteeKind {
    /// The økonomiudvalg.
    Finance,
    /// A standing committee.
    Standing,
}

/// Is a name in its three forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameForms {
    /// Socialudvalget
    pub definite: Spanned<String>,
    /// socialudvalg
    pub indefinite: Option<Spanned<String>>,
    /// Socialudvalgets
    pub genitive: Option<Spanned<String>>,
}

/// Is everything that is called by one name of a committee.
#[derive(Clone, Debug)]
pub struct NameSet {
    /// Its id, by which a renaming points at it.
    pub id: Spanned<String>,
    /// The committee.
    pub committee: NameForms,
    /// The administration it is responsible for.
    pub administration: Option<NameForms>,
    /// The title of its head: a mayor or a chair.
    pub head: Option<NameForms>,
    /// The committee's abbreviation.
    pub abbreviation: Option<Spanned<String>>,
    /// The administration's abbreviation.
    pub administration_abbreviation: Option<Spanned<String>>,
    /// Which of the names are this project's assumption.
    pub assumed: Vec<Spanned<String>>,
}

impl NameSet {
    /// Returns a form of the name with the place it is written, if the set has it.
    pub fn form(&self, form: NameForm) -> Option<&Spanned<String>> {
        match form {
            NameForm::Definite => Some(&self.committee.definite),
            NameForm::Indefinite => self.committee.indefinite.as_ref(),
            NameForm::Genitive => self.committee.genitive.as_ref(),
            NameForm::Administration => self.administration.as_ref().map(|n| &n.definite),
            NameForm::AdministrationGenitive => self.administration.as_ref().and_then(|n| n.genitive.as_ref()),
            NameForm::Head => self.head.as_ref().map(|n| &n.definite),
            NameForm::HeadIndefinite => self.head.as_ref().and_then(|n| n.indefinite.as_ref()),
            NameForm::HeadGenitive => self.head.as_ref().and_then(|n| n.genitive.as_ref()),
            NameForm::Abbreviation => self.abbreviation.as_ref(),
            NameForm::AdministrationAbbreviation => self.administration_abbreviation.as_ref(),
        }
    }
}

/// Says of whom the økonomiudvalg consists.
#[derive(Clone, Copy, Debug)]
pub struct Composition {
    /// The council's chair: 1 when it is the chair by birth.
    pub council_chair: i64,
    /// Chairs of standing committees.
    pub chairs: i64,
    /// Members elected besides.
    pub elected: i64,
    /// Where it is said.
    pub span: Span,
}

/// Is a committee.
#[derive(Clone, Debug)]
pub struct Committee {
    /// Its permanent id.
    pub id: Spanned<String>,
    /// What kind.
    pub kind: CommitteeKind,
    /// How many members it has.
    pub members: Spanned<i64>,
    /// Of whom the økonomiudvalg consists.
    pub composition: Option<Composition>,
    /// Its names; the first is in force.
    pub names: Vec<NameSet>,
    /// The change that creates it; `None`: it exists today.
    pub created_by: Option<Spanned<String>>,
    /// The change that abolishes it.
    pub abolished_by: Option<Spanned<String>>,
}

/// Is a § 17, stk. 4 committee, a board or a task force: never an owner of tasks.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Spanned<String>,
    /// How many members it has, where that is known.
    pub members: Option<Spanned<i64>>,
    /// The change that creates it.
    pub created_by: Option<Spanned<String>>,
    /// The change that abolishes it.
    pub abolished_by: Option<Spanned<String>>,
    /// What is assumed about it.
    pub assumption: String,
}

/// Holds what `committees.yaml` says: committees, § 17, stk. 4 committees, other bodies.
pub(super) fn read(node: &Node, findings: &mut Findings) -> (Vec<Committee>, Vec<Body>, Vec<Body>) {
    let (mut committees, mut special, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(mut f) = Fields::new(node, "committees.yaml", findings) {
        for node in f.list("committees", findings) {
            committees.extend(committee(node, findings));
        }
        for node in f.list("special_committees", findings) {
            special.extend(body(node, findings));
        }
        for node in f.list("bodies", findings) {
            bodies.extend(body(node, findings));
        }
        f.finish(findings);
    }
    (committees, special, bodies)
}

fn committee(node: &Node, findings: &mut Findings) -> Option<Committee> {
    let mut f = Fields::new(node, "committee", findings)?;
    let id = f.required_id("id", findings);
    let kinds = [("økonomiudvalg", CommitteeKind::Finance), ("stående", CommitteeKind::Standing)];
    let kind = f.required_choice("kind", &kinds, findings);
    let members = f.required_int("members", findings);
    let mut composition = None;
    if let Some(node) = f.node("composition")
        && let Some(mut c) = Fields::new(node, "composition", findings)
    {
        let count = |v: Option<Spanned<i64>>| v.map_or(0, |v| v.value);
        composition = Some(Composition {
            council_chair: count(c.int("council_chair", findings)),
            chairs: count(c.int("chairs", findings)),
            elected: count(c.int("elected", findings)),
            span: node.span,
        });
        c.finish(findings);
    }
    let mut names = Vec::new();
    for node in f.required_list("names", findings) {
        names.extend(name_set(node, findings));
    }
    let created_by = f.text("created_by", findings);
    let abolished_by = f.text("abolished_by", findings);
    f.finish(findings);
    if names.is_empty() {
        return None;
    }
    Some(Committee { id: id?, kind: kind?.value, members: members?, composition, names, created_by, abolished_by })
}

fn name_set(node: &Node, findings: &mut Findings) -> Option<NameSet> {
    let mut f = Fields::new(node, "name", findings)?;
    let id = f.required_id("id", findings);
    let committee = f.required_node("committee", findings).and_then(|n| forms(n, findings));
    let administration = f.node("administration").and_then(|n| forms(n, findings));
    let head = f.node("head").and_then(|n| forms(n, findings));
    let (mut abbreviation, mut administration_abbreviation) = (None, None);
    if let Some(mut a) = f.node("abbreviations").and_then(|n| Fields::new(n, "abbreviations", findings)) {
        abbreviation = a.text("committee", findings);
        administration_abbreviation = a.text("administration", findings);
        a.finish(findings);
    }
    let assumed = f.texts("assumed", findings);
    f.finish(findings);
    Some(NameSet {
        id: id?,
        committee: committee?,
        administration,
        head,
        abbreviation,
        administration_abbreviation,
        assumed,
    })
}

fn forms(node: &Node, findings: &mut Findings) -> Option<NameForms> {
    let mut f = Fields::new(node, "name forms", findings)?;
    let definite = f.required_text("definite", findings);
    let indefinite = f.text("indefinite", findings);
    let genitive = f.text("genitive", findings);
    f.finish(findings);
    Some(NameForms { definite: definite?, indefinite, genitive })
}

fn body(node: &Node, findings: &mut Findings) -> Option<Body> {
    let mut f = Fields::new(node, "body", findings)?;
    let id = f.required_id("id", findings);
    let name = f.required_text("name", findings);
    let members = f.int("members", findings);
    let created_by = f.text("created_by", findings);
    let abolished_by = f.text("abolished_by", findings);
    let assumption = f.text("assumption", findings).map(|s| s.value).unwrap_or_default();
    f.finish(findings);
    Some(Body { id: id?, name: name?, members, created_by, abolished_by, assumption })
}
