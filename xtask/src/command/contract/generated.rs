//! `contract --generated`: a client of any document, tied to the judge by its bindings, built and judged.
//!
//! Client and judge stand in a folder of their own, outside the workspace, with its lock file: no network is needed, and
//! what both stand on is built once.

use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::{Layout, MODULE, SourceFile};

use super::super::{Failure, Outcome, tell_of_waiting};
use super::from_anywhere;
use crate::files::{self, Output};
use crate::source::Source;
use crate::terminal::{complain, say};
use crate::workspace::{self, shown};
use crate::{drawing, process};

/// The package that ties the client to the judge.
const JUDGE: &str = "judge-of-generated-client";

/// The client as the judge's package names it, whatever the document's title makes of its name.
const CLIENT: &str = "generated_client";

/// How many lines of the compiler's first error are quoted.
const QUOTED: usize = 20;

/// Generates, builds and judges; `pass` adds the judge's arguments.
pub fn run(source: &Source, keep: Option<&Path>, pass: impl FnOnce(&mut Command)) -> Result<Outcome, Failure> {
    let document = &source.shown;
    let both = source.input().generate(Layout::Crate).and_then(|generated| {
        let sources = format!("../client/{}", MODULE.trim_end_matches('/'));
        let bindings = source.input().bindings(CLIENT, &sources)?;
        Ok((generated, bindings))
    });
    let (generated, bindings) = match both {
        Ok(both) => both,
        Err(diagnostics) => {
            drawing::print(source, &diagnostics);
            complain(format_args!("{document} is refused: no client was generated, and nothing judged"));
            return Ok(Outcome::Failed);
        }
    };
    drawing::print(source, &generated.diagnostics);

    let folder = keep.map_or_else(|| scratch(&source.name), from_anywhere);
    let package = package(&generated.files);
    write(&folder, files(generated.files, bindings, &package))?;

    say(format_args!("building the client of {document} in {}", shown(&folder)));
    let (status, messages) = process::captured(&mut cargo("build", &folder))?;
    if status != Outcome::Fine {
        return Ok(tell_of_build(document, &package, &messages));
    }
    let mut judge = cargo("run", &folder);
    judge.args(["--", "judge"]);
    pass(&mut judge);
    let outcome = process::run(&mut judge)?;
    if outcome != Outcome::Failed {
        return Ok(outcome);
    }
    complain(format_args!("the judge does not pass the client of {document}: what it found stands above"));
    Ok(Outcome::Differs)
}

/// The folder of a document's client, unless told otherwise.
fn scratch(name: &str) -> PathBuf {
    workspace::root().join("target").join("generated").join(name)
}

/// The name of the generated package, as its manifest states it.
fn package(files: &[SourceFile]) -> String {
    let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    let mut lines = manifest.into_iter().flat_map(|manifest| manifest.contents.lines());
    lines.find_map(|line| line.strip_prefix("name = ")).unwrap_or_default().trim_matches('"').to_owned()
}

/// The client, and beside it the package that judges it.
fn files(mut client: Vec<SourceFile>, bindings: String, package: &str) -> Vec<SourceFile> {
    client.iter_mut().for_each(|file| file.path.insert_str(0, "client/"));
    let contract_tests = workspace::root().join("contract-tests");
    let manifest = format!(
        "[package]\nname = \"{JUDGE}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\ncontract-tests = {{ path = {contract_tests:?} }}\n\
         {CLIENT} = {{ package = {package:?}, path = \"../client\", features = [\"schemars\"] }}\n\n\
         # What the workspace says, so that both build what they stand on in the same way.\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\nresolver = \"3\"\n"
    );
    let main = "//! The judge of a generated client.\n\nmod bindings;\n\n\
                fn main() -> std::process::ExitCode {\n    contract_tests::command::main(Some(&bindings::SUBJECT))\n}\n";
    let judge = [("Cargo.toml", manifest), ("src/main.rs", main.to_owned()), ("src/bindings.rs", bindings)];
    client.extend(judge.map(|(path, contents)| SourceFile { path: format!("judge/{path}"), contents }));
    client
}

fn write(folder: &Path, files: Vec<SourceFile>) -> Result<(), Failure> {
    let output = Output::new(folder, "manifest.txt");
    files::recover(folder, tell_of_waiting)?;
    // What has not changed is left alone, so that it is not built again.
    let lock = output.lock(tell_of_waiting)?;
    let differences = output.compare(&files, false)?;
    output.write(&lock, &files, &differences)?;
    // Cargo adds this package to it and takes out what nothing needs. It is not listed, for it is no longer ours then.
    let [from, to] = [workspace::root().join("Cargo.lock"), folder.join("judge").join("Cargo.lock")];
    std::fs::copy(&from, to).map_err(|source| GeneratedError { path: shown(&from), source })?;
    Ok(())
}

/// The workspace's lock file could not be put beside the judge.
#[derive(Debug, thiserror::Error)]
#[error("{path}: the lock file cannot be copied: {source}")]
pub struct GeneratedError {
    path: String,
    source: std::io::Error,
}

fn cargo(subcommand: &str, folder: &Path) -> Command {
    let mut command = process::cargo();
    command.args([subcommand, "--quiet", "--offline", "--manifest-path"]);
    command.arg(folder.join("judge").join("Cargo.toml")).arg("--target-dir").arg(workspace::root().join("target"));
    command
}

/// Says what does not compile, and quotes the compiler.
fn tell_of_build(document: &str, package: &str, messages: &str) -> Outcome {
    let broken = |package: &str| messages.contains(&format!("could not compile `{package}`"));
    let what = if broken(package) {
        "the generated client does"
    } else if broken(JUDGE) {
        "the judge's bindings to the generated client do"
    } else {
        complain(format_args!("{messages}\nthe client of {document} cannot be built here, so nothing was judged"));
        return Outcome::Failed;
    };
    let error = messages.lines().skip_while(|line| !line.starts_with("error")).take_while(|line| !line.is_empty());
    for line in error.take(QUOTED) {
        complain(format_args!("{line}"));
    }
    complain(format_args!(
        "{what} not compile: this is a defect of the generator, not of {document}; please report it with the document"
    ));
    Outcome::Broken
}
