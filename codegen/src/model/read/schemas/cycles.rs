//! Types that contain themselves: a `Box` where Rust could not lay them out, a type of its own where an alias would
//! name itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{NamedType, Shape, TypeRef};

/// Puts a box, or a wrapper for an alias, wherever a type would contain itself.
pub fn break_cycles(types: &mut [NamedType]) {
    let aliases = edges(types, |shape| matches!(shape, Shape::Alias(_)), everywhere);
    for ty in types.iter_mut() {
        if let Shape::Alias(target) = &ty.shape
            && reaches(&aliases, &ty.ident, &ty.ident)
        {
            ty.shape = Shape::Wrapper(target.clone());
        }
    }
    let inline = edges(types, |_| true, in_place);
    for ty in types.iter_mut() {
        let owner = ty.ident.clone();
        let boxed = |ty: &mut TypeRef| box_in_place(ty, &|ident: &str| reaches(&inline, ident, &owner));
        match &mut ty.shape {
            Shape::Struct(object) => object.fields.iter_mut().for_each(|field| boxed(&mut field.ty)),
            Shape::Union(union) => union.variants.iter_mut().for_each(|variant| boxed(&mut variant.ty)),
            Shape::Wrapper(target) => boxed(target),
            Shape::Alias(_) | Shape::Enum(_) | Shape::Text => {}
        }
    }
}

type Edges = BTreeMap<String, BTreeSet<String>>;

fn edges(types: &[NamedType], of: fn(&Shape) -> bool, within: fn(&TypeRef) -> Option<&str>) -> Edges {
    let contained = |shape: &Shape| -> BTreeSet<String> {
        let targets: Vec<&TypeRef> = match shape {
            Shape::Struct(object) => object.fields.iter().map(|field| &field.ty).collect(),
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Shape::Alias(target) | Shape::Wrapper(target) => vec![target],
            Shape::Enum(_) | Shape::Text => vec![],
        };
        targets.into_iter().filter_map(within).map(str::to_owned).collect()
    };
    types.iter().filter(|ty| of(&ty.shape)).map(|ty| (ty.ident.clone(), contained(&ty.shape))).collect()
}

/// The named type that a type names, wherever within it.
fn everywhere(ty: &TypeRef) -> Option<&str> {
    match ty {
        TypeRef::Named(ident) => Some(ident),
        TypeRef::Vec(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
            everywhere(inner)
        }
        _ => None,
    }
}

/// The named type that lies within a type without an indirection.
fn in_place(ty: &TypeRef) -> Option<&str> {
    match ty {
        TypeRef::Named(ident) => Some(ident),
        TypeRef::Nullable(inner) => in_place(inner),
        _ => None,
    }
}

fn box_in_place(ty: &mut TypeRef, cyclic: &dyn Fn(&str) -> bool) {
    match ty {
        TypeRef::Named(ident) if cyclic(ident) => *ty = TypeRef::Boxed(Box::new(ty.clone())),
        TypeRef::Nullable(inner) => box_in_place(inner, cyclic),
        _ => {}
    }
}

fn reaches(edges: &Edges, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    let mut first = from != to;
    while let Some(ident) = open.pop() {
        if ident == to && first {
            return true;
        }
        first = true;
        if let Some(next) = edges.get(ident) {
            open.extend(next.iter().map(String::as_str).filter(|next| *next == to || seen.insert(next.to_string())));
        }
    }
    false
}
