//! A schema of a document in the words of JSON Schema: Draft 4 for OpenAPI 3.0, and 2020-12 for OpenAPI 3.1.
//!
//! 3.0's schema is Draft 4 (booleans for exclusive bounds, `1.0` is no integer, siblings of `$ref` are ignored) but for
//! `nullable` and the formats of numbers. Documents of 3.1 are read in the words of 3.0, and what these cannot say is kept. Only the keywords that judge a value are carried over: an `example` must not be
//! able to pass for a schema.

mod diamonds;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::document::{Document, DocumentError, Located, OR_NULL, Pointer, TAGGED, count};
use crate::keyword::{self, Inner, integers};
use crate::strategy::ecma;
use diamonds::Target;

/// The keyword under which the range of an integer's format is checked.
pub const INTEGER_RANGE: &str = "x-integerRange";

/// A translated schema, with everything that it refers to beside it.
#[derive(Debug)]
pub struct Translated {
    /// The schema.
    pub schema: Value,
    start: Pointer,
    definitions: BTreeMap<String, Pointer>,
}

impl Translated {
    /// The place in the document that a place in the translation was made from.
    pub fn origin(&self, place: &Pointer) -> Pointer {
        let rest = place.as_str().strip_prefix("/definitions/").unwrap_or_default();
        let (name, inner) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        match self.definitions.get(name) {
            Some(target) => target.join(&Pointer::written(inner)),
            None => self.start.join(place),
        }
    }

    /// The same without what only this repository's clients promise: that an integer without a format has 64 bits.
    pub fn without_promises(mut self) -> Self {
        forget_promises(&mut self.schema);
        self
    }
}

fn forget_promises(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get(INTEGER_RANGE).is_some_and(|range| range["blame"] == "type") {
                map.remove(INTEGER_RANGE);
            }
            map.values_mut().for_each(forget_promises);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_promises),
        _ => {}
    }
}

/// Translates a schema.
pub fn to_json_schema(document: &Document, schema: Located<'_>) -> Result<Translated, DocumentError> {
    let start = schema.pointer.clone();
    let mut translation = Translation::new(document);
    let mut root = translation.schema(&schema)?;
    let mut definitions = Map::new();
    while let Some(target) = translation.waiting.pop() {
        let pointer = &target.pointer;
        let Some(found) = document.at(pointer) else {
            return Err(DocumentError::Dangling { reference: format!("#{pointer}"), pointer: target.pointer });
        };
        let translated = translation.target(&target, &found)?;
        definitions.insert(translation.name(&target), translated);
    }
    if let Some(object) = root.as_object_mut()
        && !definitions.is_empty()
    {
        // A root that is itself a reference would hide the definitions beside it.
        if object.contains_key("$ref") {
            let reference = std::mem::take(object);
            object.insert("allOf".into(), json!([reference]));
        }
        object.insert("definitions".into(), definitions.into());
    }
    let definitions = translation.names.into_iter().map(|(target, name)| (name, target.pointer)).collect();
    Ok(Translated { schema: root, start, definitions })
}

/// A schema of today's JSON Schema with the ranges of its integers' formats, which it calls annotations, and with its patterns as
/// the validator reads them.
pub fn with_ranges(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut out: Map<String, Value> =
                map.iter().map(|(key, value)| (key.clone(), with_ranges(value))).collect();
            let kind = map.get("type");
            let integer = kind.is_some_and(|kind| {
                kind == "integer" || kind.as_array().is_some_and(|list| list.contains(&json!("integer")))
            });
            if integer {
                out.insert(INTEGER_RANGE.into(), integers::written(map));
            }
            readable_pattern(&mut out);
            names_what_is_forbidden(&mut out);
            out.into()
        }
        Value::Array(list) => list.iter().map(with_ranges).collect(),
        other => other.clone(),
    }
}

/// The validator does not know references to groups by name.
fn readable_pattern(schema: &mut Map<String, Value>) {
    if let Some(Value::String(pattern)) = schema.get_mut("pattern") {
        *pattern = ecma::numbered(pattern);
    }
}

/// The validator names the property that `additionalProperties: false` forbids only beside `properties`.
fn names_what_is_forbidden(schema: &mut Map<String, Value>) {
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.entry("properties").or_insert_with(|| json!({}));
    }
}

/// Today's JSON Schema has a number of its own for a bound that excludes itself.
fn exclusive_bounds(schema: &mut Map<String, Value>) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if schema.get(exclusive) == Some(&Value::Bool(true))
            && let Some(limit) = schema.remove(bound)
        {
            schema.insert(exclusive.into(), limit);
        } else {
            schema.remove(exclusive);
        }
    }
}

/// For each tag that names an alternative: another tag, or that alternative. Without a tag, listed alternatives are judged as
/// if nothing told them apart. `as_listed` has the validator blame the keyword that lists them, whichever of the two it is.
fn told_apart(tagged: &Value, as_listed: bool, out: &mut Map<String, Value>) {
    let Some(Value::Array(branches)) = out.remove("anyOf") else { return };
    let property = tagged.get("property").and_then(Value::as_str).unwrap_or_default();
    let tags = tagged.get("tags").and_then(Value::as_array).into_iter().flatten();
    let has_tag = |tags: &Value| json!({ "type": "object", "required": [property], "properties": { property: { "enum": tags } } });
    let named = branches.iter().zip(tags).filter(|(_, tags)| tags.as_array().is_some_and(|tags| !tags.is_empty()));
    let listed = tagged.get("listed").and_then(Value::as_str);
    let one = as_listed && listed == Some("oneOf");
    let either = |first: Value, second: Value| match one {
        true => json!({ "oneOf": [first, { "allOf": [{ "not": first }, second] }] }),
        false => json!({ "anyOf": [first, second] }),
    };
    let mut all: Vec<Value> =
        named.map(|(branch, tags)| either(json!({ "not": has_tag(tags) }), branch.clone())).collect();
    if let Some(listed) = listed {
        all.push(either(json!({ "type": "object", "required": [property] }), json!({ listed: branches })));
    }
    if let Some(Value::Array(members)) = out.remove("allOf") {
        all.extend(members);
    }
    out.insert("allOf".into(), all.into());
    out.insert(TAGGED.into(), tagged.clone());
}

/// Schemas of one document that are translated together.
pub struct Translation<'d> {
    document: &'d Document,
    names: BTreeMap<Target, String>,
    waiting: Vec<Target>,
    /// Whether a reference that leads nowhere is kept as one that does, rather than an error.
    keeps_dangling: bool,
}

impl<'d> Translation<'d> {
    /// No schema yet.
    pub fn new(document: &'d Document) -> Self {
        Self { document, names: BTreeMap::new(), waiting: vec![], keeps_dangling: false }
    }

    /// No schema yet, and references that lead nowhere stay what they are.
    pub fn with_dangling(document: &'d Document) -> Self {
        Self { keeps_dangling: true, ..Self::new(document) }
    }

    /// What the translated schemas refer to, under the names by which they do so. What cannot be read is left out.
    pub fn definitions(&mut self) -> Map<String, Value> {
        let mut definitions = Map::new();
        while let Some(target) = self.waiting.pop() {
            let Some(found) = self.document.at(&target.pointer) else { continue };
            if let Ok(translated) = self.target(&target, &found) {
                definitions.insert(self.name(&target), translated);
            }
        }
        definitions
    }

    fn name(&mut self, target: &Target) -> String {
        let next = format!("schema{}", self.names.len());
        self.names.entry(target.clone()).or_insert(next).clone()
    }

    /// A reference to a schema, which will be translated.
    fn refer(&mut self, target: Target) -> Value {
        let known = self.names.contains_key(&target);
        let name = self.name(&target);
        if !known {
            self.waiting.push(target);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    fn target(&mut self, target: &Target, found: &Located<'_>) -> Result<Value, DocumentError> {
        if !target.alone {
            return self.schema(found);
        }
        let value = diamonds::alone(found.value);
        self.schema(&Located { pointer: found.pointer.clone(), value: &value })
    }

    /// One schema.
    pub fn schema(&mut self, schema: &Located<'_>) -> Result<Value, DocumentError> {
        if schema.value.get("$ref").is_some_and(Value::is_string) {
            // The chain is followed here, so that a circle of bare references is found before a validator runs in it.
            let target = match self.document.resolve(schema.clone()) {
                Ok(target) => target.pointer,
                Err(DocumentError::Dangling { reference, .. }) if self.keeps_dangling => {
                    return Ok(json!({ "$ref": format!("dangling:{reference}") }));
                }
                Err(error) => return Err(error),
            };
            return Ok(self.refer(Target { pointer: target, alone: false }));
        }
        let object = schema.object()?;
        let mut out = Map::new();
        let is_later = self.document.is_3_1();
        let known = || keyword::ALL.iter().filter(|keyword| is_later || !keyword.is_later);
        for keyword in known() {
            for name in keyword.copied.iter().chain(keyword.checks.iter().map(|(name, _)| name)) {
                if let Some(value) = object.get(*name) {
                    // The validator takes a count for one only where it is written as an integer.
                    let count = Some(value).filter(|value| keyword::is_count(name) && value.is_f64()).and_then(count);
                    out.insert((*name).into(), count.map_or_else(|| value.clone(), Value::from));
                }
            }
        }
        readable_pattern(&mut out);
        // Draft 4 has no empty list of required properties; 3.0 documents do write one.
        if out.get("required").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            out.remove("required");
        }
        self.kind(object, &mut out);
        for (name, inner) in known().flat_map(|keyword| keyword.inner) {
            if let Some(within) = schema.get(name) {
                out.insert((*name).into(), self.within(*inner, &within)?);
            }
        }
        if let Some(reached) = diamonds::reached(self.document, schema) {
            let alone = diamonds::alone(schema.value);
            let members = Located { pointer: schema.pointer.child("allOf"), value: &alone["allOf"] };
            let Value::Array(mut all) = self.within(Inner::List, &members)? else { return Ok(out.into()) };
            all.extend(reached.into_iter().map(|target| self.refer(target)));
            out.insert("allOf".into(), all.into());
        }
        // What a member says twice would be judged twice, and what its members say twice four times.
        if let Some(Value::Array(all)) = out.get_mut("allOf") {
            let said = std::mem::take(all);
            said.into_iter().for_each(|member| {
                if !all.contains(&member) {
                    all.push(member)
                }
            });
        }
        if let Some(tagged) = object.get(TAGGED) {
            told_apart(tagged, !self.keeps_dangling, &mut out);
        }
        if is_later {
            exclusive_bounds(&mut out);
        }
        names_what_is_forbidden(&mut out);
        if object.contains_key(OR_NULL) {
            // As a condition, so that what is wrong is said of the place where it is, and not of alternatives.
            return Ok(json!({ "if": { "type": "null" }, "else": out }));
        }
        Ok(out.into())
    }

    fn within(&mut self, inner: Inner, value: &Located<'_>) -> Result<Value, DocumentError> {
        Ok(match (inner, value.value) {
            (Inner::One, Value::Bool(_)) => value.value.clone(),
            (Inner::One, _) => self.schema(value)?,
            (Inner::List, list) => {
                let items = list.as_array().into_iter().flatten().enumerate();
                let located =
                    items.map(|(index, value_)| Located { pointer: value.pointer.index(index), value: value_ });
                located.map(|member| self.schema(&member)).collect::<Result<Vec<_>, _>>()?.into()
            }
            (Inner::Map, _) => {
                let mut translated = Map::new();
                for (name, inner) in value.object()? {
                    let member = Located { pointer: value.pointer.child(name), value: inner };
                    translated.insert(name.clone(), self.schema(&member)?);
                }
                translated.into()
            }
        })
    }

    fn kind(&self, object: &Map<String, Value>, out: &mut Map<String, Value>) {
        let Some(kind) = object.get("type") else { return };
        let nullable = object.get("nullable") == Some(&Value::Bool(true));
        out.insert("type".into(), if nullable { json!([kind, "null"]) } else { kind.clone() });
        if kind == "integer" {
            out.insert(INTEGER_RANGE.into(), integers::written(object));
        }
        if kind != "string" && !nullable {
            out.remove("format");
        }
    }
}
