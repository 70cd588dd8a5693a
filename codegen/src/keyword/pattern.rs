//! `pattern`: a regular expression of ECMA-262 that a string matches somewhere.

use quote::quote;
use serde_json::Value;

use super::{Keyword, Rule};
use crate::spec::Shape::Text;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::of_strings(
    "pattern",
    Text,
    Rule::of_strings(|schema| {
        let pattern = schema.get("pattern").and_then(Value::as_str)?;
        Some(quote!(pattern: Some(super::runtime::Pattern {
            source: #pattern,
            matches: super::runtime::pattern_matches,
        })))
    }),
    "matches {}",
)];
