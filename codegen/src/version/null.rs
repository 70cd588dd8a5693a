//! Alternatives of which one is null: 3.0 says `nullable` beside the others.

use serde_json::{Map, Value, json};

use super::Translator;
use super::schemas::push;
use crate::document::Pointer;
use crate::keyword::constraints;

impl Translator<'_> {
    /// Takes null out of the alternatives of a schema.
    pub(super) fn null(
        &mut self,
        fields: &Map<String, Value>,
        schema: &mut Map<String, Value>,
        from: &Pointer,
        at: &Pointer,
    ) {
        for keyword in ["anyOf", "oneOf"] {
            let Some(written) = fields.get(keyword).and_then(Value::as_array) else { continue };
            if !written.iter().any(is_null) {
                continue;
            }
            let Some(Value::Array(members)) = schema.shift_remove(keyword) else { continue };
            let others: Vec<(usize, Value)> = members
                .into_iter()
                .enumerate()
                .filter(|(index, _)| !written.get(*index).is_some_and(is_null))
                .collect();
            let beside = !constraints(&Value::Object(schema.clone())).is_empty();
            let from = from.join(keyword);
            match others.as_slice() {
                [] => drop(schema.insert("enum".to_owned(), json!([null]))),
                [(index, Value::Object(only))]
                    if !beside && !only.contains_key("$ref") && !self.targets.lead_to(&from.join(index)) =>
                {
                    for (name, value) in only {
                        if !schema.contains_key(name) {
                            self.moved.to(at.join(name), from.join(index).join(name));
                            schema.insert(name.clone(), value.clone());
                        }
                    }
                    admit_null(schema);
                }
                [(index, only)] => {
                    let place = push(schema, "allOf", only.clone(), at);
                    self.home(place, from.join(index));
                }
                several => {
                    for (index, member) in several {
                        let place = push(schema, keyword, member.clone(), at);
                        self.home(place, from.join(index));
                    }
                }
            }
            // Where the schema's own type leaves null out, so do its alternatives.
            if fields.get("type").is_none_or(is_nullable) {
                schema.insert("nullable".to_owned(), true.into());
            }
        }
    }
}

/// Lists null among the values of an enumeration, which 3.0 asks for beside `nullable`.
pub(super) fn admit_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

/// Whether a schema allows null and nothing else.
fn is_null(schema: &Value) -> bool {
    let only = |value: &Value| *value == json!(["null"]) || *value == json!("null");
    schema.get("type").is_some_and(only)
        || schema.get("const").is_some_and(Value::is_null)
        || schema.get("enum").is_some_and(|values| *values == json!([null]))
}

/// Whether null is among the types.
pub(super) fn is_nullable(types: &Value) -> bool {
    match types {
        Value::Array(types) => types.contains(&json!("null")),
        other => *other == json!("null"),
    }
}
