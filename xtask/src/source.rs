//! Reads the document's files. What they mean is codegen's business, broken encodings included.

mod parts;

use std::borrow::Cow;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::{FileId, Input, Loader, Location};
use tempfile::NamedTempFile;

use crate::workspace;
use parts::{Part, Parts};

/// The document of a command.
#[derive(Debug)]
pub struct Source {
    /// Where it was read, as messages show it.
    pub shown: String,
    /// The file name, which is the same wherever the checkout stands.
    pub name: String,
    /// What was read: the root file.
    pub bytes: Vec<u8>,
    /// The rules whose findings pass as warnings.
    pub allow: Vec<String>,
    file: OnDisk,
    /// The files beside the root; nothing where that came by standard input, which is in no folder.
    parts: Option<Parts>,
}

/// Where other programs find the document.
#[derive(Debug)]
enum OnDisk {
    /// Where it was read.
    Given(PathBuf),
    /// What came by standard input, as long as it is needed.
    Copied(NamedTempFile),
}

/// What names standard input where a file is asked for.
const STANDARD_INPUT: &str = "-";

impl Source {
    /// What was read at a path.
    pub fn at(path: PathBuf, bytes: Vec<u8>) -> Self {
        let shown = workspace::shown(&path);
        let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        let parts = Some(Parts::beside(&path));
        Self { shown, name, bytes, allow: Vec::new(), file: OnDisk::Given(path), parts }
    }

    /// What a revision has at a path from the repository's root.
    pub fn of_revision(revision: &str, path: &str, bytes: Vec<u8>) -> Self {
        let shown = format!("{revision}:{path}");
        let parts = Some(Parts::of_revision(revision, path));
        let file = OnDisk::Given(PathBuf::from(&shown));
        Self { name: path.rsplit('/').next().unwrap_or(path).to_owned(), shown, bytes, allow: Vec::new(), file, parts }
    }

    /// The document as the generator takes it.
    pub fn input(&self) -> Input<'_> {
        let files = self.parts.as_ref().map(|parts| parts as &dyn Loader);
        Input { files, allow: &self.allow, ..Input::new(&self.name, &self.bytes) }
    }

    /// The same with rules whose findings pass as warnings.
    pub fn allowing(self, rules: &[String]) -> Self {
        Self { allow: rules.to_vec(), ..self }
    }

    /// The same with other folders whose files may be read.
    pub fn with_folders(mut self, folders: &[PathBuf]) -> Result<Self, SourceError> {
        if let Some(parts) = &mut self.parts {
            let unreadable = |source| SourceError::Folder { path: self.shown.clone(), source };
            parts.allow(folders).map_err(unreadable)?;
        }
        Ok(self)
    }

    /// The files beside the root that were read so far.
    pub fn parts(&self) -> Vec<Part> {
        self.parts.as_ref().map(Parts::all).unwrap_or_default()
    }

    /// One of the files, as messages show it.
    pub fn shown_of(&self, file: FileId) -> String {
        self.part(file).map_or_else(|| self.shown.clone(), |part| part.shown)
    }

    /// A place in one of the files, as messages show it.
    pub fn place(&self, location: Location) -> String {
        format!("{}:{}:{}", self.shown_of(location.file), location.line, location.column)
    }

    /// What is in one of the files.
    pub fn bytes_of(&self, file: FileId) -> Cow<'_, [u8]> {
        self.part(file).map_or(Cow::Borrowed(&self.bytes), |part| Cow::Owned(part.bytes.to_vec()))
    }

    fn part(&self, file: FileId) -> Option<Part> {
        self.parts().get(file.index().checked_sub(1)?).cloned()
    }

    /// Writes the files that were read so far into a folder, each where the others find it, and says where the root is.
    pub fn copy_to(&self, folder: &Path) -> io::Result<PathBuf> {
        let parts = self.parts();
        // A path that leads out of the root's folder does not lead out of this one.
        let ups = parts
            .iter()
            .map(|part| part.path.split('/').filter(|step| *step == "..").count())
            .max()
            .unwrap_or_default();
        let home: PathBuf = std::iter::once(folder.to_owned()).chain(vec![PathBuf::from("in"); ups]).collect();
        let put = |path: &Path, bytes: &[u8]| {
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(path, bytes)
        };
        for part in parts {
            let down: usize = part.path.split('/').filter(|step| *step == "..").count();
            let base: PathBuf = home.components().take(home.components().count() - down).collect();
            put(&base.join(part.path.trim_start_matches("../")), &part.bytes)?;
        }
        let root = home.join(&self.name);
        put(&root, &self.bytes)?;
        Ok(root)
    }

    /// Hands the document to the judge, which calls it what it is called here.
    pub fn hand_to(&self, judge: &mut Command) {
        match &self.file {
            OnDisk::Given(path) => judge.arg("--document").arg(path),
            OnDisk::Copied(file) => judge.arg("--document").arg(file.path()).args(["--name", STANDARD_INPUT]),
        };
        for folder in self.parts.iter().flat_map(Parts::folders) {
            judge.arg("--allow-folder").arg(folder);
        }
    }
}

/// Which document.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Chosen {
    /// The OpenAPI document, `-` for standard input [default: openapi/lineworks-partner.yaml]
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// The document, without `--document`
    #[arg(value_name = "FILE", conflicts_with = "document")]
    file: Option<PathBuf>,
    #[command(flatten)]
    folders: Folders,
}

/// Where the files of a document may be.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Folders {
    /// Also read files of this directory, where references lead there; by default only those below the document's
    /// directory; may be repeated
    #[arg(long, value_name = "DIR", action = clap::ArgAction::Append)]
    pub allow_folder: Vec<PathBuf>,
}

impl Chosen {
    /// The path that was given, if one was.
    pub fn path(&self) -> Option<&Path> {
        self.document.as_deref().or(self.file.as_deref())
    }

    /// The folders beside the document's whose files may be read.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders.allow_folder
    }

    /// Reads the document.
    pub fn read(&self) -> Result<Source, SourceError> {
        read(self.path())?.with_folders(&self.folders.allow_folder)
    }
}

/// Which document, and how strictly it is read.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Arguments {
    #[command(flatten)]
    pub chosen: Chosen,
    /// Treat the errors of a rule as warnings; may be repeated
    #[arg(long, value_name = "RULE", value_parser = rule, action = clap::ArgAction::Append)]
    pub allow: Vec<String>,
}

impl Arguments {
    /// Reads the document.
    pub fn read(&self) -> Result<Source, SourceError> {
        Ok(self.chosen.read()?.allowing(&self.allow))
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
    #[error("{path}: no such document\n  help: give its path with --document FILE, or `-` for standard input")]
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
    /// A folder that was named cannot be read.
    #[error("{path}: this directory of `--allow-folder` cannot be read: {source}")]
    Folder {
        /// The path of the document, as messages show it.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The path names a directory without a document.
    #[error("{path}: no document in this directory\n  help: documents end in .yaml, .yml or .json")]
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
    if path.is_some_and(|path| path == Path::new(STANDARD_INPUT)) {
        return piped().map_err(|source| SourceError::Unreadable { path: STANDARD_INPUT.to_owned(), source });
    }
    let path = path.map_or_else(workspace::document, PathBuf::from);
    let shown = || workspace::shown(&path);
    // Asked first, because reading a directory fails in other words on each platform.
    if path.is_dir() {
        return Err(SourceError::Directory { path: shown() });
    }
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Source::at(path, bytes)),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Err(SourceError::Absent { path: shown() }),
        Err(source) => Err(SourceError::Unreadable { path: shown(), source }),
    }
}

/// The document that comes by standard input.
fn piped() -> io::Result<Source> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let mut copy = NamedTempFile::new()?;
    copy.write_all(&bytes)?;
    let (shown, name) = (STANDARD_INPUT.to_owned(), "stdin".to_owned());
    Ok(Source { shown, name, bytes, allow: Vec::new(), file: OnDisk::Copied(copy), parts: None })
}
