//! Prints the redline of two Markdown files as a JSON list of `[op, text]`.

use vedtaegt::diff::{self, Identity, NoCauses};
use vedtaegt::parse::loose;

fn main() -> anyhow::Result<()> {
    let mut texts = Vec::new();
    for path in std::env::args().skip(1) {
        let (bylaw, notes) = loose::read(&std::fs::read_to_string(&path)?);
        notes.iter().for_each(|note| eprintln!("{path}: {note}"));
        texts.push(bylaw);
    }
    let [old, new] = texts.as_slice() else { anyhow::bail!("usage: segments OLD NEW") };
    let redline = diff::compare(old, new, Identity::Unknown, &NoCauses);
    let segments: Vec<(String, String)> =
        diff::segments(&redline).into_iter().map(|(op, text)| (op.to_string(), text)).collect();
    println!("{}", serde_json::to_string(&segments)?);
    Ok(())
}
