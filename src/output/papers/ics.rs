//! The calendar: what is to be followed up and has a date, as iCalendar (RFC 5545).
//!
//! Lines end with CRLF and are folded at 75 octets; what an event is called and when it was made comes from the data.

use super::context::Context;
use crate::lang::danish;
use crate::render::view::ObligationView;
use crate::rules::read::make_id;
use jiff::civil::Date;

/// Is how many octets a line may have without its end.
const WIDTH: usize = 75;

/// Is one event.
struct Event<'a> {
    id: String,
    date: Date,
    summary: String,
    description: String,
    category: &'a str,
    rule: String,
}

/// Prints the calendar. `made` is the day the events are said to be made: the day of the last reading.
pub fn calendar(context: &Context, made: Date) -> String {
    let mut out = String::new();
    let place = make_id(&context.municipality);
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//vedtaegt//opfoelgning//DA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        fold(&mut out, line);
    }
    fold(&mut out, &format!("X-WR-CALNAME:{}", text(&format!("Opfølgning: {}", context.bylaw))));
    for event in events(context) {
        fold(&mut out, "BEGIN:VEVENT");
        fold(&mut out, &format!("UID:{}@{place}.vedtaegt", event.id));
        fold(&mut out, &format!("DTSTAMP:{}T120000Z", compact(made)));
        fold(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(event.date)));
        fold(&mut out, &format!("SUMMARY:{}", text(&event.summary)));
        fold(&mut out, &format!("DESCRIPTION:{}", text(&event.description)));
        fold(&mut out, &format!("CATEGORIES:{}", text(event.category)));
        if !event.rule.is_empty() {
            fold(&mut out, &format!("RRULE:{}", event.rule));
        }
        fold(&mut out, "TRANSP:TRANSPARENT");
        fold(&mut out, "END:VEVENT");
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

fn events(context: &Context) -> Vec<Event<'_>> {
    let mut out: Vec<Event<'_>> = context.dated.iter().filter_map(obligation).collect();
    for document in &context.documents {
        // One event for each day on which the document must be amended.
        let mut days: Vec<&str> = document.items.iter().filter_map(|i| i.date.as_deref()).collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let Ok(date) = day.parse() else { continue };
            let items = document.items.iter().filter(|i| i.date.as_deref() == Some(day));
            let told: Vec<String> = items.map(|i| danish::capital(&i.what)).collect();
            out.push(Event {
                id: format!("{}-{day}", document.id),
                date,
                summary: format!("{} rettes ({})", document.title, document.owner),
                description: told.join("\n"),
                category: "følgeændring",
                rule: String::new(),
            });
        }
    }
    // The sort is stable: what falls on one day keeps its order.
    out.sort_by_key(|e| e.date);
    out
}

fn obligation(o: &ObligationView) -> Option<Event<'_>> {
    let date: Date = o.date.as_ref()?.parse().ok()?;
    let mut told = vec![format!("Ansvarlig: {}", o.by)];
    if !o.administration.is_empty() {
        told.push(format!("Forvaltning: {}", o.administration));
    }
    if !o.to.is_empty() {
        told.push(format!("Modtager: {}", o.to));
    }
    told.push(format!("Tidspunkt: {}", o.due));
    if !o.every.is_empty() {
        told.push(format!("Derefter {}", o.every));
    }
    if !o.clauses.is_empty() {
        told.push(format!("Grundlag: pkt. {} i aftalen", danish::join(&o.clauses)));
    }
    Some(Event {
        id: o.id.clone(),
        date,
        summary: danish::capital(&o.subject),
        description: told.join("\n"),
        category: &o.what,
        rule: repeats(&o.period),
    })
}

/// Returns how an event repeats: `4 years` is every fourth year.
fn repeats(period: &str) -> String {
    let Some((count, unit)) = period.split_once(' ') else { return String::new() };
    let frequency = match unit.trim_end_matches('s') {
        "year" => "YEARLY",
        "month" => "MONTHLY",
        "week" => "WEEKLY",
        _ => "DAILY",
    };
    format!("FREQ={frequency};INTERVAL={count}")
}

fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Escapes a text value.
fn text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, folded: no piece is longer than 75 octets, and no letter is cut in two.
fn fold(out: &mut String, line: &str) {
    let mut room = WIDTH;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = WIDTH - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_at_75_octets_and_unfolds() {
        for line in ["x".repeat(200), "æ".repeat(100), format!("a{}", "ø".repeat(40)), String::new(), "x".repeat(75)]
        {
            let mut out = String::new();
            fold(&mut out, &line);
            assert!(out.split("\r\n").all(|l| l.len() <= WIDTH), "{out}");
            assert_eq!(out.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }

    #[test]
    fn text_cannot_begin_another_property() {
        assert_eq!(text("a;b,c\\d\nEND:VEVENT\r"), "a\\;b\\,c\\\\d\\nEND:VEVENT ");
    }

    #[test]
    fn a_period_repeats() {
        assert_eq!(repeats("4 years"), "FREQ=YEARLY;INTERVAL=4");
        assert_eq!(repeats(""), "");
    }
}
