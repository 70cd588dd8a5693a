//! Places in progenitor's syntax tree, and words as documentation attributes.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Item, ItemMod, Lit, LitStr, Meta, MetaNameValue};

use super::PassError;
use crate::model::{NamedType, NamedTypes};

/// The items of a module at the file's root.
pub fn module<'a>(pass: &'static str, file: &'a mut syn::File, name: &str) -> Result<&'a mut Vec<Item>, PassError> {
    let found = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) if ident == name => Some(items),
        _ => None,
    });
    found.ok_or_else(|| PassError { pass, what: format!("module `{name}`") })
}

/// The identifier of an item that declares a type, or of the type that an `impl` is for.
pub fn subject(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Impl(item) => match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
            _ => None,
        },
        _ => None,
    }
}

/// A text as documentation, a line an attribute, as a comment of `///` would be; none for an empty text.
pub fn doc(text: &str) -> Vec<Attribute> {
    if text.is_empty() {
        return Vec::new();
    }
    text.lines()
        .map(|line| {
            // What turns the direction of a text around is an error in Rust's comments, and so is a lone carriage return.
            let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\r' | '\0');
            let line: String = line.chars().filter(|c| !turns(c)).collect();
            let line = if line.is_empty() { line } else { format!(" {line}") };
            doc_line(&line)
        })
        .collect()
}

/// `#[doc = "…"]`, put together by hand: there are hundreds, and parsing each takes longer than all else of a pass.
fn doc_line(line: &str) -> Attribute {
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

/// The traits of equality that a type can have, as a list for its `derive`.
pub fn equality(ty: &NamedType, types: NamedTypes<'_>) -> TokenStream {
    let total = types.named_has_total_equality(&ty.ident);
    if total { quote!(PartialEq, Eq, Hash,) } else { quote!(PartialEq,) }
}
