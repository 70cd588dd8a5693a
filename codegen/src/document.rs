//! The document as it was written: its values, and the place of each in the text.

mod bounds;
mod builder;
mod fault;
mod joined;
mod json;
mod lines;
mod moved;
mod place;
mod pointer;
mod read;
mod settle;
mod slip;
mod text;
mod tree;
mod values;
mod yaml;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Location};
use lines::Lines;
use text::Text;

pub use joined::{Joined, Unresolved};
pub use moved::{Moved, Note};
pub use place::{FileId, Place};
pub use pointer::Pointer;
pub(crate) use settle::{Ambiguity, kind_name};

/// How large the files of a document may be, together and each.
pub use bounds::MAX_BYTES;
pub(crate) use bounds::{MAX_ADDED_NODES, MAX_DEPTH};
use moved::traced;

/// A document that was read without an error in its syntax.
#[derive(Debug)]
pub struct Document {
    text: Text,
    root: Value,
    allowed: BTreeMap<&'static str, String>,
    joined: Joined,
    /// What was moved by each change of the tree, the first change first.
    moved: Vec<Moved>,
    sha256: OnceLock<String>,
}

impl Document {
    /// Reads a YAML or JSON text. `name` is what diagnostics and headers call it, usually a file name.
    ///
    /// # Errors
    /// Everything that is wrong with the text as a text: its encoding, its syntax, duplicate keys, bounds on size and depth.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        Self::parse_file(name, bytes, FileId::ROOT)
    }

    /// Reads one file of a document; one that is not its root may hold any value.
    pub(crate) fn parse_file(name: &str, bytes: &[u8], file: FileId) -> Result<Self, Vec<Diagnostic>> {
        let here = |mut diagnostics: Vec<Diagnostic>| {
            diagnostics.iter_mut().for_each(|diagnostic| diagnostic.location.file = file);
            diagnostics
        };
        let text = read::decode(bytes).map_err(here)?;
        let lines = Lines::new(&text);
        match read::read(name, &text, &lines, file == FileId::ROOT) {
            Ok((mut root, tree, ambiguous)) => {
                Pointer::spell_plainly(&mut root);
                Ok(Self {
                    text: Text {
                        file,
                        name: name.to_owned(),
                        text,
                        lines,
                        tree,
                        ambiguous: ambiguous.into_iter().collect(),
                    },
                    root,
                    allowed: BTreeMap::new(),
                    joined: Joined::default(),
                    moved: Vec::new(),
                    sha256: OnceLock::new(),
                })
            }
            Err(mut faults) => {
                faults.sort_by_key(|fault| fault.span.start);
                Err(here(faults.iter().map(|fault| fault.diagnostic(&text, &lines)).collect()))
            }
        }
    }

    /// Takes the tree out, so that it can be shared while it is joined with those of other files.
    pub(crate) fn take_root(&mut self) -> Value {
        std::mem::take(&mut self.root)
    }

    /// Puts the tree back.
    pub(crate) fn with_root(self, root: Value) -> Self {
        Self { root, ..self }
    }

    /// The same document with what other files say of it: one tree, and where all of it stands.
    pub(crate) fn joined(self, root: Value, others: Vec<Self>, mut joined: Joined) -> Self {
        joined.texts = others.into_iter().map(|other| other.text).collect();
        Self { root, joined, ..self }
    }

    /// The same text with another tree, of which some stands elsewhere.
    pub(crate) fn changed(mut self, root: Value, moved: impl IntoIterator<Item = Moved>) -> Self {
        self.root = root;
        self.moved.extend(moved);
        self
    }

    /// What there is to say about its files, and about the words that it is in now, each with its place in the text.
    pub(crate) fn notes(&self) -> impl Iterator<Item = (&Note, Location)> {
        let of_files = self.joined.notes.iter().map(|(place, note)| (place.clone(), note));
        let of_words = self.moved.iter().enumerate().flat_map(move |(count, moved)| {
            moved.notes.iter().map(move |note| (self.joined_origin(&self.before(count, &note.place)), note))
        });
        of_files.chain(of_words).map(|(place, note)| (note, self.text_of(place.file).key_location(&place.pointer)))
    }

    /// The name it was read under.
    pub fn name(&self) -> &str {
        &self.text.name
    }

    /// The text of the root file as it was read, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text.text
    }

    /// The name of a file, as it is seen from the root file's folder.
    pub fn file_name(&self, file: FileId) -> &str {
        &self.text_of(file).name
    }

    /// The SHA-256 digest of the text, in hexadecimal; of several files, that of a list of their names and digests.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| {
            let hex = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            let root = hex(&self.text.text);
            if self.joined.texts.is_empty() {
                return root;
            }
            let mut files: Vec<&Text> = self.joined.texts.iter().collect();
            files.sort_by_key(|file| &file.name);
            let others = files.iter().map(|file| format!("{}  {}\n", hex(&file.text), file.name));
            hex(&format!("{root}  {}\n{}", self.text.name, others.collect::<String>()))
        })
    }

    /// The whole tree; mappings keep the order of the text.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The same text, read in spite of what the rules with these names found, for the reason beside each.
    pub(crate) fn allowing(self, allowed: BTreeMap<&'static str, String>) -> Self {
        Self { allowed, ..self }
    }

    /// The rules that were lowered to warnings, and the reason of each.
    pub fn allowed(&self) -> &BTreeMap<&'static str, String> {
        &self.allowed
    }

    /// The scalars on which readers of YAML disagree, by place; the value is that of YAML 1.2.
    pub(crate) fn ambiguous(&self) -> Vec<(Pointer, &Ambiguity)> {
        let mut found: Vec<(Pointer, &Ambiguity)> = Vec::new();
        if self.has_ambiguous() {
            let mut open = vec![(Pointer::root(), &self.root)];
            while let Some((pointer, value)) = open.pop() {
                match value {
                    Value::Array(items) => {
                        open.extend(items.iter().enumerate().map(|(at, item)| (pointer.join(at), item)))
                    }
                    Value::Object(fields) => {
                        open.extend(fields.iter().map(|(name, value)| (pointer.join(name), value)))
                    }
                    _ => {
                        let (text, origin) = self.origin(&pointer);
                        found.extend(text.ambiguous.get(&origin).map(|ambiguity| (pointer, ambiguity)));
                    }
                }
            }
        }
        found
    }

    /// Whether a pointer leads to such a scalar.
    pub(crate) fn is_ambiguous(&self, pointer: &Pointer) -> bool {
        self.has_ambiguous() && {
            let (text, origin) = self.origin(pointer);
            text.ambiguous.contains_key(&origin)
        }
    }

    fn has_ambiguous(&self) -> bool {
        !self.text.ambiguous.is_empty() || self.joined.texts.iter().any(|text| !text.ambiguous.is_empty())
    }

    /// A scalar without quotes as it is written; `None` for anything else.
    pub fn written(&self, pointer: &Pointer) -> Option<&str> {
        let (text, pointer) = self.origin(pointer);
        text.written(&pointer)
    }

    /// The value at a pointer, `None` where there is none.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        pointer.of(&self.root)
    }

    /// The place of the value at a pointer, or of its nearest ancestor that the text has. A value that is left out,
    /// as in `key:`, has its key's place.
    pub fn location(&self, pointer: &Pointer) -> Location {
        let (text, pointer) = self.origin(pointer);
        text.location(&pointer)
    }

    /// The place of the key that leads to the value at a pointer; the value's own where it stands in a list.
    pub fn key_location(&self, pointer: &Pointer) -> Location {
        let (text, pointer) = self.origin(pointer);
        text.key_location(&pointer)
    }

    /// Why the reference whose text stands at a pointer was not followed into another file.
    pub(crate) fn unresolved(&self, pointer: &Pointer) -> Option<&Unresolved> {
        self.joined.unresolved.get(&self.before(self.moved.len(), pointer))
    }

    /// The file in which the value at a pointer stands, and its pointer there.
    fn origin(&self, pointer: &Pointer) -> (&Text, Pointer) {
        let Place { file, pointer } = self.joined_origin(&self.before(self.moved.len(), pointer));
        (self.text_of(file), pointer)
    }

    /// The place before so many changes of the tree.
    fn before(&self, changes: usize, pointer: &Pointer) -> Pointer {
        self.moved.iter().take(changes).rev().fold(pointer.clone(), |pointer, moved| moved.origin(&pointer))
    }

    fn joined_origin(&self, pointer: &Pointer) -> Place {
        traced(&self.joined.origins, Place::default(), pointer, |place, token| place.join(token))
    }

    fn text_of(&self, file: FileId) -> &Text {
        self.joined.texts.iter().find(|text| text.file == file).unwrap_or(&self.text)
    }
}
