//! `lint`: says what is wrong with the document, and writes nothing.

use codegen::diagnostic::Level;

use super::{Failure, Outcome};
use crate::terminal::say;
use crate::{drawing, source};

/// Check the document without generating anything.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: source::Arguments,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let source = arguments.source.read()?;
    let diagnostics = source.input().lint();
    drawing::print(&source, &diagnostics);
    let is_refused = |level| level == Level::Error || arguments.deny_warnings;
    if diagnostics.iter().any(|diagnostic| is_refused(diagnostic.level)) {
        return Ok(Outcome::Failed);
    }
    say(format_args!("{}: no errors", source.shown));
    Ok(Outcome::Fine)
}
