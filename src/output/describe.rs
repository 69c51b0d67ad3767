//! What a reader is told of each change: why, on which clauses, from when, and whom it touches.

use crate::compile::Compiled;
use crate::diff::{Cause, Change, Redline};
use crate::document::{NodeId, OpId, OriginKind};
use crate::lang::danish;
use crate::model::{Model, NodeKind, OpWhat, Operation};
use crate::render::frame::{DocumentDate, Frame};
use crate::render::view::{
    AdministrationInfo, AreaInfo, ChangeInfo, ClauseRef, ClauseView, QuestionView, Reservations, RuleRef,
};
use crate::rules::{ApprovalStatus, ChangeRule, Due, Effect, Obligation, OwnerRule, ReadingRule, TransferRule};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Returns an effect in words: `1. januar 2026`, `senest 1. august 2026`, `frem mod 2027`.
pub fn effect_words(effect: &Effect) -> String {
    match effect {
        Effect::On(date) => danish::date(*date),
        Effect::Latest(date) => format!("senest {}", danish::date(*date)),
        Effect::Towards(year) => format!("frem mod {year}"),
        Effect::When(condition) => condition.text.clone(),
        Effect::Decided(date, _) => danish::date(*date),
    }
}

/// Returns the operations of a cause.
pub fn operations(cause: &Cause) -> Vec<OpId> {
    match cause {
        Cause::Clause(op) | Cause::Amendment(op) => vec![*op],
        Cause::Consequence(ops) => ops.clone(),
        Cause::Unknown => Vec::new(),
    }
}

/// Describes the changes between two versions.
pub struct Describer<'a> {
    model: &'a Model,
    old: &'a Compiled,
    new: &'a Compiled,
    main: Option<Date>,
    /// The committee whose remit a § is.
    remits: BTreeMap<NodeId, String>,
}

impl<'a> Describer<'a> {
    /// Prepares for two versions.
    pub fn new(model: &'a Model, old: &'a Compiled, new: &'a Compiled) -> Describer<'a> {
        let mut remits = BTreeMap::new();
        for compiled in [old, new] {
            compiled.state.walk(&mut |node| {
                if node.kind != NodeKind::Section {
                    return;
                }
                node.walk(&mut |inner| {
                    if let NodeKind::Tasks(committee, _) = &inner.kind {
                        remits.insert(NodeId::new(&node.id), committee.clone());
                    }
                });
            });
        }
        let main = model.main_day(model.last_reading());
        Describer { model, old, new, main, remits }
    }

    /// Describes every change of a redline, in its order.
    pub fn infos(&self, redline: &Redline) -> Vec<ChangeInfo> {
        redline.changes.iter().map(|change| self.info(redline, change)).collect()
    }

    fn info(&self, redline: &Redline, change: &Change) -> ChangeInfo {
        let ops: BTreeSet<OpId> = change.causes.iter().flat_map(operations).collect();
        let follows = change.class.is_consequence();
        let (mut rules, mut clauses, mut titles, mut effects) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut committees, mut areas) = (BTreeSet::new(), BTreeSet::new());
        let mut later = None;
        for id in &ops {
            let (Some(op), Some(file)) = (self.model.operation(*id), self.model.change_of(*id)) else { continue };
            push_new(&mut titles, self.title(file));
            push_new(&mut rules, self.rule(op, file));
            areas.extend(file.area.as_ref().map(|area| self.area(area.value)));
            for clause in self.clauses(op, file) {
                push_new(&mut clauses, clause);
            }
            if !follows {
                committees.extend(self.touched(op));
            }
            push_new(&mut effects, effect_words(&op.effect));
            if let (Some(date), Some(main)) = (op.effect.date(), self.main)
                && date != main
            {
                let words = match op.effect {
                    Effect::Latest(_) => format!("senest fra {}", danish::date(date)),
                    _ => format!("fra {}", danish::date(date)),
                };
                later = later.max(Some((date, words)));
            }
        }
        committees.extend(self.places(redline, change));
        let order: Vec<String> = self
            .model
            .rules
            .committees
            .iter()
            .map(|c| c.id.value.clone())
            .filter(|id| committees.contains(id))
            .collect();
        // What a § that shifts follows from is the same for every shift; one line is enough.
        let why = if follows { format!("Følger af: {}", danish::join(&titles)) } else { titles.join("; ") };
        ChangeInfo {
            kind: None,
            why,
            effect: effects.join("; "),
            later: if follows { None } else { later.map(|(_, words)| words) },
            committees: order.iter().map(|id| self.short_name(id)).collect(),
            administrations: order,
            areas: areas.into_iter().collect(),
            rules,
            clauses,
        }
    }

    fn title(&self, file: &ChangeRule) -> String {
        match (&file.amendment, file.area.as_ref()) {
            (Some(info), _) => {
                let example = if info.example { " (eksempel)" } else { "" };
                format!("Ændringsforslag: {}{example}", file.title)
            }
            (None, Some(area)) => format!("Aftalens område {}: {}", area.value, file.title),
            (None, None) => file.title.clone(),
        }
    }

    fn area(&self, number: i64) -> AreaInfo {
        let area = self.model.rules.agreement.areas.iter().find(|a| a.number.value == number);
        AreaInfo { number, title: area.map(|a| a.title.clone()).unwrap_or_default() }
    }

    fn rule(&self, op: &Operation, file: &ChangeRule) -> RuleRef {
        let (line, _) = self.model.rules.sources.line_column(op.span);
        RuleRef { path: format!("{}:{line}", self.model.rules.sources.path(op.span.file)), id: file.id.value.clone() }
    }

    /// Returns the clauses of an operation; an amendment stands on itself, and so does a change without an agreement.
    fn clauses(&self, op: &Operation, file: &ChangeRule) -> Vec<ClauseRef> {
        let mut out: Vec<ClauseRef> = op
            .basis
            .iter()
            .filter_map(|b| self.model.rules.agreement.clause(&b.value))
            .map(|c| ClauseRef { id: c.id.value.clone(), text: c.text.clone() })
            .collect();
        if let Some(info) = &file.amendment {
            let text = format!("{}, stillet af {}", file.title, info.mover);
            out.insert(0, ClauseRef { id: "Ændringsforslag".into(), text });
        } else if self.model.rules.agreement.clauses.is_empty() {
            let text = if file.note.is_empty() { file.title.clone() } else { file.note.clone() };
            out.push(ClauseRef { id: format!("Beslutning »{}«", file.id.value), text });
        }
        out
    }

    /// Returns the committees an operation touches by what it does.
    pub fn touched(&self, op: &Operation) -> Vec<String> {
        match &op.what {
            OpWhat::Rename(rename) => vec![rename.committee.value.clone()],
            OpWhat::Transfer(transfer) => parties(transfer),
            // A transitional provision concerns those between whom its transfer goes.
            OpWhat::Transition(rule, ..) => {
                let file = self.model.rules.changes.get(op.change);
                file.into_iter()
                    .flat_map(|c| &c.transfers)
                    .filter(|t| t.transition.as_ref().is_some_and(|own| own.id.value == rule.id.value))
                    .flat_map(parties)
                    .collect()
            }
            OpWhat::Create(i) | OpWhat::Abolish(i) => {
                self.model.rules.committees.get(*i).map(|c| c.id.value.clone()).into_iter().collect()
            }
            OpWhat::CreateTask(i) | OpWhat::AbolishTask(i) => {
                let parts = self.model.rules.tasks.get(*i).map(|t| t.parts.as_slice()).unwrap_or_default();
                let owners = parts.iter().filter_map(|p| p.owner.as_ref().map(|o| &o.value));
                owners.filter_map(|o| if let OwnerRule::Committee(id) = o { Some(id.clone()) } else { None }).collect()
            }
            OpWhat::Provision(_) => Vec::new(),
        }
    }

    /// Returns the committees whose remit shows a change or whose names stand in its marks.
    fn places(&self, redline: &Redline, change: &Change) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for row in change.rows.iter().filter_map(|i| redline.rows.get(*i)) {
            for side in row.old.iter().chain(&row.new) {
                out.extend(self.remits.get(&side.section).cloned());
            }
            for segment in row.text.iter().filter(|s| s.change.is_some()) {
                if let OriginKind::Name { committee, .. } = &segment.origin.kind {
                    out.insert(committee.clone());
                }
            }
        }
        out
    }

    /// Returns the committee whose remit a § is.
    pub fn remit(&self, section: &NodeId) -> Option<&str> {
        self.remits.get(section).map(String::as_str)
    }

    /// Returns the names of a committee that change: what it is the name of, the old and the new.
    pub fn renamed(&self, id: &str) -> Vec<(&'static str, String, String)> {
        let (old, new) =
            (self.old.state.name_set(self.model, id, false), self.new.state.name_set(self.model, id, false));
        let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
        let form =
            |n: &Option<crate::rules::NameForms>| n.as_ref().map(|n| n.definite.value.clone()).unwrap_or_default();
        let short =
            |n: &Option<crate::source::Spanned<String>>| n.as_ref().map(|n| n.value.clone()).unwrap_or_default();
        let all = [
            ("Udvalget", old.committee.definite.value.clone(), new.committee.definite.value.clone()),
            ("Udvalgets forkortelse", short(&old.abbreviation), short(&new.abbreviation)),
            ("Forvaltningen", form(&old.administration), form(&new.administration)),
            (
                "Forvaltningens forkortelse",
                short(&old.administration_abbreviation),
                short(&new.administration_abbreviation),
            ),
            ("Titlen på udvalgets leder", form(&old.head), form(&new.head)),
        ];
        all.into_iter().filter(|(_, old, new)| old != new && !old.is_empty() && !new.is_empty()).collect()
    }

    /// Returns a committee's name: the new one, or the old if it is gone.
    pub fn name(&self, id: &str) -> String {
        let set = self.new.state.name_set(self.model, id, false);
        set.map_or_else(|| id.to_string(), |n| n.committee.definite.value.clone())
    }

    /// Returns a committee's abbreviation, or its name where it has none.
    fn short_name(&self, id: &str) -> String {
        let set = self.new.state.name_set(self.model, id, false);
        set.and_then(|n| n.abbreviation.as_ref()).map_or_else(|| self.name(id), |a| a.value.clone())
    }

    /// Returns a committee's name in the text in force.
    pub fn old_name(&self, id: &str) -> String {
        let set = self.old.state.name_set(self.model, id, false);
        set.map_or_else(|| id.to_string(), |n| n.committee.definite.value.clone())
    }

    /// Returns the administrations, for the overview and the filter.
    pub fn administrations(&self) -> Vec<AdministrationInfo> {
        self.model
            .rules
            .committees
            .iter()
            .filter_map(|c| {
                let names = self.new.state.name_set(self.model, &c.id.value, false)?;
                let office = names.administration.as_ref().map_or(&names.committee, |a| a);
                let short = names.administration_abbreviation.as_ref().or(names.abbreviation.as_ref());
                Some(AdministrationInfo {
                    id: c.id.value.clone(),
                    name: office.definite.value.clone(),
                    abbreviation: short.map(|s| s.value.clone()).unwrap_or_default(),
                    committee: names.committee.definite.value.clone(),
                })
            })
            .collect()
    }

    /// Returns every clause of the agreement and how it is discharged.
    pub fn clause_views(&self, infos: &[ChangeInfo]) -> Vec<ClauseView> {
        self.model
            .rules
            .agreement
            .clauses
            .iter()
            .map(|clause| {
                let id = &clause.id.value;
                let changes: Vec<usize> = infos
                    .iter()
                    .enumerate()
                    .filter(|(_, info)| info.clauses.iter().any(|c| c.id == *id))
                    .map(|(i, _)| i)
                    .collect();
                ClauseView { id: id.clone(), text: clause.text.clone(), outcome: self.outcome(id, &changes), changes }
            })
            .collect()
    }

    /// Returns what the text rests on without having it in black and white.
    pub fn reservations(&self) -> Reservations {
        let rules = &self.model.rules;
        let questions = rules.agreement.open_questions.iter().map(|q| QuestionView {
            question: q.question.clone(),
            assumed: q.assumed.clone(),
            clauses: q.clauses.iter().map(|c| c.value.clone()).collect(),
        });
        let approvals = rules.bylaw.approvals.iter().filter(|a| a.status != ApprovalStatus::Given).map(|a| {
            let (period, status) = (&a.period, a.status.word());
            format!("Ministeriets godkendelse efter {}, for {period} {status}: {}", a.basis, a.subject)
        });
        let mut assumptions = Vec::new();
        for committee in &rules.committees {
            for set in committee.names.iter().filter(|n| !n.assumed.is_empty()) {
                let forms: Vec<&str> = set
                    .assumed
                    .iter()
                    .map(|a| match a.value.as_str() {
                        "head" => "titlen på udvalgets leder",
                        "administration" => "forvaltningens navn",
                        "abbreviations" => "forkortelserne",
                        _ => "navnet",
                    })
                    .collect();
                let head = set.head.as_ref().filter(|_| set.assumed.iter().any(|a| a.value == "head"));
                let head = head.map(|h| format!(" ({})", h.definite.value)).unwrap_or_default();
                let text = format!("{} er projektets antagelse{head}", danish::join(&forms));
                assumptions.push(ClauseRef { id: set.committee.definite.value.clone(), text });
            }
        }
        for body in rules.special.iter().chain(&rules.bodies).filter(|b| !b.assumption.is_empty()) {
            assumptions.push(ClauseRef { id: body.name.value.clone(), text: body.assumption.clone() });
        }
        let plain = super::plain::Plain::new(self.model, self.new);
        for task in rules.tasks.iter().filter(|t| !t.assumption.is_empty()) {
            assumptions.push(ClauseRef { id: plain.task(task), text: task.assumption.clone() });
        }
        Reservations { questions: questions.collect(), assumptions, approvals: approvals.collect() }
    }

    /// Says what is promised, by whom and when.
    pub fn obligation(&self, obligation: &Obligation) -> String {
        let by = match self.model.committee(&obligation.by.value) {
            Some(committee) => self.name(&committee.id.value),
            None => obligation.by.value.clone(),
        };
        let due = match &obligation.due {
            Due::On(date) => Some(danish::den(*date)),
            Due::After { period, anchor } => {
                let effect = self.model.change(&anchor.value).and_then(|c| c.effect.as_ref());
                let from = effect.map_or_else(String::new, |e| format!(" efter {}", danish_effect(&e.value)));
                Some(format!("{}{from}", duration(period)))
            }
            Due::Open => None,
        };
        let every =
            (!obligation.every.is_empty()).then(|| format!("derefter med {} mellemrum", duration(&obligation.every)));
        let details: Vec<String> = std::iter::once(by).chain(due).chain(every).collect();
        format!("forpligtelse: {} ({})", obligation.subject, details.join(", "))
    }

    fn outcome(&self, clause: &str, changes: &[usize]) -> String {
        let mut out = Vec::new();
        if !changes.is_empty() {
            out.push("ændring af vedtægten".to_string());
        }
        for (_, op) in self.model.live() {
            if op.effect.date().is_none() && op.basis.iter().any(|b| b.value == clause) {
                push_new(&mut out, format!("flytning uden dato ({})", effect_words(&op.effect)));
            }
        }
        for file in &self.model.rules.changes {
            for obligation in &file.obligations {
                let basis = if obligation.basis.is_empty() { &file.basis } else { &obligation.basis };
                if basis.iter().any(|b| b.value == clause) {
                    push_new(&mut out, self.obligation(obligation));
                }
            }
        }
        if let Some(reason) = self.model.rules.agreement.clause(clause).and_then(|c| c.no_effect.as_ref()) {
            out.push(format!("uden virkning for vedtægten: {}", reason.value));
        }
        // What rests on a clause but shows nowhere in this reading (an abbreviation that is not printed) still has its rule.
        if out.is_empty() {
            let op = self.model.operations.iter().find(|op| op.basis.iter().any(|b| b.value == clause));
            if let Some((op, file)) = op.and_then(|op| Some((op, self.model.rules.changes.get(op.change)?))) {
                // A name or an abbreviation need not be printed; anything else that shows nowhere was undone again.
                let undone = !matches!(op.what, OpWhat::Rename(_))
                    && !self.model.amendments(self.new.version.reading).is_empty();
                out.push(if undone {
                    format!("foreslået ved »{}«, men ændret ved et vedtaget ændringsforslag", file.title)
                } else {
                    format!("udført ved »{}« uden ændrede ord i vedtægten", file.title)
                });
            }
        }
        out.join("; ")
    }
}

/// Returns an effect as it stands after a preposition: `den 1. januar 2026`, `senest den 1. august 2026`.
fn danish_effect(effect: &Effect) -> String {
    match effect {
        Effect::On(date) => danish::den(*date),
        Effect::Latest(date) => format!("senest {}", danish::den(*date)),
        other => effect_words(other),
    }
}

/// Returns a period of the rules in Danish: `3 years` is `3 år`, `6 months` is `6 måneder`.
pub fn duration(period: &str) -> String {
    let (count, unit) = period.split_once(' ').unwrap_or((period, ""));
    let unit = match (unit.trim_end_matches('s'), count) {
        ("year", _) => "år",
        ("month", "1") => "måned",
        ("month", _) => "måneder",
        ("week", "1") => "uge",
        ("week", _) => "uger",
        ("day", "1") => "dag",
        ("day", _) => "dage",
        _ => return period.to_string(),
    };
    format!("{count} {unit}")
}

/// Returns the committees between whom a transfer goes.
fn parties(transfer: &TransferRule) -> Vec<String> {
    let owners = transfer.from.iter().chain(std::iter::once(&transfer.to));
    owners
        .filter_map(|o| match &o.value {
            OwnerRule::Committee(id) => Some(id.clone()),
            OwnerRule::Council(_) => None,
        })
        .collect()
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Says how the text in force is dated: by the latest edition that was adopted, else as the rules say.
pub fn edition(model: &Model) -> String {
    let latest = model.rules.editions.last().map(|e| format!("senest ændret {}", danish::den(e.adopted.value)));
    latest.unwrap_or_else(|| model.rules.bylaw.edition.words())
}

/// Returns what stands around a document of a reading.
pub fn frame(model: &Model, reading: Option<&ReadingRule>, kind: &str) -> Frame {
    let bylaw = &model.rules.bylaw;
    let title: String =
        bylaw.title.pieces.iter().map(|p| if let crate::rules::Piece::Text(t) = p { t.as_str() } else { "" }).collect();
    let reading_line = reading.map_or_else(String::new, |r| {
        let planned = if r.planned { " (planlagt)" } else { "" };
        format!("Udkast til {}. behandling {}{planned}", r.number.value, danish::den(r.date.value))
    });
    let edition = edition(model);
    let edition_line = if edition.is_empty() { String::new() } else { format!("Gældende tekst: {edition}") };
    let date = reading.map_or_else(DocumentDate::default, |r| document_date(r.date.value));
    Frame {
        municipality: bylaw.municipality.clone(),
        document_title: title,
        kind: kind.to_string(),
        reading_line,
        edition_line,
        effect_line: effect_line(model, reading.map_or(0, |r| r.number.value)),
        notice: bylaw.notice.clone(),
        date,
        lang: "da".into(),
        links: Vec::new(),
    }
}

/// Returns a day as a document carries it.
pub(super) fn document_date(date: Date) -> DocumentDate {
    DocumentDate {
        year: u16::try_from(date.year()).unwrap_or(2000),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

/// Says from when the changes hold: the first day, and each later one.
pub fn effect_line(model: &Model, reading: i64) -> String {
    let mut effects: Vec<(Date, String)> = Vec::new();
    for (date, op) in model.ordered(reading).into_iter().filter(|(_, op)| !model.is_settled(*op)) {
        if let Some(op) = model.operation(op) {
            let words = match op.effect {
                Effect::Latest(_) => format!("senest {}", danish::den(date)),
                _ => danish::den(date),
            };
            push_new(&mut effects, (date, words));
        }
    }
    let main = model.main_day(reading);
    let (most, others): (Vec<_>, Vec<_>) = effects.into_iter().partition(|(date, _)| Some(*date) == main);
    let words = |of: Vec<(Date, String)>| of.into_iter().map(|(_, words)| words).collect::<Vec<_>>();
    let (most, others) = (words(most), words(others));
    if most.is_empty() {
        return String::new();
    }
    let mut line = format!("Ændringerne træder i kraft {}", danish::join(&most));
    if !others.is_empty() {
        line += &format!(", enkelte dog {}", danish::join(&others));
    }
    if model.live().any(|(_, op)| op.effect.date().is_none()) {
        line += "; enkelte opgaver flytter på et tidspunkt, der endnu ikke er fastsat";
    }
    line
}
