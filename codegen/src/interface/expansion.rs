//! What the runtime's macros declare: nothing but the compiler expands macros, and it tells nobody, so the items are looked
//! up in the text of the macro. What is not needed to name an item is left out, be it expanded or not.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use syn::Item;

/// How deep a macro may call another. A macro that calls itself must not go on for ever.
const DEEPEST: usize = 4;

/// The macros of a crate, by name: the text of each one's only arm.
#[derive(Default)]
pub(super) struct Macros(BTreeMap<String, TokenStream>);

impl Macros {
    /// Takes note of the macros among items.
    pub fn learn(&mut self, items: &[Item]) {
        for item in items {
            let Item::Macro(item) = item else { continue };
            // `(matcher) => { text };`
            let text = item.mac.tokens.clone().into_iter().nth(3);
            if let (Some(name), Some(TokenTree::Group(text))) = (&item.ident, text) {
                self.0.insert(name.to_string(), text.stream());
            }
        }
    }

    /// Every item that calls among these declare, for the type that is the first name in a call.
    pub fn expand(&self, items: &[Item]) -> Vec<Item> {
        let mut found = Vec::new();
        self.expand_into(items, &mut found, 0);
        found
    }

    fn expand_into(&self, items: &[Item], found: &mut Vec<Item>, depth: usize) {
        for item in items {
            let Item::Macro(call) = item else { continue };
            let name = call.mac.path.segments.last().map(|segment| segment.ident.to_string());
            let of = call.mac.tokens.clone().into_iter().find_map(|token| match token {
                TokenTree::Ident(ident) => Some(ident),
                _ => None,
            });
            let (Some(text), Some(of)) = (name.and_then(|name| self.0.get(&name)), of) else { continue };
            let declared = declared(text, &of);
            if depth < DEEPEST {
                self.expand_into(&declared, found, depth + 1);
            }
            found.extend(declared);
        }
    }
}

/// The items in a macro's text with the type in the place of `$name`.
fn declared(text: &TokenStream, of: &Ident) -> Vec<Item> {
    let mut items = Vec::new();
    let (mut item, mut is_implementation) = (TokenStream::new(), false);
    for token in named(text.clone(), of) {
        let mut ends = false;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                ends = true;
                let members = if is_implementation { signatures(group.stream()) } else { group.stream() };
                item.extend([TokenTree::from(Group::new(Delimiter::Brace, members))]);
            }
            token => {
                is_implementation |= matches!(&token, TokenTree::Ident(word) if word == "impl");
                ends |= matches!(&token, TokenTree::Punct(sign) if sign.as_char() == ';');
                item.extend([token]);
            }
        }
        if ends {
            items.extend(syn::parse2::<Item>(std::mem::take(&mut item)));
            is_implementation = false;
        }
    }
    items
}

/// The members of an `impl` with nothing in their bodies and values, which need not be Rust before they are expanded.
fn signatures(members: TokenStream) -> TokenStream {
    let mut bare = TokenStream::new();
    let mut is_constant = false;
    let mut members = members.into_iter();
    while let Some(token) = members.next() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                bare.extend([TokenTree::from(Group::new(Delimiter::Brace, TokenStream::new()))]);
            }
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

/// The text with the type in the place of `$name`, paths from the root in the place of `$crate`, and no repetitions.
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
            (TokenTree::Punct(sign), Some(TokenTree::Group(_))) if sign.as_char() == '$' => {
                tokens.next();
                // What separates the repeated, and how often it is there.
                let is_end =
                    |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if "*+?".contains(sign.as_char()));
                while tokens.next().is_some_and(|token| !is_end(&token)) {}
                continue;
            }
            (TokenTree::Group(group), _) => Group::new(group.delimiter(), self::named(group.stream(), of)).into(),
            (token, _) => token,
        };
        named.extend([replaced]);
    }
    named
}
