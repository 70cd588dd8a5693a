//! Imports: items are written with whole paths to the runtime, and with all imports that any could need; here each module
//! imports what it uses.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::visit_mut::{VisitMut, visit_expr_path_mut, visit_path_mut, visit_type_path_mut};
use syn::{
    Attribute, ExprPath, Ident, Item, ItemUse, Macro, MetaList, Path, TypePath, UseTree, Visibility, parse_quote,
};

use super::prelude::follow;

/// Traits of progenitor's that are used by way of their methods.
const BY_METHOD: [(&str, &str); 1] = [("ClientHooks", "exec")];

/// Names the runtime by its own name in an item of a module so many steps below the one beside the runtime. Whether it is
/// named at all.
pub fn shorten(item: &mut Item, depth: usize) -> bool {
    let mut short = Shorten { depth, used: false };
    short.visit_item_mut(item);
    short.used
}

/// The import of the runtime into such a module.
pub fn of_runtime(depth: usize) -> ItemUse {
    let supers = std::iter::repeat_n(format_ident!("super"), depth);
    parse_quote!(use #(#supers::)* runtime;)
}

struct Shorten {
    depth: usize,
    used: bool,
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
        let leads_up = path.segments.iter().take(self.depth).all(|segment| segment.ident == "super");
        let to_runtime = path.segments.iter().nth(self.depth).is_some_and(|segment| segment.ident == "runtime");
        if leads_up && to_runtime && path.leading_colon.is_none() {
            path.segments = path.segments.iter().skip(self.depth).cloned().collect();
            self.used = true;
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        self.visit_path_mut(&mut call.path);
        call.tokens = self.tokens(std::mem::take(&mut call.tokens));
    }

    fn visit_meta_list_mut(&mut self, list: &mut MetaList) {
        list.tokens = self.tokens(std::mem::take(&mut list.tokens));
    }
}

impl Shorten {
    /// The arguments of macros and attributes, which are no syntax yet; an attribute may also have a path within a text.
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        // Taking tokens apart costs more than looking through them, and few name the runtime.
        if !names_the_runtime(&tokens) {
            return tokens;
        }
        let supers = std::iter::repeat_n(format_ident!("super"), self.depth);
        let long: Vec<String> = quote!(#(#supers::)* runtime::).into_iter().map(|token| token.to_string()).collect();
        let long_text = format!("\"{}runtime::", "super::".repeat(self.depth));
        let mut found: Vec<TokenTree> = Vec::new();
        for token in tokens {
            found.push(match token {
                TokenTree::Group(group) => {
                    let mut inner = proc_macro2::Group::new(group.delimiter(), self.tokens(group.stream()));
                    inner.set_span(group.span());
                    inner.into()
                }
                TokenTree::Literal(literal) => match literal.to_string().strip_prefix(&long_text) {
                    Some(rest) => {
                        self.used = true;
                        Literal::string(&format!("runtime::{}", rest.trim_end_matches('"'))).into()
                    }
                    None => literal.into(),
                },
                other => other,
            });
            let ends_a_path = matches!(found.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
            let start = found.len().saturating_sub(long.len());
            if ends_a_path && found[start..].iter().map(TokenTree::to_string).eq(long.iter().cloned()) {
                self.used = true;
                let short = found.split_off(start).split_off(long.len() - 3);
                found.extend(short);
            }
        }
        found.into_iter().collect()
    }
}

fn names_the_runtime(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "runtime",
        TokenTree::Group(group) => names_the_runtime(&group.stream()),
        TokenTree::Literal(literal) => literal.to_string().starts_with("\"super::"),
        TokenTree::Punct(_) => false,
    })
}

/// Whether anything of an import is used; what is not is taken out of it.
fn keep_used(tree: &mut UseTree, used: &BTreeSet<String>) -> bool {
    match tree {
        UseTree::Path(path) => keep_used(&mut path.tree, used),
        UseTree::Group(group) => {
            let all = std::mem::take(&mut group.items).into_iter();
            group.items = all.filter_map(|mut tree| keep_used(&mut tree, used).then_some(tree)).collect();
            !group.items.is_empty()
        }
        UseTree::Name(name) => {
            let by_method = BY_METHOD.iter().any(|(of, method)| name.ident == of && used.contains(*method));
            // The runtime is imported above for what is known to use it, be it in an attribute.
            name.ident == "runtime" || by_method || used.contains(&name.ident.to_string())
        }
        UseTree::Rename(rename) => used.contains(&rename.rename.to_string()),
        UseTree::Glob(_) => true,
    }
}

fn identifiers_of(import: &ItemUse, found: &mut BTreeSet<String>) {
    if let UseTree::Path(path) = &import.tree
        && path.ident == "super"
    {
        let mut used = Used::default();
        used.tokens(path.tree.to_token_stream());
        found.append(&mut used.names);
        // A trait is found by its methods again.
        for (of, method) in BY_METHOD {
            if found.contains(of) {
                found.insert(method.to_owned());
            }
        }
    }
}

/// The names that a module, or one within it, uses.
#[derive(Debug, Default)]
pub struct Used {
    names: BTreeSet<String>,
}

impl Used {
    /// Notes the names of an item.
    pub fn note_item(&mut self, item: &Item) {
        self.visit_item(item);
    }

    /// Adds the names that a module within imports from here.
    pub fn add(&mut self, names: BTreeSet<String>) {
        self.names.extend(names);
    }

    /// An import without the names that are not used; none where nothing is left of it. The names that it takes from the
    /// module's parent are added to `from_parent`.
    pub fn keep(&self, mut import: ItemUse, from_parent: &mut BTreeSet<String>) -> Option<ItemUse> {
        // What progenitor's crate has is shown to users where it is in what they use.
        let of_progenitor = matches!(&import.tree, UseTree::Path(path) if path.ident == "progenitor_client");
        let is_private = matches!(import.vis, Visibility::Inherited);
        if (is_private || of_progenitor) && !keep_used(&mut import.tree, &self.names) {
            return None;
        }
        // What progenitor allowed is gone.
        import.attrs.retain(|attribute| !attribute.path().is_ident("allow"));
        identifiers_of(&import, from_parent);
        Some(import)
    }

    fn note(&mut self, ident: &Ident) {
        let name = ident.to_string();
        if !self.names.contains(&name) {
            self.names.insert(name);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => self.note(&ident),
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Used {
    fn visit_ident(&mut self, ident: &'ast Ident) {
        self.note(ident);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    // What attributes name by a path stands there in full.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}
