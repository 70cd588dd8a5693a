//! `example`: what a value may look like; JSON Schema writes a list of them.

use serde_json::{Value, json};

use super::{Derived, Keyword, Words};
use crate::claim::Claim;
use crate::spec::Shape;

/// What stands before an example within a line.
pub const LEAD: &str = "such as";

/// The examples of 2020-12 but the first, which is the one that 3.0 knows.
pub const FURTHER: &str = "x-2020-12-examples";

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        derived: Derived::AnnotationAs("examples", |value| json!([value])),
        // One with members has a function of its own, `example()`.
        words: Words::Shown("Example", |value| !value.is_object() && !value.is_array(), LEAD),
        also: |_| &[Claim::Example],
        ..Keyword::annotation("example", Shape::Any)
    },
    Keyword {
        derived: Derived::AnnotationAs("examples", Value::clone),
        words: Words::Each("Further examples", LEAD),
        ..Keyword::annotation(FURTHER, Shape::Any)
    },
];
