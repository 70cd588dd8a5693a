//! `additionalProperties`: what an object may have beside its declared properties.

use serde_json::{Value, json};

use super::{Derived, Keyword, Merge, Of, Words};
use crate::claim::Claim;
use crate::spec::Shape;

const NAME: &str = "additionalProperties";

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    about: Some(Of::Maps),
    // Both hold at once, so that false leaves nothing. What one says of the properties that the other declares is left out: a struct
    // cannot say that each is about properties that its own schema does not declare.
    merge: Merge::By(|first, second| {
        let [one, other] = [&*first, second].map(|value| value.as_bool());
        *first = match (one, other) {
            (Some(false), _) | (_, Some(false)) => Value::Bool(false),
            (Some(true), _) => second.clone(),
            (_, Some(true)) => return Some(()),
            _ if *first == *second => return Some(()),
            _ => json!({ "allOf": [first, second] }),
        };
        Some(())
    }),
    // A schema gives the struct a field, which says so by itself.
    derived: Derived::OfStruct(|schema| is_closed(schema).then_some(Value::Bool(false))),
    words: Words::Parts(|schema, inner| {
        let said = match schema.get(NAME) {
            Some(Value::Bool(false)) => Some("no other properties".to_owned()),
            Some(additional @ Value::Object(_)) => Some(format!("other properties {}", inner(additional))),
            _ => None,
        };
        said.into_iter().collect()
    }),
    also: |_| &[Claim::Type, Claim::Conformance],
    ..Keyword::structural(NAME, Shape::SchemaOrBoolean)
}];

/// Whether a schema allows no other properties.
pub fn is_closed(schema: &Value) -> bool {
    schema.get(NAME) == Some(&Value::Bool(false))
}

/// The schema of other properties, where there is one.
pub fn of(schema: &Value) -> Option<&Value> {
    schema.get(NAME).filter(|additional| additional.is_object())
}
