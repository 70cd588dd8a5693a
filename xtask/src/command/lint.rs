//! `lint`: says what is wrong with the document, and writes nothing.

use codegen::diagnostic::Level;

use super::{Failure, Outcome};
use crate::terminal::say;
use crate::{drawing, drawing::formats, source};

/// Check the document without generating anything.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: source::Arguments,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
    /// How the findings are told: to people on standard error, or to programs on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
    Sarif,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let source = arguments.source.read()?;
    let diagnostics = source.input().lint();
    match arguments.format {
        Format::Text => drawing::print(&source, &diagnostics),
        Format::Json => say(format_args!("{:#}", formats::json(&source, &diagnostics))),
        Format::Github => say(format_args!("{}", formats::github(&source, &diagnostics).trim_end())),
        Format::Sarif => say(format_args!("{:#}", formats::sarif(&source, &diagnostics))),
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
