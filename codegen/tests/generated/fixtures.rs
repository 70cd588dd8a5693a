//! The documents that these tests run on.

use std::fs;
use std::path::{Path, PathBuf};

/// A document on disk.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Folder and file stem below the fixtures, such as `tricky/enums`.
    pub name: String,
    /// Its file's name.
    pub file: String,
    /// Its text.
    pub bytes: Vec<u8>,
}

/// The fixtures of a folder, sorted by name.
pub fn folder(name: &str) -> Vec<Fixture> {
    let directory = manifest_directory().join("tests/fixtures").join(name);
    let entries = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths.iter().map(|path| read(name, path)).collect()
}

/// A fixture of a folder.
pub fn of(folder: &str, stem: &str) -> Fixture {
    read(folder, &manifest_directory().join("tests/fixtures").join(folder).join(format!("{stem}.yaml")))
}

/// The repository's own document.
pub fn own() -> Fixture {
    read("openapi", &manifest_directory().join("../openapi/lineworks-partner.yaml"))
}

/// Every document from which sources are to come: of the promises, the tricky ones, and the repository's own.
pub fn all() -> Vec<Fixture> {
    let mut all: Vec<Fixture> = ["reading", "writing", "tricky"].into_iter().flat_map(folder).collect();
    all.push(own());
    all
}

fn manifest_directory() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(folder: &str, path: &Path) -> Fixture {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let file = path.file_name().unwrap().to_str().unwrap().to_owned();
    Fixture { name: format!("{folder}/{stem}"), file, bytes }
}
