//! What an operation is called and requires of its callers, as data.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Credential, Operation};

/// What an operation is called and asks for, as the runtime's macros take it behind the builder's name.
pub fn called(operation: &Operation<'_>) -> TokenStream {
    let alternatives = operation.security.iter().map(|alternative| {
        let requirements = alternative.iter().map(|requirement| {
            let (scheme, scopes) = (requirement.scheme, &requirement.scopes);
            let requirement = match requirement.credential {
                Credential::Authorization("Bearer") => quote!(bearer(#scheme)),
                credential => {
                    let place = place(credential);
                    quote!(new(#scheme, super::runtime::Place::#place))
                }
            };
            let scopes = (!scopes.is_empty()).then(|| quote!(.with_scopes(&[#(#scopes),*])));
            quote!(super::runtime::Requirement::#requirement #scopes)
        });
        quote!(&[#(#requirements),*])
    });
    let (id, method, path) = (&operation.id, operation.method.name(), operation.path);
    quote!((#id, #method, #path), &[#(#alternatives),*])
}

fn place(credential: Credential<'_>) -> TokenStream {
    match credential {
        Credential::Authorization(scheme) => quote!(Authorization(#scheme)),
        Credential::Header(name) => quote!(Header(#name)),
        Credential::Query(name) => quote!(Query(#name)),
        Credential::Cookie(name) => quote!(Cookie(#name)),
    }
}
