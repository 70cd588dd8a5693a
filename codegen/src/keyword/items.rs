//! `items`: what an array holds.

use super::{Keyword, Of, Words};
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    about: Some(Of::Lists),
    words: Words::Parts(|schema, inner| {
        schema.get("items").map(|items| format!("of {}", inner(items))).into_iter().collect()
    }),
    ..Keyword::structural("items", Shape::Referable(Kind::Schema))
}];
