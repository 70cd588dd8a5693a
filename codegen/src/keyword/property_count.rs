//! `minProperties` and `maxProperties`: how many properties an object has, declared or not.

use super::rule::count;
use super::{Keyword, Merge, Of, Rule};
use crate::spec::Shape::Count;

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword::assertion(
        "minProperties",
        Count,
        Rule::of(Of::Maps, |schema| count(schema, "minProperties", "min_properties")),
        "at least {} properties",
    )
    .merged(Merge::Largest),
    Keyword::assertion(
        "maxProperties",
        Count,
        Rule::of(Of::Maps, |schema| count(schema, "maxProperties", "max_properties")),
        "at most {} properties",
    )
    .merged(Merge::Smallest),
];
