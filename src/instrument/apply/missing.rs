//! Says that a §, a chapter, a stk. or a point is not there, which ones are, and which line may have been meant as one.

use super::Applier;
use super::place::{chapter_number, section_key};
use super::trouble::Why;
use crate::instrument::Kind;
use crate::instrument::text::{Node, Row, Section, Subsection, digits};

/// How much of a line is shown.
const SHOWN: usize = 60;

impl Applier {
    /// Says that a chapter is not there.
    pub(super) fn no_chapter(&self, number: &str) -> Why {
        let mut numbers = self.text.nodes.iter().rev().filter_map(|node| match node {
            Node::Line(row) if row.kind == Kind::Chapter => Some(chapter_number(&row.label)),
            _ => None,
        });
        let name = format!("kapitel {number}");
        match numbers.find(|number| !number.is_empty()) {
            Some(last) => Why::new("no-chapter").with("name", name).with("found", last),
            None => meant(Why::new("no-chapters").with("name", name), self.text.rows(), "kapitel", None),
        }
    }

    /// Says that a § is not there, and which ones stand around where it would be.
    pub(super) fn no_section(&self, number: &str) -> Why {
        let key = section_key(number);
        let numbers = || {
            self.text.nodes.iter().filter_map(|node| match node {
                Node::Section(s) => Some(s.number.as_str()),
                Node::Line(_) => None,
            })
        };
        let name = format!("§ {number}");
        if numbers().next().is_none() {
            return meant(Why::new("no-sections").with("name", name), self.text.rows(), "§", None);
        }
        let mut why = Why::new("no-section").with("name", name);
        if let Some(before) = numbers().filter(|n| section_key(n) < key).max_by_key(|n| section_key(n)) {
            why = why.with("from", format!("§ {before}"));
        }
        if let Some(after) = numbers().filter(|n| section_key(n) > key).min_by_key(|n| section_key(n)) {
            why = why.with("to", format!("§ {after}"));
        }
        meant(why, self.text.rows(), "§", digits(number))
    }
}

/// Says that a § has no such stk.
pub(super) fn no_subsection(section: &Section, number: u32) -> Why {
    let why = Why::new("no-subsection").with("name", format!("§ {}", section.number)).with("value", number);
    let why = those(why, section.subsections.iter().map(|s| s.number.now));
    meant(why, section.subsections.iter().flat_map(|s| &s.rows), "stk", None)
}

/// Says that a stk. has no such point.
pub(super) fn no_point(stk: &Subsection, number: u32) -> Why {
    let points = stk.rows.iter().filter(|row| row.kind == Kind::Point);
    those(Why::new("no-point").with("value", number), points.map(|row| row.number.now))
}

/// Adds how many there are, or which, where they don't run from 1.
fn those(why: Why, numbers: impl Iterator<Item = u32>) -> Why {
    let all: Vec<u32> = numbers.collect();
    if (1..).zip(&all).all(|(due, number)| due == *number) {
        return why.with("count", all.len());
    }
    let mut said: Vec<String> = all.iter().map(u32::to_string).collect();
    let last = said.pop().unwrap_or_default();
    why.with("found", if said.is_empty() { last } else { format!("{} og {last}", said.join(", ")) })
}

/// Adds the first line without a label whose words begin like one, with the number if that is given.
fn meant<'t>(why: Why, mut rows: impl Iterator<Item = &'t Row>, sign: &str, number: Option<u32>) -> Why {
    let like = |row: &&Row| {
        let words = row.words.trim_start_matches(|c: char| c != '§' && !c.is_alphanumeric());
        let begins = words.get(..sign.len()).is_some_and(|w| w.eq_ignore_ascii_case(sign));
        row.label.is_empty() && begins && digits(words).is_some_and(|n| number.is_none_or(|wanted| n == wanted))
    };
    match rows.find(like) {
        Some(row) if row.words.chars().count() > SHOWN => {
            let short: String = row.words.chars().take(SHOWN).collect();
            why.with("line", format!("{} …", short.trim_end()))
        }
        Some(row) => why.with("line", &row.words),
        None => why,
    }
}
