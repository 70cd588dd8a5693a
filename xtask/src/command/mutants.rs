//! `mutants`: which edits of the document the suite notices, and which of them regeneration would notice at all.
//! `contract-tests` makes and judges the mutants; only here can they be regenerated, as only here the generator is known.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use codegen::diagnostic::Level;
use codegen::{Diagnostic, Input, Trace};
use serde::{Deserialize, Serialize};

use super::contract::judge_of;
use super::{Failure, Outcome};
use crate::terminal::say;
use crate::{process, source};

/// Edit every keyword of the document, one at a time, and list the edits that nobody notices.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    chosen: source::Chosen,
    /// Generate a client from the document, build it, and judge the mutants by that one
    #[arg(long)]
    generated: bool,
    /// A directory to write what became of each mutant into, for the page of `contract --report` with the same directory
    /// [default: none is written]
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
}

/// Why there is no score.
#[derive(Debug, thiserror::Error)]
pub enum MutantsError {
    /// The directory for the mutants, or a file in it.
    #[error("{path}: {source}")]
    File {
        /// The path.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index is not what was expected.
    #[error("the index of the mutants cannot be read: {0}")]
    Index(#[from] serde_json::Error),
    /// The document itself generates nothing, so nothing can be compared with it.
    #[error("{0}: the document has errors; `cargo xtask lint` shows them")]
    Refused(String),
}

/// What `contract-tests` writes about the mutants.
#[derive(Debug, Deserialize, Serialize)]
struct Index {
    /// What tells whether it is about another document.
    digest: String,
    mutants: Vec<Mutant>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Mutant {
    id: String,
    pointer: String,
    what: String,
    observer: String,
    remedy: String,
    #[serde(flatten)]
    fate: Fate,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
enum Fate {
    Killed { by: Vec<String> },
    Survived {},
    Equivalent { reason: String },
    Stillborn { reason: String },
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let original = Arc::new(arguments.chosen.read()?);
    let reference = Trace::of(original.input()).map_err(|_| MutantsError::Refused(original.shown.clone()))?;
    let directory = tempfile::tempdir().map_err(failed(&std::env::temp_dir()))?;
    let mut judge = if arguments.generated {
        match judge_of(&original, "mutants")? {
            Ok(judge) => judge,
            Err(outcome) => return Ok(outcome),
        }
    } else {
        process::judge_of_client("mutants")
    };
    if arguments.generated || arguments.chosen.path().is_some() {
        original.hand_to(&mut judge);
    }
    judge.arg("--out").arg(directory.path());
    let outcome = process::run(&mut judge)?;
    let index = directory.path().join("index.json");
    if !index.exists() {
        return Ok(if outcome == Outcome::Fine { Outcome::Failed } else { outcome });
    }
    let text = std::fs::read(&index).map_err(failed(&index))?;
    let mut index: Index = serde_json::from_slice(&text).map_err(MutantsError::from)?;
    let regenerate = |mutant: &Mutant| -> Result<Regenerated, MutantsError> {
        if matches!(mutant.fate, Fate::Equivalent { .. } | Fate::Stillborn { .. }) {
            return Ok(Regenerated::Otherwise);
        }
        let file = directory.path().join(format!("{}.json", mutant.id));
        let bytes = std::fs::read(&file).map_err(failed(&file))?;
        Ok(match reference.is_same(Input::new(&original.name, &bytes)) {
            Err(diagnostics) => Regenerated::Refused(refusal(&diagnostics)),
            Ok(true) => Regenerated::Same,
            Ok(false) => Regenerated::Otherwise,
        })
    };
    let mut blind = Vec::new();
    for (mutant, regenerated) in on_every_core(&index.mutants, regenerate).into_iter().enumerate() {
        let mutant = &mut index.mutants[mutant];
        match regenerated? {
            // What the generator refuses is no edit that anybody could have missed, and no kill either.
            Regenerated::Refused(reason) => mutant.fate = Fate::Stillborn { reason },
            Regenerated::Same => blind.push(mutant.id.clone()),
            Regenerated::Otherwise => {}
        }
    }
    if let Some(folder) = &arguments.report {
        let path = folder.join("mutants.json");
        let text = serde_json::to_string_pretty(&index).map_err(MutantsError::from)?;
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text + "\n")).map_err(failed(&path))?;
    }
    Ok(report(&original.shown, &index.mutants, &blind))
}

/// What came of regenerating a mutant.
enum Regenerated {
    /// The generator refuses it, for this reason.
    Refused(String),
    /// The source is what it was.
    Same,
    /// The source is another, or nobody asked.
    Otherwise,
}

/// Does the work for each item, on as many threads as there are cores; the results are in the order of the items.
fn on_every_core<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, work(item)));
        }
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(take)).collect();
        let joined = workers.into_iter().map(|worker| worker.join());
        joined.flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn refusal(refused: &[Diagnostic]) -> String {
    let first = refused.iter().find(|diagnostic| diagnostic.level == Level::Error);
    first.map(|diagnostic| format!("{}: {}", diagnostic.rule, diagnostic.message)).unwrap_or_default()
}

fn report(document: &str, mutants: &[Mutant], blind: &[String]) -> Outcome {
    let named = |mutant: &Mutant| format!("{} at {}: {}", mutant.id, mutant.pointer, mutant.what);
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut killed, mut all, mut seen_killed, mut seen) = (0, 0, 0, 0);
    say(format_args!("{document}: {} mutants", mutants.len()));
    for mutant in mutants {
        let visible = usize::from(matches!(mutant.observer.as_str(), "payload" | "wire"));
        match &mutant.fate {
            Fate::Equivalent { reason } => say(format_args!("equivalent {}\n  {reason}", named(mutant))),
            Fate::Stillborn { reason } => say(format_args!("stillborn {}\n  {reason}", named(mutant))),
            Fate::Killed { by: oracles } => {
                killed += 1;
                all += 1;
                seen_killed += visible;
                seen += visible;
                oracles.iter().for_each(|oracle| *by.entry(oracle).or_default() += 1);
            }
            Fate::Survived {} => {
                all += 1;
                seen += visible;
            }
        }
    }
    for id in blind {
        if let Some(mutant) = mutants.iter().find(|mutant| mutant.id == *id) {
            say(format_args!("blind {}", named(mutant)));
        }
    }
    for mutant in mutants.iter().filter(|mutant| matches!(mutant.fate, Fate::Survived {})) {
        say(format_args!("survivor {}\n  to be caught by {}", named(mutant), mutant.remedy));
    }
    for (oracle, count) in by {
        say(format_args!("  noticed by {oracle:<14}{count:>5}"));
    }
    say(format_args!("killed {killed}/{all}, by payload or wire {seen_killed}/{seen}, blind {}", blind.len()));
    if killed == all { Outcome::Fine } else { Outcome::Failed }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> MutantsError {
    let path = path.display().to_string();
    move |source| MutantsError::File { path, source }
}
