//! The program from outside: what a person or a CI job types, what it answers, what it leaves on disk.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use vedtaegt::render::frame::DocumentDate;
use vedtaegt::render::pdf::{PdfError, Typst};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Copies the small project of `tests/cases/project/base` into a folder of its own.
fn small() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&root().join("tests/cases/project/base"), dir.path());
    dir
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Reads every file below a folder; empty if there is none.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut out = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else { return out };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let below = contents(&path).into_iter();
            out.extend(below.map(|(p, b)| (Path::new(path.file_name().unwrap()).join(p), b)));
        } else {
            out.insert(PathBuf::from(path.file_name().unwrap()), fs::read(&path).unwrap());
        }
    }
    out
}

fn command(project: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vedtaegt"));
    command.args(args).arg("--project").arg(project).args(["--lang", "da"]).current_dir(project);
    command
}

fn run(project: &Path, args: &[&str]) -> Output {
    command(project, args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let said = said(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Runs a command and returns what it says when it ends with a code.
#[track_caller]
fn answer(project: &Path, args: &[&str], code: i32) -> String {
    ends(&run(project, args), code)
}

fn replace(project: &Path, file: &str, old: &str, new: &str) {
    let path = project.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{file} has no {old}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

#[test]
fn same_bytes_in_any_time_zone_and_language() {
    let (a, b) = (small(), small());
    let build = |dir: &Path, zone: &str, language: &str, lang: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vedtaegt"));
        command.args(["build", "--no-pdf", "--lang", lang]).current_dir(dir);
        command.envs([("TZ", zone), ("LANG", language), ("LC_ALL", language), ("SOURCE_DATE_EPOCH", "1")]);
        ends(&command.output().unwrap(), 0);
    };
    build(a.path(), "Pacific/Auckland", "da_DK.UTF-8", "da");
    build(b.path(), "America/Los_Angeles", "tr_TR.UTF-8", "en");
    let (a, b) = (contents(&a.path().join("output")), contents(&b.path().join("output")));
    assert!(a.len() > 10);
    assert!(a == b, "not the same bytes");
}

#[test]
fn fresh_until_a_rule_changes() {
    let dir = small();
    assert!(answer(dir.path(), &["build", "--no-pdf", "--check"], 1).contains("reading-1/styrelsesvedtaegt.md"));
    assert!(!dir.path().join("output").exists());
    answer(dir.path(), &["build", "--no-pdf"], 0);
    assert!(answer(dir.path(), &["build", "--no-pdf", "--check"], 0).contains("output er ajour"));
    let before = contents(&dir.path().join("output"));

    replace(dir.path(), "rules/changes/01-strand-og-by.yaml", "et dialogmøde med borgerne", "et møde med borgerne");
    let check = run(dir.path(), &["build", "--no-pdf", "--check"]);
    ends(&check, 1);
    let stale = String::from_utf8(check.stdout).unwrap();
    let stale: Vec<&str> = stale.lines().collect();
    // The amendment writes over it: only the first reading is stale, and what compares the second with it.
    assert!(
        stale.contains(&"reading-1/styrelsesvedtaegt.md") && stale.contains(&"reading-1/redline.html"),
        "{stale:?}"
    );
    assert!(!stale.contains(&"reading-2/styrelsesvedtaegt.md"), "{stale:?}");
    assert_eq!(before, contents(&dir.path().join("output")), "--check wrote");

    // One reading alone leaves the other as it is.
    answer(dir.path(), &["build", "--no-pdf", "--reading", "1"], 0);
    let after = contents(&dir.path().join("output"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let second = |all: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<Vec<u8>> {
        all.iter().filter(|(p, _)| p.starts_with("reading-2")).map(|(_, b)| b.clone()).collect()
    };
    assert_eq!(second(&before), second(&after));
    // A file that was edited by hand, and one that is gone.
    answer(dir.path(), &["build", "--no-pdf"], 0);
    replace(dir.path(), "output/reading-2/styrelsesvedtaegt.md", "Byrådet", "Rådet");
    fs::remove_file(dir.path().join("output/reading-1/redline.md")).unwrap();
    let check = run(dir.path(), &["build", "--no-pdf", "--check"]);
    assert_eq!(String::from_utf8(check.stdout).unwrap(), "reading-1/redline.md\nreading-2/styrelsesvedtaegt.md\n");
    answer(dir.path(), &["verify"], 1);
}

#[test]
fn folders_with_other_files_are_left_alone() {
    for foreign in ["noter.md", "reading-1/noter.md", "reading-3/x.md", "andet/manifest.json", ".skjult"] {
        let dir = small();
        let out = dir.path().join("ud");
        answer(dir.path(), &["build", "--no-pdf", "--out", "ud"], 0);
        fs::create_dir_all(out.join(foreign).parent().unwrap()).unwrap();
        fs::write(out.join(foreign), "skal blive").unwrap();
        let before = contents(&out);
        let told = answer(dir.path(), &["build", "--no-pdf", "--out", "ud"], 2);
        assert!(told.contains(foreign) && told.contains("output-folder"), "{told}");
        assert_eq!(before, contents(&out));
    }
    // The rules themselves, the project, a file, below a file.
    let dir = small();
    let before = contents(dir.path());
    for out in ["rules", ".", "rules/bylaw.yaml", "rules/bylaw.yaml/ud"] {
        answer(dir.path(), &["build", "--no-pdf", "--out", out], 2);
    }
    let mut after = contents(dir.path());
    after.retain(|path, _| !path.to_string_lossy().contains(".vedtaegt-lock"));
    assert_eq!(before, after);
    // What a system leaves behind is no reason to refuse.
    answer(dir.path(), &["build", "--no-pdf"], 0);
    fs::write(dir.path().join("output/.DS_Store"), "x").unwrap();
    answer(dir.path(), &["build", "--no-pdf"], 0);
}

#[test]
fn a_kill_leaves_the_old_set_or_the_new() {
    let dir = small();
    let out = dir.path().join("ud");
    let sets: Vec<BTreeMap<PathBuf, Vec<u8>>> = ["et dialogmøde", "ét dialogmøde"]
        .iter()
        .map(|words| {
            replace(dir.path(), "rules/changes/01-strand-og-by.yaml", "et dialogmøde", words);
            answer(dir.path(), &["build", "--no-pdf", "--out", "ud"], 0);
            contents(&out)
        })
        .collect();
    assert_ne!(sets[0], sets[1]);
    let started = std::time::Instant::now();
    answer(dir.path(), &["build", "--no-pdf", "--out", "ud"], 0);
    let whole = started.elapsed();
    for n in 0..30_u32 {
        let (old, new) =
            if n % 2 == 0 { ("ét dialogmøde", "et dialogmøde") } else { ("et dialogmøde", "ét dialogmøde") };
        let wanted = &sets[usize::from(n % 2 == 1)];
        replace(dir.path(), "rules/changes/01-strand-og-by.yaml", old, new);
        let mut build = command(dir.path(), &["build", "--no-pdf", "--out", "ud"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Writing comes last: most of the kills fall into the last third.
        std::thread::sleep(whole.mul_f64(0.6 + 0.5 * f64::from(n) / 30.0));
        let _ = build.kill();
        build.wait().unwrap();
        // The next command finishes the swap or undoes it.
        let check = run(dir.path(), &["build", "--no-pdf", "--check", "--out", "ud"]);
        let found = contents(&out);
        assert!(sets.contains(&found), "kill {n}: neither the old set nor the new");
        assert_eq!(check.status.code(), Some(i32::from(found != *wanted)), "{}", said(&check));
        let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        let left: Vec<_> = left.iter().map(|n| n.to_string_lossy()).filter(|n| n.starts_with(".ud.")).collect();
        assert!(left.iter().all(|n| n.ends_with("-lock")), "{left:?}");
    }
}

#[test]
fn interrupted_at_each_step() {
    let dir = small();
    answer(dir.path(), &["build", "--no-pdf"], 0);
    let [out, new, old, tmp] =
        ["output", ".output.vedtaegt-new", ".output.vedtaegt-old", ".output.vedtaegt-tmp"].map(|n| dir.path().join(n));
    let whole = contents(&out);
    let is_back = |command: &str| {
        answer(dir.path(), &[command], 0);
        assert_eq!(contents(&out), whole);
        assert!(!new.exists() && !old.exists() && !tmp.exists());
    };
    // Half staged; staged; the old one moved away; both there; the new one in place.
    fs::create_dir_all(tmp.join("reading-1")).unwrap();
    is_back("check");
    copy(&out, &new);
    fs::remove_file(out.join("reading-1/redline.md")).unwrap();
    is_back("owners");
    copy(&out, &new);
    fs::rename(&out, &old).unwrap();
    is_back("text");
    fs::rename(&out, &old).unwrap();
    is_back("verify");
    copy(&out, &old);
    is_back("check");
}

#[test]
fn two_at_once() {
    let dir = small();
    answer(dir.path(), &["build", "--no-pdf"], 0);
    let whole = contents(&dir.path().join("output"));
    let build = || command(dir.path(), &["build", "--no-pdf"]).stderr(Stdio::piped()).spawn().unwrap();
    let running: Vec<_> = (0..4).map(|_| build()).collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 2)), "{}", said(&output));
    }
    assert_eq!(contents(&dir.path().join("output")), whole);
}

#[test]
fn owners_over_time() {
    let owners = |args: &[&str]| answer(&root(), &[&["owners"], args].concat(), 0);
    let playgrounds = owners(&["--task", "bemandede-legepladser"]);
    assert!(playgrounds.contains("til og med 31.12.2025") && playgrounds.contains("fra 1.1.2026"), "{playgrounds}");
    let json: serde_json::Value =
        serde_json::from_str(&owners(&["--task", "bemandede-legepladser", "--format", "json"])).unwrap();
    let owner = |i: usize| (json[i]["owner"].as_str().unwrap(), json[i]["from"].as_str(), json[i]["until"].as_str());
    assert_eq!([owner(0), owner(1)], [("teknik", None, Some("2025-12-31")), ("kultur", Some("2026-01-01"), None)]);

    let on = |day: &str| -> Vec<String> {
        let csv = owners(&["--task", "hjemmepleje", "--at", day, "--format", "csv"]);
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[0].starts_with("task,part,wording,owner,"), "{csv}");
        let mut found: Vec<String> =
            ["social", "sundhed"].iter().filter(|o| csv.contains(&format!(",{o},"))).map(ToString::to_string).collect();
        found.sort();
        found
    };
    assert_eq!(on("2026-03-01"), ["social", "sundhed"]);
    assert_eq!(on("2026-07-31"), ["social", "sundhed"]);
    assert_eq!(on("2026-08-01"), ["sundhed"]);
}

#[test]
fn texts_differences_and_reasons() {
    let dir = small();
    let current = fs::read_to_string(dir.path().join("rules/current/styrelsesvedtaegt.md")).unwrap();
    assert_eq!(answer(dir.path(), &["text", "current"], 0), current);
    assert_eq!(answer(dir.path(), &["text", "2025-12-31"], 0), current);
    assert_eq!(answer(dir.path(), &["text", "2026-08-01"], 0), answer(dir.path(), &["text", "reading-2"], 0));
    assert_ne!(answer(dir.path(), &["text", "2026-01-01"], 0), current);

    // Nothing happens between these days; on the 1st of August the guidance of the young moves.
    assert!(answer(dir.path(), &["diff", "2026-02-01", "2026-07-31"], 0).contains("ingen forskel"));
    let moved = answer(dir.path(), &["diff", "current", "reading-1", "--format", "md"], 0);
    assert!(moved.contains("{++") && moved.contains("{--"), "{moved}");
    let segments = answer(dir.path(), &["diff", "current", "reading-2", "--format", "segments"], 0);
    let segments: Vec<(String, String)> = serde_json::from_str(&segments).unwrap();
    assert!(segments.iter().any(|(op, _)| op != "="));
    let json = answer(dir.path(), &["diff", "reading-1", "reading-2", "--format", "json"], 0);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());

    // Files from anywhere, and two project folders.
    fs::write(dir.path().join("gammel.md"), current.replace("25 medlemmer", "27 medlemmer")).unwrap();
    let files = answer(dir.path(), &["diff", "gammel.md", "rules/current/styrelsesvedtaegt.md", "--format", "md"], 0);
    assert!(files.contains("{--27--}{++25++}"), "{files}");
    let other = small();
    let other_path = other.path().to_str().unwrap();
    assert!(answer(dir.path(), &["diff", other_path, "."], 0).contains("ingen forskel"));
    replace(other.path(), "rules/amendments/dialog.yaml", "to dialogmøder", "tre dialogmøder");
    assert!(answer(dir.path(), &["diff", other_path, ".", "--format", "md"], 0).contains("{--tre--}{++to++}"));

    let why = answer(dir.path(), &["explain", "§ 5, stk. 1, nr. 3"], 0);
    assert!(why.contains("rules/tasks.yaml") && why.contains("rules/changes/01-strand-og-by.yaml"), "{why}");
    assert!(why.contains("1.1"), "{why}");
    assert!(answer(dir.path(), &["explain", "--in", "current", "§ 5, stk. 1, nr. 3"], 1).contains("current"));
    assert!(answer(dir.path(), &["explain", "not-the-owner"], 0).contains("flytning"));
}

#[test]
fn exit_codes() {
    let dir = small();
    for (args, code) in [
        (vec!["check"], 0),
        (vec!["check", "--format", "github"], 0),
        (vec!["check", "--format", "json"], 0),
        (vec!["verify"], 2),
        (vec!["byg"], 2),
        (vec![], 2),
        (vec!["build", "--reading", "3"], 2),
        (vec!["owners", "--task", "ukendt"], 1),
        (vec!["owners", "--at", "i dag"], 2),
        (vec!["text", "reading-9"], 2),
        (vec!["diff", "current"], 2),
        (vec!["diff", "current", "findes-ikke.md"], 2),
        (vec!["explain", "§ 99"], 1),
        (vec!["explain", "nonsens"], 2),
        (vec!["--help"], 0),
        (vec!["--version"], 0),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vedtaegt"));
        ends(&command.args(&args).current_dir(dir.path()).output().unwrap(), code);
    }
    replace(dir.path(), "rules/readings.yaml", "2025-11-24", "2025-11-09");
    answer(dir.path(), &["check"], 0);
    answer(dir.path(), &["check", "--deny-warnings"], 1);
    replace(dir.path(), "rules/readings.yaml", "2025-11-09", "2025-11-04");
    for args in [vec!["check"], vec!["build"], vec!["text"], vec!["owners"], vec!["diff", "current", "reading-2"]] {
        answer(dir.path(), &args, 1);
    }
    assert!(!dir.path().join("output").exists());
    assert!(answer(&dir.path().join("rules"), &["check"], 2).contains("--project"));
}

#[test]
fn without_typst_nothing_is_written() {
    let dir = small();
    let mut build = command(dir.path(), &["build"]);
    let told = ends(&build.env("PATH", "").env_remove("TYPST").output().unwrap(), 2);
    assert!(told.contains("typst-missing") && told.contains("--no-pdf"), "{told}");
    assert!(!dir.path().join("output").exists());
    let mut build = command(dir.path(), &["build", "--no-pdf"]);
    ends(&build.env("PATH", "").env_remove("TYPST").output().unwrap(), 0);
    let manifest = fs::read_to_string(dir.path().join("output/reading-2/manifest.json")).unwrap();
    assert!(manifest.contains("\"pdf\": false"), "{manifest}");
}

#[cfg(unix)]
fn fake_typst(dir: &Path, name: &str, body: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = dir.join(name);
    let script =
        format!("#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst 0.15.9 (falsk)'; exit 0; fi\n{body}\n");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn a_typst_that_fails_writes_nothing() {
    let dir = small();
    let scripts = tempfile::tempdir().unwrap();
    for (name, body, words) in [
        ("fejl", "echo 'error: unknown font' >&2; exit 1", "unknown font"),
        ("advarer", "echo 'warning: missing glyph' >&2; exit 0", "missing glyph"),
        ("intet", "exit 0", "typst-failed"),
        ("doer", "kill -9 $$", "typst-failed"),
        ("larmer", "yes larm | head -c 3000000 >&2; exit 1", "larm"),
    ] {
        let script = fake_typst(scripts.path(), name, body);
        let told = ends(&command(dir.path(), &["build"]).env("TYPST", script).output().unwrap(), 2);
        assert!(told.contains(words) && told.contains("typst-failed"), "{name}: {told}");
        assert!(told.len() < 10_000, "{name}: {} bytes said", told.len());
        assert!(!dir.path().join("output").exists(), "{name}");
    }
    // What the fonts lack is the rules' matter: the character and where it is written are shown.
    let rules = dir.path().join("rules/bylaw.yaml");
    let text = fs::read_to_string(&rules).unwrap();
    fs::write(&rules, text + "# 中\n").unwrap();
    let body = "echo 'a.typ:1:0: error: PDF/A-2a error: the text `\"中\"` could not be displayed with font `\"X\"`' >&2; exit 1";
    let script = fake_typst(scripts.path(), "mangler", body);
    let told = ends(&command(dir.path(), &["build"]).env("TYPST", script).output().unwrap(), 1);
    assert!(told.contains("pdf-character") && told.contains("U+4E2D") && told.contains("rules/bylaw.yaml"), "{told}");
    assert!(!dir.path().join("output").exists());
    let wrong = scripts.path().join("gammel");
    fs::write(&wrong, "#!/bin/sh\necho 'typst 0.11.0'\n").unwrap();
    fs::set_permissions(&wrong, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let told = ends(&command(dir.path(), &["build"]).env("TYPST", wrong).output().unwrap(), 2);
    assert!(told.contains("0.11.0"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_typst_that_hangs_is_stopped() {
    let scripts = tempfile::tempdir().unwrap();
    let script = fake_typst(scripts.path(), "haenger", "exec sleep 600");
    let env = |name: &str| match name {
        "TYPST" => Some(script.clone().into_os_string()),
        "PATH" => std::env::var_os("PATH"),
        _ => None,
    };
    let typst = Typst::find(&env).unwrap().limit(Duration::from_millis(300));
    let started = std::time::Instant::now();
    let date = DocumentDate { year: 2025, month: 11, day: 3 };
    let made = typst.compile(&[("x.typ", "")], "x.typ", "{}", date);
    assert!(matches!(made, Err(PdfError::TimedOut { .. })), "{made:?}");
    assert!(started.elapsed() < Duration::from_secs(10));
}
