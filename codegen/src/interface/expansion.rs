//! What the runtime's macros implement for a type: nothing but the compiler expands macros, and it tells nobody, so the
//! implementations are looked up in the text of the macro.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use syn::{Item, ItemImpl, ItemMacro};

/// The macros of a set of sources, by name.
#[derive(Default)]
pub(super) struct Macros(BTreeMap<String, TokenStream>);

impl Macros {
    /// Takes note of a macro that is defined.
    pub fn define(&mut self, item: &ItemMacro) {
        let Some(name) = &item.ident else { return };
        self.0.insert(name.to_string(), item.mac.tokens.clone());
    }

    /// What a call implements for the type that is its first argument.
    pub fn implementations(&self, called: &syn::Macro) -> Vec<ItemImpl> {
        let name = called.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let (Some(body), Some(TokenTree::Ident(of))) = (self.0.get(&name), called.tokens.clone().into_iter().next())
        else {
            return Vec::new();
        };
        // `(matcher) => { text };`, of which the runtime's macros have one.
        let Some(TokenTree::Group(text)) = body.clone().into_iter().nth(3) else { return Vec::new() };
        implementations(&text.stream(), &of)
    }
}

/// Every `impl` in a macro's text, with the attributes ahead of it and the type in the place of `$name`.
fn implementations(text: &TokenStream, of: &Ident) -> Vec<ItemImpl> {
    let mut found = Vec::new();
    let mut pending = TokenStream::new();
    for token in named(text.clone(), of) {
        let ends = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        match token {
            // What is done inside is nobody's interface, and need not be Rust before the macro is expanded.
            TokenTree::Group(group) if ends => {
                pending.extend([TokenTree::from(Group::new(Delimiter::Brace, signatures(group.stream())))]);
                if let Ok(Item::Impl(item)) = syn::parse2(std::mem::take(&mut pending)) {
                    found.push(item);
                }
            }
            token => pending.extend([token]),
        }
    }
    found
}

/// The members of an `impl` with nothing in their bodies and values.
fn signatures(members: TokenStream) -> TokenStream {
    let mut bare = TokenStream::new();
    let mut is_constant = false;
    let mut members = members.into_iter();
    while let Some(token) = members.next() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                bare.extend([TokenTree::from(Group::new(Delimiter::Brace, TokenStream::new()))]);
            }
            // The value of a constant may be made of repetitions.
            TokenTree::Punct(sign) if sign.as_char() == '=' && is_constant => {
                let end = members.find(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';'));
                bare.extend([sign.into(), TokenTree::from(Literal::u8_unsuffixed(0))].into_iter().chain(end));
            }
            token => {
                if let TokenTree::Ident(word) = &token {
                    is_constant = word == "const" || (is_constant && word != "fn" && word != "type");
                }
                bare.extend([token]);
            }
        }
    }
    bare
}

/// The text with the type in the place of `$name`, and paths from the root in the place of `$crate`.
fn named(text: TokenStream, of: &Ident) -> TokenStream {
    let mut named = TokenStream::new();
    let mut tokens = text.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let replaced: TokenTree = match (token, tokens.peek()) {
            (TokenTree::Punct(sign), Some(TokenTree::Ident(ident))) if sign.as_char() == '$' && ident == "name" => {
                tokens.next();
                of.clone().into()
            }
            (TokenTree::Punct(sign), Some(TokenTree::Ident(ident))) if sign.as_char() == '$' && ident == "crate" => {
                tokens.next();
                Ident::new("crate", Span::call_site()).into()
            }
            (TokenTree::Group(group), _) => Group::new(group.delimiter(), self::named(group.stream(), of)).into(),
            (token, _) => token,
        };
        named.extend([replaced]);
    }
    named
}
