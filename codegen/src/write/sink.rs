//! Where what is written goes: item by item, so that no more than one stands in memory as a syntax tree.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::{File, Item, ItemMacro, ItemMod, Macro, MacroDelimiter, PathSegment};

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
    let (mut open, mut others) = (Vec::new(), TokenStream::new());
    for token in items {
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(sign) => sign.as_char() == ';',
            _ => false,
        };
        open.push(token);
        if !ends {
            continue;
        }
        if let Some(call) = call(&open) {
            parsed(sink, std::mem::take(&mut others))?;
            sink.item(Item::Macro(call));
        } else {
            others.extend(open.drain(..));
        }
        open.clear();
    }
    others.extend(open);
    parsed(sink, others)
}

fn parsed(sink: &mut dyn Sink, items: TokenStream) -> Result<(), WriteError> {
    let file: File = syn::parse2(items)?;
    file.items.into_iter().for_each(|item| sink.item(item));
    Ok(())
}

/// A call of a macro, which most items are. What it is given is no syntax yet, and a parser would copy all of it.
fn call(tokens: &[TokenTree]) -> Option<ItemMacro> {
    let (called, is_statement) = match tokens.split_last()? {
        (TokenTree::Punct(_), called) => (called, true),
        _ => (tokens, false),
    };
    let [path @ .., TokenTree::Punct(mark), TokenTree::Group(given)] = called else { return None };
    let is_of_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(sign) => sign.as_char() == ':',
        _ => false,
    };
    if mark.as_char() != '!' || !matches!(path.first(), Some(TokenTree::Ident(_))) || !path.iter().all(is_of_path) {
        return None;
    }
    let delimiter = match given.delimiter() {
        Delimiter::Brace => MacroDelimiter::Brace(Default::default()),
        Delimiter::Bracket => MacroDelimiter::Bracket(Default::default()),
        Delimiter::Parenthesis => MacroDelimiter::Paren(Default::default()),
        Delimiter::None => return None,
    };
    let names = path.iter().filter_map(|token| match token {
        TokenTree::Ident(name) => Some(PathSegment::from(name.clone())),
        _ => None,
    });
    let path = syn::Path { leading_colon: None, segments: names.collect() };
    let mac = Macro { path, bang_token: Default::default(), delimiter, tokens: given.stream() };
    Some(ItemMacro { attrs: Vec::new(), ident: None, mac, semi_token: is_statement.then(Default::default) })
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
