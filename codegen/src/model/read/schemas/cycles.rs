//! Types that contain themselves: a `Box` where Rust could not lay them out, a type of its own where an alias would
//! name itself.

use std::collections::HashMap;

use super::circles::circles;
use crate::model::{NamedType, Shape, TypeRef};

/// Puts a box, or a wrapper for an alias, wherever a type would contain itself.
pub fn break_cycles(types: &mut [NamedType]) {
    let numbers: HashMap<String, usize> = types.iter().enumerate().map(|(at, ty)| (ty.ident.clone(), at)).collect();
    let is_alias = |shape: &Shape| matches!(shape, Shape::Alias(_));
    let aliases = circles(&edges(types, &numbers, is_alias, everywhere));
    for (ty, circle) in types.iter_mut().zip(aliases) {
        if let (Shape::Alias(target), Some(_)) = (&ty.shape, circle) {
            ty.shape = Shape::Wrapper(target.clone());
        }
    }
    // A type that lies in one on the same circle contains itself.
    let inline = circles(&edges(types, &numbers, |_| true, in_place));
    let circle_of = |ident: &str| numbers.get(ident).and_then(|at| inline.get(*at).copied().flatten());
    for ty in types.iter_mut() {
        let Some(own) = circle_of(&ty.ident) else { continue };
        let boxed = |ty: &mut TypeRef| box_in_place(ty, &|ident: &str| circle_of(ident) == Some(own));
        match &mut ty.shape {
            Shape::Struct(object) => object.fields.iter_mut().for_each(|field| boxed(&mut field.ty)),
            Shape::Union(union) => union.variants.iter_mut().for_each(|variant| boxed(&mut variant.ty)),
            Shape::Wrapper(target) => boxed(target),
            Shape::Alias(_) | Shape::Enum(_) | Shape::Text => {}
        }
    }
}

/// Of each type the types that it contains, by number.
fn edges(
    types: &[NamedType],
    numbers: &HashMap<String, usize>,
    of: fn(&Shape) -> bool,
    within: fn(&TypeRef) -> Option<&str>,
) -> Vec<Vec<usize>> {
    let contained = |ty: &NamedType| -> Vec<usize> {
        let targets: Vec<&TypeRef> = match &ty.shape {
            shape if !of(shape) => vec![],
            Shape::Struct(object) => object.fields.iter().map(|field| &field.ty).collect(),
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Shape::Alias(target) | Shape::Wrapper(target) => vec![target],
            Shape::Enum(_) | Shape::Text => vec![],
        };
        targets.into_iter().filter_map(within).filter_map(|ident| numbers.get(ident).copied()).collect()
    };
    types.iter().map(contained).collect()
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
