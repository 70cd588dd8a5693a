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
use arguments::Argument;
pub use arguments::hold_against;

/// Writes the module.
///
/// # Errors
/// Where progenitor has written no builder for an operation.
pub fn write(api: &Api<'_>, skeleton: &Skeleton, sink: &mut dyn Sink) -> Result<(), WriteError> {
    let about = doc("Types for composing operation parameters.");
    sink::module(sink, quote!(#(#about)* pub mod builder), |sink| {
        sink::items(
            sink,
            quote! {
                use ::reqwest::header::HeaderMap;
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
    let declared = arguments.iter().map(Argument::declared);
    let initial = arguments.iter().map(Argument::initial);
    let setters = arguments.iter().map(|argument| argument.setters(api));
    let setters = setters.collect::<Vec<_>>();
    let derives = &items.derives;
    let about = doc(&docs::of_builder(operation));
    let (beginning, sending) = (doc("Creates a builder without arguments."), doc(&docs::of_send(operation)));
    let (constructor, signature) = (&items.new, &items.send);
    let error = response::error_type(operation, signature)?;
    let signature = response::signature(operation, signature, &error);
    let response::Response { reading, read: response } = response::write(api, operation, &error, None);
    let (request, sent) =
        (request::write(api, operation, &arguments), request::sent(operation, None, reading.as_ref()));
    let alternates = operation.alternates.iter().map(|alternate| {
        let sending = doc(&docs::of_alternate(operation, alternate));
        let signature = response::signature_of(alternate, &error);
        let response::Response { reading, read } = response::write(api, operation, &error, Some(alternate));
        let sent = request::sent(operation, Some(alternate), reading.as_ref());
        quote! {
            #(#sending)*
            pub #signature {
                #sent
                #read
            }
        }
    });
    let pages = pages::write(operation, &name, &error);
    let options = options::write(operation, &name, response::output(&signature, operation)?);
    Ok(quote! {
        #(#about)*
        #(#derives)*
        pub struct #name<'a> {
            client: &'a super::Client,
            call_options: super::runtime::CallOptions,
            #(#declared,)*
        }
        impl<'a> #name<'a> {
            #(#beginning)*
            pub #constructor {
                Self { client: client, call_options: ::std::default::Default::default(), #(#initial,)* }
            }
            #(#setters)*
            #(#sending)*
            pub #signature {
                #sent
                #response
            }
            #(#alternates)*
            #request
        }
        #options
        #pages
    })
}
