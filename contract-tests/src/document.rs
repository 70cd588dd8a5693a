//! The judge's own reading of an OpenAPI document: the raw tree and nothing that the generator made of it.
//!
//! A judge that reads what the generator normalised repeats the generator's mistakes, so nothing here is shared with it.

mod conjunction;
mod declared;
mod defaults;
mod error;
mod files;
mod meaning;
mod older;
mod operation;
mod parse;
mod place;
mod pointer;
mod reader;
mod scalar;
mod slips;
mod tree;
mod version;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

pub use conjunction::{Alternatives, Conjunction, Kind, Part, count};
pub(crate) use defaults::is_default;
pub use error::{DocumentError, Fault};
pub use files::Reason;
pub use meaning::{PLAIN, TAGGED, Way};
pub(crate) use operation::METHODS;
pub use operation::{
    Body, Credential, Encoding, Header, MediaKind, Operation, Parameter, Response, Security, Style, essence, in_range,
    is_json, key_of,
};
pub use place::Place;
pub use pointer::{Pointer, Step};
pub use reader::{Account, Reader};
pub(crate) use slips::MAPS;

use files::Texts;

/// The keyword of a schema that null passes whatever else it says: of alternatives of which one is null.
pub const OR_NULL: &str = "x-or-null";

/// The document that the client was generated from, as the workspace names it.
pub const OWN_DOCUMENT: &str = "openapi/lineworks-partner.yaml";

/// A document that was read but not interpreted.
#[derive(Debug, Clone)]
pub struct Document {
    name: Arc<str>,
    root: Value,
    /// The tree before it was put into the words of another version, where it was.
    written: Option<Arc<Value>>,
    /// Where everything is in the text; nothing for a tree that was made elsewhere.
    texts: Option<Arc<Texts>>,
    /// What it means to requests and to responses; nothing where that is what it says.
    meanings: Arc<OnceLock<[Option<Document>; 2]>>,
}

/// A value together with its place in the document.
#[derive(Debug, Clone)]
pub struct Located<'d> {
    /// Where the value stands.
    pub pointer: Pointer,
    /// The value itself.
    pub value: &'d Value,
}

impl Document {
    /// Reads the document that the client was generated from.
    pub fn own() -> Result<Self, DocumentError> {
        let workspace = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        Self::read_as(OWN_DOCUMENT, &workspace.join(OWN_DOCUMENT), &[])
    }

    /// Reads the file, and what it refers to below its folder.
    pub fn read(path: &Path) -> Result<Self, DocumentError> {
        Self::read_as(&path.display().to_string(), path, &[])
    }

    /// Reads the file, which messages call by another name, and what it refers to below its folder or below these.
    pub fn read_as(name: &str, path: &Path, folders: &[PathBuf]) -> Result<Self, DocumentError> {
        let (root, texts) = files::read(name, path, folders)?;
        Ok(Self::of_texts(name, root, texts)?.in_older_words())
    }

    /// The same as it is written, for those who look at schemas of each version.
    pub fn read_any(name: &str, path: &Path, folders: &[PathBuf]) -> Result<Self, DocumentError> {
        let (root, texts) = files::read(name, path, folders)?;
        Self::of_texts(name, root, texts)
    }

    /// Reads YAML or JSON. Values and places come from one parser, and from one reading.
    pub fn parse(name: &str, text: &str) -> Result<Self, DocumentError> {
        Ok(Self::parse_any(name, text)?.in_older_words())
    }

    /// The same as it is written, for those who look at schemas of each version.
    pub fn parse_any(name: &str, text: &str) -> Result<Self, DocumentError> {
        let at = |(line, column)| Place { file: name.into(), line, column };
        let tree =
            parse::parse(text).map_err(|(position, fault)| DocumentError::Text { place: at(position), fault })?;
        Self::of_texts(name, files::by_pointers(tree.value()), Texts::of(name, tree))
    }

    /// Whether it is a document of OpenAPI 3.1, or of a later version that is read as such.
    pub fn is_3_1(&self) -> bool {
        let version = self.root.get("openapi").and_then(Value::as_str);
        version.is_some_and(|version| version::LATER.iter().any(|later| version.starts_with(later)))
    }

    fn of_texts(name: &str, root: Value, texts: Texts) -> Result<Self, DocumentError> {
        let mut read = Self::of_version(name, root).map_err(|error| match error {
            DocumentError::Version { pointer, found, .. } => {
                let place = texts.place(&pointer);
                DocumentError::Version { pointer, found, place }
            }
            other => other,
        })?;
        if !read.is_3_1() {
            read.root = older::read(slips::read(read.root, &|pointer| texts.written(pointer)));
        }
        Ok(Self { texts: Some(Arc::new(texts)), ..read })
    }

    /// The document in the words of 3.0, and what these cannot say beside them. One that was read so stays as it is only in
    /// 3.0.
    pub(crate) fn in_older_words(mut self) -> Self {
        if self.is_3_1() {
            let (root, moved) = version::read(&self.root);
            self.written = Some(Arc::new(std::mem::replace(&mut self.root, root)));
            if let Some(texts) = self.texts.as_mut().map(Arc::make_mut) {
                texts.moved(moved);
            }
            self.meanings = Arc::default();
        }
        self
    }

    /// The document with another tree in the words that it is read in, which stands nowhere in a text.
    pub(crate) fn with_root(&self, root: Value) -> Self {
        Self { name: Arc::clone(&self.name), root, written: None, texts: None, meanings: Arc::default() }
    }

    /// Takes a tree that was read or edited elsewhere.
    pub fn from_value(name: &str, root: Value) -> Result<Self, DocumentError> {
        Ok(Self::of_version(name, files::by_pointers(root))?.in_older_words())
    }

    fn of_version(name: &str, root: Value) -> Result<Self, DocumentError> {
        let Some(object) = root.as_object() else {
            return Err(DocumentError::Expected { pointer: Pointer::root(), expected: "an object" });
        };
        let pointer = Pointer::root().child("openapi");
        match object.get("openapi") {
            Some(Value::String(version))
                if version.starts_with("3.0.") || version::LATER.iter().any(|later| version.starts_with(later)) =>
            {
                Ok(Self { name: name.into(), root, written: None, texts: None, meanings: Arc::default() })
            }
            Some(other) => Err(DocumentError::Version { pointer, found: other.to_string(), place: None }),
            None => Err(DocumentError::Version { pointer, found: "nothing".into(), place: None }),
        }
    }

    /// The document as it holds for one direction: every schema in it says by the keywords of JSON Schema what it means there.
    pub fn meaning(&self, way: Way) -> &Self {
        let read = |way| {
            let root = meaning::tree(self, way)?;
            // It stands for itself, whichever way is asked for.
            let meanings = Arc::new(OnceLock::from([None, None]));
            Some(Self { name: Arc::clone(&self.name), root, written: None, texts: self.texts.clone(), meanings })
        };
        let [requests, responses] = self.meanings.get_or_init(|| [read(Way::Request), read(Way::Response)]);
        let meaning = if way == Way::Request { requests } else { responses };
        meaning.as_ref().unwrap_or(self)
    }

    /// The name that the document was read under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What two documents that say the same have in common, in one build of this program.
    pub fn digest(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.root.to_string().hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// The raw tree.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The document in its own version's words.
    pub fn as_written(&self) -> Self {
        let root = self.written.as_deref().unwrap_or(&self.root).clone();
        Self { root, written: None, meanings: Arc::default(), ..self.clone() }
    }

    /// The value at a place.
    pub fn at(&self, pointer: &Pointer) -> Option<Located<'_>> {
        self.root.pointer(pointer.as_str()).map(|value| Located { pointer: pointer.clone(), value })
    }

    /// The files that it was read from, by their names, each with its text; the root comes first.
    pub fn files(&self) -> Vec<(&str, &str)> {
        self.texts.iter().flat_map(|texts| texts.all()).collect()
    }

    /// Where what a pointer leads to is written; nothing where the document was not read from a text.
    pub fn place(&self, pointer: &Pointer) -> Option<Place> {
        self.texts.as_ref()?.place(pointer)
    }

    /// The named schemas, in the order in which they are written.
    pub fn component_schemas(&self) -> Vec<(&str, Located<'_>)> {
        let place = Pointer::root().child("components").child("schemas");
        let schemas = self.root.pointer(place.as_str()).and_then(Value::as_object);
        let located = |(name, value): (&'_ String, _)| Located { pointer: place.child(name), value };
        schemas.into_iter().flatten().map(|entry| (entry.0.as_str(), located(entry))).collect()
    }

    /// The schemas of bodies that have no name, each with a name that says where it stands.
    pub fn body_schemas(&self) -> Result<Vec<(String, Located<'_>)>, DocumentError> {
        Ok(Operation::body_schemas(&self.operations()?))
    }

    /// The path of the first server's URL, its variables at their defaults: every call's path begins with it. It ends in no
    /// slash.
    pub fn base_path(&self) -> String {
        let server = self.root.pointer("/servers/0").unwrap_or(&Value::Null);
        let mut url = server.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
        for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
            let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), default);
        }
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
            None => &url,
        };
        let path = path.trim_matches('/');
        if matches!(path, "" | ".") { String::new() } else { format!("/{path}") }
    }

    /// Follows `$ref` until something else stands there. What stands beside a `$ref` is ignored, as 3.0 demands.
    pub fn resolve<'d>(&'d self, start: Located<'d>) -> Result<Located<'d>, DocumentError> {
        let mut seen = vec![start.pointer.clone()];
        let mut here = start;
        while let Some(reference) = here.value.get("$ref").and_then(Value::as_str) {
            let dangling =
                || DocumentError::Dangling { pointer: here.pointer.child("$ref"), reference: reference.to_owned() };
            let target = Pointer::from_reference(reference).ok_or_else(dangling)?;
            let next = self.at(&target).ok_or_else(dangling)?;
            if seen.contains(&next.pointer) {
                return Err(DocumentError::Cycle { pointer: here.pointer.child("$ref") });
            }
            seen.push(next.pointer.clone());
            here = next;
        }
        Ok(here)
    }
}

impl<'d> Located<'d> {
    /// The member of an object, if both are there.
    pub fn get(&self, key: &str) -> Option<Located<'d>> {
        self.value.get(key).map(|value| Located { pointer: self.pointer.child(key), value })
    }

    /// The value as an object, or an error that names the place.
    pub fn object(&self) -> Result<&'d Map<String, Value>, DocumentError> {
        self.value
            .as_object()
            .ok_or_else(|| DocumentError::Expected { pointer: self.pointer.clone(), expected: "an object" })
    }

    /// The members of an object or array that stands under `key`; nothing where it's missing.
    pub fn members(&self, key: &str) -> Vec<Located<'d>> {
        self.get(key).iter().flat_map(Self::all).collect()
    }

    /// The members of an object or array.
    pub fn all(&self) -> Vec<Self> {
        match self.value {
            Value::Object(map) => {
                map.iter().map(|(name, value)| Located { pointer: self.pointer.child(name), value }).collect()
            }
            Value::Array(list) => {
                let places = list.iter().enumerate();
                places.map(|(index, value)| Located { pointer: self.pointer.index(index), value }).collect()
            }
            _ => Vec::new(),
        }
    }
}
