//! The proof of the locks has negative controls: each damages one thing, and the proof must find it.

#![allow(clippy::unwrap_used, clippy::panic)]

use sha2::{Digest, Sha256};
use vedtaegt::diag::{Code, Findings};
use vedtaegt::proof::{Files, prove_locks};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Is a lock of the first reading and the documents it keeps.
#[derive(Clone, PartialEq)]
struct Sample {
    locks: Files,
    output: Files,
}

fn sample() -> Sample {
    let mut sample = Sample { locks: Files::new(), output: Files::new() };
    for (path, text) in [
        ("inputs/rules/bylaw.yaml", "title: T\n"),
        ("output/manifest.json", "{}\n"),
        ("output/redline.md", "# T\n"),
        ("tree.json", "{}\n"),
    ] {
        sample.locks.insert(format!("reading-1/{path}"), text.into());
    }
    sample.output.insert("reading-1/manifest.json".into(), "{}\n".into());
    sample.output.insert("reading-1/redline.md".into(), "# T\n".into());
    sample.output.insert("reading-2/redline.md".into(), "# U\n".into());
    sample.output.insert("manifest.json".into(), r#"{"locked": [{"reading": 1, "sha256": "x"}]}"#.into());
    sample.record(1, "2025-11-03");
    sample.log();
    sample
}

impl Sample {
    /// Writes `lock.json` anew.
    fn record(&mut self, reading: i64, date: &str) {
        let own = self.locks.iter().filter_map(|(p, b)| Some((p.strip_prefix("reading-1/")?, b)));
        let files: Vec<serde_json::Value> = own
            .filter(|(path, _)| *path != "lock.json")
            .map(|(path, b)| serde_json::json!({"path": path, "sha256": sha256(b), "bytes": b.len()}))
            .collect();
        let record = serde_json::json!({"tool": "vedtaegt 0.1.0", "reading": reading, "date": date, "files": files});
        self.locks.insert("reading-1/lock.json".into(), record.to_string().into_bytes());
    }

    /// Writes the log anew.
    fn log(&mut self) {
        let hash = sha256(&self.locks["reading-1/lock.json"]);
        let log = format!("# log\n- {{reading: 1, date: 2025-11-03, now: {hash}, reason: \"x\"");
        let seal = sha256(log.as_bytes());
        self.locks.insert("log.yaml".into(), format!("{log}, seal: {seal}}}\n").into_bytes());
    }

    /// Replaces words of the log.
    fn log_says(&mut self, old: &str, new: &str) {
        let log = String::from_utf8(self.locks["log.yaml"].clone()).unwrap();
        self.locks.insert("log.yaml".into(), log.replace(old, new).into_bytes());
    }

    fn prove(&self) -> (usize, Findings) {
        let mut findings = Findings::default();
        let figures = prove_locks(&self.locks, Some(&self.output), &mut findings);
        (figures.iter().map(|f| f.checked).sum(), findings)
    }
}

#[test]
fn a_whole_lock_holds() {
    let (checked, findings) = sample().prove();
    assert!(findings.is_empty(), "{:?}", findings.sorted());
    assert_eq!(checked, 4);
}

/// Says what is damaged, how, and what the proof must say.
type Control = (&'static str, fn(&mut Sample), Code, &'static str);

const CONTROLS: &[Control] = &[
    (
        "a byte of a kept document",
        |s| s.locks.get_mut("reading-1/output/redline.md").unwrap()[0] = b'%',
        Code::LockDamaged,
        "reading-1/output/redline.md",
    ),
    (
        "a byte of a kept rule",
        |s| s.locks.get_mut("reading-1/inputs/rules/bylaw.yaml").unwrap()[0] = b'T',
        Code::LockDamaged,
        "reading-1/inputs/rules/bylaw.yaml",
    ),
    (
        "a byte of the tree",
        |s| s.locks.get_mut("reading-1/tree.json").unwrap()[0] = b'[',
        Code::LockDamaged,
        "reading-1/tree.json",
    ),
    (
        "a longer document",
        |s| s.locks.get_mut("reading-1/output/redline.md").unwrap().push(b'x'),
        Code::LockDamaged,
        "reading-1/output/redline.md",
    ),
    (
        "a document that is gone",
        |s| {
            s.locks.remove("reading-1/output/redline.md");
        },
        Code::LockDamaged,
        "reading-1/output/redline.md",
    ),
    (
        "a file that is not listed",
        |s| {
            s.locks.insert("reading-1/x".into(), b"x".to_vec());
        },
        Code::LockDamaged,
        "reading-1/x",
    ),
    (
        "a lock without its record",
        |s| {
            s.locks.remove("reading-1/lock.json");
        },
        Code::LockDamaged,
        "reading-1/lock.json",
    ),
    (
        "a record that is no JSON",
        |s| {
            s.locks.insert("reading-1/lock.json".into(), b"{".to_vec());
        },
        Code::LockDamaged,
        "lock.json",
    ),
    (
        "a record changed with its files",
        |s| {
            s.locks.insert("reading-1/output/redline.md".into(), b"# V\n".to_vec());
            s.record(1, "2025-11-03");
        },
        Code::LockDamaged,
        "lock.json",
    ),
    ("another day", |s| s.record(1, "2025-11-04"), Code::LockDamaged, "lock.json"),
    (
        "a day that is none",
        |s| {
            s.record(1, "2025-11-31");
            s.log();
        },
        Code::LockDamaged,
        "lock.json",
    ),
    (
        "the lock of another reading",
        |s| {
            s.record(2, "2025-11-03");
            s.log();
        },
        Code::LockDamaged,
        "lock.json",
    ),
    (
        "a log that is gone",
        |s| {
            s.locks.remove("log.yaml");
        },
        Code::LockDamaged,
        "lock.json",
    ),
    ("a reason that was never given", |s| s.log_says("\"x\"", "\"y\""), Code::LockDamaged, "log.yaml"),
    ("another day in the log", |s| s.log_says("2025-11-03", "2025-11-02"), Code::LockDamaged, "log.yaml"),
    ("a remark in the log", |s| s.log_says("# log", "# Log"), Code::LockDamaged, "log.yaml"),
    ("a seal that is another", |s| s.log_says("seal: ", "seal: 0"), Code::LockDamaged, "log.yaml"),
    ("a line more in the log", |s| s.log_says("}\n", "}\n# x\n"), Code::LockDamaged, "log.yaml"),
    ("a log without its last byte", |s| s.log_says("}\n", "}"), Code::LockDamaged, "log.yaml"),
    ("a log with other line ends", |s| s.log_says("\n", "\r\n"), Code::LockDamaged, "log.yaml"),
    (
        "a document with other line ends",
        |s| {
            s.locks.insert("reading-1/output/redline.md".into(), b"# T\r\n".to_vec());
        },
        Code::LockDamaged,
        "reading-1/output/redline.md",
    ),
    (
        "a lock that is gone, and the log has it",
        |s| {
            s.locks.retain(|path, _| path == "log.yaml");
            s.output.clear();
        },
        Code::LockDamaged,
        "reading-1/lock.json",
    ),
    ("every lock is gone, and the documents name one", |s| s.locks.clear(), Code::LockDamaged, "reading-1/lock.json"),
    (
        "a lock that is not of a reading",
        |s| {
            s.locks.insert("reading-3/lock.json".into(), b"{}".to_vec());
        },
        Code::LockDamaged,
        "reading-3/lock.json",
    ),
    (
        "a file beside the locks",
        |s| {
            s.locks.insert("noter.txt".into(), b"x".to_vec());
        },
        Code::LockDamaged,
        "noter.txt",
    ),
    (
        "a tree that nobody kept",
        |s| {
            s.locks.remove("reading-1/tree.json");
            s.record(1, "2025-11-03");
            s.log();
        },
        Code::LockDamaged,
        "lock.json",
    ),
    (
        "a published document that is another",
        |s| {
            s.output.insert("reading-1/redline.md".into(), b"# V\n".to_vec());
        },
        Code::OutputDamaged,
        "reading-1/redline.md",
    ),
    (
        "a published document that is gone",
        |s| {
            s.output.remove("reading-1/redline.md");
        },
        Code::OutputDamaged,
        "reading-1/redline.md",
    ),
    (
        "a published document more",
        |s| {
            s.output.insert("reading-1/x.md".into(), b"x".to_vec());
        },
        Code::OutputDamaged,
        "reading-1/x.md",
    ),
];

#[test]
fn every_damage_is_found() {
    for (what, damage, code, file) in CONTROLS {
        let whole = sample();
        let mut damaged = whole.clone();
        damage(&mut damaged);
        assert!(damaged != whole, "{what}: the control damaged nothing");
        let (_, findings) = damaged.prove();
        let said = findings
            .sorted()
            .iter()
            .any(|d| d.code == *code && d.args.iter().any(|(name, value)| *name == "file" && value.ends_with(file)));
        assert!(said, "{what}: {:?}", findings.sorted());
    }
}

/// What a system leaves in a folder that somebody looked into is no damage.
#[test]
fn what_a_system_leaves_is_no_damage() {
    let mut sample = sample();
    sample.locks.insert("reading-1/output/.DS_Store".into(), b"x".to_vec());
    sample.locks.insert("Thumbs.db".into(), b"x".to_vec());
    assert!(sample.prove().1.is_empty(), "{:?}", sample.prove().1.sorted());
}

#[test]
fn any_bytes_are_survived() {
    for bytes in
        [&b""[..], b"{}", b"[]", b"null", b"{\"files\": 1}", b"\xff\xfe", b"{\"reading\":1,\"date\":\"\",\"files\":[]}"]
    {
        let mut sample = sample();
        for path in sample.locks.keys().cloned().collect::<Vec<_>>() {
            let mut one = sample.clone();
            one.locks.insert(path.clone(), bytes.to_vec());
            assert!(!one.prove().1.is_empty(), "{path}: {bytes:?}");
        }
        sample.locks.insert("log.yaml".into(), bytes.to_vec());
        assert!(!sample.prove().1.is_empty());
    }
}
