//! The manifests of the copy, made of those of the repository.

use std::path::Path;

use toml::{Table, Value, toml};

use super::ClientMutantsError;
use super::copy::{JUDGE, read};
use crate::workspace::{self, shown};

/// Why a manifest of the copy cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It cannot be read.
    #[error("{path}: {source}")]
    Syntax {
        /// The path.
        path: String,
        /// What the parser says.
        source: Box<toml::de::Error>,
    },
    /// It has no such table.
    #[error("{path} has no table `{table}`, of which the copy's manifest is made")]
    Missing {
        /// The path.
        path: String,
        /// The table's keys, with full stops between them.
        table: String,
    },
}

/// The folder of the client in the copy, and that of the judge.
const MEMBERS: [&str; 2] = ["built", "judge"];

/// The workspace's manifest: its members are the copy's, and of the packages of the repository only the client's is exchanged.
pub fn workspace(path: &Path, root: &Path) -> Result<String, ClientMutantsError> {
    let mut manifest = Manifest::read(path)?;
    let workspace = manifest.table(&["workspace"])?;
    workspace.remove("exclude");
    workspace.insert("members".into(), Value::from(MEMBERS.to_vec()));
    for (_, dependency) in manifest.table(&["workspace", "dependencies"])?.iter_mut() {
        if let Some(Value::String(place)) = dependency.get_mut("path") {
            *place = root.join(&*place).display().to_string().replace('\\', "/");
        }
    }
    let package = workspace::CLIENT_CRATE.replace('_', "-");
    manifest.table(&["workspace", "dependencies", &package])?.insert("path".into(), MEMBERS[0].into());
    // Nobody debugs these.
    let packages = [package.as_str(), JUDGE].map(|name| (name.to_owned(), Value::Table(toml! { debug = false })));
    let dev = manifest.table(&["profile", "dev"])?;
    if let Value::Table(all) = dev.entry("package").or_insert_with(|| Value::Table(Table::new())) {
        all.extend(packages);
    }
    Ok(manifest.root.to_string())
}

/// The client's manifest, without what is not copied, and without the unit tests, which no fault is left to.
pub fn client(path: &Path) -> Result<String, ClientMutantsError> {
    let mut manifest = Manifest::read(path)?;
    manifest.root.remove("bench");
    manifest.root.remove("example");
    let library = manifest.root.entry("lib").or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(library) = library {
        library.insert("test".into(), false.into());
    }
    Ok(manifest.root.to_string())
}

/// The manifest of the judge.
pub fn judge() -> String {
    let mut manifest = toml! {
        [package]
        version = "0.0.0"
        edition.workspace = true
        publish = false

        [dependencies]
        contract-tests.workspace = true
    };
    if let Some(Value::Table(package)) = manifest.get_mut("package") {
        package.insert("name".into(), JUDGE.into());
    }
    if let Some(Value::Table(dependencies)) = manifest.get_mut("dependencies") {
        let client = toml! { workspace = true
        features = ["mock", "schemars"] };
        dependencies.insert(workspace::CLIENT_CRATE.replace('_', "-"), Value::Table(client));
    }
    manifest.to_string()
}

/// A manifest that is being changed.
struct Manifest {
    path: String,
    root: Table,
}

impl Manifest {
    fn read(path: &Path) -> Result<Self, ClientMutantsError> {
        let text = read(path)?;
        let path = shown(path);
        match text.parse() {
            Ok(root) => Ok(Self { path, root }),
            Err(source) => Err(ManifestError::Syntax { path, source: Box::new(source) }.into()),
        }
    }

    /// The table at these keys.
    fn table(&mut self, keys: &[&str]) -> Result<&mut Table, ManifestError> {
        let mut table = &mut self.root;
        for key in keys {
            table = match table.get_mut(*key) {
                Some(Value::Table(inner)) => inner,
                _ => return Err(ManifestError::Missing { path: self.path.clone(), table: keys.join(".") }),
            };
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_has_the_dependencies_of_the_repository_and_members_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Cargo.toml");
        std::fs::write(
            &path,
            "[workspace]\nmembers = ['a', \"b\"]\nexclude = ['target']\n[workspace.dependencies]\n\
             lineworks-partner-client.path = 'somewhere'\ncontract-tests = { path = \"contract-tests\" }\nserde = '1'\n\
             [profile.dev]\ndebug = 1\n[profile.dev.package]\nserde.opt-level = 1\n",
        )
        .unwrap();
        let made: Table = workspace(&path, Path::new("/root")).unwrap().parse().unwrap();
        let expected = toml! {
            [workspace]
            members = ["built", "judge"]
            [workspace.dependencies]
            lineworks-partner-client = { path = "built" }
            contract-tests = { path = "/root/contract-tests" }
            serde = "1"
            [profile.dev]
            debug = 1
            package.serde.opt-level = 1
            package.lineworks-partner-client.debug = false
            package.judge-of-client-mutants.debug = false
        };
        assert_eq!(made, expected);
    }

    #[test]
    fn a_manifest_without_the_client_is_an_error_that_names_the_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Cargo.toml");
        std::fs::write(&path, "[workspace]\n[workspace.dependencies]\n[profile.dev]\n").unwrap();
        let error = workspace(&path, folder.path()).unwrap_err().to_string();
        assert!(error.contains("`workspace.dependencies.lineworks-partner-client`"), "{error}");
    }
}
