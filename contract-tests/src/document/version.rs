//! A document of OpenAPI 3.1 in the words that the judge reads: those of 3.0, and beside them what 3.1 alone can say.
//!
//! Lists of types, constants, exclusive bounds and what stands beside a reference are other words for what 3.0 says. The
//! keywords that are new stay what they are.

mod objects;
mod schema;

use serde_json::{Map, Value, json};

use super::Pointer;
use super::operation::METHODS;
use super::slips::MAPS;

/// The versions that are read in this way. 3.2 is read where it says no more than 3.1.
pub(super) const LATER: [&str; 2] = ["3.1.", "3.2."];

/// Fields whose values are path items under names.
const ITEMS: [&str; 3] = ["paths", "webhooks", "pathItems"];

/// Fields in which nothing is an object of the specification.
const PAYLOADS: [&str; 5] = ["example", "default", "enum", "value", "mapping"];

/// The parts that a reference may describe in words of its own.
const DESCRIBED: [&str; 5] = ["parameters", "responses", "headers", "requestBodies", "securitySchemes"];

/// The document, and where in the text each value stands that has another place.
pub(super) fn read(root: &Value) -> (Value, Vec<(Pointer, Pointer)>) {
    let mut reading = Reading { root, moved: Vec::new() };
    let at = Pointer::root();
    let mut read = reading.object(root, &at, "");
    if let Value::Object(fields) = &mut read {
        objects::name_webhooks(fields, &mut reading.moved);
    }
    (read, reading.moved)
}

struct Reading<'r> {
    root: &'r Value,
    moved: Vec<(Pointer, Pointer)>,
}

impl Reading<'_> {
    /// What is no schema: every schema in it is read. `map` is the field that holds it under a name of the author's choice.
    fn object(&mut self, value: &Value, at: &Pointer, map: &str) -> Value {
        match value {
            Value::Object(fields) => match self.described(fields) {
                Some((target, copy)) => {
                    self.moved(at.clone(), target);
                    self.fields(&copy, at, map)
                }
                None => self.fields(fields, at, map),
            },
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.map(|(index, item)| self.object(item, &at.index(index), "")).collect()
            }
            other => other.clone(),
        }
    }

    fn fields(&mut self, fields: &Map<String, Value>, at: &Pointer, map: &str) -> Value {
        let mut read = Map::new();
        for (name, inner) in fields {
            let place = at.child(name);
            let inner = match (name.as_str(), inner) {
                ("schema", Value::Object(_) | Value::Bool(_)) => self.schema(inner, &place),
                ("schemas", Value::Object(schemas)) if at.as_str() == "/components" => self.schemas(schemas, &place),
                ("security", Value::Array(alternatives)) => objects::without_certificates(self.root, alternatives),
                (name, _) if PAYLOADS.contains(&name) || name.starts_with("x-") => inner.clone(),
                (name, Value::Object(entries)) if MAPS.contains(&name) || ITEMS.contains(&name) => {
                    let mut read = |(key, entry)| (String::clone(key), self.object(entry, &place.child(key), name));
                    Value::Object(entries.iter().map(&mut read).collect())
                }
                _ => self.object(inner, &place, ""),
            };
            read.insert(name.clone(), inner);
        }
        if ITEMS.contains(&map) {
            for (_, operation) in read.iter_mut().filter(|(name, _)| METHODS.contains(&name.as_str())) {
                // One without responses may have any.
                let operation = operation.as_object_mut().map(|operation| operation.entry("responses"));
                operation.map(|responses| responses.or_insert_with(|| json!({ "default": { "description": "" } })));
            }
        }
        read.into()
    }

    /// What a reference leads to, where the reference has a description that goes ahead of the one there.
    fn described(&self, fields: &Map<String, Value>) -> Option<(Pointer, Map<String, Value>)> {
        let target = Pointer::from_reference(fields.get("$ref")?.as_str()?)?;
        let description = fields.get("description").filter(|text| text.is_string())?;
        let is_known = target.steps().nth(1).is_some_and(|section| DESCRIBED.contains(&section.as_str()));
        let mut copy = self.root.pointer(target.as_str())?.as_object().filter(|_| is_known)?.clone();
        if copy.contains_key("$ref") {
            return None;
        }
        copy.insert("description".into(), description.clone());
        Some((target, copy))
    }

    fn schemas(&mut self, schemas: &Map<String, Value>, at: &Pointer) -> Value {
        schemas.iter().map(|(name, schema)| (name.clone(), self.schema(schema, &at.child(name)))).collect()
    }

    /// Notes where in the text stands what the document now has at another place.
    fn moved(&mut self, at: Pointer, from: Pointer) {
        self.moved.push((at, from));
    }
}
