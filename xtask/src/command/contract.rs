//! `contract`: judges the client, as it is built now, by a document. `contract-tests` does the judging.

use std::path::{Path, PathBuf, absolute};

use super::{Failure, Outcome};
use crate::{process, source, workspace};

/// Judge the built client by the document, or by another one.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The OpenAPI document to judge by [default: openapi/lineworks-partner.yaml]
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// How many random payloads to try for each schema
    #[arg(long, value_name = "N")]
    cases: Option<u32>,
    /// The seed of the random payloads, to repeat an earlier run
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// A directory to write the report into
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Judge the document's schemas alone, without the client: any OpenAPI 3.0 document will do
    #[arg(long)]
    schema_only: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let document = arguments.document.clone().unwrap_or_else(workspace::document);
    // Read here as well, so that a wrong path is told before anything is built.
    source::read(Some(&document))?;

    let mut judge = if arguments.schema_only { process::judge("judge") } else { process::judge_of_client("judge") };
    judge.arg("--document").arg(from_anywhere(&document));
    if let Some(cases) = arguments.cases {
        judge.args(["--cases", &cases.to_string()]);
    }
    if let Some(seed) = arguments.seed {
        judge.args(["--seed", &seed.to_string()]);
    }
    if let Some(report) = &arguments.report {
        judge.arg("--report").arg(from_anywhere(report));
    }
    if arguments.schema_only {
        judge.arg("--schema-only");
    }
    Ok(process::run(&mut judge)?)
}

/// The process runs at the workspace's root, where a path from the current directory would mislead.
pub(super) fn from_anywhere(path: &Path) -> PathBuf {
    absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
