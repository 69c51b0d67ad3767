//! What the templates of the papers see (docs/templates.md): plain words, nothing decided here but what belongs together.

use super::follow::{Consequence, consequences, obligations};
use super::moves::{Move, MovedTask, Stays, moves, when};
use super::names::Names;
use crate::diff::{Change, ChangeKind, Class, Redline};
use crate::document::{Bylaw, NodeId};
use crate::lang::danish;
use crate::model::{Model, OpWhat};
use crate::output::describe::{Describer, effect_line, operations};
use crate::render::view::{ChangeInfo, ObligationView, QuestionView, TraceDoc};
use crate::rules::{ChangeRule, CommitteeKind, Decision, ReadingRule};
use serde::Serialize;
use std::collections::BTreeMap;

/// Is all that a template sees.
#[derive(Serialize)]
pub struct Context {
    /// The municipality.
    pub municipality: String,
    /// `Københavns Kommunes`
    pub municipality_genitive: String,
    /// The bylaw's title.
    pub bylaw: String,
    /// The council.
    pub council: String,
    /// `Borgerrepræsentationens`
    pub council_genitive: String,
    /// The økonomiudvalg.
    pub finance: CommitteeNames,
    /// The reading.
    pub reading: Reading,
    /// Both readings.
    pub readings: Vec<Reading>,
    /// From when the changes hold: a sentence without its period.
    pub effect: String,
    /// The agreement; nothing where there is none.
    pub agreement: Option<AgreementView>,
    /// The changes, in the order of their files.
    pub changes: Vec<ChangeView>,
    /// The amendments that were adopted before this reading.
    pub adopted: Vec<AmendmentView>,
    /// The other amendments that were moved: rejected, lapsed or undecided.
    pub fallen: Vec<AmendmentView>,
    /// Approvals by the ministry.
    pub approvals: Vec<ApprovalView>,
    /// Questions the agreement leaves open.
    pub questions: Vec<QuestionView>,
    /// What is assumed.
    pub assumptions: Vec<Assumption>,
    /// The obligations that have a date, in its order.
    pub dated: Vec<ObligationView>,
    /// The obligations that have none.
    pub undated: Vec<ObligationView>,
    /// What is to move and has no date.
    pub pending: Vec<Move>,
    /// Other documents that must follow.
    pub documents: Vec<Consequence>,
    /// The term that the bylaw prepares; nothing where none is named.
    pub term: Option<TermView>,
    /// The documents in the folder.
    pub attachments: Vec<Attachment>,
    /// Whether anything moves between owners.
    pub moving: bool,
    /// The change that a plan is for; nothing in other papers.
    pub change: Option<PlanView>,
}

/// Is what a committee and its administration are called.
#[derive(Clone, Default, Serialize)]
pub struct CommitteeNames {
    /// Its name.
    pub committee: String,
    /// Its genitive.
    pub genitive: String,
    /// Its administration; the committee's name where it has none.
    pub administration: String,
}

/// Is a reading.
#[derive(Clone, Serialize)]
pub struct Reading {
    /// 1 or 2.
    pub number: i64,
    /// `den 6. november 2025`
    pub date: String,
    /// Whether the day is only planned.
    pub planned: bool,
}

/// Is the agreement.
#[derive(Serialize)]
pub struct AgreementView {
    /// Its title.
    pub title: String,
    /// `7. maj 2025`; empty where it has no date.
    pub date: String,
    /// Who made it.
    pub parties: Vec<String>,
    /// What it says of money.
    pub finance: Vec<ClauseView>,
    /// What it says of how all this is to be carried out.
    pub process: Vec<ClauseView>,
}

/// Is a clause.
#[derive(Clone, Serialize)]
pub struct ClauseView {
    /// Its number.
    pub id: String,
    /// Its kind: `aim`, `transfer`, `timing`, …
    pub kind: String,
    /// Its words.
    pub text: String,
}

/// Is a file of changes.
#[derive(Clone, Serialize)]
pub struct ChangeView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The area of the agreement; nothing where there is none.
    pub area: Option<i64>,
    /// The scenario the area refers to; may be empty.
    pub scenario: String,
    /// From when; empty for a file that says none.
    pub when: String,
    /// What moves and has a date.
    pub moves: Vec<Move>,
    /// What is to move and has no date.
    pub pending: Vec<Move>,
    /// The same, what waits for one thing together.
    pub waiting: Vec<Phase>,
    /// New names.
    pub renames: Vec<RenameView>,
    /// Provisions that are inserted, amended or repealed.
    pub provisions: Vec<ProvisionView>,
    /// Committees that come or go.
    pub committees: Vec<String>,
    /// What is promised.
    pub obligations: Vec<ObligationView>,
    /// The agreement's clauses in this area.
    pub clauses: Vec<ClauseView>,
    /// What the rules' authors noted.
    pub note: String,
}

/// Is a new name.
#[derive(Clone, Serialize)]
pub struct RenameView {
    /// The name before.
    pub from: String,
    /// The name after; the same where only the abbreviation changes.
    pub to: String,
    /// The administration after; may be empty.
    pub administration: String,
    /// `TMU`; may be empty.
    pub abbreviation_from: String,
    /// `KTU`; may be empty.
    pub abbreviation_to: String,
}

/// Is a provision that changes.
#[derive(Clone, Serialize)]
pub struct ProvisionView {
    /// `insert`, `amend` or `repeal`.
    pub what: &'static str,
    /// Where: `§ 15, stk. 4`.
    pub place: String,
    /// The same where a verb follows: `§ 15, stk. 4,`.
    pub closed: String,
    /// The rubric of its §; may be empty.
    pub heading: String,
    /// The words before; empty for what is new.
    pub before: String,
    /// The words after; empty for what is gone.
    pub after: String,
}

/// Is an amendment.
#[derive(Clone, Serialize)]
pub struct AmendmentView {
    /// Its title.
    pub title: String,
    /// Who moved it.
    pub mover: String,
    /// `vedtaget`, `forkastet`, `bortfaldet` or `åben`.
    pub decision: &'static str,
    /// Whether it is an example of the project.
    pub example: bool,
    /// What it changes, where it was adopted.
    pub change: Option<ChangeView>,
}

/// Is an approval.
#[derive(Clone, Serialize)]
pub struct ApprovalView {
    /// `§ 65 c, stk. 2`
    pub basis: String,
    /// What it is about.
    pub subject: String,
    /// `mangler`, `søgt` or `givet`.
    pub status: &'static str,
    /// The period.
    pub period: String,
    /// The provisions that rest on it: `§ 26`.
    pub places: Vec<String>,
}

/// Is something that is assumed.
#[derive(Clone, Serialize)]
pub struct Assumption {
    /// What it concerns.
    pub about: String,
    /// What is assumed.
    pub text: String,
}

/// Is the term.
#[derive(Serialize)]
pub struct TermView {
    /// Its first day.
    pub begins: String,
    /// The day of the constituting meeting.
    pub constituting_meeting: String,
    /// Whether that day is only planned.
    pub planned: bool,
}

/// Is a document in the folder.
#[derive(Clone, Serialize)]
pub struct Attachment {
    /// What it is.
    pub title: String,
    /// The file.
    pub file: String,
}

/// Is a change as its plan tells it.
#[derive(Clone, Serialize)]
pub struct PlanView {
    /// The same as in `changes`.
    #[serde(flatten)]
    pub view: ChangeView,
    /// The administrations that give.
    pub givers: Vec<String>,
    /// The administrations that receive.
    pub receivers: Vec<String>,
    /// Both.
    pub parties: Vec<String>,
    /// What moves on each day, one phase after another; what has no date comes last.
    pub phases: Vec<Phase>,
    /// What does not move along, and who has it.
    pub stays: Vec<Stays>,
    /// Approvals that a provision of the change rests on.
    pub approvals: Vec<ApprovalView>,
    /// Other changes that concern the same tasks.
    pub interfaces: Vec<Interface>,
    /// Open questions about it.
    pub questions: Vec<QuestionView>,
    /// What is assumed about its tasks.
    pub assumptions: Vec<Assumption>,
    /// Other documents that must follow from it.
    pub documents: Vec<Consequence>,
    /// The transitional provisions: their words.
    pub transitions: Vec<ProvisionView>,
}

/// Is a phase of a plan.
#[derive(Clone, Serialize)]
pub struct Phase {
    /// When: `den 1. januar 2026`.
    pub when: String,
    /// Whether it has a date.
    pub dated: bool,
    /// What moves.
    pub moves: Vec<Move>,
}

/// Is another change that concerns a task that moves.
#[derive(Clone, Serialize)]
pub struct Interface {
    /// The task.
    pub task: String,
    /// The other change's title.
    pub change: String,
    /// When it moves on or away by that.
    pub when: String,
}

/// Collects what the templates see for a reading.
pub struct Maker<'a> {
    /// The names.
    pub names: &'a Names<'a>,
    /// The reading.
    pub reading: &'a ReadingRule,
    /// What changes in the text.
    pub redline: &'a Redline,
    /// What is said of each change.
    pub infos: &'a [ChangeInfo],
    /// Tells of changes.
    pub describer: &'a Describer<'a>,
}

impl Maker<'_> {
    fn model(&self) -> &Model {
        self.names.model
    }

    /// Makes the context, without a plan's own part.
    pub fn context(&self, attachments: Vec<Attachment>) -> (Context, Vec<Move>) {
        let (model, number) = (self.model(), self.reading.number.value);
        let rules = &model.rules;
        let ownership = model.ownership(number, &mut Default::default());
        let all = moves(model, &ownership, self.names);
        let obligations = obligations(model, number, self.names);
        let adopted = model.amendments(number);
        let provisions = self.provisions();
        let view = |file: &ChangeRule, i: usize| self.change(file, i, &all, &obligations, &provisions);
        let counted = |file: &ChangeRule| file.amendment.is_none();
        let changes = rules.changes.iter().enumerate().filter(|(_, f)| counted(f)).map(|(i, f)| view(f, i)).collect();
        let amendments = rules.changes.iter().enumerate().filter_map(|(i, file)| {
            let info = file.amendment.as_ref()?;
            Some(AmendmentView {
                title: file.title.clone(),
                mover: info.mover.clone(),
                decision: decision(info.decision),
                example: info.example,
                change: adopted.contains(file.id.value.as_str()).then(|| view(file, i)),
            })
        });
        // What was moved for a later reading is not yet told.
        let (adopted, fallen): (Vec<_>, Vec<_>) = amendments.partition(|a| a.change.is_some());
        let fallen = if number == model.last_reading() { fallen } else { Vec::new() };
        let reservations = self.describer.reservations();
        let assumptions = reservations.assumptions.into_iter().map(|a| Assumption { about: a.id, text: a.text });
        let (dated, undated) = obligations.into_iter().partition(|o| o.date.is_some());
        let context = Context {
            municipality: rules.bylaw.municipality.clone(),
            municipality_genitive: rules.bylaw.municipality_genitive.clone(),
            bylaw: self.names.plain.words(&rules.bylaw.title),
            council: rules.bylaw.council.clone(),
            council_genitive: rules.bylaw.council_genitive.clone(),
            finance: self.finance(),
            reading: reading(self.reading),
            readings: rules.readings.iter().map(reading).collect(),
            effect: effect_line(model, number),
            agreement: self.agreement(),
            changes,
            adopted,
            fallen,
            approvals: self.approvals(),
            questions: reservations.questions.into_iter().filter(|q| self.matters(q)).collect(),
            assumptions: assumptions.collect(),
            documents: consequences(model, number, &all, self.names),
            pending: all.iter().filter(|m| !m.dated).cloned().collect(),
            dated,
            undated,
            term: rules.term.as_ref().map(|t| TermView {
                begins: danish::den(t.begins.value),
                constituting_meeting: danish::den(t.constituting_meeting.value),
                planned: t.planned,
            }),
            attachments,
            moving: !all.is_empty(),
            change: None,
        };
        (context, all)
    }

    /// Says whether a question is about more than who made the agreement, which the trace tells.
    fn matters(&self, question: &QuestionView) -> bool {
        let agreement = &self.model().rules.agreement;
        let kinds: Vec<&str> =
            question.clauses.iter().filter_map(|c| agreement.clause(c)).map(|c| c.kind.value.as_str()).collect();
        kinds.is_empty() || kinds.iter().any(|k| *k != "party")
    }

    fn finance(&self) -> CommitteeNames {
        let committee = self.model().rules.committees.iter().find(|c| c.kind == CommitteeKind::Finance);
        let Some(committee) = committee else { return CommitteeNames::default() };
        let id = &committee.id.value;
        let genitive = self.names.set(id).and_then(|n| n.committee.genitive.as_ref()).map(|g| g.value.clone());
        let name = self.names.committee(id);
        CommitteeNames {
            genitive: genitive.unwrap_or_else(|| format!("{name}s")),
            administration: self.names.administration(id),
            committee: name,
        }
    }

    fn agreement(&self) -> Option<AgreementView> {
        let agreement = &self.model().rules.agreement;
        let clauses = |kind: &str| {
            let found = agreement.clauses.iter().filter(|c| c.area.is_none() && c.kind.value == kind);
            found.map(|c| clause(&c.id.value, kind, &c.text)).collect()
        };
        (!agreement.clauses.is_empty()).then(|| AgreementView {
            title: agreement.title.clone(),
            date: agreement.dated.map(danish::date).unwrap_or_default(),
            parties: agreement.parties.clone(),
            finance: clauses("finance"),
            process: clauses("process"),
        })
    }

    fn approvals(&self) -> Vec<ApprovalView> {
        let bylaw = &self.names.new.bylaw;
        let view = |a: &crate::rules::Approval| ApprovalView {
            basis: a.basis.clone(),
            subject: a.subject.clone(),
            status: a.status.word(),
            period: a.period.clone(),
            places: a.provisions.iter().filter_map(|p| place(bylaw, &p.value)).collect(),
        };
        self.model().rules.bylaw.approvals.iter().map(view).collect()
    }

    fn change(
        &self,
        file: &ChangeRule,
        index: usize,
        all: &[Move],
        obligations: &[ObligationView],
        provisions: &BTreeMap<usize, Vec<ProvisionView>>,
    ) -> ChangeView {
        let rules = &self.model().rules;
        let area = file.area.as_ref().map(|a| a.value);
        let mine =
            |dated: bool| all.iter().filter(|m| m.change == file.id.value && m.dated == dated).cloned().collect();
        let clauses = rules.agreement.clauses.iter().filter(|c| area.is_some() && c.area == area);
        let pending: Vec<Move> = mine(false);
        ChangeView {
            id: file.id.value.clone(),
            title: file.title.clone(),
            area,
            scenario: rules
                .agreement
                .areas
                .iter()
                .find(|a| Some(a.number.value) == area)
                .map(|a| a.scenario.clone())
                .unwrap_or_default(),
            when: file.effect.as_ref().map(|e| when(&e.value)).unwrap_or_default(),
            moves: mine(true),
            waiting: phases(pending.iter()),
            pending,
            renames: self.renames(file),
            provisions: provisions.get(&index).cloned().unwrap_or_default(),
            committees: self.committees(index),
            obligations: obligations.iter().filter(|o| o.rule == file.id.value).cloned().collect(),
            clauses: clauses.map(|c| clause(&c.id.value, &c.kind.value, &c.text)).collect(),
            note: file.note.clone(),
        }
    }

    fn renames(&self, file: &ChangeRule) -> Vec<RenameView> {
        let view = |rename: &crate::rules::RenameRule| {
            let committee = self.model().committee(&rename.committee.value)?;
            let find = |name: &str| committee.names.iter().find(|n| n.id.value == name);
            let (from, to) = (find(&rename.from.value)?, find(&rename.to.value)?);
            let text =
                |t: &Option<crate::source::Spanned<String>>| t.as_ref().map(|t| t.value.clone()).unwrap_or_default();
            Some(RenameView {
                from: from.committee.definite.value.clone(),
                to: to.committee.definite.value.clone(),
                administration: to.administration.as_ref().map(|a| a.definite.value.clone()).unwrap_or_default(),
                abbreviation_from: text(&from.abbreviation),
                abbreviation_to: text(&to.abbreviation),
            })
        };
        file.renames.iter().filter_map(view).collect()
    }

    /// Says which committees come and go by a file.
    fn committees(&self, index: usize) -> Vec<String> {
        let name = |i: usize| self.model().rules.committees.get(i).map(|c| self.names.committee(&c.id.value));
        let ops = self.model().operations.iter().filter(|op| op.change == index);
        ops.filter_map(|op| match op.what {
            OpWhat::Create(i) => Some(format!("{} oprettes {}", name(i)?, when(&op.effect))),
            OpWhat::Abolish(i) => Some(format!("{} nedlægges {}", name(i)?, when(&op.effect))),
            _ => None,
        })
        .collect()
    }

    /// Collects the provisions that change, by the file that changes them; what merely moves is told as a move.
    fn provisions(&self) -> BTreeMap<usize, Vec<ProvisionView>> {
        let trace = TraceDoc::new(Default::default(), self.redline, self.infos, Vec::new());
        let mut out: BTreeMap<usize, Vec<ProvisionView>> = BTreeMap::new();
        for (change, row) in self.redline.changes.iter().zip(trace.rows) {
            if change.class != Class::Substance {
                continue;
            }
            let ops = change.causes.iter().flat_map(operations).filter_map(|id| self.model().operation(id));
            let ops = ops.filter(|op| matches!(op.what, OpWhat::Provision(_) | OpWhat::Transition(..)));
            let mut files: Vec<usize> = ops.map(|op| op.change).collect();
            files.sort_unstable();
            files.dedup();
            let (what, at) = match change.kind {
                ChangeKind::Insert => ("insert", &row.new),
                ChangeKind::Delete => ("repeal", &row.old),
                _ => ("amend", &row.new),
            };
            for (i, file) in files.iter().enumerate() {
                out.entry(*file).or_default().push(ProvisionView {
                    // What one file inserts, the next one writes anew.
                    what: if i == 0 { what } else { "amend" },
                    place: at.clone(),
                    closed: if at.contains(", ") { format!("{at},") } else { at.clone() },
                    heading: self.heading(change),
                    before: row.before.replace('\n', " "),
                    after: row.after.replace('\n', " "),
                });
            }
        }
        out
    }

    /// Returns the rubric of the § a change stands in.
    fn heading(&self, change: &Change) -> String {
        let sides = [(&self.names.new.bylaw, &change.new), (&self.names.old.bylaw, &change.old)];
        let found = sides.into_iter().find_map(|(bylaw, side)| {
            let number = side.as_ref()?.section.as_ref()?;
            let mut sections = bylaw.chapters.iter().flat_map(|c| &c.sections);
            sections.find(|s| s.number == *number)?.heading.as_ref().map(|h| h.to_plain())
        });
        found.unwrap_or_default()
    }

    /// Finds what other changes move of the same parts; of a change that moves none of them, what rests on a clause
    /// that both rest on.
    fn interfaces(&self, view: &ChangeView, own: &[&Move], all: &[Move], clauses: &[&str]) -> Vec<Interface> {
        let mine: Vec<&MovedTask> = own.iter().flat_map(|m| &m.tasks).collect();
        let same = |t: &MovedTask| mine.iter().any(|m| m.id == t.id && m.parts.iter().any(|p| t.parts.contains(p)));
        let rests = |t: &MovedTask| {
            let shared = |c: &String| clauses.contains(&c.as_str()) || mine.iter().any(|m| m.clauses.contains(c));
            t.clauses.iter().any(shared)
        };
        let mut out = Vec::new();
        for other in all.iter().filter(|m| m.change != view.id) {
            let theirs = || all.iter().filter(|m| m.change == other.change).flat_map(|m| &m.tasks);
            let parts = theirs().any(same);
            for task in other.tasks.iter().filter(|t| if parts { same(t) } else { rests(t) }) {
                let change = self.model().change(&other.change).map(|c| c.title.clone()).unwrap_or_default();
                let words = format!("{}: fra {} til {}", task.words, other.from, other.to);
                out.push(Interface { task: words, change, when: other.when.clone() });
            }
        }
        out
    }

    /// Makes what only a plan sees of its change.
    pub fn plan(&self, context: &Context, view: &ChangeView, all: &[Move]) -> PlanView {
        let own: Vec<&Move> = view.moves.iter().chain(&view.pending).collect();
        let mut givers: Vec<String> = Vec::new();
        let mut receivers: Vec<String> = Vec::new();
        for moved in &own {
            push_new(&mut givers, moved.from_administration.clone());
            push_new(&mut receivers, moved.to_administration.clone());
        }
        let mut parties = givers.clone();
        receivers.iter().for_each(|r| push_new(&mut parties, r.clone()));
        let tasks: Vec<&str> = own.iter().flat_map(|m| &m.tasks).map(|t| t.id.as_str()).collect();
        let clauses: Vec<&str> = view.clauses.iter().map(|c| c.id.as_str()).collect();
        let interfaces = self.interfaces(view, &own, all, &clauses);
        let questions = context.questions.iter().filter(|q| q.clauses.iter().any(|c| clauses.contains(&c.as_str())));
        let rules = &self.model().rules;
        let assumed = rules.tasks.iter().filter(|t| tasks.contains(&t.id.value.as_str()) && !t.assumption.is_empty());
        let mine: Vec<Move> = own.iter().map(|m| (*m).clone()).collect();
        let documents = consequences(self.model(), self.reading.number.value, &mine, self.names);
        let documents = documents
            .into_iter()
            .filter_map(|mut d| {
                // A new name belongs to the change that gives it.
                d.items.retain(|i| i.moves);
                (!d.items.is_empty()).then_some(d)
            })
            .collect();
        let section = rules.bylaw.transitional.as_ref().and_then(|t| place(&self.names.new.bylaw, &t.value));
        let transitions = view.provisions.iter().filter(|p| {
            section.as_ref().is_some_and(|s| {
                p.what == "insert" && p.place.strip_prefix(s.as_str()).is_some_and(|r| r.starts_with(','))
            })
        });
        let mut stays: Vec<Stays> = Vec::new();
        for part in own.iter().flat_map(|m| &m.tasks).flat_map(|t| &t.stays) {
            if !stays.contains(part) {
                stays.push(part.clone());
            }
        }
        let touches = |place: &String| {
            let within =
                |p: &str| p.strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(','));
            view.provisions.iter().any(|p| within(&p.place))
        };
        let approvals = context.approvals.iter().filter(|a| a.places.iter().any(touches));
        PlanView {
            givers,
            receivers,
            phases: phases(own.iter().copied()),
            parties,
            stays,
            approvals: approvals.cloned().collect(),
            interfaces,
            questions: questions.cloned().collect(),
            assumptions: assumed
                .map(|t| Assumption { about: self.names.plain.task(t), text: t.assumption.clone() })
                .collect(),
            documents,
            transitions: transitions.cloned().collect(),
            view: view.clone(),
        }
    }
}

impl Context {
    /// Returns the changes that move tasks, each of which has a plan.
    pub fn moved(&self) -> Vec<ChangeView> {
        let adopted = self.adopted.iter().filter_map(|a| a.change.as_ref());
        self.changes.iter().chain(adopted).filter(|v| !v.moves.is_empty() || !v.pending.is_empty()).cloned().collect()
    }
}

/// Puts what moves on one day together, earliest first, what has no date last.
fn phases<'a>(moves: impl Iterator<Item = &'a Move>) -> Vec<Phase> {
    let mut sorted: Vec<&Move> = moves.collect();
    sorted.sort_by_key(|m| (m.date.is_none(), m.date));
    let mut out: Vec<Phase> = Vec::new();
    for moved in sorted {
        match out.iter_mut().find(|p| p.when == moved.when) {
            Some(phase) => phase.moves.push(moved.clone()),
            None => out.push(Phase { when: moved.when.clone(), dated: moved.dated, moves: vec![moved.clone()] }),
        }
    }
    out
}

fn clause(id: &str, kind: &str, text: &str) -> ClauseView {
    ClauseView { id: id.to_string(), kind: kind.to_string(), text: text.to_string() }
}

fn reading(rule: &ReadingRule) -> Reading {
    Reading { number: rule.number.value, date: danish::den(rule.date.value), planned: rule.planned }
}

fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Adopted => "vedtaget",
        Decision::Rejected => "forkastet",
        Decision::Lapsed => "bortfaldet",
        Decision::Open => "åben",
    }
}

/// Returns the place of a § by its id.
fn place(bylaw: &Bylaw, id: &str) -> Option<String> {
    let mut sections = bylaw.chapters.iter().flat_map(|c| &c.sections);
    sections.find(|s| s.id == NodeId::new(id)).map(|s| format!("§ {}", s.number))
}

fn push_new(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}
