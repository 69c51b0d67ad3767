//! The styles of a DOCX: those that Word knows by name, and the bylaw's own.

use super::xml::Xml;

/// Says what a document is, since a law has its headings in the middle and a paper at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A bylaw.
    Law,
    /// A redline: room for an old number beside the new one.
    Redline,
    /// A paper.
    Paper,
}

/// Is a style: its id, the name Word shows, what it is based on, what follows it, its paragraph and its run properties.
struct Style(&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The style of every paragraph that says nothing else.
const NORMAL: &str = "Normal";

/// Headings of a law: in the middle, as in Lovtidende.
const LAW: [Style; 2] = [
    Style(
        "Heading1",
        "heading 1",
        NORMAL,
        "",
        "<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before=\"480\" w:after=\"200\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"27\"/><w:szCs w:val=\"27\"/>",
    ),
    Style(
        "Heading2",
        "heading 2",
        NORMAL,
        "",
        "<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before=\"300\" w:after=\"120\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:i/><w:iCs/>",
    ),
];

const PAPER: [Style; 3] = [
    Style(
        "Heading1",
        "heading 1",
        NORMAL,
        NORMAL,
        "<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before=\"400\" w:after=\"140\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    ),
    Style(
        "Heading2",
        "heading 2",
        NORMAL,
        NORMAL,
        "<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before=\"300\" w:after=\"120\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>",
    ),
    Style(
        "Heading3",
        "heading 3",
        NORMAL,
        NORMAL,
        "<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before=\"240\" w:after=\"100\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:i/><w:iCs/>",
    ),
];

const PARAGRAPHS: [Style; 31] = [
    Style(
        "Title",
        "Title",
        NORMAL,
        NORMAL,
        "<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before=\"240\" w:after=\"320\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"34\"/><w:szCs w:val=\"34\"/>",
    ),
    // The lines of a bylaw.
    Style("Indledning", "Vedtægt indledning", NORMAL, "", "", ""),
    Style("Paragraf", "Vedtægt §", NORMAL, "", "", ""),
    Style("ParagrafUdenRubrik", "Vedtægt § uden rubrik", "Paragraf", "", "<w:spacing w:before=\"280\"/>", ""),
    Style("Stykke", "Vedtægt stk.", NORMAL, "", "", ""),
    Style("Tekst", "Vedtægt tekst", NORMAL, "", "", ""),
    Style(
        "Nummer",
        "Vedtægt nr.",
        NORMAL,
        "",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"567\"/></w:tabs><w:spacing w:after=\"60\"/><w:ind w:left=\"567\" w:hanging=\"567\"/>",
        "",
    ),
    Style(
        "Litra",
        "Vedtægt litra",
        NORMAL,
        "",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"1134\"/></w:tabs><w:spacing w:after=\"60\"/><w:ind w:left=\"1134\" w:hanging=\"567\"/>",
        "",
    ),
    // After a last line that comes or goes there must be a paragraph, which is as small as can be.
    Style(
        "Slut",
        "Vedtægt slut",
        NORMAL,
        "",
        "<w:spacing w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/>",
    ),
    // What stands around the text.
    Style(
        "Kommune",
        "Ramme kommune",
        NORMAL,
        "",
        "<w:suppressAutoHyphens/><w:spacing w:after=\"60\"/>",
        "<w:caps/><w:color w:val=\"595959\"/><w:spacing w:val=\"16\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    ),
    Style(
        "Dokumentart",
        "Ramme dokument",
        NORMAL,
        "",
        "<w:suppressAutoHyphens/><w:spacing w:after=\"120\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>",
    ),
    Style(
        "Ramme",
        "Ramme linje",
        NORMAL,
        "",
        "<w:suppressAutoHyphens/><w:spacing w:after=\"20\"/>",
        "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    ),
    Style(
        "Notits",
        "Ramme notits",
        NORMAL,
        "",
        "<w:spacing w:before=\"120\" w:after=\"80\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    ),
    Style(
        "Streg",
        "Ramme streg",
        NORMAL,
        "",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"999999\"/></w:pBdr><w:spacing w:after=\"240\" w:line=\"120\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/>",
    ),
    Style(
        "Header",
        "header",
        NORMAL,
        "",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"999999\"/></w:pBdr><w:tabs><w:tab w:val=\"right\" w:pos=\"8731\"/></w:tabs><w:suppressAutoHyphens/><w:spacing w:after=\"240\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    ),
    Style(
        "Footer",
        "footer",
        NORMAL,
        "",
        "<w:tabs><w:tab w:val=\"right\" w:pos=\"8731\"/></w:tabs><w:suppressAutoHyphens/><w:spacing w:after=\"40\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>",
    ),
    Style(
        "Subtitle",
        "Subtitle",
        NORMAL,
        NORMAL,
        "<w:keepNext/><w:suppressAutoHyphens/><w:spacing w:after=\"200\"/>",
        "<w:sz w:val=\"25\"/><w:szCs w:val=\"25\"/>",
    ),
    // The paragraphs of a paper.
    Style(
        "Manchet",
        "Manchet",
        NORMAL,
        NORMAL,
        "<w:spacing w:after=\"200\"/>",
        "<w:sz w:val=\"25\"/><w:szCs w:val=\"25\"/>",
    ),
    Style("AendringsNummer", "Ændringsnummer", NORMAL, "Citat", "<w:spacing w:before=\"240\"/>", ""),
    Style("Citat", "Citat fra vedtægten", NORMAL, "", "<w:ind w:left=\"284\"/>", ""),
    Style(
        "CitatNummer",
        "Citat nr.",
        "Citat",
        "",
        "<w:spacing w:after=\"60\"/><w:ind w:left=\"851\" w:hanging=\"284\"/>",
        "",
    ),
    Style(
        "CitatLitra",
        "Citat litra",
        "Citat",
        "",
        "<w:spacing w:after=\"60\"/><w:ind w:left=\"1134\" w:hanging=\"284\"/>",
        "",
    ),
    Style(
        "CitatRubrik",
        "Citat overskrift",
        "Citat",
        "Citat",
        "<w:keepNext/><w:suppressAutoHyphens/><w:jc w:val=\"center\"/>",
        "<w:i/><w:iCs/>",
    ),
    Style(
        "Note",
        "Note",
        NORMAL,
        "",
        "<w:spacing w:after=\"80\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    ),
    Style("ListNumber", "List Number", NORMAL, "", "<w:spacing w:after=\"80\"/>", ""),
    Style("ListBullet", "List Bullet", NORMAL, "", "<w:spacing w:after=\"80\"/>", ""),
    Style(
        "Caption",
        "caption",
        NORMAL,
        NORMAL,
        "<w:keepNext/><w:suppressAutoHyphens/><w:spacing w:before=\"200\" w:after=\"80\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    ),
    Style(
        "Tabel",
        "Tabel tekst",
        NORMAL,
        "",
        "<w:spacing w:before=\"20\" w:after=\"40\" w:line=\"247\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    ),
    Style(
        "TabelHoved",
        "Tabel hoved",
        "Tabel",
        "",
        "<w:keepNext/><w:suppressAutoHyphens/>",
        "<w:b/><w:bCs/><w:color w:val=\"595959\"/>",
    ),
    Style(
        "Figur",
        "Figur i ord",
        NORMAL,
        "",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"999999\"/></w:pBdr><w:spacing w:after=\"40\"/><w:ind w:left=\"284\"/>",
        "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    ),
    Style(
        "CommentText",
        "annotation text",
        NORMAL,
        "",
        "<w:suppressAutoHyphens/><w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    ),
];

const CHARACTERS: [(&str, &str, &str); 11] = [
    ("Paragraftegn", "Vedtægt §-nummer", "<w:b/><w:bCs/>"),
    ("Stykketegn", "Vedtægt stk.-nummer", "<w:i/><w:iCs/>"),
    ("Listetegn", "Vedtægt listetegn", ""),
    ("Strong", "Strong", "<w:b/><w:bCs/>"),
    ("Emphasis", "Emphasis", "<w:i/><w:iCs/>"),
    ("Udgaar", "Udgår", "<w:strike/><w:color w:val=\"9C1515\"/>"),
    ("Indsat", "Indsat", "<w:color w:val=\"0B3D91\"/><w:u w:val=\"single\"/>"),
    ("Flyttet", "Flyttet", "<w:color w:val=\"14582C\"/><w:u w:val=\"double\"/>"),
    ("Mangler", "Mangler", "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF2A8\"/>"),
    ("Hyperlink", "Hyperlink", "<w:color w:val=\"0B3D91\"/><w:u w:val=\"single\"/>"),
    ("CommentReference", "annotation reference", "<w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>"),
];

const DEFAULTS: &str = "<w:docDefaults><w:rPrDefault><w:rPr>\
    <w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
    <w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/>\
    <w:lang w:val=\"{lang}\" w:eastAsia=\"{lang}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
    <w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"271\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\n";

/// The table of a paper: thin lines under its rows.
const TABLE: &str = "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
    <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
    <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
    <w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\n\
    <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"PapirTabel\"><w:name w:val=\"Papir tabel\"/>\
    <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/></w:tblBorders><w:tblCellMar>\
    <w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"60\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/>\
    <w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\n";

/// Writes `word/styles.xml`.
pub fn part(sort: Sort, lang: &str) -> String {
    let mut x = Xml::part();
    x.open("w:styles", &[("xmlns:w", super::package::W)]).line();
    let mut language = Xml::default();
    language.text(lang);
    x.raw(&DEFAULTS.replace("{lang}", &language.finish()));
    x.open("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", NORMAL)]);
    x.value("w:name", "Normal").void("w:qFormat", &[]).close("w:style").line();
    x.open("w:style", &[("w:type", "character"), ("w:default", "1"), ("w:styleId", "DefaultParagraphFont")]);
    x.value("w:name", "Default Paragraph Font").value("w:uiPriority", "1").void("w:semiHidden", &[]);
    x.void("w:unhideWhenUsed", &[]).close("w:style").line();
    x.raw(TABLE);
    let headings: &[Style] = if sort == Sort::Paper { &PAPER } else { &LAW };
    for style in headings.iter().chain(&PARAGRAPHS) {
        paragraph(&mut x, style, sort);
    }
    for (id, name, look) in CHARACTERS {
        let own = !matches!(id, "Strong" | "Emphasis" | "Hyperlink" | "CommentReference");
        open(&mut x, "character", id, own);
        x.value("w:name", name).value("w:basedOn", "DefaultParagraphFont");
        x.void("w:qFormat", &[]);
        if !look.is_empty() {
            x.open("w:rPr", &[]).raw(look).close("w:rPr");
        }
        x.close("w:style").line();
    }
    x.close("w:styles").line();
    x.finish()
}

fn paragraph(x: &mut Xml, Style(id, name, based, next, set, look): &Style, sort: Sort) {
    let known = name.starts_with(|c: char| c.is_ascii_lowercase()) || matches!(*id, "Title" | "Subtitle");
    open(x, "paragraph", id, !(known || id.starts_with("List")));
    x.value("w:name", name).value("w:basedOn", based);
    if !next.is_empty() {
        x.value("w:next", next);
    }
    x.void("w:qFormat", &[]);
    let set = match (*id, sort) {
        // The title of a paper stands at the left, as its headings do.
        ("Title", Sort::Paper) => set.replace("<w:jc w:val=\"center\"/>", ""),
        ("Nummer", Sort::Redline) => set.replace("\"567\"", "\"794\""),
        ("Litra", Sort::Redline) => set.replace("\"1134\"", "\"1588\"").replace("\"567\"", "\"794\""),
        _ => set.to_string(),
    };
    if !set.is_empty() {
        x.open("w:pPr", &[]).raw(&set).close("w:pPr");
    }
    if !look.is_empty() {
        x.open("w:rPr", &[]).raw(look).close("w:rPr");
    }
    x.close("w:style").line();
}

fn open(x: &mut Xml, sort: &str, id: &str, own: bool) {
    if own {
        x.open("w:style", &[("w:type", sort), ("w:customStyle", "1"), ("w:styleId", id)]);
    } else {
        x.open("w:style", &[("w:type", sort), ("w:styleId", id)]);
    }
}
