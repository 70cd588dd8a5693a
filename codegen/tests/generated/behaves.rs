//! What is generated does what it says, not only compiles: a client of a document that is not ours, over a socket.

use std::fs;
use std::path::Path;

use codegen::{Layout, generate};

use crate::builds::{manifest_of_a_member, write};
use crate::cargo::cargo;
use crate::{fixtures, grown};

/// What is asked of the client of each document, a file each.
const CLIENTS: [(&str, &[&str]); 9] = [
    ("checks", &["checks.rs"]),
    ("examples", &["examples.rs"]),
    // What was written for the one document is tried with the next version of it too.
    ("growing", &["user.rs"]),
    ("grown", &["user.rs"]),
    // What the ledger claims, the client shows.
    ("honoured", &["honoured.rs"]),
    // The typed mock server meets what the client of the same crate sends, and nothing else.
    ("mocked", &["mocked.rs"]),
    ("oauth", &["oauth.rs"]),
    ("pages", &["pages.rs"]),
    ("pets", &["bodies.rs", "calls.rs", "corners.rs", "forms.rs", "hostile.rs", "numbers.rs", "spent.rs"]),
];

#[test]
fn a_generated_client_sends_and_reads_what_its_document_says() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("behaviour");
    for (name, tests) in CLIENTS {
        let document = match name {
            "grown" => grown::after().to_string().into_bytes(),
            name => fixtures::of("behaviour", name).bytes,
        };
        let generated = generate(&format!("{name}.yaml"), &document, Layout::Crate);
        let generated = generated.unwrap_or_else(|found| panic!("{found:#?}"));
        for file in &generated.files {
            let contents = match file.path.as_str() {
                "Cargo.toml" => {
                    manifest_of_a_member(&file.contents, &format!("{name}-client")) + SOCKETS + named(tests)
                }
                _ => file.contents.clone(),
            };
            write(&workspace.join(name).join(&file.path), &contents);
        }
        for test in tests {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/behaviour").join(test);
            write(&workspace.join(name).join("tests").join(test), &fs::read_to_string(path).unwrap());
        }
    }
    let server = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/behaviour/server.rs"));
    write(&workspace.join("pets/tests/server/mod.rs"), &server.unwrap());
    let members: Vec<String> = CLIENTS.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let members = members.join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    write(&workspace.join("Cargo.toml"), &manifest);
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock")).unwrap();
    write(&workspace.join("Cargo.lock"), &lock);

    // One set of features, so that the examples stand on what was compiled for the tests.
    let test = |what: &[&str]| {
        let mut cargo = cargo(&workspace, "test");
        cargo.args(["--workspace", "--no-default-features", "--features", FEATURES]).args(what).output().unwrap()
    };
    let output = test(&["--test", "*"]);
    let shown = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    // The examples of the operations' pages compile, whatever the calls take.
    let examples = test(&["--doc"]);
    let examples = [examples.stdout, examples.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    let documented = examples.matches("test result: ok. ").count();
    assert!(documented == CLIENTS.len() && !examples.contains("result: ok. 0 passed"), "{examples}");
    let tests: usize = CLIENTS.iter().map(|(_, tests)| tests.len()).sum();
    assert!(output.status.success() && shown.matches("test result: ok. ").count() == tests, "{shown}");
}

/// What the clients are compiled with.
const FEATURES: &str =
    "checks-client/schemars,honoured-client/schemars,growing-client/mock,grown-client/mock,mocked-client/mock";

/// The name of a library that several clients have, where they share their tests.
fn named(tests: &[&str]) -> &'static str {
    if tests == ["user.rs"] { "\n[lib]\nname = \"api\"\n" } else { "" }
}

/// What the tests of the generated client need beside the client.
const SOCKETS: &str = "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"io-util\", \"macros\", \"net\", \"rt\"] }\nschemars = { version = \"1\", default-features = false }\n";
