//! `not`: what no value may be.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{Derived, Keyword, Words};
use crate::claim::Claim;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    derived: Derived::As(|schema| Some(("not", schema.get("not").filter(|not| is_plain(not))?.clone()))),
    words: Words::Parts(|schema, inner| {
        schema.get("not").map(|not| format!("not {}", inner(not))).into_iter().collect()
    }),
    claims: |_| &[Claim::Conformance],
    ..Keyword::structural("not", Shape::Referable(Kind::Schema))
}];

/// Whether JSON Schema writes a schema as OpenAPI does, and it names no other.
fn is_plain(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().all(|(keyword, value)| {
            !["$ref", "nullable", "exclusiveMinimum", "exclusiveMaximum", "example", "discriminator"]
                .contains(&keyword.as_str())
                && is_plain(value)
        }),
        Value::Array(items) => items.iter().all(is_plain),
        _ => true,
    }
}

/// The statement that reports a value of the type that `not` refuses.
pub fn refusal(refused: &TokenStream) -> TokenStream {
    quote!(at.refuse::<#refused>(self);)
}
