//! Whole projects, good and bad: each case is a folder that says what differs from `tests/cases/project/base`.
//! `tests/cases/README.md` tells how to add one. `UPDATE=1 cargo test` writes what is expected anew; never under `CI=true`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// No command on a small project may take longer than this, not even in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/project")
}

fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|v| v == "1") && std::env::var_os("CI").is_none_or(|v| v != "true")
}

/// Is a copy of the base project in a folder of its own.
struct Project {
    dir: tempfile::TempDir,
}

impl Project {
    fn base() -> Project {
        let dir = tempfile::tempdir().unwrap();
        copy(&cases().join("base"), dir.path());
        Project { dir }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Lays a case over the base: its files, the paths in `DELETE`, the lines in `edit.txt`.
    fn overlay(&self, case: &Path) {
        for path in files(case, "") {
            match path.as_str() {
                "command" | "expected.txt" | "README.md" => {}
                "DELETE" => {
                    for line in fs::read_to_string(case.join(&path)).unwrap().lines().filter(|l| !l.trim().is_empty()) {
                        let gone = self.path(line.trim());
                        let removed = if gone.is_dir() { fs::remove_dir_all(&gone) } else { fs::remove_file(&gone) };
                        removed.unwrap_or_else(|e| panic!("{}: DELETE {line}: {e}", case.display()));
                    }
                }
                "edit.txt" => self.edit(&fs::read_to_string(case.join(&path)).unwrap().replace("\r\n", "\n"), case),
                _ => self.write(&path, fs::read(case.join(&path)).unwrap()),
            }
        }
    }

    /// Replaces lines: a line with a path, then `-` and the lines that go, `+` and the lines that come instead.
    fn edit(&self, script: &str, case: &Path) {
        let mut path = "";
        let (mut old, mut new) = (String::new(), String::new());
        for line in script.lines().chain(["@"]) {
            let (kind, rest) = line.split_at(line.len().min(1));
            if !(kind == "+" || old.is_empty() || kind == "-" && new.is_empty()) {
                let text = self.read(path);
                let times = text.matches(&old).count();
                assert_eq!(times, 1, "{}: {path} has this {times} times, not once:\n{old}", case.display());
                self.write(path, text.replacen(&old, &new, 1));
                old.clear();
                new.clear();
            }
            match kind {
                "-" => writeln!(old, "{rest}").unwrap(),
                "+" => {
                    assert!(!old.is_empty(), "{}: a line with + has one with - before it", case.display());
                    writeln!(new, "{rest}").unwrap();
                }
                "@" | "" | "#" => {}
                _ => path = line.trim(),
            }
        }
    }

    fn run(&self, command: &str) -> Output {
        self.run_with(command, &[])
    }

    fn run_with(&self, command: &str, env: &[(&str, &str)]) -> Output {
        let started = Instant::now();
        let mut process = Command::new(env!("CARGO_BIN_EXE_vedtaegt"));
        process.args(words(command)).current_dir(self.dir.path());
        process.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "da_DK.UTF-8");
        process.envs(env.iter().copied());
        let output = process.output().unwrap();
        assert!(started.elapsed() < PATIENCE, "`{command}` took {:?}", started.elapsed());
        output
    }

    /// Runs a command and writes down what a person sees.
    fn transcript(&self, command: &str) -> String {
        let output = self.run(command);
        let mut out = format!("$ vedtaegt {command}\nslutkode {}\n", output.status.code().unwrap_or(-1));
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            if !bytes.is_empty() {
                let text = String::from_utf8(bytes.clone()).unwrap();
                writeln!(out, "--- {name}\n{}", text.trim_end()).unwrap();
            }
        }
        let here = self.dir.path().to_string_lossy().into_owned();
        let real = fs::canonicalize(self.dir.path()).unwrap().to_string_lossy().into_owned();
        out.replace(&real, "PROJEKT").replace(&here, "PROJEKT")
    }
}

/// Splits a command line; `"…"` holds words together.
fn words(line: &str) -> Vec<String> {
    let pieces = line.split('"').enumerate();
    pieces
        .flat_map(|(i, piece)| match i % 2 {
            0 => piece.split_whitespace().map(str::to_string).collect(),
            _ => vec![piece.to_string()],
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for path in files(from, "") {
        let target = to.join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(from.join(&path), target).unwrap();
    }
}

/// Lists the files below a folder, sorted, with `/` between the names.
fn files(folder: &Path, prefix: &str) -> Vec<String> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            out.extend(files(&entry.path(), &format!("{path}/")));
        } else {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn folders(area: &str) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = fs::read_dir(cases().join(area)).unwrap().map(|e| e.unwrap().path()).collect();
    out.retain(|p| p.is_dir());
    out.sort();
    assert!(!out.is_empty(), "no cases in {area}");
    out
}

/// Runs every case of a folder on a few threads and compares what is said with `expected.txt`.
fn run(area: &str, expected_code: fn(i32) -> bool) {
    let folders = folders(area);
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    let one = |folder: &Path| {
        let project = Project::base();
        project.overlay(folder);
        let commands = fs::read_to_string(folder.join("command")).unwrap_or_else(|_| "check".into());
        let transcripts: Vec<String> =
            commands.lines().filter(|l| !l.trim().is_empty()).map(|l| project.transcript(l.trim())).collect();
        let found = transcripts.join("\n");
        assert!(!found.contains("panicked"), "{}\n{found}", folder.display());
        let first = found.lines().nth(1).and_then(|l| l.strip_prefix("slutkode ")).and_then(|n| n.parse().ok());
        if !first.is_some_and(expected_code) {
            wrong
                .lock()
                .unwrap()
                .push(format!("{}: another exit code than its folder says\n{found}", folder.display()));
        }
        let file = folder.join("expected.txt");
        if updating() {
            fs::write(&file, &found).unwrap();
            return;
        }
        let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        if expected != found {
            let text = format!("{}\n--- expected\n{expected}\n--- found\n{found}", file.display());
            wrong.lock().unwrap().push(text);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                    one(folder);
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "UPDATE=1 cargo test rewrites these\n{}", wrong.join("\n\n"));
}

#[test]
fn the_base_is_correct() {
    let project = Project::base();
    let check = project.run("check --deny-warnings");
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stderr));
    let text = project.run("text current");
    assert_eq!(String::from_utf8(text.stdout).unwrap(), project.read("rules/current/styrelsesvedtaegt.md"));
}

#[test]
fn good_projects() {
    run("good", |code| code == 0);
}

/// Exit code 0 has a bad case too: warnings.
#[test]
fn bad_projects() {
    run("bad", |code| (0..=2).contains(&code));
}
