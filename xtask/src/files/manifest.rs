//! The list of the files that were written, which tells them from somebody's own.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};

use codegen::SourceFile;

use super::FilesError;
use crate::workspace::shown;

const HEADER: &str = "\
# The files that `cargo xtask regenerate` writes and may replace or remove; it touches no others.
";

/// The longest manifest that is read, in bytes.
const LONGEST: u64 = 4 << 20;

/// The manifest of these files.
pub fn text(files: &[SourceFile]) -> String {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    paths.iter().fold(HEADER.to_owned(), |text, path| text + path + "\n")
}

/// The paths that the manifest lists, its own among them; none where there is no manifest.
pub fn read(root: &Path, manifest: &str) -> Result<BTreeSet<String>, FilesError> {
    let path = place(root, manifest, "the command")?;
    let refuse = |reason| FilesError::Manifest { path: shown(&path), reason };
    match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(FilesError::io(&path, "cannot be read")(error)),
        Ok(metadata) if !metadata.is_file() => return Err(refuse("it is not a regular file")),
        Ok(metadata) if metadata.len() > LONGEST => return Err(refuse("it is too long")),
        Ok(_) => {}
    }
    let bytes = std::fs::read(&path).map_err(FilesError::io(&path, "cannot be read"))?;
    let text = String::from_utf8(bytes).map_err(|_| refuse("it is not UTF-8"))?;
    if !text.starts_with(HEADER) {
        return Err(refuse("its first line is not the one that this command writes"));
    }
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut paths: BTreeSet<String> = lines.map(str::to_owned).collect();
    paths.insert(manifest.to_owned());
    paths.iter().try_for_each(|path| place(root, path, "the list of generated files").map(drop))?;
    Ok(paths)
}

/// Where a generated file belongs. No symbolic link below the root is followed on the way there.
pub fn place(root: &Path, path: &str, by: &'static str) -> Result<PathBuf, FilesError> {
    let relative = Path::new(path);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !inside || path.is_empty() {
        return Err(FilesError::Outside { path: path.to_owned(), by });
    }
    let mut folder = root.to_path_buf();
    for part in relative.parent().into_iter().flat_map(Path::components) {
        folder.push(part);
        match std::fs::symlink_metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(metadata) => return Err(not_a_file(&folder, &metadata)),
            // What is not there yet will be a folder; what cannot be asked fails with a reason when it is used.
            Err(_) => break,
        }
    }
    Ok(root.join(relative))
}

/// The error for something else than a regular file.
pub fn not_a_file(path: &Path, metadata: &std::fs::Metadata) -> FilesError {
    let kind = metadata.file_type();
    let found = if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_dir() {
        "a directory"
    } else if kind.is_file() {
        "a file"
    } else {
        "a pipe, a socket or a device"
    };
    FilesError::NotAFile { path: shown(path), found }
}
