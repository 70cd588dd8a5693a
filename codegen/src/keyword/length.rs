//! `minLength` and `maxLength`: how many Unicode code points a string has.

use super::rule::count;
use super::{Keyword, Merge, Rule};
use crate::spec::Shape::Count;

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword::of_strings(
        "minLength",
        Count,
        // Every string has as many characters as none.
        Rule::of_strings(|schema| count(schema, "minLength", "min_length").filter(|_| schema["minLength"] != 0)),
        "at least {} characters",
    )
    .merged(Merge::Largest),
    Keyword::of_strings(
        "maxLength",
        Count,
        Rule::of_strings(|schema| count(schema, "maxLength", "max_length")),
        "at most {} characters",
    )
    .merged(Merge::Smallest),
];
