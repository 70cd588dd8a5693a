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
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::diagnostic::{Diagnostic, Level};

use super::super::{Failure, Outcome};
use super::from_anywhere;
use crate::drawing;
use crate::progress::Progress;
use crate::source::{self, Source};
use crate::terminal::{complain, say};
use crate::workspace::{self, shown};
use build::Broken;
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
    /// Where clients stay.
    pub keep: Option<&'r Path>,
    /// Where reports go.
    pub report: Option<&'r Path>,
    /// The list of known faults.
    pub known: Option<&'r Path>,
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
    #[error("{path}: this is no list of known faults: {source}")]
    Known {
        /// The path.
        path: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// What the clients stand on does not build.
    #[error("{0}\nno client can be built here, so nothing was judged")]
    Build(String),
}

/// Generates, builds and judges.
pub fn run(request: &Request<'_>) -> Result<Outcome, Failure> {
    let known = request.known.map(known::read).transpose()?.unwrap_or_default();
    let read = |path: &PathBuf| Ok(Source { allow: request.allow.to_vec(), ..source::read(Some(path))? });
    let sources = request.documents.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
    let documents: Vec<PathBuf> = request.documents.iter().map(|path| from_anywhere(path)).collect();
    let root = folder(request.keep, &sources);
    let mut run =
        Run { request, documents, progress: Progress::of(sources.len()), root, known, stale: Vec::new(), usage: false };
    let mut judged: Vec<Option<Judged>> = vec![None; sources.len()];
    let mut names: Vec<String> = Vec::new();
    let mut batch: Vec<(usize, Client)> = Vec::new();
    for (index, source) in sources.into_iter().enumerate() {
        let name = client::name_for(&source.name, &names);
        names.push(name.clone());
        run.progress.tell(&format!("generating the client of {}", source.shown));
        let shown = source.shown.clone();
        match client::generate(&source, &name) {
            Err(diagnostics) => {
                if run.alone() {
                    drawing::print(&source, &diagnostics);
                }
                judged[index] =
                    Some(run.tell(index, shown, Verdict::Refused { errors: errors(&source, &diagnostics) }));
            }
            Ok(generated) => {
                if run.alone() {
                    drawing::print(&source, &generated.diagnostics);
                }
                let folder = run.root.join(&name);
                let client = generated.write(source, name, folder)?;
                let kept = if run.alone() { None } else { state::kept(&client, &request.plan) };
                match kept {
                    Some(verdict) => judged[index] = Some(run.tell(index, shown, verdict)),
                    None => batch.push((index, client)),
                }
            }
        }
        let lines: usize = batch.iter().map(|(_, client)| client.lines).sum();
        if lines >= LINES || batch.len() >= CLIENTS {
            run.batch(std::mem::take(&mut batch), &mut judged)?;
        }
    }
    run.batch(batch, &mut judged)?;
    if run.usage {
        return Ok(Outcome::WrongUsage);
    }
    let summary = Summary::of(judged.into_iter().flatten().collect(), std::mem::take(&mut run.stale));
    run.finish(&summary)?;
    Ok(summary.outcome())
}

/// The client of one document, built, as the judge's program with a subcommand; nothing where there is none, which was said.
pub fn judge_of(document: &Path, subcommand: &str) -> Result<Result<Command, Outcome>, Failure> {
    let source = source::read(Some(document))?;
    let root = folder(None, std::slice::from_ref(&source));
    let name = client::name_for(&source.name, &[]);
    let shown = source.shown.clone();
    let mut progress = Progress::of(1);
    let generated = match client::generate(&source, &name) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            drawing::print(&source, &diagnostics);
            complain(format_args!("{shown} is refused: no client was generated, and nothing judged"));
            return Ok(Err(Outcome::Failed));
        }
    };
    let client = generated.write(source, name.clone(), root.join(&name))?;
    say(format_args!("building the client of {shown} in {}", workspace::shown(&root)));
    let mut built = build::build(&root, &[&client], &mut progress)?;
    let Some(program) = built.program else {
        let broken = built.broken.remove(&name).unwrap_or_else(|| Broken::Package(String::new()));
        let judged = Judged { document: shown, verdict: Verdict::of_build(&broken) };
        judging::tell_of(&judged);
        return Ok(Err(judged.verdict.outcome()));
    };
    Ok(Ok(build::start(&program, &client, subcommand)))
}

/// A run over some documents.
struct Run<'r> {
    request: &'r Request<'r>,
    /// The paths of the documents, from anywhere.
    documents: Vec<PathBuf>,
    progress: Progress,
    root: PathBuf,
    known: Vec<Fault>,
    /// The known faults that are no longer real.
    stale: Vec<String>,
    /// The judge finds its arguments wrong.
    usage: bool,
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
            let folder = shown(&client.folder);
            self.progress.above(|| say(format_args!("building the client of {} in {folder}", client.source.shown)));
        }
        let built = build::build(&self.root, &clients, &mut self.progress)?;
        for (index, client) in &batch {
            let verdict = match (built.broken.get(&client.name), &built.program) {
                (Some(broken), _) => Verdict::of_build(broken),
                (None, Some(program)) => self.judge(program, client, &self.documents[*index].clone())?,
                (None, None) => continue,
            };
            if !self.alone() {
                state::keep(client, &self.request.plan, &verdict)?;
            }
            judged[*index] = Some(self.tell(*index, client.source.shown.clone(), verdict));
        }
        Ok(())
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
        let name = self.documents[index].file_name();
        let of_document = |fault: &&Fault| name.is_some_and(|name| name == fault.document.as_str());
        let faults: Vec<&Fault> = self.known.iter().filter(of_document).collect();
        self.stale.extend(verdict.mark(&faults).iter().map(ToString::to_string));
    }
}

/// Where the clients stand, unless told otherwise.
fn folder(keep: Option<&Path>, sources: &[Source]) -> PathBuf {
    let scratch = || {
        let name = if let [one] = sources { &one.name } else { "documents" };
        workspace::root().join("target").join("generated").join(name)
    };
    keep.map_or_else(scratch, from_anywhere)
}

fn errors(source: &Source, diagnostics: &[Diagnostic]) -> Vec<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    let said = errors.map(|error| {
        let place = format!("{}:{}:{}", source.shown, error.location.line, error.location.column);
        format!("{place}: {}: {}", error.rule, error.message)
    });
    said.collect()
}
