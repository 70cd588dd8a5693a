//! The module `oauth`: for each OAuth 2.0 scheme of the document that says where tokens come from, its scopes and how a source of
//! tokens begins.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::doc;
use super::sink::{self, Sink};
use super::{WriteError, docs};
use crate::model::{Api, Grant, Names, SchemeKind, SecurityScheme, snake};

/// Names within the module of a scheme.
const TAKEN: [&str; 5] = ["runtime", "token_url", "refresh_url", "client_credentials", "refresh_token"];

/// Writes the module; nothing where no scheme has a URL for tokens.
///
/// # Errors
/// Where what is written is no Rust.
pub fn write(api: &Api<'_>, sink: &mut dyn Sink) -> Result<(), WriteError> {
    let modules: Vec<TokenStream> =
        schemes(api).into_iter().filter_map(|(scheme, name)| module(api, scheme, &name)).collect();
    if modules.is_empty() {
        return Ok(());
    }
    sink::items(
        sink,
        quote!(
            pub use runtime::{OAuth, OAuthBuilder};
        ),
    )?;
    let about = doc("Tokens of the document's OAuth 2.0 schemes: a module for each that says where tokens come from.");
    sink::module(sink, quote!(#(#about)* pub mod oauth), |sink| sink::items(sink, quote!(#(#modules)*)))
}

/// The schemes that say where tokens come from, each with the name of its module.
pub fn schemes<'s, 'a>(api: &'s Api<'a>) -> Vec<(&'s SecurityScheme<'a>, String)> {
    let mut names = Names::reserving(&["runtime"]);
    let schemes = api.schemes.iter().filter(|scheme| scheme.kind == SchemeKind::OAuth2 && scheme.tokens().is_some());
    schemes.map(|scheme| (scheme, names.claim(&snake(scheme.name)))).collect()
}

fn module(api: &Api<'_>, scheme: &SecurityScheme<'_>, name: &str) -> Option<TokenStream> {
    let tokens = scheme.tokens()?;
    let name = format_ident!("{name}");
    let (about, wire) = (doc(&docs::of_scheme(scheme)), scheme.name);
    let token_url = absolute(api, tokens.first.1);
    let mut scopes = Names::reserving(&TAKEN);
    let listed = scheme.flows.iter().filter(|flow| flow.gives_tokens()).flat_map(|flow| &flow.scopes);
    let mut known: Vec<&str> = Vec::new();
    let scopes: Vec<TokenStream> = listed
        .filter(|(scope, _)| {
            let is_new = !scope.starts_with("x-") && !known.contains(scope);
            known.push(scope);
            is_new
        })
        .map(|(scope, description)| {
            let about = doc(&docs::of_scope(scope, description));
            let ident = format_ident!("{}", scopes.claim(&snake(scope)).to_uppercase());
            quote!(#(#about)* pub const #ident: &str = #scope;)
        })
        .collect();
    let client_credentials = (tokens.first.0 == Grant::ClientCredentials).then(|| {
        quote! {
            /// Begins a source of tokens by the client's own credentials.
            pub fn client_credentials(
                client_id: impl Into<String>,
                client_secret: impl Into<String>,
            ) -> runtime::OAuthBuilder {
                runtime::OAuthBuilder::client_credentials((#wire, TOKEN_URL), client_id, client_secret)
            }
        }
    });
    let refresh_token = tokens.renewed.map(|(_, url)| {
        let url = absolute(api, url);
        let (declared, url) = match url == token_url {
            true => (None, quote!(TOKEN_URL)),
            false => (
                Some(quote! {
                    /// Where tokens are renewed.
                    pub const REFRESH_URL: &str = #url;
                }),
                quote!(REFRESH_URL),
            ),
        };
        quote! {
            #declared
            /// Begins a source of tokens by a refresh token, which a user's authorization has given. A client without a secret
            /// gives an empty one.
            pub fn refresh_token(
                client_id: impl Into<String>,
                client_secret: impl Into<String>,
                refresh_token: impl Into<String>,
            ) -> runtime::OAuthBuilder {
                runtime::OAuthBuilder::refreshing((#wire, #url), client_id, client_secret, refresh_token)
            }
        }
    });
    Some(quote! {
        #(#about)*
        pub mod #name {
            use super::super::runtime;
            /// Where tokens come from.
            pub const TOKEN_URL: &str = #token_url;
            #(#scopes)*
            #client_credentials
            #refresh_token
        }
    })
}

/// A URL of the document; one that begins with a slash is the default server's.
fn absolute(api: &Api<'_>, url: &str) -> String {
    let origin = api.base_url().and_then(|base| {
        let (scheme, rest) = base.split_once("://")?;
        Some(format!("{scheme}://{}", rest.split('/').next()?))
    });
    match origin.filter(|_| url.starts_with('/') && !url.starts_with("//")) {
        Some(origin) => origin + url,
        None => url.to_owned(),
    }
}
