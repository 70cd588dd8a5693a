//! What differs between the files on disk and those that should be there.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use codegen::SourceFile;
use codegen::render::MARK;

use super::FilesError;
use super::manifest::{not_a_file, place};

/// The longest file that is read, in bytes. Generated files are far below it, so that a longer one differs anyway.
const LONGEST: u64 = 256 << 20;

/// One file that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path below the root, with `/`.
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

/// What has to change; `listed` is what the manifest lists.
pub fn compare(
    root: &Path,
    listed: &BTreeSet<String>,
    wanted: &[SourceFile],
    adopt: bool,
) -> Result<Vec<Difference>, FilesError> {
    let mut differences = BTreeMap::new();
    for file in wanted {
        let path = place(root, &file.path, "codegen")?;
        let Some(metadata) = metadata(&path)? else {
            differences.insert(file.path.clone(), Kind::Missing);
            continue;
        };
        if !metadata.is_file() {
            return Err(not_a_file(&path, &metadata));
        }
        let found = read(&path, &metadata)?;
        if found.as_deref() == Some(file.contents.as_bytes()) {
            continue;
        }
        if !listed.contains(&file.path) && !adopt {
            return Err(FilesError::Foreign { path: crate::workspace::shown(&path) });
        }
        let found = String::from_utf8_lossy(found.as_deref().unwrap_or_default());
        differences.insert(file.path.clone(), first_difference(&found, &file.contents));
    }
    let wanted: BTreeSet<&str> = wanted.iter().map(|file| file.path.as_str()).collect();
    for path in listed.iter().filter(|path| !wanted.contains(path.as_str())) {
        let place = place(root, path, "the list of generated files")?;
        match metadata(&place)? {
            Some(metadata) if !metadata.is_file() => return Err(not_a_file(&place, &metadata)),
            Some(_) => drop(differences.insert(path.clone(), Kind::Superfluous)),
            None => {}
        }
    }
    Ok(differences.into_iter().map(|(path, kind)| Difference { path, kind }).collect())
}

/// The listed files that are there and are UTF-8.
pub fn written(root: &Path, listed: &BTreeSet<String>) -> Result<Vec<SourceFile>, FilesError> {
    let mut files = Vec::new();
    for path in listed {
        let place = place(root, path, "the list of generated files")?;
        let Some(metadata) = metadata(&place)?.filter(std::fs::Metadata::is_file) else { continue };
        let contents = read(&place, &metadata)?.and_then(|bytes| String::from_utf8(bytes).ok());
        files.extend(contents.map(|contents| SourceFile { path: path.clone(), contents }));
    }
    Ok(files)
}

fn metadata(path: &Path) -> Result<Option<std::fs::Metadata>, FilesError> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FilesError::io(path, "cannot be read")(error)),
    }
}

/// A regular file's content; nothing where it is too long to be a generated one.
fn read(path: &Path, metadata: &std::fs::Metadata) -> Result<Option<Vec<u8>>, FilesError> {
    if metadata.len() > LONGEST {
        return Ok(None);
    }
    std::fs::read(path).map(Some).map_err(FilesError::io(path, "cannot be read"))
}

/// The first difference after the header, which differs whenever the document does and says nothing about the file;
/// the one in the header where there is no other.
fn first_difference(found: &str, wanted: &str) -> Kind {
    let ((found_header, found_body), (wanted_header, wanted_body)) = (parts(found), parts(wanted));
    if found_body == wanted_body {
        return first_different_line(0, found_header, wanted_header);
    }
    first_different_line(found_header.split('\n').count() - 1, found_body, wanted_body)
}

/// A file's header, which ends with an empty line, and the rest.
fn parts(contents: &str) -> (&str, &str) {
    let end = contents.find("\n\n").map_or(0, |end| end + 2);
    if contents.starts_with(MARK) { contents.split_at(end) } else { ("", contents) }
}

fn first_different_line(lines_before: usize, found: &str, wanted: &str) -> Kind {
    let (mut found, mut wanted) = (found.split('\n'), wanted.split('\n'));
    let mut line = lines_before + 1;
    loop {
        match (found.next(), wanted.next()) {
            // Both cannot end here: they are not the same.
            (Some(found), Some(wanted)) if found == wanted => line += 1,
            (found, wanted) => {
                let (found, wanted) = (found.map(str::to_owned), wanted.map(str::to_owned));
                return Kind::Stale { line, found, wanted };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stale(found: &str, wanted: &str) -> (usize, Option<String>, Option<String>) {
        match first_difference(found, wanted) {
            Kind::Stale { line, found, wanted } => (line, found, wanted),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_difference_of_the_header_is_told_only_where_there_is_no_other() {
        let file = |digest: &str, body: &str| format!("{MARK}\n// {digest}\n\n{body}\n");
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(stale(&file("1", "a\nb"), &file("2", "a\nc")), (5, some("b"), some("c")));
        assert_eq!(stale(&file("1", "a"), &file("2", "a")), (2, some("// 1"), some("// 2")));
        assert_eq!(stale("a\nb", "a"), (2, some("b"), None));
    }
}
