//! `cases`: the payloads by which a document is judged, as lines of JSON. `contract-tests` does the work.

use super::{Failure, Outcome};
use crate::{process, source};

/// Write the payloads that conform to a document, and those with one fault, as lines of JSON for tests in any language.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    chosen: source::Chosen,
    /// The payloads of one named schema alone [default: all of them]
    #[arg(long, value_name = "NAME")]
    schema: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let source = arguments.chosen.read()?;
    let mut cases = process::judge("cases");
    if arguments.chosen.path().is_some() {
        source.hand_to(&mut cases);
    }
    if let Some(schema) = &arguments.schema {
        cases.args(["--schema", schema]);
    }
    Ok(process::run(&mut cases)?)
}
