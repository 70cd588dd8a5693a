//! `lint`: says what is wrong with the document, and writes nothing.

use std::path::PathBuf;

use codegen::diagnostic::Level;

use super::{Failure, Outcome};
use crate::terminal::say;
use crate::{drawing, source};

/// Check the document without generating anything.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The OpenAPI document [default: openapi/lineworks-partner.yaml]
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let source = source::read(arguments.document.as_deref())?;
    let diagnostics = codegen::lint(&source.name, &source.bytes);
    drawing::print(&source, &diagnostics);
    if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
        return Ok(Outcome::Failed);
    }
    say(format_args!("{}: no errors", source.shown));
    Ok(Outcome::Fine)
}
