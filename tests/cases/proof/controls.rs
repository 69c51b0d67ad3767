//! The negative controls: each damages a set in one way and says which finding, naming which file, must follow.

use serde_json::{Value, json};
use vedtaegt::diag::Code;

use crate::sample::Sample;
use crate::tagged::{Kid, Node, law, write};

/// Says whether the manifests know of the damage.
#[derive(Clone, Copy, PartialEq)]
pub enum Seal {
    /// No: the hashes give it away.
    Kept,
    /// Yes, so that only the proof in question can find it.
    Renewed,
}

/// One way to damage a set.
pub struct Control {
    pub name: &'static str,
    pub code: Code,
    /// What an argument of the finding must contain; empty for anything.
    pub file: &'static str,
    pub seal: Seal,
    pub damage: fn(&mut Sample),
}

const MD: &str = "reading-1/redline.md";
const HTML: &str = "reading-1/redline.html";
const TEXT: &str = "reading-1/styrelsesvedtaegt.md";
const PAGE: &str = "reading-1/styrelsesvedtaegt.html";
const PDF: &str = "reading-1/redline.pdf";
const BYLAW_PDF: &str = "reading-1/styrelsesvedtaegt.pdf";
const OWNERS: &str = "reading-1/ressortoversigt.json";
const TRACE: &str = "reading-1/sporbarhed.json";
const SECOND: &str = "reading-2/redline.html";
pub const MANIFEST: &str = "reading-1/manifest.json";
const MANIFEST_2: &str = "reading-2/manifest.json";
const WHOLE: &str = "manifest.json";
const PLAN: &str = "implementering/byens-rum.md";
const LIST: &str = "opfoelgning.md";
const CALENDAR: &str = "opfoelgning.ics";
const TRACE_2: &str = "reading-2/sporbarhed.json";
const COVER: &str = "reading-1/indstilling.md";
const FROM_1: &str = "reading-2/redline-fra-1-behandling.md";

macro_rules! controls {
    ($($name:literal $code:ident $file:expr, $seal:ident, $damage:expr;)*) => {
        pub const CONTROLS: &[Control] = &[$(Control {
            name: $name, code: Code::$code, file: $file, seal: Seal::$seal, damage: $damage,
        },)*];
    };
}

fn plain(line: &str) -> bool {
    line.starts_with("§ ") && !line.contains('{')
}
fn point(line: &str) -> bool {
    line.starts_with("2) ") && !line.contains('{')
}
/// A line of a page that stands unchanged in both texts.
fn kept(line: &str) -> bool {
    line.contains("data-kind=\"point\"") && line.contains("data-state=\"kept\"") && !line.contains("data-change")
}
fn deleted(line: &str) -> bool {
    line.contains("data-kind=") && line.contains("<del ")
}
/// A line of the text with both steps that stands in all three texts.
fn both_kept(line: &str) -> bool {
    line.contains("data-state=\"kept\" data-later=\"kept\"") && !line.contains("data-change")
}
/// A line that an amendment writes in.
fn later(line: &str) -> bool {
    line.contains("data-kind=") && line.contains("<ins ") && line.contains("data-layer=\"2\"")
}
fn inserted(line: &str) -> bool {
    line.contains("data-kind=") && line.contains("<ins ")
}
/// Takes the first `from` of a line away with everything up to `to`, or only the two.
fn cut(line: &str, from: &str, to: &str, inner: bool) -> String {
    let start = line.find(from).expect("a beginning");
    let end = start + from.len() + line[start + from.len()..].find(to).expect("an end");
    let kept = if inner { &line[start + from.len()..end] } else { "" };
    format!("{}{kept}{}", &line[..start], &line[end + to.len()..])
}
fn words(line: &str, more: &str) -> String {
    line.replacen("<span class=\"text\">", &format!("<span class=\"text\">{more}"), 1)
}
/// Edits what a PDF says: the first words of a line with this mark that are more than spaces.
fn edit(nodes: &mut [Node], op: char, edit: impl FnOnce(&mut Kid)) {
    fn find(node: &mut Node, op: char) -> Option<&mut Kid> {
        let inline = matches!(node.role, "P" | "Lbl");
        let at = node.kids.iter().position(|kid| {
            let own = matches!(kid, Kid::Node(n) if n.role == "Span" && n.op == op)
                || op == '=' && matches!(kid, Kid::Words(_));
            inline && own && !said(kid).trim().is_empty()
        });
        if let Some(at) = at {
            return node.kids.get_mut(at);
        }
        node.kids.iter_mut().find_map(|kid| if let Kid::Node(node) = kid { find(node, op) } else { None })
    }
    let start = nodes.iter().position(|n| n.role == "H1").expect("a title");
    let kid = nodes[start..].iter_mut().find_map(|node| find(node, op));
    edit(kid.expect("such words"));
}
fn said(kid: &Kid) -> String {
    match kid {
        Kid::Words(words) => words.clone(),
        Kid::Node(node) => node.kids.iter().map(said).collect(),
    }
}
/// Edits the first row of the trace that is wanted.
fn row(sample: &mut Sample, wanted: fn(&Value) -> bool, edit: impl FnOnce(&mut Value)) {
    sample.json(TRACE, |t| {
        let rows = t["rows"].as_array_mut().expect("rows");
        edit(rows.iter_mut().find(|r| wanted(r)).expect("such a row"));
    });
}
fn decided(row: &Value) -> bool {
    row["class"] == "substance"
}
fn follows(row: &Value) -> bool {
    row["class"] == "renumbering"
}
/// Edits the intervals of the first part that changes hands.
fn owners(sample: &mut Sample, edit: impl FnOnce(&mut Vec<Value>)) {
    sample.json(OWNERS, |o| {
        let parts = o["intervals"].as_array_mut().expect("intervals");
        let part = parts.iter_mut().find(|p| p["owners"].as_array().is_some_and(|o| o.len() > 1));
        edit(part.expect("a part that moves")["owners"].as_array_mut().expect("owners"));
    });
}
fn both(sample: &mut Sample, edit: impl Fn(&mut Value)) {
    sample.json(MANIFEST, &edit);
    sample.json(MANIFEST_2, &edit);
}

controls! {
    // The redline in Markdown
    "change a kept word" RedlineDiffers MD, Renewed, |s| s.line(MD, plain, |l| l.replacen("en", "et", 1));
    "change a letter's case" RedlineDiffers MD, Renewed, |s| s.line(MD, plain, |l| l.replacen("o", "O", 1));
    "drop a deletion mark" RedlineDiffers MD, Renewed,
        |s| s.line(MD, |l| l.contains("{--"), |l| cut(l, "{--", "--}", true));
    "drop a deletion" RedlineDiffers MD, Renewed,
        |s| s.line(MD, |l| l.contains("{--"), |l| cut(l, "{--", "--}", false));
    "drop an insertion mark" RedlineDiffers MD, Renewed,
        |s| s.line(MD, |l| l.contains("{++"), |l| cut(l, "{++", "++}", true));
    "drop an insertion" RedlineDiffers MD, Renewed,
        |s| s.line(MD, |l| l.contains("{++"), |l| cut(l, "{++", "++}", false));
    "make an insertion a comment" RedlineDiffers MD, Renewed,
        |s| s.line(MD, |l| l.contains("{++"), |l| l.replacen("{++", "{>>", 1).replacen("++}", "<<}", 1));
    "lose a label" RedlineDiffers MD, Renewed, |s| s.line(MD, point, |l| l[3..].to_string());
    "change a label" RedlineDiffers MD, Renewed, |s| s.line(MD, point, |l| format!("3{}", &l[1..]));
    "swap two lines" RedlineDiffers MD, Renewed, |s| {
        let text = s.text(MD);
        let mut lines: Vec<&str> = text.split('\n').collect();
        let at = lines.iter().position(|l| point(l)).expect("a point");
        lines.swap(at, at - 1);
        s.put(MD, lines.join("\n"));
    };
    "say a line twice" RedlineDiffers MD, Renewed, |s| s.line(MD, plain, |l| format!("{l}\n\n{l}"));
    "lose a line" RedlineDiffers MD, Renewed, |s| s.line(MD, plain, |_| String::new());
    "two spaces" RedlineDiffers MD, Renewed, |s| s.line(MD, plain, |l| l.replacen(". ", ".  ", 1));
    "a space at the end of a line" RedlineDiffers MD, Renewed, |s| s.line(MD, plain, |l| format!("{l} "));
    "a no-break space" RedlineDiffers MD, Renewed, |s| s.line(MD, plain, |l| l.replacen("§ ", "§\u{a0}", 1));
    "CRLF" RedlineDiffers MD, Renewed, |s| s.put(MD, s.text(MD).replace('\n', "\r\n"));
    "a mark without an end" OutputDamaged MD, Renewed, |s| s.swap(MD, "++}", "");
    "a mark in a mark" OutputDamaged MD, Renewed, |s| s.swap(MD, "{++", "{++{--x--}");
    "another mark" OutputDamaged MD, Renewed, |s| s.line(MD, plain, |l| format!("{l}{{==x==}}"));
    "an empty redline" RedlineDiffers MD, Renewed, |s| s.put(MD, "");
    "not UTF-8" OutputDamaged MD, Renewed, |s| s.bytes(MD, b"\n", b"\xff\n");
    "too large" OutputDamaged MD, Renewed, |s| s.put(MD, vec![b'x'; (16 << 20) + 1]);
    "another text in force" RedlineDiffers MD, Renewed, |s| s.current = s.current.replacen("§ 1. ", "§ 1. Dog ", 1);
    "the text in force without its last line's end" RedlineDiffers MD, Renewed, |s| { s.current.pop(); };
    "another amended text" RedlineDiffers MD, Renewed, |s| s.line(TEXT, plain, |l| format!("{l} Dog."));
    "an empty line in a list" RedlineDiffers MD, Renewed, |s| s.line(TEXT, point, |l| format!("\n{l}"));
    "no empty line between paragraphs" RedlineDiffers MD, Renewed, |s| s.swap(TEXT, "\n\n", "\n");
    "a redline from reading 1 of another text" RedlineDiffers FROM_1, Renewed,
        |s| s.line(FROM_1, plain, |l| format!("{l}{{-- Dog.--}}"));
    "reading 1 was something else" RedlineDiffers FROM_1, Renewed,
        |s| s.line(TEXT, plain, |l| format!("{l} Dog."));
    "the redline of the other reading" RedlineDiffers "reading-2/redline.md", Renewed,
        |s| s.put("reading-2/redline.md", s.text(MD));

    // The redline as a page
    "change a kept word in a page" RedlineDiffers HTML, Renewed, |s| s.line(HTML, kept, |l| words(l, "ikke "));
    "hide an edit in a page" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, kept, |l| words(l, "<span style=\"display:none\">ikke </span>"));
    "hide words for screen readers only" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, kept, |l| words(l, "<span class=\"sr\">ikke </span>"));
    "hide words in a mark" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, deleted, |l| l.replacen("</del>", "<span class=\"sr\">ikke</span></del>", 1));
    "hide a line" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| l.replacen("<p ", "<p hidden=\"hidden\" ", 1));
    "hide the text" OutputDamaged HTML, Renewed, |s| s.swap(HTML, "<article ", "<article style=\"color:white\" ");
    "hide the page" OutputDamaged HTML, Renewed, |s| s.swap(HTML, "<main>", "<main hidden=\"hidden\">");
    "a class of another meaning" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, kept, |l| l.replacen("class=\"line point", "class=\"line point sr", 1));
    "lose a deletion mark in a page" RedlineDiffers HTML, Renewed, |s| s.line(HTML, deleted, |l| {
        let open = cut(l, "<del ", "</span>", false);
        open.replacen("</del>", "", 1)
    });
    "lose a deletion in a page" RedlineDiffers HTML, Renewed,
        |s| s.line(HTML, deleted, |l| cut(l, "<del ", "</del>", false));
    "tell a deletion as an insertion" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, deleted, |l| l.replacen("slettet: ", "indsat: ", 1).replacen("flyttet herfra", "flyttet hertil", 1));
    "a mark that is not told" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, inserted, |l| cut(l, "<span class=\"sr\">", "</span>", false));
    "a mark that ends itself" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| words(l, "<del/>"));
    "CDATA" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| words(l, "<![CDATA[ikke ]]>"));
    "an unknown entity" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| words(l, "&ikke;"));
    "a comment" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| words(l, "<!-- ikke -->"));
    "words between the lines" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| format!("ikke {l}"));
    "words beside the words" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| l.replacen("</p>", "ikke</p>", 1));
    "an element between the lines" OutputDamaged HTML, Renewed, |s| s.line(HTML, kept, |l| format!("<p>ikke</p>{l}"));
    "a line elsewhere in the page" OutputDamaged HTML, Renewed,
        |s| s.swap(HTML, "<article ", "<p class=\"line text\" data-kind=\"text\">ikke</p><article ");
    "two texts" OutputDamaged HTML, Renewed, |s| s.swap(HTML, "</article>", "</article><article id=\"tekst\"></article>");
    "no text" OutputDamaged HTML, Renewed, |s| s.swap(HTML, "<article id=\"tekst\"", "<article id=\"andet\"");
    "a page cut short" OutputDamaged HTML, Renewed, |s| {
        let text = s.text(HTML);
        s.put(HTML, text[..text.find("</article>").expect("an end")].to_string());
    };
    "lose a label in a page" RedlineDiffers HTML, Renewed,
        |s| s.line(HTML, kept, |l| cut(l, "<span class=\"label\">", "</span>", false));
    "another kind of line" RedlineDiffers HTML, Renewed,
        |s| s.line(HTML, kept, |l| l.replacen("line point", "line text", 1).replacen("kind=\"point\"", "kind=\"text\"", 1));
    "a state that its marks deny" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, kept, |l| l.replacen("\"kept\"", "\"deleted\"", 1));
    "swap two lines of a page" RedlineDiffers HTML, Renewed, |s| {
        let text = s.text(HTML);
        let mut lines: Vec<&str> = text.split('\n').collect();
        let at = (1..lines.len()).find(|i| kept(lines[*i]) && kept(lines[*i - 1])).expect("two points");
        lines.swap(at, at - 1);
        s.put(HTML, lines.join("\n"));
    };
    "an edit in the other redline's page" RedlineDiffers "reading-2/redline-fra-1-behandling.html", Renewed,
        |s| s.line("reading-2/redline-fra-1-behandling.html", kept, |l| words(l, "ikke "));

    // The page of reading 2: against reading 1, and both steps in one text
    "an edit in the text against reading 1" RedlineDiffers SECOND, Renewed, |s| {
        let text = s.text(SECOND);
        let from = text.find("id=\"tekst-fra-1\"").expect("the text");
        let at = from + text[from..].find("<span class=\"text\">").expect("a line") + 19;
        s.put(SECOND, format!("{}ikke {}", &text[..at], &text[at..]));
    };
    "an edit in the text with both steps" RedlineDiffers SECOND, Renewed, |s| s.line(SECOND, both_kept, |l| words(l, "ikke "));
    "lose a deletion of the first step" RedlineDiffers SECOND, Renewed,
        |s| s.line(SECOND, |l| deleted(l) && l.contains("data-layer=\"1\""), |l| cut(l, "<del ", "</del>", false));
    "lose an insertion of the second step" RedlineDiffers SECOND, Renewed,
        |s| s.line(SECOND, later, |l| cut(l, "<ins data-class=\"substance\" data-change=\"Æ1\"", "</ins>", false));
    "the second step told as the first" OutputDamaged SECOND, Renewed,
        |s| s.line(SECOND, later, |l| l.replacen("data-layer=\"2\"", "data-layer=\"1\"", 1));
    "the second step passed off as the first" RedlineDiffers SECOND, Renewed, |s| s.line(SECOND, later, |l| {
        l.replace("data-layer=\"2\"", "data-layer=\"1\"").replace("indsat ved ændringsforslag: ", "indsat: ")
    });
    "a third step" OutputDamaged SECOND, Renewed,
        |s| s.line(SECOND, later, |l| l.replacen("data-layer=\"2\"", "data-layer=\"3\"", 1));
    "a mark of no step" OutputDamaged SECOND, Renewed,
        |s| s.line(SECOND, later, |l| l.replacen(" data-layer=\"2\"", "", 1));
    "a step in a page that has one" OutputDamaged HTML, Renewed,
        |s| s.line(HTML, inserted, |l| l.replacen("<ins ", "<ins data-layer=\"1\" ", 1));
    "a state that the second step denies" OutputDamaged SECOND, Renewed,
        |s| s.line(SECOND, both_kept, |l| l.replacen("data-later=\"kept\"", "data-later=\"deleted\"", 1));
    "a line without its second state" OutputDamaged SECOND, Renewed,
        |s| s.line(SECOND, both_kept, |l| l.replacen(" data-later=\"kept\"", "", 1));
    "the text with both steps left out" OutputDamaged SECOND, Renewed,
        |s| s.swap(SECOND, "<article id=\"tekst-begge\"", "<article id=\"andet\"");
    "a text that no proof of reading 1 reads" OutputDamaged HTML, Renewed, |s| {
        s.swap(HTML, "</article>", "</article><article id=\"tekst-fra-1\"><p class=\"line text\" data-kind=\"text\">ikke</p></article>");
    };
    "a hidden text in the page of reading 2" OutputDamaged SECOND, Renewed,
        |s| s.swap(SECOND, "<article id=\"tekst-begge\"", "<article hidden=\"hidden\" id=\"tekst-begge\"");

    // The reasons in the page
    "another reason in the page" DocumentDiffers HTML, Renewed, |s| s.swap(HTML, "\"why\":\"", "\"why\":\"ikke ");
    "another date in the page" DocumentDiffers HTML, Renewed, |s| s.swap(HTML, "\"effect\":\"1.", "\"effect\":\"2.");
    "another rule in the page" DocumentDiffers HTML, Renewed,
        |s| s.swap(HTML, "{\"path\":\"rules/", "{\"path\":\"regler/");
    "another clause in the page" DocumentDiffers HTML, Renewed, |s| s.swap(HTML, "\"clauses\":[0", "\"clauses\":[1");
    "a clause that is not there" DocumentDiffers HTML, Renewed, |s| s.swap(HTML, "\"clauses\":[0", "\"clauses\":[999");
    "other words of a clause in the page" DocumentDiffers HTML, Renewed,
        |s| s.swap(HTML, "\"clauses\":[{\"id\":\"", "\"clauses\":[{\"id\":\"9");
    "a change left out of the page's reasons" DocumentDiffers HTML, Renewed, |s| {
        let text = s.text(HTML);
        let from = text.find("{\"key\":\"1\"").expect("a change");
        let to = text.find("{\"key\":\"2\"").expect("the next");
        s.put(HTML, format!("{}{}", &text[..from], &text[to..]));
    };
    "reasons that are no data" OutputDamaged HTML, Renewed, |s| s.swap(HTML, "{\"columns\":", "{columns:");
    "reasons twice" OutputDamaged HTML, Renewed,
        |s| s.swap(HTML, "</main>", "</main><script type=\"application/json\" id=\"data-tekst\">{}</script>");
    "reasons that a browser would run" OutputDamaged HTML, Renewed,
        |s| s.swap(HTML, "<script type=\"application/json\"", "<script type=\"module\"");

    // The bylaw as a page
    "change a word of the bylaw's page" DocumentDiffers PAGE, Renewed, |s| s.line(PAGE, kept, |l| words(l, "ikke "));
    "a mark in the bylaw's page" OutputDamaged PAGE, Renewed, |s| s.line(PAGE, kept, |l| {
        words(l, "<del data-class=\"substance\"><span class=\"sr\">slettet: </span>ikke </del>")
    });

    // PDF
    "flip a byte of the PDF's part" OutputDamaged PDF, Renewed,
        |s| s.bytes(PDF, b"<pdfaid:part>2", b"<pdfaid:part>3");
    "another conformance" OutputDamaged PDF, Renewed,
        |s| s.bytes(PDF, b"<pdfaid:conformance>A", b"<pdfaid:conformance>B");
    "not PDF/UA" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"<pdfuaid:part>1", b"<pdfuaid:part>");
    "two claims of conformance" OutputDamaged PDF, Renewed,
        |s| s.bytes(PDF, b"<pdfuaid:part>", b"<pdfuaid:part>2</pdfuaid:part><pdfuaid:part>");
    "no title" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"dc:title>", b"dc:taitl>");
    "no language" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"dc:language><rdf:Bag><rdf:li>da-DK", b"dc:language><rdf:Bag><rdf:li>");
    "no properties" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"<?xpacket begin", b"<?xpacket bygin");
    "properties twice" OutputDamaged PDF, Renewed, |s| {
        let bytes = s.files[PDF].clone();
        s.files.get_mut(PDF).expect("a PDF").splice(0..0, bytes);
    };
    "no PDF" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"%PDF-", b"%PDP-");
    "half a PDF" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"%%EOF", b"");

    // What a PDF says
    "change a word in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| edit(n, '=', |k| *k = Kid::Words(format!("ikke {}", said(k)))));
    "lose a strike in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| edit(n, '-', |k| *k = Kid::Words(said(k))));
    "lose an underline in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| edit(n, '+', |k| *k = Kid::Words(said(k))));
    "a strike for an underline in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| edit(n, '+', |k| {
        if let Kid::Node(node) = k { node.op = '-'; }
    }));
    "lose a deletion in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| edit(n, '-', |k| *k = Kid::Words(String::new())));
    "a deletion in an insertion" OutputDamaged PDF, Renewed, |s| s.pdf(PDF, |n| edit(n, '+', |k| {
        *k = Kid::Node(Node { role: "Span", op: '-', kids: vec![k.clone()] });
    }));
    "tell kept words as a note" OutputDamaged PDF, Renewed, |s| s.pdf(PDF, |n| edit(n, '=', |k| {
        *k = Kid::Node(Node { role: "Em", op: '=', kids: vec![k.clone()] });
    }));
    "words in the margin" OutputDamaged PDF, Renewed, |s| s.pdf(PDF, |n| {
        let at = n.iter().position(|n| n.role == "H1").expect("a title");
        n.insert(at + 2, Node { role: "Em", op: '=', kids: vec![Kid::Words("Dog ikke.".into())] });
    });
    "lose a line in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| { n.remove(n.len() / 2); });
    "swap two lines in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| {
        let at = (4..n.len()).find(|i| n[*i].role == "P" && n[*i - 1].role == "P").expect("two stk.");
        n.swap(at, at - 1);
    });
    "a paragraph for a heading in a PDF" RedlineDiffers PDF, Renewed, |s| s.pdf(PDF, |n| {
        n.iter_mut().find(|n| n.role == "H3").expect("a heading").role = "P";
    });
    "another element in a PDF" OutputDamaged PDF, Renewed, |s| s.pdf(PDF, |n| {
        n.last_mut().expect("a line").role = "BlockQuote";
    });
    "no text in a PDF" OutputDamaged PDF, Renewed, |s| s.pdf(PDF, |n| n.retain(|n| n.role != "H1"));
    "words on the page, not in the tags" OutputDamaged PDF, Renewed,
        |s| s.put(PDF, write(&law(&s.text(MD)), "/Span<</MCID 99999>>BDC BT 0 Tr/f0 11 Tf<0001>Tj ET EMC\n"));
    "words on the page, marked as none" OutputDamaged PDF, Renewed,
        |s| s.put(PDF, write(&law(&s.text(MD)), "/Artifact<</Type/Layout>>BDC BT 0 Tr/f0 11 Tf<0001>Tj ET EMC\n"));
    "words on the page without a mark" OutputDamaged PDF, Renewed,
        |s| s.put(PDF, write(&law(&s.text(MD)), "BT 0 Tr/f0 11 Tf<0001>Tj ET\n"));
    "one stretch twice" OutputDamaged PDF, Renewed,
        |s| s.put(PDF, write(&law(&s.text(MD)), "/Span<</MCID 0>>BDC BT 0 Tr/f0 11 Tf<0001>Tj ET EMC\n"));
    "invisible words" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b" 0 Tr/f0", b" 3 Tr/f0");
    "a sign without a meaning" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"\n<0001> <", b"\n<FFFF> <");
    "a letter that is read as another" RedlineDiffers PDF, Renewed, |s| s.bytes(PDF, b"> <0062>", b"> <0064>");
    "a word that is heard as another" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"<</S/P/Pg 3 0 R", b"<</S/P/E(x)/A 5");
    "an element that holds itself" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"/StructTreeRoot/RoleMap<</Em/Span/Strong/Span>>/K 9 0 R", b"/StructTreeRoot/RoleMap<</Em/Span/Strong/Span>>/K 8 0 R");
    "a role that is another" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"/RoleMap<</Em/Span", b"/RoleMap<</P/Figure");
    "a table that points elsewhere" OutputDamaged PDF, Renewed, |s| s.bytes(PDF, b"0000000015 00000 n", b"0000000016 00000 n");
    "another text's PDF" RedlineDiffers PDF, Renewed, |s| {
        s.put(PDF, s.files["reading-2/redline.pdf"].clone());
    };
    "a mark in the bylaw's PDF" OutputDamaged BYLAW_PDF, Renewed, |s| s.pdf(BYLAW_PDF, |n| edit(n, '=', |k| {
        *k = Kid::Node(Node { role: "Span", op: '+', kids: vec![k.clone()] });
    }));
    "change a word in the bylaw's PDF" DocumentDiffers BYLAW_PDF, Renewed,
        |s| s.pdf(BYLAW_PDF, |n| edit(n, '=', |k| *k = Kid::Words(format!("{}ikke ", said(k)))));

    // Manifest
    "remove a file" OutputDamaged HTML, Kept, |s| { s.files.remove(HTML); };
    "remove a file, unlisted too" OutputDamaged HTML, Renewed, |s| { s.files.remove(HTML); };
    "remove a PDF, unlisted too" OutputDamaged PDF, Renewed, |s| { s.files.remove(PDF); };
    "remove a manifest" OutputDamaged MANIFEST, Kept, |s| { s.files.remove(MANIFEST); };
    "remove reading 1" OutputDamaged TEXT, Kept, |s| s.files.retain(|path, _| !path.starts_with("reading-1/"));
    "add a file" OutputDamaged "reading-1/nyt.md", Kept, |s| s.put("reading-1/nyt.md", "x");
    "add a file, listed" OutputDamaged "reading-1/nyt.md", Renewed, |s| s.put("reading-1/nyt.md", "x");
    "add a file beside the readings" OutputDamaged "nyt.md", Kept, |s| s.put("nyt.md", "x");
    "add a third reading" OutputDamaged "reading-3/redline.md", Kept, |s| s.put("reading-3/redline.md", "x");
    "flip a byte" OutputDamaged PDF, Kept, |s| s.bytes(PDF, b"saved", b"saveD");
    "add a byte" OutputDamaged PDF, Kept, |s| s.bytes(PDF, b"%%EOF", b"%%EOF\n");
    "PDFs that the manifest denies" OutputDamaged PDF, Kept, |s| s.json(MANIFEST, |m| {
        m["pdf"] = json!(false);
        m["typst"] = json!(null);
    });
    "no Typst for the PDFs" OutputDamaged MANIFEST, Kept, |s| s.json(MANIFEST, |m| m["typst"] = json!(null));
    "the manifest of the other reading" OutputDamaged MANIFEST, Kept, |s| s.json(MANIFEST, |m| m["reading"] = json!(2));
    "a file listed twice" OutputDamaged MANIFEST, Kept, |s| s.json(MANIFEST, |m| {
        let again = m["outputs"][0].clone();
        m["outputs"].as_array_mut().expect("outputs").push(again);
    });
    "a file outside the folder listed" OutputDamaged "reading-1/../x", Kept,
        |s| s.json(MANIFEST, |m| m["outputs"][0]["path"] = json!("../x"));
    "a size that is not so" OutputDamaged "", Kept, |s| s.json(MANIFEST, |m| m["outputs"][0]["bytes"] = json!(1));
    "readings five days apart" ReadingsTooClose "2025-11-06", Kept, |s| both(s, |m| {
        m["readings"][0]["date"] = json!("2025-11-06");
        m["readings"][1]["date"] = json!("2025-11-11");
    });
    "readings in the wrong order" ReadingsTooClose "", Kept,
        |s| both(s, |m| m["readings"][1]["date"] = json!("2024-11-27"));
    "a reading left out" ReadingsMissing "", Kept,
        |s| both(s, |m| { m["readings"].as_array_mut().expect("readings").pop(); });
    "a reading on no day" OutputDamaged MANIFEST, Kept, |s| both(s, |m| m["readings"][1]["date"] = json!("2025-11-31"));
    "readings that disagree" OutputDamaged MANIFEST_2, Kept,
        |s| s.json(MANIFEST, |m| m["readings"][1]["date"] = json!("2025-12-01"));
    "other rules for one reading" OutputDamaged MANIFEST_2, Kept,
        |s| s.json(MANIFEST, |m| m["inputs"][0]["sha256"] = json!("0".repeat(64)));
    "a rule left out" OutputDamaged MANIFEST_2, Kept,
        |s| s.json(MANIFEST, |m| { m["inputs"].as_array_mut().expect("inputs").pop(); });
    "another tool for one reading" OutputDamaged MANIFEST_2, Kept,
        |s| s.json(MANIFEST, |m| m["tool"] = json!("vedtaegt 0.0.0"));
    "a figure that is not so" OutputDamaged MANIFEST, Kept,
        |s| s.json(MANIFEST, |m| m["proofs"][3]["checked"] = json!(1));
    "a proof that was not run" OutputDamaged MANIFEST, Kept,
        |s| s.json(MANIFEST, |m| { m["proofs"].as_array_mut().expect("proofs").pop(); });
    "a manifest that is no JSON" OutputDamaged MANIFEST, Kept, |s| s.put(MANIFEST, "{");
    "a field given twice" OutputDamaged MANIFEST, Kept, |s| s.swap(MANIFEST, "{", "{\"pdf\": false,");
    "a field left out" OutputDamaged MANIFEST, Kept, |s| s.swap(MANIFEST, "\"inputs\"", "\"outputs_\"");

    // What belongs to the whole project
    "remove the manifest of the whole" OutputDamaged "manifest.json", Kept, |s| { s.files.remove(WHOLE); };
    "remove a plan" OutputDamaged PLAN, Kept, |s| { s.files.remove(PLAN); };
    "remove a plan, unlisted too" OutputDamaged PLAN, Renewed, |s| { s.files.remove(PLAN); };
    "a plan of nothing, listed" OutputDamaged "implementering/nyt.md", Renewed, |s| s.put("implementering/nyt.md", "# x\n");
    "another plan" DocumentDiffers PLAN, Renewed, |s| s.put(PLAN, s.text("implementering/csv.md"));
    "a task left out of a plan" DocumentDiffers PLAN, Renewed,
        |s| s.line(PLAN, |l| l.starts_with("| Monumenter"), |_| String::new());
    "a plan with another receiver" DocumentDiffers PLAN, Renewed,
        |s| s.line(PLAN, |l| l.starts_with("| Monumenter"), |l| l.replace("Borgerserviceudvalget", "Byudvalget"));
    "an obligation left out of the list" DocumentDiffers LIST, Renewed,
        |s| s.line(LIST, |l| l.starts_with("| Tæt koordinering om"), |_| String::new());
    "an obligation given to somebody else" DocumentDiffers LIST, Renewed,
        |s| s.line(LIST, |l| l.starts_with("| Tæt koordinering om"), |l| l.replace("Socialudvalget", "Kulturudvalget"));
    "an obligation on another clause" DocumentDiffers LIST, Renewed,
        |s| s.line(LIST, |l| l.starts_with("| Tæt koordinering om"), |l| l.replace("4.7", "4.9"));
    "another day in the list" DocumentDiffers LIST, Renewed, |s| s.swap(LIST, "1. januar 2029", "1. januar 2028");
    "an obligation that the list does not know" DocumentDiffers LIST, Renewed, |s| s.json(TRACE_2, |t| {
        let mut again = t["obligations"][0].clone();
        again["subject"] = json!("noget helt andet");
        t["obligations"].as_array_mut().expect("obligations").push(again);
    });
    "another day in the calendar" DocumentDiffers CALENDAR, Renewed, |s| s.swap(CALENDAR, "DATE:20290101", "DATE:20280101");
    "a day that is none in the calendar" OutputDamaged CALENDAR, Renewed, |s| s.swap(CALENDAR, "DATE:20290101", "DATE:20290231");
    "an event left out" DocumentDiffers CALENDAR, Renewed, |s| s.swap(CALENDAR, "UID:evaluering-blaa", "UID:evaluering-groenne");
    "an event that comes again no more" DocumentDiffers CALENDAR, Renewed, |s| s.swap(CALENDAR, "RRULE:", "X-RULE:");
    "an event about something else" DocumentDiffers CALENDAR, Renewed, |s| s.swap(CALENDAR, "SUMMARY:Evaluering", "SUMMARY:Vurdering");
    "two events of one name" OutputDamaged CALENDAR, Renewed, |s| {
        let text = s.text(CALENDAR);
        let start = text.find("BEGIN:VEVENT").expect("an event");
        let end = text.find("END:VEVENT").expect("its end") + "END:VEVENT\r\n".len();
        s.put(CALENDAR, format!("{}{}", &text[..end], &text[start..]));
    };
    "a calendar without CRLF" OutputDamaged CALENDAR, Renewed, |s| s.put(CALENDAR, s.text(CALENDAR).replace("\r\n", "\n"));
    "a line that is too long" OutputDamaged CALENDAR, Renewed, |s| s.put(CALENDAR, s.text(CALENDAR).replace("\r\n ", ""));
    "half a calendar" OutputDamaged CALENDAR, Renewed, |s| s.swap(CALENDAR, "END:VCALENDAR\r\n", "");
    "an event in an event" OutputDamaged CALENDAR, Renewed, |s| s.swap(CALENDAR, "END:VEVENT", "BEGIN:VEVENT");
    "a word left out of a paper" DocumentDiffers "reading-1/indstilling.docx", Renewed,
        |s| s.line(COVER, |l| l.starts_with("Fordelingen af"), |l| l.replacen(" ikke", "", 1).replacen("opgaver", "", 1));
    "another notice in a paper" DocumentDiffers "reading-1/indstilling.docx", Renewed,
        |s| s.line(COVER, |l| l.starts_with("Teksten er dette"), |l| l.replacen("ikke ", "", 1));
    "the paper of the other reading" DocumentDiffers "reading-1/indstilling.docx", Renewed,
        |s| { let other = s.files["reading-2/indstilling.docx"].clone(); s.put("reading-1/indstilling.docx", other); };
    "a cover paper for another reading" DocumentDiffers COVER, Renewed, |s| {
        let text = s.text(COVER).replace("1. behandling)", "2. behandling)");
        s.put(COVER, text);
    };
    "a task left out of a cover paper" DocumentDiffers COVER, Renewed, |s| {
        let text = s.text(COVER).replace("ryghedsvagter", "rygge");
        s.put(COVER, text);
    };
    "other rules for the whole" OutputDamaged WHOLE, Kept,
        |s| s.json(WHOLE, |m| m["inputs"][0]["sha256"] = json!("0".repeat(64)));

    // Ownership
    "a gap" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| o[1]["from"] = json!("2030-01-01"));
    "an overlap" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| o[0]["to"] = json!("2030-01-01"));
    "an empty interval" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| {
        let day = o[0]["to"].clone();
        o.insert(1, json!({"owner": "x", "from": day, "to": day}));
    });
    "an owner for good, and one more" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| o[0]["to"] = json!(null));
    "nobody before" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| o[0]["from"] = json!("2020-01-01"));
    "nobody after" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| { o.pop(); });
    "nobody ever" OwnershipDiffers OWNERS, Renewed, |s| owners(s, Vec::clear);
    "an owner without a name" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| o[0]["owner"] = json!(""));
    "a day that is none" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| {
        o[0]["to"] = json!("2026-02-30");
        o[1]["from"] = json!("2026-02-30");
    });
    "intervals in the wrong order" OwnershipDiffers OWNERS, Renewed, |s| owners(s, |o| o.reverse());
    "a part listed twice" OwnershipDiffers OWNERS, Renewed, |s| s.json(OWNERS, |o| {
        let again = o["intervals"][0].clone();
        o["intervals"].as_array_mut().expect("intervals").push(again);
    });
    "an interval without an end" OutputDamaged OWNERS, Renewed,
        |s| owners(s, |o| { o[1].as_object_mut().expect("an interval").remove("to"); });
    "no intervals" OutputDamaged OWNERS, Renewed, |s| s.json(OWNERS, |o| o["intervals"] = json!([]));
    "a row left out of the overview's page" DocumentDiffers "reading-1/ressortoversigt.html", Renewed,
        |s| s.line("reading-1/ressortoversigt.html", |l| l.starts_with("<tr class="), |_| String::new());
    "another owner in the overview's page" DocumentDiffers "reading-1/ressortoversigt.html", Renewed,
        |s| s.line("reading-1/ressortoversigt.html", |l| l.starts_with("<tr class="), |l| l.replace("udvalget</td>", "rådet</td>"));

    // Trace
    "a row without a clause" Unexplained TRACE, Renewed, |s| row(s, decided, |r| r["clauses"] = json!([]));
    "a row without a rule" Unexplained TRACE, Renewed, |s| row(s, decided, |r| r["rules"] = json!([]));
    "a consequence of nothing" Unexplained TRACE, Renewed, |s| row(s, follows, |r| r["rules"] = json!([]));
    "a rule without a file" Unexplained TRACE, Renewed, |s| row(s, decided, |r| r["rules"][0]["path"] = json!(""));
    "a class nobody knows" Unexplained TRACE, Renewed, |s| row(s, decided, |r| r["class"] = json!("andet"));
    "a row without words" Unexplained TRACE, Renewed, |s| row(s, decided, |r| {
        r["before"] = json!("");
        r["after"] = json!("");
    });
    "words of another change" Unexplained HTML, Renewed, |s| row(s, decided, |r| {
        r["before"] = json!("noget andet");
        r["after"] = json!("noget andet");
    });
    "a clause that nothing carries out" ClauseUndischarged "", Renewed,
        |s| s.json(TRACE, |t| t["clauses"][0]["outcome"] = json!(" "));
    "a row left out" Unexplained HTML, Renewed,
        |s| s.json(TRACE, |t| { t["rows"].as_array_mut().expect("rows").pop(); });
    "a row too many" Unexplained TRACE, Renewed, |s| s.json(TRACE, |t| {
        let rows = t["rows"].as_array_mut().expect("rows");
        let mut again = rows[0].clone();
        again["number"] = json!(rows.len() + 1);
        rows.push(again);
    });
    "a number out of order" OutputDamaged TRACE, Renewed, |s| s.json(TRACE, |t| t["rows"][0]["number"] = json!(2));
    "a mark of no change" Unexplained HTML, Renewed,
        |s| s.line(HTML, inserted, |l| cut(l, " data-change=\"", "\"", false));
    "a mark of another change" Unexplained HTML, Renewed, |s| {
        let last = s.text(HTML).lines().rev().find(|l| inserted(l)).map(|l| {
            let from = l.find("data-change=\"").expect("a number") + 13;
            l[from..].split('"').next().expect("a number").to_string()
        });
        s.line(HTML, inserted, |l| {
            let from = l.find("<ins ").expect("a mark");
            let number = l[from..].find("data-change=\"").expect("a number") + from + 13;
            let end = number + l[number..].find('"').expect("an end");
            format!("{}{}{}", &l[..number], last.clone().expect("another"), &l[end..])
        });
    };
    "a decision shown as a consequence" Unexplained HTML, Renewed,
        |s| s.swap(HTML, "<ins data-class=\"substance\" data-change", "<ins data-class=\"reference\" data-change");
    "a marked word that no change has" Unexplained MD, Renewed, |s| {
        s.line(MD, |l| l.contains("{++"), |l| l.replacen("{++", "{++hemmelig ", 1));
    };
    "another word in the trace's page" DocumentDiffers "reading-1/sporbarhed.html", Renewed,
        |s| s.line("reading-1/sporbarhed.html", |l| l.starts_with("<tr id="), |l| l.replacen("rules/", "regler/", 1));
    "a row left out of the trace's page" DocumentDiffers "reading-1/sporbarhed.html", Renewed,
        |s| s.put("reading-1/sporbarhed.html", cut(&s.text("reading-1/sporbarhed.html"), "<tr id=", "</tr>", false));
    // The other forms of the instrument
    "another word in the instrument's page" DocumentDiffers "reading-1/forslag.html", Renewed,
        |s| s.swap("reading-1/forslag.html", "ophæves", "bevares");
    "an item left out of the instrument's page" DocumentDiffers "reading-1/forslag.html", Renewed,
        |s| s.put("reading-1/forslag.html", cut(&s.text("reading-1/forslag.html"), "<p class=\"item\">", "</p>", false));
    "another notice on the instrument's page" DocumentDiffers "reading-2/forslag.html", Renewed,
        |s| s.put("reading-2/forslag.html", s.text("reading-2/forslag.html").replace("rekonstruktion", "afskrift"));
    "the instrument of the other reading as a Word file" DocumentDiffers "reading-1/forslag.docx", Renewed,
        |s| { let other = s.files["reading-2/forslag.docx"].clone(); s.put("reading-1/forslag.docx", other); };
}
