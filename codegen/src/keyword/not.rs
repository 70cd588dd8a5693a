//! `not`: what no value may be.

use super::{Derived, Keyword, Words};
use crate::claim::Claim;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    derived: Derived::Not,
    words: Words::Parts(|schema, inner| {
        schema.get("not").map(|not| format!("not {}", inner(not))).into_iter().collect()
    }),
    claims: |_| &[Claim::Conformance],
    ..Keyword::structural("not", Shape::Referable(Kind::Schema))
}];
