//! JSON values that the document writes out.

use serde_json::Value;

/// The value of a text that the generator has written from one.
pub(crate) fn json_value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Gives a type an example that is none of the document's own for it: the value, which begins with the type's name.
macro_rules! example {
    ($name:ident $($value:tt)*) => {
        impl $name {
            /// A small value, as the document allows it.
            pub fn example() -> Self {
                $name $($value)*
            }
        }
    };
}

/// Gives a type the document's example.
macro_rules! given_example {
    ($name:ident $($value:tt)*) => {
        impl $name {
            /// The document's example.
            pub fn example() -> Self {
                $name $($value)*
            }
        }
    };
}

pub(crate) use {example, given_example};
