//! The files beside a document's root file, handed to the generator as its references ask for them, each read once.

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codegen::document::MAX_BYTES;
use codegen::{FileId, Loaded, Loader, Refusal};

use crate::git::{self, GitError};
use crate::workspace;

/// Where the files are looked for, and those that were read.
#[derive(Debug)]
pub struct Parts {
    home: Home,
    read: Mutex<Read>,
}

#[derive(Debug)]
enum Home {
    /// Files below the root file's folder, or below others that were named. All are without symbolic links.
    Disk { root: PathBuf, folders: Vec<PathBuf> },
    /// What a revision has; the path of the root file is that from the repository's root.
    Revision { revision: String, root: String },
}

#[derive(Debug, Default)]
struct Read {
    by_path: HashMap<String, usize>,
    all: Vec<Part>,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Part {
    /// The path from the root file's folder.
    pub path: String,
    /// How messages show it.
    pub shown: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

impl Parts {
    /// Files beside one on the disk.
    pub fn beside(root: &Path) -> Self {
        // What has no place of its own, such as a pipe, has none beside it either.
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { home: Home::Disk { root, folders: Vec::new() }, read: Mutex::default() }
    }

    /// Files of a revision.
    pub fn of_revision(revision: &str, root: &str) -> Self {
        let home = Home::Revision { revision: revision.to_owned(), root: root.to_owned() };
        Self { home, read: Mutex::default() }
    }

    /// Lets files of other folders be read too.
    pub fn allow(&mut self, others: &[PathBuf]) -> io::Result<()> {
        if let Home::Disk { folders, .. } = &mut self.home {
            for folder in others {
                folders.push(folder.canonicalize()?);
            }
        }
        Ok(())
    }

    /// The folders that may be read beside the root file's.
    pub fn folders(&self) -> &[PathBuf] {
        match &self.home {
            Home::Disk { folders, .. } => folders,
            Home::Revision { .. } => &[],
        }
    }

    /// The files that were read so far, in the order of their numbers.
    pub fn all(&self) -> Vec<Part> {
        self.read().all.clone()
    }

    fn read(&self) -> MutexGuard<'_, Read> {
        // What is in it is whole whenever the lock is free.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loader for Parts {
    fn load(&self, path: &str) -> Result<Loaded, Refusal> {
        let found = match &self.home {
            Home::Disk { root, folders } => on_disk(root, folders, path)?,
            Home::Revision { root, .. } => in_repository(root, path)?,
        };
        let Some(Found { path, file }) = found else {
            return Ok(Loaded { file: FileId::ROOT, path: path.to_owned(), bytes: Arc::default() });
        };
        let mut read = self.read();
        let index = match read.by_path.get(&path) {
            Some(index) => *index,
            None => {
                let (bytes, shown) = match &self.home {
                    Home::Disk { .. } => (bytes(&file)?, workspace::shown(&file)),
                    Home::Revision { revision, .. } => {
                        let file = file.to_string_lossy();
                        (of_revision(revision, &file)?, format!("{revision}:{file}"))
                    }
                };
                let index = read.all.len();
                read.all.push(Part { path: path.clone(), shown, bytes: bytes.into() });
                read.by_path.insert(path.clone(), index);
                index
            }
        };
        let bytes = read.all.get(index).map(|part| Arc::clone(&part.bytes)).unwrap_or_default();
        // Files are counted from the root, which is none of these.
        Ok(Loaded { file: FileId::nth(u32::try_from(index + 1).unwrap_or(u32::MAX)), path, bytes })
    }
}

/// A file that may be read.
struct Found {
    /// The path from the root file's folder.
    path: String,
    /// Where it is.
    file: PathBuf,
}

/// The file that a path leads to, symbolic links resolved; nothing for the root file itself.
fn on_disk(root: &Path, folders: &[PathBuf], path: &str) -> Result<Option<Found>, Refusal> {
    let home = root.parent().unwrap_or(Path::new(""));
    let wanted = home.join(path);
    let file = wanted.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refusal::Missing { similar: similar(home, path) },
        _ => Refusal::Unreadable(error.to_string()),
    })?;
    if file == root {
        return Ok(None);
    }
    if !file.starts_with(home) && !folders.iter().any(|folder| file.starts_with(folder)) {
        return Err(Refusal::Outside);
    }
    Ok(Some(Found { path: relative(home, &file), file }))
}

/// A file whose path differs from one that is not there in upper and lower case alone.
fn similar(home: &Path, path: &str) -> Option<String> {
    let mut found = home.to_owned();
    for part in Path::new(path).components() {
        let Component::Normal(wanted) = part else {
            found.push(part);
            continue;
        };
        if !found.join(wanted).exists() {
            let wanted = wanted.to_string_lossy().to_lowercase();
            let mut names = std::fs::read_dir(&found).ok()?.filter_map(|entry| Some(entry.ok()?.file_name()));
            found.push(names.find(|name| name.to_string_lossy().to_lowercase() == wanted)?);
        } else {
            found.push(wanted);
        }
    }
    Some(relative(home, &found))
}

/// The path of a file from a folder.
fn relative(folder: &Path, file: &Path) -> String {
    let shared = folder.components().zip(file.components()).take_while(|(one, other)| one == other).count();
    let ups = folder.components().skip(shared).map(|_| "..".to_owned());
    let downs = file.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    ups.chain(downs).collect::<Vec<_>>().join("/")
}

/// The bytes of a file, if it is one and not too large.
fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error: io::Error| Refusal::Unreadable(error.to_string());
    // Asked first, since opening a pipe waits for somebody to write.
    let found = path.metadata().map_err(unreadable)?;
    if found.is_dir() {
        return Err(Refusal::Folder);
    }
    if !found.is_file() {
        return Err(Refusal::Special);
    }
    if found.len() > MAX_BYTES as u64 {
        return Err(Refusal::TooLarge(found.len()));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // One byte more than are read shows that it has grown since.
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// The path of a file from the repository's root; nothing for the root file itself.
fn in_repository(root: &str, path: &str) -> Result<Option<Found>, Refusal> {
    if path.starts_with("..") {
        return Err(Refusal::Outside);
    }
    let file = match root.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path.to_owned(),
    };
    Ok((file != root).then(|| Found { path: path.to_owned(), file: file.into() }))
}

fn of_revision(revision: &str, file: &str) -> Result<Vec<u8>, Refusal> {
    let named = format!("{revision}:{file}");
    let refused = |error: GitError| match error {
        GitError::Failed { .. } => Refusal::Missing { similar: None },
        other => Refusal::Unreadable(other.to_string()),
    };
    match git::git(&["cat-file", "-t", &named]).map_err(refused)?.as_slice() {
        b"blob\n" => git::file(revision, file).map_err(refused),
        _ => Err(Refusal::Folder),
    }
}
