//! What is generated does what it says, not only compiles: a client of a document that is not ours, over a socket.

use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::{Layout, generate};

use crate::builds::{manifest_of_a_member, write};
use crate::fixtures;

/// What is asked of the generated client, a file each.
const TESTS: [&str; 5] = ["calls.rs", "forms.rs", "hostile.rs", "numbers.rs", "spent.rs"];

#[test]
fn a_generated_client_sends_and_reads_what_its_document_says() {
    let fixture = fixtures::folder("behaviour").remove(0);
    let generated = generate(&fixture.file, &fixture.bytes, Layout::Crate).unwrap_or_else(|found| panic!("{found:#?}"));
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("behaviour");
    for file in &generated.files {
        let contents = match file.path.as_str() {
            "Cargo.toml" => manifest_of_a_member(&file.contents, "pets-client") + SOCKETS,
            _ => file.contents.clone(),
        };
        write(&workspace.join("pets").join(&file.path), &contents);
    }
    for name in TESTS {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/behaviour").join(name);
        write(&workspace.join("pets/tests").join(name), &fs::read_to_string(tests).unwrap());
    }
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"pets\"]\n\n[profile.dev]\ndebug = false\n";
    write(&workspace.join("Cargo.toml"), manifest);
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock")).unwrap();
    write(&workspace.join("Cargo.lock"), &lock);

    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--no-default-features", "--test", "*"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("behaviour-target"))
        .output()
        .unwrap();
    let shown = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success() && shown.matches("test result: ok. ").count() == TESTS.len(), "{shown}");
}

/// What the tests of the generated client need beside the client.
const SOCKETS: &str =
    "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"io-util\", \"macros\", \"net\", \"rt\"] }\n";
