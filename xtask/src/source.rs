//! Reads the document's bytes. What they mean is codegen's business, broken encodings included.

use std::io;
use std::path::{Path, PathBuf};

use codegen::Input;

use crate::workspace;

/// The document of a command.
#[derive(Debug)]
pub struct Source {
    /// Where it was read, as messages show it.
    pub shown: String,
    /// The file name, which is the same wherever the checkout stands.
    pub name: String,
    /// What was read.
    pub bytes: Vec<u8>,
    /// The rules whose findings pass as warnings.
    pub allow: Vec<String>,
}

impl Source {
    /// The document as the generator takes it.
    pub fn input(&self) -> Input<'_> {
        Input { allow: &self.allow, ..Input::new(&self.name, &self.bytes) }
    }
}

/// Which document, and how strictly it is read.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// The OpenAPI document [default: openapi/lineworks-partner.yaml]
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// Let the findings of a rule pass as warnings; may be given again
    #[arg(long, value_name = "RULE", value_parser = rule, action = clap::ArgAction::Append)]
    pub allow: Vec<String>,
}

impl Arguments {
    /// Reads the document.
    pub fn read(&self) -> Result<Source, SourceError> {
        Ok(Source { allow: self.allow.clone(), ..read(self.document.as_deref())? })
    }
}

/// A rule's identifier, if there is such a rule.
pub fn rule(name: &str) -> Result<String, String> {
    match codegen::lint::rules().iter().any(|rule| rule.id == name) {
        true => Ok(name.to_owned()),
        false => Err("diagnostics name their rule in brackets; there is no such rule".to_owned()),
    }
}

/// Why the document could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no such file.
    #[error("{path}: there is no such document\n  help: give its path with --document FILE")]
    Absent {
        /// The path as messages show it.
        path: String,
    },
    /// The path names a directory.
    #[error(
        "{path}: this is a directory, not a document\n  help: give the path of the OpenAPI file with --document FILE"
    )]
    Directory {
        /// The path as messages show it.
        path: String,
    },
    /// The path names a directory without a document.
    #[error("{path}: there is no document in this directory\n  help: documents end in .yaml, .yml or .json")]
    Empty {
        /// The path as messages show it.
        path: String,
    },
    /// The file is there, but its content cannot be had.
    #[error("{path}: the document cannot be read: {source}")]
    Unreadable {
        /// The path as messages show it.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

/// The documents that some paths name: files, and of folders the files in them whose names end like a document's.
pub fn listed(paths: &[PathBuf]) -> Result<Vec<PathBuf>, SourceError> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let unreadable = |source| SourceError::Unreadable { path: workspace::shown(path), source };
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(unreadable)?;
        let mut files: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
        files.retain(|file| ["yaml", "yml", "json"].iter().any(|end| file.extension().is_some_and(|is| is == *end)));
        if files.is_empty() {
            return Err(SourceError::Empty { path: workspace::shown(path) });
        }
        files.sort();
        all.append(&mut files);
    }
    Ok(all)
}

/// Reads the document at a path, by default the one that this repository is about.
pub fn read(path: Option<&Path>) -> Result<Source, SourceError> {
    let path = path.map_or_else(workspace::document, PathBuf::from);
    let shown = workspace::shown(&path);
    let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    // Asked first, because reading a directory fails in other words on each platform.
    if path.is_dir() {
        return Err(SourceError::Directory { path: shown });
    }
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Source { shown, name, bytes, allow: Vec::new() }),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Err(SourceError::Absent { path: shown }),
        Err(source) => Err(SourceError::Unreadable { path: shown, source }),
    }
}
