//! The comparison holds for any two trees: accept all is the new text, reject all the old one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use vedtaegt::diff::{self, Identity, NoCauses, Redline, RowState, SegmentOp, segments};
use vedtaegt::document::units::units;
use vedtaegt::document::{
    Block, Bylaw, Chapter, Letter, NodeId, Origin, OriginKind, Paragraph, Point, Run, Section, Subsection, Text, number,
};

const WORDS: [&str; 24] = [
    "udvalget",
    "og",
    "børne-",
    "ungeudvalget,",
    "i",
    "sager.",
    "Byrådet",
    "vælger",
    "9",
    "medlemmer,",
    "500.000",
    "kr.,",
    "jf.",
    "§ 1",
    "§ 2, stk. 2",
    "stk. 2",
    "drift",
    "af",
    "parker",
    "veje,",
    "skoler.",
    "Den",
    "samt",
    "§§ 1-3",
];

/// Draws from the bytes of a test case; zeros when they run out.
struct Draw<'a>(std::slice::Iter<'a, u8>);

impl Draw<'_> {
    fn to(&mut self, n: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % n.max(1)
    }
    fn chance(&mut self, percent: usize) -> bool {
        self.to(100) < percent
    }
    fn text(&mut self) -> Text {
        let runs = 1 + self.to(3);
        let mut out = Vec::new();
        for i in 0..runs {
            let mut words: Vec<&str> = (0..1 + self.to(6)).map(|_| WORDS[self.to(WORDS.len())]).collect();
            if i > 0 && !self.chance(10) {
                words.insert(0, "");
            }
            let kind = match self.to(6) {
                0 => OriginKind::Reference(vec![self.id()]),
                1 => OriginKind::Name {
                    committee: ["teknik", "kultur"][self.to(2)].into(),
                    form: "definite".into(),
                    historical: false,
                },
                2 => OriginKind::Separator,
                3 => OriginKind::Unknown,
                _ => OriginKind::Provision,
            };
            out.push(Run { text: words.join(" "), origin: Origin { kind, ..Origin::default() } });
        }
        Text(out)
    }
    fn id(&mut self) -> NodeId {
        NodeId::new(format!("n{}", self.to(40)))
    }
    fn paragraph(&mut self) -> Paragraph {
        Paragraph { id: self.id(), op: None, text: self.text() }
    }
    fn bylaw(&mut self) -> Bylaw {
        let mut next = 0;
        let mut number = |d: &mut Draw<'_>| {
            next += d.to(3);
            next.to_string()
        };
        let mut bylaw = Bylaw { title: self.text(), ..Bylaw::default() };
        bylaw.preamble = (0..self.to(2)).map(|_| self.paragraph()).collect();
        for c in 0..self.to(3) {
            let mut chapter = Chapter { id: self.id(), ..Chapter::default() };
            if self.chance(80) {
                chapter.number = (c + 1).to_string();
                chapter.title = self.text();
            }
            for _ in 0..self.to(4) {
                let heading = self.chance(60).then(|| self.text());
                let number = number(self);
                let subsections = (0..self.to(4)).map(|_| self.subsection()).collect();
                chapter.sections.push(Section { id: self.id(), op: None, number, heading, subsections });
            }
            bylaw.chapters.push(chapter);
        }
        number::number(&mut bylaw);
        bylaw
    }
    fn subsection(&mut self) -> Subsection {
        let mut blocks = Vec::new();
        for i in 0..self.to(4) {
            if i % 2 == 0 && self.chance(90) {
                blocks.push(Block::Text(self.paragraph()));
            } else {
                blocks.push(Block::List((0..self.to(4)).map(|_| self.point()).collect()));
            }
        }
        Subsection { id: self.id(), number: 0, blocks }
    }
    fn point(&mut self) -> Point {
        let letters =
            (0..self.to(3)).map(|_| Letter { id: self.id(), op: None, label: String::new(), text: self.text() });
        let letters = letters.collect();
        Point { id: self.id(), op: None, number: 0, label: String::new(), text: self.text(), letters }
    }
}

/// Changes a few things here and there.
fn mutate(bylaw: &Bylaw, draw: &mut Draw<'_>) -> Bylaw {
    let mut out = bylaw.clone();
    for _ in 0..1 + draw.to(4) {
        let mut texts: Vec<&mut Text> = Vec::new();
        let chapters = out.chapters.len();
        match draw.to(6) {
            0 if chapters > 0 => {
                let (a, b) = (draw.to(chapters), draw.to(chapters));
                out.chapters.swap(a, b);
            }
            1 if chapters > 0 => {
                let (a, b) = (draw.to(chapters), draw.to(chapters));
                if let Some(section) = out.chapters[a].sections.pop() {
                    out.chapters[b].sections.insert(0, section);
                }
            }
            2 => {
                for chapter in &mut out.chapters {
                    let at = draw.to(chapter.sections.len() + 1);
                    if let Some(section) = chapter.sections.get_mut(at) {
                        let new = draw.subsection();
                        let at = draw.to(section.subsections.len() + 1);
                        section.subsections.insert(at, new);
                    }
                }
            }
            3 => {
                let mut lists: Vec<&mut Vec<Point>> = Vec::new();
                for chapter in &mut out.chapters {
                    for section in &mut chapter.sections {
                        for subsection in &mut section.subsections {
                            for block in &mut subsection.blocks {
                                if let Block::List(points) = block {
                                    lists.push(points);
                                }
                            }
                        }
                    }
                }
                if !lists.is_empty() {
                    let (a, b) = (draw.to(lists.len()), draw.to(lists.len()));
                    if let Some(point) = lists[a].pop() {
                        lists[b].insert(0, point);
                    }
                }
            }
            _ => {
                texts.push(&mut out.title);
                for chapter in &mut out.chapters {
                    texts.push(&mut chapter.title);
                    for section in &mut chapter.sections {
                        texts.extend(section.heading.as_mut());
                        for subsection in &mut section.subsections {
                            for block in &mut subsection.blocks {
                                match block {
                                    Block::Text(p) => texts.push(&mut p.text),
                                    Block::List(points) => texts.extend(points.iter_mut().map(|p| &mut p.text)),
                                }
                            }
                        }
                    }
                }
                let at = draw.to(texts.len());
                let other = draw.text();
                if draw.chance(50) {
                    texts[at].0.extend(other.0);
                } else {
                    *texts[at] = other;
                }
            }
        }
    }
    number::number(&mut out);
    out
}

fn lines(bylaw: &Bylaw) -> String {
    let line = |u: &vedtaegt::document::units::Unit<'_>| {
        let text = u.text.to_plain();
        let space = if u.label.is_empty() || text.is_empty() { "" } else { " " };
        format!("{}{space}{text}\n", u.label)
    };
    units(bylaw).iter().map(line).collect()
}

fn side(redline: &Redline, ops: &str) -> String {
    segments(redline).into_iter().filter(|s| ops.contains(s.0)).map(|s| s.1).collect()
}

fn holds(old: &Bylaw, new: &Bylaw, identity: Identity) -> Result<Redline, TestCaseError> {
    let redline = diff::compare(old, new, identity, &NoCauses);
    prop_assert_eq!(side(&redline, "=-<"), lines(old));
    prop_assert_eq!(side(&redline, "=+>"), lines(new));
    for (index, row) in redline.rows.iter().enumerate() {
        for segment in row.label.iter().chain(&row.text) {
            let whole = matches!(row.state, RowState::Inserted | RowState::Deleted);
            prop_assert_eq!(segment.change.is_some(), segment.op != SegmentOp::Keep);
            prop_assert!(!(whole && segment.op == SegmentOp::Keep));
            prop_assert!(segment.change.is_none_or(|c| row.changes.contains(&c)));
        }
        for &change in &row.changes {
            prop_assert!(redline.changes[change].rows.contains(&index));
        }
        prop_assert_eq!(row.is_marked(), !row.changes.is_empty());
    }
    prop_assert_eq!(&diff::compare(old, new, identity, &NoCauses), &redline);
    let same = diff::compare(new, new, identity, &NoCauses);
    prop_assert!(same.changes.is_empty() && same.rows.iter().all(|r| !r.is_marked()));
    Ok(redline)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_two_texts(a in proptest::collection::vec(any::<u8>(), 0..400), b in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (old, new) = (Draw(a.iter()).bylaw(), Draw(b.iter()).bylaw());
        holds(&old, &new, Identity::Known)?;
        holds(&old, &new, Identity::Unknown)?;
    }

    #[test]
    fn a_text_and_its_amendment(a in proptest::collection::vec(any::<u8>(), 0..600), b in proptest::collection::vec(any::<u8>(), 0..60)) {
        let old = Draw(a.iter()).bylaw();
        let new = mutate(&old, &mut Draw(b.iter()));
        holds(&old, &new, Identity::Known)?;
        holds(&old, &new, Identity::Unknown)?;
    }
}
