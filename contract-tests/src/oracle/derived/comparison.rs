//! Two schemas in one form, compared keyword by keyword.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::mapping::{Context, is_of, mapped, normalised};
use crate::difference::{Difference, Problem};
use crate::document::{OR_NULL, Pointer, TAGGED};
use crate::ground::{Ground, SchemaGround};
use crate::keyword::{self, Inner};
use crate::oracle::Findings;
use crate::oracle::change::is_same;
use crate::tolerances::means_an_object;

/// Compares the document's schema and the derived one.
pub(super) fn compare<'d>(ground: &Ground<'d>, schema: &SchemaGround<'d>, out: &mut Findings) {
    let (name, place) = (schema.name, Pointer::root());
    let context = Context { document: schema.document, ground, schema };
    let Some(derived) = schema.derived() else {
        let mut none = Comparison { context, types: Map::new(), out };
        return none.report(&place, Problem::Lost, "schema", schema.located.value, &Value::Null);
    };
    // The children of a parent are no keyword of it, so the payloads have to show them.
    if schema.located.value.get(TAGGED).is_some_and(|tagged| tagged.get("listed") == Some(&Value::Null)) {
        return;
    }
    let mut expected = mapped(&context, schema.located.value);
    let own = Pointer::root().child("components").child("schemas").child(name);
    let mut found = normalised(derived, &context.reference(&format!("#{own}")));
    let mut types = Map::new();
    if let (Some(expected), Some(found)) = (expected.as_object_mut(), found.as_object_mut()) {
        // `$defs` is compared under each component's own name.
        if let Some(Value::Object(defs)) = found.remove("$defs") {
            types = defs;
        }
        found.remove("$schema");
        // A type is called by the component's name, or where it has none by its own.
        let own = schema.binding.rust.rsplit("::").next().unwrap_or_default().trim();
        if !expected.contains_key("title") && found.get("title").is_some_and(|title| title == name || title == own) {
            found.remove("title");
        }
    }
    Comparison { context, types, out }.differ(&place, &expected, &found);
}

struct Comparison<'c, 'g, 'd> {
    context: Context<'g, 'd>,
    /// The types that the derived schema refers to.
    types: Map<String, Value>,
    out: &'c mut Findings,
}

impl Comparison<'_, '_, '_> {
    fn differ(&mut self, place: &Pointer, expected: &Value, found: &Value) {
        let (Some(left), Some(right)) = (expected.as_object(), found.as_object()) else {
            if expected != found {
                self.report(place, Problem::Changed, "schema", expected, found);
            }
            return;
        };
        if left.contains_key("allOf")
            && (!right.contains_key("allOf") || are_conditions(right) && !are_conditions(left))
        {
            return self.merged(place, left, right);
        }
        // What one refers to may stand in place in the other.
        match (reference(left), reference(right)) {
            (None, Some(_)) if !left.is_empty() => {
                if let Some(target) = self.referred(right) {
                    return self.differ(place, expected, &target);
                }
            }
            (Some(reference), None) if !right.is_empty() => {
                if let Some(Value::Object(mut target)) = self.context.target(reference) {
                    target.extend(
                        left.iter().filter(|(key, _)| *key != "$ref").map(|(key, value)| (key.clone(), value.clone())),
                    );
                    return self.differ(place, &target.into(), found);
                }
            }
            _ => {}
        }
        let keywords: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
        for keyword in keywords {
            match (left.get(keyword), right.get(keyword)) {
                // Either may leave away what says nothing.
                (Some(_), None) if is_idle(keyword, left) => {}
                (None, Some(_)) if is_idle(keyword, right) => {}
                (Some(expected), None) => self.report(place, Problem::Lost, keyword, expected, &Value::Null),
                // Of a map, all properties are additional ones, which are anything unless something is said of them.
                (None, Some(found))
                    if keyword == "additionalProperties" && *found == json!({}) && keeps_others(left) => {}
                // What is listed is of its type, which a constant does without.
                (None, Some(found)) if keyword == "type" && self.is_of_a_constant(left, found) => {}
                (None, Some(found)) if keyword == "type" && found == "object" && means_an_object(left) => {}
                (None, Some(found)) => self.report(place, Problem::Added, keyword, &Value::Null, found),
                (Some(Value::Object(left)), Some(Value::Object(right))) if keyword == "properties" => {
                    let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
                    for name in names {
                        let inner = place.child(name);
                        match (left.get(name), right.get(name)) {
                            (Some(expected), Some(found)) => self.differ(&inner, expected, found),
                            (Some(expected), None) => {
                                self.report(&inner, Problem::Lost, "properties", expected, &Value::Null);
                            }
                            (None, Some(found)) => {
                                self.report(&inner, Problem::Added, "properties", &Value::Null, found);
                            }
                            (None, None) => {}
                        }
                    }
                }
                (Some(expected @ Value::Object(_)), Some(found @ Value::Object(_))) => {
                    self.differ(&place.child(keyword), expected, found);
                }
                (Some(expected), Some(found)) if is_same(expected, &self.aligned(expected, found, &mut Vec::new())) => {
                }
                (Some(expected), Some(found)) => self.report(place, Problem::Changed, keyword, expected, found),
                (None, None) => {}
            }
        }
    }

    fn is_of_a_constant(&self, schema: &Map<String, Value>, kind: &Value) -> bool {
        let listed = schema.get("enum").and_then(Value::as_array);
        self.context.document.is_3_1() && listed.is_some_and(|listed| listed.iter().all(|value| is_of(kind, value)))
    }

    /// What is found in a list of schemas, in the words of what is expected there as far as both mean the same: the types that
    /// [`means_an_object`] allows, and references to what stands in place.
    fn aligned(&self, expected: &Value, found: &Value, open: &mut Vec<String>) -> Value {
        match (expected, found) {
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                left.iter().zip(right).map(|(left, right)| self.aligned(left, right, open)).collect()
            }
            // An `allOf` of one schema and nothing else is that schema.
            (Value::Object(left), Value::Object(right))
                if left.len() == 1 && only_member(left).is_some() && !right.contains_key("allOf") =>
            {
                let is_same = only_member(left).is_some_and(|only| is_same(only, &self.aligned(only, found, open)));
                if is_same { expected.clone() } else { found.clone() }
            }
            (Value::Object(left), Value::Object(right)) => {
                let target = reference(left).filter(|_| reference(right).is_none()).and_then(|referred| {
                    let is_new = !open.iter().any(|open| open == referred);
                    is_new.then(|| self.context.target(referred)).flatten().map(|target| (referred.to_owned(), target))
                });
                if let Some((referred, target)) = target {
                    // Whether what is behind `allOf` and is written as one is the same, payloads show, but not what it declares.
                    if let Some(target) = target.as_object().filter(|target| target.contains_key("allOf"))
                        && !right.contains_key("allOf")
                    {
                        let mut declared = BTreeMap::new();
                        self.declared(target, &mut BTreeSet::new(), &mut declared);
                        let properties = right.get("properties").and_then(Value::as_object);
                        let found: BTreeSet<&String> = properties.into_iter().flat_map(|map| map.keys()).collect();
                        let is_same = declared.keys().collect::<BTreeSet<_>>() == found;
                        return if is_same { expected.clone() } else { Value::Object(right.clone()) };
                    }
                    open.push(referred);
                    let is_same = is_same(&target, &self.aligned(&target, found, open));
                    open.pop();
                    return if is_same { expected.clone() } else { found.clone() };
                }
                let is_meant = |keyword: &str, value: &Value| {
                    let is_object = value == "object" && means_an_object(left);
                    keyword == "type"
                        && (is_object || (!left.contains_key("type") && self.is_of_a_constant(left, value)))
                };
                let kept = right.iter().filter(|(keyword, value)| !is_meant(keyword, value));
                let inner = kept.map(|(keyword, value)| {
                    let expected = left.get(keyword).unwrap_or(value);
                    (keyword.clone(), self.aligned(expected, value, open))
                });
                inner.collect()
            }
            _ => found.clone(),
        }
    }

    /// What is behind `allOf` may be written as one: whether it is the same, payloads show, but not that of the annotations.
    fn merged(&mut self, place: &Pointer, left: &Map<String, Value>, right: &Map<String, Value>) {
        self.annotations(place, &[left], right);
        // What both refer to is compared under its own name.
        let members = left.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if reference(right).is_some() && members.iter().all(|member| member.get("$ref") == right.get("$ref")) {
            return;
        }
        let mut declared: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        self.declared(left, &mut BTreeSet::new(), &mut declared);
        let target = self.referred(right);
        let right = target.as_ref().and_then(Value::as_object).unwrap_or(right);
        let Some(properties) = right.get("properties").and_then(Value::as_object) else { return };
        for (name, schemas) in declared {
            let inner = place.child(&name);
            match properties.get(&name) {
                None => self.report(&inner, Problem::Lost, "properties", &schemas[0], &Value::Null),
                Some(found) => self.described(&inner, &schemas, found),
            }
        }
    }

    /// The properties that a schema declares, and those that the members of its `allOf` do.
    fn declared(
        &self,
        schema: &Map<String, Value>,
        seen: &mut BTreeSet<String>,
        all: &mut BTreeMap<String, Vec<Value>>,
    ) {
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let known = all.entry(name.clone()).or_default();
            if !known.contains(property) {
                known.push(property.clone());
            }
        }
        for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let target = reference(member.as_object().unwrap_or(&Map::new()))
                .filter(|reference| seen.insert((*reference).to_owned()))
                .and_then(|reference| self.context.target(reference));
            if let Some(member) = target.as_ref().unwrap_or(member).as_object() {
                self.declared(member, seen, all);
            }
        }
    }

    /// What schemas that hold together say of a property, beside what it must be.
    fn described(&mut self, place: &Pointer, schemas: &[Value], found: &Value) {
        let Some(right) = found.as_object() else { return };
        let all: Vec<&Map<String, Value>> = schemas.iter().filter_map(Value::as_object).collect();
        let [left] = all.as_slice() else { return self.annotations(place, &all, right) };
        match (reference(left), reference(right)) {
            _ if left.contains_key("allOf") && !right.contains_key("allOf") => self.merged(place, left, right),
            // What is referred to is compared under its own name.
            (Some(_), Some(_)) => self.annotations(place, &all, right),
            (Some(_), None) => {}
            (None, _) => {
                self.annotations(place, &all, right);
                let target = self.referred(right);
                let right = target.as_ref().and_then(Value::as_object).unwrap_or(right);
                let inner = |schema: &Map<String, Value>| {
                    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
                    let named = properties.map(|(name, property)| (name.clone(), property.clone()));
                    named.chain(schema.get("items").map(|items| ("items".to_owned(), items.clone()))).collect()
                };
                let (left, right): (Vec<(String, Value)>, Map<String, Value>) =
                    (inner(left), inner(right).into_iter().collect());
                for (name, property) in left {
                    if let Some(found) = right.get(&name) {
                        self.described(&place.child(&name), &[property], found);
                    }
                }
            }
        }
    }

    /// Each annotation is found in one of the wordings that the document has for it: in place, or where that refers to.
    fn annotations(&mut self, place: &Pointer, schemas: &[&Map<String, Value>], right: &Map<String, Value>) {
        let keywords: BTreeSet<&String> = schemas.iter().flat_map(|schema| schema.keys()).collect();
        let target = self.referred(right);
        for keyword in keywords.into_iter().filter(|keyword| is_annotation(keyword)) {
            let mut stated = schemas.iter().filter_map(|schema| schema.get(keyword)).peekable();
            let Some(expected) = stated.peek().copied() else { continue };
            let found = right.get(keyword).or_else(|| target.as_ref()?.get(keyword));
            match found {
                Some(found) if stated.any(|stated| is_same(stated, found)) => {}
                Some(found) => self.report(place, Problem::Changed, keyword, expected, found),
                None => self.report(place, Problem::Lost, keyword, expected, &Value::Null),
            }
        }
    }

    /// The type that a derived schema refers to, with what stands beside the reference.
    fn referred(&self, schema: &Map<String, Value>) -> Option<Value> {
        let name = reference(schema)?.strip_prefix("#/$defs/")?;
        let mut target = self.types.get(name)?.as_object()?.clone();
        if target.get("title").is_some_and(|title| title == name) {
            target.remove("title");
        }
        target.extend(schema.iter().filter(|(key, _)| *key != "$ref").map(|(key, value)| (key.clone(), value.clone())));
        Some(target.into())
    }

    fn report(&mut self, place: &Pointer, problem: Problem, keyword: &str, expected: &Value, found: &Value) {
        let detail = match problem {
            Problem::Lost => format!("the document says {expected}, the derived schema nothing"),
            Problem::Added => format!("the derived schema says {found}, the document nothing"),
            _ => format!("the document says {expected}, the derived schema {found}"),
        };
        let shown_by = json!({ "document": expected, "derived": found });
        self.out.add(problem, Difference::place(self.context.schema.name, place), keyword, detail, shown_by);
    }
}

/// Whether an object keeps properties of which nothing is declared: all that it has, or those of which other keywords speak.
fn keeps_others(schema: &Map<String, Value>) -> bool {
    let others = ["patternProperties", "propertyNames", "if", "dependentSchemas"];
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_other =
        |name: &Value| name.as_str().is_some_and(|name| properties.is_none_or(|all| !all.contains_key(name)));
    let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten();
    let mut asked_for = alternatives.filter_map(|member| member.get("required")?.as_array()).flatten();
    properties.is_none() || others.iter().any(|keyword| schema.contains_key(*keyword)) || asked_for.any(is_other)
}

/// Whether all members of an `allOf` are conditions, which one schema has one of only.
fn are_conditions(schema: &Map<String, Value>) -> bool {
    let members = schema.get("allOf").and_then(Value::as_array);
    let is_condition = |member: &Value| {
        let keywords = member.as_object().into_iter().flatten();
        keywords.clone().count() > 0
            && keywords.into_iter().all(|(keyword, _)| ["if", "then", "else"].contains(&keyword.as_str()))
    };
    members.is_some_and(|members| members.iter().all(is_condition))
}

/// The member of an `allOf`, where it has one alone.
fn only_member(schema: &Map<String, Value>) -> Option<&Value> {
    let members = schema.get("allOf")?.as_array()?;
    members.first().filter(|_| members.len() == 1)
}

fn reference(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str)
}

/// Whether a keyword says nothing of what conforms.
fn is_annotation(keyword: &str) -> bool {
    ["title", "description", "examples", "default", "deprecated", "readOnly", "writeOnly", "externalDocs"]
        .contains(&keyword)
        || keyword.starts_with("x-") && keyword != OR_NULL
}

/// Whether a keyword of a schema says nothing: of its type, or since it lists no schema.
fn is_idle(keyword: &str, schema: &Map<String, Value>) -> bool {
    let is_empty = || schema.get(keyword).and_then(Value::as_object).is_some_and(Map::is_empty);
    keyword::is_idle(keyword, |key| schema.get(key)) || (keyword::inner(keyword) == Some(Inner::Map) && is_empty())
}
