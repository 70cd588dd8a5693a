//! Enums: a variant for each value, and one for what the document does not list.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::conformance::refusing;
use super::derived_schema::appearance;
use super::doc::{doc, shown};
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
    let docs = listed.variants.iter().map(|variant| told_otherwise(listed.base, &variant.value));
    let values: Vec<TokenStream> =
        listed.variants.iter().map(|variant| value_tokens(listed.base, &variant.value)).collect();
    let appearance = appearance(ty, types);
    let (refusing, check) = refusing(ty, types).unzip();
    let (macro_name, of) = match listed.base {
        EnumBase::String => ("open_enum", quote!()),
        EnumBase::Integer(integer) => {
            let of = format_ident!("{}", integer.name());
            ("open_integer_enum", quote!((#of)))
        }
        EnumBase::Mixed => match ty.schema.get("type").and_then(Value::as_str) {
            Some(kind) => ("open_value_enum", quote!((Some(#kind)))),
            None => ("open_value_enum", quote!((None::<&str>))),
        },
    };
    let macro_name = format_ident!("{macro_name}");
    quote! {
        super::runtime::#macro_name! {
            #(#words)*
            #deprecated
            pub enum #name { #(#docs #idents = #values),* }
            else #unlisted #of #appearance #check
        }
        #refusing
    }
}

/// The documentation of a variant, where it is not the value as the runtime's macro has it.
fn told_otherwise(base: EnumBase, value: &Value) -> Option<TokenStream> {
    let told = code(value);
    let plain = match (base, value) {
        (EnumBase::String, Value::String(text)) => format!("`{text}`"),
        (EnumBase::Integer(_), _) => format!("`{}`", whole(value).unwrap_or_default()),
        (_, value) => format!("`{value}`"),
    };
    let lines: Vec<String> = shown(&told).collect();
    (lines != [plain]).then(|| {
        let lines = lines.join("\n");
        quote!(#[doc = #lines])
    })
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
