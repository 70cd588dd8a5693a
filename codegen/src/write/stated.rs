//! Schemas that a derived schema takes from the document as they are, where no Rust type says them.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::derived_schema::described;
use super::json::literal;
use crate::document::Pointer;
use crate::keyword::{self, References};
use crate::model::{Form, NamedType, TypeRef, Types};

/// How many references of one schema are written out in place; with more, the schema is not said.
const MOST_IN_PLACE: usize = 500;

/// The expression of a schema of the document's, of a type in whose `json_schema` it stands; none where it refers to what has
/// no type.
pub fn expression(schema: &Value, ty: &NamedType, types: &Types) -> Option<TokenStream> {
    let mut listed = Listed { ty, types, referred: Vec::new() };
    let text = literal(&keyword::stated(schema, &mut listed)?.to_string());
    let referred = listed.referred.iter().map(|ident| {
        let ty = described(&TypeRef::Named(ident.clone()), types).in_types();
        quote!(generator.subschema_for::<#ty>())
    });
    Some(quote!(super::runtime::stated(#text, &[#(#referred),*])))
}

/// The expression of the schema of a type that holds any JSON and refers back to itself, which no attribute can say.
pub fn of_recursive(ty: &NamedType, held: &TypeRef, types: &Types) -> Option<TokenStream> {
    let is_recursive = *held == TypeRef::Any && keyword::stated(&ty.schema, &mut InPlace::of(types)).is_none();
    is_recursive.then(|| expression(&ty.schema, ty, types)).flatten()
}

/// References become the schemas of types, each by its index.
struct Listed<'t> {
    ty: &'t NamedType,
    types: &'t Types,
    referred: Vec<String>,
}

impl References for Listed<'_> {
    fn schema_for(&mut self, target: &str) -> Option<Value> {
        let ident = &referred(target, &self.ty.form, self.types)?.ident;
        let known = self.referred.iter().position(|referred| referred == ident);
        let index = known.unwrap_or_else(|| {
            self.referred.push(ident.clone());
            self.referred.len() - 1
        });
        // No schema of a document has a number there.
        Some(json!({ "$ref": index }))
    }
}

/// References become what they lead to, for schemas that stand in attributes; not where that leads back to itself.
pub struct InPlace<'t> {
    types: &'t Types,
    open: Vec<String>,
    /// How many references may still become what they lead to: each may double what has to be said.
    room: usize,
}

impl<'t> InPlace<'t> {
    /// Of a client's types.
    pub fn of(types: &'t Types) -> Self {
        Self { types, open: Vec::new(), room: MOST_IN_PLACE }
    }
}

impl References for InPlace<'_> {
    fn schema_for(&mut self, target: &str) -> Option<Value> {
        let schema = &referred(target, &Form::Shared, self.types)?.schema;
        if self.open.iter().any(|open| open == target) {
            return None;
        }
        self.room = self.room.checked_sub(1)?;
        self.open.push(target.to_owned());
        let stated = keyword::stated(schema, self);
        self.open.pop();
        stated
    }
}

/// The type of what a reference leads to, in the form that a type of this form refers to.
fn referred<'t>(target: &str, form: &Form, types: &'t Types) -> Option<&'t NamedType> {
    let place = Pointer::from_reference(target)?;
    let is_sent = |form: &Form| matches!(form, Form::Request(_));
    let mut found = types.iter().filter(|ty| ty.place.pointer == place && ty.component.is_some());
    let first = found.next()?;
    Some(found.chain([first]).find(|ty| is_sent(&ty.form) == is_sent(form)).unwrap_or(first))
}
