//! The client: what it holds, how it is made, and a method for each operation.

use quote::quote;
use syn::{Fields, ImplItem, Item, ItemImpl, parse_quote};

use super::examples::Examples;
use super::sink::{self, Sink};
use super::{WriteError, calls, doc::doc, docs, headers, mock, oauth, types};
use crate::model::Api;
use crate::progenitor::{ProgenitorError, Skeleton};

/// Writes the root of the generated source, with its modules.
///
/// # Errors
/// Where progenitor's output lacks what the model promises.
pub fn write(
    api: &Api<'_>,
    skeleton: &Skeleton,
    examples: &Examples<'_>,
    sink: &mut dyn Sink,
) -> Result<(), WriteError> {
    sink::items(
        sink,
        quote! {
            pub use progenitor_client::{ByteStream, ClientInfo};
            use progenitor_client::encode_path;
        },
    )?;
    types::write(api, skeleton, examples, sink)?;
    sink.item(client(api, skeleton)?);
    sink.item(constructors());
    sink.item(Item::Impl(client_info(api, skeleton)?));
    sink.item(Item::Impl(methods(api, skeleton, examples)?));
    calls::write(api, skeleton, sink)?;
    headers::write(api, sink)?;
    let prelude = &skeleton.prelude;
    let (attributes, visibility, items) =
        (&prelude.attrs, &prelude.vis, prelude.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default());
    sink::module(sink, quote!(#(#attributes)* #visibility mod prelude), |sink| {
        items.iter().cloned().for_each(|item| sink.item(item));
        Ok(())
    })?;
    sink::items(
        sink,
        quote! {
            pub use runtime::{
                Attempt, AttemptError, AttemptFuture, BuildError, CallOptions, CommunicationError, Conformance, Credentials,
                CredentialsError, DecodeError, Decoded, Email, Error, Head, HeaderError, Intercepted, Interceptor, Nonconforming, Null, Operation,
                Place, Presence, RawResponse, Reason, Refusal, Requirement, ResponseValue, Security, Settings, StaticCredentials,
                TokenFuture, Unexpected, Unlisted, ValueError, Violation, decode,
            };
            pub use reqwest;
            pub use secrecy;
        },
    )?;
    if api.operations.iter().any(|operation| operation.pages.is_some()) {
        sink::items(
            sink,
            quote!(
                pub use runtime::{Items, Paged, Pages};
            ),
        )?;
    }
    oauth::write(api, sink)?;
    beginning(api).into_iter().for_each(|item| sink.item(item));
    mock::write(api, sink)?;
    sink::items(
        sink,
        quote! {
            pub mod runtime;
        },
    )
}

/// The struct: progenitor's fields, and what a call of the runtime needs.
fn client(api: &Api<'_>, skeleton: &Skeleton) -> Result<Item, WriteError> {
    let Fields::Named(fields) = &skeleton.client.fields else {
        return Err(ProgenitorError::Missing("fields of the struct `Client`".to_owned()).into());
    };
    let (docs, fields) = (doc(&docs::of_client(api)), fields.named.iter());
    let derives = skeleton.client.attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
    Ok(parse_quote! {
        #(#docs)*
        #(#derives)*
        pub struct Client {
            #(#fields,)*
            pub(crate) settings: runtime::Settings,
            #[allow(dead_code, reason = "a document may have no operation")]
            pub(crate) transport: ::std::sync::Arc<runtime::Transport>,
        }
    })
}

fn constructors() -> Item {
    parse_quote! {
        impl Client {
            /// A client of the API at `baseurl`, with or without a slash at its end, that has no credentials and every default.
            ///
            /// # Errors
            /// Where the base URL cannot be used, or the system offers no TLS backend.
            pub fn new(baseurl: &str) -> Result<Self, runtime::BuildError> {
                runtime::ClientBuilder::default().base_url(baseurl).build()
            }

            /// The same client with other settings, such as strict mode.
            #[must_use]
            pub fn with_settings(mut self, settings: runtime::Settings) -> Self {
                self.settings = settings;
                self
            }
        }
    }
}

/// progenitor's `ClientInfo`, with the version that the document states.
fn client_info(api: &Api<'_>, skeleton: &Skeleton) -> Result<ItemImpl, ProgenitorError> {
    let mut info = skeleton.client_info.clone();
    let version = info.items.iter_mut().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == "api_version" => Some(function),
        _ => None,
    });
    let function = version.ok_or_else(|| ProgenitorError::Missing("function `api_version`".to_owned()))?;
    let version = api.about.version;
    function.block = parse_quote!({ #version });
    Ok(info)
}

/// progenitor's methods, documented.
fn methods(api: &Api<'_>, skeleton: &Skeleton, examples: &Examples<'_>) -> Result<ItemImpl, WriteError> {
    let methods = api.operations.iter().map(|operation| {
        let items = skeleton.operation_items(&operation.ident)?;
        let docs = docs::of_method(api, operation, examples);
        let (signature, block) = (&items.method.sig, &items.method.block);
        Ok(quote!(#(#docs)* pub #signature #block))
    });
    let methods = methods.collect::<Result<Vec<_>, ProgenitorError>>()?;
    Ok(syn::parse2(quote!(impl Client { #(#methods)* }))?)
}

/// Where a client begins: its default base URL, and what the runtime's builder makes it of.
fn beginning(api: &Api<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let url = api.base_url();
    if let Some(url) = &url {
        items.push(parse_quote! {
            /// The first of the [`Client`]'s servers, its variables at their defaults.
            pub const DEFAULT_BASE_URL: &str = #url;
        });
    }
    let default: syn::Expr = if url.is_some() { parse_quote!(Some(DEFAULT_BASE_URL)) } else { parse_quote!(None) };
    items.push(parse_quote! {
        impl Default for runtime::ClientBuilder<Client> {
            fn default() -> Self {
                Self::new(#default)
            }
        }
    });
    items.push(parse_quote! {
        impl From<runtime::Parts> for Client {
            fn from(parts: runtime::Parts) -> Self {
                let runtime::Parts { base_url, http, settings, transport } = parts;
                Self { baseurl: base_url, client: http, settings, transport: transport.into() }
            }
        }
    });
    items
}
