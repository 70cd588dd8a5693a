//! `deprecated` and the reason for it, which the compiler shows.

use serde_json::Value;
use syn::{Attribute, parse_quote};

use super::{Keyword, Words};
use crate::claim::Claim;
use crate::spec::Shape;

/// The extensions by which documents give a reason; the first is this project's.
const REASONS: [&str; 2] = ["x-deprecated-reason", "x-deprecatedReason"];

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        words: Words::Mark("deprecated"),
        claims: |_| &[Claim::Type, Claim::DerivedSchema, Claim::Documentation],
        ..Keyword::annotation("deprecated", Shape::Boolean)
    },
    Keyword {
        claims: |_| &[Claim::Type, Claim::DerivedSchema, Claim::Documentation],
        ..Keyword::annotation(REASONS[0], Shape::Text)
    },
];

/// `#[deprecated]` with the document's reason, where a schema, parameter or operation is deprecated.
pub fn deprecation(holder: &Value) -> Option<Attribute> {
    if holder.get("deprecated") != Some(&Value::Bool(true)) {
        return None;
    }
    Some(attribute(reason(holder)))
}

/// Why it is deprecated, where the document says so.
pub fn reason(holder: &Value) -> Option<&str> {
    REASONS.into_iter().find_map(|key| holder.get(key)?.as_str())
}

/// `#[deprecated]` with a reason, where there is one.
pub fn attribute(reason: Option<&str>) -> Attribute {
    match reason {
        Some(reason) => parse_quote!(#[deprecated(note = #reason)]),
        None => parse_quote!(#[deprecated]),
    }
}
