//! The documents of both readings, made of the project's own rules, without PDFs.

use std::sync::OnceLock;

use vedtaegt::check::{self, Checked};
use vedtaegt::diag::Findings;
use vedtaegt::document::print::markdown;
use vedtaegt::model::{Model, Version};
use vedtaegt::output::{self, Pdf};
use vedtaegt::proof::Files;
use vedtaegt::rules::{CURRENT, load};
use vedtaegt::world::{Disk, ReadError, World};

/// A set of documents and the text in force they are proved against.
#[derive(Clone)]
pub struct Sample {
    pub files: Files,
    pub current: String,
}

/// The project on disk; while it has no text in force, the compiled one stands in.
struct Project {
    disk: Disk,
    current: Option<String>,
}

impl World for Project {
    fn read(&self, path: &str, max: u64) -> Result<Vec<u8>, ReadError> {
        match (&self.current, path) {
            (Some(current), CURRENT) => Ok(current.clone().into_bytes()),
            _ => self.disk.read(path, max),
        }
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        self.disk.list(folder)
    }
}

fn checked(world: &Project) -> Checked {
    let mut findings = Findings::default();
    let (_, rules) = load(world, &mut findings);
    let model = Model::new(rules.expect("the project's rules can be read"), &mut findings);
    check::check(model, &mut findings).expect("the project's templates can be used")
}

/// Makes the set once.
pub fn sample() -> Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(make).clone()
}

fn make() -> Sample {
    let disk = Disk::open(env!("CARGO_MANIFEST_DIR")).expect("the project is there");
    let mut world = Project { disk, current: None };
    let in_force = checked(&world);
    let current = markdown(&in_force.version(Version::in_force()).expect("the text in force compiles").bylaw);
    world.current = Some(current.clone());
    let checked = checked(&world);
    let mut findings = Findings::default();
    let files = output::build(&checked, &[1, 2], &Pdf::Without, &mut |_| (), &mut findings);
    match files {
        Ok(files) => Sample { files, current },
        Err(error) => panic!("{error:?}: {:#?}", findings.sorted()),
    }
}
