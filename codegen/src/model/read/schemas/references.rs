//! Where a local reference leads.

use serde_json::Value;

use crate::document::Pointer;

/// How many bare references may follow one another; lint has refused cycles before this is asked.
const LONGEST_CHAIN: usize = 64;

/// The schema's `$ref`, where it has one.
pub fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str)
}

/// What a value is once its references are followed, and where that stands.
pub fn follow<'a>(root: &'a Value, value: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
    let (mut value, mut at) = (value, at.clone());
    for _ in 0..LONGEST_CHAIN {
        let Some(target) = reference(value) else { return Some((value, at)) };
        at = Pointer::from_reference(target)?;
        value = root.pointer(at.as_str())?;
    }
    None
}

/// What a schema is once its references are followed; itself where they lead nowhere.
pub fn target<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    follow(root, schema, &Pointer::root()).map_or(schema, |(target, _)| target)
}

/// Whether the schema allows nothing but null.
pub fn is_only_null(schema: &Value) -> bool {
    schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.as_slice() == [Value::Null])
}
