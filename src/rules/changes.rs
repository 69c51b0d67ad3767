//! `changes/*.yaml` and `amendments/*.yaml`: what is moved, renamed, written anew and promised.

use super::provisions::{self, LetterRule, PointRule, SectionRule, SubsectionRule};
use super::read::{Fields, date_of, text_of};
use super::tasks::{self, OwnerRule};
use super::wording::Wording;
use crate::diag::{Code, Findings};
use crate::report;
use crate::source::yaml::{Node, Value};
use crate::source::{Span, Spanned};
use jiff::civil::Date;

/// Is a condition that must be met before something takes effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its id.
    pub id: String,
    /// The condition in words.
    pub text: String,
}

/// Says when something takes effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// On a day.
    On(Date),
    /// On a day at the latest: counts as that day until somebody decides an earlier one.
    Latest(Date),
    /// Towards a year: no date.
    Towards(i64),
    /// When a condition is met: no date.
    When(Condition),
    /// On a day that was decided later: the day, and what held until then.
    Decided(Date, Box<Effect>),
}

impl Effect {
    /// Returns the day it counts as, if it has one.
    pub fn date(&self) -> Option<Date> {
        match self {
            Effect::On(date) | Effect::Latest(date) | Effect::Decided(date, _) => Some(*date),
            Effect::Towards(_) | Effect::When(_) => None,
        }
    }

    /// Returns what held before a day was decided.
    pub fn undecided(&self) -> &Effect {
        match self {
            Effect::Decided(_, before) => before,
            other => other,
        }
    }

    /// Says whether somebody must still decide or something happen before the day is known.
    pub fn is_pending(&self) -> bool {
        !matches!(self, Effect::On(_) | Effect::Decided(..))
    }
}

/// Says when an obligation is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// On a day.
    On(Date),
    /// A time after a change took effect.
    After {
        /// `3 years`, `6 months`.
        period: String,
        /// The change's id.
        anchor: Spanned<String>,
    },
    /// The agreement names no time.
    Open,
}

/// Is something the agreement promises that is no text in the bylaw.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// Its id.
    pub id: Spanned<String>,
    /// Its kind.
    pub what: Spanned<String>,
    /// What it is about.
    pub subject: String,
    /// Who must do it.
    pub by: Spanned<String>,
    /// Who receives it.
    pub to: String,
    /// When.
    pub due: Due,
    /// How often after that.
    pub every: String,
    /// The clauses it rests on.
    pub basis: Vec<Spanned<String>>,
}

/// Is a committee's change of name.
#[derive(Clone, Debug)]
pub struct RenameRule {
    /// The committee.
    pub committee: Spanned<String>,
    /// The name it has just before.
    pub from: Spanned<String>,
    /// The name it gets.
    pub to: Spanned<String>,
    /// The clauses it rests on, if not the file's.
    pub basis: Vec<Spanned<String>>,
    /// Where it is written.
    pub span: Span,
}

/// Is the transitional provision that a transfer brings.
#[derive(Clone, Debug)]
pub struct TransitionRule {
    /// The own id of the stk.
    pub id: Spanned<String>,
    /// Its words while the transfer has no date.
    pub undated: Option<Wording>,
    /// Its words when the transfer is later than the rest, on a day that is fixed.
    pub dated: Option<Wording>,
    /// Its words when it is later on a day at the latest; those of a fixed day where there are none.
    pub latest: Option<Wording>,
    /// Where it is written.
    pub span: Span,
}

/// Is a transfer of parts from an owner to another.
#[derive(Clone, Debug)]
pub struct TransferRule {
    /// The task.
    pub task: Spanned<String>,
    /// The parts; empty for all.
    pub parts: Vec<Spanned<String>>,
    /// Who must own them just before.
    pub from: Vec<Spanned<OwnerRule>>,
    /// Who gets them.
    pub to: Spanned<OwnerRule>,
    /// The task after which the item is placed.
    pub after: Option<Spanned<String>>,
    /// When, if not as the file says.
    pub effect: Option<Spanned<Effect>>,
    /// The clauses it rests on, if not the file's.
    pub basis: Vec<Spanned<String>>,
    /// Its transitional provision.
    pub transition: Option<TransitionRule>,
    /// Where it is written.
    pub span: Span,
}

/// Is new wording for a provision that stays.
#[derive(Clone, Debug, Default)]
pub struct Amend {
    /// Its text.
    pub text: Option<Wording>,
    /// Its heading.
    pub heading: Option<Wording>,
    /// The field of a remit.
    pub field: Option<Wording>,
    /// The formula of a remit.
    pub formula: Option<Spanned<String>>,
}

/// Says where something is inserted.
#[derive(Clone, Debug)]
pub struct Place {
    /// Before, behind or inside.
    pub anchor: Anchor,
    /// The node.
    pub node: Spanned<String>,
}

/// Says on which side of a node something is inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Just after the node, as its sibling.
    After,
    /// As the node's first child.
    FirstIn,
    /// As the node's last child.
    LastIn,
}

/// Is what is inserted.
#[derive(Clone, Debug)]
pub enum Inserted {
    /// A §.
    Section(Box<SectionRule>),
    /// A stk.
    Subsection(Box<SubsectionRule>),
    /// An item.
    Point(PointRule),
    /// A letter.
    Letter(LetterRule),
}

/// Is an operation on a provision.
#[derive(Clone, Debug)]
pub struct ProvisionOp {
    /// What is done.
    pub what: ProvisionChange,
    /// When, if not as the file says.
    pub effect: Option<Spanned<Effect>>,
    /// The clauses it rests on, if not the file's.
    pub basis: Vec<Spanned<String>>,
    /// Where it is written.
    pub span: Span,
}

/// Is what is done to a provision.
#[derive(Clone, Debug)]
pub enum ProvisionChange {
    /// It reads otherwise.
    Amend(Spanned<String>, Box<Amend>),
    /// Something new.
    Insert(Place, Inserted),
    /// It is gone.
    Repeal(Spanned<String>),
}

/// Says what became of an amendment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// vedtaget
    Adopted,
    /// forkastet
    Rejected,
    /// bortfaldet
    Lapsed,
    /// åben
    Open,
}

/// Is what an amendment says more than a change.
#[derive(Clone, Debug)]
pub struct AmendmentInfo {
    /// Who moved it.
    pub mover: String,
    /// What became of it.
    pub decision: Decision,
    /// The amendments of which at most one can be adopted together with this one.
    pub alternatives: Vec<Spanned<String>>,
    /// Whether it is an example of this project.
    pub example: bool,
}

/// Is one file of changes.
#[derive(Clone, Debug)]
pub struct ChangeRule {
    /// Its id.
    pub id: Spanned<String>,
    /// Its title.
    pub title: String,
    /// The area of the agreement.
    pub area: Option<Spanned<i64>>,
    /// The clauses it rests on.
    pub basis: Vec<Spanned<String>>,
    /// When it takes effect; `None` for a file of obligations only.
    pub effect: Option<Spanned<Effect>>,
    /// Whether anything is said of when it takes effect, even something that cannot be read.
    pub effect_said: bool,
    /// For readers of the rules.
    pub note: String,
    /// Changes of name.
    pub renames: Vec<RenameRule>,
    /// Transfers.
    pub transfers: Vec<TransferRule>,
    /// Operations on provisions.
    pub provisions: Vec<ProvisionOp>,
    /// Obligations.
    pub obligations: Vec<Obligation>,
    /// Set for an amendment moved between the readings.
    pub amendment: Option<AmendmentInfo>,
    /// Set for what the council has adopted: an index into [`super::Ruleset::editions`].
    pub edition: Option<usize>,
    /// The path of the file.
    pub path: String,
    /// Where the file begins.
    pub span: Span,
}

/// Lists the kinds of obligations.
pub const OBLIGATION_KINDS: [&str; 9] = [
    "evaluering",
    "kommissorium",
    "funktionsbeskrivelse",
    "fremdriftsrapport",
    "plan",
    "sag",
    "drøftelse",
    "samarbejde",
    "data",
];

pub(super) fn read(node: &Node, path: &str, is_amendment: bool, findings: &mut Findings) -> Option<ChangeRule> {
    let mut f = Fields::new(node, if is_amendment { "amendment" } else { "change" }, findings)?;
    let id = f.required_id("id", findings);
    let title = f.required_text("title", findings);
    let area = f.int("area", findings);
    let basis = f.texts("basis", findings);
    let effect_said = f.has("effect");
    let effect = f.node("effect").and_then(|n| effect(n, findings));
    let note = f.text("note", findings).map(|s| s.value).unwrap_or_default();
    let amendment = if is_amendment { amendment(&mut f, findings) } else { None };
    let renames = f.list("renames", findings).into_iter().filter_map(|n| rename(n, findings)).collect();
    let transfers = f.list("transfers", findings).into_iter().flat_map(|n| transfer(n, findings)).collect();
    let provisions = f.list("provisions", findings).into_iter().filter_map(|n| provision(n, findings)).collect();
    let obligations = f.list("obligations", findings).into_iter().filter_map(|n| obligation(n, findings)).collect();
    f.finish(findings);
    Some(ChangeRule {
        id: id?,
        title: title?.value,
        area,
        basis,
        effect,
        effect_said,
        note,
        renames,
        transfers,
        provisions,
        obligations,
        amendment,
        edition: None,
        path: path.to_string(),
        span: node.span,
    })
}

fn amendment(f: &mut Fields<'_>, findings: &mut Findings) -> Option<AmendmentInfo> {
    let mover = f.required_text("mover", findings);
    let words = [
        ("vedtaget", Decision::Adopted),
        ("forkastet", Decision::Rejected),
        ("bortfaldet", Decision::Lapsed),
        ("åben", Decision::Open),
    ];
    let decision = f.required_choice("decision", &words, findings);
    let alternatives = f.texts("alternatives", findings);
    let example = f.bool("example", findings).is_some_and(|b| b.value);
    Some(AmendmentInfo { mover: mover?.value, decision: decision?.value, alternatives, example })
}

/// Reads `2026-01-01`, `{latest: …}`, `{towards: 2027}` or `{when: {condition: …, text: …}}`.
pub(super) fn effect(node: &Node, findings: &mut Findings) -> Option<Spanned<Effect>> {
    if !matches!(node.value, Value::Map(_)) {
        let date = date_of(node, "effect", findings)?;
        return Some(Spanned::new(Effect::On(date.value), node.span));
    }
    let mut f = Fields::new(node, "effect", findings)?;
    if let Some(number) = f.int("reading", findings) {
        // That of a reading which is there has become its day already.
        report!(findings, Code::BadValue, number.span, key = "reading", value = number.value, allowed = "1, 2");
        return None;
    }
    let latest = f.date("latest", findings).map(|d| Effect::Latest(d.value));
    let towards = f.int("towards", findings).map(|y| Effect::Towards(y.value));
    let mut when = None;
    if let Some(mut w) = f.node("when").and_then(|n| Fields::new(n, "when", findings)) {
        let id = w.required_id("condition", findings);
        let text = w.required_text("text", findings);
        w.finish(findings);
        when = id.zip(text).map(|(id, text)| Effect::When(Condition { id: id.value, text: text.value }));
    }
    let decided = f.date("decided", findings);
    f.finish(findings);
    let mut found: Vec<Effect> = [latest, towards, when].into_iter().flatten().collect();
    if found.len() > 1 {
        report!(findings, Code::BadValue, node.span, key = "effect", reason = "one-effect");
    }
    let effect = found.pop();
    if let Some(day) = decided {
        let (reason, good) = match &effect {
            None => ("decided-alone", false),
            Some(Effect::Latest(last)) => ("decided-too-late", day.value <= *last),
            Some(_) => ("", true),
        };
        if !good {
            report!(findings, Code::BadValue, day.span, key = "decided", value = day.value, reason = reason);
            return None;
        }
        return effect.map(|e| Spanned::new(Effect::Decided(day.value, Box::new(e)), node.span));
    }
    effect.map(|e| Spanned::new(e, node.span))
}

fn rename(node: &Node, findings: &mut Findings) -> Option<RenameRule> {
    let mut f = Fields::new(node, "rename", findings)?;
    let committee = f.required_text("committee", findings);
    let from = f.required_text("from", findings);
    let to = f.required_text("to", findings);
    let basis = f.texts("basis", findings);
    f.finish(findings);
    Some(RenameRule { committee: committee?, from: from?, to: to?, basis, span: node.span })
}

/// Reads a transfer; one with `tasks` is as many as it names.
fn transfer(node: &Node, findings: &mut Findings) -> Vec<TransferRule> {
    let Some(mut f) = Fields::new(node, "transfer", findings) else { return Vec::new() };
    let (mut tasks, mut parts) = (f.ids("tasks", findings), Vec::new());
    if !f.has("tasks") {
        tasks.extend(f.required_text("task", findings));
        parts = f.texts("parts", findings);
    }
    let mut from = Vec::new();
    if let Some(node) = f.required_node("from", findings) {
        match &node.value {
            Value::Seq(nodes) => from.extend(nodes.iter().filter_map(|n| tasks::owner(n, findings))),
            _ => from.extend(tasks::owner(node, findings)),
        }
    }
    let to = f.required_node("to", findings).and_then(|n| tasks::owner(n, findings));
    let after = f.text("after", findings);
    let effect = f.node("effect").and_then(|n| effect(n, findings));
    let basis = f.texts("basis", findings);
    let transition = f.node("transition").and_then(|n| transition(n, findings));
    f.finish(findings);
    let Some(to) = to.filter(|_| !from.is_empty()) else { return Vec::new() };
    let mut out: Vec<TransferRule> = Vec::new();
    for task in tasks {
        // Each of several comes after the one before, so that they keep their order.
        let after = out.last().map(|last| last.task.clone()).filter(|_| after.is_some()).or_else(|| after.clone());
        let span = if out.is_empty() { node.span } else { task.span };
        let transition = transition.clone().filter(|_| out.is_empty());
        let (parts, from, to, effect, basis) = (parts.clone(), from.clone(), to.clone(), effect.clone(), basis.clone());
        out.push(TransferRule { task, parts, from, to, after, effect, basis, transition, span });
    }
    out
}

fn transition(node: &Node, findings: &mut Findings) -> Option<TransitionRule> {
    let mut f = Fields::new(node, "transition", findings)?;
    let id = f.required_id("id", findings);
    let undated = f.text("undated", findings).map(|t| Wording::parse(&t, findings));
    let dated = f.text("dated", findings).map(|t| Wording::parse(&t, findings));
    let latest = f.text("latest", findings).map(|t| Wording::parse(&t, findings));
    f.finish(findings);
    Some(TransitionRule { id: id?, undated, dated, latest, span: node.span })
}

fn provision(node: &Node, findings: &mut Findings) -> Option<ProvisionOp> {
    let mut outer = Fields::new(node, "provision", findings)?;
    let (amend, insert, repeal) = (outer.node("amend"), outer.node("insert"), outer.node("repeal"));
    outer.finish(findings);
    let (inner, what) = match (amend, insert, repeal) {
        (Some(n), None, None) => (n, "amend"),
        (None, Some(n), None) => (n, "insert"),
        (None, None, Some(n)) => (n, "repeal"),
        _ => {
            report!(findings, Code::WrongShape, node.span, expected = "@one-operation");
            return None;
        }
    };
    let mut f = Fields::new(inner, what, findings)?;
    let change = match what {
        "amend" => {
            let id = f.required_text("id", findings);
            let mut read = |key| f.text(key, findings).map(|t| Wording::parse(&t, findings));
            let (text, heading, field) = (read("text"), read("heading"), read("field"));
            let formula = f.text("formula", findings);
            if id.is_some() && !["text", "heading", "field", "formula"].iter().any(|key| f.has(key)) {
                report!(findings, Code::MissingKey, f.head(), key = "text", name = "@operation");
            }
            id.map(|id| ProvisionChange::Amend(id, Box::new(Amend { text, heading, field, formula })))
        }
        "repeal" => f.required_text("id", findings).map(ProvisionChange::Repeal),
        _ => insertion(&mut f, inner.span, findings),
    };
    let effect = f.node("effect").and_then(|n| effect(n, findings));
    let basis = f.texts("basis", findings);
    f.finish(findings);
    Some(ProvisionOp { what: change?, effect, basis, span: inner.span })
}

fn insertion(f: &mut Fields<'_>, span: Span, findings: &mut Findings) -> Option<ProvisionChange> {
    let mut places = Vec::new();
    for (key, anchor) in [("after", Anchor::After), ("first_in", Anchor::FirstIn), ("last_in", Anchor::LastIn)] {
        places.extend(f.text(key, findings).map(|node| Place { anchor, node }));
    }
    let section = f.node("section").and_then(|n| provisions::section(n, findings));
    let subsection = f.node("subsection").and_then(|n| provisions::subsection(n, findings));
    let point = f.node("point").and_then(|n| provisions::point(n, findings));
    let letter = f.node("letter").and_then(|n| provisions::letter(n, findings));
    let mut new: Vec<Inserted> = Vec::new();
    new.extend(section.map(|s| Inserted::Section(Box::new(s))));
    new.extend(subsection.map(|s| Inserted::Subsection(Box::new(s))));
    new.extend(point.map(Inserted::Point));
    new.extend(letter.map(Inserted::Letter));
    if places.len() != 1 || new.len() != 1 {
        report!(findings, Code::WrongShape, span, expected = "@place-and-thing");
        return None;
    }
    Some(ProvisionChange::Insert(places.pop()?, new.pop()?))
}

fn obligation(node: &Node, findings: &mut Findings) -> Option<Obligation> {
    let mut f = Fields::new(node, "obligation", findings)?;
    let id = f.required_id("id", findings);
    let kinds = OBLIGATION_KINDS.map(|k| (k, k.to_string()));
    let what = f.required_choice("what", &kinds, findings);
    let subject = f.required_text("subject", findings);
    let by = f.required_text("by", findings);
    let to = f.text("to", findings).map(|s| s.value).unwrap_or_else(|| "open".into());
    let mut every = String::new();
    let due = match f.node("due") {
        Some(n) if matches!(n.value, Value::Map(_)) => due(n, &mut every, findings),
        Some(n) => match text_of(n, "due", findings) {
            Some(t) if t.value == "open" => Some(Due::Open),
            _ => date_of(n, "due", findings).map(|d| Due::On(d.value)),
        },
        None => Some(Due::Open),
    };
    let basis = f.texts("basis", findings);
    f.finish(findings);
    Some(Obligation { id: id?, what: what?, subject: subject?.value, by: by?, to, due: due?, every, basis })
}

fn due(node: &Node, every: &mut String, findings: &mut Findings) -> Option<Due> {
    let mut f = Fields::new(node, "due", findings)?;
    let on = f.date("on", findings).map(|d| Due::On(d.value));
    let mut after = None;
    if let Some(mut a) = f.node("after").and_then(|n| Fields::new(n, "after", findings)) {
        let period = a.required_text("period", findings);
        let anchor = a.required_text("anchor", findings);
        a.finish(findings);
        if let Some(period) = period.as_ref().filter(|p| !is_period(&p.value)) {
            report!(
                findings,
                Code::BadValue,
                period.span,
                key = "period",
                value = period.value,
                allowed = "»3 years«, »6 months«, »2 weeks«, »14 days«"
            );
        }
        after = period.zip(anchor).map(|(p, anchor)| Due::After { period: p.value, anchor });
    }
    if let Some(text) = f.text("every", findings) {
        if !is_period(&text.value) {
            let allowed = "»4 years«, »6 months«";
            report!(findings, Code::BadValue, text.span, key = "every", value = text.value, allowed = allowed);
        }
        *every = text.value;
    }
    f.finish(findings);
    Some(on.or(after).unwrap_or(Due::Open))
}

/// Says whether a text is a time such as `3 years` or `1 month`.
fn is_period(text: &str) -> bool {
    let units = ["year", "years", "month", "months", "week", "weeks", "day", "days"];
    text.split_once(' ').is_some_and(|(n, unit)| n.parse::<u16>().is_ok_and(|n| n > 0) && units.contains(&unit))
}
