//! A whole life: put to the council, locked, amended, adopted, changed again; and killed at any moment of it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

type Contents = BTreeMap<PathBuf, Vec<u8>>;

fn base() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/project/base"), dir.path());
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

/// Reads every file of a project that is not an aid of the program itself.
fn contents(folder: &Path) -> Contents {
    fn walk(root: &Path, folder: &Path, out: &mut Contents) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                walk(root, &path, out);
            } else {
                out.insert(path.strip_prefix(root).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    let mut out = Contents::new();
    walk(folder, folder, &mut out);
    out
}

fn below(all: &Contents, folder: &str) -> Contents {
    all.iter().filter(|(path, _)| path.starts_with(folder)).map(|(p, b)| (p.clone(), b.clone())).collect()
}

fn command(project: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vedtaegt"));
    command.args(args).args(["--lang", "da"]).current_dir(project);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

#[track_caller]
fn answer(project: &Path, args: &[&str], code: i32) -> String {
    let output = command(project, args).output().unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Returns what a command prints, without what it says.
#[track_caller]
fn printed(project: &Path, args: &[&str]) -> String {
    let output = command(project, args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn replace(project: &Path, file: &str, old: &str, new: &str) {
    let path = project.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{file} has no {old}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

fn read(project: &Path, file: &str) -> String {
    fs::read_to_string(project.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

const CHANGE: &str = "rules/changes/01-strand-og-by.yaml";
const DAYS: [&str; 5] = ["2025-12-31", "2026-01-01", "2026-07-31", "2026-08-01", "2030-01-01"];

/// Writes an amendment and lists it at the second reading.
fn amendment(project: &Path, id: &str, decision: &str, body: &str) {
    let text = format!(
        "id: {id}\ntitle: Om {id}\nbasis: [\"1.3\"]\neffect: 2026-01-01\nmover: Liste C\ndecision: {decision}\n{body}\n"
    );
    fs::write(project.join(format!("rules/amendments/{id}.yaml")), text).unwrap();
    replace(project, "rules/readings.yaml", "amendments: [", &format!("amendments: [{id}, "));
}

/// Writes the next change of the bylaw, after one was adopted.
fn next_change(project: &Path) {
    fs::create_dir_all(project.join("rules/changes")).unwrap();
    let change = "id: naeste\ntitle: Flere medlemmer af udvalgene\nbasis: [\"1.3\"]\neffect: 2027-01-01\nprovisions:\n  \
                  - amend: {id: medlemmer/dialog, text: Byrådet holder hvert år ti dialogmøder med borgerne.}\n";
    fs::write(project.join("rules/changes/01-naeste.yaml"), change).unwrap();
    let readings = "readings:\n  - {number: 1, date: 2026-09-01}\n  - {number: 2, date: 2026-09-22}\n";
    fs::write(project.join("rules/readings.yaml"), readings).unwrap();
}

#[test]
fn a_whole_life() {
    let dir = base();
    let project = dir.path();
    // Nothing is locked before its documents are fresh.
    answer(project, &["lock", "1"], 1);
    answer(project, &["build", "--no-pdf"], 0);
    answer(project, &["lock", "1"], 0);
    assert!(answer(project, &["lock", "1"], 1).contains("already-locked"));
    let locked = below(&contents(project), "output/reading-1");
    assert!(locked.len() > 5);
    answer(project, &["build", "--no-pdf", "--check"], 0);

    // A rule drifts: it is named, nothing is built, and the stale plan can be shown.
    let (old, new) = ("holder åbne møder", "holder lukkede møder");
    replace(project, CHANGE, old, new);
    let check = answer(project, &["check"], 1);
    assert!(check.contains("lock-drift") && check.contains(CHANGE) && check.contains(new), "{check}");
    answer(project, &["build", "--no-pdf"], 1);
    assert!(printed(project, &["text", "reading-1"]).contains(old));
    assert!(printed(project, &["diff", "reading-1", "reading-1-rules"]).contains("[-åbne-]{+lukkede+}"));
    replace(project, CHANGE, new, old);
    // A remark is no drift.
    let text = read(project, CHANGE);
    fs::write(project.join(CHANGE), format!("# En bemærkning\n{text}")).unwrap();
    answer(project, &["check"], 0);
    fs::write(project.join(CHANGE), text).unwrap();

    // The same change as an amendment: the second reading has it, the first is what it was.
    let words =
        format!("provisions:\n  - amend: {{id: medlemmer/antal, text: Byrådet består af 25 medlemmer og {new}.}}");
    amendment(project, "lukkede", "vedtaget", &words);
    amendment(
        project,
        "faerre",
        "forkastet",
        "alternatives: [lukkede]\nprovisions:\n  - amend: {id: medlemmer/antal, text: Byrådet består af 9 medlemmer.}",
    );
    answer(project, &["build", "--no-pdf"], 0);
    let all = contents(project);
    assert!(below(&all, "output/reading-1") == locked, "the first reading was made anew");
    let second = read(project, "output/reading-2/styrelsesvedtaegt.md");
    assert!(second.contains(new) && !second.contains("består af 9 medlemmer"));
    let layers = read(project, "output/reading-2/redline-fra-1-behandling.md");
    assert!(layers.contains("lukkede") && layers.contains("åbne"), "{layers}");
    let paper = read(project, "output/reading-2/aendringsforslag.md");
    for words in [
        "Om lukkede",
        "Om faerre",
        "Stillet af Liste C",
        "Til § 1, nr. 1 (§ 1, stk. 1)",
        "Til § 1, nr. 2 (§ 1, stk. 2)",
        "I det under § 1, nr. 2, foreslåede *§ 1, stk. 2,* ændres",
        "Alternativ til",
        "Forkastet",
        "Vedtaget",
        "mest vidtgående",
    ] {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    answer(project, &["verify"], 0);

    // One byte under rules/locks: which lock, which file.
    let kept = project.join("rules/locks/reading-1/output/redline.md");
    let bytes = fs::read(&kept).unwrap();
    let mut damaged = bytes.clone();
    damaged[20] ^= 1;
    fs::write(&kept, damaged).unwrap();
    for args in [&["verify"][..], &["check"], &["build", "--no-pdf"]] {
        let said = answer(project, args, 1);
        assert!(said.contains("reading-1") && said.contains("rules/locks/reading-1/output/redline.md"), "{said}");
    }
    fs::write(&kept, bytes).unwrap();
    // A published file that is not the locked one.
    replace(project, "output/reading-1/styrelsesvedtaegt.md", "Byrådet", "Rådet");
    assert!(answer(project, &["verify"], 1).contains("den er ikke, som den blev låst"));
    answer(project, &["build", "--no-pdf"], 0);

    // Adopted: the text of the second reading is in force, and every day's text is what it was.
    let before: Vec<String> = DAYS.iter().map(|day| printed(project, &["text", day])).collect();
    answer(project, &["adopt"], 0);
    let edition = "rules/adopted/2025-11-24";
    assert_eq!(read(project, "rules/current/styrelsesvedtaegt.md"), second);
    assert!(read(project, &format!("{edition}/before.md")) != second);
    assert!(below(&contents(project), &format!("{edition}/reading-1")).len() > locked.len());
    let editions = read(project, "rules/editions.yaml");
    for words in [
        "adopted: 2025-11-24",
        "{section: 1, effect: 2026-01-01}",
        "{section: 2, effect: {latest: 2026-08-01}}",
        "{effect: {towards: 2028}}",
    ] {
        assert!(editions.contains(words), "{editions}");
    }
    let after: Vec<String> = DAYS.iter().map(|day| printed(project, &["text", day])).collect();
    assert_eq!(before, after);
    assert!(answer(project, &["check"], 0).contains("notify-and-publish"));
    replace(
        project,
        "rules/editions.yaml",
        "    in_force:",
        "    notified: 2025-12-01\n    published: 2025-12-01\n    in_force:",
    );
    assert!(!answer(project, &["check"], 0).contains("notify-and-publish"));

    // What waits can be decided in one line; the adopted text stays what it is.
    let waiting = format!("{edition}/changes/01-strand-og-by.yaml");
    replace(project, &waiting, "effect: {latest: 2026-08-01}", "effect: {latest: 2026-08-01, decided: 2026-05-01}");
    answer(project, &["check"], 0);
    assert_eq!(printed(project, &["text", "current"]), second);
    let may = printed(project, &["diff", "2026-04-30", "2026-05-01"]);
    assert!(may.contains("vejledning af unge"), "{may}");
    assert!(printed(project, &["text", "2026-03-01"]).contains("indtil den 1. maj 2026"));
    replace(project, &waiting, "effect: {towards: 2028}", "effect: {towards: 2028, decided: 2028-04-01}");
    assert!(printed(project, &["diff", "2028-03-31", "2028-04-01"]).contains("erhvervsforhold"));
    replace(project, &waiting, ", decided: 2028-04-01}", "}");
    replace(project, &waiting, ", decided: 2026-05-01}", "}");

    // The next change starts from there, and shows nothing of the one before.
    next_change(project);
    answer(project, &["build", "--no-pdf"], 0);
    answer(project, &["verify"], 0);
    let redline = printed(project, &["diff", "current", "reading-2"]);
    let told = redline.lines().filter(|l| l.starts_with("§ ") || l.starts_with("  ~ "));
    assert_eq!(told.count(), 2, "{redline}");
    assert!(redline.contains("{+ti+}"), "{redline}");
    let page = read(project, "output/reading-1/redline.html").replace('\u{a0}', " ");
    assert!(page.contains("senest ændret den 24. november 2025") && !page.contains("Strand og by"));
    answer(project, &["lock", "1"], 0);
    answer(project, &["lock", "2"], 0);
    answer(project, &["build", "--no-pdf", "--check"], 0);
    answer(project, &["adopt"], 0);
    assert!(read(project, "rules/editions.yaml").contains("2026-09-22"));
    assert!(printed(project, &["text", "2026-12-31"]).contains("to dialogmøder"));
    assert!(printed(project, &["text", "2027-01-01"]).contains("ti dialogmøder"));
    answer(project, &["check"], 0);
    answer(project, &["build", "--no-pdf", "--check"], 0);
    answer(project, &["adopt"], 1);
}

#[test]
fn what_holds_from_the_adoption_follows_the_reading() {
    let dir = base();
    let project = dir.path();
    let change = "id: valg\ntitle: Valgene\nbasis: [\"1.3\"]\neffect: {reading: 2}\nprovisions:\n  - insert: {last_in: ikraft, \
                  subsection: {id: valg, text: \"Valgene foretages fra {date:valg} efter vedtægten som ændret.\"}}\n";
    fs::write(project.join("rules/changes/02-valg.yaml"), change).unwrap();
    answer(project, &["build", "--no-pdf"], 0);
    let instrument = read(project, "output/reading-1/forslag.md");
    for words in [
        "foretages følgende ændring:\n\n1. I § 10 indsættes som stk. 2:",
        "som senest ændret den 14. juni 2022 og ved dette forslags § 1, foretages følgende ændringer:",
        "Stk. 1. § 1 træder i kraft den 24. november 2025.",
    ] {
        assert!(instrument.contains(words), "{words}: {instrument}");
    }
    // Transitional provisions stand from the day of the § they are added to.
    assert!(!printed(project, &["text", "2025-11-24"]).contains("§ 11."));
    assert!(printed(project, &["text", "2026-01-01"]).contains("vejledning af unge indtil"));
    // What most of the change does is the rule, what comes earlier the exception.
    let line = "Ændringerne træder i kraft den 1. januar 2026, enkelte dog den 24. november 2025";
    assert!(read(project, "output/reading-1/indstilling.md").contains(line));

    // The second reading is held on another day than was planned: nothing that was locked has drifted.
    answer(project, &["lock", "1"], 0);
    replace(project, "rules/readings.yaml", "date: 2025-11-24", "date: 2025-12-01");
    answer(project, &["build", "--no-pdf"], 0);
    answer(project, &["verify"], 0);
    assert!(!printed(project, &["text", "2025-11-30"]).contains("Valgene foretages"));
    assert!(printed(project, &["text", "2025-12-01"]).contains("Valgene foretages fra den 1. december 2025"));
    answer(project, &["adopt"], 0);
    assert!(read(project, "rules/editions.yaml").contains("{section: 1, effect: 2025-12-01}"));
    answer(project, &["check"], 0);
    assert!(printed(project, &["text", "2025-12-01"]).contains("Valgene foretages fra den 1. december 2025"));
    assert!(!printed(project, &["text", "2025-11-30"]).contains("Valgene foretages"));
}

#[test]
fn a_mistake_in_what_was_locked() {
    let dir = base();
    let project = dir.path();
    answer(project, &["build", "--no-pdf"], 0);
    answer(project, &["lock", "1"], 0);
    replace(project, CHANGE, "holder åbne møder", "holder offentlige møder");
    assert!(answer(project, &["lock", "1", "--replace"], 2).contains("--reason"));
    answer(project, &["lock", "1", "--replace", "--reason", "»åbne« skulle være »offentlige«"], 0);
    answer(project, &["check"], 0);
    answer(project, &["verify"], 0);
    answer(project, &["build", "--no-pdf", "--check"], 0);
    assert!(read(project, "output/reading-1/styrelsesvedtaegt.md").contains("offentlige"));
    let log = read(project, "rules/locks/log.yaml");
    let lines: Vec<&str> = log.lines().filter(|l| l.starts_with("- ")).collect();
    let [first, second] = lines.as_slice() else { panic!("{log}") };
    let hash = |line: &str, key: &str| line.split(key).nth(1).map(|t| t.split(',').next().unwrap().trim().to_string());
    assert_eq!(hash(first, "now:"), hash(second, "was:"), "{log}");
    assert!(second.contains("»åbne« skulle være »offentlige«"), "{log}");
    // A lock that the log does not know was put there by somebody else.
    fs::write(project.join("rules/locks/log.yaml"), log.replace(lines[1], "")).unwrap();
    assert!(answer(project, &["check"], 1).contains("log.yaml"));
}

/// Returns numbers below a bound, always the same.
fn moments(count: u64, bound: Duration) -> impl Iterator<Item = Duration> {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    (0..count).map(move |_| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        bound.mul_f64((seed % 1000) as f64 / 1000.0)
    })
}

/// Kills a command at moments of its run; whoever comes next finds the project before or after it, never between.
fn killed(project: &Path, args: &[&str], count: u64) {
    let before = contents(project);
    let whole = tempfile::tempdir().unwrap();
    copy(project, whole.path());
    let start = Instant::now();
    answer(whole.path(), args, 0);
    let bound = start.elapsed();
    let after = contents(whole.path());
    assert!(before != after, "{args:?} does nothing");
    for moment in moments(count, bound) {
        let scratch = tempfile::tempdir().unwrap();
        copy(project, scratch.path());
        let mut child = command(scratch.path(), args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(moment);
        let _ = child.kill();
        child.wait().unwrap();
        // Any command finishes or undoes what was begun.
        let check = command(scratch.path(), &["check"]).output().unwrap();
        assert_eq!(check.status.code(), Some(0), "{args:?} at {moment:?}: {}", said(&check));
        let now = contents(scratch.path());
        assert!(now == before || now == after, "{args:?} at {moment:?} left the project between");
        let left: Vec<_> = fs::read_dir(scratch.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().contains("-step")), "{left:?}");
    }
}

/// Walks through a life and kills each step of it.
fn life_killed(count: u64) {
    let dir = base();
    let project = dir.path();
    let step = |args: &[&str]| {
        killed(project, args, count);
        answer(project, args, 0);
    };
    step(&["build", "--no-pdf"]);
    step(&["lock", "1"]);
    replace(project, CHANGE, "holder åbne møder", "holder offentlige møder");
    // The rules have drifted until the step is taken, so `check` finds that; it is tried without being killed.
    answer(project, &["lock", "1", "--replace", "--reason", "en fejl"], 0);
    amendment(
        project,
        "faerre",
        "forkastet",
        "provisions:\n  - amend: {id: medlemmer/antal, text: Byrådet består af 9 medlemmer.}",
    );
    step(&["build", "--no-pdf"]);
    step(&["adopt"]);
    next_change(project);
    step(&["build", "--no-pdf"]);
}

#[test]
fn killed_at_a_dozen_moments() {
    life_killed(3);
}

#[test]
#[ignore = "runs some hundred commands"]
fn killed_at_two_hundred_moments() {
    life_killed(40);
}

#[test]
fn a_step_is_finished_from_wherever_it_stopped() {
    let dir = base();
    let project = dir.path();
    answer(project, &["check"], 0);
    let before = contents(project);
    // Only written: undone.
    let tmp = project.join(".project.vedtaegt-tmp/puts/rules");
    fs::create_dir_all(&tmp).unwrap();
    fs::write(tmp.join("note.md"), "x").unwrap();
    answer(project, &["check"], 0);
    assert!(contents(project) == before && !project.join(".project.vedtaegt-tmp").exists());
    // Declared: finished, also when half of it is done and files to remove are gone already.
    let step = project.join(".project.vedtaegt-step");
    fs::create_dir_all(step.join("puts/rules/noter")).unwrap();
    fs::write(step.join("puts/rules/noter/a.md"), "a").unwrap();
    fs::write(step.join("removes"), "rules/noter/b.md\nrules/borte.md").unwrap();
    fs::create_dir_all(project.join("rules/noter")).unwrap();
    fs::write(project.join("rules/noter/b.md"), "b").unwrap();
    answer(project, &["check"], 0);
    assert_eq!(read(project, "rules/noter/a.md"), "a");
    assert!(!project.join("rules/noter/b.md").exists() && !step.exists());
    // What a stranger left there leads nowhere else.
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x"), "x").unwrap();
    fs::create_dir_all(&step).unwrap();
    fs::write(step.join("removes"), format!("../{}/x", outside.path().file_name().unwrap().to_string_lossy())).unwrap();
    answer(project, &["check"], 2);
    assert!(outside.path().join("x").exists());
}
