//! What the rules are about: the packages with their declared dependencies, and the files with their texts.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A workspace, as far as the rules look at it.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub packages: Vec<Package>,
    /// Rust sources with their text, other files with none, by their paths from the workspace's root.
    pub files: Vec<File>,
}

#[derive(Debug, Clone)]
pub struct Package {
    pub name: String,
    /// Dependencies of every kind and for every target.
    pub dependencies: Vec<String>,
    pub has_build_script: bool,
}

#[derive(Debug, Clone)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl Facts {
    pub fn of_this_workspace() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["metadata", "--offline", "--no-deps", "--format-version", "1"])
            .current_dir(root)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
        let packages = list(&metadata["packages"]).map(package).collect();

        let mut files = Vec::new();
        for directory in ["codegen", "contract-tests", "generated-client", "xtask"] {
            collect(root, &root.join(directory), &mut files);
        }
        Self { packages, files }
    }

    /// Whether a package declares a dependency.
    pub fn depends(&self, from: &str, to: &str) -> bool {
        self.package(from).is_some_and(|package| package.dependencies.iter().any(|name| name == to))
    }

    pub fn package(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name == name)
    }
}

fn package(value: &Value) -> Package {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Package {
        name: text(&value["name"]),
        dependencies: list(&value["dependencies"]).map(|dependency| text(&dependency["name"])).collect(),
        has_build_script: list(&value["targets"])
            .any(|target| list(&target["kind"]).any(|kind| kind == "custom-build")),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("cargo metadata gives a list here").iter()
}

fn collect(root: &Path, directory: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // `target` is what building a single package from its own directory can leave.
            if path.file_name().is_some_and(|name| name != "target") {
                collect(root, &path, files);
            }
            continue;
        }
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        let text = if is_source { std::fs::read_to_string(&path).unwrap() } else { String::new() };
        let path = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        files.push(File { path, text });
    }
}
