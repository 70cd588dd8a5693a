//! Enumerations: a variant for each value that a schema lists.

use std::collections::HashSet;

use serde_json::Value;

use super::Content;
use crate::keyword::{Integer, whole};
use crate::model::{Enum, EnumBase, Names, Shape, TypeRef, Variant, pascal};

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
    let mut names = Names::default();
    let mut variants: Vec<Variant> = Vec::new();
    let mut listed = HashSet::new();
    for value in values {
        // Numbers are the same where their values are: `1` and `1.0` are one.
        if !listed.insert(whole(value).map_or_else(|| value.to_string(), |number| number.to_string())) {
            continue;
        }
        let name = match value {
            Value::String(text) if text.is_empty() => "Empty".to_owned(),
            Value::String(text) => pascal(text),
            Value::Number(number) => {
                let number = whole(value).map_or_else(|| number.to_string(), |number| number.to_string());
                pascal(&format!("value {}", number.replace('-', "minus ")))
            }
            other => pascal(&other.to_string()),
        };
        variants.push(Variant { ident: names.claim(&name), value: value.clone() });
    }
    Content::Shape(Shape::Enum(Enum { base, variants, unlisted: names.claim("Unlisted") }), None)
}

/// The values as integers, where the schema allows nothing else. Among other numbers, one with a fraction could come.
fn integers(schema: &Value, values: &[&Value]) -> Option<Vec<i128>> {
    let only_integers = schema.get("type").is_none_or(|name| name == "integer");
    values.iter().map(|value| whole(value)).collect::<Option<Vec<_>>>().filter(|_| only_integers)
}
