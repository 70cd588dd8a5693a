//! Edits that change nothing anybody could observe, recognised by the reason.
//!
//! Each reason is a rewriting of the document that takes away one way of saying the same in other words. Two documents
//! that are the same under it are equivalent. A reason that would hide an edit which somebody can observe has no place here.

use serde_json::{Map, Value};

use crate::document::count;

/// One way of saying the same in other words.
struct Reason {
    text: &'static str,
    rewrite: fn(&mut Value),
}

const REASONS: &[Reason] = &[
    Reason { text: "the order of enum, required and security says nothing", rewrite: sort },
    Reason {
        text: "what is written out is the default",
        rewrite: |root| each_object(root, &mut |object| object.retain(|key, value| !is_default(key, value))),
    },
    Reason {
        text: "x-provenance outside of a named schema is a note for the document's editors and reaches no client",
        rewrite: without_notes,
    },
];

/// The document, as each reason would write it.
pub(super) struct Equivalence {
    rewritten: Vec<Value>,
}

impl Equivalence {
    /// Of the document that is edited.
    pub(super) fn of(root: &Value) -> Self {
        Self { rewritten: REASONS.iter().map(|reason| rewritten(root, reason)).collect() }
    }

    /// Why an edited document says the same; nothing where it doesn't.
    pub(super) fn reason(&self, edited: &Value) -> Option<&'static str> {
        let mut all = REASONS.iter().zip(&self.rewritten);
        all.find(|(reason, original)| rewritten(edited, reason) == **original).map(|(reason, _)| reason.text)
    }
}

fn rewritten(root: &Value, reason: &Reason) -> Value {
    let mut root = root.clone();
    (reason.rewrite)(&mut root);
    root
}

/// Defaults of OpenAPI 3.0.3, where saying them changes neither what conforms nor what a reader is told.
fn is_default(key: &str, value: &Value) -> bool {
    match key {
        "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" | "exclusiveMinimum"
        | "exclusiveMaximum" | "allowEmptyValue" | "allowReserved" => value == &Value::Bool(false),
        // Of a parameter; of a schema it is a list.
        "required" => value == &Value::Bool(false),
        "minLength" | "minItems" | "minProperties" => count(value) == Some(0),
        _ => false,
    }
}

fn each_object(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            // Within an example the same words mean something else.
            map.iter_mut()
                .filter(|(key, _)| !["example", "examples", "default", "enum"].contains(&key.as_str()))
                .for_each(|(_, inner)| each_object(inner, change));
            change(map);
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| each_object(inner, change)),
        _ => {}
    }
}

fn sort(root: &mut Value) {
    each_object(root, &mut |object| {
        for key in ["enum", "required", "security"] {
            if let Some(Value::Array(list)) = object.get_mut(key) {
                list.sort_by_key(Value::to_string);
            }
        }
    });
}

/// Everything but the named schemas, whose derived schemas carry every keyword.
fn outside_of_named_schemas(root: &mut Value, change: impl FnOnce(&mut Value)) {
    let schemas = root.pointer_mut("/components/schemas").map(Value::take);
    change(root);
    if let (Some(schemas), Some(place)) = (schemas, root.pointer_mut("/components/schemas")) {
        *place = schemas;
    }
}

fn without_notes(root: &mut Value) {
    outside_of_named_schemas(root, |root| {
        each_object(root, &mut |object| {
            object.shift_remove("x-provenance");
        });
    });
}
