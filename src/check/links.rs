//! Whatever one rule says of another exists: committees, tasks, parts, nodes, clauses, changes, acts.

use crate::diag::{Code, Findings};
use crate::model::{Model, Moment, Node, NodeKind, OpWhat, Version, inserted_id};
use crate::report;
use crate::rules::read::nearest;
use crate::rules::{Due, Inserted, NameForm, NameSet, Named, OwnerRule, Piece, ProvisionChange, Wording};
use crate::source::{Span, Spanned};
use std::collections::BTreeSet;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    let links = Links { model, nodes: node_ids(model) };
    links.tasks(findings);
    links.changes(findings);
    links.agreement(findings);
    links.bylaw(findings);
    links.documents(findings);
    links.texts(findings);
}

struct Links<'m> {
    model: &'m Model,
    nodes: BTreeSet<String>,
}

/// Collects every node id that may exist at any time, as far as the rules alone can tell.
fn node_ids(model: &Model) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = model.rules.preamble.iter().map(|(id, _)| id.value.clone()).collect();
    let mut trees: Vec<Node> = model.rules.chapters.iter().map(Node::chapter).collect();
    for op in &model.operations {
        if let OpWhat::Provision(p) = &op.what
            && let ProvisionChange::Insert(place, what) = &p.what
        {
            // One without an id of its own is called by its number, which only the states know.
            let Some(id) = inserted_id(place, what) else { continue };
            let parent = id.rsplit_once('/').map_or("", |(parent, _)| parent).to_string();
            trees.push(match what {
                Inserted::Section(rule) => Node::section(rule, None),
                Inserted::Subsection(rule) => Node::subsection(&parent, 0, rule, None),
                Inserted::Point(rule) => Node::point(&parent, 0, rule, None),
                Inserted::Letter(rule) => Node::letter(&parent, 0, rule, None),
            });
        }
    }
    for tree in &trees {
        tree.walk(&mut |n| {
            out.insert(n.id.clone());
        });
    }
    let mut quiet = Findings::default();
    let mut versions = model.versions();
    if !versions.iter().any(|v| v.moment == Moment::Adopted) {
        versions.push(Version::reading(model.last_reading()));
    }
    for version in versions {
        model.state(version, &mut quiet).walk(&mut |n| {
            out.insert(n.id.clone());
        });
    }
    let rules = &model.rules;
    for task in &rules.tasks {
        out.insert(format!("opgave/{}", task.id.value));
        out.extend(task.parts.iter().skip(1).map(|p| format!("opgave/{}/{}", task.id.value, p.id.value)));
    }
    out.extend(rules.committees.iter().map(|c| format!("udvalg/{}", c.id.value)));
    if let Some(section) = &rules.bylaw.transitional {
        let transitions = rules.changes.iter().flat_map(|c| &c.transfers).filter_map(|t| t.transition.as_ref());
        out.extend(transitions.map(|t| format!("{}/{}", section.value, t.id.value)));
    }
    out
}

impl Links<'_> {
    fn suggestion(&self, word: &str, among: &[&str]) -> String {
        nearest(word, among).unwrap_or_default().to_string()
    }

    fn committee(&self, id: &str, span: Span, findings: &mut Findings) -> bool {
        let rules = &self.model.rules;
        if self.model.committee(id).is_some() {
            return true;
        }
        if let Some(body) = rules.special.iter().chain(&rules.bodies).find(|b| b.id.value == id) {
            report!(findings, Code::BodyAsOwner, span, name = body.name.value, id = id);
            return false;
        }
        // What looks like an id may be that of a name, or an abbreviation.
        let called = rules.committees.iter().find(|c| {
            let short =
                |n: &NameSet| n.abbreviation.as_ref().is_some_and(|a| a.value.to_lowercase() == id.to_lowercase());
            c.names.iter().any(|n| n.id.value == id || short(n))
        });
        let known: Vec<&str> = rules.committees.iter().map(|c| c.id.value.as_str()).collect();
        let name = called.map_or_else(|| self.suggestion(id, &known), |c| c.id.value.clone());
        report!(findings, Code::UnknownCommittee, span, id = id, name = name);
        false
    }

    fn owner(&self, task: &str, owner: &Spanned<OwnerRule>, findings: &mut Findings) {
        match &owner.value {
            OwnerRule::Committee(id) => {
                self.committee(id, owner.span, findings);
            }
            OwnerRule::Council(basis) => {
                let basis: String = basis.split_whitespace().collect::<Vec<_>>().join(" ");
                if !matches!(basis.as_str(), "§ 65 e" | "§ 65 c, stk. 2") {
                    report!(findings, Code::OutsideCommittees, owner.span, task = task, found = basis);
                }
            }
        }
    }

    fn node(&self, id: &Spanned<String>, findings: &mut Findings) {
        if !self.nodes.contains(&id.value) {
            let known: Vec<&str> = self.nodes.iter().map(String::as_str).collect();
            report!(findings, Code::UnknownNode, id.span, id = id.value, name = self.suggestion(&id.value, &known));
        }
    }

    fn clauses(&self, basis: &[Spanned<String>], findings: &mut Findings) {
        for clause in basis {
            if self.model.rules.agreement.clause(&clause.value).is_none() {
                let known: Vec<&str> = self.model.rules.agreement.clauses.iter().map(|c| c.id.value.as_str()).collect();
                let name = self.suggestion(&clause.value, &known);
                report!(findings, Code::UnknownClause, clause.span, clause = clause.value, name = name);
            }
        }
    }

    fn change(&self, id: &Spanned<String>, findings: &mut Findings) {
        if self.model.change(&id.value).is_none() {
            let known: Vec<&str> = self.model.rules.changes.iter().map(|c| c.id.value.as_str()).collect();
            report!(findings, Code::UnknownChange, id.span, id = id.value, name = self.suggestion(&id.value, &known));
        }
    }

    fn task(&self, id: &Spanned<String>, findings: &mut Findings) {
        if self.model.task(&id.value).is_none() {
            let known: Vec<&str> = self.model.rules.tasks.iter().map(|t| t.id.value.as_str()).collect();
            report!(findings, Code::UnknownTask, id.span, task = id.value, name = self.suggestion(&id.value, &known));
        }
    }

    fn part(&self, task: &str, part: &Spanned<String>, findings: &mut Findings) {
        let Some(rule) = self.model.task(task) else { return };
        let known: Vec<&str> = rule.parts.iter().map(|p| p.id.value.as_str()).collect();
        if !known.contains(&part.value.as_str()) {
            let (name, allowed) = (self.suggestion(&part.value, &known), known.join(", "));
            let allowed = if rule.is_whole() { String::new() } else { allowed };
            report!(
                findings,
                Code::UnknownPart,
                part.span,
                part = part.value,
                task = task,
                name = name,
                allowed = allowed
            );
        }
    }

    fn tasks(&self, findings: &mut Findings) {
        for task in &self.model.rules.tasks {
            for part in &task.parts {
                if let Some(owner) = &part.owner {
                    self.owner(&task.id.value, owner, findings);
                }
            }
            for division in &task.divided {
                for part in &division.parts {
                    self.part(&task.id.value, part, findings);
                }
            }
            if let Some(section) = &task.stated_in {
                self.node(section, findings);
            }
            for by in task.created_by.iter().chain(&task.abolished_by) {
                self.change(by, findings);
            }
        }
    }

    fn changes(&self, findings: &mut Findings) {
        for change in &self.model.rules.changes {
            self.clauses(&change.basis, findings);
            if let Some(area) = &change.area
                && !self.model.rules.agreement.areas.iter().any(|a| a.number.value == area.value)
            {
                report!(findings, Code::BadValue, area.span, key = "area", value = area.value);
            }
            for rename in &change.renames {
                self.clauses(&rename.basis, findings);
                if !self.committee(&rename.committee.value, rename.committee.span, findings) {
                    continue;
                }
                let Some(committee) = self.model.committee(&rename.committee.value) else { continue };
                if rename.from.value == rename.to.value {
                    let value = &rename.to.value;
                    report!(findings, Code::BadValue, rename.to.span, key = "to", value = value, reason = "same-name");
                }
                let known: Vec<&str> = committee.names.iter().map(|n| n.id.value.as_str()).collect();
                for (key, name) in [("from", &rename.from), ("to", &rename.to)] {
                    if !known.contains(&name.value.as_str()) {
                        let allowed = known.join(", ");
                        report!(findings, Code::BadValue, name.span, key = key, value = name.value, allowed = allowed);
                    }
                }
            }
            for transfer in &change.transfers {
                self.clauses(&transfer.basis, findings);
                self.task(&transfer.task, findings);
                for part in &transfer.parts {
                    self.part(&transfer.task.value, part, findings);
                }
                for from in &transfer.from {
                    self.owner(&transfer.task.value, from, findings);
                }
                self.owner(&transfer.task.value, &transfer.to, findings);
                if let Some(after) = &transfer.after {
                    self.task(after, findings);
                }
            }
            for op in &change.provisions {
                self.clauses(&op.basis, findings);
            }
            for obligation in &change.obligations {
                self.clauses(&obligation.basis, findings);
                if let Due::After { anchor, .. } = &obligation.due {
                    self.change(anchor, findings);
                }
            }
        }
        for committee in &self.model.rules.committees {
            for by in committee.created_by.iter().chain(&committee.abolished_by) {
                self.change(by, findings);
            }
        }
        for body in self.model.rules.special.iter().chain(&self.model.rules.bodies) {
            for by in body.created_by.iter().chain(&body.abolished_by) {
                self.change(by, findings);
            }
        }
    }

    fn agreement(&self, findings: &mut Findings) {
        for question in &self.model.rules.agreement.open_questions {
            self.clauses(&question.clauses, findings);
        }
    }

    /// What another document names is there; a document may name any committee, an owner or not.
    fn documents(&self, findings: &mut Findings) {
        let rules = &self.model.rules;
        for mention in rules.documents.iter().flat_map(|d| &d.names) {
            match &mention.named {
                Named::Committee(id) => {
                    let body = rules.special.iter().chain(&rules.bodies).any(|b| b.id.value == id.value);
                    if !body {
                        self.committee(&id.value, id.span, findings);
                    }
                }
                Named::Task(id, parts) => {
                    self.task(id, findings);
                    for part in parts {
                        self.part(&id.value, part, findings);
                    }
                }
            }
        }
    }

    fn bylaw(&self, findings: &mut Findings) {
        for approval in &self.model.rules.bylaw.approvals {
            for node in &approval.provisions {
                self.node(node, findings);
            }
        }
        if let Some(section) = &self.model.rules.bylaw.transitional {
            self.node(section, findings);
        } else {
            let transfers = self.model.rules.changes.iter().flat_map(|c| &c.transfers);
            if let Some(first) = transfers.filter_map(|t| t.transition.as_ref()).next() {
                let name = "@bylaw";
                report!(findings, Code::MissingKey, first.id.span, key = "transitional", name = name);
            }
        }
    }

    /// Looks at every placeholder in every text that may be printed.
    fn texts(&self, findings: &mut Findings) {
        let mut seen: Vec<Wording> = vec![self.model.rules.bylaw.title.clone()];
        for task in &self.model.rules.tasks {
            seen.push(task.wording.clone());
            seen.extend(task.parts.iter().map(|p| p.wording.clone()));
            seen.extend(task.divided.iter().map(|d| d.wording.clone()));
            seen.extend(task.letters.iter().map(|l| l.text.clone()));
        }
        seen.extend(self.model.rules.preamble.iter().map(|(_, words)| words.clone()));
        let mut trees: Vec<Node> = self.model.rules.chapters.iter().map(Node::chapter).collect();
        for op in &self.model.operations {
            let OpWhat::Provision(p) = &op.what else { continue };
            match &p.what {
                ProvisionChange::Amend(_, amend) => {
                    let texts = [&amend.text, &amend.heading, &amend.field];
                    seen.extend(texts.into_iter().flatten().cloned());
                }
                ProvisionChange::Insert(_, Inserted::Section(rule)) => trees.push(Node::section(rule, None)),
                ProvisionChange::Insert(_, Inserted::Subsection(rule)) => {
                    trees.push(Node::subsection("", 0, rule, None));
                }
                ProvisionChange::Insert(_, Inserted::Point(rule)) => trees.push(Node::point("", 0, rule, None)),
                ProvisionChange::Insert(_, Inserted::Letter(rule)) => trees.push(Node::letter("", 0, rule, None)),
                ProvisionChange::Repeal(_) => {}
            }
        }
        for transition in
            self.model.rules.changes.iter().flat_map(|c| &c.transfers).filter_map(|t| t.transition.as_ref())
        {
            seen.extend(transition.undated.clone());
            // The one text in which `{effect}` stands for something.
            let dated = transition.dated.iter().chain(&transition.latest);
            seen.extend(dated.map(|words| words.with_effect(jiff::civil::Date::ZERO)));
        }
        for tree in &trees {
            tree.walk(&mut |node| {
                for text in std::iter::once(&node.text).chain(&node.heading) {
                    let pieces = text.0.iter().map(|l| l.piece.clone()).collect();
                    let span = text.0.first().map_or(node.span, |l| l.span);
                    seen.push(Wording { pieces, span });
                }
                if let NodeKind::Tasks(committee, _) = &node.kind {
                    self.committee(committee, node.id_span, findings);
                }
            });
        }
        for words in &seen {
            self.text(words, findings);
        }
    }

    fn text(&self, words: &Wording, findings: &mut Findings) {
        for piece in &words.pieces {
            match piece {
                Piece::Name { committee, form, .. } => self.name(committee, *form, words.span, findings),
                Piece::Reference { ids, .. } => {
                    for id in ids.iter().filter(|id| !self.nodes.contains(*id)) {
                        let known: Vec<&str> = self.nodes.iter().map(String::as_str).collect();
                        let name = self.suggestion(id, &known);
                        report!(findings, Code::UnknownReference, words.span, id = id, name = name);
                    }
                }
                Piece::External { act, .. } => {
                    if !self.model.rules.bylaw.acts.iter().any(|a| a.id == *act) {
                        let allowed: Vec<&str> = self.model.rules.bylaw.acts.iter().map(|a| a.id.as_str()).collect();
                        report!(findings, Code::UnknownAct, words.span, id = act, allowed = allowed.join(", "));
                    }
                }
                Piece::Date(id) => {
                    let spanned = Spanned::new(id.clone(), words.span);
                    self.change(&spanned, findings);
                    if self.model.change(id).is_some_and(|c| c.effect.as_ref().and_then(|e| e.value.date()).is_none()) {
                        let found = format!("{{date:{id}}}");
                        report!(findings, Code::BadPlaceholder, words.span, found = found, reason = "no-date");
                    }
                }
                Piece::Reading(number) => {
                    // One of the two that is not there is reported as such.
                    let known = (1..=2).contains(number);
                    if !known && !self.model.rules.readings.iter().any(|r| r.number.value == i64::from(*number)) {
                        let found = format!("{{reading:{number}}}");
                        report!(findings, Code::BadPlaceholder, words.span, found = found, reason = "no-reading");
                    }
                }
                Piece::Text(text) => typed_reference(text, words.span, findings),
                Piece::Effect => {
                    report!(findings, Code::BadPlaceholder, words.span, found = "{effect}", reason = "only-in-dated");
                }
            }
        }
    }

    fn name(&self, id: &str, form: NameForm, span: Span, findings: &mut Findings) {
        match self.model.committee(id) {
            None => {
                let known: Vec<&str> = self.model.rules.committees.iter().map(|c| c.id.value.as_str()).collect();
                report!(
                    findings,
                    Code::UnknownName,
                    span,
                    found = format!("{{{id}}}"),
                    id = id,
                    name = self.suggestion(id, &known)
                );
            }
            Some(committee) => {
                if committee.names.iter().any(|n| n.form(form).is_none()) {
                    report!(findings, Code::MissingForm, span, committee = id, name = form.as_str());
                }
            }
        }
    }
}

/// A § typed by hand would stay when the numbers shift.
fn typed_reference(text: &str, span: Span, findings: &mut Findings) {
    let mut rest = text;
    while let Some(at) = rest.find('§') {
        let after = rest[at..].trim_start_matches(['§', ' ', '\u{a0}']);
        if after.starts_with(|c: char| c.is_ascii_digit()) {
            let found: String = rest[at..].chars().take(12).collect();
            let found = found.trim_end_matches(['.', ',', ' ']);
            report!(findings, Code::TypedReference, span, found = found);
            return;
        }
        rest = &rest[at + '§'.len_utf8()..];
    }
}
