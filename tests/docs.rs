//! The pages that say what the program does are what the program does: the command reference, README's example, links.
//! `UPDATE=1 cargo test --test docs` writes them anew; never under `CI=true`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}")).replace("\r\n", "\n")
}

/// Compares a page with what it should say, or writes it.
fn expect(path: &str, wanted: &str) {
    let update = std::env::var_os("UPDATE").is_some_and(|v| v == "1");
    let ci = std::env::var_os("CI").is_some_and(|v| v == "true");
    let file = root().join(path);
    let found = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    if found == wanted {
        return;
    }
    if update && !ci {
        fs::write(file, wanted).unwrap();
        return;
    }
    let line = found.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count() + 1;
    let (a, b) = (found.lines().nth(line - 1), wanted.lines().nth(line - 1));
    panic!("{path}:{line} says {a:?}, the program {b:?}; `UPDATE=1 cargo test --test docs` rewrites it");
}

/// Runs the program and returns what it says on stdout.
fn vedtaegt(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_vedtaegt"))
        .args(args)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    assert!(output.status.code().is_some_and(|c| c < 2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n").replace("vedtaegt.exe", "vedtaegt")
}

/// Returns the names of the commands.
fn commands() -> Vec<String> {
    let command = vedtaegt::cli::command();
    command.get_subcommands().filter(|c| !c.is_hide_set()).map(|c| c.get_name().to_string()).collect()
}

#[test]
fn the_command_reference_is_what_the_program_says() {
    let mut page = String::from(
        "# The commands\n\n\
         What `vedtaegt --help` and the help of each command say. The page is made by the program: change the texts in\n\
         `src/cli/`, then run `UPDATE=1 cargo test --test docs`.\n\n\
         stdout is data, stderr is talk. Exit code 0: fine, warnings too; 1: findings; 2: the command could not run.\n",
    );
    let mut section = |title: &str, args: &[&str]| {
        let help = vedtaegt(&root(), args);
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        page += &format!("\n## {title}\n\n```text\n{}\n```\n", help.join("\n").trim());
    };
    section("vedtaegt", &["--help"]);
    for name in commands() {
        section(&format!("vedtaegt {name}"), &[&name, "--help"]);
    }
    expect("docs/commands.md", &page);
}

/// Copies a folder; a path that is no folder is left out.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Finds the fenced block after `<!-- example: name -->`: where its lines begin and end.
fn block(page: &str, name: &str) -> (usize, usize) {
    let mark = format!("<!-- example: {name} -->");
    let at = page.find(&mark).unwrap_or_else(|| panic!("README.md has no {mark}"));
    let fence = at + page[at..].find("```").unwrap();
    let start = fence + page[fence..].find('\n').unwrap() + 1;
    (start, start + page[start..].find("```").unwrap())
}

#[test]
fn the_example_in_the_readme_is_what_happens() {
    let mut page = read("README.md");
    let project = tempfile::tempdir().unwrap();
    for folder in ["rules", "templates", "output"] {
        copy(&root().join(folder), &project.path().join(folder));
    }

    let (start, end) = block(&page, "edit");
    let edit = page[start..end].to_string();
    let file = edit.lines().find_map(|l| l.strip_prefix("--- ")).expect("the edit names its file");
    let file = project.path().join(file);
    let side = |other: char| -> String {
        let lines = edit.lines().filter(|l| !l.starts_with("---") && !l.starts_with("+++") && !l.starts_with(other));
        lines.map(|l| format!("{}\n", l.get(1..).unwrap_or_default())).collect()
    };
    let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    assert_eq!(text.matches(&side('+')).count(), 1, "the edit fits one place");
    fs::write(&file, text.replace(&side('+'), &side('-'))).unwrap();

    for name in ["stale", "diff", "owners"] {
        let (start, end) = block(&page, name);
        let asked = page[start..end].lines().next().unwrap().to_string();
        let before = root().to_string_lossy().into_owned();
        let args: Vec<String> = asked
            .strip_prefix("$ vedtaegt ")
            .unwrap_or_else(|| panic!("{asked}"))
            .split(' ')
            .map(|a| if a == "../before" { before.clone() } else { a.to_string() })
            .collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let said = vedtaegt(project.path(), &args);
        page.replace_range(start..end, &format!("{asked}\n{}\n", said.trim_end()));
    }
    expect("README.md", &page);
}

/// Returns the pages of the repository.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> =
        ["README.md", "CHANGELOG.md", "benches/README.md"].into_iter().map(str::to_string).collect();
    for folder in ["docs", "docs/decisions"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") {
                pages.push(format!("{folder}/{name}"));
            }
        }
    }
    pages.sort();
    pages
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = read(&page);
        let folder = root().join(&page).parent().unwrap().to_path_buf();
        // What stands between backticks shows how a link is written and is none.
        let text: String = text.split('`').step_by(2).collect();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap_or_default();
            let path = target.split('#').next().unwrap_or_default();
            if !target.contains("://") && !path.is_empty() && !folder.join(path).exists() {
                wrong.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_readme_names_every_command_and_page() {
    let readme = read("README.md");
    for name in commands() {
        assert!(readme.contains(&format!("| `vedtaegt {name}")), "README.md has no row for {name}");
    }
    for page in pages().iter().filter(|p| p.starts_with("docs/") && !p.starts_with("docs/decisions/")) {
        assert!(readme.contains(&format!("({page})")), "README.md does not link {page}");
    }
    let decisions = read("docs/decisions/README.md");
    for page in pages().iter().filter_map(|p| p.strip_prefix("docs/decisions/")).filter(|p| *p != "README.md") {
        assert!(decisions.contains(&format!("({page})")), "docs/decisions/README.md does not list {page}");
    }
}

/// The two commands in README are what CI runs, with the Typst that made the published documents.
#[test]
fn one_typst_everywhere() {
    let manifest = read("output/reading-1/manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let version = manifest["typst"].as_str().and_then(|t| t.strip_prefix("typst ")).expect("PDFs are published");
    let readme = read("README.md");
    let commands: Vec<&str> = readme.lines().filter(|l| l.starts_with("cargo ")).take(2).collect();
    let set_up = format!("cargo install --locked typst-cli@{version} && cargo run --release -- build");
    assert_eq!(commands, [set_up.as_str(), "cargo test"]);
    let ci = read(".ci/run");
    assert!(ci.contains(&format!("\ntypst_version={version}\n")) && ci.contains("\nrun cargo test\n"));
    for workflow in fs::read_dir(root().join(".github/workflows")).unwrap() {
        let text = fs::read_to_string(workflow.unwrap().path()).unwrap();
        for other in text.split("typst-cli@").skip(1) {
            assert!(other.starts_with(version), "a workflow installs another Typst: {}", &other[..10]);
        }
    }
}
