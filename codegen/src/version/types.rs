//! Several types of one schema, null among them or not.

use serde_json::{Map, Value, json};

use super::Translator;
use super::schemas::push;
use crate::document::Pointer;
use crate::keyword::{Of, about};

impl Translator<'_> {
    /// Translates `type`, which may be a list, and infers it for a constant that is no number.
    pub(super) fn types(
        &mut self,
        fields: &Map<String, Value>,
        schema: &mut Map<String, Value>,
        from: &Pointer,
        at: &Pointer,
    ) {
        let types: Vec<&str> = match (fields.get("type"), fields.get("const")) {
            (Some(Value::String(one)), _) => vec![one],
            (Some(Value::Array(several)), _) if !several.is_empty() && several.iter().all(Value::is_string) => {
                several.iter().filter_map(Value::as_str).collect()
            }
            (Some(other), _) => return drop(schema.insert("type".to_owned(), other.clone())),
            // A number is equal by value, `1.0` to `1`, which a type would not say.
            (None, Some(Value::Number(_))) => return,
            (None, Some(constant)) => match type_of(constant) {
                Some(ty) => vec![ty],
                None => return,
            },
            (None, None) => return,
        };
        let is_listed =
            |value: &Value| schema.get("enum").and_then(Value::as_array).is_none_or(|values| values.contains(value));
        // A null that the enumeration does not list is none of the values.
        let nullable = types.contains(&"null") && is_listed(&Value::Null);
        let types = own(types.into_iter());
        match types.as_slice() {
            [one] => drop(schema.insert("type".to_owned(), (*one).into())),
            [] => {
                schema.shift_remove("type");
                schema.insert("enum".to_owned(), json!([null]));
            }
            several => match schema.get_mut("enum").and_then(Value::as_array_mut) {
                // Its values say of which types they are.
                Some(values) => values.retain(|value| {
                    let ty = type_of(value).unwrap_or("object");
                    value.is_null() && nullable
                        || several.contains(&ty)
                        || ty == "integer" && several.contains(&"number")
                }),
                None => self.alternatives(several, (fields, schema), from, at),
            },
        }
        if types.len() > 1 {
            schema.shift_remove("type");
        }
        if nullable {
            schema.insert("nullable".to_owned(), true.into());
        } else {
            schema.shift_remove("nullable");
        }
    }

    /// Makes an alternative of each type, with the keywords that are about its values.
    fn alternatives(
        &mut self,
        types: &[&str],
        (fields, schema): (&Map<String, Value>, &mut Map<String, Value>),
        from: &Pointer,
        at: &Pointer,
    ) {
        let mut members = Map::new();
        let has_alternatives = schema.contains_key("anyOf") || schema.contains_key("oneOf");
        let holder = match has_alternatives {
            true => push(schema, "allOf", json!({}), at),
            false => at.clone(),
        };
        for (index, ty) in types.iter().enumerate() {
            let said = fields.iter().filter(|(name, value)| about(name, Some(value)).is_some_and(|of| is_of(ty, of)));
            let mut member = Map::from_iter([("type".to_owned(), (*ty).into())]);
            member.extend(said.map(|(name, value)| (name.clone(), value.clone())));
            let place = holder.join("anyOf").join(index);
            self.moved.to(place.clone(), from.clone());
            for name in member.keys().filter(|name| *name != "type") {
                self.home(place.join(name), from.join(name));
            }
            let member = self.keywords(&member, from, &place);
            push(&mut members, "anyOf", member, &holder);
        }
        if has_alternatives && let Some(Value::Array(all)) = schema.get_mut("allOf") {
            all.pop();
            all.push(Value::Object(members));
        } else {
            schema.extend(members);
        }
    }
}

/// Whether each of several types of a schema becomes an alternative of its own. Values that are listed say of which types they are.
pub(super) fn are_apart(fields: &Map<String, Value>) -> bool {
    let types = fields.get("type").and_then(Value::as_array).filter(|types| types.iter().all(Value::is_string));
    let is_listed = fields.contains_key("enum") || fields.contains_key("const");
    !is_listed && types.is_some_and(|types| own(types.iter().filter_map(Value::as_str)).len() > 1)
}

/// The types that are not null, each once; every integer is a number.
fn own<'t>(types: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut own: Vec<&str> = Vec::new();
    for ty in types.filter(|ty| *ty != "null") {
        if !own.contains(&ty) {
            own.push(ty);
        }
    }
    if own.contains(&"number") {
        own.retain(|ty| *ty != "integer");
    }
    own
}

/// Whether a type has such values.
fn is_of(ty: &str, of: Of) -> bool {
    match of {
        Of::Strings => ty == "string",
        Of::Numbers => matches!(ty, "number" | "integer"),
        Of::Lists => ty == "array",
        Of::Maps => ty == "object",
    }
}

fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => Some("null"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() && number.as_f64().is_some_and(|float| float.fract() != 0.0) => {
            Some("number")
        }
        Value::Number(_) => Some("integer"),
        Value::String(_) => Some("string"),
        Value::Array(_) => Some("array"),
        Value::Object(_) => None,
    }
}
