//! The formulas of Danish amending instruments (Vejledning om lovkvalitet 2.3, 2.7.5 and 3.4.5).

use crate::instrument::Unit;
use crate::lang::danish;
use jiff::civil::Date;

/// Opens and closes what is quoted.
pub const QUOTES: (&str, &str) = ("»", "«");

/// Returns the title of an instrument that amends an act.
pub fn title(act: &str) -> String {
    format!("Forslag til ændring af {act}")
}

/// Is the title of the parallel text.
pub const PARALLEL: &str = "Forslaget sammenholdt med den gældende vedtægt";

/// Returns the introduction of a § that amends: `I <akt> af <dag>, som senest ændret …, foretages følgende ændringer:`.
///
/// `dated` is the act's own day, `edition` how its text in force is dated, `before` the §§ of the same instrument whose
/// changes are made already.
pub fn intro(act: &str, dated: Option<Date>, edition: &str, before: &[String], changes: usize) -> String {
    let dated = dated.map_or_else(String::new, |day| format!(" af {}", danish::date(day)));
    let amended = edition.starts_with("senest ændret") || edition.starts_with("ændret");
    let mut state = if amended { format!("som {edition}") } else { edition.to_string() };
    if !before.is_empty() {
        state += match (state.is_empty(), amended) {
            (true, _) => "som ændret ved",
            (false, true) => " og ved",
            (false, false) => " og som ændret ved",
        };
        state += &format!(" dette forslags {}", sections(before));
    }
    let state = if state.is_empty() { state } else { format!(", {state},") };
    let noun = if changes == 1 { "følgende ændring" } else { "følgende ændringer" };
    format!("I {act}{dated}{state} foretages {noun}:")
}

/// Joins §§ of the instrument itself: `§ 1`, `§§ 1 og 2`.
pub fn sections(of: &[String]) -> String {
    let numbers: Vec<&str> = of.iter().map(|s| s.trim_start_matches("§ ")).collect();
    match of {
        [one] => one.clone(),
        _ => format!("§§ {}", danish::join(&numbers)),
    }
}

/// Says what of the instrument takes effect when; with `earlier`, who can fix an earlier day.
pub fn commencement(what: &str, date: Option<Date>, earlier: Option<&str>) -> String {
    let when = date.map_or_else(|| "ved vedtagelsen".to_string(), danish::den);
    let mut out = format!("{what} træder i kraft {when}.");
    if let Some(council) = earlier {
        out.push_str(&format!(" {council} kan fastsætte et tidligere tidspunkt."));
    }
    out
}

/// Says which amendments moved between the readings are examples; empty for none.
pub fn examples(titles: &[String]) -> String {
    match titles {
        [] => String::new(),
        [one] => {
            format!("Ændringsforslaget {one}, som er indarbejdet, er et eksempel og ikke stillet i virkeligheden.")
        }
        _ => format!(
            "Ændringsforslagene {}, som er indarbejdet, er eksempler og ikke stillet i virkeligheden.",
            danish::join(titles)
        ),
    }
}

/// Returns what new units are called: `nyt stykke`, `nye numre`.
pub fn new_unit(unit: Unit, several: bool) -> &'static str {
    match (unit, several) {
        (Unit::Chapter, false) => "nyt kapitel",
        (Unit::Chapter, true) => "nye kapitler",
        (Unit::Heading, false) => "ny overskrift",
        (Unit::Heading, true) => "nye overskrifter",
        (Unit::Section, false) => "ny paragraf",
        (Unit::Section, true) => "nye paragraffer",
        (Unit::Subsection, false) => "nyt stykke",
        (Unit::Subsection, true) => "nye stykker",
        (Unit::Point, false) => "nyt nummer",
        (Unit::Point, true) => "nye numre",
        (Unit::Letter, false) => "nyt litra",
        (Unit::Letter, true) => "nye litraer",
        (Unit::Sentence, false) => "nyt punktum",
        (Unit::Sentence, true) => "nye punktummer",
        (Unit::Text, false) => "nyt afsnit",
        (Unit::Text, true) => "nye afsnit",
    }
}

/// Says how often words stand in a place: `to steder`.
pub fn times(n: u32) -> String {
    format!("{} steder", danish::number(u64::from(n)))
}

/// Joins places in a sentence: one that ends in a stk. or deeper is closed by a comma. `closed` says which do.
pub fn join_places(places: &[(String, bool)]) -> String {
    let mut out = String::new();
    for (i, (place, closed)) in places.iter().enumerate() {
        out.push_str(place);
        let left = places.len() - i - 1;
        match left {
            0 if *closed => out.push(','),
            0 => {}
            1 => out.push_str(if *closed { ", og " } else { " og " }),
            _ => out.push_str(", "),
        }
    }
    out
}

/// Joins ordinals: `1.`, `1. og 3.`, `2., 4. og 6.-8.`.
pub fn ordinals(of: &[String]) -> String {
    let joined = numbers(of);
    let mut out = String::new();
    let mut rest = joined.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        if c.is_ascii_digit() && !rest.peek().is_some_and(char::is_ascii_digit) {
            out.push('.');
        }
    }
    out
}

/// Joins numbers as statutes do: `3`, `3 og 4`, `3-5`, `3, 5 og 7-9`.
pub fn numbers(of: &[String]) -> String {
    let mut runs: Vec<Vec<&String>> = Vec::new();
    for number in of {
        let follows = |last: &String| {
            let figures = last.parse::<u64>().ok().zip(number.parse::<u64>().ok());
            let letters = single(last).zip(single(number));
            figures.is_some_and(|(a, b)| a.checked_add(1) == Some(b))
                || letters.is_some_and(|(a, b)| u32::from(a) + 1 == u32::from(b))
        };
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| follows(last)) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    let mut out: Vec<String> = Vec::new();
    for run in runs {
        match run.as_slice() {
            [first, _, .., last] => out.push(format!("{first}-{last}")),
            few => out.extend(few.iter().map(|n| (*n).clone())),
        }
    }
    danish::join(&out)
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|c| c.is_ascii_lowercase() && chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_as_statutes_do() {
        let list = |of: &[&str]| numbers(&of.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(list(&["3"]), "3");
        assert_eq!(list(&["3", "4"]), "3 og 4");
        assert_eq!(list(&["2", "3", "4", "7"]), "2-4 og 7");
        assert_eq!(list(&["a", "b", "c"]), "a-c");
        let places = [("§§ 10, 12 og 14".to_string(), false), ("§ 16, stk. 2".into(), true), ("§ 18".into(), false)];
        assert_eq!(join_places(&places), "§§ 10, 12 og 14, § 16, stk. 2, og § 18");
    }

    #[test]
    fn introduces() {
        let act = "Styrelsesvedtægt for X";
        let dated = Some(jiff::civil::date(1997, 6, 12));
        let (latest, one) = ("senest ændret den 4. maj 2023", &["§ 1".to_string()][..]);
        let two = &["§ 1".to_string(), "§ 2".to_string()][..];
        for (words, expected) in [
            (intro(act, None, "", &[], 1), " foretages følgende ændring:"),
            (intro(act, dated, "", &[], 2), " af 12. juni 1997 foretages følgende ændringer:"),
            (
                intro(act, dated, latest, &[], 2),
                " af 12. juni 1997, som senest ændret den 4. maj 2023, foretages følgende ændringer:",
            ),
            (
                intro(act, dated, latest, one, 1),
                " af 12. juni 1997, som senest ændret den 4. maj 2023 og ved dette forslags § 1, foretages følgende ændring:",
            ),
            (intro(act, None, "", two, 2), ", som ændret ved dette forslags §§ 1 og 2, foretages følgende ændringer:"),
            (
                intro(act, None, "vedtaget den 16. december 2021", one, 2),
                ", vedtaget den 16. december 2021 og som ændret ved dette forslags § 1, foretages følgende ændringer:",
            ),
        ] {
            assert_eq!(words, format!("I {act}{expected}"));
        }
    }
}
