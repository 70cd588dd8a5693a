//! Edits that change nothing anybody could observe, recognised by the reason.
//!
//! Each reason is a rewriting of the document that takes away one way of saying the same in other words. Two documents
//! that are the same under it are equivalent. A reason that would hide an edit which somebody can observe has no place here.

use serde_json::{Map, Value};

use crate::document::is_default;

/// One way of saying the same in other words.
struct Reason {
    text: &'static str,
    /// Rewrites the part of the document that these names lead to.
    rewrite: fn(&mut Value, &[&str]),
}

const REASONS: &[Reason] = &[
    Reason { text: "the order of enum, required and security says nothing", rewrite: sort },
    Reason {
        text: "what is written out is the default",
        rewrite: |part, _| each_object(part, &mut |object| object.retain(|key, value| !is_default(key, value))),
    },
    Reason {
        text: "x-provenance outside of a named schema is a note for the document's editors and reaches no client",
        rewrite: without_notes,
    },
];

/// Values that the reasons leave as they are: the same words mean something else in them.
const VALUES: [&str; 4] = ["example", "examples", "default", "enum"];

/// Why an edited document says the same as the original; nothing where it doesn't.
pub(super) fn reason(original: &Value, edited: &Value) -> Option<&'static str> {
    let (original, edited, names) = differing(original, edited);
    let same = |reason: &&Reason| {
        let [original, edited] = [original, edited].map(|part| {
            let mut part = part.clone();
            (reason.rewrite)(&mut part, &names);
            part
        });
        original == edited
    };
    REASONS.iter().find(same).map(|reason| reason.text)
}

/// The innermost objects outside of which two documents are the same, and the names that lead to them.
fn differing<'v>(mut original: &'v Value, mut edited: &'v Value) -> (&'v Value, &'v Value, Vec<&'v str>) {
    let mut names = Vec::new();
    while let (Value::Object(left), Value::Object(right)) = (original, edited) {
        let mut differ = left.iter().filter(|(key, value)| right.get(*key) != Some(*value));
        let (Some((key, inner)), None, true) = (differ.next(), differ.next(), left.len() == right.len()) else { break };
        let Some(other) = right.get(key).filter(|other| inner.is_object() && other.is_object()) else { break };
        if VALUES.contains(&key.as_str()) {
            break;
        }
        (original, edited) = (inner, other);
        names.push(key.as_str());
    }
    (original, edited, names)
}

fn each_object(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            map.iter_mut()
                .filter(|(key, _)| !VALUES.contains(&key.as_str()))
                .for_each(|(_, inner)| each_object(inner, change));
            change(map);
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| each_object(inner, change)),
        _ => {}
    }
}

fn sort(part: &mut Value, _: &[&str]) {
    each_object(part, &mut |object| {
        for key in ["enum", "required", "security"] {
            if let Some(Value::Array(list)) = object.get_mut(key) {
                list.sort_by_key(Value::to_string);
            }
        }
    });
}

/// Notes everywhere but in the named schemas, whose derived schemas carry every keyword.
fn without_notes(part: &mut Value, names: &[&str]) {
    const SCHEMAS: [&str; 2] = ["components", "schemas"];
    if names.starts_with(&SCHEMAS) {
        return;
    }
    let place = SCHEMAS.strip_prefix(names).map(|rest| rest.iter().map(|name| format!("/{name}")).collect::<String>());
    let schemas = place.as_ref().and_then(|place| part.pointer_mut(place)).map(Value::take);
    each_object(part, &mut |object| {
        object.shift_remove("x-provenance");
    });
    if let (Some(schemas), Some(held)) = (schemas, place.and_then(|place| part.pointer_mut(&place))) {
        *held = schemas;
    }
}
