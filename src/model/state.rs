//! The state of the bylaw in one version: names, provisions and remits after the operations that count.

use super::tree::{Layer, Layered, Node, NodeKind};
use super::{Model, OpWhat, Owner, Version};
use crate::diag::{Code, Diagnostic, Findings};
use crate::document::{NodeId, OpId};
use crate::report;
use crate::rules::read::nearest;
use crate::rules::{
    Amend, Anchor, CommitteeKind, Inserted, NameSet, Place, ProvisionChange, RenameRule, TaskRule, TransferRule,
    TransitionRule, Wording, wording,
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
    /// Items that were gathered in another one: the operation and where to.
    pub merged: BTreeMap<NodeId, (OpId, NodeId)>,
    /// The owner of each part.
    owners: BTreeMap<(String, String), Owner>,
    /// The order of tasks in each remit.
    order: BTreeMap<String, Vec<String>>,
    /// Nodes that a failed insertion would have made: what is said of them follows from it.
    failed: BTreeSet<String>,
    /// Tasks whose item is not, or no longer, there.
    absent: BTreeSet<String>,
    /// New words of items, with the parts the item held when it got them.
    rewritten: BTreeMap<String, (Vec<String>, Layered)>,
    /// The operation that last touched a committee's piece of a task.
    touched: BTreeMap<(String, String), OpId>,
}

impl State {
    /// Returns the names of a committee in this version.
    pub fn name_set<'m>(&self, model: &'m Model, committee: &str, current: bool) -> Option<&'m NameSet> {
        let index = if current { 0 } else { self.names.get(committee).map_or(0, |(i, _)| *i) };
        model.committee(committee)?.names.get(index)
    }

    /// Says whether a task stands in a remit or in a § in this version, and has not come yet or gone already.
    pub fn holds(&self, task: &str) -> bool {
        !self.absent.contains(task)
    }

    /// Finds a node of the provisions.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.preamble.iter().chain(&self.chapters).find_map(|top| top.find(id))
    }

    /// Returns the words of an item: its new ones, those of the whole task, of the division, or the parts' own joined.
    pub fn words(&self, piece: &Piece, task: &TaskRule) -> Layered {
        match self.rewritten.get(&piece.id) {
            Some((parts, words)) if *parts == piece.parts => words.clone(),
            _ => words(task, &piece.parts, piece.op),
        }
    }

    /// Says whether a node id stands for something in this version: a provision, an item, a committee in a list.
    pub fn has(&self, id: &str) -> bool {
        if let Some(committee) = id.strip_prefix("udvalg/") {
            return self.committees.iter().any(|(c, _)| c == committee);
        }
        self.remits.values().flatten().any(|p| p.id == id) || self.node(id).is_some()
    }

    /// Returns the words of a whole task, amended where it was.
    pub fn wording(&self, task: &TaskRule) -> Wording {
        match self.rewritten.get(&format!("opgave/{}", task.id.value)) {
            Some((parts, words)) if parts.len() == task.parts.len() => {
                Wording { pieces: words.0.iter().map(|l| l.piece.clone()).collect(), span: task.wording.span }
            }
            _ => task.wording.clone(),
        }
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
            if task.created_by.is_some() {
                state.absent.insert(task.id.value.clone());
            }
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
            OpWhat::CreateTask(index) | OpWhat::AbolishTask(index) => {
                let Some(task) = self.rules.tasks.get(*index).map(|t| t.id.value.clone()) else { return };
                let comes = matches!(op.what, OpWhat::CreateTask(_));
                for piece in self.pieces_of(state, &task) {
                    if let Some(owner) = state.owner(&task, &piece.parts[0]).map(|o| o.id().to_string()) {
                        state.touched.insert((owner, task.clone()), id);
                    }
                    match comes {
                        true => state.removed.remove(&NodeId(piece.id)),
                        false => state.removed.insert(NodeId(piece.id), id),
                    };
                }
                if comes {
                    state.absent.remove(&task)
                } else {
                    state.absent.insert(task)
                };
            }
            OpWhat::Transition(rule, words, _) => self.transition(state, id, rule, words, findings),
            OpWhat::Provision(provision) => match &provision.what {
                ProvisionChange::Amend(node, amend) if node.value.starts_with("opgave/") => {
                    self.amend_item(state, id, node, amend, findings);
                }
                ProvisionChange::Amend(node, amend) => amend_node(self, state, id, node, amend, findings),
                ProvisionChange::Repeal(node) => repeal(self, state, id, node, findings),
                ProvisionChange::Insert(place, what) => insert(self, state, id, place, what, findings),
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
                state.merged.remove(&piece);
                state.split.entry(piece).or_insert_with(|| (id, main.clone()));
                continue;
            }
            // The part stands in the item of whoever owns it now.
            let owner = state.owner(task_id, &part.id.value);
            let first = task.parts.iter().find(|p| owner.is_some() && state.owner(task_id, &p.id.value) == owner);
            if let Some(first) = first {
                let first_of_task = task.parts.first().map(|p| p.id.value.as_str());
                let target = NodeId(piece_id(task_id, first_of_task, &first.id.value));
                state.merged.entry(piece.clone()).or_insert((id, target));
            }
            state.removed.entry(piece).or_insert(id);
        }
    }

    /// Gives an item of a remit new words.
    fn amend_item(&self, state: &mut State, op: OpId, id: &Spanned<String>, amend: &Amend, findings: &mut Findings) {
        let name = id.value.split('/').nth(1).unwrap_or_default();
        let piece = self.pieces_of(state, name).into_iter().find(|p| p.id == id.value);
        let (Some(piece), Some(task)) = (piece, self.task(name)) else {
            return gone(self, state, id, findings);
        };
        let Some(text) = &amend.text else {
            report!(findings, Code::MissingKey, id.span, key = "text");
            return;
        };
        if let Some(owner) = state.owner(name, &piece.parts[0]).map(|o| o.id().to_string()) {
            state.touched.entry((owner, name.to_string())).or_insert(op);
        }
        let words = state.words(&Piece { op: None, ..piece.clone() }, task).amended(text, op);
        state.rewritten.insert(piece.id, (piece.parts, words));
    }

    /// Returns the items of a task, at most one for each owner.
    fn pieces_of(&self, state: &State, task: &str) -> Vec<Piece> {
        let Some(rule) = self.task(task) else { return Vec::new() };
        let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for part in &rule.parts {
            if let Some(owner) = state.owner(task, &part.id.value) {
                parts.entry(owner.id()).or_default().push(part.id.value.clone());
            }
        }
        let first = rule.parts.first().map(|p| p.id.value.as_str());
        parts
            .into_values()
            .map(|parts| Piece { id: piece_id(task, first, &parts[0]), task: task.to_string(), parts, op: None })
            .collect()
    }

    /// Returns the items of a committee's remit.
    fn pieces(&self, state: &State, committee: &str) -> Vec<Piece> {
        let mut out = Vec::new();
        for task_id in state.order.get(committee).map(Vec::as_slice).unwrap_or_default() {
            let Some(task) = self.task(task_id).filter(|t| t.listed && !state.absent.contains(task_id)) else {
                continue;
            };
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
            return gone(self, state, section, findings);
        }
        let Some(parent) = find(state, &section.value) else { return };
        let subsection = crate::rules::SubsectionRule {
            id: Some(rule.id.clone()),
            text: words.clone(),
            formula: None,
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

/// Returns the words of an item that holds these parts: those of the whole task, of the division, or the parts' own.
fn words(task: &TaskRule, parts: &[String], op: Option<OpId>) -> Layered {
    if parts.len() == task.parts.len() {
        return Layered::new(&task.wording, op);
    }
    let same =
        |d: &&crate::rules::Division| d.parts.len() == parts.len() && d.parts.iter().all(|p| parts.contains(&p.value));
    if let Some(division) = task.divided.iter().find(same) {
        return Layered::new(&division.wording, op);
    }
    let mut layers = Vec::new();
    let held: Vec<_> = task.parts.iter().filter(|p| parts.contains(&p.id.value)).collect();
    for (i, part) in held.iter().enumerate() {
        if i > 0 {
            let between = if i + 1 == held.len() { " og " } else { ", " };
            layers.push(Layer { piece: wording::Piece::Text(between.into()), op, span: part.wording.span });
        }
        layers.extend(Layered::new(&part.wording, op).0);
    }
    Layered(layers)
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

/// Reports an operation that finds nothing to work on.
fn gone(model: &Model, state: &State, id: &Spanned<String>, findings: &mut Findings) {
    if state.failed.iter().any(|f| id.value == *f || id.value.starts_with(&format!("{f}/"))) {
        return;
    }
    if let Some(op) = state.removed.get(&NodeId(id.value.clone())) {
        let diagnostic = Diagnostic::new(Code::StaleAmend, id.span).arg("id", &id.value).arg("reason", "repealed");
        let place = model.operation(*op).map(|op| op.span);
        return findings.push(place.into_iter().fold(diagnostic, Diagnostic::other));
    }
    let comes = |op: &&crate::model::Operation| match &op.what {
        OpWhat::Provision(p) => match &p.what {
            ProvisionChange::Insert(place, what) => inserted_id(place, what).is_some_and(|new| new == id.value),
            _ => false,
        },
        _ => false,
    };
    if let Some(op) = model.operations.iter().find(comes) {
        let diagnostic = Diagnostic::new(Code::StaleAmend, id.span).arg("id", &id.value).arg("reason", "comes-later");
        return findings.push(diagnostic.other(op.span));
    }
    if id.value.starts_with("udvalg/") {
        report!(findings, Code::UnknownNode, id.span, id = id.value, reason = "made-item");
        return;
    }
    let mut known: Vec<String> = model.rules.tasks.iter().map(|t| format!("opgave/{}", t.id.value)).collect();
    if !id.value.starts_with("opgave/") {
        known.clear();
        state.walk(&mut |node| known.push(node.id.clone()));
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let name = nearest(&id.value, &known).unwrap_or_default();
    report!(findings, Code::UnknownNode, id.span, id = id.value, name = name);
}

fn amend_node(
    model: &Model,
    state: &mut State,
    op: OpId,
    id: &Spanned<String>,
    amend: &Amend,
    findings: &mut Findings,
) {
    if find(state, &id.value).is_none() {
        return gone(model, state, id, findings);
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
    let of_remit = amend.field.is_some() || amend.formula.is_some();
    let node = if node.kind == NodeKind::Section {
        // Words of a § mean those of its first stk., field and formula those of the one that has them.
        let index = node.children.iter().position(|c| matches!(c.kind, NodeKind::Remit(_))).filter(|_| of_remit);
        match node.children.get_mut(index.unwrap_or(0)) {
            Some(child) => child,
            None => return,
        }
    } else {
        node
    };
    if of_remit != matches!(node.kind, NodeKind::Remit(_)) && (of_remit || amend.text.is_some()) {
        let (key, expected, found) =
            if of_remit { ("field", "@remit", "@provision") } else { ("text", "@provision", "@remit") };
        report!(findings, Code::WrongShape, id.span, key = key, expected = expected, found = found);
        return;
    }
    if let Some(formula) = &amend.formula {
        node.formula = formula.value.clone();
        node.op = Some(op);
    }
    if let Some(text) = amend.field.as_ref().or(amend.text.as_ref()) {
        node.text = node.text.amended(text, op);
        node.op = Some(op);
    }
}

fn repeal(model: &Model, state: &mut State, op: OpId, id: &Spanned<String>, findings: &mut Findings) {
    let mut nodes = Vec::new();
    if let Some((list, i, _)) =
        siblings(&mut state.chapters, "", &id.value).or_else(|| siblings(&mut state.preamble, "", &id.value))
    {
        list.remove(i).walk(&mut |n| nodes.push((n.id.clone(), n.kind.clone())));
    }
    if nodes.is_empty() {
        return gone(model, state, id, findings);
    }
    for (id, kind) in nodes {
        if kind == NodeKind::Section {
            state.removed.insert(crate::document::units::heading_id(&NodeId(id.clone())), op);
        }
        state.removed.insert(NodeId(id), op);
    }
}

fn insert(model: &Model, state: &mut State, op: OpId, place: &Place, what: &Inserted, findings: &mut Findings) {
    let (wanted, parent_kind): (fn(&NodeKind) -> bool, &str) = match what {
        Inserted::Section(_) => (|k| *k == NodeKind::Chapter, "chapter"),
        Inserted::Subsection(_) => (|k| *k == NodeKind::Section, "section"),
        Inserted::Point(_) => (|k| matches!(k, NodeKind::Subsection | NodeKind::Remit(_)), "subsection"),
        Inserted::Letter(_) => (|k| *k == NodeKind::Point, "point"),
    };
    let parent = match place.anchor {
        Anchor::After => siblings(&mut state.chapters, "", &place.node.value).map(|(_, _, parent)| parent),
        Anchor::FirstIn | Anchor::LastIn => Some(place.node.value.clone()),
    };
    let Some(parent) = parent.filter(|parent| find(state, parent).is_some()) else {
        state.failed.extend(inserted_id(place, what));
        return gone(model, state, &place.node, findings);
    };
    let removed = state.removed.clone();
    if !find(state, &parent).is_some_and(|node| wanted(&node.kind)) {
        state.failed.extend(inserted_id(place, what));
        report!(findings, Code::WrongPlace, place.node.span, id = place.node.value, expected = parent_kind);
        return;
    }
    let Some(node) = find(state, &parent) else { return };
    let end = node.children.len();
    // A number that no other child has or had: ids are permanent.
    let taken = |n: usize, node: &Node| {
        let id = format!("{parent}/{n}");
        node.children.iter().any(|c| c.id == id) || removed.contains_key(&NodeId(id))
    };
    let number = (end + 1..).find(|n| !taken(*n, node)).unwrap_or(end + 1);
    let new = match what {
        Inserted::Section(rule) => Node::section(rule, Some(op)),
        Inserted::Subsection(rule) => Node::subsection(&parent, number, rule, Some(op)),
        Inserted::Point(rule) => Node::point(&parent, number, rule, Some(op)),
        Inserted::Letter(rule) => Node::letter(&parent, number, rule, Some(op)),
    };
    let at = match place.anchor {
        Anchor::After => node.children.iter().position(|c| c.id == place.node.value).map_or(end, |i| i + 1),
        Anchor::FirstIn => 0,
        Anchor::LastIn => end,
    };
    let at = at.min(node.children.len());
    node.children.insert(at, new);
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
