//! The proofs: they hold for what the compiler writes, and every way to damage it is found. A control that damages no
//! byte proves nothing and fails.

#[path = "cases/proof/sample.rs"]
mod sample;

use vedtaegt::diag::{Code, Findings};
use vedtaegt::proof::prove;

#[test]
fn the_proofs_hold_for_what_is_written() {
    let sample = sample::sample();
    let mut findings = Findings::default();
    let figures = prove(&sample.files, &sample.current, &mut findings);
    for f in &figures {
        eprintln!("{f:?}");
    }
    assert!(findings.is_empty(), "{:#?}", findings.sorted());
    let _ = Code::ALL;
}
