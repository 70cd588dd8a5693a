//! Places in progenitor's syntax tree.

use syn::{Ident, Item, ItemMod};

use super::PassError;

pub use crate::write::doc::doc;

/// The items of a module at the file's root.
pub fn module<'a>(pass: &'static str, file: &'a mut syn::File, name: &str) -> Result<&'a mut Vec<Item>, PassError> {
    let found = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) if ident == name => Some(items),
        _ => None,
    });
    found.ok_or_else(|| PassError { pass, what: format!("module `{name}`") })
}

/// The identifier of an item that declares a type, or of the type that an `impl` is for.
pub fn subject(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Impl(item) => match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
            _ => None,
        },
        _ => None,
    }
}
