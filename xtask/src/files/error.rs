//! What can be wrong with generated files on disk.

use std::io;
use std::path::Path;

use crate::workspace::shown;

/// Why generated files could not be compared or written. Each leaves the old files as they were, or says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// A file stands where a generated one belongs, and the manifest does not list it.
    #[error(
        "{path}: this file is in the way of a generated one, and no earlier run of this command wrote it; nothing was \
         written\n  help: move it away, give another directory with --out DIR, or pass --adopt to overwrite it"
    )]
    Foreign {
        /// The file as messages show it.
        path: String,
    },
    /// A folder, a symbolic link, a pipe or the like stands where a generated file or its directory belongs.
    #[error(
        "{path}: this is {found}, where a generated file or its directory belongs; nothing was written\n  help: move it away"
    )]
    NotAFile {
        /// The path as messages show it.
        path: String,
        /// What it is.
        found: &'static str,
    },
    /// A path that leads out of the output folder.
    #[error("{path:?}: this path, given by {by}, is outside of the output directory; nothing was written")]
    Outside {
        /// The path.
        path: String,
        /// Who gave it.
        by: &'static str,
    },
    /// The manifest is not one.
    #[error("{path}: the list of generated files cannot be read: {reason}\n  help: restore it from version control")]
    Manifest {
        /// The manifest as messages show it.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Something could not be read or written; the old files are as they were.
    #[error("{path}: {doing}: {source}; the generated files are as they were")]
    Io {
        /// The path as messages show it.
        path: String,
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// An interrupted write can be neither finished nor taken back now.
    #[error(
        "{path}: {source}; an interrupted write cannot be {aim}\n  \
         help: mend the cause, then run the command again: it goes on from {journal}"
    )]
    Interrupted {
        /// The file that failed.
        path: String,
        /// What was tried with the write as a whole.
        aim: &'static str,
        /// What the system said.
        source: io::Error,
        /// Where the write is recorded.
        journal: String,
    },
    /// The journal is not one.
    #[error(
        "{path}: the record of an interrupted write cannot be read: {reason}\n  help: remove {staging}, then regenerate"
    )]
    Journal {
        /// The journal as messages show it.
        path: String,
        /// What is wrong with it.
        reason: String,
        /// The folder to remove.
        staging: String,
    },
}

impl FilesError {
    /// What the system said about a path, as an error that leaves everything as it was.
    pub(super) fn io(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = shown(path);
        move |source| Self::Io { path, doing, source }
    }
}
