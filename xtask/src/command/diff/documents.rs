//! The documents that are compared: files, and what git has of them.

use std::path::{Path, PathBuf};

use crate::command::Failure;
use crate::git::{self, GitError};
use crate::source::{self, Source};
use crate::workspace;

/// A document and where it came from.
pub struct Read {
    /// What was read.
    pub source: Source,
    /// The revision that it is of; nothing for a file.
    pub revision: Option<String>,
    /// Whether it is the document that the client is generated from.
    pub own: bool,
}

/// Why two documents were not compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// git does not have it.
    #[error(
        "{name}: git has no such document: {message}\n  help: give a file, or REVISION:PATH with the path from the root of the repository"
    )]
    Revision {
        /// The revision and the path.
        name: String,
        /// What git said.
        message: String,
    },
    /// git does not tell.
    #[error(transparent)]
    Git(GitError),
    /// What the judge reads could not be written.
    #[error("a temporary file cannot be written: {0}")]
    Folder(std::io::Error),
    /// What the judge reads could not be put into JSON.
    #[error("the interface cannot be handed to the judge: {0}")]
    Context(serde_json::Error),
}

/// Reads a file, or a path of a revision.
pub fn document(named: &str, folders: &[PathBuf]) -> Result<Read, Failure> {
    let revision = named.split_once(':').filter(|_| !Path::new(named).exists());
    let Some((revision, path)) = revision else { return file(Path::new(named), folders) };
    let bytes = git::file(revision, path).map_err(|error| match error {
        GitError::Failed { message, .. } => DiffError::Revision { name: named.to_owned(), message },
        other => DiffError::Git(other),
    })?;
    Ok(Read {
        source: Source::of_revision(revision, path, bytes),
        revision: Some(revision.to_owned()),
        own: path == workspace::DOCUMENT,
    })
}

/// The client's document as it is in the working tree.
pub fn working_tree() -> Result<Read, Failure> {
    file(&workspace::document(), &[])
}

fn file(path: &Path, folders: &[PathBuf]) -> Result<Read, Failure> {
    let source = source::read(Some(path))?.with_folders(folders)?;
    let own = same_file::is_same_file(path, workspace::document()).unwrap_or(false);
    Ok(Read { source, revision: None, own })
}
