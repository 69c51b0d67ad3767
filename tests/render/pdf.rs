use vedtaegt::render::pdf::{self, Typst};
use vedtaegt::render::view::BylawDoc;

use crate::sample;

#[test]
fn pages() {
    let typst = Typst::find(&|name| std::env::var_os(name)).unwrap();
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let doc = BylawDoc::new(&sample::bylaw(), sample::frame("Ændret vedtægt"));
    for (name, result) in [
        ("bylaw", typst.pdf(&pdf::TEMPLATES, pdf::BYLAW, &doc, doc.frame.date)),
        ("redline", typst.pdf(&pdf::TEMPLATES, pdf::REDLINE, &sample::redline_doc(), doc.frame.date)),
    ] {
        match result {
            Ok(bytes) => std::fs::write(dir.join(format!("{name}.pdf")), bytes).unwrap(),
            Err(e) => panic!("{name}: {e}"),
        }
    }
}
