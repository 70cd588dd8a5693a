//! Setters of builders: those of structs and those of operations take their values in the same forms.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Attribute;

/// A setter: what it takes, and the new state of the field that it makes of `value`.
pub struct Setter {
    /// Its name, and the field's.
    pub name: String,
    /// Its documentation, and its mark where it is deprecated.
    pub docs: Vec<Attribute>,
    /// Its type parameters.
    pub generics: TokenStream,
    /// The type of the argument.
    pub argument: TokenStream,
    /// The field's new state.
    pub content: TokenStream,
}

impl Setter {
    /// A setter of a field that must be given. Any value that becomes the type is taken, and the reason of a refusal kept.
    pub fn required(name: &str, ty: &TokenStream, runtime: &TokenStream) -> Self {
        Self {
            name: name.to_owned(),
            docs: Vec::new(),
            generics: quote!(),
            argument: quote!(impl #runtime::IntoValue<#ty>),
            content: quote!(#runtime::required(#name, value)),
        }
    }

    /// A setter of an optional field, which takes a value or an `Option` of one.
    pub fn optional(name: &str, ty: &TokenStream, runtime: &TokenStream) -> Self {
        Self {
            name: name.to_owned(),
            docs: Vec::new(),
            generics: quote!(<Given>),
            argument: quote!(impl #runtime::IntoOptional<#ty, Given>),
            content: quote!(#runtime::optional(#name, value)),
        }
    }

    /// A setter of a field that may be null: of `Option<Option<T>>`.
    pub fn nullable(name: &str, ty: &TokenStream, runtime: &TokenStream) -> Self {
        Self {
            name: name.to_owned(),
            docs: Vec::new(),
            generics: quote!(<Given>),
            argument: quote!(impl #runtime::IntoNullable<#ty, Given>),
            content: quote!(#runtime::nullable(#name, value)),
        }
    }

    /// The same setter with documentation.
    #[must_use]
    pub fn documented(mut self, docs: Vec<Attribute>) -> Self {
        self.docs = docs;
        self
    }

    /// The method.
    pub fn write(&self) -> TokenStream {
        let Self { docs, generics, argument, content, .. } = self;
        let ident = format_ident!("{}", self.name);
        quote! {
            #(#docs)*
            pub fn #ident #generics(mut self, value: #argument) -> Self {
                self.#ident = #content;
                self
            }
        }
    }
}
