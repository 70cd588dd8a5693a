//! `lint`: says what is wrong with the document, and writes nothing.

use codegen::diagnostic::Level;

use super::{Failure, Outcome};
use crate::annotation::{Format, github, sarif};
use crate::terminal::say;
use crate::{drawing, drawing::formats, source};

/// Check the document without generating anything.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: source::Arguments,
    /// Also fail on warnings
    #[arg(long)]
    deny_warnings: bool,
    /// The format of the diagnostics: text on standard error, all others on standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let source = arguments.source.read()?;
    let diagnostics = source.input().lint();
    let annotations = || formats::annotations(&source, &diagnostics);
    match arguments.format {
        Format::Text => drawing::print(&source, &diagnostics),
        Format::Json => say(format_args!("{:#}", formats::json(&source, &diagnostics))),
        Format::Github => say(format_args!("{}", github(&annotations()).trim_end())),
        Format::Sarif => say(format_args!("{:#}", sarif("lint", &formats::rules(), &annotations()))),
    }
    let is_refused = |level| level == Level::Error || arguments.deny_warnings;
    if diagnostics.iter().any(|diagnostic| is_refused(diagnostic.level)) {
        return Ok(Outcome::Failed);
    }
    if arguments.format == Format::Text {
        say(format_args!("{}: no errors", source.shown));
    }
    Ok(Outcome::Fine)
}
