//! The objects of a PDF, read from bytes: numbers, names, strings, lists, dictionaries. No more than ISO 32000 says,
//! and what it leaves open is refused.

use std::collections::BTreeMap;

/// Is how deep lists and dictionaries may stand in each other.
const MAX_DEPTH: usize = 32;

/// Is a dictionary.
pub type Dict = BTreeMap<String, Object>;

/// Is an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    Null,
    Bool(bool),
    Integer(i64),
    Real,
    Name(String),
    Text(Vec<u8>),
    List(Vec<Object>),
    Dict(Dict),
    /// Another object, by its number.
    Reference(u32),
}

impl Object {
    /// Returns a name.
    pub fn name(&self) -> Option<&str> {
        if let Object::Name(name) = self { Some(name) } else { None }
    }
    /// Returns a whole number that is not negative.
    pub fn number(&self) -> Option<u32> {
        if let Object::Integer(n) = self { u32::try_from(*n).ok() } else { None }
    }
    /// Returns a dictionary.
    pub fn dict(&self) -> Option<&Dict> {
        if let Object::Dict(dict) = self { Some(dict) } else { None }
    }
}

/// Is a token of a content stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Object(Object),
    /// A keyword: an operator, `obj`, `endobj`, `stream` …
    Word(String),
}

/// Reads objects from bytes, one after another.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    /// Begins at a place.
    pub fn new(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at }
    }

    /// Returns where it is.
    pub fn at(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn ahead(&self, text: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    /// Skips spaces; comments have no place in what Typst writes after its first two lines.
    pub fn spaces(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Reads a token; `None` at the end, an error for what is none.
    pub fn token(&mut self) -> Result<Option<Token>, ()> {
        self.spaces();
        let Some(byte) = self.peek() else { return Ok(None) };
        if matches!(byte, b'(' | b'<' | b'[' | b'/' | b'+' | b'-' | b'.' | b'0'..=b'9') {
            return self.value(0).map(|o| Some(Token::Object(o)));
        }
        let word = self.regular();
        match word {
            "" => Err(()),
            "true" => Ok(Some(Token::Object(Object::Bool(true)))),
            "false" => Ok(Some(Token::Object(Object::Bool(false)))),
            "null" => Ok(Some(Token::Object(Object::Null))),
            word => Ok(Some(Token::Word(word.to_string()))),
        }
    }

    /// Reads an object; `1 0 R` is a reference to one.
    pub fn object(&mut self) -> Result<Object, ()> {
        self.references(0)
    }

    fn references(&mut self, depth: usize) -> Result<Object, ()> {
        self.spaces();
        if self.peek().is_some_and(|b| b.is_ascii_digit()) {
            let start = self.at;
            if let Some(n) = self.reference() {
                return Ok(Object::Reference(n));
            }
            self.at = start;
        }
        self.value(depth)
    }

    fn reference(&mut self) -> Option<u32> {
        let number: u32 = self.regular().parse().ok()?;
        self.spaces();
        let generation = self.regular();
        self.spaces();
        (generation == "0" && self.regular() == "R").then_some(number)
    }

    fn value(&mut self, depth: usize) -> Result<Object, ()> {
        if depth > MAX_DEPTH {
            return Err(());
        }
        self.spaces();
        match self.peek().ok_or(())? {
            b'(' => self.literal().map(Object::Text),
            b'<' if self.ahead(b"<<") => self.dictionary(depth).map(Object::Dict),
            b'<' => self.hexadecimal().map(Object::Text),
            b'[' => self.list(depth).map(Object::List),
            b'/' => {
                self.at += 1;
                let name = self.regular();
                // `#2f` writes a character in another way; nothing that is read here needs it.
                if name.contains('#') { Err(()) } else { Ok(Object::Name(name.to_string())) }
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => {
                let number = self.regular();
                match number.parse::<i64>() {
                    Ok(n) => Ok(Object::Integer(n)),
                    Err(_) if number.parse::<f64>().is_ok_and(f64::is_finite) => Ok(Object::Real),
                    Err(_) => Err(()),
                }
            }
            _ => match self.regular() {
                "true" => Ok(Object::Bool(true)),
                "false" => Ok(Object::Bool(false)),
                "null" => Ok(Object::Null),
                _ => Err(()),
            },
        }
    }

    /// Reads up to the next space or delimiter; empty for what is not ASCII.
    pub fn regular(&mut self) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|b| is_space(*b) || is_delimiter(*b)).unwrap_or(rest.len());
        self.at += end;
        let word = rest.get(..end).unwrap_or_default();
        if word.is_ascii() { std::str::from_utf8(word).unwrap_or_default() } else { "" }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Object>, ()> {
        self.at += 1;
        let mut out = Vec::new();
        loop {
            self.spaces();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(out);
            }
            out.push(self.references(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dict, ()> {
        self.at += 2;
        let mut out = Dict::new();
        loop {
            self.spaces();
            if self.ahead(b">>") {
                self.at += 2;
                return Ok(out);
            }
            let Object::Name(key) = self.value(depth + 1)? else { return Err(()) };
            let value = self.references(depth + 1)?;
            // Of two with one name, readers differ in which they take.
            if out.insert(key, value).is_some() {
                return Err(());
            }
        }
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, ()> {
        self.at += 1;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|b| *b == b'>').ok_or(())?;
        let digits: Vec<u8> = rest.get(..end).unwrap_or_default().iter().filter(|b| !is_space(**b)).copied().collect();
        self.at += end + 1;
        let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok()).ok_or(());
        digits
            .chunks(2)
            .map(|pair| Ok(pair.first().map_or(Ok(0), digit)? << 4 | pair.get(1).map_or(Ok(0), digit)?))
            .collect()
    }

    fn literal(&mut self) -> Result<Vec<u8>, ()> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 1;
        loop {
            let byte = self.peek().ok_or(())?;
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(out);
                    }
                }
                b'\\' => {
                    self.escape(&mut out)?;
                    continue;
                }
                // Every line's end in a string is one.
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    out.push(b'\n');
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), ()> {
        let byte = self.peek().ok_or(())?;
        self.at += 1;
        out.push(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                u8::try_from(code & 0xff).map_err(|_| ())?
            }
            b'\n' => return Ok(()),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return Ok(());
            }
            other => other,
        });
        Ok(())
    }
}

/// Returns a text string: UTF-16 with a mark in front, else the single bytes it shares with Latin 1.
pub fn text(bytes: &[u8]) -> Option<String> {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => utf16(rest),
        None => {
            let plain = |b: &u8| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7e | 0xa1..=0xff);
            bytes.iter().all(plain).then(|| bytes.iter().map(|b| char::from(*b)).collect())
        }
    }
}

/// Returns UTF-16 in the order of the net.
pub fn utf16(bytes: &[u8]) -> Option<String> {
    if bytes.len() % 2 == 1 {
        return None;
    }
    let units = bytes.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &[u8]) -> Result<Object, ()> {
        Lexer::new(text, 0).object()
    }

    #[test]
    fn reads_objects() {
        assert_eq!(one(b" 12 "), Ok(Object::Integer(12)));
        assert_eq!(one(b"12 0 R"), Ok(Object::Reference(12)));
        assert_eq!(one(b"-.5"), Ok(Object::Real));
        assert_eq!(one(b"(a\\(b(c)\\\nd\\0501)"), Ok(Object::Text(b"a(b(c)d(1".to_vec())));
        assert_eq!(one(b"<0 0aF>"), Ok(Object::Text(vec![0, 0xaf])));
        let list = Object::List(vec![Object::Name("A".into()), Object::Reference(1), Object::Integer(2)]);
        assert_eq!(one(b"[/A 1 0 R 2]"), Ok(list.clone()));
        assert_eq!(one(b"<</K[/A 1 0 R 2]>>"), Ok(Object::Dict(Dict::from([("K".into(), list)]))));
    }

    #[test]
    fn refuses_what_is_open_to_reading() {
        for text in ["<</A 1/A 2>>", "/A#20", "(a", "[1", "<<1 2>>", "<xx>", "1..2", "endobj"] {
            assert_eq!(one(text.as_bytes()), Err(()), "{text}");
        }
        assert_eq!(one("[".repeat(1000).as_bytes()), Err(()));
    }

    #[test]
    fn reads_text_strings() {
        assert_eq!(text(b"\xfe\xff\0\xe6\x20\x10").as_deref(), Some("æ\u{2010}"));
        assert_eq!(text(b"a\xe6-").as_deref(), Some("aæ-"));
        assert_eq!(text(b"\x90"), None);
        // A soft hyphen is one in both.
        assert_eq!(text(b"\xad").as_deref(), Some("\u{ad}"));
    }
}
