//! `ci`: all that a change has to pass, in the order of how soon a step can fail. The workflow calls this and nothing
//! else, so that a failure there can be repeated anywhere.

use std::process::{Command, Stdio};

use super::{Failure, Outcome};
use crate::process;
use crate::terminal::{complain, say};

/// Run everything that a change has to pass.
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// One step, as data, so that what runs and what is printed cannot differ.
struct Step<'a> {
    name: &'a str,
    environment: &'a [(&'a str, &'a str)],
    arguments: &'a [&'a str],
}

const STEPS: [Step<'_>; 7] = [
    Step { name: "format", environment: &[], arguments: &["fmt", "--all", "--check"] },
    Step { name: "freshness", environment: &[], arguments: &["xtask", "regenerate", "--check"] },
    Step { name: "dependencies", environment: &[], arguments: &["deny", "check", "licenses", "bans", "sources"] },
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
    Step { name: "package", environment: &[], arguments: &["package", "--package", CLIENT, "--allow-dirty"] },
];

/// The package that is released.
const CLIENT: &str = "lineworks-partner-client";

/// The client's features, each of which has to build alone, as has none of them. A test compares this with its manifest.
const FEATURES: [&str; 7] = ["", "mock", "native-tls", "rustls", "schemars", "service-account", "tracing"];

impl Step<'_> {
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
    let mut passed = 0;
    for step in &STEPS {
        if step.name == "dependencies" && !is_deny_there()? {
            say(format_args!(
                "==> {} is skipped: there is no cargo-deny; `cargo install cargo-deny` gets it",
                step.name
            ));
            continue;
        }
        let outcome = one(step)?;
        if outcome != Outcome::Fine {
            return Ok(outcome);
        }
        passed += 1;
    }
    for feature in FEATURES {
        let feature = format!("--features={feature}");
        let arguments =
            ["clippy", "--package", CLIENT, "--lib", "--no-default-features", &feature, "--", "-D", "warnings"];
        let outcome = one(&Step { name: "feature", environment: &[], arguments: &arguments })?;
        if outcome != Outcome::Fine {
            return Ok(outcome);
        }
        passed += 1;
    }
    say(format_args!("==> all {passed} steps passed"));
    Ok(Outcome::Fine)
}

fn one(step: &Step<'_>) -> Result<Outcome, Failure> {
    say(format_args!("==> {}: {}", step.name, step.shown()));
    let outcome = process::run(&mut step.command())?;
    if outcome != Outcome::Fine {
        complain(format_args!("==> {} failed. This repeats it: {}", step.name, step.shown()));
    }
    Ok(outcome)
}

/// cargo-deny is no part of Rust, and is not asked of those who try a change on their own machines.
fn is_deny_there() -> Result<bool, Failure> {
    let mut command = process::cargo();
    command.args(["deny", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(process::run(&mut command)? == Outcome::Fine)
}
