//! `minItems`, `maxItems` and `uniqueItems`: how many items an array has, and whether one may stand in it twice.

use quote::quote;
use serde_json::Value;

use super::rule::count;
use super::{Keyword, Merge, Of, Rule, Words};
use crate::spec::Shape::{Boolean, Count};

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword::assertion(
        "minItems",
        Count,
        Rule::of(Of::Lists, |schema| count(schema, "minItems", "min_items")),
        "at least {} items",
    )
    .merged(Merge::Largest),
    Keyword::assertion(
        "maxItems",
        Count,
        Rule::of(Of::Lists, |schema| count(schema, "maxItems", "max_items")),
        "at most {} items",
    )
    .merged(Merge::Smallest),
    Keyword {
        words: Words::Flag("no item twice"),
        merge: Merge::By(|first, second| {
            *first = Value::Bool(first.as_bool()? || second.as_bool()?);
            Some(())
        }),
        ..Keyword::assertion(
            "uniqueItems",
            Boolean,
            Rule::of(Of::Lists, |schema| {
                (schema.get("uniqueItems") == Some(&Value::Bool(true))).then(|| quote!(unique_items: true))
            }),
            "",
        )
    },
];
