//! Puts faults into a source file. An item or a node that is not there, or there twice, is an error: no fault rots.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ImplItem, Item, ItemImpl, ItemMacro, ItemTrait, LitStr, Macro, TraitItem, parse_quote};

use super::Numbered;
use super::fault::{Fault, How};
use super::item::{Declared, Named};

/// Why a fault cannot be put into a source file.
#[derive(Debug, thiserror::Error)]
pub enum SpliceError {
    /// What should be Rust is none.
    #[error("{what} is not Rust: {source}")]
    Syntax {
        /// The file, or the fault.
        what: String,
        /// What the parser says.
        source: syn::Error,
    },
    /// The item is not there, or there more than once.
    #[error("the fault `{fault}` names the item `{item}`, which {file} has {count} times")]
    Item {
        /// The fault's name.
        fault: &'static str,
        /// The item.
        item: &'static str,
        /// The file.
        file: &'static str,
        /// How often the item is there.
        count: usize,
    },
    /// The node is not there, or there more than once.
    #[error("the fault `{fault}` names the node `{node}`, which the item `{item}` in {file} has {count} times")]
    Node {
        /// The fault's name.
        fault: &'static str,
        /// The node.
        node: &'static str,
        /// The item.
        item: &'static str,
        /// The file.
        file: &'static str,
        /// How often the node is there.
        count: usize,
    },
}

/// A source file with faults, each with the number that switches it on.
pub fn splice(source: &str, faults: &[Numbered]) -> Result<String, SpliceError> {
    let syntax = |what: &str| {
        let what = what.to_owned();
        move |source| SpliceError::Syntax { what, source }
    };
    let file_name = faults.first().map_or("", |one| one.fault.file);
    let mut file = syn::parse_file(source).map_err(syntax(file_name))?;
    let mut splicer = Splicer { faults: Vec::new(), open: Vec::new(), broken: None };
    for Numbered { number, fault, .. } in faults {
        let tokens = |text: &str| text.parse::<TokenStream>().map_err(|error| syn::Error::new(error.span(), error));
        let (find, put) = match fault.how {
            How::Told => (TokenStream::new(), TokenStream::new()),
            _ => (tokens(fault.find).map_err(syntax(fault.name))?, tokens(fault.put).map_err(syntax(fault.name))?),
        };
        let find: Vec<TokenTree> = find.into_iter().collect();
        splicer.faults.push(Wanted { number: *number, fault: *fault, find, put, items: 0, nodes: 0 });
    }
    splicer.visit_file_mut(&mut file);
    if let Some((fault, source)) = splicer.broken {
        return Err(SpliceError::Syntax { what: format!("what the fault `{fault}` makes"), source });
    }
    for Wanted { fault: Fault { name, file, item, find, .. }, items, nodes, .. } in splicer.faults {
        if items != 1 {
            return Err(SpliceError::Item { fault: name, item, file, count: items });
        }
        if nodes != 1 {
            return Err(SpliceError::Node { fault: name, node: find, item, file, count: nodes });
        }
    }
    Ok(file.into_token_stream().to_string())
}

/// A fault, and how often its item and its node were found.
struct Wanted {
    number: u32,
    fault: Fault,
    find: Vec<TokenTree>,
    put: TokenStream,
    items: usize,
    nodes: usize,
}

struct Splicer {
    faults: Vec<Wanted>,
    /// The switched faults whose item is being visited.
    open: Vec<usize>,
    broken: Option<(&'static str, syn::Error)>,
}

impl Splicer {
    /// Visits an item, with the faults in mind that are in it.
    fn enter<T: ToTokens + syn::parse::Parse>(
        &mut self,
        node: &mut T,
        is_meant: impl Fn(&Named<'_>) -> bool,
        visit: impl FnOnce(&mut Self, &mut T),
    ) {
        let before = self.open.len();
        for index in 0..self.faults.len() {
            if !is_meant(&Named::read(self.faults[index].fault.item)) {
                continue;
            }
            self.faults[index].items += 1;
            if self.faults[index].fault.how == How::Switched {
                self.open.push(index);
                continue;
            }
            let wanted = &mut self.faults[index];
            let replaced = wanted.replaced(node.to_token_stream());
            match syn::parse2(replaced) {
                Ok(replaced) => *node = replaced,
                Err(error) => self.broken = Some((wanted.fault.name, error)),
            }
        }
        visit(self, node);
        self.open.truncate(before);
    }

    /// The tokens of a macro, with the faults whose node is in them.
    fn within(&mut self, tokens: TokenStream) -> TokenStream {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut made = TokenStream::new();
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            let found = self.open.iter().copied().find(|index| starts(&trees[at..], &self.faults[*index].find));
            if let Some(index) = found {
                self.faults[index].nodes += 1;
                let length = self.faults[index].find.len();
                // Another fault may be of the same node, or of a part of it.
                self.open.retain(|other| *other != index);
                let original = self.within(trees[at..at + length].iter().cloned().collect());
                self.open.push(index);
                let Wanted { number, put, .. } = &self.faults[index];
                made.extend(quote::quote! { (if crate::faults::is(#number) { #put } else { #original }) });
                at += length;
                continue;
            }
            match tree {
                TokenTree::Group(group) => made.extend([regrouped(group, self.within(group.stream()))]),
                other => made.extend([other.clone()]),
            }
            at += 1;
        }
        made
    }
}

impl VisitMut for Splicer {
    fn visit_item_mut(&mut self, item: &mut Item) {
        let original = item.clone();
        self.enter(item, |named| named.is_item(&original), visit_mut::visit_item_mut);
    }

    fn visit_item_macro_mut(&mut self, call: &mut ItemMacro) {
        if let Some(Declared { mut item, told }) = Declared::of(call) {
            match &mut item {
                Item::Struct(declared) => self.visit_item_struct_mut(declared),
                Item::Enum(declared) => self.visit_item_enum_mut(declared),
                _ => {}
            }
            call.mac.tokens = quote::quote!(#item #told);
        }
        visit_mut::visit_item_macro_mut(self, call);
    }

    fn visit_item_impl_mut(&mut self, block: &mut ItemImpl) {
        let head = ItemImpl { items: Vec::new(), ..block.clone() };
        for member in &mut block.items {
            let original = member.clone();
            let is_meant = |named: &Named<'_>| named.is_member(&head, &original);
            self.enter::<ImplItem>(member, is_meant, visit_mut::visit_impl_item_mut);
        }
    }

    fn visit_item_trait_mut(&mut self, block: &mut ItemTrait) {
        let head = ItemTrait { items: Vec::new(), ..block.clone() };
        for member in &mut block.items {
            let original = member.clone();
            let is_meant = |named: &Named<'_>| named.is_provided(&head, &original);
            self.enter::<TraitItem>(member, is_meant, visit_mut::visit_trait_item_mut);
        }
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        let of = item.ident.to_string();
        for field in item.fields.iter_mut().filter(|field| field.ident.is_some()) {
            let original = field.clone();
            let mut named = NamedField(original.clone());
            self.enter(&mut named, |named| named.is_field(&of, &original), |_, _| {});
            *field = named.0;
        }
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        let of = item.ident.to_string();
        for variant in &mut item.variants {
            let original = variant.clone();
            self.enter(variant, |named| named.is_variant(&of, &original), |_, _| {});
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let tokens: Vec<TokenTree> =
            if self.open.is_empty() { Vec::new() } else { expression.to_token_stream().into_iter().collect() };
        let is_node = |index: &usize| {
            let find = &self.faults[*index].find;
            find.len() == tokens.len() && starts(&tokens, find)
        };
        let found: Vec<usize> = self.open.iter().copied().filter(is_node).collect();
        // What a macro is given is no part of itself.
        self.open.retain(|index| !found.contains(index));
        visit_mut::visit_expr_mut(self, expression);
        for index in found {
            self.open.push(index);
            self.faults[index].nodes += 1;
            let Wanted { number, put, .. } = &self.faults[index];
            let is_block =
                matches!(expression, Expr::If(_) | Expr::Match(_) | Expr::Loop(_) | Expr::ForLoop(_) | Expr::While(_));
            let choice: Expr = parse_quote! { if crate::faults::is(#number) { #put } else { #expression } };
            *expression = if is_block {
                choice
            } else {
                parse_quote! { (#choice) }
            };
        }
    }

    fn visit_macro_mut(&mut self, called: &mut Macro) {
        if !self.open.is_empty() {
            called.tokens = self.within(called.tokens.clone());
        }
    }
}

/// A field with a name, which alone does not say of which kind it is.
struct NamedField(syn::Field);

impl ToTokens for NamedField {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

impl syn::parse::Parse for NamedField {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        syn::Field::parse_named(input).map(Self)
    }
}

impl Wanted {
    /// Tokens with what is put in the place of what is found.
    fn replaced(&mut self, tokens: TokenStream) -> TokenStream {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut made = TokenStream::new();
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            if !self.find.is_empty() && starts(&trees[at..], &self.find) {
                self.nodes += 1;
                made.extend(self.put.clone());
                at += self.find.len();
                continue;
            }
            match tree {
                TokenTree::Group(group) => {
                    let doc = (self.fault.how == How::Told).then(|| doc(group)).flatten();
                    made.extend([match doc.filter(|doc| doc.contains(self.fault.find)) {
                        Some(doc) => {
                            self.nodes += doc.matches(self.fault.find).count();
                            let doc = LitStr::new(&doc.replace(self.fault.find, self.fault.put), group.span());
                            regrouped(group, quote::quote! { doc = #doc })
                        }
                        None => regrouped(group, self.replaced(group.stream())),
                    }]);
                }
                other => made.extend([other.clone()]),
            }
            at += 1;
        }
        made
    }
}

/// A line of a doc comment, of what stands in the brackets of an attribute.
fn doc(group: &Group) -> Option<String> {
    let attribute: syn::MetaNameValue = syn::parse2(group.stream()).ok()?;
    let is_doc = group.delimiter() == Delimiter::Bracket && attribute.path.is_ident("doc");
    match attribute.value {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) if is_doc => Some(line.value()),
        _ => None,
    }
}

fn regrouped(group: &Group, stream: TokenStream) -> TokenTree {
    let mut made = Group::new(group.delimiter(), stream);
    made.set_span(group.span());
    made.into()
}

/// Whether tokens begin with these.
fn starts(trees: &[TokenTree], with: &[TokenTree]) -> bool {
    !with.is_empty() && trees.len() >= with.len() && trees.iter().zip(with).all(|(one, other)| is_same(one, other))
}

/// Whether two tokens are the same, however far their parts stand apart.
fn is_same(one: &TokenTree, other: &TokenTree) -> bool {
    match (one, other) {
        (TokenTree::Group(one), TokenTree::Group(other)) => {
            let [inner, found] = [one, other].map(|group| group.stream().into_iter().collect::<Vec<_>>());
            one.delimiter() == other.delimiter()
                && inner.len() == found.len()
                && inner.iter().zip(&found).all(|(one, other)| is_same(one, other))
        }
        (TokenTree::Punct(one), TokenTree::Punct(other)) => one.as_char() == other.as_char(),
        (one, other) => one.to_string() == other.to_string(),
    }
}
