//! The schema that schemars derives from a client's type, against the document's: keyword by keyword, and by payloads.
//!
//! The mapping is written down here and nowhere else. What the document says becomes: `nullable` a type array; a boolean
//! exclusive bound the bound itself; `example` a list `examples`; a reference to a component one into `$defs`, and
//! `deprecated` where the component is, as the Rust field is. Everything else stays as it is, extensions included. `title`
//! is the component's name where the document gives none. What is behind `allOf` may be merged: payloads show whether it is
//! the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Draw, Evidence, Findings, Oracle, Violation};
use crate::cases::Case;
use crate::client::Direction;
use crate::difference::{Difference, Problem};
use crate::document::{Document, Pointer, TAGGED, count};
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;
use crate::tolerances::{self, is_whole_fraction, means_an_object};

/// The oracle.
pub struct Derived;

impl Oracle for Derived {
    fn name(&self) -> &'static str {
        "derived"
    }

    fn evidence(&self, problem: Problem) -> Evidence {
        match problem {
            // Two schemas that differ need not differ in what they accept.
            Problem::Lost | Problem::Added | Problem::Changed => Evidence::Interface,
            _ => Evidence::Behaviour,
        }
    }

    fn schema<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        compare(ground, schema, found);
        if let Err(error) = schema.derived_validator() {
            let derived = schema.derived().cloned().unwrap_or_default();
            found.add(Problem::Changed, schema.name, "schema", error.to_string(), derived);
        }
        Ok(())
    }

    fn case<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        case: &Case,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let Ok(Some(derived)) = schema.derived_validator() else { return Ok(()) };
        let verdict = derived.violations(&case.payload);
        let whole = |fault: &Violation| fault.keyword == "type" && is_whole_fraction(&case.payload, &fault.pointer);
        if case.fault.as_ref().is_some_and(whole) {
            return Ok(());
        }
        // The same within a union, which is blamed as a whole.
        if case.fault.as_ref().is_some_and(|fault| tolerances::blames_a_union(&fault.keyword))
            && ground.prepared(schema)?.validator.accepts(&tolerances::without_whole_fractions(&case.payload))
        {
            return Ok(());
        }
        let (problem, fault) = match &case.fault {
            None if verdict.is_empty() => return Ok(()),
            None => (Problem::RefusesValid, &verdict[0]),
            Some(fault) if verdict.is_empty() => (Problem::AcceptsInvalid, fault),
            Some(fault) if verdict.contains(fault) || tolerances::blames_its_union(fault, &verdict) => return Ok(()),
            Some(fault) => (Problem::OtherReason, fault),
        };
        let said: Vec<String> = verdict.iter().map(ToString::to_string).collect();
        let said = if said.is_empty() {
            "the derived schema accepts it".into()
        } else {
            format!("the derived schema says {}", said.join(", "))
        };
        let place = Difference::place(schema.name, &fault.pointer);
        let detail = format!("{}; {said}", case.label);
        found.add(problem, place, fault.keyword.clone(), detail, case.payload.clone());
        Ok(())
    }

    fn draw<'d>(
        &self,
        _: &Ground<'d>,
        schema: &SchemaGround<'d>,
        draw: &Draw<'_>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let Ok(Some(derived)) = schema.derived_validator() else { return Ok(()) };
        if draw.conforms && !derived.accepts(draw.payload) {
            let verdict = derived.violations(draw.payload).into_iter().next();
            let first = verdict.unwrap_or(Violation { pointer: Pointer::root(), keyword: "schema".into() });
            let place = Difference::place(schema.name, &first.pointer);
            let detail = format!("the derived schema says {first}");
            found.add(Problem::RefusesValid, place, first.keyword, detail, draw.payload.clone());
        }
        Ok(())
    }
}

/// Compares the document's schema and the derived one, keyword by keyword.
fn compare<'d>(ground: &Ground<'d>, schema: &SchemaGround<'d>, differences: &mut Findings) {
    let (name, place) = (schema.name, Pointer::root());
    let Some(derived) = schema.derived() else {
        report(name, &place, Problem::Lost, "schema", schema.located.value, &Value::Null, differences);
        return;
    };
    // The children of a parent are no keyword of it, so the payloads have to show them.
    if schema.located.value.get(TAGGED).is_some_and(|tagged| tagged.get("listed") == Some(&Value::Null)) {
        return;
    }
    let context = Context { document: schema.document, ground, schema };
    let mut expected = mapped(&context, schema.located.value);
    let mut found = normalised(derived, &context.reference(name));
    if let (Some(expected), Some(found)) = (expected.as_object_mut(), found.as_object_mut()) {
        // `$defs` is compared under each component's own name.
        found.remove("$defs");
        found.remove("$schema");
        // A type is called by the component's name, or where it has none by its own.
        let own = schema.binding.rust.rsplit("::").next().unwrap_or_default().trim();
        if !expected.contains_key("title") && found.get("title").is_some_and(|title| title == name || title == own) {
            found.remove("title");
        }
    }
    differ(name, &place, &expected, &found, differences);
}

/// Where a schema is compared.
struct Context<'g, 'd> {
    document: &'d Document,
    ground: &'g Ground<'d>,
    schema: &'g SchemaGround<'d>,
}

impl Context<'_, '_> {
    /// Where the derived schema refers to for a component: to its name, or to that of a type for this direction alone.
    fn reference(&self, reference: &str) -> String {
        let name = reference.strip_prefix("#/components/schemas/").unwrap_or(reference);
        let binding = self.ground.subject.schema(name, self.schema.binding.direction);
        let own = binding.filter(|binding| binding.direction == Direction::Request);
        let name = own.and_then(|binding| binding.rust.rsplit("::").next()).map_or(name, str::trim);
        format!("#/$defs/{name}")
    }
}

/// The document's schema in the words of the derived one.
fn mapped(context: &Context<'_, '_>, schema: &Value) -> Value {
    let document = context.document;
    let mapped = |schema: &Value| mapped(context, schema);
    let Some(object) = schema.as_object() else { return unless_anything(schema) };
    if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
        let target = Pointer::from_reference(reference).and_then(|target| document.at(&target));
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
                out.insert("examples".into(), json!([value]));
                continue;
            }
            "readOnly" | "writeOnly" | "deprecated" if value == &Value::Bool(false) => continue,
            _ if is_default(keyword, value) => continue,
            "properties" => {
                value.as_object().into_iter().flatten().map(|(name, inner)| (name.clone(), mapped(inner))).collect()
            }
            "items" | "not" | "additionalProperties" => mapped(value),
            "allOf" | "oneOf" | "anyOf" => value.as_array().into_iter().flatten().map(mapped).collect(),
            _ => value.clone(),
        };
        out.insert(keyword.clone(), value);
    }
    required_declared(&mut out);
    sorted_sets(&mut out);
    out.into()
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
fn normalised(schema: &Value, root: &str) -> Value {
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
            "properties" | "$defs" => {
                value.as_object().into_iter().flatten().map(|(name, inner)| (name.clone(), normalised(inner))).collect()
            }
            "items" | "not" | "additionalProperties" => normalised(value),
            "allOf" | "oneOf" | "anyOf" => value.as_array().into_iter().flatten().map(normalised).collect(),
            _ => value.clone(),
        };
        out.insert(keyword.clone(), value);
    }
    sorted_sets(&mut out);
    out.into()
}

/// A schema that is no object: what allows anything is written in two ways.
fn unless_anything(schema: &Value) -> Value {
    if *schema == Value::Bool(true) { json!({}) } else { schema.clone() }
}

/// What demands nothing says nothing, written out or not.
fn is_default(keyword: &str, value: &Value) -> bool {
    match keyword {
        "minLength" | "minItems" | "minProperties" => count(value) == Some(0),
        "uniqueItems" => value == &Value::Bool(false),
        _ => false,
    }
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

fn differ(subject: &str, place: &Pointer, expected: &Value, found: &Value, out: &mut Findings) {
    let (Some(left), Some(right)) = (expected.as_object(), found.as_object()) else {
        if expected != found {
            report(subject, place, Problem::Changed, "schema", expected, found, out);
        }
        return;
    };
    let keywords: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    // What is behind `allOf` may be written as one; whether it is the same, payloads show.
    let merged = left.contains_key("allOf") && !right.contains_key("allOf");
    for keyword in keywords {
        if merged && !(left.contains_key(keyword) && is_annotation(keyword)) {
            continue;
        }
        match (left.get(keyword), right.get(keyword)) {
            (Some(expected), None) => report(subject, place, Problem::Lost, keyword, expected, &Value::Null, out),
            // Of a map, all properties are additional ones, which are anything unless something is said of them.
            (None, Some(found))
                if keyword == "additionalProperties" && *found == json!({}) && !left.contains_key("properties") => {}
            (None, Some(found)) if keyword == "type" && found == "object" && means_an_object(left) => {}
            (None, Some(found)) => report(subject, place, Problem::Added, keyword, &Value::Null, found, out),
            (Some(Value::Object(left)), Some(Value::Object(right))) if keyword == "properties" => {
                let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
                for name in names {
                    let inner = place.child(name);
                    match (left.get(name), right.get(name)) {
                        (Some(expected), Some(found)) => differ(subject, &inner, expected, found, out),
                        (Some(expected), None) => {
                            report(subject, &inner, Problem::Lost, "properties", expected, &Value::Null, out)
                        }
                        (None, Some(found)) => {
                            report(subject, &inner, Problem::Added, "properties", &Value::Null, found, out)
                        }
                        (None, None) => {}
                    }
                }
            }
            (Some(expected @ Value::Object(_)), Some(found @ Value::Object(_))) => {
                differ(subject, &place.child(keyword), expected, found, out);
            }
            (Some(expected), Some(found)) if same(expected, found) => {}
            (Some(expected), Some(found)) => report(subject, place, Problem::Changed, keyword, expected, found, out),
            (None, None) => {}
        }
    }
}

/// Whether a keyword says nothing of what conforms.
fn is_annotation(keyword: &str) -> bool {
    matches!(keyword, "title" | "description" | "examples" | "default" | "deprecated" | "readOnly" | "writeOnly")
        || keyword.starts_with("x-")
}

fn same(expected: &Value, found: &Value) -> bool {
    super::change::first_change(expected, found, Pointer::root()).is_none()
}

fn report(
    subject: &str,
    place: &Pointer,
    problem: Problem,
    keyword: &str,
    expected: &Value,
    found: &Value,
    out: &mut Findings,
) {
    let detail = match problem {
        Problem::Lost => format!("the document says {expected}, the derived schema nothing"),
        Problem::Added => format!("the derived schema says {found}, the document nothing"),
        _ => format!("the document says {expected}, the derived schema {found}"),
    };
    let shown_by = json!({ "document": expected, "derived": found });
    out.add(problem, Difference::place(subject, place), keyword, detail, shown_by);
}
