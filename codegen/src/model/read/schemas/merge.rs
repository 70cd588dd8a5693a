//! `allOf`: many schemas that hold at once, as one where a Rust type can say so.

use serde_json::{Map, Value};

use super::references::{follow, reference};
use crate::document::Pointer;

/// How deep `allOf` may stand within `allOf`; lint has refused schemas without an end before this is asked.
const DEEPEST: usize = 32;

/// Keywords that describe a schema and restrict nothing.
pub const ANNOTATIONS: [&str; 9] =
    ["title", "description", "default", "example", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml"];

/// What an `allOf` comes to.
pub enum Merged {
    /// One member says all there is to say; the rest only describes.
    Member(Value),
    /// One schema that says what the members say together.
    Schema(Value),
    /// The members say things that one schema cannot.
    Untyped,
}

/// Merges the `allOf` of a schema with what stands beside it.
pub fn merge(root: &Value, schema: &Value) -> Merged {
    let Some(members) = schema.get("allOf").and_then(Value::as_array) else { return Merged::Untyped };
    let beside = constraints(schema);
    let telling: Vec<&Value> =
        members.iter().filter(|member| reference(member).is_some() || !constraints(member).is_empty()).collect();
    if let ([member], true) = (telling.as_slice(), beside.is_empty()) {
        return Merged::Member((*member).clone());
    }
    let mut merged = Map::new();
    match fold(root, schema, &mut merged, DEEPEST) {
        Some(()) => Merged::Schema(Value::Object(merged)),
        None => Merged::Untyped,
    }
}

/// What a schema restricts, its `allOf`, annotations and extensions aside.
pub fn constraints(schema: &Value) -> Map<String, Value> {
    let ours = |key: &str| {
        key != "allOf"
            && key != "nullable"
            && key != "discriminator"
            && !ANNOTATIONS.contains(&key)
            && !key.starts_with("x-")
    };
    schema.as_object().into_iter().flatten().filter(|(key, _)| ours(key)).map(|(k, v)| (k.clone(), v.clone())).collect()
}

/// Adds a schema, and the members of its `allOf`, to what is merged so far.
fn fold(root: &Value, schema: &Value, merged: &mut Map<String, Value>, depth: usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    let (schema, _) = follow(root, schema, &Pointer::root())?;
    for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        fold(root, member, merged, depth)?;
    }
    for (keyword, value) in schema.as_object()? {
        match keyword.as_str() {
            "allOf" | "discriminator" | "nullable" => {}
            // The outermost description is the one meant for the whole.
            keyword if ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-") => {
                merged.insert(keyword.to_owned(), value.clone());
            }
            "properties" => add_properties(merged, value.as_object()?)?,
            "required" => add_required(merged, value.as_array()?)?,
            "additionalProperties" if *value == Value::Bool(true) => {
                merged.entry(keyword.as_str()).or_insert_with(|| value.clone());
            }
            keyword => add_constraint(merged, keyword, value)?,
        }
    }
    Some(())
}

fn add_properties(merged: &mut Map<String, Value>, properties: &Map<String, Value>) -> Option<()> {
    let known = merged.entry("properties").or_insert_with(|| Value::Object(Map::new())).as_object_mut()?;
    for (name, schema) in properties {
        match known.get(name) {
            None => {
                known.insert(name.clone(), schema.clone());
            }
            Some(earlier) if earlier == schema => {}
            // Both hold at once, which is an `allOf` again, one level down.
            Some(earlier) => {
                let both = serde_json::json!({ "allOf": [earlier, schema] });
                known.insert(name.clone(), both);
            }
        }
    }
    Some(())
}

fn add_required(merged: &mut Map<String, Value>, names: &[Value]) -> Option<()> {
    let known = merged.entry("required").or_insert_with(|| Value::Array(Vec::new())).as_array_mut()?;
    for name in names {
        if !known.contains(name) {
            known.push(name.clone());
        }
    }
    Some(())
}

/// The stricter of two bounds, or the one value that two keywords agree on.
fn add_constraint(merged: &mut Map<String, Value>, keyword: &str, value: &Value) -> Option<()> {
    let Some(earlier) = merged.get(keyword) else {
        merged.insert(keyword.to_owned(), value.clone());
        return Some(());
    };
    if earlier == value {
        return Some(());
    }
    let (a, b) = (earlier.as_f64(), value.as_f64());
    let stricter = match keyword {
        "maxLength" | "maxItems" | "maxProperties" | "x-maxBytes" => a? > b?,
        "minLength" | "minItems" | "minProperties" => a? < b?,
        "enum" => return add_enum(merged, value),
        "uniqueItems" => value.as_bool()?,
        "additionalProperties" => *earlier == Value::Bool(true),
        _ => return None,
    };
    if stricter {
        merged.insert(keyword.to_owned(), value.clone());
    }
    Some(())
}

fn add_enum(merged: &mut Map<String, Value>, values: &Value) -> Option<()> {
    let values = values.as_array()?;
    merged.get_mut("enum")?.as_array_mut()?.retain(|value| values.contains(value));
    Some(())
}
