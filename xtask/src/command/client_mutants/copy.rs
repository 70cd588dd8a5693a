//! A copy of the client, and the judge of it, in a workspace of their own: the checkout is never changed.
//!
//! The client is there twice. One is built, with faults in it. The other is what the judge reads as the client's documentation,
//! and differs from the checkout only by the faults that readers alone can see: nobody notices a fault by comparing sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::splice::splice;
use super::{ClientMutantsError, Numbered, manifests};
use crate::workspace::{self, shown};

/// The variable that chooses a fault by its number.
pub const VARIABLE: &str = "CLIENT_FAULT";

/// The package of the judge. Its program shares a folder with those of the repository, and needs a name of its own.
pub const JUDGE: &str = "judge-of-client-mutants";

/// A program of no tests. Cargo builds what tests stand on otherwise where a build has none.
pub const NOTHING: &str = "nothing";

/// The copy below a folder.
#[derive(Debug)]
pub struct Copy {
    /// The workspace.
    pub folder: PathBuf,
}

impl Copy {
    /// Writes the copy, without a fault.
    pub fn write(folder: PathBuf) -> Result<Self, ClientMutantsError> {
        let (root, client) = (workspace::root(), workspace::client());
        let copy = Self { folder };
        for place in ["read", "built", "judge"] {
            let place = copy.folder.join(place);
            if place.exists() {
                fs::remove_dir_all(&place).map_err(failed(&place))?;
            }
        }
        copy_folder(&client.join("src"), &copy.folder.join("read/src"))?;
        copy_folder(&client.join("src"), &copy.folder.join("built/src"))?;
        copy_folder(&client.join("tests/client"), &copy.folder.join("built/tests/client"))?;
        let workspace = manifests::workspace(&root.join("Cargo.toml"), &root)?;
        copy.put("Cargo.toml", &workspace)?;
        let locked = root.join("Cargo.lock");
        fs::copy(&locked, copy.folder.join("Cargo.lock")).map_err(failed(&locked))?;
        // The crate's documentation, and what its tests hold the interface against.
        for file in ["README.md", "API.txt"] {
            copy.put(&format!("built/{file}"), &read(&client.join(file))?)?;
        }
        copy.put("built/Cargo.toml", &manifests::client(&client.join("Cargo.toml"))?)?;
        copy.put(&format!("built/tests/{NOTHING}.rs"), "//! A program that Cargo needs the packages of tests for.\n")?;
        let own = root.join("contract-tests/own/src");
        for file in ["bindings.rs", "deviations.rs"] {
            copy.put(&format!("judge/src/{file}"), &read(&own.join(file))?)?;
        }
        copy.put("judge/src/main.rs", MAIN)?;
        copy.put("judge/Cargo.toml", &manifests::judge())?;
        let library = copy.folder.join("built/src/lib.rs");
        let library = read(&library)? + "\nmod faults;\n";
        copy.put("built/src/lib.rs", &library)?;
        copy.put("built/src/faults.rs", &switch())?;
        Ok(copy)
    }

    /// Puts faults into the sources that are built, and takes out those that were there before.
    pub fn put_built(&self, faults: &[Numbered]) -> Result<(), ClientMutantsError> {
        self.put_faults("built", faults)
    }

    /// Puts faults into the sources that are read, and takes out those that were there before.
    pub fn put_read(&self, faults: &[Numbered]) -> Result<(), ClientMutantsError> {
        self.put_faults("read", faults)
    }

    fn put_faults(&self, place: &str, faults: &[Numbered]) -> Result<(), ClientMutantsError> {
        let mut by_file: BTreeMap<&str, Vec<Numbered>> = BTreeMap::new();
        for one in faults {
            by_file.entry(one.fault.file).or_default().push(*one);
        }
        for file in rust_files(&workspace::client().join("src"))? {
            // The copy of this one has a module more.
            if file == Path::new("lib.rs") {
                continue;
            }
            let name = file.display().to_string().replace('\\', "/");
            let original = read(&workspace::client().join("src").join(&file))?;
            let text = match by_file.remove(name.as_str()) {
                Some(faults) => splice(&original, &faults)?,
                None => original,
            };
            self.put(&format!("{place}/src/{name}"), &text)?;
        }
        match by_file.into_iter().next() {
            Some((file, _)) => Err(ClientMutantsError::Absent(file.to_owned())),
            None => Ok(()),
        }
    }

    /// Writes a file, unless it is there as it should be: what has not changed is not built again.
    fn put(&self, path: &str, contents: &str) -> Result<(), ClientMutantsError> {
        let path = self.folder.join(path);
        if fs::read(&path).is_ok_and(|found| found == contents.as_bytes()) {
            return Ok(());
        }
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed(&path))?;
        fs::write(&path, contents).map_err(failed(&path))
    }
}

const MAIN: &str = r#"
//! The judge of the client with faults.

mod bindings;
mod deviations;

use contract_tests::client::Subject;

static SUBJECT: Subject = Subject {
    deviations: deviations::DEVIATIONS,
    // Not those that are built: what readers are told is a fault of its own.
    sources: concat!(env!("CARGO_MANIFEST_DIR"), "/../read/src/generated"),
    ..bindings::SUBJECT
};

fn main() -> std::process::ExitCode {
    contract_tests::command::main(&[&SUBJECT])
}
"#;

/// The module that the faults ask.
fn switch() -> String {
    format!(
        "//! Which fault is switched on.\n\nuse std::sync::OnceLock;\n\nstatic ACTIVE: OnceLock<u32> = OnceLock::new();\n\n\
         pub(crate) fn is(number: u32) -> bool {{\n    \
         *ACTIVE.get_or_init(|| std::env::var({VARIABLE:?}).ok().and_then(|text| text.parse().ok()).unwrap_or(0)) == number\n}}\n"
    )
}

/// The Rust files below a folder, from there.
pub fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, ClientMutantsError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let name = PathBuf::from(path.file_name().unwrap_or_default());
        if path.is_dir() {
            found.extend(rust_files(&path)?.into_iter().map(|file| name.join(file)));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), ClientMutantsError> {
    for file in rust_files(from)? {
        let (from, to) = (from.join(&file), to.join(&file));
        to.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed(&to))?;
        fs::copy(&from, &to).map_err(failed(&from))?;
    }
    Ok(())
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, ClientMutantsError> {
    fs::read_to_string(path).map_err(failed(path))
}

/// What went wrong with a file.
pub fn failed(path: &Path) -> impl FnOnce(io::Error) -> ClientMutantsError {
    let path = shown(path);
    move |source| ClientMutantsError::File { path, source }
}
