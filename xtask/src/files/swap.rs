//! Puts generated files in place, all or none.
//!
//! Everything is first written into a staging directory beside the files, where a full disk or a missing permission
//! does no harm. Then each file is renamed into place, the old one being moved aside before; when a rename fails, the
//! ones before it are taken back. What is killed in between can leave old and new files side by side: since all of them
//! come from the document, `regenerate --check` tells, and `regenerate` mends it.

use std::io;
use std::path::{Path, PathBuf};

use codegen::SourceFile;
use tempfile::TempDir;

use super::{Difference, FilesError, Kind};
use crate::workspace::shown;

/// Mends the differences that [`compare`](super::compare) found.
pub fn write(directory: &Path, files: &[SourceFile], differences: &[Difference]) -> Result<(), FilesError> {
    if differences.is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(directory).map_err(FilesError::io(directory, "cannot be created"))?;
    let staging = tempfile::Builder::new()
        .prefix(".regenerate-")
        .tempdir_in(directory)
        .map_err(FilesError::io(directory, "no file can be created in it"))?;

    for file in files.iter().filter(|file| differences.iter().any(|difference| difference.path == file.path)) {
        let path = staging.path().join("new").join(&file.path);
        create_parent(&path)
            .and_then(|()| std::fs::write(&path, &file.contents))
            .map_err(FilesError::io(&path, "cannot be written"))?;
    }

    let mut swap = Swap { directory, staging, done: Vec::new() };
    for difference in differences {
        if let Err(source) = swap.mend(difference) {
            return Err(swap.undo(&difference.path, source));
        }
    }
    swap.done.iter().for_each(|step| remove_empty_parents(directory, &step.place));
    Ok(())
}

struct Swap<'a> {
    directory: &'a Path,
    staging: TempDir,
    done: Vec<Step>,
}

/// What was done to one place, so that it can be taken back.
struct Step {
    place: PathBuf,
    old: Option<PathBuf>,
}

impl Swap<'_> {
    fn mend(&mut self, difference: &Difference) -> io::Result<()> {
        let place = self.directory.join(&difference.path);
        let mut old = None;
        match std::fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => {
                let aside = self.staging.path().join("old").join(&difference.path);
                create_parent(&aside)?;
                std::fs::rename(&place, &aside)?;
                old = Some(aside);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => create_parent(&place)?,
            Err(error) => return Err(error),
        }
        // From here on there is something to take back, whatever comes of the next rename.
        self.done.push(Step { place: place.clone(), old });
        if difference.kind == Kind::Superfluous {
            return Ok(());
        }
        std::fs::rename(self.staging.path().join("new").join(&difference.path), place)
    }

    fn undo(self, path: &str, source: io::Error) -> FilesError {
        let path = shown(&self.directory.join(path));
        for step in self.done.iter().rev() {
            let undone = match &step.old {
                Some(old) => std::fs::rename(old, &step.place),
                None => match std::fs::remove_file(&step.place) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                    removed => removed,
                },
            };
            if let Err(undo_source) = undone {
                let kept = shown(&self.staging.keep().join("old"));
                let undo_path = shown(&step.place);
                return FilesError::HalfUndone { path, source, undo_path, undo_source, kept };
            }
            remove_empty_parents(self.directory, &step.place);
        }
        FilesError::Io { path, doing: "cannot be put in place", source }
    }
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)
}

/// Removes the directories that a removed file leaves empty, up to the one that all files stand in.
fn remove_empty_parents(directory: &Path, place: &Path) {
    let inside = place.ancestors().skip(1).take_while(|parent| *parent != directory);
    for parent in inside {
        // Removing fails where something is left in it, which is where to stop.
        if std::fs::remove_dir(parent).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compare;
    use super::*;

    fn file(path: &str, contents: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), contents: format!("// @generated\n{contents}\n") }
    }

    fn regenerate(directory: &Path, files: &[SourceFile]) -> Result<usize, FilesError> {
        let differences = compare(directory, files)?;
        write(directory, files, &differences).map(|()| differences.len())
    }

    fn names(directory: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(directory).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_written_replaced_and_removed() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("new").join("generated");
        assert_eq!(regenerate(&directory, &[file("a.rs", "1"), file("b/c.rs", "1")]).unwrap(), 2);
        assert_eq!(names(&directory), ["a.rs", "b"]);
        assert_eq!(regenerate(&directory, &[file("a.rs", "2")]).unwrap(), 2);
        assert_eq!(names(&directory), ["a.rs"], "the directory that was left empty is gone too");
        assert_eq!(std::fs::read_to_string(directory.join("a.rs")).unwrap(), "// @generated\n2\n");
    }

    #[test]
    fn what_is_the_same_is_not_written() {
        let home = tempfile::tempdir().unwrap();
        regenerate(home.path(), &[file("a.rs", "1")]).unwrap();
        let written = || std::fs::metadata(home.path().join("a.rs")).unwrap().modified().unwrap();
        let before = written();
        assert_eq!(regenerate(home.path(), &[file("a.rs", "1")]).unwrap(), 0);
        assert_eq!(written(), before);
    }

    #[test]
    fn a_failure_in_the_middle_takes_everything_back() {
        let home = tempfile::tempdir().unwrap();
        let old = [file("a.rs", "1"), file("gone.rs", "1"), file("z.rs", "1")];
        regenerate(home.path(), &old).unwrap();
        // A directory stands where a file has to go; it comes after the others have been put in place.
        std::fs::create_dir_all(home.path().join("y.rs").join("inside")).unwrap();
        let new = [file("a.rs", "2"), file("b/new.rs", "2"), file("y.rs", "2"), file("z.rs", "2")];
        let error = regenerate(home.path(), &new).unwrap_err().to_string();
        assert!(error.contains("y.rs: cannot be put in place"), "{error}");
        assert!(error.contains("as they were"), "{error}");
        assert_eq!(names(home.path()), ["a.rs", "gone.rs", "y.rs", "z.rs"]);
        for old in &old {
            assert_eq!(std::fs::read_to_string(home.path().join(&old.path)).unwrap(), old.contents);
        }
    }

    #[test]
    fn files_without_the_mark_are_neither_overwritten_nor_removed() {
        let home = tempfile::tempdir().unwrap();
        regenerate(home.path(), &[file("a.rs", "1")]).unwrap();
        std::fs::write(home.path().join("notes.md"), "mine").unwrap();
        assert_eq!(regenerate(home.path(), &[file("a.rs", "1")]).unwrap(), 0);
        let error = regenerate(home.path(), &[file("a.rs", "2"), file("notes.md", "2")]).unwrap_err();
        assert!(matches!(error, FilesError::ForeignFile { .. }), "{error}");
        assert_eq!(names(home.path()), ["a.rs", "notes.md"]);
        assert_eq!(std::fs::read_to_string(home.path().join("notes.md")).unwrap(), "mine");
    }

    #[test]
    fn paths_that_lead_elsewhere_and_files_without_a_mark_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let unmarked = SourceFile { path: "a.rs".to_owned(), contents: "fn main() {}".to_owned() };
        for file in [file("../a.rs", ""), file("/a.rs", ""), file("", ""), unmarked] {
            let error = regenerate(home.path(), &[file]).unwrap_err();
            assert!(matches!(error, FilesError::Unacceptable { .. }), "{error}");
        }
        assert_eq!(names(home.path()), [""; 0]);
    }
}
