//! A schema of JSON Schema 2020-12 in the words of OpenAPI 3.0, as far as these say it.

use serde_json::{Map, Value, json};

use super::super::{OR_NULL, Pointer};
use super::Reading;
use crate::keyword::integers;

/// The types of JSON, with the keywords that are about their values.
const TYPES: [(&str, &[&str]); 6] = [
    ("string", &["minLength", "maxLength", "pattern", "format", "x-maxBytes", "contentEncoding", "contentMediaType"]),
    ("number", NUMBERS),
    ("integer", NUMBERS),
    ("boolean", &[]),
    (
        "array",
        &[
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ],
    ),
];

const NUMBERS: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"];

/// Keywords with one schema, with a list of schemas, and with schemas by name.
const ONE: [&str; 11] = [
    "not",
    "items",
    "additionalProperties",
    "propertyNames",
    "contains",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS: [&str; 5] = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];

impl Reading<'_> {
    pub(super) fn schema(&mut self, schema: &Value, at: &Pointer) -> Value {
        match schema {
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({ "not": {} }),
            Value::Object(fields) => self.keywords(fields, at).into(),
            other => other.clone(),
        }
    }

    fn keywords(&mut self, fields: &Map<String, Value>, at: &Pointer) -> Map<String, Value> {
        let mut schema = Map::new();
        for (name, value) in fields {
            let place = at.child(name);
            let read = match (name.as_str(), value) {
                // Means nothing in this version, or is for those who edit the document.
                ("nullable" | "$comment", _) => continue,
                ("additionalProperties" | "unevaluatedProperties" | "unevaluatedItems", Value::Bool(_)) => {
                    value.clone()
                }
                (name, _) if ONE.contains(&name) => self.schema(value, &place),
                (name, Value::Array(members)) if LISTS.contains(&name) => {
                    let members = members.iter().enumerate();
                    members.map(|(index, member)| self.schema(member, &place.index(index))).collect()
                }
                (name, Value::Object(members)) if MAPS.contains(&name) => self.schemas(members, &place),
                _ => value.clone(),
            };
            schema.insert(name.clone(), read);
        }
        self.every_name(&mut schema, at);
        self.constant(&mut schema, at);
        self.bounds(&mut schema, at);
        self.bytes(&mut schema, at);
        self.example(&mut schema, at);
        self.null(&mut schema, at);
        self.types(&mut schema, at);
        self.reference(&mut schema, at);
        schema
    }

    /// A pattern that each name matches, where nothing is declared, is about all properties.
    fn every_name(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let Some(Value::Object(patterns)) = schema.get("patternProperties") else { return };
        let [(pattern, of)] = patterns.iter().collect::<Vec<_>>()[..] else { return };
        if ["", ".*", "^.*", ".*$", "^.*$"].contains(&pattern.as_str()) && !schema.contains_key("properties") {
            self.moved(at.child("additionalProperties"), at.child("patternProperties").child(pattern));
            let of = of.clone();
            schema.insert("additionalProperties".into(), of);
            schema.shift_remove("patternProperties");
        }
    }

    /// A constant is the one value of an enumeration.
    fn constant(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let Some(constant) = schema.shift_remove("const") else { return };
        let is_listed = schema.get("enum").and_then(Value::as_array).is_none_or(|listed| listed.contains(&constant));
        self.moved(at.child("enum"), at.child("const"));
        schema.insert("enum".into(), if is_listed { json!([constant]) } else { json!([]) });
    }

    /// An exclusive bound is a number; where there is an inclusive one too, the stricter counts.
    fn bounds(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        for (bound, exclusive, is_stricter) in [
            ("minimum", "exclusiveMinimum", (|one, other| one >= other) as fn(f64, f64) -> bool),
            ("maximum", "exclusiveMaximum", |one, other| one <= other),
        ] {
            let Some(limit) = schema.shift_remove(exclusive).filter(Value::is_number) else { continue };
            let other = schema.get(bound).and_then(Value::as_f64);
            if other.is_none_or(|other| limit.as_f64().is_some_and(|limit| is_stricter(limit, other))) {
                self.moved(at.child(bound), at.child(exclusive));
                schema.insert(bound.into(), limit);
                schema.insert(exclusive.into(), true.into());
            }
        }
    }

    /// What a string holds that is no text.
    fn bytes(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let text = |name: &str| schema.get(name).and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
        let (encoding, media_type) = (text("contentEncoding"), text("contentMediaType"));
        let (format, from) = match (encoding.as_str(), media_type.as_str()) {
            ("base64", _) => ("byte", "contentEncoding"),
            ("", "application/octet-stream") => ("binary", "contentMediaType"),
            _ => return,
        };
        if !schema.contains_key("format") {
            self.moved(at.child("format"), at.child(from));
            schema.insert("format".into(), format.into());
            schema.shift_remove(from);
        }
    }

    fn example(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let first = schema.get("examples").and_then(|examples| examples.get(0)).cloned();
        if let Some(first) = first.filter(|_| !schema.contains_key("example")) {
            self.moved(at.child("example"), at.child("examples").index(0));
            schema.insert("example".into(), first);
        }
    }

    /// Alternatives of which one is null: null, or one of the others.
    fn null(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let lists: Vec<&str> = ["anyOf", "oneOf"].into_iter().filter(|keyword| schema.contains_key(*keyword)).collect();
        let beside = |name: &str| ["type", "enum", "not", "allOf", "$ref", "if"].contains(&name);
        let [keyword] = lists.as_slice() else { return };
        let Some(Value::Array(written)) = schema.get(*keyword) else { return };
        let others: Vec<(usize, Value)> =
            written.iter().cloned().enumerate().filter(|(_, branch)| !is_null(branch)).collect();
        // Where another alternative of a `oneOf` takes null, two of them do.
        let takes_null = |branch: &Value| branch.get("nullable").is_some() || branch.get(OR_NULL).is_some();
        if others.is_empty() && written.len() == 1 && schema.len() == 1 {
            self.moved(at.child("enum"), at.child(keyword));
            schema.clear();
            schema.insert("enum".into(), json!([null]));
            return;
        }
        let is_plain = others.len() + 1 == written.len() && !others.iter().any(|(_, branch)| takes_null(branch));
        if !is_plain || others.is_empty() || schema.keys().any(|name| beside(name)) {
            return;
        }
        let keyword = *keyword;
        schema.shift_remove(keyword);
        if let [(from, Value::Object(only))] = others.as_slice()
            && !only.contains_key("$ref")
            && !only.contains_key("allOf")
        {
            let from = at.child(keyword).index(*from);
            return self.admitting_null(schema, only, &from, at);
        }
        let keyword = &keyword;
        let holder = if others.len() == 1 { "allOf" } else { keyword };
        for (index, (from, branch)) in others.into_iter().enumerate() {
            self.moved(at.child(holder).index(index), at.child(keyword).index(from));
            push(schema, holder, branch);
        }
        schema.insert(OR_NULL.into(), true.into());
    }

    /// What is one thing or null is that thing, which may be null.
    fn admitting_null(
        &mut self,
        schema: &mut Map<String, Value>,
        only: &Map<String, Value>,
        from: &Pointer,
        at: &Pointer,
    ) {
        for (keyword, value) in only {
            if !schema.contains_key(keyword) {
                self.moved(at.child(keyword), from.child(keyword));
                schema.insert(keyword.clone(), value.clone());
            }
        }
        if let Some(Value::Array(listed)) = schema.get_mut("enum") {
            listed.push(Value::Null);
        }
        let is_typed = only.get("type").is_some_and(Value::is_string);
        schema.insert(if is_typed { "nullable" } else { OR_NULL }.to_owned(), true.into());
    }

    /// Several types are alternatives; null beside one other is `nullable`.
    fn types(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let mut types: Vec<String> = match schema.get("type") {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => return,
        };
        let mut seen = Vec::new();
        types.retain(|name| {
            !seen.contains(name) && {
                seen.push(name.clone());
                true
            }
        });
        if types.iter().any(|name| name == "number") {
            types.retain(|name| name != "integer");
        }
        let is_nullable = types.iter().any(|name| name == "null");
        types.retain(|name| name != "null");
        let listed = schema.get("enum").and_then(Value::as_array).cloned();
        match (types.as_slice(), listed) {
            ([], listed) => {
                schema.shift_remove("type");
                let is_listed = listed.is_none_or(|listed| listed.contains(&Value::Null));
                self.moved(at.child("enum"), at.child("type"));
                schema.insert("enum".into(), if is_listed { json!([null]) } else { json!([]) });
            }
            ([one], listed) => {
                schema.insert("type".into(), one.as_str().into());
                // A null that is not listed is none of the values.
                if is_nullable && listed.is_none_or(|listed| listed.contains(&Value::Null)) {
                    schema.insert("nullable".into(), true.into());
                }
            }
            (several, Some(listed)) => {
                schema.shift_remove("type");
                let is_of =
                    |value: &Value| (value.is_null() && is_nullable) || several.iter().any(|name| is_of(name, value));
                let kept: Vec<Value> = listed.into_iter().filter(is_of).collect();
                schema.insert("enum".into(), kept.into());
            }
            (several, None) => self.alternatives(schema, several, is_nullable, at),
        }
    }

    /// An alternative for each type, with what is said of its values.
    fn alternatives(&mut self, schema: &mut Map<String, Value>, types: &[String], is_nullable: bool, at: &Pointer) {
        schema.shift_remove("type");
        let keywords =
            |name: &str| TYPES.iter().find(|(known, _)| *known == name).map_or(&[] as &[&str], |(_, all)| all);
        let has_alternatives = schema.contains_key("anyOf");
        let holder = if has_alternatives { at.child("allOf").index(members(schema, "allOf")) } else { at.clone() };
        let mut branches: Vec<Value> = Vec::new();
        for name in types {
            let place = holder.child("anyOf").index(branches.len());
            self.moved(place.clone(), at.clone());
            let mut branch = Map::from_iter([("type".to_owned(), Value::from(name.as_str()))]);
            let said = keywords(name).iter().filter_map(|keyword| Some((*keyword, schema.get(*keyword)?)));
            let said = said.filter(|(keyword, value)| {
                *keyword != "format" || is_of_numbers(value) == matches!(name.as_str(), "number" | "integer")
            });
            branch.extend(said.map(|(keyword, value)| (keyword.to_owned(), value.clone())));
            branches.push(branch.into());
        }
        for keyword in TYPES.iter().flat_map(|(_, keywords)| *keywords) {
            schema.shift_remove(*keyword);
        }
        if is_nullable && !has_alternatives {
            schema.insert(OR_NULL.into(), true.into());
        }
        if has_alternatives {
            let or_null = is_nullable.then(|| (OR_NULL.to_owned(), Value::from(true)));
            let held = [("anyOf".to_owned(), Value::from(branches))].into_iter().chain(or_null);
            push(schema, "allOf", Value::Object(held.collect()));
        } else {
            schema.insert("anyOf".into(), branches.into());
        }
    }

    /// What stands beside a reference holds as well.
    fn reference(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        if schema.len() < 2 || !schema.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        let Some(reference) = schema.shift_remove("$ref") else { return };
        self.moved(at.child("allOf").index(members(schema, "allOf")), at.clone());
        push(schema, "allOf", json!({ "$ref": reference }));
    }
}

/// Whether a format is one of numbers: of other values it says nothing.
fn is_of_numbers(format: &Value) -> bool {
    format.as_str().is_some_and(|format| integers::of_format(format).is_some() || ["float", "double"].contains(&format))
}

/// Whether a schema that was read allows null and nothing else.
fn is_null(schema: &Value) -> bool {
    schema.get("enum").is_some_and(|listed| *listed == json!([null]))
}

fn members(schema: &Map<String, Value>, keyword: &str) -> usize {
    schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len)
}

fn push(schema: &mut Map<String, Value>, keyword: &str, member: Value) {
    if let Value::Array(members) = schema.entry(keyword).or_insert_with(|| json!([])) {
        members.push(member);
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
        Value::Number(number) => {
            let is_whole = number.as_f64().is_some_and(|float| float.fract() == 0.0);
            name == "number" || (name == "integer" && is_whole)
        }
    }
}
