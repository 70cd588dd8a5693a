//! Starts other programs with this one's input and output, and waits for them.

use std::io;
use std::process::{Command, ExitStatus};

use crate::command::Outcome;
use crate::workspace;

/// A program that could not be started.
#[derive(Debug, thiserror::Error)]
#[error("`{program}` cannot be started: {source}")]
pub struct ProcessError {
    program: String,
    source: io::Error,
}

/// The cargo that runs this program, to be called at the workspace's root.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::root());
    command
}

/// The rustup that has other versions of Rust, to be called at the workspace's root.
pub fn rustup() -> Command {
    let mut command = Command::new(std::env::var_os("RUSTUP").unwrap_or_else(|| "rustup".into()));
    command.current_dir(workspace::root());
    command
}

/// The judge with a subcommand that needs no client. It is a process rather than a library, so that nothing of it can keep
/// this program from being built.
pub fn judge(subcommand: &str) -> Command {
    package("contract-tests", subcommand)
}

/// The judge of this repository's client, with a subcommand. A client that does not compile keeps it from being built, but
/// neither this program, which repairs such a client, nor what needs no client.
pub fn judge_of_client(subcommand: &str) -> Command {
    package("contract-tests-own", subcommand)
}

fn package(package: &str, subcommand: &str) -> Command {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", package, "--", subcommand]);
    command
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Result<Outcome, ProcessError> {
    let status = command
        .status()
        .map_err(|source| ProcessError { program: command.get_program().to_string_lossy().into_owned(), source })?;
    Ok(outcome(status))
}

/// Statuses that this program's own table does not have, such as cargo's 101 or a signal's, count as failures.
fn outcome(status: ExitStatus) -> Outcome {
    match status.code() {
        Some(0) => Outcome::Fine,
        Some(2) => Outcome::WrongUsage,
        Some(4) => Outcome::Stale,
        _ => Outcome::Failed,
    }
}
