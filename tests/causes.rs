//! Every mark of a compiled pair says which operation made it, or what it follows from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use vedtaegt::diff::{self, Cause, Causes, Change, ChangeKind, Class, Identity, Redline, RowState, SegmentOp};
use vedtaegt::document::{
    Block, Bylaw, Chapter, NodeId, OpId, Origin, OriginKind, Paragraph, Point, Run, Section, Subsection, Text, number,
};

const MOVE: OpId = OpId(1);
const NEW: OpId = OpId(2);
const GONE: OpId = OpId(3);
const RENAME: OpId = OpId(4);
const EDIT: OpId = OpId(5);
const SPLIT: OpId = OpId(6);

struct Operations;

impl Causes for Operations {
    fn removed(&self, node: &NodeId) -> Option<OpId> {
        (node.as_str() == "affald").then_some(GONE)
    }
    fn is_amendment(&self, op: OpId) -> bool {
        op == EDIT
    }
    fn renamed(&self, committee: &str) -> Option<OpId> {
        (committee == "teknik").then_some(RENAME)
    }
    fn split_from(&self, node: &NodeId) -> Option<(OpId, NodeId)> {
        (node.as_str() == "strand").then(|| (SPLIT, NodeId::new("parker")))
    }
}

fn run(text: &str, kind: OriginKind, op: Option<OpId>) -> Run {
    Run { text: text.into(), origin: Origin { kind, span: None, op } }
}

fn name(text: &str) -> Run {
    let kind = OriginKind::Name { committee: "teknik".into(), form: "definite".into(), historical: false };
    run(text, kind, None)
}

fn words(text: &str) -> Run {
    run(text, OriginKind::Provision, None)
}

fn point(id: &str, text: &str, op: Option<OpId>, end: &str) -> Point {
    let runs = vec![run(text, OriginKind::Task(id.into()), None), run(end, OriginKind::Separator, None)];
    Point { id: NodeId::new(id), op, text: Text(runs), ..Point::default() }
}

fn subsection(id: &str, runs: Vec<Run>, points: Vec<Point>) -> Subsection {
    let text = Block::Text(Paragraph { id: NodeId::new(id), op: None, text: Text(runs) });
    let mut blocks = vec![text];
    if !points.is_empty() {
        blocks.push(Block::List(points));
    }
    Subsection { id: NodeId::new(id), number: 0, blocks }
}

fn section(id: &str, number: &str, heading: Run, op: Option<OpId>, subsections: Vec<Subsection>) -> Section {
    Section { id: NodeId::new(id), op, number: number.into(), heading: Some(Text(vec![heading])), subsections }
}

fn bylaw(sections: Vec<Section>) -> Bylaw {
    let chapter = Chapter { id: NodeId::new("kapitel"), number: "1".into(), sections, ..Chapter::default() };
    let mut bylaw = Bylaw { title: Text(vec![words("Vedtægt")]), chapters: vec![chapter], ..Bylaw::default() };
    number::number(&mut bylaw);
    bylaw
}

fn reference(text: &str, target: &str) -> Run {
    run(text, OriginKind::Reference(vec![NodeId::new(target)]), None)
}

fn pair() -> (Bylaw, Bylaw) {
    let old = bylaw(vec![
        section(
            "teknik",
            "1",
            name("Teknik- og Miljøudvalget"),
            None,
            vec![subsection(
                "teknik/1",
                vec![name("Teknik- og Miljøudvalget"), words(" har:")],
                vec![
                    point("parker", "parker", None, ","),
                    point("veje", "veje", None, ","),
                    point("affald", "affald", None, "."),
                ],
            )],
        ),
        section(
            "kultur",
            "2",
            words("Kulturudvalget"),
            None,
            vec![
                subsection(
                    "kultur/1",
                    vec![words("Udvalget har:")],
                    vec![point("musik", "musik", None, " og"), point("sport", "sport", None, ".")],
                ),
                subsection(
                    "kultur/2",
                    vec![words("Det følger af "), reference("§ 2, stk. 1, nr. 2", "sport"), words(", ni gange.")],
                    vec![],
                ),
            ],
        ),
    ]);
    let mut nine = words(" syv gange.");
    nine.origin.op = Some(EDIT);
    let new = bylaw(vec![
        section(
            "nyt",
            "1",
            words("Nyt udvalg"),
            Some(NEW),
            vec![subsection("nyt/1", vec![run("Helt nyt.", OriginKind::Provision, Some(NEW))], vec![])],
        ),
        section(
            "teknik",
            "2",
            name("Klima-, Miljø- og Teknikudvalget"),
            None,
            vec![subsection(
                "teknik/1",
                vec![name("Klima-, Miljø- og Teknikudvalget"), words(" har:")],
                vec![point("parker", "parker", None, ".")],
            )],
        ),
        section(
            "kultur",
            "3",
            words("Kulturudvalget"),
            None,
            vec![
                subsection(
                    "kultur/1",
                    vec![words("Udvalget har:")],
                    vec![
                        point("veje", "veje", Some(MOVE), ","),
                        point("musik", "musik", None, ","),
                        point("strand", "strande", Some(SPLIT), " og"),
                        point("sport", "sport", None, "."),
                    ],
                ),
                subsection(
                    "kultur/2",
                    vec![words("Det følger af "), reference("§ 3, stk. 1, nr. 4", "sport"), words(","), nine],
                    vec![],
                ),
            ],
        ),
    ]);
    (old, new)
}

fn redline() -> Redline {
    let (old, new) = pair();
    diff::compare(&old, &new, Identity::Known, &Operations)
}

fn of<'r>(redline: &'r Redline, kind: ChangeKind, node: &str) -> &'r Change {
    let found: Vec<&Change> = redline.changes.iter().filter(|c| c.kind == kind && c.node.as_str() == node).collect();
    assert_eq!(found.len(), 1, "{kind:?} of {node}: {:#?}", redline.changes);
    found[0]
}

#[test]
fn every_mark_has_its_cause() {
    let redline = redline();
    let causes = |kind, node: &str| of(&redline, kind, node).causes.clone();
    assert_eq!(causes(ChangeKind::Insert, "nyt"), [Cause::Clause(NEW)]);
    assert_eq!(causes(ChangeKind::Delete, "affald"), [Cause::Clause(GONE)]);
    assert_eq!(causes(ChangeKind::Move, "veje"), [Cause::Clause(MOVE)]);
    assert_eq!(causes(ChangeKind::Split, "strand"), [Cause::Clause(SPLIT)]);
    assert_eq!(causes(ChangeKind::Rename, "teknik#rubrik"), [Cause::Clause(RENAME)]);
    assert_eq!(causes(ChangeKind::Rename, "teknik/1"), [Cause::Clause(RENAME)]);
    assert_eq!(causes(ChangeKind::Edit, "kultur/2"), [Cause::Amendment(EDIT)]);
    assert_eq!(causes(ChangeKind::Renumber, "teknik/1"), [Cause::Consequence(vec![NEW])]);
    assert_eq!(causes(ChangeKind::Renumber, "musik"), [Cause::Consequence(vec![MOVE])]);
    assert_eq!(causes(ChangeKind::Renumber, "sport"), [Cause::Consequence(vec![MOVE, SPLIT])]);
    assert_eq!(causes(ChangeKind::Punctuation, "parker"), [Cause::Consequence(vec![MOVE, GONE])]);
    assert_eq!(causes(ChangeKind::Reference, "kultur/2"), [Cause::Consequence(vec![MOVE, NEW, SPLIT])]);
    assert!(redline.changes.iter().all(|c| !c.causes.is_empty()), "{:#?}", redline.changes);
}

#[test]
fn changes_say_where() {
    let redline = redline();
    let veje = of(&redline, ChangeKind::Move, "veje");
    assert_eq!(veje.old.as_ref().map(ToString::to_string).as_deref(), Some("§ 1, nr. 2"));
    assert_eq!(veje.new.as_ref().map(ToString::to_string).as_deref(), Some("§ 3, stk. 1, nr. 1"));
    let states: Vec<RowState> = veje.rows.iter().map(|&r| redline.rows[r].state).collect();
    assert_eq!(states, [RowState::MovedFrom, RowState::MovedTo]);
    let new = of(&redline, ChangeKind::Insert, "nyt");
    assert_eq!((new.rows.len(), new.section.as_str()), (2, "nyt"));
    assert_eq!(new.new.as_ref().map(ToString::to_string).as_deref(), Some("§ 1"));
}

#[test]
fn a_name_is_marked_as_a_whole() {
    let redline = redline();
    let heading = redline.rows.iter().find(|r| r.new.as_ref().is_some_and(|n| n.id.as_str() == "teknik#rubrik"));
    let marks: Vec<(SegmentOp, &str, Class)> =
        heading.iter().flat_map(|r| &r.text).map(|s| (s.op, s.text.as_str(), s.class)).collect();
    assert_eq!(
        marks,
        [
            (SegmentOp::Delete, "Teknik- og Miljøudvalget", Class::Renaming),
            (SegmentOp::Insert, "Klima-, Miljø- og Teknikudvalget", Class::Renaming),
        ]
    );
}

#[test]
fn without_operations_nothing_is_claimed() {
    let (old, new) = pair();
    let known = diff::compare(&old, &new, Identity::Known, &diff::NoCauses);
    assert!(known.changes.iter().filter(|c| c.kind == ChangeKind::Delete).all(|c| c.causes.is_empty()));
    let unknown = diff::compare(&old, &new, Identity::Unknown, &diff::NoCauses);
    assert!(unknown.changes.iter().all(|c| c.causes == [Cause::Unknown]));
    assert_eq!(of(&unknown, ChangeKind::Reference, "kultur/2").class, Class::Reference);
    assert_eq!(of(&unknown, ChangeKind::Punctuation, "musik").class, Class::Punctuation);
}
