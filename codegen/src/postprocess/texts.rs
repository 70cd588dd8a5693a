//! Strings with constraints: progenitor's constructors know `maxLength` and `pattern`, but its decoding refuses what a
//! server has long stored, and it loses `maxLength` beside a format.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::derived_schema::appearance;
use super::tree::{doc, module};
use super::{Context, Pass, PassError};
use crate::keyword::deprecated::deprecation;
use crate::keyword::{Of, rules, schema_prose};
use crate::model::{NamedType, Shape};

pub(super) const PASS: Pass =
    Pass { name: "texts", about: "constrained strings would be missing: progenitor knows them by name alone", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let items = module(PASS.name, file, "types")?;
    for ty in &context.normalized.types {
        if !matches!(ty.shape, Shape::Text) {
            continue;
        }
        let declared: syn::File = syn::parse2(written(ty))
            .map_err(|error| PassError { pass: PASS.name, what: format!("way to write `{}` ({error})", ty.ident) })?;
        items.extend(declared.items);
    }
    Ok(())
}

fn written(ty: &NamedType) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let words = doc(&schema_prose(&ty.schema, &format!("The text `{}`.", ty.component.as_ref().unwrap_or(&ty.ident))));
    let deprecated = deprecation(&ty.schema);
    let rules = rules(&ty.schema, Of::Strings);
    let appearance = appearance(ty);
    quote! {
        #(#words)*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Deserialize, ::serde::Serialize)]
        #[serde(transparent)]
        #deprecated
        pub struct #name(::std::string::String);
        super::runtime::text!(#name, super::runtime::TextRules { #(#rules,)* ..super::runtime::TextRules::NONE }, #appearance);
    }
}
