//! Whole projects, good and bad: each case is a folder that says what differs from `tests/cases/project/base`.
//! `tests/cases/README.md` tells how to add one. `UPDATE=1 cargo test` writes what is expected anew; never under `CI=true`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
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
            let goes_on = kind == "+" || kind == "-" && new.is_empty();
            if !goes_on && !old.is_empty() {
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

/// Writes one hostile file over the base, and expects it to be refused quickly, with its code and without a panic.
fn refused(path: &str, bytes: impl AsRef<[u8]>, code: &str) {
    let project = Project::base();
    project.write(path, bytes);
    expect_refusal(&project, code);
}

fn expect_refusal(project: &Project, code: &str) {
    for command in ["check", "check --format json", "build --no-pdf"] {
        let output = project.run(command);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(said.contains(code), "{command}: no {code}\n{said}");
        assert!(!said.contains("panicked"), "{said}");
        assert!(said.len() < 100_000, "{} bytes said", said.len());
        assert_eq!(output.status.code(), Some(1), "{command}\n{said}");
    }
    assert!(!project.path("output").exists(), "something was written");
}

#[test]
fn hostile_files() {
    const TASKS: &str = "rules/tasks.yaml";
    refused(TASKS, b"tasks:\n  - id: a\0b\n", "forbidden-character");
    refused(TASKS, b"tasks:\n  - {id: a, owner: kultur, wording: b\xf8rn}\n", "not-utf8");
    refused(TASKS, b"\xff\xfet\0a\0s\0k\0s\0", "not-utf8");
    refused(TASKS, format!("tasks:\n  - {{id: a, wording: {}}}\n", "x".repeat(10 << 20)), "file-too-large");
    refused(TASKS, format!("tasks:\n  - {{id: a, wording: {}}}\n", "x".repeat(900 << 10)), "text-too-long");
    refused(TASKS, "- ".repeat(20_000) + "x", "too-deep");
    refused(TASKS, "[".repeat(20_000), "too-deep");
    refused(TASKS, "{a: ".repeat(20_000), "too-deep");
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for i in 1..20 {
        let alias = format!("*a{}", i - 1);
        bomb += &format!("a{i}: &a{i} [{}]\n", [alias.as_str(); 10].join(", "));
    }
    refused(TASKS, bomb, "yaml-feature");
    refused(TASKS, "tasks:\n".to_string() + &"  - {id: a, owner: kultur, wording: b}\n".repeat(20_000), "too-many");
    refused(TASKS, "", "empty-value");
    refused("rules/changs/09-ny.yaml", "id: ny\n", "unknown-file");
    refused("rules/changes/1/2/3/4/5/6/7/8/9/ny.yaml", "id: ny\n", "too-many");
    refused("rules/current/styrelsesvedtaegt.md", b"# Vedt\xe6gt\n", "not-utf8");
    refused("templates/ressort/herunder.tera", "x".repeat(2 << 20), "file-too-large");
    let deep = "{% if true %}".repeat(5_000) + "x" + &"{% endif %}".repeat(5_000);
    refused("templates/ressort/herunder.tera", deep, "template-error");
    let deep = format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000));
    refused("templates/ressort/herunder.tera", deep, "template-error");
}

#[test]
fn a_folder_where_a_file_should_be() {
    let project = Project::base();
    fs::remove_file(project.path("rules/bylaw.yaml")).unwrap();
    fs::create_dir(project.path("rules/bylaw.yaml")).unwrap();
    expect_refusal(&project, "unreadable");
}

#[cfg(unix)]
#[test]
fn paths_that_leave_the_project() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("ny.yaml"), "id: hemmelig\n").unwrap();

    let project = Project::base();
    symlink(elsewhere.path().join("ny.yaml"), project.path("rules/changes/02.yaml")).unwrap();
    expect_refusal(&project, "outside-project");

    let project = Project::base();
    symlink(elsewhere.path(), project.path("rules/tasks")).unwrap();
    expect_refusal(&project, "outside-project");

    let project = Project::base();
    fs::create_dir_all(project.path("templates")).unwrap();
    symlink("/etc/passwd", project.path("templates/ny.tera")).unwrap();
    expect_refusal(&project, "outside-project");

    // A link that goes nowhere, and folders that hold each other.
    let project = Project::base();
    symlink(elsewhere.path().join("findes-ikke"), project.path("rules/changes/02.yaml")).unwrap();
    expect_refusal(&project, "missing-file");
    let project = Project::base();
    symlink(project.path("rules"), project.path("rules/changes/rundt")).unwrap();
    expect_refusal(&project, "too-many");

    // A pipe that nobody writes to must not be waited for.
    let project = Project::base();
    let made = Command::new("mkfifo").arg(project.path("rules/changes/02.yaml")).status();
    if made.is_ok_and(|s| s.success()) {
        expect_refusal(&project, "unreadable");
    }
}

#[test]
fn files_from_notepad_give_the_same_text() {
    let plain = Project::base();
    let windows = Project::base();
    for path in files(&windows.path("rules"), "rules/") {
        let text = windows.read(&path);
        windows.write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    for command in ["check --deny-warnings", "text", "build --no-pdf"] {
        let (a, b) = (plain.run(command), windows.run(command));
        assert_eq!((a.status.code(), &a.stdout), (Some(0), &b.stdout), "{}", String::from_utf8_lossy(&b.stderr));
        assert_eq!(b.status.code(), Some(0));
    }
    assert_eq!(contents(&plain.path("output")), contents(&windows.path("output")));
}

/// Reads every file below a folder.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    files(folder, "").into_iter().map(|p| (p.clone(), fs::read(folder.join(&p)).unwrap())).collect()
}

/// Markup, marks and braces in a task's wording are printed as the words they are, in every document.
#[test]
fn hostile_words_are_only_words() {
    let project = Project::base();
    project.overlay(&cases().join("good/hostile-wording"));
    let build = project.run("build --no-pdf");
    assert_eq!(build.status.code(), Some(0), "{}", String::from_utf8_lossy(&build.stderr));
    let html = project.read("output/reading-2/styrelsesvedtaegt.html");
    assert!(
        html.contains("&#60;script&#62;alert(1)&#60;/script&#62;") && html.contains("⟦n0⟧ ⟦o1⟧ ⟦/⟧ ⟦lp⟧"),
        "{html}"
    );
    for path in files(&project.path("output"), "output/") {
        if path.ends_with(".html") {
            let text = project.read(&path);
            assert!(!text.contains("<script>alert") && !text.contains("<b>fede"), "{path}");
        }
    }
}

/// The same in PDF, read back by the proofs; where Typst is at hand.
#[test]
fn hostile_words_in_pdf() {
    if !Command::new("typst").arg("--version").output().is_ok_and(|o| o.status.success()) {
        assert!(std::env::var_os("CI").is_none(), "typst is needed under CI");
        loudly("SKIPPED: hostile_words_in_pdf needs typst on the PATH");
        return;
    }
    let project = Project::base();
    project.overlay(&cases().join("good/hostile-wording"));
    for command in ["build --reading 1", "verify --reading 1"] {
        let output = project.run(command);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(project.path("output/reading-1/styrelsesvedtaegt.pdf").exists());
}

/// Changes lines of the rules at random: whatever stands there, there are findings or there are none, never a panic.
#[test]
fn any_mutation_is_survived() {
    use vedtaegt::check::check;
    use vedtaegt::diag::{Findings, show};
    use vedtaegt::lang::Lang;
    use vedtaegt::model::Model;
    use vedtaegt::rules;

    let world = Memory::load(&cases().join("base"));
    let yaml: Vec<String> = world.0.keys().filter(|p| p.ends_with(".yaml")).cloned().collect();
    let mut random = Random(20_251_103);
    let started = Instant::now();
    let (mut good, mut bad) = (0, 0);
    for _ in 0..300 {
        let mut changed = Memory(world.0.clone());
        let mut what = String::new();
        for _ in 0..=random.below(2) {
            let path = &yaml[random.below(yaml.len())];
            let text = mutate(&changed.0[path], &mut random);
            write!(what, "{path}\n{text}\n").unwrap();
            changed.0.insert(path.clone(), text);
        }
        let run = std::panic::catch_unwind(|| {
            let mut findings = Findings::default();
            let (sources, rules) = rules::load(&changed, &mut findings);
            if let Some(rules) = rules {
                let model = Model::new(rules, &mut findings);
                if let Some(checked) = check(model, &mut findings)
                    && !findings.has_errors()
                {
                    vedtaegt::output::set::baseline(&checked, &mut findings);
                    vedtaegt::output::set::explain_all(&checked, &mut findings);
                }
            } else {
                assert!(findings.has_errors(), "nothing was read and nothing said");
            }
            let said = show::human(&findings, &sources, Lang::Da, false);
            assert_eq!(said.is_empty(), findings.is_empty());
            show::json(&findings, &sources, Lang::En);
            findings.has_errors()
        });
        match run {
            Ok(true) => bad += 1,
            Ok(false) => good += 1,
            Err(_) => panic!("a panic on\n{what}"),
        }
    }
    assert!(good > 0 && bad > 100, "{good} good, {bad} bad: the mutations do not bite");
    assert!(started.elapsed() < Duration::from_secs(90), "{:?}", started.elapsed());
}

/// Is a project in memory.
#[derive(Clone)]
struct Memory(std::collections::BTreeMap<String, String>);

impl Memory {
    fn load(folder: &Path) -> Memory {
        Memory(
            files(folder, "").into_iter().map(|p| (p.clone(), fs::read_to_string(folder.join(&p)).unwrap())).collect(),
        )
    }
}

impl vedtaegt::world::World for Memory {
    fn read(&self, path: &str, _max: u64) -> Result<Vec<u8>, vedtaegt::world::ReadError> {
        self.0.get(path).map(|t| t.clone().into_bytes()).ok_or(vedtaegt::world::ReadError::Missing)
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, vedtaegt::world::ReadError> {
        Ok(self.0.keys().filter(|p| p.starts_with(&format!("{folder}/"))).cloned().collect())
    }
}

/// Makes the same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// Deletes, doubles, swaps or spoils a line, or a value on it.
fn mutate(text: &str, random: &mut Random) -> String {
    const JUNK: [&str; 16] = [
        "",
        "\t",
        "- ",
        "{",
        "}",
        "[",
        ": ",
        "§ 7",
        "{teknik}",
        "{§ ikke/her}",
        "null",
        "-1",
        "99999999999999",
        "æøå",
        "2026-02-30",
        "⟦n0⟧",
    ];
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    if lines.is_empty() {
        return text.to_string();
    }
    let i = random.below(lines.len());
    let j = random.below(lines.len());
    match random.below(7) {
        0 => {
            lines.remove(i);
        }
        1 => lines.insert(j, lines[i].clone()),
        2 => lines.swap(i, j),
        3 => {
            let value = |line: &str| line.split_once(": ").map(|(_, v)| v.to_string());
            if let (Some(a), Some(b)) = (value(&lines[i]), value(&lines[j])) {
                lines[i] = lines[i].replace(&a, &b);
            }
        }
        4 => {
            let junk = JUNK[random.below(JUNK.len())];
            let line = &mut lines[i];
            let at = line.char_indices().map(|(at, _)| at).nth(random.below(line.chars().count())).unwrap_or(0);
            line.insert_str(at, junk);
        }
        5 => {
            if let Some((key, _)) = lines[i].split_once(": ") {
                lines[i] = format!("{key}: {}", JUNK[random.below(JUNK.len())]);
            }
        }
        _ => {
            let line = &lines[i];
            let keep = line.char_indices().map(|(at, _)| at).nth(random.below(line.chars().count())).unwrap_or(0);
            lines[i] = line[..keep].to_string();
        }
    }
    lines.join("\n") + "\n"
}

/// Says something past the capture of the test harness, which shows nothing of a test that passes.
fn loudly(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
