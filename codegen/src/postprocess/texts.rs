//! Strings with constraints: progenitor's constructors know `maxLength` and `pattern`, but its decoding refuses what a
//! server has long stored, and it loses `maxLength` beside a format.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::derived_schema::appearance;
use super::tree::{deprecation, doc, module, schema_prose};
use super::{Context, Pass, PassError};
use crate::model::{NamedType, Shape, text_type};

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
    let rules = rules(&ty.schema);
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

/// The rules of a string schema as fields of the runtime's `TextRules`.
fn rules(schema: &Value) -> Vec<TokenStream> {
    let mut rules = Vec::new();
    for (keyword, field) in [("minLength", "min_length"), ("maxLength", "max_length"), ("x-maxBytes", "max_bytes")] {
        if let Some(limit) = schema.get(keyword).and_then(Value::as_u64) {
            let field = format_ident!("{field}");
            let limit = proc_macro2::Literal::u64_unsuffixed(limit);
            rules.push(quote!(#field: Some(#limit)));
        }
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        rules.push(quote!(pattern: Some(super::runtime::Pattern {
            source: #pattern,
            matches: super::runtime::pattern_matches,
        })));
    }
    if let Some(format) = schema.get("format").and_then(Value::as_str).and_then(text_type) {
        let format = format_ident!("{format}");
        rules.push(quote!(format: Some(super::runtime::Format::#format)));
    }
    rules
}
