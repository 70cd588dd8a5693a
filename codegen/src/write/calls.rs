//! The module `builder`: for each operation a builder of its arguments, which sends the request and reads the response.

mod arguments;
mod request;
mod response;
mod security;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::doc::doc;
use crate::keyword::deprecated;
use crate::markdown::prose;
use crate::model::{Api, Operation, Parameter, Style, pascal};
use crate::progenitor::{OperationItems, Skeleton};
use arguments::Argument;

pub use request::styles;

/// Writes the module. `documented` is the documentation of a parameter's setter.
pub fn write(
    api: &Api<'_>,
    skeleton: &Skeleton,
    documented: &dyn Fn(&Operation<'_>, &Parameter<'_>) -> String,
) -> Result<syn::ItemMod, WriteError> {
    let builders = api.operations.iter().map(|operation| {
        let items = skeleton.operation_items(&operation.ident)?;
        builder(api, operation, items, &|parameter| documented(operation, parameter))
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

fn builder(
    api: &Api<'_>,
    operation: &Operation<'_>,
    items: &OperationItems,
    documented: &dyn Fn(&Parameter<'_>) -> String,
) -> Result<TokenStream, WriteError> {
    let name = format_ident!("{}", pascal(&operation.ident));
    let arguments = arguments::all(api, operation, items)?;
    let declared = arguments.iter().map(Argument::declared);
    let initial = arguments.iter().map(Argument::initial);
    let setters = arguments.iter().map(|argument| argument.setters(api, documented));
    let setters = setters.collect::<Vec<_>>();
    // Whether it can be cloned is for progenitor to say: bytes on their way cannot.
    let derives = items.builder.attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let summary = operation.summary.map(prose).unwrap_or_default();
    let about = format!("The arguments of [`Client::{0}`](super::Client::{0}).", operation.ident);
    let about = doc(&if summary.is_empty() { about } else { format!("{summary}\n\n{about}") });
    let (beginning, sending) = (
        doc("No argument given yet."),
        doc(&format!(
            "Sends `{} {}`.\n\n# Errors\nWhatever kept the operation from its successful answer: arguments, the connection, or an answer \
         that is an error or cannot be read.",
            operation.method.name(),
            operation.path.replace('`', "'")
        )),
    );
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
