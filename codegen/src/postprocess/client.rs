//! The client itself: progenitor drops the servers, joins a base URL that ends in a slash to a path that begins with one,
//! panics where no TLS backend can be set up, and leaves the client nothing to hold credentials in.

use serde_json::Value;
use syn::{ImplItem, Item, parse_quote};

use super::{Context, Pass, PassError};
use crate::write::doc::doc;
use crate::write::docs;

pub(super) const PASS: Pass = Pass {
    name: "client",
    about: "the client would know no base URL, take no credentials and panic in its constructor",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let info = |key: &str| {
        context.document.root().pointer(&format!("/info/{key}")).and_then(Value::as_str).unwrap_or_default()
    };
    let mut found = (false, false, false, false, false);
    for item in &mut file.items {
        match item {
            Item::Struct(item) if item.ident == "Client" => {
                item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
                item.attrs.splice(0..0, doc(&docs::of_client(context.api)));
                if let syn::Fields::Named(fields) = &mut item.fields {
                    fields.named.push(parse_quote!(pub(crate) settings: runtime::Settings));
                    fields.named.push(parse_quote!(
                        #[allow(dead_code, reason = "a document may have no operation")]
                        pub(crate) transport: ::std::sync::Arc<runtime::Transport>
                    ));
                    found.0 = true;
                }
            }
            Item::Impl(item) if item.trait_.is_none() => {
                // What `new_with_client` does, the builder does with more to choose.
                item.items
                    .retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new_with_client"));
                for item in &mut item.items {
                    let ImplItem::Fn(function) = item else { continue };
                    if function.sig.ident == "new" {
                        *function = constructor();
                        found.1 = true;
                    }
                }
                if found.1 && !found.3 {
                    item.items.push(with_settings());
                    found.3 = true;
                }
            }
            // The errors and values of the runtime take the place of progenitor's.
            Item::Use(import) => {
                let text = quote::ToTokens::to_token_stream(import).to_string();
                if text.contains("ResponseValue") {
                    *import = parse_quote!(
                        pub use progenitor_client::{ByteStream, ClientInfo};
                    );
                    found.4 = true;
                }
            }
            Item::Impl(item) => {
                for item in &mut item.items {
                    let ImplItem::Fn(function) = item else { continue };
                    if function.sig.ident == "api_version" {
                        let version = info("version");
                        function.block = parse_quote!({ #version });
                        found.2 = true;
                    }
                }
            }
            _ => {}
        }
    }
    for (found, what) in [
        (found.0, "struct `Client`"),
        (found.1, "function `Client::new`"),
        (found.2, "function `api_version`"),
        (found.4, "import of `ResponseValue`"),
    ] {
        if !found {
            return Err(PassError { pass: PASS.name, what: what.to_owned() });
        }
    }
    file.items.push(parse_quote!(
        pub use runtime::{Error, ResponseValue};
    ));
    let url = base_url(context.document.root());
    if let Some(url) = &url {
        let words = doc("The first of the [`Client`]'s servers, its variables at their defaults.");
        file.items.push(parse_quote!(#(#words)* pub const DEFAULT_BASE_URL: &str = #url;));
    }
    let base_url: syn::Expr = if url.is_some() { parse_quote!(Some(DEFAULT_BASE_URL)) } else { parse_quote!(None) };
    file.items.push(parse_quote!(
        impl Default for runtime::ClientBuilder<Client> {
            fn default() -> Self {
                Self::new(#base_url)
            }
        }
    ));
    file.items.push(parse_quote!(
        impl From<runtime::Parts> for Client {
            fn from(parts: runtime::Parts) -> Self {
                let runtime::Parts { base_url, http, settings, transport } = parts;
                Self { baseurl: base_url, client: http, settings, transport: transport.into() }
            }
        }
    ));
    Ok(())
}

fn constructor() -> syn::ImplItemFn {
    parse_quote! {
        /// A client of the API at `baseurl`, with or without a slash at its end, that has no credentials and every default.
        ///
        /// # Errors
        /// Where the base URL cannot be used, or the system offers no TLS backend.
        pub fn new(baseurl: &str) -> Result<Self, runtime::BuildError> {
            runtime::ClientBuilder::default().base_url(baseurl).build()
        }
    }
}

fn with_settings() -> ImplItem {
    parse_quote! {
        /// The same client with other settings, such as strict mode.
        #[must_use]
        pub fn with_settings(mut self, settings: runtime::Settings) -> Self {
            self.settings = settings;
            self
        }
    }
}

/// The URL of the first server of a document, path item or operation, where it is absolute; a relative one means the place
/// that the document was fetched from.
pub fn base_url(holder: &Value) -> Option<String> {
    first_server(holder).filter(|url| url.contains("://"))
}

/// The URL of the first server with its variables at their defaults, without a slash at its end.
fn first_server(holder: &Value) -> Option<String> {
    let server = holder.pointer("/servers/0")?;
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
        let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    Some(url.trim_end_matches('/').to_owned())
}
