//! The arrows that must never exist between the crates of this workspace, and proofs that this test would see them.
//!
//! What each is for stands in ARCHITECTURE.md. The facts come from `cargo metadata` and from the parsed source, so
//! that neither a comment nor a string can trip the test or fool it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

mod architecture {
    mod bites;
    pub mod facts;
    mod paths;
    pub mod rules;
}

use architecture::facts::Facts;
use architecture::rules::violations;

#[test]
fn no_forbidden_arrow_exists() {
    let facts = Facts::of_this_workspace();
    assert_eq!(violations(&facts), []);
}

#[test]
fn the_facts_are_those_of_the_whole_workspace() {
    let facts = Facts::of_this_workspace();
    for package in ["codegen", "lineworks-partner-client", "contract-tests", "contract-tests-own", "xtask"] {
        assert!(facts.packages.iter().any(|found| found.name == package), "{package} is missing");
    }
    for file in
        ["codegen/src/lib.rs", "generated-client/src/lib.rs", "xtask/src/main.rs", "xtask/tests/architecture.rs"]
    {
        assert!(facts.files.iter().any(|found| found.path == file), "{file} is missing");
    }
    assert!(facts.depends("xtask", "codegen"), "the one arrow that has to be there is not seen");
}
