//! What trying all mutants came to: the score, the survivors, and the mutants as files for whoever regenerates them.

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use super::trial::{Fate, Trial, Trials};
use super::{Mutant, Observer, mutants};
use crate::client::Subject;
use crate::document::Document;
use crate::judge::JudgeError;

/// All trials of one document.
#[derive(Debug, Serialize)]
pub struct Score {
    /// The document.
    pub document: String,
    /// What tells whether this is about another document.
    pub digest: String,
    /// The trials, in the order of the mutants.
    pub mutants: Vec<Trial>,
}

/// Why the mutants could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ScoreError {
    /// A file could not be written.
    #[error("{path}: {source}")]
    Write {
        /// The file.
        path: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The index could not be made.
    #[error("the index of the mutants: {0}")]
    Index(#[from] serde_json::Error),
}

impl Score {
    /// Tries every mutant of a document, on as many threads as there are cores. `tried` is called after each.
    pub fn of(
        document: &Document,
        subject: &Subject,
        tried: impl Fn(usize, usize) + Sync,
    ) -> Result<(Self, Vec<Mutant>), JudgeError> {
        let mutants = mutants(document)?;
        let next = AtomicUsize::new(0);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let results: Result<Vec<Vec<(usize, Trial)>>, JudgeError> = std::thread::scope(|scope| {
            let work = || {
                let mut done = Vec::new();
                // Each thread has clients and servers of its own: what a server is told is meant for one call.
                let trials = Trials::of(document, subject)?;
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(mutant) = mutants.get(index) else { return Ok(done) };
                    done.push((index, trials.run(mutant)));
                    tried(index + 1, mutants.len());
                }
            };
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Ok(Vec::new()))).collect()
        });
        let mut results: Vec<(usize, Trial)> = results?.into_iter().flatten().collect();
        results.sort_by_key(|(index, _)| *index);
        let trials = results.into_iter().map(|(_, trial)| trial).collect();
        Ok((Self { document: document.name().into(), digest: document.digest(), mutants: trials }, mutants))
    }

    /// The mutants that nobody noticed.
    pub fn survivors(&self) -> impl Iterator<Item = &Trial> {
        self.mutants.iter().filter(|trial| matches!(trial.fate, Fate::Survived { .. }))
    }

    /// Whether every mutant that counts was killed.
    pub fn perfect(&self) -> bool {
        self.survivors().next().is_none()
    }

    /// Writes each mutant as a JSON document, and `index.json` about them.
    pub fn write(&self, mutants: &[Mutant], directory: &Path) -> Result<(), ScoreError> {
        let failed = |path: &Path| {
            let path = path.display().to_string();
            move |source| ScoreError::Write { path, source }
        };
        std::fs::create_dir_all(directory).map_err(failed(directory))?;
        for mutant in mutants {
            let path = directory.join(format!("{}.json", mutant.id));
            let text = serde_json::to_string_pretty(mutant.document.as_written().root())? + "\n";
            std::fs::write(&path, text).map_err(failed(&path))?;
        }
        let path = directory.join("index.json");
        std::fs::write(&path, serde_json::to_string_pretty(self)? + "\n").map_err(failed(&path))
    }

    fn count(&self, meant: impl Fn(&Trial) -> bool) -> usize {
        self.mutants.iter().filter(|trial| meant(trial)).count()
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let killed = |trial: &Trial| matches!(trial.fate, Fate::Killed { .. });
        let counted = |trial: &Trial| matches!(trial.fate, Fate::Killed { .. } | Fate::Survived { .. });
        writeln!(formatter, "{}: {} mutants", self.document, self.mutants.len())?;
        for trial in &self.mutants {
            match &trial.fate {
                Fate::Equivalent { reason } => writeln!(formatter, "  equivalent {trial}: {reason}")?,
                Fate::Stillborn { reason } => writeln!(formatter, "  stillborn  {trial}: {reason}")?,
                Fate::Killed { .. } | Fate::Survived { .. } => {}
            }
        }
        for observer in [Observer::Payload, Observer::Wire, Observer::Interface, Observer::Documentation] {
            let of = |trial: &Trial| trial.observer == observer && counted(trial);
            let name = format!("{observer:?}").to_lowercase();
            writeln!(
                formatter,
                "  {name:<14} killed {}/{}",
                self.count(|trial| of(trial) && killed(trial)),
                self.count(of)
            )?;
        }
        for trial in self.survivors() {
            writeln!(formatter, "survivor {trial}\n  to be caught by {}", trial.remedy)?;
        }
        let seen = |trial: &Trial| matches!(trial.observer, Observer::Payload | Observer::Wire) && counted(trial);
        writeln!(
            formatter,
            "killed {}/{}, by payload or wire {}/{}",
            self.count(killed),
            self.count(counted),
            self.count(|trial| seen(trial) && killed(trial)),
            self.count(seen),
        )
    }
}

impl fmt::Display for Trial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at {}: {}", self.id, self.pointer, self.what)
    }
}
