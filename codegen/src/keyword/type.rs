//! `type`: what a value is.

use super::{Keyword, Words};
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    words: Words::Kind(|value| value.as_str().map(str::to_owned)),
    ..Keyword::structural("type", Shape::Word(&["string", "integer", "number", "boolean", "array", "object"]))
}];
