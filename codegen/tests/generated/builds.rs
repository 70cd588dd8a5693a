//! What is generated is Rust that compiles, without a warning, for every document of these tests.
//!
//! The crates are checked as one workspace, so that what they all stand on is compiled once. They are laid out anew each
//! time, but a crate whose text is the same keeps its files, so that Cargo finds it fresh. Measured on two cores: about a
//! minute from nothing, some seconds when what has changed is the crates themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use codegen::{Layout, SourceFile, generate};

use crate::cargo::cargo;
use crate::fixtures::{self, Fixture};

#[test]
fn every_generated_crate_compiles_with_warnings_denied() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated-crates");
    let mut members = BTreeSet::new();
    for fixture in fixtures::all() {
        let Ok(generated) = generate(&fixture.file, &fixture.bytes, Layout::Crate) else { continue };
        let member = fixture.name.replace('/', "-");
        for file in &generated.files {
            write(&workspace.join(&member).join(&file.path), &contents(file, &fixture, &member));
        }
        members.insert(member);
    }
    forget_others(&workspace, &members);
    let listed: Vec<String> = members.iter().map(|member| format!("\"{member}\"")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", listed.join(", "));
    write(&workspace.join("Cargo.toml"), &manifest);
    // The versions of this repository, so that nothing is fetched.
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock")).unwrap();
    write(&workspace.join("Cargo.lock"), &lock);

    let output = cargo(&workspace, "check")
        .args(["--workspace", "--keep-going", "--message-format", "short"])
        .args(["--no-default-features", "--features", "mock,schemars"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A file as a member of the workspace has it.
fn contents(file: &SourceFile, fixture: &Fixture, member: &str) -> String {
    if file.path != "Cargo.toml" {
        return file.contents.clone();
    }
    assert!(file.contents.ends_with("\n[workspace]\n"), "{} is no workspace", fixture.name);
    manifest_of_a_member(&file.contents, member) + "\n[lints.rust]\nwarnings = \"deny\"\n"
}

/// A generated crate's manifest under a name of its own, and no workspace itself.
pub fn manifest_of_a_member(manifest: &str, member: &str) -> String {
    let (head, name) = manifest.split_once("name = \"").expect("a manifest names its package");
    let (_, rest) = name.split_once('"').expect("a name ends");
    format!("{head}name = \"{member}\"{}", rest.trim_end_matches("\n[workspace]\n"))
}

/// Writes a file unless it is the same already, which Cargo would take for a change.
pub fn write(path: &Path, contents: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == contents) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, contents).unwrap();
}

/// Removes the crates of fixtures that are gone.
fn forget_others(workspace: &Path, members: &BTreeSet<String>) {
    for entry in fs::read_dir(workspace).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !members.contains(&name) {
            fs::remove_dir_all(entry.path()).unwrap();
        }
    }
}
