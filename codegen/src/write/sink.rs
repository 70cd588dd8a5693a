//! Where what is written goes: item by item, so that no more than one stands in memory as a syntax tree.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, Item, ItemMod};

use super::WriteError;

/// Takes the items of the generated source in their order.
pub trait Sink {
    /// An item of the module that is open.
    fn item(&mut self, item: Item);

    /// Begins a module within the one that is open: its declaration, without content.
    fn open(&mut self, module: ItemMod);

    /// Ends the module that is open.
    fn close(&mut self);

    /// Whether whatever comes yet is of no use.
    fn is_enough(&self) -> bool {
        false
    }
}

/// Writes items that stand as tokens.
pub fn items(sink: &mut dyn Sink, items: TokenStream) -> Result<(), WriteError> {
    if sink.is_enough() {
        return Err(WriteError::Enough);
    }
    let file: File = syn::parse2(items)?;
    file.items.into_iter().for_each(|item| sink.item(item));
    Ok(())
}

/// Writes a module: its declaration without braces, and what `content` writes.
pub fn module(
    sink: &mut dyn Sink,
    declaration: TokenStream,
    content: impl FnOnce(&mut dyn Sink) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    sink.open(syn::parse2(quote!(#declaration {}))?);
    content(sink)?;
    sink.close();
    Ok(())
}
