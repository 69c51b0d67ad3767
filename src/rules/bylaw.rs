//! `bylaw.yaml`: title, council, form of government, lists, acts and approvals.

use super::read::Fields;
use super::wording::Wording;
use crate::diag::{Code, Findings};
use crate::document::number::Marker;
use crate::lang::danish;
use crate::report;
use crate::source::yaml::{Node, Value};
use crate::source::{Span, Spanned};
use jiff::civil::Date;

/// Says which form of government the city has; it selects the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// § 65 and § 64 a: the chairs of the standing committees sit in the økonomiudvalg and lead each its administration.
    Mellemformstyre,
    /// The ordinary form: one mayor leads the administration, the committees govern at once.
    Udvalgsstyre,
    /// § 64: a magistrate.
    Magistrat,
}

/// Says between which bounds the council's size must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouncilSize {
    /// 9–31
    Ordinary,
    /// 19–31
    Over20000,
    /// up to 55
    Copenhagen,
}

/// Says how the items of a list are punctuated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// Commas, "og" before the last, a period.
    Chain,
    /// Commas and a period.
    Comma,
    /// A capital and a period each.
    Sentences,
}

/// Says what happens to the numbers of §§ when one comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// A repealed § leaves a gap, a new one is "7 a".
    Keep,
    /// §§ are numbered through.
    Renumber,
}

/// Is another act that the text may cite.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its id in placeholders.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Says how far an approval by the ministry has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApprovalStatus {
    /// None is known.
    Missing,
    /// Applied for.
    Applied,
    /// Given.
    Given,
}

impl ApprovalStatus {
    /// Returns the word used in the rules and the documents.
    pub fn word(self) -> &'static str {
        match self {
            ApprovalStatus::Missing => "mangler",
            ApprovalStatus::Applied => "søgt",
            ApprovalStatus::Given => "givet",
        }
    }
}

/// Dates the text in force: adoption and effect are two things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// Its own words, `senest ændret den 4. maj 2023`; empty to have them made from the dates.
    pub label: String,
    /// The day the council adopted it.
    pub adopted: Option<Date>,
    /// The day from which it is in force.
    pub in_force: Option<Date>,
}

impl Edition {
    /// Returns how the text is dated, empty when nothing is known.
    pub fn words(&self) -> String {
        if !self.label.is_empty() {
            return self.label.clone();
        }
        let adopted = self.adopted.map(|d| format!("vedtaget {}", danish::den(d)));
        let in_force = self.in_force.map(|d| format!("i kraft {}", danish::den(d)));
        adopted.into_iter().chain(in_force).collect::<Vec<_>>().join(", ")
    }
}

/// Is an approval that provisions rest on (§ 65 c, stk. 2).
#[derive(Clone, Debug)]
pub struct Approval {
    /// Its id.
    pub id: Spanned<String>,
    /// The paragraph it is given under.
    pub basis: String,
    /// What it is about.
    pub subject: String,
    /// The provisions that rest on it (node ids).
    pub provisions: Vec<Spanned<String>>,
    /// How far it has come.
    pub status: ApprovalStatus,
    /// The period it covers.
    pub period: String,
}

/// Holds what `bylaw.yaml` says.
#[derive(Clone, Debug)]
pub struct BylawRules {
    /// The bylaw's title.
    pub title: Wording,
    /// The municipality's name.
    pub municipality: String,
    /// Its genitive.
    pub municipality_genitive: String,
    /// The council's name.
    pub council: String,
    /// Its genitive.
    pub council_genitive: String,
    /// How many members it has.
    pub members: Spanned<i64>,
    /// The bounds of its size.
    pub size: CouncilSize,
    /// The form of government.
    pub form: Form,
    /// Where the form is said.
    pub form_span: Span,
    /// Acts that may be cited.
    pub acts: Vec<Act>,
    /// How lists are punctuated.
    pub list_style: ListStyle,
    /// How lists are marked.
    pub marker: Marker,
    /// What happens to the numbers of §§.
    pub numbering: Numbering,
    /// The day the bylaw itself is dated, by which an instrument cites it: `af 12. juni 1997`.
    pub dated: Option<Date>,
    /// How the text in force is dated.
    pub edition: Edition,
    /// The notice in the frame of every document; empty for none.
    pub notice: String,
    /// The § to which transitional provisions are added.
    pub transitional: Option<Spanned<String>>,
    /// Approvals.
    pub approvals: Vec<Approval>,
}

pub(super) fn read(node: &Node, findings: &mut Findings) -> Option<BylawRules> {
    let mut f = Fields::new(node, "bylaw.yaml", findings)?;
    let title = f.required_text("title", findings).map(|t| Wording::parse(&t, findings));
    let (mut municipality, mut municipality_genitive) = Default::default();
    if let Some(mut m) =
        f.required_node("municipality", findings).and_then(|n| Fields::new(n, "municipality", findings))
    {
        municipality = m.required_text("name", findings).map(|s| s.value);
        municipality_genitive = m.text("genitive", findings).map(|s| s.value);
        m.finish(findings);
    }
    let mut council = None;
    if let Some(mut c) = f.required_node("council", findings).and_then(|n| Fields::new(n, "council", findings)) {
        let name = c.required_text("name", findings);
        let genitive = c.text("genitive", findings);
        let members = c.required_int("members", findings);
        let sizes = [
            ("almindelig", CouncilSize::Ordinary),
            ("over-20000", CouncilSize::Over20000),
            ("københavn", CouncilSize::Copenhagen),
        ];
        let size = c.choice("size", &sizes, findings).map_or(CouncilSize::Ordinary, |s| s.value);
        c.finish(findings);
        council = name.zip(members).map(|(n, m)| (n.value, genitive.map(|g| g.value), m, size));
    }
    let forms = [
        ("mellemformstyre", Form::Mellemformstyre),
        ("udvalgsstyre", Form::Udvalgsstyre),
        ("magistrat", Form::Magistrat),
    ];
    let form = f.required_choice("form", &forms, findings);
    let mut acts = Vec::new();
    if let Some(map) = f.node("acts") {
        let Value::Map(entries) = &map.value else {
            report!(findings, Code::WrongShape, map.span, key = "acts", expected = "mapping", found = map.shape());
            return None;
        };
        for entry in entries {
            if let Some(mut a) = Fields::new(&entry.value, "act", findings) {
                if let Some(name) = a.required_text("name", findings) {
                    acts.push(Act { id: entry.key.clone(), name: name.value });
                }
                a.finish(findings);
            }
        }
    }
    let (mut list_style, mut marker) = (ListStyle::Chain, Marker::Number);
    if let Some(mut l) = f.node("lists").and_then(|n| Fields::new(n, "lists", findings)) {
        let styles =
            [("kæde", ListStyle::Chain), ("komma", ListStyle::Comma), ("punktopstilling", ListStyle::Sentences)];
        if let Some(s) = l.choice("style", &styles, findings) {
            list_style = s.value;
        }
        if let Some(m) = l.text("marker", findings) {
            match Marker::parse(&m.value) {
                Some(found) => marker = found,
                None => {
                    report!(
                        findings,
                        Code::BadValue,
                        m.span,
                        key = "marker",
                        value = m.value,
                        allowed = "»1)«, »–«, »•«"
                    )
                }
            }
        }
        l.finish(findings);
    }
    let habits = [("keep", Numbering::Keep), ("renumber", Numbering::Renumber)];
    let numbering = f.choice("numbering", &habits, findings).map_or(Numbering::Keep, |n| n.value);
    let dated = f.date("dated", findings).map(|d| d.value);
    let mut edition = Edition::default();
    if let Some(mut e) = f.node("edition").and_then(|n| Fields::new(n, "edition", findings)) {
        edition.label = e.text("label", findings).map(|s| s.value).unwrap_or_default();
        edition.adopted = e.date("adopted", findings).map(|d| d.value);
        edition.in_force = e.date("in_force", findings).map(|d| d.value);
        e.finish(findings);
    }
    let notice = f.text("notice", findings).map(|s| s.value).unwrap_or_default();
    let transitional = f.text("transitional", findings);
    let mut approvals = Vec::new();
    for node in f.list("approvals", findings) {
        approvals.extend(approval(node, findings));
    }
    f.finish(findings);
    let (council, council_genitive, members, size) = council?;
    let municipality: String = municipality?;
    let form = form?;
    Some(BylawRules {
        title: title?,
        municipality_genitive: municipality_genitive.unwrap_or_else(|| format!("{municipality}s")),
        municipality,
        council_genitive: council_genitive.unwrap_or_else(|| format!("{council}s")),
        council,
        members,
        size,
        form: form.value,
        form_span: form.span,
        acts,
        list_style,
        marker,
        numbering,
        dated,
        edition,
        notice,
        transitional,
        approvals,
    })
}

fn approval(node: &Node, findings: &mut Findings) -> Option<Approval> {
    let mut f = Fields::new(node, "approval", findings)?;
    let id = f.required_id("id", findings);
    let basis = f.required_text("basis", findings);
    let subject = f.required_text("subject", findings);
    let provisions = f.texts("provisions", findings);
    let words =
        [("mangler", ApprovalStatus::Missing), ("søgt", ApprovalStatus::Applied), ("givet", ApprovalStatus::Given)];
    let status = f.required_choice("status", &words, findings);
    let period = f.text("period", findings);
    f.finish(findings);
    Some(Approval {
        id: id?,
        basis: basis?.value,
        subject: subject?.value,
        provisions,
        status: status?.value,
        period: period.map(|p| p.value).unwrap_or_default(),
    })
}
