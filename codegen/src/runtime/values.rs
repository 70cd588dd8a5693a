//! JSON values that the document writes out.

use serde_json::Value;

/// The value of a text that the generator has written from one.
pub(crate) fn json_value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Gives a type an example that is none of the document's own for it.
macro_rules! example {
    ($name:ident, $value:expr) => {
        impl $name {
            /// A small value, as the document allows it.
            pub fn example() -> Self {
                $value
            }
        }
    };
}

pub(crate) use example;
