//! The commands of this repository: `cargo xtask --help` lists them.
//!
//! This crate is thin on purpose. It parses arguments, calls codegen, writes files whole and starts processes; what
//! needs thought lives in codegen and in contract-tests.

mod annotation;
mod command;
mod drawing;
mod files;
mod git;
mod listing;
mod process;
mod progress;
mod requirements;
mod source;
mod terminal;
mod version;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use command::{
    Failure, Outcome, cases, ci, client_mutants, completions, contract, diff, lint, mock, mutants, page, regenerate,
    release,
};
use terminal::complain;

/// Generating a client makes and drops millions of small trees. The system's allocator takes ever longer for them as they
/// grow in number; with this one the time grows with the document, and is less than half for 2,000 schemas.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The commands of this repository.
///
/// Exit status: 0 fine, 1 failed or refused, 2 wrong usage, 3 a generated client does not compile, 4 generated files are stale,
/// 5 a generated client differs from its document, 6 the judge cannot judge one, or not all of it.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Regenerate(regenerate::Arguments),
    Lint(lint::Arguments),
    Contract(contract::Arguments),
    Diff(diff::Arguments),
    Mock(mock::Arguments),
    Cases(cases::Arguments),
    Mutants(mutants::Arguments),
    Page(page::Arguments),
    ClientMutants(client_mutants::Arguments),
    Release(release::Arguments),
    Ci(ci::Arguments),
    Completions(completions::Arguments),
}

fn main() -> ExitCode {
    let outcome = run(&Arguments::parse().command).unwrap_or_else(|failure| {
        complain(format_args!("error: {failure}"));
        Outcome::Failed
    });
    ExitCode::from(outcome)
}

fn run(command: &Command) -> Result<Outcome, Failure> {
    // `regenerate` recovers the folder that it writes, which need not be in this repository; `lint` looks at no other file.
    if !matches!(command, Command::Regenerate(_) | Command::Lint(_)) {
        command::recover()?;
    }
    match command {
        Command::Regenerate(arguments) => regenerate::run(arguments),
        Command::Lint(arguments) => lint::run(arguments),
        Command::Contract(arguments) => contract::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Mock(arguments) => mock::run(arguments),
        Command::Cases(arguments) => cases::run(arguments),
        Command::Mutants(arguments) => mutants::run(arguments),
        Command::Page(arguments) => page::run(arguments),
        Command::ClientMutants(arguments) => client_mutants::run(arguments),
        Command::Release(arguments) => release::run(arguments),
        Command::Completions(arguments) => completions::run(arguments, Arguments::command()),
        Command::Ci(arguments) => ci::run(arguments),
    }
}
