//! Generated files on disk: what differs from what should stand there, and how it gets there whole or not at all.
//!
//! Whether a file is ours to overwrite or to remove is told by the mark in its header. Files without it are somebody's
//! work: they stay where they are, and in the way of a generated file they are an error.

mod swap;

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use codegen::SourceFile;

use crate::workspace::shown;

pub use swap::write;

/// What a generated file says about itself within its first lines.
pub const MARK: &str = "@generated";

/// How many lines of a file may precede the mark.
const HEADER_LINES: usize = 10;

/// One file that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path from the directory, with `/`.
    pub path: String,
    /// What is wrong with it.
    pub kind: Kind,
}

/// What is wrong with a file on disk.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// It should be there and is not.
    Missing,
    /// It was generated and has another content now.
    Stale {
        /// The number of the first line that differs, from 1.
        line: usize,
        /// What stands in that line, `None` after the end.
        found: Option<String>,
        /// What should stand there, `None` after the end.
        wanted: Option<String>,
    },
    /// It was generated once and is no longer.
    Superfluous,
}

/// Why generated files could not be compared or written. Each leaves the old files as they were, or says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The directory has content, and none of it is ours.
    #[error(
        "{directory}: the directory is not empty and holds no generated client; nothing was written\n  \
         help: give an empty or a new directory with --out DIR"
    )]
    ForeignDirectory {
        /// The directory as messages show it.
        directory: String,
    },
    /// A file of somebody else stands where a generated one belongs.
    #[error(
        "{path}: this file does not say `@generated` in its first lines, so it may be somebody's work; nothing was \
         written\n  help: move it away, or give another directory with --out DIR"
    )]
    ForeignFile {
        /// The file as messages show it.
        path: String,
    },
    /// Codegen gave a file that could not be told from a hand-written one later, or one outside the directory.
    #[error("codegen gave a file that must not be written, {path}: {reason}; nothing was written")]
    Unacceptable {
        /// The path as codegen gave it.
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
    /// Writing failed, and then putting the old files back failed too.
    #[error(
        "{path}: cannot be put in place: {source}\n  then {undo_path} could not be put back: {undo_source}\n  \
         help: the old files are in {kept}; mend the cause, then regenerate"
    )]
    HalfUndone {
        /// The first file that failed.
        path: String,
        /// Why.
        source: io::Error,
        /// The old file that could not be put back.
        undo_path: String,
        /// Why.
        undo_source: io::Error,
        /// Where the old files are.
        kept: String,
    },
}

impl FilesError {
    fn io(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = shown(path);
        move |source| Self::Io { path, doing, source }
    }
}

/// The generated files that stand in a directory, sorted by path. There are none where there is no directory.
pub fn read(directory: &Path) -> Result<Vec<SourceFile>, FilesError> {
    let files = tree(directory)?.into_iter();
    let marked = files.filter_map(|(path, contents)| {
        contents.filter(|text| is_marked(text)).map(|contents| SourceFile { path, contents })
    });
    Ok(marked.collect())
}

/// What has to change for a directory to hold exactly the generated files, sorted by path.
pub fn compare(directory: &Path, wanted: &[SourceFile]) -> Result<Vec<Difference>, FilesError> {
    let found = tree(directory)?;
    let is_ours = |contents: &Option<String>| contents.as_deref().is_some_and(is_marked);
    if !found.is_empty() && !found.values().any(is_ours) {
        return Err(FilesError::ForeignDirectory { directory: shown(directory) });
    }

    let mut differences = BTreeMap::new();
    for file in wanted {
        accept(file)?;
        match found.get(&file.path) {
            None => {
                differences.insert(file.path.clone(), Kind::Missing);
            }
            Some(Some(contents)) if *contents == file.contents => {}
            Some(Some(contents)) if is_marked(contents) => {
                differences.insert(file.path.clone(), first_difference(contents, &file.contents));
            }
            Some(_) => return Err(FilesError::ForeignFile { path: shown(&directory.join(&file.path)) }),
        }
    }
    for (path, _) in found.iter().filter(|(_, contents)| is_ours(contents)) {
        if !wanted.iter().any(|file| file.path == *path) {
            differences.insert(path.clone(), Kind::Superfluous);
        }
    }
    Ok(differences.into_iter().map(|(path, kind)| Difference { path, kind }).collect())
}

fn accept(file: &SourceFile) -> Result<(), FilesError> {
    let refuse = |reason| Err(FilesError::Unacceptable { path: file.path.clone(), reason });
    let inside = Path::new(&file.path).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside || file.path.is_empty() {
        return refuse("its path leads out of the directory");
    }
    if !is_marked(&file.contents) {
        return refuse("its first lines do not say `@generated`");
    }
    Ok(())
}

fn is_marked(contents: &str) -> bool {
    contents.lines().take(HEADER_LINES).any(|line| line.contains(MARK))
}

fn first_difference(found: &str, wanted: &str) -> Kind {
    let (mut found, mut wanted) = (found.split('\n'), wanted.split('\n'));
    let mut line = 1;
    loop {
        match (found.next(), wanted.next()) {
            (Some(found), Some(wanted)) if found == wanted => line += 1,
            (found, wanted) => {
                return Kind::Stale { line, found: found.map(str::to_owned), wanted: wanted.map(str::to_owned) };
            }
        }
    }
}

/// All files below a directory by their paths with `/`; `None` for what is no text.
fn tree(directory: &Path) -> Result<BTreeMap<String, Option<String>>, FilesError> {
    let mut files = BTreeMap::new();
    let mut pending = vec![(directory.to_path_buf(), String::new())];
    while let Some((directory, prefix)) = pending.pop() {
        let reading = "cannot be read";
        let entries = match std::fs::read_dir(&directory) {
            Err(error) if prefix.is_empty() && error.kind() == io::ErrorKind::NotFound => break,
            entries => entries.map_err(FilesError::io(&directory, reading))?,
        };
        for entry in entries {
            let entry = entry.map_err(FilesError::io(&directory, reading))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if prefix.is_empty() && is_beside_the_point(&name) {
                continue;
            }
            let path: PathBuf = entry.path();
            let kind = entry.file_type().map_err(FilesError::io(&path, reading))?;
            if kind.is_dir() {
                pending.push((path, format!("{prefix}{name}/")));
                continue;
            }
            let bytes = std::fs::read(&path).map_err(FilesError::io(&path, reading))?;
            files.insert(format!("{prefix}{name}"), String::from_utf8(bytes).ok());
        }
    }
    Ok(files)
}

/// What building a generated crate or keeping it under version control leaves in its directory.
fn is_beside_the_point(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "target" | "Cargo.lock")
}
