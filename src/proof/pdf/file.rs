//! A PDF as a store of objects, found through its one table of places.
//!
//! Only the form that Typst writes is read: one table, nothing appended, streams plain or deflated. Other forms are
//! other files than ours (decision 019).

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;

use super::object::{Dict, Lexer, Object, Token};

/// Is the largest stream that is unpacked, in bytes.
const MAX_STREAM: usize = 32 << 20;
/// Is how much is unpacked of one file altogether, in bytes.
const MAX_ALL: usize = 128 << 20;
/// Is how many objects a file may have.
const MAX_OBJECTS: usize = 1 << 20;

/// Is a PDF.
pub struct File<'a> {
    bytes: &'a [u8],
    places: BTreeMap<u32, usize>,
    /// What the file says of itself as a whole.
    pub trailer: Dict,
    left: usize,
}

/// Is what stands under a number.
pub struct Entry<'a> {
    pub object: Object,
    /// The bytes after `stream`, as stored.
    stream: Option<&'a [u8]>,
}

impl<'a> File<'a> {
    /// Opens a file: reads where everything stands.
    pub fn open(bytes: &'a [u8]) -> Result<File<'a>, &'static str> {
        let wrong = "pdf-form";
        let tail_at = bytes.len().saturating_sub(64);
        let tail = bytes.get(tail_at..).unwrap_or_default();
        let ends = b"startxref";
        let at = tail.windows(ends.len()).rposition(|w| w == ends).ok_or(wrong)?;
        let mut lexer = Lexer::new(bytes, tail_at + at + ends.len());
        lexer.spaces();
        let start: usize = lexer.regular().parse().map_err(|_| wrong)?;
        lexer.spaces();
        let rest = bytes.get(lexer.at()..).unwrap_or_default();
        if rest.trim_ascii_end() != b"%%EOF" {
            return Err(wrong);
        }
        let mut lexer = Lexer::new(bytes, start);
        if lexer.regular() != "xref" {
            return Err(wrong);
        }
        let mut places = BTreeMap::new();
        loop {
            lexer.spaces();
            let first = lexer.regular();
            if first == "trailer" {
                break;
            }
            lexer.spaces();
            let (first, count): (u32, u32) =
                (first.parse().map_err(|_| wrong)?, lexer.regular().parse().map_err(|_| wrong)?);
            for i in 0..count {
                let mut next = || {
                    lexer.spaces();
                    lexer.regular()
                };
                let (place, generation, kind) = (next(), next(), next());
                let number = first.checked_add(i).ok_or(wrong)?;
                match kind {
                    "f" => continue,
                    "n" if generation.bytes().all(|b| b == b'0') => {}
                    _ => return Err(wrong),
                }
                let twice = places.insert(number, place.parse::<usize>().map_err(|_| wrong)?).is_some();
                if twice || places.len() > MAX_OBJECTS {
                    return Err(wrong);
                }
            }
        }
        let Ok(Object::Dict(trailer)) = lexer.object() else { return Err(wrong) };
        // What is appended later replaces what stands before; encrypted text cannot be read.
        if ["Prev", "XRefStm", "Encrypt"].iter().any(|key| trailer.contains_key(*key)) {
            return Err(wrong);
        }
        Ok(File { bytes, places, trailer, left: MAX_ALL })
    }

    /// Returns what stands under a number.
    pub fn get(&self, number: u32) -> Result<Entry<'a>, &'static str> {
        let wrong = "pdf-object";
        let mut lexer = Lexer::new(self.bytes, *self.places.get(&number).ok_or(wrong)?);
        let own = lexer.regular().parse() == Ok(number);
        lexer.spaces();
        let own = own && lexer.regular() == "0";
        lexer.spaces();
        if !own || lexer.regular() != "obj" {
            return Err(wrong);
        }
        let object = lexer.object().map_err(|()| wrong)?;
        match lexer.token() {
            Ok(Some(Token::Word(word))) if word == "endobj" => Ok(Entry { object, stream: None }),
            Ok(Some(Token::Word(word))) if word == "stream" => {
                let dict = object.dict().ok_or(wrong)?;
                let length = dict.get("Length").and_then(Object::number).ok_or(wrong)?;
                let at = lexer.at();
                let start = match self.bytes.get(at..at + 2) {
                    Some(b"\r\n") => at + 2,
                    Some([b'\n', _]) => at + 1,
                    _ => return Err(wrong),
                };
                let end = start.checked_add(usize::try_from(length).unwrap_or(usize::MAX)).ok_or(wrong)?;
                let stream = self.bytes.get(start..end).ok_or(wrong)?;
                let mut after = Lexer::new(self.bytes, end);
                after.spaces();
                if after.regular() != "endstream" {
                    return Err(wrong);
                }
                Ok(Entry { object, stream: Some(stream) })
            }
            _ => Err(wrong),
        }
    }

    /// Follows a reference to what it stands for.
    pub fn follow(&self, object: &Object) -> Result<Object, &'static str> {
        match object {
            Object::Reference(number) => match self.get(*number)?.object {
                Object::Reference(_) => Err("pdf-object"),
                object => Ok(object),
            },
            object => Ok(object.clone()),
        }
    }

    /// Returns the dictionary under a key of another, which must be there.
    pub fn dict(&self, dict: &Dict, key: &str) -> Result<Dict, &'static str> {
        match self.follow(dict.get(key).ok_or("pdf-object")?)? {
            Object::Dict(dict) => Ok(dict),
            _ => Err("pdf-object"),
        }
    }

    /// Returns a stream, unpacked.
    pub fn stream(&mut self, number: u32) -> Result<(Dict, Vec<u8>), &'static str> {
        let entry = self.get(number)?;
        let (Object::Dict(dict), Some(stored)) = (entry.object, entry.stream) else { return Err("pdf-object") };
        let filter = match dict.get("Filter") {
            Some(Object::List(list)) if list.len() == 1 => list.first(),
            other => other,
        };
        let limit = MAX_STREAM.min(self.left);
        let bytes = match filter {
            None => stored.to_vec(),
            Some(Object::Name(name)) if name == "FlateDecode" && !dict.contains_key("DecodeParms") => {
                let mut out = Vec::new();
                let mut unpacked = ZlibDecoder::new(stored).take(limit as u64 + 1);
                unpacked.read_to_end(&mut out).map_err(|_| "pdf-stream")?;
                // Bytes behind the packed ones would be read by nobody.
                if unpacked.into_inner().total_in() != stored.len() as u64 {
                    return Err(if out.len() > limit { "too-large" } else { "pdf-stream" });
                }
                out
            }
            Some(_) => return Err("pdf-stream"),
        };
        if bytes.len() > limit {
            return Err("too-large");
        }
        self.left -= bytes.len();
        Ok((dict, bytes))
    }
}
