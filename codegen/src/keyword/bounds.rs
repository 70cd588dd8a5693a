//! `minimum`, `maximum`, and whether the bound itself is excluded.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::{Derived, Keyword, Of, Rule, Words, whole};
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        derived: Derived::As(|schema, _| bound(schema, ["minimum", "exclusiveMinimum"])),
        ..Keyword::assertion(
            "minimum",
            Shape::Number,
            Rule::of(Of::Numbers, |schema| field(schema, ["minimum", "exclusiveMinimum"], "minimum")),
            "minimum {}",
        )
    },
    Keyword {
        derived: Derived::As(|schema, _| bound(schema, ["maximum", "exclusiveMaximum"])),
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
        derived: Derived::WithAnother,
        words: Words::Flag(flag),
        ..Keyword::assertion(name, Shape::Boolean, Rule::of(Of::Numbers, |_| None), "")
    }
}

/// The bound as JSON Schema writes it, where an exclusive one is a number under another keyword.
fn bound(schema: &Value, [inclusive, exclusive]: [&str; 2]) -> Option<Map<String, Value>> {
    let limit = schema.get(inclusive)?.clone();
    let name = if is_true(schema, exclusive) { exclusive } else { inclusive };
    Some(Map::from_iter([(name.to_owned(), limit)]))
}

fn field(schema: &Value, [inclusive, exclusive]: [&str; 2], field: &str) -> Option<TokenStream> {
    let limit = number(schema.get(inclusive)?)?;
    let field = if is_true(schema, exclusive) { format_ident!("exclusive_{field}") } else { format_ident!("{field}") };
    Some(quote!(#field: Some(#limit)))
}

/// An integer as a literal without a type.
pub fn whole_tokens(number: i128) -> TokenStream {
    let positive = Literal::u128_unsuffixed(number.unsigned_abs());
    if number < 0 { quote!(-#positive) } else { quote!(#positive) }
}

/// A number as the runtime has it: exact where it is an integer.
pub(super) fn number(value: &Value) -> Option<TokenStream> {
    if let Some(whole) = whole(value) {
        let whole = whole_tokens(whole);
        return Some(quote!(super::runtime::Number::Whole(#whole)));
    }
    let float = value.as_f64()?;
    let positive = Literal::f64_unsuffixed(float.abs());
    let float = if float < 0.0 { quote!(-#positive) } else { quote!(#positive) };
    Some(quote!(super::runtime::Number::Float(#float)))
}

fn is_true(schema: &Value, keyword: &str) -> bool {
    schema.get(keyword) == Some(&Value::Bool(true))
}
