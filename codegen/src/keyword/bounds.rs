//! `minimum`, `maximum`, and whether the bound itself is excluded.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::{Derived, Keyword, Of, Rule, Words};
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        derived: Derived::As(|schema| bound(schema, ["minimum", "exclusiveMinimum"])),
        ..Keyword::assertion(
            "minimum",
            Shape::Number,
            Rule::of(Of::Numbers, |schema| field(schema, ["minimum", "exclusiveMinimum"], "minimum")),
            "minimum {}",
        )
    },
    Keyword {
        derived: Derived::As(|schema| bound(schema, ["maximum", "exclusiveMaximum"])),
        ..Keyword::assertion(
            "maximum",
            Shape::Number,
            Rule::of(Of::Numbers, |schema| field(schema, ["maximum", "exclusiveMaximum"], "maximum")),
            "maximum {}",
        )
    },
    exclusive("exclusiveMinimum", "the minimum itself excluded"),
    exclusive("exclusiveMaximum", "the maximum itself excluded"),
];

/// Whether a bound is excluded is part of the bound's own rule and of its keyword in the derived schema.
const fn exclusive(name: &'static str, flag: &'static str) -> Keyword {
    Keyword {
        derived: Derived::ByType,
        words: Words::Flag(flag),
        ..Keyword::assertion(name, Shape::Boolean, Rule::of(Of::Numbers, |_| None), "")
    }
}

/// The bound as JSON Schema writes it, where an exclusive one is a number under another keyword.
fn bound(schema: &Value, [inclusive, exclusive]: [&'static str; 2]) -> Option<(&'static str, Value)> {
    let limit = schema.get(inclusive)?.clone();
    Some((if is_true(schema, exclusive) { exclusive } else { inclusive }, limit))
}

fn field(schema: &Value, [inclusive, exclusive]: [&str; 2], field: &str) -> Option<TokenStream> {
    let limit = schema.get(inclusive)?.as_f64()?;
    let field = if is_true(schema, exclusive) { format_ident!("exclusive_{field}") } else { format_ident!("{field}") };
    let positive = Literal::f64_unsuffixed(limit.abs());
    let limit = if limit < 0.0 { quote!(-#positive) } else { quote!(#positive) };
    Some(quote!(#field: Some(#limit)))
}

fn is_true(schema: &Value, keyword: &str) -> bool {
    schema.get(keyword) == Some(&Value::Bool(true))
}
