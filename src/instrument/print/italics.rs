//! Italics in what an instrument says of places (Vejledning om lovkvalitet 3.4.5.1): what is changed or new stands in
//! italics with the comma after it. A pkt., the number a place gets, and how often words stand there are plain.

use crate::render::paper::Look;

/// What may stand before a place: `I § 3`, `Overalt i § 3`, `to steder i § 3`.
const LEADS: [&str; 4] = ["teder i ", "Overalt i ", "I ", "i "];

/// Cuts the words of places into stretches in italics and plain ones.
pub(super) fn stretches(places: &str) -> Vec<(Look, &str)> {
    let mut out = Vec::new();
    for step in places.split_inclusive(", ") {
        let bare = step.trim_end_matches([',', ' ']);
        if bare.ends_with(" pkt.") || bare.starts_with("der bliver ") {
            out.push((Look::Plain, step));
            continue;
        }
        // `§ 3 og to steder i § 5`: one place ends before `og`, the other begins after `i`.
        let again = step.find(" steder i ").and_then(|at| step.get(..at)?.rfind(" og ")).unwrap_or(0);
        let (first, second) = step.split_at(again);
        for part in [first, second] {
            let from = LEADS.iter().find_map(|lead| {
                let at = part.find(lead).map(|at| at + lead.len())?;
                (lead.starts_with('t') || at == lead.len()).then_some(at)
            });
            let (lead, place) = part.split_at(from.unwrap_or(0));
            out.extend([(Look::Plain, lead), (Look::Emphasis, place)]);
        }
    }
    out.retain(|(_, words)| !words.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_stands_in_italics() {
        for (places, expected) in [
            ("I § 8, stk. 2, nr. 1, og § 27, stk. 2,", "I *§ 8, stk. 2, nr. 1, og § 27, stk. 2,*"),
            ("§ 43, stk. 2, 1. pkt.,", "*§ 43, stk. 2, *1. pkt.,"),
            ("§ 3, 1. og 2. pkt., og § 5", "*§ 3, *1. og 2. pkt., *og § 5*"),
            ("§ 20, stk. 1, nr. 12, der bliver nr. 15,", "*§ 20, stk. 1, nr. 12, *der bliver nr. 15,"),
            ("§ 10, der bliver § 11, stk. 2,", "*§ 10, *der bliver § 11, *stk. 2,*"),
            ("To steder i § 5", "To steder i *§ 5*"),
            ("Overalt i § 5, stk. 1,", "Overalt i *§ 5, stk. 1,*"),
            ("I § 3 og to steder i § 7, stk. 2,", "I *§ 3* og to steder i *§ 7, stk. 2,*"),
            ("I § 3, stk. 1, og to steder i § 7,", "I *§ 3, stk. 1, *og to steder i *§ 7,*"),
            ("I overskriften før § 29 og § 29, stk. 1,", "I *overskriften før § 29 og § 29, stk. 1,*"),
        ] {
            let mut found = String::new();
            let mut last = Look::Plain;
            for (look, words) in stretches(places) {
                found.push_str(if look == last { "" } else { "*" });
                found.push_str(words);
                last = look;
            }
            found.push_str(if last == Look::Plain { "" } else { "*" });
            assert_eq!(found, expected);
        }
    }
}
