//! What the owner of a crate has to change in its manifest: for the code that is generated into it, before the compiler says so, and
//! for options that only a new manifest heeds.

use std::path::Path;

use codegen::{Package, Requirements};
use serde_json::Value;

use crate::process;

/// What is to be changed, each with the line that does it.
pub fn missing(directory: &Path, wanted: &Requirements, chosen: &Package<'_>) -> Vec<String> {
    match package(directory) {
        Ok(Some(package)) => [lacking(&package, wanted), differing(&package, chosen)].concat(),
        Ok(None) => Vec::new(),
        Err(reason) => vec![format!("Cargo cannot read it: {reason}")],
    }
}

/// What an option asks for and the manifest says otherwise, which it cannot where it was just written.
fn differing(package: &Value, chosen: &Package<'_>) -> Vec<String> {
    let stated = [("name", chosen.name), ("license", chosen.license)].into_iter().filter_map(|(key, value)| {
        let value = Value::from(value?);
        (package[key] != value).then(|| format!("under [package], write `{key} = {value}`, as `--{key}` asks"))
    });
    // Cargo lists the registries that may take a package, and lists none where no list limits them.
    let refuses = chosen.publish && package["publish"].as_array().is_some_and(Vec::is_empty);
    let publish = refuses.then(|| "under [package], remove `publish = false`, as `--publish` asks".to_owned());
    stated.chain(publish).collect()
}

/// What a package lacks, as Cargo's metadata describes it.
fn lacking(package: &Value, wanted: &Requirements) -> Vec<String> {
    let empty = Vec::new();
    let dependencies = package["dependencies"].as_array().unwrap_or(&empty);
    let mut missing = Vec::new();
    for dependency in &wanted.dependencies {
        let found = dependencies.iter().find(|found| found["kind"].is_null() && found["name"] == dependency.name);
        let Some(found) = found else {
            missing.push(format!("under [dependencies], add `{dependency}`"));
            continue;
        };
        let (name, version) = (dependency.name, dependency.version);
        if let Some(other) = found["req"].as_str().filter(|other| !is_compatible(other, version)) {
            let other = other.trim_start_matches('^');
            missing.push(format!("under [dependencies], `{name}` is {other}: write `{dependency}`"));
            continue;
        }
        let has =
            |feature: &&&str| found["features"].as_array().is_some_and(|all| all.iter().any(|one| one == **feature));
        let lacks: Vec<String> =
            dependency.features.iter().filter(|feature| !has(feature)).map(|one| format!("\"{one}\"")).collect();
        if !lacks.is_empty() {
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

/// Whether a requirement of one version may be met by what another one asks for. One that is more than a version is for Cargo to
/// judge.
fn is_compatible(requirement: &str, version: &str) -> bool {
    let stated = requirement.trim_start_matches(['^', '=', '~']);
    let is_plain = stated.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    // What SemVer lets nobody change: the numbers up to the first that is not zero.
    fn held(version: &str) -> impl Iterator<Item = &str> {
        let zeros = version.split('.').take_while(|part| *part == "0").count();
        version.split('.').take(zeros + 1)
    }
    !is_plain || held(stated).zip(held(version)).all(|(one, other)| one == other)
}

/// What Cargo reads in a manifest, what it takes from its workspace included; nothing where there is no manifest, or no Cargo to ask.
fn package(directory: &Path) -> Result<Option<Value>, String> {
    let unreadable = |error: std::io::Error| error.to_string();
    let manifest = match directory.join("Cargo.toml").canonicalize() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        found => found.map_err(unreadable)?,
    };
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"]).arg(&manifest);
    let Ok(output) = cargo.output() else { return Ok(None) };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        // Cargo tells the cause of an error below it.
        let lines = said.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "Caused by:");
        return Err(lines.skip(1).collect::<Vec<_>>().join("; "));
    }
    let mut metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array_mut().map(std::mem::take).unwrap_or_default();
    let own = |package: &Value| package["manifest_path"].as_str().map(Path::new) == Some(manifest.as_path());
    packages.into_iter().find(own).map(Some).ok_or_else(|| "it has no package of its own".to_owned())
}

#[cfg(test)]
mod tests {
    use codegen::{Input, Layout};
    use serde_json::json;

    use super::*;

    const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: A, version: '7'}\npaths: {}\n";

    fn wanted() -> Requirements {
        let generated = Input::new("a.yaml", DOCUMENT.as_bytes()).generate(Layout::Crate);
        generated.unwrap_or_else(|found| panic!("{found:?}")).requirements
    }

    /// Metadata of a package that lacks nothing.
    fn package(wanted: &Requirements) -> Value {
        let dependencies = wanted.dependencies.iter().map(|one| {
            json!({ "name": one.name, "kind": null, "req": format!("^{}", one.version), "features": one.features })
        });
        let features = wanted.features.iter().map(|(name, on)| ((*name).to_owned(), json!([on])));
        json!({
            "dependencies": dependencies.collect::<Vec<_>>(),
            "features": features.collect::<serde_json::Map<_, _>>(),
            "metadata": { "openapi": { "version": "7" } },
        })
    }

    #[test]
    fn whatever_the_manifest_lacks_is_said_with_its_line() {
        let wanted = wanted();
        assert_eq!(lacking(&package(&wanted), &wanted), Vec::<String>::new());
        for dependency in &wanted.dependencies {
            let mut without = package(&wanted);
            let all = without["dependencies"].as_array_mut().expect("they are a list");
            all.retain(|one| one["name"] != dependency.name);
            assert_eq!(lacking(&without, &wanted), [format!("under [dependencies], add `{dependency}`")]);
        }
        let mut poor = package(&wanted);
        let found = poor["dependencies"].as_array_mut().expect("they are a list").iter_mut();
        for dependency in found.filter(|one| one["name"] == "reqwest") {
            dependency["features"] = json!(["json"]);
        }
        poor["features"].as_object_mut().expect("they are an object").remove("mock");
        poor["metadata"] = Value::Null;
        let said = lacking(&poor, &wanted);
        assert!(said.len() == 3 && said[0].contains("\"stream\"") && said[1].contains("`mock = "), "{said:?}");
        let mut old = package(&wanted);
        for dependency in old["dependencies"].as_array_mut().expect("they are a list") {
            dependency["req"] = json!("^0.0.1");
        }
        assert_eq!(lacking(&old, &wanted).len(), wanted.dependencies.len());
    }

    #[test]
    fn an_option_that_comes_too_late_is_said_with_its_line() {
        let chosen = Package { name: Some("pets"), license: Some("MIT"), publish: true };
        let package = json!({ "name": "pets", "license": "MIT", "publish": null });
        assert_eq!(differing(&package, &chosen), Vec::<String>::new());
        let other = json!({ "name": "cats", "license": null, "publish": [] });
        assert_eq!(
            differing(&other, &chosen),
            [
                "under [package], write `name = \"pets\"`, as `--name` asks",
                "under [package], write `license = \"MIT\"`, as `--license` asks",
                "under [package], remove `publish = false`, as `--publish` asks",
            ]
        );
        assert_eq!(differing(&other, &Package::default()), Vec::<String>::new());
        assert_eq!(
            differing(&json!({ "publish": ["mine"] }), &Package { publish: true, ..Package::default() }),
            [""; 0]
        );
    }

    #[test]
    fn versions_are_compatible_as_semver_has_it() {
        for (requirement, version) in
            [("^1", "1"), ("^1.9.2", "1"), ("^0.13.5", "0.13"), ("=1.2.3", "1"), (">=1, <3", "2"), ("*", "1")]
        {
            assert!(is_compatible(requirement, version), "{requirement} {version}");
        }
        for (requirement, version) in
            [("^2", "1"), ("^0.12", "0.13"), ("^0.12.9", "0.13"), ("~1.2", "2"), ("^1", "0.9")]
        {
            assert!(!is_compatible(requirement, version), "{requirement} {version}");
        }
    }
}
