//! Enumerations: a variant for each value that a schema lists.

use std::collections::HashSet;

use serde_json::Value;

use super::Content;
use crate::keyword::{Integer, whole};
use crate::model::{Enum, EnumBase, Names, Shape, TypeRef, Variant, pascal};

/// The variant that holds what the document does not list.
const UNLISTED: &str = "Unlisted";

/// What a list of values comes to, null left out.
pub(super) fn enumeration(schema: &Value, values: &[Value]) -> Content {
    let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    if values.is_empty() {
        return Content::plain(TypeRef::Any);
    }
    let base = if values.iter().all(|value| value.is_string()) {
        EnumBase::String
    } else if let Some(listed) = integers(schema, &values) {
        EnumBase::Integer(Integer::of_listed(schema, &listed))
    } else {
        EnumBase::Mixed
    };
    // Taken first, so that no value that a later document lists gives it another name.
    let mut names = Names::reserving(&[UNLISTED]);
    let mut variants: Vec<Variant> = Vec::new();
    let mut listed = HashSet::new();
    for value in values {
        // Numbers are the same where their values are: `1` and `1.0` are one.
        if !listed.insert(whole(value).map_or_else(|| value.to_string(), |number| number.to_string())) {
            continue;
        }
        let ident = names.claim(&plain_name(value));
        variants.push(Variant { ident, value: value.clone() });
    }
    Content::Shape(Shape::Enum(Enum { base, variants, unlisted: UNLISTED.to_owned() }), None)
}

/// The identifier of a value that no other value of its schema has.
pub fn plain_name(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "Empty".to_owned(),
        Value::String(text) => pascal(text),
        Value::Number(number) => {
            let number = whole(value).map_or_else(|| number.to_string(), |number| number.to_string());
            pascal(&format!("value {}", number.replace('-', "minus ")))
        }
        other => pascal(&other.to_string()),
    }
}

/// The values as integers, where the schema says that they are. Else one may come with a fraction, such as `1.0`.
fn integers(schema: &Value, values: &[&Value]) -> Option<Vec<i128>> {
    let only_integers = schema.get("type").is_some_and(|name| name == "integer");
    values.iter().map(|value| whole(value)).collect::<Option<Vec<_>>>().filter(|_| only_integers)
}
