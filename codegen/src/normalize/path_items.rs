//! A path item may be a reference to another one of the same document; progenitor unwraps it as if it never were.

use serde_json::Value;

use super::{Normalized, Pass};
use crate::document::{Document, Pointer};

pub(super) const PASS: Pass = Pass {
    name: "path-items",
    about: "a path item that is a local reference becomes what it refers to, with its own fields on top",
    apply,
};

fn apply(document: &Document, normalized: &mut Normalized) {
    let Some(paths) = normalized.root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    paths.retain(|path, _| !path.starts_with("x-"));
    for item in paths.values_mut() {
        // Bounded, so that a cycle that lint did not know of ends here.
        for _ in 0..16 {
            let Some(target) = item.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference) else {
                break;
            };
            let Some(target) = document.get(&target).and_then(Value::as_object) else { break };
            let mut merged = target.clone();
            for (key, value) in item.as_object().into_iter().flatten().filter(|(key, _)| *key != "$ref") {
                merged.insert(key.clone(), value.clone());
            }
            *item = Value::Object(merged);
        }
    }
}
