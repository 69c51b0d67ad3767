//! The tree of a locked reading with its ids and causes, as a file that outlives the rules it was made of.

use crate::compile::Compiled;
use crate::document::{Block, Bylaw, OpId, Text};
use crate::model::{Model, OpWhat, Operation};
use crate::output::describe::effect_words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Is a tree with the operations that its marks name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tree {
    /// The operations; an `op` in the tree is an index into them.
    operations: Vec<Cause>,
    /// The name that each committee has in the text: its id and the name's.
    pub names: BTreeMap<String, String>,
    /// The text.
    pub bylaw: Bylaw,
}

/// Is an operation, called by what stays when the rules are edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cause {
    /// The file of changes, by its id.
    change: String,
    /// What kind of operation, and what it works on.
    what: String,
    /// When it takes effect, in words.
    effect: String,
    /// The clauses it rests on.
    clauses: Vec<String>,
}

impl Tree {
    /// Makes the tree of a version.
    pub fn new(model: &Model, compiled: &Compiled) -> Tree {
        let operations = model.operations.iter().map(|op| cause(model, op)).collect();
        let names = compiled.state.committees.iter().filter_map(|(id, _)| {
            let set = compiled.state.name_set(model, id, false)?;
            Some((id.clone(), set.id.value.clone()))
        });
        Tree { operations, names: names.collect(), bylaw: compiled.bylaw.clone() }
    }

    /// Returns the text with its marks naming the operations of today's rules; one that is gone is named no more.
    pub fn bylaw(&self, model: &Model) -> Bylaw {
        let today: Vec<Cause> = model.operations.iter().map(|op| cause(model, op)).collect();
        let found: Vec<Option<OpId>> = self
            .operations
            .iter()
            .map(|old| {
                let same = today.iter().position(|new| new == old);
                let alike = || today.iter().position(|new| new.change == old.change && new.what == old.what);
                same.or_else(alike).and_then(|i| u32::try_from(i).ok()).map(OpId)
            })
            .collect();
        let mut bylaw = self.bylaw.clone();
        each_op(&mut bylaw, &mut |op| *op = op.and_then(|id| found.get(id.0 as usize).copied().flatten()));
        bylaw
    }
}

fn cause(model: &Model, op: &Operation) -> Cause {
    let what = match &op.what {
        OpWhat::Rename(r) => format!("rename {} {}", r.committee.value, r.to.value),
        OpWhat::Transfer(t) => {
            let parts: Vec<&str> = t.parts.iter().map(|p| p.value.as_str()).collect();
            format!("transfer {} [{}]", t.task.value, parts.join(" "))
        }
        OpWhat::Provision(p) => match &p.what {
            crate::rules::ProvisionChange::Amend(id, _) => format!("amend {}", id.value),
            crate::rules::ProvisionChange::Repeal(id) => format!("repeal {}", id.value),
            crate::rules::ProvisionChange::Insert(place, new) => {
                let id = crate::model::inserted_id(place, new).unwrap_or_else(|| place.node.value.clone());
                format!("insert {id}")
            }
        },
        OpWhat::Transition(t, ..) => format!("transition {}", t.id.value),
        OpWhat::Create(i) => format!("create {}", model.rules.committees.get(*i).map_or("", |c| &c.id.value)),
        OpWhat::Abolish(i) => format!("abolish {}", model.rules.committees.get(*i).map_or("", |c| &c.id.value)),
        OpWhat::CreateTask(i) => format!("create-task {}", model.rules.tasks.get(*i).map_or("", |t| &t.id.value)),
        OpWhat::AbolishTask(i) => format!("abolish-task {}", model.rules.tasks.get(*i).map_or("", |t| &t.id.value)),
    };
    Cause {
        change: model.rules.changes.get(op.change).map_or_else(String::new, |c| c.id.value.clone()),
        what,
        effect: effect_words(&op.effect),
        clauses: op.basis.iter().map(|b| b.value.clone()).collect(),
    }
}

/// Visits every mark of an operation in the tree.
fn each_op(bylaw: &mut Bylaw, visit: &mut dyn FnMut(&mut Option<OpId>)) {
    let text = |text: &mut Text, visit: &mut dyn FnMut(&mut Option<OpId>)| {
        text.0.iter_mut().for_each(|run| visit(&mut run.origin.op));
    };
    text(&mut bylaw.title, visit);
    for paragraph in &mut bylaw.preamble {
        visit(&mut paragraph.op);
        text(&mut paragraph.text, visit);
    }
    for chapter in &mut bylaw.chapters {
        visit(&mut chapter.op);
        text(&mut chapter.title, visit);
        for section in &mut chapter.sections {
            visit(&mut section.op);
            if let Some(heading) = &mut section.heading {
                text(heading, visit);
            }
            for block in section.subsections.iter_mut().flat_map(|s| &mut s.blocks) {
                match block {
                    Block::Text(paragraph) => {
                        visit(&mut paragraph.op);
                        text(&mut paragraph.text, visit);
                    }
                    Block::List(points) => {
                        for point in points {
                            visit(&mut point.op);
                            text(&mut point.text, visit);
                            for letter in &mut point.letters {
                                visit(&mut letter.op);
                                text(&mut letter.text, visit);
                            }
                        }
                    }
                }
            }
        }
    }
}
