//! JSON values of the document as Rust expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// How many values `serde_json::json!` is given at most: it takes some steps for each, and the compiler stops at 128.
const MOST: usize = 24;

/// An expression that becomes a `serde_json::Value`: a scalar as it is, all else as a value already.
pub fn value_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(::serde_json::Value::Null),
        Value::Bool(value) => quote!(#value),
        Value::String(value) => quote!(#value),
        Value::Number(number) => number_tokens(number),
        compound => json_tokens(compound),
    }
}

/// An expression of the type `serde_json::Value`.
pub fn json_tokens(value: &Value) -> TokenStream {
    if count(value) > MOST {
        let text = value.to_string();
        return quote!(super::runtime::json_value(#text));
    }
    let inner = macro_tokens(value);
    quote!(::serde_json::json!(#inner))
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum::<usize>(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// A number as Rust takes it for what it is: without its type, a large one would not be an `i32`.
fn number_tokens(number: &serde_json::Number) -> TokenStream {
    if let Some(number) = number.as_u64() {
        let literal = Literal::u64_suffixed(number);
        return quote!(#literal);
    }
    let negative = number.as_i64().map(Literal::i64_suffixed).or_else(|| number.as_f64().map(Literal::f64_suffixed));
    negative.map_or_else(|| quote!(0), |literal| quote!(#literal))
}

/// A value as the argument of `serde_json::json!`.
fn macro_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Array(items) => {
            let items = items.iter().map(macro_tokens);
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = macro_tokens(value);
                quote!(#key: #value)
            });
            quote!({ #(#members),* })
        }
        scalar => value_tokens(scalar),
    }
}
