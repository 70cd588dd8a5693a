//! Enums for operations whose successes carry different bodies.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::doc;
use crate::model::{ResponseBody, StatusEnum, StatusVariant};

/// The enum of an operation's successes.
pub fn write(status_enum: &StatusEnum) -> TokenStream {
    let name = format_ident!("{}", status_enum.ident);
    let docs = doc(&format!("The successful responses of the operation `{}`, by status.", status_enum.operation));
    let variants = status_enum.variants.iter().map(|variant| {
        let (ident, docs) = (format_ident!("{}", variant.ident), doc(&format!("Status {}.", variant.status)));
        let held = match &variant.body {
            ResponseBody::Json(ty, _) | ResponseBody::Text(ty, _) => {
                let ty = ty.in_types();
                quote!((#ty))
            }
            ResponseBody::Raw => quote!((::bytes::Bytes)),
            ResponseBody::Stream(ty, framing, _) => {
                let (stream, ty) = (format_ident!("{}", framing.stream()), ty.in_types());
                quote!((super::runtime::#stream<#ty>))
            }
            ResponseBody::Empty => quote!(),
        };
        quote!(#(#docs)* #ident #held)
    });
    // A stream is read once.
    let is_stream = |variant: &StatusVariant| matches!(variant.body, ResponseBody::Stream(..));
    let derived = match status_enum.variants.iter().any(is_stream) {
        true => quote!(Debug),
        false => quote!(Debug, Clone, PartialEq),
    };
    quote! {
        #(#docs)*
        #[derive(#derived)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}
