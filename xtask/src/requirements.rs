//! What the manifest of a crate lacks for the code that is generated into it: said before the compiler does.

use std::path::Path;

use codegen::Requirements;
use serde_json::Value;

use crate::process;

/// What is missing, each with the line that mends it; nothing where Cargo cannot read the manifest, which it says itself.
pub fn missing(directory: &Path, wanted: &Requirements) -> Vec<String> {
    let Some(package) = package(directory) else { return Vec::new() };
    let empty = Vec::new();
    let dependencies = package["dependencies"].as_array().unwrap_or(&empty);
    let mut missing = Vec::new();
    for dependency in &wanted.dependencies {
        let found = dependencies.iter().find(|found| found["kind"].is_null() && found["name"] == dependency.name);
        let Some(found) = found else {
            missing.push(format!("under [dependencies], add `{dependency}`"));
            continue;
        };
        let has =
            |feature: &&&str| found["features"].as_array().is_some_and(|all| all.iter().any(|one| one == **feature));
        let lacks: Vec<String> =
            dependency.features.iter().filter(|feature| !has(feature)).map(|one| format!("\"{one}\"")).collect();
        if !lacks.is_empty() {
            let name = dependency.name;
            missing.push(format!("under [dependencies], add {} to the features of `{name}`", lacks.join(", ")));
        }
    }
    for (name, switches_on) in wanted.features.iter().filter(|(name, _)| package["features"].get(name).is_none()) {
        missing.push(format!("under [features], add `{name} = [\"{switches_on}\"]`"));
    }
    let version = Value::from(wanted.document_version.as_str());
    if package["metadata"]["openapi"]["version"] != version {
        missing.push(format!("under [package.metadata.openapi], write `version = {version}`"));
    }
    missing
}

/// What Cargo reads in a manifest, what it takes from its workspace included.
fn package(directory: &Path) -> Option<Value> {
    let manifest = directory.join("Cargo.toml").canonicalize().ok()?;
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"]).arg(&manifest);
    let output = cargo.output().ok().filter(|output| output.status.success())?;
    let mut metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata["packages"].as_array_mut()?;
    packages.drain(..).find(|package| package["manifest_path"].as_str().map(Path::new) == Some(manifest.as_path()))
}
