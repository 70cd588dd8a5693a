//! Enums: a variant for each value, and one for what the document does not list.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Attribute, parse_quote};

use super::conformance::refusing;
use super::derived_schema::appearance;
use super::doc::doc;
use super::types::name_of;
use crate::keyword::deprecated::deprecation;
use crate::keyword::{schema_prose, whole, whole_tokens};
use crate::markdown::code;
use crate::model::{Enum, EnumBase, NamedType, Types};

/// An enum, open to values that the document does not list, and what is implemented for it.
pub fn write(ty: &NamedType, listed: &Enum, types: &Types) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let unlisted = format_ident!("{}", listed.unlisted);
    let words = doc(&schema_prose(&ty.schema, &format!("The values of `{}`.", name_of(ty))));
    let deprecated = deprecation(&ty.schema);
    let idents: Vec<_> = listed.variants.iter().map(|variant| format_ident!("{}", variant.ident)).collect();
    let docs: Vec<Vec<Attribute>> = listed.variants.iter().map(|variant| doc(&code(&variant.value))).collect();
    let values: Vec<TokenStream> =
        listed.variants.iter().map(|variant| value_tokens(listed.base, &variant.value)).collect();
    let (held, derives, macro_name): (TokenStream, &[&str], _) = match listed.base {
        EnumBase::String => {
            (quote!(::std::string::String), &["PartialEq", "Eq", "Hash", "PartialOrd", "Ord"], "open_enum")
        }
        EnumBase::Integer(integer) => {
            let held = format_ident!("{}", integer.name());
            (quote!(#held), &["PartialEq", "Eq", "Hash", "PartialOrd", "Ord"], "open_integer_enum")
        }
        EnumBase::Mixed => (quote!(::serde_json::Value), &["PartialEq", "Eq", "Hash"], "open_value_enum"),
    };
    let appearance = appearance(ty, types);
    let (refusing, check) = refusing(ty, types).unzip();
    let holding = match listed.base {
        EnumBase::String => quote!(),
        EnumBase::Integer(_) => quote!(: #held),
        EnumBase::Mixed => match ty.schema.get("type").and_then(Value::as_str) {
            Some(kind) => quote!(, Some(#kind)),
            None => quote!(, None::<&str>),
        },
    };
    let derives = derives.iter().map(|name| format_ident!("{name}"));
    let macro_name = format_ident!("{macro_name}");
    let non_exhaustive: Attribute = parse_quote!(#[non_exhaustive]);
    quote! {
        #(#words)*
        #[derive(Debug, Clone, #(#derives),*)]
        #deprecated
        #non_exhaustive
        pub enum #name {
            #(#(#docs)* #idents,)*
            /// A value that the document does not list, kept as it was received.
            #unlisted(super::runtime::Unlisted<#held>),
        }
        super::runtime::#macro_name!(#name #holding, #unlisted { #(#idents => #values),* }, #appearance #check);
        #refusing
    }
}

fn value_tokens(base: EnumBase, value: &Value) -> TokenStream {
    match (base, value) {
        (EnumBase::String, Value::String(text)) => quote!(#text),
        (EnumBase::Integer(_), value) => whole_tokens(whole(value).unwrap_or_default()),
        (_, value) => {
            let json = value.to_string();
            quote!(#json)
        }
    }
}
