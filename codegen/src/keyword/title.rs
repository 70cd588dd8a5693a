//! `title` and `description`: the author's own sentences.

use super::{Derived, Keyword, Words};
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[sentence("title"), sentence("description")];

const fn sentence(name: &'static str) -> Keyword {
    Keyword { derived: Derived::Text, words: Words::Sentence, ..Keyword::annotation(name, Shape::Text) }
}
