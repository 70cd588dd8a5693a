//! Structs: what is declared, how serde reads and writes it, how it is judged and described.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::conformance;
use super::derived_schema;
use super::doc::doc;
use super::types::name_of;
use crate::keyword::deprecated::deprecation;
use crate::keyword::{property_prose, schema_prose};
use crate::markdown::quoted;
use crate::model::{Field, NamedType, Struct, TypeRef, Types};
use crate::progenitor::{ProgenitorError, StructItems};

/// A struct and what is implemented for it.
pub fn write(ty: &NamedType, object: &Struct, types: &Types, items: &StructItems) -> Result<TokenStream, WriteError> {
    if let Some(field) = object.fields.iter().find(|field| items.fields.iter().all(|ident| *ident != field.ident)) {
        return Err(ProgenitorError::Missing(format!("field `{}` of the struct `{}`", field.ident, ty.ident)).into());
    }
    let name = format_ident!("{}", ty.ident);
    // progenitor takes undeclared properties for something that must be given.
    let all_optional = object.additional.is_some() && object.fields.iter().all(|field| !field.required);
    let prose = schema_prose(&ty.schema, &format!("The schema `{}`.", name_of(ty)));
    let attributes = attributes(ty, all_optional || items.has_default, &prose);
    let schema = derived_schema::container(ty, object, &prose, types);
    let fields = object.fields.iter().map(|field| self::field(field, types));
    let undeclared = object.additional.as_ref().map(|additional| {
        let value = TypeRef::Map(Box::new(additional.clone())).in_types();
        // Where a value stood is of interest only where it can be refused.
        let seen = derived_schema::holder(&TypeRef::Map(Box::new(additional.clone())), types);
        let decoded = (*additional != TypeRef::Any).then(|| quote!(, deserialize_with = "super::runtime::extra"));
        quote! {
            /// Properties that the document does not name.
            #[serde(flatten #decoded)]
            #seen
            pub extra: #value
        }
    });
    let fields = fields.chain(undeclared);
    let conformance = conformance::of_struct(ty, object, types);
    // Floating-point numbers have no hash: that of the type is made of all else.
    let hashed = types.holds_floats(ty).then(|| {
        let fields = object.fields.iter().filter(|field| !types.is_float(&field.ty));
        let fields = fields.map(|field| format_ident!("{}", field.ident));
        quote!(hashed { #(#fields),* })
    });
    Ok(quote! {
        super::runtime::record! {
            #attributes
            pub struct #name { #(#fields,)* }
            #hashed
            #schema
        }
        #conformance
    })
}

fn attributes(ty: &NamedType, has_default: bool, prose: &str) -> TokenStream {
    let docs = doc(prose);
    let default = has_default.then(|| quote!(#[derive(Default)]));
    let deprecated = deprecation(&ty.schema);
    quote! {
        #(#docs)*
        #default
        #deprecated
    }
}

fn field(field: &Field, types: &Types) -> TokenStream {
    let said = match (field.required, field.nullable && !field.refuses_null) {
        (true, false) => "required",
        (true, true) => "required, may be null",
        (false, false) => "optional",
        (false, true) => "optional, may be null",
    };
    let said = format!("JSON property {}, {said}", quoted(&field.wire));
    let prose = property_prose(&field.schema, &derived_schema::undescribed(&field.wire), &said);
    let docs = doc(&prose);
    let deprecated = deprecation(&field.schema);
    let (serde, schema) = (serde_attribute(field, types), derived_schema::member(field, &prose, types));
    let (ident, ty) = (format_ident!("{}", field.ident), field.field_type().in_types());
    quote! {
        #(#docs)*
        #deprecated
        #serde
        #schema
        pub #ident: #ty
    }
}

fn serde_attribute(field: &Field, types: &Types) -> Option<TokenStream> {
    let mut options: Vec<TokenStream> = Vec::new();
    if field.wire != field.ident {
        let wire = &field.wire;
        options.push(quote!(rename = #wire));
    }
    let holds_null = field.nullable || types.is_anything(&field.ty);
    if !field.required {
        // Without a function or type of its own, an `Option` may be left out.
        let is_other = holds_null || derived_schema::seen_otherwise(field, types).is_some();
        options.extend(is_other.then(|| quote!(default)));
        options.push(quote!(skip_serializing_if = "::std::option::Option::is_none"));
    }
    match (field.required, holds_null) {
        // Naming any function makes serde insist on the property's presence.
        (true, true) if field.nullable && field.ty != TypeRef::Any => {
            options.push(quote!(deserialize_with = "::serde::Deserialize::deserialize"))
        }
        (false, true) => options.push(quote!(deserialize_with = "super::runtime::present")),
        _ => {}
    }
    (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]))
}
