//! The bylaw as the applier sees it: lines with a kind, a label and words, and the numbers that follow from their order.
//!
//! It reads the clean Markdown profile and prints it back byte for byte. It has its own idea of that profile and shares
//! nothing with the compiler's tree, its parser or its printers.

use super::Kind;

/// Is a whole text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Lines outside the §§, and the §§, in order.
    pub nodes: Vec<Node>,
}

/// Is one piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// The title, a paragraph of the preamble, the heading of a chapter.
    Line(Row),
    /// A §.
    Section(Section),
}

/// Is a § with the heading before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// `7 a`
    pub number: String,
    /// The heading, if there is one.
    pub heading: Option<Row>,
    /// Its stk.
    pub subsections: Vec<Subsection>,
    /// Whether stk. 1 is written with its own label after that of the §: `§ 8. Stk. 1.`
    pub names_first: bool,
    /// The item that inserted it; 0 for none.
    pub born: u32,
}

/// Is a stk.: the paragraph with the label, then points, letters and paragraphs without one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subsection {
    /// Its number, now and before.
    pub number: Number,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// Is one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// What stands before the words.
    pub label: String,
    /// The words, plain.
    pub words: String,
    /// The number of a point or a letter, now and before; 0 for other lines.
    pub number: Number,
    /// Which line of the text before the instrument it is, where that is asked for.
    pub origin: Option<u32>,
}

/// Is where an application has got to: which part and which item, each from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// The part.
    pub part: u32,
    /// The item, counted through all parts.
    pub item: u32,
}

/// Is a number that shifts, with what it was before the instrument, the part and the item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Number {
    /// What it is.
    pub now: u32,
    /// When the unit was inserted; zeroes for one that was there from the start.
    born: Clock,
    /// What it was before the instrument, where it has shifted.
    start: Option<u32>,
    /// The last part in which it shifted, and what it was before that.
    part: Option<(u32, u32)>,
    /// The last item in which it shifted, and what it was before that.
    item: Option<(u32, u32)>,
}

impl Number {
    /// Makes the number of a unit that was there from the start.
    pub fn from_start(now: u32) -> Number {
        Number { now, ..Number::default() }
    }

    /// Makes the number of a unit that is inserted.
    pub fn inserted(now: u32, clock: Clock) -> Number {
        Number { now, born: clock, ..Number::default() }
    }

    /// Returns what it was before the instrument; `None` for a unit that was inserted.
    pub fn first(&self) -> Option<u32> {
        (self.born == Clock::default()).then(|| self.start.unwrap_or(self.now))
    }

    /// Gives it another number.
    pub fn set(&mut self, now: u32, clock: Clock) {
        if self.now == now {
            return;
        }
        self.start.get_or_insert(self.now);
        if self.part.is_none_or(|(part, _)| part != clock.part) {
            self.part = Some((clock.part, self.now));
        }
        if self.item.is_none_or(|(item, _)| item != clock.item) {
            self.item = Some((clock.item, self.now));
        }
        self.now = now;
    }

    /// Returns what it was before the item; `None` for a unit that the item inserted.
    pub fn before_item(&self, clock: Clock) -> Option<u32> {
        match self.item {
            _ if self.born.item == clock.item => None,
            Some((item, was)) if item == clock.item => Some(was),
            _ => Some(self.now),
        }
    }

    /// Returns what it was before the part; `None` for a unit that the part inserted.
    pub fn before_part(&self, clock: Clock) -> Option<u32> {
        match self.part {
            _ if self.born.part == clock.part => None,
            Some((part, was)) if part == clock.part => Some(was),
            _ => Some(self.now),
        }
    }

    /// Says whether it was this number before the item, before the part or before the instrument.
    pub fn was(&self, number: u32, clock: Clock) -> bool {
        [self.before_item(clock), self.before_part(clock), self.first()].contains(&Some(number))
    }
}

impl Row {
    /// Returns the line as it is read aloud: label and words.
    pub fn said(&self) -> String {
        let space = if self.label.is_empty() || self.words.is_empty() { "" } else { " " };
        format!("{}{space}{}", self.label, self.words)
    }
}

/// Reads the profile; what has no place in it becomes a line of text. [`print()`] tells whether it was the profile.
pub fn read(markdown: &str) -> Text {
    let mut text = Text::default();
    let mut heading: Option<Row> = None;
    for raw in markdown.split('\n').filter(|line| !line.is_empty()) {
        let (kind, label, words) = split(raw);
        let mut row = Row { kind, label: label.to_string(), words: unescape(words), ..Row::default() };
        if kind != Kind::Subsection
            && let Some(row) = heading.take()
        {
            text.nodes.push(Node::Line(row));
        }
        let section = text.nodes.last_mut().and_then(|node| match node {
            Node::Section(section) => Some(section),
            Node::Line(_) => None,
        });
        match (kind, section) {
            (Kind::Heading, _) => heading = Some(row),
            (Kind::Subsection, _) if label.starts_with('§') => {
                let number = label.trim_start_matches('§').trim_end_matches('.').trim().to_string();
                let names_first = take_first(&mut row.words);
                let subsections = vec![Subsection { number: Number::from_start(1), rows: vec![row] }];
                let section = Section { number, heading: heading.take(), subsections, names_first, born: 0 };
                text.nodes.push(Node::Section(section));
            }
            (Kind::Subsection, Some(section)) if heading.is_none() => {
                let number = digits(label).unwrap_or(0);
                section.subsections.push(Subsection { number: Number::from_start(number), rows: vec![row] });
            }
            (Kind::Text | Kind::Point | Kind::Letter, Some(section)) => {
                let Some(subsection) = section.subsections.last_mut() else { continue };
                let before = subsection.rows.iter().rev().find(|r| r.kind == Kind::Point).map_or(0, |r| r.number.now);
                row.number = Number::from_start(match kind {
                    Kind::Point => digits(label).unwrap_or(before + 1),
                    Kind::Letter => {
                        let count = subsection.rows.iter().rev().take_while(|r| r.kind == Kind::Letter).count();
                        let due = u32::try_from(count).unwrap_or(0) + 1;
                        letter_number(label.trim_end_matches(')')).or(digits(label)).unwrap_or(due)
                    }
                    _ => 0,
                });
                subsection.rows.push(row);
            }
            (_, _) => {
                if let Some(heading) = heading.take() {
                    text.nodes.push(Node::Line(heading));
                }
                if kind == Kind::Text && !text.nodes.iter().any(|n| matches!(n, Node::Section(_))) {
                    let chapter = text.nodes.iter().any(|n| matches!(n, Node::Line(r) if r.kind == Kind::Chapter));
                    row.kind = if chapter { Kind::Text } else { Kind::Preamble };
                }
                text.nodes.push(Node::Line(row));
            }
        }
    }
    text.nodes.extend(heading.map(Node::Line));
    text
}

/// Is the label of stk. 1 where a text writes it.
const FIRST: &str = "Stk. 1.";

/// Takes the label of stk. 1 off the words of a §; returns whether it was there.
pub fn take_first(words: &mut String) -> bool {
    let rest = words.strip_prefix(FIRST).filter(|rest| rest.is_empty() || rest.starts_with(' '));
    let Some(rest) = rest.map(|rest| rest.trim_start().to_string()) else { return false };
    *words = rest;
    true
}

/// Prints the profile.
pub fn print(text: &Text) -> String {
    let mut out = String::new();
    let mut before: Option<Kind> = None;
    for (node, row) in text.nodes.iter().flat_map(|node| node.rows().map(move |row| (node, row))) {
        out.push_str(match (before, row.kind) {
            (None, _) => "",
            (Some(Kind::Point | Kind::Letter), Kind::Point | Kind::Letter) => "\n",
            _ => "\n\n",
        });
        out.push_str(match row.kind {
            Kind::Title => "# ",
            Kind::Chapter => "## ",
            Kind::Heading => "### ",
            Kind::Letter => "    ",
            _ => "",
        });
        out.push_str(&row.label);
        if row.label.starts_with('§') && matches!(node, Node::Section(section) if section.names_first) {
            out.push(' ');
            out.push_str(FIRST);
        }
        if !row.label.is_empty() && !row.words.is_empty() {
            out.push(' ');
        }
        let words = escape(&row.words);
        let guarded = matches!(row.kind, Kind::Preamble | Kind::Text | Kind::Point);
        out.push_str(&if guarded { guard(words) } else { words });
        before = Some(row.kind);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

impl Text {
    /// Gives every line its number from 0, to be known by after the text has changed.
    pub fn mark(&mut self) {
        let mut next = 0;
        let mut mark = |row: &mut Row| {
            row.origin = Some(next);
            next += 1;
        };
        for node in &mut self.nodes {
            match node {
                Node::Line(row) => mark(row),
                Node::Section(section) => {
                    section.heading.iter_mut().for_each(&mut mark);
                    section.subsections.iter_mut().flat_map(|s| &mut s.rows).for_each(&mut mark);
                }
            }
        }
    }

    /// Walks every line in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.nodes.iter().flat_map(Node::rows)
    }
}

impl Node {
    /// Walks its lines in order.
    pub fn rows(&self) -> Box<dyn Iterator<Item = &Row> + '_> {
        match self {
            Node::Line(row) => Box::new(std::iter::once(row)),
            Node::Section(s) => Box::new(s.heading.iter().chain(s.subsections.iter().flat_map(|s| &s.rows))),
        }
    }
}

impl Section {
    /// Numbers its stk. anew.
    pub fn renumber(&mut self, clock: Clock) {
        for (n, subsection) in (1..).zip(&mut self.subsections) {
            subsection.number.set(n, clock);
            if let Some(first) = subsection.rows.first_mut() {
                first.label = if n == 1 { format!("§ {}.", self.number) } else { format!("Stk. {n}.") };
            }
        }
    }
}

impl Subsection {
    /// Numbers its points and letters anew. Lists run on within a stk., and each keeps the mark its first point has.
    pub fn renumber(&mut self, clock: Clock) {
        let (mut point, mut letter) = (0, 0);
        let mut sign: Option<String> = None;
        let mut inner: Option<String> = None;
        for row in &mut self.rows {
            match row.kind {
                Kind::Point => {
                    point += 1;
                    letter = 0;
                    inner = None;
                    row.number.set(point, clock);
                    let mark = sign.get_or_insert_with(|| row.label.clone());
                    row.label = next_label(mark, point);
                }
                Kind::Letter => {
                    letter += 1;
                    row.number.set(letter, clock);
                    let mark = inner.get_or_insert_with(|| row.label.clone());
                    row.label = next_label(mark, letter);
                }
                _ => sign = None,
            }
        }
    }
}

/// Returns the label of a point in a list whose first point has a mark.
pub fn next_label(mark: &str, number: u32) -> String {
    let tail = mark.trim_start_matches(char::is_alphanumeric);
    match mark.chars().next() {
        Some(c) if c.is_ascii_digit() => format!("{number}{tail}"),
        Some(c) if c.is_lowercase() => format!("{}{tail}", letter_of(number)),
        _ => mark.to_string(),
    }
}

/// Splits a line of the profile into its kind, its label and its words, still escaped.
fn split(line: &str) -> (Kind, &str, &str) {
    if let Some(rest) = line.strip_prefix("# ") {
        return (Kind::Title, "", rest);
    }
    if let Some(rest) = line.strip_prefix("## ") {
        let (label, words) = rest.split_at(chapter_label(rest));
        return (Kind::Chapter, label, words.strip_prefix(' ').unwrap_or(words));
    }
    if let Some(rest) = line.strip_prefix("### ") {
        return (Kind::Heading, "", rest);
    }
    for sign in ["§ ", "Stk. "] {
        let Some(rest) = line.strip_prefix(sign) else { continue };
        if let Some(end) = numbered(rest) {
            let (label, words) = line.split_at(sign.len() + end);
            return (Kind::Subsection, label, words.strip_prefix(' ').unwrap_or(words));
        }
    }
    let (indented, rest) = match line.strip_prefix("    ") {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let (first, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let stem = first.strip_suffix(')').unwrap_or_default();
    if indented && (1..=4).contains(&stem.chars().count()) && stem.chars().all(char::is_lowercase) {
        return (Kind::Letter, first, words);
    }
    // Foreign lists have other marks; the profile escapes what only looks like one.
    let dash = matches!(first, "–" | "•" | "-");
    let figure = first.strip_suffix([')', '.']).unwrap_or_default();
    let counted = !figure.is_empty() && figure.len() < 9 && figure.bytes().all(|b| b.is_ascii_digit());
    let lettered = (1..=2).contains(&stem.chars().count()) && stem.chars().all(char::is_lowercase);
    if indented && (counted || dash) {
        return (Kind::Letter, first, words);
    }
    if !indented && (counted || lettered || dash) {
        return (Kind::Point, first, words);
    }
    (Kind::Text, "", line)
}

/// Returns how long a number is that a point ends: `7 a.`; it is followed by a space or nothing.
fn numbered(rest: &str) -> Option<usize> {
    let end = rest.find('.')?;
    let number = rest.get(..end)?;
    let (figures, letter) = number.split_once(' ').unwrap_or((number, ""));
    let good = !figures.is_empty()
        && figures.len() < 9
        && figures.trim_end_matches(char::is_lowercase).bytes().all(|b| b.is_ascii_digit())
        && figures.starts_with(|c: char| c.is_ascii_digit())
        && letter.chars().count() <= 2
        && letter.chars().all(char::is_lowercase);
    let after = rest.get(end + 1..)?;
    (good && (after.is_empty() || after.starts_with(' '))).then_some(end + 1)
}

/// Returns how long the label of a chapter is at the beginning of its heading: `Kapitel 4 a.`; 0 for none.
fn chapter_label(heading: &str) -> usize {
    let Some(rest) = heading.strip_prefix("Kapitel ") else { return 0 };
    let Some(end) = rest.find('.') else { return 0 };
    let number = rest.get(..end).unwrap_or_default();
    let short = !number.is_empty() && number.len() <= 12 && number.split(' ').count() <= 2;
    let after = rest.get(end + 1..).unwrap_or_default();
    if short && (after.is_empty() || after.starts_with(' ')) { "Kapitel ".len() + end + 1 } else { 0 }
}

/// Returns the first number in a label.
pub fn digits(label: &str) -> Option<u32> {
    let from = label.find(|c: char| c.is_ascii_digit())?;
    let rest = label.get(from..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

const ALPHABET: [char; 29] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z', 'æ', 'ø', 'å',
];

/// Returns the number of a letter: 1 for `a`, 30 for `aa`.
pub fn letter_number(letter: &str) -> Option<u32> {
    let mut out: u32 = 0;
    for c in letter.chars() {
        let at = ALPHABET.iter().position(|a| *a == c)?;
        out = out.checked_mul(29)?.checked_add(u32::try_from(at).ok()? + 1)?;
    }
    (out > 0).then_some(out)
}

/// Returns the letter of a number from 1.
pub fn letter_of(number: u32) -> String {
    let mut n = number;
    let mut out = Vec::new();
    while n > 0 {
        n -= 1;
        out.push(ALPHABET[(n % 29) as usize]);
        n /= 29;
    }
    out.iter().rev().collect()
}

/// Escapes what Markdown would take for markup.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '&' | '~' | '{' | '}' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Takes the look of a label away from words that have none.
fn guard(words: String) -> String {
    let Some(first) = words.chars().next() else { return words };
    if matches!(first, '-' | '+' | '=') {
        return format!("\\{words}");
    }
    let end = words.find([' ', '\u{a0}']).unwrap_or(words.len());
    let (head, rest) = words.split_at(end);
    if matches!(head, "§" | "–" | "•") {
        return format!("&#{};{rest}", u32::from(first));
    }
    let Some(sign) = head.chars().last().filter(|c| matches!(c, ')' | '.')) else { return words };
    let stem = head.get(..head.len() - 1).unwrap_or_default();
    let label = !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_digit())
        || sign == ')' && stem.chars().count() <= 2
        || stem.eq_ignore_ascii_case("stk");
    if label { format!("{stem}\\{sign}{rest}") } else { words }
}

/// Takes the escapes away: `\*`, and `&#167;` for a section sign at the beginning.
pub fn unescape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(['\\', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.strip_prefix("&#").and_then(|r| r.split_once(';')).and_then(|(n, after)| {
            let number = if n.len() < 8 { n.parse().ok() } else { None };
            number.and_then(char::from_u32).map(|c| (c, after))
        });
        let escaped = rest.strip_prefix('\\').and_then(|r| r.chars().next()).filter(char::is_ascii_punctuation);
        match (entity, escaped) {
            (Some((c, after)), _) => {
                out.push(c);
                rest = after;
            }
            (None, Some(c)) => {
                out.push(c);
                rest = &rest[1 + c.len_utf8()..];
            }
            (None, None) => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_reads_back() {
        let text = "# Vedtægt \\*x\\*\n\nIndledning.\n\n## Kapitel 1. Byrådet\n\n### Møder\n\n§ 1. Byrådet:\n\n1) et\n    \
                    a) litra\n2) to\n\nDerefter.\n\nStk. 2. Slut.\n\n§ 7 a. Ja.\n\n&#167; 3\n\n1\\) nej\n";
        assert_eq!(print(&read(text)), text);
        assert_eq!(print(&read("")), "");
    }

    #[test]
    fn letters_count() {
        for n in [1, 2, 28, 29, 30, 58, 59, 900] {
            assert_eq!(letter_number(&letter_of(n)), Some(n));
        }
    }

    #[test]
    fn numbers_remember() {
        let clock = |part, item| Clock { part, item };
        let mut n = Number::from_start(3);
        n.set(4, clock(1, 1));
        n.set(6, clock(1, 2));
        n.set(7, clock(2, 3));
        for (old, when, was) in [
            (3, clock(2, 3), true),
            (6, clock(2, 3), true),
            (4, clock(2, 3), false),
            (7, clock(2, 3), false),
            (7, clock(2, 4), true),
        ] {
            assert_eq!(n.was(old, when), was, "{old} {when:?}");
        }
    }
}
