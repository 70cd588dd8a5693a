//! Enums for operations whose statuses carry different bodies.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::doc;
use crate::model::{ResponseBody, StatusEnum};

/// The enum of an operation's successes, or of its errors.
pub fn write(status_enum: &StatusEnum) -> TokenStream {
    let name = format_ident!("{}", status_enum.ident);
    let kind = if status_enum.success { "successful answers" } else { "error answers" };
    let docs = doc(&format!("The {kind} of the operation `{}`, by status.", status_enum.operation));
    let variants = status_enum.variants.iter().map(|variant| {
        let (ident, docs) = (format_ident!("{}", variant.ident), doc(&format!("Status {}.", variant.status)));
        let held = match &variant.body {
            ResponseBody::Json(ty) => {
                let ty = ty.in_types();
                quote!((#ty))
            }
            ResponseBody::Raw => quote!((::bytes::Bytes)),
            ResponseBody::Empty => quote!(),
        };
        quote!(#(#docs)* #ident #held)
    });
    quote! {
        #(#docs)*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}
