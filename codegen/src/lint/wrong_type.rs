//! `wrong-type`: a value of another type has no meaning there.

use serde_json::Value;

use crate::document::Document;
use crate::spec::walk::Visit;
use crate::spec::{Presence, Shape};
use crate::version::Version;

use super::incomplete_object::is_dispensable;
use super::meant::{described, fate, meant, written};

use super::nearest::did_you_mean;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    level: Level::Error,
    description: "Every field's value is of the type that OpenAPI 3.0 requires.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    findings.noted();
    let is_newer = Version::of(survey.document.root()) == Some(Version::V3_1);
    for visit in survey.visits() {
        // What is wrong with the version, `openapi-version` says.
        if visit.reference().is_some() || visit.pointer.as_str() == "/openapi" {
            continue;
        }
        if visit.shape.is_referable()
            && let Some(target) = visit.value.get("$ref")
        {
            let message = format!(
                "a reference is a string, not {}",
                described(survey.document, &visit.pointer.join("$ref"), target)
            );
            findings.at_value(&visit.pointer.join("$ref"), message, "write `$ref: '#/components/…'`");
        } else if !fits(visit.shape, visit.value) {
            let name = visit.pointer.last();
            let subject = if name.parse::<usize>().is_ok() { "this".to_owned() } else { format!("`{name}`") };
            let found = described(survey.document, &visit.pointer, visit.value);
            let message = format!("{subject} is {found}, but must be {}", visit.shape);
            let help = help(&name, visit.shape, survey.document, (visit, is_newer));
            let without = || Reading::Without(visit.pointer.clone());
            if visit.value.is_number() && ["exclusiveMinimum", "exclusiveMaximum"].contains(&name.as_str()) {
                let message = format!(
                    "`{name}` is a number in OpenAPI 3.1, and true or false in OpenAPI 3.0: this value has no effect"
                );
                findings.at_value(&visit.pointer, message, help).read(without());
            } else if let Some(meant) = clear(survey.document, visit) {
                let message = format!("{message}: {}", fate(Some(&meant)));
                findings.at_value(&visit.pointer, message, help).read(Reading::With(visit.pointer.clone(), meant));
            } else if !is_optional(survey, visit) {
                findings.at_value(&visit.pointer, message, help);
            } else if visit.value.is_null() {
                findings.at_value(&visit.pointer, format!("{message}: {}", fate(None)), help).read(without());
            } else {
                findings.at_value(&visit.pointer, message, help).if_allowed(without());
            }
        }
    }
}

fn fits(shape: Shape, value: &Value) -> bool {
    match shape {
        Shape::Any => true,
        Shape::Text => value.is_string(),
        Shape::Word(words) => value.as_str().is_some_and(|text| words.contains(&text)),
        Shape::Boolean => value.is_boolean(),
        Shape::Number => value.is_number(),
        Shape::Count => value.is_u64(),
        Shape::SchemaOrBoolean => value.is_boolean() || value.is_object(),
        Shape::List(_) => value.is_array(),
        Shape::Object(_) | Shape::Referable(_) | Shape::Map(_) => value.is_object(),
    }
}

/// What stands there in other words, where there is no doubt.
fn clear(document: &Document, visit: &Visit<'_>) -> Option<Value> {
    let kind = match visit.shape {
        Shape::Text => "string",
        Shape::Boolean => "boolean",
        Shape::Number => "number",
        Shape::Count => "integer",
        Shape::Word(words) => {
            let text = visit.value.as_str()?.to_lowercase();
            let word = synonym(&text).and_then(|(_, word)| word).unwrap_or(&text);
            return words.contains(&word).then(|| word.into());
        }
        _ => return None,
    };
    meant(kind, document, &visit.pointer, visit.value).filter(|meant| fits(visit.shape, meant))
}

/// Whether what stands there may be left out: an item of a list, or a field that is not required.
fn is_optional(survey: &Survey<'_>, visit: &Visit<'_>) -> bool {
    let parent = visit.pointer.parent().and_then(|parent| survey.document.get(&parent));
    let Some((kind, _)) = parent.and_then(|parent| survey.visit_of(parent)).and_then(Visit::object) else {
        return true;
    };
    let name = visit.pointer.last();
    let field = kind.definition().fields.iter().find(|field| field.name == name);
    field.is_none_or(|field| field.presence == Presence::Optional || is_dispensable(kind, field.name))
}

fn help(name: &str, shape: Shape, document: &Document, (visit, is_newer): (&Visit<'_>, bool)) -> String {
    let value = visit.value;
    let fixed = match (name, shape, value) {
        ("required", Shape::List(_), Value::Bool(_)) => {
            "list the property's name in the `required` of the schema that holds the property"
        }
        ("type", Shape::Word(_), Value::Array(_)) if is_newer => "list at least one type, each by its name in quotes",
        ("type", Shape::Word(_), Value::Array(types)) if types.iter().any(|item| item == "null" || item.is_null()) => {
            "a list of types is OpenAPI 3.1: write one `type` and `nullable: true`"
        }
        ("type", Shape::Word(_), Value::Array(_)) => {
            "a list of types is OpenAPI 3.1: use `anyOf` with one schema a type"
        }
        ("type", Shape::Word(_), Value::String(text)) if text == "null" => "write the type and `nullable: true`",
        ("type", Shape::Word(_), Value::Null) => "write the type and `nullable: true`",
        ("type", Shape::Word(_), Value::String(text)) if synonym(text).is_some() => {
            return format!("write {}", synonym(text).map(|(words, _)| words).unwrap_or_default());
        }
        ("exclusiveMinimum" | "exclusiveMaximum", _, Value::Number(limit)) => {
            let bound = if name == "exclusiveMinimum" { "minimum" } else { "maximum" };
            return format!("in OpenAPI 3.0 write `{bound}: {limit}` and `{name}: true`");
        }
        (_, Shape::Word(words), Value::String(text)) => {
            return did_you_mean(text, words.iter().copied(), "write one of these");
        }
        (_, Shape::Text, Value::Number(_) | Value::Bool(_)) => {
            return format!("put it in quotes: `'{}'`", written(document, &visit.pointer, value));
        }
        (_, Shape::Boolean | Shape::SchemaOrBoolean, Value::String(text)) if text == "true" || text == "false" => {
            "remove the quotes"
        }
        (_, Shape::Number | Shape::Count, Value::String(text)) if text.parse::<f64>().is_ok() => "remove the quotes",
        (_, _, Value::Null) => "fill in a value, or remove the key",
        (_, Shape::Map(_) | Shape::Object(_) | Shape::Referable(_), Value::Array(_)) => {
            "write `key: value` entries without leading dashes"
        }
        (_, Shape::List(_), _) => "write each item on its own line after a dash",
        _ => return format!("write {shape}"),
    };
    fixed.to_owned()
}

/// What other languages call a type of OpenAPI's: what to write, and the word where it is one.
fn synonym(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match name.to_lowercase().as_str() {
        "int" | "long" | "int32" | "int64" => ("`type: integer`", Some("integer")),
        "float" | "double" | "decimal" => ("`type: number`", Some("number")),
        "bool" => ("`type: boolean`", Some("boolean")),
        "str" | "text" => ("`type: string`", Some("string")),
        "date" => ("`type: string` and `format: date`", None),
        "datetime" | "date-time" | "timestamp" => ("`type: string` and `format: date-time`", None),
        "file" | "binary" => ("`type: string` and `format: binary`", None),
        "list" => ("`type: array`", Some("array")),
        "map" | "dict" | "struct" => ("`type: object`", Some("object")),
        _ => return None,
    })
}
