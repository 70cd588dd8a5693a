//! The module `mock`: a typed mock server for whoever tests code that uses the client, with a method for each operation.

mod then;
mod when;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::WriteError;
use super::doc::doc;
use super::sink::{self, Sink};
use crate::model::{Api, Names, Operation, TypeRef, pascal};

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
    let mut names = Names::reserving(&TAKEN);
    let mut declared = Vec::new();
    for operation in &api.operations {
        let (builder, marker) = marker(operation);
        let name = format_ident!("{}", names.claim(&reachable(&operation.ident)));
        let signature = quote! {
            fn #name(&self, describe: impl FnOnce(&mut When<#marker>, &mut Then<#marker>)) -> Mock<'_>
        };
        declared.push((operation, builder, signature));
    }
    let about = doc(ABOUT);
    sink::module(sink, quote!(#(#about)* #[cfg(feature = "mock")] pub mod mock), |sink| {
        sink::items(sink, head(api))?;
        sink::items(sink, interface(&declared))?;
        sink::items(sink, implementation(&declared))?;
        for operation in &api.operations {
            let (_, marker) = marker(operation);
            for (of, methods) in [("When", when::methods(api, operation)), ("Then", then::methods(api, operation))] {
                let of = format_ident!("{of}");
                sink::items(sink, quote!(impl #of<#marker> { #(#methods)* }))?;
            }
        }
        Ok(())
    })
}

/// An operation, its builder, and the signature of its method.
type Declared<'a> = (&'a Operation<'a>, Ident, TokenStream);

/// The builder of an operation, by which the types of its mock are marked.
fn marker(operation: &Operation<'_>) -> (Ident, TokenStream) {
    let builder = format_ident!("{}", pascal(&operation.ident));
    (builder.clone(), quote!(builder::#builder<'static>))
}

fn head(api: &Api<'_>) -> TokenStream {
    let base = api.base_path();
    let operations = api.operations.iter().map(known);
    let operations = (!api.operations.is_empty()).then(|| {
        quote! {
            /// The operations: name, method and path of each.
            const OPERATIONS: &[super::runtime::mock::Known] = &[#(#operations),*];
        }
    });
    quote! {
        use super::{builder, types};
        pub use super::runtime::mock::{Then, When};
        pub use httpmock::{self, Mock, MockServer};

        /// The path of the document's first server, with which the path of each call begins.
        pub const BASE_PATH: &str = #base;

        #operations
    }
}

/// An operation as the runtime knows it.
fn known(operation: &Operation<'_>) -> TokenStream {
    let (name, method, path) = (&operation.ident, operation.method.name(), operation.path);
    quote!((#name, #method, #path))
}

fn interface(declared: &[Declared<'_>]) -> TokenStream {
    let methods = declared.iter().map(|(operation, _, signature)| {
        let docs = doc(&docs(operation));
        quote!(#(#docs)* #signature;)
    });
    quote! {
        /// The operations of the API as methods of a mock server.
        ///
        /// Without more, an operation's mock responds to every call that carries credentials as the operation asks for
        /// them. Where several mocks meet a call, the one that was made first responds. A call of an operation that none
        /// meets gets status 404 and the reason as its body: which mocks there are, and in what the call differs
        /// from what they ask for. So a mock of httpmock's own for such calls is made before the last of these.
        pub trait MockServerExt: super::runtime::mock::Sealed {
            /// The base URL for a client of this server.
            fn api_url(&self) -> String;
            #(#methods)*
        }
    }
}

fn implementation(declared: &[Declared<'_>]) -> TokenStream {
    let methods = declared.iter().map(|(operation, builder, signature)| {
        let known = known(operation);
        quote! {
            #signature {
                let when = When::new(#known, BASE_PATH, builder::#builder::SECURITY);
                super::runtime::mock::mount(self, (BASE_PATH, OPERATIONS), when, describe)
            }
        }
    });
    quote! {
        impl MockServerExt for MockServer {
            fn api_url(&self) -> String {
                self.url(BASE_PATH)
            }
            #(#methods)*
        }
    }
}

/// The name of an operation's method: one that no method of the server's own hides.
fn reachable(name: &str) -> String {
    if TAKEN.contains(&name) { format!("mock_{name}") } else { name.to_owned() }
}

fn docs(operation: &Operation<'_>) -> String {
    format!(
        "Responds to calls of [`Client::{0}`](super::Client::{0}).\n\n`{1} {2}`",
        operation.ident,
        operation.method.name(),
        operation.path.replace('`', "'")
    )
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
