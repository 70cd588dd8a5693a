//! `allOf`: many schemas that hold at once, as one where a Rust type can say so.

use serde_json::{Map, Value};

use super::families::Families;
use super::references::{members, reference};
use crate::document::Pointer;
use crate::keyword::{Merge, constraints, merge_of};

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
///
/// A parent that is the only member is meant with all its children, unless the schema is one of them.
pub fn merge<'a>(root: &'a Value, schema: &'a Value, families: &Families<'a>, at: &Pointer) -> Merged {
    let Some(all) = schema.get("allOf").and_then(Value::as_array) else { return Merged::Untyped };
    let beside = constraints(schema);
    let telling: Vec<&Value> =
        all.iter().filter(|member| reference(member).is_some() || !constraints(member).is_empty()).collect();
    let extends = |member: &Value| reference(member).is_some_and(|target| families.is_child(at, target));
    if let ([member], true) = (telling.as_slice(), beside.is_empty())
        && !extends(member)
    {
        return Merged::Member((*member).clone());
    }
    match folded(root, schema, families, at) {
        Some(merged) => Merged::Schema(Value::Object(merged)),
        None => Merged::Untyped,
    }
}

/// What a schema and the members of its `allOf` say together, where one schema can say so.
fn folded<'a>(root: &'a Value, schema: &'a Value, families: &Families<'a>, at: &Pointer) -> Option<Map<String, Value>> {
    let mut merged: Map<String, Value> = Map::new();
    for (member, place) in members(root, schema, at)? {
        if reference(member).is_some() {
            return None;
        }
        // Inside an `allOf`, a parent is its plain object.
        let is_plain = !std::ptr::eq(member, schema) && families.is_parent(&place);
        for (name, value) in member.as_object()? {
            match (merge_of(name), merged.get_mut(name)) {
                (Merge::Apart, _) => {}
                _ if is_plain && matches!(name.as_str(), "oneOf" | "anyOf") => {}
                (merge, Some(earlier)) => merge.apply(earlier, value)?,
                (_, None) => {
                    merged.insert(name.clone(), value.clone());
                }
            }
        }
    }
    Some(merged)
}
