//! `diff`: what a change of the document means. `contract-tests` compares the documents; here is what only the generator
//! and the repository know: revisions, the Rust interface on both sides, and the client's version.

mod documents;
mod told;

use std::path::PathBuf;
use std::process::Command;

use codegen::interface::{self, Change};
use codegen::{Layout, MODULE, SourceFile};
use serde::Serialize;

use super::contract::judge_by_digest;
use super::{Failure, Outcome};
use crate::annotation::Format;
use crate::terminal::{leave_output_to_programs, output_for_people};
use crate::version::{MANIFEST, Version};
use crate::{git, process, source, workspace};
pub use documents::DiffError;
use documents::{Read, document};

/// Compare two documents: is the change compatible or breaking for clients and servers, with proof
///
/// Each document is a file, or `REVISION:PATH` of git. Without documents, that of HEAD is compared with that of the working
/// tree. Exit status: 0 where nothing breaks or the client's version says that something does, 1 for a breaking change
/// without it, 2 wrong usage.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The document as it was; `-` is standard input
    #[arg(requires = "new")]
    old: Option<String>,
    /// The document as it is now
    new: Option<String>,
    /// The format of the changes
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// A directory to write the report into, as a page, as JSON and as text [default: none is written]
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    #[command(flatten)]
    folders: source::Folders,
    /// Do not decode or send witnesses with the client of the old document
    #[arg(long)]
    no_client: bool,
}

/// What is handed to the judge beside the documents.
#[derive(Debug, Default, Serialize)]
struct Context {
    interface: Interface,
    version: Option<Raised>,
    unasked: Option<String>,
}

/// The client's version with both documents.
#[derive(Debug, Serialize)]
struct Raised {
    old: String,
    new: String,
    /// Which number of it has to be raised where something breaks.
    breaking: &'static str,
    /// Whether it says that something breaks.
    made: bool,
}

/// What the users of the client can name, by what became of it.
#[derive(Debug, Default, Serialize)]
struct Interface {
    gone: Vec<String>,
    changed: Vec<(String, String)>,
    come: Vec<String>,
    missing: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let head = format!("HEAD:{}", workspace::DOCUMENT);
    let folders = arguments.folders.allow_folder.as_slice();
    let (old, new) = match (&arguments.old, &arguments.new) {
        (Some(old), Some(new)) => (document(old, folders)?, document(new, folders)?),
        _ => (document(&head, folders)?, documents::working_tree()?),
    };
    compare(&old, &new, arguments)
}

fn compare(old: &Read, new: &Read, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = [sources(old), sources(new)];
    let folder = tempfile::tempdir().map_err(DiffError::Folder)?;
    let copied = |read: &Read, name: &str| read.source.copy_to(&folder.path().join(name)).map_err(DiffError::Folder);
    let (one, other) = (copied(old, "old")?, copied(new, "new")?);
    let folders = ["old", "new"].map(|name| folder.path().join(name));
    let handed = |mut judge: Command| {
        judge.arg(&one).arg(&other);
        for folder in &folders {
            judge.arg("--allow-folder").arg(folder);
        }
        judge
    };
    let is_here = sources[0].as_ref().is_ok_and(|sources| stands_here(sources));
    let (judge, unasked) = if arguments.no_client {
        (process::judge("compare"), Some("it was left out by `--no-client`".to_owned()))
    } else if is_here {
        (process::judge_of_client("compare"), None)
    } else if process::succeeds(&mut handed(process::judge("compare"))) {
        // Nothing breaks, so there is nothing to ask.
        (process::judge("compare"), None)
    } else {
        // The client of the old document is built for this, and kept.
        match judge_by_digest(&old.source, "compare")? {
            Ok(judge) => (judge, None),
            Err(reason) => (process::judge("compare"), Some(reason.to_owned())),
        }
    };
    let context = Context { interface: interface_of(sources), version: raised(old, new), unasked };
    let context = serde_json::to_string(&context).map_err(DiffError::Context)?;
    let path = folder.path().join("context.json");
    std::fs::write(&path, context).map_err(DiffError::Folder)?;
    let mut judge = handed(judge);
    judge.args(["--old-name", &old.source.shown, "--new-name", &new.source.shown]);
    judge.arg("--context").arg(path);
    let for_programs = matches!(arguments.format, Format::Github | Format::Sarif);
    // What programs are told is read from the report.
    let unasked = for_programs.then(|| folder.path().join("report"));
    let report = arguments.report.as_ref().or(unasked.as_ref());
    if let Some(report) = report {
        judge.arg("--report").arg(report);
    }
    match arguments.format {
        Format::Json => drop(judge.args(["--format", "json"])),
        Format::Text => {}
        Format::Github | Format::Sarif => {
            leave_output_to_programs();
            judge.stdout(output_for_people());
        }
    }
    let outcome = process::run(&mut judge)?;
    if let Some(report) = report.filter(|_| for_programs) {
        told::report(arguments.format, &report.join("diff.json"));
    }
    Ok(outcome)
}

/// What became of the client's version; nothing where the documents are not the client's.
fn raised(old: &Read, new: &Read) -> Option<Raised> {
    let version = |read: &Read| {
        let manifest = match &read.revision {
            Some(revision) => git::file(revision, MANIFEST).ok()?,
            None => std::fs::read(workspace::root().join(MANIFEST)).ok()?,
        };
        Version::in_manifest(&String::from_utf8(manifest).ok()?).filter(|_| read.own)
    };
    let (old, new) = (version(old)?, version(new)?);
    Some(Raised { old: old.to_string(), new: new.to_string(), breaking: old.breaking(), made: new.breaks(old) })
}

/// The Rust files of the module that a document generates, by their paths within it.
fn sources(read: &Read) -> Result<Vec<SourceFile>, String> {
    let refused = |_| format!("no client is generated from {}; see `cargo xtask lint`", read.source.shown);
    let generated = read.source.input().generate(Layout::Module).map_err(refused)?;
    let within = |file: SourceFile| {
        let path = file.path.strip_prefix(MODULE)?.to_owned();
        path.ends_with(".rs").then_some(SourceFile { path, contents: file.contents })
    };
    Ok(generated.files.into_iter().filter_map(within).collect())
}

/// Whether these are the sources of the client in the working tree.
fn stands_here(sources: &[SourceFile]) -> bool {
    let module = workspace::client().join(MODULE);
    sources.iter().all(|file| std::fs::read_to_string(module.join(&file.path)).is_ok_and(|text| text == file.contents))
}

/// What the Rust interface loses, gains and says otherwise.
fn interface_of(sources: [Result<Vec<SourceFile>, String>; 2]) -> Interface {
    let [old, new] = sources;
    let changes = old.and_then(|old| interface::compare(&old, &new?).map_err(|error| error.to_string()));
    let mut found = Interface::default();
    match changes {
        Err(reason) => found.missing = Some(reason),
        Ok(changes) => {
            for change in changes {
                match change {
                    Change::Added { what } => found.come.push(what),
                    Change::Removed { what } => found.gone.push(what),
                    Change::Changed { what, from, to } => {
                        found.changed.push((format!("{what}: {from}"), format!("{what}: {to}")));
                    }
                }
            }
        }
    }
    found
}
