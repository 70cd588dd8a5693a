//! `title` and `description`: the author's own sentences.

use super::{Derived, Keyword, Words};
use crate::claim::Claim;
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[sentence("title"), sentence("description")];

const fn sentence(name: &'static str) -> Keyword {
    Keyword {
        derived: Derived::Text,
        words: Words::Sentence,
        claims: |_| &[Claim::DerivedSchema, Claim::Documentation],
        ..Keyword::annotation(name, Shape::Text)
    }
}
