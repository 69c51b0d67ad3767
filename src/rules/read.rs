//! Takes mappings apart key by key and collects every mistake of shape on the way: nothing stops at the first.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Findings};
use crate::lang::stock;
use crate::report;
use crate::source::yaml::{Entry, Node, Value};
use crate::source::{Span, Spanned};

/// Reads one mapping: every accessor makes its key known, and [`Fields::finish`] reports the keys nobody asked for.
#[derive(Debug)]
pub struct Fields<'n> {
    node: &'n Node,
    entries: &'n [Entry],
    what: &'static str,
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Opens a mapping; `what` says what it describes, in a word of [`crate::lang::term`] (`task`, `committee`, …).
    pub fn new(node: &'n Node, what: &'static str, findings: &mut Findings) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => Some(Fields { node, entries, what, known: Vec::new() }),
            _ if is_empty(node) => {
                report!(findings, Code::EmptyValue, node.span);
                None
            }
            _ => {
                let wrong = Diagnostic::new(Code::WrongShape, node.span).arg("name", stock(what));
                findings.push(wrong.arg("expected", "@mapping").arg("found", node.shape()));
                None
            }
        }
    }

    /// Returns where the whole mapping stands.
    pub fn span(&self) -> Span {
        self.node.span
    }

    /// Returns where to point when something is missing: the first entry when it fits on a line.
    pub fn head(&self) -> Span {
        match self.entries.first() {
            Some(first) if !self.node.flow => match &first.value.value {
                Value::Seq(_) | Value::Map(_) => first.key_span,
                _ => Span { end: first.value.span.end.max(first.key_span.end), ..first.key_span },
            },
            _ => self.node.span,
        }
    }

    /// Says whether the key is written, and makes it known.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.entry(key).is_some()
    }

    /// Returns where a key stands, without making it known.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|e| e.key == key).map(|e| e.key_span)
    }

    /// Makes a key known and reports it when it is not there.
    pub fn require(&mut self, key: &'static str, findings: &mut Findings) -> bool {
        if self.has(key) {
            return true;
        }
        report!(findings, Code::MissingKey, self.head(), key = key, name = stock(self.what));
        false
    }

    /// Makes keys known that somebody else reads.
    pub fn allow(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
        self.known.dedup();
    }

    /// Returns a value as it stands.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.entry(key).map(|e| &e.value)
    }

    /// Returns a value as it stands; reports its absence.
    pub fn required_node(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'n Node> {
        if self.require(key, findings) { self.written(key, findings) } else { None }
    }

    /// Returns a text, a number or a word as it was written, normalised.
    pub fn text(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<String>> {
        let node = self.written(key, findings)?;
        text_of(node, key, findings)
    }

    /// Returns a text; reports its absence.
    pub fn required_text(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<String>> {
        if self.require(key, findings) { self.text(key, findings) } else { None }
    }

    /// Returns an id: small letters a–z, digits and hyphens.
    pub fn id(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<String>> {
        let node = self.written(key, findings)?;
        id_of(node, key, findings)
    }

    /// Returns an id; reports its absence.
    pub fn required_id(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<String>> {
        if self.require(key, findings) { self.id(key, findings) } else { None }
    }

    /// Returns a list of ids, or one id as a list of one.
    pub fn ids(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Spanned<String>> {
        self.many(key, findings, id_of)
    }

    /// Returns a place in the bylaw: ids with `/` between them (`medlemmer/forperson/1`).
    pub fn place(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<String>> {
        let node = self.written(key, findings)?;
        place_of(node, key, findings)
    }

    /// Returns a place in the bylaw; reports its absence.
    pub fn required_place(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<String>> {
        if self.require(key, findings) { self.place(key, findings) } else { None }
    }

    /// Returns a whole number.
    pub fn int(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<i64>> {
        let node = self.written(key, findings)?;
        match node.value {
            Value::Int(n) => Some(Spanned::new(n, node.span)),
            _ => wrong(node, key, "@number", findings),
        }
    }

    /// Returns a whole number; reports its absence.
    pub fn required_int(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<i64>> {
        if self.require(key, findings) { self.int(key, findings) } else { None }
    }

    /// Returns `true` or `false`.
    pub fn bool(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<bool>> {
        let node = self.written(key, findings)?;
        match node.value {
            Value::Bool(b) => Some(Spanned::new(b, node.span)),
            _ => wrong(node, key, "@yes-no", findings),
        }
    }

    /// Returns a date written YYYY-MM-DD.
    pub fn date(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<Date>> {
        let node = self.written(key, findings)?;
        date_of(node, key, findings)
    }

    /// Returns a date; reports its absence.
    pub fn required_date(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<Date>> {
        if self.require(key, findings) { self.date(key, findings) } else { None }
    }

    /// Returns the items of a list; none when the key is not there.
    pub fn list(&mut self, key: &'static str, findings: &mut Findings) -> Vec<&'n Node> {
        let Some(node) = self.written(key, findings) else { return Vec::new() };
        match &node.value {
            Value::Seq(nodes) => nodes.iter().collect(),
            _ => {
                wrong::<()>(node, key, "@list", findings);
                Vec::new()
            }
        }
    }

    /// Returns the items of a list; reports its absence.
    pub fn required_list(&mut self, key: &'static str, findings: &mut Findings) -> Vec<&'n Node> {
        if self.require(key, findings) { self.list(key, findings) } else { Vec::new() }
    }

    /// Returns a list of texts, or one text as a list of one.
    pub fn texts(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Spanned<String>> {
        self.many(key, findings, text_of)
    }

    /// Returns what one of a few words stands for; reports any other word with the list of those.
    pub fn choice<T: Clone>(
        &mut self,
        key: &'static str,
        allowed: &[(&str, T)],
        findings: &mut Findings,
    ) -> Option<Spanned<T>> {
        let text = self.text(key, findings)?;
        if let Some((_, value)) = allowed.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned::new(value.clone(), text.span));
        }
        let words: Vec<&str> = allowed.iter().map(|(word, _)| *word).collect();
        let mut bad = Diagnostic::new(Code::BadValue, text.span).arg("key", key).arg("value", &text.value);
        if let Some(near) = nearest(&text.value, &words) {
            bad = bad.arg("expected", near);
        }
        findings.push(bad.arg("allowed", words.join(" | ")));
        None
    }

    /// Returns what one of a few words stands for; reports its absence.
    pub fn required_choice<T: Clone>(
        &mut self,
        key: &'static str,
        allowed: &[(&str, T)],
        findings: &mut Findings,
    ) -> Option<Spanned<T>> {
        if self.require(key, findings) { self.choice(key, allowed, findings) } else { None }
    }

    /// Reports the keys that no accessor asked for, each with the nearest known key.
    pub fn finish(self, findings: &mut Findings) {
        for entry in self.entries.iter().filter(|e| !self.known.contains(&e.key.as_str())) {
            if self.node.flow && is_empty(&entry.value) && entry.key.contains(' ') {
                // What follows a comma in braces is read as a key.
                let (reason, expected) = (stock("comma"), stock("quote-do"));
                report!(findings, Code::YamlSyntax, entry.key_span, reason = reason, expected = expected);
                continue;
            }
            let mut unknown = Diagnostic::new(Code::UnknownKey, entry.key_span).arg("key", &entry.key);
            let free: Vec<&str> =
                self.known.iter().copied().filter(|known| self.entries.iter().all(|e| e.key != *known)).collect();
            if let Some(near) = nearest(&entry.key, &free) {
                unknown = unknown.arg("expected", near);
            }
            findings.push(unknown.arg("name", stock(self.what)).arg("allowed", self.known.join(", ")));
        }
    }

    fn entry(&mut self, key: &'static str) -> Option<&'n Entry> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.iter().find(|e| e.key == key)
    }

    /// Returns the value under a key when something is written there.
    fn written(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'n Node> {
        let entry = self.entry(key)?;
        if is_empty(&entry.value) {
            report!(findings, Code::EmptyValue, entry.key_span, key = key);
            return None;
        }
        Some(&entry.value)
    }

    fn many(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
        read: fn(&Node, &str, &mut Findings) -> Option<Spanned<String>>,
    ) -> Vec<Spanned<String>> {
        let Some(node) = self.written(key, findings) else { return Vec::new() };
        match &node.value {
            Value::Seq(nodes) => nodes.iter().filter_map(|n| read(n, key, findings)).collect(),
            _ => read(node, key, findings).into_iter().collect(),
        }
    }
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => node.as_text().is_none(),
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// Reports that something else was expected, and knows the mapping that a name in braces becomes without quotes.
fn wrong<T>(node: &Node, key: &str, expected: &str, findings: &mut Findings) -> Option<T> {
    if is_empty(node) {
        report!(findings, Code::EmptyValue, node.span, key = key);
    } else if expected == "@text" && node.flow && matches!(node.value, Value::Map(_)) {
        report!(findings, Code::UnquotedBrace, node.span, key = key);
    } else {
        report!(findings, Code::WrongShape, node.span, key = key, expected = expected, found = node.shape());
    }
    None
}

/// Reads a text, a number or a word as it was written; `key` is what it stands under.
pub fn text_of(node: &Node, key: &str, findings: &mut Findings) -> Option<Spanned<String>> {
    match node.as_text() {
        Some(text) if !text.is_empty() => Some(Spanned::new(text.to_string(), node.span)),
        _ => wrong(node, key, "@text", findings),
    }
}

/// Reads an id: small letters a–z, digits and hyphens, neither first nor last a hyphen.
pub fn id_of(node: &Node, key: &str, findings: &mut Findings) -> Option<Spanned<String>> {
    let text = text_of(node, key, findings)?;
    if is_id(&text.value) {
        return Some(text);
    }
    bad_id(&text, findings);
    None
}

/// Reads a place in the bylaw: ids with `/` between them.
pub fn place_of(node: &Node, key: &str, findings: &mut Findings) -> Option<Spanned<String>> {
    let text = text_of(node, key, findings)?;
    if text.value.split('/').all(is_id) {
        return Some(text);
    }
    bad_id(&text, findings);
    None
}

fn bad_id(text: &Spanned<String>, findings: &mut Findings) {
    let better = text.value.split('/').map(make_id).collect::<Vec<_>>().join("/");
    let mut bad = Diagnostic::new(Code::BadId, text.span).arg("value", &text.value);
    if better.split('/').all(is_id) {
        bad = bad.arg("expected", better);
    }
    findings.push(bad);
}

/// Says whether a text is an id.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Makes the id that somebody probably meant: `Økonomi og plan` gives `oekonomi-og-plan`.
pub fn make_id(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'æ' | 'ä' => out.push_str("ae"),
            'ø' | 'ö' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            'é' => out.push('e'),
            'ü' => out.push('u'),
            'a'..='z' | '0'..='9' => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_end_matches('-').to_string()
}

/// Reads a date written YYYY-MM-DD, of the years 1800 to 2199.
pub fn date_of(node: &Node, key: &str, findings: &mut Findings) -> Option<Spanned<Date>> {
    let text = text_of(node, key, findings)?;
    if let Some(date) = iso(&text.value) {
        return Some(Spanned::new(date, text.span));
    }
    let mut bad = Diagnostic::new(Code::BadDate, text.span).arg("key", key).arg("value", &text.value);
    if let Some(date) = danish(&text.value) {
        bad = bad.arg("expected", date);
    }
    findings.push(bad);
    None
}

fn iso(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let date = if shaped { text.parse::<Date>().ok()? } else { return None };
    (1800..=2199).contains(&date.year()).then_some(date)
}

/// Guesses at a date written the Danish way: `1. januar 2026`, `1/1 2026`, `01-01-2026`.
fn danish(text: &str) -> Option<Date> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let words = if words.first().is_some_and(|w| w == "den") { &words[1..] } else { &words[..] };
    let [day, month, year] = words else { return None };
    let named = crate::lang::danish::MONTHS.iter().position(|m| m == month || month.len() >= 3 && m.starts_with(month));
    let month = named.map(|m| m + 1).or_else(|| month.parse().ok())?;
    iso(&format!("{year}-{month:02}-{:02}", day.parse::<u32>().ok()?))
}

/// Finds the word most like another one: at most a third of its letters differ, and never more than three.
pub fn nearest<'w>(word: &str, among: &[&'w str]) -> Option<&'w str> {
    let word: Vec<char> = word.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut best: Option<(usize, &str)> = None;
    for other in among {
        let letters: Vec<char> = other.chars().take(64).collect();
        let most = (letters.len().max(word.len()) / 3).clamp(1, 3);
        // Words of other lengths are not looked at closer: there may be thousands.
        if letters.len().abs_diff(word.len()) > most {
            continue;
        }
        let found = (distance(&word, &letters), *other);
        if found.0 <= most && best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    best.map(|(_, other)| other)
}

/// Counts the letters to put in, take out, replace or swap with the next.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let same = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}
