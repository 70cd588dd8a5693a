//! progenitor's output as tokens, split into items. Little of it is taken over, and parsing all that is thrown away would take
//! longer than progenitor itself.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::parse::Parse;

/// What may stand between the attributes of an item and the keyword that says what it is.
const QUALIFIERS: [&str; 3] = ["pub", "async", "unsafe"];

/// Items that end with a semicolon, whatever is in braces within them.
const STATEMENTS: [&str; 4] = ["use", "const", "static", "type"];

/// An item of a module, or a member of an implementation.
pub struct Piece {
    tokens: Vec<TokenTree>,
    /// Where its keyword stands.
    keyword: usize,
}

/// The items of a module's tokens, or the members of an implementation's.
pub fn split(tokens: TokenStream) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open: Vec<TokenTree> = Vec::new();
    let mut keyword = None;
    for token in tokens {
        let ends = match &token {
            TokenTree::Ident(word) if keyword.is_none() && QUALIFIERS.iter().all(|qualifier| word != qualifier) => {
                keyword = Some((open.len(), STATEMENTS.iter().any(|statement| word == statement)));
                false
            }
            TokenTree::Group(group) => {
                group.delimiter() == Delimiter::Brace && keyword.is_some_and(|(_, is_statement)| !is_statement)
            }
            TokenTree::Punct(sign) => sign.as_char() == ';',
            _ => false,
        };
        open.push(token);
        if ends {
            let tokens = std::mem::take(&mut open);
            pieces.extend(keyword.take().map(|(keyword, _)| Piece { tokens, keyword }));
        }
    }
    pieces
}

impl Piece {
    /// Whether it is of the kind that a keyword says.
    pub fn is(&self, keyword: &str) -> bool {
        matches!(self.tokens.get(self.keyword), Some(TokenTree::Ident(word)) if word == keyword)
    }

    /// What stands behind the keyword: the name of a struct, a module or a function.
    pub fn name(&self) -> Option<&Ident> {
        match self.tokens.get(self.keyword + 1) {
            Some(TokenTree::Ident(name)) => Some(name),
            _ => None,
        }
    }

    /// What stands between its braces.
    pub fn body(&self) -> TokenStream {
        match self.tokens.last() {
            Some(TokenTree::Group(group)) => group.stream(),
            _ => TokenStream::new(),
        }
    }

    /// Parses the whole.
    pub fn whole<T: Parse>(self) -> syn::Result<T> {
        syn::parse2(self.tokens.into_iter().collect())
    }

    /// Parses it without documentation, which is never taken over.
    pub fn undocumented<T: Parse>(&self) -> syn::Result<T> {
        syn::parse2(without_docs(&self.tokens))
    }

    /// Parses it without documentation and with nothing between its braces.
    pub fn head<T: Parse>(&self) -> syn::Result<T> {
        let head = self.tokens.split_last().map(|(_, head)| head).unwrap_or_default();
        let mut tokens = without_docs(head);
        tokens.extend([TokenTree::from(Group::new(Delimiter::Brace, TokenStream::new()))]);
        syn::parse2(tokens)
    }
}

fn without_docs(mut tokens: &[TokenTree]) -> TokenStream {
    let mut kept = TokenStream::new();
    while let Some((token, rest)) = tokens.split_first() {
        tokens = match rest.split_first() {
            Some((TokenTree::Group(attribute), after)) if is_pound(token) && is_doc(attribute) => after,
            _ => {
                kept.extend([token.clone()]);
                rest
            }
        };
    }
    kept
}

fn is_pound(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(sign) if sign.as_char() == '#')
}

fn is_doc(attribute: &Group) -> bool {
    matches!(attribute.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}
