//! YAML in: the only user of a YAML crate. One pass over the events gives every node its place and refuses what a
//! rule file may not hold; then `serde_yaml` says what each scalar is, and both readings must agree.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScanError};
use unicode_normalization::UnicodeNormalization;

use crate::diag::{Code, Diagnostic, Findings};
use crate::lang::stock;
use crate::report;
use crate::source::{FileId, Span};

/// The largest rule file, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The deepest nesting of mappings and lists.
pub const MAX_DEPTH: usize = 32;
/// The largest number of values in one file.
pub const MAX_NODES: usize = 100_000;
/// The longest single text, in characters.
pub const MAX_TEXT: usize = 20_000;
/// How many forbidden characters are reported one by one in a file.
const MAX_CHARACTERS: usize = 20;
/// How many refusals are reported in a file before reading stops.
const MAX_REFUSALS: usize = 100;

/// Is one value of a YAML file with the place it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it stands: quotes and brackets included, comments and trailing blanks not.
    pub span: Span,
    /// What it is.
    pub value: Value,
    /// A scalar's text as written (normalised), whatever it was taken for: `7`, `no`, `2026-01-01`; empty for the rest.
    pub raw: String,
    /// Whether it is a mapping or list written with `{}` or `[]`.
    pub flow: bool,
}

/// Says what a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing written, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits.
    Int(i64),
    /// Anything else that is not a list or a mapping, normalised; decimals too.
    Text(String),
    /// A list.
    Seq(Vec<Node>),
    /// A mapping, in the order of the file, no key twice.
    Map(Vec<Entry>),
}

/// Is one `key: value` of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key as written, normalised.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What stands after the colon.
    pub value: Node,
}

impl Node {
    /// Returns a scalar's text as written, quoted or not; `None` for lists, mappings and nothing.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Bool(_) | Value::Int(_) => Some(&self.raw),
            Value::Null if self.raw.is_empty() || self.raw == "~" => None,
            Value::Null => Some(&self.raw),
            Value::Seq(_) | Value::Map(_) => None,
        }
    }

    /// Returns the value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.value),
            _ => None,
        }
    }

    /// Names the shape by a stock word of [`crate::lang::term`].
    pub fn shape(&self) -> &'static str {
        match &self.value {
            Value::Null => "@nothing",
            Value::Bool(_) => "@yes-no",
            Value::Int(_) => "@number",
            Value::Text(_) => "@text",
            Value::Seq(_) => "@list",
            Value::Map(_) => "@mapping",
        }
    }
}

/// Reads one YAML document; `None` when anything in it is refused, and then the reasons are among the findings.
pub fn parse(file: FileId, text: &str, findings: &mut Findings) -> Option<Node> {
    if text.len() > MAX_BYTES {
        let span = Span { file, start: 0, end: 0 };
        report!(findings, Code::FileTooLarge, span, count = text.len(), limit = MAX_BYTES);
        return None;
    }
    let places = Places::new(file, text);
    let mut reader = Reader { places, findings, refused: 0, nodes: 0, characters: 0, open: Vec::new(), root: None };
    reader.characters_in(text, 0, None);
    if reader.refused > 0 || reader.directives() {
        return None;
    }
    reader.events()?;
    if reader.refused > 0 {
        return None;
    }
    let mut root = match reader.root.take() {
        Some(root) => root,
        None => Node { span: Span { file, start: 0, end: 0 }, value: Value::Null, raw: String::new(), flow: false },
    };
    match serde_yaml::from_str::<serde_yaml::Value>(text) {
        Ok(typed) => {
            if let Err(span) = give_types(&mut root, &typed) {
                reader.report_syntax(span, "ambiguous", "quote-do");
                return None;
            }
        }
        Err(error) => {
            let at = error.location().map_or(0, |l| reader.places.byte_of_line(l.line(), l.column()));
            reader.syntax(at, "ambiguous");
            return None;
        }
    }
    Some(root)
}

/// Makes one text out of what was typed: NFC, every kind of blank one ordinary space, soft hyphens gone, trimmed.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c == '\u{ad}' {
            continue;
        }
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    // A soft hyphen may have stood between a letter and its accent.
    if text.contains('\u{ad}') { out.nfc().collect() } else { out }
}

/// Turns the parser's marks, which count characters, into bytes.
struct Places<'t> {
    file: FileId,
    text: &'t str,
    /// The byte of every character, and the length at the end; empty when all are ASCII.
    bytes: Vec<u32>,
}

impl<'t> Places<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        let mut bytes = Vec::new();
        if !text.is_ascii() {
            bytes.extend(text.char_indices().map(|(i, _)| i as u32));
            bytes.push(text.len() as u32);
        }
        Places { file, text, bytes }
    }

    fn byte(&self, index: usize) -> usize {
        if self.bytes.is_empty() {
            return index.min(self.text.len());
        }
        self.bytes.get(index).map_or(self.text.len(), |b| *b as usize)
    }

    fn byte_of_line(&self, line: usize, column: usize) -> usize {
        let mut start = 0;
        for (number, content) in self.text.split_inclusive('\n').enumerate() {
            if number + 1 == line {
                let within = content.char_indices().nth(column.saturating_sub(1)).map_or(content.len(), |(i, _)| i);
                return start + within;
            }
            start += content.len();
        }
        self.text.len()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let start = start.min(self.text.len());
        Span { file: self.file, start: start as u32, end: end.clamp(start, self.text.len()) as u32 }
    }

    /// Takes the blanks off the end of what the parser calls a node.
    fn marks(&self, span: saphyr_parser::Span) -> Span {
        let (start, end) = (self.byte(span.start.index()), self.byte(span.end.index()));
        let written = self.text.get(start..end.max(start)).unwrap_or("").trim_end();
        self.span(start, start + written.len())
    }

    fn line_at(&self, at: usize) -> (usize, &'t str) {
        let at = at.min(self.text.len());
        let start = self.text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let line = self.text.get(start..).unwrap_or("");
        (start, line.split('\n').next().unwrap_or(""))
    }
}

/// Is a mapping or list whose end has not come yet.
enum Open {
    Seq(Span, bool, Vec<Node>),
    Map { span: Span, flow: bool, entries: Vec<Entry>, key: Option<(String, Span)>, seen: BTreeMap<String, Span> },
}

struct Reader<'t, 'f> {
    places: Places<'t>,
    findings: &'f mut Findings,
    refused: usize,
    nodes: usize,
    characters: usize,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Reader<'_, '_> {
    fn refuse(&mut self, diagnostic: Diagnostic) {
        self.refused += 1;
        self.findings.push(diagnostic);
    }

    fn feature(&mut self, span: Span, name: &str) {
        self.refuse(feature(span, name));
    }

    /// Reports what may not stand in a text; `place` is given when the bytes of `text` are not those of the file.
    fn characters_in(&mut self, text: &str, start: usize, place: Option<Span>) {
        for (at, c) in text.char_indices() {
            if !forbidden(c) {
                continue;
            }
            self.characters += 1;
            if self.characters > MAX_CHARACTERS {
                return;
            }
            let span = place.unwrap_or_else(|| self.places.span(start + at, start + at + c.len_utf8()));
            let value = format!("U+{:04X}", c as u32);
            self.refuse(Diagnostic::new(Code::ForbiddenCharacter, span).arg("found", value));
        }
    }

    /// Reports `%` directives, which stand before the document.
    fn directives(&mut self) -> bool {
        let mut start = 0;
        for line in self.places.text.split_inclusive('\n') {
            let content = line.trim();
            if line.starts_with('%') {
                let span = self.places.span(start, start + line.trim_end().len());
                self.feature(span, "directive");
                return true;
            }
            if !content.is_empty() && !content.starts_with('#') && content != "..." {
                return false;
            }
            start += line.len();
        }
        false
    }

    /// Walks the events; `None` when reading had to stop.
    fn events(&mut self) -> Option<()> {
        let text = self.places.text;
        let mut parser = Parser::new_from_str(text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, marks) = match event {
                Ok(event) => event,
                Err(error) => {
                    self.scan_error(&error);
                    return None;
                }
            };
            let span = self.places.marks(marks);
            if self.refused >= MAX_REFUSALS {
                return None;
            }
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        self.feature(span, "documents");
                        return None;
                    }
                }
                Event::Alias(_) => {
                    self.feature(span, "alias");
                    self.close(Node { span, value: Value::Null, raw: String::new(), flow: false });
                }
                Event::Scalar(content, style, anchor, tag) => {
                    self.properties(span, anchor, tag.is_some());
                    self.scalar(span, &content, style == saphyr_parser::ScalarStyle::Plain)?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.properties(span, anchor, tag.is_some());
                    self.deeper(span)?;
                    self.open.push(Open::Seq(span, span.end > span.start, Vec::new()));
                }
                Event::MappingStart(anchor, tag) => {
                    self.properties(span, anchor, tag.is_some());
                    self.deeper(span)?;
                    self.open.push(Open::Map {
                        span,
                        flow: span.end > span.start,
                        entries: Vec::new(),
                        key: None,
                        seen: BTreeMap::new(),
                    });
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span),
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Some(())
    }

    fn properties(&mut self, span: Span, anchor: usize, tag: bool) {
        if anchor > 0 {
            self.feature(span, "anchor");
        }
        if tag {
            self.feature(span, "tag");
        }
    }

    fn count(&mut self, span: Span) -> Option<()> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.refuse(Diagnostic::new(Code::TooMany, span).arg("name", stock("values")).arg("limit", MAX_NODES));
            return None;
        }
        Some(())
    }

    fn deeper(&mut self, span: Span) -> Option<()> {
        self.count(span)?;
        if self.open.len() >= MAX_DEPTH {
            self.refuse(Diagnostic::new(Code::TooDeep, span).arg("limit", MAX_DEPTH));
            return None;
        }
        Some(())
    }

    fn scalar(&mut self, span: Span, content: &str, plain: bool) -> Option<()> {
        self.count(span)?;
        if content.chars().nth(MAX_TEXT).is_some() {
            self.refuse(Diagnostic::new(Code::TextTooLong, span).arg("limit", MAX_TEXT));
        }
        if plain {
            self.remark_after(span);
        } else {
            // Written out, they were found already; here come those made with `\u202e` and the like.
            self.characters_in(content, 0, Some(span));
        }
        let raw = normalise(content);
        // What `serde_yaml` makes of it is compared with this; see `give_types`.
        self.close(Node { span, value: Value::Text(content.to_string()), raw, flow: false });
        Some(())
    }

    /// Warns when a text is followed by `#` and a word without a space between: `Sag #5` ends after "Sag".
    fn remark_after(&mut self, span: Span) {
        let rest = self.places.text.get(span.end as usize..).unwrap_or("");
        let remark = rest.trim_start_matches([' ', '\t']);
        let glued = remark.strip_prefix('#').and_then(|r| r.chars().next()).is_some_and(char::is_alphanumeric);
        if glued && span.end > span.start && remark.len() < rest.len() {
            let at = self.places.text.len() - remark.len();
            let written = remark.split('\n').next().unwrap_or("").trim_end();
            let place = self.places.span(at, at + written.len());
            self.findings.push(Diagnostic::new(Code::CommentOrText, place).arg("value", written));
        }
    }

    /// Ends the innermost mapping or list.
    fn end(&mut self, mark: Span) {
        let whole = |start: Span, last: Option<u32>, flow: bool| Span {
            end: if flow { mark.end } else { last.unwrap_or(start.end) }.max(start.start),
            ..start
        };
        let node = match self.open.pop() {
            Some(Open::Seq(span, flow, nodes)) => Node {
                span: whole(span, nodes.last().map(|n| n.span.end), flow),
                value: Value::Seq(nodes),
                raw: String::new(),
                flow,
            },
            Some(Open::Map { span, flow, entries, .. }) => Node {
                span: whole(span, entries.last().map(|e| e.value.span.end.max(e.key_span.end)), flow),
                value: Value::Map(entries),
                raw: String::new(),
                flow,
            },
            None => return,
        };
        self.close(node);
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node) {
        let mut found = None;
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Seq(_, _, nodes)) => nodes.push(node),
            Some(Open::Map { entries, key, seen, .. }) => match key.take() {
                Some((key, key_span)) => {
                    let empty = node.span.start == node.span.end || node.span.start < key_span.end;
                    let span = if empty && node.raw.is_empty() { key_span } else { node.span };
                    let flow_empty = matches!(&node.value, Value::Text(t) if t.is_empty()) && !empty;
                    // In `{a}` the parser calls the closing brace the empty value's place.
                    let quoted =
                        flow_empty && self.places.text[span.start as usize..].starts_with(['"', '\'', '|', '>']);
                    let span = if flow_empty && !quoted { key_span } else { span };
                    entries.push(Entry { key, key_span, value: Node { span, ..node } });
                }
                None => {
                    if let Value::Text(_) = node.value {
                        if node.raw == "<<" {
                            found = Some(feature(node.span, "merge"));
                        } else if let Some(first) = seen.get(&node.raw) {
                            let twice = Diagnostic::new(Code::DuplicateKey, node.span).other(*first);
                            found = Some(twice.arg("key", &node.raw));
                        } else {
                            seen.insert(node.raw.clone(), node.span);
                        }
                        *key = Some((node.raw, node.span));
                    } else {
                        found = Some(feature(node.span, "complex-key"));
                        *key = Some((String::new(), node.span));
                    }
                }
            },
        }
        if let Some(diagnostic) = found {
            self.refuse(diagnostic);
        }
    }

    fn scan_error(&mut self, error: &ScanError) {
        let at = self.places.byte(error.marker().index());
        let info = error.info();
        if info.contains("recursion limit") {
            let span = self.places.span(at, at + 1);
            return self.refuse(Diagnostic::new(Code::TooDeep, span).arg("limit", MAX_DEPTH));
        }
        if info.contains("unknown anchor") {
            let (start, line) = self.places.line_at(at);
            return self.feature(self.places.span(at, start + line.trim_end().len()), "alias");
        }
        self.syntax(at, info);
    }

    /// Reports a syntax error, and says what was most likely meant.
    fn syntax(&mut self, at: usize, info: &str) {
        let (start, line) = self.places.line_at(at);
        let place = self.whole_characters(self.places.span(at, at + usize::from(at < start + line.len())));
        if let Some(brace) = brace_in_text(line) {
            let span = self.places.span(start + brace, start + line.trim_end().len());
            return self.refuse(Diagnostic::new(Code::UnquotedBrace, span));
        }
        let before = line.get(..at - start).unwrap_or("");
        let (reason, advice) = reason(info, before);
        let bracket = self.open.iter().rev().find_map(|open| match open {
            Open::Seq(span, true, _) | Open::Map { span, flow: true, .. } => Some(*span),
            _ => None,
        });
        if let Some(bracket) = bracket.filter(|_| matches!(reason, "indent" | "bracket" | "")) {
            return self.refuse(syntax_error(place, "bracket", "bracket-do").other(bracket));
        }
        // These come to light on a later line than the one they stand on.
        let place = match reason {
            "no-colon" if before.trim().is_empty() => self.line_before(start).unwrap_or(place),
            "indent" if self.line_before(start).is_some_and(|l| self.lacks_space(l)) => {
                let line = self.line_before(start).unwrap_or(place);
                return self.report_syntax(line, "no-space", "no-space-do");
            }
            _ => place,
        };
        self.report_syntax(place, reason, advice);
    }

    fn report_syntax(&mut self, span: Span, reason: &str, advice: &str) {
        self.refuse(syntax_error(span, reason, advice));
    }

    fn whole_characters(&self, span: Span) -> Span {
        let mut end = span.end as usize;
        while !self.places.text.is_char_boundary(end) {
            end += 1;
        }
        Span { end: end as u32, ..span }
    }

    /// Finds the line with content before the one that begins at `start`.
    fn line_before(&self, start: usize) -> Option<Span> {
        let mut end = start;
        while end > 0 {
            let (first, line) = self.places.line_at(end - 1);
            let written = line.trim();
            if !written.is_empty() && !written.starts_with('#') {
                let indent = line.len() - line.trim_start().len();
                return Some(self.places.span(first + indent, first + line.trim_end().len()));
            }
            end = first;
        }
        None
    }

    /// Says whether a line is `key:value` without the space that makes it a key.
    fn lacks_space(&self, line: Span) -> bool {
        let text = self.places.text.get(line.start as usize..line.end as usize).unwrap_or("");
        text.split_once(':').is_some_and(|(key, value)| is_key(key) && !value.is_empty() && !value.starts_with(' '))
    }
}

fn syntax_error(span: Span, reason: &str, advice: &str) -> Diagnostic {
    let words = [("reason", reason), ("expected", advice)];
    words
        .into_iter()
        .filter(|(_, word)| !word.is_empty())
        .fold(Diagnostic::new(Code::YamlSyntax, span), |syntax, (name, word)| syntax.arg(name, stock(word)))
}

fn feature(span: Span, name: &str) -> Diagnostic {
    let advice = stock(&format!("{name}-do"));
    Diagnostic::new(Code::YamlFeature, span).arg("name", stock(name)).arg("expected", advice)
}

fn is_key(text: &str) -> bool {
    let key = text.trim().trim_start_matches("- ").trim();
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Finds a value that begins with a brace and goes on after it, as in `text: {teknik} varetager`.
fn brace_in_text(line: &str) -> Option<usize> {
    let value = match line.split_once(": ") {
        Some((key, value)) if is_key(key) => value.trim_start(),
        _ => line.trim_start().strip_prefix("- ")?.trim_start(),
    };
    let rest = value.strip_prefix('{')?.split_once('}')?.1.trim_start();
    let goes_on = !rest.is_empty() && !rest.starts_with(['#', ',', ']', '}']);
    goes_on.then_some(line.len() - value.len())
}

/// Sorts the parser's many messages into the few mistakes people make; `before` is what stands before the place.
fn reason(info: &str, before: &str) -> (&'static str, &'static str) {
    let has = |words: &str| info.contains(words);
    if has("tab") && !has("table") {
        ("tab", "tab-do")
    } else if has("mapping values are not allowed") {
        if is_key(before) { ("indent", "indent-do") } else { ("colon", "quote-do") }
    } else if has("block sequence entries") {
        ("dash", "dash-do")
    } else if has("trailing content after") {
        ("after-quote", "after-quote-do")
    } else if has("escape character") || has("hexadecimal") || has("escape code") {
        ("escape", "escape-do")
    } else if has("quoted scalar") {
        ("quote", "quote-close-do")
    } else if has("unexpected character") {
        ("first-character", "quote-do")
    } else if has("simple key") {
        ("no-colon", "no-colon-do")
    } else if has("'-' indicator") {
        ("no-dash", "no-dash-do")
    } else if has("flow") || has("bracket") || has("':' indicator") {
        ("bracket", "bracket-do")
    } else if has("did not find expected key") || has("indentation") || has("indented") {
        ("indent", "indent-do")
    } else if has("ambiguous") {
        ("ambiguous", "quote-do")
    } else {
        ("", "")
    }
}

/// Says whether a character may not stand in a rule file: it cannot be seen, or it reorders what can.
pub fn forbidden(c: char) -> bool {
    let n = c as u32;
    match c {
        '\n' | '\t' | '\r' => false,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}' | '\u{fffc}' | '\u{fffd}' => true,
        '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{fdd0}'..='\u{fdef}' | '\u{e000}'..='\u{f8ff}' => true,
        _ => c.is_control() || n & 0xfffe == 0xfffe || n >= 0xe_0000,
    }
}

/// Gives every scalar its type; the place where the two parsers disagree otherwise.
fn give_types(node: &mut Node, typed: &serde_yaml::Value) -> Result<(), Span> {
    use serde_yaml::Value as Typed;
    let value = match (&mut node.value, typed) {
        (Value::Seq(nodes), Typed::Sequence(items)) if nodes.len() == items.len() => {
            for (node, item) in nodes.iter_mut().zip(items) {
                give_types(node, item)?;
            }
            return Ok(());
        }
        (Value::Map(entries), Typed::Mapping(items)) if entries.len() == items.len() => {
            for (entry, (_, item)) in entries.iter_mut().zip(items) {
                give_types(&mut entry.value, item)?;
            }
            return Ok(());
        }
        (Value::Text(_), Typed::Null) => Value::Null,
        (Value::Text(_), Typed::Bool(b)) => Value::Bool(*b),
        (Value::Text(_), Typed::Number(n)) => n.as_i64().map_or_else(|| Value::Text(node.raw.clone()), Value::Int),
        (Value::Text(ours), Typed::String(theirs)) if ours == theirs => Value::Text(node.raw.clone()),
        (Value::Null, Typed::Null) => return Ok(()),
        _ => return Err(node.span),
    };
    node.value = value;
    Ok(())
}
