//! Documentation as attributes, a line each, as comments of `///` are.

use proc_macro2::Span;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, MetaNameValue};

/// A text as documentation; none for an empty text.
pub fn doc(text: &str) -> Vec<Attribute> {
    if text.is_empty() {
        return Vec::new();
    }
    text.lines()
        .map(|line| {
            // Characters that turn the direction of a line around are an error in Rust's comments, and so is a lone carriage
            // return.
            let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\r' | '\0');
            let line: String = line.chars().filter(|c| !turns(c)).collect();
            let line = if line.is_empty() { line } else { format!(" {line}") };
            attribute(&line)
        })
        .collect()
}

/// `#[doc = "…"]`, put together by hand: there are hundreds, and parsing them would take longer than all else.
fn attribute(line: &str) -> Attribute {
    let text = LitStr::new(line, Span::call_site());
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: Default::default(),
            value: Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(text) }),
        }),
    }
}
