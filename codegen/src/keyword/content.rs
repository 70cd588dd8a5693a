//! What a string holds that is no text, as JSON Schema 2020-12 says it: OpenAPI 3.0 says it by a format, where it can.

use serde_json::Value;

use super::{Derived, Keyword, Of, Words};
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        derived: Derived::AnnotationAs("contentEncoding", Value::clone),
        ..told("x-2020-12-contentEncoding", Shape::Text, "encoded as {}")
    },
    Keyword {
        derived: Derived::AnnotationAs("contentMediaType", Value::clone),
        ..told("x-2020-12-contentMediaType", Shape::Text, "of the media type {}")
    },
    Keyword {
        about: Some(Of::Strings),
        derived: Derived::AnnotationAs("contentSchema", Value::clone),
        ..Keyword::annotation("x-2020-12-contentSchema", Shape::Any)
    },
];

const fn told(name: &'static str, value: Shape, limit: &'static str) -> Keyword {
    Keyword { about: Some(Of::Strings), words: Words::Limit(limit), ..Keyword::annotation(name, value) }
}
