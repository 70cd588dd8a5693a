//! `ci`: all that a change has to pass, in the order of how soon a step can fail. The workflow calls this and nothing
//! else, so that a failure there can be repeated anywhere.

mod steps;

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use super::{Failure, Outcome};
use crate::terminal::{complain, say};
use crate::{process, workspace};
pub use steps::CLIENT;

/// Run everything that a change must pass.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The revision that the document is compared with [default: the last tag `client-v*`, else where the branch left the default one]
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// Also run the long steps: mutants of document and client, packaging, each feature alone, kills, soak, fuzzing
    #[arg(long)]
    full: bool,
    /// Fail if the run with a new seed shows a difference, which is otherwise only reported
    #[arg(long)]
    scheduled: bool,
    /// The directory of the judge's report
    #[arg(long, value_name = "DIR", default_value = steps::REPORT)]
    report: PathBuf,
}

/// One step, as data, so that what runs and what is printed cannot differ.
struct Step {
    name: &'static str,
    program: Program,
    environment: &'static [(&'static str, &'static str)],
    arguments: Vec<String>,
    needs: Needs,
    /// Whether a fault is told and fails nothing.
    is_only_told: bool,
}

/// What runs a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Program {
    Cargo,
    Rustup,
}

/// What a step needs beside Rust. Nobody who tries a change on a machine of theirs is asked for it.
enum Needs {
    Nothing,
    /// That this runs without a fault, and what to say where it does not.
    Runs(&'static [&'static str], &'static str),
    /// What there is not.
    Missing(String),
}

impl Step {
    fn cargo(name: &'static str, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(ToString::to_string).collect();
        let (program, needs) = (Program::Cargo, Needs::Nothing);
        Self { name, program, environment: &[], arguments, needs, is_only_told: false }
    }

    /// The same step where the arguments run without a fault.
    fn where_runs(self, arguments: &'static [&'static str], otherwise: &'static str) -> Self {
        Self { needs: Needs::Runs(arguments, otherwise), ..self }
    }

    /// The command as one would type it.
    fn shown(&self) -> String {
        let mut words: Vec<String> =
            self.environment.iter().map(|(name, value)| format!("{name}={}", workspace::quoted(value))).collect();
        words.push(if self.program == Program::Cargo { "cargo" } else { "rustup" }.to_owned());
        words.extend(self.arguments.iter().map(|word| workspace::quoted(word).into_owned()));
        words.join(" ")
    }

    fn command<A: AsRef<std::ffi::OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = if self.program == Program::Cargo { process::cargo() } else { process::rustup() };
        command.args(arguments).envs(self.environment.iter().copied());
        command
    }

    /// Why the step cannot be taken here, where it cannot.
    fn obstacle(&self) -> Option<&str> {
        match &self.needs {
            Needs::Nothing => None,
            Needs::Runs(arguments, otherwise) => {
                (!process::succeeds(&mut self.command(arguments))).then_some(otherwise)
            }
            Needs::Missing(what) => Some(what),
        }
    }
}

/// How many of the slowest steps are named at the end.
const SLOWEST: usize = 5;

/// Runs the command. A step that fails keeps no other from being taken: all that is wrong is told at once.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let (mut skipped, mut failed, mut told) = (0, Vec::new(), Vec::new());
    let mut times: Vec<(u64, &str)> = Vec::new();
    for step in steps::all(arguments) {
        if let Some(obstacle) = step.obstacle() {
            say(format_args!("==> {} is skipped: {obstacle}", step.name));
            skipped += 1;
            continue;
        }
        say(format_args!("==> {}: {}", step.name, step.shown()));
        let start = Instant::now();
        let outcome = process::run(&mut step.command(&step.arguments))?;
        let took = start.elapsed().as_secs();
        times.push((took, step.name));
        if outcome == Outcome::Fine {
            say(format_args!("==> {} passed in {took} s", step.name));
        } else {
            complain(format_args!("==> {} failed after {took} s", step.name));
            if step.is_only_told { &mut told } else { &mut failed }.push((step, outcome));
        }
    }
    let (took, passed) = (start.elapsed().as_secs(), times.len() - failed.len() - told.len());
    times.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
    let slowest: Vec<String> = times.iter().take(SLOWEST).map(|(took, name)| format!("{name} {took} s")).collect();
    say(format_args!("==> the slowest steps: {}", slowest.join(", ")));
    say(format_args!("==> {passed} steps passed, {skipped} skipped, {} failed, in {took} s", failed.len()));
    for (step, _) in &told {
        complain(format_args!(
            "==> {} failed, which fails scheduled runs only. This repeats it: {}",
            step.name,
            step.shown()
        ));
    }
    for (step, _) in &failed {
        complain(format_args!("==> {} failed. This repeats it: {}", step.name, step.shown()));
    }
    Ok(failed.first().map_or(Outcome::Fine, |(_, outcome)| *outcome))
}
