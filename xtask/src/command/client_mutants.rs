//! `client-mutants`: which faults of the client the contract suite notices, which its own tests, and which nobody.
//!
//! The faults are put into a copy of the client. Most are expressions with a switch, so that one build holds them all; those
//! that take a build share it with others that are not seen where they are; what only readers see takes none.

mod build;
mod copy;
mod fault;
mod faults;
mod item;
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
use build::{Programs, build};
use copy::Copy;
use fault::{Fault, How};
use packs::Holdings;
use splice::SpliceError;
use trial::{Noticed, Trial};

/// Put faults into a copy of the client, one at a time, and say who notices each: the contract suite, the client's own tests, or
/// nobody.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only the faults whose kind or name begins so; may be given again
    #[arg(long, value_name = "NAME", action = clap::ArgAction::Append)]
    only: Vec<String>,
}

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
    #[error("the build `{0}` of the client fails: what cargo says stands above")]
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
    let all = numbered();
    let is_chosen = |kind: &str, fault: &Fault| {
        arguments.only.is_empty()
            || arguments
                .only
                .iter()
                .any(|only| kind.starts_with(only.as_str()) || fault.name.starts_with(only.as_str()))
    };
    let kinds = faults::KINDS.iter().flat_map(|(kind, faults)| faults.iter().map(move |_| *kind));
    let chosen: Vec<(&'static str, u32, Fault)> = kinds
        .zip(&all)
        .map(|(kind, (number, fault))| (kind, *number, *fault))
        .filter(|(kind, _, fault)| is_chosen(kind, fault))
        .collect();
    if chosen.is_empty() {
        complain(format_args!("error: no fault and no kind of faults begins like this"));
        return Ok(Outcome::WrongUsage);
    }
    let faults: Vec<(u32, Fault)> = chosen.iter().map(|(_, number, fault)| (*number, *fault)).collect();
    let mut run = Run::new(&faults)?;
    let noticed = run.noticed(&faults)?;
    let rows: Vec<report::Row> = chosen
        .into_iter()
        .filter_map(|(kind, number, fault)| Some(report::Row { kind, fault, noticed: noticed.get(&number)?.clone() }))
        .collect();
    Ok(report::report(&rows, run.builds))
}

/// All faults, each with the number that switches it on; 0 is none.
fn numbered() -> Vec<(u32, Fault)> {
    let faults = faults::KINDS.iter().flat_map(|(_, faults)| faults.iter().copied());
    (1..).zip(faults).collect()
}

/// One run of the command.
struct Run {
    copy: Copy,
    holdings: Holdings,
    builds: usize,
    progress: Mutex<Progress>,
}

impl Run {
    fn new(faults: &[(u32, Fault)]) -> Result<Self, Failure> {
        let copy = Copy::write(workspace::root().join("target/client-mutants"))?;
        let types = workspace::client().join("src/generated/types.rs");
        let types = std::fs::read_to_string(&types).map_err(copy::failed(&types))?;
        let holdings = Holdings::of(&types).map_err(ClientMutantsError::from)?;
        Ok(Self { copy, holdings, builds: 0, progress: Mutex::new(Progress::of(faults.len())) })
    }

    /// Who noticed each fault, by its number.
    fn noticed(&mut self, faults: &[(u32, Fault)]) -> Result<BTreeMap<u32, Noticed>, Failure> {
        let packs = self.holdings.packs(faults);
        if 1 + packs.len() > MOST_BUILDS {
            return Err(ClientMutantsError::Builds(1 + packs.len()).into());
        }
        let of = |how: fn(&How) -> bool| faults.iter().copied().filter(move |(_, fault)| how(&fault.how));
        let switched: Vec<(u32, Fault)> = of(|how| *how == How::Switched).collect();
        let read: Vec<(u32, Fault)> = of(|how| matches!(how, How::Told | How::Marked)).collect();
        self.copy.put_read(&[])?;
        let programs = self.built(&switched, "switched")?;
        self.control(&programs)?;

        let mut tried: Vec<(u32, Fault, Programs)> = Vec::new();
        for (index, pack) in packs.iter().enumerate() {
            let built = self.built(pack, &format!("pack-{}", index + 1))?;
            tried.extend(pack.iter().map(|(number, fault)| (*number, *fault, built.clone())));
        }
        tried.extend(switched.iter().map(|(number, fault)| (*number, *fault, programs.clone())));
        let mut noticed = self.each(&tried, |run, number, fault, programs| {
            let only = match fault.how {
                How::Built(judged) => Some(judged),
                _ => None,
            };
            let folder = run.folder(fault.name);
            let trial = Trial { programs, number, only, folder: &folder };
            match trial.judged()? {
                // In a build with others, their faults fail the tests too.
                Noticed::Nobody if only.is_none() => trial.tested(),
                found => Ok(found),
            }
        })?;
        // The sources that are read are those of all programs, so these go one after the other.
        for (number, fault) in read {
            self.copy.put_read(&[(number, fault)])?;
            let folder = self.folder(fault.name);
            // What is told is all that differs: no draw shows more of it.
            let found = Trial { programs: &programs, number: 0, only: None, folder: &folder }.judged_once()?;
            self.step(fault.name);
            noticed.insert(number, found);
        }
        self.copy.put_read(&[])?;
        for (number, fault) in faults.iter().filter(|(_, fault)| matches!(fault.how, How::Built(_))) {
            if noticed.get(number) == Some(&Noticed::Nobody) {
                let programs = self.built(&[(*number, *fault)], fault.name)?;
                let folder = self.folder(fault.name);
                noticed
                    .insert(*number, Trial { programs: &programs, number: 0, only: None, folder: &folder }.tested()?);
            }
        }
        Ok(noticed)
    }

    /// Does the work for each fault, on as many threads as there are cores.
    fn each(
        &self,
        tried: &[(u32, Fault, Programs)],
        work: impl Fn(&Self, u32, &Fault, &Programs) -> Result<Noticed, Failure> + Sync,
    ) -> Result<BTreeMap<u32, Noticed>, Failure> {
        let next = AtomicUsize::new(0);
        let take = || {
            let mut done = Vec::new();
            while let Some((number, fault, programs)) = tried.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((*number, work(self, *number, fault, programs)?));
                self.step(fault.name);
            }
            Ok(done)
        };
        std::thread::scope(|scope| {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(take)).collect();
            let joined = workers.into_iter().map(|worker| worker.join());
            let done: Result<Vec<Vec<_>>, Failure> =
                joined.map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect();
            Ok(done?.into_iter().flatten().collect())
        })
    }

    /// Nobody may find a fault where none is switched on.
    fn control(&self, programs: &Programs) -> Result<(), Failure> {
        let folder = self.folder("none");
        let trial = Trial { programs, number: 0, only: None, folder: &folder };
        for (who, found) in [("the contract suite", trial.judged()?), ("the client's own tests", trial.tested()?)] {
            if let Noticed::Contract(what) | Noticed::Tests(what) = found {
                let what = what.into_iter().collect::<Vec<_>>().join(", ");
                return Err(ClientMutantsError::Control { who, what }.into());
            }
        }
        Ok(())
    }

    fn built(&mut self, faults: &[(u32, Fault)], name: &str) -> Result<Programs, Failure> {
        self.builds += 1;
        self.tell(&format!("building `{name}`"));
        self.copy.put_built(faults)?;
        build(&self.copy, name)
    }

    fn folder(&self, name: &str) -> PathBuf {
        Path::new(&self.copy.folder).join("tried").join(name)
    }

    fn tell(&self, doing: &str) {
        if let Ok(mut progress) = self.progress.lock() {
            progress.tell(doing);
        }
    }

    fn step(&self, name: &str) {
        self.tell(name);
        if let Ok(mut progress) = self.progress.lock() {
            progress.step();
        }
    }
}
