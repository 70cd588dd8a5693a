//! `not`: what no value may be.

use super::derived::renamed;
use super::{Derived, Keyword, Words};
use crate::claim::Claim;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    derived: Derived::As(|schema, references| renamed(schema, "not", "not", references)),
    words: Words::Parts(|schema, inner| {
        schema.get("not").map(|not| format!("not {}", inner(not))).into_iter().collect()
    }),
    also: |_| &[Claim::Conformance],
    ..Keyword::structural("not", Shape::Referable(Kind::Schema))
}];
