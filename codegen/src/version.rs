//! OpenAPI 3.1 in the words of OpenAPI 3.0: what comes after reads one version.
//!
//! Whatever 3.0 can say in other words is said in them, and each value keeps its place in the text. What 3.0 cannot say
//! stays as it is written, and is refused by name like any field that 3.0 does not know.

mod null;
mod objects;
mod schemas;
mod types;

use serde_json::{Map, Value};

use crate::document::{Document, Moved, Pointer};
use crate::spec::{Kind, Shape};

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
    if Version::of(document.root()) != Some(Version::V3_1) {
        return document;
    }
    let (root, moved) = translated(document.root());
    document.in_other_words(root, moved)
}

fn translated(root: &Value) -> (Value, Moved) {
    let mut translator = Translator { root, moved: Moved::default() };
    let at = Pointer::root();
    let root = match root.as_object() {
        Some(fields) => translator.object(Kind::OpenApi, fields, &at, &at),
        None => root.clone(),
    };
    (root, translator.moved)
}

/// The translation under way. Of each value it knows where it stands in the text (`from`) and in the translation (`at`).
struct Translator<'a> {
    root: &'a Value,
    moved: Moved,
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
                Some(target) => self.reference(kind, target, fields, at),
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

    /// A reference, or what it leads to where a summary or a description beside it replaces the target's own.
    fn reference(&mut self, kind: Kind, target: &str, fields: &Map<String, Value>, at: &Pointer) -> Value {
        let own: Vec<_> =
            fields.iter().filter(|(name, _)| ["summary", "description"].contains(&name.as_str())).collect();
        let pointer = Pointer::from_reference(target);
        let found = pointer.and_then(|pointer| Some((self.root.pointer(pointer.as_str())?.as_object()?, pointer)));
        if let (false, Some((replaced, pointer))) = (own.is_empty(), found)
            && !replaced.contains_key("$ref")
        {
            let mut whole = replaced.clone();
            let known = own.into_iter().filter(|(name, _)| kind.shape_of(name).is_some());
            whole.extend(known.map(|(name, text)| (name.clone(), text.clone())));
            self.moved.to(at.clone(), pointer.clone());
            return self.object(kind, &whole, &pointer, at);
        }
        let mut fields = fields.clone();
        fields.insert("$ref".to_owned(), retargeted(target).into());
        Value::Object(fields)
    }
}

/// A reference's target where the translation has it.
fn retargeted(target: &str) -> String {
    let Some(fragment) = target.strip_prefix("#/") else { return target.to_owned() };
    let tokens = fragment.split('/').map(|token| match token {
        "$defs" | "%24defs" | "definitions" => schemas::DEFINITIONS,
        token => token,
    });
    let target = tokens.collect::<Vec<_>>().join("/");
    for (newer, kept) in [("webhooks/", "x-webhooks/"), ("components/pathItems/", "components/x-pathItems/")] {
        if let Some(rest) = target.strip_prefix(newer) {
            return format!("#/{kept}{rest}");
        }
    }
    format!("#/{target}")
}

#[cfg(test)]
mod tests;
