//! What a caller can ask of one call beside its arguments, and that a builder can be awaited.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::security;
use crate::model::Operation;

/// The methods of the options, each of them a macro of the runtime.
const METHODS: &[&str] = &["timeout", "retries", "header"];

/// The macro calls that give an operation's builder its options. What the operation has a parameter for keeps its name.
pub fn write(operation: &Operation<'_>, name: &Ident, output: Type) -> TokenStream {
    let called = security::called(name, operation);
    let is_taken = |method: &str| is_parameter(operation, method);
    if !METHODS.iter().any(|method| is_taken(method)) {
        return quote!(super::runtime::call!(#called, #output););
    }
    let free = METHODS.iter().filter(|method| !is_taken(method)).map(|method| format_ident!("call_{method}"));
    quote! {
        super::runtime::call_awaited!(#called, #output);
        #(super::runtime::#free!(#name);)*
    }
}

/// Whether the operation has a parameter of that identifier.
pub fn is_parameter(operation: &Operation<'_>, ident: &str) -> bool {
    operation.parameters.iter().any(|parameter| parameter.ident == ident)
}
