//! The module `builder`: for each operation a builder of its arguments, which sends the request and reads the response.

mod arguments;
mod options;
mod pages;
mod request;
mod response;
mod security;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::doc::doc;
use super::docs;
use super::sink::{self, Sink};
use crate::model::{Api, Operation, pascal};
use crate::progenitor::{OperationItems, Skeleton};
pub use arguments::known_rules;

/// What is said of all builders.
const ABOUT: &str = "Types for composing operation parameters.\n\nA builder is sent by its method `send`, or by awaiting it. The \
                     error is whatever kept the operation from its successful response: arguments, the connection, or a response \
                     that is an error or cannot be read.";

/// Writes the module.
///
/// # Errors
/// Where progenitor has written no builder for an operation.
pub fn write(api: &Api<'_>, skeleton: &Skeleton, sink: &mut dyn Sink) -> Result<(), WriteError> {
    let about = doc(ABOUT);
    sink::module(sink, quote!(#(#about)* pub mod builder), |sink| {
        sink::items(
            sink,
            quote! {
                use super::types;
                use super::{encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo, ResponseValue};
            },
        )?;
        for operation in &api.operations {
            sink::items(sink, builder(api, operation, skeleton.operation_items(&operation.ident)?)?)?;
        }
        Ok(())
    })
}

fn builder(api: &Api<'_>, operation: &Operation<'_>, items: &OperationItems) -> Result<TokenStream, WriteError> {
    let name = format_ident!("{}", pascal(&operation.ident));
    let arguments = arguments::all(api, operation, items)?;
    let declared = arguments.iter().map(|argument| argument.declared(api));
    let derives = &items.derives;
    let about = doc(&docs::of_builder(operation));
    let (sending, success) = (doc(&docs::of_send(operation)), response::success(operation, &items.send)?);
    let request = request::write(api, operation, &arguments);
    let sent = request::sent(operation, None, &response::write(api, operation, None));
    let alternates = operation.alternates.iter().map(|alternate| {
        let sending = doc(&docs::of_alternate(operation, alternate));
        let (method, success) = (format_ident!("{}", alternate.ident), response::success_in(alternate));
        let sent = request::sent(operation, Some(alternate), &response::write(api, operation, Some(alternate)));
        quote! {
            #(#sending)*
            pub async fn #method(self) -> Result<ResponseValue<#success>, Error> {
                #sent
            }
        }
    });
    let pages = pages::write(operation, &name);
    let (call, options) = options::write(operation, &name, &success);
    Ok(quote! {
        super::runtime::operation! {
            #(#about)*
            #(#derives)*
            pub struct #name { #(#declared,)* }
            #call
        }
        impl #name<'_> {
            #(#sending)*
            pub async fn send(self) -> Result<ResponseValue<#success>, Error> {
                #sent
            }
            #(#alternates)*
            #request
        }
        #options
        #pages
    })
}
