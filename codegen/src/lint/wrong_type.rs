//! `wrong-type`: a value of another type has no meaning there.

use serde_json::Value;

use crate::document::kind_name;
use crate::spec::Shape;

use super::nearest::did_you_mean;
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    level: Level::Error,
    description: "Every field's value is of the type that OpenAPI 3.0 wants.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for visit in survey.visits() {
        // What is wrong with the version, `openapi-version` says.
        if visit.reference().is_some() || visit.pointer.as_str() == "/openapi" {
            continue;
        }
        if visit.shape.is_referable()
            && let Some(target) = visit.value.get("$ref")
        {
            let message = format!("a reference is a text, not {}", describe(target));
            findings.at_value(&visit.pointer.join("$ref"), message, "write `$ref: '#/components/…'`");
        } else if !fits(visit.shape, visit.value) {
            let name = visit.pointer.last();
            let subject = if name.parse::<usize>().is_ok() { "this".to_owned() } else { format!("`{name}`") };
            let message = format!("{subject} is {}, but must be {}", describe(visit.value), visit.shape);
            findings.at_value(&visit.pointer, message, help(&name, visit.shape, visit.value));
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

fn describe(value: &Value) -> String {
    match value {
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        _ => kind_name(value).to_owned(),
    }
}

fn help(name: &str, shape: Shape, value: &Value) -> String {
    let fixed = match (name, shape, value) {
        ("required", Shape::List(_), Value::Bool(_)) => {
            "list the property's name in the `required` of the schema that holds the property"
        }
        ("type", Shape::Word(_), Value::Array(types)) if types.iter().any(|item| item == "null" || item.is_null()) => {
            "a list of types is OpenAPI 3.1: write one `type` and `nullable: true`"
        }
        ("type", Shape::Word(_), Value::Array(_)) => {
            "a list of types is OpenAPI 3.1: use `anyOf` with one schema a type"
        }
        ("type", Shape::Word(_), Value::String(text)) if text == "null" => "write the type and `nullable: true`",
        ("type", Shape::Word(_), Value::Null) => "write the type and `nullable: true`",
        ("type", Shape::Word(_), Value::String(text)) if synonym(text).is_some() => {
            return format!("write {}", synonym(text).unwrap_or_default());
        }
        ("exclusiveMinimum" | "exclusiveMaximum", _, Value::Number(limit)) => {
            let bound = if name == "exclusiveMinimum" { "minimum" } else { "maximum" };
            return format!("in OpenAPI 3.0 write `{bound}: {limit}` and `{name}: true`");
        }
        (_, Shape::Word(words), Value::String(text)) => {
            return did_you_mean(text, words.iter().copied(), "write one of these");
        }
        (_, Shape::Text, Value::Number(_) | Value::Bool(_)) => return format!("put it in quotes: `'{value}'`"),
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

/// What other languages call a type of OpenAPI's.
fn synonym(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "int" | "long" | "int32" | "int64" => "`type: integer`",
        "float" | "double" | "decimal" => "`type: number`",
        "bool" => "`type: boolean`",
        "str" | "text" => "`type: string`",
        "date" => "`type: string` and `format: date`",
        "datetime" | "date-time" | "timestamp" => "`type: string` and `format: date-time`",
        "file" | "binary" => "`type: string` and `format: binary`",
        "list" => "`type: array`",
        "map" | "dict" | "struct" => "`type: object`",
        _ => return None,
    })
}
