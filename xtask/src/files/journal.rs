//! Writes files so that a kill at any moment leaves a tree that the next command can bring to all old or all new.
//!
//! New files are prepared in the staging folder and copies of the old ones beside them. Then the journal, which lists
//! the steps, is renamed into place: from that moment on the write is decided, and whoever finds the journal performs
//! the steps that are left. Each step is one rename or one removal, so no file is ever half written or missing for a
//! moment. Where a step fails, the journal is turned around, and the steps put the old files back.

mod step;

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use codegen::SourceFile;
use serde::{Deserialize, Serialize};

use super::compare::{Difference, Kind};
use super::manifest::place;
use super::{FilesError, STAGING};
use crate::workspace::shown;
use step::{Action, Step};

const FILE: &str = "journal";

/// A write that is decided.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    direction: Direction,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Direction {
    /// To the new files.
    Forward,
    /// To the old files.
    Back,
}

/// Whether a write is decided and not finished.
pub fn exists(root: &Path) -> bool {
    path(root).exists()
}

/// Removes what is staged; the journal and the lock stay.
pub fn clear(root: &Path) {
    // What cannot be removed is left for the next command; it does no harm there.
    for folder in [step::NEW, step::OLD] {
        let _ = std::fs::remove_dir_all(root.join(STAGING).join(folder));
    }
    let _ = std::fs::remove_file(draft(root));
}

/// Mends the differences, all or none.
pub fn write(root: &Path, files: &[SourceFile], differences: &[Difference]) -> Result<(), FilesError> {
    if differences.is_empty() {
        return Ok(());
    }
    let mut journal = prepare(root, files, differences)?;
    journal.record(root).map_err(FilesError::io(&path(root), "cannot be written"))?;
    let Err((failed, source)) = journal.perform(root) else { return journal.end(root) };
    // The write is taken back as a whole. Should that be interrupted too, the next command goes on with it.
    journal.direction = Direction::Back;
    journal.record(root).map_err(|source| interrupted(root, &failed, Direction::Back, source))?;
    journal.perform(root).map_err(|(path, source)| interrupted(root, &path, Direction::Back, source))?;
    journal.end(root)?;
    Err(FilesError::Io { path: shown(&failed), doing: "cannot be put in place", source })
}

/// Stages the new files and copies of the old ones.
fn prepare(root: &Path, files: &[SourceFile], differences: &[Difference]) -> Result<Journal, FilesError> {
    let files: BTreeMap<&str, &str> = files.iter().map(|file| (file.path.as_str(), file.contents.as_str())).collect();
    let mut steps = Vec::new();
    for Difference { path, kind } in differences {
        let place = place(root, path, "codegen")?;
        let contents = files.get(path.as_str()).filter(|_| *kind != Kind::Superfluous);
        let action = if contents.is_some() { Action::Put } else { Action::Remove };
        let step = Step { path: path.clone(), action, had_old: *kind != Kind::Missing };
        if step.had_old {
            let copy = step.kept(root);
            create_parent(&copy)
                .and_then(|()| std::fs::copy(&place, &copy).map(drop))
                .map_err(FilesError::io(&place, "cannot be copied"))?;
        }
        if let Some(contents) = contents {
            let new = step.staged(root);
            write_durably(&new, contents.as_bytes()).map_err(FilesError::io(&new, "cannot be written"))?;
        }
        steps.push(step);
    }
    Ok(Journal { direction: Direction::Forward, steps })
}

/// Performs what an interrupted write has left to do, and clears what a killed process has staged.
pub fn recover(root: &Path) -> Result<(), FilesError> {
    let path = path(root);
    let refuse =
        |reason: String| FilesError::Journal { path: shown(&path), reason, staging: shown(&root.join(STAGING)) };
    match std::fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(refuse(error.to_string())),
        Ok(bytes) => {
            let journal: Journal = serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
            for step in &journal.steps {
                place(root, &step.path, "the record of an interrupted write")?;
            }
            let direction = journal.direction;
            journal.perform(root).map_err(|(path, source)| interrupted(root, &path, direction, source))?;
            journal.end(root)?;
        }
    }
    clear(root);
    Ok(())
}

impl Journal {
    fn record(&self, root: &Path) -> io::Result<()> {
        let draft = draft(root);
        write_durably(&draft, &serde_json::to_vec(self)?)?;
        std::fs::rename(draft, path(root))
    }

    /// Performs the steps that are not done yet; gives the place that fails.
    fn perform(&self, root: &Path) -> Result<(), (PathBuf, io::Error)> {
        for step in &self.steps {
            let performed = match self.direction {
                Direction::Forward => step.forward(root),
                Direction::Back => step.back(root),
            };
            performed.map_err(|error| (root.join(&step.path), error))?;
        }
        self.steps.iter().for_each(|step| remove_empty_parents(root, &root.join(&step.path)));
        Ok(())
    }

    fn end(&self, root: &Path) -> Result<(), FilesError> {
        std::fs::remove_file(path(root)).map_err(|source| interrupted(root, &path(root), self.direction, source))
    }
}

fn path(root: &Path) -> PathBuf {
    root.join(STAGING).join(FILE)
}

/// Where the journal is written before it is renamed into place.
fn draft(root: &Path) -> PathBuf {
    path(root).with_extension("draft")
}

fn interrupted(root: &Path, failed: &Path, direction: Direction, source: io::Error) -> FilesError {
    let aim = match direction {
        Direction::Forward => "finished",
        Direction::Back => "taken back",
    };
    FilesError::Interrupted { path: shown(failed), aim, source, journal: shown(&path(root)) }
}

/// Writes a file that is on the disk before anything refers to it.
fn write_durably(path: &Path, contents: &[u8]) -> io::Result<()> {
    create_parent(path)?;
    let mut file = std::fs::File::create(path)?;
    file.write_all(contents)?;
    file.sync_all()
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)
}

/// Removes the folders that a removed file leaves empty, up to the root.
fn remove_empty_parents(root: &Path, place: &Path) {
    let inside = place.ancestors().skip(1).take_while(|parent| *parent != root);
    for parent in inside {
        // Removing fails where something is left in it, which is where to stop.
        if std::fs::remove_dir(parent).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests;
