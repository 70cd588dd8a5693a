//! The builders of structs: a setter for each property, and a last step that refuses what the document refuses.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::conformance::known_rules;
use super::doc::doc;
use super::setters::Setter;
use super::sink::{self, Sink};
use crate::markdown::quoted;
use crate::model::{Field, Struct, TypeRef, Types};
use crate::progenitor::{ProgenitorError, Skeleton, StructItems};

/// Writes the module of the builders; none where the API has no struct.
pub fn write(types: &Types, skeleton: &Skeleton, sink: &mut dyn Sink) -> Result<(), WriteError> {
    if skeleton.structs.is_empty() {
        return Ok(());
    }
    let about = doc("Builders of values: a setter for each property, then `build`.");
    sink::module(sink, quote!(#(#about)* pub mod builder), |sink| {
        for (name, items) in &skeleton.structs {
            let object = types.struct_of(&TypeRef::Named(name.clone()));
            let object = object.ok_or_else(|| ProgenitorError::Missing(format!("schema of the struct `{name}`")))?;
            sink::items(sink, builder(name, object, items, types)?)?;
        }
        Ok(())
    })
}

/// A field of a builder.
struct BuilderField {
    declared: TokenStream,
    presence: TokenStream,
    setter: TokenStream,
}

fn builder(name: &str, object: &Struct, items: &StructItems, types: &Types) -> Result<TokenStream, WriteError> {
    let fields = items.builder.iter().map(|field| {
        let ident = &field.ident;
        let known = object.fields.iter().find(|candidate| *ident == candidate.ident);
        let (ty, setter) = match known {
            Some(field) => (field.field_type().in_type_builders(), of_field(field, name, types)),
            None => of_undeclared(&ident.to_string(), object, name)?,
        };
        // Undeclared properties need not be given, though progenitor asks for them.
        let presence = if field.required && known.is_some() { quote!(required) } else { quote!(optional) };
        Ok(BuilderField {
            declared: quote!(#ident: super::super::runtime::Slot<#ty>),
            presence: quote!(#ident: #presence),
            setter: setter.write(),
        })
    });
    let fields = fields.collect::<Result<Vec<_>, WriteError>>()?;
    let (declared, presences): (Vec<_>, Vec<_>) = fields.iter().map(|field| (&field.declared, &field.presence)).unzip();
    let setters = fields.iter().map(|field| &field.setter);
    let about = doc(&format!("Builds a [`{name}`](super::{name})."));
    let name = format_ident!("{name}");
    Ok(quote! {
        #(#about)*
        #[derive(Clone, Debug, Default)]
        pub struct #name { #(#declared,)* }
        impl #name { #(#setters)* }
        super::super::runtime::builder!(#name { #(#presences),* });
    })
}

/// The type and the setter of the field that holds undeclared properties.
fn of_undeclared(ident: &str, object: &Struct, name: &str) -> Result<(TokenStream, Setter), WriteError> {
    let additional = object.additional.as_ref().filter(|_| ident == "extra");
    let unknown = || ProgenitorError::Missing(format!("property for the field `{ident}` of the struct `{name}`"));
    let map = TypeRef::Map(Box::new(additional.ok_or_else(unknown)?.clone())).in_type_builders();
    let docs = doc("Sets the properties that the document does not name.");
    let setter = Setter::required(ident, &map, &quote!(super::super::runtime)).documented(docs);
    Ok((map, into_slot(setter)))
}

/// The setter of a property. Its value is held against the rules of its place at once, and against all else when the struct is
/// built.
fn of_field(field: &Field, of: &str, types: &Types) -> Setter {
    let runtime = quote!(super::super::runtime);
    let name = &field.ident;
    let ty = match &field.ty {
        TypeRef::Boxed(inner) => inner.in_type_builders(),
        ty => ty.in_type_builders(),
    };
    let mut setter = match (field.required, field.nullable && field.ty != TypeRef::Any) {
        (true, false) => Setter::required(name, &ty, &runtime),
        // Anything becomes such a value, an `Option` too, so that there is one way only.
        (false, false) if field.ty == TypeRef::Any => {
            Setter::required(name, &quote!(::std::option::Option<#ty>), &runtime)
        }
        (false, false) => Setter::optional(name, &ty, &runtime),
        (required, true) => {
            let mut setter = Setter::nullable(name, &ty, &runtime);
            let content = &setter.content;
            setter.content = if required { quote!(#content.map(|value| value.flatten())) } else { quote!(#content) };
            setter
        }
    };
    if let TypeRef::Boxed(_) = field.ty {
        let content = &setter.content;
        setter.content = match (field.required, field.nullable) {
            (true, false) => quote!(#content.map(::std::boxed::Box::new)),
            (false, true) => quote!(#content.map(|value| value.map(|value| value.map(::std::boxed::Box::new)))),
            _ => quote!(#content.map(|value| value.map(::std::boxed::Box::new))),
        };
    }
    if let Some(rules) = known_rules(&field.schema, &field.ty, types) {
        let content = &setter.content;
        setter.content = quote!(#content.and_then(|value| #runtime::within(#name, value, &#rules)));
    }
    let required = if field.required { ", which is required" } else { "" };
    let docs = format!("Sets {}{required}: [`{of}::{name}`](super::{of}::{name}).", quoted(&field.wire));
    into_slot(setter.documented(doc(&docs)))
}

/// A setter that keeps what it is given in a slot.
fn into_slot(mut setter: Setter) -> Setter {
    let content = &setter.content;
    setter.content = quote!(#content.into());
    setter
}
