//! Two redlines that follow each other, laid into one text: in force, first reading, second reading.
//!
//! Both know the text between them, so its lines are met in the same order in both. A line of the text between takes
//! the marks of both; what only the first or only the last text has stands where it stood in its own redline.

use std::collections::BTreeMap;

use super::anchors::Anchors;
use super::view::{AdministrationView, AreaView, BothDoc, BothRow, BothSeg, RedlineDoc, RowView, Seg};

/// Lays two redlines into one text. `None` when the second does not begin where the first ends.
pub fn both(first: &RedlineDoc, second: &RedlineDoc, names: [String; 3], first_page: String) -> Option<BothDoc> {
    let mut merge = Merge { offset: first.summary.len(), out: Vec::new() };
    let (mut one, mut two) = (first.rows.iter().peekable(), second.rows.iter().peekable());
    let mut sections: BTreeMap<&str, &str> = BTreeMap::new();
    loop {
        while let Some(row) = one.next_if(|r| is_gone(r)) {
            merge.row(Some(row), None)?;
        }
        while let Some(row) = two.next_if(|r| is_new(r)) {
            merge.row(None, Some(row))?;
        }
        match (one.next(), two.next()) {
            (Some(a), Some(b)) => {
                sections.entry(&a.section).or_insert(&b.section);
                merge.row(Some(a), Some(b))?;
            }
            (None, None) => break,
            _ => return None,
        }
    }
    let mut rows = merge.out;
    name(&mut rows, &sections);
    Some(BothDoc {
        names,
        first_page,
        by_administration: administrations(first, second),
        by_area: areas(first, second),
        first: first.summary.clone(),
        second: second.summary.clone(),
        rows,
    })
}

fn is_gone(row: &RowView) -> bool {
    matches!(row.state, "deleted" | "moved-from")
}

fn is_new(row: &RowView) -> bool {
    matches!(row.state, "inserted" | "moved-to")
}

struct Merge {
    /// How many changes the first layer has; those of the second are counted on from there.
    offset: usize,
    out: Vec<BothRow>,
}

impl Merge {
    fn row(&mut self, one: Option<&RowView>, two: Option<&RowView>) -> Option<()> {
        let leading = two.or(one)?;
        let later = |change: &usize| change + self.offset;
        let pick = |of: fn(&RowView) -> &Vec<usize>| -> Vec<usize> {
            let first = one.map(|r| of(r).clone()).unwrap_or_default();
            first.into_iter().chain(two.map(of).into_iter().flatten().map(later)).collect()
        };
        let signs = [one.map_or("", |r| r.sign), two.map_or("", |r| r.sign)];
        let marked = one.into_iter().chain(two).filter(|r| !r.sign.is_empty());
        self.out.push(BothRow {
            kind: leading.kind,
            state: one.map_or("kept", |r| r.state),
            later: two.map_or("kept", |r| r.state),
            unit: leading.unit.clone(),
            anchor: leading.anchor.clone(),
            section: leading.section.clone(),
            signs,
            consequence: signs != ["", ""] && marked.clone().all(|r| r.consequence),
            label: self.pieces(one, two, |r| &r.label)?,
            text: self.pieces(one, two, |r| &r.text)?,
            notes: one.into_iter().chain(two).filter_map(|r| r.note.clone()).collect(),
            from: one.into_iter().chain(two).filter_map(|r| r.from.clone()).collect(),
            changes: pick(|r| &r.changes),
            numbers: pick(|r| &r.numbers),
        });
        Some(())
    }

    /// Lays the marks of both layers over the words they share: those of the text between.
    fn pieces(
        &self,
        one: Option<&RowView>,
        two: Option<&RowView>,
        of: fn(&RowView) -> &Vec<Seg>,
    ) -> Option<Vec<BothSeg>> {
        let (mut a, mut b) = (marks(one, of, 0).peekable(), marks(two, of, self.offset).peekable());
        let mut out = Vec::new();
        loop {
            if let Some(mark) = a.next_if(|m| m.op == "delete") {
                out.push(mark.seg("1"));
                continue;
            }
            if let Some(mark) = b.next_if(|m| m.op == "insert") {
                out.push(mark.seg("2"));
                continue;
            }
            let (Some(x), Some(y)) = (a.peek_mut(), b.peek_mut()) else { break };
            let n = x.text.len().min(y.text.len());
            let shared = x.text.get(..n)?;
            if y.text.get(..n) != Some(shared) {
                return None;
            }
            out.push(match (x.op, y.op) {
                ("insert", "delete") => Mark { text: shared, ..*y }.seg("1 2"),
                (_, "delete") => Mark { text: shared, ..*y }.seg("2"),
                ("insert", _) => Mark { text: shared, ..*x }.seg("1"),
                _ => BothSeg { op: "keep", layer: "", class: "", text: shared.to_string(), change: None },
            });
            (x.text, y.text) = (x.text.get(n..)?, y.text.get(n..)?);
            a.next_if(|m| m.text.is_empty());
            b.next_if(|m| m.text.is_empty());
        }
        (a.next().is_none() && b.next().is_none()).then_some(out)
    }
}

fn marks<'a>(row: Option<&'a RowView>, of: fn(&RowView) -> &Vec<Seg>, offset: usize) -> impl Iterator<Item = Mark<'a>> {
    let mark = move |row: &'a RowView| of(row).iter().map(move |seg| Mark::new(row, seg, offset));
    row.into_iter().flat_map(mark).filter(|mark| !mark.text.is_empty())
}

/// Is a stretch of one layer with what it does at this place: all of a line that came is inserted here.
#[derive(Clone, Copy)]
struct Mark<'a> {
    op: &'static str,
    class: &'static str,
    text: &'a str,
    change: Option<usize>,
}

impl<'a> Mark<'a> {
    fn new(row: &RowView, seg: &'a Seg, offset: usize) -> Mark<'a> {
        let op = match row.state {
            _ if seg.op != "keep" => seg.op,
            "deleted" | "moved-from" => "delete",
            "inserted" | "moved-to" => "insert",
            _ => "keep",
        };
        let class = match (seg.op, row.state) {
            ("keep", "moved-from" | "moved-to") => "moved",
            _ if seg.class.is_empty() => "substance",
            _ => seg.class,
        };
        let change = seg.change.or(row.changes.first().copied()).map(|c| c + offset);
        Mark { op, class, text: &seg.text, change }
    }

    fn seg(self, layer: &'static str) -> BothSeg {
        BothSeg { op: self.op, layer, class: self.class, text: self.text.to_string(), change: self.change }
    }
}

/// Gives every line and every § a name of its own; a line of the first text alone is put under the § it would be in.
fn name(rows: &mut [BothRow], sections: &BTreeMap<&str, &str>) {
    let (mut lines, mut runs) = (Anchors::default(), Anchors::default());
    let (mut last, mut shown) = (String::new(), String::new());
    for row in rows {
        row.anchor = lines.unique(std::mem::take(&mut row.anchor));
        let alone = is_gone_state(row.state);
        let section =
            if alone { sections.get(row.section.as_str()).copied().unwrap_or(&row.section) } else { &row.section };
        if section != last {
            last = section.to_string();
            shown = if last.is_empty() { String::new() } else { runs.unique(last.clone()) };
        }
        row.section = shown.clone();
    }
}

fn is_gone_state(state: &str) -> bool {
    matches!(state, "deleted" | "moved-from")
}

fn administrations(first: &RedlineDoc, second: &RedlineDoc) -> Vec<AdministrationView> {
    let offset = first.summary.len();
    let mut out = first.by_administration.clone();
    for theirs in &second.by_administration {
        let later = theirs.changes.iter().map(|c| c + offset);
        match out.iter_mut().find(|own| own.id == theirs.id) {
            Some(own) => own.changes.extend(later),
            None => out.push(AdministrationView { changes: later.collect(), ..theirs.clone() }),
        }
    }
    out
}

fn areas(first: &RedlineDoc, second: &RedlineDoc) -> Vec<AreaView> {
    let offset = first.summary.len();
    let mut out = first.by_area.clone();
    for theirs in &second.by_area {
        let later = theirs.changes.iter().map(|c| c + offset);
        match out.iter_mut().find(|own| own.id == theirs.id) {
            Some(own) => own.changes.extend(later),
            None => out.push(AreaView { changes: later.collect(), ..theirs.clone() }),
        }
    }
    out
}
