//! What the codes of a font mean: its `ToUnicode` map.

use std::collections::BTreeMap;

use super::file::File;
use super::object::{Dict, Lexer, Object, Token, utf16};

/// Is how many codes a font may give a meaning.
const MAX_CODES: usize = 1 << 16;

/// Says what the codes of a font mean.
#[derive(Debug, Default)]
pub struct Font {
    meanings: BTreeMap<u16, String>,
}

impl Font {
    /// Reads a font. Its codes must be two bytes each, and mean what its map says.
    pub fn read(file: &mut File<'_>, font: &Dict) -> Result<Font, &'static str> {
        let name = |key: &str| font.get(key).and_then(Object::name);
        if name("Subtype") != Some("Type0") || name("Encoding") != Some("Identity-H") {
            return Err("pdf-font");
        }
        let Some(Object::Reference(map)) = font.get("ToUnicode") else { return Err("pdf-font") };
        let (_, map) = file.stream(*map)?;
        Font::map(&map).ok_or("pdf-font")
    }

    fn map(map: &[u8]) -> Option<Font> {
        let map = without_comments(map);
        let mut font = Font::default();
        let mut lexer = Lexer::new(&map, 0);
        let mut stack: Vec<Object> = Vec::new();
        while let Some(token) = lexer.token().ok()? {
            let word = match token {
                Token::Object(object) => {
                    stack.push(object);
                    continue;
                }
                Token::Word(word) => word,
            };
            match word.as_str() {
                "endbfchar" => {
                    for pair in stack.chunks(2) {
                        let [Object::Text(code), Object::Text(meaning)] = pair else { return None };
                        font.insert(code_of(code)?, utf16(meaning)?)?;
                    }
                }
                "endbfrange" => {
                    for three in stack.chunks(3) {
                        let [Object::Text(from), Object::Text(to), meaning] = three else { return None };
                        font.range(code_of(from)?, code_of(to)?, meaning)?;
                    }
                }
                "endcodespacerange" if !matches!(stack.as_slice(), [Object::Text(a), Object::Text(b)] if a == &[0, 0] && b == &[0xff, 0xff]) =>
                {
                    return None;
                }
                _ => {}
            }
            stack.clear();
        }
        Some(font)
    }

    fn range(&mut self, from: u16, to: u16, meaning: &Object) -> Option<()> {
        match meaning {
            Object::List(list) => {
                for (code, meaning) in (from..=to).zip(list) {
                    let Object::Text(meaning) = meaning else { return None };
                    self.insert(code, utf16(meaning)?)?;
                }
            }
            Object::Text(first) => {
                let first = utf16(first)?;
                let last = first.chars().last()?;
                let before = first.strip_suffix(last)?;
                for (i, code) in (from..=to).enumerate() {
                    let next = char::from_u32(u32::from(last).checked_add(u32::try_from(i).ok()?)?)?;
                    self.insert(code, format!("{before}{next}"))?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn insert(&mut self, code: u16, meaning: String) -> Option<()> {
        (self.meanings.insert(code, meaning).is_none() && self.meanings.len() <= MAX_CODES).then_some(())
    }

    /// Adds what a string of codes means.
    pub fn say(&self, codes: &[u8], out: &mut String) -> Result<(), &'static str> {
        if codes.len() % 2 == 1 {
            return Err("pdf-font");
        }
        for code in codes.chunks_exact(2) {
            let code = u16::from_be_bytes([code[0], code[1]]);
            // A sign without a meaning can be seen and cannot be heard, searched for or proved.
            out.push_str(self.meanings.get(&code).ok_or("pdf-character")?);
        }
        Ok(())
    }
}

fn code_of(bytes: &[u8]) -> Option<u16> {
    if let [a, b] = bytes { Some(u16::from_be_bytes([*a, *b])) } else { None }
}

/// Returns a map without its comments: `%` up to the line's end. No string of it holds a `%`.
fn without_comments(map: &[u8]) -> Vec<u8> {
    let lines = map.split(|b| matches!(b, b'\n' | b'\r'));
    lines.map(|line| line.split(|b| *b == b'%').next().unwrap_or_default()).collect::<Vec<_>>().join(&b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(map: &str, codes: &[u8]) -> Option<String> {
        let mut out = String::new();
        Font::map(map.as_bytes())?.say(codes, &mut out).ok()?;
        Some(out)
    }

    #[test]
    fn reads_characters_and_ranges() {
        let map = "%!PS\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0001> <00E6>\n<0002> <00660069> endbfchar
            2 beginbfrange <0003> <0005> <0061> <0006> <0007> [<0078> <0079>] endbfrange";
        assert_eq!(said(map, &[0, 1, 0, 2, 0, 3, 0, 5, 0, 7]).as_deref(), Some("æfiacy"));
        assert_eq!(said(map, &[0, 9]), None);
        assert_eq!(said(map, &[0]), None);
    }

    #[test]
    fn refuses_two_meanings() {
        assert_eq!(said("1 beginbfchar <0001> <0061> <0001> <0062> endbfchar", &[]), None);
        assert_eq!(said("1 begincodespacerange <00> <FF> endcodespacerange", &[]), None);
    }
}
