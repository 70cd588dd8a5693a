//! The list of what users of the client can name: of what is generated and of what is written by hand.

use std::path::Path;
use std::{fs, io};

use codegen::interface::{self, Unparsable};
use codegen::{MODULE, SourceFile};

use crate::workspace::shown;

/// The file that holds the list, from the client's directory.
pub const FILE: &str = "API.txt";

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum ListingError {
    /// A file that was written by hand cannot be read.
    #[error("{path} cannot be read: {source}")]
    Io {
        /// The file as messages show it.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file that was written by hand is not Rust.
    #[error(transparent)]
    Unparsable(#[from] Unparsable),
}

/// Lists what a crate offers that holds these generated files; nothing where no crate is around them.
pub fn of(directory: &Path, generated: &[SourceFile]) -> Result<Option<SourceFile>, ListingError> {
    if !directory.join("src").join("lib.rs").exists() {
        return Ok(None);
    }
    let mut files = Vec::new();
    written_by_hand(directory, "src/", &mut files)?;
    files.extend(generated.iter().filter(|file| file.path.starts_with(MODULE)).cloned());
    Ok(Some(SourceFile { path: FILE.to_owned(), contents: interface::list(&files)? }))
}

/// The list as it is, where there is one.
pub fn kept(directory: &Path) -> Option<SourceFile> {
    let contents = fs::read_to_string(directory.join(FILE)).ok()?;
    Some(SourceFile { path: FILE.to_owned(), contents })
}

fn written_by_hand(directory: &Path, below: &str, files: &mut Vec<SourceFile>) -> Result<(), ListingError> {
    let failed = |path: &Path, source| ListingError::Io { path: shown(path), source };
    let folder = directory.join(below);
    for entry in fs::read_dir(&folder).map_err(|source| failed(&folder, source))? {
        let entry = entry.map_err(|source| failed(&folder, source))?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            let folder = path + "/";
            if folder != MODULE {
                written_by_hand(directory, &folder, files)?;
            }
        } else if path.ends_with(".rs") {
            let contents = fs::read_to_string(entry.path()).map_err(|source| failed(&entry.path(), source))?;
            files.push(SourceFile { path, contents });
        }
    }
    Ok(())
}
