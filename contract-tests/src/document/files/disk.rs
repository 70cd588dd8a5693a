//! The files of a document, and where the references in them lead.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::reason::Reason;
use super::{At, Pointer, by_pointers};
use crate::document::parse;
use crate::document::tree::Tree;

/// How many files a document may have, and how many bytes they may come to.
const MOST_FILES: usize = 20_000;
const MOST_BYTES: u64 = 64 << 20;

pub(super) struct Disk {
    root: PathBuf,
    folders: Vec<PathBuf>,
    files: Vec<File>,
    known: HashMap<PathBuf, Result<usize, Reason>>,
    ends: HashMap<At, At>,
    bytes: u64,
}

struct File {
    /// As messages call it.
    shown: Arc<str>,
    /// From the root's folder.
    path: String,
    /// Its folder, without symbolic links.
    folder: PathBuf,
    tree: Tree,
    value: Arc<Value>,
}

impl Disk {
    pub(super) fn new(root: &Path, folders: &[PathBuf], shown: Arc<str>, tree: Tree) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let folder = root.parent().map(Path::to_path_buf).unwrap_or_default();
        let path = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let allowed = folders.iter().filter_map(|folder| folder.canonicalize().ok());
        let folders = std::iter::once(folder.clone()).chain(allowed).collect();
        let value = Arc::new(by_pointers(tree.value()));
        let known = HashMap::from([(root.clone(), Ok(0))]);
        Self {
            root,
            folders,
            files: vec![File { shown, path, folder, tree, value }],
            known,
            ends: HashMap::new(),
            bytes: 0,
        }
    }

    pub(super) fn is_single(&self) -> bool {
        self.files.len() == 1
    }

    /// What is in a file.
    pub(super) fn value(&self, file: usize) -> Arc<Value> {
        self.files.get(file).map(|file| Arc::clone(&file.value)).unwrap_or_default()
    }

    /// The path of a file from the root's folder.
    pub(super) fn path(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.path)
    }

    /// The files beside the root, by number.
    pub(super) fn others(&self) -> impl Iterator<Item = (usize, &Value)> {
        self.files.iter().enumerate().skip(1).map(|(index, file)| (index, &*file.value))
    }

    /// Where a definition comes among the others: by path, and by line and column.
    pub(super) fn order(&self, at: &At) -> (String, (usize, usize)) {
        let position = self.files.get(at.file).map_or((1, 1), |file| file.tree.position(&at.pointer));
        (self.path(at.file).to_owned(), position)
    }

    /// The place of something, as messages show it.
    pub(super) fn place(&self, at: &At) -> Option<crate::document::Place> {
        let file = self.files.get(at.file)?;
        let (line, column) = file.tree.position(&at.pointer);
        Some(crate::document::Place { file: Arc::clone(&file.shown), line, column })
    }

    pub(super) fn into_files(self) -> Vec<(Arc<str>, Tree)> {
        self.files.into_iter().map(|file| (file.shown, file.tree)).collect()
    }

    /// Where a reference in a file leads. In the root, nobody asks here whether there is anything.
    pub(super) fn target(&mut self, from: usize, written: &str) -> Result<At, Reason> {
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        let pointer = Pointer::from_reference(&format!("#{fragment}"));
        let file = if path.is_empty() { from } else { self.file(from, path)? };
        let pointer = pointer.ok_or(Reason::Malformed)?;
        if file > 0 && self.value(file).pointer(pointer.as_str()).is_none() {
            return Err(Reason::Nothing {
                path: self.path(file).to_owned(),
                pointer: format!("#{}", pointer.as_str()),
            });
        }
        Ok(At { file, pointer })
    }

    /// The same, and on from there as long as nothing but another reference is found.
    pub(super) fn end(&mut self, from: usize, written: &str) -> Result<At, Reason> {
        let mut at = self.target(from, written)?;
        let mut passed: Vec<At> = Vec::new();
        let mut hops = 0;
        while at.file > 0 {
            if let Some(end) = self.ends.get(&at) {
                at = end.clone();
                break;
            }
            let value = self.value(at.file);
            let Some(next) = value.pointer(at.pointer.as_str()).and_then(only_a_reference) else { break };
            // What is wrong with the next one is told where that stands.
            let Ok(next) = self.target(at.file, next) else { break };
            passed.push(std::mem::replace(&mut at, next));
            hops += 1;
            if hops > MOST_FILES {
                return Err(Reason::Circle);
            }
        }
        self.ends.extend(passed.into_iter().map(|passed| (passed, at.clone())));
        Ok(at)
    }

    fn file(&mut self, from: usize, written: &str) -> Result<usize, Reason> {
        let scheme = written.split_once(':').map(|(scheme, _)| scheme);
        let is_scheme = |scheme: &str| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        };
        match scheme.filter(|scheme| is_scheme(scheme)) {
            Some(drive) if drive.len() == 1 => return Err(Reason::Absolute),
            Some(_) => return Err(Reason::Url),
            None if written.starts_with("//") => return Err(Reason::Url),
            None => {}
        }
        let path = decoded(written).filter(|path| !path.contains('\0')).ok_or(Reason::Malformed)?;
        if path.starts_with(['/', '\\']) {
            return Err(Reason::Absolute);
        }
        let mut whole = self.files.get(from).map(|file| file.folder.clone()).unwrap_or_default();
        for step in path.split('/') {
            match step {
                "" | "." => {}
                ".." => drop(whole.pop()),
                step => whole.push(step),
            }
        }
        if let Some(known) = self.known.get(&whole) {
            return known.clone();
        }
        let read = self.opened(&whole);
        self.known.insert(whole, read.clone());
        read
    }

    fn opened(&mut self, wanted: &Path) -> Result<usize, Reason> {
        let home = self.root.parent().map(Path::to_path_buf).unwrap_or_default();
        let shown = from_folder(&home, wanted);
        let real = wanted.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Reason::Missing(shown.clone()),
            _ => Reason::Unreadable { path: shown.clone(), message: error.to_string() },
        })?;
        if let Some(known) = self.known.get(&real) {
            return known.clone();
        }
        if !self.folders.iter().any(|folder| real.starts_with(folder)) {
            return Err(Reason::Outside(shown));
        }
        let path = from_folder(&home, &real);
        let found = self.parsed(&real, path);
        self.known.insert(real, found.clone());
        found
    }

    fn parsed(&mut self, real: &Path, path: String) -> Result<usize, Reason> {
        let unreadable = |message: String| Reason::Unreadable { path: path.clone(), message };
        let about = real.metadata().map_err(|error| unreadable(error.to_string()))?;
        if !about.is_file() {
            return Err(Reason::NotAFile(path));
        }
        self.bytes = self.bytes.saturating_add(about.len());
        if self.bytes > MOST_BYTES || self.files.len() >= MOST_FILES {
            return Err(Reason::TooLarge(path));
        }
        let mut text = String::new();
        let file = std::fs::File::open(real).map_err(|error| unreadable(error.to_string()))?;
        file.take(MOST_BYTES).read_to_string(&mut text).map_err(|error| unreadable(error.to_string()))?;
        let tree = parse::parse_part(&text)
            .map_err(|((line, column), fault)| unreadable(format!("{line}:{column}: {fault}")))?;
        // Messages name it beside the root as the root was named.
        let root = self.files.first().map(|root| Arc::clone(&root.shown)).unwrap_or_default();
        let shown = match root.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{path}"),
            None => path.clone(),
        };
        let folder = real.parent().map(Path::to_path_buf).unwrap_or_default();
        let value = Arc::new(tree.value());
        self.files.push(File { shown: shown.into(), path, folder, tree, value });
        Ok(self.files.len() - 1)
    }
}

/// The reference that is all of a value.
pub(super) fn only_a_reference(value: &Value) -> Option<&str> {
    match value.as_object()?.iter().collect::<Vec<_>>().as_slice() {
        [(name, target)] if name.as_str() == "$ref" => target.as_str(),
        _ => None,
    }
}

/// A path as it is seen from a folder.
fn from_folder(folder: &Path, path: &Path) -> String {
    let (mut folder, mut steps) = (folder, Vec::new());
    let inner = loop {
        if let Ok(inner) = path.strip_prefix(folder) {
            break inner;
        }
        let Some(parent) = folder.parent() else { break path };
        steps.push("..".to_owned());
        folder = parent;
    };
    steps.extend(inner.components().map(|step| step.as_os_str().to_string_lossy().into_owned()));
    steps.join("/")
}

/// A path with its percent-encoded bytes; a lone `%` is one.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (plain, from) = rest.split_at(at);
        bytes.extend_from_slice(plain.as_bytes());
        let digits = from.get(1..3).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = from.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(b'%');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}
