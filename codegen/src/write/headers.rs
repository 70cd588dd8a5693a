//! The module `headers`: a method for each header that the document's responses have.

use quote::{format_ident, quote};

use super::WriteError;
use super::doc::doc;
use super::docs;
use super::sink::{self, Sink};
use crate::model::{Api, ResponseHeader, TypeRef, response_headers};

/// Writes the module, where any response has a header.
///
/// # Errors
/// Where what is written is no Rust.
pub fn write(api: &Api<'_>, sink: &mut dyn Sink) -> Result<(), WriteError> {
    let headers = response_headers(api);
    if headers.is_empty() {
        return Ok(());
    }
    let about =
        doc("The headers that the document describes, read off responses and errors as the types that they are.");
    let methods = headers.iter().map(|header| {
        let (name, wire, ty) = (format_ident!("{}", header.ident), header.header.wire, header.ty.beside_types());
        let docs = doc(&docs::of_response_header(api, header));
        let read = reader(header);
        quote! {
            #(#docs)*
            fn #name(&self) -> Result<Option<#ty>, super::runtime::HeaderError> {
                super::runtime::#read(self.received(), #wire)
            }
        }
    });
    let methods: Vec<_> = methods.collect();
    sink::module(sink, quote!(#(#about)* pub mod headers), |sink| {
        sink::items(
            sink,
            quote! {
                /// The headers that the document describes. A header that is not there is `None`.
                ///
                /// # Errors
                /// Each method says where a header is there and is not what the document says.
                pub trait ResponseHeaders: super::runtime::Headed {
                    #(#methods)*
                }

                impl<T: super::runtime::Headed + ?Sized> ResponseHeaders for T {}
            },
        )
    })?;
    sink::items(
        sink,
        quote!(
            pub use headers::ResponseHeaders;
        ),
    )
}

/// The function of the runtime that reads it.
fn reader(header: &ResponseHeader<'_>) -> proc_macro2::Ident {
    match header.ty {
        TypeRef::Vec(_) => format_ident!("header_list"),
        TypeRef::Any => format_ident!("header_json"),
        _ => format_ident!("header"),
    }
}
