//! What holds for a value beside the schema that stands at its place: references followed, `allOf` opened.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Document, Pointer};

/// How many bare references may follow one another.
const LONGEST_CHAIN: usize = 32;

/// A schema once its references are followed; itself where they lead nowhere.
pub fn resolved<'v>(document: &'v Document, schema: &'v Value) -> &'v Value {
    let mut here = schema;
    for _ in 0..LONGEST_CHAIN {
        let Some(target) = here.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference) else { break };
        let Some(next) = document.root().pointer(target.as_str()) else { break };
        here = next;
    }
    here
}

/// The schema and the members of its `allOf`, each once.
pub fn at_once<'v>(document: &'v Document, schema: &'v Value) -> Vec<&'v Value> {
    let (mut found, mut open, mut seen) = (Vec::new(), vec![schema], BTreeSet::new());
    while let Some(schema) = open.pop() {
        if schema.get("$ref").and_then(Value::as_str).is_some_and(|target| !seen.insert(target)) {
            continue;
        }
        let schema = resolved(document, schema);
        found.push(schema);
        open.extend(schema.get("allOf").and_then(Value::as_array).into_iter().flatten());
    }
    found
}

/// The names of a schema's properties that carry a flag, such as `readOnly`.
pub fn flagged(document: &Document, schema: &Value, flag: &str) -> BTreeSet<String> {
    let says =
        |property: &Value| at_once(document, property).iter().any(|part| part.get(flag) == Some(&Value::Bool(true)));
    let parts = at_once(document, schema).into_iter();
    let properties = parts.filter_map(|part| part.get("properties")?.as_object()).flatten();
    properties.filter(|(_, property)| says(property)).map(|(name, _)| name.clone()).collect()
}

/// The names that a schema requires.
pub fn required(document: &Document, schema: &Value) -> BTreeSet<String> {
    let parts = at_once(document, schema).into_iter();
    let names = parts.filter_map(|part| part.get("required")?.as_array()).flatten();
    names.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether a schema declares or requires one of these properties.
pub fn mentions(document: &Document, schema: &Value, names: &BTreeSet<String>) -> bool {
    let declares = |part: &Value| {
        let properties = part.get("properties").and_then(Value::as_object);
        properties.is_some_and(|properties| properties.keys().any(|name| names.contains(name)))
    };
    !names.is_empty()
        && (required(document, schema).iter().any(|name| names.contains(name))
            || at_once(document, schema).into_iter().any(declares))
}
