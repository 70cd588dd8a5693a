//! What progenitor writes for a struct: its fields, and whether it can be made of nothing.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use syn::{Ident, ItemStruct};

use super::pieces;

/// The items of a struct.
#[derive(Debug, Clone)]
pub struct StructItems {
    /// Its fields, in progenitor's order.
    pub fields: Vec<Ident>,
    /// Whether it can be made of nothing.
    pub has_default: bool,
}

/// The structs of the module `types` by name.
pub fn structs(types: TokenStream) -> syn::Result<BTreeMap<String, StructItems>> {
    let declared = pieces::split(types).into_iter().filter(|piece| piece.is("struct"));
    let items = declared.map(|piece| {
        let declared: ItemStruct = piece.undocumented()?;
        let items = StructItems { has_default: derives_default(&declared), fields: idents(&declared) };
        Ok((declared.ident.to_string(), items))
    });
    items.collect()
}

fn idents(item: &ItemStruct) -> Vec<Ident> {
    item.fields.iter().filter_map(|field| field.ident.clone()).collect()
}

fn derives_default(item: &ItemStruct) -> bool {
    item.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let mut found = false;
        // What is no path is no `Default` either.
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("Default");
            Ok(())
        });
        found
    })
}
