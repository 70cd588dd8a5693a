//! `allOf`: schemas that hold at once, which the reader merges into one.

use super::{Keyword, Merge, Words, alternatives};
use crate::claim::Claim;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    merge: Merge::Apart,
    words: Words::Parts(|schema, inner| alternatives::members(schema, "allOf", "all of", inner)),
    claims: |_| &[Claim::Type, Claim::Conformance],
    ..Keyword::structural("allOf", Shape::List(&Shape::Referable(Kind::Schema)))
}];
