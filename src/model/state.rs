//! The state of the bylaw in one version: names, provisions and remits after the operations that count.

use super::tree::{Layered, Node, NodeKind};
use super::{Model, OpWhat, Owner, Version};
use crate::diag::{Code, Diagnostic, Findings};
use crate::document::{NodeId, OpId};
use crate::report;
use crate::rules::read::nearest;
use crate::rules::{
    Amend, Anchor, CommitteeKind, Inserted, NameSet, Place, ProvisionChange, RenameRule, TransferRule, TransitionRule,
    Wording,
};
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// Is an item of a remit: the parts of a task that one committee owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its node id: `opgave/<task>` or `opgave/<task>/<part>`.
    pub id: String,
    /// The task.
    pub task: String,
    /// The parts, in the task's order.
    pub parts: Vec<String>,
    /// The operation that made the piece what it is.
    pub op: Option<OpId>,
}

/// Is the bylaw in one version, before it is text.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Index of each committee's name with the operation that gave it.
    pub names: BTreeMap<String, (usize, Option<OpId>)>,
    /// The committees that exist, in the order of the file, with the operation that created them.
    pub committees: Vec<(String, Option<OpId>)>,
    /// Paragraphs before the first chapter.
    pub preamble: Vec<Node>,
    /// The chapters.
    pub chapters: Vec<Node>,
    /// The items of each committee's remit in order.
    pub remits: BTreeMap<String, Vec<Piece>>,
    /// Nodes that are gone, with the operation that removed them.
    pub removed: BTreeMap<NodeId, OpId>,
    /// Items that came from another one: the operation and where from.
    pub split: BTreeMap<NodeId, (OpId, NodeId)>,
    /// The owner of each part.
    owners: BTreeMap<(String, String), Owner>,
    /// The order of tasks in each remit.
    order: BTreeMap<String, Vec<String>>,
    /// Nodes that a failed insertion would have made: what is said of them follows from it.
    failed: BTreeSet<String>,
    /// The operation that last touched a committee's piece of a task.
    touched: BTreeMap<(String, String), OpId>,
}

impl State {
    /// Returns the names of a committee in this version.
    pub fn name_set<'m>(&self, model: &'m Model, committee: &str, current: bool) -> Option<&'m NameSet> {
        let index = if current { 0 } else { self.names.get(committee).map_or(0, |(i, _)| *i) };
        model.committee(committee)?.names.get(index)
    }

    /// Finds a node of the provisions.
    pub fn node(&self, id: &str) -> Option<&Node> {
        let mut found = None;
        for top in self.preamble.iter().chain(&self.chapters) {
            top.walk(&mut |n| {
                if n.id == id {
                    found = Some(n);
                }
            });
        }
        found
    }

    /// Says whether a node id stands for something in this version: a provision, an item, a committee in a list.
    pub fn has(&self, id: &str) -> bool {
        if let Some(committee) = id.strip_prefix("udvalg/") {
            return self.committees.iter().any(|(c, _)| c == committee);
        }
        self.remits.values().flatten().any(|p| p.id == id) || self.node(id).is_some()
    }

    /// Walks every node of the provisions.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        for top in self.preamble.iter().chain(&self.chapters) {
            top.walk(visit);
        }
    }

    /// Returns the owner of a part.
    pub fn owner(&self, task: &str, part: &str) -> Option<&Owner> {
        self.owners.get(&(task.to_string(), part.to_string()))
    }
}

impl Model {
    /// Works out a version of the bylaw; reports operations that find nothing to work on.
    pub fn state(&self, version: Version, findings: &mut Findings) -> State {
        let mut state = self.base();
        for id in self.applied(version) {
            self.apply(&mut state, id, findings);
        }
        for (committee, _) in state.committees.clone() {
            let pieces = self.pieces(&state, &committee);
            state.remits.insert(committee, pieces);
        }
        state
    }

    fn base(&self) -> State {
        let mut state = State::default();
        for committee in &self.rules.committees {
            state.names.insert(committee.id.value.clone(), (0, None));
            if committee.created_by.is_none() {
                state.committees.push((committee.id.value.clone(), None));
            }
        }
        for (id, words) in &self.rules.preamble {
            state.preamble.push(Node {
                id: id.value.clone(),
                kind: NodeKind::Text,
                number: Spanned::new(String::new(), id.span),
                text: Layered::new(words, None),
                heading: None,
                formula: String::new(),
                children: Vec::new(),
                op: None,
                heading_op: None,
                span: words.span,
                id_span: id.span,
            });
        }
        state.chapters = self.rules.chapters.iter().map(Node::chapter).collect();
        for task in &self.rules.tasks {
            let mut owners = BTreeSet::new();
            for part in &task.parts {
                if let Some(rule) = &part.owner {
                    let owner = Owner::from(&rule.value);
                    owners.insert(owner.id().to_string());
                    state.owners.insert((task.id.value.clone(), part.id.value.clone()), owner);
                }
            }
            for owner in owners {
                state.order.entry(owner).or_default().push(task.id.value.clone());
            }
        }
        state
    }

    fn apply(&self, state: &mut State, id: OpId, findings: &mut Findings) {
        let Some(op) = self.operation(id) else { return };
        match &op.what {
            OpWhat::Rename(rename) => self.rename(state, id, rename, findings),
            OpWhat::Transfer(transfer) => self.transfer(state, id, transfer),
            OpWhat::Create(index) => {
                if let Some(c) = self.rules.committees.get(*index) {
                    state.committees.push((c.id.value.clone(), Some(id)));
                    let order: Vec<&str> = self.rules.committees.iter().map(|c| c.id.value.as_str()).collect();
                    state.committees.sort_by_key(|(c, _)| order.iter().position(|o| o == c));
                }
            }
            OpWhat::Abolish(index) => {
                if let Some(c) = self.rules.committees.get(*index) {
                    state.committees.retain(|(other, _)| *other != c.id.value);
                    state.removed.insert(NodeId(format!("udvalg/{}", c.id.value)), id);
                }
            }
            OpWhat::Transition(rule, words, _) => self.transition(state, id, rule, words, findings),
            OpWhat::Provision(provision) => match &provision.what {
                ProvisionChange::Amend(node, amend) => self.amend_node(state, id, node, amend, findings),
                ProvisionChange::Repeal(node) => self.repeal(state, id, node, findings),
                ProvisionChange::Insert(place, what) => self.insert(state, id, place, what, findings),
            },
        }
    }

    fn rename(&self, state: &mut State, id: OpId, rename: &RenameRule, findings: &mut Findings) {
        let Some(committee) = self.committee(&rename.committee.value) else { return };
        let position = |name: &Spanned<String>| committee.names.iter().position(|n| n.id.value == name.value);
        let Some(to) = position(&rename.to) else { return };
        let now = state.names.get(&rename.committee.value).map_or(0, |(i, _)| *i);
        if position(&rename.from) != Some(now) {
            let found = committee.names.get(now).map_or("", |n| n.id.value.as_str());
            report!(
                findings,
                Code::StaleRename,
                rename.from.span,
                committee = rename.committee.value,
                expected = rename.from.value,
                found = found,
            );
        }
        state.names.insert(rename.committee.value.clone(), (to, Some(id)));
    }

    fn transfer(&self, state: &mut State, id: OpId, transfer: &TransferRule) {
        let Some(task) = self.task(&transfer.task.value) else { return };
        let task_id = &task.id.value;
        let to = Owner::from(&transfer.to.value);
        let held = |state: &State, owner: &str| {
            task.parts.iter().any(|p| state.owner(task_id, &p.id.value).is_some_and(|o| o.id() == owner))
        };
        let had = held(state, to.id());
        let mut givers = BTreeSet::new();
        for part in &task.parts {
            if !transfer.parts.is_empty() && !transfer.parts.iter().any(|p| p.value == part.id.value) {
                continue;
            }
            let key = (task_id.clone(), part.id.value.clone());
            if let Some(before) = state.owners.insert(key, to.clone())
                && before != to
            {
                givers.insert(before.id().to_string());
            }
        }
        for giver in &givers {
            state.touched.insert((giver.clone(), task_id.clone()), id);
            if !held(state, giver)
                && let Some(order) = state.order.get_mut(giver)
            {
                order.retain(|t| t != task_id);
            }
        }
        if givers.is_empty() {
            return;
        }
        state.touched.insert((to.id().to_string(), task_id.clone()), id);
        let order = state.order.entry(to.id().to_string()).or_default();
        if !had {
            let after = transfer.after.as_ref().and_then(|a| order.iter().position(|t| *t == a.value));
            match after {
                Some(i) => order.insert(i + 1, task_id.clone()),
                None => order.push(task_id.clone()),
            }
        }
        self.record_pieces(state, id, task_id);
    }

    /// Notes which items of a task are gone or new after a transfer.
    fn record_pieces(&self, state: &mut State, id: OpId, task_id: &str) {
        let Some(task) = self.task(task_id) else { return };
        let mut now = BTreeSet::new();
        for owner in state.order.keys() {
            let parts: Vec<&str> = task
                .parts
                .iter()
                .map(|p| p.id.value.as_str())
                .filter(|p| state.owner(task_id, p).is_some_and(|o| o.id() == owner))
                .collect();
            if let Some(first) = parts.first() {
                now.insert(NodeId(piece_id(task_id, task.parts.first().map(|p| p.id.value.as_str()), first)));
            }
        }
        let main = NodeId(format!("opgave/{task_id}"));
        for part in task.parts.iter().skip(1) {
            let piece = NodeId(format!("opgave/{task_id}/{}", part.id.value));
            if now.contains(&piece) {
                state.removed.remove(&piece);
                state.split.entry(piece).or_insert_with(|| (id, main.clone()));
            } else {
                state.removed.insert(piece, id);
            }
        }
    }

    /// Returns the items of a committee's remit.
    fn pieces(&self, state: &State, committee: &str) -> Vec<Piece> {
        let mut out = Vec::new();
        for task_id in state.order.get(committee).map(Vec::as_slice).unwrap_or_default() {
            let Some(task) = self.task(task_id).filter(|t| t.listed) else { continue };
            let parts: Vec<String> = task
                .parts
                .iter()
                .map(|p| p.id.value.clone())
                .filter(|p| state.owner(task_id, p).is_some_and(|o| o.id() == committee))
                .collect();
            let Some(first) = parts.first() else { continue };
            let id = piece_id(task_id, task.parts.first().map(|p| p.id.value.as_str()), first);
            let op = state.touched.get(&(committee.to_string(), task_id.clone())).copied();
            out.push(Piece { id, task: task_id.clone(), parts, op });
        }
        out
    }

    fn transition(&self, state: &mut State, id: OpId, rule: &TransitionRule, words: &Wording, findings: &mut Findings) {
        let Some(section) = &self.rules.bylaw.transitional else {
            report!(findings, Code::MissingKey, rule.span, key = "transitional");
            return;
        };
        if find(state, &section.value).is_none() {
            state.failed.insert(format!("{}/{}", section.value, rule.id.value));
            return self.gone(state, section, findings);
        }
        let Some(parent) = find(state, &section.value) else { return };
        let subsection = crate::rules::SubsectionRule {
            id: Some(rule.id.clone()),
            text: words.clone(),
            blocks: Vec::new(),
            span: rule.span,
        };
        let node = Node::subsection(&section.value, parent.children.len() + 1, &subsection, Some(id));
        parent.children.push(node);
    }

    /// Returns the standing committees that exist in a version, or all.
    pub fn listed<'s>(&self, state: &'s State, all: bool) -> Vec<(&'s str, Option<OpId>)> {
        state
            .committees
            .iter()
            .filter(|(id, _)| all || self.committee(id).is_some_and(|c| c.kind == CommitteeKind::Standing))
            .map(|(id, op)| (id.as_str(), *op))
            .collect()
    }
}

fn piece_id(task: &str, first_of_task: Option<&str>, first_held: &str) -> String {
    if first_of_task == Some(first_held) { format!("opgave/{task}") } else { format!("opgave/{task}/{first_held}") }
}

fn find<'s>(state: &'s mut State, id: &str) -> Option<&'s mut Node> {
    fn below<'s>(nodes: &'s mut [Node], id: &str) -> Option<&'s mut Node> {
        for node in nodes {
            if node.id == id {
                return Some(node);
            }
            if let Some(found) = below(&mut node.children, id) {
                return Some(found);
            }
        }
        None
    }
    let State { preamble, chapters, .. } = state;
    below(preamble, id).or_else(|| below(chapters, id))
}

/// Finds the list of siblings a node stands in, its place there, and its parent's id.
fn siblings<'s>(nodes: &'s mut Vec<Node>, parent: &str, id: &str) -> Option<(&'s mut Vec<Node>, usize, String)> {
    if let Some(i) = nodes.iter().position(|n| n.id == id) {
        return Some((nodes, i, parent.to_string()));
    }
    nodes.iter_mut().find_map(|node| {
        let own = node.id.clone();
        siblings(&mut node.children, &own, id)
    })
}

impl Model {
    /// Reports an operation that finds nothing to work on.
    fn gone(&self, state: &State, id: &Spanned<String>, findings: &mut Findings) {
        if state.failed.iter().any(|f| id.value == *f || id.value.starts_with(&format!("{f}/"))) {
            return;
        }
        if let Some(op) = state.removed.get(&NodeId(id.value.clone())) {
            let mut diagnostic =
                Diagnostic::new(Code::StaleAmend, id.span).arg("id", &id.value).arg("reason", "repealed");
            if let Some(op) = self.operation(*op) {
                diagnostic = diagnostic.other(op.span);
            }
            return findings.push(diagnostic);
        }
        if id.value.starts_with("opgave/") || id.value.starts_with("udvalg/") {
            report!(findings, Code::UnknownNode, id.span, id = id.value, reason = "made-item");
            return;
        }
        let mut known = Vec::new();
        state.walk(&mut |node| known.push(node.id.as_str()));
        let name = nearest(&id.value, &known).unwrap_or_default();
        report!(findings, Code::UnknownNode, id.span, id = id.value, name = name);
    }

    fn amend_node(&self, state: &mut State, op: OpId, id: &Spanned<String>, amend: &Amend, findings: &mut Findings) {
        let is_remit = find(state, &id.value)
            .is_some_and(|n| n.children.first().is_some_and(|c| matches!(c.kind, NodeKind::Remit(_))));
        if find(state, &id.value).is_none() {
            return self.gone(state, id, findings);
        }
        let Some(node) = find(state, &id.value) else { return };
        if let Some(heading) = &amend.heading {
            if node.kind == NodeKind::Chapter {
                node.text = node.text.amended(heading, op);
                node.op = Some(op);
            } else {
                node.heading = Some(node.heading.clone().unwrap_or_default().amended(heading, op));
                node.heading_op = Some(op);
            }
        }
        // Words of a § mean those of its first stk.
        let node = if node.kind == NodeKind::Section {
            match node.children.first_mut() {
                Some(first) => first,
                None => return,
            }
        } else {
            node
        };
        if let Some(field) = &amend.field {
            if is_remit || matches!(node.kind, NodeKind::Remit(_)) {
                node.text = node.text.amended(field, op);
                node.op = Some(op);
            } else {
                report!(findings, Code::WrongShape, id.span, key = "field", expected = "remit", found = "provision");
            }
        }
        if let Some(formula) = &amend.formula {
            if is_remit || matches!(node.kind, NodeKind::Remit(_)) {
                node.formula = formula.value.clone();
                node.op = Some(op);
            } else {
                report!(findings, Code::WrongShape, id.span, key = "formula", expected = "remit", found = "provision");
            }
        }
        if let Some(text) = &amend.text {
            if matches!(node.kind, NodeKind::Remit(_)) {
                report!(findings, Code::WrongShape, id.span, key = "text", expected = "provision", found = "remit");
            } else {
                node.text = node.text.amended(text, op);
                node.op = Some(op);
            }
        }
    }

    fn repeal(&self, state: &mut State, op: OpId, id: &Spanned<String>, findings: &mut Findings) {
        let mut nodes = Vec::new();
        if let Some((list, i, _)) =
            siblings(&mut state.chapters, "", &id.value).or_else(|| siblings(&mut state.preamble, "", &id.value))
        {
            list.remove(i).walk(&mut |n| nodes.push((n.id.clone(), n.kind.clone())));
        }
        if nodes.is_empty() {
            return self.gone(state, id, findings);
        }
        for (id, kind) in nodes {
            if kind == NodeKind::Section {
                state.removed.insert(crate::document::units::heading_id(&NodeId(id.clone())), op);
            }
            state.removed.insert(NodeId(id), op);
        }
    }

    fn insert(&self, state: &mut State, op: OpId, place: &Place, what: &Inserted, findings: &mut Findings) {
        let (wanted, parent_kind): (fn(&NodeKind) -> bool, &str) = match what {
            Inserted::Section(_) => (|k| *k == NodeKind::Chapter, "chapter"),
            Inserted::Subsection(_) => (|k| *k == NodeKind::Section, "section"),
            Inserted::Point(_) => (|k| *k == NodeKind::Subsection, "subsection"),
            Inserted::Letter(_) => (|k| *k == NodeKind::Point, "point"),
        };
        let parent = match place.anchor {
            Anchor::After => siblings(&mut state.chapters, "", &place.node.value).map(|(_, _, parent)| parent),
            Anchor::FirstIn | Anchor::LastIn => Some(place.node.value.clone()),
        };
        let Some(parent) = parent.filter(|parent| find(state, parent).is_some()) else {
            state.failed.extend(inserted_id(place, what));
            return self.gone(state, &place.node, findings);
        };
        let Some(node) = find(state, &parent) else { return };
        if !wanted(&node.kind) {
            state.failed.extend(inserted_id(place, what));
            report!(findings, Code::WrongPlace, place.node.span, id = place.node.value, expected = parent_kind);
            return;
        }
        let number = node.children.len() + 1;
        let new = match what {
            Inserted::Section(rule) => Node::section(rule, Some(op)),
            Inserted::Subsection(rule) => Node::subsection(&parent, number, rule, Some(op)),
            Inserted::Point(rule) => Node::point(&parent, number, rule, Some(op)),
            Inserted::Letter(rule) => Node::letter(&parent, number, rule, Some(op)),
        };
        let at = match place.anchor {
            Anchor::After => node.children.iter().position(|c| c.id == place.node.value).map_or(number - 1, |i| i + 1),
            Anchor::FirstIn => 0,
            Anchor::LastIn => number - 1,
        };
        let at = at.min(node.children.len());
        node.children.insert(at, new);
    }
}

/// Returns the node id that an insertion makes, from the rules alone; `None` if it has no id of its own.
pub(crate) fn inserted_id(place: &Place, what: &Inserted) -> Option<String> {
    let id = match what {
        Inserted::Section(rule) => return Some(rule.id.value.clone()),
        Inserted::Subsection(rule) => rule.id.as_ref(),
        Inserted::Point(rule) => rule.id.as_ref(),
        Inserted::Letter(rule) => rule.id.as_ref(),
    }?;
    let parent = match place.anchor {
        Anchor::After => place.node.value.rsplit_once('/')?.0,
        Anchor::FirstIn | Anchor::LastIn => &place.node.value,
    };
    Some(format!("{parent}/{}", id.value))
}
