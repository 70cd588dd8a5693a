//! The module `mock`: a typed mock server for whoever tests code that uses the client, with a method for each operation.

pub mod then;
mod when;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::doc::doc;
use super::sink::{self, Sink};
use crate::model::{Api, Names, TypeRef, pascal};

/// The documentation of the module.
const ABOUT: &str = "A mock server for tests of code that uses the client: [`MockServerExt`] gives [`MockServer`] a method for each\n\
                     operation.\n\nEach method takes a closure of two arguments. The first says which calls get a response ([`When`]), the second\n\
                     which response they get ([`Then`]). The [`Mock`] that comes back tells whether it was called as it should be.";

/// What httpmock's server has methods for itself, which would hide an operation of the same name.
const TAKEN: [&str; 24] = [
    "api_url",
    "host",
    "port",
    "address",
    "url",
    "base_url",
    "mock",
    "mock_async",
    "reset",
    "reset_async",
    "start",
    "start_async",
    "connect",
    "connect_async",
    "connect_from_env",
    "connect_from_env_async",
    "forward_to",
    "forward_to_async",
    "proxy",
    "proxy_async",
    "record",
    "record_async",
    "playback",
    "playback_async",
];

/// Writes the module.
///
/// # Errors
/// Where what is written is no Rust: a defect of this crate.
pub fn write(api: &Api<'_>, sink: &mut dyn Sink) -> Result<(), WriteError> {
    let operations = api.operations.iter().zip(methods(api)).map(|(operation, name)| {
        let name = format_ident!("{name}");
        let builder = format_ident!("{}", pascal(&operation.ident));
        let (known, method, path) = (&operation.ident, operation.method.name(), operation.path);
        quote!(#name: #builder(#known, #method, #path))
    });
    let operations: Vec<TokenStream> = operations.collect();
    let base = api.base_path();
    let about = doc(ABOUT);
    sink::module(sink, quote!(#(#about)* #[cfg(feature = "mock")] pub mod mock), |sink| {
        let head = quote! {
            use super::{builder, types};
            pub use super::runtime::mock::{Then, When};
            pub use httpmock::{self, Mock, MockServer};

            /// The path of the document's first server, with which the path of each call begins.
            pub const BASE_PATH: &str = #base;

            super::runtime::mock::operations!(MockServerExt { #(#operations),* });
        };
        sink::items(sink, head)?;
        for operation in &api.operations {
            let builder = format_ident!("{}", pascal(&operation.ident));
            for (of, methods) in [("When", when::methods(api, operation)), ("Then", then::methods(api, operation))] {
                let of = format_ident!("{of}");
                let methods =
                    (!methods.is_empty()).then(|| quote!(impl #of<builder::#builder<'static>> { #(#methods)* }));
                sink::items(sink, methods.unwrap_or_default())?;
            }
        }
        Ok(())
    })
}

/// The server's method for each operation.
pub fn methods(api: &Api<'_>) -> Vec<String> {
    let mut names = Names::reserving(&TAKEN);
    api.operations.iter().map(|operation| names.claim(&reachable(&operation.ident))).collect()
}

/// The name of an operation's method: one that no method of the server's own hides.
fn reachable(name: &str) -> String {
    if TAKEN.contains(&name) { format!("mock_{name}") } else { name.to_owned() }
}

/// The type of an argument: a value where it is copied, otherwise a reference.
fn argument(ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Bool | TypeRef::Integer(_) | TypeRef::F64 => ty.beside_types(),
        TypeRef::String => quote!(&str),
        TypeRef::Vec(item) => {
            let item = item.beside_types();
            quote!(&[#item])
        }
        other => {
            let other = other.beside_types();
            quote!(&#other)
        }
    }
}

/// Whether an argument of the type is a value, not a reference.
fn is_copied(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Bool | TypeRef::Integer(_) | TypeRef::F64)
}
