//! What a value of another type than its schema's was meant to be.

use serde_json::{Number, Value};

use crate::document::{Document, Pointer, kind_name};

/// The value of a schema's type that was most likely meant; `None` where there is no telling.
pub(super) fn meant(kind: &str, document: &Document, pointer: &Pointer, value: &Value) -> Option<Value> {
    match (kind, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(written(document, pointer, value))),
        ("boolean", Value::String(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some(Value::Bool(true)),
            "false" | "no" | "off" => Some(Value::Bool(false)),
            _ => None,
        },
        ("integer", Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
        ("number", Value::String(text)) => text
            .parse::<i64>()
            .ok()
            .map(Value::from)
            .or_else(|| Number::from_f64(text.parse().ok()?).map(Value::Number)),
        _ => None,
    }
}

/// A scalar as the document writes it, so that `1.10` stays `1.10`.
pub(super) fn written(document: &Document, pointer: &Pointer, value: &Value) -> String {
    document.written(pointer).map_or_else(|| value.to_string(), str::to_owned)
}

/// How to write the value so that its type is the schema's.
pub(super) fn help(kind: &str, document: &Document, pointer: &Pointer, value: &Value) -> String {
    match (kind, value, meant(kind, document, pointer, value)) {
        (_, Value::Null, _) => "remove it, or add `nullable: true`".to_owned(),
        ("string", _, Some(Value::String(text))) => format!("put it in quotes: `'{text}'`"),
        (_, Value::String(text), Some(meant)) if document.written(pointer) != Some(text) => {
            format!("remove the quotes: `{meant}`")
        }
        (_, _, Some(meant)) => format!("write `{meant}`"),
        (_, Value::String(_), None) => "write a value of this type, or change `type` to `string`".to_owned(),
        _ => "write a value of this type, or change `type`".to_owned(),
    }
}

/// What becomes of a value, as the end of a message.
pub(super) fn fate(meant: Option<&Value>) -> String {
    match meant {
        Some(value) => format!("it is read as `{value}`"),
        None => "it is ignored".to_owned(),
    }
}

/// What kind of value it is, and which: `the number 90`.
pub(super) fn described(document: &Document, pointer: &Pointer, value: &Value) -> String {
    match value {
        Value::Number(_) => format!("the number {}", written(document, pointer, value)),
        Value::Bool(_) => value.to_string(),
        Value::String(text) if text.chars().count() <= 40 => format!("the string `{text}`"),
        _ => kind_name(value).to_owned(),
    }
}
