//! Cuts an instrument into words, numbers, signs and quoted text. The signs of Markdown and the kind of space are gone
//! after this; what stands in quotation marks is one token.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Is one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Its text in small letters; for quoted text nothing.
    pub(super) text: String,
    /// Where it stands in the file.
    pub(super) span: Range<usize>,
    /// Whether it is the first on its line.
    pub(super) starts_line: bool,
    /// Whether an empty line comes before it.
    pub(super) after_blank: bool,
    /// How many `#` its line begins with.
    pub(super) level: usize,
    /// Whether it begins with a large letter.
    pub(super) capital: bool,
    /// Whether its line is a block quotation of Markdown, `> …`.
    pub(super) block: bool,
}

/// Says what a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Figures.
    Number,
    /// Any other character.
    Sign,
    /// Text in quotation marks: where it stands, without them.
    Quote(Range<usize>),
}

/// Is a quotation mark that has no other end.
pub(super) struct Loose {
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// Whether it opens.
    pub(super) opens: bool,
}

/// Cuts a text into tokens.
pub(super) fn lex(text: &str) -> (Vec<Token>, Vec<Loose>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        loose: Vec::new(),
        closers: closers(text),
        sure: Vec::new(),
        bounds: Vec::new(),
        no_close_after: [usize::MAX; 3],
        line: true,
        blank: true,
        block: false,
        level: 0,
    };
    let bounds = bounds(text);
    lexer.sure = bounds.iter().filter(|b| b.sure).map(|b| b.at).collect();
    lexer.bounds = bounds.into_iter().map(|b| b.at).collect();
    lexer.run();
    (lexer.tokens, lexer.loose)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    loose: Vec<Loose>,
    /// Where each `»` is closed.
    closers: std::collections::HashMap<usize, usize>,
    /// Where lines begin that look like a number or a § of the instrument.
    bounds: Vec<usize>,
    /// Those that are so for sure and end quoted text.
    sure: Vec<usize>,
    /// From where on no curly mark, and no mark the other way round, is closed.
    no_close_after: [usize; 3],
    line: bool,
    blank: bool,
    block: bool,
    level: usize,
}

/// Is the beginning of a line that looks like a number or a § of the instrument.
struct Bound {
    at: usize,
    /// Whether it is so for sure: `## § 2`, `**3.**`.
    sure: bool,
}

/// Finds the lines at which quoted text must end.
fn bounds(text: &str) -> Vec<Bound> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut due = 1;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let head = bare.trim_start_matches('#');
        let part = head.len() < bare.len() && is_part(head.trim());
        let bold = bare.strip_prefix("**").and_then(|l| l.split_once("**")).is_some_and(|(label, _)| is_number(label));
        let plain = bare.split_once(' ').filter(|(label, rest)| {
            label.ends_with('.') && is_number(label) && ORDERS.iter().any(|word| rest.starts_with(word))
        });
        if part || bold || plain.is_some() {
            // A number that is the next one is the instrument's; another may stand in a list that is quoted.
            let number = plain.and_then(|(label, _)| crate::instrument::text::digits(label));
            out.push(Bound { at, sure: part || bold || number == Some(due) });
            due = if part { 1 } else { number.map_or(due, |n| if n == due { n + 1 } else { due }) };
        }
        at += line.len();
    }
    out
}

/// What an item begins with.
const ORDERS: [&str; 12] = [
    "I §",
    "I kapitel ",
    "§",
    "Efter §",
    "Før §",
    "Overalt i ",
    "Overskriften ",
    "To steder i ",
    "Kapitel ",
    "Titlen ",
    "Indledningen ",
    "I indledningen",
];

fn is_part(heading: &str) -> bool {
    heading.strip_prefix('§').is_some_and(|n| {
        let n = n.trim().trim_end_matches('.');
        !n.is_empty() && n.len() < 5 && n.bytes().all(|b| b.is_ascii_digit())
    })
}

fn is_number(label: &str) -> bool {
    let label = label.strip_prefix("Nr.").or_else(|| label.strip_prefix("Nr")).unwrap_or(label).trim();
    let label = label.trim_end_matches(['.', ')']);
    !label.is_empty() && label.len() < 6 && label.bytes().all(|b| b.is_ascii_digit())
}

/// Pairs `»` with `«`; none reaches over a line that cannot be quoted.
fn closers(text: &str) -> std::collections::HashMap<usize, usize> {
    let sure: Vec<usize> = bounds(text).into_iter().filter(|b| b.sure).map(|b| b.at).collect();
    let mut next = sure.iter().copied().peekable();
    let mut open = Vec::new();
    let mut out = std::collections::HashMap::new();
    for (at, c) in text.char_indices() {
        if next.peek().is_some_and(|bound| *bound <= at) {
            open.clear();
            next.next();
        }
        match c {
            '»' => open.push(at),
            '«' => {
                if let Some(start) = open.pop() {
                    out.insert(start, at);
                }
            }
            _ => {}
        }
    }
    out
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let rest = self.rest();
            if c == '\n' {
                self.blank |= self.line;
                self.line = true;
                self.block = false;
                self.level = 0;
                self.at += 1;
            } else if let Some(skip) = skipped(rest) {
                self.at += skip;
            } else if self.line && matches!(c, '#' | '>') {
                self.level += usize::from(c == '#');
                self.block |= c == '>';
                self.at += 1;
            } else if c == '\\' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_punctuation()) {
                self.at += 1;
            } else if c.is_whitespace() || matches!(c, '*' | '_' | '\u{ad}' | '\u{feff}' | '\u{200b}') {
                self.at += c.len_utf8();
            } else if rest.starts_with("››") || rest.starts_with("‹‹") {
                self.doubled(c);
            } else if matches!(c, '»' | '«' | '"' | '”' | '“' | '„') {
                self.quote(c);
            } else {
                self.plain(c);
            }
        }
    }

    fn push(&mut self, kind: Kind, end: usize) {
        let raw = self.text.get(self.at..end).unwrap_or_default();
        let text = if matches!(kind, Kind::Quote(_)) {
            String::new()
        } else {
            raw.nfc().filter(|c| *c != '\u{ad}').collect::<String>().to_lowercase()
        };
        let capital = raw.starts_with(char::is_uppercase);
        let (starts_line, after_blank) = (self.line, self.line && self.blank);
        self.tokens.push(Token {
            kind,
            text,
            span: self.at..end,
            starts_line,
            after_blank,
            level: self.level,
            capital,
            block: self.block,
        });
        self.line = false;
        self.blank = false;
        self.at = end;
    }

    fn plain(&mut self, c: char) {
        let rest = self.rest();
        let run = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let (kind, len) = if c.is_ascii_digit() {
            (Kind::Number, run(|c| c.is_ascii_digit()))
        } else if c.is_alphabetic() {
            // A hyphen inside belongs to the word: `afsnits-`, `og/eller` does not matter here.
            (Kind::Word, run(|c| c.is_alphanumeric() || matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}')))
        } else {
            (Kind::Sign, c.len_utf8())
        };
        self.push(kind, self.at + len.max(c.len_utf8()));
    }

    fn quote(&mut self, c: char) {
        let inner = self.at + c.len_utf8();
        let before = self.text.get(..self.at).and_then(|t| t.chars().next_back());
        let next = self.text.get(inner..).and_then(|t| t.chars().next());
        let close = match c {
            '»' => self.closers.get(&self.at).copied(),
            // Marks the other way round: «a».
            '«' if before.is_none_or(|c| c.is_whitespace() || c == '(') && next.is_some_and(|c| !c.is_whitespace()) => {
                self.close(inner, 1, |c, _| c == '»')
            }
            '«' => {
                self.loose.push(Loose { span: self.at..inner, opens: false });
                self.at = inner;
                return;
            }
            _ => self
                .close(inner, 0, |c, after| matches!(c, '"' | '”' | '“') && !after.is_some_and(char::is_alphanumeric)),
        };
        match close {
            Some(end) => {
                let len = self.text.get(end..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
                self.push(Kind::Quote(inner..end), end + len);
            }
            None => {
                self.loose.push(Loose { span: self.at..inner, opens: true });
                let bound = next_of(&self.bounds, self.at).unwrap_or(self.text.len());
                let end = self.text.get(inner..bound).map_or(bound, |t| inner + t.trim_end().len());
                self.push(Kind::Quote(inner..end), end);
            }
        }
    }

    /// Reads text in two single marks, `››a‹‹`.
    fn doubled(&mut self, c: char) {
        const TWO: usize = 2 * '›'.len_utf8();
        let inner = self.at + TWO;
        let bound = next_of(&self.sure, self.at).unwrap_or(self.text.len());
        let [.., none] = &mut self.no_close_after;
        let close = if c == '›' && inner < *none {
            let found = self.text.get(inner..bound).and_then(|t| t.find("‹‹"));
            if found.is_none() && bound == self.text.len() {
                *none = inner;
            }
            found
        } else {
            None
        };
        match close {
            Some(len) => self.push(Kind::Quote(inner..inner + len), inner + len + TWO),
            None => {
                self.loose.push(Loose { span: self.at..inner, opens: c == '›' });
                self.at = inner;
            }
        }
    }

    /// Finds the mark that ends quoted text; `slot` remembers from where on there is none.
    fn close(&mut self, inner: usize, slot: usize, ends: fn(char, Option<char>) -> bool) -> Option<usize> {
        if self.no_close_after.get(slot).is_some_and(|none| inner >= *none) {
            return None;
        }
        let bound = next_of(&self.sure, inner).unwrap_or(self.text.len());
        let text = self.text.get(inner..bound)?;
        let found =
            text.char_indices().find(|(i, c)| ends(*c, text.get(i + c.len_utf8()..).and_then(|t| t.chars().next())));
        if found.is_none()
            && bound == self.text.len()
            && let Some(none) = self.no_close_after.get_mut(slot)
        {
            *none = inner;
        }
        found.map(|(i, _)| inner + i)
    }
}

/// Returns the first of some ordered places that comes after another.
fn next_of(places: &[usize], at: usize) -> Option<usize> {
    places.get(places.partition_point(|p| *p <= at)).copied()
}

/// Returns how much of the text is a comment, a line break or a space written as HTML.
fn skipped(rest: &str) -> Option<usize> {
    if let Some(inner) = rest.strip_prefix("<!--") {
        return Some(inner.find("-->").map_or(rest.len(), |end| end + 7));
    }
    ["<br>", "<br/>", "<br />", "&nbsp;", "&#160;"].into_iter().find(|tag| rest.starts_with(tag)).map(str::len)
}
