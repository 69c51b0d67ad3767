//! Texts with names, references and dates written by id: `{teknik:genitive}`, `{§ medlemmer/2}`.

use crate::diag::{Code, Findings};
use crate::lang::danish;
use crate::report;
use crate::source::{Span, Spanned};
use jiff::civil::Date;

/// Is a form of a committee's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameForm {
    /// Teknik- og Miljøudvalget
    Definite,
    /// teknik- og miljøudvalg
    Indefinite,
    /// Teknik- og Miljøudvalgets
    Genitive,
    /// Teknik- og Miljøforvaltningen
    Administration,
    /// Teknik- og Miljøforvaltningens
    AdministrationGenitive,
    /// teknik- og miljøborgmesteren
    Head,
    /// teknik- og miljøborgmester
    HeadIndefinite,
    /// teknik- og miljøborgmesterens
    HeadGenitive,
    /// TMU
    Abbreviation,
    /// TMF
    AdministrationAbbreviation,
}

impl NameForm {
    /// Lists every form with the word it is asked for by.
    pub const ALL: [(&'static str, NameForm); 10] = [
        ("definite", NameForm::Definite),
        ("indefinite", NameForm::Indefinite),
        ("genitive", NameForm::Genitive),
        ("administration", NameForm::Administration),
        ("administration-genitive", NameForm::AdministrationGenitive),
        ("head", NameForm::Head),
        ("head-indefinite", NameForm::HeadIndefinite),
        ("head-genitive", NameForm::HeadGenitive),
        ("abbreviation", NameForm::Abbreviation),
        ("administration-abbreviation", NameForm::AdministrationAbbreviation),
    ];
    /// Reads the word of a form; `-capital` behind it (or `capital` alone) asks for a large first letter.
    pub fn parse(word: &str) -> Option<(NameForm, bool)> {
        let (base, capital) = match word {
            "capital" => ("definite", true),
            _ => word.strip_suffix("-capital").map_or((word, false), |base| (base, true)),
        };
        NameForm::ALL.iter().find(|(s, _)| *s == base).map(|(_, form)| (*form, capital))
    }
    /// Returns the word the form is asked for by.
    pub fn as_str(self) -> &'static str {
        NameForm::ALL.iter().find(|(_, f)| *f == self).map_or("definite", |(s, _)| s)
    }
}

/// Says how a reference is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceStyle {
    /// `§ 1, stk. 2`
    Full,
    /// `stk. 2`
    Inner,
    /// `§§ 3 og 7`
    Several,
    /// `§§ 3-5`
    Range,
}

impl ReferenceStyle {
    /// Returns the mark by which the compiler carries the style through the template.
    pub fn mark(self) -> &'static str {
        match self {
            ReferenceStyle::Full => "full",
            ReferenceStyle::Inner => "inner",
            ReferenceStyle::Several => "several",
            ReferenceStyle::Range => "range",
        }
    }
    /// Finds a style by its mark.
    pub fn parse(text: &str) -> Option<ReferenceStyle> {
        use ReferenceStyle::*;
        [Full, Inner, Several, Range].into_iter().find(|s| s.mark() == text)
    }
}

/// Is one piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// Plain words.
    Text(String),
    /// A committee's name.
    Name {
        /// The committee's id.
        committee: String,
        /// Which form.
        form: NameForm,
        /// Whether its first letter is made large, as at the beginning of a sentence.
        capital: bool,
        /// Whether the name in the text in force is meant, whatever the day.
        current: bool,
    },
    /// A reference to places in the bylaw.
    Reference {
        /// The node ids.
        ids: Vec<String>,
        /// How it is printed.
        style: ReferenceStyle,
    },
    /// A place in another act, as printed.
    External {
        /// The act's id.
        act: String,
        /// The place, `§ 17, stk. 4`.
        text: String,
    },
    /// The date on which a change takes effect.
    Date(String),
    /// The date of a reading.
    Reading(u32),
    /// The date on which the transfer at hand takes effect.
    Effect,
}

/// Is a text with its pieces and the place it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The pieces in order.
    pub pieces: Vec<Piece>,
    /// Where it was written.
    pub span: Span,
}

impl Wording {
    /// Reads the pieces out of a text and reports what looks like a placeholder but is none.
    pub fn parse(text: &Spanned<String>, findings: &mut Findings) -> Wording {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text.value.as_str();
        let mut before = '\0';
        while let Some(open) = rest.find('{') {
            let (head, tail) = rest.split_at(open);
            plain.push_str(head);
            let last = head.chars().last().unwrap_or(before);
            if last == '\\' {
                plain.pop();
                plain.push('{');
                rest = &tail[1..];
                before = '{';
                continue;
            }
            let inner = tail[1..].find(['{', '}']).filter(|end| tail[1 + end..].starts_with('}'));
            let piece = match inner {
                Some(end) if last != '{' && last != '$' => {
                    placeholder(&tail[1..1 + end], text.span, findings).map(|p| (p, end + 2))
                }
                _ => None,
            };
            match piece {
                Some((piece, length)) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(piece);
                    rest = &tail[length..];
                    before = '}';
                }
                None => {
                    plain.push('{');
                    rest = &tail[1..];
                    before = '{';
                }
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Wording { pieces, span: text.span }
    }

    /// Returns the text with `{effect}` written out.
    pub fn with_effect(&self, date: Date) -> Wording {
        let written = |piece: &Piece| match piece {
            Piece::Effect => Piece::Text(danish::den(date)),
            other => other.clone(),
        };
        Wording { pieces: self.pieces.iter().map(written).collect(), span: self.span }
    }

    /// Says whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// Reads what stands between the braces; `None` means that the braces are ordinary text.
fn placeholder(inner: &str, span: Span, findings: &mut Findings) -> Option<Piece> {
    let ids = |text: &str, separator: &str| -> Option<Vec<String>> {
        let ids: Vec<String> = text.split(separator).map(|s| s.trim().to_string()).collect();
        ids.iter().all(|id| is_node_id(id)).then_some(ids)
    };
    if let Some(list) = inner.strip_prefix("§§ ") {
        let (ids, style) = if list.contains("..") {
            (ids(list, "..")?, ReferenceStyle::Range)
        } else {
            (ids(list, ",")?, ReferenceStyle::Several)
        };
        return Some(Piece::Reference { ids, style });
    }
    if let Some(id) = inner.strip_prefix("§ ") {
        return Some(Piece::Reference { ids: ids(id, "\0")?, style: ReferenceStyle::Full });
    }
    if let Some(id) = inner.strip_prefix("stk ") {
        return Some(Piece::Reference { ids: ids(id, "\0")?, style: ReferenceStyle::Inner });
    }
    if let Some((act, place)) = inner.split_once(':')
        && is_id(act)
        && place.trim_start().starts_with('§')
    {
        return Some(Piece::External { act: act.into(), text: place.trim().into() });
    }
    if let Some(id) = inner.strip_prefix("date:") {
        return is_id(id).then(|| Piece::Date(id.into()));
    }
    if let Some(number) = inner.strip_prefix("reading:") {
        return number.parse().ok().map(Piece::Reading);
    }
    if inner == "effect" {
        return Some(Piece::Effect);
    }
    let (name, form) = match inner.split_once(':') {
        Some((name, form)) => (name, Some(form)),
        None => (inner, None),
    };
    let (id, current) = match name.split_once('@') {
        Some((id, "current")) => (id, true),
        Some(_) => return None,
        None => (name, false),
    };
    if !is_id(id) {
        return None;
    }
    let (form, capital) = match form {
        None => (NameForm::Definite, false),
        Some(word) if is_id(word) => match NameForm::parse(word) {
            Some(found) => found,
            None => {
                let allowed = NameForm::ALL.map(|(s, _)| s).join(", ") + ", …-capital";
                report!(findings, Code::BadPlaceholder, span, found = format!("{{{inner}}}"), allowed = allowed);
                return None;
            }
        },
        Some(_) => return None,
    };
    Some(Piece::Name { committee: id.into(), form, capital, current })
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn is_node_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .split('/')
            .all(|s| !s.is_empty() && s.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        let mut findings = Findings::default();
        Wording::parse(&Spanned::new(text.into(), Span::default()), &mut findings).pieces
    }

    #[test]
    fn braces_that_are_no_placeholder_are_text() {
        for text in ["{{ x }}", "{{x}}", "#{ 1 + 1 }", "${x}", "{", "}", "{a b}", "{x: 1}", "{%if%}", "{Æ}"] {
            assert_eq!(pieces(text), [Piece::Text(text.into())], "{text}");
        }
        assert_eq!(pieces(r"\{teknik}"), [Piece::Text("{teknik}".into())]);
    }

    #[test]
    fn placeholders_are_read() {
        assert_eq!(
            pieces("{teknik:genitive} opgaver, jf. {§ a/2} og {ksl: § 17, stk. 4}"),
            [
                Piece::Name { committee: "teknik".into(), form: NameForm::Genitive, capital: false, current: false },
                Piece::Text(" opgaver, jf. ".into()),
                Piece::Reference { ids: vec!["a/2".into()], style: ReferenceStyle::Full },
                Piece::Text(" og ".into()),
                Piece::External { act: "ksl".into(), text: "§ 17, stk. 4".into() },
            ]
        );
    }
}
