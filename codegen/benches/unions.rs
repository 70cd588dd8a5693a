//! What reading unions costs: a generated client against what one would write by hand, in a crate that is made for it.
//!
//! `cargo bench --workspace --profile dev --bench unions`: the generator need not be fast for it, and the crate is optimised anyway.
//! Compiling what it stands on takes two minutes the first time.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark stops where what it measures does not work")]

#[path = "../tests/generated/cargo.rs"]
mod cargo;

use std::fs;
use std::path::Path;

use codegen::{Layout, generate};

/// What the crate gets beside what is generated.
const BENCH: &str = "\n[[bench]]\nname = \"compared\"\nharness = false\n";

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rooms");
    let write = |path: &str, contents: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    };
    let generated = generate("rooms.yaml", include_bytes!("unions/rooms.yaml"), Layout::Crate).unwrap();
    for file in generated.files {
        let added = if file.path == "Cargo.toml" { BENCH } else { "" };
        write(&file.path, &(file.contents + added));
    }
    write("benches/compared.rs", include_str!("unions/compared.rs"));
    write("benches/turns/mod.rs", include_str!("turns/mod.rs"));
    write("Cargo.lock", include_str!("../../Cargo.lock"));
    let status = cargo::cargo(&folder, "bench").args(["--no-default-features", "--bench", "compared"]).status();
    assert!(status.unwrap().success(), "the benchmark failed");
}
