use vedtaegt::*;
fn main() {
    let w = world::Disk::open(std::env::args().nth(1).unwrap()).unwrap();
    let mut f = diag::Findings::default();
    let (sources, rules) = rules::load(&w, &mut f);
    if let Some(rules) = rules {
        let m = model::Model::new(rules, &mut f);
        if let Some(c) = check::check(m, &mut f) {
            for v in [model::Version::in_force(), model::Version::reading(1), model::Version::reading(2)] {
                if let Some(c) = c.version(v) {
                    std::fs::write(format!("/tmp/v{}.md", v.reading), document::print::markdown(&c.bylaw)).unwrap();
                }
            }
        }
    }
    println!("{}", diag::show::human(&f, &sources, lang::Lang::En, false));
}
