//! Styles of parameters and of properties of forms, as the runtime names them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Content, Style, pascal};

/// A style.
pub fn style(style: Style) -> TokenStream {
    let variant = format_ident!("{}", pascal(style.key()));
    quote!(super::runtime::Style::#variant)
}

/// The properties of a form for which the document states how they are written.
pub fn of_form(content: Option<&Content<'_>>) -> Vec<TokenStream> {
    let encodings = content.into_iter().flat_map(|content| &content.encodings);
    let stated =
        encodings.filter(|encoding| encoding.described.style.is_some() || encoding.described.explode.is_some());
    let written = stated.map(|encoding| {
        let (name, described) = (encoding.property, &encoding.described);
        let stated = described.style.and_then(Style::from_key).unwrap_or(Style::Form);
        let explode = described.explode.unwrap_or(stated == Style::Form);
        let style = style(stated);
        quote!((#name, #style, #explode))
    });
    written.collect()
}
