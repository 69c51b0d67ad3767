//! An extract for each administration: what its committee gives and gets, which words of its § change and why, and
//! that nothing is lost on the way.

use super::describe::Describer;
use crate::diff::{Redline, Row};
use crate::lang::danish;
use crate::render::frame::Frame;
use crate::render::paper::{Block, Cell, Column, Look, Paper, Span, Style, Table};
use crate::render::places::route;
use crate::render::view::{
    ChangeInfo, CommitteeView, MoveView, ObligationView, OwnershipDoc, RedlineDoc, RowView, TaskState,
};

/// Is the folder of the extracts in a reading's folder.
pub const FOLDER: &str = "udtraek";

/// How many characters of kept words stand around a mark.
const AROUND: usize = 48;

/// Is what the extracts of a reading are made of.
pub struct Extracts<'a> {
    /// Who is who.
    pub describer: &'a Describer<'a>,
    /// Who owns what before and after.
    pub owners: &'a OwnershipDoc,
    /// The comparison with the text in force.
    pub redline: &'a Redline,
    /// What is known of each change.
    pub infos: &'a [ChangeInfo],
    /// The same comparison as it is shown.
    pub doc: &'a RedlineDoc,
    /// What the agreement promises.
    pub obligations: &'a [ObligationView],
}

impl Extracts<'_> {
    /// Makes the extract of each committee that is there before or after: its id and the paper.
    pub fn papers(&self, frame: &Frame) -> Vec<(String, Paper)> {
        self.owners.committees.iter().map(|c| (c.id.clone(), self.paper(c, frame))).collect()
    }

    fn paper(&self, committee: &CommitteeView, frame: &Frame) -> Paper {
        let name = if committee.after.is_empty() { &committee.before } else { &committee.after };
        let office = if committee.administration.is_empty() { name } else { &committee.administration };
        // Which text is in force, and what it is worth, stands in the whole documents and at the foot of the page.
        let frame = Frame { kind: format!("Udtræk for {office}"), edition_line: String::new(), ..frame.clone() };
        let gives: Vec<&MoveView> = self.owners.moves.iter().filter(|m| m.before == committee.before).collect();
        let gets: Vec<&MoveView> = self.owners.moves.iter().filter(|m| m.after == committee.after).collect();
        let mut blocks = vec![Block::styled(Style::Lead, vec![Span::plain(summary(name, &gives, &gets))])];
        blocks.extend(whole(committee));
        if !gives.is_empty() {
            blocks.push(Block::heading(1, "Udvalget afgiver"));
            blocks.push(moves(&gives, "Til", |m| &m.after));
        }
        if !gets.is_empty() {
            blocks.push(Block::heading(1, "Udvalget modtager"));
            blocks.push(moves(&gets, "Fra", |m| &m.before));
        }
        self.remit(&committee.id, &mut blocks);
        self.names(committee, &mut blocks);
        self.elsewhere(&committee.id, &mut blocks);
        self.pending(committee, &mut blocks);
        self.promised(name, &mut blocks);
        Paper { frame, blocks }
    }

    /// Tells the words of the committee's § that change, each with its reason; what merely follows is counted.
    fn remit(&self, id: &str, blocks: &mut Vec<Block>) {
        let own: Vec<(&Row, &RowView)> = self
            .redline
            .rows
            .iter()
            .zip(&self.doc.rows)
            .filter(|(row, view)| !view.changes.is_empty() && self.in_remit(row, id))
            .collect();
        let (follow, decided): (Vec<_>, Vec<_>) = own.into_iter().partition(|(_, view)| view.consequence);
        if decided.is_empty() && follow.is_empty() {
            return;
        }
        let places: Vec<String> = self.sections(id);
        blocks.push(Block::heading(1, format!("Ændrede ord i udvalgets paragraf ({})", danish::join(&places))));
        let rows = decided.iter().map(|(row, view)| {
            let mut words = words(view);
            if let Some(note) = &view.note {
                words.push(Span::new(Look::Emphasis, format!(" [{note}]")));
            }
            if let Some(from) = &view.from {
                words.push(Span::new(Look::Emphasis, format!(" [{from}]")));
            }
            vec![
                Cell::text(place(row)),
                Cell { blocks: vec![Block::styled(Style::Body, words)] },
                Cell::text(self.why(view)),
            ]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        if !rows.is_empty() {
            blocks.push(table(&[("Sted", 3), ("Ordlyd", 9), ("Hvorfor", 5)], rows));
        }
        if !follow.is_empty() {
            let places = danish::counted(follow.len(), "linje", "linjer");
            let text = format!("Desuden ændres numre, henvisninger eller tegn i {places} alene som følge heraf.");
            blocks.push(Block::styled(Style::Note, vec![Span::plain(text)]));
        }
    }

    fn in_remit(&self, row: &Row, id: &str) -> bool {
        row.old.iter().chain(&row.new).any(|side| self.describer.remit(&side.section) == Some(id))
            && match (&row.old, &row.new) {
                // A line that moved belongs where it is shown.
                (Some(old), Some(new)) if old.section != new.section => {
                    let here = if row.state == crate::diff::RowState::MovedFrom { old } else { new };
                    self.describer.remit(&here.section) == Some(id)
                }
                _ => true,
            }
    }

    fn sections(&self, id: &str) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for row in &self.redline.rows {
            for side in row.new.iter().chain(row.old.iter().filter(|_| row.new.is_none())) {
                let number = side.address.section.as_ref().map(|n| format!("§ {n}"));
                if let Some(number) =
                    number.filter(|n| self.describer.remit(&side.section) == Some(id) && !out.contains(n))
                {
                    out.push(number);
                }
            }
        }
        out
    }

    fn why(&self, view: &RowView) -> String {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for info in view.numbers.iter().filter_map(|c| self.infos.get(*c)).filter(|i| !i.why.is_empty()) {
            let at = reasons.iter().position(|(why, _)| *why == info.why).unwrap_or_else(|| {
                reasons.push((&info.why, Vec::new()));
                reasons.len() - 1
            });
            let Some((_, clauses)) = reasons.get_mut(at) else { continue };
            for clause in &info.clauses {
                if !clauses.contains(&clause.id.as_str()) {
                    clauses.push(&clause.id);
                }
            }
        }
        let told = reasons.iter().map(|(why, clauses)| match clauses.as_slice() {
            [] => why.to_string(),
            clauses => format!("{why} ({})", danish::join(clauses)),
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn names(&self, committee: &CommitteeView, blocks: &mut Vec<Block>) {
        let names = self.describer.renamed(&committee.id);
        if names.is_empty() {
            return;
        }
        blocks.push(Block::heading(1, "Navne, der ændres"));
        let change = |what: &str, old: &str, new: &str| {
            let words = vec![Span::new(Look::Deleted, old), Span::plain(" "), Span::new(Look::Inserted, new)];
            vec![Cell::text(what), Cell { blocks: vec![Block::styled(Style::Body, words)] }]
        };
        let rows = names.iter().map(|(what, old, new)| change(what, old, new)).collect();
        blocks.push(table(&[("Hvad", 3), ("Navn", 14)], rows));
        let renaming = |c: &usize| {
            self.doc.summary.get(*c).is_some_and(|s| s.class == "renaming")
                && self.infos.get(*c).is_some_and(|i| i.administrations.contains(&committee.id))
        };
        let sections = self.doc.sections.iter().filter(|s| s.changes.iter().any(renaming));
        let places: Vec<&str> = sections.map(|s| s.place.as_str()).collect();
        if !places.is_empty() {
            blocks.push(Block::text(format!("Navnene ændres i {}.", danish::join(&places))));
        }
    }

    /// Tells what touches the committee outside its own §.
    fn elsewhere(&self, id: &str, blocks: &mut Vec<Block>) {
        let mut items: Vec<Vec<Span>> = Vec::new();
        for (change, (row, info)) in self.redline.changes.iter().zip(self.doc.summary.iter().zip(self.infos)) {
            let own = change.rows.iter().filter_map(|i| self.redline.rows.get(*i)).any(|r| self.in_remit(r, id));
            if row.class != "substance" || own || !info.administrations.iter().any(|a| a == id) {
                continue;
            }
            let text = format!("{} ({}): {}", route(&row.old, &row.new), row.kind.to_lowercase(), row.words);
            items.push(vec![Span::plain(text)]);
        }
        if !items.is_empty() {
            blocks.push(Block::heading(1, "Andre steder, der berører udvalget"));
            blocks.push(Block::List { ordered: false, items });
        }
    }

    fn pending(&self, committee: &CommitteeView, blocks: &mut Vec<Block>) {
        let mine = |m: &&MoveView| m.before == committee.before || m.after == committee.after;
        let waiting: Vec<&MoveView> = self.owners.deferred.iter().filter(mine).collect();
        if waiting.is_empty() {
            return;
        }
        blocks.push(Block::heading(1, "Aftalt, men endnu uden dato"));
        let other = |m: &MoveView| {
            if m.before == committee.before { format!("til {}", m.after) } else { format!("fra {}", m.before) }
        };
        let rows = waiting
            .iter()
            .map(|m| vec![Cell::text(task(m)), Cell::text(other(m)), Cell::text(when(m)), Cell::text(clauses(m))]);
        blocks.push(table(&[("Opgave", 7), ("Fra eller til", 5), ("Hvornår", 4), ("Punkt", 2)], rows.collect()));
    }

    fn promised(&self, name: &str, blocks: &mut Vec<Block>) {
        let items: Vec<Vec<Span>> = self
            .obligations
            .iter()
            .filter(|o| o.by == name)
            .map(|o| {
                let due = if o.due.is_empty() { String::new() } else { format!("; frist: {}", o.due) };
                let every = if o.every.is_empty() { String::new() } else { format!("; {}", o.every) };
                let to = if o.to.is_empty() { String::new() } else { format!("; modtager: {}", o.to) };
                let clauses =
                    if o.clauses.is_empty() { String::new() } else { format!(" ({})", danish::join(&o.clauses)) };
                vec![Span::plain(format!("{}{due}{every}{to}{clauses}", danish::capital(&o.subject)))]
            })
            .collect();
        if !items.is_empty() {
            blocks.push(Block::heading(1, "Opgaver til opfølgning"));
            blocks.push(Block::List { ordered: false, items });
        }
    }
}

fn summary(name: &str, gives: &[&MoveView], gets: &[&MoveView]) -> String {
    let tasks = |n: usize| match n {
        0 => "ingen opgaver".to_string(),
        n => danish::counted(n, "opgave eller del af en opgave", "opgaver eller dele af opgaver"),
    };
    match (gives.len(), gets.len()) {
        (0, 0) => format!("{name} hverken afgiver eller modtager opgaver med en fastsat dato."),
        (gives, gets) => format!("{name} afgiver {} og modtager {}.", tasks(gives), tasks(gets)),
    }
}

/// Says that nothing is lost, where that is so; else what ends.
fn whole(committee: &CommitteeView) -> Option<Block> {
    let before: Vec<_> = committee.tasks.iter().filter(|t| t.state != TaskState::Received).collect();
    if before.is_empty() {
        return None;
    }
    let ends: Vec<String> = before.iter().filter(|t| t.after.is_empty()).map(|t| format!("»{}«", t.task)).collect();
    let (gone, total) = (before.iter().filter(|t| t.state == TaskState::Given).count(), before.len());
    let text = if ends.is_empty() {
        let fate = match gone {
            0 => "alle bliver hos udvalget".to_string(),
            n if n == total => "alle får en ny ejer".to_string(),
            n => format!("{} bliver hos udvalget, og {n} får en ny ejer", total - n),
        };
        let all = danish::counted(total, "opgave", "opgaver og dele af opgaver");
        format!("Intet er faldet ud: Udvalget har {all} i dag; {fate}.")
    } else {
        format!("Følgende opgaver ophører: {}.", danish::join(&ends))
    };
    Some(Block::styled(Style::Body, vec![Span::new(Look::Strong, text)]))
}

fn task(m: &MoveView) -> String {
    if m.part.is_empty() { m.task.clone() } else { format!("{} ({})", m.part, m.task) }
}

fn when(m: &MoveView) -> String {
    m.from.clone()
}

fn clauses(m: &MoveView) -> String {
    m.clauses.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn moves(all: &[&MoveView], other: &str, name: impl Fn(&MoveView) -> &String) -> Block {
    let rows = all
        .iter()
        .map(|m| vec![Cell::text(task(m)), Cell::text(name(m).clone()), Cell::text(when(m)), Cell::text(clauses(m))]);
    table(&[("Opgave", 8), (other, 5), ("Virkning", 3), ("Punkt", 2)], rows.collect())
}

fn table(columns: &[(&str, u32)], rows: Vec<Vec<Cell>>) -> Block {
    let columns = columns.iter().map(|(title, width)| Column { title: title.to_string(), width: *width }).collect();
    Block::Table(Table { columns, rows, ..Table::default() })
}

/// Names the place of a row within its §: where it stands, or stood if it is gone.
fn place(row: &Row) -> String {
    let text = |side: &crate::diff::Side| {
        let whole = side.address.to_string();
        let section = side.address.section.as_ref().map(|n| format!("§ {n}, ")).unwrap_or_default();
        match side.address.heading {
            true => "overskriften".to_string(),
            false => whole.strip_prefix(&section).unwrap_or(&whole).to_string(),
        }
    };
    let same = |a: &crate::diff::Side, b: &crate::diff::Side| a.section == b.section;
    match (&row.old, &row.new) {
        (Some(old), Some(new)) if same(old, new) => route(&text(old), &text(new)),
        (Some(old), Some(_)) if row.state == crate::diff::RowState::MovedFrom => text(old),
        (_, Some(new)) => text(new),
        (Some(old), None) => text(old),
        (None, None) => String::new(),
    }
}

/// Returns the words of a line with its marks; kept words only near a mark.
fn words(view: &RowView) -> Vec<Span> {
    let whole = match view.state {
        "deleted" | "moved-from" => Some(Look::Deleted),
        "inserted" => Some(Look::Inserted),
        "moved-to" => Some(Look::Moved),
        _ => None,
    };
    let last = view.text.len().saturating_sub(1);
    view.text
        .iter()
        .enumerate()
        .filter(|(_, seg)| !seg.text.is_empty())
        .map(|(i, seg)| match (seg.op, whole) {
            ("delete", _) => Span::new(Look::Deleted, seg.text.clone()),
            ("insert", _) => Span::new(Look::Inserted, seg.text.clone()),
            (_, Some(look)) => Span::new(look, seg.text.clone()),
            (_, None) => Span::plain(near(&seg.text, i > 0, i < last)),
        })
        .collect()
}

/// Cuts kept words to what stands near a mark before or after them.
fn near(text: &str, before: bool, after: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let room = AROUND * (usize::from(before) + usize::from(after)).max(1);
    if chars.len() <= room + 8 {
        return text.to_string();
    }
    let (mut head, mut tail) = (String::new(), String::new());
    if before || !after {
        head = chars.iter().take(AROUND).collect();
        head = head.rsplit_once(' ').map_or(head.clone(), |(words, _)| words.to_string()) + " ";
    }
    if after {
        tail = chars.iter().skip(chars.len() - AROUND).collect();
        tail = " ".to_string() + tail.split_once(' ').map_or(tail.as_str(), |(_, words)| words);
    }
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_words_are_cut_where_no_mark_is_near() {
        let long = "ord ".repeat(60);
        assert_eq!(near("kort", true, true), "kort");
        let (first, middle, last) = (near(&long, false, true), near(&long, true, true), near(&long, true, false));
        assert!(first.starts_with("… ord") && first.ends_with("ord "), "{first}");
        assert!(middle.contains(" … ") && middle.starts_with("ord") && middle.len() < 120, "{middle}");
        assert!(last.ends_with(" …"), "{last}");
    }
}
