//! `allOf`: many schemas that hold at once, as one where a Rust type can say so.

use serde_json::{Map, Value};

use super::references::{follow, reference};
use crate::document::Pointer;
use crate::keyword::{Merge, constraints, merge_of};

/// How deep `allOf` may stand within `allOf`; lint has refused schemas without an end before this is asked.
const DEEPEST: usize = 32;

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

/// Adds a schema, and the members of its `allOf`, to what is merged so far.
fn fold(root: &Value, schema: &Value, merged: &mut Map<String, Value>, depth: usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    let (schema, _) = follow(root, schema, &Pointer::root())?;
    for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        fold(root, member, merged, depth)?;
    }
    for (name, value) in schema.as_object()?.iter() {
        match (merge_of(name), merged.get_mut(name)) {
            (Merge::Apart, _) => {}
            (merge, Some(earlier)) => merge.apply(earlier, value)?,
            (_, None) => {
                merged.insert(name.clone(), value.clone());
            }
        }
    }
    Some(())
}
