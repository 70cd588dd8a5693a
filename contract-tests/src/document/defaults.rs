//! What a document says that holds without it.

use serde_json::Value;

use super::count;

/// Defaults of OpenAPI 3.0.3, where saying them changes neither what conforms nor what a reader is told.
pub(crate) fn is_default(key: &str, value: &Value) -> bool {
    match key {
        "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" | "exclusiveMinimum"
        | "exclusiveMaximum" | "allowEmptyValue" | "allowReserved" => value == &Value::Bool(false),
        // Of a parameter; of a schema it is a list.
        "required" => value == &Value::Bool(false),
        "minLength" | "minItems" | "minProperties" => count(value) == Some(0),
        _ => false,
    }
}
