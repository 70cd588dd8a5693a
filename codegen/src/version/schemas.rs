//! Schemas of JSON Schema 2020-12 as OpenAPI 3.0 writes them.

use serde_json::{Map, Value, json};

use super::Translator;
use super::null::is_nullable;
use super::types::are_apart;
use super::unevaluated;
use crate::document::{Note, Pointer, kind_name};
use crate::keyword::about;
use crate::keyword::checks::{self, CONDITIONALS, DEFINITIONS, NAMES};
use crate::keyword::example::FURTHER;
use crate::spec::{Kind, Shape};

impl Translator<'_> {
    pub(super) fn schema(&mut self, value: &Value, from: &Pointer, at: &Pointer) -> Value {
        match value {
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({ "not": {} }),
            Value::Object(fields) => self.keywords(fields, from, at),
            // What is no schema, lint says.
            other => other.clone(),
        }
    }

    /// Translates the keywords of one schema.
    pub(super) fn keywords(&mut self, fields: &Map<String, Value>, from: &Pointer, at: &Pointer) -> Value {
        let mut schema = Map::new();
        let apart = are_apart(fields);
        for (name, value) in fields {
            if apart && about(name, Some(value)).is_some() {
                continue;
            }
            self.keyword((name, value, fields), (from, at), &mut schema);
            if name == "type" && is_nullable(value) {
                schema.insert("nullable".to_owned(), true.into());
            }
        }
        if !apart {
            self.bounds(fields, &mut schema, from, at);
        }
        self.null(fields, &mut schema, from, at);
        self.types(fields, &mut schema, from, at);
        if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
            let reference = json!({ "$ref": self.retargeted(target) });
            if schema.is_empty() {
                return reference;
            }
            // 3.0 ignores what stands beside a reference, and knows no better place for both.
            let place = push(&mut schema, "allOf", reference, at);
            self.moved.to(place, from.clone());
        }
        Value::Object(schema)
    }

    fn keyword(
        &mut self,
        (name, value, fields): (&str, &Value, &Map<String, Value>),
        (from, at): (&Pointer, &Pointer),
        schema: &mut Map<String, Value>,
    ) {
        let place = from.join(name);
        let (other, translated) = match (name, value) {
            // Each is dealt with by itself, or says nothing about values.
            ("$ref" | "exclusiveMinimum" | "exclusiveMaximum" | "$comment" | "$vocabulary", _) => return,
            // Where it stands it will stand.
            ("type", _) => ("type", value.clone()),
            ("$schema", dialect) => return self.dialect(dialect, place),
            ("nullable", _) => {
                return self.moved.notes.push(Note {
                    rule: "older-keyword",
                    place,
                    message: "`nullable` is a keyword of OpenAPI 3.0, and has no effect in OpenAPI 3.1".to_owned(),
                    help: "list null among the types: `type: [string, 'null']`".into(),
                });
            }
            ("$defs" | "definitions", Value::Object(_)) => {
                let shape = Shape::Map(&Shape::Referable(Kind::Schema));
                (DEFINITIONS, self.value(shape, value, &place, &at.join(DEFINITIONS)))
            }
            ("const", _) if schema.contains_key("enum") => return,
            ("const", _) => ("enum", json!([value])),
            // Beside a constant it says nothing more, unless it leaves no value at all.
            ("enum", Value::Array(values)) if let Some(constant) = fields.get("const") => {
                ("enum", if values.contains(constant) { json!([constant]) } else { json!([]) })
            }
            ("examples", Value::Array(examples)) => {
                let (mut examples, has_one) = (examples.as_slice(), fields.contains_key("example"));
                if let ([first, rest @ ..], false) = (examples, has_one) {
                    self.moved.to(at.join("example"), place.join(0));
                    schema.insert("example".to_owned(), first.clone());
                    examples = rest;
                }
                if examples.is_empty() {
                    return;
                }
                (FURTHER, examples.into())
            }
            ("contentEncoding", Value::String(encoding)) if encoding.eq_ignore_ascii_case("base64") => {
                ("format", json!("byte"))
            }
            ("contentMediaType", Value::String(media_type))
                if media_type == "application/octet-stream"
                    && !["contentEncoding", "format"].iter().any(|name| fields.contains_key(*name)) =>
            {
                ("format", json!("binary"))
            }
            ("unevaluatedProperties" | "unevaluatedItems", _)
                if let Some(same) = unevaluated::same(self.root, name, fields) =>
            {
                if same.is_empty() {
                    return;
                }
                let shape = Kind::Schema.shape_of(same).unwrap_or(Shape::Any);
                (same, self.value(shape, value, &place, &at.join(same)))
            }
            // All properties are of one schema.
            ("patternProperties", Value::Object(patterns)) if let Some(of) = of_all(patterns, fields) => {
                self.moved
                    .to(at.join("additionalProperties"), place.join(patterns.keys().next().map_or("", String::as_str)));
                let others = "additionalProperties";
                drop(
                    schema.insert(others.to_owned(), self.value(Shape::SchemaOrBoolean, of, &place, &at.join(others))),
                );
                return;
            }
            ("additionalProperties", _) if schema.contains_key(name) => return,
            ("if", _) => {
                let of_value = Shape::Referable(Kind::Schema);
                let holder = at.join(CONDITIONALS).join(0);
                let mut parts = Map::new();
                for part in ["if", "then", "else"] {
                    if let Some(value) = fields.get(part) {
                        self.home(holder.join(part), from.join(part));
                        parts
                            .insert(part.to_owned(), self.value(of_value, value, &from.join(part), &holder.join(part)));
                    }
                }
                drop(schema.insert(CONDITIONALS.to_owned(), json!([parts])));
                return;
            }
            // Without a condition they say nothing.
            ("then" | "else", _) => return,
            _ if let Some(kept) = checks::kept(name) => {
                let at = at.join(kept);
                let mut value = Kind::Schema
                    .shape_of(kept)
                    .map_or_else(|| value.clone(), |shape| self.value(shape, value, &place, &at));
                if let Some(names) = value.as_object_mut().filter(|_| kept == NAMES)
                    && !names.contains_key("$ref")
                {
                    // A name is a string.
                    names.entry("type").or_insert_with(|| "string".into());
                }
                (kept, value)
            }
            _ => match Kind::Schema.shape_of(name) {
                Some(shape) => (name, self.value(shape, value, &place, &at.join(name))),
                None => (name, value.clone()),
            },
        };
        if other != name {
            self.home(at.join(other), place);
        }
        schema.insert(other.to_owned(), translated);
    }

    /// Exclusive bounds are numbers of their own, and true or false in 3.0.
    fn bounds(&mut self, fields: &Map<String, Value>, schema: &mut Map<String, Value>, from: &Pointer, at: &Pointer) {
        for (bound, exclusive, sign) in [("minimum", "exclusiveMinimum", 1.0), ("maximum", "exclusiveMaximum", -1.0)] {
            match fields.get(exclusive) {
                Some(limit @ Value::Number(number)) => {
                    let (number, other) = (number.as_f64(), schema.get(bound).and_then(Value::as_f64));
                    // Of two bounds the stricter one counts.
                    if other.is_none_or(|other| number.is_some_and(|number| number * sign >= other * sign)) {
                        self.moved.to(at.join(bound), from.join(exclusive));
                        schema.insert(bound.to_owned(), limit.clone());
                        schema.insert(exclusive.to_owned(), true.into());
                    }
                }
                Some(Value::Bool(_)) => self.moved.notes.push(Note {
                    rule: "older-keyword",
                    place: from.join(exclusive),
                    message: format!(
                        "`{exclusive}` is true or false in OpenAPI 3.0, and a number in OpenAPI 3.1: this value has no effect"
                    ),
                    help: "write the bound itself here, in place of the inclusive one".into(),
                }),
                Some(other) => self.moved.notes.push(Note {
                    rule: "wrong-type",
                    place: from.join(exclusive),
                    message: format!("`{exclusive}` is {}, but must be a number", kind_name(other)),
                    help: "write the bound itself".into(),
                }),
                None => {}
            }
        }
    }
}

/// The schema of all properties, where a pattern that matches every name has it and nothing is said of others.
fn of_all<'v>(patterns: &'v Map<String, Value>, fields: &Map<String, Value>) -> Option<&'v Value> {
    let (pattern, of) = patterns.iter().next().filter(|_| patterns.len() == 1)?;
    let is_all = matches!(pattern.as_str(), "" | ".*" | "^.*" | ".*$" | "^.*$");
    (is_all && !fields.contains_key("properties")).then_some(of)
}

/// Adds a member to a list of schemas, and says where it stands.
pub(super) fn push(schema: &mut Map<String, Value>, keyword: &str, member: Value, at: &Pointer) -> Pointer {
    let members = schema.entry(keyword).or_insert_with(|| json!([]));
    let index = members.as_array().map_or(0, Vec::len);
    if let Some(members) = members.as_array_mut() {
        members.push(member);
    }
    at.join(keyword).join(index)
}
