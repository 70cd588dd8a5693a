//! `mock`: serves the document's operations on localhost. `contract-tests` does the serving.

use super::{Failure, Outcome};
use crate::{process, source};

/// Serve the document's responses on localhost; the request header `Prefer: code=404` selects another response than the first.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    chosen: source::Chosen,
    /// The port to listen on [default: one that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let source = arguments.chosen.read()?;
    let mut mock = process::judge("mock");
    if arguments.chosen.path().is_some() {
        source.hand_to(&mut mock);
    }
    if let Some(port) = arguments.port {
        mock.args(["--port", &port.to_string()]);
    }
    Ok(process::run(&mut mock)?)
}
