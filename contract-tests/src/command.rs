//! The judge's command line, with a client or without one. Exit status: 0 no difference, 1 differences or an unreadable
//! document, 2 wrong usage.

use std::fmt::Display;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cases::lines::{self, LinesError};
use crate::client::Subject;
use crate::compare;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::ground::{Clients, Ground, Plan, Scope};
use crate::mutate::Score;
use crate::oracle::ORACLES;
use crate::progress::Progress;
use crate::visible::visible;
use crate::{judge, mock, schemas};
use clap::{Parser, Subcommand};

/// Judges the client by an OpenAPI 3.0 document.
#[derive(Parser)]
#[command(name = "contract-tests", version)]
struct Arguments {
    /// The client that is judged, by the name of its crate, where this program knows several.
    #[arg(long, value_name = "NAME", global = true)]
    client: Option<String>,
    #[command(subcommand)]
    command: Command,
}

/// Which document.
#[derive(clap::Args)]
struct Which {
    /// The document; without it, the one that the client was generated from.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// What messages call it, if not by its path.
    #[arg(long, value_name = "NAME", requires = "document")]
    name: Option<String>,
    /// A folder whose files are read too, if references lead there; without it those below the document's folder alone.
    #[arg(long, value_name = "DIR", action = clap::ArgAction::Append)]
    allow_folder: Vec<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Judges the built client by a document, and shows each difference with the payload or request that shows it.
    Judge {
        #[command(flatten)]
        which: Which,
        /// How many payloads are drawn for each schema, beside the enumerated ones.
        #[arg(long, value_name = "N", default_value_t = Plan::default().cases)]
        cases: u32,
        /// What the draws are derived from.
        #[arg(long, value_name = "N", default_value_t = Plan::default().seed)]
        seed: u64,
        /// Where the report is written: as a page, as text, as JSON and as JUnit XML.
        #[arg(long, value_name = "DIR")]
        report: Option<PathBuf>,
        /// Judges the document's schemas alone, without the client: any document of OpenAPI 3.0 or 3.1 will do.
        #[arg(long)]
        schema_only: bool,
        /// The client was generated for this document: what the document makes impossible is left out and reported.
        #[arg(long, conflicts_with = "schema_only")]
        generated: bool,
        /// Judges one schema or operation alone, or one row of the failure matrix: `OPERATION: ROW`; or a group of them: `OPERATION: tokens`.
        #[arg(long, value_name = "NAME", conflicts_with = "schema_only")]
        only: Option<String>,
    },
    /// Edits every keyword of a document, one at a time, and says which edits the suite does not notice.
    Mutants {
        #[command(flatten)]
        which: Which,
        /// Where each mutant is written as a document, with an index; nothing but progress is printed then.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Writes the cases of a document as lines of JSON: each payload, whether it conforms, and else where not and why.
    Cases {
        #[command(flatten)]
        which: Which,
        /// The cases of one named schema alone.
        #[arg(long, value_name = "NAME")]
        schema: Option<String>,
    },
    /// Says what a change of a document means: compatible with a proof, breaking with a witness, or undecided.
    Compare(compare::command::Arguments),
    /// Serves the document's responses on 127.0.0.1: the usual one, or another on request (`Prefer: code=404`).
    Mock {
        #[command(flatten)]
        which: Which,
        /// The port; 0 takes any free one.
        #[arg(long, value_name = "N", default_value_t = 0)]
        port: u16,
    },
}

/// The status of a command that asks for what there is not.
const WRONG_USAGE: u8 = 2;

/// Anything that ends a command without a verdict.
type Failure = Box<dyn std::error::Error>;

/// Runs the command line: with clients all of it, without one what needs none.
pub fn main(subjects: &[&'static Subject]) -> ExitCode {
    let Arguments { command, client } = Arguments::parse();
    match chosen(subjects, client.as_deref()).and_then(|subject| run(command, subject)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {}", visible(&error.to_string()));
            ExitCode::FAILURE
        }
    }
}

/// The client of this name, or the only one.
fn chosen(subjects: &[&'static Subject], name: Option<&str>) -> Result<Option<&'static Subject>, Failure> {
    let known = || subjects.iter().map(|subject| subject.name).collect::<Vec<_>>().join(", ");
    match (name, subjects) {
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(only)),
        (None, _) => Err(format!("this program knows several clients; say which with --client: {}", known()).into()),
        (Some(name), _) => match subjects.iter().find(|subject| subject.name == name) {
            Some(subject) => Ok(Some(subject)),
            None => Err(format!("this program knows no client `{name}`, but these: {}", known()).into()),
        },
    }
}

fn run(command: Command, subject: Option<&'static Subject>) -> Result<ExitCode, Failure> {
    let needed = || subject.ok_or("this program knows no client: `cargo xtask contract` starts the one that does");
    match command {
        Command::Judge { which, cases, seed, report, schema_only: true, .. } => {
            let document = which.read()?;
            let judged = schemas::judge(&document, Plan { cases, seed }, &Progress::shown());
            say(&judged);
            if let Some(directory) = report {
                judged.write(&directory)?;
            }
            Ok(if judged.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Judge { which, cases, seed, report, schema_only: false, generated, only } => {
            let subject = needed()?;
            let own = which.document.is_none();
            let document = which.read()?;
            let clients = Clients::new()?;
            let of_judging = |error| Diagnostic::of_judging(&document, &error);
            let ground = Ground::new(&document, subject, Plan { cases, seed }, &clients);
            let ground = ground.map_err(|error| of_judging(error.into()))?;
            let missing = only.clone().unwrap_or_default();
            let Some(ground) = ground.within(Scope { generated, only, ..Scope::default() }) else {
                let name = document.name();
                let error = format!("{name}: neither a schema nor an operation is called `{missing}`");
                eprintln!("error: {}", visible(&error));
                return Ok(ExitCode::from(WRONG_USAGE));
            };
            let judged = judge::judge(&ground, ORACLES, &Progress::shown()).map_err(of_judging)?;
            if let Some(row) = &ground.scope.row
                && judged.oracles.iter().all(|oracle| oracle.tried.is_empty())
            {
                let name = document.name();
                let error = format!("{name}: no row of the failure matrix is called `{row}` and fits the operation");
                eprintln!("error: {}", visible(&error));
                return Ok(ExitCode::from(WRONG_USAGE));
            }
            say(&judged);
            if let Some(directory) = report {
                judged.write(&directory)?;
                judged.write_page(&ground, &directory)?;
            }
            // By another document, an entry of the list may well cover nothing.
            let stale = if own && ground.scope.only.is_none() { judged.stale.as_slice() } else { &[] };
            for entry in stale {
                say(&format_args!("stale deviation: {entry}\n"));
            }
            // Of this repository's document, everything can be judged.
            let left_out = if generated { &[] } else { judged.left_out.as_slice() };
            let fine = judged.passed() && stale.is_empty() && left_out.is_empty();
            Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Mutants { which, out } => {
            let subject = needed()?;
            let document = which.read()?;
            let progress = Progress::shown();
            let (score, mutants) = Score::of(&document, subject, |_, steps| progress.done(steps))
                .map_err(|error| Diagnostic::of_judging(&document, &error))?;
            progress.finish();
            match out {
                Some(directory) => score.write(&mutants, &directory)?,
                None => say(&score),
            }
            Ok(if score.perfect() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Cases { which, schema } => {
            let document = which.read()?;
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            let left_out = match lines::write(&document, schema.as_deref(), &mut out)
                .and_then(|left_out| Ok((left_out, out.flush()?)))
            {
                Ok((Some(left_out), ())) => left_out,
                Ok((None, ())) => {
                    let name = schema.unwrap_or_default();
                    eprintln!("error: {}", visible(&format!("{}: no schema is called `{name}`", document.name())));
                    return Ok(ExitCode::from(WRONG_USAGE));
                }
                // Whoever reads the lines has had enough of them.
                Err(LinesError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                    return Ok(ExitCode::SUCCESS);
                }
                Err(error) => return Err(error.into()),
            };
            for reason in &left_out {
                eprintln!("error: {}", visible(&reason.to_string()));
            }
            Ok(if left_out.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Compare(arguments) => compare::command::run(&arguments, subject),
        Command::Mock { which, port } => {
            let document = which.read()?;
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
            runtime.block_on(async {
                let running = mock::start(&document, port).await?;
                say(&format_args!(
                    "{} is served at {} (Ctrl-C ends it)\nother responses than the first: `Prefer: code=404`, `Prefer: example=NAME`\n",
                    document.name(),
                    running.base_url
                ));
                std::future::pending::<Result<ExitCode, Failure>>().await
            })
        }
    }
}

/// Writes to standard output. Where nobody reads it any more, the status tells all the same.
fn say(what: &dyn Display) {
    let _ = write!(std::io::stdout(), "{}", visible(&what.to_string()));
}

impl Which {
    fn read(&self) -> Result<Document, Diagnostic> {
        let read = match (&self.document, &self.name) {
            (None, _) => Document::own(),
            (Some(path), name) => {
                let name = name.clone().unwrap_or_else(|| path.display().to_string());
                Document::read_as(&name, path, &self.allow_folder)
            }
        };
        read.map_err(|error| Diagnostic::of_file(&error))
    }
}
