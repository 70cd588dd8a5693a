//! `unevaluatedProperties` and `unevaluatedItems`, where all that evaluates a property or an item is known: then they say of what is
//! undeclared what `additionalProperties` and `items` say, for the members of an `allOf` are read as one schema.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::document::Pointer;

/// How many members of an `allOf` are looked into.
const MOST_MEMBERS: usize = 1000;

/// What evaluates the parts of a value where it holds, which only the value says.
const BY_VALUE: [&str; 6] = ["anyOf", "oneOf", "if", "not", "dependentSchemas", "$dynamicRef"];

/// The keyword that says the same as an unevaluated one beside others; the empty string where it says nothing.
pub(super) fn same(root: &Value, name: &str, fields: &Map<String, Value>) -> Option<&'static str> {
    let others: &[&str] = match name {
        "unevaluatedProperties" => &["patternProperties", "additionalProperties"],
        "unevaluatedItems" => &["contains", "allOf", "$ref"],
        _ => return None,
    };
    if name == "unevaluatedItems" && fields.contains_key("items") {
        return Some("");
    }
    let mut seen: HashSet<*const Map<String, Value>> = HashSet::new();
    let mut open = vec![fields];
    while let Some(fields) = open.pop() {
        if !seen.insert(std::ptr::from_ref(fields)) {
            continue;
        }
        let is_other = |keyword: &&str| fields.contains_key(*keyword);
        let is_nested = seen.len() > 1 && fields.contains_key(name);
        if BY_VALUE.iter().chain(others).any(is_other) || is_nested || seen.len() > MOST_MEMBERS {
            return None;
        }
        if let Some(target) = fields.get("$ref") {
            let pointer = Pointer::from_reference(target.as_str()?)?;
            open.push(root.pointer(pointer.as_str())?.as_object()?);
        }
        for member in fields.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            open.extend(member.as_object());
        }
    }
    Some(if name == "unevaluatedItems" { "items" } else { "additionalProperties" })
}
