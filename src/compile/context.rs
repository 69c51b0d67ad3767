//! What the templates see: texts that are escaped and carry the marks of their node and origin.

use crate::diag::{Code, Findings};
use crate::document::number::letter_label;
use crate::document::print::escape;
use crate::document::{NodeId, OpId, Origin, OriginKind};
use crate::lang::danish;
use crate::model::{Layer, Layered, Model, Node, NodeKind, Piece, State};
use crate::parse::marks::Marks;
use crate::report;
use crate::rules::{ListStyle, ListedCommittees, NameForm, TaskRule, wording};
use crate::template::Templates;
use serde::Serialize;
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
    let mut builder = Builder { model, templates, state, marks, findings, failed: false };
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
    marks: &'a mut Marks,
    findings: &'a mut Findings,
    failed: bool,
}

impl Builder<'_> {
    fn chapter(&mut self, node: &Node) -> Chapter {
        let shown = !(node.number.value.is_empty() && node.text.is_empty());
        let mark = self.marks.node(NodeId::new(&node.id), node.op);
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
        if let NodeKind::Remit(committee) = &node.kind {
            let text = mark + &self.lead(node, committee);
            let items = self.remit(committee);
            let mut next = 1;
            let points = self.points(items, &mut next);
            let blocks =
                if points.is_empty() { Vec::new() } else { vec![Block { text: String::new(), points: Some(points) }] };
            return Subsection { number, text, blocks };
        }
        let text = mark + &self.text(&node.text, &OriginKind::Provision);
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
                NodeKind::Committees(which) => list.extend(self.committees(*which, child)),
                _ => {
                    self.flush(&mut list, &mut blocks, &mut next);
                    blocks.push(Block { text: self.block_text(child), points: None });
                }
            }
        }
        self.flush(&mut list, &mut blocks, &mut next);
        Subsection { number, text, blocks }
    }

    fn flush(&mut self, list: &mut Vec<Item>, blocks: &mut Vec<Block>, next: &mut u32) {
        if !list.is_empty() {
            let points = self.points(std::mem::take(list), next);
            blocks.push(Block { text: String::new(), points: Some(points) });
        }
    }

    /// Returns a paragraph that has no label, guarded so that its words are not taken for one.
    fn block_text(&mut self, node: &Node) -> String {
        let mark = self.marks.node(NodeId::new(&node.id), node.op);
        // The mark comes first on the line, so that nothing in the text can look like a label there.
        mark + &self.text(&node.text, &OriginKind::Provision)
    }

    fn committees(&self, which: ListedCommittees, node: &Node) -> Vec<Item> {
        self.model
            .listed(self.state, which == ListedCommittees::All)
            .into_iter()
            .map(|(id, op)| {
                let piece = wording::Piece::Name { committee: id.into(), form: NameForm::Definite, current: false };
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

    fn remit(&mut self, committee: &str) -> Vec<Item> {
        let pieces = self.state.remits.get(committee).cloned().unwrap_or_default();
        pieces.iter().filter_map(|p| self.model.task(&p.task).map(|t| item(p, t))).collect()
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
        let mut names = serde_json::Map::new();
        for (key, form) in NameForm::ALL {
            let has = self.state.name_set(self.model, committee, false).is_some_and(|n| n.form(form).is_some());
            if has {
                let piece = wording::Piece::Name { committee: committee.into(), form, current: false };
                let layer = Layer { piece, op: None, span: node.span };
                let text = self.text(&Layered(vec![layer]), &OriginKind::Provision);
                names.insert(key.replace('-', "_"), text.into());
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

    /// Punctuates and labels the items of one list.
    fn points(&mut self, items: Vec<Item>, next: &mut u32) -> Vec<Point> {
        let style = self.model.rules.bylaw.list_style;
        let marker = self.model.rules.bylaw.marker;
        let count = items.len();
        let mut out = Vec::new();
        for (i, item) in items.into_iter().enumerate() {
            let end = separator(style, i, count);
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
        if self.model.rules.bylaw.list_style == ListStyle::Sentences
            && let Some(Layer { piece: wording::Piece::Text(words), .. }) = text.0.first_mut()
        {
            *words = danish::capital(words);
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
            wording::Piece::Name { committee, form, current } => self.name(layer, committee, *form, *current),
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
                    .rules
                    .readings
                    .iter()
                    .find(|r| r.number.value == i64::from(*number))
                    .map(|r| danish::den(r.date.value))
                    .unwrap_or_default();
                self.marks.origin(origin(OriginKind::Data(format!("reading:{number}")), layer.op), &date)
            }
            wording::Piece::Effect => String::new(),
        }
    }

    fn name(&mut self, layer: &Layer, committee: &str, form: NameForm, current: bool) -> String {
        let Some(names) = self.state.name_set(self.model, committee, current) else { return String::new() };
        let (index, rename) = self.state.names.get(committee).copied().unwrap_or_default();
        let Some(words) = names.form(form) else {
            report!(self.findings, Code::MissingForm, layer.span, committee = committee, name = form.as_str());
            return String::new();
        };
        let kind = OriginKind::Name {
            committee: committee.into(),
            form: form.as_str().into(),
            historical: current && index != 0,
        };
        let op = layer.op.or(if current { None } else { rename });
        let origin = Origin { kind, span: Some(words.span), op };
        self.marks.origin(origin, &escape(&words.value))
    }
}

/// Returns the words of an item: those of the whole task, of the division, or the parts' own joined.
fn item(piece: &Piece, task: &TaskRule) -> Item {
    let whole = piece.parts.len() == task.parts.len();
    let division = task
        .divided
        .iter()
        .find(|d| d.parts.len() == piece.parts.len() && d.parts.iter().all(|p| piece.parts.contains(&p.value)));
    let text = match division {
        _ if whole => Layered::new(&task.wording, piece.op),
        Some(division) => Layered::new(&division.wording, piece.op),
        None => {
            let mut layers = Vec::new();
            let held: Vec<_> = task.parts.iter().filter(|p| piece.parts.contains(&p.id.value)).collect();
            for (i, part) in held.iter().enumerate() {
                if i > 0 {
                    let words = if i + 1 == held.len() { " og " } else { ", " };
                    let piece_text = wording::Piece::Text(words.into());
                    layers.push(Layer { piece: piece_text, op: piece.op, span: part.wording.span });
                }
                layers.extend(Layered::new(&part.wording, piece.op).0);
            }
            Layered(layers)
        }
    };
    Item {
        id: NodeId::new(&piece.id),
        op: piece.op,
        text,
        kind: OriginKind::Task(task.id.value.clone()),
        letters: Vec::new(),
    }
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
