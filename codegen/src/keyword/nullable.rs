//! `nullable`: whether null is a value too.

use serde_json::Value;

use super::{Derived, Keyword, Merge, Words};
use crate::claim::Claim;
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    // Null must be allowed by every member of an `allOf`, which whoever reads the schema asks each.
    merge: Merge::Apart,
    derived: Derived::WithAnother,
    words: Words::Kind(|value| (*value == Value::Bool(true)).then(|| "or null".to_owned())),
    claims: |_| &[Claim::Type, Claim::Conformance, Claim::DerivedSchema],
    ..Keyword::structural("nullable", Shape::Boolean)
}];
