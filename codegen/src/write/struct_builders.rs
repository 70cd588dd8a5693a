//! The builders of structs: a setter for each property, and a final step that refuses what the document refuses.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Item;

use super::WriteError;
use super::doc::doc;
use super::setters::Setter;
use super::sink::{self, Sink};
use crate::model::{Field, Struct, TypeRef, Types};
use crate::progenitor::{ProgenitorError, Skeleton, StructItems};

/// Writes the module of the builders; none where the API has no struct.
pub fn write(types: &Types, skeleton: &Skeleton, sink: &mut dyn Sink) -> Result<(), WriteError> {
    if skeleton.structs.is_empty() {
        return Ok(());
    }
    let about = doc("How values are built: a setter for each property; `try_into` is the final step.");
    sink::module(sink, quote!(#(#about)* pub mod builder), |sink| {
        for (name, items) in &skeleton.structs {
            let object = types.struct_of(&TypeRef::Named(name.clone()));
            let object = object.ok_or_else(|| ProgenitorError::Missing(format!("schema of the struct `{name}`")))?;
            sink::items(sink, builder(name, object, items)?)?;
        }
        Ok(())
    })
}

/// Writes the module of the error of a conversion, which is progenitor's.
pub fn write_errors(skeleton: &Skeleton, sink: &mut dyn Sink) -> Result<(), WriteError> {
    let about = doc("What can go wrong when a value is built.");
    sink::module(sink, quote!(#(#about)* pub mod error), |sink| {
        for mut item in skeleton.conversion_error.iter().cloned() {
            if let Item::Struct(item) = &mut item {
                item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
                item.attrs.splice(0..0, doc("A property is missing, or its value is one that the document refuses."));
            }
            sink.item(item);
        }
        Ok(())
    })
}

/// A field of a builder.
struct BuilderField {
    declared: TokenStream,
    initial: TokenStream,
    setter: TokenStream,
}

fn builder(name: &str, object: &Struct, items: &StructItems) -> Result<TokenStream, WriteError> {
    let fields = items.builder.iter().map(|field| {
        let ident = field.ident.to_string();
        let (ty, setter) = match object.fields.iter().find(|candidate| candidate.ident == ident) {
            Some(field) => (field.field_type().in_type_builders(), of_field(field)),
            None => of_undeclared(&ident, object, name)?,
        };
        let ident = &field.ident;
        let missing = format!("{ident} is missing");
        // Undeclared properties need not be given, though progenitor asks for them.
        let is_missing = field.required && object.fields.iter().any(|candidate| *ident == candidate.ident);
        let initial = match is_missing {
            true => quote!(Err(#missing.to_string())),
            false => quote!(Ok(::std::default::Default::default())),
        };
        Ok(BuilderField {
            declared: quote!(#ident: ::std::result::Result<#ty, ::std::string::String>),
            initial: quote!(#ident: #initial),
            setter: setter.documented(doc(&format!("Sets [`{ident}`](super::{name}::{ident})."))).write(),
        })
    });
    let fields = fields.collect::<Result<Vec<_>, WriteError>>()?;
    let (declared, initial): (Vec<_>, Vec<_>) = fields.iter().map(|field| (&field.declared, &field.initial)).unzip();
    let setters = fields.iter().map(|field| &field.setter);
    let built = items.builder.iter().map(|field| &field.ident);
    let about = doc(&format!("Builds a [`{name}`](super::{name})."));
    let (name, from) = (format_ident!("{name}"), &items.from);
    Ok(quote! {
        #(#about)*
        #[derive(Clone, Debug)]
        pub struct #name { #(#declared,)* }
        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self { #(#initial,)* }
            }
        }
        impl #name { #(#setters)* }
        impl ::std::convert::TryFrom<#name> for super::#name {
            type Error = super::error::ConversionError;
            fn try_from(value: #name) -> ::std::result::Result<Self, super::error::ConversionError> {
                let value = Self { #(#built: value.#built?,)* };
                match super::super::runtime::Conformance::conformance(&value).first() {
                    None => Ok(value),
                    Some(violation) => Err(violation.to_string().into()),
                }
            }
        }
        #from
    })
}

/// The type and the setter of the field that holds undeclared properties.
fn of_undeclared(ident: &str, object: &Struct, name: &str) -> Result<(TokenStream, Setter), WriteError> {
    let additional = object.additional.as_ref().filter(|_| ident == "extra");
    let unknown = || ProgenitorError::Missing(format!("property for the field `{ident}` of the struct `{name}`"));
    let map = TypeRef::Map(Box::new(additional.ok_or_else(unknown)?.clone())).in_type_builders();
    let setter = Setter::required(ident, &map, &quote!(super::super::runtime));
    Ok((map, setter))
}

/// The setter of a property. Its value is held against the document when the struct is built.
fn of_field(field: &Field) -> Setter {
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
    setter
}
