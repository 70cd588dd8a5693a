//! The module `types`: what the API's operations exchange, in the document's order.

use proc_macro2::TokenStream;
use quote::quote;

use super::WriteError;
use super::doc::doc;
use super::examples::Examples;
use super::{aliases, enums, status_enums, strings, struct_builders, structs, unions};
use crate::model::{Api, NamedType, Shape, Types};
use crate::progenitor::Skeleton;

/// Writes the module.
pub fn write(api: &Api<'_>, skeleton: &Skeleton, examples: &Examples<'_>) -> Result<syn::ItemMod, WriteError> {
    let types = &api.types;
    let mut items: Vec<TokenStream> = Vec::new();
    for ty in &api.types {
        items.push(match &ty.shape {
            Shape::Struct(object) => structs::write(ty, object, types, skeleton.struct_items(&ty.ident)?)?,
            Shape::Enum(listed) => enums::write(ty, listed),
            Shape::Text => strings::write(ty),
            Shape::Union(union) => unions::write(ty, union, types),
            Shape::Alias(target) => aliases::alias(ty, target),
            Shape::Wrapper(target) => aliases::wrapper(ty, target, types),
        });
        items.extend(examples.write(&ty.ident));
    }
    items.extend(api.status_enums.iter().map(status_enums::write));
    items.extend(struct_builders::module(types, skeleton)?);
    items.push(struct_builders::errors(skeleton));
    let about = doc("Types used as operation parameters and responses.");
    Ok(syn::parse2(quote! {
        #(#about)*
        pub mod types { #(#items)* }
    })?)
}

/// The name of a type for readers: its component's.
pub fn name_of(ty: &NamedType) -> &str {
    ty.component.as_ref().unwrap_or(&ty.ident)
}

/// The traits of equality that a type can have, as a list for its `derive`.
pub fn equality(ty: &NamedType, types: &Types) -> TokenStream {
    let total = types.named_has_total_equality(&ty.ident);
    if total { quote!(PartialEq, Eq, Hash,) } else { quote!(PartialEq,) }
}
