use std::path::Path;
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let n: i64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let disk = vedtaegt::world::Disk::open(Path::new(&root)).unwrap();
    let mut f = vedtaegt::diag::Findings::default();
    let (_, rules) = vedtaegt::rules::load(&disk, &mut f);
    let c = vedtaegt::check::check(vedtaegt::model::Model::new(rules.unwrap(), &mut f), &mut f).unwrap();
    let d = vedtaegt::output::instrument::instrument(&c, n).unwrap();
    print!("{}", vedtaegt::instrument::print::markdown(&d.instrument, ""));
}
