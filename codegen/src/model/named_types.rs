//! The declared types, and what is asked of them by identifier.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use super::types::{EnumBase, NamedType, Shape, Struct, TypeRef};

/// The types that a client declares, in the order in which they are declared, with an index over their identifiers.
#[derive(Debug, Clone, Default)]
pub struct Types {
    types: Vec<NamedType>,
    by_ident: HashMap<String, usize>,
}

impl Types {
    /// Indexes types.
    pub fn new(types: Vec<NamedType>) -> Self {
        let by_ident = types.iter().enumerate().map(|(at, ty)| (ty.ident.clone(), at)).collect();
        let mut types = Self { types, by_ident };
        types.settle_null();
        types
    }

    /// What holds any JSON holds null by itself, under whatever name: a field of such a type has no other null.
    fn settle_null(&mut self) {
        let is_any = |ty: &&NamedType| matches!(&ty.shape, Shape::Alias(of) if *self.unaliased(of) == TypeRef::Any);
        let any: HashSet<String> = self.types.iter().filter(is_any).map(|ty| ty.ident.clone()).collect();
        let structs = self.types.iter_mut().filter_map(|ty| match &mut ty.shape {
            Shape::Struct(object) => Some(object),
            _ => None,
        });
        for field in structs.flat_map(|object| &mut object.fields) {
            if matches!(&field.ty, TypeRef::Named(ident) if any.contains(ident)) {
                (field.nullable, field.refuses_null) = (false, false);
            }
        }
    }
}

impl Deref for Types {
    type Target = [NamedType];

    fn deref(&self) -> &Self::Target {
        &self.types
    }
}

impl<'a> IntoIterator for &'a Types {
    type Item = &'a NamedType;
    type IntoIter = std::slice::Iter<'a, NamedType>;

    fn into_iter(self) -> Self::IntoIter {
        self.types.iter()
    }
}

impl Types {
    /// The type of that identifier.
    pub fn get(&self, ident: &str) -> Option<&NamedType> {
        self.types.get(*self.by_ident.get(ident)?)
    }

    /// The struct that a type is, its null aside nothing else.
    pub fn struct_of(&self, ty: &TypeRef) -> Option<&Struct> {
        let TypeRef::Named(ident) = ty else { return None };
        match &self.get(ident)?.shape {
            Shape::Struct(object) => Some(object),
            _ => None,
        }
    }

    /// Whether a value of the type is one string, as `Display` writes it.
    pub fn is_scalar(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Bool | TypeRef::Integer(_) | TypeRef::F64 | TypeRef::String | TypeRef::Format(_) => true,
            TypeRef::Any | TypeRef::Vec(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Boxed(_) => false,
            TypeRef::Named(ident) => match self.get(ident).map(|ty| &ty.shape) {
                Some(Shape::Enum(listed)) => listed.base != EnumBase::Mixed,
                Some(Shape::Text) => true,
                Some(Shape::Alias(target)) => self.is_scalar(target),
                _ => false,
            },
        }
    }

    /// The type that an alias stands for; any other itself.
    pub fn unaliased<'t>(&'t self, mut ty: &'t TypeRef) -> &'t TypeRef {
        // A chain of aliases cannot be longer than there are types: one that leads back to itself is none.
        for _ in 0..self.types.len() {
            let TypeRef::Named(ident) = ty else { break };
            match self.get(ident).map(|ty| &ty.shape) {
                Some(Shape::Alias(target)) => ty = target,
                _ => break,
            }
        }
        ty
    }

    /// The type that a name which is only a reference refers to; any other itself.
    pub fn referred<'t>(&'t self, mut ty: &'t NamedType) -> &'t NamedType {
        for _ in 0..self.types.len() {
            let Shape::Alias(TypeRef::Named(target)) = &ty.shape else { break };
            match self.get(target).filter(|_| ty.schema.get("$ref").is_some()) {
                Some(target) => ty = target,
                None => break,
            }
        }
        ty
    }

    /// Whether the type holds any JSON value, null too.
    pub fn is_anything(&self, ty: &TypeRef) -> bool {
        match self.unaliased(ty) {
            TypeRef::Any => true,
            TypeRef::Named(ident) => {
                matches!(self.get(ident).map(|ty| &ty.shape), Some(Shape::Wrapper(TypeRef::Any)))
            }
            _ => false,
        }
    }

    /// Whether a type is a floating-point number, or a list or map of them: these have no `Eq` and `Hash`.
    pub fn is_float(&self, ty: &TypeRef) -> bool {
        match self.unaliased(ty) {
            TypeRef::Vec(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.is_float(inner)
            }
            other => *other == TypeRef::F64,
        }
    }

    /// Whether a type holds a floating-point number otherwise than within a type of its own.
    pub fn holds_floats(&self, ty: &NamedType) -> bool {
        match &ty.shape {
            Shape::Enum(_) | Shape::Text => false,
            Shape::Struct(object) => {
                object.fields.iter().map(|field| &field.ty).chain(&object.additional).any(|ty| self.is_float(ty))
            }
            Shape::Union(union) => union.variants.iter().any(|variant| self.is_float(&variant.ty)),
            Shape::Alias(target) | Shape::Wrapper(target) => self.is_float(target),
        }
    }
}
