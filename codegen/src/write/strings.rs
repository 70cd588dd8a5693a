//! Strings with constraints: constructors refuse what the document refuses, decoding keeps it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::conformance::refusing;
use super::derived_schema::appearance;
use super::doc::doc;
use super::types::name_of;
use crate::keyword::deprecated::deprecation;
use crate::keyword::{Of, format, rules, schema_prose};
use crate::model::{NamedType, Types};

/// A string type and what is implemented for it.
pub fn write(ty: &NamedType, types: &Types) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let words = doc(&schema_prose(&ty.schema, &format!("The text `{}`.", name_of(ty))));
    let deprecated = deprecation(&ty.schema);
    let rules = rules(&ty.schema, Of::Strings);
    let appearance = appearance(ty, types);
    let (refusing, check) = refusing(ty, types).unzip();
    // What is written in several ways does not compare as strings do.
    let text = match format::of(&ty.schema) {
        Some("date-time") => quote!(date_time_text),
        _ => quote!(text),
    };
    quote! {
        super::runtime::#text! {
            #(#words)*
            #deprecated
            pub struct #name(::std::string::String);
            rules { #(#rules),* } #appearance #check
        }
        #refusing
    }
}
