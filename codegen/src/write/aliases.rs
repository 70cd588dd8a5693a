//! Components that only name another type, and lists and maps that contain themselves.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Attribute;

use super::conformance;
use super::derived_schema;
use super::doc::doc;
use super::types::{equality, name_of};
use crate::keyword::schema_prose;
use crate::model::{NamedType, TypeRef, Types};

/// Another name of a type.
pub fn alias(ty: &NamedType, target: &TypeRef) -> TokenStream {
    let (docs, name, target) = (docs(ty), format_ident!("{}", ty.ident), target.in_types());
    quote!(#(#docs)* pub type #name = #target;)
}

/// A type of its own around another, and what is implemented for it.
pub fn wrapper(ty: &NamedType, target: &TypeRef, types: &Types) -> TokenStream {
    let (docs, name, equality) = (docs(ty), format_ident!("{}", ty.ident), equality(ty, types));
    let (schema, conformance) =
        (derived_schema::wrapper(ty, target, types), conformance::of_wrapper(ty, target, types));
    let target = target.in_types();
    quote! {
        #(#docs)*
        #[derive(Debug, Clone, #equality ::serde::Deserialize, ::serde::Serialize)]
        #[serde(transparent)]
        #(#schema)*
        pub struct #name(pub #target);
        #conformance
    }
}

fn docs(ty: &NamedType) -> Vec<Attribute> {
    doc(&schema_prose(&ty.schema, &format!("The schema `{}`.", name_of(ty))))
}
