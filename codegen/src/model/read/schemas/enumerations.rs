//! Enumerations: a variant for each value that a schema lists.

use std::collections::HashSet;

use serde_json::Value;

use super::Content;
use crate::model::{Enum, EnumBase, Names, Shape, TypeRef, Variant, pascal};

/// What a list of values comes to, null left out.
pub(super) fn enumeration(values: &[Value]) -> Content {
    let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    if values.is_empty() {
        return Content::Type(TypeRef::Any);
    }
    let base = if values.iter().all(|value| value.is_string()) {
        EnumBase::String
    } else if values.iter().all(|value| value.as_i64().is_some()) {
        EnumBase::Integer
    } else {
        EnumBase::Mixed
    };
    let mut names = Names::default();
    let mut variants: Vec<Variant> = Vec::new();
    let mut listed = HashSet::new();
    for value in values {
        // Two values are the same where they are written the same: `1` and `1.0` are two.
        if !listed.insert(value.to_string()) {
            continue;
        }
        let name = match value {
            Value::String(text) if text.is_empty() => "Empty".to_owned(),
            Value::String(text) => pascal(text),
            Value::Number(number) => pascal(&format!("value {}", number.to_string().replace('-', "minus "))),
            other => pascal(&other.to_string()),
        };
        variants.push(Variant { ident: names.claim(&name), value: value.clone() });
    }
    Content::Shape(Shape::Enum(Enum { base, variants, unlisted: names.claim("Unlisted") }), None)
}
