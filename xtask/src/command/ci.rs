//! `ci`: all that a change has to pass, in the order of how soon a step can fail. The workflow calls this and nothing
//! else, so that a failure there can be repeated anywhere.

use std::process::Command;

use super::{Failure, Outcome, diff};
use crate::process;
use crate::terminal::{complain, say};

/// Run everything that a change has to pass.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the document is compared with [default: the last tag `client-v*`, else where the branch left the default one]
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
}

/// One step, as data, so that what runs and what is printed cannot differ.
struct Step<'a> {
    name: &'a str,
    program: Program,
    environment: &'a [(&'a str, &'a str)],
    arguments: &'a [&'a str],
    /// What runs without a fault where the step can be taken at all, and what to say where it cannot.
    needs: Option<(&'a [&'a str], &'a str)>,
}

/// What runs a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Program {
    Cargo,
    Rustup,
}

impl<'a> Step<'a> {
    const fn cargo(name: &'a str, arguments: &'a [&'a str]) -> Self {
        Self { name, program: Program::Cargo, environment: &[], arguments, needs: None }
    }

    /// The same step where the arguments run without a fault.
    const fn where_runs(self, arguments: &'a [&'a str], otherwise: &'a str) -> Self {
        Self { needs: Some((arguments, otherwise)), ..self }
    }
}

const NO_DENY: &str = "there is no cargo-deny; `cargo install cargo-deny` gets it";

const STEPS: [Step<'_>; 11] = [
    Step::cargo("format", &["fmt", "--all", "--check"]),
    Step::cargo("document", &["xtask", "lint", "--deny-warnings"]),
    Step::cargo("freshness", &["xtask", "regenerate", "--check"]),
    Step::cargo("dependencies", &["deny", "check", "licenses", "bans", "sources"])
        .where_runs(&["deny", "--version"], NO_DENY),
    Step::cargo("advisories", &["deny", "check", "advisories"]).where_runs(
        &["deny", "fetch", "db"],
        "there is no cargo-deny, or the database of advisories cannot be reached",
    ),
    Step::cargo("clippy", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    Step {
        program: Program::Rustup,
        ..Step::cargo(
            "minimum",
            &["run", MINIMUM, "cargo", "check", "--package", CLIENT, "--target-dir", "target/minimum"],
        )
        .where_runs(&["run", MINIMUM, "rustc", "--version"], "`rustup toolchain install 1.88` gets the compiler")
    },
    Step::cargo("tests", &["test", "--workspace"]),
    Step {
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
        ..Step::cargo("documentation", &["doc", "--workspace", "--no-deps"])
    },
    Step::cargo("growth", &["semver-checks", "--package", CLIENT]).where_runs(
        &["semver-checks", "--package", CLIENT, "--version"],
        "there is no cargo-semver-checks; `cargo install cargo-semver-checks` gets it",
    ),
    Step::cargo("package", &["xtask", "release"]),
];

/// The Rust that the client asks for. A test compares this with its manifest.
const MINIMUM: &str = "1.88";

/// The package that is released.
pub const CLIENT: &str = "lineworks-partner-client";

/// The client's features, each of which has to build alone, as has none of them. A test compares this with its manifest.
const FEATURES: [&str; 8] = ["", "http2", "mock", "native-tls", "rustls", "schemars", "service-account", "tracing"];

impl Step<'_> {
    /// The command as one would type it.
    fn shown(&self) -> String {
        let mut words: Vec<String> = self.environment.iter().map(|(name, value)| format!("{name}='{value}'")).collect();
        words.push(if self.program == Program::Cargo { "cargo" } else { "rustup" }.to_owned());
        words.extend(self.arguments.iter().map(ToString::to_string));
        words.join(" ")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = if self.program == Program::Cargo { process::cargo() } else { process::rustup() };
        command.args(arguments).envs(self.environment.iter().copied());
        command
    }

    /// Why the step cannot be taken here, where it cannot: what it needs is no part of Rust, and is not asked of those who
    /// try a change on their own machines.
    fn obstacle(&self) -> Option<&str> {
        let (arguments, otherwise) = self.needs?;
        (!process::succeeds(&mut self.command(arguments))).then_some(otherwise)
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut passed = 0;
    for step in &STEPS {
        if let Some(obstacle) = step.obstacle() {
            say(format_args!("==> {} is skipped: {obstacle}", step.name));
            continue;
        }
        let outcome = one(step)?;
        if outcome != Outcome::Fine {
            return Ok(outcome);
        }
        passed += 1;
    }
    match arguments.base.clone().map_or_else(diff::base, Ok) {
        Err(reason) => say(format_args!("==> change is skipped: {reason}")),
        Ok(base) => {
            let old = format!("{base}:{}", diff::OWN);
            let outcome = one(&Step::cargo("change", &["xtask", "diff", &old, diff::OWN]))?;
            if outcome != Outcome::Fine {
                return Ok(outcome);
            }
            passed += 1;
        }
    }
    for feature in FEATURES {
        let feature = format!("--features={feature}");
        let arguments =
            ["clippy", "--package", CLIENT, "--lib", "--no-default-features", &feature, "--", "-D", "warnings"];
        let outcome = one(&Step::cargo("feature", &arguments))?;
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
    let outcome = process::run(&mut step.command(step.arguments))?;
    if outcome != Outcome::Fine {
        complain(format_args!("==> {} failed. This repeats it: {}", step.name, step.shown()));
    }
    Ok(outcome)
}
