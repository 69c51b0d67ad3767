//! After the template: §§ get their numbers, references their words, and no node may have been lost on the way.

use crate::diag::{Code, Diagnostic, Findings};
use crate::document::units::units;
use crate::document::{Address, Block, Bylaw, NodeId, OriginKind, Run, Text};
use crate::lang::danish;
use crate::model::{Model, NodeKind, State};
use crate::parse::marks::Marks;
use crate::report;
use crate::rules::{Numbering, ReferenceStyle};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers the §§ through where the city does so.
pub(super) fn number_sections(model: &Model, state: &mut State) {
    if model.rules.bylaw.numbering == Numbering::Keep {
        return;
    }
    let mut next = 1;
    for chapter in &mut state.chapters {
        for section in chapter.children.iter_mut().filter(|n| n.kind == NodeKind::Section) {
            section.number.value = next.to_string();
            next += 1;
        }
    }
}

/// Reports every node that the template left out or printed twice.
pub(super) fn lost_nodes(bylaw: &Bylaw, marks: &Marks, findings: &mut Findings) {
    let mut found: BTreeMap<NodeId, usize> = BTreeMap::new();
    let mut see = |id: &NodeId| *found.entry(id.clone()).or_default() += 1;
    for unit in units(bylaw) {
        see(&unit.id);
    }
    for chapter in &bylaw.chapters {
        if chapter.number.is_empty() && chapter.title.is_empty() {
            see(&chapter.id);
        }
        for section in &chapter.sections {
            see(&section.id);
        }
    }
    let known: BTreeSet<&NodeId> = marks.nodes.iter().map(|n| &n.id).collect();
    let mut wrong: BTreeMap<usize, Vec<&NodeId>> = BTreeMap::new();
    for id in known {
        let times = found.get(id).copied().unwrap_or(0);
        if times != 1 && !id.as_str().ends_with("#rubrik") {
            wrong.entry(times).or_default().push(id);
        }
    }
    for (times, ids) in wrong {
        let [first, others @ ..] = ids.as_slice() else { continue };
        let others = if others.is_empty() { String::new() } else { others.len().to_string() };
        report!(findings, Code::TemplateLostNode, None, id = first, limit = others, count = times);
    }
}

/// Writes the words of every reference.
pub(super) fn references(model: &Model, state: &State, bylaw: &mut Bylaw, findings: &mut Findings) {
    let mut places: BTreeMap<NodeId, Address> = BTreeMap::new();
    for unit in units(bylaw) {
        places.insert(unit.id.clone(), unit.address.clone());
    }
    for chapter in &bylaw.chapters {
        let address = Address { chapter: Some(chapter.number.clone()), ..Address::default() };
        places.insert(chapter.id.clone(), address);
        for section in &chapter.sections {
            let address = Address { section: Some(section.number.clone()), ..Address::default() };
            places.insert(section.id.clone(), address);
        }
    }
    let mut fill = |text: &mut Text| {
        for run in &mut text.0 {
            let OriginKind::Reference(ids) = &run.origin.kind else { continue };
            let Some(style) = ReferenceStyle::parse(&run.text) else { continue };
            let mut found = Vec::new();
            for id in ids {
                match places.get(id) {
                    Some(address) => found.push(address.clone()),
                    None => {
                        let mut diagnostic = Diagnostic::new(Code::DanglingReference, run.origin.span).arg("id", id);
                        if let Some(op) = state.removed.get(id).and_then(|op| model.operation(*op)) {
                            diagnostic = diagnostic.arg("date", op.effect.date().map(danish::den).unwrap_or_default());
                            diagnostic = diagnostic.other(op.span);
                        }
                        findings.push(diagnostic);
                    }
                }
            }
            run.text = words(style, &found);
        }
    };
    fill(&mut bylaw.title);
    for paragraph in &mut bylaw.preamble {
        fill(&mut paragraph.text);
    }
    for chapter in &mut bylaw.chapters {
        fill(&mut chapter.title);
        for section in &mut chapter.sections {
            if let Some(heading) = &mut section.heading {
                fill(heading);
            }
            for subsection in &mut section.subsections {
                for block in &mut subsection.blocks {
                    match block {
                        Block::Text(paragraph) => fill(&mut paragraph.text),
                        Block::List(points) => {
                            for point in points {
                                fill(&mut point.text);
                                close(&mut point.text);
                                for letter in &mut point.letters {
                                    fill(&mut letter.text);
                                    close(&mut letter.text);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Begins what is set off by commas from the words it follows: subordinate clauses and additions.
const OPENERS: [&str; 27] = [
    "som",
    "der",
    "hvor",
    "hvis",
    "hvad",
    "hvem",
    "hvilket",
    "hvilke",
    "hvortil",
    "hvorefter",
    "hvorved",
    "hvoraf",
    "hvori",
    "når",
    "at",
    "hvornår",
    "hvordan",
    "medmindre",
    "idet",
    "fordi",
    "så",
    "jf.",
    "jfr.",
    "dog",
    "herunder",
    "bortset",
    "undtagen",
];

/// Puts the comma before "og" where the item ends in something that Danish closes with a comma: a reference with a
/// comma in it ("efter § 16, stk. 1, nr. 6, og"), a subordinate clause or an addition ("sager, der angår børn, og").
fn close(text: &mut Text) {
    let Some((end, before)) = text.0.split_last_mut() else { return };
    if end.origin.kind == OriginKind::Separator && end.text == " og" && is_open(before) {
        end.text = ", og".into();
    }
}

fn is_open(runs: &[Run]) -> bool {
    let reference = |r: &Run| matches!(r.origin.kind, OriginKind::Reference(_) | OriginKind::External(_));
    let last = runs.iter().rev().find(|r| !r.text.is_empty());
    if last.is_some_and(|r| reference(r) && r.text.contains(',')) {
        return true;
    }
    // The commas inside a name or a reference are its own.
    let own = |r: &Run| reference(r) || matches!(r.origin.kind, OriginKind::Name { .. });
    let plain: String = runs.iter().map(|r| if own(r) { "…" } else { r.text.as_str() }).collect();
    let mut open = false;
    for part in plain.split(", ").skip(1) {
        let first = part.split(' ').next().unwrap_or("");
        // "…, og …" after a clause closes it and goes on; other commas may be inside it.
        open = OPENERS.contains(&first) || open && !matches!(first, "og" | "eller" | "men" | "samt");
    }
    open
}

fn words(style: ReferenceStyle, places: &[Address]) -> String {
    let numbers: Vec<String> = places.iter().filter_map(|a| a.section.clone()).collect();
    match (style, places) {
        (_, []) => "§ …".into(),
        (ReferenceStyle::Inner, [only, ..]) => Address { section: None, ..only.clone() }.to_string(),
        (ReferenceStyle::Full, [only, ..]) => only.to_string(),
        (_, [only]) => only.to_string(),
        (ReferenceStyle::Range, _) => match (numbers.first(), numbers.last()) {
            (Some(a), Some(b)) if a == b => format!("§ {a}"),
            (Some(a), Some(b)) => format!("§§ {a}-{b}"),
            _ => String::new(),
        },
        (ReferenceStyle::Several, _) => format!("§§ {}", danish::join(&numbers)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Origin;

    /// Makes a text whose parts in `{…}` are references, and ends it with "og".
    fn ended(text: &str) -> String {
        let run =
            |text: &str, kind: OriginKind| Run { text: text.into(), origin: Origin { kind, ..Origin::default() } };
        let mut runs = Vec::new();
        for part in text.split_inclusive(['{', '}']) {
            let kind = if part.ends_with('}') { OriginKind::Reference(Vec::new()) } else { OriginKind::Provision };
            runs.push(run(part.trim_end_matches(['{', '}']), kind));
        }
        runs.push(run(" og", OriginKind::Separator));
        let mut text = Text(runs);
        close(&mut text);
        text.to_plain()
    }

    #[test]
    fn og_has_a_comma_before_it_where_danish_closes_something() {
        for (item, expected) in [
            ("folkebiblioteker", "folkebiblioteker og"),
            ("veje, broer og trafik", "veje, broer og trafik og"),
            ("pædagogisk-psykologisk rådgivning m.v.", "pædagogisk-psykologisk rådgivning m.v. og"),
            ("opgaver efter {§ 16, stk. 1, nr. 6}", "opgaver efter § 16, stk. 1, nr. 6, og"),
            ("opgaver efter {§ 16}", "opgaver efter § 16 og"),
            ("opgaver efter {§ 16, stk. 1}, og rådgivning", "opgaver efter § 16, stk. 1, og rådgivning og"),
            ("opgaver, jf. {§ 16}", "opgaver, jf. § 16, og"),
            ("sager, som formanden forelægger", "sager, som formanden forelægger, og"),
            ("støtte, herunder råd, visitation og tilbud", "støtte, herunder råd, visitation og tilbud, og"),
            ("børn, der er under 18 år, og deres forældre", "børn, der er under 18 år, og deres forældre og"),
            ("handicap, dog ikke tilbud efter {§ 2, stk. 1}", "handicap, dog ikke tilbud efter § 2, stk. 1, og"),
        ] {
            assert_eq!(ended(item), expected);
        }
    }
}
