//! JSON Schema: what schemars derives by itself lacks most of the document's keywords and describes types in Rust's words.
//!
//! With the feature `schemars`, each struct derives its schema; attributes make it say what the document says. All other types
//! hand their annotations to the runtime in the same mapping.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::doc;
use super::json::{literal, value_tokens};
use super::stated::InPlace;
use crate::keyword::{self, format};
use crate::markdown::quoted;
use crate::model::{Field, Form, NamedType, Shape, Struct, TypeRef, Types};

/// Where the documentation of a field goes on with what the schema says by other keywords: the runtime's transform ends the
/// description there.
const BEHIND_DESCRIPTION: &str = "JSON property `";

/// What stands between a description and what is told behind it.
const PARAGRAPH: &str = "\n\n";

/// The attribute that derives a schema.
pub fn derive(options: &[TokenStream]) -> TokenStream {
    let options = (!options.is_empty()).then(|| quote!(, schemars(#(#options),*)));
    quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema) #options)])
}

/// What the runtime's macro is told, behind a struct that has some documentation, of the schema that it derives.
pub fn container(ty: &NamedType, object: &Struct, prose: &str, types: &Types) -> TokenStream {
    let is_undescribed = keyword::texts(&ty.schema).all(|(_, text)| text.is_empty());
    let undescribed = is_undescribed.then(|| quote!(.undescribed()));
    let nullable = object.fields.iter().filter(|field| !is_without_null(field, types));
    // One by one: in what schemars is told, it reads a list only where another crate asks syn for all of Rust's syntax.
    let nullable = nullable.map(|field| field.wire.as_str()).map(|name| quote!(.nullable(#name)));
    let mut options: Vec<TokenStream> = Vec::new();
    if !is_undescribed && !is_documented(&ty.schema, prose) {
        options.extend(words(&ty.schema));
    }
    let name = schema_name(ty);
    if name != ty.ident {
        options.push(quote!(rename = #name));
    }
    if ty.component.is_none() {
        options.push(quote!(inline));
    }
    let mut said = keyword::constraints_of_struct(&ty.schema, &mut InPlace::of(types));
    said.extend(keyword::annotations(&ty.schema));
    options.extend(extensions(&said));
    options.extend(required(object, types));
    if let Some(additional) = &object.additional {
        options.extend(inside(&ty.schema, &TypeRef::Map(Box::new(additional.clone())), types).map(transform));
    }
    if ty.nullable {
        options.push(quote!(transform = super::runtime::or_null));
    }
    let schema = (!options.is_empty()).then(|| quote!(schema(#(#options),*)));
    quote!(#undescribed #(#nullable)* #schema)
}

/// The attributes of a type around another.
pub fn wrapper(ident: &str, ty: &NamedType, target: &TypeRef, types: &Types) -> TokenStream {
    let mut options = place(&ty.schema, target, types);
    let name = schema_name(ty);
    if name != ident {
        options.push(quote!(rename = #name));
    }
    if ty.component.is_none() {
        options.push(quote!(inline));
    }
    if adds_null(ty) {
        options.push(quote!(transform = super::runtime::or_null));
    }
    derive(&options)
}

/// The required properties, where schemars would not say them all: what may be null it takes for optional.
fn required(object: &Struct, types: &Types) -> Option<TokenStream> {
    let required = || object.fields.iter().filter(|field| field.required);
    let names = required().map(|field| field.wire.as_str());
    let lost = required().any(|field| matches!(seen(field, types), TypeRef::Nullable(_)));
    lost.then(|| quote!(extend("required" = [#(#names),*])))
}

/// The type that schemars sees of a field. An `Option` would say null where the document only says optional.
fn seen(field: &Field, types: &Types) -> TypeRef {
    seen_within(&field.ty.clone().nullable(field.nullable && !field.refuses_null), Some(&field.schema), types)
}

/// A type as schemars sees it: a named type says its own null, and what stands for an alias says what the document says of it.
pub fn described(ty: &TypeRef, types: &Types) -> TypeRef {
    seen_within(ty, None, types)
}

/// The same, of which the schema may tell that a null is only kept.
fn seen_within(ty: &TypeRef, schema: Option<&Value>, types: &Types) -> TypeRef {
    let within = |keyword: &str, ty: &TypeRef| {
        let schema = schema.and_then(|schema| schema.get(keyword));
        Box::new(seen_within(ty, schema, types))
    };
    let is_null_said = |named: &NamedType| named.nullable || schema.is_none_or(keyword::nullable::is_refused);
    match ty {
        TypeRef::Named(ident) => match types.get(ident).map(|ty| &ty.shape) {
            Some(Shape::Alias(_)) => TypeRef::Named(marker(ident)),
            _ => ty.clone(),
        },
        TypeRef::Nullable(held) if named_type(held, types).is_some_and(is_null_said) => {
            seen_within(held, schema, types)
        }
        TypeRef::Nullable(held) => TypeRef::Nullable(Box::new(seen_within(held, schema, types))),
        TypeRef::Boxed(held) => TypeRef::Boxed(Box::new(seen_within(held, schema, types))),
        TypeRef::Vec(item) => TypeRef::Vec(within("items", item)),
        TypeRef::Map(value) => TypeRef::Map(within("additionalProperties", value)),
        ty => ty.clone(),
    }
}

/// The type that stands for an alias.
pub fn marker(alias: &str) -> String {
    format!("__{alias}")
}

/// Whether the schema of a property says no null, or only the one that schemars adds for an `Option`.
fn is_without_null(field: &Field, types: &Types) -> bool {
    let says_no_null = match named_type(&field.ty, types) {
        Some(named) => named.component.is_some() || is_plain(named),
        None => field.ty != TypeRef::Any,
    };
    says_no_null && seen(field, types) == field.ty
}

/// Whether the schema of a type that is used in place says no null by itself.
fn is_plain(named: &NamedType) -> bool {
    let lists_null = named.schema.get("enum").and_then(Value::as_array).is_some_and(|all| all.contains(&Value::Null));
    // A null that no listed value allows is still one of the type's.
    let states_null = named.schema.get("nullable") == Some(&Value::Bool(true));
    !named.nullable
        && !lists_null
        && !states_null
        && matches!(named.shape, Shape::Struct(_) | Shape::Text | Shape::Enum(_))
}

/// The attribute of a field that has some documentation.
pub fn member(field: &Field, prose: &str, types: &Types) -> Option<TokenStream> {
    let mut options = place(&field.schema, &field.ty, types);
    let is_referred = named_type(&field.ty, types).is_some_and(|named| named.component.is_some());
    let own = match named_type(&field.ty, types) {
        Some(named) => beside(&field.schema, &types.referred(named).schema),
        None => field.schema.clone(),
    };
    let description = prose.rfind(BEHIND_DESCRIPTION).and_then(|end| prose.get(..end)).unwrap_or_default();
    let description = description.strip_suffix(PARAGRAPH).unwrap_or(description);
    let says_no_text = keyword::texts(&own).all(|(_, text)| text.is_empty());
    let is_said = match says_no_text {
        true if description == undescribed(&field.wire) => true,
        true if is_referred => !prose.starts_with('#'),
        // What schemars takes from the documentation is what the type says.
        true => is_documented(&field.schema, description),
        false => is_documented(&own, description) && !is_referred && description != undescribed(&field.wire),
    };
    if is_said {
        options.drain(..keyword::texts(&own).count());
    } else if let Some(marked) = marked(&own, &field.schema) {
        options = place(&marked, &field.ty, types);
    }
    options.extend(seen_otherwise(field, types));
    (!options.is_empty()).then(|| quote!(#[cfg_attr(feature = "schemars", schemars(#(#options),*))]))
}

/// The schema of a place whose own description reads like documentation that goes on: with an end that can be told from it.
fn marked(own: &Value, schema: &Value) -> Option<Value> {
    let description =
        own.get("description").and_then(Value::as_str).filter(|text| text.contains(BEHIND_DESCRIPTION))?;
    let mut marked = schema.as_object()?.clone();
    marked.insert("description".to_owned(), format!("{description}{PARAGRAPH}{BEHIND_DESCRIPTION}").into());
    Some(Value::Object(marked))
}

/// The option that has schemars see another type than the field's, where the null of an `Option` is not all that is too much.
pub fn seen_otherwise(field: &Field, types: &Types) -> Option<TokenStream> {
    let is_left = !field.required && is_without_null(field, types);
    (!is_left).then(|| seen_as(&seen(field, types), &field.field_type())).flatten()
}

/// What the documentation says of a property that the document does not describe. The runtime's transform knows it.
pub fn undescribed(name: &str) -> String {
    format!("The property {}.", quoted(name))
}

/// Whether schemars takes the very title and description from the documentation.
fn is_documented(schema: &Value, prose: &str) -> bool {
    let mut shown = doc::shown(prose).collect::<Vec<_>>().join("\n");
    // The lines do not say whether the last of them ends.
    shown.push_str(if prose.ends_with('\n') { "\n" } else { "" });
    keyword::texts(schema).all(|(name, text)| if name == "description" { text == shown } else { text.is_empty() })
        && !prose.is_empty()
        && !prose.starts_with('#')
}

/// The attribute of what holds a value of a type and says nothing of it.
pub fn holder(held: &TypeRef, types: &Types) -> Option<TokenStream> {
    let option = seen_as(&described(held, types), held)?;
    Some(quote!(#[cfg_attr(feature = "schemars", schemars(#option))]))
}

/// The option that has schemars see another type than the one that is held.
fn seen_as(seen: &TypeRef, held: &TypeRef) -> Option<TokenStream> {
    let spelled = seen.in_types().to_string();
    (seen != held).then(|| quote!(with = #spelled))
}

/// What the document says of a place.
fn place(schema: &Value, ty: &TypeRef, types: &Types) -> Vec<TokenStream> {
    match named_type(ty, types) {
        // The type describes itself; its place says what it is described as beyond that.
        Some(named) => {
            let schema = beside(schema, &types.referred(named).schema);
            words(&schema).chain(extensions(&keyword::annotations(&schema))).collect()
        }
        None => words(schema).chain(said(schema, ty, types)).collect(),
    }
}

/// What the schema of a place says otherwise than that of its type.
fn beside(schema: &Value, of_type: &Value) -> Value {
    let said = schema.as_object().into_iter().flatten().filter(|(name, value)| of_type.get(*name) != Some(value));
    Value::Object(said.map(|(name, value)| (name.clone(), value.clone())).collect())
}

fn named_type<'t>(ty: &TypeRef, types: &'t Types) -> Option<&'t NamedType> {
    match ty {
        TypeRef::Named(ident) => types.get(ident),
        TypeRef::Boxed(inner) => named_type(inner, types),
        _ => None,
    }
}

/// Integers, floats and the runtime's string types say their format by themselves.
fn says_format(ty: &TypeRef, schema: &Value) -> bool {
    match ty {
        TypeRef::Integer(integer) => format::of(schema) == Some(integer.format()),
        TypeRef::F64 => format::of(schema) == Some("double"),
        TypeRef::Format(_) => true,
        _ => false,
    }
}

/// What the document says of a value whose type has no name, and what takes away that which only Rust's type says.
fn said(schema: &Value, ty: &TypeRef, types: &Types) -> Vec<TokenStream> {
    let mut options = extensions(&unnamed(schema, ty, types));
    let superfluous = superfluous(schema, ty).map(|keyword| format_ident!("without_{keyword}"));
    options.extend(superfluous.map(|name| quote!(transform = super::runtime::#name)));
    options.extend(inside(schema, ty, types).map(transform));
    options
}

/// The keywords of a schema whose type has no name, without its title and description.
fn unnamed(schema: &Value, ty: &TypeRef, types: &Types) -> Map<String, Value> {
    // Where the type is any JSON, all that is said is said here.
    let whole = matches!(ty, TypeRef::Any).then(|| keyword::stated(schema, &mut InPlace::of(types))).flatten();
    if let Some(Value::Object(mut said)) = whole {
        keyword::texts(schema).for_each(|(name, _)| drop(said.remove(name)));
        return said;
    }
    let mut said = keyword::derived_constraints(schema, says_format(ty, schema), &mut InPlace::of(types));
    said.extend(keyword::annotations(schema));
    said
}

fn transform(inside: TokenStream) -> TokenStream {
    quote!(transform = #inside)
}

/// The keywords that schemars says of a number and the document does not.
fn superfluous(schema: &Value, ty: &TypeRef) -> impl Iterator<Item = &'static str> {
    let is_number = matches!(ty, TypeRef::Integer(_) | TypeRef::F64);
    let is_natural = matches!(ty, TypeRef::Integer(integer) if integer.is_unsigned());
    let format = (is_number && format::of(schema).is_none()).then_some("format");
    let minimum = (is_natural && schema.get("minimum").is_none()).then_some("minimum");
    format.into_iter().chain(minimum)
}

/// What the document says of the items of a list, or of the values of a map, beside their type; nothing where that says it.
fn inside(schema: &Value, ty: &TypeRef, types: &Types) -> Option<TokenStream> {
    let (keyword, held) = match ty {
        TypeRef::Vec(item) => ("items", item),
        TypeRef::Map(value) => ("additionalProperties", value),
        TypeRef::Boxed(inner) | TypeRef::Nullable(inner) => return inside(schema, inner, types),
        _ => return None,
    };
    let schema = schema.get(keyword).filter(|schema| schema.is_object() && schema.get("$ref").is_none())?;
    let ty = match held.as_ref() {
        TypeRef::Nullable(inner) => inner,
        ty => ty,
    };
    let named = named_type(ty, types).map(|named| beside(schema, &types.referred(named).schema));
    let (mut said, without) = match &named {
        Some(beside) => (keyword::annotations(beside), Vec::new()),
        None => (unnamed(schema, ty, types), superfluous(schema, ty).collect()),
    };
    let schema = named.as_ref().unwrap_or(schema);
    let texts = keyword::texts(schema).filter(|(_, text)| !text.is_empty());
    said.extend(texts.map(|(name, text)| (name.to_owned(), text.into())));
    let within = inside(schema, ty, types);
    if said.is_empty() && without.is_empty() && within.is_none() {
        return None;
    }
    let says = literal(&Value::Object(said).to_string());
    let within = within.map(|within| quote!(.and(#within)));
    Some(quote!(super::runtime::inside(#keyword, #says) #(.without(#without))* #within))
}

/// `title` and `description`, always explicit: schemars would take them from the Rust documentation.
fn words(schema: &Value) -> impl Iterator<Item = TokenStream> {
    keyword::texts(schema).map(|(name, text)| {
        let name = format_ident!("{name}");
        quote!(#name = #text)
    })
}

fn extensions(said: &Map<String, Value>) -> Vec<TokenStream> {
    said.iter()
        .map(|(keyword, value)| {
            let value = value_tokens(value);
            quote!(extend(#keyword = #value))
        })
        .collect()
}

/// All that a type of the runtime's macros says beside its own keywords, as JSON text: annotations, and what holds its values
/// against other schemas.
fn annotation_text(ty: &NamedType, types: &Types) -> String {
    let mut said = keyword::annotations(&ty.schema);
    // A listed value may be of a format and within bounds, which no type of the runtime's says of it.
    let asked = match &ty.shape {
        Shape::Enum(_) => &ty.schema,
        _ => &keyword::checks::alone(&ty.schema),
    };
    said.extend(keyword::derived_constraints(asked, false, &mut InPlace::of(types)));
    // The type takes null, and the list does not.
    if let (Shape::Enum(_), "enum", Some(kind)) =
        (&ty.shape, keyword::nullable::refusing(&ty.schema), ty.schema.get("type").filter(|_| !ty.nullable))
    {
        said.insert("type".to_owned(), serde_json::json!([kind, "null"]));
    }
    if let (Shape::Enum(_), None) = (&ty.shape, ty.schema.get("type")) {
        said.insert("type".to_owned(), Value::Null);
    }
    for (name, text) in keyword::texts(&ty.schema).filter(|(name, _)| ty.schema.get(*name).is_some()) {
        said.insert(name.to_owned(), text.into());
    }
    if let (Shape::Text, Some(format)) = (&ty.shape, format::unchecked(&ty.schema)) {
        said.insert(format::NAME.to_owned(), format.clone());
    }
    Value::Object(said).to_string()
}

/// The name of a type's schema: its component's, which only one form can have.
fn schema_name(ty: &NamedType) -> &str {
    let component = ty.component.as_deref().filter(|_| !matches!(ty.form, Form::Request(_)));
    component.unwrap_or(&ty.ident)
}

/// Whether null is added to what a type says. Where an alternative takes it, that says so, unless it is null and nothing else, for
/// which there is no variant.
fn adds_null(ty: &NamedType) -> bool {
    let is_said = ty.schema.get("nullable") == Some(&Value::Bool(true));
    let is_listed = |keyword: &str| {
        let members = ty.schema.get(keyword).and_then(Value::as_array);
        members.is_some_and(|members| members.iter().any(keyword::nullable::is_only_null))
    };
    ty.nullable
        && match &ty.shape {
            Shape::Union(union) => is_said || is_listed(union.keyword.key()),
            Shape::Alias(TypeRef::Any) | Shape::Wrapper(TypeRef::Any) => is_said,
            _ => true,
        }
}

/// What the runtime's macros are told of how a type appears in a schema, where that is not by its own name alone: whether it
/// stands in place, whether null is one of its values, its annotations.
pub fn appearance(ty: &NamedType, types: &Types) -> TokenStream {
    let name = schema_name(ty);
    let renamed = (name != ty.ident).then(|| quote!(.renamed(#name)));
    let inline = ty.component.is_none().then(|| quote!(.inline()));
    let nullable = adds_null(ty).then(|| quote!(.nullable()));
    let annotations = Some(annotation_text(ty, types)).filter(|annotations| annotations != "{}").map(|annotations| {
        let annotations = literal(&annotations);
        quote!(.with(#annotations))
    });
    quote!(#renamed #inline #nullable #annotations)
}
