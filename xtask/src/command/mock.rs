//! `mock`: serves the document's operations on localhost. `contract-tests` does the serving.

use std::path::PathBuf;

use super::contract::from_anywhere;
use super::{Failure, Outcome};
use crate::{process, source, workspace};

/// Serve the document's answers on localhost; `Prefer: code=404` asks for another than the first.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The OpenAPI document [default: openapi/lineworks-partner.yaml]
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// The port to listen on [default: one that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let document = arguments.document.clone().unwrap_or_else(workspace::document);
    source::read(Some(&document))?;

    let mut mock = process::judge("mock");
    mock.arg("--document").arg(from_anywhere(&document));
    if let Some(port) = arguments.port {
        mock.args(["--port", &port.to_string()]);
    }
    Ok(process::run(&mut mock)?)
}
