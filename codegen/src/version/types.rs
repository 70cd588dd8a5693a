//! Several types of one schema, null among them or not.

use serde_json::{Map, Value, json};

use super::Translator;
use super::schemas::push;
use crate::document::Pointer;

/// Which keywords are about values of which types.
const ABOUT: [(&[&str], &[&str]); 4] = [
    (&["string"], &["minLength", "maxLength", "pattern", "x-maxBytes"]),
    (&["number", "integer"], &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    (&["array"], &["items", "minItems", "maxItems", "uniqueItems"]),
    (&["object"], &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]),
];

/// The formats of numbers; all others are those of strings.
const OF_NUMBERS: [&str; 10] =
    ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double"];

impl Translator<'_> {
    /// Translates `type`, which may be a list, and infers it for a constant.
    pub(super) fn types(
        &mut self,
        fields: &Map<String, Value>,
        schema: &mut Map<String, Value>,
        from: &Pointer,
        at: &Pointer,
    ) {
        let mut types: Vec<&str> = match (fields.get("type"), fields.get("const")) {
            (Some(Value::String(one)), _) => vec![one],
            (Some(Value::Array(several)), _) if several.iter().all(Value::is_string) => {
                several.iter().filter_map(Value::as_str).collect()
            }
            (Some(other), _) => return drop(schema.insert("type".to_owned(), other.clone())),
            (None, Some(constant)) => type_of(constant).into_iter().collect(),
            (None, None) => return,
        };
        let is_listed =
            |value: &Value| schema.get("enum").and_then(Value::as_array).is_none_or(|values| values.contains(value));
        // A null that the enumeration does not list is none of the values.
        let nullable = types.contains(&"null") && is_listed(&Value::Null);
        types.retain(|ty| *ty != "null");
        if types.contains(&"number") {
            types.retain(|ty| *ty != "integer");
        }
        let mut seen = Vec::new();
        types.retain(|ty| {
            !seen.contains(ty) && {
                seen.push(*ty);
                true
            }
        });
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
                None => self.alternatives(several, schema, from, at),
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
    fn alternatives(&mut self, types: &[&str], schema: &mut Map<String, Value>, from: &Pointer, at: &Pointer) {
        let format = schema.get("format").and_then(Value::as_str).map(str::to_owned);
        let of_numbers = format.as_deref().is_some_and(|format| OF_NUMBERS.contains(&format));
        let mut members = Vec::new();
        for ty in types {
            let mut member = Map::new();
            member.insert("type".to_owned(), (*ty).into());
            for (_, keywords) in ABOUT.iter().filter(|(about, _)| about.contains(ty)) {
                let said = keywords.iter().filter_map(|keyword| Some((*keyword, schema.get(*keyword)?)));
                member.extend(said.map(|(keyword, value)| (keyword.to_owned(), value.clone())));
            }
            let is_number = ["number", "integer"].contains(ty);
            if let Some(format) = format.as_ref().filter(|_| is_number == of_numbers && (is_number || *ty == "string"))
            {
                member.insert("format".to_owned(), format.clone().into());
            }
            members.push(Value::Object(member));
        }
        for keyword in ABOUT.iter().flat_map(|(_, keywords)| keywords.iter()).chain(&["format"]) {
            schema.shift_remove(*keyword);
        }
        let (mut inner, mut place) = (Map::new(), at.clone());
        let has_alternatives = schema.contains_key("anyOf") || schema.contains_key("oneOf");
        if has_alternatives {
            place = push(schema, "allOf", json!({}), at);
        }
        let holder = if has_alternatives { &mut inner } else { &mut *schema };
        for member in members {
            let place = push(holder, "anyOf", member, &place);
            self.moved.to(place, from.clone());
        }
        if has_alternatives && let Some(Value::Array(all)) = schema.get_mut("allOf") {
            all.pop();
            all.push(Value::Object(inner));
        }
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
