//! Examples: progenitor drops them, though they are what a test of a user's own code begins with.
//!
//! An example becomes an expression that builds the value, so that it can neither fail nor deviate from its type.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;
use syn::parse_quote;

use super::operations::operations;
use super::tree::module;
use super::values::json_tokens;
use super::{Context, Pass, PassError};
use crate::document::Pointer;
use crate::model::{EnumBase, NamedType, NamedTypes, Shape, Struct, TypeRef};
use crate::normalize::{ORIGIN, answer_type};

pub(super) const PASS: Pass = Pass { name: "examples", about: "the document's examples would be lost", apply };

/// The examples that the types give: of each the document's first one that fits it.
pub struct Examples<'a> {
    given: BTreeMap<&'a str, (&'a Value, TokenStream)>,
    idents: BTreeMap<&'a str, &'a str>,
}

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let examples = Examples::of(context);
    let written = context.normalized.types.iter().filter_map(|ty| {
        let (_, value) = examples.given.get(ty.ident.as_str())?;
        let name = format_ident!("{}", ty.ident);
        Some(parse_quote! {
            impl #name {
                /// The document's example.
                pub fn example() -> Self {
                    #value
                }
            }
        })
    });
    module(PASS.name, file, "types")?.extend::<Vec<syn::Item>>(written.collect());
    Ok(())
}

impl<'a> Examples<'a> {
    /// Finds them, in one walk over schemas and answers.
    pub fn of(context: &Context<'a>) -> Self {
        let types = NamedTypes::new(&context.normalized.types);
        let answered = answered(context);
        let (mut given, mut idents) = (BTreeMap::new(), BTreeMap::new());
        for ty in &context.normalized.types {
            if matches!(ty.shape, Shape::Alias(_) | Shape::Wrapper(_)) {
                continue;
            }
            let others = answered.get(&ty.ident).into_iter().flatten().copied();
            let mut all = ty.schema.get("example").into_iter().chain(others);
            if let Some(found) = all.find_map(|example| Some((example, of_named(ty, example, types)?))) {
                given.insert(ty.ident.as_str(), found);
            }
            if let Some(component) = &ty.component {
                idents.insert(component.as_str(), ty.ident.as_str());
            }
        }
        Self { given, idents }
    }

    /// The example that the type of a component gives, and the type's identifier.
    pub fn of_component(&self, schema: &Value) -> Option<(&'a str, &'a Value)> {
        let name = schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")?;
        let ident = *self.idents.get(name.replace("~1", "/").replace("~0", "~").as_str())?;
        self.given.get(ident).map(|(example, _)| (ident, *example))
    }
}

/// The examples that operations give for answers, by the type of the answer.
fn answered<'a>(context: &Context<'a>) -> BTreeMap<String, Vec<&'a Value>> {
    let mut answered: BTreeMap<String, Vec<&'a Value>> = BTreeMap::new();
    for operation in operations(context) {
        let responses = operation.normalized.get("responses").and_then(Value::as_object);
        for response in responses.into_iter().flat_map(|responses| responses.values()) {
            let Some(TypeRef::Named(ident)) = answer_type(response) else { continue };
            let origin = response.get(ORIGIN).and_then(Value::as_str).and_then(Pointer::from_reference);
            let content = origin.and_then(|origin| context.document.get(&origin)?.get("content")?.as_object());
            for media in content.into_iter().flat_map(|content| content.values()) {
                let named = media.get("examples").and_then(Value::as_object).into_iter().flatten();
                let named = named.filter_map(|(_, example)| example.get("value"));
                answered.entry(ident.clone()).or_default().extend(media.get("example").into_iter().chain(named));
            }
        }
    }
    answered
}

/// An expression for a value of a named type; none where the example does not fit the type.
fn of_named(ty: &NamedType, example: &Value, types: NamedTypes<'_>) -> Option<TokenStream> {
    let name = format_ident!("{}", ty.ident);
    match &ty.shape {
        Shape::Struct(object) => of_struct(ty, object, example, types),
        Shape::Text => {
            let text = example.as_str()?;
            Some(quote!(#name(#text.to_owned())))
        }
        Shape::Enum(listed) => {
            let found = listed.variants.iter().find(|variant| variant.value == *example);
            if let Some(variant) = found {
                let variant = format_ident!("{}", variant.ident);
                return Some(quote!(#name::#variant));
            }
            let unlisted = format_ident!("{}", listed.unlisted);
            let value = match listed.base {
                EnumBase::String => expression(&TypeRef::String, example, types)?,
                EnumBase::Integer => expression(&TypeRef::I64, example, types)?,
                EnumBase::Mixed => expression(&TypeRef::Any, example, types)?,
            };
            Some(quote!(#name::#unlisted(super::runtime::Unlisted::received(#value))))
        }
        Shape::Alias(target) => expression(target, example, types),
        Shape::Wrapper(target) => {
            let value = expression(target, example, types)?;
            Some(quote!(#name(#value)))
        }
        // Which alternative an example is takes the judgement that decoding makes.
        Shape::Union(_) => None,
    }
}

fn of_struct(ty: &NamedType, object: &Struct, example: &Value, types: NamedTypes<'_>) -> Option<TokenStream> {
    let name = format_ident!("{}", ty.ident);
    let members = example.as_object()?;
    let mut fields = Vec::new();
    for field in &object.fields {
        let ident = format_ident!("{}", field.ident);
        let value = match members.get(&field.wire) {
            None if field.required => return None,
            None => quote!(None),
            Some(Value::Null) if field.nullable && field.ty != TypeRef::Any => {
                if field.required {
                    quote!(None)
                } else {
                    quote!(Some(None))
                }
            }
            Some(member) => {
                let value = expression(&field.ty, member, types)?;
                let value = if field.nullable && field.ty != TypeRef::Any { quote!(Some(#value)) } else { value };
                if field.required { value } else { quote!(Some(#value)) }
            }
        };
        fields.push(quote!(#ident: #value));
    }
    if let Some(additional) = &object.additional {
        let declared = |name: &String| object.fields.iter().any(|field| field.wire == *name);
        let undeclared: serde_json::Map<String, Value> = members
            .iter()
            .filter(|(name, _)| !declared(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let map = TypeRef::Map(Box::new(additional.clone()));
        let extra = expression(&map, &Value::Object(undeclared), types)?;
        fields.push(quote!(extra: #extra));
    }
    Some(quote!(#name { #(#fields),* }))
}

/// An expression for a value of a type.
fn expression(ty: &TypeRef, example: &Value, types: NamedTypes<'_>) -> Option<TokenStream> {
    match ty {
        TypeRef::Bool => {
            let value = example.as_bool()?;
            Some(quote!(#value))
        }
        TypeRef::I32 => signed(i64::from(i32::try_from(example.as_i64()?).ok()?)),
        TypeRef::I64 => signed(example.as_i64()?),
        TypeRef::F64 => {
            let number = example.as_f64()?;
            let positive = Literal::f64_unsuffixed(number.abs());
            Some(if number < 0.0 { quote!(-#positive) } else { quote!(#positive) })
        }
        TypeRef::String => {
            let text = example.as_str()?;
            Some(quote!(#text.to_owned()))
        }
        TypeRef::Format(name) => {
            let (name, text) = (format_ident!("{name}"), example.as_str()?);
            Some(quote!(super::runtime::#name::received(#text.to_owned())))
        }
        TypeRef::Any => Some(json_tokens(example)),
        TypeRef::Vec(item) => {
            let items = example
                .as_array()?
                .iter()
                .map(|example| expression(item, example, types))
                .collect::<Option<Vec<_>>>()?;
            Some(quote!(vec![#(#items),*]))
        }
        TypeRef::Map(value) => {
            let members = example.as_object()?.iter();
            let members = members
                .map(|(name, example)| {
                    let value = expression(value, example, types)?;
                    Some(quote!((#name.to_owned(), #value)))
                })
                .collect::<Option<Vec<_>>>()?;
            Some(quote!([#(#members),*].into()))
        }
        TypeRef::Named(ident) => of_named(types.get(ident)?, example, types),
        TypeRef::Nullable(_) if example.is_null() => Some(quote!(None)),
        TypeRef::Nullable(inner) => {
            let value = expression(inner, example, types)?;
            Some(quote!(Some(#value)))
        }
        TypeRef::Boxed(inner) => {
            let value = expression(inner, example, types)?;
            Some(quote!(Box::new(#value)))
        }
    }
}

fn signed(number: i64) -> Option<TokenStream> {
    let literal = Literal::i64_unsuffixed(number);
    Some(quote!(#literal))
}
