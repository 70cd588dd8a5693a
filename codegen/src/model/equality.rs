//! Which types are equal to themselves whatever they hold, so that they can be keys of a map: all but those with a
//! floating-point number somewhere within.

use std::collections::HashMap;

use super::types::{NamedType, Shape, TypeRef};

/// Of each type whether it is totally equal. Each type is looked at once, and each mention of one once more.
pub(super) fn totally_equal(types: &[NamedType], by_ident: &HashMap<String, usize>) -> Vec<bool> {
    let mut equal = vec![true; types.len()];
    let mut mentioned_by: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut partial = Vec::new();
    for (at, ty) in types.iter().enumerate() {
        for part in parts(&ty.shape) {
            match innermost(part) {
                TypeRef::F64 => partial.push(at),
                TypeRef::Named(ident) => {
                    let mentions = by_ident.get(ident).and_then(|part| mentioned_by.get_mut(*part));
                    mentions.into_iter().for_each(|mentions| mentions.push(at));
                }
                _ => {}
            }
        }
    }
    while let Some(at) = partial.pop() {
        if let Some(flag @ true) = equal.get_mut(at) {
            *flag = false;
            partial.extend(mentioned_by.get(at).into_iter().flatten());
        }
    }
    equal
}

/// The types that a type is made of.
fn parts(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Enum(_) | Shape::Text => Vec::new(),
        Shape::Struct(object) => object.fields.iter().map(|field| &field.ty).chain(&object.additional).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(target) | Shape::Wrapper(target) => vec![target],
    }
}

fn innermost(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Vec(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
            innermost(inner)
        }
        other => other,
    }
}
