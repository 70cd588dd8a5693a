//! What a caller can ask of one call beside its arguments, and that a builder can be awaited.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::security;
use crate::model::Operation;

/// The methods of the options, each of them a macro of the runtime.
const METHODS: &[&str] = &["timeout", "retries", "header"];

/// What the macro that declares an operation's builder is told of the call, and the macro calls that give the builder its options
/// instead where the operation has a parameter of the name of one, which keeps it.
pub fn write(operation: &Operation<'_>, name: &Ident, success: &TokenStream) -> (Option<TokenStream>, TokenStream) {
    let called = security::called(operation);
    let is_taken = |method: &str| is_parameter(operation, method);
    if !METHODS.iter().any(|method| is_taken(method)) {
        return (Some(quote!(call #called, #success)), TokenStream::new());
    }
    let free = METHODS.iter().filter(|method| !is_taken(method)).map(|method| format_ident!("call_{method}"));
    let options = quote! {
        super::runtime::call_awaited!(#name #called, #success);
        #(super::runtime::#free!(#name);)*
    };
    (None, options)
}

/// Whether the operation has a parameter of that identifier.
pub fn is_parameter(operation: &Operation<'_>, ident: &str) -> bool {
    operation.parameters.iter().any(|parameter| parameter.ident == ident)
}
