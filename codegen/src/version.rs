//! OpenAPI 3.1 in the words of OpenAPI 3.0: what comes after reads one version.
//!
//! Whatever 3.0 can say in other words is said in them, and each value keeps its place in the text. What 3.0 cannot say
//! stays as it is written, and is refused by name like any field that 3.0 does not know.

mod identifiers;
mod null;
mod objects;
mod references;
mod schemas;
mod types;
mod unevaluated;

use std::collections::HashMap;

use serde_json::Value;

use crate::document::{Document, Moved, Pointer};
use crate::spec::walk::walk;
use crate::spec::{Kind, Shape};
pub use identifiers::identified;
pub use objects::CERTIFICATES;
use references::Targets;

/// The versions of OpenAPI that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 3.0, whose schemas are a dialect of their own.
    V3_0,
    /// 3.1, whose schemas are those of JSON Schema 2020-12; and 3.2, where it says no more than 3.1.
    V3_1,
}

impl Version {
    /// The version that a document states; none where it is another one, or no version at all.
    pub fn of(root: &Value) -> Option<Self> {
        let stated = root.get("openapi")?.as_str()?;
        let is = |minor: &str| {
            let patch = stated.strip_prefix(minor).unwrap_or_default();
            patch.strip_prefix('.').is_some_and(|patch| patch.starts_with(|c: char| c.is_ascii_digit()))
        };
        if is("3.0") {
            Some(Self::V3_0)
        } else if is("3.1") || is("3.2") {
            Some(Self::V3_1)
        } else {
            None
        }
    }
}

/// A document in the words of OpenAPI 3.0.
pub fn settled(document: Document) -> Document {
    let document = counted(document);
    if Version::of(document.root()) != Some(Version::V3_1) {
        return document;
    }
    let (root, moved) = translated(document.root());
    document.changed(root, [moved])
}

/// A document whose counts are written as integers: `7e2` and `700.0` are the integer 700 to JSON Schema.
fn counted(document: Document) -> Document {
    let mut found = Vec::new();
    let mut note = |place: Pointer, value: &Value| {
        let whole = value.as_f64().filter(|float| float.fract() == 0.0 && (0.0..1e15).contains(float));
        found.extend(whole.filter(|_| !value.is_u64()).map(|float| (place, float as u64)));
    };
    walk(document.root(), &mut |visit| {
        let bytes =
            visit.object().filter(|(kind, _)| *kind == Kind::Schema).and_then(|(_, fields)| fields.get(MAX_BYTES));
        if let Some(value) = bytes {
            note(visit.pointer.join(MAX_BYTES), value);
        }
        if visit.shape == Shape::Count {
            note(visit.pointer, visit.value);
        }
    });
    if found.is_empty() {
        return document;
    }
    let mut root = document.root().clone();
    for (place, count) in found {
        if let Some(value) = root.pointer_mut(place.as_str()) {
            *value = count.into();
        }
    }
    document.changed(root, [])
}

/// The one extension that is a count.
const MAX_BYTES: &str = "x-maxBytes";

fn translated(root: &Value) -> (Value, Moved) {
    let (first, homes) = Translator::new(root, HashMap::new()).translate();
    // Where references lead is known once all has been translated.
    if homes.is_empty() { first } else { Translator::new(root, homes).translate().0 }
}

/// The translation under way. Of each value it knows where it stands in the text (`from`) and in the translation (`at`).
struct Translator<'a> {
    root: &'a Value,
    moved: Moved,
    /// What the document's references lead to.
    targets: Targets,
    /// Where the translation has what the text has elsewhere, as far as that is found out.
    homes: HashMap<Pointer, Pointer>,
    /// The same, of all that is.
    known: HashMap<Pointer, Pointer>,
    /// The place of what is being copied, where that is so.
    copied: Option<Pointer>,
    /// How many values may still be copied.
    room: usize,
}

impl<'a> Translator<'a> {
    fn new(root: &'a Value, known: HashMap<Pointer, Pointer>) -> Self {
        let (targets, room) = (Targets::of(root), references::room(root));
        Self { root, moved: Moved::default(), targets, homes: HashMap::new(), known, copied: None, room }
    }

    fn translate(mut self) -> ((Value, Moved), HashMap<Pointer, Pointer>) {
        let at = Pointer::root();
        let root = match self.root.as_object() {
            Some(fields) => self.object(Kind::OpenApi, fields, &at, &at),
            None => self.root.clone(),
        };
        ((root, self.moved), self.homes)
    }
}

impl Translator<'_> {
    /// Translates whatever stands where the specification wants this.
    fn value(&mut self, shape: Shape, value: &Value, from: &Pointer, at: &Pointer) -> Value {
        match (shape, value) {
            (Shape::SchemaOrBoolean, Value::Bool(_)) => value.clone(),
            (Shape::SchemaOrBoolean | Shape::Object(Kind::Schema) | Shape::Referable(Kind::Schema), _) => {
                self.schema(value, from, at)
            }
            (Shape::Object(kind), Value::Object(fields)) => self.object(kind, fields, from, at),
            (Shape::Referable(kind), Value::Object(fields)) => match fields.get("$ref").and_then(Value::as_str) {
                Some(target) => self.reference(kind, target, fields, (from, at)),
                None => self.object(kind, fields, from, at),
            },
            (Shape::List(shape), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.map(|(index, item)| self.value(*shape, item, &from.join(index), &at.join(index))).collect()
            }
            (Shape::Map(shape), Value::Object(entries)) => {
                let translated = entries
                    .iter()
                    .map(|(name, value)| (name.clone(), self.value(*shape, value, &from.join(name), &at.join(name))));
                Value::Object(translated.collect())
            }
            _ => value.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
