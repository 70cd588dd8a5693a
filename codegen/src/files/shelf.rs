//! The files of a document, each read once, and where a reference in one of them leads.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::problem::Problem;
use super::reference::parsed;
use super::{Loader, MAX_FILES};
use crate::diagnostic::{Diagnostic, Level};
use crate::document::{Document, FileId, MAX_BYTES, Place, Pointer};

/// The files that were read so far.
#[derive(Debug)]
pub(super) struct Shelf<'l> {
    loader: &'l dyn Loader,
    root: Part,
    others: BTreeMap<FileId, Part>,
    by_path: HashMap<String, Result<FileId, Problem>>,
    /// Of places where a reference stands, where it leads in the end.
    finals: HashMap<Place, Place>,
    bytes: usize,
    /// What is wrong with the texts.
    pub(super) faults: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Part {
    document: Document,
    value: Rc<Value>,
}

impl Part {
    fn new(mut document: Document) -> Self {
        Self { value: Rc::new(document.take_root()), document }
    }
}

impl<'l> Shelf<'l> {
    /// The root file, and the shelf that it stands on alone.
    pub(super) fn new(document: Document, loader: &'l dyn Loader) -> (Rc<Value>, Self) {
        let bytes = document.text().len();
        let root = Part::new(document);
        let (others, by_path, finals) = (BTreeMap::new(), HashMap::new(), HashMap::new());
        (Rc::clone(&root.value), Self { loader, root, others, by_path, finals, bytes, faults: Vec::new() })
    }

    /// The root document as it was.
    pub(super) fn single(self, root: Rc<Value>) -> Document {
        drop(self.root.value);
        self.root.document.with_root(Rc::unwrap_or_clone(root))
    }

    /// The root document and the others.
    pub(super) fn into_documents(self) -> (Document, Vec<Document>) {
        (self.root.document, self.others.into_values().map(|part| part.document).collect())
    }

    /// Whether no other file was read.
    pub(super) fn is_alone(&self) -> bool {
        self.others.is_empty()
    }

    /// The files beside the root, and what is in each.
    pub(super) fn others(&self) -> impl Iterator<Item = (FileId, &Value)> {
        self.others.iter().map(|(file, part)| (*file, &*part.value))
    }

    pub(super) fn document(&self, file: FileId) -> &Document {
        &self.others.get(&file).unwrap_or(&self.root).document
    }

    /// All that is in a file.
    pub(super) fn value(&self, file: FileId) -> Rc<Value> {
        Rc::clone(&self.others.get(&file).unwrap_or(&self.root).value)
    }

    /// The path of a file from the root file's folder; that of the root file is its name.
    pub(super) fn path(&self, file: FileId) -> &str {
        self.document(file).name()
    }

    /// The place that a reference in a file leads to. Of the root file, nobody asks here whether something stands there.
    pub(super) fn target(&mut self, from: FileId, written: &str) -> Result<Place, Problem> {
        let folder = match from {
            FileId::ROOT => "",
            file => self.path(file).rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let (path, pointer) = parsed(written, folder)?;
        let file = match path {
            Some(path) => self.load(path)?,
            None => from,
        };
        if file != FileId::ROOT && self.value(file).pointer(pointer.as_str()).is_none() {
            return Err(Problem::Nothing { path: self.path(file).to_owned(), pointer: pointer.to_reference() });
        }
        Ok(Place { file, pointer })
    }

    /// The same, and on from there where nothing but a reference stands.
    pub(super) fn final_target(&mut self, from: FileId, written: &str) -> Result<Place, Problem> {
        let mut place = self.target(from, written)?;
        let mut seen = HashSet::new();
        while place.file != FileId::ROOT {
            if let Some(known) = self.finals.get(&place) {
                place = known.clone();
                break;
            }
            let value = self.value(place.file);
            let Some(next) = value.pointer(place.pointer.as_str()).and_then(alias) else { break };
            // What is wrong with the next reference is said where that stands, and a circle is found in the joined tree.
            let Ok(next) = self.target(place.file, next) else { break };
            if !seen.insert(std::mem::replace(&mut place, next)) || seen.contains(&place) {
                break;
            }
        }
        self.finals.extend(seen.into_iter().map(|passed| (passed, place.clone())));
        Ok(place)
    }

    fn load(&mut self, path: String) -> Result<FileId, Problem> {
        if let Some(known) = self.by_path.get(&path) {
            return known.clone();
        }
        let loaded = self.read(&path);
        self.by_path.insert(path, loaded.clone());
        loaded
    }

    fn read(&mut self, path: &str) -> Result<FileId, Problem> {
        let loaded = self.loader.load(path).map_err(|refusal| Problem::Refused { path: path.to_owned(), refusal })?;
        let file = loaded.file;
        if file == FileId::ROOT || self.others.contains_key(&file) {
            return Ok(file);
        }
        if self.others.len() + 1 >= MAX_FILES {
            return Err(Problem::TooMany);
        }
        self.bytes = self.bytes.saturating_add(loaded.bytes.len());
        if self.bytes > MAX_BYTES {
            return Err(Problem::TooLarge);
        }
        match Document::parse_file(&loaded.path, &loaded.bytes, file) {
            Ok(document) => {
                self.others.insert(file, Part::new(document));
                Ok(file)
            }
            Err(faults) => {
                let first = faults.first();
                let fault =
                    first.map(|fault| format!("{}:{}: {}", fault.location.line, fault.location.column, fault.message));
                self.faults.extend(faults);
                Err(Problem::Unread { path: loaded.path, fault: fault.unwrap_or_default() })
            }
        }
    }

    /// Reports what is wrong with the reference at a place, where lint does not come by.
    pub(super) fn report(&mut self, place: &Place, problem: &Problem) {
        let location = self.document(place.file).location(&place.pointer);
        self.faults.push(Diagnostic {
            rule: "external-ref",
            level: Level::Error,
            pointer: place.pointer.clone(),
            location,
            message: problem.to_string(),
            help: problem.help(),
        });
    }
}

/// The reference that a value is, and nothing else.
pub(super) fn alias(value: &Value) -> Option<&str> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    fields.get("$ref")?.as_str()
}

/// The tokens of the pointer to a component of an OpenAPI document, what stands below it aside.
pub(super) fn component(pointer: &Pointer) -> Option<(String, String)> {
    let mut tokens = pointer.tokens();
    (tokens.next()? == "components").then(|| Some((tokens.next()?, tokens.next()?)))?
}
