//! One step of a write, in either direction. A step that is done already does nothing.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{STAGING, create_parent};

/// Where new files are prepared, in the staging folder.
pub const NEW: &str = "new";

/// Where copies of the old files are kept, in the staging folder.
pub const OLD: &str = "old";

/// What happens to one file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Step {
    /// The path below the root, with `/`.
    pub path: String,
    /// What is done to it.
    pub action: Action,
    /// Whether there was a file before.
    pub had_old: bool,
}

/// What is done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It is replaced by the prepared one.
    Put,
    /// It is removed.
    Remove,
}

impl Step {
    /// The prepared file.
    pub fn staged(&self, root: &Path) -> PathBuf {
        root.join(STAGING).join(NEW).join(&self.path)
    }

    /// The copy of the old file.
    pub fn kept(&self, root: &Path) -> PathBuf {
        root.join(STAGING).join(OLD).join(&self.path)
    }

    /// Puts the new file in place or removes the old one.
    pub fn forward(&self, root: &Path) -> io::Result<()> {
        let (place, new) = (root.join(&self.path), self.staged(root));
        match self.action {
            Action::Remove => remove(&place),
            Action::Put if !new.exists() => Ok(()),
            // Somebody may have put a file there since the write was interrupted.
            Action::Put if !self.had_old && place.symlink_metadata().is_ok() => {
                Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is another file now"))
            }
            Action::Put => {
                create_parent(&place)?;
                std::fs::rename(new, place)
            }
        }
    }

    /// Puts the old file back, or removes the new one where there was none.
    pub fn back(&self, root: &Path) -> io::Result<()> {
        let (place, old) = (root.join(&self.path), self.kept(root));
        match self.had_old {
            true if !old.exists() => Ok(()),
            true => {
                create_parent(&place)?;
                std::fs::rename(old, place)
            }
            // While the prepared file is still there, what stands in its place is not ours.
            false if self.staged(root).exists() => Ok(()),
            false => remove(&place),
        }
    }
}

fn remove(place: &Path) -> io::Result<()> {
    match std::fs::remove_file(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
