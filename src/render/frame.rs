//! What stands around a text and is never part of it: title page, running header, edition, notice.

use serde::Serialize;

/// Is a day on the calendar, given by the caller; it dates the document and nothing reads the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentDate {
    /// The year, 1–9999.
    pub year: u16,
    /// The month, 1–12.
    pub month: u8,
    /// The day of the month, 1–31.
    pub day: u8,
}

impl Default for DocumentDate {
    fn default() -> Self {
        DocumentDate { year: 2000, month: 1, day: 1 }
    }
}

impl DocumentDate {
    /// Returns the date as ISO 8601, `2025-11-06`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Returns seconds since 1970 at noon UTC of the day, for tools that want a timestamp.
    pub fn timestamp(self) -> i64 {
        // Days from the civil date in the proleptic Gregorian calendar, with March as the first month.
        let (y, m, d) = (i64::from(self.year), i64::from(self.month), i64::from(self.day));
        let y = if m <= 2 { y - 1 } else { y };
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        days * 86_400 + 43_200
    }
}

/// Is everything around the text. An empty line is left out of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The municipality: `Københavns Kommune`.
    pub municipality: String,
    /// The bylaw's name: `Styrelsesvedtægt for Københavns Kommune`.
    pub document_title: String,
    /// What this document is: `Ændret vedtægt`, `Redline mod gældende tekst`.
    pub kind: String,
    /// Which reading it belongs to: `Udkast til 1. behandling den 6. november 2025 (planlagt)`.
    pub reading_line: String,
    /// Which text is in force: `Gældende tekst: senest ændret den 4. maj 2023`.
    pub edition_line: String,
    /// From when the text holds: `Ændringerne træder i kraft den 1. januar 2026`.
    pub effect_line: String,
    /// What the reader must know about the text, such as that it is a reconstruction.
    pub notice: String,
    /// The day the document carries in its metadata.
    pub date: DocumentDate,
    /// The language of the document as in BCP 47: `da`.
    pub lang: String,
    /// The pages beside this one, for web pages.
    #[serde(skip)]
    pub links: Vec<PageLink>,
}

/// Is a page beside this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// Its path from this one: `sporbarhed.html`, `../reading-1/redline.html`.
    pub href: String,
    /// What it is called: `Sporbarhed`.
    pub name: String,
    /// What the name stands for, where it is short.
    pub title: String,
    /// The word it stands under with others of its kind; empty for a page of its own kind.
    pub group: &'static str,
}

impl PageLink {
    /// Makes a link to a page of its own kind.
    pub fn new(href: impl Into<String>, name: impl Into<String>) -> PageLink {
        PageLink { href: href.into(), name: name.into(), title: String::new(), group: "" }
    }
}

impl Default for Frame {
    fn default() -> Self {
        Frame {
            municipality: String::new(),
            document_title: "Styrelsesvedtægt".into(),
            kind: String::new(),
            reading_line: String::new(),
            edition_line: String::new(),
            effect_line: String::new(),
            notice: String::new(),
            date: DocumentDate::default(),
            lang: "da".into(),
            links: Vec::new(),
        }
    }
}

impl Frame {
    /// Returns the title of the document as shown in a window or a list: `Redline: Styrelsesvedtægt for …`.
    pub fn title(&self) -> String {
        match (self.kind.is_empty(), self.document_title.is_empty()) {
            (true, true) => "Styrelsesvedtægt".into(),
            (true, false) => self.document_title.clone(),
            (false, true) => self.kind.clone(),
            (false, false) => format!("{}: {}", self.kind, self.document_title),
        }
    }

    /// Returns the lines under the title that say which text it is, without the empty ones.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        [&self.reading_line, &self.edition_line, &self.effect_line]
            .into_iter()
            .map(String::as_str)
            .filter(|l| !l.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_as_seconds() {
        let day = |year, month, day| DocumentDate { year, month, day }.timestamp();
        assert_eq!(day(1970, 1, 1), 43_200);
        assert_eq!(day(2000, 2, 29), 951_825_600);
        assert_eq!(day(2025, 11, 6), 1_762_430_400);
    }

    #[test]
    fn a_title_is_never_empty() {
        let frame = Frame { document_title: String::new(), ..Frame::default() };
        assert_eq!(frame.title(), "Styrelsesvedtægt");
        let frame = Frame { kind: "Redline".into(), ..Frame::default() };
        assert_eq!(frame.title(), "Redline: Styrelsesvedtægt");
    }
}
