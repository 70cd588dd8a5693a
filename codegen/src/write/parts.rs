//! Bodies of several parts: a type for each, with a setter for each part and each header of one.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::calls::known_rules;
use super::conformance::no_rules;
use super::doc::doc;
use crate::markdown::{phrase, quoted};
use crate::model::{Operation, Part, PartHeader, Parts, Sent, Types};
use crate::spec::media_type::essence;

/// The type of a body of parts.
pub fn write(operation: &Operation<'_>, sent: &Sent<'_>, parts: &Parts<'_>, types: &Types) -> TokenStream {
    let name = format_ident!("{}", parts.ident);
    let docs = doc(&format!("The parts of the body of the operation `{}`.", operation.ident));
    let setters = parts.parts.iter().map(|part| setter(part, types));
    let headers = parts.parts.iter().flat_map(|part| part.headers.iter().map(|one| header(part, one)));
    let media_type = essence(sent.media_type.unwrap_or_default());
    let required = parts.parts.iter().filter(|part| part.required).map(|part| part.wire);
    let of_parts = parts.parts.iter().flat_map(|part| {
        let required = part.headers.iter().filter(|header| header.required);
        required.map(|header| {
            let (part, header) = (part.wire, header.wire);
            quote!((#part, #header))
        })
    });
    quote! {
        #(#docs)*
        #[derive(Debug, Clone, Default)]
        pub struct #name(super::runtime::Multipart);
        impl #name {
            /// No part given yet.
            pub fn new() -> Self {
                Self::default()
            }
            #(#setters)*
            #(#headers)*
            pub(crate) fn encoded(self) -> Result<super::runtime::Encoded, String> {
                self.0.encoded(#media_type, &[#(#required),*], &[#(#of_parts),*])
            }
        }
    }
}

fn setter(part: &Part<'_>, types: &Types) -> TokenStream {
    let (ident, wire) = (format_ident!("{}", part.ident), part.wire);
    let mut traits = vec![if part.required { "required" } else { "optional" }.to_owned()];
    traits.extend(part.value.is_none().then(|| if part.list { "files" } else { "a file" }.to_owned()));
    traits.extend(part.media_types.map(quoted));
    let said = phrase(part.schema.get("description").and_then(serde_json::Value::as_str));
    let said = said.map_or_else(String::new, |said| format!(": {said}"));
    let docs = doc(&format!("Sets the part {} ({}){said}", quoted(wire), traits.join(", ")));
    let media_types = match part.media_types {
        Some(listed) if part.value.is_some() => {
            let concrete = listed.split(',').map(str::trim).find(|one| !one.contains('*'));
            concrete.map_or_else(|| quote!(None), |one| quote!(Some(#one)))
        }
        Some(listed) => quote!(Some(#listed)),
        None => quote!(None),
    };
    let (argument, content) = match &part.value {
        None if part.list => (
            quote!(files: impl IntoIterator<Item = super::runtime::File>),
            quote!(with_files(#wire, #media_types, files)),
        ),
        None => (quote!(file: super::runtime::File), quote!(with_files(#wire, #media_types, [file]))),
        Some(ty) => {
            let (name, rules) = (&part.ident, known_rules(&part.schema, ty, types).unwrap_or_else(no_rules));
            let ty = ty.in_types();
            let content = quote! {
                super::runtime::required(#name, value).and_then(|value| super::runtime::within(#name, value, &#rules))
            };
            (quote!(value: impl super::runtime::IntoValue<#ty>), quote!(with_value(#wire, #media_types, #content)))
        }
    };
    quote! {
        #(#docs)*
        #[must_use]
        pub fn #ident(self, #argument) -> Self {
            Self(self.0.#content)
        }
    }
}

fn header(part: &Part<'_>, header: &PartHeader<'_>) -> TokenStream {
    let (ident, of, wire) = (format_ident!("{}", header.ident), part.wire, header.wire);
    let required = if header.required { "required" } else { "optional" };
    let docs = doc(&format!("Sets the header {} ({required}) of the part {}.", quoted(wire), quoted(of)));
    quote! {
        #(#docs)*
        #[must_use]
        pub fn #ident(self, value: impl ToString) -> Self {
            Self(self.0.with_header(#of, #wire, value))
        }
    }
}
