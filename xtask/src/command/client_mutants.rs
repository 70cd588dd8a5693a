//! `client-mutants`: which faults of the client the contract suite notices, which its own tests, and which nobody.
//!
//! The faults are put into a copy of the client. Most are expressions with a switch, so that one build holds them all; those
//! that take a build share it with others that are not seen where they are; what only readers see takes none.

mod build;
mod copy;
mod fault;
mod faults;
mod item;
mod manifests;
mod packs;
mod report;
mod splice;
mod survivors;
mod trial;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Failure, Outcome};
use crate::progress::Progress;
use crate::terminal::complain;
use crate::workspace;
use build::{Programs, With, build};
use copy::Copy;
use fault::{Fault, How};
use faults::Kind;
use manifests::ManifestError;
use packs::Holdings;
use splice::SpliceError;
use trial::{Noticed, Trial};

/// Put faults into a copy of the client, one at a time, and say who notices each: the contract suite, the client's own tests, or
/// nobody.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only the faults whose kind or name begins so; may be repeated
    #[arg(long, value_name = "NAME", action = clap::ArgAction::Append)]
    only: Vec<String>,
}

/// How many faults are tried at once on each core: the judge and the tests wait most of their time, for what a server does late.
const AT_ONCE: usize = 3;

/// How many builds one run may take.
const MOST_BUILDS: usize = 10;

/// Why there is no score.
#[derive(Debug, thiserror::Error)]
pub enum ClientMutantsError {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The path.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A manifest is not what the copy can be made of.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A fault cannot be put into the client.
    #[error(transparent)]
    Splice(#[from] SpliceError),
    /// The client has no such file.
    #[error("a fault names the file {0}, which the client does not have")]
    Absent(String),
    /// The generated types are no Rust.
    #[error("the client's types cannot be read: {0}")]
    Types(#[from] syn::Error),
    /// A build of faults does not compile.
    #[error("the build `{build}` of the client does not compile: a fault that the compiler refuses is none\n{error}")]
    Compile {
        /// The build's name.
        build: String,
        /// The compiler's first error.
        error: String,
    },
    /// Cargo gives no programs.
    #[error("the build `{0}` of the client failed: see cargo's output above")]
    Build(String),
    /// A program gives no verdict.
    #[error("a client was not judged:\n{0}")]
    Unjudged(String),
    /// The client without a fault is noticed.
    #[error("{who} finds a fault in the client that has none: {what}")]
    Control {
        /// Who.
        who: &'static str,
        /// What was found.
        what: String,
    },
    /// There are more builds than one run may take.
    #[error("the faults take {0} builds, and may take {MOST_BUILDS}: switch some of them instead")]
    Builds(usize),
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let is_chosen = |Numbered { kind, fault, .. }: &Numbered| {
        let begins = |only: &String| kind.name.starts_with(only.as_str()) || fault.name.starts_with(only.as_str());
        arguments.only.is_empty() || arguments.only.iter().any(begins)
    };
    let chosen: Vec<Numbered> = numbered().into_iter().filter(is_chosen).collect();
    if chosen.is_empty() {
        complain(format_args!("error: no fault and no kind of faults has a name that begins so"));
        return Ok(Outcome::WrongUsage);
    }
    let mut run = Run::new(&chosen)?;
    let noticed = run.noticed(&chosen)?;
    let row = |Numbered { kind, number, fault }: &Numbered| {
        Some(report::Row { kind: kind.name, fault: *fault, noticed: noticed.get(number)?.clone() })
    };
    let rows: Vec<report::Row> = chosen.iter().filter_map(row).collect();
    Ok(report::report(&rows, run.builds))
}

/// A fault, and the number that switches it on; 0 is none.
#[derive(Debug, Clone, Copy)]
struct Numbered {
    kind: &'static Kind,
    number: u32,
    fault: Fault,
}

fn numbered() -> Vec<Numbered> {
    let faults = faults::KINDS.iter().flat_map(|kind| kind.faults.iter().map(move |fault| (kind, *fault)));
    (1..).zip(faults).map(|(number, (kind, fault))| Numbered { kind, number, fault }).collect()
}

/// One run of the command.
struct Run {
    copy: Copy,
    holdings: Holdings,
    builds: usize,
    progress: Mutex<Progress>,
}

impl Run {
    fn new(faults: &[Numbered]) -> Result<Self, Failure> {
        let copy = Copy::write(workspace::root().join("target/client-mutants"))?;
        let types = workspace::client().join("src/generated/types.rs");
        let types = std::fs::read_to_string(&types).map_err(copy::failed(&types))?;
        let holdings = Holdings::of(&types).map_err(ClientMutantsError::from)?;
        Ok(Self { copy, holdings, builds: 0, progress: Mutex::new(Progress::of(faults.len())) })
    }

    /// Who noticed each fault, by its number.
    fn noticed(&mut self, faults: &[Numbered]) -> Result<BTreeMap<u32, Noticed>, Failure> {
        let packs = self.holdings.packs(faults.iter().copied());
        if 1 + packs.len() > MOST_BUILDS {
            return Err(ClientMutantsError::Builds(1 + packs.len()).into());
        }
        let of = |how: fn(How) -> bool| faults.iter().copied().filter(move |one| how(one.fault.how)).collect();
        let switched: Vec<Numbered> = of(|how| how == How::Switched);
        let read: Vec<Numbered> = of(|how| matches!(how, How::Told | How::Marked));
        self.copy.put_read(&[])?;
        let programs = self.built(&switched, "switched", With::Tests)?;
        self.control(&programs)?;

        let mut tried: Vec<(Numbered, Programs)> = Vec::new();
        for (index, pack) in packs.iter().enumerate() {
            let built = self.built(pack, &format!("pack-{}", index + 1), With::Judge)?;
            tried.extend(pack.iter().map(|one| (*one, built.clone())));
        }
        tried.extend(switched.iter().map(|one| (*one, programs.clone())));
        let mut noticed = self.each(&tried)?;
        // The sources that are read are those of all programs, so these go one after the other.
        for one in read {
            self.copy.put_read(&[one])?;
            let folder = self.folder(&one);
            // What is told is all that differs: no draw shows more of it.
            let found = Trial { number: 0, ..one.trial(&programs, &folder) }.judged_once()?;
            self.step(&one);
            noticed.insert(one.number, found);
        }
        self.copy.put_read(&[])?;
        for one in faults.iter().filter(|one| matches!(one.fault.how, How::Built(_))) {
            if noticed.get(&one.number) == Some(&Noticed::Nobody) {
                let programs = self.built(&[*one], one.fault.name, With::Tests)?;
                noticed.insert(one.number, one.trial(&programs, &self.folder(one)).tested()?);
            }
        }
        Ok(noticed)
    }

    /// Tries faults, several at once.
    fn each(&self, tried: &[(Numbered, Programs)]) -> Result<BTreeMap<u32, Noticed>, Failure> {
        let next = AtomicUsize::new(0);
        let take = || {
            let mut done = Vec::new();
            while let Some((one, programs)) = tried.get(next.fetch_add(1, Ordering::Relaxed)) {
                let folder = self.folder(one);
                let trial = one.trial(programs, &folder);
                let found = match trial.judged()? {
                    // In a build with others, their faults fail the tests too.
                    Noticed::Nobody if trial.only.is_none() => trial.tested()?,
                    found => found,
                };
                done.push((one.number, found));
                self.step(one);
            }
            Ok(done)
        };
        std::thread::scope(|scope| {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            let workers: Vec<_> = (0..AT_ONCE * cores).map(|_| scope.spawn(take)).collect();
            let joined = workers.into_iter().map(|worker| worker.join());
            let done: Result<Vec<Vec<_>>, Failure> =
                joined.map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect();
            Ok(done?.into_iter().flatten().collect())
        })
    }

    /// Nobody may find a fault where none is switched on.
    fn control(&self, programs: &Programs) -> Result<(), Failure> {
        let folder = self.copy.folder.join("tried/none");
        let trial = Trial { programs, number: 0, only: None, tests: &[], folder: &folder };
        for (who, found) in [("the contract suite", trial.judged()?), ("the client's own tests", trial.tested()?)] {
            if let Noticed::Contract(what) | Noticed::Tests(what) = found {
                let what = what.into_iter().collect::<Vec<_>>().join(", ");
                return Err(ClientMutantsError::Control { who, what }.into());
            }
        }
        Ok(())
    }

    fn built(&mut self, faults: &[Numbered], name: &str, with: With) -> Result<Programs, Failure> {
        self.builds += 1;
        self.tell(&format!("building `{name}`"));
        self.copy.put_built(faults)?;
        build(&self.copy, name, with)
    }

    fn folder(&self, one: &Numbered) -> PathBuf {
        self.copy.folder.join("tried").join(one.fault.name)
    }

    fn tell(&self, doing: &str) {
        if let Ok(mut progress) = self.progress.lock() {
            progress.tell(doing);
        }
    }

    fn step(&self, one: &Numbered) {
        self.tell(one.fault.name);
        if let Ok(mut progress) = self.progress.lock() {
            progress.step();
        }
    }
}

impl Numbered {
    fn trial<'t>(&self, programs: &'t Programs, folder: &'t Path) -> Trial<'t> {
        let only = match self.fault.how {
            How::Built(judged) => Some(judged),
            _ => None,
        };
        Trial { programs, number: self.number, only, tests: self.kind.tests, folder }
    }
}
