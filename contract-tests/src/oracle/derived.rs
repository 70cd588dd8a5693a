//! The schema that schemars derives from a client's type, against the document's: keyword by keyword, and by payloads.
//!
//! The mapping is written down here and nowhere else. What the document says becomes: `nullable` a type array; a boolean
//! exclusive bound the bound itself; `example` a list `examples`; a reference to a component one into `$defs`, and
//! `deprecated` where the component is, as the Rust field is. Everything else stays as it is, extensions included. `title`
//! is the component's name where the document gives none.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{OracleError, Validator, Violation};
use crate::bindings::Binding;
use crate::cases::Case;
use crate::difference::{Difference, Problem};
use crate::document::{Document, Located, Pointer};
use crate::tolerances::is_whole_fraction;

/// The differences between the document's schema and the derived one, keyword by keyword.
pub fn compare(document: &Document, binding: &Binding, schema: &Located<'_>) -> Vec<Difference> {
    let Some(derived) = (binding.derived)() else {
        let mut missing = Vec::new();
        report(binding.name, &Pointer::root(), Problem::Lost, "schema", schema.value, &Value::Null, &mut missing);
        return missing;
    };
    let mut expected = mapped(document, schema.value);
    let mut found = normalised(&derived);
    if let (Some(expected), Some(found)) = (expected.as_object_mut(), found.as_object_mut()) {
        // `$defs` is compared under each component's own name.
        found.remove("$defs");
        found.remove("$schema");
        if !expected.contains_key("title") && found.get("title").is_some_and(|title| title == binding.name) {
            found.remove("title");
        }
    }
    let mut differences = Vec::new();
    differ(binding.name, &Pointer::root(), &expected, &found, &mut differences);
    differences
}

/// The difference that a case shows between the document's verdict and that of the derived schema.
pub fn judge_case(binding: &Binding, derived: &Validator, case: &Case) -> Option<Difference> {
    let verdict = derived.violations(&case.payload);
    let whole = |fault: &Violation| fault.keyword == "type" && is_whole_fraction(&case.payload, &fault.pointer);
    if case.fault.as_ref().is_some_and(whole) {
        return None;
    }
    let (problem, place, keyword) = match &case.fault {
        None if verdict.is_empty() => return None,
        None => (Problem::RefusesValid, verdict[0].pointer.clone(), verdict[0].keyword.clone()),
        Some(fault) if verdict.is_empty() => (Problem::AcceptsInvalid, fault.pointer.clone(), fault.keyword.clone()),
        Some(fault) if verdict.contains(fault) => return None,
        Some(fault) => (Problem::OtherReason, fault.pointer.clone(), fault.keyword.clone()),
    };
    let said: Vec<String> = verdict.iter().map(ToString::to_string).collect();
    let said = if said.is_empty() {
        "the derived schema accepts it".into()
    } else {
        format!("the derived schema says {}", said.join(", "))
    };
    Some(Difference {
        oracle: "derived",
        problem,
        place: Difference::place(binding.name, &place),
        keyword,
        detail: format!("{}; {said}", case.label),
        shown_by: case.payload.clone(),
    })
}

/// Compiles the derived schema, to judge payloads by it; nothing where the type has none.
pub fn compiled(binding: &Binding) -> Result<Option<Validator>, OracleError> {
    (binding.derived)().map(|schema| Validator::derived(binding.name, &schema)).transpose()
}

/// The document's schema in the words of the derived one.
fn mapped(document: &Document, schema: &Value) -> Value {
    let mapped = |schema: &Value| mapped(document, schema);
    let Some(object) = schema.as_object() else { return schema.clone() };
    if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
        let target = Pointer::from_reference(reference).and_then(|target| document.at(&target));
        let mut referred =
            Map::from_iter([("$ref".to_owned(), reference.replace("#/components/schemas/", "#/$defs/").into())]);
        if target.is_some_and(|target| target.value.get("deprecated") == Some(&Value::Bool(true))) {
            referred.insert("deprecated".into(), true.into());
        }
        return referred.into();
    }
    let mut out = Map::new();
    let flag = |keyword: &str| object.get(keyword) == Some(&Value::Bool(true));
    for (keyword, value) in object {
        let value = match keyword.as_str() {
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
    sorted_sets(&mut out);
    out.into()
}

/// The derived schema, with the forms that say the same brought to one.
fn normalised(schema: &Value) -> Value {
    let Some(object) = schema.as_object() else { return schema.clone() };
    let mut out = Map::new();
    for (keyword, value) in object {
        let value = match keyword.as_str() {
            _ if is_default(keyword, value) => continue,
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

/// What demands nothing says nothing, written out or not.
fn is_default(keyword: &str, value: &Value) -> bool {
    match keyword {
        "minLength" | "minItems" | "minProperties" => value.as_u64() == Some(0),
        "uniqueItems" => value == &Value::Bool(false),
        _ => false,
    }
}

/// `required`, `enum` and a type array are sets: their order says nothing.
fn sorted_sets(object: &mut Map<String, Value>) {
    for keyword in ["required", "enum", "type"] {
        if let Some(Value::Array(list)) = object.get_mut(keyword) {
            list.sort_by_key(Value::to_string);
        }
    }
}

fn differ(subject: &str, place: &Pointer, expected: &Value, found: &Value, out: &mut Vec<Difference>) {
    let (Some(left), Some(right)) = (expected.as_object(), found.as_object()) else {
        if expected != found {
            report(subject, place, Problem::Changed, "schema", expected, found, out);
        }
        return;
    };
    let keywords: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    for keyword in keywords {
        match (left.get(keyword), right.get(keyword)) {
            (Some(expected), None) => report(subject, place, Problem::Lost, keyword, expected, &Value::Null, out),
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
    out: &mut Vec<Difference>,
) {
    let detail = match problem {
        Problem::Lost => format!("the document says {expected}, the derived schema nothing"),
        Problem::Added => format!("the derived schema says {found}, the document nothing"),
        _ => format!("the document says {expected}, the derived schema {found}"),
    };
    out.push(Difference {
        oracle: "derived",
        problem,
        place: Difference::place(subject, place),
        keyword: keyword.into(),
        detail,
        shown_by: json!({ "document": expected, "derived": found }),
    });
}
