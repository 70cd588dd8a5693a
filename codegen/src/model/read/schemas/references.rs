//! Where a local reference leads.

use std::collections::BTreeSet;

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

/// Whether a JSON null is among the schema's values, its references and its lone `allOf` member followed.
pub fn is_nullable(root: &Value, schema: &Value) -> bool {
    nullable_within(root, schema, &mut BTreeSet::new())
}

/// `seen` holds the references on the way here: alternatives may lead back to where they are from, which says nothing new.
fn nullable_within<'a>(root: &'a Value, schema: &'a Value, seen: &mut BTreeSet<&'a str>) -> bool {
    if reference(schema).is_some_and(|target| !seen.insert(target)) {
        return false;
    }
    let Some((schema, _)) = follow(root, schema, &Pointer::root()) else { return false };
    if schema.get("nullable").and_then(Value::as_bool) == Some(true) {
        return true;
    }
    let members = |keyword: &str| schema.get(keyword).and_then(Value::as_array);
    if members("enum").is_some_and(|values| values.contains(&Value::Null)) {
        return schema.get("type").is_none();
    }
    if schema.get("type").is_some() {
        return false;
    }
    if let Some(all) = members("allOf") {
        return !all.is_empty() && all.iter().all(|member| nullable_within(root, member, &mut seen.clone()));
    }
    ["oneOf", "anyOf"].into_iter().filter_map(members).flatten().any(|member| nullable_within(root, member, seen))
}

/// Whether the schema allows nothing but null.
pub fn is_only_null(schema: &Value) -> bool {
    schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.as_slice() == [Value::Null])
}
