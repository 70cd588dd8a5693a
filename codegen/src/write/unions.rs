//! Unions, of `oneOf` and `anyOf`: a variant for each alternative, and one for what fits none.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::conformance;
use super::derived_schema::appearance;
use super::doc::doc;
use super::types::{equality, name_of};
use crate::keyword::deprecated::deprecation;
use crate::keyword::schema_prose;
use crate::model::{NamedType, Types, Union};

/// A union and what is implemented for it.
pub fn write(ty: &NamedType, union: &Union, named: &Types) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let other = format_ident!("{}", union.other);
    let words = doc(&schema_prose(&ty.schema, &format!("One of the alternatives of `{}`.", name_of(ty))));
    let deprecated = deprecation(&ty.schema);
    let idents: Vec<_> = union.variants.iter().map(|variant| format_ident!("{}", variant.ident)).collect();
    let types: Vec<_> = union.variants.iter().map(|variant| variant.ty.in_types()).collect();
    let property = match &union.discriminator {
        Some(discriminator) => {
            let property = &discriminator.property;
            quote!(Some(#property))
        }
        None => quote!(None),
    };
    let values: Vec<TokenStream> = (0..idents.len())
        .map(|index| {
            let values = union.discriminator.as_ref().and_then(|discriminator| discriminator.values.get(index));
            let values = values.into_iter().flatten();
            quote!(&[#(#values),*])
        })
        .collect();
    let (appearance, conformance) = (appearance(ty), conformance::of_union(ty, union));
    let equality = equality(ty, named);
    let keyword = if ty.schema.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
    let docs = idents.iter().map(|ident| doc(&format!("The alternative `{ident}`.")));
    quote! {
        #(#words)*
        #[derive(Debug, Clone, #equality ::serde::Serialize)]
        #[serde(untagged)]
        #deprecated
        #[non_exhaustive]
        pub enum #name {
            #(#(#docs)* #idents(#types),)*
            /// What fits none of the alternatives, or more than one alone can hold; kept as it was received.
            #other(::serde_json::Value),
        }
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let mut choice = super::runtime::Choice::of(<::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?, #property);
                #(choice.offer(#values, Self::#idents);)*
                Ok(choice.taken().unwrap_or_else(Self::#other))
            }
        }
        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for #name {
            fn inline_schema() -> bool {
                #appearance.inline
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #appearance.name.into()
            }
            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let alternatives = [#(generator.subschema_for::<#types>()),*];
                #appearance.complete(::schemars::json_schema!({ #keyword: alternatives }))
            }
        }
        #conformance
    }
}
