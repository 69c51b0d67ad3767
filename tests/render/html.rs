use vedtaegt::render::html;

use crate::sample;

fn pages() -> [(&'static str, String); 4] {
    [
        ("bylaw", html::bylaw(&sample::bylaw(), &sample::frame("Ændret vedtægt"))),
        ("redline", html::redline(&sample::redline_doc())),
        ("ownership", html::ownership(&sample::ownership_doc())),
        ("trace", html::trace(&sample::trace_doc())),
    ]
}

#[test]
fn golden() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, page) in pages() {
        std::fs::write(dir.join(format!("{name}.html")), &page).unwrap();
    }
}
