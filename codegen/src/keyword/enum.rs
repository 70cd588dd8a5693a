//! `enum`: the values that there are.

use super::{Keyword, Merge, Words};
use crate::claim::Claim;
use crate::markdown::code;
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword {
    merge: Merge::By(|first, second| {
        let second = second.as_array()?;
        first.as_array_mut()?.retain(|value| second.contains(value));
        Some(())
    }),
    words: Words::Kind(|values| {
        let values: Vec<String> = values.as_array()?.iter().map(code).collect();
        (!values.is_empty()).then(|| format!("one of {}", values.join(" ")))
    }),
    also: |_| &[Claim::Type, Claim::Constructor, Claim::Conformance, Claim::Documentation],
    ..Keyword::structural("enum", Shape::List(&Shape::Any))
}];
