//! What the templates see: texts that are escaped and carry the marks of their node and origin.

use crate::diag::{Code, Findings};
use crate::document::number::letter_label;
use crate::document::print::escape;
use crate::document::{NodeId, OpId, Origin, OriginKind};
use crate::lang::danish;
use crate::model::{Layer, Layered, Model, Node, NodeKind, State};
use crate::parse::marks::Marks;
use crate::report;
use crate::rules::{ListStyle, ListedCommittees, NameForm, wording};
use crate::template::Templates;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Context;

#[derive(Serialize)]
struct Paragraph {
    text: String,
}

#[derive(Serialize)]
struct Chapter {
    number: String,
    title: String,
    shown: bool,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    number: String,
    heading: Option<String>,
    subsections: Vec<Subsection>,
}

#[derive(Serialize)]
struct Subsection {
    number: usize,
    text: String,
    blocks: Vec<Block>,
}

#[derive(Serialize)]
struct Block {
    text: String,
    points: Option<Vec<Point>>,
}

#[derive(Serialize)]
struct Point {
    label: String,
    text: String,
    letters: Vec<Letter>,
}

#[derive(Serialize)]
struct Letter {
    label: String,
    text: String,
}

/// Is an item before it is punctuated.
struct Item {
    id: NodeId,
    op: Option<OpId>,
    text: Layered,
    kind: OriginKind,
    letters: Vec<(NodeId, Option<OpId>, Layered)>,
}

/// Builds the context of the main template.
pub(super) fn build(
    model: &Model,
    templates: &Templates,
    state: &State,
    marks: &mut Marks,
    findings: &mut Findings,
) -> Option<Context> {
    let lists = lists(state);
    let mut builder = Builder { model, templates, state, lists, marks, findings, failed: false };
    let title = Layered::new(&model.rules.bylaw.title, None);
    let title = builder.text(&title, &OriginKind::Provision);
    let preamble: Vec<Paragraph> =
        state.preamble.iter().map(|node| Paragraph { text: builder.block_text(node) }).collect();
    let chapters: Vec<Chapter> = state.chapters.iter().map(|c| builder.chapter(c)).collect();
    if builder.failed {
        return None;
    }
    let mut context = Context::new();
    context.insert("title", &title);
    context.insert("preamble", &preamble);
    context.insert("chapters", &chapters);
    Some(context)
}

struct Builder<'a> {
    model: &'a Model,
    templates: &'a Templates,
    state: &'a State,
    /// The groups of each committee's task lists, in the order of the text.
    lists: BTreeMap<String, Vec<Option<String>>>,
    marks: &'a mut Marks,
    findings: &'a mut Findings,
    failed: bool,
}

impl Builder<'_> {
    fn chapter(&mut self, node: &Node) -> Chapter {
        let shown = !(node.number.value.is_empty() && node.text.is_empty());
        let mark = if shown { self.marks.node(NodeId::new(&node.id), node.op) } else { String::new() };
        Chapter {
            number: escape(&node.number.value),
            title: mark + &self.text(&node.text, &OriginKind::Provision),
            shown,
            sections: node.children.iter().map(|s| self.section(s)).collect(),
        }
    }

    fn section(&mut self, node: &Node) -> Section {
        let heading = node.heading.as_ref().map(|h| self.text(h, &OriginKind::Provision));
        let own = self.marks.node(NodeId::new(&node.id), node.heading_op);
        let mut subsections: Vec<Subsection> =
            node.children.iter().enumerate().map(|(i, s)| self.subsection(s, i + 1)).collect();
        if let Some(first) = subsections.first_mut() {
            first.text.insert_str(0, &own);
        }
        Section { number: node.number.value.clone(), heading, subsections }
    }

    fn subsection(&mut self, node: &Node, number: usize) -> Subsection {
        let mark = self.marks.node(NodeId::new(&node.id), node.op);
        let text = match &node.kind {
            NodeKind::Remit(committee) => mark + &self.lead(node, committee),
            _ => mark + &self.text(&node.text, &OriginKind::Provision),
        };
        let mut blocks = Vec::new();
        let mut list: Vec<Item> = Vec::new();
        let mut next = 1;
        for child in &node.children {
            match &child.kind {
                NodeKind::Point => list.push(Item {
                    id: NodeId::new(&child.id),
                    op: child.op,
                    text: child.text.clone(),
                    kind: OriginKind::Provision,
                    letters: child.children.iter().map(|l| (NodeId::new(&l.id), l.op, l.text.clone())).collect(),
                }),
                NodeKind::Committees(which, form, capital) => {
                    list.extend(self.committees(*which, *form, *capital, child));
                }
                NodeKind::Tasks(committee, group) => list.extend(self.tasks(committee, group.as_ref())),
                _ => {
                    self.flush(&mut list, goes_on(child), &mut blocks, &mut next);
                    blocks.push(Block { text: self.block_text(child), points: None });
                }
            }
        }
        self.flush(&mut list, false, &mut blocks, &mut next);
        Subsection { number, text, blocks }
    }

    fn flush(&mut self, list: &mut Vec<Item>, goes_on: bool, blocks: &mut Vec<Block>, next: &mut u32) {
        if !list.is_empty() {
            let points = self.points(std::mem::take(list), goes_on, next);
            blocks.push(Block { text: String::new(), points: Some(points) });
        }
    }

    /// Returns a paragraph that has no label, guarded so that its words are not taken for one.
    fn block_text(&mut self, node: &Node) -> String {
        let mark = self.marks.node(NodeId::new(&node.id), node.op);
        // The mark comes first on the line, so that nothing in the text can look like a label there.
        mark + &self.text(&node.text, &OriginKind::Provision)
    }

    fn committees(&self, which: ListedCommittees, form: NameForm, capital: bool, node: &Node) -> Vec<Item> {
        self.model
            .listed(self.state, which == ListedCommittees::All)
            .into_iter()
            .map(|(id, op)| {
                let piece = wording::Piece::Name { committee: id.into(), form, capital, current: false };
                let op = op.or(node.op);
                Item {
                    id: NodeId(format!("udvalg/{id}")),
                    op,
                    text: Layered(vec![Layer { piece, op, span: node.span }]),
                    kind: OriginKind::Provision,
                    letters: Vec::new(),
                }
            })
            .collect()
    }

    /// Returns the items of one of a committee's lists.
    fn tasks(&self, committee: &str, group: Option<&String>) -> Vec<Item> {
        let mut out = Vec::new();
        for piece in self.state.remits.get(committee).map(Vec::as_slice).unwrap_or_default() {
            let Some(task) = self.model.task(&piece.task) else { continue };
            let own = task.group.as_ref().map(|g| &g.value);
            if list_for(self.lists.get(committee), own) != group {
                continue;
            }
            let whole = piece.parts.len() == task.parts.len();
            let letters = task.letters.iter().enumerate().filter(|_| whole).map(|(i, letter)| {
                let id = letter.id.as_ref().map_or_else(|| format!("litra-{}", i + 1), |id| id.value.clone());
                (NodeId(format!("{}/{id}", piece.id)), piece.op, Layered::new(&letter.text, piece.op))
            });
            out.push(Item {
                id: NodeId::new(&piece.id),
                op: piece.op,
                text: self.state.words(piece, task),
                kind: OriginKind::Task(task.id.value.clone()),
                letters: letters.collect(),
            });
        }
        out
    }

    /// Renders the lead of a remit from its formula.
    fn lead(&mut self, node: &Node, committee: &str) -> String {
        let name = format!("ressort/{}.tera", node.formula);
        if !self.templates.has(&name) {
            let allowed = danish::join(&self.templates.formulas());
            report!(self.findings, Code::UnknownFormula, node.span, value = node.formula, allowed = allowed);
            self.failed = true;
            return String::new();
        }
        if self.state.name_set(self.model, committee, false).is_none() {
            // A committee that does not exist has been reported; it has no name to print.
            self.failed = true;
            return String::new();
        }
        let mut names = serde_json::Map::new();
        for (key, form) in NameForm::ALL {
            let has = self.state.name_set(self.model, committee, false).is_some_and(|n| n.form(form).is_some());
            if has {
                for (capital, ending) in [(false, ""), (true, "_capital")] {
                    let piece = wording::Piece::Name { committee: committee.into(), form, capital, current: false };
                    let layer = Layer { piece, op: None, span: node.span };
                    let text = self.text(&Layered(vec![layer]), &OriginKind::Provision);
                    names.insert(key.replace('-', "_") + ending, text.into());
                }
            }
        }
        let mut context = Context::new();
        context.insert("committee", &names);
        context.insert("field", &self.text(&node.text, &OriginKind::Provision));
        context.insert("council", &escape(&self.model.rules.bylaw.council));
        match self.templates.render(&name, &context, &self.model.rules.sources, self.findings) {
            Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            None => {
                self.failed = true;
                String::new()
            }
        }
    }

    /// Punctuates and labels the items of one list; with `goes_on`, the sentence goes on after it.
    fn points(&mut self, items: Vec<Item>, goes_on: bool, next: &mut u32) -> Vec<Point> {
        let style = self.model.rules.bylaw.list_style;
        let marker = self.model.rules.bylaw.marker;
        let count = items.len();
        let mut out = Vec::new();
        for (i, item) in items.into_iter().enumerate() {
            let end = if goes_on && i + 1 == count { "," } else { separator(style, i, count) };
            let mark = self.marks.node(item.id.clone(), item.op);
            let has_letters = !item.letters.is_empty();
            let text = self.item_text(&item.text, &item.kind, if has_letters { None } else { Some(end) });
            let letter_count = item.letters.len();
            let letters = item
                .letters
                .into_iter()
                .enumerate()
                .map(|(k, (id, op, text))| {
                    let mark = self.marks.node(id, op);
                    let end = if k + 1 == letter_count { end } else { separator(style, k, letter_count) };
                    let text = self.item_text(&text, &OriginKind::Provision, Some(end));
                    Letter { label: letter_label(k as u32 + 1), text: mark + &text }
                })
                .collect();
            let label = marker.label(*next);
            *next += 1;
            out.push(Point { label, text: mark + &text, letters });
        }
        out
    }

    fn item_text(&mut self, text: &Layered, kind: &OriginKind, end: Option<&str>) -> String {
        let mut text = text.clone();
        if self.model.rules.bylaw.list_style == ListStyle::Sentences {
            match text.0.first_mut().map(|layer| &mut layer.piece) {
                Some(wording::Piece::Text(words)) => *words = danish::capital(words),
                Some(wording::Piece::Name { capital, .. }) => *capital = true,
                _ => {}
            }
        }
        let mut out = self.text(&text, kind);
        let ends_in_period =
            matches!(text.0.last(), Some(Layer { piece: wording::Piece::Text(t), .. }) if t.ends_with('.'));
        if let Some(end) = end
            && !(end == "." && ends_in_period)
        {
            let origin = Origin { kind: OriginKind::Separator, span: None, op: None };
            out += &self.marks.origin(origin, end);
        }
        out
    }

    /// Returns a text with its names, references and dates in place and the marks of their origins around them.
    fn text(&mut self, text: &Layered, kind: &OriginKind) -> String {
        text.0.iter().map(|layer| self.layer(layer, kind)).collect()
    }

    fn layer(&mut self, layer: &Layer, kind: &OriginKind) -> String {
        let origin = |kind: OriginKind, op: Option<OpId>| Origin { kind, span: Some(layer.span), op };
        match &layer.piece {
            wording::Piece::Text(words) => self.marks.origin(origin(kind.clone(), layer.op), &escape(words)),
            wording::Piece::Name { committee, form, capital, current } => {
                self.name(layer, committee, *form, *capital, *current)
            }
            wording::Piece::Reference { ids, style } => {
                let kind = OriginKind::Reference(ids.iter().map(NodeId::new).collect());
                self.marks.origin(origin(kind, layer.op), style.mark())
            }
            wording::Piece::External { act, text } => {
                self.marks.origin(origin(OriginKind::External(act.clone()), layer.op), &escape(text))
            }
            wording::Piece::Date(change) => {
                let date = self
                    .model
                    .change(change)
                    .and_then(|c| c.effect.as_ref())
                    .and_then(|e| e.value.date())
                    .map(danish::den)
                    .unwrap_or_default();
                self.marks.origin(origin(OriginKind::Data(format!("date:{change}")), layer.op), &date)
            }
            wording::Piece::Reading(number) => {
                let date = self
                    .model
                    .readings_of(layer.op)
                    .iter()
                    .find(|r| r.number.value == i64::from(*number))
                    .map(|r| danish::den(r.date.value))
                    .unwrap_or_else(|| "…".into());
                self.marks.origin(origin(OriginKind::Data(format!("reading:{number}")), layer.op), &date)
            }
            wording::Piece::Effect => String::new(),
        }
    }

    fn name(&mut self, layer: &Layer, committee: &str, form: NameForm, capital: bool, current: bool) -> String {
        let names = match current {
            true => {
                let index = self.model.current_name(committee, layer.op);
                self.model.committee(committee).and_then(|c| c.names.get(index))
            }
            false => self.state.name_set(self.model, committee, false),
        };
        let Some(names) = names else { return String::new() };
        let rename = self.state.names.get(committee).and_then(|(_, rename)| *rename);
        let Some(words) = names.form(form) else {
            report!(self.findings, Code::MissingForm, layer.span, committee = committee, name = form.as_str());
            return String::new();
        };
        let shown = if capital { danish::capital(&words.value) } else { words.value.clone() };
        let kind = OriginKind::Name {
            committee: committee.into(),
            form: form.as_str().to_string() + if shown == words.value { "" } else { "-capital" },
            historical: current,
        };
        let op = layer.op.or(if current { None } else { rename });
        let origin = Origin { kind, span: Some(words.span), op };
        self.marks.origin(origin, &escape(&shown))
    }
}

/// Says whether a paragraph goes on with the sentence of the list before it: "samt drift af:".
fn goes_on(node: &Node) -> bool {
    matches!(node.text.0.first(), Some(Layer { piece: wording::Piece::Text(words), .. })
        if words.chars().next().is_some_and(char::is_lowercase))
}

/// Lists the groups of each committee's task lists, in the order of the text.
fn lists(state: &State) -> BTreeMap<String, Vec<Option<String>>> {
    let mut out: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    state.walk(&mut |node| {
        if let NodeKind::Tasks(committee, group) = &node.kind {
            out.entry(committee.clone()).or_default().push(group.clone());
        }
    });
    out
}

/// Returns the list a task of this group stands in: that of the group, else the one without a group, else the first.
fn list_for<'l>(lists: Option<&'l Vec<Option<String>>>, group: Option<&String>) -> Option<&'l String> {
    let lists = lists?;
    let own = lists.iter().find(|l| l.is_some() && l.as_ref() == group);
    own.or_else(|| lists.iter().find(|l| l.is_none())).or_else(|| lists.first())?.as_ref()
}

/// Returns what ends the `i`th of `count` items.
fn separator(style: ListStyle, i: usize, count: usize) -> &'static str {
    match style {
        ListStyle::Sentences => ".",
        _ if i + 1 == count => ".",
        ListStyle::Chain if i + 2 == count => " og",
        _ => ",",
    }
}
