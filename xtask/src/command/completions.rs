//! `completions`: what a shell completes, from the same description of the arguments as `--help`.

use clap_complete::Shell;

use super::{Failure, Outcome};

/// Write shell completions to standard output.
///
/// A shell completes by the name of a program, and cargo's own completion has `cargo`. So this is for the alias `xtask`:
///
/// alias xtask='cargo xtask'; source <(cargo xtask completions bash)
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Runs the command.
pub fn run(arguments: &Arguments, mut command: clap::Command) -> Result<Outcome, Failure> {
    clap_complete::generate(arguments.shell, &mut command, "xtask", &mut std::io::stdout());
    Ok(Outcome::Fine)
}
