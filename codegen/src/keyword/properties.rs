//! `properties` and `required`: what an object has, and what it must have.

use serde_json::{Value, json};

use super::{Keyword, Merge, Of, Words};
use crate::claim::Claim;
use crate::markdown::quoted;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        about: Some(Of::Maps),
        merge: Merge::By(add_properties),
        words: Words::Parts(described),
        ..Keyword::structural("properties", Shape::Map(&Shape::Referable(Kind::Schema)))
    },
    Keyword {
        about: Some(Of::Maps),
        merge: Merge::By(add_required),
        words: Words::Parts(|schema, _| {
            let declared =
                |name: &str| schema.get("properties").is_some_and(|properties| properties.get(name).is_some());
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            let others = required.filter_map(Value::as_str).filter(|name| !declared(name));
            others.map(|name| format!("{} is required", quoted(name))).collect()
        }),
        also: |_| &[Claim::Type, Claim::Conformance, Claim::Documentation],
        ..Keyword::structural("required", Shape::List(&Shape::Text))
    },
];

fn add_properties(known: &mut Value, properties: &Value) -> Option<()> {
    let known = known.as_object_mut()?;
    for (name, schema) in properties.as_object()? {
        match known.get_mut(name) {
            None => {
                known.insert(name.clone(), schema.clone());
            }
            Some(earlier) if earlier == schema => {}
            // Both hold at once, which is an `allOf` again, one level down.
            Some(earlier) => *earlier = json!({ "allOf": [earlier, schema] }),
        }
    }
    Some(())
}

fn add_required(known: &mut Value, names: &Value) -> Option<()> {
    let known = known.as_array_mut()?;
    for name in names.as_array()? {
        if !known.contains(name) {
            known.push(name.clone());
        }
    }
    Some(())
}

fn described(schema: &Value, inner: &dyn Fn(&Value) -> String) -> Vec<String> {
    let required = schema.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let described = properties.filter(|(name, _)| !name.starts_with("x-")).map(|(name, property)| {
        let optional = if required.iter().any(|one| one == name) { "" } else { "optional " };
        format!("{optional}property {} {}", quoted(name), inner(property))
    });
    described.collect()
}
