//! Generated files on disk: which of them are ours, what differs, and how they are written, all of them or none.
//!
//! A manifest, itself one of the generated files, lists what was written. A file that it does not list is somebody's
//! work: it is never changed, removed or read, and where a generated file should go it is an error.

mod compare;
mod error;
mod journal;
mod lock;
mod manifest;

use std::path::{Path, PathBuf};

use codegen::SourceFile;

pub use compare::{Difference, Kind};
pub use error::FilesError;
pub use lock::Lock;

/// The folder below the root in which a write is prepared. It exists only while a command writes, or after one was killed.
pub const STAGING: &str = ".regenerate";

/// The place of one set of generated files.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
    manifest: String,
    owned: &'static [&'static str],
}

impl Output {
    /// The files below `root`, listed in the manifest at this path below it.
    pub fn new(root: impl Into<PathBuf>, manifest: impl Into<String>) -> Self {
        Self { root: root.into(), manifest: manifest.into(), owned: &[] }
    }

    /// With some files that are written where they are missing, and then belong to the folder's owner: the manifest does not
    /// list them, and they are neither compared nor removed.
    pub fn with_owned(self, owned: &'static [&'static str]) -> Self {
        Self { owned, ..self }
    }

    /// The folder that all paths start from.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What has to change for exactly the wanted files to be there, sorted by path.
    ///
    /// `adopt` takes over existing files that the manifest does not list, as if it listed them.
    ///
    /// # Errors
    /// A file that is not ours stands where a generated one belongs, or something cannot be read.
    pub fn compare(&self, wanted: &[SourceFile], adopt: bool) -> Result<Vec<Difference>, FilesError> {
        let mut listed = manifest::read(&self.root, &self.manifest)?;
        let mut wanted = self.with_manifest(wanted);
        // Earlier versions listed them.
        listed.retain(|path| !self.is_owned(path));
        wanted.retain(|file| !(self.is_owned(&file.path) && self.root.join(&file.path).symlink_metadata().is_ok()));
        compare::compare(&self.root, &listed, &wanted, adopt)
    }

    /// The files as they were written last, sorted by path; those that are gone or not UTF-8 are left out.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn written(&self) -> Result<Vec<SourceFile>, FilesError> {
        compare::written(&self.root, &manifest::read(&self.root, &self.manifest)?)
    }

    /// Waits until no other process writes here, and finishes or takes back what a killed one has left.
    ///
    /// # Errors
    /// The staging folder cannot be created, or an interrupted write cannot be finished.
    pub fn lock(&self, waiting: impl FnOnce()) -> Result<Lock, FilesError> {
        let lock = Lock::take(&self.root, waiting)?;
        journal::recover(&self.root)?;
        Ok(lock)
    }

    /// Mends the differences that [`Output::compare`] found, all or none.
    ///
    /// # Errors
    /// Something cannot be written; the old files are then as they were, unless the error says otherwise.
    pub fn write(&self, _: &Lock, wanted: &[SourceFile], differences: &[Difference]) -> Result<(), FilesError> {
        journal::write(&self.root, &self.with_manifest(wanted), differences)
    }

    fn is_owned(&self, path: &str) -> bool {
        self.owned.contains(&path)
    }

    fn with_manifest(&self, wanted: &[SourceFile]) -> Vec<SourceFile> {
        let mut files = wanted.to_vec();
        let listed: Vec<SourceFile> = wanted.iter().filter(|file| !self.is_owned(&file.path)).cloned().collect();
        files.push(SourceFile { path: self.manifest.clone(), contents: manifest::text(&listed) });
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

/// Whether a write below this folder was killed halfway, or is under way.
pub fn is_interrupted(root: &Path) -> bool {
    journal::exists(root)
}

/// Finishes or takes back a write below this folder that was killed; does nothing where there is none.
///
/// # Errors
/// The write cannot be finished; the error says what is in the way.
pub fn recover(root: &Path, waiting: impl FnOnce()) -> Result<(), FilesError> {
    if !root.join(STAGING).is_dir() {
        return Ok(());
    }
    let _lock = Lock::take(root, waiting)?;
    journal::recover(root)
}
