//! The command that compares two documents. Exit status: 0 nothing breaks, or the version says so; 1 otherwise.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::report::{Context, Report};
use super::{client, compare};
use crate::client::Subject;
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// Anything that ends the command without a comparison.
type Failure = Box<dyn std::error::Error>;

/// What is compared, and how it is told.
#[derive(clap::Args)]
pub struct Arguments {
    /// The document as it was.
    old: PathBuf,
    /// The document as it is now.
    new: PathBuf,
    /// What the old document is called in messages.
    #[arg(long, value_name = "NAME")]
    old_name: Option<String>,
    /// What the new document is called in messages.
    #[arg(long, value_name = "NAME")]
    new_name: Option<String>,
    /// A folder whose files are read too, if references lead there; without it those below each document's folder alone.
    #[arg(long, value_name = "DIR", action = clap::ArgAction::Append)]
    allow_folder: Vec<PathBuf>,
    /// How the changes are told.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Where the report is written, as a page, as JSON and as text.
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// A JSON file with what else is known: the change of the Rust interface, and of the client's version.
    #[arg(long, value_name = "FILE")]
    context: Option<PathBuf>,
}

/// How changes are told.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A screenful, worst first.
    Text,
    /// All of it.
    Json,
}

/// Compares two documents and tells the changes.
pub fn run(arguments: &Arguments, subject: Option<&Subject>) -> Result<ExitCode, Failure> {
    let named = |path: &Path, name: &Option<String>| -> Result<Document, Failure> {
        let name = name.clone().unwrap_or_else(|| path.display().to_string());
        let read = Document::read_any(&name, path, &arguments.allow_folder);
        Ok(read.map_err(|error| Diagnostic::of_file(&error))?)
    };
    let (old, new) = (named(&arguments.old, &arguments.old_name)?, named(&arguments.new, &arguments.new_name)?);
    let mut context: Context = match &arguments.context {
        Some(path) => serde_json::from_str(&std::fs::read_to_string(path)?)?,
        None => Context::default(),
    };
    let mut comparison = compare(&old, &new)?;
    let (old, new) = (old.in_older_words(), new.in_older_words());
    if let Some(subject) = subject
        && let Err(error) = client::ask(&mut comparison, &old, &new, subject)
    {
        context.unasked = Some(format!("no requests could be made by it: {error}"));
    }
    let report = Report::new(&comparison, &context);
    if let Some(directory) = &arguments.report {
        report.write(directory)?;
    }
    let mut out = std::io::stdout().lock();
    match arguments.format {
        Format::Text => write!(out, "{report}")?,
        Format::Json => writeln!(out, "{}", report.json()?)?,
    }
    Ok(if report.fails() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
