//! Starts other programs with this one's input and output, and waits for them.

mod child;
mod progress;

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::command::Outcome;
use crate::workspace;

/// Why there is no status of a program.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// It could not be started.
    #[error("`{program}` cannot be started: {source}")]
    Start {
        /// The program.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// This program was told to end.
    #[error("interrupted")]
    Interrupted,
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

/// `--bin` rather than `--package`: Cargo then unifies features over the whole workspace, as for the tests and for this
/// program, and builds each dependency once for all of them.
fn package(package: &str, subcommand: &str) -> Command {
    let mut command = cargo();
    // Where the caller stands, so that paths are what the caller has written.
    command.current_dir(".").args(["run", "--bin", package, "--manifest-path"]);
    command.arg(workspace::root().join("Cargo.toml")).args(["--", subcommand]);
    command
}

/// Runs a command to its end; of cargo's progress, a log gets a line now and then.
pub fn run(command: &mut Command) -> Result<Outcome, ProcessError> {
    if progress::is_watched() {
        return ended(command, |_| {}).map(outcome);
    }
    let mut thinning = None;
    let status = ended(command.stderr(Stdio::piped()), |child| {
        let heard = child.stderr.take();
        thinning = heard.map(|heard| thread::spawn(move || progress::thin_out(heard, io::stderr())));
    })?;
    // All that was said is shown before anything else is, unless the process was killed: others may hold its end open.
    if let Some(thinning) = thinning.filter(|_| status.code().is_some()) {
        let _ = thinning.join();
    }
    Ok(outcome(status))
}

/// Runs a command to its end, and says whether it succeeded; nobody sees what it says.
pub fn succeeds(command: &mut Command) -> bool {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    ended(command, |_| {}).is_ok_and(|status| status.success())
}

/// Runs a command to its end; `started` gets the process before anything is waited for.
pub fn ended(command: &mut Command, started: impl FnOnce(&mut Child)) -> Result<ExitStatus, ProcessError> {
    child::run(command, None, started).map_err(failed(command))
}

/// Runs a command to its end, or kills it where that takes longer than the limit: then there is no status.
pub fn ended_within(command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>, ProcessError> {
    let start = Instant::now();
    let status = child::run(command, Some(limit), |_| {}).map_err(failed(command))?;
    Ok(Some(status).filter(|status| status.code().is_some() || start.elapsed() <= limit))
}

fn failed(command: &Command) -> impl Fn(io::Error) -> ProcessError {
    let program = command.get_program().to_string_lossy().into_owned();
    move |source| match source.kind() {
        io::ErrorKind::Interrupted => ProcessError::Interrupted,
        _ => ProcessError::Start { program: program.clone(), source },
    }
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
