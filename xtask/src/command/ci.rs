//! `ci`: all that a change has to pass, in the order of how soon a step can fail. The workflow calls this and nothing
//! else, so that a failure there can be repeated anywhere.

use std::process::Command;

use super::{Failure, Outcome};
use crate::process;
use crate::terminal::{complain, say};

/// Run everything that a change has to pass.
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// One step, as data, so that what runs and what is printed cannot differ.
struct Step {
    name: &'static str,
    environment: &'static [(&'static str, &'static str)],
    arguments: &'static [&'static str],
}

const STEPS: [Step; 5] = [
    Step { name: "format", environment: &[], arguments: &["fmt", "--all", "--check"] },
    Step { name: "freshness", environment: &[], arguments: &["xtask", "regenerate", "--check"] },
    Step {
        name: "clippy",
        environment: &[],
        arguments: &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    },
    Step { name: "tests", environment: &[], arguments: &["test", "--workspace"] },
    Step {
        name: "documentation",
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
        arguments: &["doc", "--workspace", "--no-deps"],
    },
];

impl Step {
    /// The command as one would type it.
    fn shown(&self) -> String {
        let mut words: Vec<String> = self.environment.iter().map(|(name, value)| format!("{name}='{value}'")).collect();
        words.push("cargo".to_owned());
        words.extend(self.arguments.iter().map(ToString::to_string));
        words.join(" ")
    }

    fn command(&self) -> Command {
        let mut command = process::cargo();
        command.args(self.arguments).envs(self.environment.iter().copied());
        command
    }
}

/// Runs the command.
pub fn run(_: &Arguments) -> Result<Outcome, Failure> {
    for step in &STEPS {
        say(format_args!("==> {}: {}", step.name, step.shown()));
        let outcome = process::run(&mut step.command())?;
        if outcome != Outcome::Fine {
            complain(format_args!("==> {} failed. This repeats it: {}", step.name, step.shown()));
            return Ok(outcome);
        }
    }
    say(format_args!("==> all {} steps passed", STEPS.len()));
    Ok(Outcome::Fine)
}
