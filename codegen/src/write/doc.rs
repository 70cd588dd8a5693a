//! Documentation as attributes, a line each, as comments of `///` are.

use proc_macro2::{Literal, Span};
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, Meta, MetaNameValue};

use crate::markdown::readable;

/// A text as documentation; none for an empty text.
pub fn doc(text: &str) -> Vec<Attribute> {
    if text.is_empty() {
        return Vec::new();
    }
    let lines = shown(text);
    lines.map(|line| attribute(&if line.is_empty() { line } else { format!(" {line}") })).collect()
}

/// The lines of a text as documentation shows them.
pub fn shown(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(readable)
}

/// `#[doc = "…"]`, put together by hand: there are hundreds, and parsing them would take longer than all else.
fn attribute(line: &str) -> Attribute {
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: Default::default(),
            value: Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Verbatim(literal(line)) }),
        }),
    }
}

/// A line as a string of Rust. `Literal::string` asks of each character whether it can be shown, which takes several times as long.
fn literal(line: &str) -> Literal {
    let mut quoted = String::with_capacity(line.len() + 2);
    quoted.push('"');
    for character in line.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted.parse().unwrap_or_else(|_| Literal::string(line))
}
