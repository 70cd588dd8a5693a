//! `deprecated` and the reason for it, which the compiler shows.

use serde_json::Value;
use syn::{Attribute, parse_quote};

use super::{Keyword, Words};
use crate::claim::Claim;
use crate::markdown::phrase;
use crate::spec::Shape;

/// The extensions by which documents give a reason; the first is this project's.
pub const REASONS: [&str; 2] = ["x-deprecated-reason", "x-deprecatedReason"];

/// How it is written.
pub const NAME: &str = "deprecated";

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword { words: Words::Mark(NAME), also: |_| &[Claim::Type], ..Keyword::annotation(NAME, Shape::Boolean) },
    Keyword { also: |_| &[Claim::Type, Claim::Documentation], ..Keyword::annotation(REASONS[0], Shape::Text) },
];

/// `#[deprecated]` with the document's reason, where a schema, parameter or operation is deprecated.
pub fn deprecation(holder: &Value) -> Option<Attribute> {
    if holder.get(NAME) != Some(&Value::Bool(true)) {
        return None;
    }
    Some(attribute(reason(holder)))
}

/// Why it is deprecated, where the document says so.
pub fn reason(holder: &Value) -> Option<&str> {
    REASONS.into_iter().find_map(|key| holder.get(key)?.as_str())
}

/// `#[deprecated]` with a reason, where there is one. rustdoc reads it as Markdown, like a description.
pub fn attribute(reason: Option<&str>) -> Attribute {
    match phrase(reason) {
        Some(reason) => parse_quote!(#[deprecated(note = #reason)]),
        None => parse_quote!(#[deprecated]),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_reason_is_prose_that_does_nothing() {
        let written = |reason| {
            let attribute = attribute(Some(reason));
            quote!(#attribute).to_string()
        };
        assert_eq!(written("Use `locale` instead."), quote!(#[deprecated(note = "Use `locale` instead.")]).to_string());
        assert_eq!(written("   "), quote!(#[deprecated]).to_string());
        for hostile in ["<script>alert(1)</script>", "[more](javascript:alert)", "a\n\n    let x = 1;\n"] {
            let written = written(hostile);
            let escaped = ["\\\\<script", "\\\\[more", "`let x"].iter().any(|sign| written.contains(sign));
            assert!(escaped, "{written}");
        }
    }
}
