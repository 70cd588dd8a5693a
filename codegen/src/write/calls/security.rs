//! What an operation is called and requires of its callers, as data.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Credential, Operation};

/// The constants of an operation's builder.
pub fn constants(operation: &Operation<'_>) -> TokenStream {
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
    quote! {
        /// What the operation asks for: one of these alternatives, and of it everything.
        pub const SECURITY: super::runtime::Security = &[#(#alternatives),*];
        /// What the operation is called.
        pub const OPERATION: super::runtime::Operation =
            super::runtime::Operation::new(#id, #method, #path, Self::SECURITY);
    }
}

fn place(credential: Credential<'_>) -> TokenStream {
    match credential {
        Credential::Authorization(scheme) => quote!(Authorization(#scheme)),
        Credential::Header(name) => quote!(Header(#name)),
        Credential::Query(name) => quote!(Query(#name)),
        Credential::Cookie(name) => quote!(Cookie(#name)),
    }
}
