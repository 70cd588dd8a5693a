//! Schemas that an `allOf` reaches by several ways. A validator would judge them once for each way, and ways double from one to the
//! next: what holds together is said once of each schema instead.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::document::{Document, Located, OR_NULL, Pointer, TAGGED};

/// A schema that an `allOf` leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// Where it stands.
    pub pointer: Pointer,
    /// Whether it is meant without the references of its own `allOf`.
    pub alone: bool,
}

/// All that the references of a schema's `allOf` lead to, each once; none where no two ways lead to the same.
pub(super) fn reached(document: &Document, schema: &Located<'_>) -> Option<Vec<Target>> {
    let (mut found, mut seen) = (Vec::new(), HashSet::from([schema.pointer.clone()]));
    let (mut open, mut is_diamond) = (references(document, schema), false);
    while let Some(target) = open.pop() {
        // What is evaluated depends on what holds what.
        if ["unevaluatedProperties", "unevaluatedItems"].iter().any(|keyword| target.value.get(keyword).is_some()) {
            return None;
        }
        if !seen.insert(target.pointer.clone()) {
            is_diamond = true;
            continue;
        }
        let is_whole = [TAGGED, OR_NULL].iter().any(|keyword| target.value.get(keyword).is_some());
        let inner = if is_whole { Vec::new() } else { references(document, &target) };
        found.push(Target { pointer: target.pointer, alone: !inner.is_empty() });
        open.extend(inner);
    }
    is_diamond.then_some(found)
}

fn references<'d>(document: &'d Document, schema: &Located<'d>) -> Vec<Located<'d>> {
    let members = schema.members("allOf").into_iter().filter(|member| is_reference(member.value));
    let mut found: Vec<Located<'d>> = members.filter_map(|member| document.resolve(member).ok()).collect();
    // The same twice in one list is no way of its own.
    found.dedup_by(|one, other| one.pointer == other.pointer);
    found.reverse();
    found
}

/// A schema without the references of its `allOf`; the other members keep their places.
pub(super) fn alone(schema: &Value) -> Value {
    let mut schema = schema.clone();
    for member in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        if is_reference(member) {
            *member = json!({});
        }
    }
    schema
}

fn is_reference(schema: &Value) -> bool {
    schema.get("$ref").is_some_and(Value::is_string)
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;
    use crate::oracle::Validator;

    #[test]
    fn a_schema_that_is_reached_by_many_ways_is_judged_once() {
        let mut schemas = Map::from_iter([(
            "S0".to_owned(),
            json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
        )]);
        let reference = |name: String| json!({ "$ref": format!("#/components/schemas/{name}") });
        for level in 1..=40 {
            for side in ["A", "B"] {
                let own = json!({ "required": [format!("{side}{level}")] });
                schemas
                    .insert(format!("{side}{level}"), json!({ "allOf": [reference(format!("S{}", level - 1)), own] }));
            }
            let all = ["A", "B"].map(|side| reference(format!("{side}{level}")));
            schemas.insert(format!("S{level}"), json!({ "allOf": all }));
        }
        let text = json!({ "openapi": "3.0.3", "components": { "schemas": schemas } }).to_string();
        let document = Document::parse("a.json", &text).unwrap();
        let (_, whole) = document.component_schemas().into_iter().find(|(name, _)| *name == "S40").unwrap();
        let validator = Validator::new(&document, whole).unwrap();
        let mut payload: Map<String, Value> =
            (1..=40).flat_map(|level| ["A", "B"].map(|side| (format!("{side}{level}"), json!(1)))).collect();
        assert!(validator.accepts(&payload.clone().into()));
        payload.insert("a".into(), json!(1));
        payload.remove("B7");
        let said: Vec<String> = validator.violations(&payload.into()).iter().map(ToString::to_string).collect();
        assert_eq!(said, ["required at /B7", "type at /a"]);
    }
}
