//! Components that only name another type, and lists and maps that contain themselves.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::Attribute;

use super::conformance;
use super::derived_schema;
use super::doc::doc;
use super::stated;
use super::types::{equality, hashed, name_of};
use crate::keyword::deprecated::deprecation;
use crate::keyword::schema_prose;
use crate::model::{NamedType, TypeRef, Types};

/// Another name of a type, and what stands for it where a schema is derived or a value is judged: to Rust, the alias is a type
/// that knows nothing of it.
pub fn alias(ty: &NamedType, target: &TypeRef, types: &Types) -> TokenStream {
    // A name that only refers to another schema means what that one says.
    let meant = &types.referred(ty).schema;
    let (docs, deprecated, name) = (docs(ty, meant), deprecation(meant), format_ident!("{}", ty.ident));
    let marker = derived_schema::marker(&ty.ident);
    let [declared, conformance] = around(&marker, &quote!(Debug,), ty, target, types);
    let target = target.in_types();
    quote! {
        #(#docs)*
        #deprecated
        pub type #name = #target;
        #[doc(hidden)]
        #[cfg(feature = "schemars")]
        #declared
        #[cfg(feature = "schemars")]
        #conformance
    }
}

/// A type of its own around another, and what is implemented for it.
pub fn wrapper(ty: &NamedType, target: &TypeRef, types: &Types) -> TokenStream {
    let (docs, equality, hashed) = (docs(ty, &ty.schema), equality(ty, types), hashed(ty, types));
    let [declared, conformance] = around(&ty.ident, &quote!(Debug, Clone, #equality), ty, target, types);
    quote!(#(#docs)* #declared #hashed #conformance)
}

/// The declaration of a type around another, and its conformance.
fn around(ident: &str, derives: &TokenStream, ty: &NamedType, target: &TypeRef, types: &Types) -> [TokenStream; 2] {
    let (name, held) = (format_ident!("{ident}"), target.in_types());
    let seen = derived_schema::holder(target, types);
    let implemented = stated::of_recursive(ty, target, types).map(|schema| {
        let (named, appearance) = (&ty.ident, derived_schema::appearance(ty, types));
        let appearance = quote!(super::runtime::Appearance::named(#named) #appearance);
        quote! {
            #[cfg(feature = "schemars")]
            impl ::schemars::JsonSchema for #name {
                fn inline_schema() -> bool {
                    #appearance.inline
                }

                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    #appearance.name.into()
                }

                fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                    #appearance.complete(::schemars::Schema::try_from(#schema).unwrap_or_default())
                }
            }
        }
    });
    let schema = implemented.is_none().then(|| derived_schema::wrapper(ident, ty, target, types));
    let declared = quote! {
        #[derive(#derives ::serde::Deserialize, ::serde::Serialize)]
        #[serde(transparent)]
        #schema
        pub struct #name(#seen pub #held);
        #implemented
    };
    [declared, conformance::of_wrapper(&name, ty, target, types)]
}

fn docs(ty: &NamedType, schema: &Value) -> Vec<Attribute> {
    doc(&schema_prose(schema, &format!("The schema `{}`.", name_of(ty))))
}
