//! `contract --generated`: clients of any documents, tied to the judge by their bindings, built and judged.
//!
//! Documents go in batches, each of which is one program. What became of a document is written down beside its client, so
//! that a run that was interrupted goes on where it was.

mod build;
mod client;
mod judging;
mod known;
mod state;
mod summary;
mod verdict;

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf, absolute};
use std::process::Command;
use std::sync::Arc;

use codegen::diagnostic::{Diagnostic, Level};

use super::super::{Failure, Outcome};
use crate::annotation::Format;
use crate::drawing;
use crate::progress::Progress;
use crate::source::{self, Source};
use crate::terminal::say;
use crate::workspace::{self, shown};
use client::Client;
use known::Fault;
use summary::Summary;
use verdict::{Judged, Verdict};

/// How much is built at once: enough that starting the compiler does not count, and little enough for any machine.
const LINES: usize = 150_000;
const CLIENTS: usize = 16;

/// What is asked for.
pub struct Request<'r> {
    /// The documents, one at least.
    pub documents: &'r [PathBuf],
    /// The rules whose findings pass as warnings.
    pub allow: &'r [String],
    /// The folders whose files may be read.
    pub folders: &'r [PathBuf],
    /// Where clients stay.
    pub keep: Option<&'r Path>,
    /// Where reports go.
    pub report: Option<&'r Path>,
    /// The list of known faults.
    pub known: Option<&'r Path>,
    /// Whether one schema or operation alone is judged.
    pub only: bool,
    /// How it is told.
    pub format: Format,
    /// The judge's other arguments.
    pub plan: Vec<OsString>,
}

/// Why no client could be judged, whatever the documents say.
#[derive(Debug, thiserror::Error)]
pub enum GeneratedError {
    /// A file or a folder.
    #[error("{path}: {source}")]
    Io {
        /// The path.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The list of known faults is none.
    #[error("{path}: this is not a list of known faults: {source}")]
    Known {
        /// The path.
        path: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// What the clients stand on does not build.
    #[error("clients cannot be built here, so nothing was judged:\n{0}")]
    Build(String),
}

/// Generates, builds and judges.
pub fn run(request: &Request<'_>) -> Result<Outcome, Failure> {
    let known = request.known.map(known::read).transpose()?.unwrap_or_default();
    let read = |path: &PathBuf| Ok(source::read(Some(path))?.allowing(request.allow).with_folders(request.folders)?);
    let sources = request.documents.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
    let documents: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
    let root = folder(request.keep, &documents);
    let mut run = Run { request, documents, progress: Progress::of(sources.len()), root, known, stale: Vec::new() };
    let mut judged: Vec<Option<Judged>> = vec![None; sources.len()];
    let mut names: Vec<String> = Vec::new();
    let mut batch: Vec<(usize, Client)> = Vec::new();
    for (index, source) in sources.into_iter().enumerate() {
        let name = client::name_for(&source.name, &names);
        names.push(name.clone());
        run.progress.tell(&format!("generating the client of {}", source.shown));
        let shown = source.shown.clone();
        match written(&Arc::new(source), name, &run.root, run.alone())? {
            Err(refused) => judged[index] = Some(run.tell(index, shown, refused)),
            Ok(client) => match run.kept(&client) {
                Some(verdict) => judged[index] = Some(run.tell(index, shown, verdict)),
                None => batch.push((index, client)),
            },
        }
        let lines: usize = batch.iter().map(|(_, client)| client.lines).sum();
        if lines >= LINES || batch.len() >= CLIENTS {
            run.batch(std::mem::take(&mut batch), &mut judged)?;
        }
    }
    run.batch(batch, &mut judged)?;
    let summary = Summary::of(judged.into_iter().flatten().collect(), std::mem::take(&mut run.stale));
    run.finish(&summary)?;
    summary.tell(request.format)?;
    Ok(summary.outcome())
}

/// The client of one document, built, as the judge's program with a subcommand; nothing where there is none, which was said.
pub fn judge_of(source: &Arc<Source>, subcommand: &str) -> Result<Result<Command, Outcome>, Failure> {
    let root = folder(None, &[source.name.as_str()]);
    let name = client::name_for(&source.name, &[]);
    let document = source.shown.clone();
    let told = |verdict| {
        let judged = Judged { document: document.clone(), verdict };
        judging::tell_of(&judged);
        Ok(Err(judged.verdict.outcome()))
    };
    let client = match written(source, name, &root, true)? {
        Ok(client) => client,
        Err(refused) => return told(refused),
    };
    tell_of_building(&client);
    let built = build::build(&root, &[&client], &mut Progress::of(1))?;
    match built.program_for(&client) {
        Ok(program) => Ok(Ok(build::start(program, &client, subcommand))),
        Err(broken) => told(Verdict::of_build(broken)),
    }
}

/// The same without a word, of a client that is kept by its document's digest; or why there is none.
pub fn judge_by_digest(source: &Arc<Source>, subcommand: &str) -> Result<Result<Command, &'static str>, Failure> {
    let mut hasher = DefaultHasher::new();
    source.bytes.hash(&mut hasher);
    source.parts().iter().for_each(|part| (&part.path, &part.bytes).hash(&mut hasher));
    let root = folder(None, &[format!("{:016x}", hasher.finish())]);
    let Ok(client) = written(source, "old".to_owned(), &root, false)? else {
        return Ok(Err("no client is generated from the old document; see `cargo xtask lint`"));
    };
    let built = build::build(&root, &[&client], &mut Progress::of(1))?;
    Ok(match built.program_for(&client) {
        Ok(program) => Ok(build::start(program, &client, subcommand)),
        Err(_) => Err("the old document's client does not compile; `cargo xtask contract --generated` has the error"),
    })
}

/// Writes the client of a document, or says why there is none. Where the document is the only one, all that was noticed is
/// shown.
fn written(source: &Arc<Source>, name: String, root: &Path, alone: bool) -> Result<Result<Client, Verdict>, Failure> {
    let show = |diagnostics: &[Diagnostic]| {
        if alone {
            drawing::print(source, diagnostics);
        }
    };
    let folder = root.join(&name);
    match client::generate(source, &name, &folder) {
        Err(diagnostics) => {
            show(&diagnostics);
            Ok(Err(Verdict::Refused { errors: errors(source, &diagnostics) }))
        }
        Ok(generated) => {
            show(&generated.diagnostics);
            Ok(Ok(generated.write(Arc::clone(source), name, folder)?))
        }
    }
}

fn tell_of_building(client: &Client) {
    say(format_args!("building the client of {} in {}", client.source.shown, shown(&client.folder)));
}

/// A run over some documents.
struct Run<'r> {
    request: &'r Request<'r>,
    /// The names of the documents' files.
    documents: Vec<String>,
    progress: Progress,
    root: PathBuf,
    known: Vec<Fault>,
    /// The known faults that are no longer real.
    stale: Vec<String>,
}

impl Run<'_> {
    /// Whether there is one document only: then all that there is to say of it is said here and now.
    fn alone(&self) -> bool {
        self.documents.len() == 1
    }

    /// Builds and judges some clients.
    fn batch(&mut self, batch: Vec<(usize, Client)>, judged: &mut [Option<Judged>]) -> Result<(), Failure> {
        if batch.is_empty() {
            return Ok(());
        }
        let clients: Vec<&Client> = batch.iter().map(|(_, client)| client).collect();
        if let ([client], true) = (clients.as_slice(), self.alone()) {
            self.progress.above(|| tell_of_building(client));
        }
        let built = build::build(&self.root, &clients, &mut self.progress)?;
        for (index, client) in &batch {
            let verdict = match built.program_for(client) {
                Err(broken) => Verdict::of_build(broken),
                Ok(program) => self.judge(program, client)?,
            };
            if !self.alone() {
                state::keep(client, &self.asked(), &verdict)?;
            }
            judged[*index] = Some(self.tell(*index, client.source.shown.clone(), verdict));
        }
        Ok(())
    }

    /// What became of a client in an earlier run; of the only one, everything is said anew.
    fn kept(&self, client: &Client) -> Option<Verdict> {
        if self.alone() { None } else { state::kept(client, &self.asked()) }
    }

    /// What the outcome depends on beside client and judge.
    fn asked(&self) -> Vec<OsString> {
        let report = self.request.report.map(|report| from_anywhere(report).into_os_string());
        self.request.plan.iter().cloned().chain(report).collect()
    }

    /// Where the report of a client goes.
    fn report(&self, client: &Client) -> PathBuf {
        match self.request.report {
            Some(report) if self.alone() => from_anywhere(report),
            Some(report) => from_anywhere(report).join(&client.name),
            None => client.folder.join("report"),
        }
    }

    /// Marks the differences that are on the list of known faults, and notes what is on it and no longer real.
    fn mark(&mut self, index: usize, verdict: &mut Verdict) {
        let of_document = |fault: &&Fault| self.documents[index] == fault.document;
        let faults: Vec<&Fault> = self.known.iter().filter(of_document).collect();
        let stale = verdict.mark(&faults);
        // What `--only` leaves aside may be as real as ever.
        if !self.request.only {
            self.stale.extend(stale.iter().map(ToString::to_string));
        }
    }
}

/// What other programs start is told where files are wherever they run.
fn from_anywhere(path: &Path) -> PathBuf {
    absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Where the clients stand, unless told otherwise.
fn folder(keep: Option<&Path>, documents: &[impl AsRef<str>]) -> PathBuf {
    let scratch = || {
        let name = if let [one] = documents { one.as_ref() } else { "documents" };
        workspace::root().join("target").join("generated").join(name)
    };
    keep.map_or_else(scratch, from_anywhere)
}

fn errors(source: &Source, diagnostics: &[Diagnostic]) -> Vec<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    let said = errors.map(|error| {
        let place = source.place(error.location);
        format!("{place}: {}: {}", error.rule, error.message)
    });
    said.collect()
}
