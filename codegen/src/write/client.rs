//! The client: what it holds, how it is made, and a method for each operation.

use quote::quote;
use syn::{Fields, ImplItem, Item, ItemImpl, parse_quote};

use super::examples::Examples;
use super::{WriteError, calls, doc::doc, docs, mock, types};
use crate::model::Api;
use crate::progenitor::{ProgenitorError, Skeleton};

/// Writes the root of the generated source, with its modules.
pub fn write(api: &Api<'_>, skeleton: &Skeleton) -> Result<syn::File, WriteError> {
    let examples = Examples::of(api);
    let prelude = &skeleton.prelude;
    let mut items: Vec<Item> = vec![
        parse_quote!(
            pub use progenitor_client::{ByteStream, ClientInfo};
        ),
        parse_quote!(
            use progenitor_client::{RequestBuilderExt, encode_path};
        ),
        Item::Mod(types::write(api, skeleton, &examples)?),
        client(api, skeleton)?,
        constructors(),
        Item::Impl(client_info(api, skeleton)?),
        Item::Impl(methods(api, skeleton, &examples)?),
        Item::Mod(calls::write(api, skeleton)?),
        parse_quote!(#prelude),
        parse_quote!(
            pub use runtime::{Error, ResponseValue};
        ),
    ];
    items.extend(beginning(api));
    items.push(Item::Mod(mock::write(api)?));
    Ok(syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items })
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
