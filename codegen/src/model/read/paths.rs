//! Path items: the operations that stand in each, and what it says of all of them.

use serde_json::{Map, Value};

use super::fields::{resolve, text};
use crate::document::{Document, Place, Pointer};
use crate::model::Method;
use crate::spec::walk::LONGEST_CHAIN;

/// A path item, which may have all that another one has; the nearest comes first.
pub struct PathItem<'a> {
    /// The path template.
    pub path: &'a str,
    layers: Vec<(&'a Map<String, Value>, Place)>,
}

/// The path items of a document.
pub fn path_items(document: &Document) -> Vec<PathItem<'_>> {
    let root = document.root();
    let paths = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let paths = paths.filter(|(path, _)| !path.starts_with("x-"));
    paths.map(|(path, item)| PathItem { path, layers: layers(root, item, path) }).collect()
}

fn layers<'a>(root: &'a Value, item: &'a Value, path: &str) -> Vec<(&'a Map<String, Value>, Place)> {
    let (mut item, mut place) = (item, Place::in_root(Pointer::root().join("paths").join(path)));
    let mut layers = Vec::new();
    // Lint has refused what is longer; the bound is for a caller who skips it.
    for _ in 0..=LONGEST_CHAIN {
        let Some(fields) = item.as_object() else { break };
        layers.push((fields, place));
        let Some(target) = text(item, "$ref").and_then(Pointer::from_reference) else { break };
        let Some(next) = root.pointer(target.as_str()) else { break };
        (item, place) = (next, Place::in_root(target));
    }
    layers
}

impl<'a> PathItem<'a> {
    /// A field, and where it stands.
    pub fn field(&self, key: &str) -> Option<(&'a Value, Place)> {
        self.layers.iter().find_map(|(fields, place)| Some((fields.get(key)?, place.join(key))))
    }

    /// A string.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.field(key)?.0.as_str()
    }

    /// The operations with their places; what the item is a reference to comes first.
    pub fn operations(&self) -> Vec<(Method, &'a Value, Place)> {
        let mut found: Vec<(Method, &'a Value, Place)> = Vec::new();
        for (fields, _) in self.layers.iter().rev() {
            for method in fields.keys().filter_map(|key| Method::from_key(key)) {
                let is_new = found.iter().all(|(other, ..)| *other != method);
                if let (true, Some((operation, place))) = (is_new, self.field(method.key()))
                    && operation.is_object()
                {
                    found.push((method, operation, place));
                }
            }
        }
        found
    }

    /// The parameters of all its operations, references followed, with their places.
    pub fn parameters(&self, root: &'a Value) -> Vec<(&'a Value, Place)> {
        let Some((list, place)) = self.field("parameters") else { return Vec::new() };
        parameters(root, list, &place)
    }
}

/// The parameters of a list, references followed, with their places.
pub fn parameters<'a>(root: &'a Value, list: &'a Value, place: &Place) -> Vec<(&'a Value, Place)> {
    let all = list.as_array().into_iter().flatten().enumerate();
    all.map(|(index, parameter)| resolve(root, parameter, place.join(index))).collect()
}
