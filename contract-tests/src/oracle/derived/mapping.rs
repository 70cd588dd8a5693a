//! The document's schema and the derived one, brought to one form.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::client::Direction;
use crate::document::{Document, Located, OR_NULL, Pointer, TAGGED, is_default};
use crate::ground::{Ground, SchemaGround};
use crate::keyword::{self, Inner};
use crate::tolerances::means_an_object;

/// Where a schema is compared.
pub(super) struct Context<'g, 'd> {
    pub document: &'d Document,
    pub ground: &'g Ground<'d>,
    pub schema: &'g SchemaGround<'d>,
}

impl Context<'_, '_> {
    /// Where the derived schema refers to for a component: to its name, or to that of a type for this direction alone.
    pub fn reference(&self, reference: &str) -> String {
        let target = Pointer::from_reference(reference).and_then(|target| target.parent());
        let name = target.map_or_else(|| reference.to_owned(), |(_, name)| name);
        let binding = self.ground.subject.schema(&name, self.schema.binding.direction);
        let own = binding.filter(|binding| binding.direction == Direction::Request);
        let name = own.and_then(|binding| binding.rust.rsplit("::").next()).map_or(name.as_str(), str::trim);
        format!("#/$defs/{name}")
    }

    /// The component that a mapped reference leads to, mapped.
    pub fn target(&self, mapped_reference: &str) -> Option<Value> {
        let components = self.document.component_schemas().into_iter();
        let mut named = components.filter(|(name, _)| {
            let place = Pointer::root().child("components").child("schemas").child(name);
            self.reference(&format!("#{place}")) == mapped_reference
        });
        named.next().map(|(_, schema)| mapped(self, schema.value))
    }
}

/// The document's schema in the words of the derived one.
pub(super) fn mapped(context: &Context<'_, '_>, schema: &Value) -> Value {
    let document = context.document;
    let mapped = |schema: &Value| mapped(context, schema);
    let Some(object) = schema.as_object() else { return unless_anything(schema) };
    if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
        let pointer = Pointer::from_reference(reference);
        let target = pointer.as_ref().and_then(|target| document.at(target));
        // What has no name of its own stands in place.
        let is_below = pointer.is_some_and(|pointer| pointer.as_str().contains("/$defs/"));
        if let Some(target) = target.as_ref().filter(|target| is_below && !refers_to_itself(document, target)) {
            return mapped(target.value);
        }
        let mut referred = Map::from_iter([("$ref".to_owned(), context.reference(reference).into())]);
        if target.is_some_and(|target| target.value.get("deprecated") == Some(&Value::Bool(true))) {
            referred.insert("deprecated".into(), true.into());
        }
        return referred.into();
    }
    let mut out = Map::new();
    let flag = |keyword: &str| object.get(keyword) == Some(&Value::Bool(true));
    for (keyword, value) in object {
        let value = match keyword.as_str() {
            TAGGED => {
                if let (Some(stated), Some(listed)) = (value.get("discriminator"), value["listed"].as_str()) {
                    let branches = object.get("anyOf").and_then(Value::as_array).into_iter().flatten();
                    let targets = branches.filter_map(|branch| branch.pointer("/allOf/0")).map(mapped);
                    out.insert(listed.into(), targets.collect());
                    out.insert("discriminator".into(), stated.clone());
                }
                continue;
            }
            "anyOf" if object.contains_key(TAGGED) => continue,
            "nullable" | "exclusiveMinimum" | "exclusiveMaximum" => continue,
            "type" if flag("nullable") => json!([value, "null"]),
            "minimum" if flag("exclusiveMinimum") => {
                out.insert("exclusiveMinimum".into(), value.clone());
                continue;
            }
            "maximum" if flag("exclusiveMaximum") => {
                out.insert("exclusiveMaximum".into(), value.clone());
                continue;
            }
            "example" => {
                let others = object.get("examples").and_then(Value::as_array).into_iter().flatten();
                let first = std::iter::once(value);
                // What is read as the example of 3.1 is the first of its examples, unless there is one beside these.
                let skipped = usize::from(object.get("examples").and_then(|examples| examples.get(0)) == Some(value));
                out.insert("examples".into(), first.chain(others.skip(skipped)).cloned().collect());
                continue;
            }
            "examples" if object.contains_key("example") => continue,
            _ if is_default(keyword, value) => continue,
            // What is referred to is compared where it is referred to from.
            "$defs" | "definitions" => continue,
            keyword => match keyword::inner(keyword) {
                Some(inner) => keyword::within(inner, value, mapped),
                None => value.clone(),
            },
        };
        out.insert(keyword.clone(), value);
    }
    or_null(&mut out);
    plain(&mut out);
    required_declared(&mut out);
    sorted_sets(&mut out);
    out.into()
}

/// What may be null beside what it is, in the judge's words: not as one of two alternatives.
fn or_null(schema: &mut Map<String, Value>) {
    let is_null = |branch: &Value| *branch == json!({ "type": "null" }) || branch.get("enum") == Some(&json!([null]));
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else { continue };
        let count = branches.len();
        branches.retain(|branch| !is_null(branch));
        if branches.len() == count {
            continue;
        }
        if let [Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            schema.remove(keyword);
            for (keyword, value) in only {
                schema.entry(keyword).or_insert(value);
            }
        }
        schema.insert(OR_NULL.into(), true.into());
    }
}

/// What may be said or not: that a name is a string, and that items are anything.
fn plain(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(names)) = schema.get_mut("propertyNames")
        && !names.contains_key("$ref")
    {
        names.entry("type").or_insert_with(|| json!("string"));
    }
    for (unevaluated, same) in [("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")] {
        // Where all that evaluates a part is known, it says no more than this.
        if !schema.contains_key(same)
            && let Some(others) = schema.remove(unevaluated)
            && (same != "items" || schema.get("type") != Some(&json!("object")))
        {
            schema.insert(same.into(), others);
        }
    }
    if schema.get("items") == Some(&json!({})) && schema.contains_key("prefixItems") {
        schema.remove("items");
    }
}

/// Whether a value is of a type, or of one of several.
pub(super) fn is_of(kind: &Value, value: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind, value)),
        kind => match value {
            Value::Null => kind == "null",
            Value::Bool(_) => kind == "boolean",
            Value::String(_) => kind == "string",
            Value::Number(number) => kind == "number" || (kind == "integer" && !number.is_f64()),
            Value::Array(_) => kind == "array",
            Value::Object(_) => kind == "object",
        },
    }
}

/// Whether a definition is in itself, so that it stands nowhere in place.
fn refers_to_itself(document: &Document, definition: &Located<'_>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![definition.value]);
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                let target = fields.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
                if let Some(target) = target.filter(|target| target.as_str().contains("/$defs/")) {
                    if target == definition.pointer {
                        return true;
                    }
                    let target = document.at(&target).filter(|target| seen.insert(target.pointer.clone()));
                    open.extend(target.map(|target| target.value));
                }
                open.extend(fields.iter().filter(|(name, _)| *name != "$defs").map(|(_, value)| value));
            }
            _ => {}
        }
    }
    false
}

/// Declares what an object requires without a declaration: it is what undeclared properties are.
fn required_declared(object: &mut Map<String, Value>) {
    let required = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    if required.is_empty() || !(object.get("type") == Some(&json!("object")) || means_an_object(object)) {
        return;
    }
    let other =
        object.get("additionalProperties").filter(|other| other.is_object()).cloned().unwrap_or_else(|| json!({}));
    let declares = object.contains_key("properties");
    let properties = object.entry("properties").or_insert_with(|| json!({})).as_object_mut();
    if let Some(properties) = properties {
        for name in required.iter().filter_map(Value::as_str) {
            properties.entry(name).or_insert_with(|| other.clone());
        }
    }
    // Of what declares nothing, all that it has is kept.
    if !declares {
        object.entry("additionalProperties").or_insert_with(|| json!({}));
    }
}

/// The derived schema, with the forms that say the same brought to one; `root` is how others refer to it.
pub(super) fn normalised(schema: &Value, root: &str) -> Value {
    let normalised = |schema: &Value| normalised(schema, root);
    let Some(object) = schema.as_object() else { return unless_anything(schema) };
    let mut out = Map::new();
    for (keyword, value) in object {
        let value = match keyword.as_str() {
            _ if is_default(keyword, value) => continue,
            "$ref" if value == "#" => root.into(),
            "const" => {
                out.insert("enum".into(), json!([value]));
                continue;
            }
            "$defs" => keyword::within(Inner::Map, value, normalised),
            "oneOf" | "anyOf" if object.contains_key("discriminator") => {
                value.as_array().into_iter().flatten().map(|branch| normalised(untagged(branch))).collect()
            }
            keyword => match keyword::inner(keyword) {
                Some(inner) => keyword::within(inner, value, normalised),
                None => value.clone(),
            },
        };
        out.insert(keyword.clone(), value);
    }
    or_null(&mut out);
    plain(&mut out);
    required_declared(&mut out);
    sorted_sets(&mut out);
    out.into()
}

/// An alternative that a `discriminator` tells apart, without the tags that name it: whether these are the right ones, payloads
/// show.
fn untagged(branch: &Value) -> &Value {
    let members = branch.get("allOf").and_then(Value::as_array).map(Vec::as_slice);
    match members {
        Some([alternative, tags]) if alternative.get("$ref").is_some() && tags.get("properties").is_some() => {
            alternative
        }
        _ => branch,
    }
}

/// A schema that is no object: what allows anything is written in two ways.
fn unless_anything(schema: &Value) -> Value {
    if *schema == Value::Bool(true) { json!({}) } else { schema.clone() }
}

/// `required`, `enum` and a type array are sets: their order says nothing.
fn sorted_sets(object: &mut Map<String, Value>) {
    for keyword in ["required", "enum", "type"] {
        if let Some(Value::Array(list)) = object.get_mut(keyword) {
            list.sort_by_key(Value::to_string);
            list.dedup();
        }
    }
}
