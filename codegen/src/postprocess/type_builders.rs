//! The builders of structs: progenitor leaves them undocumented, though they are how users make a value.

use syn::{ImplItem, Item};

use super::tree::{doc, module, subject};
use super::{Context, Pass, PassError};
use crate::model::Shape;

pub(super) const PASS: Pass =
    Pass { name: "type-builders", about: "the builders of structs would be undocumented", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let items = module(PASS.name, file, "types")?;
    let mut documented = 0;
    for item in items.iter_mut() {
        match item {
            Item::Impl(item) => {
                for item in &mut item.items {
                    let ImplItem::Fn(function) = item else { continue };
                    if function.sig.ident == "builder" && function.attrs.is_empty() {
                        function.attrs = doc("A builder, with none of the properties given yet.");
                        documented += 1;
                    }
                }
            }
            Item::Mod(module) if module.ident == "builder" => {
                module.attrs = doc("How values are built: a setter for each property; `try_into` is the final step.");
                for item in module.content.iter_mut().flat_map(|(_, items)| items) {
                    document(item);
                }
            }
            Item::Mod(module) if module.ident == "error" => {
                module.attrs = doc("What can go wrong when a value is built.");
                for item in module.content.iter_mut().flat_map(|(_, items)| items) {
                    if let Item::Struct(item) = item {
                        item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
                        item.attrs
                            .splice(0..0, doc("A property is missing, or its value is one that the document refuses."));
                    }
                }
            }
            _ => {}
        }
    }
    let structs = context.normalized.types.iter().filter(|ty| matches!(ty.shape, Shape::Struct(_))).count();
    if documented < structs {
        return Err(PassError { pass: PASS.name, what: "`builder` of every struct".to_owned() });
    }
    Ok(())
}

fn document(item: &mut Item) {
    let name = subject(item).map(ToString::to_string).unwrap_or_default();
    match item {
        Item::Struct(item) => {
            item.attrs.splice(0..0, doc(&format!("Builds a [`{name}`](super::{name})."))).for_each(drop)
        }
        Item::Impl(item) if item.trait_.is_none() => {
            for item in &mut item.items {
                if let ImplItem::Fn(function) = item {
                    let field = function.sig.ident.to_string();
                    function.attrs = doc(&format!("Sets [`{field}`](super::{name}::{field})."));
                }
            }
        }
        _ => {}
    }
}
