//! One document's client and the bindings that tie it to the judge, written into a folder of their own.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use codegen::diagnostic::Diagnostic;
use codegen::{Bindings, Input, Layout, MODULE, Package, SourceFile};

use super::super::super::tell_of_waiting;
use crate::files::{self, FilesError, Output};
use crate::source::Source;
use crate::workspace;

/// The version of a crate that was just generated, in its manifest.
const VERSION: &str = "version = \"0.1.0\"";

/// A client that was generated, and where it stands.
#[derive(Debug)]
pub struct Client {
    /// The document.
    pub source: Arc<Source>,
    /// A name that is a Rust identifier, and no other document's of this run.
    pub name: String,
    /// The folder, which holds a package `client` and a package `bindings`.
    pub folder: PathBuf,
    /// How many lines of Rust were written.
    pub lines: usize,
    /// A number that differs where anything does that was generated.
    pub digest: u64,
}

impl Client {
    /// The package of the client, whatever the document's title makes of its name: two documents may have one title.
    pub fn package(&self) -> String {
        package(&self.name)
    }

    /// The package of its bindings.
    pub fn bindings(&self) -> String {
        format!("bindings_of_{}", self.name)
    }
}

fn package(name: &str) -> String {
    format!("client_of_{name}")
}

/// What a document generates.
pub struct Generated {
    files: Vec<SourceFile>,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the versions of all packages in a folder end in. They share one target folder, where Cargo takes packages of one name,
/// version and place in their workspace for the same, and what was built in another folder for up to date.
fn metadata(folder: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()).hash(&mut hasher);
    format!("+{:016x}", hasher.finish())
}

/// Generates client and bindings for a folder; what is wrong with the document, where that is in the way.
pub fn generate(source: &Source, name: &str, folder: &Path) -> Result<Generated, Vec<Diagnostic>> {
    let package = package(name);
    let sources = format!("../client/{}", MODULE.trim_end_matches('/'));
    let bindings = Some(Bindings { client: &package, sources: &sources });
    let named = Package { name: Some(&package), ..Package::default() };
    let generated = Input { package: named, bindings, ..source.input() }.generate(Layout::Crate)?;

    let metadata = metadata(folder);
    let mut files = generated.files;
    for file in &mut files {
        if file.path == "Cargo.toml" {
            file.contents =
                file.contents.replacen(VERSION, &format!("{}{metadata}\"", VERSION.trim_end_matches('"')), 1);
        }
        file.path.insert_str(0, "client/");
    }
    let contract_tests = workspace::root().join("contract-tests");
    let manifest = format!(
        "[package]\nname = \"bindings_of_{name}\"\nversion = \"0.0.0{metadata}\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\ncontract-tests = {{ path = {contract_tests:?} }}\n\
         {package} = {{ path = \"../client\", features = [\"mock\", \"schemars\"] }}\n"
    );
    files.push(SourceFile { path: "bindings/Cargo.toml".to_owned(), contents: manifest });
    files.push(SourceFile { path: "bindings/src/lib.rs".to_owned(), contents: generated.bindings.unwrap_or_default() });
    Ok(Generated { files, diagnostics: generated.diagnostics })
}

impl Generated {
    /// Writes all of it below a folder. What has not changed is left alone, so that it is not built again.
    pub fn write(self, source: Arc<Source>, name: String, folder: PathBuf) -> Result<Client, FilesError> {
        put(&folder, &self.files)?;
        let mut hasher = DefaultHasher::new();
        source.bytes.hash(&mut hasher);
        for part in source.parts() {
            (part.path, part.bytes).hash(&mut hasher);
        }
        for file in &self.files {
            (&file.path, &file.contents).hash(&mut hasher);
        }
        let rust = self.files.iter().filter(|file| file.path.ends_with(".rs"));
        let lines = rust.map(|file| file.contents.lines().count()).sum();
        Ok(Client { source, name, folder, lines, digest: hasher.finish() })
    }
}

/// Writes files below a folder, and nothing over anybody else's.
pub fn put(folder: &Path, written: &[SourceFile]) -> Result<(), FilesError> {
    let output = Output::new(folder, "manifest.txt");
    files::recover(folder, tell_of_waiting)?;
    let lock = output.lock(tell_of_waiting)?;
    let differences = output.compare(written, false)?;
    output.write(&lock, written, &differences)
}

/// A Rust identifier for a document, by its file's name, that none of the others has.
pub fn name_for(file: &str, taken: &[String]) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut name = String::new();
    for letter in stem.chars().map(|letter| letter.to_ascii_lowercase()) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_').to_owned();
    let name = if name.is_empty() { "document".to_owned() } else { name };
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{generate, name_for};
    use crate::{source, workspace};

    #[test]
    fn no_two_folders_have_packages_that_cargo_takes_for_the_same() {
        let source = source::read(Some(&workspace::document())).unwrap();
        let manifests = |folder: &str| {
            let Ok(generated) = generate(&source, "a", Path::new(folder)) else { panic!("our document is sound") };
            let files = generated.files.into_iter().filter(|file| file.path.ends_with("Cargo.toml"));
            files
                .map(|file| file.contents.lines().find(|line| line.starts_with("version")).unwrap().to_owned())
                .collect::<BTreeSet<_>>()
        };
        let (one, other) = (manifests("one/a"), manifests("other/a"));
        assert_eq!((one.len(), other.len()), (2, 2));
        assert!(one.is_disjoint(&other), "{one:?} {other:?}");
        assert_eq!(one, manifests("one/a"));
    }

    #[test]
    fn names_are_identifiers_and_differ() {
        let mut taken = Vec::new();
        for (file, name) in [
            ("a b.yaml", "a_b"),
            ("A__b.json", "a_b_2"),
            ("a-b.yml", "a_b_3"),
            ("会社.yaml", "document"),
            ("3.0.yaml", "3_0"),
            ("-", "document_2"),
        ] {
            assert_eq!(name_for(file, &taken), name, "{file}");
            taken.push(name.to_owned());
        }
    }
}
