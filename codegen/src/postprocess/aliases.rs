//! Components that only name another type, and lists and maps that contain themselves.

use quote::{format_ident, quote};
use syn::parse_quote;

use super::tree::{doc, equality, module};
use super::{Context, Pass, PassError};
use crate::keyword::schema_prose;
use crate::model::{NamedTypes, Shape};

pub(super) const PASS: Pass = Pass {
    name: "aliases",
    about: "the names of components that are primitives, lists or maps would be missing",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let types = NamedTypes::new(&context.normalized.types);
    let items = module(PASS.name, file, "types")?;
    for ty in &context.normalized.types {
        let name = format_ident!("{}", ty.ident);
        let words =
            || doc(&schema_prose(&ty.schema, &format!("The schema `{}`.", ty.component.as_ref().unwrap_or(&ty.ident))));
        match &ty.shape {
            Shape::Alias(target) => {
                let (words, target) = (words(), target.in_types());
                items.push(parse_quote!(#(#words)* pub type #name = #target;));
            }
            Shape::Wrapper(target) => {
                let (words, target) = (words(), target.in_types());
                let equality = equality(ty, types);
                let derive = quote!(#[derive(Debug, Clone, #equality ::serde::Deserialize, ::serde::Serialize)]);
                items.push(parse_quote!(#(#words)* #derive #[serde(transparent)] pub struct #name(pub #target);));
            }
            Shape::Struct(_) | Shape::Enum(_) | Shape::Text | Shape::Union(_) => {}
        }
    }
    Ok(())
}
