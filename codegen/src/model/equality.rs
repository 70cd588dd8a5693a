//! Which types are equal to themselves whatever they hold, so that they can be keys of a map.

use std::collections::BTreeSet;

use super::types::{NamedTypes, Shape, TypeRef};

impl NamedTypes<'_> {
    /// Whether a type has `Eq` and `Hash`: all have but those with a floating-point number somewhere within.
    pub fn has_total_equality(&self, ty: &TypeRef) -> bool {
        self.total(ty, &mut BTreeSet::new())
    }

    /// The same of a named type.
    pub fn named_has_total_equality(&self, ident: &str) -> bool {
        self.has_total_equality(&TypeRef::Named(ident.to_owned()))
    }

    fn total<'t>(&'t self, ty: &'t TypeRef, seen: &mut BTreeSet<&'t str>) -> bool {
        match ty {
            TypeRef::F64 => false,
            TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::String | TypeRef::Format(_) | TypeRef::Any => true,
            TypeRef::Vec(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.total(inner, seen)
            }
            // A type that is being looked at already says nothing against itself.
            TypeRef::Named(ident) if !seen.insert(ident) => true,
            TypeRef::Named(ident) => self.get(ident).is_none_or(|named| match &named.shape {
                Shape::Enum(_) | Shape::Text => true,
                Shape::Struct(object) => {
                    let within = object.fields.iter().map(|field| &field.ty).chain(&object.additional);
                    within.into_iter().all(|ty| self.total(ty, seen))
                }
                Shape::Union(union) => union.variants.iter().all(|variant| self.total(&variant.ty, seen)),
                Shape::Alias(target) | Shape::Wrapper(target) => self.total(target, seen),
            }),
        }
    }
}
