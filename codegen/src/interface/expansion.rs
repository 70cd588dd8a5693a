//! What the runtime's macros declare: nothing but the compiler expands macros, and it tells nobody, so calls are held against the
//! macros' own patterns and written out.

mod pattern;

use std::collections::BTreeMap;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{ImplItem, Item, ItemImpl, Macro};

use self::pattern::{Bindings, Bound, Repetition};

/// How deep a macro may call another. A macro that calls itself must not go on for ever.
const DEEPEST: usize = 4;

/// The macros of a crate, by name.
#[derive(Default)]
pub(super) struct Macros(BTreeMap<String, Vec<Arm>>);

/// One arm of a macro: what it takes, and what it becomes.
struct Arm {
    pattern: Vec<TokenTree>,
    text: Vec<TokenTree>,
}

impl Macros {
    /// Takes note of the macros among items.
    pub fn learn(&mut self, items: &[Item]) {
        for item in items {
            let Item::Macro(item) = item else { continue };
            let Some(name) = &item.ident else { continue };
            // `(pattern) => { text };`
            let groups = item.mac.tokens.clone().into_iter().filter_map(|token| match token {
                TokenTree::Group(group) => Some(group.stream().into_iter().collect()),
                _ => None,
            });
            let groups: Vec<Vec<TokenTree>> = groups.collect();
            let arms = groups.chunks_exact(2).map(|arm| Arm { pattern: arm[0].clone(), text: arm[1].clone() });
            self.0.insert(name.to_string(), arms.collect());
        }
    }

    /// Every item that calls among these declare.
    pub fn expand(&self, items: &[Item]) -> Vec<Item> {
        let mut found = Vec::new();
        self.expand_into(items, &mut found, 0);
        found
    }

    fn expand_into(&self, items: &[Item], found: &mut Vec<Item>, depth: usize) {
        for item in items {
            let Item::Macro(call) = item else { continue };
            let Some(Ok(mut file)) = self.written(&call.mac).map(syn::parse2::<syn::File>) else { continue };
            // What a call depends on, all that it declares depends on.
            let conditions = call.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
            for declared in &mut file.items {
                match declared {
                    Item::Struct(declared) => declared.attrs.extend(conditions.clone().cloned()),
                    Item::Impl(declared) => {
                        declared.attrs.extend(conditions.clone().cloned());
                        declared.items = self.members(std::mem::take(&mut declared.items), depth);
                    }
                    _ => {}
                }
            }
            if depth < DEEPEST {
                self.expand_into(&file.items, found, depth + 1);
            }
            found.extend(file.items);
        }
    }

    /// The members of an implementation with those that calls among them declare.
    fn members(&self, members: Vec<ImplItem>, depth: usize) -> Vec<ImplItem> {
        let members = members.into_iter().flat_map(|member| {
            let ImplItem::Macro(call) = &member else { return vec![member] };
            let declared = self.written(&call.mac).filter(|_| depth < DEEPEST);
            let declared = declared.and_then(|text| syn::parse2::<ItemImpl>(quote!(impl Declared { #text })).ok());
            self.members(declared.map(|declared| declared.items).unwrap_or_default(), depth + 1)
        });
        members.collect()
    }

    /// What a call becomes.
    fn written(&self, call: &Macro) -> Option<TokenStream> {
        let arms = self.0.get(&call.path.segments.last()?.ident.to_string())?;
        let given: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
        let (arm, bindings) = arms.iter().find_map(|arm| Some((arm, pattern::holds(&arm.pattern, &given)?)))?;
        Some(written(&arm.text, &bindings))
    }
}

/// The text of an arm with what was given in the place of its variables.
fn written(text: &[TokenTree], bindings: &Bindings) -> TokenStream {
    let mut written = TokenStream::new();
    let mut rest = text;
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '$' => match after.first() {
                Some(TokenTree::Ident(name)) if name == "crate" => {
                    rest = after.get(1..).unwrap_or_default();
                    written.extend([TokenTree::from(Ident::new("crate", Span::call_site()))]);
                }
                Some(TokenTree::Ident(name)) => {
                    rest = after.get(1..).unwrap_or_default();
                    if let Some(Bound::Tokens(tokens)) = bindings.get(&name.to_string()) {
                        written.extend(tokens.clone());
                    }
                }
                _ => {
                    let Some((repetition, after)) = Repetition::read(after) else { continue };
                    rest = after;
                    for (index, round) in rounds(&repetition.inner, bindings).into_iter().enumerate() {
                        let separator = repetition.separator.clone().filter(|_| index > 0);
                        written.extend(separator.into_iter().chain(self::written(&repetition.inner, &round)));
                    }
                }
            },
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                written.extend([TokenTree::from(Group::new(group.delimiter(), self::written(&inner, bindings)))]);
            }
            token => written.extend([token.clone()]),
        }
    }
    written
}

/// The bindings of each round of a repetition: those that repeat in it, with all that do not.
fn rounds(inner: &[TokenTree], bindings: &Bindings) -> Vec<Bindings> {
    let mut named = Vec::new();
    pattern::variables(inner, &mut named);
    let repeated = named.iter().find_map(|name| match bindings.get(name) {
        Some(Bound::Rounds(rounds)) => Some(rounds),
        _ => None,
    });
    let rounds = repeated.into_iter().flat_map(|rounds| rounds.iter()).map(|round| {
        let mut all = bindings.clone();
        all.extend(round.clone());
        all
    });
    rounds.collect()
}
