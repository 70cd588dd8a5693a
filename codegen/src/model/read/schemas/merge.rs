//! `allOf`: many schemas that hold at once, as one where a Rust type can say so.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::families::Families;
use super::references::{follow, members, reference};
use crate::document::Pointer;
use crate::keyword::{Merge, bounds, constraints, merge_of};

/// What an `allOf` comes to.
pub enum Merged<'a> {
    /// A reference to one schema says all there is to say; the rest only describes. With the description of the two.
    Reference(&'a str, Value),
    /// One schema that says what the members say together.
    Schema(Value),
    /// The members say things that one schema cannot.
    Untyped,
}

/// Merges the `allOf` of a schema with what stands beside it.
///
/// A parent that is the only member is meant with all its children, unless the schema is one of them.
pub fn merge<'s>(root: &'s Value, schema: &'s Value, families: &Families<'_>, at: &Pointer) -> Merged<'s> {
    let Some(all) = schema.get("allOf").and_then(Value::as_array) else { return Merged::Untyped };
    let beside = constraints(schema);
    let is_composed = |member: &Value| member.get("allOf").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
    let tells = |member: &Value| reference(member).is_some() || !constraints(member).is_empty() || is_composed(member);
    let telling: Vec<&Value> = all.iter().filter(|member| tells(member)).collect();
    if let ([member], true) = (telling.as_slice(), beside.is_empty()) {
        // An `allOf` in an `allOf` is a reference where the inner one is.
        let target = match reference(member) {
            None if constraints(member).is_empty() => match merge(root, member, families, at) {
                Merged::Reference(target, _) => Some(target),
                Merged::Schema(_) | Merged::Untyped => None,
            },
            target => target,
        };
        if let Some(target) = target.filter(|target| !families.is_child(at, target)) {
            return Merged::Reference(target, described(root, schema, member));
        }
    }
    folded(root, schema, families, at).map_or(Merged::Untyped, |merged| Merged::Schema(Value::Object(merged)))
}

/// How many schemas may describe one another by reference before the rest is left to the type that they lead to.
const LONGEST_DESCRIPTION: usize = 16;

/// What schemas that only describe one another say of what they lead to: the words of the outermost, and its limits. What it
/// is made of is its type's to say.
fn described(root: &Value, schema: &Value, member: &Value) -> Value {
    let (mut said, mut schema, mut member) = (Map::new(), schema, member);
    for _ in 0..LONGEST_DESCRIPTION {
        let is_short = |name: &str, value: &Value| {
            matches!(merge_of(name), Merge::Outermost) || !(value.is_object() || value.is_array())
        };
        // What stands in place among the members describes it too.
        let beside = schema.get("allOf").and_then(Value::as_array).into_iter().flatten().rev();
        for part in std::iter::once(schema).chain(beside.filter(|part| reference(part).is_none())) {
            for (name, value) in part.as_object().into_iter().flatten().filter(|(name, value)| is_short(name, value)) {
                said.entry(name).or_insert_with(|| value.clone());
            }
        }
        let Some((target, _)) = follow(root, member, &Pointer::root()) else { break };
        if std::ptr::eq(schema, target) {
            break;
        }
        schema = target;
        if let Some([only]) = target.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            member = only;
        } else {
            member = target;
        }
    }
    said.into()
}

/// What a schema and the members of its `allOf` say together, where one schema can say so.
fn folded(root: &Value, schema: &Value, families: &Families<'_>, at: &Pointer) -> Option<Map<String, Value>> {
    let mut merged: Map<String, Value> = Map::new();
    // What describes in place is meant for the whole, wherever it stands among references; these describe what they lead to.
    let (mut described, mut types) = (HashSet::new(), Vec::new());
    for (member, place) in members(root, schema, at)? {
        if reference(member).is_some() {
            return None;
        }
        // Inside an `allOf`, a parent is its plain object.
        let is_plain = !std::ptr::eq(member, schema) && families.is_parent(&place);
        let said = member.as_object()?;
        let below = place.as_str().strip_prefix(at.as_str());
        let is_in_place = below.is_some_and(|below| below.is_empty() || below.starts_with('/'));
        types.extend(said.get("type").map(|_| said.get("nullable") == Some(&Value::Bool(true))));
        bounds::tighten(&mut merged, said);
        for (name, value) in said.iter().filter(|(name, _)| !bounds::is_one(name)) {
            let tells_apart = name == "discriminator" && !is_plain && is_union(said);
            match (merge_of(name), merged.get_mut(name)) {
                // That of a union goes with its alternatives.
                (Merge::Apart, Some(earlier)) if tells_apart && earlier != value => return None,
                (Merge::Apart, None) if tells_apart => drop(merged.insert(name.clone(), value.clone())),
                (Merge::Apart, _) => {}
                _ if is_plain && matches!(name.as_str(), "oneOf" | "anyOf") => {}
                (Merge::Outermost, _) if !is_in_place && described.contains(name) => {}
                (merge, Some(earlier)) => merge.apply(earlier, value)?,
                (_, None) => {
                    merged.insert(name.clone(), value.clone());
                }
            }
            if is_in_place {
                described.insert(name.clone());
            }
        }
    }
    // What stands beside alternatives may take null though none of them does.
    if !types.is_empty() && types.into_iter().all(|takes_null| takes_null) && is_union(&merged) {
        merged.insert("nullable".to_owned(), Value::Bool(true));
    }
    Some(merged)
}

fn is_union(schema: &Map<String, Value>) -> bool {
    ["oneOf", "anyOf"].iter().any(|keyword| schema.contains_key(*keyword))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Families, Merged, Pointer, Value, merge};

    fn merged(schema: Value) -> String {
        let root = json!({
            "components": { "schemas": {
                "A": { "type": "object", "properties": { "a": { "type": "string" } } },
                "B": { "type": "object", "properties": { "b": { "type": "string" } } },
            } },
            "here": schema,
        });
        match merge(&root, &root["here"], &Families::of(&root), &Pointer::root().join("here")) {
            Merged::Reference(target, said) => format!("{target} {said}"),
            Merged::Schema(schema) => schema["properties"].to_string(),
            Merged::Untyped => "untyped".into(),
        }
    }

    #[test]
    fn an_all_of_in_an_all_of_is_what_it_holds() {
        let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let a = "#/components/schemas/A";
        assert_eq!(merged(json!({ "allOf": [reference("A")] })), format!("{a} {{\"type\":\"object\"}}"));
        let nested = json!({ "allOf": [{ "allOf": [reference("A")], "title": "One" }] });
        assert_eq!(merged(nested), format!("{a} {{\"title\":\"One\",\"type\":\"object\"}}"));
        let both = json!({ "allOf": [reference("A"), { "allOf": [reference("B")] }] });
        assert_eq!(merged(both), r#"{"a":{"type":"string"},"b":{"type":"string"}}"#);
    }
}
