//! Structs: progenitor sorts the fields by name, drops what the document says of them, takes a missing required property
//! for null, and cannot tell null from absent.

use quote::format_ident;
use syn::{Attribute, Field as SynField, Fields, Item, parse_quote};

use super::tree::{doc, equality, module};
use super::{Context, Pass, PassError};
use crate::keyword::deprecated::deprecation;
use crate::keyword::schema_prose;
use crate::model::{Field, NamedType, NamedTypes, Shape, Struct, TypeRef};

pub(super) const PASS: Pass = Pass {
    name: "structs",
    about: "fields would stand in alphabetical order, undocumented, under their Rust names on the wire",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let types = NamedTypes::new(&context.normalized.types);
    let items = module(PASS.name, file, "types")?;
    for ty in &context.normalized.types {
        let Shape::Struct(object) = &ty.shape else { continue };
        let found = items.iter_mut().find(|item| matches!(item, Item::Struct(item) if item.ident == ty.ident));
        let Some(Item::Struct(item)) = found else {
            return Err(PassError { pass: PASS.name, what: format!("struct `{}`", ty.ident) });
        };
        // progenitor takes undeclared properties for something that must be given.
        let all_optional = object.additional.is_some() && object.fields.iter().all(|field| !field.required);
        let has_default = all_optional || derives_default(&item.attrs);
        item.attrs = attributes(ty, has_default, types);
        let fields = object.fields.iter().map(|field| rewritten(field, item, ty)).collect::<Result<Vec<_>, _>>()?;
        item.fields = named(fields, object);
    }
    Ok(())
}

fn derives_default(attributes: &[Attribute]) -> bool {
    use quote::ToTokens;
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("derive") && attribute.to_token_stream().to_string().contains("Default")
    })
}

fn attributes(ty: &NamedType, has_default: bool, types: NamedTypes<'_>) -> Vec<Attribute> {
    let mut attributes =
        doc(&schema_prose(&ty.schema, &format!("The schema `{}`.", ty.component.as_ref().unwrap_or(&ty.ident))));
    let equality = equality(ty, types);
    let default = has_default.then(|| quote::quote!(Default,));
    attributes.push(parse_quote!(#[derive(Debug, Clone, #equality #default ::serde::Deserialize, ::serde::Serialize)]));
    // The traits themselves come from the runtime, which takes no array for an object.
    attributes.push(parse_quote!(#[serde(remote = "Self")]));
    attributes.extend(deprecation(&ty.schema));
    attributes
}

fn rewritten(field: &Field, item: &syn::ItemStruct, ty: &NamedType) -> Result<SynField, PassError> {
    let ident = format_ident!("{}", field.ident);
    if !item.fields.iter().any(|candidate| candidate.ident.as_ref() == Some(&ident)) {
        return Err(PassError { pass: PASS.name, what: format!("field `{}` of `{}`", field.ident, ty.ident) });
    }
    let mut attributes = doc(&schema_prose(&field.schema, &format!("The property `{}`.", field.wire)));
    attributes.extend(deprecation(&field.schema));
    attributes.extend(serde_attribute(field));
    let field_type = field.field_type().in_types();
    Ok(parse_quote!(#(#attributes)* pub #ident: #field_type))
}

fn serde_attribute(field: &Field) -> Option<Attribute> {
    let mut options: Vec<proc_macro2::TokenStream> = Vec::new();
    if field.wire != field.ident {
        let wire = &field.wire;
        options.push(quote::quote!(rename = #wire));
    }
    if !field.required {
        options.push(quote::quote!(default));
        options.push(quote::quote!(skip_serializing_if = "::std::option::Option::is_none"));
    }
    let holds_null = field.nullable || field.ty == TypeRef::Any;
    match (field.required, holds_null) {
        // Naming any function makes serde insist on the property's presence.
        (true, true) if field.ty != TypeRef::Any => {
            options.push(quote::quote!(deserialize_with = "::serde::Deserialize::deserialize"))
        }
        (false, true) => options.push(quote::quote!(deserialize_with = "super::runtime::present")),
        _ => {}
    }
    (!options.is_empty()).then(|| parse_quote!(#[serde(#(#options),*)]))
}

fn named(fields: Vec<SynField>, object: &Struct) -> Fields {
    let undeclared = object.additional.as_ref().map(|additional| -> SynField {
        let value = TypeRef::Map(Box::new(additional.clone())).in_types();
        parse_quote!(
            /// Properties that the document does not name.
            #[serde(flatten)]
            pub extra: #value
        )
    });
    let fields = fields.into_iter().chain(undeclared);
    Fields::Named(parse_quote!({ #(#fields),* }))
}
