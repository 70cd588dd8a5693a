//! Which faults share a build: those of which none is seen where another one's schema or operation alone is judged.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

use super::Numbered;
use super::fault::How;

/// Which schemas a schema holds, at any depth and itself included.
#[derive(Debug)]
pub struct Holdings(BTreeMap<String, BTreeSet<String>>);

impl Holdings {
    /// Reads the source of the generated types.
    pub fn of(types: &str) -> syn::Result<Self> {
        let mut holdings = BTreeMap::new();
        for item in syn::parse_file(types)?.items {
            let (name, fields) = match item {
                Item::Struct(item) => {
                    (item.ident, item.fields.iter().map(|field| field.ty.to_token_stream()).collect())
                }
                Item::Enum(item) => (item.ident, TokenStream::new()),
                _ => continue,
            };
            holdings.insert(name.to_string(), idents(fields));
        }
        Ok(Self(holdings))
    }

    /// What is seen where a schema alone is judged; of an operation, which is no schema, everything.
    fn seen<'s>(&'s self, judged: &'s str) -> BTreeSet<&'s str> {
        let mut seen = BTreeSet::new();
        let mut waiting = match self.0.contains_key(judged) {
            true => vec![judged],
            false => self.0.keys().map(String::as_str).chain([judged]).collect(),
        };
        while let Some(name) = waiting.pop() {
            if seen.insert(name) {
                waiting.extend(self.0.get(name).into_iter().flatten().map(String::as_str));
            }
        }
        seen
    }

    /// The faults that take a build, in as few builds as sharing in their order gives.
    pub fn packs(&self, faults: impl IntoIterator<Item = Numbered>) -> Vec<Vec<Numbered>> {
        let mut packs: Vec<Vec<Numbered>> = Vec::new();
        for one in faults {
            let How::Built(judged) = one.fault.how else { continue };
            let is_apart = |other: &Numbered| match other.fault.how {
                How::Built(other) => !self.seen(judged).contains(other) && !self.seen(other).contains(judged),
                _ => true,
            };
            match packs.iter_mut().find(|pack| pack.iter().all(is_apart)) {
                Some(pack) => pack.push(one),
                None => packs.push(vec![one]),
            }
        }
        packs
    }
}

fn idents(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Group(group) => found.extend(idents(group.stream())),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fault::built;
    use super::super::faults::KINDS;
    use super::*;

    #[test]
    fn what_holds_another_is_in_another_build() {
        let types = "struct A { b: Option<Vec<B>>, c: C } struct B { d: D } enum C { X } struct D(String); struct E;";
        let holdings = Holdings::of(types).unwrap();
        let faults = [("1", "A"), ("2", "B"), ("3", "D"), ("4", "C"), ("5", "E"), ("6", "operation"), ("7", "B")];
        let faults = faults.map(|(name, judged)| Numbered {
            kind: &KINDS[0],
            number: 0,
            fault: built(name, judged, "", "", "", ""),
        });
        let packs = holdings.packs(faults);
        let names: Vec<Vec<&str>> = packs.iter().map(|pack| pack.iter().map(|one| one.fault.name).collect()).collect();
        assert_eq!(names, [vec!["1", "5"], vec!["2", "4"], vec!["3"], vec!["6"], vec!["7"]]);
    }
}
