//! Says in words what an operation does: for the timeline, for coverage, for papers.

use super::plain::Plain;
use crate::compile::Compiled;
use crate::document::{Address, NodeId, units::units};
use crate::lang::danish;
use crate::model::{Model, OpWhat, Operation, inserted_id};
use crate::rules::{Committee, OwnerRule, ProvisionChange, TransferRule};

/// Says what operations do, with the names and places of two texts: the one before and the one after.
pub struct Words<'a> {
    model: &'a Model,
    before: &'a Compiled,
    after: &'a Compiled,
    plain: Plain<'a>,
}

impl<'a> Words<'a> {
    /// Prepares for two texts.
    pub fn new(model: &'a Model, before: &'a Compiled, after: &'a Compiled) -> Words<'a> {
        Words { model, before, after, plain: Plain::new(model, after) }
    }

    /// Says what an operation does, without its date.
    pub fn operation(&self, op: &Operation) -> String {
        match &op.what {
            OpWhat::Rename(rename) => {
                let Some(committee) = self.model.committee(&rename.committee.value) else { return String::new() };
                renamed(committee, &rename.from.value, &rename.to.value)
            }
            OpWhat::Transfer(transfer) => self.transfer(transfer),
            OpWhat::Provision(provision) => match &provision.what {
                ProvisionChange::Amend(id, amend) => {
                    let place = self.place(&id.value);
                    match (&amend.text, &amend.heading, &amend.field) {
                        (None, Some(_), None) => format!("{place} får ny overskrift"),
                        (None, None, Some(_)) => format!("feltet i {place} ændres"),
                        _ => format!("{place} får ny ordlyd"),
                    }
                }
                ProvisionChange::Insert(place, new) => match inserted_id(place, new) {
                    Some(id) => format!("{} indsættes", self.place(&id)),
                    None => format!(
                        "en ny bestemmelse indsættes ved {}",
                        self.place(&place.node.value).trim_end_matches(',')
                    ),
                },
                ProvisionChange::Repeal(id) => format!("{} ophæves", self.place(&id.value)),
            },
            OpWhat::Transition(rule, ..) => {
                let section = self.model.rules.bylaw.transitional.as_ref().map_or("", |s| s.value.as_str());
                format!(
                    "overgangsbestemmelse i {}",
                    self.place(&format!("{section}/{}", rule.id.value)).trim_end_matches(',')
                )
            }
            OpWhat::Create(i) => format!("{} oprettes", self.committee(*i)),
            OpWhat::Abolish(i) => format!("{} nedlægges", self.committee(*i)),
            OpWhat::CreateTask(i) => format!("opgaven »{}« kommer til", self.task(*i)),
            OpWhat::AbolishTask(i) => format!("opgaven »{}« udgår", self.task(*i)),
        }
    }

    fn transfer(&self, transfer: &TransferRule) -> String {
        let Some(task) = self.model.task(&transfer.task.value) else { return String::new() };
        let named = |part: &&crate::rules::PartRule| transfer.parts.iter().any(|p| p.value == part.id.value);
        let parts: Vec<String> = task.parts.iter().filter(named).map(|p| self.plain.words(&p.wording)).collect();
        let what = if parts.is_empty() { self.plain.words(&task.wording) } else { danish::join(&parts) };
        let from: Vec<String> = transfer.from.iter().map(|o| self.owner(&o.value, self.before)).collect();
        format!("{} går fra {} til {}", closed(&what), danish::join(&from), self.owner(&transfer.to.value, self.after))
    }

    fn owner(&self, owner: &OwnerRule, text: &Compiled) -> String {
        match owner {
            OwnerRule::Committee(id) => {
                let set = text.state.name_set(self.model, id, false);
                set.map_or_else(|| id.clone(), |n| n.committee.definite.value.clone())
            }
            OwnerRule::Council(_) => self.model.rules.bylaw.council.clone(),
        }
    }

    fn committee(&self, index: usize) -> String {
        let Some(committee) = self.model.rules.committees.get(index) else { return String::new() };
        let set = self.after.state.name_set(self.model, &committee.id.value, false);
        set.map_or_else(String::new, |n| n.committee.definite.value.clone())
    }

    fn task(&self, index: usize) -> String {
        self.model.rules.tasks.get(index).map(|t| self.plain.words(&t.wording)).unwrap_or_default()
    }

    /// Returns a node's place in the text after, else in the one before, else its id.
    fn place(&self, id: &str) -> String {
        let found = address(self.after, id).or_else(|| address(self.before, id));
        found.map_or_else(|| format!("»{id}«"), |a| closed(&a.to_string()))
    }
}

/// Puts the comma behind what Danish closes with one before the sentence goes on: a place with a comma in it, a clause.
fn closed(text: &str) -> String {
    let place = text.starts_with('§') && text.contains(',');
    let clause = [", der ", ", som ", ", dog ", ", herunder ", ", bortset ", ", jf. "].iter().any(|c| text.contains(c));
    if place || clause { format!("{text},") } else { text.to_string() }
}

/// Returns the place of a node in a text.
pub fn address(text: &Compiled, id: &str) -> Option<Address> {
    let wanted = NodeId::new(id);
    for chapter in &text.bylaw.chapters {
        if chapter.id == wanted {
            return Some(Address { chapter: Some(chapter.number.clone()), ..Address::default() });
        }
        if let Some(section) = chapter.sections.iter().find(|s| s.id == wanted) {
            return Some(Address { section: Some(section.number.clone()), ..Address::default() });
        }
    }
    units(&text.bylaw).into_iter().find(|unit| unit.id == wanted).map(|unit| unit.address)
}

/// Says how a committee is called from now on: by another name, or only by another abbreviation.
fn renamed(committee: &Committee, from: &str, to: &str) -> String {
    let find = |id: &str| committee.names.iter().find(|n| n.id.value == id);
    let (Some(old), Some(new)) = (find(from), find(to)) else { return String::new() };
    let (before, after) = (&old.committee.definite.value, &new.committee.definite.value);
    let short = new.abbreviation.as_ref().filter(|a| old.abbreviation.as_ref().map(|o| &o.value) != Some(&a.value));
    match (before == after, short) {
        (true, Some(short)) => format!("{after} forkortes {}", short.value),
        (true, None) => format!("{after} får andre navneformer"),
        (false, Some(short)) => format!("{before} hedder {after}, forkortet {}", short.value),
        (false, None) => format!("{before} hedder {after}"),
    }
}
