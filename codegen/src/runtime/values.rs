//! JSON values that the document writes out.

use serde_json::Value;

/// The value of a text that the generator has written from one.
pub(crate) fn json_value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
