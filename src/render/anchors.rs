//! Names for lines and §§ to link to, made from their places: `par-14-stk-1-nr-3`, each once in a document.

use std::collections::BTreeMap;

use crate::diff::Row;
use crate::document::Address;
use crate::document::units::UnitKind;

/// Returns for each row the name of the § it is shown under: neighbours with the same § share one.
pub(super) fn sections(rows: &[Row]) -> Vec<String> {
    let id = |row: &Row| {
        let side = if row.in_new() { row.new.as_ref() } else { row.old.as_ref() };
        side.map(|s| s.section.0.clone()).unwrap_or_default()
    };
    let mut out = Vec::with_capacity(rows.len());
    let mut used = BTreeMap::new();
    let mut start = 0;
    while let Some(first) = rows.get(start) {
        let section = id(first);
        let run = rows.iter().skip(start).take_while(|r| id(r) == section).count().max(1);
        let group = || rows.iter().skip(start).take(run);
        let name = if section.is_empty() {
            String::new()
        } else {
            let lead = group().find(|r| r.in_new());
            let prefix = if lead.is_some() { "" } else { "tidligere-" };
            let address = lead.or(group().next()).and_then(here).cloned().unwrap_or_default();
            let name = section_anchor(&address, prefix);
            unique(&mut used, if name.is_empty() { "par".into() } else { name })
        };
        out.extend(std::iter::repeat_n(name, run));
        start += run;
    }
    out
}

/// Returns the place of a row in the text it stands in.
pub(super) fn here(row: &Row) -> Option<&Address> {
    let (first, second) = if row.in_new() { (&row.new, &row.old) } else { (&row.old, &row.new) };
    first.as_ref().or(second.as_ref()).map(|s| &s.address)
}

/// Hands out names for lines to link to, each once.
#[derive(Default)]
pub(super) struct Anchors {
    used: BTreeMap<String, usize>,
}

impl Anchors {
    pub(super) fn line(&mut self, kind: UnitKind, address: &Address, prefix: &str) -> String {
        let section = section_anchor(address, "");
        let name = match kind {
            UnitKind::Title => "titel".to_string(),
            UnitKind::Preamble => "indledning".to_string(),
            UnitKind::Chapter => format!("kapitel-{}", slug(address.chapter.as_deref().unwrap_or_default())),
            UnitKind::Heading => format!("{section}-rubrik"),
            UnitKind::Subsection | UnitKind::Text | UnitKind::Point | UnitKind::Letter => {
                let mut name = format!("{section}-stk-{}", address.subsection.unwrap_or(1));
                if let Some(n) = address.point {
                    name.push_str(&format!("-nr-{n}"));
                }
                if let Some(letter) = &address.letter {
                    name.push_str(&format!("-litra-{}", slug(letter)));
                }
                name
            }
        };
        self.unique(format!("{prefix}{name}"))
    }

    pub(super) fn unique(&mut self, name: String) -> String {
        unique(&mut self.used, name)
    }
}

fn unique(used: &mut BTreeMap<String, usize>, name: String) -> String {
    let mut n = used.get(&name).copied().unwrap_or(0);
    loop {
        n += 1;
        let candidate = if n == 1 { name.clone() } else { format!("{name}_{n}") };
        if n == 1 || !used.contains_key(&candidate) {
            used.insert(name, n);
            used.entry(candidate.clone()).or_insert(1);
            return candidate;
        }
    }
}

pub(super) fn section_anchor(address: &Address, prefix: &str) -> String {
    match &address.section {
        Some(number) => format!("{prefix}par-{}", slug(number)),
        None => String::new(),
    }
}

fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_string()
}
