//! A small bylaw and its redline, made by hand.

use vedtaegt::diff::{Cause, Change, ChangeKind, Class, Redline, Row, RowState, Segment, SegmentOp, Side};
use vedtaegt::document::units::{UnitKind, units};
use vedtaegt::document::{
    Address, Block, Bylaw, Chapter, Letter, NodeId, Origin, Paragraph, Point, Section, Subsection, Text, number,
};
use vedtaegt::render::frame::{DocumentDate, Frame};
use vedtaegt::render::view::*;

/// Keeps a document where a person can look at it: in the target directory.
pub fn keep_for_looking(name: &str, bytes: &[u8]) {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(path, bytes).expect("the target directory can be written");
}

pub fn frame(kind: &str) -> Frame {
    Frame {
        municipality: "Københavns Kommune".into(),
        document_title: "Styrelsesvedtægt for Københavns Kommune".into(),
        kind: kind.into(),
        reading_line: "Udkast til 1. behandling den 6. november 2025 (planlagt)".into(),
        edition_line: "Gældende tekst: senest ændret den 4. maj 2023".into(),
        effect_line: "Ændringerne træder i kraft den 1. januar 2026, § 5, stk. 1, nr. 2, dog senest den 1. august 2026"
            .into(),
        notice: "Teksten er en rekonstruktion og ikke kommunens egen udgave af styrelsesvedtægten.".into(),
        date: DocumentDate { year: 2025, month: 11, day: 6 },
        lang: "da".into(),
        links: vec![],
    }
}

fn id(text: &str) -> NodeId {
    NodeId::new(text)
}

fn paragraph(name: &str, text: &str) -> Block {
    Block::Text(Paragraph { id: id(name), op: None, text: Text::plain(text) })
}

pub fn points(texts: &[(&str, &str)]) -> Block {
    Block::List(
        texts.iter().map(|(name, text)| Point { id: id(name), text: Text::plain(*text), ..Point::default() }).collect(),
    )
}

fn section(number: &str, heading: &str, subsections: Vec<Vec<Block>>) -> Section {
    let subsections = subsections
        .into_iter()
        .enumerate()
        .map(|(i, blocks)| Subsection { id: id(&format!("s{number}/{}", i + 1)), number: 0, blocks })
        .collect();
    Section {
        id: id(&format!("s{number}")),
        op: None,
        number: number.into(),
        heading: (!heading.is_empty()).then(|| Text::plain(heading)),
        subsections,
    }
}

/// The bylaw as amended.
pub fn bylaw() -> Bylaw {
    let council = section(
        "1",
        "Borgerrepræsentationen",
        vec![
            vec![paragraph("p1", "Borgerrepræsentationen har 55 medlemmer.")],
            vec![paragraph(
                "p2",
                "Borgerrepræsentationens møder er offentlige, jf. § 10, stk. 1, i lov om kommunernes styrelse. \
                 Borgerrepræsentationen kan bestemme, at en sag skal behandles for lukkede døre, når dette findes \
                 nødvendigt eller ønskeligt på grund af sagens beskaffenhed.",
            )],
        ],
    );
    let mut remit = points(&[
        ("opgave/biblioteker", "folkebiblioteker,"),
        (
            "opgave/parker/strand",
            "udvikling og drift af Amager Strandpark, Svanemøllen Strand og Havneparken på Islands Brygge,",
        ),
        ("opgave/borgerservice", "borgerservice, herunder:"),
        ("opgave/kirkegaarde", "kirkegårde og krematorier."),
    ]);
    if let Block::List(points) = &mut remit
        && let Some(point) = points.get_mut(2)
    {
        point.letters = vec![
            Letter { id: id("litra/a"), text: Text::plain("pas og kørekort, og"), ..Letter::default() },
            Letter {
                id: id("litra/b"), text: Text::plain("den telefoniske indgang, jf. § 7 a."), ..Letter::default()
            },
        ];
    }
    let culture = section(
        "4",
        "Kultur-, Fritids- og Borgerserviceudvalget",
        vec![
            vec![
                paragraph(
                    "p4",
                    "Kultur-, Fritids- og Borgerserviceudvalget varetager den umiddelbare forvaltning af opgaver vedrørende",
                ),
                remit,
                paragraph("p4b", "Udvalget fører tilsyn med de selvejende institutioner på området."),
            ],
            vec![paragraph("p5", "Udvalget har 11 medlemmer.")],
        ],
    );
    let mut bylaw = Bylaw {
        title: Text::plain("Styrelsesvedtægt for Københavns Kommune"),
        preamble: vec![Paragraph {
            id: id("indledning"),
            op: None,
            text: Text::plain("I medfør af § 2, stk. 1, i lov om kommunernes styrelse fastsættes:"),
        }],
        chapters: vec![
            Chapter {
                id: id("k1"),
                number: "1".into(),
                title: Text::plain("Borgerrepræsentationen"),
                sections: vec![council],
                ..Chapter::default()
            },
            Chapter {
                id: id("k2"),
                number: "2".into(),
                title: Text::plain("Udvalgene"),
                sections: vec![
                    culture,
                    section(
                        "7 a",
                        "",
                        vec![vec![paragraph("p7", "Opgaver i § 4, stk. 1, nr. 3, litra b, samles efterhånden.")]],
                    ),
                ],
                ..Chapter::default()
            },
        ],
    };
    number::number(&mut bylaw);
    bylaw
}

fn keep(text: &str) -> Segment {
    Segment { op: SegmentOp::Keep, text: text.into(), class: Class::Substance, origin: Origin::default(), change: None }
}
fn del(text: &str, class: Class, change: usize) -> Segment {
    Segment { op: SegmentOp::Delete, class, change: Some(change), ..keep(text) }
}
fn ins(text: &str, class: Class, change: usize) -> Segment {
    Segment { op: SegmentOp::Insert, class, change: Some(change), ..keep(text) }
}

fn place(text: &str) -> Address {
    Address::parse(text).unwrap_or_default()
}

fn side(unit: &str, section: &str, label: &str, address: &str) -> Option<Side> {
    Some(Side { id: id(unit), section: id(section), label: label.into(), address: place(address) })
}

struct Sketch {
    kind: ChangeKind,
    class: Class,
    old: &'static str,
    new: &'static str,
}

/// The redline from the text in force to [`bylaw`].
pub fn redline() -> Redline {
    use Class::*;
    let mut rows: Vec<Row> = Vec::new();
    // Everything that did not change, from the tree; the changed lines take their places.
    for unit in units(&bylaw()) {
        let here = Some(Side {
            id: unit.id.clone(),
            section: unit.section.clone(),
            label: unit.label.clone(),
            address: unit.address.clone(),
        });
        let label = if unit.label.is_empty() { vec![] } else { vec![keep(&unit.label)] };
        let mut row = Row {
            kind: unit.kind,
            state: RowState::Kept,
            old: here.clone(),
            new: here,
            label,
            text: vec![keep(&unit.text.to_plain())],
            changes: vec![],
        };
        match unit.id.as_str() {
            "s4#rubrik" => {
                row.text = vec![
                    del("Kultur- og Fritidsudvalget", Renaming, 0),
                    ins("Kultur-, Fritids- og Borgerserviceudvalget", Renaming, 0),
                ];
                row.changes = vec![0];
            }
            "s4/1" => {
                row.text = vec![
                    del("Kultur- og Fritidsudvalget", Renaming, 0),
                    ins("Kultur-, Fritids- og Borgerserviceudvalget", Renaming, 0),
                    keep(" varetager den umiddelbare forvaltning af opgaver vedrørende"),
                ];
                row.changes = vec![0];
            }
            "opgave/parker/strand" => {
                row.state = RowState::Inserted;
                row.old = None;
                row.label = vec![ins("2)", Substance, 1)];
                row.text = vec![ins(&unit.text.to_plain(), Substance, 1)];
                row.changes = vec![1];
            }
            "opgave/borgerservice" => {
                row.label = vec![del("2)", Renumbering, 2), ins("3)", Renumbering, 2)];
                row.old = side("opgave/borgerservice", "s4", "2)", "§ 4, stk. 1, nr. 2");
                row.changes = vec![2];
            }
            "litra/b" => {
                row.text = vec![
                    keep("den telefoniske indgang, jf. § "),
                    del("7", Reference, 3),
                    ins("7 a", Reference, 3),
                    keep("."),
                ];
                row.changes = vec![3];
            }
            "opgave/kirkegaarde" => {
                row.state = RowState::MovedTo;
                row.old = side("opgave/kirkegaarde", "s5", "1)", "§ 5, nr. 1");
                row.label = vec![keep("4)")];
                row.text = vec![keep("kirkegårde"), ins(" og krematorier", Substance, 4), keep(".")];
                row.changes = vec![4];
            }
            "s4/2" => {
                row.text =
                    vec![keep("Udvalget har "), del("ni", Substance, 5), ins("11", Substance, 5), keep(" medlemmer.")];
                row.changes = vec![5];
            }
            _ => {}
        }
        if unit.section.as_str() == "s7 a" {
            rows.extend(old_section());
        }
        rows.push(row);
    }
    let changes = [
        Sketch { kind: ChangeKind::Rename, class: Renaming, old: "§ 4, stk. 1", new: "§ 4, stk. 1" },
        Sketch { kind: ChangeKind::Insert, class: Substance, old: "", new: "§ 4, stk. 1, nr. 2" },
        Sketch {
            kind: ChangeKind::Renumber, class: Renumbering, old: "§ 4, stk. 1, nr. 2", new: "§ 4, stk. 1, nr. 3"
        },
        Sketch {
            kind: ChangeKind::Reference,
            class: Reference,
            old: "§ 4, stk. 1, nr. 2, litra b",
            new: "§ 4, stk. 1, nr. 3, litra b",
        },
        Sketch { kind: ChangeKind::Move, class: Substance, old: "§ 5, nr. 1", new: "§ 4, stk. 1, nr. 4" },
        Sketch { kind: ChangeKind::Edit, class: Substance, old: "§ 4, stk. 2", new: "§ 4, stk. 2" },
        Sketch { kind: ChangeKind::Delete, class: Substance, old: "§ 5", new: "" },
    ]
    .into_iter()
    .enumerate()
    .map(|(i, c)| Change {
        kind: c.kind,
        class: c.class,
        node: id("x"),
        section: id("s4"),
        old: Address::parse(c.old),
        new: Address::parse(c.new),
        causes: vec![Cause::Unknown],
        effect: None,
        rows: rows.iter().enumerate().filter(|(_, r)| r.changes.contains(&i)).map(|(r, _)| r).collect(),
    })
    .collect();
    Redline { rows, changes }
}

/// § 5 of the old text: gone, but for a point that moved.
fn old_section() -> Vec<Row> {
    let row = |kind, state, old, text: Vec<Segment>, label: &str, change| Row {
        kind,
        state,
        old,
        new: None,
        label: if label.is_empty() { vec![] } else { vec![del(label, Class::Substance, change)] },
        text,
        changes: vec![change],
    };
    let gone = |text: &str| vec![del(text, Class::Substance, 6)];
    let mut heading = side("s5#rubrik", "s5", "", "§ 5");
    if let Some(side) = &mut heading {
        side.address.heading = true;
    }
    let mut moved = row(
        UnitKind::Point,
        RowState::MovedFrom,
        side("opgave/kirkegaarde", "s5", "1)", "§ 5, nr. 1"),
        vec![keep("kirkegårde"), del(" og begravelsespladser", Class::Substance, 4), keep(".")],
        "",
        4,
    );
    moved.label = vec![keep("1)")];
    moved.new = side("opgave/kirkegaarde", "s4", "4)", "§ 4, stk. 1, nr. 4");
    vec![
        row(UnitKind::Heading, RowState::Deleted, heading, gone("Parkudvalget"), "", 6),
        row(
            UnitKind::Subsection,
            RowState::Deleted,
            side("s5/1", "s5", "§ 5.", "§ 5"),
            gone("Parkudvalget varetager opgaver vedrørende"),
            "§ 5.",
            6,
        ),
        moved,
    ]
}

pub fn administrations() -> Vec<AdministrationInfo> {
    [
        ("kultur", "Kultur- og Fritidsforvaltningen", "KFF"),
        ("teknik", "Teknik- og Miljøforvaltningen", "TMF"),
        ("social", "Socialforvaltningen", "SOF"),
    ]
    .map(|(id, name, abbreviation)| AdministrationInfo {
        id: id.into(),
        name: name.into(),
        abbreviation: abbreviation.into(),
        committee: String::new(),
    })
    .into()
}

pub fn infos() -> Vec<ChangeInfo> {
    let info = |why: &str, clause: &str, text: &str, administrations: &[&str]| ChangeInfo {
        kind: None,
        why: why.into(),
        effect: if why.is_empty() { String::new() } else { "den 1. januar 2026".into() },
        later: None,
        committees: if administrations.contains(&"teknik") {
            vec!["Teknik- og Miljøudvalget".into(), "Kultur-, Fritids- og Borgerserviceudvalget".into()]
        } else {
            vec!["Kultur-, Fritids- og Borgerserviceudvalget".into()]
        },
        administrations: administrations.iter().map(|a| a.to_string()).collect(),
        areas: if why.is_empty() { vec![] } else { vec![AreaInfo { number: 5, title: "Byens rum".into() }] },
        rules: if why.is_empty() {
            vec![]
        } else {
            vec![RuleRef { path: "rules/changes/05-byens-rum.yaml:3".into(), id: "byens-rum".into() }]
        },
        clauses: if clause.is_empty() {
            vec![]
        } else {
            vec![ClauseRef { id: format!("Aftalens pkt. {clause}"), text: text.into() }]
        },
    };
    let parks = "Større ansvar for drift og brug af byens rum";
    let mut all = vec![
        info(
            "Nye navne til udvalgene",
            "12.1",
            "Kultur- og Fritidsudvalget bliver Kultur-, Fritids- og Borgerserviceudvalget.",
            &["kultur"],
        ),
        info(
            parks,
            "5.1",
            "Udvikling og drift af de blå parker går til Kultur- og Fritidsudvalget.",
            &["kultur", "teknik"],
        ),
        info("", "", "", &["kultur"]),
        info("", "", "", &["kultur"]),
        info(parks, "5.2", "Kirkegårde og krematorier går til Kultur- og Fritidsudvalget.", &["kultur", "teknik"]),
        info("Flere medlemmer i udvalget", "9.1", "", &["kultur"]),
        info(parks, "5.2", "Kirkegårde og krematorier går til Kultur- og Fritidsudvalget.", &["teknik"]),
    ];
    if let Some(info) = all.get_mut(4) {
        info.effect = "senest den 1. august 2026".into();
        info.later = Some("fra 1. august 2026".into());
    }
    all
}

pub fn redline_doc() -> RedlineDoc {
    RedlineDoc::new(frame("Redline mod den gældende tekst"), &redline(), &infos(), &administrations())
}

pub fn ownership_doc() -> OwnershipDoc {
    let kff = "Kultur- og Fritidsudvalget";
    let kfb = "Kultur-, Fritids- og Borgerserviceudvalget";
    let owned = |task: &str, part: &str, before: &str, after: &str, state| OwnedTask {
        task: task.into(),
        part: part.into(),
        before: before.into(),
        after: after.into(),
        from: if before == after { String::new() } else { "den 1. januar 2026".into() },
        state,
    };
    let clause = ClauseRef {
        id: "Aftalens pkt. 5.1".into(),
        text: "De blå parker går til Kultur- og Fritidsudvalget.".into(),
    };
    OwnershipDoc {
        intervals: Vec::new(),
        picture: Default::default(),
        frame: frame("Ressortoversigt"),
        moves: vec![MoveView {
            task: "parker, naturområder og øvrige grønne områder".into(),
            part: "Amager Strandpark".into(),
            before: "Teknik- og Miljøudvalget".into(),
            after: kfb.into(),
            from: "den 1. januar 2026".into(),
            clauses: vec![clause.clone()],
            rule: "byens-rum".into(),
        }],
        deferred: vec![MoveView {
            task: "myndighedsansvaret på beskæftigelsesområdet for udsatte borgere".into(),
            part: String::new(),
            before: "Beskæftigelses- og Integrationsudvalget".into(),
            after: "Socialudvalget".into(),
            from: "når beskæftigelsesreformen er fuldt indfaset".into(),
            clauses: vec![ClauseRef { id: "Aftalens pkt. 6.2".into(), text: String::new() }],
            rule: "social".into(),
        }],
        committees: vec![CommitteeView {
            id: "kultur".into(),
            before: kff.into(),
            after: kfb.into(),
            abbreviation: "KFU".into(),
            administration: "Kultur-, Fritids- og Borgerserviceforvaltningen".into(),
            tasks: vec![
                owned("folkebiblioteker", "", kfb, kfb, TaskState::Stays),
                owned(
                    "parker, naturområder og øvrige grønne områder",
                    "Amager Strandpark",
                    "Teknik- og Miljøudvalget",
                    kfb,
                    TaskState::Received,
                ),
                owned(
                    "lokal erhvervsfremme",
                    "",
                    kff,
                    "Beskæftigelses-, Integrations- og Erhvervsudvalget",
                    TaskState::Given,
                ),
            ],
        }],
    }
}

pub fn trace_doc() -> TraceDoc {
    let clauses = vec![
        ClauseView {
            id: "5.1".into(),
            text: "De blå parker går til Kultur- og Fritidsudvalget.".into(),
            outcome: "ændring".into(),
            changes: vec![1],
        },
        ClauseView {
            id: "11.1".into(),
            text: "Borgmestrene drøfter det tværgående samarbejde.".into(),
            outcome: "uden virkning for vedtægten, fordi det ikke angår kompetence".into(),
            changes: vec![],
        },
    ];
    TraceDoc::new(frame("Sporbarhed"), &redline(), &infos(), clauses)
}

/// Text that would do harm if any of it were read as markup.
pub const HOSTILE: &str = "<b>fed</b> <script>alert(1)</script> #let x = 1 *x* _y_ `z` $a$ @ref <label> // ~ -- ]]> <!-- &amp; \"citat\" 'a' \\ \\u{41} = § https://x.dk/";

pub fn hostile() -> (Bylaw, RedlineDoc) {
    let mut bylaw = bylaw();
    bylaw.title = Text::plain(HOSTILE);
    if let Some(chapter) = bylaw.chapters.first_mut() {
        chapter.title = Text::plain(HOSTILE);
        if let Some(section) = chapter.sections.first_mut() {
            section.heading = Some(Text::plain(HOSTILE));
            if let Some(subsection) = section.subsections.first_mut() {
                subsection.blocks = vec![paragraph("p1", HOSTILE), points(&[("punkt", HOSTILE)])];
            }
        }
    }
    let mut redline = redline();
    for row in redline.rows.iter_mut() {
        for segment in row.text.iter_mut() {
            segment.text = HOSTILE.into();
        }
    }
    let infos: Vec<ChangeInfo> = infos()
        .into_iter()
        .map(|i| ChangeInfo {
            why: HOSTILE.into(),
            effect: HOSTILE.into(),
            later: Some(HOSTILE.into()),
            committees: vec![HOSTILE.into()],
            ..i
        })
        .collect();
    let mut administrations = administrations();
    if let Some(a) = administrations.first_mut() {
        a.name = HOSTILE.into();
    }
    let mut frame = frame(HOSTILE);
    frame.notice = HOSTILE.into();
    (bylaw, RedlineDoc::new(frame, &redline, &infos, &administrations))
}
