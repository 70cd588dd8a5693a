//! The list of each struct's properties, of which the runtime makes its builder, its conformance and the way in which it is read.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{format_ident, quote};
use serde_json::Value;

use super::WriteError;
use super::conformance::{self, known_rules};
use super::doc::doc;
use super::sink::{self, Sink};
use crate::keyword::checks::PATTERNS;
use crate::keyword::{Of, additional_properties, nullable, rules as rules_of};
use crate::model::{Field, NamedType, Struct, TypeRef, Types};
use crate::progenitor::{ProgenitorError, Skeleton};

/// Writes the module of the builders; none where the API has no struct.
pub fn write(types: &Types, skeleton: &Skeleton, sink: &mut dyn Sink) -> Result<(), WriteError> {
    if skeleton.structs.is_empty() {
        return Ok(());
    }
    let about = doc("Builders of values: a setter for each property, then `build`.");
    sink::module(sink, quote!(#(#about)* pub mod builder), |sink| {
        for name in skeleton.structs.keys() {
            let missing = || ProgenitorError::Missing(format!("schema of the struct `{name}`"));
            let ty = types.get(name).ok_or_else(missing)?;
            let object = types.struct_of(&TypeRef::Named(name.clone())).ok_or_else(missing)?;
            sink::items(sink, properties(ty, object, types))?;
        }
        Ok(())
    })
}

fn properties(ty: &NamedType, object: &Struct, types: &Types) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let properties = object.fields.iter().map(|field| property(field, types));
    let extra = object.additional.as_ref().map(|additional| {
        let of = additional.in_type_builders();
        let schema = additional_properties::of(&ty.schema).unwrap_or(&Value::Null);
        let rules = rules_beside(schema, additional, types);
        quote!(extra: Extra<#of>("" #rules))
    });
    let properties = properties.chain(extra);
    let count = (!rules_of(&ty.schema, Of::Maps).is_empty())
        .then(|| known_rules(&ty.schema, &TypeRef::Map(Box::new(TypeRef::Any)), types))
        .flatten()
        .map(|rules| {
            let rules = one_deeper(rules);
            quote!(, count: #rules)
        });
    // What matches a pattern is allowed, and kept.
    let is_closed = additional_properties::is_closed(&ty.schema) && ty.schema.get(PATTERNS).is_none();
    let closed = is_closed.then(|| quote!(, closed: true));
    let check =
        conformance::of_struct(ty, object, types).map(|_| quote!(, check: super::super::runtime::Refusing::refuse));
    quote!(super::super::runtime::object!(#name { #(#properties),* } #count #closed #check);)
}

fn property(field: &Field, types: &Types) -> TokenStream {
    let (ident, wire) = (format_ident!("{}", field.ident), &field.wire);
    let (of, placed) = match &field.ty {
        TypeRef::Boxed(inner) => (inner.in_type_builders(), Some(quote!(in Box))),
        ty => (ty.in_type_builders(), None),
    };
    let held = match (field.required, field.nullable && field.ty != TypeRef::Any) {
        (true, false) => quote!(Required),
        (true, true) => quote!(RequiredNullable),
        // Anything becomes such a value, an `Option` too, so that there is one way only.
        (false, false) if *types.unaliased(&field.ty) == TypeRef::Any => quote!(Anything),
        (false, false) => quote!(Optional),
        (false, true) => quote!(Nullable),
    };
    let rules = rules_beside(&field.schema, &field.ty, types);
    let keyword = nullable::refusing(&field.schema);
    let not_null = (field.refuses_null && field.ty != TypeRef::Any).then(|| quote!(; not_null #keyword));
    quote!(#ident: #held<#of> #placed (#wire #rules #not_null))
}

/// The rules of a property's place, as they stand beside its name; nothing where there are none.
fn rules_beside(schema: &Value, ty: &TypeRef, types: &Types) -> Option<TokenStream> {
    known_rules(schema, ty, types).map(|rules| {
        let rules = one_deeper(rules);
        quote!(, #rules)
    })
}

/// Paths that begin in the parent, as they are written in a child.
fn one_deeper(tokens: TokenStream) -> TokenStream {
    let deeper = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => TokenTree::from(Group::new(group.delimiter(), one_deeper(group.stream()))).into(),
        TokenTree::Ident(ident) if ident == "super" => quote!(super::super),
        token => token.into(),
    });
    deeper.collect()
}
