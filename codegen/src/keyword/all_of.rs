//! `allOf`: schemas that hold at once, which the reader merges into one.

use serde_json::Value;

use super::{Keyword, Merge, Words, alternatives};
use crate::claim::Claim;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    merge: Merge::Apart,
    words: Words::Parts(|schema, inner| alternatives::members(schema, "allOf", "all of", inner)),
    also: |_| &[Claim::Type, Claim::Conformance],
    ..Keyword::structural("allOf", Shape::List(&Shape::Referable(Kind::Schema)))
}];

/// The reference that a schema is, which says no more of its own than what it is described as and that it is deprecated. One
/// alternative is none: it is as good as a part.
pub fn described(schema: &Value) -> Option<&Value> {
    let fields = schema.as_object()?;
    let combined = ["allOf", "oneOf", "anyOf"].into_iter().find(|keyword| fields.contains_key(*keyword))?;
    let [only] = fields.get(combined)?.as_array()?.as_slice() else { return None };
    if !fields.keys().all(|name| name == combined || ["title", "description", "deprecated"].contains(&name.as_str())) {
        return None;
    }
    Some(only).filter(|only| only.get("$ref").is_some())
}
