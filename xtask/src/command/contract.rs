//! `contract`: judges the client, as it is built now, by a document, or documents' own clients. `contract-tests` does the
//! judging.

mod generated;
mod told;

use std::ffi::OsString;
use std::path::PathBuf;

use super::{Failure, Outcome};
use crate::annotation::Format;
use crate::terminal::{complain, leave_output_to_programs, output_for_people};
use crate::{process, source, workspace};
pub use generated::{GeneratedError, judge_by_digest, judge_of};

/// Judge the built client by the document, or by another one.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The OpenAPI document to judge by, `-` for standard input [default: openapi/lineworks-partner.yaml]; with `--generated` any number of them
    #[arg(long, value_name = "FILE")]
    document: Vec<PathBuf>,
    /// The document, without `--document`; with `--generated` also directories, for the documents in them
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Treat the errors of a rule as warnings; may be repeated
    #[arg(long, value_name = "RULE", value_parser = source::rule, action = clap::ArgAction::Append, requires = "generated")]
    allow: Vec<String>,
    #[command(flatten)]
    folders: source::Folders,
    /// How many random payloads to try for each schema [default: 256]
    #[arg(long, value_name = "N")]
    cases: Option<u32>,
    /// The seed of the random payloads, to repeat an earlier run [default: 0]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Judge one schema or operation alone, or one row of the failure matrix (`OPERATION: ROW`), or a group of them (`OPERATION: tokens`) [default: all of them]
    #[arg(long, value_name = "NAME", conflicts_with = "schema_only")]
    only: Option<String>,
    /// A directory to write the report into: a page, text, JSON and JUnit XML [default: none is written]
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// The format of the differences
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Judge the document's schemas alone, without the client: any document of OpenAPI 3.0 or 3.1
    #[arg(long)]
    schema_only: bool,
    /// Generate a client from each document, build it, and judge that one
    #[arg(long, conflicts_with = "schema_only")]
    generated: bool,
    /// The directory for the clients that `--generated` writes and their results [default: one below target/generated]
    #[arg(long, value_name = "DIR", requires = "generated")]
    keep: Option<PathBuf>,
    /// A list of the generator's known faults (JSON), which fails where an entry is no longer real [default: none]
    #[arg(long, value_name = "FILE", requires = "generated")]
    known: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut documents: Vec<PathBuf> = arguments.document.iter().chain(&arguments.files).cloned().collect();
    let is_chosen = !documents.is_empty();
    if !is_chosen {
        documents.push(workspace::document());
    }
    if arguments.format != Format::Text {
        leave_output_to_programs();
    }
    if arguments.generated {
        let request = generated::Request {
            documents: &source::listed(&documents)?,
            allow: &arguments.allow,
            folders: &arguments.folders.allow_folder,
            keep: arguments.keep.as_deref(),
            report: arguments.report.as_deref(),
            known: arguments.known.as_deref(),
            only: arguments.only.is_some(),
            format: arguments.format,
            plan: arguments.plan(),
        };
        return generated::run(&request);
    }
    let [document] = documents.as_slice() else {
        complain(format_args!("error: one document at a time; `--generated` takes any number of them"));
        return Ok(Outcome::WrongUsage);
    };
    // Read here as well, so that a wrong path is told before anything is built.
    let source = source::read(Some(document))?.with_folders(&arguments.folders.allow_folder)?;
    let mut judge = if arguments.schema_only { process::judge("judge") } else { process::judge_of_client("judge") };
    // Without one, the judge takes its own: of no other it knows what deviates.
    if is_chosen {
        source.hand_to(&mut judge);
    }
    judge.args(arguments.plan());
    // What programs are told is read from the report.
    let folder = tempfile::tempdir().map_err(ContractError::Folder)?;
    let unasked = (arguments.format != Format::Text).then(|| folder.path());
    let report = arguments.report.as_deref().or(unasked);
    if let Some(report) = report {
        judge.arg("--report").arg(report);
    }
    if arguments.schema_only {
        judge.arg("--schema-only");
    }
    let outcome = process::run(judge.stdout(output_for_people()))?;
    if let Some(report) = report {
        told::report(
            arguments.format,
            &report.join(if arguments.schema_only { "schemas.json" } else { "contract.json" }),
        );
    }
    Ok(outcome)
}

/// Why nothing was judged.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// There is no place for a report that nobody keeps.
    #[error("a temporary directory cannot be created: {0}")]
    Folder(std::io::Error),
}

impl Arguments {
    /// What the judge has to know beside the document.
    fn plan(&self) -> Vec<OsString> {
        let mut plan: Vec<OsString> = Vec::new();
        if let Some(cases) = self.cases {
            plan.extend(["--cases".into(), cases.to_string().into()]);
        }
        if let Some(seed) = self.seed {
            plan.extend(["--seed".into(), seed.to_string().into()]);
        }
        if let Some(only) = &self.only {
            plan.extend(["--only".into(), only.into()]);
        }
        plan
    }
}
