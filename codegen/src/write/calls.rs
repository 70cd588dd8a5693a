//! The module `builder`: for each operation a builder of its arguments, which sends the request and reads the response.

mod arguments;
mod request;
mod response;
mod security;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::doc::doc;
use super::docs;
use crate::keyword::deprecated;
use crate::model::{Api, Operation, Style, pascal};
use crate::progenitor::{OperationItems, Skeleton};
use arguments::Argument;

pub use request::styles;

/// Writes the module.
///
/// # Errors
/// Where progenitor has written no builder for an operation.
pub fn write(api: &Api<'_>, skeleton: &Skeleton) -> Result<syn::ItemMod, WriteError> {
    let builders = api.operations.iter().map(|operation| {
        let items = skeleton.operation_items(&operation.ident)?;
        builder(api, operation, items)
    });
    let builders = builders.collect::<Result<Vec<_>, _>>()?;
    let about = doc("Types for composing operation parameters.");
    Ok(syn::parse2(quote! {
        #(#about)*
        pub mod builder {
            use super::types;
            use super::{encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo, RequestBuilderExt, ResponseValue};
            #(#builders)*
        }
    })?)
}

fn builder(api: &Api<'_>, operation: &Operation<'_>, items: &OperationItems) -> Result<TokenStream, WriteError> {
    let name = format_ident!("{}", pascal(&operation.ident));
    let arguments = arguments::all(api, operation, items)?;
    let declared = arguments.iter().map(Argument::declared);
    let initial = arguments.iter().map(Argument::initial);
    let setters = arguments.iter().map(|argument| argument.setters(api, operation));
    let setters = setters.collect::<Vec<_>>();
    // Whether it can be cloned is for progenitor to say: bytes on their way cannot.
    let derives = items.builder.attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let about = doc(&docs::of_builder(operation));
    let (beginning, sending) = (doc("No argument given yet."), doc(&docs::of_send(operation)));
    let security = security::constant(operation);
    let (constructor, signature) = (&items.new.sig, &items.send.sig);
    let request = request::write(api, operation, &arguments);
    let response = response::write(api, operation, signature)?;
    Ok(quote! {
        #(#about)*
        #(#derives)*
        pub struct #name<'a> {
            client: &'a super::Client,
            #(#declared,)*
        }
        impl<'a> #name<'a> {
            #security
            #(#beginning)*
            pub #constructor {
                Self { client: client, #(#initial,)* }
            }
            #(#setters)*
            #(#sending)*
            pub #signature {
                #request
                #response
            }
        }
    })
}

/// A style as the runtime names it.
pub fn style(style: Style) -> TokenStream {
    named_style(style.key())
}

/// A style by its name in the specification.
pub fn named_style(name: &str) -> TokenStream {
    let variant = format_ident!("{}", pascal(name));
    quote!(super::runtime::Style::#variant)
}

/// `#[deprecated]` of a parameter's setter, or of an operation's method.
pub fn deprecation(deprecated: Option<&crate::model::Deprecation<'_>>) -> Option<TokenStream> {
    deprecated.map(|deprecation| {
        let attribute = deprecated::attribute(deprecation.reason);
        quote!(#attribute)
    })
}
