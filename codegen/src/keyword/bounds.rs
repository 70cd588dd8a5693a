//! `minimum`, `maximum`, and whether the bound itself is excluded.

use std::cmp::Ordering;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::{Derived, Keyword, Of, Rule, Words, whole};
use crate::claim::Claim;
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        derived: Derived::As(|schema, _| bound(schema, PAIRS[0])),
        ..Keyword::assertion(
            "minimum",
            Shape::Number,
            Rule::of(Of::Numbers, |schema| field(schema, PAIRS[0], "minimum")),
            "minimum {}",
        )
    },
    Keyword {
        derived: Derived::As(|schema, _| bound(schema, PAIRS[1])),
        ..Keyword::assertion(
            "maximum",
            Shape::Number,
            Rule::of(Of::Numbers, |schema| field(schema, PAIRS[1], "maximum")),
            "maximum {}",
        )
    },
    exclusive::<0>("the minimum itself excluded"),
    exclusive::<1>("the maximum itself excluded"),
];

/// Whether a bound is excluded is part of the bound's own rule and of its keyword in the derived schema.
const fn exclusive<const PAIR: usize>(flag: &'static str) -> Keyword {
    Keyword {
        derived: Derived::WithAnother(is_excluded::<PAIR>),
        words: Words::Flag(flag),
        also: |schema| match schema {
            Some(schema) if !is_excluded::<PAIR>(schema) => &[],
            _ => &[Claim::Constructor, Claim::Conformance],
        },
        ..Keyword::assertion(PAIRS[PAIR][1], Shape::Boolean, Rule::of(Of::Numbers, |_| None), "")
    }
}

/// Whether a schema has a bound, and excludes it.
fn is_excluded<const PAIR: usize>(schema: &Value) -> bool {
    let [inclusive, exclusive] = PAIRS[PAIR];
    schema.get(inclusive).is_some() && is_true(schema, exclusive)
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

/// The keywords in pairs: a bound, and whether it is excluded.
const PAIRS: [[&str; 2]; 2] = [["minimum", "exclusiveMinimum"], ["maximum", "exclusiveMaximum"]];

/// Whether a keyword is merged together with another one, by [`tighten`].
pub fn is_one(name: &str) -> bool {
    PAIRS.iter().flatten().any(|keyword| *keyword == name)
}

/// Has the bounds of a schema say what those of another one say too: of two bounds the stricter one is what both say.
pub fn tighten(schema: &mut Map<String, Value>, other: &Map<String, Value>) {
    for [inclusive, exclusive] in PAIRS {
        // Without its bound, that it is excluded says nothing.
        let Some(limit) = other.get(inclusive) else { continue };
        let is_excluded = other.get(exclusive) == Some(&Value::Bool(true));
        let order = schema.get(inclusive).and_then(|kept| compared(limit, kept));
        let is_stricter = match order {
            Some(Ordering::Equal) => is_excluded,
            Some(order) => (order == Ordering::Greater) == (inclusive == "minimum"),
            None => true,
        };
        if is_stricter {
            schema.insert(inclusive.to_owned(), limit.clone());
            schema.shift_remove(exclusive);
            if is_excluded {
                schema.insert(exclusive.to_owned(), true.into());
            }
        }
    }
}

/// Two numbers by value, exactly where they are whole.
fn compared(one: &Value, other: &Value) -> Option<Ordering> {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_stricter_of_two_bounds_is_what_both_say() {
        for (one, other, both) in [
            (json!({ "minimum": 0 }), json!({ "minimum": 3 }), json!({ "minimum": 3 })),
            (json!({ "minimum": 3 }), json!({ "minimum": 0, "exclusiveMinimum": true }), json!({ "minimum": 3 })),
            (
                json!({ "minimum": 3.0, "exclusiveMinimum": true }),
                json!({ "minimum": 3 }),
                json!({ "minimum": 3.0, "exclusiveMinimum": true }),
            ),
            (json!({ "maximum": 9, "exclusiveMaximum": true }), json!({ "maximum": 8.5 }), json!({ "maximum": 8.5 })),
            (
                json!({ "maximum": 9 }),
                json!({ "maximum": 9, "exclusiveMaximum": true }),
                json!({ "maximum": 9, "exclusiveMaximum": true }),
            ),
            (json!({ "minimum": 1 }), json!({ "exclusiveMinimum": true }), json!({ "minimum": 1 })),
            (json!({}), json!({ "maximum": 1, "exclusiveMaximum": false }), json!({ "maximum": 1 })),
        ] {
            let mut tightened = one.as_object().cloned().unwrap_or_default();
            tighten(&mut tightened, other.as_object().unwrap_or(&Map::new()));
            assert_eq!(Value::Object(tightened), both, "{one} and {other}");
        }
    }
}
