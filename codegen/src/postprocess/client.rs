//! The client itself: progenitor drops the servers, joins a base URL that ends in a slash to a path that begins with one,
//! and panics where no TLS backend can be set up.

use serde_json::Value;
use syn::{ImplItem, Item, parse_quote};

use super::tree::doc;
use super::{Context, Pass, PassError};
use crate::normalize::prose;

pub(super) const PASS: Pass = Pass {
    name: "client",
    about: "the client would know no base URL, double a slash and panic in its constructor",
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
                let words = format!(
                    "A client of {}.\n\n{}\n\nVersion of the document: {}",
                    prose(info("title")),
                    prose(info("description")),
                    prose(info("version"))
                );
                item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
                item.attrs.splice(0..0, doc(&words));
                if let syn::Fields::Named(fields) = &mut item.fields {
                    fields.named.push(parse_quote!(pub(crate) settings: runtime::Settings));
                    found.0 = true;
                }
            }
            Item::Impl(item) if item.trait_.is_none() => {
                for item in &mut item.items {
                    let ImplItem::Fn(function) = item else { continue };
                    if function.sig.ident == "new" {
                        *function = constructor();
                        found.1 = true;
                    } else if function.sig.ident == "new_with_client" {
                        *function = with_client();
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
    if let Some(url) = base_url(context.document.root()) {
        let words = doc("The document's first server, its variables at their defaults.");
        file.items.push(parse_quote!(#(#words)* pub const DEFAULT_BASE_URL: &str = #url;));
    }
    Ok(())
}

fn constructor() -> syn::ImplItemFn {
    parse_quote! {
        /// A client of the API at `baseurl`, with or without a slash at its end.
        ///
        /// It connects within 15 seconds, and gives up on a call after 15.
        ///
        /// # Errors
        /// Where the system offers no TLS backend.
        pub fn new(baseurl: &str) -> reqwest::Result<Self> {
            let builder = reqwest::ClientBuilder::new();
            #[cfg(not(target_arch = "wasm32"))]
            let builder = {
                let limit = ::std::time::Duration::from_secs(15);
                builder.connect_timeout(limit).timeout(limit)
            };
            Ok(Self::new_with_client(baseurl, builder.build()?))
        }
    }
}

fn with_client() -> syn::ImplItemFn {
    parse_quote! {
        /// A client of the API at `baseurl` that sends its requests through a `reqwest::Client` of yours, with your proxy,
        /// certificates and time limits.
        pub fn new_with_client(baseurl: &str, client: reqwest::Client) -> Self {
            Self { baseurl: baseurl.trim_end_matches('/').to_string(), client, settings: runtime::Settings::default() }
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
    let server = holder.pointer("/servers/0")?;
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
        let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    url.contains("://").then(|| url.trim_end_matches('/').to_owned())
}
