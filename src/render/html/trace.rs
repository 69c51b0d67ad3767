//! The trace as a page: every change with its words, rule and clause; every clause with what carries it out.

use super::page;
use super::xml::Xml;
use crate::lang::danish;
use crate::render::view::{ClauseView, Reservations, TraceDoc, TraceRow};
use crate::render::{places, words};

/// Prints the page.
pub fn page(doc: &TraceDoc) -> String {
    page::page(&doc.frame, "trace", &[], |x| {
        page::masthead(x, &doc.frame, true);
        x.open("main", &[]).line();
        clauses(x, doc);
        x.open("section", &[("id", "aendringer")]).line();
        x.leaf("h2", &[], "Hver ændring, dens regel og dens grundlag").line();
        for (follows, heading) in [(false, "Ændringer"), (true, "Følgeændringer")] {
            let rows: Vec<&TraceRow> = doc.rows.iter().filter(|r| words::follows(r.class) == follows).collect();
            if rows.is_empty() {
                continue;
            }
            x.leaf("h3", &[], heading).line();
            page::table(x, "trace", &["Nr.", "Ændring", "Ordene før", "Ordene efter", "Regel", "Grundlag", "Virkning"]);
            for row in rows {
                change(x, row);
            }
            page::end_table(x);
        }
        x.close("section").line();
        reservations(x, &doc.reservations);
        x.close("main").line();
    })
}

fn reservations(x: &mut Xml, all: &Reservations) {
    if *all == Reservations::default() {
        return;
    }
    x.open("section", &[("id", "forbehold")]).line();
    x.leaf("h2", &[], "Åbne spørgsmål og antagelser").line();
    if !all.approvals.is_empty() {
        x.leaf("h3", &[], "Godkendelser, der mangler").line().open("ul", &[]).line();
        for approval in &all.approvals {
            x.leaf("li", &[], approval).line();
        }
        x.close("ul").line();
    }
    if !all.questions.is_empty() {
        x.leaf("h3", &[], "Spørgsmål, som aftalen lader stå åbne").line().open("ul", &[]).line();
        for question in &all.questions {
            x.open("li", &[]).text(&question.question);
            if !question.assumed.is_empty() {
                x.own(" ").leaf("em", &[], "Forudsat indtil videre:").own(" ").text(&question.assumed);
            }
            if !question.clauses.is_empty() {
                x.text(&format!(" (pkt. {})", danish::join(&question.clauses)));
            }
            x.close("li").line();
        }
        x.close("ul").line();
    }
    if !all.assumptions.is_empty() {
        x.leaf("h3", &[], "Antagelser i reglerne").line().open("ul", &[]).line();
        for assumption in &all.assumptions {
            x.open("li", &[]).leaf("strong", &[], &assumption.id).text(&format!(": {}", assumption.text));
            x.close("li").line();
        }
        x.close("ul").line();
    }
    x.close("section").line();
}

fn change(x: &mut Xml, row: &TraceRow) {
    x.open("tr", &[("id", &format!("aendring-{}", row.number)), ("data-class", row.class)]);
    x.leaf("td", &[("class", "number")], &row.number.to_string());
    x.open("td", &[]).leaf("strong", &[], &row.kind);
    let place = places::route(&row.old, &row.new);
    x.void("br", &[]).text(&place).close("td");
    for text in [&row.before, &row.after] {
        x.open("td", &[("class", "words")]);
        for (i, line) in text.lines().enumerate() {
            if i > 0 {
                x.void("br", &[]);
            }
            x.text(line);
        }
        x.close("td");
    }
    x.open("td", &[]);
    for rule in &row.rules {
        x.open("p", &[("class", "rule")]).leaf("code", &[], &rule.id).own(" ");
        x.leaf("span", &[("class", "path")], &rule.path).close("p");
    }
    x.close("td").open("td", &[]);
    x.some("p", &[], &row.why);
    page::clauses(x, &row.clauses);
    x.close("td").leaf("td", &[], &row.effect).close("tr").line();
}

fn clauses(x: &mut Xml, doc: &TraceDoc) {
    if doc.clauses.is_empty() {
        return;
    }
    x.open("section", &[("id", "aftalen")]).line();
    x.leaf("h2", &[], "Aftalens punkter, og hvor de er udført").line();
    page::table(x, "clauses", &["Pkt.", "Aftalens indhold", "Udført ved", "Ændringer"]);
    for clause in &doc.clauses {
        row(x, doc, clause);
    }
    page::end_table(x);
    x.close("section").line();
}

fn row(x: &mut Xml, doc: &TraceDoc, clause: &ClauseView) {
    x.open("tr", &[]).leaf("td", &[("class", "number")], &clause.id);
    x.leaf("td", &[], &clause.text).leaf("td", &[], &clause.outcome).open("td", &[]);
    let mut comma = "";
    for row in clause.changes.iter().filter_map(|c| doc.rows.get(*c)) {
        let number = row.number.to_string();
        x.own(comma).leaf("a", &[("href", &format!("#aendring-{number}"))], &number);
        comma = ", ";
    }
    x.close("td").close("tr").line();
}
