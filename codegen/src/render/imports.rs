//! Imports: items are written with whole paths to the runtime, and with all imports that any could need; here each module
//! imports what it uses.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::visit::Visit;
use syn::{Attribute, Ident, Item, ItemUse, Macro, UseTree, Visibility, parse_quote};

/// Traits of progenitor's that are used by way of their methods.
const BY_METHOD: [(&str, &str); 1] = [("ClientHooks", "exec")];

/// The import of the runtime into a module so many steps below the one beside the runtime, with these attributes.
pub fn of_runtime(depth: usize, attributes: Vec<Attribute>) -> ItemUse {
    let supers = std::iter::repeat_n(format_ident!("super"), depth);
    parse_quote!(#(#attributes)* use #(#supers::)* runtime;)
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
    /// Notes the names of an item but for what its macro calls are given, which [`Spelling`](super::spelling::Spelling) notes.
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

    /// Notes a name.
    pub fn note(&mut self, ident: &Ident) {
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
    }

    // What attributes name by a path stands there in full.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}
