//! The typed mock server of a generated crate meets what the client of the same crate sends, and nothing else.
//!
//! Nothing short of calls shows this, so a crate is built and its calls are made; the calls stand beside the document.

use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::{Layout, generate};

use crate::builds::write;
use crate::fixtures;

#[test]
fn a_generated_mock_meets_the_generated_client_s_calls() {
    let fixture = fixtures::folder("mocks").pop().expect("a document of calls");
    let generated =
        generate(&fixture.file, &fixture.bytes, Layout::Crate).unwrap_or_else(|faults| panic!("{faults:?}"));
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mocked-crate");
    for file in &generated.files {
        let contents = match file.path.as_str() {
            "Cargo.toml" => {
                let tokio = "[dev-dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n\n[profile.dev]\ndebug = false\n";
                format!("{}\n{tokio}", file.contents)
            }
            _ => file.contents.clone(),
        };
        write(&directory.join(&file.path), &contents);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let calls = fs::read_to_string(folder.join("tests/fixtures/mocks/calls.rs")).unwrap();
    write(&directory.join("tests/calls.rs"), &calls);
    // The versions of this repository, so that nothing is fetched.
    write(&directory.join("Cargo.lock"), &fs::read_to_string(folder.join("../Cargo.lock")).unwrap());

    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--no-default-features", "--features", "mock", "--test", "calls"])
        .current_dir(&directory)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("behaviour-target"))
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}\n{}", text(&output.stdout), text(&output.stderr));
}
