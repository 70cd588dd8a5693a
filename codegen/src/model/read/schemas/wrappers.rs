//! Alternatives that no type of their own tells apart, and that say more than their type: each is given one.

use std::collections::HashMap;

use crate::model::{Form, NamedType, Names, Restricted, Shape, TypeRef, pascal};

/// Wraps each alternative whose schema restricts a number, a list or a map, so that it is examined as what it is.
pub fn wrap_alternatives(types: Vec<NamedType>, names: &mut Names) -> Vec<NamedType> {
    let restricted = restricted(&types);
    let mut wrapped = Vec::with_capacity(types.len() + restricted.len());
    let mut restricted = restricted.into_iter().peekable();
    for (at, mut ty) in types.into_iter().enumerate() {
        let mut wrappers = Vec::new();
        while let Some((_, variant)) = restricted.next_if(|(union, _)| *union == at) {
            let owner = &ty.ident;
            let Shape::Union(union) = &mut ty.shape else { continue };
            let Some(variant) = union.variants.get_mut(variant) else { continue };
            let ident = names.claim(&pascal(&format!("{owner} {}", variant.ident)));
            let target = std::mem::replace(&mut variant.ty, TypeRef::Named(ident.clone()));
            wrappers.push(NamedType {
                ident,
                component: None,
                form: Form::Shared,
                place: variant.place.clone(),
                schema: variant.schema.clone(),
                nullable: variant.nullable,
                checks: Vec::new(),
                shape: Shape::Wrapper(target),
            });
        }
        wrapped.push(ty);
        wrapped.extend(wrappers);
    }
    wrapped
}

/// The unions, by index, and which of their alternatives are restricted.
fn restricted(types: &[NamedType]) -> Vec<(usize, usize)> {
    let by_ident: HashMap<&str, &NamedType> = types.iter().map(|ty| (ty.ident.as_str(), ty)).collect();
    let named = |ident: &str| by_ident.get(ident).copied();
    let mut found = Vec::new();
    for (at, ty) in types.iter().enumerate() {
        let Shape::Union(union) = &ty.shape else { continue };
        for (index, variant) in union.variants.iter().enumerate() {
            let restricted = Restricted::of(&variant.schema, &variant.ty, &named);
            if restricted.is_some_and(|restricted| restricted.is_any()) {
                found.push((at, index));
            }
        }
    }
    found
}
