//! One writer at a time: a lock that the system releases when its process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::{FilesError, STAGING, journal};

/// The file that is locked, in the staging folder.
const FILE: &str = "lock";

/// The right to write below a folder. Dropping it removes the staging folder and then lets the next process go on.
#[derive(Debug)]
pub struct Lock {
    staging: PathBuf,
    root: PathBuf,
    /// Folders that were created for the lock alone, the innermost first.
    created: Vec<PathBuf>,
    _file: File,
}

impl Lock {
    /// Takes the lock; calls `waiting` before it waits for another process.
    pub(super) fn take(root: &Path, waiting: impl FnOnce()) -> Result<Self, FilesError> {
        let staging = root.join(STAGING);
        let failed = |doing| FilesError::io(&staging, doing);
        let created = root.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let created: Vec<PathBuf> = created.map(Path::to_path_buf).collect();
        let mut waiting = Some(waiting);
        loop {
            std::fs::create_dir_all(&staging).map_err(failed("cannot be created"))?;
            let path = staging.join(FILE);
            let file = match OpenOptions::new().write(true).create(true).truncate(false).open(&path) {
                // The process before has removed the folder since it was created.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                file => file.map_err(failed("no file can be created in it"))?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if let Some(waiting) = waiting.take() {
                        waiting();
                    }
                    file.lock().map_err(failed("cannot be locked"))?;
                }
                Err(TryLockError::Error(error)) => return Err(failed("cannot be locked")(error)),
            }
            // The process before removes the file as it ends. Then the lock is on a file that nobody else will open.
            if is_at(&file, &path).map_err(failed("cannot be locked"))? {
                return Ok(Self { staging, root: root.to_path_buf(), created, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // An interrupted write that could not be finished keeps its files for the next command.
        if journal::exists(&self.root) {
            return;
        }
        journal::clear(&self.root);
        // The lock goes last, so that what another process stages is never removed here. Whatever fails is left for the
        // next command, which clears it.
        let _ = std::fs::remove_file(self.staging.join(FILE));
        let _ = std::fs::remove_dir(&self.staging);
        for folder in &self.created {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let held = Handle::from_file(file.try_clone()?)?;
    match Handle::from_path(path) {
        Ok(found) => Ok(found == held),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
