//! Amending instruments: what is printed is read back, and what people write is read and carried out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use vedtaegt::check::{Checked, check};
use vedtaegt::diag::{Findings, show};
use vedtaegt::document::print::markdown;
use vedtaegt::lang::Lang;
use vedtaegt::model::{Model, Version};
use vedtaegt::proof::instrument::{self as proof, Moment};
use vedtaegt::source::Sources;
use vedtaegt::world::Disk;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn project() -> Checked {
    let disk = Disk::open(root()).expect("the project");
    let mut findings = Findings::default();
    let (_, rules) = vedtaegt::rules::load(&disk, &mut findings);
    let model = Model::new(rules.expect("rules"), &mut findings);
    check(model, &mut findings).expect("sound rules")
}

/// Says findings in Danish.
fn say(findings: &Findings) -> String {
    show::human(findings, &Sources::default(), Lang::Da, false)
}

/// Returns the printed instrument of a reading.
fn printed(project: &Checked, reading: i64) -> String {
    let derived = vedtaegt::output::instrument::instrument(project, reading).expect("an instrument");
    vedtaegt::instrument::print::markdown(&derived.instrument, "")
}

#[test]
fn the_printed_instruments_give_the_texts_of_every_day() {
    let project = project();
    let text = |version| markdown(&project.version(version).expect("a version").bylaw);
    let current = text(Version::in_force());
    for reading in [1, 2] {
        let instrument = printed(&project, reading);
        if std::env::var_os("SHOW").is_some() {
            fs::write(format!("/tmp/i/forslag-{reading}.md"), &instrument).unwrap();
        }
        let dates = project.model.dates(reading);
        let texts: Vec<_> = dates
            .iter()
            .filter_map(|d| project.version(Version::on(*d, reading)).map(|c| (*d, markdown(&c.bylaw))))
            .collect();
        let moments: Vec<Moment> = texts.iter().map(|(date, text)| Moment { date: *date, text }).collect();
        let mut findings = Findings::default();
        let items =
            proof::check("forslag.md", &instrument, &current, &text(Version::reading(reading)), &moments, &mut findings);
        assert!(findings.is_empty(), "{}", say(&findings));
        assert!(items > 10, "{items}");
    }
}
