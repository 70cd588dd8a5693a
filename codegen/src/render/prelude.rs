//! Names: standard types are written from their crate's root, which no reader would do.

use std::collections::BTreeSet;

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::visit_mut::{VisitMut, visit_expr_path_mut, visit_path_mut, visit_type_path_mut};
use syn::{ExprPath, Ident, Macro, MetaList, Path, PathSegment, QSelf, TypePath};

/// What every Rust module knows by its last name.
const KNOWN: [(&str, &str); 12] = [
    ("option", "Option"),
    ("string", "String"),
    ("string", "ToString"),
    ("result", "Result"),
    ("vec", "Vec"),
    ("boxed", "Box"),
    ("convert", "From"),
    ("convert", "Into"),
    ("convert", "TryFrom"),
    ("convert", "TryInto"),
    ("default", "Default"),
    ("clone", "Clone"),
];

/// Shortens the paths of items.
#[derive(Debug)]
pub struct Shorten {
    /// Names that mean something else in the generated modules.
    hidden: BTreeSet<String>,
}

impl Shorten {
    /// `hidden` are names that mean something else in the modules of the items.
    pub fn new(hidden: BTreeSet<String>) -> Self {
        Self { hidden }
    }
}

impl VisitMut for Shorten {
    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        let before = path.path.segments.len();
        visit_expr_path_mut(self, path);
        follow(path.qself.as_mut(), before - path.path.segments.len());
    }

    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        let before = path.path.segments.len();
        visit_type_path_mut(self, path);
        follow(path.qself.as_mut(), before - path.path.segments.len());
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        if path.segments.first().is_none_or(|first| first.ident != "std") {
            return;
        }
        let names: Vec<&Ident> = path.segments.iter().skip(1).take(2).map(|segment| &segment.ident).collect();
        let [module, name] = names.as_slice() else { return };
        if !self.is_known(&module.to_string(), &name.to_string()) {
            return;
        }
        let rest: Vec<PathSegment> = path.segments.iter().skip(2).cloned().collect();
        path.leading_colon = None;
        path.segments = rest.into_iter().collect();
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        call.tokens = self.tokens(std::mem::take(&mut call.tokens));
    }

    fn visit_meta_list_mut(&mut self, list: &mut MetaList) {
        // Only serde is given paths in strings.
        if list.path.is_ident("serde") {
            list.tokens = std::mem::take(&mut list.tokens).into_iter().map(|token| self.literal(token)).collect();
        }
    }
}

impl Shorten {
    fn is_known(&self, module: &str, name: &str) -> bool {
        KNOWN.contains(&(module, name)) && !self.hidden.contains(name)
    }

    /// A string that is a path, `"::std::option::Option::is_none"`.
    fn literal(&self, token: TokenTree) -> TokenTree {
        let TokenTree::Literal(literal) = &token else { return token };
        let text = literal.to_string();
        let path = text.strip_prefix("\"::std::").and_then(|rest| rest.strip_suffix('"'));
        match path.and_then(|path| path.split_once("::")) {
            Some((module, rest)) if self.is_known(module, rest.split("::").next().unwrap_or_default()) => {
                Literal::string(rest).into()
            }
            _ => token,
        }
    }

    /// The strings that are paths in what serde is told.
    fn paths(&self, token: TokenTree) -> TokenTree {
        let TokenTree::Group(group) = token else { return self.literal(token) };
        Group::new(group.delimiter(), group.stream().into_iter().map(|token| self.paths(token)).collect()).into()
    }

    /// The arguments of macros, which are no syntax yet.
    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut short = TokenStream::new();
        let mut rest = tokens.as_slice();
        while let Some((token, after)) = rest.split_first() {
            rest = after;
            // `::std::string::String`
            let known = match (token, after) {
                (
                    TokenTree::Punct(_),
                    [
                        TokenTree::Punct(_),
                        TokenTree::Ident(root),
                        TokenTree::Punct(_),
                        TokenTree::Punct(_),
                        TokenTree::Ident(module),
                        TokenTree::Punct(_),
                        TokenTree::Punct(_),
                        TokenTree::Ident(name),
                        after @ ..,
                    ],
                ) if root == "std" && self.is_known(&module.to_string(), &name.to_string()) => Some((name, after)),
                _ => None,
            };
            match (known, token) {
                (Some((name, after)), _) => {
                    short.extend([TokenTree::from(name.clone())]);
                    rest = after;
                }
                (None, TokenTree::Group(group)) => {
                    let inner = self.tokens(group.stream());
                    let is_serde =
                        matches!(inner.clone().into_iter().next(), Some(TokenTree::Ident(name)) if name == "serde");
                    let inner =
                        if is_serde { inner.into_iter().map(|token| self.paths(token)).collect() } else { inner };
                    let group = Group::new(group.delimiter(), inner);
                    short.extend([TokenTree::from(group)]);
                }
                (None, token) => short.extend([token.clone()]),
            }
        }
        short
    }
}

/// In `<T as Trait>::Item`, the segments of the trait are counted; fewer are left once it is shortened.
pub(super) fn follow(qualified: Option<&mut QSelf>, shortened_by: usize) {
    if let Some(qualified) = qualified {
        qualified.position = qualified.position.saturating_sub(shortened_by);
    }
}
