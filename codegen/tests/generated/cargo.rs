//! Cargo for the crates that tests lay out, those of other packages' tests too.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Cargo in a folder, with nothing written that only a debugger or a second build would read.
///
/// What the crates stand on is compiled once for all of them, so none of these calls has flags for the compiler of its own.
pub fn cargo(folder: &Path, command: &str) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--quiet", "--offline"]).current_dir(folder).env("CARGO_TARGET_DIR", target());
    cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0").env_remove("RUSTFLAGS");
    cargo
}

/// Where it compiles.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("target")
}
