//! Styles of parameters and of properties of forms, as the runtime names them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use serde_json::Value;

use crate::model::{Content, Parameter, Sent, Style, pascal};

/// A parameter, and how it is written.
pub fn parameter(parameter: &Parameter<'_>) -> TokenStream {
    let Parameter { wire, style, explode, reserved, .. } = parameter;
    // One that may be null is left out where it is null.
    let required = parameter.is_always_sent().then(|| quote!(.required()));
    let written = written(wire, *style, *explode, *reserved);
    quote!(#written #required)
}

fn written(name: &str, style: Style, explode: bool, reserved: bool) -> TokenStream {
    let of = match (style, explode) {
        (Style::Form, true) => quote!(form(#name)),
        (Style::Simple, false) => quote!(simple(#name)),
        _ => {
            let style = format_ident!("{}", pascal(style.key()));
            quote!(new(#name, super::runtime::Style::#style, #explode))
        }
    };
    let reserved = reserved.then(|| quote!(.reserved()));
    quote!(super::runtime::Parameter::#of #reserved)
}

/// The properties of a form that must be there. One that is always written needs no care, but a schema that is not plain may leave
/// open which is.
pub fn required_of_form<'s>(sent: &'s Sent<'_>) -> Vec<&'s str> {
    let declared = |name: &str| sent.schema.get("properties").and_then(|properties| properties.get(name));
    let is_written = |name: &&str| {
        let kind = declared(name).filter(|one| one.get("nullable").is_none()).and_then(|one| one.get("type")?.as_str());
        kind.is_some_and(|kind| !matches!(kind, "array" | "object"))
    };
    let required = sent.schema.get("required").and_then(Value::as_array).into_iter().flatten();
    required.filter_map(Value::as_str).filter(|name| !is_written(name)).collect()
}

/// The properties of a form for which the document states how they are written.
pub fn of_form(content: Option<&Content<'_>>) -> Vec<TokenStream> {
    let encodings = content.into_iter().flat_map(|content| &content.encodings);
    let written = encodings.filter_map(|encoding| {
        let (name, described) = (encoding.property, &encoding.described);
        let is_stated = described.style.is_some() || described.explode.is_some() || described.allows_reserved;
        let style = match (is_stated, encoding.is_json()) {
            (true, _) => described.style.and_then(Style::from_key).unwrap_or(Style::Form),
            (false, true) => Style::Json,
            (false, false) => return None,
        };
        let explode = described.explode.unwrap_or(style == Style::Form);
        Some(self::written(name, style, explode, described.allows_reserved))
    });
    written.collect()
}
