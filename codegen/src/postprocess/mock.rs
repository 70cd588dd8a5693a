//! A typed mock server for whoever tests code that uses the client.
//!
//! progenitor has an extension of httpmock too. It knows no base path, does not escape what it puts into paths, knows one
//! style of parameters and no credentials, so a call of the client's that is right would not be met. This one is emitted
//! from the document and asks for what the client sends.

mod answers;
mod calls;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Item, parse_quote};

use super::client::base_path;
use super::operations::{Operation, operations};
use super::tree::{doc, module, subject};
use super::{Context, Pass, PassError};
use crate::model::{Names, TypeRef, pascal};

pub(super) const PASS: Pass =
    Pass { name: "mock", about: "tests of code that uses the client would have to spell out paths and bodies", apply };

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

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let mut names = Names::reserving(&TAKEN);
    let (mut declared, mut defined, mut described) = (Vec::new(), Vec::new(), Vec::new());
    for operation in operations(context) {
        let builder = format_ident!("{}", pascal(operation.name));
        if !module(PASS.name, file, "builder")?.iter().any(|item| subject(item) == Some(&builder)) {
            return Err(PassError { pass: PASS.name, what: format!("builder of `{}`", operation.id) });
        }
        let wanted = operation.name;
        let name = format_ident!("{}", names.claim(&reachable(wanted)));
        let words = doc(&words(&operation));
        let marker = quote!(builder::#builder<'static>);
        let signature = quote! {
            fn #name(&self, describe: impl FnOnce(&mut When<#marker>, &mut Then<#marker>)) -> Mock<'_>
        };
        declared.push(quote!(#(#words)* #signature;));
        let (method, path) = (operation.method.to_ascii_uppercase(), operation.path);
        defined.push(quote! {
            #signature {
                super::runtime::mock::mount(self, When::new(#method, BASE_PATH, #path, builder::#builder::SECURITY), describe)
            }
        });
        described.push(implementation("When", &marker, calls::methods(context, &operation)));
        described.push(implementation("Then", &marker, answers::methods(context, &operation)));
    }
    file.items.push(written(context, &declared, &defined, described));
    Ok(())
}

/// The module as a whole.
fn written(context: &Context<'_>, declared: &[TokenStream], defined: &[TokenStream], described: Vec<Item>) -> Item {
    let base = base_path(context.document.root());
    parse_quote! {
        /// A mock server for tests of code that uses the client: [`MockServerExt`] gives [`MockServer`] a method for each
        /// operation.
        ///
        /// Each method takes a closure of two arguments. The first says which calls are answered ([`When`]), the second
        /// what they are answered ([`Then`]). The [`Mock`] that comes back tells whether it was called as it should be.
        #[cfg(feature = "mock")]
        pub mod mock {
            use super::{builder, types};
            pub use super::runtime::mock::{Then, When};
            pub use httpmock::{self, Mock, MockServer};

            /// The path of the document's first server, with which the path of each call begins.
            pub const BASE_PATH: &str = #base;

            /// The operations of the API as methods of a mock server.
            ///
            /// Without more, an operation's mock answers every call that carries credentials as the operation asks for
            /// them. Where several mocks meet a call, the one that was made first answers.
            pub trait MockServerExt {
                /// The base URL for a client of this server.
                fn api_url(&self) -> String;
                #(#declared)*
            }

            impl MockServerExt for MockServer {
                fn api_url(&self) -> String {
                    self.url(BASE_PATH)
                }
                #(#defined)*
            }

            #(#described)*
        }
    }
}

/// The name of an operation's method: one that no method of the server's own hides.
fn reachable(name: &str) -> String {
    if TAKEN.contains(&name) { format!("mock_{name}") } else { name.to_owned() }
}

fn words(operation: &Operation<'_>) -> String {
    format!(
        "Answers calls of [`Client::{0}`](super::Client::{0}).\n\n`{1} {2}`",
        operation.name,
        operation.method.to_ascii_uppercase(),
        operation.path.replace('`', "'")
    )
}

fn implementation(of: &str, marker: &TokenStream, methods: Vec<TokenStream>) -> Item {
    let of = format_ident!("{of}");
    parse_quote!(impl #of<#marker> { #(#methods)* })
}

/// The type of an argument: a value where it is copied, otherwise a reference.
fn argument(ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::F64 => ty.beside_types(),
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
    matches!(ty, TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::F64)
}

/// What a part of the document refers to, or the part itself.
fn resolved<'a>(context: &Context<'a>, mut part: &'a Value) -> &'a Value {
    // Lint has refused circles; the bound is for whoever switches it off.
    for _ in 0..16 {
        let Some(reference) = part.get("$ref").and_then(Value::as_str) else { break };
        let Some(target) = crate::Pointer::from_reference(reference).and_then(|at| context.document.get(&at)) else {
            break;
        };
        part = target;
    }
    part
}
