//! The papers of a small project: what people write survives every build, what they have not written is asked for, and
//! nothing they write is anything but words.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            assert!(fs::copy(entry.path(), target).is_ok())
        }
    }
}

fn project(case: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case), dir.path());
    dir
}

fn run(dir: &Path, arguments: &[&str], code: i32) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vedtaegt"));
    command.current_dir(dir).args(["--lang", "da"]).args(arguments);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn write(dir: &Path, path: &str, text: &str) {
    fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
    fs::write(dir.join(path), text).unwrap();
}

fn read(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn what_people_write_stands_in_the_papers_and_survives() {
    let dir = project("project/base");
    run(dir.path(), &["build", "--no-pdf"], 0);
    let before = read(dir.path(), "output/reading-1/indstilling.md");
    assert!(before.contains("\n\\[udfyldes af Økonomiforvaltningen\\]\n"), "{before}");
    // CRLF, a no-break space and a list that looks like a date, as they come from Notepad.
    let text = "Ingen **merudgifter**.\r\n\r\n- 1. januar\r\n- 2.\u{a0}januar\r\n";
    write(dir.path(), "rules/papers/indstilling/oekonomi.md", text);
    write(dir.path(), "rules/papers/strand-og-by/maalbillede.md", "Gladere *badegæster*.\n");
    write(dir.path(), "rules/papers/strand-og-by/fakta.md", "\n");
    for _ in 0..2 {
        run(dir.path(), &["build", "--no-pdf"], 0);
        for reading in ["reading-1", "reading-2"] {
            let paper = read(dir.path(), &format!("output/{reading}/indstilling.md"));
            assert!(paper.contains("## Økonomi\n\nIngen **merudgifter**.\n"), "{paper}");
        }
        let plan = read(dir.path(), "output/implementering/strand-og-by.md");
        assert!(plan.contains("Gladere *badegæster*.\n"), "{plan}");
        // An empty file is nothing written yet.
        assert!(plan.contains("igangværende sager\n\n\\[udfyldes af "), "{plan}");
        assert_eq!(read(dir.path(), "rules/papers/indstilling/oekonomi.md"), text);
    }
    run(dir.path(), &["build", "--no-pdf", "--check"], 0);
    run(dir.path(), &["verify"], 0);
    // A word of it changed: the set is stale.
    write(dir.path(), "rules/papers/indstilling/oekonomi.md", "Få merudgifter.\n");
    let stale = run(dir.path(), &["build", "--no-pdf", "--check"], 1);
    let stale = String::from_utf8(stale.stdout).unwrap();
    let papers: String =
        ["1", "2"].iter().map(|n| format!("reading-{n}/indstilling.docx\nreading-{n}/indstilling.md\n")).collect();
    assert_eq!(stale, papers);
}

#[test]
fn a_plan_goes_with_its_change() {
    let dir = project("project/base");
    run(dir.path(), &["build", "--no-pdf"], 0);
    assert!(dir.path().join("output/implementering/strand-og-by.md").exists());
    let rules = read(dir.path(), "rules/changes/01-strand-og-by.yaml");
    write(
        dir.path(),
        "rules/changes/01-strand-og-by.yaml",
        &rules
            .replacen("id: strand-og-by", "id: strand", 1)
            .replace("anchor: strand-og-by", "anchor: strand")
            .replace("date:strand-og-by", "date:strand"),
    );
    run(dir.path(), &["build", "--no-pdf"], 0);
    assert!(!dir.path().join("output/implementering/strand-og-by.md").exists());
    assert!(dir.path().join("output/implementering/strand.md").exists());
    // One reading alone leaves what belongs to the whole project as it is.
    let whole = read(dir.path(), "output/manifest.json");
    run(dir.path(), &["build", "--no-pdf", "--reading", "1"], 0);
    assert_eq!(whole, read(dir.path(), "output/manifest.json"));
    run(dir.path(), &["verify"], 0);
    fs::remove_file(dir.path().join("output/opfoelgning.ics")).unwrap();
    run(dir.path(), &["verify"], 1);
}

#[test]
fn other_documents_are_told_what_changes() {
    let dir = project("project/base");
    let documents = "documents:\n  - id: plan\n    title: Delegationsplan\n    kind: delegationsplan\n    owner: teknik\n    \
                     names:\n      - {committee: teknik, where: titlen}\n      - {task: legepladser, quotes: byens legepladser}\n      \
                     - {task: erhverv}\n  - id: uroert\n    title: Uberørt\n    kind: andet\n    owner: Byrådet\n    names: [{committee: social}]\n";
    write(dir.path(), "rules/documents.yaml", documents);
    run(dir.path(), &["build", "--no-pdf"], 0);
    let list = read(dir.path(), "output/opfoelgning.md");
    for line in [
        "- Titlen: »Teknik- og Miljøudvalget« ændres til »Klima- og Miljøudvalget« og »TMU« ændres til »KMU« den 1. januar 2026",
        "flyttes den 1. januar 2026: ",
        "(»byens legepladser«)",
        "flyttes frem mod 2028: ",
    ] {
        assert!(list.contains(line), "{line}: {list}");
    }
    assert!(!list.contains("Uberørt"), "{list}");
    let calendar = read(dir.path(), "output/opfoelgning.ics");
    assert!(calendar.contains("UID:plan-2026-01-01@"), "{calendar}");
}

#[test]
fn a_project_may_have_its_own_templates() {
    let dir = project("project/base");
    let template = "# {{ council }}: liste\n\n{% for o in dated %}\n- {{ o.subject | stor }} ({{ o.clauses | og }})\n{%- endfor %}\n\n\
                    | Hvad | Hvem | Hvornår | Pkt. |\n| --- | --- | --- | --- |\n{%- for o in dated %}\n| {{ o.subject }} | {{ o.by }} til {{ o.to }} \
                    | {{ o.due }} | {{ o.clauses | og }} |\n{%- endfor %}{% for o in undated %}\n| {{ o.subject }} | {{ o.by }} til {{ o.to }} | {{ o.due }} | \
                    {{ o.clauses | og }} |\n{%- endfor %}\n\n> Småt.\n\n![byens direktør](udfyldes:mere)\n";
    write(dir.path(), "templates/papers/opfoelgning.md.tera", template);
    run(dir.path(), &["build", "--no-pdf"], 0);
    let list = read(dir.path(), "output/opfoelgning.md");
    assert!(list.starts_with("# Byrådet: liste\n"), "{list}");
    assert!(list.contains("\\[udfyldes af byens direktør\\]"), "{list}");
}

#[test]
fn every_city_has_its_papers() {
    for city in ["city/lyngvig", "city/holmen"] {
        let dir = project(city);
        run(dir.path(), &["build", "--no-pdf"], 0);
        run(dir.path(), &["verify"], 0);
        let paper = read(dir.path(), "output/reading-2/indstilling.md");
        assert!(paper.contains("(2. behandling)"), "{paper}");
        assert!(!paper.contains("Københavns"), "{paper}");
    }
}
