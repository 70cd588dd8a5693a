//! JSON values of the document as Rust expressions.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::LitStr;

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
    let text = literal(&value.to_string());
    quote!(super::runtime::json_value(#text))
}

/// A string as a literal that a reader can read: raw, where nothing in it is invisible.
pub fn literal(text: &str) -> LitStr {
    let is_visible = !text.chars().any(|c| c.is_control() || crate::markdown::turns(c));
    // One more than follow any quotation mark.
    let longest = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len()).max();
    let raw = longest.filter(|_| is_visible).and_then(|longest| {
        let hashes = "#".repeat(longest + 1);
        syn::parse_str(&format!("r{hashes}\"{text}\"{hashes}")).ok()
    });
    raw.unwrap_or_else(|| LitStr::new(text, Span::call_site()))
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
