//! The published PDFs of reading 1, taken apart and put together again with one thing changed: what the controls of
//! `controls.rs` do to PDFs of our own, done to what Typst wrote.

use std::collections::BTreeMap;
use std::io::{Read, Write};

/// One way to change a PDF.
pub struct Change {
    pub name: &'static str,
    pub change: fn(&mut Pdf),
}

/// Is a PDF as its objects, by number, and what ends it.
pub struct Pdf {
    pub objects: BTreeMap<usize, Vec<u8>>,
    trailer: Vec<u8>,
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

impl Pdf {
    /// Takes a PDF apart at its table.
    pub fn open(bytes: &[u8]) -> Pdf {
        let start = bytes.windows(9).rposition(|w| w == b"startxref").expect("startxref");
        let table: usize =
            String::from_utf8_lossy(&bytes[start + 9..]).split_whitespace().next().unwrap().parse().unwrap();
        let text = String::from_utf8_lossy(&bytes[table..start]).into_owned();
        let (entries, trailer) = text.split_once("trailer").expect("a trailer");
        let places = entries.lines().skip(2).map(|l| l.split(' ').next().unwrap().parse::<usize>().unwrap());
        let mut places: Vec<(usize, usize)> = places.enumerate().filter(|(i, _)| *i > 0).map(|(i, p)| (p, i)).collect();
        places.sort_unstable();
        let ends = places.iter().skip(1).map(|(p, _)| *p).chain([table]);
        let objects = places.iter().zip(ends).map(|((p, i), end)| (*i, bytes[*p..end].to_vec())).collect();
        Pdf { objects, trailer: trailer.trim().as_bytes().to_vec() }
    }

    /// Puts it together again.
    pub fn close(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\x80\x80\x80\x80\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for object in self.objects.values() {
            table += &format!("{:010} 00000 n \n", out.len());
            out.extend(object);
        }
        let start = out.len();
        out.extend(table.as_bytes());
        out.extend(b"trailer\n");
        out.extend(&self.trailer);
        out.extend(format!("\nstartxref\n{start}\n%%EOF").as_bytes());
        out
    }

    /// Edits the last object that is wanted.
    fn edit(&mut self, wanted: impl Fn(&[u8]) -> bool, edit: impl FnOnce(&mut Vec<u8>)) {
        edit(self.objects.values_mut().rev().find(|o| wanted(o)).expect("such an object"));
    }

    /// Replaces bytes in the last object that holds them.
    fn swap(&mut self, from: &str, to: &str) {
        self.edit(
            |o| find(o, from.as_bytes()).is_some(),
            |o| {
                let at = find(o, from.as_bytes()).unwrap();
                o.splice(at..at + from.len(), to.bytes());
            },
        );
    }

    /// Unpacks the last stream in which some bytes stand, edits it and packs it again.
    fn stream(&mut self, holds: &str, edit: impl Fn(&mut Vec<u8>)) {
        for object in self.objects.values_mut().rev() {
            let Some(at) = find(object, b"stream\n") else { continue };
            if find(&object[..at], b"/FlateDecode").is_none() {
                continue;
            }
            let number = object.split(|b| *b == b' ').next().unwrap().to_vec();
            let mut content = Vec::new();
            if flate2::read::ZlibDecoder::new(&object[at + 7..]).read_to_end(&mut content).is_err()
                || find(&content, holds.as_bytes()).is_none()
            {
                continue;
            }
            let head = object[number.len() + 7..at].to_vec();
            edit(&mut content);
            let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            packed.write_all(&content).unwrap();
            let packed = packed.finish().unwrap();
            let length = find(&head, b"/Length ").expect("a length") + 8;
            let digits = head[length..].iter().take_while(|b| b.is_ascii_digit()).count();
            let mut head = head;
            head.splice(length..length + digits, packed.len().to_string().bytes());
            *object = [&number, b" 0 obj\n".as_slice(), &head, b"stream\n", &packed, b"\nendstream\nendobj\n"].concat();
            return;
        }
        panic!("no stream holds {holds}");
    }
}

/// Is a decoration as Typst writes it.
const STRIKE: &str = "/TextDecorationType/LineThrough";
const UNDERLINE: &str = "/TextDecorationType/Underline";

/// Everything that must be found in `redline.pdf`.
pub const CHANGES: &[Change] = &[
    Change { name: "a strike is an underline", change: |p| p.swap(STRIKE, UNDERLINE) },
    Change { name: "an underline is a strike", change: |p| p.swap(UNDERLINE, STRIKE) },
    Change { name: "a strike is lost", change: |p| p.swap(STRIKE, "/TextDecorationType/None") },
    Change { name: "an overline", change: |p| p.swap(UNDERLINE, "/TextDecorationType/Overline") },
    Change {
        name: "a line is taken out of the tree",
        change: |p| {
            let is_line = |o: &[u8]| find(o, b"/S/P/").is_some();
            let number = *p.objects.iter().rev().find(|(_, o)| is_line(o)).expect("a line").0;
            let reference = format!(" {number} 0 R");
            p.edit(
                |o| find(o, b"/S/Document").is_some(),
                |o| {
                    let at = find(o, reference.as_bytes()).expect("the document holds it");
                    o.drain(at..at + reference.len());
                },
            );
        },
    },
    Change {
        name: "lines stand in another order",
        change: |p| {
            p.edit(
                |o| find(o, b"/S/Document").is_some(),
                |o| {
                    let text = String::from_utf8_lossy(o).into_owned();
                    let (head, tail) = text.rsplit_once("0 R]").expect("kids");
                    let kids: Vec<&str> = head.split("0 R ").collect();
                    let (same, last) = kids.split_at(kids.len() - 12);
                    let last: Vec<&str> = last.iter().rev().map(|n| n.trim()).collect();
                    *o = format!("{}0 R {} 0 R]{tail}", same.join("0 R "), last.join(" 0 R ")).into_bytes();
                },
            )
        },
    },
    Change { name: "a paragraph is a heading", change: |p| p.swap("/S/P/", "/S/H3/") },
    Change { name: "words that replace others when heard", change: |p| p.swap("/S/P/", "/S/P/ActualText(ikke)/") },
    Change {
        name: "a letter is read as another",
        change: |p| {
            p.stream("<0065>", |c| {
                let at = find(c, b"<0065>").unwrap();
                c.splice(at..at + 6, b"<0061>".iter().copied());
            })
        },
    },
    Change {
        name: "a letter is read as none",
        change: |p| {
            p.stream("<0065>", |c| {
                let at = find(c, b"<0065>").unwrap();
                c.splice(at..at + 6, b"<00AD>".iter().copied());
            })
        },
    },
    Change {
        name: "a hyphen is said as a letter",
        change: |p| {
            p.stream("ActualText", |c| {
                // `(-)` or `<FEFF00AD>`: a hyphen of a word, or one at the end of a line, whichever the font has not.
                let at = find(c, b"ActualText").unwrap() + 10;
                let end = at + c[at..].iter().position(|b| matches!(b, b')' | b'>')).unwrap();
                c.splice(at..=end, b"(e)".iter().copied());
            })
        },
    },
    Change {
        name: "words are marked as none of the text",
        change: |p| {
            p.stream("/Span<</MCID 3>>BDC", |c| {
                let at = find(c, b"/Span<</MCID 3>>BDC").unwrap();
                c.splice(at..at + 19, b"/Artifact<</Type/Layout>>BDC".iter().copied());
            })
        },
    },
    Change {
        name: "words are invisible",
        change: |p| {
            p.stream("BT 0 Tr", |c| {
                let at = c.windows(7).rposition(|w| w == b"BT 0 Tr").unwrap();
                c[at + 3] = b'3';
            })
        },
    },
    Change {
        name: "a page shows more than its tags",
        change: |p| {
            p.stream("/Span<</MCID 3>>BDC", |c| {
                let at = find(c, b"/Span<</MCID 3>>BDC").unwrap();
                c.splice(at..at, b"/Span<</MCID 4000>>BDC BT/f0 11 Tf(\\000\\001)Tj ET EMC ".iter().copied());
            })
        },
    },
    Change {
        name: "a page is taken out",
        change: |p| {
            p.edit(
                |o| find(o, b"/Type/Pages").is_some(),
                |o| {
                    let text = String::from_utf8_lossy(o).into_owned();
                    let (head, tail) = text.rsplit_once(" 0 R]").expect("kids");
                    let (head, _) = head.rsplit_once(" 0 R").expect("kids");
                    *o = format!("{head} 0 R]{tail}").into_bytes();
                },
            )
        },
    },
    Change {
        name: "a page that cannot be unpacked",
        change: |p| {
            let page = |o: &[u8]| {
                let mut content = Vec::new();
                let at = find(o, b"stream\n").map_or(0, |at| at + 7);
                flate2::read::ZlibDecoder::new(&o[at..]).read_to_end(&mut content).is_ok()
                    && find(&content, b"BDC").is_some()
            };
            p.edit(page, |o| {
                let at = find(o, b"stream\n").unwrap();
                o[at + 7 + 40] ^= 0xff;
            });
        },
    },
];
