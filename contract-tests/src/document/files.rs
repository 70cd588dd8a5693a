//! A document in several files as one: what stands in other files becomes components, or stands where it is referred to.
//!
//! ARCHITECTURE has the rules of the components' names. All of it is walked twice, first to find what is reached and then, with
//! names for that, to write it.

mod disk;
mod identifiers;
mod names;
mod reason;
pub(super) mod table;
mod walk;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::error::DocumentError;
use super::parse;
use super::tree::Tree;
use super::{Place, Pointer};
use disk::Disk;
pub(super) use identifiers::by_pointers;
use names::named;
pub use reason::Reason;
use walk::Walk;

/// A place in one of the files; they are counted from the root, which is 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

/// A part of another file that is referred to, and the section of the components that it goes to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Definition {
    pub(super) section: &'static str,
    pub(super) at: At,
}

/// The texts of a document, and where each value of the joined tree stands in them.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    files: Vec<(Arc<str>, Tree)>,
    origins: HashMap<Pointer, At>,
}

impl Texts {
    /// The text of a document in one file.
    pub(super) fn of(name: &str, tree: Tree) -> Self {
        Self { files: vec![(name.into(), tree)], origins: HashMap::new() }
    }

    /// Notes of values of the tree that they stand elsewhere in the text than their places say.
    pub(super) fn moved(&mut self, moved: Vec<(Pointer, Pointer)>) {
        let moved: Vec<_> = moved.into_iter().map(|(at, from)| (at, self.origin(&from))).collect();
        self.origins.extend(moved);
    }

    /// The files by their names, each with its text.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, tree)| (&**name, tree.text.as_str()))
    }

    /// Where a value is written.
    pub(super) fn place(&self, pointer: &Pointer) -> Option<Place> {
        let at = self.origin(pointer);
        let (file, tree) = self.files.get(at.file)?;
        let (line, column) = tree.position(&at.pointer);
        Some(Place { file: Arc::clone(file), line, column })
    }

    /// A scalar without quotes, as it is written.
    pub(super) fn written(&self, pointer: &Pointer) -> Option<String> {
        let at = self.origin(pointer);
        self.files.get(at.file)?.1.written(&at.pointer)
    }

    fn origin(&self, pointer: &Pointer) -> At {
        let mut here = Pointer::root();
        let mut at = self.origins.get(&here).cloned().unwrap_or(At { file: 0, pointer: Pointer::root() });
        for step in pointer.steps() {
            here = here.child(&step);
            let inner = || At { file: at.file, pointer: at.pointer.child(&step) };
            at = self.origins.get(&here).cloned().unwrap_or_else(inner);
        }
        at
    }
}

/// Reads a document and all that it refers to below its folder, or below others that are named.
pub(super) fn read(name: &str, path: &Path, folders: &[PathBuf]) -> Result<(Value, Texts), DocumentError> {
    let text = std::fs::read_to_string(path).map_err(|source| DocumentError::Read { name: name.to_owned(), source })?;
    let file: Arc<str> = name.into();
    let tree = parse::parse(&text).map_err(|((line, column), fault)| DocumentError::Text {
        place: Place { file: Arc::clone(&file), line, column },
        fault,
    })?;
    let mut disk = Disk::new(path, folders, file, tree);

    let found = Walk::new(&mut disk, None).all()?;
    if disk.is_single() {
        let root = (*disk.value(0)).clone();
        return Ok((root, Texts { files: disk.into_files(), origins: HashMap::new() }));
    }
    let homes = named(&disk, &found);
    let mut joined = Walk::new(&mut disk, Some(&homes)).all()?;
    let mut root = std::mem::take(&mut joined.root);
    let mut origins: HashMap<Pointer, At> = joined.origins.into_iter().collect();
    let mut definitions: Vec<_> = joined.definitions.into_iter().collect();
    definitions.sort_by_cached_key(|(definition, _)| disk.order(&definition.at));
    for (definition, (value, inner)) in definitions {
        let Some(home) = homes.get(&definition) else { continue };
        put(&mut root, home, value);
        origins.extend(inner.into_iter().map(|(at, from)| (home.join(&at), from)));
    }
    Ok((root, Texts { files: disk.into_files(), origins }))
}

/// Puts a component where it belongs.
fn put(root: &mut Value, home: &Pointer, value: Value) {
    if let Some(slot) = root.pointer_mut(home.as_str()) {
        *slot = value;
        return;
    }
    let Some((section, name)) = home.parent() else { return };
    let mut here = root;
    for step in section.steps() {
        let Some(fields) = here.as_object_mut() else { return };
        let slot = fields.entry(step).or_insert(Value::Null);
        if slot.is_null() {
            *slot = json!({});
        }
        here = slot;
    }
    if let Some(entries) = here.as_object_mut() {
        entries.insert(name, value);
    }
}

/// The members of an object that stands at a pointer.
fn members<'v>(value: &'v Value, pointer: &Pointer) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value.pointer(pointer.as_str()).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}
