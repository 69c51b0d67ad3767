//! Small tagged PDFs made of a redline or a bylaw in Markdown, by a writer that shares nothing with Typst or the
//! proofs, so that the ordinary tests need no Typst.

use std::collections::BTreeMap;
use std::fmt::Write;

const XMP: &str = include_str!("xmp.xml");

/// Says what a stretch of words does: `=`, `-`, `+`.
pub type Op = char;

/// Is an element to be written: what it is, its strike or underline, what it holds.
#[derive(Clone, Debug)]
pub struct Node {
    pub role: &'static str,
    pub op: Op,
    pub kids: Vec<Kid>,
}

/// Is what an element holds.
#[derive(Clone, Debug)]
pub enum Kid {
    Node(Node),
    Words(String),
}

fn node(role: &'static str, kids: Vec<Kid>) -> Node {
    Node { role, op: '=', kids }
}

/// Returns the elements of a text in Markdown with CriticMarkup; where there are marks, some notes stand between.
pub fn law(markdown: &str) -> Vec<Node> {
    let mut out: Vec<Node> = vec![node("P", vec![Kid::Words("Kommune".into())])];
    for line in markdown.split('\n').filter(|l| !l.is_empty()) {
        let chars = marked(line);
        let side = |op: Op| chars.iter().filter(|(c, _)| *c == '=' || *c == op).map(|(_, c)| *c).collect::<String>();
        let (new, old) = (side('+'), side('-'));
        let shown = if new.trim().is_empty() { &old } else { &new };
        let heads = [("# ", "H1"), ("## ", "H2"), ("### ", "H3")];
        if let Some((prefix, role)) = heads.iter().find(|(prefix, _)| shown.starts_with(prefix)) {
            let skip = if chars.first().is_some_and(|(op, _)| *op == '=') { prefix.len() } else { 0 };
            let rest: Vec<_> = chars[skip..].iter().filter(|(_, c)| *c != '#').copied().collect();
            out.push(node(role, pieces(&rest)));
            continue;
        }
        let mut is_label = vec![false; chars.len()];
        for op in ['-', '+'] {
            let own: Vec<usize> = (0..chars.len()).filter(|i| chars[*i].0 == '=' || chars[*i].0 == op).collect();
            let text: String = own.iter().map(|i| chars[*i].1).collect();
            own.iter().take(label(&text)).for_each(|i| is_label[*i] = true);
        }
        let pick = |wanted: bool| -> Vec<(Op, char)> {
            chars.iter().zip(&is_label).filter(|(_, l)| **l == wanted).map(|(c, _)| *c).collect()
        };
        let (label, text) = (pick(true), pick(false));
        if shown.starts_with("§ ") || shown.starts_with("Stk. ") || label.is_empty() {
            let mut kids = Vec::new();
            if !label.is_empty() {
                kids.push(Kid::Node(node("Strong", pieces(&label))));
            }
            kids.extend(pieces(&text));
            if chars.iter().any(|(op, _)| *op != '=') {
                kids.push(Kid::Node(node("Em", vec![Kid::Words(" [fra 1. august 2026]".into())])));
            }
            out.push(node("P", kids));
            continue;
        }
        let mut body = Vec::new();
        if chars.iter().any(|(op, _)| *op != '=') {
            let number = node("Em", vec![Kid::Words("12".into())]);
            body.push(Kid::Node(node("Link", vec![Kid::Node(number)])));
        }
        body.push(Kid::Node(node("P", pieces(&text))));
        let item = node("LI", vec![Kid::Node(node("Lbl", pieces(&label))), Kid::Node(node("LBody", body))]);
        if out.last().is_none_or(|n| n.role != "L") {
            out.push(node("L", Vec::new()));
        }
        let list = out.last_mut().unwrap();
        if shown.starts_with("    ") {
            if !matches!(list.kids.last(), Some(Kid::Node(n)) if n.role == "L") {
                list.kids.push(Kid::Node(node("L", Vec::new())));
            }
            let Some(Kid::Node(letters)) = list.kids.last_mut() else { panic!("no list") };
            letters.kids.push(Kid::Node(item));
        } else {
            list.kids.push(Kid::Node(item));
        }
    }
    out
}

/// Returns the elements of a paper in Markdown: a paragraph for each line, a cell for each of a row.
pub fn paper(markdown: &str) -> Vec<Node> {
    let mut out = Vec::new();
    for line in markdown.lines().map(str::trim_start) {
        let line = line.trim_start_matches('#').trim_start_matches("> ");
        let line = line.strip_prefix("- ").unwrap_or(line);
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let line = if digits > 0 { line[digits..].strip_prefix(". ").unwrap_or(line) } else { line };
        let mut cells = vec![String::new()];
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let marks = ["{--", "--}", "{++", "++}", "{==", "==}", "*", "["];
            if let Some(mark) = marks.iter().find(|m| rest.starts_with(**m)) {
                rest = &rest[mark.len()..];
            } else if let Some(after) = rest.strip_prefix("](<") {
                rest = after.split_once(">)").map_or("", |(_, after)| after);
            } else if c == '|' && line.starts_with('|') {
                cells.push(String::new());
                rest = &rest[1..];
            } else {
                let c = if c == '\\' && rest.len() > 1 { rest.chars().nth(1).unwrap() } else { c };
                rest = &rest[usize::from(rest.starts_with('\\') && rest.len() > 1) + c.len_utf8()..];
                cells.last_mut().unwrap().push(c);
            }
        }
        let rule = line.starts_with('|') && line.chars().all(|c| matches!(c, '|' | '-' | ' '));
        let role = if line.starts_with('|') { "TD" } else { "P" };
        let cells = cells.into_iter().filter(|cell| !rule && !cell.trim().is_empty());
        out.extend(cells.map(|cell| node(role, vec![Kid::Words(cell)])));
    }
    out
}

/// Returns an instrument: headings for its §§, a paragraph for each line.
pub fn instrument(markdown: &str) -> Vec<Node> {
    let lines = markdown.lines().map(str::trim_start).filter(|line| !line.is_empty());
    let plain = |line: &str| {
        let mut out = String::new();
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            out.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
        }
        out
    };
    lines
        .map(|line| {
            let bare = line.trim_start_matches(['#', '>']).trim_start();
            let role = if line.starts_with('#') { "H2" } else { "P" };
            node(role, vec![Kid::Words(plain(bare))])
        })
        .collect()
}

/// Returns the table of a page: the titles of its columns and its paragraphs.
pub fn table(html: &str) -> Vec<Node> {
    let table = html.split("<table").nth(1).unwrap_or_default().split("</table>").next().unwrap_or_default();
    let mut out = Vec::new();
    for part in table.replace("</th>", "\n").replace("</p>", "\n").split('\n') {
        let mut words = String::new();
        for (i, piece) in part.split('<').enumerate() {
            words.push_str(if i == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
        }
        let words = words.replace("&amp;", "&").replace("class=\"paper\">", "");
        if !words.trim().is_empty() {
            out.push(node("P", vec![Kid::Words(words.trim().to_string())]));
        }
    }
    out
}

/// Returns how many characters of a line are its label.
fn label(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let start = chars.iter().take_while(|c| **c == ' ').count();
    let rest: String = chars[start..].iter().collect();
    let dots = if rest.starts_with("Stk. ") { 2 } else { usize::from(rest.starts_with("§ ")) };
    let end = match dots {
        0 => {
            let word: String = rest.chars().take_while(|c| *c != ' ').collect();
            if word.ends_with(')') && word.len() < 6 || word == "–" || word == "•" {
                word.chars().count()
            } else {
                0
            }
        }
        n => rest.char_indices().filter(|(_, c)| *c == '.').nth(n - 1).map_or(0, |(i, _)| rest[..=i].chars().count()),
    };
    if end == 0 { 0 } else { start + end }
}

/// Returns the characters of a line, each with its mark; escapes and comments are taken away.
fn marked(line: &str) -> Vec<(Op, char)> {
    let mut out = Vec::new();
    let (mut op, mut comment) = ('=', false);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let marks = [
            ("{++", '+', false),
            ("{--", '-', false),
            ("{>>", '=', true),
            ("++}", '=', false),
            ("--}", '=', false),
            ("<<}", '=', false),
        ];
        if let Some((sign, then, says)) = marks.iter().find(|(sign, ..)| rest.starts_with(sign)) {
            (op, comment) = (*then, *says);
            rest = &rest[sign.len()..];
            continue;
        }
        let escaped = c == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation());
        let c = if escaped { rest[1..].chars().next().unwrap() } else { c };
        rest = &rest[usize::from(escaped) + c.len_utf8()..];
        if !comment {
            out.push((op, c));
        }
    }
    out
}

fn pieces(chars: &[(Op, char)]) -> Vec<Kid> {
    let mut out: Vec<(Op, String)> = Vec::new();
    for (op, c) in chars {
        match out.last_mut() {
            Some((last, text)) if last == op => text.push(*c),
            _ => out.push((*op, c.to_string())),
        }
    }
    out.into_iter()
        .map(|(op, text)| match op {
            '=' => Kid::Words(text),
            op => Kid::Node(Node { role: "Span", op, kids: vec![Kid::Words(text)] }),
        })
        .collect()
}

#[derive(Default)]
struct Writer {
    objects: Vec<String>,
    content: String,
    codes: BTreeMap<char, usize>,
    stretches: usize,
}

/// The page's object.
const PAGE: usize = 3;

/// Writes a file with these elements; `more` is content of the page behind the text.
pub fn write(nodes: &[Node], more: &str) -> Vec<u8> {
    let mut w = Writer { objects: vec![String::new(); 9], ..Writer::default() };
    let kids: Vec<String> = nodes.iter().map(|n| format!("{} 0 R", w.element(n))).collect();
    w.objects[0] =
        "<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R/StructTreeRoot 8 0 R/Lang(da-DK)/MarkInfo<</Marked true>>>>".into();
    w.objects[1] = format!("<</Type/Pages/Count 1/Kids[{PAGE} 0 R]>>");
    w.objects[2] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/StructParents 0/Resources<</Font<</f0 5 0 R>>>>>>".into();
    w.objects[3] = stream(&format!("{}{more}", w.content));
    w.objects[4] = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>".into();
    let mut map = "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfchar\n".to_string();
    for (c, code) in &w.codes {
        let units: String = c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("{u:04X}")).collect();
        writeln!(map, "<{code:04X}> <{units}>").unwrap();
    }
    w.objects[5] = stream(&(map + "endbfchar\n"));
    w.objects[6] = stream(XMP.trim_end());
    w.objects[7] = "<</Type/StructTreeRoot/RoleMap<</Em/Span/Strong/Span>>/K 9 0 R>>".into();
    w.objects[8] = format!("<</S/Document/K[{}]>>", kids.join(" "));
    let mut out = b"%PDF-1.7\n%\x80\x80\x80\x80\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in w.objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).as_bytes());
    }
    finish(out, &places)
}

/// Ends a file: where its objects stand, numbered from 1.
pub fn finish(mut out: Vec<u8>, places: &[usize]) -> Vec<u8> {
    let start = out.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in places {
        table += &format!("{place:010} 00000 n \n");
    }
    out.extend(table.as_bytes());
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", places.len() + 1).as_bytes());
    out
}

fn stream(text: &str) -> String {
    format!("<</Length {}>>\nstream\n{text}\nendstream", text.len())
}

impl Writer {
    fn element(&mut self, node: &Node) -> usize {
        let number = self.objects.len() + 1;
        self.objects.push(String::new());
        let kids: Vec<String> = node
            .kids
            .iter()
            .map(|kid| match kid {
                Kid::Node(node) => format!("{} 0 R", self.element(node)),
                Kid::Words(words) => self.words(words),
            })
            .collect();
        let mark = match node.op {
            '-' => "/A[<</O/Layout/TextDecorationType/LineThrough>>]",
            '+' => "/A[<</O/Layout/TextDecorationType/Underline>>]",
            _ => "",
        };
        self.objects[number - 1] = format!("<</S/{}{mark}/Pg {PAGE} 0 R/K[{}]>>", node.role, kids.join(" "));
        number
    }

    fn words(&mut self, words: &str) -> String {
        let mark = self.stretches;
        self.stretches += 1;
        let hex: String = words
            .chars()
            .map(|c| {
                let next = self.codes.len() + 1;
                format!("{:04X}", *self.codes.entry(c).or_insert(next))
            })
            .collect();
        writeln!(self.content, "/Span<</MCID {mark}>>BDC BT 0 Tr/f0 11 Tf<{hex}>Tj ET EMC").unwrap();
        mark.to_string()
    }
}
