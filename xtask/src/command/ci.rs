//! `ci`: all that a change has to pass, in the order of how soon a step can fail. The workflow calls this and nothing
//! else, so that a failure there can be repeated anywhere.

use std::process::Command;
use std::time::Instant;

use super::{Failure, Outcome};
use crate::terminal::{complain, say};
use crate::{git, process, workspace};

/// Run everything that a change has to pass.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the document is compared with [default: the last tag `client-v*`, else where the branch left the default one]
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
}

/// One step, as data, so that what runs and what is printed cannot differ.
struct Step {
    name: &'static str,
    program: Program,
    environment: &'static [(&'static str, &'static str)],
    arguments: Vec<String>,
    needs: Needs,
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
        Self { name, program: Program::Cargo, environment: &[], arguments, needs: Needs::Nothing }
    }

    /// The same step where the arguments run without a fault.
    fn where_runs(self, arguments: &'static [&'static str], otherwise: &'static str) -> Self {
        Self { needs: Needs::Runs(arguments, otherwise), ..self }
    }
}

const NO_DENY: &str = "there is no cargo-deny; `cargo install cargo-deny` gets it";

/// The Rust that the client asks for. A test compares this with its manifest.
const MINIMUM: &str = "1.88";

/// The package that is released.
pub const CLIENT: &str = "lineworks-partner-client";

/// The client's features, each of which has to build alone, as has none of them. A test compares this with its manifest.
const FEATURES: [&str; 8] = ["", "http2", "mock", "native-tls", "rustls", "schemars", "service-account", "tracing"];

/// All steps, the document being compared with that of a revision.
fn steps(base: Result<String, String>) -> Vec<Step> {
    let mut steps = vec![
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
    let compared = |base: &str| {
        let old = format!("{base}:{}", workspace::DOCUMENT);
        Step::cargo("change", &["xtask", "diff", &old, workspace::DOCUMENT])
    };
    steps.push(match base {
        Ok(base) => compared(&base),
        Err(reason) => Step { needs: Needs::Missing(reason), ..compared("") },
    });
    steps.extend(FEATURES.map(|feature| {
        let feature = format!("--features={feature}");
        let lib = ["clippy", "--package", CLIENT, "--lib", "--no-default-features", &feature, "--", "-D", "warnings"];
        Step::cargo("feature", &lib)
    }));
    // The slowest: it builds clients of its own.
    steps.push(Step::cargo(
        "known faults",
        &["xtask", "contract", "--generated", "--known", "contract-tests/known.json", "contract-tests/known"],
    ));
    steps
}

impl Step {
    /// The command as one would type it.
    fn shown(&self) -> String {
        let mut words: Vec<String> = self.environment.iter().map(|(name, value)| format!("{name}='{value}'")).collect();
        words.push(if self.program == Program::Cargo { "cargo" } else { "rustup" }.to_owned());
        words.extend(self.arguments.iter().cloned());
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

/// Runs the command. A step that fails keeps no other from being taken: all that is wrong is told at once.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let (mut passed, mut skipped) = (0, 0);
    let mut failed = Vec::new();
    for step in steps(arguments.base.clone().map_or_else(git::base, Ok)) {
        if let Some(obstacle) = step.obstacle() {
            say(format_args!("==> {} is skipped: {obstacle}", step.name));
            skipped += 1;
            continue;
        }
        say(format_args!("==> {}: {}", step.name, step.shown()));
        let start = Instant::now();
        let outcome = process::run(&mut step.command(&step.arguments))?;
        let took = start.elapsed().as_secs();
        if outcome == Outcome::Fine {
            say(format_args!("==> {} passed in {took} s", step.name));
            passed += 1;
        } else {
            complain(format_args!("==> {} failed after {took} s", step.name));
            failed.push((step, outcome));
        }
    }
    let took = start.elapsed().as_secs();
    say(format_args!("==> {passed} steps passed, {skipped} skipped, {} failed, in {took} s", failed.len()));
    for (step, _) in &failed {
        complain(format_args!("==> {} failed. This repeats it: {}", step.name, step.shown()));
    }
    Ok(failed.first().map_or(Outcome::Fine, |(_, outcome)| *outcome))
}
