//! `contract`: judges the client, as it is built now, by a document, or a document's own client. `contract-tests` does the
//! judging.

mod generated;

use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use super::{Failure, Outcome};
use crate::{process, source, workspace};
pub use generated::GeneratedError;

/// Judge the built client by the document, or by another one.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: source::Arguments,
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
    /// Generate a client from the document, build it, and judge that one
    #[arg(long, conflicts_with = "schema_only")]
    generated: bool,
    /// Where the client that `--generated` writes stays [default: a folder below target/generated]
    #[arg(long, value_name = "DIR", requires = "generated")]
    keep: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let document = arguments.source.document.clone().unwrap_or_else(workspace::document);
    // Read here as well, so that a wrong path is told before anything is built.
    let source = arguments.source.read()?;
    if arguments.generated {
        return generated::run(&source, arguments.keep.as_deref(), |judge| arguments.pass(&document, judge));
    }
    let mut judge = if arguments.schema_only { process::judge("judge") } else { process::judge_of_client("judge") };
    arguments.pass(&document, &mut judge);
    Ok(process::run(&mut judge)?)
}

impl Arguments {
    /// Adds what the judge has to know.
    fn pass(&self, document: &Path, judge: &mut Command) {
        judge.arg("--document").arg(from_anywhere(document));
        if let Some(cases) = self.cases {
            judge.args(["--cases", &cases.to_string()]);
        }
        if let Some(seed) = self.seed {
            judge.args(["--seed", &seed.to_string()]);
        }
        if let Some(report) = &self.report {
            judge.arg("--report").arg(from_anywhere(report));
        }
        if self.schema_only {
            judge.arg("--schema-only");
        }
    }
}

/// The process runs at the workspace's root, where a path from the current directory would mislead.
pub(super) fn from_anywhere(path: &Path) -> PathBuf {
    absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
