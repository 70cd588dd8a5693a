//! Enumerations: progenitor's are closed, so that one value the document does not list loses the whole payload, and it
//! panics where two values make one identifier.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Attribute, parse_quote};

use super::derived_schema::appearance;
use super::tree::{doc, module};
use super::{Context, Pass, PassError};
use crate::keyword::deprecated::deprecation;
use crate::keyword::schema_prose;
use crate::markdown::code;
use crate::model::{Enum, EnumBase, NamedType, Shape};

pub(super) const PASS: Pass =
    Pass { name: "enums", about: "enumerations would be missing: progenitor knows them by name alone", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let items = module(PASS.name, file, "types")?;
    for ty in &context.normalized.types {
        let Shape::Enum(listed) = &ty.shape else { continue };
        let declared: syn::File = syn::parse2(written(ty, listed))
            .map_err(|error| PassError { pass: PASS.name, what: format!("way to write `{}` ({error})", ty.ident) })?;
        items.extend(declared.items);
    }
    Ok(())
}

fn written(ty: &NamedType, listed: &Enum) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let unlisted = format_ident!("{}", listed.unlisted);
    let words =
        doc(&schema_prose(&ty.schema, &format!("The values of `{}`.", ty.component.as_ref().unwrap_or(&ty.ident))));
    let deprecated = deprecation(&ty.schema);
    let idents: Vec<_> = listed.variants.iter().map(|variant| format_ident!("{}", variant.ident)).collect();
    let docs: Vec<Vec<Attribute>> = listed.variants.iter().map(|variant| doc(&code(&variant.value))).collect();
    let values: Vec<TokenStream> =
        listed.variants.iter().map(|variant| value_tokens(listed.base, &variant.value)).collect();
    let (held, derives, macro_name): (TokenStream, &[&str], _) = match listed.base {
        EnumBase::String => {
            (quote!(::std::string::String), &["PartialEq", "Eq", "Hash", "PartialOrd", "Ord"], "open_enum")
        }
        EnumBase::Integer => (quote!(i64), &["PartialEq", "Eq", "Hash", "PartialOrd", "Ord"], "open_integer_enum"),
        EnumBase::Mixed => (quote!(::serde_json::Value), &["PartialEq", "Eq", "Hash"], "open_value_enum"),
    };
    let appearance = appearance(ty);
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
        super::runtime::#macro_name!(#name, #unlisted { #(#idents => #values),* }, #appearance);
    }
}

fn value_tokens(base: EnumBase, value: &Value) -> TokenStream {
    match (base, value) {
        (EnumBase::String, Value::String(text)) => quote!(#text),
        (EnumBase::Integer, value) => {
            let number = proc_macro2::Literal::i64_unsuffixed(value.as_i64().unwrap_or_default());
            quote!(#number)
        }
        (_, value) => {
            let json = value.to_string();
            quote!(#json)
        }
    }
}
