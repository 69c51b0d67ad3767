//! Who owns what before and after, as a page: first what moves, then every committee.

use super::page;
use super::xml::Xml;
use crate::render::view::{CommitteeView, MoveView, OwnedTask, OwnershipDoc, TaskState};

/// Prints the page.
pub fn page(doc: &OwnershipDoc) -> String {
    page::page(&doc.frame, "ownership", &[], |x| {
        page::masthead(x, &doc.frame, true);
        x.open("main", &[]).line();
        if !doc.picture.svg.is_empty() {
            x.open("section", &[("id", "billede")]).line();
            x.leaf("h2", &[], "Hvem afgiver, og hvem modtager").line();
            crate::render::paper::html::figure(x, &doc.picture);
            x.close("section").line();
        }
        moves(x, "flytter", "Opgaver, der flytter", "Ingen opgaver flytter.", &doc.moves);
        if !doc.deferred.is_empty() {
            moves(x, "afventer", "Aftalt, men uden dato endnu", "", &doc.deferred);
        }
        x.open("section", &[("id", "udvalg")]).line();
        x.leaf("h2", &[], "Udvalg for udvalg").line();
        for committee in &doc.committees {
            table(x, committee);
        }
        x.close("section").line();
        x.close("main").line();
    })
}

fn moves(x: &mut Xml, id: &str, heading: &str, none: &str, moves: &[MoveView]) {
    x.open("section", &[("id", id)]).line();
    x.leaf("h2", &[], heading).line();
    if moves.is_empty() {
        x.leaf("p", &[], none).close("section").line();
        return;
    }
    page::table(x, "moves", &["Opgave", "Fra udvalg", "Til udvalg", "Virkning", "Grundlag"]);
    for m in moves {
        x.open("tr", &[]);
        task(x, &m.task, &m.part);
        x.leaf("td", &[], &m.before).leaf("td", &[], &m.after).leaf("td", &[], &m.from);
        x.open("td", &[]);
        page::clauses(x, &m.clauses);
        x.close("td").close("tr").line();
    }
    page::end_table(x);
    x.close("section").line();
}

fn table(x: &mut Xml, committee: &CommitteeView) {
    let name = if committee.after.is_empty() { &committee.before } else { &committee.after };
    x.open("section", &[("class", "committee"), ("id", &format!("udvalg-{}", committee.id))]).line();
    x.open("h3", &[]).text(name);
    if !committee.abbreviation.is_empty() {
        x.text(&format!(" ({})", committee.abbreviation));
    }
    x.close("h3").line();
    let history = match (committee.before.as_str(), committee.after.as_str()) {
        (_, "") => "Udvalget nedlægges.".to_string(),
        ("", _) => "Nyt udvalg.".to_string(),
        (before, after) if before != after => format!("Hidtil {before}."),
        _ => String::new(),
    };
    let serves = match committee.administration.as_str() {
        "" => String::new(),
        name => format!("Betjenes af {name}."),
    };
    let lines: Vec<&str> = [history.as_str(), serves.as_str()].into_iter().filter(|l| !l.is_empty()).collect();
    x.some("p", &[("class", "names")], &lines.join(" ")).line();
    page::table(x, "tasks", &["*Modtager eller afgiver", "Opgave", "Før", "Efter", "Virkning"]);
    for owned in &committee.tasks {
        row(x, owned);
    }
    page::end_table(x);
    x.close("section").line();
}

fn row(x: &mut Xml, owned: &OwnedTask) {
    let (class, sign, spoken) = match owned.state {
        TaskState::Stays => ("stays", "", ""),
        TaskState::Received => ("received", "+", "modtager"),
        TaskState::Given => ("given", "−", "afgiver"),
    };
    x.open("tr", &[("class", class)]);
    x.open("td", &[("class", "sign")]).text(sign);
    x.some("span", &[("class", "sr")], spoken);
    x.close("td");
    task(x, &owned.task, &owned.part);
    x.leaf("td", &[], &owned.before).leaf("td", &[], &owned.after).leaf("td", &[], &owned.from);
    x.close("tr").line();
}

fn task(x: &mut Xml, task: &str, part: &str) {
    x.open("td", &[("class", "task")]).text(task);
    if !part.is_empty() {
        x.own(": ").leaf("span", &[("class", "part")], part);
    }
    x.close("td");
}
