//! Places told briefly: one place once, a shift as "nr. 3-5 bliver nr. 5-7", numbers of changes as ranges.

use super::view::{PlaceView, SummaryRow};

/// Tells the places of some changes; neighbours that shift alike are told together.
pub fn places(summary: &[SummaryRow], changes: &[usize]) -> Vec<PlaceView> {
    let mut runs: Vec<Run> = Vec::new();
    for (index, row) in changes.iter().filter_map(|i| summary.get(*i).map(|row| (*i, row))) {
        let shift = Shift::of(row);
        match runs.last_mut() {
            Some(run) if shift.is_some() && run.next() == shift => {
                run.changes.push(index);
            }
            _ => runs.push(Run { first: row, shift, changes: vec![index] }),
        }
    }
    runs.into_iter().map(Run::view).collect()
}

/// Tells where something stood and stands: `§ 15, stk. 1, nr. 3 → nr. 5`; what is the same is said once.
pub fn route(old: &str, new: &str) -> String {
    match (old, new) {
        (old, "") => old.to_string(),
        ("", new) => new.to_string(),
        (old, new) if old == new => old.to_string(),
        (old, new) => {
            let same = old.split(", ").zip(new.split(", ")).take_while(|(a, b)| a == b).count();
            let rest: Vec<&str> = new.split(", ").skip(same).collect();
            if rest.is_empty() { format!("{old} → {new}") } else { format!("{old} → {}", rest.join(", ")) }
        }
    }
}

/// Writes numbers with ranges: `3, 5-7`.
pub fn ranges(numbers: &[usize]) -> String {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for n in numbers {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == *n => *last = *n,
            _ => out.push((*n, *n)),
        }
    }
    let text = |(a, b): &(usize, usize)| match b - a {
        0 => a.to_string(),
        1 => format!("{a}, {b}"),
        _ => format!("{a}-{b}"),
    };
    out.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Is a shift inside one list: what comes before the last part, what the last part counts, and from and to.
#[derive(Clone, Debug, PartialEq)]
struct Shift<'a> {
    before: &'a str,
    unit: &'a str,
    from: u32,
    to: u32,
}

impl<'a> Shift<'a> {
    fn of(row: &'a SummaryRow) -> Option<Shift<'a>> {
        if row.class != "renumbering" {
            return None;
        }
        let (before, unit, from) = last_part(&row.old)?;
        let (new_before, new_unit, to) = last_part(&row.new)?;
        (before == new_before && unit == new_unit).then_some(Shift { before, unit, from, to })
    }
}

fn last_part(place: &str) -> Option<(&str, &str, u32)> {
    let (before, last) = place.rsplit_once(", ")?;
    let (unit, number) = last.split_once(' ')?;
    Some((before, unit, number.parse().ok()?))
}

struct Run<'a> {
    first: &'a SummaryRow,
    shift: Option<Shift<'a>>,
    changes: Vec<usize>,
}

impl<'a> Run<'a> {
    fn next(&self) -> Option<Shift<'a>> {
        let n = u32::try_from(self.changes.len()).ok()?;
        let shift = self.shift.clone()?;
        Some(Shift { from: shift.from.checked_add(n)?, to: shift.to.checked_add(n)?, ..shift })
    }

    fn view(self) -> PlaceView {
        let count = u32::try_from(self.changes.len()).unwrap_or(u32::MAX);
        let text = match &self.shift {
            Some(Shift { before, unit, from, to }) => {
                let span = |first: u32| match count {
                    1 => first.to_string(),
                    2 => format!("{first} og {}", first.saturating_add(1)),
                    n => format!("{first}-{}", first.saturating_add(n - 1)),
                };
                format!("{before}, {unit} {}, bliver {unit} {}", span(*from), span(*to))
            }
            None => route(&self.first.old, &self.first.new),
        };
        let numbers: Vec<usize> = self.changes.iter().map(|i| i + 1).collect();
        PlaceView { numbers: ranges(&numbers), text, anchor: self.first.anchor.clone(), changes: self.changes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(class: &'static str, old: &str, new: &str) -> SummaryRow {
        SummaryRow { class, old: old.into(), new: new.into(), ..SummaryRow::default() }
    }

    #[test]
    fn shifts_are_told_together() {
        let at =
            |a: u32, b: u32| row("renumbering", &format!("§ 15, stk. 1, nr. {a}"), &format!("§ 15, stk. 1, nr. {b}"));
        let summary = [at(3, 5), at(4, 7), at(5, 8), at(6, 9), row("renumbering", "§ 15, stk. 3", "§ 15, stk. 4")];
        let told: Vec<(String, String)> =
            places(&summary, &[0, 1, 2, 3, 4]).into_iter().map(|p| (p.numbers, p.text)).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            told,
            [
                ("1", "§ 15, stk. 1, nr. 3, bliver nr. 5"),
                ("2-4", "§ 15, stk. 1, nr. 4-6, bliver nr. 7-9"),
                ("5", "§ 15, stk. 3, bliver stk. 4"),
            ]
        );
    }

    #[test]
    fn what_is_the_same_is_said_once() {
        assert_eq!(
            route("§ 4, stk. 1, nr. 2, litra b", "§ 4, stk. 1, nr. 3, litra b"),
            "§ 4, stk. 1, nr. 2, litra b → nr. 3, litra b"
        );
        assert_eq!(route("§ 5, nr. 1", "§ 4, stk. 1, nr. 4"), "§ 5, nr. 1 → § 4, stk. 1, nr. 4");
        assert_eq!(route("§ 4", "§ 4"), "§ 4");
        assert_eq!(route("§ 4, stk. 2", "§ 4"), "§ 4, stk. 2 → § 4");
        assert_eq!(ranges(&[1, 2, 4, 5, 6, 9]), "1, 2, 4-6, 9");
    }
}
